//! Ghi tiến độ, kiểm tra, đôn đốc: dated notes on an item with the evidence that goes with them.

use domain::policy::Act;
use domain::remediation::{ItemAct, NoteKind, after, check_seen};
use domain::{Actor, ItemId, NoteId, Refusal};
use store::outcome::remedy::NoteRow;

use super::Followed;
use crate::acts::attachment::{NewFile, attach};
use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::Result;

/// A note as typed.
#[derive(Debug, Clone, Default)]
pub struct NoteItem {
    /// Word of [`NoteKind`].
    pub kind: String,
    /// Day of what it tells; today when it is left open.
    pub held_on: String,
    /// What was done or seen.
    pub content: String,
    /// What proves it.
    pub file: Option<NewFile>,
}

/// Adds a note: progress by the owner or whoever leads the unit, checks and visits by the monitor or the inspector.
///
/// # Errors
/// `REMEDY-005` closed, `-012` a day to come or before the start, `-016` empty; `FORM-003`, `FORM-004`; those of files.
pub async fn note_remediation(app: &App, actor: &Actor, item: ItemId, order: NoteItem) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let followed = Followed::load(&mut work.tx, actor, item).await?;
    let kind =
        NoteKind::from_word(&order.kind).ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at("kind"));
    let act = match kind {
        Ok(NoteKind::Check | NoteKind::Visit) => Act::CheckRemediation,
        _ => Act::ReportProgress,
    };
    permit(actor, act, &followed.resource)?;
    let kind = kind?;
    after(followed.state()?, ItemAct::Note)?;
    let content = typed_text(&order.content, "content", 4000)?;
    if content.is_empty() {
        return Err(Refusal::new("REMEDY-016").at("content").into());
    }
    let today = work.today();
    let held_on = if order.held_on.trim().is_empty() { today } else { typed_day(&order.held_on, "held_on")? };
    check_seen(held_on, followed.starts_on()?, today).map_err(|refusal| refusal.at("held_on"))?;
    let row = NoteRow {
        root_id: work.root(),
        note_id: work.id::<NoteId>().0,
        item_id: item.0,
        kind: kind.word().to_owned(),
        held_on: held_on.to_string(),
        content,
        noted_by: actor.person.0,
        noted_at: work.at,
    };
    store::outcome::remedy::insert_note(&mut work.tx, &row).await?;
    work.note("remediation.noted", followed.object(), None, Some(&row))?;
    if let Some(file) = order.file {
        attach(&mut work, actor, &followed.object(), file).await?;
    }
    work.commit().await
}
