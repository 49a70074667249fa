//! Gửi gợi ý kiểm điểm: from now on it binds. A report that was handed in already goes back to be supplemented.

use domain::policy::Act;
use domain::review::{ReviewAct, ReviewState};
use domain::suggestion::{SuggestionAct, check_deadline};
use domain::{Actor, Day, Refusal, SuggestionId};
use store::suggestion::SuggestionRow;

use super::{Suggested, grounds};
use crate::acts::review::keep_reason;
use crate::app::{App, Work};
use crate::error::{Error, Result, stored};
use crate::judge;

/// Sends a draft.
///
/// # Errors
/// `SUGGEST-002`, `SUGGEST-003` … `-007` what is missing, at its field, `SUGGEST-010`, `SUGGEST-016` about oneself;
/// [`Error::Denied`] for others than who signs for the superior.
pub async fn send_suggestion(app: &App, actor: &Actor, id: SuggestionId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let draft = Suggested::load(&mut work.tx, actor, id).await?;
    draft.permit_superior(actor, Act::IssueSuggestion)?;
    let next = draft.after(SuggestionAct::Send)?;
    let faults = gaps(app, &work, &draft)?;
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    let sent = SuggestionRow {
        state: next.word().to_owned(),
        sent_by: Some(actor.person.0),
        sent_at: Some(work.at),
        ..draft.row.clone()
    };
    draft.change(&mut work, sent, "review.suggestion_sent").await?;
    if draft.review.state()? == ReviewState::SelfReviewed {
        let reason = crate::papers::returned_for_suggestion(&draft.body.name)?;
        draft.review.advance(&mut work, ReviewAct::Return, "review.self_review_returned", &reason).await?;
        keep_reason(&mut work, &draft.review, reason).await?;
    }
    work.commit().await
}

fn gaps(app: &App, work: &Work<'_>, draft: &Suggested) -> Result<Vec<Refusal>> {
    let known = grounds(judge::book_of(app, &draft.review.campaign)?);
    let mut faults: Vec<Refusal> = draft
        .issues
        .iter()
        .zip(0..)
        .flat_map(|(one, place)| one.as_typed().faults(&known, &place.to_string()))
        .collect();
    if draft.issues.is_empty() {
        faults.push(Refusal::new("SUGGEST-007").at("ground-0"));
    }
    let due = if draft.row.due_on.is_empty() {
        Err(Refusal::new("FORM-004").with("value", "").at("due_on"))
    } else {
        check_deadline(stored(Day::parse_stored(&draft.row.due_on), "due_on")?, work.today())
    };
    faults.extend(due.err());
    Ok(faults)
}
