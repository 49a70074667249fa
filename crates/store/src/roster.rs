//! Whole rosters in: units, people, memberships and posts by the thousand. `save_…` overwrites rows whose identifier is
//! there, so an import hands in what is new and what changed in one go.

use uuid::Uuid;

use crate::bulk::{columns, save_all};
use crate::db::{Conn, StoreError};
use crate::org::{MemberRow, MembershipRow, PersonRow, PostRow, UnitRow};
use crate::sql::{maybe_row, rows, statements};

/// Members of one standing in units whose paths begin alike.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CountRow {
    /// Beginning of their paths, as long as was asked for.
    pub head: String,
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
    MEMBER_COUNTS = "SELECT SUBSTR(u.path, 1, CAST($3 AS INTEGER)) AS head, m.standing, count(*) AS n FROM unit u CROSS JOIN membership m \
        WHERE u.root_id = $1 AND u.path BETWEEN $2 AND $2 || '~' AND m.root_id = u.root_id AND m.unit_id = u.unit_id \
        AND m.from_on <= $4 AND (m.to_on IS NULL OR m.to_on >= $4) GROUP BY 1, 2";
    HOLDERS_OF_UNIT = "SELECT h.unit_id, h.person_id, p.full_name, h.title, h.from_on, h.to_on \
        FROM post h JOIN person p ON p.root_id = h.root_id AND p.person_id = h.person_id \
        WHERE h.root_id = $1 AND h.unit_id = $2 AND h.from_on <= $3 AND (h.to_on IS NULL OR h.to_on >= $3) ORDER BY p.name_key, p.person_id";
    // As MEMBER_COUNTS, for so many units that it is faster to count all of them first.
    MEMBER_COUNTS_OF_MANY = "WITH counted AS (SELECT root_id, unit_id, standing, count(*) AS n FROM membership \
        WHERE root_id = $1 AND from_on <= $4 AND (to_on IS NULL OR to_on >= $4) GROUP BY root_id, unit_id, standing) \
        SELECT SUBSTR(u.path, 1, CAST($3 AS INTEGER)) AS head, c.standing, CAST(SUM(c.n) AS BIGINT) AS n FROM unit u JOIN counted c ON c.root_id = u.root_id AND c.unit_id = u.unit_id WHERE u.root_id = $1 AND u.path BETWEEN $2 AND $2 || '~' GROUP BY 1, 2";
    // CROSS JOIN keeps SQLite to the order of the tables: by name where many are found, by unit where few are. Names are
    // compared in their index (`k`); the rows of people (`p`) are read for those found.
    FOUND_BY_NAME = anew "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on, u.name AS unit_name \
        FROM person k CROSS JOIN membership m CROSS JOIN unit u CROSS JOIN person p \
        WHERE k.root_id = $1 AND k.name_fold LIKE $4 AND m.root_id = k.root_id AND m.person_id = k.person_id AND u.root_id = m.root_id AND u.unit_id = m.unit_id AND p.root_id = k.root_id AND p.person_id = k.person_id \
        AND u.path BETWEEN $2 AND $2 || '~' AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) \
        ORDER BY k.name_key, k.person_id LIMIT $5 OFFSET $6";
    FOUND_BY_UNIT = "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on, u.name AS unit_name \
        FROM unit u CROSS JOIN membership m CROSS JOIN person p \
        WHERE u.root_id = $1 AND m.root_id = u.root_id AND m.unit_id = u.unit_id AND p.root_id = m.root_id AND p.person_id = m.person_id \
        AND u.path BETWEEN $2 AND $2 || '~' AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) AND p.name_fold LIKE $4 \
        ORDER BY p.name_key, p.person_id LIMIT $5 OFFSET $6";
    COUNT_BY_NAME = anew "SELECT COUNT(*) AS n FROM (SELECT k.root_id FROM person k CROSS JOIN membership m CROSS JOIN unit u \
        WHERE k.root_id = $1 AND k.name_fold LIKE $4 AND m.root_id = k.root_id AND m.person_id = k.person_id AND u.root_id = m.root_id AND u.unit_id = m.unit_id \
        AND u.path BETWEEN $2 AND $2 || '~' AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) LIMIT $5) f WHERE f.root_id = $1";
    COUNT_BY_UNIT = "SELECT COUNT(*) AS n FROM (SELECT u.root_id FROM unit u CROSS JOIN membership m CROSS JOIN person p \
        WHERE u.root_id = $1 AND m.root_id = u.root_id AND m.unit_id = u.unit_id AND p.root_id = m.root_id AND p.person_id = m.person_id \
        AND u.path BETWEEN $2 AND $2 || '~' AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) AND p.name_fold LIKE $4 LIMIT $5) f WHERE f.root_id = $1";
}

/// How many members the units at and below a path have on a day, by standing and by the first `length` letters of their
/// paths.
///
/// # Errors
/// When the database fails.
pub async fn member_counts(
    conn: &mut Conn,
    root: Uuid,
    (path, length): (&str, u32),
    day: &str,
) -> Result<Vec<CountRow>, StoreError> {
    let many = crate::org::count_units(conn, root, path).await? >= MANY_UNITS;
    let statement = if many { MEMBER_COUNTS_OF_MANY } else { MEMBER_COUNTS };
    rows!(conn, CountRow, statement, root, path, length, day)
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

/// A member found, with the name of his unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FoundRow {
    /// Who.
    #[sqlx(flatten)]
    pub member: MemberRow,
    /// Name of his unit.
    pub unit_name: String,
}

/// From so many members on a list is read in the order of names.
const MANY: i64 = 2_000;
/// From so many units on all memberships are counted first.
const MANY_UNITS: i64 = 2_000;

/// Some of the members found in a unit that has `of` members, in the order of Vietnamese lists.
///
/// # Errors
/// When the database fails.
pub async fn members_found(
    conn: &mut Conn,
    root: Uuid,
    (search, of): (Search<'_>, i64),
    (limit, offset): (u32, u32),
) -> Result<Vec<FoundRow>, StoreError> {
    let statement = if of < MANY { FOUND_BY_UNIT } else { FOUND_BY_NAME };
    rows!(conn, FoundRow, statement, root, search.path, search.day, containing(search.fold), limit, offset)
}

/// Nobody counts further: a name with more people is to be typed longer.
pub const MOST_FOUND: i64 = 1_000;

/// How many members are found in a unit that has `of` members, [`MOST_FOUND`] at most; none when there are more.
///
/// # Errors
/// When the database fails.
pub async fn count_found(conn: &mut Conn, root: Uuid, search: Search<'_>, of: i64) -> Result<Option<i64>, StoreError> {
    let statement = if of < MANY { COUNT_BY_UNIT } else { COUNT_BY_NAME };
    let (path, day, name) = (search.path, search.day, containing(search.fold));
    let (found,) = crate::sql::one!(conn, (i64,), statement, root, path, day, name, MOST_FOUND + 1)?;
    Ok((found <= MOST_FOUND).then_some(found))
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
