//! Đề xuất của chi bộ.

mod return_proposal;
mod save_proposal;
pub(crate) mod send_proposal;

pub use return_proposal::return_proposal;
pub use save_proposal::{ProposedLine, SaveProposal, save_proposal};
pub use send_proposal::send_proposal;

use domain::{Refusal, ReviewId};

/// The level that was chosen for a review among those of the book; an empty one leaves the line open.
///
/// # Errors
/// `FORM-003` at `level-<review>` when the book has no such level, or the review is not among those to be classified.
pub(crate) fn chosen_level(levels: &[String], due: bool, review: ReviewId, level: &str) -> Result<(), Refusal> {
    let known = level.is_empty() || levels.iter().any(|one| one == level);
    if due && known { Ok(()) } else { Err(Refusal::new("FORM-003").with("label", "").at(&format!("level-{review}"))) }
}
