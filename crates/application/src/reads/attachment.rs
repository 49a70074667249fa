//! Tệp đính kèm beside a record; whoever may read the record may read them.

use chrono::{DateTime, Utc};
use domain::AttachmentId;
use domain::attachment::FileKind;
use serde::Serialize;
use store::Conn;
use uuid::Uuid;

use crate::error::{Error, Result, known};

/// Một tệp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileView {
    /// File.
    pub id: AttachmentId,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: FileKind,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Who added it.
    pub added_by: String,
    /// When.
    pub added_at: DateTime<Utc>,
    /// Whether a newer version replaced it.
    pub replaced: bool,
}

/// A file to hand out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileContent {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: FileKind,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Every version beside `object`, oldest first.
pub(super) async fn files(conn: &mut Conn, root: Uuid, object: &str) -> Result<Vec<FileView>> {
    let rows = store::attachment::of_object(conn, root, object).await?;
    let mut views = Vec::with_capacity(rows.len());
    for row in &rows {
        let by = store::org::person(conn, root, row.added_by).await?;
        views.push(FileView {
            id: AttachmentId(row.attachment_id),
            name: row.name.clone(),
            kind: known(FileKind::from_word(&row.kind), "file kind")?,
            size: row.size,
            sha256: row.sha256.clone(),
            added_by: by.map(|person| person.full_name).unwrap_or_default(),
            added_at: row.added_at,
            replaced: rows.iter().any(|newer| newer.replaces == Some(row.attachment_id)),
        });
    }
    Ok(views)
}

/// The bytes of a file that stands beside `object`; one that stands elsewhere is not there.
pub(super) async fn content(conn: &mut Conn, root: Uuid, object: &str, id: AttachmentId) -> Result<FileContent> {
    let row = store::attachment::attachment(conn, root, id.0).await?;
    let row = row.filter(|row| row.object == object).ok_or(Error::Denied)?;
    let bytes = store::attachment::content(conn, root, id.0).await?.ok_or(Error::Denied)?;
    Ok(FileContent { name: row.name, kind: known(FileKind::from_word(&row.kind), "file kind")?, bytes })
}
