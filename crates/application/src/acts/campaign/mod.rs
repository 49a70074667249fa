//! Đợt kiểm điểm.

mod open;
mod opening;
mod report_summary;
mod set_days;
mod since;
mod subjects;

pub use open::{Asked, OpenCampaign, ask_for_campaign, open_campaign};
pub(crate) use opening::{KIND as OPENING_KIND, run as run_opening};
pub use report_summary::report_summary;
pub use set_days::set_days;
