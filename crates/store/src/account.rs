//! Accounts: who may sign in, with what secret, and the lock after wrong ones.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::Conn;
use crate::error::Result;

/// One row of `account`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AccountRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Account.
    pub account_id: Uuid,
    /// Whose account.
    pub person_id: Uuid,
    /// Name typed at sign-in, unique in the hierarchy.
    pub login: String,
    /// Hash of the passphrase with its parameters; never part of a recorded state.
    #[serde(skip_serializing)]
    pub secret_hash: String,
    /// `open`, or why it is not.
    pub state: String,
    /// Wrong secrets since the last right one.
    pub failures: i64,
    /// No sign-in before this moment.
    pub locked_until: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

crate::statements! {
    INSERT_ACCOUNT = "INSERT INTO account \
        (root_id, account_id, person_id, login, secret_hash, state, failures, locked_until, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ACCOUNT_BY_ID = "SELECT * FROM account WHERE root_id = $1 AND account_id = $2";
    ACCOUNT_BY_LOGIN = "SELECT * FROM account WHERE root_id = $1 AND login = $2";
    ACCOUNT_BY_PERSON = "SELECT * FROM account WHERE root_id = $1 AND person_id = $2";
    ACCOUNTS = "SELECT * FROM account WHERE root_id = $1 ORDER BY login";
    NOTE_FAILURE = "UPDATE account SET failures = failures + 1, locked_until = $3 WHERE root_id = $1 AND account_id = $2";
    CLEAR_FAILURES = "UPDATE account SET failures = 0, locked_until = NULL WHERE root_id = $1 AND account_id = $2";
    SET_SECRET = "UPDATE account SET secret_hash = $3, failures = 0, locked_until = NULL \
        WHERE root_id = $1 AND account_id = $2";
    SET_STATE = "UPDATE account SET state = $3 WHERE root_id = $1 AND account_id = $2";
}

/// Adds an account.
///
/// # Errors
/// When the login or the person has one already, or the person is missing.
pub async fn insert_account(conn: &mut Conn, a: &AccountRow) -> Result<()> {
    crate::run!(
        conn, INSERT_ACCOUNT, a.root_id, a.account_id, a.person_id, &a.login, &a.secret_hash, &a.state, a.failures,
        a.locked_until, a.created_at
    )?;
    Ok(())
}

/// One account.
///
/// # Errors
/// When the database fails.
pub async fn account(conn: &mut Conn, root: Uuid, account: Uuid) -> Result<Option<AccountRow>> {
    crate::maybe_row!(conn, AccountRow, ACCOUNT_BY_ID, root, account)
}

/// The account of a login.
///
/// # Errors
/// When the database fails.
pub async fn account_by_login(conn: &mut Conn, root: Uuid, login: &str) -> Result<Option<AccountRow>> {
    crate::maybe_row!(conn, AccountRow, ACCOUNT_BY_LOGIN, root, login)
}

/// The account of a person.
///
/// # Errors
/// When the database fails.
pub async fn account_by_person(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Option<AccountRow>> {
    crate::maybe_row!(conn, AccountRow, ACCOUNT_BY_PERSON, root, person)
}

/// All accounts, by login.
///
/// # Errors
/// When the database fails.
pub async fn accounts(conn: &mut Conn, root: Uuid) -> Result<Vec<AccountRow>> {
    crate::rows!(conn, AccountRow, ACCOUNTS, root)
}

/// Counts a wrong secret and locks until the given moment, if any.
///
/// # Errors
/// When there is no such account.
pub async fn note_failure(
    conn: &mut Conn,
    root: Uuid,
    account: Uuid,
    locked_until: Option<DateTime<Utc>>,
) -> Result<()> {
    crate::change!(conn, NOTE_FAILURE, root, account, locked_until)
}

/// Forgets wrong secrets after a right one.
///
/// # Errors
/// When there is no such account.
pub async fn clear_failures(conn: &mut Conn, root: Uuid, account: Uuid) -> Result<()> {
    crate::change!(conn, CLEAR_FAILURES, root, account)
}

/// Sets a new secret and unlocks. The caller ends the sessions ([`crate::session::end_all`]).
///
/// # Errors
/// When there is no such account.
pub async fn set_secret(conn: &mut Conn, root: Uuid, account: Uuid, secret_hash: &str) -> Result<()> {
    crate::change!(conn, SET_SECRET, root, account, secret_hash)
}

/// Opens or closes an account.
///
/// # Errors
/// When there is no such account.
pub async fn set_state(conn: &mut Conn, root: Uuid, account: Uuid, state: &str) -> Result<()> {
    crate::change!(conn, SET_STATE, root, account, state)
}
