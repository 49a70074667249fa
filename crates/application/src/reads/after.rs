//! Sau xếp loại: the notice, remediation items, the unit's summary by level.

mod consider;
mod summary;

use domain::org::{Title, UnitKind};
use domain::policy::{Act, Resource, allows, touches_oneself};
use domain::remediation::ItemState;
use domain::{Actor, CampaignId, Day, DecisionId, ItemId, PersonId, ReviewId, UnitId};
use serde::Serialize;
use store::Conn;
use store::org::{self, UnitRow};
use store::outcome::ItemRow;

use super::review::{CriticismView, Head, head};
use super::substitution::{Substitution, substitutions};
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::{Error, Result, stored};
use crate::judge::{self, Words};

pub use consider::ToConsider;
pub(crate) use consider::to_consider;
pub use summary::{SummaryLine, SummaryPage, summary};

/// Các trang đi với thông báo that open to the reader.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Opens {
    /// The notice as a paper.
    pub paper: bool,
    /// The review.
    pub review: bool,
    /// What is to be remedied.
    pub remediation: bool,
}

/// Trang thông báo kết quả của một người.
#[derive(Debug, Clone, Serialize)]
pub struct NoticePage {
    /// Whose.
    pub head: Head,
    /// Decided level: id and name.
    pub level: String,
    /// Its name.
    pub level_title: Words,
    /// Reason in the decision.
    pub reason: String,
    /// Comment.
    pub comment: String,
    /// Decision, when it was made known.
    pub made_known: Option<DecisionId>,
    /// Number and day of the decision.
    pub decision_number: String,
    /// Day of the decision.
    pub issued_on: Day,
    /// Last day for a reply.
    pub reply_due_on: Day,
    /// Whether that day has passed.
    pub reply_closed: bool,
    /// The person's reply.
    pub reply: String,
    /// When it came.
    pub replied_at: Option<chrono::DateTime<chrono::Utc>>,
    /// When he first read it.
    pub read_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Pages that go with it.
    pub opens: Opens,
    /// Whether the reader may reply.
    pub may_reply: bool,
    /// His remediation items.
    pub items: Vec<ItemView>,
}

/// Một việc khắc phục.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    /// Item.
    pub id: ItemId,
    /// Review it comes from.
    pub review: ReviewId,
    /// Word of `Source`.
    pub source: String,
    /// Shortcoming.
    pub shortcoming: String,
    /// Measure.
    pub measure: String,
    /// Owner's name.
    pub owner: String,
    /// Monitor's name.
    pub monitor: String,
    /// Deadline.
    pub due_on: Day,
    /// Whether it is overdue.
    pub late: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// What the monitor found.
    pub outcome: String,
    /// Day of closing.
    pub closed_on: Option<Day>,
    /// Whether the reader may close it.
    pub may_close: bool,
    /// Whether its monitor is no member any more: another must be named.
    pub unwatched: bool,
}

/// Trang một việc khắc phục.
#[derive(Debug, Clone, Serialize)]
pub struct ItemPage {
    /// The item.
    pub item: ItemView,
    /// Name of the cell.
    pub unit_name: String,
    /// Who watched it before.
    pub substitutions: Vec<Substitution>,
    /// Whom the reader may name as its monitor; empty when he may not.
    pub monitors: Vec<(PersonId, String)>,
}

/// Trang lập việc khắc phục: what was said about the person, and the items so far.
#[derive(Debug, Clone, Serialize)]
pub struct RemediationPage {
    /// Whose.
    pub head: Head,
    /// Shortcomings he named himself, as text.
    pub own_shortcomings: String,
    /// Criticisms with answers.
    pub criticisms: Vec<CriticismView>,
    /// Items.
    pub items: Vec<ItemView>,
    /// Who can monitor: members of the cell and holders of posts above, with names.
    pub monitors: Vec<(PersonId, String)>,
    /// Whether the reader may plan items.
    pub may_plan: bool,
}

