//! Đặt mốc thời gian riêng: a body sets earlier days in its superior's round, or changes those of its own.

use std::collections::BTreeMap;

use domain::campaign::{CalendarStep, CampaignState, check_calendar, check_own_days, until};
use domain::org::Sector;
use domain::policy::{Act, Resource, allows};
use domain::{Actor, CampaignId, Day, Refusal};
use store::Conn;
use store::campaign::{CampaignRow, StepRow};
use store::{org, rollup};
use uuid::Uuid;

use super::follow::running;
use super::open::CUT_OFF;
use crate::acts::typed_day;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, stored};
use crate::judge;
use crate::sectors::Sectors;

/// Sets last days of steps, as typed; what is not named or empty stays. The day to which months are counted never moves.
///
/// # Errors
/// `CAMPAIGN-002`, `-003`, `-008`, `-009`, `-015`, `-017` a later day for a unit that is not marked, `FORM-004`; [`Error::Denied`].
pub async fn set_days(app: &App, actor: &Actor, campaign: CampaignId, typed: &BTreeMap<String, String>) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, row.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::OpenCampaign, &Resource::of_unit(&unit.path))?;
    if row.state != CampaignState::Open.word() {
        return Err(Refusal::new("CAMPAIGN-015").into());
    }
    let before = store::campaign::steps(&mut work.tx, root, row.campaign_id).await?;
    let present = calendar(&before)?;
    let wanted = present.iter().map(|step| retyped(step, typed)).collect::<Result<Vec<_>>>()?;
    check(app, &mut work, actor, &row, (&present, &wanted)).await?;
    let changed = |(was, step): &(&CalendarStep, &CalendarStep)| was.due_on != step.due_on;
    let changed: Vec<&CalendarStep> = present.iter().zip(&wanted).filter(changed).map(|(_, step)| step).collect();
    if changed.is_empty() {
        return Ok(());
    }
    for step in &changed {
        store::campaign::set_step_day(&mut work.tx, &stored_step(&row, row.campaign_id, step)).await?;
    }
    rollup::set_due_days(&mut work.tx, root, row.campaign_id).await?;
    let (book, sectors) = (judge::book_of(app, &row)?, Sectors::on(&mut work.tx, root, &row.cut_off_on).await?);
    for below in store::campaign::below(&mut work.tx, root, row.campaign_id).await? {
        let path = org::unit(&mut work.tx, root, below.unit_id).await?.ok_or(Error::Denied)?.path;
        let of = |steps: &[CalendarStep]| sectors.calendar(book, &path, steps);
        follow(&mut work, &below, (&of(&present), &of(&wanted))).await?;
    }
    let after = store::campaign::steps(&mut work.tx, root, row.campaign_id).await?;
    work.note("campaign.days_set", format!("campaign/{campaign}"), Some(&before), Some(&after))?;
    work.commit().await
}

/// Bodies below go along: whoever had the superior's day has the new one, nobody stays later than it but whom the superior
/// granted a later day.
async fn follow(
    work: &mut Work<'_>,
    below: &CampaignRow,
    (was, bound): (&[CalendarStep], &[CalendarStep]),
) -> Result<()> {
    let before = store::campaign::steps(&mut work.tx, below.root_id, below.campaign_id).await?;
    let own = calendar(&before)?;
    let moved = followed(&own, was, bound);
    if moved == own {
        return Ok(());
    }
    for step in moved.iter().zip(&own).filter(|(now, before)| now != before).map(|(now, _)| now) {
        store::campaign::set_step_day(&mut work.tx, &stored_step(below, below.campaign_id, step)).await?;
    }
    rollup::set_due_days(&mut work.tx, below.root_id, below.campaign_id).await?;
    let after = store::campaign::steps(&mut work.tx, below.root_id, below.campaign_id).await?;
    work.note("campaign.days_set", format!("campaign/{}", below.campaign_id), Some(&before), Some(&after))
}

/// A body whose calendar is another one than the round's since it was marked, or no more.
pub(super) async fn own_days(work: &mut Work<'_>, top: &CampaignRow, below: &CampaignRow) -> Result<()> {
    let (app, root) = (work.app(), top.root_id);
    let book = judge::book_of(app, top)?;
    let Some(limit) = book.step_of_sector(Sector::Special.word()) else { return Ok(()) };
    let path = org::unit(&mut work.tx, root, below.unit_id).await?.ok_or(Error::Denied)?.path;
    let common = calendar(&store::campaign::steps(&mut work.tx, root, top.campaign_id).await?)?;
    let special = until(&common, &limit.id, CUT_OFF);
    let sectors = Sectors::on(&mut work.tx, root, &top.cut_off_on).await?;
    if sectors.calendar(book, &path, &common) == special {
        follow(work, below, (&common, &special)).await
    } else {
        follow(work, below, (&special, &common)).await
    }
}

