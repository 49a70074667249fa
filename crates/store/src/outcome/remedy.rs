//! What stands around remediation items: plans, shortcomings left, notes, deadlines put off, support milestones; figures
//! and lists below a unit. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::ItemRow;
use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `remediation_plan`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PlanRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Word of `domain::remediation_plan::PlanState`.
    pub state: String,
    /// Who sent it last.
    pub sent_by: Option<Uuid>,
    /// When.
    pub sent_at: Option<DateTime<Utc>>,
    /// Who approved or returned it last.
    pub judged_by: Option<Uuid>,
    /// When.
    pub judged_at: Option<DateTime<Utc>>,
    /// Why it was returned.
    pub reason: String,
    /// Counts changes.
    pub version: i64,
}

/// One row of `shortcoming_left`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct LeftRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// The record in which it was told.
    pub origin: String,
    /// Why it is left.
    pub reason: String,
    /// Who left it.
    pub left_by: Uuid,
    /// When.
    pub left_at: DateTime<Utc>,
}

/// One row of `remediation_note`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct NoteRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Note.
    pub note_id: Uuid,
    /// Item.
    pub item_id: Uuid,
    /// Word of `domain::remediation::NoteKind`.
    pub kind: String,
    /// Day of what it tells.
    pub held_on: String,
    /// What was done or seen.
    pub content: String,
    /// Who wrote it.
    pub noted_by: Uuid,
    /// When.
    pub noted_at: DateTime<Utc>,
}

/// One row of `extension`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ExtensionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Extension.
    pub extension_id: Uuid,
    /// `remediation/<id>` or `petition/<id>`.
    pub object: String,
    /// The day before.
    pub from_due: String,
    /// The day after.
    pub to_due: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub extended_by: Uuid,
    /// When.
    pub extended_at: DateTime<Utc>,
}

/// One row of `support_milestone`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct MilestoneRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Days after the decision.
    pub after_days: i64,
    /// The day that is.
    pub due_on: String,
    /// What should be seen by then.
    pub goal: String,
    /// Who helps.
    pub supporter_id: Uuid,
    /// What was seen.
    pub finding: String,
    /// Day of the check.
    pub checked_on: Option<String>,
    /// Who checked.
    pub checked_by: Option<Uuid>,
}

/// Items of one unit, counted.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BoardRow {
    /// Path of the unit.
    pub path: String,
    /// All items.
    pub planned: i64,
    /// Closed.
    pub closed: i64,
    /// Open past their deadline.
    pub overdue: i64,
    /// Open with a deadline from today to the day asked for.
    pub soon: i64,
}

/// An item with the names a list shows.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedItemRow {
    /// The item.
    #[sqlx(flatten)]
    pub item: ItemRow,
    /// Unit.
    pub unit_name: String,
    /// Owner.
    pub owner: String,
    /// Monitor.
    pub monitor: String,
}

/// Which items of a list: `state` and `due_on` between the two days (both included); empty words ask for everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct ItemFilter<'a> {
    /// Word of the state.
    pub state: &'a str,
    /// First deadline.
    pub from: &'a str,
    /// Last deadline.
    pub to: &'a str,
}

