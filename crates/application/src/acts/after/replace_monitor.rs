//! Cử người theo dõi khác: the monitor left or fell ill; whoever may plan the item names another.

use domain::policy::Act;
use domain::remediation::replace_monitor as check;
use domain::{Actor, ItemId, PersonId, Refusal};
use store::org;
use store::outcome::ItemRow;

use super::Followed;
use crate::acts::substitution::{Handed, keep};
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::Result;

/// The place that changes hands.
const MONITOR: &str = "monitor";

/// Who watches the item from now on, as typed.
#[derive(Debug, Clone, Default)]
pub struct ReplaceMonitor {
    /// Who.
    pub named: Option<PersonId>,
    /// Why.
    pub reason: String,
}

/// Names another monitor. The owner neither becomes the monitor nor names one.
///
/// # Errors
/// `REMEDY-001` he is the owner, `-005` closed, `-007` he watches it already, `-008` no reason, `-009` none chosen or no member
/// any more.
pub async fn replace_monitor(app: &App, actor: &Actor, item: ItemId, order: &ReplaceMonitor) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let followed = Followed::load(&mut work.tx, actor, item).await?;
    permit(actor, Act::ReplaceMonitor, &followed.resource)?;
    let (owner, former) = (followed.owner(), PersonId(followed.item.monitor_id));
    let no_member = || Refusal::new("REMEDY-009").at("monitor");
    let named = order.named.ok_or_else(no_member)?;
    let reason = typed_text(&order.reason, "reason", 300)?;
    check(followed.state()?, owner, former, named, &reason)?;
    let today = work.today().to_string();
    if org::member_of(&mut work.tx, root, named.0, &today).await?.is_empty() {
        return Err(no_member().into());
    }
    let object = followed.object();
    keep(&mut work, actor.person, Handed { object: &object, role: MONITOR, former, named, reason: &reason }).await?;
    let after = ItemRow { monitor_id: named.0, ..followed.item.clone() };
    followed.change(&mut work, after, "remediation.monitor_replaced", &reason).await?;
    work.commit().await
}
