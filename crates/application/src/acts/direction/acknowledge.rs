//! Xác nhận đã quán triệt: a body's head says that the document was studied, when and how.

use domain::directive::{DirectiveState, Manner, acknowledges_as, check_studied};
use domain::org::{Title, UnitKind};
use domain::policy::{Act, Resource};
use domain::{Actor, DirectiveId, Refusal, UnitId};
use store::directive::AcknowledgementRow;

use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::direction::{Document, object};
use crate::error::{Error, Result, known};

/// The acknowledgement as typed.
#[derive(Debug, Clone, Default)]
pub struct Acknowledge {
    /// Word of [`Manner`].
    pub manner: String,
    /// Day of the session, or of the reading.
    pub studied_on: String,
    /// Remark: which session, what was resolved.
    pub note: String,
}

/// Acknowledges for `unit` under the post that the actor holds there today.
///
/// # Errors
/// `DIRECT-016` for anybody but the head, or the deputy while there is none; `-018` a day that cannot be, `-019` it was
/// acknowledged by him already, `-026` it is not in force, `FORM-002` … `FORM-004`; [`Error::Denied`] elsewhere.
pub async fn acknowledge(app: &App, actor: &Actor, id: DirectiveId, unit: UnitId, order: &Acknowledge) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let document = Document::load(&mut work.tx, actor, id).await?;
    let unit = store::org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::AcknowledgeDirective, &Resource::of_unit(&unit.path))?;
    let kind = known(UnitKind::from_word(&unit.kind), "kind of unit")?;
    if !document.was_issued() || !document.reaches(&unit.path, kind) {
        return Err(Error::Denied);
    }
    if document.state != DirectiveState::Issued {
        return Err(Refusal::new("DIRECT-026").into());
    }
    let title = acting_as(&mut work, actor, UnitId(unit.unit_id)).await?;
    let manner = Manner::from_word(&order.manner);
    let manner = manner.ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at("manner"))?;
    let studied_on = typed_day(&order.studied_on, "studied_on")?;
    let dated_on = document.dated_on()?.unwrap_or(studied_on);
    check_studied(studied_on, dated_on, work.today())?;
    let earlier = store::directive::acknowledged_by_unit(&mut work.tx, root, unit.unit_id).await?;
    if earlier.iter().any(|row| row.directive_id == id.0 && row.person_id == actor.person.0) {
        return Err(Refusal::new("DIRECT-019").into());
    }
    let held = |post: &&domain::HeldPost| post.unit.0 == unit.unit_id && post.title == title;
    let post = actor.posts.iter().find(held).ok_or(Error::Denied)?;
    let row = AcknowledgementRow {
        root_id: root,
        directive_id: id.0,
        unit_id: unit.unit_id,
        person_id: actor.person.0,
        post_id: post.post.0,
        title: title.word().to_owned(),
        manner: manner.word().to_owned(),
        studied_on: studied_on.to_string(),
        note: typed_text(&order.note, "note", 1000)?,
        acknowledged_at: work.at,
    };
    store::directive::acknowledge(&mut work.tx, &row).await?;
    work.note("directive.acknowledged", object(id), None, Some(&row))?;
    work.commit().await
}

/// The post in which the actor may acknowledge for a unit today.
async fn acting_as(work: &mut Work<'_>, actor: &Actor, unit: UnitId) -> Result<Title> {
    let (root, today) = (work.root(), work.today().to_string());
    let holders = store::org::holders(&mut work.tx, root, unit.0, &today).await?;
    let has_head = holders.iter().any(|holder| holder.title == Title::Secretary.word());
    let held: Vec<Title> = actor.posts.iter().filter(|post| post.unit == unit).map(|post| post.title).collect();
    Ok(acknowledges_as(&held, has_head)?)
}
