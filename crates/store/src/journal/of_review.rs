//! Lịch sử của một hồ sơ: entries of the journal about a review, and the decisions issued on it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::JournalDraft;
use crate::bulk::columns;
use crate::db::Conn;
use crate::error::{Result, StoreError};
use crate::sql::{rows, statements};

/// Which entry is about which review.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "fields are named as the columns")]
pub(super) struct AboutRow {
    root_id: Uuid,
    review_id: Uuid,
    entry_id: Uuid,
}
columns! { AboutRow in journal_of_review, key (review_id, entry_id), rest () }

/// Kinds of objects whose identifier is the review's.
const KINDS: [&str; 3] = ["review", "self_review", "notice"];

impl AboutRow {
    /// None when the entry is not about a review.
    pub(super) fn of(root_id: Uuid, draft: &JournalDraft) -> Option<Self> {
        let mut parts = draft.object.split('/');
        let kind = parts.next().filter(|kind| KINDS.contains(kind));
        let review = kind.and(parts.next()).and_then(|id| id.parse().ok());
        review.map(|review_id| Self { root_id, review_id, entry_id: draft.id.0 })
    }
}

/// What the journal says about a review: who did what and when. Texts stand in it only as digests and are not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: DateTime<Utc>,
    /// What was done.
    pub act: String,
    /// Who; none when the installation itself acted.
    pub person_id: Option<Uuid>,
}

/// A level that an issued decision gave to a review.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct IssuedRow {
    /// Level in the rule book of its campaign.
    pub level: String,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub signed_on: String,
}

statements! {
    OF_REVIEW = "SELECT e.body FROM journal_of_review a JOIN journal_entry e ON e.root_id = a.root_id AND e.entry_id = a.entry_id \
        WHERE a.root_id = $1 AND a.review_id = $2 ORDER BY a.entry_id";
    ISSUED_ON = "SELECT l.level, d.number, d.signed_on FROM decision_line l JOIN decision d ON d.root_id = l.root_id AND d.decision_id = l.decision_id \
        WHERE l.root_id = $1 AND l.review_id = $2 AND l.level <> '' AND d.state = 'issued' ORDER BY d.signed_on, d.decision_id";
}

/// What happened to a review, oldest first.
///
/// # Errors
/// [`StoreError::Journal`] when an entry cannot be read.
pub async fn of_review(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<Happened>> {
    let bodies: Vec<(String,)> = rows!(conn, (String,), OF_REVIEW, root, review)?;
    bodies.iter().map(|(body,)| happened(body)).collect()
}

fn happened(body: &str) -> Result<Happened> {
    let unreadable = |what: &str| StoreError::Journal(format!("an entry without {what}"));
    let entry: Value = serde_json::from_str(body).map_err(|error| StoreError::Journal(error.to_string()))?;
    let text = |key: &str| entry.get(key).and_then(Value::as_str);
    let at = text("at").and_then(|at| DateTime::parse_from_rfc3339(at).ok()).ok_or_else(|| unreadable("a moment"))?;
    Ok(Happened {
        at: at.with_timezone(&Utc),
        act: text("act").ok_or_else(|| unreadable("an act"))?.to_owned(),
        person_id: text("person").and_then(|id| id.parse().ok()),
    })
}

/// The levels that issued decisions gave to a review, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn issued_on(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<IssuedRow>> {
    rows!(conn, IssuedRow, ISSUED_ON, root, review)
}
