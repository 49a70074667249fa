//! Một việc khắc phục with what an act or a page about it asks.

use domain::policy::Resource;
use domain::remediation::ItemState;
use domain::{Actor, Day, ItemId, PersonId, Refusal, UnitId};
use store::Conn;
use store::org::{self, UnitRow};
use store::outcome::ItemRow;

use crate::app::{Grounds, Work};
use crate::error::{Error, Result, known, stored};

/// An item, loaded for an act or a page.
pub(crate) struct Followed {
    pub(crate) item: ItemRow,
    pub(crate) unit: UnitRow,
    pub(crate) resource: Resource,
}

impl Followed {
    pub(crate) async fn load(conn: &mut Conn, actor: &Actor, id: ItemId) -> Result<Self> {
        let root = actor.root.0;
        let item = store::outcome::item(conn, root, id.0).await?.ok_or(Error::Denied)?;
        let unit = org::unit(conn, root, item.unit_id).await?.ok_or(Error::Denied)?;
        let review = store::review::review(conn, root, item.review_id).await?.ok_or(Error::Denied)?;
        let campaign = store::campaign::campaign(conn, root, review.campaign_id).await?.ok_or(Error::Denied)?;
        // Whoever inspects it looks at it as its monitor does; closing asks for the monitor himself.
        let inspects = item.inspector_id == Some(actor.person.0);
        let monitor = Some(if inspects { actor.person } else { PersonId(item.monitor_id) });
        let about = Resource::about(&unit.path, PersonId(item.owner_id)).decided_by(UnitId(campaign.unit_id));
        Ok(Self { item, unit, resource: Resource { monitor, ..about } })
    }

    pub(crate) fn state(&self) -> Result<ItemState> {
        known(ItemState::from_word(&self.item.state), "item state")
    }

    pub(crate) fn due_on(&self) -> Result<Day> {
        stored(Day::parse_stored(&self.item.due_on), "due_on")
    }

    pub(crate) fn starts_on(&self) -> Result<Option<Day>> {
        self.item.starts_on.as_deref().map(|day| stored(Day::parse_stored(day), "starts_on")).transpose()
    }

    pub(crate) fn owner(&self) -> PersonId {
        PersonId(self.item.owner_id)
    }

    pub(crate) fn object(&self) -> String {
        object_of(ItemId(self.item.item_id))
    }

    /// Stores the item as it is now and writes it down as `event`.
    ///
    /// # Errors
    /// `REVIEW-002` somebody changed it meanwhile.
    pub(crate) async fn change(&self, work: &mut Work<'_>, after: ItemRow, event: &str, why: &str) -> Result<()> {
        if !store::outcome::update_item(&mut work.tx, &after).await? {
            return Err(Refusal::new("REVIEW-002").into());
        }
        let after = ItemRow { version: after.version + 1, ..after };
        work.note_citing(event, self.object(), Some(&self.item), Some(&after), Grounds::because(why))
    }
}

/// How the journal, files and extensions name an item.
pub(crate) fn object_of(item: ItemId) -> String {
    format!("remediation/{item}")
}
