//! Đã nộp, đã trả lại: when a self-review was handed in and why it came back.

use serde::Serialize;
use store::org;
use store::review::SubmittedRow;

use crate::acts::review::Loaded;
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