/// The calendars of what is at and below a path, after its mark changed.
pub(crate) async fn sector_days(work: &mut Work<'_>, path: &str) -> Result<()> {
    let root = work.root();
    for top in running(&mut work.tx, root).await? {
        for below in store::campaign::below(&mut work.tx, root, top.campaign_id).await? {
            let unit = org::unit(&mut work.tx, root, below.unit_id).await?.ok_or(Error::Denied)?;
            if unit.path.starts_with(path) {
                own_days(work, &top, &below).await?;
            }
        }
    }
    Ok(())
}

/// A calendar that goes along with its superior's, still in order.
fn followed(own: &[CalendarStep], was: &[CalendarStep], bound: &[CalendarStep]) -> Vec<CalendarStep> {
    let day = |of: &[CalendarStep], step: &str| of.iter().find(|one| one.step == step).map(|one| one.due_on);
    let mut moved: Vec<CalendarStep> = Vec::with_capacity(own.len());
    for step in own.iter().rev() {
        let before = day(was, &step.step);
        let (inherited, granted) = (before == Some(step.due_on), before.is_some_and(|before| step.due_on > before));
        let mut due_on = match day(bound, &step.step) {
            Some(bound) if inherited || step.due_on > bound && !granted => bound,
            _ => step.due_on,
        };
        let next = moved.iter().rev().find(|next| next.step != CUT_OFF && step.step != CUT_OFF);
        if let Some(next) = next {
            due_on = due_on.min(next.due_on);
        }
        moved.push(CalendarStep { due_on, ..step.clone() });
    }
    moved.reverse();
    moved
}

fn retyped(step: &CalendarStep, typed: &BTreeMap<String, String>) -> Result<CalendarStep> {
    match typed.get(&step.step).filter(|typed| !typed.trim().is_empty()) {
        Some(day) => Ok(CalendarStep { due_on: typed_day(day, &format!("due-{}", step.step))?, ..step.clone() }),
        None => Ok(step.clone()),
    }
}

fn stored_step(row: &CampaignRow, campaign_id: Uuid, step: &CalendarStep) -> StepRow {
    StepRow { root_id: row.root_id, campaign_id, step: step.step.clone(), due_on: step.due_on.to_string() }
}

pub(crate) fn calendar(rows: &[StepRow]) -> Result<Vec<CalendarStep>> {
    let step = |row: &StepRow| {
        Ok(CalendarStep { step: row.step.clone(), due_on: stored(Day::parse_stored(&row.due_on), "due_on")? })
    };
    rows.iter().map(step).collect()
}

/// Not later than the bound, which says most to whoever typed it; then in order and within the period.
async fn check(
    app: &App,
    work: &mut Work<'_>,
    actor: &Actor,
    row: &CampaignRow,
    (present, wanted): (&[CalendarStep], &[CalendarStep]),
) -> Result<()> {
    // Its own cut-off day is pinned like everything else that decides what somebody owes.
    let pinned: Vec<CalendarStep> = present.iter().filter(|step| step.step == CUT_OFF).cloned().collect();
    check_own_days(wanted, &pinned, CUT_OFF)?;
    let bounds = bounds(app, &mut work.tx, actor, row, present).await?;
    check_own_days(wanted, &bounds.steps, CUT_OFF).map_err(|refusal| {
        let later = bounds.unmarked && refusal.code == "CAMPAIGN-008";
        if later { Refusal { code: "CAMPAIGN-017".to_owned(), ..refusal } } else { refusal }
    })?;
    check_calendar(wanted, stored(Day::parse_stored(&row.period_from), "period_from")?, CUT_OFF)?;
    Ok(())
}

/// The last days that may be set.
#[derive(Debug, Default)]
pub(crate) struct Bounds {
    /// By step; none for a round of one's own.
    pub(crate) steps: Vec<CalendarStep>,
    /// Whether the actor could grant later ones, were the unit marked as one that does not sum up at year-end.
    pub(crate) unmarked: bool,
}

