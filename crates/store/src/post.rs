//! Chức vụ: posts held, now and in the past.

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{rows, run, statements};

/// One row of `post`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PostRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Post.
    pub post_id: Uuid,
    /// Person.
    pub person_id: Uuid,
    /// Unit.
    pub unit_id: Uuid,
    /// Word of `domain::org::Title`.
    pub title: String,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub to_on: Option<String>,
}

/// A post with the unit it is held in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldPostRow {
    /// Post.
    pub post_id: Uuid,
    /// Word of `domain::org::Title`.
    pub title: String,
    /// Unit.
    pub unit_id: Uuid,
    /// Path of the unit.
    pub path: String,
    /// Word of `domain::org::UnitKind`.
    pub kind: String,
    /// Name of the unit.
    pub unit_name: String,
}

statements! {
    POSTS = "SELECT * FROM post WHERE root_id = $1";
    INSERT_POST = "INSERT INTO post (root_id, post_id, person_id, unit_id, title, from_on, to_on) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    POSTS_HELD = "SELECT p.post_id, p.title, p.unit_id, u.path, u.kind, u.name AS unit_name FROM post p JOIN unit u ON u.root_id = p.root_id AND u.unit_id = p.unit_id \
        WHERE p.root_id = $1 AND p.person_id = $2 AND p.from_on <= $3 AND (p.to_on IS NULL OR p.to_on >= $3) ORDER BY u.path, p.title";
    HOLDERS = "SELECT * FROM post WHERE root_id = $1 AND unit_id = $2 AND from_on <= $3 AND (to_on IS NULL OR to_on >= $3) ORDER BY title, person_id";
    HOLDERS_OF_TITLE = "SELECT * FROM post WHERE root_id = $1 AND title = $2 AND from_on <= $3 AND (to_on IS NULL OR to_on >= $3) ORDER BY unit_id, person_id";
}

/// All posts, past ones included.
///
/// # Errors
/// When the database fails.
pub async fn posts(conn: &mut Conn, root: Uuid) -> Result<Vec<PostRow>, StoreError> {
    rows!(conn, PostRow, POSTS, root)
}

/// Adds a post.
///
/// # Errors
/// When the database refuses.
pub async fn insert_post(conn: &mut Conn, p: &PostRow) -> Result<(), StoreError> {
    run!(conn, INSERT_POST, p.root_id, p.post_id, p.person_id, p.unit_id, &p.title, &p.from_on, &p.to_on)?;
    Ok(())
}

/// Posts a person holds on a day, highest unit first.
///
/// # Errors
/// When the database fails.
pub async fn posts_held(conn: &mut Conn, root: Uuid, person: Uuid, day: &str) -> Result<Vec<HeldPostRow>, StoreError> {
    rows!(conn, HeldPostRow, POSTS_HELD, root, person, day)
}

/// Who holds posts in a unit on a day.
///
/// # Errors
/// When the database fails.
pub async fn holders(conn: &mut Conn, root: Uuid, unit: Uuid, day: &str) -> Result<Vec<PostRow>, StoreError> {
    rows!(conn, PostRow, HOLDERS, root, unit, day)
}

/// Who holds posts of one title on a day, in any unit.
///
/// # Errors
/// When the database fails.
pub async fn holders_of_title(conn: &mut Conn, root: Uuid, title: &str, day: &str) -> Result<Vec<PostRow>, StoreError> {
    rows!(conn, PostRow, HOLDERS_OF_TITLE, root, title, day)
}
