//! The tree as of any day: where each unit stood, under which name, as which kind. `unit` holds the row of today.
//!
//! [`settle`] writes down what `unit` says by now; [`cut`], [`carry`] and [`reshape`] change the tree from a day on, which
//! may lie in the past.

use domain::Day;
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::org::{UnitRow, within};
use crate::sql::{maybe_row, rows, run, statements};

/// First day of a unit whose founding day nobody knows.
pub const UNKNOWN_BEGINNING: &str = "0001-01-01";

/// One row of `unit_place`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PlaceRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Unit.
    pub unit_id: Uuid,
    /// First day; [`UNKNOWN_BEGINNING`] when nobody knows it.
    pub from_on: String,
    /// Last day.
    pub to_on: Option<String>,
    /// Superior, none for the top.
    pub parent_id: Option<Uuid>,
    /// Word of `domain::org::UnitKind`.
    pub kind: String,
    /// Name as printed.
    pub name: String,
    /// Materialised path `/id/id/`.
    pub path: String,
}

impl PlaceRow {
    /// Where a unit stands from its founding on.
    pub(crate) fn first_of(unit: &UnitRow) -> Self {
        Self {
            root_id: unit.root_id,
            unit_id: unit.unit_id,
            from_on: unit.founded_on.clone().unwrap_or_else(|| UNKNOWN_BEGINNING.to_owned()),
            to_on: unit.closed_on.clone(),
            parent_id: unit.parent_id,
            kind: unit.kind.clone(),
            name: unit.name.clone(),
            path: unit.path.clone(),
        }
    }
}

/// A unit as it was on a day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnitOnRow {
    /// Unit.
    pub unit_id: Uuid,
    /// Superior, none for the top.
    pub parent_id: Option<Uuid>,
    /// Word of `domain::org::UnitKind`.
    pub kind: String,
    /// Code in the roster.
    pub code: String,
    /// Name as printed.
    pub name: String,
    /// Materialised path.
    pub path: String,
}

