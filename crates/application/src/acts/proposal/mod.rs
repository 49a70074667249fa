//! Đề xuất của chi bộ.

mod return_proposal;
mod save_proposal;
pub(crate) mod send_proposal;

pub use return_proposal::return_proposal;
pub use save_proposal::{ProposedLine, save_proposal};
pub use send_proposal::send_proposal;

use domain::{Refusal, ReviewId};
use store::outcome::LevelRow;

/// Refuses to leave a level open that was chosen and saved before: it would stay on record while the page shows none.
///
/// # Errors
/// `FORM-001` at `level-<review>`.
pub(crate) fn keep_chosen<'a>(
    earlier: &[LevelRow],
    typed: impl Iterator<Item = (ReviewId, &'a str)>,
) -> Result<(), Vec<Refusal>> {
    let cleared =
        typed.filter(|(review, level)| level.is_empty() && earlier.iter().any(|line| line.review_id == review.0));
    let faults: Vec<Refusal> = cleared
        .map(|(review, _)| Refusal::new("FORM-001").with("label", "Mức").at(&format!("level-{review}")))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_level_that_was_saved_cannot_be_left_open_and_one_that_was_not_can() {
        let (saved, new) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let earlier = [LevelRow { review_id: saved, level: "good".to_owned(), reason: String::new() }];
        let typed = |saved_level| [(ReviewId(saved), saved_level), (ReviewId(new), "")].into_iter();
        assert_eq!(keep_chosen(&earlier, typed("fulfilled")), Ok(()));
        let faults = keep_chosen(&earlier, typed("")).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].field.as_deref(), Some(format!("level-{saved}").as_str()));
    }
}
