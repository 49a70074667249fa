//! Đợt kiểm điểm.

mod earlier;
mod follow;
mod followed;
mod open;
mod opening;
mod places;
mod report_summary;
mod set_days;
mod since;
mod subjects;

pub(crate) use follow::{follow, follow_registers, give_campaigns};
pub(crate) use followed::Followed;
pub use followed::{RegisterChanges, RegisterLine, Turn};
pub(crate) use open::CUT_OFF;
pub use open::{Asked, OpenCampaign, ask_for_campaign, open_campaign};
pub(crate) use opening::{KIND as OPENING_KIND, run as run_opening};
pub(crate) use places::{Conflict, conflicts, standing_conflicts};
pub use report_summary::report_summary;
pub use set_days::set_days;
pub(crate) use set_days::{bounds, calendar, sector_days};