statements! {
    FOUND = "INSERT INTO unit_place (root_id, unit_id, from_on, to_on, parent_id, kind, name, path) \
        SELECT u.root_id, u.unit_id, COALESCE(u.founded_on, '0001-01-01'), u.closed_on, u.parent_id, u.kind, u.name, u.path FROM unit u \
        WHERE u.root_id = $1 AND NOT EXISTS (SELECT 1 FROM unit_place p WHERE p.root_id = $1 AND p.unit_id = u.unit_id)";
    FOUND_ONE = "INSERT INTO unit_place (root_id, unit_id, from_on, to_on, parent_id, kind, name, path) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    REOPEN = "UPDATE unit_place SET to_on = NULL WHERE root_id = $1 AND to_on IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM unit_place l WHERE l.root_id = $1 AND l.unit_id = unit_place.unit_id AND l.from_on > unit_place.from_on) \
        AND EXISTS (SELECT 1 FROM unit u WHERE u.root_id = $1 AND u.unit_id = unit_place.unit_id AND u.closed_on IS NULL)";
    OVERWRITE = "UPDATE unit_place SET parent_id = u.parent_id, kind = u.kind, name = u.name, path = u.path FROM unit u \
        WHERE unit_place.root_id = $1 AND u.root_id = $1 AND u.unit_id = unit_place.unit_id AND (unit_place.from_on >= $2 OR u.closed_on IS NOT NULL) \
        AND NOT EXISTS (SELECT 1 FROM unit_place l WHERE l.root_id = $1 AND l.unit_id = unit_place.unit_id AND l.from_on > unit_place.from_on) \
        AND (u.path <> unit_place.path OR u.name <> unit_place.name OR u.kind <> unit_place.kind)";
    END_CHANGED = "UPDATE unit_place SET to_on = $2 WHERE root_id = $1 AND to_on IS NULL AND EXISTS (SELECT 1 FROM unit u WHERE u.root_id = $1 \
        AND u.unit_id = unit_place.unit_id AND u.closed_on IS NULL AND (u.path <> unit_place.path OR u.name <> unit_place.name OR u.kind <> unit_place.kind))";
    BEGIN_CHANGED = "INSERT INTO unit_place (root_id, unit_id, from_on, to_on, parent_id, kind, name, path) \
        SELECT u.root_id, u.unit_id, $2, NULL, u.parent_id, u.kind, u.name, u.path FROM unit u WHERE u.root_id = $1 AND u.closed_on IS NULL \
        AND NOT EXISTS (SELECT 1 FROM unit_place p WHERE p.root_id = $1 AND p.unit_id = u.unit_id AND p.to_on IS NULL)";
    END_CLOSED = "UPDATE unit_place SET to_on = u.closed_on FROM unit u WHERE unit_place.root_id = $1 AND u.root_id = $1 AND u.unit_id = unit_place.unit_id \
        AND u.closed_on IS NOT NULL AND (unit_place.to_on IS NULL OR unit_place.to_on > u.closed_on OR (unit_place.to_on < u.closed_on \
        AND NOT EXISTS (SELECT 1 FROM unit_place l WHERE l.root_id = $1 AND l.unit_id = unit_place.unit_id AND l.from_on > unit_place.from_on)))";
    FOUNDED_ANEW = "UPDATE unit_place SET from_on = u.founded_on FROM unit u WHERE unit_place.root_id = $1 AND u.root_id = $1 AND u.unit_id = unit_place.unit_id \
        AND u.founded_on <> unit_place.from_on AND (unit_place.to_on IS NULL OR unit_place.to_on >= u.founded_on) \
        AND NOT EXISTS (SELECT 1 FROM unit_place e WHERE e.root_id = $1 AND e.unit_id = unit_place.unit_id AND e.from_on < unit_place.from_on)";
    PLACES = "SELECT * FROM unit_place WHERE root_id = $1 AND unit_id = $2 ORDER BY from_on";
    LAST_PLACE = "SELECT * FROM unit_place WHERE root_id = $1 AND unit_id = $2 ORDER BY from_on DESC LIMIT 1";
    TREE_ON = "SELECT p.unit_id, p.parent_id, p.kind, u.code, p.name, p.path FROM unit_place p JOIN unit u ON u.root_id = p.root_id AND u.unit_id = p.unit_id \
        WHERE p.root_id = $1 AND p.from_on <= $2 AND (p.to_on IS NULL OR p.to_on >= $2) ORDER BY p.path, u.code";
    BRANCH_ON = "SELECT p.unit_id, p.parent_id, p.kind, u.code, p.name, p.path FROM unit_place p JOIN unit u ON u.root_id = p.root_id AND u.unit_id = p.unit_id \
        WHERE p.root_id = $1 AND p.from_on <= $2 AND (p.to_on IS NULL OR p.to_on >= $2) AND p.path BETWEEN $3 AND $3 || '~' ORDER BY p.path, u.code";
    UNITS_ON = "SELECT SUBSTR(p.path, 1, CAST($4 AS INTEGER)) AS head, COUNT(*) AS n FROM unit_place p \
        WHERE p.root_id = $1 AND p.from_on <= $2 AND (p.to_on IS NULL OR p.to_on >= $2) AND p.path BETWEEN $3 AND $3 || '~' GROUP BY 1";
    BELOW_ON = "SELECT p.unit_id, p.parent_id, p.kind, u.code, p.name, p.path FROM unit_place p JOIN unit u ON u.root_id = p.root_id AND u.unit_id = p.unit_id \
        WHERE p.root_id = $1 AND p.parent_id = $2 AND p.from_on <= $3 AND (p.to_on IS NULL OR p.to_on >= $3) ORDER BY u.code";
    UNIT_ON = "SELECT p.unit_id, p.parent_id, p.kind, u.code, p.name, p.path FROM unit_place p JOIN unit u ON u.root_id = p.root_id AND u.unit_id = p.unit_id \
        WHERE p.root_id = $1 AND p.unit_id = $2 AND p.from_on <= $3 AND (p.to_on IS NULL OR p.to_on >= $3)";
    CUT_BEGIN = "INSERT INTO unit_place (root_id, unit_id, from_on, to_on, parent_id, kind, name, path) \
        SELECT root_id, unit_id, $3, to_on, parent_id, kind, name, path FROM unit_place \
        WHERE root_id = $1 AND unit_id = $2 AND from_on < $3 AND (to_on IS NULL OR to_on >= $3)";
    CUT_END = "UPDATE unit_place SET to_on = $4 WHERE root_id = $1 AND unit_id = $2 AND from_on < $3 AND (to_on IS NULL OR to_on >= $3)";
    RESHAPE = "UPDATE unit_place SET parent_id = $4, kind = $5, name = $6 WHERE root_id = $1 AND unit_id = $2 AND from_on = $3";
    END = "UPDATE unit_place SET to_on = $3 WHERE root_id = $1 AND unit_id = $2 AND to_on IS NULL";
    CARRY_BEGIN = "INSERT INTO unit_place (root_id, unit_id, from_on, to_on, parent_id, kind, name, path) \
        SELECT root_id, unit_id, $3, to_on, parent_id, kind, name, $4 || substr(path, length($5) + 1) FROM unit_place \
        WHERE root_id = $1 AND path LIKE $2 AND from_on < $3 AND (to_on IS NULL OR to_on >= $3)";
    CARRY_LATER = "UPDATE unit_place SET path = $4 || substr(path, length($5) + 1) WHERE root_id = $1 AND path LIKE $2 AND from_on >= $3";
    CARRY_END = "UPDATE unit_place SET to_on = $4 WHERE root_id = $1 AND path LIKE $2 AND from_on < $3 AND (to_on IS NULL OR to_on >= $3)";
    CARRY_UNITS = "UPDATE unit SET path = $3 || substr(path, length($4) + 1) WHERE root_id = $1 AND path LIKE $2";
}

/// The first place of a unit that was just made.
///
/// # Errors
/// When the database refuses: the unit is missing, or has a place that begins the same day.
pub async fn found(conn: &mut Conn, p: &PlaceRow) -> Result<(), StoreError> {
    run!(conn, FOUND_ONE, p.root_id, p.unit_id, &p.from_on, &p.to_on, p.parent_id, &p.kind, &p.name, &p.path)?;
    Ok(())
}

