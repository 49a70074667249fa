//! Xác nhận đã khắc phục: the monitor, never the owner, says what the check showed.

use domain::policy::{Act, Resource};
use domain::remediation::{ItemState, may_close};
use domain::{Actor, ItemId, PersonId, Refusal};
use store::org;
use store::outcome::ItemRow;

use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known};

/// Closes an item.
///
/// # Errors
/// `REMEDY-004` … `-006`; [`Error::Denied`] for others than the monitor.
pub async fn close_remediation(app: &App, actor: &Actor, item: ItemId, outcome: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::outcome::item(&mut work.tx, root, item.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, row.unit_id).await?.ok_or(Error::Denied)?;
    let resource = Resource {
        about: Some(PersonId(row.owner_id)),
        monitor: Some(PersonId(row.monitor_id)),
        ..Resource::of_unit(&unit.path)
    };
    permit(actor, Act::CloseRemediation, &resource)?;
    let outcome = typed_text(outcome, "outcome", 4000)?;
    may_close(
        known(ItemState::from_word(&row.state), "item state")?,
        actor.person,
        PersonId(row.monitor_id),
        &outcome,
    )?;
    let closed = ItemRow {
        state: ItemState::Closed.word().to_owned(),
        outcome,
        closed_on: Some(work.today().to_string()),
        ..row.clone()
    };
    if !store::outcome::update_item(&mut work.tx, &closed).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    work.note("remediation.closed", format!("remediation/{item}"), Some(&row), Some(&closed))?;
    work.commit().await
}
