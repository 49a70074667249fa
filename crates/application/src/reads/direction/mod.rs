//! Văn bản chỉ đạo: lists, one document, who studied it and who did what it says, what came of it.

mod asked;
mod following;
mod form;
mod page;
mod view;

use domain::directive::DirectiveState;
use domain::org::UnitKind;
use domain::policy::{Act, Resource, allows};
use domain::{Actor, Day, DirectiveId, UnitId};
use serde::Serialize;

use crate::app::App;
use crate::direction::{Document, Own, own_units};
use crate::error::{Result, known};

pub use asked::{AskedView, Outcome, askable, asked};
pub use following::{Body, Done, Following, Line, Matter, Recipients, chase, recipients};
pub(crate) use following::{following, met_by};
pub use form::{DirectiveForm, form_of, new_form};
pub use page::{DirectivePage, GuidanceLine, MineDuty, MineStudy, directive, original};
pub use view::{BasisView, ClauseView, DirectiveLine, DutyView};
pub(crate) use view::{duty, line};

/// Các văn bản chỉ đạo của một người.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectiveList {
    /// What his bodies received, with those that have not acknowledged it.
    pub received: Vec<(DirectiveLine, Vec<String>)>,
    /// What is or was issued by his bodies and those below them.
    pub issued: Vec<DirectiveLine>,
    /// Drafts of his bodies.
    pub drafts: Vec<DirectiveLine>,
    /// Bodies for which he may draft one.
    pub may_draft: Vec<(UnitId, String)>,
}

/// The directives that concern the actor, the newest first; `unit` narrows what was received or issued to one unit.
///
/// # Errors
/// [`crate::Error::Fault`].
pub async fn directives(app: &App, actor: &Actor, unit: Option<UnitId>) -> Result<DirectiveList> {
    let mut conn = app.read(actor.root).await?;
    let mut own = own_units(&mut conn, actor).await?;
    let drafting = |one: &&Own| allows(actor, Act::DraftDirective, &Resource::of_unit(&one.path));
    let may_draft = own.iter().filter(drafting).map(|one| (one.id, one.name.clone())).collect();
    if let Some(unit) = unit {
        own = narrowed(&mut conn, actor, own, unit).await?;
    }
    let mut list = DirectiveList { received: Vec::new(), issued: Vec::new(), drafts: Vec::new(), may_draft };
    let studied = studied(&mut conn, actor, &own).await?;
    for placed in store::directive::directives(&mut conn, actor.root.0).await? {
        let document = Document::of(placed)?;
        if !document.shows_to(actor, &own) {
            continue;
        }
        let line = line(&document)?;
        let narrowed = unit.is_some_and(|unit| unit.0 != document.row.unit_id);
        if document.state == DirectiveState::Draft {
            list.drafts.push(line);
        } else if document.received_by(&own).next().is_some() {
            let waits = |one: &&Own| document.state == DirectiveState::Issued && !studied.contains(&(line.id, one.id));
            let shown = |one: &&Own| unit.is_some() || heads(actor, one.id);
            let waiting = document.received_by(&own).filter(shown).filter(waits);
            let waiting = waiting.map(|one| one.name.clone()).collect();
            list.received.push((line, waiting));
        } else if document.was_issued() && !narrowed {
            list.issued.push(line);
        }
    }
    Ok(list)
}

/// The one unit that is asked about: one's own, or one below whose studying one may follow.
async fn narrowed(conn: &mut store::Conn, actor: &Actor, mut own: Vec<Own>, unit: UnitId) -> Result<Vec<Own>> {
    own.retain(|one| one.id == unit);
    let row = store::org::unit(conn, actor.root.0, unit.0).await?;
    let Some(row) = row.filter(|_| own.is_empty()) else { return Ok(own) };
    if allows(actor, Act::ViewAcknowledgements, &Resource::of_unit(&row.path)) {
        let kind = known(UnitKind::from_word(&row.kind), "kind of unit")?;
        own.push(Own { id: unit, path: row.path, kind, name: row.name });
    }
    Ok(own)
}

/// Whether the actor is of a unit by a post, not as a member only.
fn heads(actor: &Actor, unit: UnitId) -> bool {
    actor.posts.iter().any(|post| post.unit == unit)
}

/// What the actor's units acknowledged.
async fn studied(
    conn: &mut store::Conn,
    actor: &Actor,
    own: &[Own],
) -> Result<std::collections::BTreeSet<(DirectiveId, UnitId)>> {
    let mut studied = std::collections::BTreeSet::new();
    for unit in own {
        let rows = store::directive::acknowledged_by_unit(conn, actor.root.0, unit.id.0).await?;
        studied.extend(rows.into_iter().map(|row| (DirectiveId(row.directive_id), unit.id)));
    }
    Ok(studied)
}

/// How many days a last day is past; nought when it is not.
pub(crate) fn days_late(due_on: Option<Day>, today: Day) -> i64 {
    due_on.map_or(0, |due| (today.date() - due.date()).num_days().max(0))
}
