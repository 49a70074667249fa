//! Mở đợt kiểm điểm: pins the rule book and its settings, sets the calendar, makes a review for everybody in the roster.
//! A body above the base opens one round for everything below it, in which each deciding body has its campaign.

use std::collections::BTreeMap;

use domain::campaign::{CalendarStep, CampaignKind, CampaignState, check_calendar};
use domain::org::UnitKind;
use domain::policy::{Act, Resource};
use domain::{Actor, CampaignId, Day, JobId, Refusal, UnitId, text};
use serde::{Deserialize, Serialize};
use store::Conn;
use store::campaign::CampaignRow;
use store::job::NewJob;
use store::org::{self, UnitRow};

use super::opening::{self, Opening};
use crate::acts::direction::{Asked as Clause, readable};
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, stored};
use crate::judge;

/// From so many members on a round is opened in the background.
const MANY: i64 = 3_000;

/// What is asked for. Days as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenCampaign {
    /// Base organisation, or a body above the base for everything below it.
    pub unit: Option<UnitId>,
    /// Year under review.
    pub year: i32,
    /// What the round is held for, word of `CampaignKind`; empty for the yearly one.
    pub kind: String,
    /// Quarter under review, 1 to 4, where the round is for one.
    pub quarter: u32,
    /// Title, empty for the usual one.
    pub title: String,
    /// Documents it rests on, one a line.
    pub basis: String,
    /// Choices where the law leaves one: setting → choice; what is not named takes the book's default.
    pub settings: BTreeMap<String, String>,
    /// Step → last day as typed; what is not named takes the book's default.
    pub calendar: BTreeMap<String, String>,
    /// The clause of a directive that asked for it.
    #[serde(default)]
    pub asked_by: Option<Clause>,
}

/// What came of asking for a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is open.
    Open(CampaignId),
    /// It is large and is being opened.
    Ordered(JobId),
}

/// A round that may be opened: its row and its calendar.
pub(super) struct Draft {
    pub(super) row: CampaignRow,
    pub(super) unit: UnitRow,
    pub(super) steps: Vec<CalendarStep>,
    pub(super) asked_by: Option<Clause>,
}

/// Opens the round at once, or in the background when it is large.
///
/// # Errors
/// As [`open_campaign`].
pub async fn ask_for_campaign(app: &App, actor: &Actor, order: &OpenCampaign) -> Result<Asked> {
    let mut reader = app.read(actor.root).await?;
    let draft = draft(app, actor, &mut reader, order).await?;
    let members = org::count_below(&mut reader, actor.root.0, &draft.unit.path, &draft.row.cut_off_on).await?;
    drop(reader);
    if members < MANY {
        return Ok(Asked::Open(open_campaign(app, actor, order).await?));
    }
    let mut work = Work::begin(app, actor).await?;
    let (id, payload): (JobId, _) = (work.id(), serde_json::to_string(order)?);
    let unique = format!("open/{}", draft.unit.unit_id);
    let job = NewJob {
        job_id: id.0,
        kind: opening::KIND,
        payload: &payload,
        unique_key: Some(&unique),
        made_by: actor.person.0,
        run_at: work.at,
    };
    if !store::job::enqueue(&mut work.tx, actor.root, &job).await? {
        return Err(Refusal::new("CAMPAIGN-010").at("unit").into());
    }
    work.note("campaign.opening_ordered", format!("job/{id}"), None, Some(order))?;
    work.commit().await?;
    Ok(Asked::Ordered(id))
}

/// Opens the campaign, or the round with a campaign for each deciding body: all or nothing.
///
/// # Errors
/// `CAMPAIGN-001` … `-007`, `-011` … `-014`, `-016` it is not settled who decides on a subject, `DIRECT-028` the clause is not there, `FORM-002`, `FORM-004`; [`Error::Denied`] for others than the committee's office.
pub async fn open_campaign(app: &App, actor: &Actor, order: &OpenCampaign) -> Result<CampaignId> {
    let opening = prepare(app, actor, order).await?;
    let mut work = Work::begin(app, actor).await?;
    let id = opening.write(&mut work).await?;
    work.commit().await?;
    Ok(id)
}

/// Everything a round will consist of, as the roster stands now; nothing is written.
pub(super) async fn prepare(app: &App, actor: &Actor, order: &OpenCampaign) -> Result<Opening> {
    let mut reader = app.read(actor.root).await?;
    let draft = draft(app, actor, &mut reader, order).await?;
    Opening::of(app, &mut reader, draft).await
}

async fn draft(app: &App, actor: &Actor, conn: &mut Conn, order: &OpenCampaign) -> Result<Draft> {
    let unit = order.unit.ok_or_else(|| Refusal::new("CAMPAIGN-006").at("unit"))?;
    let unit = org::unit(conn, actor.root.0, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::OpenCampaign, &Resource::of_unit(&unit.path))?;
    if matches!(UnitKind::from_word(&unit.kind), None | Some(UnitKind::Cell | UnitKind::SubCommittee)) {
        return Err(Refusal::new("CAMPAIGN-006").at("unit").into());
    }
    let mut row = draft_row(app, actor, order, &unit)?;
    let steps = calendar(app, order, &row)?;
    row.cut_off_on = cut_off(&steps, &row.period_to);
    if let Some(asked) = &order.asked_by {
        readable(conn, actor, asked).await?;
    }
    Ok(Draft { row, unit, steps, asked_by: order.asked_by.clone() })
}

