//! Why reviews were returned. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, run, statements};

/// One row of `returned_review`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ReturnedRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Why, the last time.
    pub reason: String,
    /// Who returned it.
    pub returned_by: Uuid,
    /// When.
    pub returned_at: DateTime<Utc>,
}

statements! {
    SET_RETURNED = "INSERT INTO returned_review (root_id, review_id, reason, returned_by, returned_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (root_id, review_id) DO UPDATE SET reason = excluded.reason, returned_by = excluded.returned_by, returned_at = excluded.returned_at";
    RETURNED = "SELECT * FROM returned_review WHERE root_id = $1 AND review_id = $2";
}

/// Keeps why a review was returned, in place of an earlier reason.
pub async fn set(conn: &mut Conn, r: &ReturnedRow) -> Result<(), StoreError> {
    run!(conn, SET_RETURNED, r.root_id, r.review_id, &r.reason, r.returned_by, r.returned_at)?;
    Ok(())
}

/// Why a review was returned the last time.
pub async fn of_review(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Option<ReturnedRow>, StoreError> {
    maybe_row!(conn, ReturnedRow, RETURNED, root, review)
}
