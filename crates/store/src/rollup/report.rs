//! Summary tables as they were reported.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{INSERT_REPORT, REPORT, REPORTS};
use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run};

/// One row of `reported_summary`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ReportRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Report.
    pub report_id: Uuid,
    /// Round.
    pub round_id: Uuid,
    /// Unit that reported.
    pub unit_id: Uuid,
    /// The figures, JSON.
    pub figures: String,
    /// Remark: to whom, under which number.
    pub note: String,
    /// Who.
    pub reported_by: Uuid,
    /// When.
    #[serde(skip)]
    pub reported_at: DateTime<Utc>,
}

/// Keeps a table as it was reported.
///
/// # Errors
/// When the database refuses.
pub async fn insert_report(conn: &mut Conn, r: &ReportRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_REPORT, r.root_id, r.report_id, r.round_id, r.unit_id, &r.figures, &r.note, r.reported_by,
        r.reported_at
    )?;
    Ok(())
}

/// One reported table.
///
/// # Errors
/// When the database fails.
pub async fn report(conn: &mut Conn, root: Uuid, report: Uuid) -> Result<Option<ReportRow>, StoreError> {
    maybe_row!(conn, ReportRow, REPORT, root, report)
}

/// The tables a unit reported in a round, newest first.
///
/// # Errors
/// When the database fails.
pub async fn reports(conn: &mut Conn, root: Uuid, round: Uuid, unit: Uuid) -> Result<Vec<ReportRow>, StoreError> {
    rows!(conn, ReportRow, REPORTS, root, round, unit)
}
