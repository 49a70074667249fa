//! Who took whose place on a counting team or as a monitor. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{rows, run, statements};

/// One row of `substitution`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct SubstitutionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Substitution.
    pub substitution_id: Uuid,
    /// In what: kind and identifier, as in the journal.
    pub object: String,
    /// In which place.
    pub role: String,
    /// Who had it.
    pub former_id: Uuid,
    /// Who has it from now on.
    pub named_id: Uuid,
    /// Why.
    pub reason: String,
    /// Who named him.
    pub named_by: Uuid,
    /// When.
    pub named_at: DateTime<Utc>,
}

/// The same with the names.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedRow {
    /// In which place.
    pub role: String,
    /// Who had it.
    pub former: String,
    /// Who has it from then on.
    pub named: String,
    /// Why.
    pub reason: String,
    /// When.
    pub named_at: DateTime<Utc>,
}

statements! {
    INSERT_SUBSTITUTION = "INSERT INTO substitution (root_id, substitution_id, object, role, former_id, named_id, reason, named_by, named_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    SUBSTITUTIONS = "SELECT s.role, f.full_name AS former, n.full_name AS named, s.reason, s.named_at FROM substitution s \
        JOIN person f ON f.root_id = s.root_id AND f.person_id = s.former_id JOIN person n ON n.root_id = s.root_id AND n.person_id = s.named_id \
        WHERE s.root_id = $1 AND s.object = $2 ORDER BY s.named_at, s.substitution_id";
}

/// Writes down who took whose place.
///
/// # Errors
/// When the database refuses: a person is missing.
pub async fn insert(conn: &mut Conn, s: &SubstitutionRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_SUBSTITUTION, s.root_id, s.substitution_id, &s.object, &s.role, s.former_id, s.named_id,
        &s.reason, s.named_by, s.named_at
    )?;
    Ok(())
}

/// Who took whose place in an object, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_object(conn: &mut Conn, root: Uuid, object: &str) -> Result<Vec<NamedRow>, StoreError> {
    rows!(conn, NamedRow, SUBSTITUTIONS, root, object)
}