/// The last days the actor may set in a superior's round: the superior's, or what was granted. The body directly above grants
/// units that do not sum up at year-end, and are marked so by a document, the day that the rule book has for them.
pub(crate) async fn bounds(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    row: &CampaignRow,
    present: &[CalendarStep],
) -> Result<Bounds> {
    let Some(superior) = row.parent_id else { return Ok(Bounds::default()) };
    let of_superior = calendar(&store::campaign::steps(conn, row.root_id, superior).await?)?;
    let unit = org::unit(conn, row.root_id, row.unit_id).await?.ok_or(Error::Denied)?;
    let above = actor.posts.iter().filter(|post| post.path != unit.path).cloned().collect();
    let grants = allows(&Actor { posts: above, ..actor.clone() }, Act::OpenCampaign, &Resource::of_unit(&unit.path));
    let limit = judge::book_of(app, row)?.step_of_sector(Sector::Special.word()).filter(|_| grants);
    let sector = Sectors::on(conn, row.root_id, &row.cut_off_on).await?.of(&unit.path);
    let marked = sector == Some(Sector::Special);
    let steps = bounded(present, &of_superior, limit.filter(|_| marked).map_or("", |step| step.id.as_str()));
    Ok(Bounds { steps, unmarked: limit.is_some() && !marked })
}

/// The superior's days, what was granted, and the day of the step `special`, where that is granted.
fn bounded(present: &[CalendarStep], superior: &[CalendarStep], special: &str) -> Vec<CalendarStep> {
    let day = |of: &[CalendarStep], step: &str| of.iter().find(|one| one.step == step).map(|one| one.due_on);
    let special = day(superior, special);
    let bound = |step: &CalendarStep| {
        let others = [day(present, &step.step), special].into_iter().flatten();
        let latest = others.filter(|_| step.step != CUT_OFF).max().unwrap_or(step.due_on);
        CalendarStep { due_on: step.due_on.max(latest), ..step.clone() }
    };
    superior.iter().map(bound).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[u32]) -> Vec<CalendarStep> {
        let step = |(name, day): (&&str, &u32)| CalendarStep {
            step: (*name).to_owned(),
            due_on: Day::of(2022, 12, *day).unwrap(),
        };
        ["meeting", "proposal", "decision"].iter().zip(days).map(step).collect()
    }

    #[test]
    fn a_body_below_goes_along_with_its_superior_and_keeps_what_is_earlier() {
        let was = days(&[12, 15, 25]);
        assert_eq!(followed(&was, &was, &days(&[12, 15, 20])), days(&[12, 15, 20]), "it had the superior's day");
        assert_eq!(followed(&days(&[10, 14, 22]), &was, &days(&[12, 15, 20])), days(&[10, 14, 20]), "never later");
        assert_eq!(followed(&days(&[10, 14, 18]), &was, &days(&[12, 15, 20])), days(&[10, 14, 18]), "its own stays");
        assert_eq!(followed(&days(&[12, 13, 25]), &was, &days(&[20, 21, 28])), days(&[13, 13, 28]), "still in order");
        // A period examined again is counted to its own end, long before the work of the round.
        let cut_off = CalendarStep { step: CUT_OFF.to_owned(), due_on: Day::of(2021, 12, 31).unwrap() };
        let with_cut_off = |own: &[u32]| [days(own), vec![cut_off.clone()]].concat();
        let (was, bound) = (with_cut_off(&[12, 15, 25]), with_cut_off(&[12, 15, 20]));
        assert_eq!(followed(&was, &was, &bound), bound);
        assert_eq!(
            followed(&days(&[12, 15, 28]), &was, &days(&[12, 15, 20])),
            days(&[12, 15, 28]),
            "it was granted that"
        );
    }

    #[test]
    fn the_superior_grants_a_special_unit_the_day_of_the_book_and_the_unit_takes_no_more_than_was_granted() {
        let special = CalendarStep { step: "special_units".to_owned(), due_on: Day::of(2023, 1, 14).unwrap() };
        let superior: Vec<CalendarStep> = days(&[12, 15, 25]).into_iter().chain([special.clone()]).collect();
        let decision = |bounds: &[CalendarStep]| bounds[2].due_on;
        let own = days(&[12, 15, 25]);
        assert_eq!(decision(&bounded(&own, &superior, "special_units")), special.due_on);
        assert_eq!(decision(&bounded(&own, &superior, "")), Day::of(2022, 12, 25).unwrap());
        let granted = days(&[12, 15, 30]);
        assert_eq!(decision(&bounded(&granted, &superior, "")), Day::of(2022, 12, 30).unwrap());
        let cut_off = CalendarStep { step: CUT_OFF.to_owned(), due_on: Day::of(2022, 12, 31).unwrap() };
        let with_cut_off: Vec<CalendarStep> = superior.into_iter().chain([cut_off.clone()]).collect();
        assert_eq!(
            bounded(&own, &with_cut_off, "special_units").last(),
            Some(&cut_off),
            "what months are counted to never moves"
        );
    }
}
