//! Đính kèm tệp: a file beside a record, within the act that has the right to add it.

use data_encoding::HEXLOWER;
use domain::attachment::check_file;
use domain::{Actor, AttachmentId, Refusal};
use sha2::{Digest, Sha256};
use store::attachment::AttachmentRow;

use crate::app::Work;
use crate::error::Result;

/// A file as it came.
#[derive(Debug, Clone, Default)]
pub struct NewFile {
    /// Name at the sender's.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// The version it replaces, if it is a newer one.
    pub replaces: Option<AttachmentId>,
}

/// Puts `file` beside `object` (`directive/<id>`) and into the journal by its hash; the caller has asked whether the actor may.
///
/// # Errors
/// `ATTACH-001` … `-004` at `file`; `-005` when what it replaces is not there or was replaced already.
pub(crate) async fn attach(work: &mut Work<'_>, actor: &Actor, object: &str, file: NewFile) -> Result<AttachmentId> {
    let found = infer::get(&file.bytes).map(|kind| kind.extension());
    let kind = check_file(&file.name, file.bytes.len(), found).map_err(|refusal| refusal.at("file"))?;
    let root = work.root();
    if let Some(earlier) = file.replaces {
        let all = store::attachment::of_object(&mut work.tx, root, object).await?;
        let last = all.iter().any(|row| row.attachment_id == earlier.0);
        if !last || all.iter().any(|row| row.replaces == Some(earlier.0)) {
            return Err(Refusal::new("ATTACH-005").at("file").into());
        }
    }
    let row = AttachmentRow {
        root_id: root,
        attachment_id: work.id::<AttachmentId>().0,
        object: object.to_owned(),
        name: domain::text::tidy(&file.name),
        kind: kind.word().to_owned(),
        size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        sha256: HEXLOWER.encode(&Sha256::digest(&file.bytes)),
        replaces: file.replaces.map(|id| id.0),
        added_by: actor.person.0,
        added_at: work.at,
    };
    store::attachment::insert(&mut work.tx, &row, file.bytes).await?;
    work.note("attachment.added", object.to_owned(), None, Some(&row))?;
    Ok(AttachmentId(row.attachment_id))
}
