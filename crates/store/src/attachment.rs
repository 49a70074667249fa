//! Files that stand beside a record. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `attachment` without its content.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AttachmentRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// File.
    pub attachment_id: Uuid,
    /// What it stands beside, as the journal names objects.
    pub object: String,
    /// Name it came with; shown, never a path.
    pub name: String,
    /// Word of the kind.
    pub kind: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Earlier version that it replaces.
    pub replaces: Option<Uuid>,
    /// Who added it.
    pub added_by: Uuid,
    /// When.
    pub added_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Content {
    content: Vec<u8>,
}

statements! {
    INSERT_ATTACHMENT = "INSERT INTO attachment (root_id, attachment_id, object, name, kind, size, sha256, replaces, added_by, added_at, content) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ATTACHMENT = "SELECT root_id, attachment_id, object, name, kind, size, sha256, replaces, added_by, added_at FROM attachment \
        WHERE root_id = $1 AND attachment_id = $2";
    ATTACHMENTS = "SELECT root_id, attachment_id, object, name, kind, size, sha256, replaces, added_by, added_at FROM attachment \
        WHERE root_id = $1 AND object = $2 ORDER BY added_at, attachment_id";
    CONTENT = "SELECT content FROM attachment WHERE root_id = $1 AND attachment_id = $2";
}

/// Keeps a file.
pub async fn insert(conn: &mut Conn, r: &AttachmentRow, content: Vec<u8>) -> Result<(), StoreError> {
    run!(
        conn, INSERT_ATTACHMENT, r.root_id, r.attachment_id, &r.object, &r.name, &r.kind, r.size, &r.sha256,
        r.replaces, r.added_by, r.added_at, content
    )?;
    Ok(())
}

/// One file without its content.
pub async fn attachment(conn: &mut Conn, root: Uuid, id: Uuid) -> Result<Option<AttachmentRow>, StoreError> {
    maybe_row!(conn, AttachmentRow, ATTACHMENT, root, id)
}

/// Every version of every file beside `object`, oldest first.
pub async fn of_object(conn: &mut Conn, root: Uuid, object: &str) -> Result<Vec<AttachmentRow>, StoreError> {
    rows!(conn, AttachmentRow, ATTACHMENTS, root, object)
}

/// The bytes of a file.
pub async fn content(conn: &mut Conn, root: Uuid, id: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(maybe_row!(conn, Content, CONTENT, root, id)?.map(|row| row.content))
}