/// Gives every unit that has no place yet its first one, from the day of founding.
///
/// # Errors
/// When the database fails.
pub async fn found_all(conn: &mut Conn, root: Uuid) -> Result<(), StoreError> {
    run!(conn, FOUND, root)?;
    Ok(())
}

/// Writes down what `unit` says by now: whatever differs from the last place of a unit holds from `today`, what was
/// written down today is put right, days of founding and closing are taken over.
///
/// # Errors
/// When the database fails.
pub async fn settle(conn: &mut Conn, root: Uuid, today: Day) -> Result<(), StoreError> {
    found_all(conn, root).await?;
    run!(conn, REOPEN, root)?;
    run!(conn, OVERWRITE, root, today)?;
    run!(conn, END_CHANGED, root, today.before())?;
    run!(conn, BEGIN_CHANGED, root, today)?;
    run!(conn, END_CLOSED, root)?;
    run!(conn, FOUNDED_ANEW, root)?;
    Ok(())
}

/// Every place of a unit, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn places(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<PlaceRow>, StoreError> {
    rows!(conn, PlaceRow, PLACES, root, unit)
}

/// The last place of a unit.
///
/// # Errors
/// When the database fails.
pub async fn last_place(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Option<PlaceRow>, StoreError> {
    maybe_row!(conn, PlaceRow, LAST_PLACE, root, unit)
}

/// The whole tree as it was on a day, superiors first.
///
/// # Errors
/// When the database fails.
pub async fn tree_on(conn: &mut Conn, root: Uuid, day: Day) -> Result<Vec<UnitOnRow>, StoreError> {
    rows!(conn, UnitOnRow, TREE_ON, root, day)
}

/// The units at and below a path as they were on a day, superiors first.
///
/// # Errors
/// When the database fails.
pub async fn branch_on(conn: &mut Conn, root: Uuid, day: Day, path: &str) -> Result<Vec<UnitOnRow>, StoreError> {
    rows!(conn, UnitOnRow, BRANCH_ON, root, day, path)
}

/// How many units there are at and below a path on a day, by the first `length` letters of their paths.
///
/// # Errors
/// When the database fails.
pub async fn units_on(
    conn: &mut Conn,
    root: Uuid,
    day: Day,
    (path, length): (&str, u32),
) -> Result<Vec<(String, i64)>, StoreError> {
    rows!(conn, (String, i64), UNITS_ON, root, day, path, length)
}

/// The units directly below a unit on a day, by code.
///
/// # Errors
/// When the database fails.
pub async fn below_on(conn: &mut Conn, root: Uuid, unit: Uuid, day: Day) -> Result<Vec<UnitOnRow>, StoreError> {
    rows!(conn, UnitOnRow, BELOW_ON, root, unit, day)
}

/// A unit as it was on a day; none when it was not there.
///
/// # Errors
/// When the database fails.
pub async fn unit_on(conn: &mut Conn, root: Uuid, unit: Uuid, day: Day) -> Result<Option<UnitOnRow>, StoreError> {
    maybe_row!(conn, UnitOnRow, UNIT_ON, root, unit, day)
}

/// Lets a place of the unit begin on `day`: what held before ends the day before. Nothing when one begins that day.
///
/// # Errors
/// When the database fails.
pub async fn cut(conn: &mut Conn, root: Uuid, unit: Uuid, day: Day) -> Result<(), StoreError> {
    run!(conn, CUT_BEGIN, root, unit, day)?;
    run!(conn, CUT_END, root, unit, day, day.before())?;
    Ok(())
}

/// Superior, kind and name of the place that begins on `day`.
///
/// # Errors
/// When the database fails.
pub async fn reshape(
    conn: &mut Conn,
    (root, unit): (Uuid, Uuid),
    day: Day,
    parent: Option<Uuid>,
    (kind, name): (&str, &str),
) -> Result<(), StoreError> {
    run!(conn, RESHAPE, root, unit, day, parent, kind, name)?;
    Ok(())
}

/// Ends the last place of a unit with this day.
///
/// # Errors
/// When the database fails.
pub async fn end(conn: &mut Conn, root: Uuid, unit: Uuid, last_day: Day) -> Result<(), StoreError> {
    run!(conn, END, root, unit, last_day)?;
    Ok(())
}

/// Moves the paths of a unit and of everything below it from `old` to `new`, from `day` on: in places that hold then or
/// later, and in `unit`.
///
/// # Errors
/// When the database fails.
pub async fn carry(conn: &mut Conn, root: Uuid, day: Day, old: &str, new: &str) -> Result<(), StoreError> {
    let pattern = within(old);
    run!(conn, CARRY_LATER, root, &pattern, day, new, old)?;
    run!(conn, CARRY_BEGIN, root, &pattern, day, new, old)?;
    run!(conn, CARRY_END, root, &pattern, day, day.before())?;
    run!(conn, CARRY_UNITS, root, &pattern, new, old)?;
    Ok(())
}
