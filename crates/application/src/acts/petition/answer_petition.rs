//! Trả lời kiến nghị: the result stays, or another level is decided by a new decision; the one before is kept.

use domain::petition::may_answer;
use domain::policy::Act;
use domain::{Actor, PetitionId, Refusal};
use store::outcome::petition::{PetitionRow, update_petition};

use super::Filed;
use super::redecide::{Redecide, redecide};
use crate::acts::after::level_of;
use crate::acts::typed_text;
use crate::app::{App, Grounds, Work, permit};
use crate::error::Result;

/// An answer as typed.
#[derive(Debug, Clone, Default)]
pub struct AnswerPetition {
    /// The answer in words.
    pub answer: String,
    /// Id of the level decided anew; empty when the result stays.
    pub level: String,
    /// The decision, when the result changes.
    pub decision: Redecision,
}

/// Quyết định mới as typed.
#[derive(Debug, Clone, Default)]
pub struct Redecision {
    /// Number.
    pub number: String,
    /// Day on the paper.
    pub signed_on: String,
    /// Votes of the body for it.
    pub in_favour: String,
}

/// Answers a petition.
///
/// # Errors
/// `PETITION-001`, `-005` … `-009`; `DECISION-003`, `-004` the votes, `-007` the rules forbid the level, `REGISTER-001` the number.
pub async fn answer_petition(app: &App, actor: &Actor, petition: PetitionId, order: &AnswerPetition) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let filed = Filed::load(&mut work.tx, actor, petition).await?;
    permit(actor, Act::AnswerPetition, &filed.resource())?;
    let answer = typed_text(&order.answer, "answer", 10_000)?;
    let standing = level_of(&mut work.tx, &filed.loaded).await?;
    let level = Some(order.level.as_str()).filter(|level| !level.is_empty());
    let state = may_answer(filed.state()?, &answer, level, &standing)?;
    if let Some(level) = level {
        let cause = filed.object();
        let earlier = filed.row.decision_id;
        let paper = Redecide { level, reason: &answer, cause: &cause, earlier, decision: &order.decision };
        redecide(&mut work, actor, &filed, paper).await?;
    }
    let answered = PetitionRow {
        state: state.word().to_owned(),
        answer,
        answered_on: Some(work.today().to_string()),
        answered_by: Some(actor.person.0),
        ..filed.row.clone()
    };
    if !update_petition(&mut work.tx, &answered).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let grounds = Grounds::because(&answered.answer);
    work.note_citing("petition.answered", filed.object(), Some(&filed.row), Some(&answered), grounds)?;
    work.commit().await
}
