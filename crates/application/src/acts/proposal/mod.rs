//! Đề xuất của chi bộ.

mod return_proposal;
mod save_proposal;
pub(crate) mod send_proposal;

pub use return_proposal::return_proposal;
pub use save_proposal::{ProposedLine, save_proposal};
pub use send_proposal::send_proposal;
