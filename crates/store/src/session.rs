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

/// A live session with its account and person.
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
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Last sign of life.
    pub seen_at: DateTime<Utc>,
}

crate::statements! {
    INSERT_SESSION = "INSERT INTO session (root_id, session_hash, account_id, created_at, seen_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    LIVE_SESSION = "SELECT s.account_id, a.person_id, a.login, p.full_name, s.created_at, s.seen_at FROM session s \
        JOIN account a ON a.root_id = s.root_id AND a.account_id = s.account_id \
        JOIN person p ON p.root_id = a.root_id AND p.person_id = a.person_id \
        WHERE s.root_id = $1 AND s.session_hash = $2 AND s.expires_at > $3 AND s.seen_at > $4 AND a.state = 'open'";
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

/// The session of a token, unless it ended, was idle since `idle_since`, or its account is closed.
///
/// # Errors
/// When the database fails.
pub async fn live_session(
    conn: &mut Conn,
    root: Uuid,
    hash: &str,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<Option<LiveSessionRow>> {
    crate::maybe_row!(conn, LiveSessionRow, LIVE_SESSION, root, hash, now, idle_since)
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