fn draft_row(app: &App, actor: &Actor, order: &OpenCampaign, unit: &UnitRow) -> Result<CampaignRow> {
    let kind = if order.kind.is_empty() { Some(CampaignKind::Annual) } else { CampaignKind::from_word(&order.kind) };
    let kind = kind.ok_or_else(|| Refusal::new("CAMPAIGN-011").at("kind"))?;
    let (from, to) = period(order, kind)?;
    let no_book = || Refusal::new("CAMPAIGN-004").with("year", order.year).at("year");
    let book = app.library.book_on(to).ok_or_else(no_book)?;
    let settings = judge::pin_settings(book, &order.settings)?;
    let title = typed_text(&text::tidy(&order.title), "title", 300)?;
    let at = app.clock.now();
    Ok(CampaignRow {
        root_id: actor.root.0,
        campaign_id: app.chance.id(at),
        unit_id: unit.unit_id,
        title: if title.is_empty() { usual_title(order, kind) } else { title },
        period_year: i64::from(order.year),
        period_from: from.to_string(),
        period_to: to.to_string(),
        cut_off_on: to.to_string(),
        rule_book_id: book.id.clone(),
        rule_book_seal: book.seal.clone(),
        settings: serde_json::to_string(&settings)?,
        basis: typed_text(&order.basis, "basis", 4000)?,
        state: CampaignState::Open.word().to_owned(),
        opened_by: actor.person.0,
        opened_at: at,
        parent_id: None,
        kind: kind.word().to_owned(),
    })
}

fn usual_title(order: &OpenCampaign, kind: CampaignKind) -> String {
    let year = order.year;
    match kind {
        CampaignKind::Annual => format!("Kiểm điểm, đánh giá, xếp loại chất lượng năm {year}"),
        CampaignKind::Quarter => format!("Đánh giá, xếp loại chất lượng quý {} năm {year}", order.quarter),
        CampaignKind::ReExamination => format!("Kiểm điểm, đánh giá, xếp loại lại năm {year}"),
    }
}

/// First and last day under review.
fn period(order: &OpenCampaign, kind: CampaignKind) -> Result<(Day, Day)> {
    let no_book = || Refusal::new("CAMPAIGN-004").with("year", order.year).at("year");
    let first = Day::of(order.year, 1, 1).ok_or_else(no_book)?;
    let last = Day::of(order.year, 12, 31).ok_or_else(no_book)?;
    if kind != CampaignKind::Quarter {
        return Ok((first, last));
    }
    let quarter = Some(order.quarter).filter(|quarter| (1..=4).contains(quarter));
    let quarter = quarter.ok_or_else(|| Refusal::new("CAMPAIGN-012").at("quarter"))?;
    let from = first.plus_months(3 * (quarter - 1));
    let to = first.plus_months(3 * quarter).date().pred_opt().map_or(last, Day::from);
    Ok((from, to))
}

fn calendar(app: &App, order: &OpenCampaign, row: &CampaignRow) -> Result<Vec<CalendarStep>> {
    let to = stored(Day::parse_stored(&row.period_to), "period_to")?;
    let from = stored(Day::parse_stored(&row.period_from), "period_from")?;
    let book = app.library.book(&row.rule_book_id).ok_or(Error::Denied)?;
    let mut steps = Vec::new();
    for (step, usual) in judge::calendar_to(book, to) {
        let due_on = match order.calendar.get(&step).filter(|typed| !typed.trim().is_empty()) {
            Some(typed) => typed_day(typed, &format!("due-{step}"))?,
            None => usual,
        };
        steps.push(CalendarStep { step, due_on });
    }
    check_calendar(&steps, from, CUT_OFF)?;
    Ok(steps)
}

/// Word of the step to which months of membership are counted.
pub(crate) const CUT_OFF: &str = "cut_off";

/// Ngày chốt: months of membership are counted to this step of the calendar; a book without it counts to the period's end.
fn cut_off(steps: &[CalendarStep], period_to: &str) -> String {
    steps.iter().find(|step| step.step == CUT_OFF).map_or_else(|| period_to.to_owned(), |step| step.due_on.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_to_the_cut_off_day_that_the_calendar_names() {
        let step = |step: &str, due_on| CalendarStep { step: step.to_owned(), due_on };
        let (plan, cut) = (Day::of(2022, 11, 24).unwrap(), Day::of(2022, 11, 30).unwrap());
        assert_eq!(cut_off(&[step("plan", plan), step("cut_off", cut)], "2022-12-31"), "2022-11-30");
        assert_eq!(cut_off(&[step("plan", plan)], "2022-12-31"), "2022-12-31");
    }

    #[test]
    fn a_quarter_ends_on_the_last_day_of_its_third_month() {
        let order = |quarter| OpenCampaign { year: 2026, quarter, ..OpenCampaign::default() };
        let days =
            |quarter| period(&order(quarter), CampaignKind::Quarter).map(|(from, to)| (from.shown(), to.shown()));
        assert_eq!(days(1).unwrap(), ("01/01/2026".to_owned(), "31/03/2026".to_owned()));
        assert_eq!(days(4).unwrap(), ("01/10/2026".to_owned(), "31/12/2026".to_owned()));
        assert!(days(0).is_err() && days(5).is_err());
    }
}
