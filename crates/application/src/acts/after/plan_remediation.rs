//! Lập việc khắc phục: a shortcoming becomes an item with measure, owner, monitor and deadline.

use domain::policy::Act;
use domain::remediation::{ItemState, Source, check_item};
use domain::{Actor, ItemId, PersonId, Refusal, ReviewId};
use store::org;
use store::outcome::ItemRow;

use crate::acts::review::Loaded;
use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// An item as typed.
#[derive(Debug, Clone, Default)]
pub struct PlanItem {
    /// Word of [`Source`].
    pub source: String,
    /// What is to be remedied.
    pub shortcoming: String,
    /// How.
    pub measure: String,
    /// Who does it; the person reviewed when none is named.
    pub owner: Option<PersonId>,
    /// Who watches it.
    pub monitor: Option<PersonId>,
    /// Deadline.
    pub due_on: String,
}

/// Plans an item for a review.
///
/// # Errors
/// `REMEDY-001` … `-003`, `FORM-002` … `-004`; `MEETING-001` at `monitor` when none is chosen.
pub async fn plan_remediation(app: &App, actor: &Actor, review: ReviewId, order: &PlanItem) -> Result<ItemId> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::PlanRemediation, &loaded.resource())?;
    let source =
        Source::from_word(&order.source).ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at("source"))?;
    let owner = order.owner.or(loaded.person_id()).ok_or_else(|| Refusal::new("REMEDY-001").at("owner"))?;
    let monitor = order.monitor.ok_or_else(|| Refusal::new("REMEDY-001").at("monitor"))?;
    let due_on = typed_day(&order.due_on, "due_on")?;
    let shortcoming = typed_text(&order.shortcoming, "shortcoming", 4000)?;
    let measure = typed_text(&order.measure, "measure", 4000)?;
    check_item(&shortcoming, &measure, owner, monitor, due_on, work.today())?;
    let root = work.root();
    for person in [owner, monitor] {
        org::person(&mut work.tx, root, person.0).await?.ok_or(Error::Denied)?;
    }
    let row = ItemRow {
        root_id: root,
        item_id: work.id::<ItemId>().0,
        review_id: review.0,
        unit_id: loaded.unit.unit_id,
        source: source.word().to_owned(),
        shortcoming,
        measure,
        owner_id: owner.0,
        monitor_id: monitor.0,
        due_on: due_on.to_string(),
        state: ItemState::Open.word().to_owned(),
        outcome: String::new(),
        closed_on: None,
        version: 1,
    };
    store::outcome::insert_item(&mut work.tx, &row).await?;
    work.note("remediation.planned", format!("remediation/{}", row.item_id), None, Some(&row))?;
    work.commit().await?;
    Ok(ItemId(row.item_id))
}
