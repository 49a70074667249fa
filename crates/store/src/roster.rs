//! Whole rosters in: units, people, memberships and posts by the thousand. `save_…` overwrites rows whose identifier is
//! there, so an import hands in what is new and what changed in one go.

use uuid::Uuid;

use crate::bulk::{columns, save_all};
use crate::db::{Conn, StoreError};
use crate::org::{MemberRow, MembershipRow, PersonRow, PostRow, UnitRow, within};
use crate::sql::{maybe_row, rows, statements};

/// Members of one unit with one standing.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CountRow {
    /// Unit.
    pub unit_id: Uuid,
    /// Word of `domain::org::Standing`.
    pub standing: String,
    /// How many.
    pub n: i64,
}

/// A post with who holds it and where.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HolderRow {
    /// Unit.
    pub unit_id: Uuid,
    /// Person.
    pub person_id: Uuid,
    /// Name of the person.
    pub full_name: String,
    /// Word of `domain::org::Title`.
    pub title: String,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub to_on: Option<String>,
}

/// Last day of the memberships that ended in a unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LastDayRow {
    /// Unit.
    pub unit_id: Uuid,
    /// The last of the last days.
    pub to_on: String,
}

statements! {
    MEMBERSHIPS_LISTED = "SELECT * FROM membership WHERE root_id = $1 AND (to_on IS NULL OR end_reason <> '') ORDER BY membership_id";
    ENDED_BEFORE = "SELECT * FROM membership WHERE root_id = $1 AND person_id = $2 AND to_on < $3 AND end_reason <> '' ORDER BY to_on DESC LIMIT 1";
    LAST_DAYS = "SELECT unit_id, MAX(to_on) AS to_on FROM membership WHERE root_id = $1 AND to_on IS NOT NULL GROUP BY unit_id";
    MEMBER_COUNTS = "SELECT unit_id, standing, count(*) AS n FROM membership \
        WHERE root_id = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on >= $2) GROUP BY unit_id, standing";
    HOLDERS_OF_UNIT = "SELECT h.unit_id, h.person_id, p.full_name, h.title, h.from_on, h.to_on \
        FROM post h JOIN person p ON p.root_id = h.root_id AND p.person_id = h.person_id \
        WHERE h.root_id = $1 AND h.unit_id = $2 AND h.from_on <= $3 AND (h.to_on IS NULL OR h.to_on >= $3) ORDER BY p.name_key, p.person_id";
    MEMBERS_FOUND = "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on \
        FROM membership m JOIN person p ON p.root_id = m.root_id AND p.person_id = m.person_id JOIN unit u ON u.root_id = m.root_id AND u.unit_id = m.unit_id \
        WHERE m.root_id = $1 AND u.path LIKE $2 AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) AND p.name_fold LIKE $4 \
        ORDER BY p.name_key, p.person_id LIMIT $5 OFFSET $6";
    FOUND_COUNT = "SELECT count(*) AS n FROM membership m JOIN person p ON p.root_id = m.root_id AND p.person_id = m.person_id JOIN unit u ON u.root_id = m.root_id AND u.unit_id = m.unit_id \
        WHERE m.root_id = $1 AND u.path LIKE $2 AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) AND p.name_fold LIKE $4";
}

/// How many members each unit has on a day, by standing.
///
/// # Errors
/// When the database fails.
pub async fn member_counts(conn: &mut Conn, root: Uuid, day: &str) -> Result<Vec<CountRow>, StoreError> {
    rows!(conn, CountRow, MEMBER_COUNTS, root, day)
}

/// The memberships a roster lists: those that last, and those that ended without another cell taking their place.
///
/// # Errors
/// When the database fails.
pub async fn listed_memberships(conn: &mut Conn, root: Uuid) -> Result<Vec<MembershipRow>, StoreError> {
    rows!(conn, MembershipRow, MEMBERSHIPS_LISTED, root)
}

/// For each unit the last day of the memberships that ended there.
///
/// # Errors
/// When the database fails.
pub async fn last_days(conn: &mut Conn, root: Uuid) -> Result<Vec<LastDayRow>, StoreError> {
    rows!(conn, LastDayRow, LAST_DAYS, root)
}

