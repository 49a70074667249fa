//! Trả lại hồ sơ đã thẩm định: before the body decides, a dossier goes back to be supplemented and is verified anew.

use domain::policy::Act;
use domain::review::ReviewAct;
use domain::{Actor, CampaignId, Refusal, ReviewId};

use super::deciding;
use crate::acts::review::{Loaded, keep_reason};
use crate::acts::typed_text;
use crate::app::{App, Work};
use crate::error::{Error, Result};

/// Takes a verification back. The sheet keeps what was written on it; it does not count until it is saved anew.
///
/// # Errors
/// `VERIFY-006` no reason, `REVIEW-001` not verified or decided already; [`Error::Denied`] for whoever it is about, for others than the verifying
/// body of the body that decides, and for members, whose lists are returned to the cell.
pub async fn take_back(app: &App, actor: &Actor, review: ReviewId, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let campaign = CampaignId(loaded.review.campaign_id);
    deciding(&mut work.tx, actor, campaign, loaded.subject, Act::VerifySubject).await?;
    if loaded.person_id() == Some(actor.person) {
        return Err(Error::Denied);
    }
    let reason = typed_text(reason, "return_reason", 1000)?;
    if reason.is_empty() {
        return Err(Refusal::new("VERIFY-006").at("return_reason").into());
    }
    loaded.advance(&mut work, ReviewAct::TakeBack, "review.verification_taken_back", &reason).await?;
    keep_reason(&mut work, &loaded, reason).await?;
    work.commit().await
}
