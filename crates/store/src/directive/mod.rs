//! Văn bản chỉ đạo: documents from above and what they say. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{change, maybe_row, rows, run, statements};

pub(crate) mod followed;

pub use followed::{
    AcknowledgementRow, AskedRow, DutyReportRow, HeadRow, NamedAcknowledgementRow, NamedReportRow, acknowledge,
    acknowledged_by_unit, acknowledgements, ask, asked_by, asked_of, heads, insert_report, reports, reports_by_unit,
};

/// One row of `directive`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct DirectiveRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Document.
    pub directive_id: Uuid,
    /// Unit whose body issues it.
    pub unit_id: Uuid,
    /// Key of the kind of document.
    pub kind: String,
    /// Number and symbol, empty in a draft.
    pub number: String,
    /// Day of the document.
    pub dated_on: Option<String>,
    /// Abstract.
    pub summary: String,
    /// Word of `domain::directive::Secrecy`.
    pub secrecy: String,
    /// Word of `domain::directive::Circulation`.
    pub circulation: String,
    /// Words of `domain::org::UnitKind` with blanks between.
    pub recipients: String,
    /// Last day for studying it.
    pub study_by: Option<String>,
    /// Word of `domain::directive::DirectiveState`.
    pub state: String,
    /// The superior's directive that it carries out.
    pub under_id: Option<Uuid>,
    /// Who drafted it.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Who recorded that it was issued.
    pub issued_by: Option<Uuid>,
    /// When.
    pub issued_at: Option<DateTime<Utc>>,
    /// Who withdrew or replaced it.
    pub ended_by: Option<Uuid>,
    /// When.
    pub ended_at: Option<DateTime<Utc>>,
    /// Why.
    pub end_reason: String,
    /// What stands in its place.
    pub replaced_by: Option<Uuid>,
    /// Counts changes.
    pub version: i64,
}

/// A directive with its issuer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PlacedRow {
    /// The directive.
    #[sqlx(flatten)]
    pub directive: DirectiveRow,
    /// Name of the issuer.
    pub unit_name: String,
    /// Path of the issuer.
    pub path: String,
    /// Word of the kind of the issuer.
    pub unit_kind: String,
}

/// One row of `directive_basis`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct BasisRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Document that rests on it.
    pub directive_id: Uuid,
    /// Order.
    pub place: i64,
    /// Number and symbol.
    pub number: String,
    /// Day.
    pub dated_on: String,
    /// Issuer.
    pub issuer: String,
    /// Abstract, empty where it is not kept.
    pub summary: String,
    /// The directive here, when it is one.
    pub basis_id: Option<Uuid>,
}

/// One row of `directive_clause`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ClauseRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Document.
    pub directive_id: Uuid,
    /// Order.
    pub place: i64,
    /// Number as printed.
    pub label: String,
    /// What it says.
    pub text: String,
    /// Number of the superior's clause that it carries out.
    pub carries: String,
}

/// One row of `duty`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct DutyRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Document.
    pub directive_id: Uuid,
    /// Order.
    pub place: i64,
    /// Number of its clause.
    pub clause: String,
    /// Words of `domain::org::UnitKind` with blanks between.
    pub kinds: String,
    /// Word of `domain::org::Title`, empty for the body.
    pub post: String,
    /// What must be done.
    pub what: String,
    /// Last day.
    pub due_on: Option<String>,
    /// Word of `domain::directive::KnownBy`.
    pub known_by: String,
}

/// Bases, clauses and obligations of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Parts {
    /// What it rests on.
    pub bases: Vec<BasisRow>,
    /// Clauses.
    pub clauses: Vec<ClauseRow>,
    /// Obligations.
    pub duties: Vec<DutyRow>,
}

