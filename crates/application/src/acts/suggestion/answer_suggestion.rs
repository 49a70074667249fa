//! Giải trình vấn đề được gợi ý: explanation, cause and own responsibility for each issue. Earlier versions stay.

use domain::suggestion::{Answer, SuggestionAct};
use domain::{Actor, IssueId, Refusal, SuggestionId};
use store::suggestion::{AnswerRow, SuggestionRow};

use super::{Asked, Suggested};
use crate::acts::review::permit_writing;
use crate::acts::typed_text;
use crate::app::{App, Work};
use crate::error::{Error, Result};

/// What was typed about one issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAnswer {
    /// Issue.
    pub issue: IssueId,
    /// The three parts.
    pub answer: Answer,
}

/// Explains issues; those for which nothing is typed stay as they are. The person himself, or whoever writes for him.
///
/// # Errors
/// `SUGGEST-008` a part is missing, at `<part>-<issue>`; `SUGGEST-002` not sent, judged or withdrawn; `SUGGEST-010`,
/// `FORM-002`; [`Error::Denied`].
pub async fn answer_suggestion(app: &App, actor: &Actor, id: SuggestionId, typed: &[TypedAnswer]) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let asked = Suggested::load(&mut work.tx, actor, id).await?;
    permit_writing(actor, &asked.review)?;
    if !asked.is_seen_by(actor)? {
        return Err(Error::Denied);
    }
    asked.after(SuggestionAct::Answer)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for issue in asked.open() {
        let Some(one) = typed.iter().find(|one| one.issue.0 == issue.row.issue_id) else { continue };
        match tidied(one) {
            Ok(answer) if !answer.is_blank() => rows.extend(row(&work, actor, (&asked, issue), answer)),
            Ok(_) => {}
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let round = asked.row.round;
    let has =
        |issue: &Asked| issue.answer_in(round).is_some() || rows.iter().any(|row| row.issue_id == issue.row.issue_id);
    let act = if asked.open().all(has) { SuggestionAct::Answer } else { SuggestionAct::Explain };
    let changed = SuggestionRow { state: asked.after(act)?.word().to_owned(), ..asked.row.clone() };
    store::suggestion::insert_answers(&mut work.tx, &rows).await?;
    work.note("suggestion.explained", format!("suggestion/{id}"), None, Some(&rows))?;
    asked.change(&mut work, changed, "review.suggestion_answered").await?;
    work.commit().await
}

fn tidied(one: &TypedAnswer) -> std::result::Result<Answer, Vec<Refusal>> {
    let issue = one.issue.to_string();
    let text =
        |value: &str, name: &str| typed_text(value, &format!("{name}-{issue}"), 4000).map_err(|fault| vec![fault]);
    let answer = Answer {
        explanation: text(&one.answer.explanation, "explanation")?,
        cause: text(&one.answer.cause, "cause")?,
        responsibility: text(&one.answer.responsibility, "responsibility")?,
    };
    let faults = if answer.is_blank() { Vec::new() } else { answer.faults(&issue) };
    if faults.is_empty() { Ok(answer) } else { Err(faults) }
}

/// The next version, unless the same stands there already.
fn row(work: &Work<'_>, actor: &Actor, (asked, issue): (&Suggested, &Asked), answer: Answer) -> Option<AnswerRow> {
    let last = issue.answer_in(asked.row.round);
    let same = |last: &AnswerRow| {
        (&last.explanation, &last.cause, &last.responsibility)
            == (&answer.explanation, &answer.cause, &answer.responsibility)
    };
    let version = last.map_or(1, |last| last.version + 1);
    (!last.is_some_and(same)).then(|| AnswerRow {
        root_id: work.root(),
        issue_id: issue.row.issue_id,
        round: asked.row.round,
        version,
        explanation: answer.explanation,
        cause: answer.cause,
        responsibility: answer.responsibility,
        answered_by: actor.person.0,
        answered_at: work.at,
    })
}
