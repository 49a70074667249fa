//! Xếp loại tổ chức, tập thể, cán bộ lãnh đạo: verified by the office of the competent body, decided by that body.

mod issue_list;
mod mark_late;
pub(crate) mod order;
mod save_list;
mod take_back;
mod verify;

pub use issue_list::issue_list;
pub use mark_late::mark_late;
pub use save_list::{ListLine, SaveList, save_list};
pub use take_back::take_back;
pub use verify::{Verify, verify};
pub(crate) use verify::{dossier_gaps, own_level};

use domain::policy::{Act, Resource};
use domain::subject::Subject;
use domain::{Actor, CampaignId};
use store::Conn;
use store::campaign::CampaignRow;
use store::org::{self, UnitRow};

use crate::app::permit;
use crate::error::{Error, Result};

/// The round and the unit whose body decides in it, for whoever may do `act` there. Members are decided on another list.
pub(crate) async fn deciding(
    conn: &mut Conn,
    actor: &Actor,
    campaign: CampaignId,
    subject: Subject,
    act: Act,
) -> Result<(CampaignRow, UnitRow)> {
    if subject == Subject::Member {
        return Err(Error::Denied);
    }
    let campaign = store::campaign::campaign(conn, actor.root.0, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(conn, actor.root.0, campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, act, &Resource::of_unit(&unit.path))?;
    Ok((campaign, unit))
}
