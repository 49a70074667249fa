//! Lập việc khắc phục: a shortcoming becomes an item with measure, owner, monitor and deadline.

use domain::policy::Act;
use domain::remediation::{ItemState, NewItem, Source, check_item};
use domain::{Actor, Day, ItemId, PersonId, Refusal, ReviewId};
use store::org;
use store::outcome::ItemRow;

use super::plan::amend;
use super::shortcomings;
use crate::acts::review::Loaded;
use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// An item as typed.
#[derive(Debug, Clone, Default)]
pub struct PlanItem {
    /// Word of [`Source`].
    pub source: String,
    /// The record in which the shortcoming was told, when it is one of those known.
    pub origin: String,
    /// What is to be remedied.
    pub shortcoming: String,
    /// How.
    pub measure: String,
    /// What should be seen afterwards.
    pub expected: String,
    /// Who does it or answers for it; the person reviewed when none is named.
    pub owner: Option<PersonId>,
    /// Who watches it.
    pub monitor: Option<PersonId>,
    /// Who inspects it, when somebody is named.
    pub inspector: Option<PersonId>,
    /// First day; today when it is left open.
    pub starts_on: String,
    /// Deadline.
    pub due_on: String,
}

/// Plans an item for a review.
///
/// # Errors
/// `REMEDY-001` … `-003`, `-010`, `-011`, `FORM-002` … `-004`; `REMEDY-009` at `monitor` when none is chosen; `PLAN-001` while the
/// plan is with the body that approves.
pub async fn plan_remediation(app: &App, actor: &Actor, review: ReviewId, order: &PlanItem) -> Result<ItemId> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::PlanRemediation, &loaded.resource())?;
    amend(&mut work, review).await?;
    let today = work.today();
    let row = ItemRow {
        root_id: work.root(),
        item_id: work.id::<ItemId>().0,
        review_id: review.0,
        unit_id: loaded.unit.unit_id,
        state: ItemState::Open.word().to_owned(),
        version: 1,
        ..checked(&loaded, order, today)?
    };
    told_somewhere(app, &mut work.tx, &loaded, &row.origin).await?;
    for person in [Some(row.owner_id), Some(row.monitor_id), row.inspector_id].into_iter().flatten() {
        org::person(&mut work.tx, row.root_id, person).await?.ok_or(Error::Denied)?;
    }
    store::outcome::insert_item(&mut work.tx, &row).await?;
    work.note("remediation.planned", format!("remediation/{}", row.item_id), None, Some(&row))?;
    work.commit().await?;
    Ok(ItemId(row.item_id))
}

/// What was typed, checked; the rest of the row is the caller's.
fn checked(loaded: &Loaded, order: &PlanItem, today: Day) -> Result<ItemRow> {
    let source =
        Source::from_word(&order.source).ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at("source"))?;
    let owner = order.owner.or(loaded.person_id()).ok_or_else(|| Refusal::new("REMEDY-017").at("owner"))?;
    let monitor = order.monitor.ok_or_else(|| Refusal::new("REMEDY-009").at("monitor"))?;
    let starts_on = if order.starts_on.trim().is_empty() { today } else { typed_day(&order.starts_on, "starts_on")? };
    let due_on = typed_day(&order.due_on, "due_on")?;
    let row = ItemRow {
        source: source.word().to_owned(),
        origin: order.origin.clone(),
        shortcoming: typed_text(&order.shortcoming, "shortcoming", 4000)?,
        measure: typed_text(&order.measure, "measure", 4000)?,
        expected: typed_text(&order.expected, "expected", 2000)?,
        collective: !loaded.subject.is_person(),
        owner_id: owner.0,
        monitor_id: monitor.0,
        inspector_id: order.inspector.map(|person| person.0),
        starts_on: Some(starts_on.to_string()),
        due_on: due_on.to_string(),
        ..ItemRow::default()
    };
    let item = NewItem {
        shortcoming: &row.shortcoming,
        measure: &row.measure,
        expected: &row.expected,
        owner,
        monitor,
        inspector: order.inspector,
        starts_on,
        due_on,
    };
    check_item(&item, today)?;
    Ok(row)
}

/// An item that names a record names one in which something was told about the subject.
async fn told_somewhere(app: &App, conn: &mut store::Conn, loaded: &Loaded, origin: &str) -> Result<()> {
    let known = if origin.is_empty() { Vec::new() } else { shortcomings::known(app, conn, loaded).await? };
    if origin.is_empty() || known.iter().any(|one| one.origin == origin) { Ok(()) } else { Err(Error::Denied) }
}
