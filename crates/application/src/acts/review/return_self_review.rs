//! Trả lại bản tự kiểm điểm để bổ sung, before the meeting; the handed-in version stays.

use domain::policy::Act;
use domain::review::ReviewAct;
use domain::{Actor, Refusal, ReviewId};

use store::returned::{self, ReturnedRow};

use super::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::Result;

/// Returns a self-review with the reason.
///
/// # Errors
/// `REVIEW-001` when it was not handed in or the meeting is over, `REVIEW-009` without a reason.
pub async fn return_self_review(app: &App, actor: &Actor, review: ReviewId, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    permit(actor, Act::ReturnSelfReview, &loaded.resource())?;
    let reason = typed_text(reason, "reason", 1000)?;
    if reason.is_empty() {
        return Err(Refusal::new("REVIEW-009").at("reason").into());
    }
    loaded.advance(&mut work, ReviewAct::Return, "review.self_review_returned", &reason).await?;
    keep_reason(&mut work, &loaded, reason).await?;
    work.commit().await
}

/// Keeps the reason for whoever supplements it; the journal has a digest of it only.
pub(crate) async fn keep_reason(work: &mut Work<'_>, loaded: &Loaded, reason: String) -> Result<()> {
    let row = ReturnedRow {
        root_id: loaded.review.root_id,
        review_id: loaded.review.review_id,
        reason,
        returned_by: work.person(),
        returned_at: work.at,
    };
    Ok(returned::set(&mut work.tx, &row).await?)
}
