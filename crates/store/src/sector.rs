//! Dated marks of units that go by another calendar or count another year. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{rows, run, statements};

/// One row of `unit_sector`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct SectorRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Unit.
    pub unit_id: Uuid,
    /// First day.
    pub from_on: String,
    /// Word of `domain::org::Sector`, empty for an ordinary unit.
    pub sector: String,
    /// Number, day and issuer of the document.
    pub basis: String,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

statements! {
    SET_SECTOR = "INSERT INTO unit_sector (root_id, unit_id, from_on, sector, basis, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (root_id, unit_id, from_on) DO UPDATE SET sector = excluded.sector, basis = excluded.basis, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at";
    SECTORS = "SELECT * FROM unit_sector WHERE root_id = $1 AND unit_id = $2 ORDER BY from_on";
    SECTORS_ON = "SELECT s.* FROM unit_sector s WHERE s.root_id = $1 AND s.from_on <= $2 \
        AND NOT EXISTS (SELECT 1 FROM unit_sector later WHERE later.root_id = $1 AND later.unit_id = s.unit_id AND later.from_on > s.from_on AND later.from_on <= $2) ORDER BY s.unit_id";
}

/// Keeps a mark; one of the same unit and day is replaced.
pub async fn set(conn: &mut Conn, s: &SectorRow) -> Result<(), StoreError> {
    run!(conn, SET_SECTOR, s.root_id, s.unit_id, &s.from_on, &s.sector, &s.basis, s.recorded_by, s.recorded_at)?;
    Ok(())
}

/// The marks of a unit, the first one first.
pub async fn of_unit(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<SectorRow>, StoreError> {
    rows!(conn, SectorRow, SECTORS, root, unit)
}

/// The marks that hold on a day, those that ended one among them.
pub async fn on(conn: &mut Conn, root: Uuid, day: &str) -> Result<Vec<SectorRow>, StoreError> {
    rows!(conn, SectorRow, SECTORS_ON, root, day)
}
