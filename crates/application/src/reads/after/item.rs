//! Trang một việc khắc phục: what was agreed, what was done, seen and put off, the evidence.

use chrono::{DateTime, Utc};
use domain::org::{Title, UnitKind};
use domain::policy::{Act, allows, touches_oneself};
use domain::remediation::ItemState;
use domain::{Actor, AttachmentId, Day, ItemId, PersonId, ReviewId};
use serde::Serialize;
use store::Conn;
use store::org::{self, UnitRow};
use uuid::Uuid;

use super::{ItemView, items_shown};
use crate::acts::after::{Followed, object_of};
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::{Error, Result, stored};
use crate::reads::attachment::{self, FileContent, FileView};
use crate::reads::substitution::{Substitution, substitutions};

/// Trang một việc khắc phục.
#[derive(Debug, Clone, Serialize)]
pub struct ItemPage {
    /// The item.
    pub item: ItemView,
    /// Name of the unit.
    pub unit_name: String,
    /// Who watched it before.
    pub substitutions: Vec<Substitution>,
    /// Whom the reader may name as its monitor; empty when he may not.
    pub monitors: Vec<(PersonId, String)>,
    /// What was reported and seen, by the day.
    pub notes: Vec<NoteView>,
    /// How its deadline was put off.
    pub extensions: Vec<ExtensionView>,
    /// Evidence.
    pub files: Vec<FileView>,
    /// The review whose plan it belongs to, for whoever may see the plan.
    pub plan: Option<ReviewId>,
    /// Whether the reader may report progress.
    pub may_report: bool,
    /// Whether he may note a check or a visit.
    pub may_check: bool,
    /// Whether he may put off the deadline.
    pub may_extend: bool,
}

/// Một ghi chép.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    /// Word of `NoteKind`.
    pub kind: String,
    /// Day of what it tells.
    pub held_on: Day,
    /// What was done or seen.
    pub content: String,
    /// Who wrote it.
    pub by: String,
}

/// Một lần gia hạn.
#[derive(Debug, Clone, Serialize)]
pub struct ExtensionView {
    /// The day before.
    pub from: Day,
    /// The day after.
    pub to: Day,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One item, for its owner, its monitor, its inspector and those who may see the unit's.
///
/// # Errors
/// [`Error::Denied`] for others.
pub async fn item(app: &App, actor: &Actor, id: ItemId) -> Result<ItemPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let followed = Followed::load(&mut conn, actor, id).await?;
    let resource = &followed.resource;
    permit(actor, Act::ViewRemediation, resource)?;
    let open = followed.state()? == ItemState::Open;
    let may = |act| open && allows(actor, act, resource) && !touches_oneself(actor, act, resource);
    let mut others = Vec::new();
    if may(Act::ReplaceMonitor) {
        others = watchers(app, &mut conn, &followed.unit, Some(followed.owner())).await?;
        others.retain(|(person, _)| person.0 != followed.item.monitor_id);
    }
    let review = ReviewId(followed.item.review_id);
    let plan = Loaded::load(&mut conn, actor, review).await?.resource();
    let object = followed.object();
    let mut views = items_shown(app, &mut conn, actor, vec![followed.item.clone()]).await?;
    Ok(ItemPage {
        item: views.pop().ok_or(Error::Denied)?,
        substitutions: substitutions(&mut conn, root, &object).await?,
        monitors: others,
        notes: notes(&mut conn, root, id).await?,
        extensions: extensions(&mut conn, root, &object).await?,
        files: attachment::files(&mut conn, root, &object).await?,
        plan: allows(actor, Act::ViewRemediation, &plan).then_some(review),
        may_report: may(Act::ReportProgress),
        may_check: may(Act::CheckRemediation),
        may_extend: may(Act::ExtendRemediation),
        unit_name: followed.unit.name,
    })
}

/// One file of the evidence.
///
/// # Errors
/// [`Error::Denied`] for whoever may not see the item.
pub async fn evidence(app: &App, actor: &Actor, item: ItemId, file: AttachmentId) -> Result<FileContent> {
    let mut conn = app.read(actor.root).await?;
    let followed = Followed::load(&mut conn, actor, item).await?;
    permit(actor, Act::ViewRemediation, &followed.resource)?;
    attachment::content(&mut conn, actor.root.0, &object_of(item), file).await
}

async fn notes(conn: &mut Conn, root: Uuid, item: ItemId) -> Result<Vec<NoteView>> {
    let mut list = Vec::new();
    for row in store::outcome::remedy::notes(conn, root, item.0).await? {
        list.push(NoteView {
            held_on: stored(Day::parse_stored(&row.held_on), "held_on")?,
            by: name(conn, root, row.noted_by).await?,
            kind: row.kind,
            content: row.content,
        });
    }
    Ok(list)
}

/// How the deadline of `object` was put off.
pub(crate) async fn extensions(conn: &mut Conn, root: Uuid, object: &str) -> Result<Vec<ExtensionView>> {
    let mut list = Vec::new();
    for row in store::outcome::remedy::extensions(conn, root, object).await? {
        list.push(ExtensionView {
            from: stored(Day::parse_stored(&row.from_due), "from_due")?,
            to: stored(Day::parse_stored(&row.to_due), "to_due")?,
            by: name(conn, root, row.extended_by).await?,
            reason: row.reason,
            at: row.extended_at,
        });
    }
    Ok(list)
}

pub(crate) async fn name(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<String> {
    Ok(org::person(conn, root, person).await?.map(|person| person.full_name).unwrap_or_default())
}

/// Who can watch over somebody of a cell: its other members, and those who hold a post in the body above it. Of a committee: its
/// own seats and those of the body above.
pub(super) async fn watchers(
    app: &App,
    conn: &mut Conn,
    unit: &UnitRow,
    owner: Option<PersonId>,
) -> Result<Vec<(PersonId, String)>> {
    let (root, day) = (unit.root_id, app.clock.today().to_string());
    let mut list: Vec<(PersonId, String)> = Vec::new();
    for member in org::members_of_unit(conn, root, unit.unit_id, &day).await? {
        list.push((PersonId(member.person_id), member.full_name));
    }
    let own = (!domain::org::has_members(&unit.kind)).then_some(unit.unit_id);
    let above = unit.parent_id.filter(|_| unit.kind != UnitKind::BaseCell.word());
    for body in own.into_iter().chain(above) {
        for (person, full_name) in seats(conn, root, body, &day).await? {
            if !list.iter().any(|(known, _)| *known == person) {
                list.push((person, full_name));
            }
        }
    }
    list.retain(|(person, _)| Some(*person) != owner);
    Ok(list)
}

/// Who sits in the committee of a unit.
pub(super) async fn seats(conn: &mut Conn, root: Uuid, unit: Uuid, day: &str) -> Result<Vec<(PersonId, String)>> {
    let mut list: Vec<(PersonId, String)> = Vec::new();
    for holder in store::roster::holders(conn, root, unit, day).await? {
        let person = PersonId(holder.person_id);
        let of_committee = Title::from_word(&holder.title).is_some_and(Title::is_of_committee);
        if of_committee && !list.iter().any(|(known, _)| *known == person) {
            list.push((person, holder.full_name));
        }
    }
    Ok(list)
}
