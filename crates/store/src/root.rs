//! Hierarchies: the managing committee at the top of one tree, first part of every key.

use chrono::{DateTime, Utc};
use domain::RootId;
use uuid::Uuid;

use crate::db::{Conn, Db};
use crate::error::Result;

/// One row of `root`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct RootRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Name as printed.
    pub name: String,
    /// Whether it holds demonstration data; every page then says so.
    pub demo: bool,
    /// When it was set up.
    pub created_at: DateTime<Utc>,
}

crate::statements! {
    INSERT_ROOT = "INSERT INTO root (root_id, name, demo, created_at) VALUES ($1, $2, $3, $4)";
    ROOT_BY_ID = "SELECT root_id, name, demo, created_at FROM root WHERE root_id = $1";
    ROSTER_VERSION = "SELECT roster_version FROM root WHERE root_id = $1";
    COUNT_CHANGE = "UPDATE root SET roster_version = roster_version + 1 WHERE root_id = $1";
    ROOTS = across "SELECT root_id, name, demo, created_at FROM root ORDER BY created_at, root_id";
}

/// Sets up a hierarchy.
///
/// # Errors
/// When it exists already.
pub async fn insert_root(conn: &mut Conn, row: &RootRow) -> Result<()> {
    crate::run!(conn, INSERT_ROOT, row.root_id, &row.name, row.demo, row.created_at)?;
    Ok(())
}

/// One hierarchy.
///
/// # Errors
/// When the database fails.
pub async fn root(conn: &mut Conn, root: RootId) -> Result<Option<RootRow>> {
    crate::maybe_row!(conn, RootRow, ROOT_BY_ID, root)
}

/// All hierarchies of this database, oldest first: the only question that looks across them.
///
/// # Errors
/// When the database fails.
pub async fn roots(db: &Db) -> Result<Vec<RootRow>> {
    let mut reader = db.look_across().await?;
    crate::rows!(reader, RootRow, ROOTS)
}

/// Which state tree and roster are in: another number after every transaction that wrote to them.
///
/// # Errors
/// When the database fails.
pub async fn roster_version(conn: &mut Conn, root: Uuid) -> Result<i64> {
    let (version,) = crate::sql::one!(conn, (i64,), ROSTER_VERSION, root)?;
    Ok(version)
}

/// Whether a table says how many units and members there are, and where.
pub(crate) fn is_of_roster(table: &str) -> bool {
    ["unit", "unit_place", "membership"].contains(&table)
}

/// Tree or roster were written to.
pub(crate) async fn count_change(conn: &mut Conn) -> Result<()> {
    if let Some(root) = conn.root() {
        crate::run!(conn, COUNT_CHANGE, root)?;
    }
    Ok(())
}
