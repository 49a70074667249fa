//! Kết luận về các vấn đề đã gợi ý: clarified, not clarified and to be discussed again, or handed over to inspection. No
//! level follows from it.

use domain::policy::Act;
use domain::suggestion::{SuggestionAct, Verdict, check_deadline};
use domain::{Actor, IssueId, Refusal, SuggestionId};
use store::suggestion::{SuggestionRow, VerdictRow};

use super::{Asked, Suggested};
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work};
use crate::error::{Error, Result};

/// What was typed about one issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedVerdict {
    /// Word of [`Verdict`].
    pub verdict: String,
    /// Why.
    pub reason: String,
}

/// Judges every open issue; with at least one that was not clarified and is asked again, a new deadline.
///
/// # Errors
/// `SUGGEST-002` not answered, `SUGGEST-012` at `verdict-<issue>` an issue that no meeting discussed, `SUGGEST-014` no
/// verdict, `SUGGEST-013` at `reason-<issue>` not clarified without a reason, `SUGGEST-006` deadline, `SUGGEST-010`,
/// `SUGGEST-016` one's own; [`Error::Denied`].
pub async fn judge_suggestion(
    app: &App,
    actor: &Actor,
    id: SuggestionId,
    typed: &[(IssueId, TypedVerdict)],
    due_on: &str,
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let asked = Suggested::load(&mut work.tx, actor, id).await?;
    asked.permit_superior(actor, Act::IssueSuggestion)?;
    asked.after(SuggestionAct::Judge)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for issue in asked.open() {
        let one = typed.iter().find(|(id, _)| id.0 == issue.row.issue_id).map(|(_, typed)| typed);
        match verdict(issue, asked.row.round, one) {
            Ok((verdict, reason)) => rows.push(row(&work, actor, (&asked, issue), verdict, reason)),
            Err(fault) => faults.push(fault),
        }
    }
    let again = rows.iter().any(|row| row.verdict == Verdict::FurtherSession.word());
    let mut judged = asked.row.clone();
    if again {
        match typed_day(due_on, "due_on").and_then(|due| check_deadline(due, work.today()).map(|()| due)) {
            Ok(due) => (judged.due_on, judged.round) = (due.to_string(), judged.round + 1),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    let act = if again { SuggestionAct::AskAgain } else { SuggestionAct::Judge };
    asked.after(act)?.word().clone_into(&mut judged.state);
    store::suggestion::insert_verdicts(&mut work.tx, &rows).await?;
    work.note("suggestion.verdicts_given", format!("suggestion/{id}"), None, Some(&rows))?;
    asked.change(&mut work, judged, "review.suggestion_judged").await?;
    work.commit().await
}

fn verdict(issue: &Asked, round: i64, typed: Option<&TypedVerdict>) -> std::result::Result<(Verdict, String), Refusal> {
    let id = issue.row.issue_id;
    if issue.discussion_in(round).is_none() {
        return Err(Refusal::new("SUGGEST-012").at(&format!("verdict-{id}")));
    }
    let typed = typed.cloned().unwrap_or_default();
    let verdict = Verdict::from_word(&typed.verdict);
    let verdict = verdict.ok_or_else(|| Refusal::new("SUGGEST-014").at(&format!("verdict-{id}")))?;
    let reason = typed_text(&typed.reason, &format!("reason-{id}"), 2000)?;
    if verdict != Verdict::Clarified && reason.is_empty() {
        return Err(Refusal::new("SUGGEST-013").at(&format!("reason-{id}")));
    }
    Ok((verdict, reason))
}

fn row(
    work: &Work<'_>,
    actor: &Actor,
    (asked, issue): (&Suggested, &Asked),
    verdict: Verdict,
    reason: String,
) -> VerdictRow {
    let SuggestionRow { root_id, round, .. } = asked.row;
    VerdictRow {
        root_id,
        issue_id: issue.row.issue_id,
        round,
        verdict: verdict.word().to_owned(),
        reason,
        judged_by: actor.person.0,
        judged_at: work.at,
    }
}
