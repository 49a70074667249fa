//! Soạn gợi ý kiểm điểm: as often as needed until it is sent; a draft may have gaps, and nobody outside the office sees it.

use domain::policy::Act;
use domain::suggestion::{Issue, SuggestionAct, SuggestionState, after};
use domain::{Actor, IssueId, Refusal, ReviewId, SuggestionId};
use store::suggestion::{IssueRow, SuggestionRow};

use super::{Suggested, body_of, must_be_undecided};
use crate::acts::review::Loaded;
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work};
use crate::error::{Error, Result};

/// Most issues one suggestion carries.
const MOST_ISSUES: usize = 20;

/// A suggestion as typed.
#[derive(Debug, Clone, Default)]
pub struct SaveSuggestion {
    /// Deadline of the explanations, empty while it is not settled.
    pub due_on: String,
    /// Issues; blank ones are passed over.
    pub issues: Vec<Issue>,
    /// Version on which it was typed.
    pub seen: Option<i64>,
}

/// Begins a suggestion on a review.
///
/// # Errors
/// `SUGGEST-001` the actor's body is not the direct superior, `SUGGEST-010` decided, `REVIEW-003` not due, `SUGGEST-007` no
/// issue, `FORM-002`, `FORM-004`; fields end with the place of the issue from 0.
pub async fn draft_suggestion(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    order: &SaveSuggestion,
) -> Result<SuggestionId> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let body = body_of(&mut work.tx, actor, &loaded).await?;
    must_be_undecided(&loaded)?;
    let (due_on, issues) = typed(order)?;
    let row = SuggestionRow {
        root_id: work.root(),
        suggestion_id: work.id::<SuggestionId>().0,
        review_id: loaded.review.review_id,
        body_id: body.unit_id,
        state: SuggestionState::Draft.word().to_owned(),
        round: 1,
        due_on,
        drafted_by: actor.person.0,
        drafted_at: work.at,
        sent_by: None,
        sent_at: None,
        withdrawn_reason: String::new(),
        version: 1,
    };
    store::suggestion::insert(&mut work.tx, &row).await?;
    let rows = issue_rows(&work, &row, issues);
    store::suggestion::replace_issues(&mut work.tx, &row, &rows).await?;
    work.note("suggestion.drafted", format!("suggestion/{}", row.suggestion_id), None, Some(&(&row, &rows)))?;
    work.commit().await?;
    Ok(SuggestionId(row.suggestion_id))
}

/// Changes a draft.
///
/// # Errors
/// As [`draft_suggestion`]; `SUGGEST-002` when it was sent, `REVIEW-002` when somebody changed it meanwhile.
pub async fn save_suggestion(app: &App, actor: &Actor, id: SuggestionId, order: &SaveSuggestion) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let before = Suggested::load(&mut work.tx, actor, id).await?;
    if !before.is_of_body(actor, Act::PrepareSuggestion) {
        return Err(Error::Denied);
    }
    after(before.state()?, SuggestionAct::Save)?;
    let (due_on, issues) = typed(order)?;
    let version = order.seen.unwrap_or(before.row.version);
    let row = SuggestionRow { due_on, drafted_by: actor.person.0, drafted_at: work.at, version, ..before.row.clone() };
    if !store::suggestion::update(&mut work.tx, &row).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let rows = issue_rows(&work, &row, issues);
    store::suggestion::replace_issues(&mut work.tx, &row, &rows).await?;
    let old: Vec<IssueRow> = before.issues.into_iter().map(|issue| issue.row).collect();
    work.note("suggestion.drafted", format!("suggestion/{id}"), Some(&(&before.row, &old)), Some(&(&row, &rows)))?;
    work.commit().await
}

fn typed(order: &SaveSuggestion) -> Result<(String, Vec<Issue>)> {
    let mut faults = Vec::new();
    let due_on = match order.due_on.trim() {
        "" => String::new(),
        text => typed_day(text, "due_on").map_or_else(
            |fault| {
                faults.push(fault);
                String::new()
            },
            |day| day.to_string(),
        ),
    };
    let mut issues = Vec::new();
    for (place, issue) in order.issues.iter().take(MOST_ISSUES).enumerate() {
        match tidied(issue, place) {
            Ok(issue) if issue.is_blank() => {}
            Ok(issue) => issues.push(issue),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() && issues.is_empty() {
        faults.push(Refusal::new("SUGGEST-007").at("ground-0"));
    }
    if faults.is_empty() { Ok((due_on, issues)) } else { Err(Error::Refused(faults)) }
}

fn tidied(issue: &Issue, place: usize) -> std::result::Result<Issue, Refusal> {
    let text = |value: &str, name: &str, max| typed_text(value, &format!("{name}-{place}"), max);
    Ok(Issue {
        ground: issue.ground.clone(),
        ground_text: text(&issue.ground_text, "ground_text", 300)?,
        facts: text(&issue.facts, "facts", 4000)?,
        evidence: text(&issue.evidence, "evidence", 1000)?,
        question: text(&issue.question, "question", 2000)?,
        explained_by: text(&issue.explained_by, "explained_by", 500)?,
    })
}

fn issue_rows(work: &Work<'_>, of: &SuggestionRow, issues: Vec<Issue>) -> Vec<IssueRow> {
    let row = |(place, issue): (i64, Issue)| IssueRow {
        root_id: of.root_id,
        issue_id: work.id::<IssueId>().0,
        suggestion_id: of.suggestion_id,
        place,
        ground: issue.ground,
        ground_text: issue.ground_text,
        facts: issue.facts,
        evidence: issue.evidence,
        question: issue.question,
        explained_by: issue.explained_by,
    };
    (1..).zip(issues).map(row).collect()
}
