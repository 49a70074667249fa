//! Notices and remediation items. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `notice`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct NoticeRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Decision.
    pub decision_id: Uuid,
    /// Comment that goes with the level.
    pub comment: String,
    /// Day of the notice.
    pub issued_on: String,
    /// Last day for an answer to a reply.
    pub reply_due_on: String,
    /// When the person first opened it.
    pub read_at: Option<DateTime<Utc>>,
    /// The person's reply.
    pub reply: String,
    /// When.
    pub replied_at: Option<DateTime<Utc>>,
}

/// One row of `remediation_item`.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ItemRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Item.
    pub item_id: Uuid,
    /// Review it comes from.
    pub review_id: Uuid,
    /// Unit.
    pub unit_id: Uuid,
    /// Word of `domain::remediation::Source`.
    pub source: String,
    /// The record in which it was told, as `domain::remediation` names it; empty when it was written anew.
    pub origin: String,
    /// What is to be remedied.
    pub shortcoming: String,
    /// How.
    pub measure: String,
    /// What should be seen afterwards.
    pub expected: String,
    /// Whether a collective owes it and the owner answers for it.
    pub collective: bool,
    /// Who does it.
    pub owner_id: Uuid,
    /// Who watches it.
    pub monitor_id: Uuid,
    /// Who inspects it.
    pub inspector_id: Option<Uuid>,
    /// First day; items of long ago have none.
    pub starts_on: Option<String>,
    /// Deadline.
    pub due_on: String,
    /// Word of `domain::remediation::ItemState`.
    pub state: String,
    /// What the monitor found at closing.
    pub outcome: String,
    /// Day on which the effect was checked.
    pub checked_on: Option<String>,
    /// Day of closing.
    pub closed_on: Option<String>,
    /// Counts changes.
    pub version: i64,
}

statements! {
    INSERT_NOTICE = "INSERT INTO notice (root_id, review_id, decision_id, comment, issued_on, reply_due_on, read_at, reply, replied_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    NOTICE = "SELECT * FROM notice WHERE root_id = $1 AND review_id = $2";
    NOTICES_OF_UNIT = "SELECT n.* FROM review r JOIN notice n ON n.root_id = r.root_id AND n.review_id = r.review_id WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.unit_id = $3 ORDER BY n.review_id";
    NOTICES_OF_CAMPAIGN = "SELECT n.* FROM notice n JOIN decision d ON d.root_id = n.root_id AND d.decision_id = n.decision_id WHERE n.root_id = $1 AND d.campaign_id = $2 ORDER BY n.review_id";
    READ_NOTICE = "UPDATE notice SET read_at = $3 WHERE root_id = $1 AND review_id = $2 AND read_at IS NULL";
    REPLACE_NOTICE = "UPDATE notice SET decision_id = $3, comment = $4, issued_on = $5, reply_due_on = $6, read_at = NULL, reply = '', replied_at = NULL WHERE root_id = $1 AND review_id = $2";
    KEEP_REPLACED_NOTICE = "INSERT INTO replaced_notice (root_id, review_id, decision_id, comment, issued_on, reply_due_on, read_at, reply, replied_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REPLACED_NOTICES = "SELECT * FROM replaced_notice WHERE root_id = $1 AND review_id = $2 ORDER BY issued_on, decision_id";
    REPLY_NOTICE = "UPDATE notice SET reply = $3, replied_at = $4 WHERE root_id = $1 AND review_id = $2 AND replied_at IS NULL";
    INSERT_ITEM = "INSERT INTO remediation_item (root_id, item_id, review_id, unit_id, source, shortcoming, measure, owner_id, monitor_id, due_on, state, outcome, closed_on, version, origin, expected, collective, inspector_id, starts_on, checked_on) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    UPDATE_ITEM = "UPDATE remediation_item SET unit_id = $10, measure = $4, monitor_id = $5, due_on = $6, state = $7, outcome = $8, closed_on = $9, checked_on = $11, version = version + 1 WHERE root_id = $1 AND item_id = $2 AND version = $3";
    ITEM_BY_ID = "SELECT * FROM remediation_item WHERE root_id = $1 AND item_id = $2";
    ITEMS_OF_REVIEW = "SELECT * FROM remediation_item WHERE root_id = $1 AND review_id = $2 ORDER BY due_on, item_id";
    ITEMS_OF_UNIT = "SELECT i.* FROM remediation_item i JOIN review r ON r.root_id = i.root_id AND r.review_id = i.review_id WHERE i.root_id = $1 AND i.unit_id = $3 AND (r.campaign_id = $2 OR r.unit_id <> $3) ORDER BY i.due_on, i.item_id";
    ITEMS_OF_PERSON = "SELECT * FROM remediation_item WHERE root_id = $1 AND (owner_id = $2 OR monitor_id = $2 OR inspector_id = $2) ORDER BY due_on, item_id";
    ITEMS_OF_CAMPAIGN = "SELECT i.* FROM remediation_item i JOIN review r ON r.root_id = i.root_id AND r.review_id = i.review_id WHERE i.root_id = $1 AND r.campaign_id = $2 ORDER BY i.due_on, i.item_id";
}

