//! Bảng theo dõi khắc phục: how much is planned, open, due and late below a unit, and the lists behind the figures.

use std::collections::BTreeMap;

use domain::org::UnitKind;
use domain::policy::{Act, Resource, allows};
use domain::remediation::ItemState;
use domain::{Actor, Day, ItemId, ReviewId, UnitId};
use serde::Serialize;
use store::Conn;
use store::org::{self, UnitRow};
use store::outcome::remedy::{self, BoardRow, ItemFilter};
use uuid::Uuid;

use crate::acts::after::judged_by;
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::{Error, Result, stored};

/// Days ahead in which a deadline is near.
const NEAR: u64 = 30;
/// Lines of one page of a list.
const PAGE: i64 = 100;

/// Số việc khắc phục.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All.
    pub planned: i64,
    /// Closed.
    pub closed: i64,
    /// Open past the deadline.
    pub overdue: i64,
    /// Open with a deadline near.
    pub soon: i64,
}

impl Counts {
    /// Not closed.
    #[must_use]
    pub const fn open(self) -> i64 {
        self.planned - self.closed
    }

    const fn add(&mut self, row: &BoardRow) {
        self.planned += row.planned;
        self.closed += row.closed;
        self.overdue += row.overdue;
        self.soon += row.soon;
    }
}

/// Một dòng của bảng.
#[derive(Debug, Clone, Serialize)]
pub struct BoardLine {
    /// Unit.
    pub unit: UnitId,
    /// Name.
    pub name: String,
    /// Figures of the unit with everything below.
    pub counts: Counts,
    /// Whether there is a board below it.
    pub opens: bool,
    /// Whether the lists behind the figures open to the reader.
    pub lists: bool,
}

/// Kế hoạch chờ duyệt.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingPlan {
    /// Review.
    pub review: ReviewId,
    /// Whose.
    pub name: String,
    /// Where.
    pub unit_name: String,
}

/// Bảng theo dõi của một đơn vị.
#[derive(Debug, Clone, Serialize)]
pub struct Board {
    /// The unit itself with everything below.
    pub total: BoardLine,
    /// Units directly below that have items, and the unit's own items.
    pub lines: Vec<BoardLine>,
    /// Plans that wait for the reader's word.
    pub plans: Vec<WaitingPlan>,
}

/// Danh sách nào.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Everything.
    All,
    /// Not closed.
    Open,
    /// Deadline near.
    Soon,
    /// Past the deadline.
    Overdue,
    /// Closed.
    Closed,
}

impl Which {
    /// Every list with its word in addresses.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("tat-ca", Self::All),
        ("dang-lam", Self::Open),
        ("sap-den-han", Self::Soon),
        ("qua-han", Self::Overdue),
        ("da-xong", Self::Closed),
    ];

    /// The list of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, which)| *which)
    }
}

/// Một trang của danh sách.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// Unit.
    pub unit_name: String,
    /// Items.
    pub items: Vec<ListedItem>,
    /// Page, from 1.
    pub page: u32,
    /// Whether there is a next page.
    pub more: bool,
}

/// Một việc trong danh sách.
#[derive(Debug, Clone, Serialize)]
pub struct ListedItem {
    /// Item.
    pub id: ItemId,
    /// Unit.
    pub unit_name: String,
    /// Owner.
    pub owner: String,
    /// What is to be remedied.
    pub shortcoming: String,
    /// How.
    pub measure: String,
    /// Monitor.
    pub monitor: String,
    /// Deadline.
    pub due_on: Day,
    /// Whether it has passed.
    pub late: bool,
    /// Whether it is closed.
    pub closed: bool,
    /// What was seen at closing.
    pub outcome: String,
}

/// The unit whose board somebody looks at first: the highest in which he holds a post.
#[must_use]
pub fn board_unit(actor: &Actor) -> Option<UnitId> {
    let sees = actor.posts.iter().filter(|post| allows(actor, Act::ViewSummary, &Resource::of_unit(&post.path)));
    sees.min_by_key(|post| post.path.len()).map(|post| post.unit)
}