statements! {
    INSERT_DIRECTIVE = "INSERT INTO directive (root_id, directive_id, unit_id, kind, number, dated_on, summary, secrecy, circulation, recipients, study_by, state, under_id, made_by, made_at, end_reason, version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', 1)";
    UPDATE_DIRECTIVE = "UPDATE directive SET kind = $4, number = $5, dated_on = $6, summary = $7, secrecy = $8, circulation = $9, recipients = $10, study_by = $11, state = $12, \
        issued_by = $13, issued_at = $14, ended_by = $15, ended_at = $16, end_reason = $17, replaced_by = $18, version = version + 1 WHERE root_id = $1 AND directive_id = $2 AND version = $3";
    DIRECTIVES = "SELECT d.*, u.name AS unit_name, u.path, u.kind AS unit_kind FROM directive d JOIN unit u ON u.root_id = d.root_id AND u.unit_id = d.unit_id \
        WHERE d.root_id = $1 ORDER BY d.dated_on DESC, d.made_at DESC, d.directive_id";
    DIRECTIVE_BY_ID = "SELECT d.*, u.name AS unit_name, u.path, u.kind AS unit_kind FROM directive d JOIN unit u ON u.root_id = d.root_id AND u.unit_id = d.unit_id \
        WHERE d.root_id = $1 AND d.directive_id = $2";
    BASES = "SELECT * FROM directive_basis WHERE root_id = $1 AND directive_id = $2 ORDER BY place";
    CLAUSES = "SELECT * FROM directive_clause WHERE root_id = $1 AND directive_id = $2 ORDER BY place";
    DUTIES = "SELECT * FROM duty WHERE root_id = $1 AND directive_id = $2 ORDER BY place";
    FORGET_BASES = "DELETE FROM directive_basis WHERE root_id = $1 AND directive_id = $2";
    FORGET_CLAUSES = "DELETE FROM directive_clause WHERE root_id = $1 AND directive_id = $2";
    FORGET_DUTIES = "DELETE FROM duty WHERE root_id = $1 AND directive_id = $2";
    INSERT_BASIS = "INSERT INTO directive_basis (root_id, directive_id, place, number, dated_on, issuer, summary, basis_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    INSERT_CLAUSE = "INSERT INTO directive_clause (root_id, directive_id, place, label, text, carries) VALUES ($1, $2, $3, $4, $5, $6)";
    INSERT_DUTY = "INSERT INTO duty (root_id, directive_id, place, clause, kinds, post, what, due_on, known_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// Adds a draft.
pub async fn insert(conn: &mut Conn, d: &DirectiveRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_DIRECTIVE, d.root_id, d.directive_id, d.unit_id, &d.kind, &d.number, &d.dated_on, &d.summary,
        &d.secrecy, &d.circulation, &d.recipients, &d.study_by, &d.state, d.under_id, d.made_by, d.made_at
    )?;
    Ok(())
}

/// Writes a document anew; `d.version` is the one that was read.
pub async fn update(conn: &mut Conn, d: &DirectiveRow) -> Result<(), StoreError> {
    change!(
        conn, UPDATE_DIRECTIVE, d.root_id, d.directive_id, d.version, &d.kind, &d.number, &d.dated_on, &d.summary,
        &d.secrecy, &d.circulation, &d.recipients, &d.study_by, &d.state, d.issued_by, d.issued_at, d.ended_by,
        d.ended_at, &d.end_reason, d.replaced_by
    )
}

/// Every document of the hierarchy, the newest first.
pub async fn directives(conn: &mut Conn, root: Uuid) -> Result<Vec<PlacedRow>, StoreError> {
    rows!(conn, PlacedRow, DIRECTIVES, root)
}

/// One of them.
pub async fn directive(conn: &mut Conn, root: Uuid, directive: Uuid) -> Result<Option<PlacedRow>, StoreError> {
    maybe_row!(conn, PlacedRow, DIRECTIVE_BY_ID, root, directive)
}

/// What a document rests on, in order.
pub async fn bases(conn: &mut Conn, root: Uuid, directive: Uuid) -> Result<Vec<BasisRow>, StoreError> {
    rows!(conn, BasisRow, BASES, root, directive)
}

/// Bases, clauses and obligations of a document, in order.
pub async fn parts(conn: &mut Conn, root: Uuid, directive: Uuid) -> Result<Parts, StoreError> {
    Ok(Parts {
        bases: bases(conn, root, directive).await?,
        clauses: rows!(conn, ClauseRow, CLAUSES, root, directive)?,
        duties: rows!(conn, DutyRow, DUTIES, root, directive)?,
    })
}

/// Puts these in the place of what the draft said before.
pub async fn set_parts(conn: &mut Conn, root: Uuid, directive: Uuid, parts: &Parts) -> Result<(), StoreError> {
    for statement in [FORGET_BASES, FORGET_DUTIES, FORGET_CLAUSES] {
        run!(conn, statement, root, directive)?;
    }
    for b in &parts.bases {
        run!(conn, INSERT_BASIS, root, directive, b.place, &b.number, &b.dated_on, &b.issuer, &b.summary, b.basis_id)?;
    }
    for c in &parts.clauses {
        run!(conn, INSERT_CLAUSE, root, directive, c.place, &c.label, &c.text, &c.carries)?;
    }
    for d in &parts.duties {
        run!(
            conn, INSERT_DUTY, root, directive, d.place, &d.clause, &d.kinds, &d.post, &d.what, &d.due_on, &d.known_by
        )?;
    }
    Ok(())
}
