//! Thu hồi, thay thế văn bản chỉ đạo; bỏ dự thảo. What was acknowledged and done under it stays on record.

use domain::directive::{self, DirectiveAct, DirectiveState};
use domain::policy::Act;
use domain::{Actor, DirectiveId, Refusal};
use store::directive::DirectiveRow;

use crate::acts::typed_text;
use crate::app::{App, Grounds, Work, permit};
use crate::direction::{Document, object};
use crate::error::Result;

/// The end as typed.
#[derive(Debug, Clone, Default)]
pub struct EndDirective {
    /// Why.
    pub reason: String,
    /// Document of the same body that stands in its place, if one does.
    pub replaced_by: Option<DirectiveId>,
}

/// Withdraws a directive, or replaces it.
///
/// # Errors
/// `DIRECT-001`, `-014` no reason, `-017` it is not replaced by that, `FORM-002`; [`crate::Error::Denied`] for others than who
/// leads the issuer (of a draft: its office).
pub async fn end_directive(app: &App, actor: &Actor, id: DirectiveId, order: &EndDirective) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let document = Document::load(&mut work.tx, actor, id).await?;
    let draft = document.state == DirectiveState::Draft;
    permit(actor, if draft { Act::DraftDirective } else { Act::IssueDirective }, &document.resource())?;
    let act = if order.replaced_by.is_some() { DirectiveAct::Replace } else { DirectiveAct::Withdraw };
    let state = directive::after(document.state, act)?;
    let reason = typed_text(&order.reason, "reason", 1000)?;
    if reason.is_empty() {
        return Err(Refusal::new("DIRECT-014").at("reason").into());
    }
    if let Some(newer) = order.replaced_by {
        let newer = Document::load(&mut work.tx, actor, newer).await?;
        let fits = newer.row.unit_id == document.row.unit_id && newer.id() != id;
        if !fits || newer.state != DirectiveState::Issued {
            return Err(Refusal::new("DIRECT-017").at("replaced_by").into());
        }
    }
    let row = DirectiveRow {
        state: state.word().to_owned(),
        ended_by: Some(actor.person.0),
        ended_at: Some(work.at),
        end_reason: reason.clone(),
        replaced_by: order.replaced_by.map(|id| id.0),
        ..document.row.clone()
    };
    store::directive::update(&mut work.tx, &row).await?;
    let event = if act == DirectiveAct::Replace { "directive.replaced" } else { "directive.withdrawn" };
    work.note_citing(event, object(id), Some(&document.row), Some(&row), Grounds::because(&reason))?;
    work.commit().await
}
