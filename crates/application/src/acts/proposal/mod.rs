//! Đề xuất của chi bộ.

mod return_proposal;
mod save_proposal;
pub(crate) mod send_proposal;

pub use return_proposal::return_proposal;
pub use save_proposal::{ProposedLine, SaveProposal, save_proposal};
pub use send_proposal::send_proposal;

use domain::review::Obligation;
use domain::{Refusal, ReviewId};
use store::review::ReviewListRow;
use uuid::Uuid;

use crate::acts::UNNAMED;
use crate::cases::Cases;
use crate::error::{Error, Result};

/// The level that was chosen for a review among those of the book; an empty one leaves the line open.
///
/// # Errors
/// `FORM-003` at `level-<review>` when the book has no such level, or the review is not among those to be classified.
pub(crate) fn chosen_level(
    levels: &[String],
    due: bool,
    review: ReviewId,
    level: &str,
) -> std::result::Result<(), Refusal> {
    let known = level.is_empty() || levels.iter().any(|one| one == level);
    if due && known {
        Ok(())
    } else {
        Err(Refusal::new("FORM-003").with("label", UNNAMED).at(&format!("level-{review}")))
    }
}

/// Those among `due` who are to be classified by what is known of them now; the others are left out.
///
/// # Errors
/// `code` at `level-<review>` with the rule that says so, when somebody who is left out has a level.
pub(crate) fn rated(
    cases: &Cases<'_>,
    due: Vec<ReviewListRow>,
    has_level: impl Fn(Uuid) -> bool,
    code: &str,
) -> Result<Vec<ReviewListRow>> {
    let (mut rated, mut faults) = (Vec::with_capacity(due.len()), Vec::new());
    for review in due {
        let judgement = cases.of(&review).judge();
        if judgement.obligation == Obligation::ReviewAndClassify {
            rated.push(review);
        } else if has_level(review.review_id) {
            let what = Refusal::new(code).with("person", &review.full_name);
            let what = what.at(&format!("level-{}", review.review_id));
            faults.push(judgement.citing_obligation(what));
        }
    }
    if faults.is_empty() { Ok(rated) } else { Err(Error::Refused(faults)) }
}
