//! Đã nộp, đã trả lại: when a self-review was handed in and why it came back.

use domain::SuggestionId;
use domain::suggestion::SuggestionState;
use serde::Serialize;
use store::org;
use store::review::SubmittedRow;

use crate::acts::review::Loaded;
use crate::acts::suggestion::{asked, ground_name};
use crate::error::Result;

/// Lần nộp gần nhất.
#[derive(Debug, Clone, Serialize)]
pub struct HandedIn {
    /// Number of the version.
    pub version: i64,
    /// Day in Vietnam.
    pub on: chrono::DateTime<chrono::Utc>,
    /// Who handed it in.
    pub by: String,
    /// Why another did.
    pub on_behalf_reason: Option<String>,
}

/// Lần trả lại gần nhất.
#[derive(Debug, Clone, Serialize)]
pub struct Returned {
    /// When.
    pub on: chrono::DateTime<chrono::Utc>,
    /// Who returned it.
    pub by: String,
    /// Why.
    pub reason: String,
}

pub(super) async fn returned(
    conn: &mut store::Conn,
    loaded: &Loaded,
    last: Option<&SubmittedRow>,
) -> Result<Option<Returned>> {
    let (root, review) = (loaded.review.root_id, loaded.review.review_id);
    let row = store::returned::of_review(conn, root, review).await?;
    let newer = |at| last.is_none_or(|last| at >= last.submitted_at);
    let Some(row) = row.filter(|row| newer(row.returned_at)) else { return Ok(None) };
    let by = org::person(conn, root, row.returned_by).await?.map_or_else(String::new, |person| person.full_name);
    Ok(Some(Returned { on: row.returned_at, by, reason: row.reason }))
}

pub(super) async fn handed_in(conn: &mut store::Conn, last: &SubmittedRow) -> Result<HandedIn> {
    let by = org::person(conn, last.root_id, last.submitted_by).await?;
    Ok(HandedIn {
        version: last.version,
        on: last.submitted_at,
        by: by.map_or_else(String::new, |person| person.full_name),
        on_behalf_reason: last.on_behalf_reason.clone(),
    })
}

/// Một vấn đề được gợi ý phải giải trình.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggested {
    /// Suggestion.
    pub id: SuggestionId,
    /// Number of the issue.
    pub place: i64,
    /// Ground in words.
    pub ground: String,
    /// What must be explained.
    pub question: String,
    /// Whether it was, in the present round.
    pub answered: bool,
}

/// What the superior suggested and did not withdraw.
pub(super) async fn suggested(conn: &mut store::Conn, book: &rules::Book, loaded: &Loaded) -> Result<Vec<Suggested>> {
    let root = loaded.review.root_id;
    let mut list = Vec::new();
    for row in store::suggestion::of_review(conn, root, loaded.review.review_id).await? {
        if SuggestionState::from_word(&row.state).is_some_and(SuggestionState::holds) {
            for issue in asked(conn, root, row.suggestion_id).await? {
                list.push(Suggested {
                    id: SuggestionId(row.suggestion_id),
                    place: issue.row.place,
                    ground: ground_name(book, &issue.row),
                    answered: !issue.is_open() || issue.answer_in(row.round).is_some(),
                    question: issue.row.question,
                });
            }
        }
    }
    Ok(list)
}
