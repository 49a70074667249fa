//! Sau xếp loại: notices and replies, remediation items.

mod close_remediation;
mod plan_remediation;
mod read_notice;
mod replace_monitor;
mod reply_to_notice;

pub use close_remediation::close_remediation;
pub use plan_remediation::{PlanItem, plan_remediation};
pub use read_notice::read_notice;
pub use replace_monitor::{ReplaceMonitor, replace_monitor};
pub use reply_to_notice::reply_to_notice;
