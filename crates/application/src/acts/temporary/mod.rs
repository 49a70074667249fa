//! Sinh hoạt tạm thời: a member takes part in another cell for a time; he is reviewed in his official cell, which asks the
//! other one first.

mod answer;
mod begin_activity;
mod end_activity;
mod waive_opinion;

pub use answer::{Answer, answer_for_temporary_cell};
pub use begin_activity::{BeginActivity, begin_activity};
pub use end_activity::end_activity;
pub use waive_opinion::waive_opinion;

use domain::review::ReviewState;
use domain::{ActivityId, Refusal, ReviewId};
use store::Conn;
use store::temporary::{self, AskedRow};
use uuid::Uuid;

use crate::error::{Error, Result};

/// The request of a review to one temporary cell.
pub(crate) async fn asked(conn: &mut Conn, root: Uuid, review: ReviewId, activity: ActivityId) -> Result<AskedRow> {
    let asked = temporary::asked_for_review(conn, root, review.0).await?;
    asked.into_iter().find(|one| one.activity_id == activity.0).ok_or(Error::Denied)
}

/// Refuses what comes too late: the review was decided or left its round.
pub(crate) fn must_wait(state: &str) -> std::result::Result<(), Refusal> {
    if [ReviewState::Decided.word(), ReviewState::NotDue.word()].contains(&state) {
        Err(Refusal::new("TEMP-010"))
    } else {
        Ok(())
    }
}

/// Refuses while a temporary cell that is asked for a review has neither answered nor been passed over with a reason.
///
/// # Errors
/// `TEMP-009` at `level-<review>`.
pub(crate) async fn must_be_heard(conn: &mut Conn, root: Uuid, reviews: &[Uuid]) -> Result<()> {
    let mut faults = Vec::new();
    for review in reviews {
        for one in temporary::asked_for_review(conn, root, *review).await? {
            if one.answers == 0 && one.waived.is_none() {
                let what = Refusal::new("TEMP-009").with("unit", &one.temporary_name).with("person", &one.full_name);
                faults.push(what.at(&format!("level-{review}")));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
}