statements! {
    INSERT_PLAN = "INSERT INTO remediation_plan (root_id, review_id, state, sent_by, sent_at, judged_by, judged_at, reason, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)";
    UPDATE_PLAN = "UPDATE remediation_plan SET state = $4, sent_by = $5, sent_at = $6, judged_by = $7, judged_at = $8, reason = $9, version = version + 1 WHERE root_id = $1 AND review_id = $2 AND version = $3";
    PLAN = "SELECT * FROM remediation_plan WHERE root_id = $1 AND review_id = $2";
    SENT_PLANS = "SELECT p.* FROM remediation_plan p JOIN review r ON r.root_id = p.root_id AND r.review_id = p.review_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE p.root_id = $1 AND c.root_id = $1 AND c.unit_id = $2 AND p.state = 'sent' ORDER BY p.sent_at, p.review_id";
    LEAVE_SHORTCOMING = "INSERT INTO shortcoming_left (root_id, review_id, origin, reason, left_by, left_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (root_id, review_id, origin) DO UPDATE SET reason = excluded.reason, left_by = excluded.left_by, left_at = excluded.left_at";
    SHORTCOMINGS_LEFT = "SELECT * FROM shortcoming_left WHERE root_id = $1 AND review_id = $2 ORDER BY left_at, origin";
    INSERT_NOTE = "INSERT INTO remediation_note (root_id, note_id, item_id, kind, held_on, content, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    NOTES = "SELECT * FROM remediation_note WHERE root_id = $1 AND item_id = $2 ORDER BY held_on, noted_at, note_id";
    INSERT_EXTENSION = "INSERT INTO extension (root_id, extension_id, object, from_due, to_due, reason, extended_by, extended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    EXTENSIONS = "SELECT * FROM extension WHERE root_id = $1 AND object = $2 ORDER BY extended_at, extension_id";
    SAVE_MILESTONE = "INSERT INTO support_milestone (root_id, review_id, after_days, due_on, goal, supporter_id, finding, checked_on, checked_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
        ON CONFLICT (root_id, review_id, after_days) DO UPDATE SET goal = excluded.goal, supporter_id = excluded.supporter_id, finding = excluded.finding, checked_on = excluded.checked_on, checked_by = excluded.checked_by";
    MILESTONES = "SELECT * FROM support_milestone WHERE root_id = $1 AND review_id = $2 ORDER BY after_days";
    MILESTONES_OF_SUPPORTER = "SELECT * FROM support_milestone WHERE root_id = $1 AND supporter_id = $2 AND checked_on IS NULL ORDER BY due_on, review_id";
    BOARD = "SELECT u.path, COUNT(*) AS planned, CAST(SUM(CASE WHEN i.state = 'closed' THEN 1 ELSE 0 END) AS BIGINT) AS closed, \
        CAST(SUM(CASE WHEN i.state = 'open' AND i.due_on < $3 THEN 1 ELSE 0 END) AS BIGINT) AS overdue, \
        CAST(SUM(CASE WHEN i.state = 'open' AND i.due_on BETWEEN $3 AND $4 THEN 1 ELSE 0 END) AS BIGINT) AS soon \
        FROM remediation_item i JOIN unit u ON u.root_id = i.root_id AND u.unit_id = i.unit_id WHERE i.root_id = $1 AND u.path BETWEEN $2 AND $2 || '~' GROUP BY u.path ORDER BY u.path";
    // Of earlier years, without what was closed before the period began.
    EARLIER = "SELECT r.review_id, COUNT(*) AS planned, CAST(SUM(CASE WHEN i.state = 'closed' THEN 1 ELSE 0 END) AS BIGINT) AS closed FROM review r \
        JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id JOIN review e ON e.root_id = r.root_id AND e.subject = r.subject AND e.about_id = r.about_id \
        JOIN campaign ec ON ec.root_id = e.root_id AND ec.campaign_id = e.campaign_id JOIN remediation_item i ON i.root_id = e.root_id AND i.review_id = e.review_id \
        WHERE r.root_id = $1 AND r.review_id = $2 AND ec.period_year < c.period_year AND (i.closed_on IS NULL OR i.closed_on >= c.period_from) GROUP BY r.review_id";
    EARLIER_OF_CAMPAIGN = "SELECT r.review_id, COUNT(*) AS planned, CAST(SUM(CASE WHEN i.state = 'closed' THEN 1 ELSE 0 END) AS BIGINT) AS closed FROM review r \
        JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id JOIN review e ON e.root_id = r.root_id AND e.subject = r.subject AND e.about_id = r.about_id \
        JOIN campaign ec ON ec.root_id = e.root_id AND ec.campaign_id = e.campaign_id JOIN remediation_item i ON i.root_id = e.root_id AND i.review_id = e.review_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND ec.period_year < c.period_year AND (i.closed_on IS NULL OR i.closed_on >= c.period_from) GROUP BY r.review_id";
    PLANS_MISSING = "SELECT r.review_id FROM review r JOIN notice n ON n.root_id = r.root_id AND n.review_id = r.review_id \
        JOIN decision_line l ON l.root_id = n.root_id AND l.decision_id = n.decision_id AND l.review_id = n.review_id LEFT JOIN remediation_plan p ON p.root_id = r.root_id AND p.review_id = r.review_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.unit_id = $3 AND (p.state IS NULL OR p.state IN ('draft', 'returned')) \
        AND ($4 LIKE '%/' || l.level || '/%' OR EXISTS (SELECT 1 FROM criticism k WHERE k.root_id = $1 AND k.review_id = r.review_id)) ORDER BY r.review_id";
    ITEMS_BELOW = "SELECT i.*, u.name AS unit_name, o.full_name AS owner, m.full_name AS monitor FROM remediation_item i JOIN unit u ON u.root_id = i.root_id AND u.unit_id = i.unit_id \
        JOIN person o ON o.root_id = i.root_id AND o.person_id = i.owner_id JOIN person m ON m.root_id = i.root_id AND m.person_id = i.monitor_id \
        WHERE i.root_id = $1 AND u.path BETWEEN $2 AND $2 || '~' AND ($3 = '' OR i.state = $3) AND ($4 = '' OR i.due_on >= $4) AND ($5 = '' OR i.due_on <= $5) ORDER BY i.due_on, u.path, i.item_id LIMIT $6 OFFSET $7";
}

/// Adds a plan.
pub async fn insert_plan(conn: &mut Conn, p: &PlanRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_PLAN, p.root_id, p.review_id, &p.state, p.sent_by, p.sent_at, p.judged_by, p.judged_at, &p.reason
    )?;
    Ok(())
}

/// Changes a plan; `false` when somebody changed it since `p.version` was read.
pub async fn update_plan(conn: &mut Conn, p: &PlanRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_PLAN, p.root_id, p.review_id, p.version, &p.state, p.sent_by, p.sent_at, p.judged_by, p.judged_at,
        &p.reason
    )?;
    Ok(changed == 1)
}

