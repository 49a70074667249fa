//! Papers: what was printed or typeset, kept under its SHA-256.

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::Conn;
use crate::error::{Result, StoreError};

/// What is known of a paper without its content.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PaperRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Paper.
    pub paper_id: Uuid,
    /// Form with version, such as `notice/1`.
    pub form: String,
    /// On what: kind and identifier, such as `review/0190…`.
    pub object: String,
    /// `pdf`, `docx`, `xlsx` or `zip`.
    pub format: String,
    /// Name under which it is handed out.
    pub file_name: String,
    /// Hexadecimal SHA-256 of the content.
    pub sha256: String,
    /// Who had it made.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// A paper with its content.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PaperFile {
    /// What is known of it.
    #[sqlx(flatten)]
    pub row: PaperRow,
    /// Content.
    pub bytes: Vec<u8>,
}

crate::statements! {
    INSERT_PAPER = "INSERT INTO paper (root_id, paper_id, form, object, format, file_name, sha256, bytes, made_by, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    PAPER_FILE = "SELECT root_id, paper_id, form, object, format, file_name, sha256, bytes, made_by, made_at FROM paper \
        WHERE root_id = $1 AND paper_id = $2";
    PAPERS_OF = "SELECT root_id, paper_id, form, object, format, file_name, sha256, made_by, made_at FROM paper \
        WHERE root_id = $1 AND object = $2 ORDER BY made_at DESC, paper_id DESC";
}

/// Hexadecimal SHA-256 of a content.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Keeps a paper.
///
/// # Errors
/// When its SHA-256 is not that of the content, or the database fails.
pub async fn insert_paper(conn: &mut Conn, p: &PaperRow, bytes: &[u8]) -> Result<()> {
    if p.sha256 != sha256(bytes) {
        return Err(StoreError::Absent("content of this SHA-256"));
    }
    crate::run!(
        conn, INSERT_PAPER, p.root_id, p.paper_id, &p.form, &p.object, &p.format, &p.file_name, &p.sha256, bytes,
        p.made_by, p.made_at
    )?;
    Ok(())
}

/// A paper with its content.
///
/// # Errors
/// When the database fails, or the content is no longer what its SHA-256 says.
pub async fn paper_file(conn: &mut Conn, root: Uuid, paper: Uuid) -> Result<Option<PaperFile>> {
    let file = crate::maybe_row!(conn, PaperFile, PAPER_FILE, root, paper)?;
    match file {
        Some(file) if file.row.sha256 != sha256(&file.bytes) => Err(StoreError::Absent("content of this SHA-256")),
        file => Ok(file),
    }
}

/// Papers of one object, newest first.
///
/// # Errors
/// When the database fails.
pub async fn papers_of(conn: &mut Conn, root: Uuid, object: &str) -> Result<Vec<PaperRow>> {
    crate::rows!(conn, PaperRow, PAPERS_OF, root, object)
}
