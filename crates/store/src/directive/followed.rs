//! What came of a directive: acknowledgements, reports on obligations, records that a clause asked for.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{rows, run, statements};

/// One row of `acknowledgement`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AcknowledgementRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Document.
    pub directive_id: Uuid,
    /// Body.
    pub unit_id: Uuid,
    /// Who acknowledged for it.
    pub person_id: Uuid,
    /// In which post.
    pub post_id: Uuid,
    /// Word of `domain::org::Title`.
    pub title: String,
    /// Word of `domain::directive::Manner`.
    pub manner: String,
    /// Day on which it was studied.
    pub studied_on: String,
    /// Remark.
    pub note: String,
    /// When it was acknowledged.
    pub acknowledged_at: DateTime<Utc>,
}

/// An acknowledgement with who gave it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedAcknowledgementRow {
    /// The acknowledgement.
    #[sqlx(flatten)]
    pub row: AcknowledgementRow,
    /// Name.
    pub full_name: String,
}

/// One row of `duty_report`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct DutyReportRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Document.
    pub directive_id: Uuid,
    /// Which obligation.
    pub place: i64,
    /// Body that did it.
    pub unit_id: Uuid,
    /// What was done.
    pub note: String,
    /// Who reported.
    pub reported_by: Uuid,
    /// When.
    pub reported_at: DateTime<Utc>,
}

/// A report with who gave it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedReportRow {
    /// The report.
    #[sqlx(flatten)]
    pub row: DutyReportRow,
    /// Name.
    pub full_name: String,
}

/// One row of `asked_by`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AskedRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// The record, as the journal names objects.
    pub object: String,
    /// Document.
    pub directive_id: Uuid,
    /// Number of the clause.
    pub clause: String,
}

/// Người giữ chức vụ of a title in a unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeadRow {
    /// Unit.
    pub unit_id: Uuid,
    /// Name.
    pub full_name: String,
}

statements! {
    ACKNOWLEDGE = "INSERT INTO acknowledgement (root_id, directive_id, unit_id, person_id, post_id, title, manner, studied_on, note, acknowledged_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ACKNOWLEDGEMENTS = "SELECT a.*, p.full_name FROM acknowledgement a JOIN person p ON p.root_id = a.root_id AND p.person_id = a.person_id \
        WHERE a.root_id = $1 AND a.directive_id = $2 ORDER BY a.acknowledged_at, a.unit_id";
    ACKNOWLEDGED_BY_UNIT = "SELECT * FROM acknowledgement WHERE root_id = $1 AND unit_id = $2 ORDER BY acknowledged_at";
    INSERT_DUTY_REPORT = "INSERT INTO duty_report (root_id, directive_id, place, unit_id, note, reported_by, reported_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    DUTY_REPORTS = "SELECT r.*, p.full_name FROM duty_report r JOIN person p ON p.root_id = r.root_id AND p.person_id = r.reported_by \
        WHERE r.root_id = $1 AND r.directive_id = $2 ORDER BY r.reported_at, r.unit_id";
    DUTY_REPORTS_BY_UNIT = "SELECT * FROM duty_report WHERE root_id = $1 AND unit_id = $2 ORDER BY reported_at";
    ASK = "INSERT INTO asked_by (root_id, object, directive_id, clause) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    ASKED_BY = "SELECT * FROM asked_by WHERE root_id = $1 AND object = $2 ORDER BY directive_id, clause";
    ASKED_OF = "SELECT * FROM asked_by WHERE root_id = $1 AND directive_id = $2 ORDER BY clause, object";
    HEADS = "SELECT p.unit_id, e.full_name FROM post p JOIN person e ON e.root_id = p.root_id AND e.person_id = p.person_id \
        WHERE p.root_id = $1 AND p.title = $2 AND p.from_on <= $3 AND (p.to_on IS NULL OR p.to_on >= $3) ORDER BY p.unit_id, p.from_on";
}

/// Adds an acknowledgement.
pub async fn acknowledge(conn: &mut Conn, a: &AcknowledgementRow) -> Result<(), StoreError> {
    run!(
        conn, ACKNOWLEDGE, a.root_id, a.directive_id, a.unit_id, a.person_id, a.post_id, &a.title, &a.manner,
        &a.studied_on, &a.note, a.acknowledged_at
    )?;
    Ok(())
}

/// Who acknowledged a document, in order of time.
pub async fn acknowledgements(
    conn: &mut Conn,
    root: Uuid,
    directive: Uuid,
) -> Result<Vec<NamedAcknowledgementRow>, StoreError> {
    rows!(conn, NamedAcknowledgementRow, ACKNOWLEDGEMENTS, root, directive)
}

/// What a body acknowledged.
pub async fn acknowledged_by_unit(
    conn: &mut Conn,
    root: Uuid,
    unit: Uuid,
) -> Result<Vec<AcknowledgementRow>, StoreError> {
    rows!(conn, AcknowledgementRow, ACKNOWLEDGED_BY_UNIT, root, unit)
}

/// Adds a report that an obligation was met.
pub async fn insert_report(conn: &mut Conn, r: &DutyReportRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_DUTY_REPORT, r.root_id, r.directive_id, r.place, r.unit_id, &r.note, r.reported_by, r.reported_at
    )?;
    Ok(())
}

/// Reports on the obligations of a document.
pub async fn reports(conn: &mut Conn, root: Uuid, directive: Uuid) -> Result<Vec<NamedReportRow>, StoreError> {
    rows!(conn, NamedReportRow, DUTY_REPORTS, root, directive)
}

/// What a body reported as done.
pub async fn reports_by_unit(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<DutyReportRow>, StoreError> {
    rows!(conn, DutyReportRow, DUTY_REPORTS_BY_UNIT, root, unit)
}

/// Writes down which clause asked for a record.
pub async fn ask(conn: &mut Conn, a: &AskedRow) -> Result<(), StoreError> {
    run!(conn, ASK, a.root_id, &a.object, a.directive_id, &a.clause)?;
    Ok(())
}

/// Which clauses asked for a record.
pub async fn asked_by(conn: &mut Conn, root: Uuid, object: &str) -> Result<Vec<AskedRow>, StoreError> {
    rows!(conn, AskedRow, ASKED_BY, root, object)
}

/// Which records a document asked for.
pub async fn asked_of(conn: &mut Conn, root: Uuid, directive: Uuid) -> Result<Vec<AskedRow>, StoreError> {
    rows!(conn, AskedRow, ASKED_OF, root, directive)
}

/// Who holds a title on a day, in any unit, by name.
pub async fn heads(conn: &mut Conn, root: Uuid, title: &str, day: domain::Day) -> Result<Vec<HeadRow>, StoreError> {
    rows!(conn, HeadRow, HEADS, root, title, day)
}
