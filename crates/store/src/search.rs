//! Looking up people and units by name, and what was decided about them.

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::org::within;
use crate::roster::containing;
use crate::sql::{rows, statements};

/// A person or unit whose name was looked for.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedRow {
    /// Person or unit.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Code.
    pub code: String,
    /// Cell of a person, his last one if he left; empty for a unit.
    pub cell: String,
    /// Name of the superior unit, empty at the top.
    pub above: String,
}

/// A review of somebody or of a unit, with the level in force.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ResultRow {
    /// Review.
    pub review_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Word of `domain::review::ReviewState`.
    pub state: String,
    /// Path of its unit today.
    pub path: String,
    /// Level of the last issued decision, empty when there is none.
    pub level: String,
}

statements! {
    // As FOUND_BY_NAME of the roster: names in their index first.
    PEOPLE_NAMED = anew "SELECT p.person_id AS id, p.full_name AS name, p.code, u.name AS cell, COALESCE(s.name, '') AS above \
        FROM person k CROSS JOIN membership m CROSS JOIN unit u CROSS JOIN person p \
        LEFT JOIN unit s ON s.root_id = u.root_id AND s.unit_id = u.parent_id \
        WHERE k.root_id = $1 AND k.name_fold LIKE $2 AND m.root_id = k.root_id AND m.person_id = k.person_id AND u.root_id = m.root_id AND u.unit_id = m.unit_id \
        AND p.root_id = k.root_id AND p.person_id = k.person_id AND u.path LIKE $3 \
        AND m.membership_id = (SELECT x.membership_id FROM membership x WHERE x.root_id = $1 AND x.person_id = k.person_id ORDER BY x.from_on DESC, x.membership_id DESC LIMIT 1) \
        ORDER BY k.name_key, k.person_id LIMIT $4";
    UNITS_NAMED = "SELECT u.unit_id AS id, u.name, u.code, '' AS cell, COALESCE(s.name, '') AS above FROM unit u LEFT JOIN unit s ON s.root_id = u.root_id AND s.unit_id = u.parent_id \
        WHERE u.root_id = $1 AND u.name_fold LIKE $2 AND u.path LIKE $3 ORDER BY u.path LIMIT $4";
    RESULTS_OF = "SELECT r.review_id, r.campaign_id, r.subject, r.state, u.path, COALESCE((SELECT l.level FROM decision_line l JOIN decision d ON d.root_id = l.root_id AND d.decision_id = l.decision_id \
        WHERE l.root_id = $1 AND l.review_id = r.review_id AND l.level <> '' AND d.state = 'issued' ORDER BY d.serial DESC, d.signed_on DESC LIMIT 1), '') AS level \
        FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        WHERE r.root_id = $1 AND r.subject IN ('member', 'leader', 'collective', 'organization') AND r.about_id = $2 AND ($3 = 0 OR c.period_year = $3) \
        ORDER BY c.period_year DESC, c.opened_at DESC, r.subject";
}

/// Whose name: folded letters in it, at or below a path, at most so many.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Part of the name, folded.
    pub fold: &'a str,
    /// Path of the unit at or below which to look.
    pub path: &'a str,
    /// At most so many.
    pub most: u32,
}

/// People of that name by their cell, or the last one they had, in the order of Vietnamese lists.
///
/// # Errors
/// When the database fails.
pub async fn people(conn: &mut Conn, root: Uuid, wanted: Wanted<'_>) -> Result<Vec<NamedRow>, StoreError> {
    rows!(conn, NamedRow, PEOPLE_NAMED, root, containing(wanted.fold), within(wanted.path), wanted.most)
}

/// Units of that name, in the order of the tree.
///
/// # Errors
/// When the database fails.
pub async fn units(conn: &mut Conn, root: Uuid, wanted: Wanted<'_>) -> Result<Vec<NamedRow>, StoreError> {
    rows!(conn, NamedRow, UNITS_NAMED, root, containing(wanted.fold), within(wanted.path), wanted.most)
}

/// The reviews of a person or unit, the newest year first; of one year when it is not 0.
///
/// # Errors
/// When the database fails.
pub async fn results_of(conn: &mut Conn, root: Uuid, about: Uuid, year: i64) -> Result<Vec<ResultRow>, StoreError> {
    rows!(conn, ResultRow, RESULTS_OF, root, about, year)
}
