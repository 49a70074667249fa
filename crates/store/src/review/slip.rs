//! Analysis slips of organisations and collectives. Older slips stay; the newest of a body counts.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `analysis_slip`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct SlipRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Slip.
    pub slip_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// The body that takes part, as on the paper.
    pub body: String,
    /// What tells it from other bodies, however it is typed.
    pub body_key: String,
    /// Word of `domain::slip::SlipRole`.
    pub role: String,
    /// JSON object criterion → grade.
    pub grades: String,
    /// Proposed level, if it names one.
    pub level: Option<String>,
    /// General comment.
    pub comment: String,
    /// Who signed it, as printed.
    pub signer: String,
    /// Day of the paper.
    pub signed_on: String,
    /// Who entered it.
    pub entered_by: Uuid,
    /// When.
    pub entered_at: DateTime<Utc>,
}

statements! {
    INSERT_SLIP = "INSERT INTO analysis_slip (root_id, slip_id, review_id, body, body_key, role, grades, level, comment, signer, signed_on, entered_by, entered_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    SLIPS = "SELECT * FROM analysis_slip WHERE root_id = $1 AND review_id = $2 ORDER BY entered_at, slip_id";
    SLIP_BY_ID = "SELECT * FROM analysis_slip WHERE root_id = $1 AND slip_id = $2";
}

/// Adds a slip.
///
/// # Errors
/// When the database refuses.
pub async fn insert_slip(conn: &mut Conn, s: &SlipRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_SLIP, s.root_id, s.slip_id, s.review_id, &s.body, &s.body_key, &s.role, &s.grades, &s.level,
        &s.comment, &s.signer, &s.signed_on, s.entered_by, s.entered_at
    )?;
    Ok(())
}

/// The slips on a review, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn slips(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<SlipRow>, StoreError> {
    rows!(conn, SlipRow, SLIPS, root, review)
}

/// One slip.
///
/// # Errors
/// When the database fails.
pub async fn slip(conn: &mut Conn, root: Uuid, slip: Uuid) -> Result<Option<SlipRow>, StoreError> {
    maybe_row!(conn, SlipRow, SLIP_BY_ID, root, slip)
}
