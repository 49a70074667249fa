//! Sau xếp loại: notices and replies, plans and items of remediation.

mod close_remediation;
mod extend_remediation;
mod followed;
mod judge_plan;
mod leave_shortcoming;
mod note_remediation;
pub(crate) mod plan;
mod plan_remediation;
mod read_notice;
mod replace_monitor;
mod reply_to_notice;
mod send_plan;
pub(crate) mod shortcomings;
mod support;

pub use close_remediation::{CloseItem, close_remediation};
pub(crate) use extend_remediation::put_off;
pub use extend_remediation::{Extend, extend_remediation};
pub(crate) use followed::{Followed, object_of};
pub(crate) use judge_plan::judged_by;
pub use judge_plan::{Verdict, judge_plan};
pub use leave_shortcoming::leave_shortcoming;
pub use note_remediation::{NoteItem, note_remediation};
pub use plan_remediation::{PlanItem, plan_remediation};
pub use read_notice::read_notice;
pub use replace_monitor::{ReplaceMonitor, replace_monitor};
pub use reply_to_notice::reply_to_notice;
pub use send_plan::send_plan;
pub use support::{CheckMilestone, SetMilestone, check_milestone, set_milestone};
pub(crate) use support::{days_asked, level_of};
