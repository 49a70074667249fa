//! Whole rosters in: units, people, memberships and posts by the thousand. `save_…` overwrites rows whose identifier is
//! there, so an import hands in what is new and what changed in one go.

use crate::bulk::{columns, save_all};
use crate::db::{Conn, StoreError};
use crate::org::{MembershipRow, PersonRow, PostRow, UnitRow};

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
    rest (person_id, unit_id, standing, admitted_on, official_on, from_on, to_on)
}
columns! { PostRow in post, key (post_id), rest (person_id, unit_id, title, from_on, to_on) }

/// Adds or changes units; superiors stand before what is below them.
///
/// # Errors
/// When the database refuses: code taken, superior missing.
pub async fn save_units(conn: &mut Conn, rows: &[UnitRow]) -> Result<u64, StoreError> {
    save_all(conn, rows).await
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
