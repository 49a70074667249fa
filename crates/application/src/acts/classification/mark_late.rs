//! Ghi nhận đối tượng làm chậm: others need not wait for it, because the reason is on record.

use domain::policy::Act;
use domain::{Actor, CampaignId, Refusal, ReviewId};
use store::verification::LateRow;

use super::deciding;
use crate::acts::review::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Grounds, Work};
use crate::error::Result;

/// Marks a review that others wait for as late, with the reason.
///
/// # Errors
/// `ORDER-101` no reason, `ORDER-102` decided already; [`crate::Error::Denied`] for others than the deciding body's office
/// and for members, who are decided together.
pub async fn mark_late(app: &App, actor: &Actor, review: ReviewId, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let campaign = CampaignId(loaded.review.campaign_id);
    deciding(&mut work.tx, actor, campaign, loaded.subject, Act::PrepareDecision).await?;
    if loaded.state()? == domain::review::ReviewState::Decided {
        return Err(Refusal::new("ORDER-102").into());
    }
    let reason = typed_text(reason, "reason", 1000)?;
    if reason.is_empty() {
        return Err(Refusal::new("ORDER-101").at("reason").into());
    }
    let row = LateRow {
        root_id: work.root(),
        review_id: review.0,
        reason: reason.clone(),
        stated_by: actor.person.0,
        stated_at: work.at,
    };
    let root = work.root();
    let before = store::verification::late(&mut work.tx, root, review.0).await?;
    store::verification::save_late(&mut work.tx, &row).await?;
    let grounds = Grounds::because(&reason);
    work.note_citing("review.marked_late", loaded.object(), before.as_ref(), Some(&row), grounds)?;
    work.commit().await
}
