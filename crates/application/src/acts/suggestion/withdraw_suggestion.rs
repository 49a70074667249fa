//! Thu hồi gợi ý kiểm điểm, with the reason that whom it concerns sees too.

use domain::policy::Act;
use domain::suggestion::{SuggestionAct, SuggestionState};
use domain::{Actor, Refusal, SuggestionId};
use store::suggestion::SuggestionRow;

use super::Suggested;
use crate::acts::typed_text;
use crate::app::{App, Work};
use crate::error::{Error, Result};

/// Withdraws a suggestion; a draft may be dropped by the office that wrote it.
///
/// # Errors
/// `SUGGEST-002` judged or withdrawn, `SUGGEST-013` no reason, `SUGGEST-010`, `SUGGEST-016`, `FORM-002`; [`Error::Denied`].
pub async fn withdraw_suggestion(app: &App, actor: &Actor, id: SuggestionId, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let asked = Suggested::load(&mut work.tx, actor, id).await?;
    let draft = asked.state()? == SuggestionState::Draft;
    if draft && !asked.is_of_body(actor, Act::PrepareSuggestion) {
        return Err(Error::Denied);
    }
    if !draft {
        asked.permit_superior(actor, Act::IssueSuggestion)?;
    }
    let next = domain::suggestion::after(asked.state()?, SuggestionAct::Withdraw)?;
    let reason = typed_text(reason, "withdrawn_reason", 1000)?;
    if reason.is_empty() {
        return Err(Refusal::new("SUGGEST-013").at("withdrawn_reason").into());
    }
    let withdrawn = SuggestionRow { state: next.word().to_owned(), withdrawn_reason: reason, ..asked.row.clone() };
    let event = if draft { "review.suggestion_dropped" } else { "review.suggestion_withdrawn" };
    asked.change(&mut work, withdrawn, event).await?;
    work.commit().await
}