/// The board of a unit.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn board(app: &App, actor: &Actor, unit: UnitId) -> Result<Board> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewSummary, &Resource::of_unit(&row.path))?;
    let today = app.clock.today();
    let near = today.plus_days(NEAR);
    let rows = remedy::board(&mut conn, root, &row.path, (&today.to_string(), &near.to_string())).await?;
    let mut total = Counts::default();
    let mut of: BTreeMap<Uuid, Counts> = BTreeMap::new();
    for line in &rows {
        total.add(line);
        // The step of the path below the unit; the unit's own items stand under itself.
        let below = line.path.strip_prefix(&row.path).and_then(|rest| rest.split('/').next());
        let child = below.and_then(|step| Uuid::parse_str(step).ok()).unwrap_or(unit.0);
        of.entry(child).or_default().add(line);
    }
    let mut lines = Vec::new();
    for (child, counts) in of {
        if let Some(child) = org::unit(&mut conn, root, child).await? {
            lines.push((child.code.clone(), line(actor, &child, counts, child.unit_id != unit.0)));
        }
    }
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(Board {
        total: line(actor, &row, total, false),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        plans: waiting_plans(&mut conn, actor, unit).await?,
    })
}

fn line(actor: &Actor, unit: &UnitRow, counts: Counts, below: bool) -> BoardLine {
    BoardLine {
        unit: UnitId(unit.unit_id),
        name: unit.name.clone(),
        counts,
        opens: below && !domain::org::has_members(&unit.kind),
        lists: may_list(actor, unit),
    }
}

/// A list shows items of the unit and of everything below: whoever sees only the nearest level has the boards below.
fn may_list(actor: &Actor, unit: &UnitRow) -> bool {
    let sees = |path: &str| allows(actor, Act::ViewRemediation, &Resource::of_unit(path));
    let cell = UnitKind::from_word(&unit.kind).is_some_and(UnitKind::has_members);
    sees(&unit.path) && (cell || sees(&format!("{}x/x/", unit.path)))
}

/// Plans sent to the body of `unit` that the reader may judge.
pub(crate) async fn waiting_plans(conn: &mut Conn, actor: &Actor, unit: UnitId) -> Result<Vec<WaitingPlan>> {
    let mut list = Vec::new();
    for plan in remedy::sent_plans(conn, actor.root.0, unit.0).await? {
        let loaded = Loaded::load(conn, actor, ReviewId(plan.review_id)).await?;
        let resource = judged_by(conn, actor, &loaded).await?;
        if permit(actor, Act::ApproveRemediation, &resource).is_ok() {
            list.push(WaitingPlan {
                review: ReviewId(plan.review_id),
                name: loaded.name()?,
                unit_name: loaded.unit.name,
            });
        }
    }
    Ok(list)
}

/// How many items are past their deadline at `path` and below.
pub(crate) async fn overdue(app: &App, conn: &mut Conn, root: Uuid, path: &str) -> Result<i64> {
    let today = app.clock.today().to_string();
    let rows = remedy::board(conn, root, path, (&today, &today)).await?;
    Ok(rows.iter().map(|row| row.overdue).sum())
}

/// The items behind a figure; `page` none for all of them at once.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn listed(app: &App, actor: &Actor, unit: UnitId, which: Which, page: Option<u32>) -> Result<Listed> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    if !may_list(actor, &row) {
        return Err(Error::Denied);
    }
    let today = app.clock.today();
    let (now, before, near) = (today.to_string(), today.before().to_string(), today.plus_days(NEAR).to_string());
    let (open, closed) = (ItemState::Open.word(), ItemState::Closed.word());
    let filter = match which {
        Which::All => ItemFilter::default(),
        Which::Open => ItemFilter { state: open, ..ItemFilter::default() },
        Which::Soon => ItemFilter { state: open, from: &now, to: &near },
        Which::Overdue => ItemFilter { state: open, to: &before, ..ItemFilter::default() },
        Which::Closed => ItemFilter { state: closed, ..ItemFilter::default() },
    };
    let at = page.unwrap_or(1).max(1);
    let window = if page.is_some() { (PAGE + 1, i64::from(at - 1) * PAGE) } else { (i64::from(u32::MAX), 0) };
    let mut rows = remedy::items_below(&mut conn, root, &row.path, filter, window).await?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = page.is_some() && rows.len() > most;
    if more {
        rows.truncate(most);
    }
    let shown = |row: remedy::ListedItemRow| -> Result<ListedItem> {
        let due_on = stored(Day::parse_stored(&row.item.due_on), "due_on")?;
        let closed = row.item.state == closed;
        Ok(ListedItem {
            id: ItemId(row.item.item_id),
            unit_name: row.unit_name,
            owner: row.owner,
            shortcoming: row.item.shortcoming,
            measure: row.item.measure,
            monitor: row.monitor,
            late: !closed && due_on < today,
            due_on,
            closed,
            outcome: row.item.outcome,
        })
    };
    let items: Result<Vec<ListedItem>> = rows.into_iter().map(shown).collect();
    Ok(Listed { unit_name: row.name, items: items?, page: at, more })
}
