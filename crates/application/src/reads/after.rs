//! Sau xếp loại: the notice, remediation items, the unit's summary by level.

mod board;
mod consider;
mod item;
mod plan;
mod summary;

use domain::policy::{Act, Resource, allows};
use domain::remediation::ItemState;
use domain::{Actor, CampaignId, Day, DecisionId, ItemId, ReviewId, UnitId};
use serde::Serialize;
use store::Conn;
use store::org;
use store::outcome::ItemRow;

use super::review::{Head, head};
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::{Error, Result, stored};
use crate::judge::{self, Words};

pub use board::{Board, BoardLine, Counts, Listed, ListedItem, WaitingPlan, Which, board, board_unit, listed};
pub(crate) use board::{overdue, waiting_plans};
pub use consider::ToConsider;
pub(crate) use consider::to_consider;
pub use item::{ExtensionView, ItemPage, NoteView, evidence, item};
pub(crate) use item::{extensions, name};
pub use plan::{MilestoneView, PlanView, RemediationPage, ShortcomingView, remediation};
pub(crate) use plan::{due_on, plan_missing};
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
    /// Petitions about it.
    pub petitions: bool,
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
    /// What should be seen afterwards.
    pub expected: String,
    /// Whether a collective owes it and the owner answers for it.
    pub collective: bool,
    /// Owner's name.
    pub owner: String,
    /// Monitor's name.
    pub monitor: String,
    /// Inspector's name, when one was named.
    pub inspector: Option<String>,
    /// First day.
    pub starts_on: Option<Day>,
    /// Deadline.
    pub due_on: Day,
    /// Whether it is overdue.
    pub late: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// What the monitor found.
    pub outcome: String,
    /// Day on which the effect was checked.
    pub checked_on: Option<Day>,
    /// Day of closing.
    pub closed_on: Option<Day>,
    /// Whether the reader may close it.
    pub may_close: bool,
    /// Whether its monitor is no member any more: another must be named.
    pub unwatched: bool,
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
            petitions: super::petition::opens(&mut conn, actor, &loaded).await?,
        },
        items: items_shown(app, &mut conn, actor, items).await?,
    })
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

async fn items_shown(app: &App, conn: &mut Conn, actor: &Actor, rows: Vec<ItemRow>) -> Result<Vec<ItemView>> {
    let today = app.clock.today();
    let (root, day) = (actor.root.0, today.to_string());
    let mut views = Vec::new();
    for row in rows {
        let owner = org::person(conn, root, row.owner_id).await?.ok_or(Error::Denied)?;
        let monitor = org::person(conn, root, row.monitor_id).await?.ok_or(Error::Denied)?;
        let inspector = match row.inspector_id {
            Some(inspector) => Some(org::person(conn, root, inspector).await?.ok_or(Error::Denied)?.full_name),
            None => None,
        };
        let due_on = stored(Day::parse_stored(&row.due_on), "due_on")?;
        let closed = row.state == ItemState::Closed.word();
        let unwatched = !closed && org::member_of(conn, root, row.monitor_id, &day).await?.is_empty();
        views.push(ItemView {
            id: ItemId(row.item_id),
            review: ReviewId(row.review_id),
            source: row.source,
            shortcoming: row.shortcoming,
            measure: row.measure,
            expected: row.expected,
            collective: row.collective,
            inspector,
            starts_on: maybe_day(row.starts_on.as_deref())?,
            checked_on: maybe_day(row.checked_on.as_deref())?,
            owner: owner.full_name,
            monitor: monitor.full_name,
            due_on,
            late: !closed && due_on < today,
            closed,
            outcome: row.outcome,
            closed_on: maybe_day(row.closed_on.as_deref())?,
            may_close: !closed && row.monitor_id == actor.person.0,
            unwatched,
        });
    }
    Ok(views)
}

fn maybe_day(text: Option<&str>) -> Result<Option<Day>> {
    text.map(|day| stored(Day::parse_stored(day), "day of an item")).transpose()
}
