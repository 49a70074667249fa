//! Ghi một đợt sinh hoạt tạm thời.

use domain::policy::{Act, Resource};
use domain::{ActivityId, Actor, Day, PersonId, Refusal};
use store::org::{self, UnitRow};
use store::temporary::{self, ActivityRow};

use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// Một đợt sinh hoạt tạm thời, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BeginActivity {
    /// Code of the other cell.
    pub code: String,
    /// First day.
    pub from_on: String,
    /// Last day, or empty.
    pub to_on: String,
    /// Document it rests on.
    pub basis: String,
}

/// Writes down that a member takes part in another cell for a time.
///
/// # Errors
/// `ORG-023` he is a member of no cell that day, `TEMP-001` the same cell, `-002` days, `-003` he is away already,
/// `-004` no open cell has that code, `ORG-022` no document; `FORM-002`, `-004`.
pub async fn begin_activity(app: &App, actor: &Actor, person: PersonId, order: &BeginActivity) -> Result<ActivityId> {
    let mut work = Work::begin(app, actor).await?;
    let from_on = typed_day(&order.from_on, "from_on")?;
    let to_on = match order.to_on.trim() {
        "" => None,
        typed => Some(typed_day(typed, "to_on")?),
    };
    let home = home(&mut work, actor, person, from_on).await?;
    if to_on.is_some_and(|end| end < from_on) {
        return Err(Refusal::new("TEMP-002").with("from", from_on.shown()).at("to_on").into());
    }
    let unit = guest_cell(&mut work, &order.code).await?;
    if unit.unit_id == home.unit_id {
        return Err(Refusal::new("TEMP-001").at("code").into());
    }
    must_be_free(&mut work, person, from_on, to_on).await?;
    let basis = typed_text(&order.basis, "basis", 300)?;
    if basis.is_empty() {
        return Err(Refusal::new("ORG-022").at("basis").into());
    }
    let row = ActivityRow {
        root_id: work.root(),
        activity_id: work.id::<ActivityId>().0,
        person_id: person.0,
        unit_id: unit.unit_id,
        from_on: from_on.to_string(),
        to_on: to_on.map(|day| day.to_string()),
        basis,
        made_by: actor.person.0,
        made_at: work.at,
        version: 1,
    };
    temporary::insert(&mut work.tx, &row).await?;
    work.note("temporary_activity.begun", format!("temporary/{}", row.activity_id), None, Some(&row))?;
    work.commit().await?;
    Ok(ActivityId(row.activity_id))
}

/// The official cell on that day; the actor may record for it.
async fn home(work: &mut Work<'_>, actor: &Actor, person: PersonId, day: Day) -> Result<UnitRow> {
    let root = work.root();
    let row = org::person(&mut work.tx, root, person.0).await?.ok_or(Error::Denied)?;
    let mut now = None;
    for on in [day, work.today()] {
        let cells = org::member_of(&mut work.tx, root, person.0, &on.to_string()).await?;
        if let Some(cell) = cells.into_iter().next() {
            permit(actor, Act::RecordTemporaryActivity, &Resource::about(&cell.path, person))?;
            if on == day {
                return Ok(cell);
            }
            now = Some(cell);
        }
    }
    let now = now.ok_or(Error::Denied)?;
    let what = Refusal::new("ORG-023").with("person", row.full_name).with("unit", now.name);
    Err(what.with("day", day.shown()).at("from_on").into())
}

async fn guest_cell(work: &mut Work<'_>, code: &str) -> Result<UnitRow> {
    let root = work.root();
    let found = org::unit_of_code(&mut work.tx, root, code.trim()).await?;
    let open = |unit: &UnitRow| unit.closed_on.is_none() && domain::org::has_members(&unit.kind);
    found.filter(open).ok_or_else(|| Refusal::new("TEMP-004").at("code").into())
}

/// Refuses days in which he is away already.
async fn must_be_free(work: &mut Work<'_>, person: PersonId, from_on: Day, to_on: Option<Day>) -> Result<()> {
    let root = work.root();
    let (from_on, to_on) = (from_on.to_string(), to_on.map(|day| day.to_string()));
    for other in temporary::of_person(&mut work.tx, root, person.0).await? {
        let ends_before = other.to_on.as_ref().is_some_and(|end| *end < from_on);
        let begins_after = to_on.as_ref().is_some_and(|end| other.from_on > *end);
        if !ends_before && !begins_after {
            let unit = org::unit(&mut work.tx, root, other.unit_id).await?.ok_or(Error::Denied)?;
            return Err(Refusal::new("TEMP-003").with("unit", unit.name).at("from_on").into());
        }
    }
    Ok(())
}
