//! Units, people and memberships; posts stand in [`crate::post`].

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{kept, one, rows, run, statements};

/// One row of `unit`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct UnitRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Unit.
    pub unit_id: Uuid,
    /// Superior in the tree, none for the top.
    pub parent_id: Option<Uuid>,
    /// Word of `domain::org::UnitKind`.
    pub kind: String,
    /// Code in the roster, unique in the hierarchy.
    pub code: String,
    /// Name as printed.
    pub name: String,
    /// Name without marks, for searching.
    pub name_fold: String,
    /// Name of the superior body for headings.
    pub superior_name: String,
    /// Place for headings.
    pub place: String,
    /// Letters after the number of its papers.
    pub number_suffix: String,
    /// Materialised path `/id/id/`.
    pub path: String,
    /// Day of founding.
    pub founded_on: Option<String>,
    /// Day of closing.
    pub closed_on: Option<String>,
}

/// One row of `person`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PersonRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Person.
    pub person_id: Uuid,
    /// Code in the roster, unique in the hierarchy.
    pub code: String,
    /// Party card number.
    pub card_number: Option<String>,
    /// Full name, NFC.
    pub full_name: String,
    /// Name without marks.
    pub name_fold: String,
    /// Sort key of the name.
    pub name_key: String,
    /// Day of birth.
    pub born_on: Option<String>,
    /// Word of `domain::org::CivilKind`.
    pub civil_kind: String,
    /// Post in the state apparatus, as text.
    pub government_post: String,
    /// Post in a mass organisation, as text.
    pub mass_post: String,
    /// Place of work.
    pub workplace: String,
    /// Whether he has a leading post.
    pub leader: bool,
}

/// One row of `membership`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct MembershipRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Membership.
    pub membership_id: Uuid,
    /// Person.
    pub person_id: Uuid,
    /// Cell.
    pub unit_id: Uuid,
    /// Word of `domain::org::Standing`.
    pub standing: String,
    /// Day of admission to the party.
    pub admitted_on: String,
    /// Day of becoming an official member.
    pub official_on: Option<String>,
    /// First day in this cell (as far as the roster knows).
    pub from_on: String,
    /// Last day in this cell.
    pub to_on: Option<String>,
    /// Word of `domain::org::EndReason`; empty while it lasts or when another cell took its place.
    pub end_reason: String,
}

/// A member of a unit with his person's data.
#[derive(Debug, Clone, PartialEq, Eq, Hash, sqlx::FromRow)]
pub struct MemberRow {
    /// Person.
    pub person_id: Uuid,
    /// Code in the roster.
    pub code: String,
    /// Full name.
    pub full_name: String,
    /// Sort key of the name.
    pub name_key: String,
    /// Day of birth.
    pub born_on: Option<String>,
    /// Party card number.
    pub card_number: Option<String>,
    /// Word of `domain::org::CivilKind`.
    pub civil_kind: String,
    /// Post in the state apparatus.
    pub government_post: String,
    /// Post in a mass organisation.
    pub mass_post: String,
    /// Place of work.
    pub workplace: String,
    /// Whether he has a leading post.
    pub leader: bool,
    /// Cell.
    pub unit_id: Uuid,
    /// Word of `domain::org::Standing`.
    pub standing: String,
    /// Day of admission.
    pub admitted_on: String,
    /// Day of becoming official.
    pub official_on: Option<String>,
}

pub use crate::dated::{
    memberships_from, memberships_of, posts_from, posts_of, superior_renamed, unit_of_code, update_post,
};

pub use crate::post::{HeldPostRow, PostRow, holders, holders_of_title, insert_post, posts, posts_held};