/// The notice of a review.
///
/// # Errors
/// [`Error::Denied`] outside the remit, or when there is none.
pub async fn notice(app: &App, actor: &Actor, review: ReviewId) -> Result<NoticePage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let resource = loaded.resource();
    permit(actor, Act::ViewNotice, &resource)?;
    let notice = store::outcome::notice(&mut conn, root, review.0).await?.ok_or(Error::Denied)?;
    let book = judge::book_of(app, &loaded.campaign)?;
    let decision = store::outcome::decision_by_id(&mut conn, root, notice.decision_id).await?.ok_or(Error::Denied)?;
    let lines = store::outcome::decision_lines(&mut conn, root, decision.decision_id).await?;
    let line = lines.into_iter().find(|line| line.review_id == review.0).ok_or(Error::Denied)?;
    let reply_due_on = stored(Day::parse_stored(&notice.reply_due_on), "reply_due_on")?;
    let reply_closed = app.clock.today() > reply_due_on;
    let follows = allows(actor, Act::ViewRemediation, &resource);
    let made_known = super::publication::made_known(&mut conn, actor, &decision).await?;
    let mut items = store::outcome::items_of_review(&mut conn, root, review.0).await?;
    items.retain(|_| follows);
    Ok(NoticePage {
        head: head(&loaded, actor)?,
        level_title: book.level(&line.level).map(|level| Words::from(&level.title)).unwrap_or_default(),
        level: line.level,
        reason: line.reason,
        comment: notice.comment,
        made_known,
        decision_number: decision.number,
        issued_on: stored(Day::parse_stored(&notice.issued_on), "issued_on")?,
        reply_due_on,
        reply_closed,
        may_reply: !reply_closed && notice.replied_at.is_none() && allows(actor, Act::ReplyToNotice, &resource),
        reply: notice.reply,
        replied_at: notice.replied_at,
        read_at: notice.read_at,
        opens: Opens {
            paper: loaded.is_own(actor) || allows(actor, Act::PrintPapers, &resource),
            review: allows(actor, Act::ViewReview, &resource),
            remediation: follows,
        },
        items: items_shown(app, &mut conn, actor, items).await?,
    })
}

/// The remediation of one person.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn remediation(app: &App, actor: &Actor, review: ReviewId) -> Result<RemediationPage> {
    const OWN_SHORTCOMINGS: &str = "shortcomings_text";
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let resource = loaded.resource();
    permit(actor, Act::ViewRemediation, &resource)?;
    let handed = store::review::submitted(&mut conn, root, review.0).await?;
    let handed = handed.first().filter(|_| allows(actor, Act::ViewSelfReview, &resource));
    let content: domain::form::Content =
        handed.map_or(Ok(domain::form::Content::new()), |last| serde_json::from_str(&last.content))?;
    let monitors = monitors(app, &mut conn, &loaded.unit, loaded.person_id()).await?;
    let items = store::outcome::items_of_review(&mut conn, root, review.0).await?;
    let mut criticisms = store::meeting::criticisms_of_review(&mut conn, root, review.0).await?;
    criticisms.retain(|_| loaded.opens_minutes(actor));
    Ok(RemediationPage {
        head: head(&loaded, actor)?,
        own_shortcomings: content.get(OWN_SHORTCOMINGS).cloned().unwrap_or_default(),
        criticisms: criticisms.into_iter().map(CriticismView::from).collect(),
        items: items_shown(app, &mut conn, actor, items).await?,
        monitors,
        may_plan: allows(actor, Act::PlanRemediation, &resource),
    })
}

