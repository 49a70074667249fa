//! Xác nhận đã khắc phục: the monitor, never the owner, says what the check of the effect showed.

use domain::policy::Act;
use domain::remediation::{ItemState, check_seen, may_close};
use domain::{Actor, ItemId, PersonId, Refusal};
use store::outcome::ItemRow;

use super::Followed;
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::Result;

/// What the monitor confirms, as typed.
#[derive(Debug, Clone, Default)]
pub struct CloseItem {
    /// What was seen.
    pub outcome: String,
    /// Day on which the effect was checked.
    pub checked_on: String,
}

/// Closes an item.
///
/// # Errors
/// `REMEDY-004` … `-006`, `-012` the day of the check, `-015` one's own item; `FORM-004`; [`crate::Error::Denied`] for others
/// than the monitor.
pub async fn close_remediation(app: &App, actor: &Actor, item: ItemId, order: &CloseItem) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let followed = Followed::load(&mut work.tx, actor, item).await?;
    if followed.owner() == actor.person {
        return Err(Refusal::new("REMEDY-015").into());
    }
    permit(actor, Act::CloseRemediation, &followed.resource)?;
    let outcome = typed_text(&order.outcome, "outcome", 4000)?;
    may_close(followed.state()?, actor.person, PersonId(followed.item.monitor_id), &outcome)?;
    let checked_on = typed_day(&order.checked_on, "checked_on")?;
    check_seen(checked_on, followed.starts_on()?, work.today()).map_err(|refusal| refusal.at("checked_on"))?;
    let closed = ItemRow {
        state: ItemState::Closed.word().to_owned(),
        outcome,
        checked_on: Some(checked_on.to_string()),
        closed_on: Some(work.today().to_string()),
        ..followed.item.clone()
    };
    followed.change(&mut work, closed, "remediation.closed", "").await?;
    work.commit().await
}