statements! {
    INSERT_UNIT = "INSERT INTO unit (root_id, unit_id, parent_id, kind, code, name, name_fold, superior_name, place, number_suffix, path, founded_on, closed_on) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE_UNIT = "UPDATE unit SET parent_id = $3, kind = $4, name = $5, name_fold = $6, superior_name = $7, place = $8, number_suffix = $9, path = $10, founded_on = $11, closed_on = $12 \
        WHERE root_id = $1 AND unit_id = $2";
    UNIT_BY_ID = "SELECT * FROM unit WHERE root_id = $1 AND unit_id = $2";
    UNITS = "SELECT * FROM unit WHERE root_id = $1 ORDER BY path, code";
    UNIT_WITH_BELOW = "SELECT * FROM unit WHERE root_id = $1 AND (unit_id = $2 OR parent_id = $2) ORDER BY path, code";
    COUNT_UNITS = "SELECT COUNT(*) AS n FROM unit WHERE root_id = $1 AND path BETWEEN $2 AND $2 || '~'";
    UNITS_BELOW = "SELECT * FROM unit WHERE root_id = $1 AND path BETWEEN $2 AND $2 || '~' ORDER BY path, code";
    PERSON_BY_ID = "SELECT * FROM person WHERE root_id = $1 AND person_id = $2";
    PEOPLE = "SELECT * FROM person WHERE root_id = $1 ORDER BY name_key, person_id";
    INSERT_PERSON = "INSERT INTO person (root_id, person_id, code, card_number, full_name, name_fold, name_key, born_on, civil_kind, government_post, mass_post, workplace, leader) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE_PERSON = "UPDATE person SET card_number = $3, full_name = $4, name_fold = $5, name_key = $6, born_on = $7, civil_kind = $8, government_post = $9, mass_post = $10, workplace = $11, leader = $12 \
        WHERE root_id = $1 AND person_id = $2";
    INSERT_MEMBERSHIP = "INSERT INTO membership (root_id, membership_id, person_id, unit_id, standing, admitted_on, official_on, from_on, to_on, end_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE_MEMBERSHIP = "UPDATE membership SET standing = $3, admitted_on = $4, official_on = $5, to_on = $6, end_reason = $7 WHERE root_id = $1 AND membership_id = $2";
    MEMBER_OF = "SELECT u.* FROM membership m JOIN unit u ON u.root_id = m.root_id AND u.unit_id = m.unit_id \
        WHERE m.root_id = $1 AND m.person_id = $2 AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3)";
    MEMBERS_OF_UNIT = "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on \
        FROM membership m JOIN person p ON p.root_id = m.root_id AND p.person_id = m.person_id \
        WHERE m.root_id = $1 AND m.unit_id = $2 AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) ORDER BY p.name_key, p.person_id";
    COUNT_BELOW = "SELECT COUNT(*) AS n FROM membership m JOIN unit u ON u.root_id = m.root_id AND u.unit_id = m.unit_id \
        WHERE m.root_id = $1 AND u.path BETWEEN $2 AND $2 || '~' AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3)";
    MEMBERS_BELOW = "SELECT p.person_id, p.code, p.full_name, p.name_key, p.born_on, p.card_number, p.civil_kind, p.government_post, p.mass_post, p.workplace, p.leader, m.unit_id, m.standing, m.admitted_on, m.official_on \
        FROM membership m JOIN person p ON p.root_id = m.root_id AND p.person_id = m.person_id JOIN unit u ON u.root_id = m.root_id AND u.unit_id = m.unit_id \
        WHERE m.root_id = $1 AND u.path BETWEEN $2 AND $2 || '~' AND m.from_on <= $3 AND (m.to_on IS NULL OR m.to_on >= $3) ORDER BY p.name_key, p.person_id";
}

/// Pattern of every path that begins with `path`; paths hold no wildcard signs. Where the engine should use an
/// index, a statement says `path BETWEEN $n AND $n || '~'`: paths are compared by their bytes, and `~` stands behind all of them.
pub(crate) fn within(path: &str) -> String {
    format!("{path}%")
}

/// Adds a unit; its first place begins with its founding.
///
/// # Errors
/// When the database refuses: code taken, superior missing.
pub async fn insert_unit(conn: &mut Conn, u: &UnitRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_UNIT, u.root_id, u.unit_id, u.parent_id, &u.kind, &u.code, &u.name, &u.name_fold,
        &u.superior_name, &u.place, &u.number_suffix, &u.path, &u.founded_on, &u.closed_on
    )?;
    crate::place::found(conn, &crate::place::PlaceRow::first_of(u)).await
}

/// Changes everything of a unit but its code. Where it stood until now is for [`crate::place`] to keep.
///
/// # Errors
/// When the database fails.
pub async fn update_unit(conn: &mut Conn, u: &UnitRow) -> Result<(), StoreError> {
    run!(
        conn, UPDATE_UNIT, u.root_id, u.unit_id, u.parent_id, &u.kind, &u.name, &u.name_fold, &u.superior_name,
        &u.place, &u.number_suffix, &u.path, &u.founded_on, &u.closed_on
    )?;
    Ok(())
}

