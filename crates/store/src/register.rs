//! The register of papers: which number a paper has. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `register_number`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct NumberRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Paper: kind and identifiers, as in the journal.
    pub object: String,
    /// Unit in whose register it stands.
    pub unit_id: Uuid,
    /// Series: the letters printed behind the number.
    pub kind: String,
    /// Year of the register.
    pub year: i64,
    /// Number as typed.
    pub number: String,
    /// What tells it from other numbers.
    pub number_key: String,
    /// Day on the paper.
    pub dated_on: String,
    /// Who entered it.
    pub entered_by: Uuid,
    /// When.
    pub entered_at: DateTime<Utc>,
}

statements! {
    SET_NUMBER = "INSERT INTO register_number (root_id, object, unit_id, kind, year, number, number_key, dated_on, entered_by, entered_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT (root_id, object) DO UPDATE SET year = excluded.year, number = excluded.number, number_key = excluded.number_key, dated_on = excluded.dated_on, entered_by = excluded.entered_by, entered_at = excluded.entered_at";
    CLEAR_NUMBER = "DELETE FROM register_number WHERE root_id = $1 AND object = $2";
    NUMBER_OF = "SELECT * FROM register_number WHERE root_id = $1 AND object = $2";
    HOLDER_OF_NUMBER = "SELECT * FROM register_number WHERE root_id = $1 AND unit_id = $2 AND kind = $3 AND year = $4 AND number_key = $5";
    NUMBERS_OF_UNIT = "SELECT * FROM register_number WHERE root_id = $1 AND unit_id = $2 AND kind = $3 ORDER BY year, object";
}

/// Gives a paper its number, or changes it.
///
/// # Errors
/// When the database refuses: the number is taken.
pub async fn set(conn: &mut Conn, n: &NumberRow) -> Result<(), StoreError> {
    run!(
        conn, SET_NUMBER, n.root_id, &n.object, n.unit_id, &n.kind, n.year, &n.number, &n.number_key, &n.dated_on,
        n.entered_by, n.entered_at
    )?;
    Ok(())
}

/// Takes a paper's number back.
///
/// # Errors
/// When the database fails.
pub async fn clear(conn: &mut Conn, root: Uuid, object: &str) -> Result<(), StoreError> {
    run!(conn, CLEAR_NUMBER, root, object)?;
    Ok(())
}

/// The number of a paper.
///
/// # Errors
/// When the database fails.
pub async fn of_paper(conn: &mut Conn, root: Uuid, object: &str) -> Result<Option<NumberRow>, StoreError> {
    maybe_row!(conn, NumberRow, NUMBER_OF, root, object)
}

/// The paper that has the same number in the same register as `n`.
///
/// # Errors
/// When the database fails.
pub async fn holder(conn: &mut Conn, n: &NumberRow) -> Result<Option<NumberRow>, StoreError> {
    maybe_row!(conn, NumberRow, HOLDER_OF_NUMBER, n.root_id, n.unit_id, &n.kind, n.year, &n.number_key)
}

/// All numbers of one kind in the register of a unit.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, root: Uuid, unit: Uuid, kind: &str) -> Result<Vec<NumberRow>, StoreError> {
    rows!(conn, NumberRow, NUMBERS_OF_UNIT, root, unit, kind)
}