/// Adds a notice.
pub async fn insert_notice(conn: &mut Conn, n: &NoticeRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_NOTICE, n.root_id, n.review_id, n.decision_id, &n.comment, &n.issued_on, &n.reply_due_on,
        n.read_at, &n.reply, n.replied_at
    )?;
    crate::rollup::notice_issued(conn, n.root_id, n.review_id).await
}

/// The notice of a review.
pub async fn notice(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Option<NoticeRow>, StoreError> {
    maybe_row!(conn, NoticeRow, NOTICE, root, review)
}

/// All notices of a campaign.
pub async fn notices(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<NoticeRow>, StoreError> {
    rows!(conn, NoticeRow, NOTICES_OF_CAMPAIGN, root, campaign)
}

/// The notices to those whom a unit reviewed in a campaign.
pub async fn notices_of_unit(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<NoticeRow>, StoreError> {
    rows!(conn, NoticeRow, NOTICES_OF_UNIT, root, campaign, unit)
}

/// Marks a notice as read, the first time only.
pub async fn read_notice(conn: &mut Conn, root: Uuid, review: Uuid, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let first = run!(conn, READ_NOTICE, root, review, at)? == 1;
    if first {
        let times = super::petition::times_redecided(conn, root, review).await?;
        crate::rollup::notice_read(conn, root, review, times).await?;
    }
    Ok(first)
}

/// Stores the reply; `false` when there is one.
pub async fn reply_notice(
    conn: &mut Conn,
    root: Uuid,
    review: Uuid,
    reply: &str,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    Ok(run!(conn, REPLY_NOTICE, root, review, reply, at)? == 1)
}

/// Adds a remediation item.
pub async fn insert_item(conn: &mut Conn, i: &ItemRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_ITEM, i.root_id, i.item_id, i.review_id, i.unit_id, &i.source, &i.shortcoming, &i.measure,
        i.owner_id, i.monitor_id, &i.due_on, &i.state, &i.outcome, &i.closed_on, i.version, &i.origin, &i.expected,
        i.collective, i.inspector_id, &i.starts_on, &i.checked_on
    )?;
    Ok(())
}

/// Changes an item; `false` when somebody changed it since `i.version` was read.
pub async fn update_item(conn: &mut Conn, i: &ItemRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_ITEM, i.root_id, i.item_id, i.version, &i.measure, i.monitor_id, &i.due_on, &i.state, &i.outcome,
        &i.closed_on, i.unit_id, &i.checked_on
    )?;
    Ok(changed == 1)
}

/// One item.
pub async fn item(conn: &mut Conn, root: Uuid, item: Uuid) -> Result<Option<ItemRow>, StoreError> {
    maybe_row!(conn, ItemRow, ITEM_BY_ID, root, item)
}

/// The items of a review.
pub async fn items_of_review(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<ItemRow>, StoreError> {
    rows!(conn, ItemRow, ITEMS_OF_REVIEW, root, review)
}

/// The items of a unit in a campaign, with those of people who came since from elsewhere.
pub async fn items_of_unit(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<ItemRow>, StoreError> {
    rows!(conn, ItemRow, ITEMS_OF_UNIT, root, campaign, unit)
}

/// The items a person owns, monitors or inspects.
pub async fn items_of_person(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<ItemRow>, StoreError> {
    rows!(conn, ItemRow, ITEMS_OF_PERSON, root, person)
}

/// The items of a campaign.
pub async fn items_of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<ItemRow>, StoreError> {
    rows!(conn, ItemRow, ITEMS_OF_CAMPAIGN, root, campaign)
}