/// One item, for its owner, its monitor and those who may see the unit's.
///
/// # Errors
/// [`Error::Denied`] for others.
pub async fn item(app: &App, actor: &Actor, item: ItemId) -> Result<ItemPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = store::outcome::item(&mut conn, root, item.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut conn, root, row.unit_id).await?.ok_or(Error::Denied)?;
    let loaded = Loaded::load(&mut conn, actor, ReviewId(row.review_id)).await?;
    let resource = item_resource(&row, &unit.path).decided_by(UnitId(loaded.campaign.unit_id));
    permit(actor, Act::ViewRemediation, &resource)?;
    let may_replace = row.state == ItemState::Open.word()
        && allows(actor, Act::ReplaceMonitor, &resource)
        && !touches_oneself(actor, Act::ReplaceMonitor, &resource);
    let mut others = Vec::new();
    if may_replace {
        others = monitors(app, &mut conn, &unit, Some(PersonId(row.owner_id))).await?;
        others.retain(|(person, _)| person.0 != row.monitor_id);
    }
    let substitutions = substitutions(&mut conn, root, &format!("remediation/{item}")).await?;
    let mut views = items_shown(app, &mut conn, actor, vec![row]).await?;
    let item = views.pop().ok_or(Error::Denied)?;
    Ok(ItemPage { item, unit_name: unit.name, substitutions, monitors: others })
}

/// Who can watch over somebody of a cell: its other members, and those who hold a post in the body above it.
async fn monitors(
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
    let above = unit.parent_id.filter(|_| unit.kind == UnitKind::Cell.word());
    if let Some(above) = above {
        for holder in store::roster::holders(conn, root, above, &day).await? {
            let person = PersonId(holder.person_id);
            let of_committee = Title::from_word(&holder.title).is_some_and(Title::is_of_committee);
            if of_committee && !list.iter().any(|(known, _)| *known == person) {
                list.push((person, holder.full_name));
            }
        }
    }
    list.retain(|(person, _)| Some(*person) != owner);
    Ok(list)
}

/// All items of a unit in a campaign.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn items_of_unit(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<Vec<ItemView>> {
    let mut conn = app.read(actor.root).await?;
    let row = org::unit(&mut conn, actor.root.0, unit.0).await?.ok_or(Error::Denied)?;
    let round = store::campaign::campaign(&mut conn, actor.root.0, campaign.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewRemediation, &Resource::of_unit(&row.path).in_campaign_of(UnitId(round.unit_id)))?;
    let items = store::outcome::items_of_unit(&mut conn, actor.root.0, campaign.0, unit.0).await?;
    items_shown(app, &mut conn, actor, items).await
}

fn item_resource(row: &ItemRow, path: &str) -> Resource {
    Resource { about: Some(PersonId(row.owner_id)), monitor: Some(PersonId(row.monitor_id)), ..Resource::of_unit(path) }
}

async fn items_shown(app: &App, conn: &mut Conn, actor: &Actor, rows: Vec<ItemRow>) -> Result<Vec<ItemView>> {
    let today = app.clock.today();
    let (root, day) = (actor.root.0, today.to_string());
    let mut views = Vec::new();
    for row in rows {
        let owner = org::person(conn, root, row.owner_id).await?.ok_or(Error::Denied)?;
        let monitor = org::person(conn, root, row.monitor_id).await?.ok_or(Error::Denied)?;
        let due_on = stored(Day::parse_stored(&row.due_on), "due_on")?;
        let closed = row.state == ItemState::Closed.word();
        let unwatched = !closed && org::member_of(conn, root, row.monitor_id, &day).await?.is_empty();
        views.push(ItemView {
            id: ItemId(row.item_id),
            review: ReviewId(row.review_id),
            source: row.source,
            shortcoming: row.shortcoming,
            measure: row.measure,
            owner: owner.full_name,
            monitor: monitor.full_name,
            due_on,
            late: !closed && due_on < today,
            closed,
            outcome: row.outcome,
            closed_on: row.closed_on.as_deref().map(|day| stored(Day::parse_stored(day), "closed_on")).transpose()?,
            may_close: !closed && row.monitor_id == actor.person.0,
            unwatched,
        });
    }
    Ok(views)
}
