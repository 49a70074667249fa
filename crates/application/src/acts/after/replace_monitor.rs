//! Cử người theo dõi khác: the monitor left or fell ill; whoever may plan the item names another.

use domain::policy::{Act, Resource};
use domain::remediation::{ItemState, replace_monitor as check};
use domain::{Actor, ItemId, PersonId, Refusal, UnitId};
use store::org;
use store::outcome::ItemRow;

use crate::acts::substitution::{Handed, keep};
use crate::acts::typed_text;
use crate::app::{App, Grounds, Work, permit};
use crate::error::{Error, Result, known};

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
    let row = store::outcome::item(&mut work.tx, root, item.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, row.unit_id).await?.ok_or(Error::Denied)?;
    let review = store::review::review(&mut work.tx, root, row.review_id).await?.ok_or(Error::Denied)?;
    let campaign = store::campaign::campaign(&mut work.tx, root, review.campaign_id).await?.ok_or(Error::Denied)?;
    let resource = Resource::about(&unit.path, PersonId(row.owner_id)).decided_by(UnitId(campaign.unit_id));
    permit(actor, Act::ReplaceMonitor, &resource)?;
    let (owner, former) = (PersonId(row.owner_id), PersonId(row.monitor_id));
    let no_member = || Refusal::new("REMEDY-009").at("monitor");
    let named = order.named.ok_or_else(no_member)?;
    let reason = typed_text(&order.reason, "reason", 300)?;
    check(known(ItemState::from_word(&row.state), "item state")?, owner, former, named, &reason)?;
    let today = work.today().to_string();
    if org::member_of(&mut work.tx, root, named.0, &today).await?.is_empty() {
        return Err(no_member().into());
    }
    let after = ItemRow { monitor_id: named.0, ..row.clone() };
    if !store::outcome::update_item(&mut work.tx, &after).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let after = ItemRow { version: row.version + 1, ..after };
    let object = format!("remediation/{item}");
    keep(&mut work, actor.person, Handed { object: &object, role: MONITOR, former, named, reason: &reason }).await?;
    work.note_citing("remediation.monitor_replaced", object, Some(&row), Some(&after), Grounds::because(&reason))?;
    work.commit().await
}
