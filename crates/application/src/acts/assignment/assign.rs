//! Phân công một uỷ viên: to units and sectors, for one campaign, by the document of the committee.

use domain::assignment::check;
use domain::org::Title;
use domain::policy::{Act, Resource};
use domain::{Actor, AssignmentId, CampaignId, Day, PersonId, Refusal, UnitId};
use store::assignment::AssignmentRow;
use store::org::{self, UnitRow};

use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known, stored};

/// An assignment as typed.
#[derive(Debug, Clone, Default)]
pub struct Assign {
    /// Who follows.
    pub person: Option<PersonId>,
    /// Units he follows.
    pub units: Vec<UnitId>,
    /// Sector he follows, in words.
    pub sector: String,
    /// Number, day and issuer of the document.
    pub basis: String,
    /// First day, today when empty.
    pub from_on: String,
}

/// Assigns a member of the committee that runs the campaign.
///
/// # Errors
/// `ASSIGN-001` no seat on the committee that day, `-002` neither unit nor sector, `-003` a unit that is not below, `-004` he
/// follows it already, `-005` no document, `-010` a first day outside the campaign; `FORM-002`, `FORM-004`;
/// [`Error::Denied`].
pub async fn assign(app: &App, actor: &Actor, campaign: CampaignId, order: &Assign) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let campaign = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let body = org::unit(&mut work.tx, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::Assign, &Resource::of_unit(&body.path))?;
    let person = order.person.ok_or_else(|| Refusal::new("ASSIGN-001").at("person"))?;
    let from_on = match order.from_on.trim() {
        "" => work.today(),
        typed => typed_day(typed, "from_on")?,
    };
    // The period under review lies mostly behind when its members are assigned: only what lies before it makes no sense.
    let begins = stored(Day::parse_stored(&campaign.period_from), "period_from")?;
    if from_on < begins {
        return Err(Refusal::new("ASSIGN-010").with("day", begins.shown()).at("from_on").into());
    }
    let sector = typed_text(&order.sector, "sector", 300)?;
    let basis = typed_text(&order.basis, "basis", 500)?;
    let titles = titles(&mut work, &body, person, from_on).await?;
    check(&titles, order.units.len(), &sector, &basis).map_err(Error::Refused)?;
    let units = followed(&mut work, (&body, campaign.campaign_id), person, &order.units).await?;
    let row = |work: &Work<'_>, unit: Option<UnitId>| AssignmentRow {
        root_id: root,
        assignment_id: work.id::<AssignmentId>().0,
        campaign_id: campaign.campaign_id,
        body_id: body.unit_id,
        person_id: person.0,
        unit_id: unit.map(|unit| unit.0),
        sector: sector.clone(),
        basis: basis.clone(),
        from_on: from_on.to_string(),
        assigned_by: actor.person.0,
        assigned_at: work.at,
        ended_on: None,
        ended_reason: String::new(),
        version: 1,
    };
    let rows: Vec<AssignmentRow> = if units.is_empty() {
        vec![row(&work, None)]
    } else {
        units.iter().map(|unit| row(&work, Some(*unit))).collect()
    };
    store::assignment::insert(&mut work.tx, &rows).await?;
    work.note("assignment.made", format!("campaign/{}", campaign.campaign_id), None, Some(&rows))?;
    work.commit().await
}

/// The posts that somebody holds in the committee on a day.
async fn titles(work: &mut Work<'_>, body: &UnitRow, person: PersonId, day: Day) -> Result<Vec<Title>> {
    let holders = org::holders(&mut work.tx, body.root_id, body.unit_id, &day.to_string()).await?;
    let his = holders.into_iter().filter(|post| post.person_id == person.0);
    his.map(|post| known(Title::from_word(&post.title), "title")).collect()
}

/// The units, each below the committee and not followed by him yet.
async fn followed(
    work: &mut Work<'_>,
    (body, campaign): (&UnitRow, uuid::Uuid),
    person: PersonId,
    typed: &[UnitId],
) -> Result<Vec<UnitId>> {
    let root = body.root_id;
    let now = store::assignment::of_campaign(&mut work.tx, root, campaign).await?;
    let mut units = Vec::new();
    for unit in typed {
        let row = org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
        if row.unit_id == body.unit_id || !row.path.starts_with(&body.path) || row.closed_on.is_some() {
            return Err(Refusal::new("ASSIGN-003").with("unit", &row.name).at("unit").into());
        }
        let his = |one: &store::assignment::AssignedRow| {
            one.person_id == person.0 && one.unit_id == Some(unit.0) && one.ended_on.is_none()
        };
        if now.iter().any(his) || units.contains(unit) {
            return Err(Refusal::new("ASSIGN-004").with("unit", &row.name).at("unit").into());
        }
        units.push(*unit);
    }
    Ok(units)
}