/// One unit.
///
/// # Errors
/// When the database fails.
pub async fn unit(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Option<UnitRow>, StoreError> {
    Ok(kept!(conn, UnitRow, UNIT_BY_ID, root, unit)?.pop())
}

/// A unit with the units directly below it.
///
/// # Errors
/// When the database fails.
pub async fn unit_with_below(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<UnitRow>, StoreError> {
    rows!(conn, UnitRow, UNIT_WITH_BELOW, root, unit)
}

/// How many units there are at and below a path.
///
/// # Errors
/// When the database fails.
pub async fn count_units(conn: &mut Conn, root: Uuid, path: &str) -> Result<i64, StoreError> {
    let (number,) = one!(conn, (i64,), COUNT_UNITS, root, path)?;
    Ok(number)
}

/// All units of a hierarchy, superiors first.
///
/// # Errors
/// When the database fails.
pub async fn units(conn: &mut Conn, root: Uuid) -> Result<Vec<UnitRow>, StoreError> {
    rows!(conn, UnitRow, UNITS, root)
}

/// A unit and everything below it, by path.
///
/// # Errors
/// When the database fails.
pub async fn units_below(conn: &mut Conn, root: Uuid, path: &str) -> Result<Vec<UnitRow>, StoreError> {
    rows!(conn, UnitRow, UNITS_BELOW, root, path)
}

/// One person.
///
/// # Errors
/// When the database fails.
pub async fn person(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Option<PersonRow>, StoreError> {
    Ok(kept!(conn, PersonRow, PERSON_BY_ID, root, person)?.pop())
}

/// Everybody of a hierarchy, in the order of Vietnamese lists.
///
/// # Errors
/// When the database fails.
pub async fn people(conn: &mut Conn, root: Uuid) -> Result<Vec<PersonRow>, StoreError> {
    rows!(conn, PersonRow, PEOPLE, root)
}

/// Adds a person.
///
/// # Errors
/// When the database refuses: code or card number taken.
pub async fn insert_person(conn: &mut Conn, p: &PersonRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_PERSON, p.root_id, p.person_id, &p.code, &p.card_number, &p.full_name, &p.name_fold, &p.name_key,
        &p.born_on, &p.civil_kind, &p.government_post, &p.mass_post, &p.workplace, p.leader
    )?;
    Ok(())
}

/// Changes everything of a person but the code.
///
/// # Errors
/// When the database refuses.
pub async fn update_person(conn: &mut Conn, p: &PersonRow) -> Result<(), StoreError> {
    run!(
        conn, UPDATE_PERSON, p.root_id, p.person_id, &p.card_number, &p.full_name, &p.name_fold, &p.name_key,
        &p.born_on, &p.civil_kind, &p.government_post, &p.mass_post, &p.workplace, p.leader
    )?;
    Ok(())
}

/// Adds a membership.
///
/// # Errors
/// When the database refuses.
pub async fn insert_membership(conn: &mut Conn, m: &MembershipRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_MEMBERSHIP, m.root_id, m.membership_id, m.person_id, m.unit_id, &m.standing, &m.admitted_on,
        &m.official_on, &m.from_on, &m.to_on, &m.end_reason
    )?;
    Ok(())
}

/// Changes standing, days and end of a membership.
///
/// # Errors
/// When the database fails.
pub async fn update_membership(conn: &mut Conn, m: &MembershipRow) -> Result<(), StoreError> {
    run!(
        conn, UPDATE_MEMBERSHIP, m.root_id, m.membership_id, &m.standing, &m.admitted_on, &m.official_on, &m.to_on,
        &m.end_reason
    )?;
    Ok(())
}

/// The units a person is a member of on a day.
///
/// # Errors
/// When the database fails.
pub async fn member_of(conn: &mut Conn, root: Uuid, person: Uuid, day: &str) -> Result<Vec<UnitRow>, StoreError> {
    rows!(conn, UnitRow, MEMBER_OF, root, person, day)
}

/// Members of a cell on a day, in the order of Vietnamese lists.
///
/// # Errors
/// When the database fails.
pub async fn members_of_unit(conn: &mut Conn, root: Uuid, unit: Uuid, day: &str) -> Result<Vec<MemberRow>, StoreError> {
    rows!(conn, MemberRow, MEMBERS_OF_UNIT, root, unit, day)
}

/// How many members a unit and everything below it has on a day.
///
/// # Errors
/// When the database fails.
pub async fn count_below(conn: &mut Conn, root: Uuid, path: &str, day: &str) -> Result<i64, StoreError> {
    let (number,) = one!(conn, (i64,), COUNT_BELOW, root, path, day)?;
    Ok(number)
}

/// Members of a unit and everything below it on a day, in the order of Vietnamese lists.
///
/// # Errors
/// When the database fails.
pub async fn members_below(conn: &mut Conn, root: Uuid, path: &str, day: &str) -> Result<Vec<MemberRow>, StoreError> {
    rows!(conn, MemberRow, MEMBERS_BELOW, root, path, day)
}
