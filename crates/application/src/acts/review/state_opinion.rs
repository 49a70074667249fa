//! Ghi ý kiến của các chủ thể: head of agency, cell committee, mass organisation, place of residence. Older ones stay.

use domain::policy::Act;
use domain::review::{Assessor, ReviewState};
use domain::{Actor, OpinionId, Refusal, ReviewId};
use store::review::{OpinionRow, insert_opinion};

use super::Loaded;
use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work};
use crate::error::{Error, Result};
use crate::judge;

/// An opinion as typed.
#[derive(Debug, Clone, Default)]
pub struct StateOpinion {
    /// Word of [`Assessor`]; the person's own levels come from his form only.
    pub assessor: String,
    /// Level, or empty.
    pub level: String,
    /// Comment.
    pub comment: String,
    /// Name and post of the signer.
    pub signer: String,
    /// Day of the paper.
    pub stated_on: String,
}

/// Enters the opinion of another assessor from his paper.
///
/// # Errors
/// `REVIEW-001` after the decision, `REVIEW-008` signer, or both level and comment missing; `FORM-003` no such level; `FORM-004` no such day.
pub async fn state_opinion(app: &App, actor: &Actor, review: ReviewId, order: &StateOpinion) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    loaded.permit_stating(&mut work.tx, actor, Act::StateOpinion).await?;
    loaded.must_be_due()?;
    if loaded.state()? == ReviewState::Decided {
        return Err(Refusal::new("REVIEW-001").into());
    }
    let assessor = Assessor::from_word(&order.assessor)
        .filter(|assessor| !assessor.is_subject())
        .ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at("assessor"))?;
    let book =
        app.library.book(&loaded.campaign.rule_book_id).ok_or_else(|| Error::Fault("rule book is gone".to_owned()))?;
    if !order.level.is_empty() && !judge::levels(book).contains(&order.level) {
        return Err(Refusal::new("FORM-003").with("label", UNNAMED).at("level").into());
    }
    let comment = typed_text(&order.comment, "comment", 4000)?;
    let signer = typed_text(&order.signer, "signer", 200)?;
    if signer.is_empty() || (comment.is_empty() && order.level.is_empty()) {
        return Err(Refusal::new("REVIEW-008").at(if signer.is_empty() { "signer" } else { "comment" }).into());
    }
    let row = OpinionRow {
        root_id: work.root(),
        opinion_id: work.id::<OpinionId>().0,
        review_id: loaded.review.review_id,
        actor: assessor.word().to_owned(),
        level: (!order.level.is_empty()).then(|| order.level.clone()),
        comment,
        signer,
        stated_on: typed_day(&order.stated_on, "stated_on")?.to_string(),
        stated_by: actor.person.0,
        stated_at: work.at,
    };
    insert_opinion(&mut work.tx, &row).await?;
    work.note("review.opinion_stated", loaded.object(), None, Some(&row))?;
    work.commit().await
}
