//! Changes of the organisation: what was done from which day by which document, which units it touched, whom it carried
//! along, and who took whose place.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::bulk::{columns, insert_all};
use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `unit_change`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ChangeRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Change.
    pub change_id: Uuid,
    /// Word of `domain::reorganisation::ChangeKind`.
    pub kind: String,
    /// First day on which it holds.
    pub effective_on: String,
    /// Number of the document it rests on.
    pub basis_number: String,
    /// Day of that document.
    pub basis_on: String,
    /// Who issued it.
    pub basis_issuer: String,
    /// Who entered it.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// A change with the part a unit had in it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PartRow {
    /// Change.
    pub change_id: Uuid,
    /// Word of `domain::reorganisation::ChangeKind`.
    pub kind: String,
    /// Word of `domain::reorganisation::Part`.
    pub part: String,
    /// First day on which it holds.
    pub effective_on: String,
    /// Number of the document it rests on.
    pub basis_number: String,
    /// Day of that document.
    pub basis_on: String,
    /// Who issued it.
    pub basis_issuer: String,
    /// Name of who entered it.
    pub made_by_name: String,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// One row of `unit_carried`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct CarriedRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Membership, post or review.
    pub row_id: Uuid,
    /// Change.
    pub change_id: Uuid,
    /// Word of `domain::reorganisation::Carried`.
    pub what: String,
}

/// A unit on the other side of a succession.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KinRow {
    /// The other unit.
    pub unit_id: Uuid,
    /// Its name on the last or first day they had in common.
    pub name: String,
    /// First day on which the successor stood in its place.
    pub effective_on: String,
}

statements! {
    INSERT_CHANGE = "INSERT INTO unit_change (root_id, change_id, kind, effective_on, basis_number, basis_on, basis_issuer, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    INSERT_PART = "INSERT INTO unit_changed (root_id, unit_id, change_id, part) VALUES ($1, $2, $3, $4)";
    INSERT_SUCCESSION = "INSERT INTO unit_succession (root_id, unit_id, successor_id, change_id) VALUES ($1, $2, $3, $4)";
    CHANGES_OF_UNIT = "SELECT c.change_id, c.kind, d.part, c.effective_on, c.basis_number, c.basis_on, c.basis_issuer, COALESCE(p.full_name, '') AS made_by_name, c.made_at FROM unit_changed d \
        JOIN unit_change c ON c.root_id = d.root_id AND c.change_id = d.change_id LEFT JOIN person p ON p.root_id = c.root_id AND p.person_id = c.made_by \
        WHERE d.root_id = $1 AND d.unit_id = $2 ORDER BY c.effective_on, c.made_at, c.change_id";
    CHANGE_BY_ID = "SELECT * FROM unit_change WHERE root_id = $1 AND change_id = $2";
    CARRIED_BY = "SELECT c.* FROM unit_carried t JOIN unit_change c ON c.root_id = t.root_id AND c.change_id = t.change_id WHERE t.root_id = $1 AND t.row_id = $2 ORDER BY c.effective_on DESC, c.made_at DESC LIMIT 1";
    CARRIED = "SELECT * FROM unit_carried WHERE root_id = $1 AND change_id = $2 ORDER BY what, row_id";
    SUCCESSIONS = "SELECT DISTINCT s.unit_id, s.successor_id FROM unit_succession s WHERE s.root_id = $1";
    SUCCESSORS = "SELECT s.successor_id AS unit_id, p.name, c.effective_on FROM unit_succession s JOIN unit_change c ON c.root_id = s.root_id AND c.change_id = s.change_id \
        JOIN unit_place p ON p.root_id = s.root_id AND p.unit_id = s.successor_id AND p.from_on <= c.effective_on AND (p.to_on IS NULL OR p.to_on >= c.effective_on) \
        WHERE s.root_id = $1 AND s.unit_id = $2 ORDER BY c.effective_on, p.name";
    PREDECESSORS = "SELECT s.unit_id, p.name, c.effective_on FROM unit_succession s JOIN unit_change c ON c.root_id = s.root_id AND c.change_id = s.change_id \
        JOIN unit_place p ON p.root_id = s.root_id AND p.unit_id = s.unit_id AND p.from_on < c.effective_on \
        AND NOT EXISTS (SELECT 1 FROM unit_place l WHERE l.root_id = $1 AND l.unit_id = p.unit_id AND l.from_on > p.from_on AND l.from_on < c.effective_on) \
        WHERE s.root_id = $1 AND s.successor_id = $2 ORDER BY c.effective_on, p.name";
}

columns! { CarriedRow in unit_carried, key (row_id, change_id), rest (what) }

/// Adds a change.
///
/// # Errors
/// When the database refuses.
pub async fn insert(conn: &mut Conn, c: &ChangeRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_CHANGE, c.root_id, c.change_id, &c.kind, &c.effective_on, &c.basis_number, &c.basis_on,
        &c.basis_issuer, c.made_by, c.made_at
    )?;
    Ok(())
}

/// Says what part a unit had in a change.
///
/// # Errors
/// When the database refuses.
pub async fn insert_part(conn: &mut Conn, change: &ChangeRow, unit: Uuid, part: &str) -> Result<(), StoreError> {
    run!(conn, INSERT_PART, change.root_id, unit, change.change_id, part)?;
    Ok(())
}

/// Says who took the place of a unit.
///
/// # Errors
/// When the database refuses.
pub async fn insert_succession(
    conn: &mut Conn,
    change: &ChangeRow,
    unit: Uuid,
    successor: Uuid,
) -> Result<(), StoreError> {
    run!(conn, INSERT_SUCCESSION, change.root_id, unit, successor, change.change_id)?;
    Ok(())
}

/// Writes down what a change carried along.
///
/// # Errors
/// When the database refuses.
pub async fn insert_carried(conn: &mut Conn, rows: &[CarriedRow]) -> Result<u64, StoreError> {
    insert_all(conn, rows).await
}

/// The changes in which a unit had a part, by day.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<PartRow>, StoreError> {
    rows!(conn, PartRow, CHANGES_OF_UNIT, root, unit)
}

/// One change.
///
/// # Errors
/// When the database fails.
pub async fn change(conn: &mut Conn, root: Uuid, change: Uuid) -> Result<Option<ChangeRow>, StoreError> {
    maybe_row!(conn, ChangeRow, CHANGE_BY_ID, root, change)
}

/// The last change that carried a membership, post or review along.
///
/// # Errors
/// When the database fails.
pub async fn carried_by(conn: &mut Conn, root: Uuid, row: Uuid) -> Result<Option<ChangeRow>, StoreError> {
    maybe_row!(conn, ChangeRow, CARRIED_BY, root, row)
}

/// Everything a change carried along.
///
/// # Errors
/// When the database fails.
pub async fn carried(conn: &mut Conn, root: Uuid, change: Uuid) -> Result<Vec<CarriedRow>, StoreError> {
    rows!(conn, CarriedRow, CARRIED, root, change)
}

/// Who took the place of a unit.
///
/// # Errors
/// When the database fails.
pub async fn successors(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<KinRow>, StoreError> {
    rows!(conn, KinRow, SUCCESSORS, root, unit)
}

/// Whose place a unit took.
///
/// # Errors
/// When the database fails.
pub async fn predecessors(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<KinRow>, StoreError> {
    rows!(conn, KinRow, PREDECESSORS, root, unit)
}

/// Every unit with each of its successors.
///
/// # Errors
/// When the database fails.
pub async fn successions(conn: &mut Conn, root: Uuid) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    rows!(conn, (Uuid, Uuid), SUCCESSIONS, root)
}
