//! Files that were read and shown and wait to be confirmed.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{change, maybe_row, run, statements};

/// One row of `intake`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct IntakeRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// File.
    pub intake_id: Uuid,
    /// What it is for, such as `roster`.
    pub kind: String,
    /// Name of the file as uploaded.
    pub file_name: String,
    /// Hexadecimal SHA-256 of the file.
    pub sha256: String,
    /// What was read, as JSON; empty once it is confirmed or cancelled.
    pub parsed: String,
    /// `waiting`, `confirmed` or `cancelled`.
    pub state: String,
    /// Who uploaded it; nil when it came by the console.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
}

statements! {
    INSERT_INTAKE = "INSERT INTO intake (root_id, intake_id, kind, file_name, sha256, parsed, state, made_by, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    INTAKE_BY_ID = "SELECT root_id, intake_id, kind, file_name, sha256, parsed, state, made_by, made_at FROM intake \
        WHERE root_id = $1 AND intake_id = $2";
    CLOSE_INTAKE = "UPDATE intake SET state = $3, parsed = '' WHERE root_id = $1 AND intake_id = $2 AND state = 'waiting'";
    CANCEL_EARLIER = "UPDATE intake SET state = 'cancelled', parsed = '' \
        WHERE root_id = $1 AND kind = $2 AND made_by = $3 AND state = 'waiting'";
    FORGET_INTAKES = "DELETE FROM intake WHERE root_id = $1 AND kind = $2 AND made_at < $3";
    FORGET_OWN_INTAKES = "DELETE FROM intake WHERE root_id = $1 AND kind = $2 AND made_by = $3";
}

/// Keeps a file that was read.
///
/// # Errors
/// When the database fails.
pub async fn insert_intake(conn: &mut Conn, row: &IntakeRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_INTAKE, row.root_id, row.intake_id, &row.kind, &row.file_name, &row.sha256, &row.parsed,
        &row.state, row.made_by, row.made_at
    )?;
    Ok(())
}

/// One file that was read.
///
/// # Errors
/// When the database fails.
pub async fn intake(conn: &mut Conn, root: Uuid, intake: Uuid) -> Result<Option<IntakeRow>, StoreError> {
    maybe_row!(conn, IntakeRow, INTAKE_BY_ID, root, intake)
}

/// Marks a waiting file as `confirmed` or `cancelled` and forgets what was read.
///
/// # Errors
/// [`StoreError::Stale`] when it waits no longer.
pub async fn close_intake(conn: &mut Conn, root: Uuid, intake: Uuid, state: &str) -> Result<(), StoreError> {
    change!(conn, CLOSE_INTAKE, root, intake, state)
}

/// Cancels what somebody left waiting.
///
/// # Errors
/// When the database fails.
pub async fn cancel_earlier(conn: &mut Conn, root: Uuid, kind: &str, made_by: Uuid) -> Result<(), StoreError> {
    run!(conn, CANCEL_EARLIER, root, kind, made_by)?;
    Ok(())
}

/// Removes what was kept of files of a kind before a moment; how many.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(conn: &mut Conn, root: Uuid, kind: &str, before: DateTime<Utc>) -> Result<u64, StoreError> {
    run!(conn, FORGET_INTAKES, root, kind, before)
}

/// Removes what was kept of somebody's files of a kind.
///
/// # Errors
/// When the database fails.
pub async fn forget_own(conn: &mut Conn, root: Uuid, kind: &str, made_by: Uuid) -> Result<u64, StoreError> {
    run!(conn, FORGET_OWN_INTAKES, root, kind, made_by)
}
