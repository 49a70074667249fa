//! Memberships and posts from a day on and of one person, past ones included; units by their code.

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::org::{MembershipRow, PostRow, UnitRow};
use crate::sql::{maybe_row, rows, run, statements};

statements! {
    UPDATE_POST = "UPDATE post SET to_on = $3 WHERE root_id = $1 AND post_id = $2";
    MEMBERSHIPS_FROM = "SELECT * FROM membership WHERE root_id = $1 AND unit_id = $2 AND (to_on IS NULL OR to_on >= $3) ORDER BY membership_id";
    MEMBERSHIPS_OF = "SELECT m.* FROM membership m WHERE m.root_id = $1 AND m.person_id = $2 ORDER BY m.from_on, m.membership_id";
    POSTS_FROM = "SELECT * FROM post WHERE root_id = $1 AND unit_id = $2 AND (to_on IS NULL OR to_on >= $3) ORDER BY post_id";
    POSTS_OF = "SELECT p.* FROM post p WHERE p.root_id = $1 AND p.person_id = $2 ORDER BY p.from_on, p.post_id";
    UNIT_BY_CODE = "SELECT * FROM unit WHERE root_id = $1 AND code = $2";
    SUPERIOR_RENAMED = "UPDATE unit SET superior_name = $4 WHERE root_id = $1 AND parent_id = $2 AND superior_name = $3";
}

/// Memberships in a cell that hold on a day or later.
///
/// # Errors
/// When the database fails.
pub async fn memberships_from(
    conn: &mut Conn,
    root: Uuid,
    unit: Uuid,
    day: domain::Day,
) -> Result<Vec<MembershipRow>, StoreError> {
    rows!(conn, MembershipRow, MEMBERSHIPS_FROM, root, unit, day)
}

/// Every membership of a person, past ones included, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn memberships_of(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<MembershipRow>, StoreError> {
    rows!(conn, MembershipRow, MEMBERSHIPS_OF, root, person)
}

/// Posts in a unit that are held on a day or later.
///
/// # Errors
/// When the database fails.
pub async fn posts_from(conn: &mut Conn, root: Uuid, unit: Uuid, day: domain::Day) -> Result<Vec<PostRow>, StoreError> {
    rows!(conn, PostRow, POSTS_FROM, root, unit, day)
}

/// Every post of a person, past ones included, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn posts_of(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<PostRow>, StoreError> {
    rows!(conn, PostRow, POSTS_OF, root, person)
}

/// The unit of a code.
///
/// # Errors
/// When the database fails.
pub async fn unit_of_code(conn: &mut Conn, root: Uuid, code: &str) -> Result<Option<UnitRow>, StoreError> {
    maybe_row!(conn, UnitRow, UNIT_BY_CODE, root, code)
}

/// Units directly below that print the old name of their superior print the new one.
///
/// # Errors
/// When the database fails.
pub async fn superior_renamed(
    conn: &mut Conn,
    root: Uuid,
    superior: Uuid,
    old: &str,
    new: &str,
) -> Result<(), StoreError> {
    run!(conn, SUPERIOR_RENAMED, root, superior, old, new)?;
    Ok(())
}

/// Sets the last day of a post.
///
/// # Errors
/// When the database fails.
pub async fn update_post(conn: &mut Conn, p: &PostRow) -> Result<(), StoreError> {
    run!(conn, UPDATE_POST, p.root_id, p.post_id, &p.to_on)?;
    Ok(())
}