/// Whether a membership of the person ended before a day without another cell in its place.
///
/// # Errors
/// When the database fails.
pub async fn has_left(conn: &mut Conn, root: Uuid, person: Uuid, day: &str) -> Result<bool, StoreError> {
    Ok(ended_before(conn, root, person, day).await?.is_some())
}

/// The membership that ended last before a day without another in its place.
///
/// # Errors
/// When the database fails.
pub async fn ended_before(
    conn: &mut Conn,
    root: Uuid,
    person: Uuid,
    day: &str,
) -> Result<Option<MembershipRow>, StoreError> {
    maybe_row!(conn, MembershipRow, ENDED_BEFORE, root, person, day)
}

/// Who holds a post in the unit on a day.
///
/// # Errors
/// When the database fails.
pub async fn holders(conn: &mut Conn, root: Uuid, unit: Uuid, day: &str) -> Result<Vec<HolderRow>, StoreError> {
    rows!(conn, HolderRow, HOLDERS_OF_UNIT, root, unit, day)
}

/// Which members are looked for: at or below `path`, on `day`, with `fold` (letters without marks) in the name.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// Path of the unit.
    pub path: &'a str,
    /// Day, `yyyy-mm-dd`.
    pub day: &'a str,
    /// Part of the name, folded; everybody when it is empty.
    pub fold: &'a str,
}

/// Pattern of names that contain what is looked for; wildcard signs are no letters of a name.
pub(crate) fn containing(fold: &str) -> String {
    let plain: String = fold.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
    format!("%{plain}%")
}

/// Some of the members found, in the order of Vietnamese lists.
///
/// # Errors
/// When the database fails.
pub async fn members_found(
    conn: &mut Conn,
    root: Uuid,
    search: Search<'_>,
    limit: u32,
    offset: u32,
) -> Result<Vec<MemberRow>, StoreError> {
    rows!(conn, MemberRow, MEMBERS_FOUND, root, within(search.path), search.day, containing(search.fold), limit, offset)
}

/// How many members are found.
///
/// # Errors
/// When the database fails.
pub async fn count_found(conn: &mut Conn, root: Uuid, search: Search<'_>) -> Result<i64, StoreError> {
    let found: (i64,) =
        crate::sql::one!(conn, (i64,), FOUND_COUNT, root, within(search.path), search.day, containing(search.fold))?;
    Ok(found.0)
}

columns! {
    UnitRow in unit, key (unit_id),
    rest (parent_id, kind, code, name, name_fold, superior_name, place, number_suffix, path, founded_on, closed_on)
}
columns! {
    PersonRow in person, key (person_id),
    rest (code, card_number, full_name, name_fold, name_key, born_on, civil_kind, government_post, mass_post, workplace, leader)
}
columns! {
    MembershipRow in membership, key (membership_id),
    rest (person_id, unit_id, standing, admitted_on, official_on, from_on, to_on, end_reason)
}
columns! { PostRow in post, key (post_id), rest (person_id, unit_id, title, from_on, to_on) }

/// Adds or changes units; superiors stand before what is below them. Who is new has its first place from its founding;
/// changes of the others are written down by [`crate::place::settle`].
///
/// # Errors
/// When the database refuses: code taken, superior missing.
pub async fn save_units(conn: &mut Conn, rows: &[UnitRow]) -> Result<u64, StoreError> {
    let root = rows.first().map(|row| row.root_id);
    let saved = save_all(conn, rows).await?;
    if let Some(root) = root {
        crate::place::found_all(conn, root).await?;
    }
    Ok(saved)
}

/// Adds or changes people.
///
/// # Errors
/// When the database refuses: code or card number taken.
pub async fn save_people(conn: &mut Conn, rows: &[PersonRow]) -> Result<u64, StoreError> {
    save_all(conn, rows).await
}

/// Adds or changes memberships.
///
/// # Errors
/// When the database refuses: person or unit missing.
pub async fn save_memberships(conn: &mut Conn, rows: &[MembershipRow]) -> Result<u64, StoreError> {
    save_all(conn, rows).await
}

/// Adds or changes posts.
///
/// # Errors
/// When the database refuses: person or unit missing.
pub async fn save_posts(conn: &mut Conn, rows: &[PostRow]) -> Result<u64, StoreError> {
    save_all(conn, rows).await
}
