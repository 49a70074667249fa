//! Calibration of a list before it is approved: sessions and who was moved. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `calibration`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct CalibrationRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Session.
    pub calibration_id: Uuid,
    /// Decision that was being prepared.
    pub decision_id: Uuid,
    /// Day.
    pub held_on: String,
    /// Chair, with post.
    pub chair: String,
    /// Who wrote the minutes.
    pub secretary: String,
    /// Who took part, one a line.
    pub members: String,
    /// Conclusion.
    pub conclusion: String,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// One row of `calibration_move`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct MoveRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Session.
    pub calibration_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Level before, empty when it was open.
    pub from_level: String,
    /// Level after.
    pub to_level: String,
    /// Why.
    pub reason: String,
}

statements! {
    INSERT_CALIBRATION = "INSERT INTO calibration (root_id, calibration_id, decision_id, held_on, chair, secretary, members, conclusion, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    INSERT_MOVE = "INSERT INTO calibration_move (root_id, calibration_id, review_id, from_level, to_level, reason) VALUES ($1, $2, $3, $4, $5, $6)";
    CALIBRATION = "SELECT * FROM calibration WHERE root_id = $1 AND calibration_id = $2";
    CALIBRATIONS = "SELECT c.* FROM calibration c JOIN decision d ON d.root_id = c.root_id AND d.decision_id = c.decision_id WHERE c.root_id = $1 AND d.campaign_id = $2 AND d.subject = $3 ORDER BY c.recorded_at, c.calibration_id";
    MOVES = "SELECT m.* FROM calibration_move m WHERE m.root_id = $1 AND m.calibration_id = $2 ORDER BY m.review_id";
}

/// Adds a session.
pub async fn insert_calibration(conn: &mut Conn, c: &CalibrationRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_CALIBRATION, c.root_id, c.calibration_id, c.decision_id, &c.held_on, &c.chair, &c.secretary,
        &c.members, &c.conclusion, c.recorded_by, c.recorded_at
    )?;
    Ok(())
}

/// Adds a move.
pub async fn insert_move(conn: &mut Conn, m: &MoveRow) -> Result<(), StoreError> {
    run!(conn, INSERT_MOVE, m.root_id, m.calibration_id, m.review_id, &m.from_level, &m.to_level, &m.reason)?;
    Ok(())
}

/// One session.
pub async fn calibration(conn: &mut Conn, root: Uuid, id: Uuid) -> Result<Option<CalibrationRow>, StoreError> {
    maybe_row!(conn, CalibrationRow, CALIBRATION, root, id)
}

/// The sessions on the lists of one kind of subject in a campaign, the first one first.
pub async fn calibrations(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    subject: &str,
) -> Result<Vec<CalibrationRow>, StoreError> {
    rows!(conn, CalibrationRow, CALIBRATIONS, root, campaign, subject)
}

/// Who was moved in a session.
pub async fn moves(conn: &mut Conn, root: Uuid, id: Uuid) -> Result<Vec<MoveRow>, StoreError> {
    rows!(conn, MoveRow, MOVES, root, id)
}
