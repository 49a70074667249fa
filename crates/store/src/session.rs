//! Sessions: signed-in browsers. Only the hash of what the browser keeps is stored.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::Conn;
use crate::error::Result;

/// One row of `session`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Hexadecimal SHA-256 of the token in the cookie.
    pub session_hash: String,
    /// Who is signed in.
    pub account_id: Uuid,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Last sign of life.
    pub seen_at: DateTime<Utc>,
    /// Ends then in any case.
    pub expires_at: DateTime<Utc>,
}

/// A live session with its account and person, once for each post he holds and each cell he belongs to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LiveSessionRow {
    /// Who is signed in.
    pub account_id: Uuid,
    /// The person of the account.
    pub person_id: Uuid,
    /// Name typed at sign-in.
    pub login: String,
    /// Full name, for the head of the page.
    pub full_name: String,
    /// Last sign of life.
    pub seen_at: DateTime<Utc>,
    /// Post he holds; none for whoever holds none, as are the columns of the post.
    pub post_id: Option<Uuid>,
    /// Word of `domain::org::Title`.
    pub title: Option<String>,
    /// Unit in which he holds it.
    pub post_unit: Option<Uuid>,
    /// Path of that unit.
    pub post_path: Option<String>,
    /// Word of `domain::org::UnitKind` of that unit.
    pub post_kind: Option<String>,
    /// Cell he belongs to; none for whoever belongs to none, as is its path.
    pub cell: Option<Uuid>,
    /// Path of that cell.
    pub cell_path: Option<String>,
}

crate::statements! {
    INSERT_SESSION = "INSERT INTO session (root_id, session_hash, account_id, created_at, seen_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    // Who he is and what he holds in one way there and back: every request begins with it.
    LIVE_SESSION = "SELECT s.account_id, a.person_id, a.login, p.full_name, s.seen_at, h.post_id, h.title, h.unit_id AS post_unit, w.path AS post_path, w.kind AS post_kind, m.unit_id AS cell, c.path AS cell_path \
        FROM session s JOIN account a ON a.root_id = s.root_id AND a.account_id = s.account_id \
        JOIN person p ON p.root_id = a.root_id AND p.person_id = a.person_id \
        LEFT JOIN post h ON h.root_id = a.root_id AND h.person_id = a.person_id AND h.from_on <= $5 AND (h.to_on IS NULL OR h.to_on >= $5) \
        LEFT JOIN unit w ON w.root_id = h.root_id AND w.unit_id = h.unit_id \
        LEFT JOIN membership m ON m.root_id = a.root_id AND m.person_id = a.person_id AND m.from_on <= $5 AND (m.to_on IS NULL OR m.to_on >= $5) \
        LEFT JOIN unit c ON c.root_id = m.root_id AND c.unit_id = m.unit_id \
        WHERE s.root_id = $1 AND s.session_hash = $2 AND s.expires_at > $3 AND s.seen_at > $4 AND a.state = 'open' ORDER BY w.path, h.title, h.post_id";
    SEE_SESSION = "UPDATE session SET seen_at = $3 WHERE root_id = $1 AND session_hash = $2";
    END_SESSION = "DELETE FROM session WHERE root_id = $1 AND session_hash = $2";
    END_ALL_SESSIONS = "DELETE FROM session WHERE root_id = $1 AND account_id = $2";
    END_DEAD_SESSIONS = "DELETE FROM session WHERE root_id = $1 AND (expires_at <= $2 OR seen_at <= $3)";
}

/// Begins a session.
///
/// # Errors
/// When the account is missing.
pub async fn insert_session(conn: &mut Conn, s: &SessionRow) -> Result<()> {
    crate::run!(conn, INSERT_SESSION, s.root_id, &s.session_hash, s.account_id, s.created_at, s.seen_at, s.expires_at)?;
    Ok(())
}

/// The session of a token with what its person holds on a day; nothing when it ended, was idle since `idle_since`, or its
/// account is closed.
///
/// # Errors
/// When the database fails.
pub async fn live_session(
    conn: &mut Conn,
    root: Uuid,
    hash: &str,
    (now, idle_since): (DateTime<Utc>, DateTime<Utc>),
    day: domain::Day,
) -> Result<Vec<LiveSessionRow>> {
    crate::rows!(conn, LiveSessionRow, LIVE_SESSION, root, hash, now, idle_since, day)
}

/// Notes a sign of life. Once a minute is enough: each is a write.
///
/// # Errors
/// When the database fails.
pub async fn see(conn: &mut Conn, root: Uuid, hash: &str, now: DateTime<Utc>) -> Result<()> {
    crate::run!(conn, SEE_SESSION, root, hash, now)?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// When the database fails.
pub async fn end(conn: &mut Conn, root: Uuid, hash: &str) -> Result<()> {
    crate::run!(conn, END_SESSION, root, hash)?;
    Ok(())
}

/// Ends every session of an account.
///
/// # Errors
/// When the database fails.
pub async fn end_all(conn: &mut Conn, root: Uuid, account: Uuid) -> Result<u64> {
    crate::run!(conn, END_ALL_SESSIONS, root, account)
}

/// Removes sessions that ended or were idle since `idle_since`.
///
/// # Errors
/// When the database fails.
pub async fn end_dead(conn: &mut Conn, root: Uuid, now: DateTime<Utc>, idle_since: DateTime<Utc>) -> Result<u64> {
    crate::run!(conn, END_DEAD_SESSIONS, root, now, idle_since)
}
