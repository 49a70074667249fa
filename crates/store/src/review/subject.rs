//! The register of subjects: every review of a campaign with who or what it is about.

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{rows, statements};

/// A subject in the register.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SubjectRow {
    /// Review.
    pub review_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Name of the person, or of the unit.
    pub name: String,
    /// Whom it is about; none for an organisation or a collective.
    pub person_id: Option<Uuid>,
    /// Name of the unit.
    pub unit_name: String,
    /// Word of `domain::org::UnitKind`.
    pub unit_kind: String,
    /// Path of the unit.
    pub unit_path: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// Rule that says so, empty for the ordinary case.
    pub obligation_rule: String,
    /// Its sentence with the source.
    pub obligation_reason: String,
}

/// How many subjects of a kind owe the same.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SubjectCountRow {
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// How many.
    pub number: i64,
}

statements! {
    SUBJECT_COUNTS = "SELECT r.subject, r.obligation, count(*) AS number FROM review r JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND u.path BETWEEN $3 AND $3 || '~' GROUP BY r.subject, r.obligation ORDER BY r.subject, r.obligation";
    SUBJECTS = "SELECT r.review_id, r.subject, COALESCE(p.full_name, u.name) AS name, r.person_id, u.name AS unit_name, u.kind AS unit_kind, u.path AS unit_path, r.obligation, r.obligation_rule, r.obligation_reason \
        FROM review r JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND u.path BETWEEN $3 AND $3 || '~' AND ($4 = '' OR r.subject = $4) AND ($5 = '' OR r.obligation = $5) \
        ORDER BY CASE r.subject WHEN 'organization' THEN 1 WHEN 'collective' THEN 2 WHEN 'leader' THEN 3 ELSE 4 END, u.path, COALESCE(p.name_key, ''), r.review_id LIMIT $6 OFFSET $7";
}

/// Which part of the register is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Path of the unit: its subjects and those of the units below.
    pub path: &'a str,
    /// Word of a kind of subject, empty for all.
    pub subject: &'a str,
    /// Word of an obligation, empty for all.
    pub obligation: &'a str,
    /// At most so many.
    pub most: i64,
    /// After so many.
    pub after: i64,
}

/// How many subjects of each kind owe what, in a unit and below.
///
/// # Errors
/// When the database fails.
pub async fn subject_counts(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    path: &str,
) -> Result<Vec<SubjectCountRow>, StoreError> {
    rows!(conn, SubjectCountRow, SUBJECT_COUNTS, root, campaign, path)
}

/// The subjects: organisations, collectives, leaders, members; units in the order of the tree, people by their names.
///
/// # Errors
/// When the database fails.
pub async fn subjects(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    part: Part<'_>,
) -> Result<Vec<SubjectRow>, StoreError> {
    rows!(conn, SubjectRow, SUBJECTS, root, campaign, part.path, part.subject, part.obligation, part.most, part.after)
}
