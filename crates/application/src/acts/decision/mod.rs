//! Quyết định xếp loại của cấp uỷ cơ sở.

mod issue_decision;
mod save_decision;

pub use issue_decision::issue_decision;
pub(crate) use issue_decision::keep_roster;
pub use save_decision::{DecidedLine, SaveDecision, save_decision};
