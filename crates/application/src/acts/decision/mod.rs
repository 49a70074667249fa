//! Quyết định xếp loại của cấp uỷ cơ sở.

mod issue_decision;
mod save_decision;

pub use issue_decision::issue_decision;
pub use save_decision::{DecidedLine, SaveDecision, save_decision};
