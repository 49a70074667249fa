//! What can go wrong between the application and the database.

use sqlx::error::DatabaseError;

/// Lỗi của kho dữ liệu.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database or its driver.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The address names no engine we know.
    #[error("unusable database address: {0}")]
    Address(String),
    /// The engine runs with a setting under which acknowledged work could be lost.
    #[error("unsafe database setting: {0}")]
    Unsafe(String),
    /// A row that must be there is not.
    #[error("no row for {0}")]
    Absent(&'static str),
    /// The row changed since it was read, or is gone: nothing was written.
    #[error("row changed meanwhile: {0}")]
    Stale(&'static str),
    /// A statement was about to leave the hierarchy its transaction was begun for.
    #[error("statement {0} does not name the hierarchy of its transaction first")]
    OutsideRoot(&'static str),
    /// A file that is written or read.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// A state or body that has no canonical form: a number with a fraction, or too large.
    #[error("no canonical form: {0}")]
    NotCanonical(String),
    /// The journal is not what it should be; [`crate::journal::verify`] names the entry.
    #[error("journal: {0}")]
    Journal(String),
}

/// Result of the store.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// SQLSTATE serialization_failure, deadlock_detected, lock_not_available; SQLite's BUSY, BUSY_RECOVERY, BUSY_SNAPSHOT,
/// LOCKED.
const RETRYABLE: [&str; 7] = ["40001", "40P01", "55P03", "5", "261", "517", "6"];

impl StoreError {
    /// Whether the same transaction, begun anew from its first statement, may succeed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.code().is_some_and(|code| RETRYABLE.contains(&code.as_str()))
    }

    /// Whether a unique key is taken already.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.database().is_some_and(DatabaseError::is_unique_violation)
    }

    /// Whether a row that is referred to does not exist, or one that is referred to was about to go.
    #[must_use]
    pub fn is_dangling(&self) -> bool {
        self.database().is_some_and(DatabaseError::is_foreign_key_violation)
    }

    fn code(&self) -> Option<String> {
        self.database()?.code().map(std::borrow::Cow::into_owned)
    }

    fn database(&self) -> Option<&(dyn DatabaseError + 'static)> {
        match self {
            Self::Database(error) => error.as_database_error(),
            Self::Migration(sqlx::migrate::MigrateError::Execute(error)) => error.as_database_error(),
            _ => None,
        }
    }
}
