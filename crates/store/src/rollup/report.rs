//! Summary tables as they were reported.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{CHANGED_SINCE, INSERT_REPORT, KEEP_SUBJECTS, REPORT, REPORTS};
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

/// A subject that is not counted as it was when a table was reported. What was not counted then, or is not any more, has
/// empty texts on that side.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ChangedRow {
    /// Review.
    pub review_id: Uuid,
    /// Its campaign.
    pub campaign_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Person, where it is about one.
    pub person_id: Option<Uuid>,
    /// Name of the person or unit.
    pub name: String,
    /// Path of its unit today.
    pub place: String,
    /// Name of the unit under which it was counted.
    pub unit_before: String,
    /// Name of the unit under which it is counted.
    pub unit_now: String,
    /// Word of `domain::review::Obligation`, as reported.
    pub obligation_before: String,
    /// The same now.
    pub obligation_now: String,
    /// Decided level as reported, empty before one was decided.
    pub level_before: String,
    /// The same now.
    pub level_now: String,
}

/// Keeps a table as it was reported, and whom it counted at and below `path` in the tree of its round.
///
/// # Errors
/// When the database refuses.
pub async fn insert_report(conn: &mut Conn, r: &ReportRow, path: &str) -> Result<(), StoreError> {
    run!(
        conn, INSERT_REPORT, r.root_id, r.report_id, r.round_id, r.unit_id, &r.figures, &r.note, r.reported_by,
        r.reported_at
    )?;
    run!(conn, KEEP_SUBJECTS, r.root_id, r.report_id, path)?;
    Ok(())
}

/// Some of the subjects at and below `path` that are not counted as they were reported, by unit and name.
///
/// # Errors
/// When the database fails.
pub async fn changed_since(
    conn: &mut Conn,
    report: &ReportRow,
    path: &str,
    (limit, offset): (u32, u32),
) -> Result<Vec<ChangedRow>, StoreError> {
    let (root, id) = (report.root_id, report.report_id);
    rows!(conn, ChangedRow, CHANGED_SINCE, root, id, report.round_id, path, limit, offset)
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
