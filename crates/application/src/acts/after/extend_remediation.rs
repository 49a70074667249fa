//! Gia hạn khắc phục: the deadline is put off with a reason; the day before stays in the history of the item.

use domain::policy::Act;
use domain::remediation::extend;
use domain::{Actor, Day, ExtensionId, ItemId};
use store::outcome::ItemRow;
use store::outcome::remedy::ExtensionRow;

use super::Followed;
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::Result;

/// Until when and why, as typed.
#[derive(Debug, Clone, Default)]
pub struct Extend {
    /// The new last day.
    pub until: String,
    /// Why.
    pub reason: String,
}

/// Puts off the deadline of an item. Nobody puts off his own.
///
/// # Errors
/// `REMEDY-005` closed, `-013` not a later day, `-014` no reason; `FORM-004`; [`crate::Error::Denied`].
pub async fn extend_remediation(app: &App, actor: &Actor, item: ItemId, order: &Extend) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let followed = Followed::load(&mut work.tx, actor, item).await?;
    permit(actor, Act::ExtendRemediation, &followed.resource)?;
    let until = typed_day(&order.until, "until")?;
    let reason = typed_text(&order.reason, "reason", 1000)?;
    let due_on = followed.due_on()?;
    extend(followed.state()?, due_on, until, &reason)?;
    put_off(&mut work, &followed.object(), (due_on, until), &reason).await?;
    let after = ItemRow { due_on: until.to_string(), ..followed.item.clone() };
    followed.change(&mut work, after, "remediation.extended", &reason).await?;
    work.commit().await
}

/// Keeps both days of a deadline that is put off; the journal entry is the caller's.
pub(crate) async fn put_off(work: &mut Work<'_>, object: &str, (from, to): (Day, Day), reason: &str) -> Result<()> {
    let row = ExtensionRow {
        root_id: work.root(),
        extension_id: work.id::<ExtensionId>().0,
        object: object.to_owned(),
        from_due: from.to_string(),
        to_due: to.to_string(),
        reason: reason.to_owned(),
        extended_by: work.person(),
        extended_at: work.at,
    };
    Ok(store::outcome::remedy::insert_extension(&mut work.tx, &row).await?)
}