/// The plan of a review.
pub async fn plan(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Option<PlanRow>, StoreError> {
    maybe_row!(conn, PlanRow, PLAN, root, review)
}

/// Plans that wait for the body of `unit`.
pub async fn sent_plans(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<PlanRow>, StoreError> {
    rows!(conn, PlanRow, SENT_PLANS, root, unit)
}

/// Leaves a shortcoming, or states the reason anew.
pub async fn leave_shortcoming(conn: &mut Conn, r: &LeftRow) -> Result<(), StoreError> {
    run!(conn, LEAVE_SHORTCOMING, r.root_id, r.review_id, &r.origin, &r.reason, r.left_by, r.left_at)?;
    Ok(())
}

/// The shortcomings left.
pub async fn shortcomings_left(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<LeftRow>, StoreError> {
    rows!(conn, LeftRow, SHORTCOMINGS_LEFT, root, review)
}

/// Adds a note to an item.
pub async fn insert_note(conn: &mut Conn, n: &NoteRow) -> Result<(), StoreError> {
    run!(conn, INSERT_NOTE, n.root_id, n.note_id, n.item_id, &n.kind, &n.held_on, &n.content, n.noted_by, n.noted_at)?;
    Ok(())
}

/// The notes on an item, in order of the days they tell of.
pub async fn notes(conn: &mut Conn, root: Uuid, item: Uuid) -> Result<Vec<NoteRow>, StoreError> {
    rows!(conn, NoteRow, NOTES, root, item)
}

/// Writes down that a deadline was put off.
pub async fn insert_extension(conn: &mut Conn, e: &ExtensionRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_EXTENSION, e.root_id, e.extension_id, &e.object, &e.from_due, &e.to_due, &e.reason, e.extended_by,
        e.extended_at
    )?;
    Ok(())
}

/// How often and why a deadline was put off.
pub async fn extensions(conn: &mut Conn, root: Uuid, object: &str) -> Result<Vec<ExtensionRow>, StoreError> {
    rows!(conn, ExtensionRow, EXTENSIONS, root, object)
}

/// Stores a milestone; its day stays as it was first reckoned.
pub async fn save_milestone(conn: &mut Conn, m: &MilestoneRow) -> Result<(), StoreError> {
    run!(
        conn, SAVE_MILESTONE, m.root_id, m.review_id, m.after_days, &m.due_on, &m.goal, m.supporter_id, &m.finding,
        &m.checked_on, m.checked_by
    )?;
    Ok(())
}

/// The milestones of a review.
pub async fn milestones(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<MilestoneRow>, StoreError> {
    rows!(conn, MilestoneRow, MILESTONES, root, review)
}

/// Milestones that somebody has still to look at.
pub async fn milestones_of(conn: &mut Conn, root: Uuid, supporter: Uuid) -> Result<Vec<MilestoneRow>, StoreError> {
    rows!(conn, MilestoneRow, MILESTONES_OF_SUPPORTER, root, supporter)
}

/// What the subject of a review had to remedy from earlier years when its period began or since, and how much of it is closed.
pub async fn earlier(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<(i64, i64), StoreError> {
    let row = maybe_row!(conn, (Uuid, i64, i64), EARLIER, root, review)?;
    Ok(row.map_or((0, 0), |(_, planned, closed)| (planned, closed)))
}

/// The same for each review of a campaign that has any.
pub async fn earlier_of_campaign(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
) -> Result<Vec<(Uuid, (i64, i64))>, StoreError> {
    let rows = rows!(conn, (Uuid, i64, i64), EARLIER_OF_CAMPAIGN, root, campaign)?;
    Ok(rows.into_iter().map(|(review, planned, closed)| (review, (planned, closed))).collect())
}

/// The reviews of a unit in a campaign that were decided at one of `levels` (`/a/b/`) or on which something was criticised, and whose
/// plan was not sent.
pub async fn plans_missing(
    conn: &mut Conn,
    root: Uuid,
    (campaign, unit): (Uuid, Uuid),
    levels: &str,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(rows!(conn, (Uuid,), PLANS_MISSING, root, campaign, unit, levels)?.into_iter().map(|(review,)| review).collect())
}

/// Items counted unit by unit, at `path` and below; those due from `today` to `soon` apart.
pub async fn board(
    conn: &mut Conn,
    root: Uuid,
    path: &str,
    (today, soon): (&str, &str),
) -> Result<Vec<BoardRow>, StoreError> {
    rows!(conn, BoardRow, BOARD, root, path, today, soon)
}

/// Items at `path` and below, the earliest deadline first.
pub async fn items_below(
    conn: &mut Conn,
    root: Uuid,
    path: &str,
    filter: ItemFilter<'_>,
    (limit, offset): (i64, i64),
) -> Result<Vec<ListedItemRow>, StoreError> {
    rows!(conn, ListedItemRow, ITEMS_BELOW, root, path, filter.state, filter.from, filter.to, limit, offset)
}
