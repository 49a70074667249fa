//! Score sheets of reviews. Older sheets stay; the newest of a role counts.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `score_sheet`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ScoreSheetRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Sheet.
    pub sheet_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Word of `domain::scoring::ScoreRole`.
    pub role: String,
    /// What was typed, JSON object field → text.
    pub content: String,
    /// Total as reckoned when it was entered, for reading only.
    pub total: String,
    /// Who entered it.
    pub entered_by: Uuid,
    /// When.
    pub entered_at: DateTime<Utc>,
}

statements! {
    INSERT_SCORE_SHEET = "INSERT INTO score_sheet (root_id, sheet_id, review_id, role, content, total, entered_by, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SCORE_SHEETS = "SELECT * FROM score_sheet WHERE root_id = $1 AND review_id = $2 ORDER BY entered_at, sheet_id";
    SCORE_SHEET = "SELECT * FROM score_sheet WHERE root_id = $1 AND sheet_id = $2";
}

/// Adds a sheet.
///
/// # Errors
/// When the database refuses.
pub async fn insert_score_sheet(conn: &mut Conn, s: &ScoreSheetRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_SCORE_SHEET, s.root_id, s.sheet_id, s.review_id, &s.role, &s.content, &s.total, s.entered_by,
        s.entered_at
    )?;
    Ok(())
}

/// The sheets on a review, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn score_sheets(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<ScoreSheetRow>, StoreError> {
    rows!(conn, ScoreSheetRow, SCORE_SHEETS, root, review)
}

/// One sheet.
///
/// # Errors
/// When the database fails.
pub async fn score_sheet(conn: &mut Conn, root: Uuid, sheet: Uuid) -> Result<Option<ScoreSheetRow>, StoreError> {
    maybe_row!(conn, ScoreSheetRow, SCORE_SHEET, root, sheet)
}
