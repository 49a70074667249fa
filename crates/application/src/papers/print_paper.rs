//! In một bản giấy: read, press, keep under its SHA-256, write down that it was printed.

use std::sync::Arc;

use domain::{Actor, PaperId, Refusal};
use serde::Serialize;
use serde_json::Value;
use store::paper::{PaperRow, insert_paper, papers_of, sha256};

use super::file_name::stem;
use super::sheet::{Sheet, What, read};
use crate::app::{App, Work};
use crate::error::{Error, Result};
use crate::ports::Format;

/// Bản giấy đã kết xuất.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Name under which it is handed out, Vietnamese without marks.
    pub file_name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// What the journal says of a printed paper.
#[derive(Debug, Serialize)]
struct Kept<'a> {
    form: &'a str,
    format: &'a str,
    sha256: &'a str,
}

/// Prints a paper. The same content again is handed out without being stored or written down a second time.
///
/// # Errors
/// `PAPER-001` … `-007` when what it shows does not exist yet, `PAPER-008` when it has no such format; [`Error::Denied`].
pub async fn print_paper(app: &App, actor: &Actor, what: What, format: Format) -> Result<Printed> {
    if !what.formats().contains(&format) {
        return Err(Refusal::new("PAPER-008").into());
    }
    store::journal::integrate(&app.db, actor.root).await?;
    let sheet = {
        let mut reader = app.read(actor.root).await?;
        read(app, actor, &mut reader, what).await?
    };
    let file_name = format!("{}.{}", stem(&[&sheet.title, &sheet.subject]), format.ending());
    let bytes = pressed(app, &sheet.form, format, sheet.data.clone()).await?;
    if !matches!(what, What::Draft(_) | What::BlankSlip(_)) {
        keep(app, actor, &sheet, format, &file_name, &bytes).await?;
    }
    Ok(Printed { file_name, bytes })
}

/// Presses away from the threads that answer pages.
pub(super) async fn pressed(app: &App, form: &str, format: Format, data: Value) -> Result<Vec<u8>> {
    let (press, name) = (Arc::clone(&app.press), form.to_owned());
    let made = tokio::task::spawn_blocking(move || press.press(&name, format, &data)).await;
    made.map_err(|fault| Error::Fault(fault.to_string()))?.map_err(|fault| Error::Fault(format!("{form}: {fault}")))
}

async fn keep(app: &App, actor: &Actor, sheet: &Sheet, format: Format, file_name: &str, bytes: &[u8]) -> Result<()> {
    let sum = sha256(bytes);
    let kept = |papers: &[PaperRow]| papers.iter().any(|paper| paper.sha256 == sum && paper.form == sheet.form);
    let object = sheet.object.clone();
    let mut reader = app.read(actor.root).await?;
    let before = papers_of(&mut reader, actor.root.0, &object).await?;
    drop(reader);
    if kept(&before) {
        return Ok(());
    }
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    if kept(&papers_of(&mut work.tx, root, &object).await?) {
        return Ok(());
    }
    let row = PaperRow {
        root_id: root,
        paper_id: work.id::<PaperId>().0,
        form: sheet.form.clone(),
        object,
        format: format.ending().to_owned(),
        file_name: file_name.to_owned(),
        sha256: sum.clone(),
        made_by: actor.person.0,
        made_at: work.at,
    };
    insert_paper(&mut work.tx, &row, bytes).await?;
    let said = Kept { form: &row.form, format: &row.format, sha256: &sum };
    work.note("paper.printed", format!("paper/{}", row.paper_id), None, Some(&said))?;
    work.commit().await
}
