//! Đính kèm bản gốc của văn bản chỉ đạo, before or after it is issued; a newer scan does not overwrite the earlier.

use domain::directive::DirectiveState;
use domain::policy::Act;
use domain::{Actor, DirectiveId, Refusal};

use crate::acts::attachment::{NewFile, attach};
use crate::app::{App, Work, permit};
use crate::direction::{Document, object};
use crate::error::Result;

/// Adds the original.
///
/// # Errors
/// `ATTACH-001` … `-005`, `DIRECT-026` when the document is not in force; [`crate::Error::Denied`] for others than the office of
/// the issuer.
pub async fn add_original(app: &App, actor: &Actor, id: DirectiveId, file: NewFile) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let document = Document::load(&mut work.tx, actor, id).await?;
    permit(actor, Act::DraftDirective, &document.resource())?;
    if !matches!(document.state, DirectiveState::Draft | DirectiveState::Issued) {
        return Err(Refusal::new("DIRECT-026").into());
    }
    attach(&mut work, actor, &object(id), file).await?;
    work.commit().await
}
