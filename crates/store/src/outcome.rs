//! Proposals, decisions, notices and remediation items. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `proposal`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ProposalRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Proposal.
    pub proposal_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Cell that proposes.
    pub unit_id: Uuid,
    /// Word of `domain::proposal::ProposalState`.
    pub state: String,
    /// Remark.
    pub note: String,
    /// Why it was returned.
    pub returned_reason: String,
    /// When sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// By whom.
    pub sent_by: Option<Uuid>,
    /// Counts changes.
    pub version: i64,
    /// Who changed it last.
    pub saved_by: Option<Uuid>,
    /// When.
    pub saved_at: Option<DateTime<Utc>>,
}

/// A proposed or decided level of one review.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct LevelRow {
    /// Review.
    pub review_id: Uuid,
    /// Level.
    pub level: String,
    /// Reason, where one is needed.
    pub reason: String,
}

/// A line of a decision as it was saved, also one whose level is left open.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct DecidedRow {
    /// Review.
    pub review_id: Uuid,
    /// Level, empty while it is left open.
    pub level: String,
    /// Reason, where one is needed.
    pub reason: String,
    /// Level the cell proposed when the line was saved, empty when none had arrived.
    pub proposed: String,
}

/// One row of `decision`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct DecisionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Decision.
    pub decision_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Deciding body's unit.
    pub unit_id: Uuid,
    /// Meeting in which it was taken.
    pub meeting_id: Option<Uuid>,
    /// Word of `domain::decision::DecisionState`.
    pub state: String,
    /// Number as printed.
    pub number: String,
    /// Day on the paper.
    pub signed_on: String,
    /// Who signs.
    pub signer_id: Uuid,
    /// Membership of the deciding body.
    pub membership_base: i64,
    /// Votes for the list.
    pub in_favour: i64,
    /// Why the cap is exceeded, if it is.
    pub cap_override_reason: String,
    /// When issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// By whom.
    pub issued_by: Option<Uuid>,
    /// Counts changes.
    pub version: i64,
    /// Who changed it last.
    pub saved_by: Option<Uuid>,
    /// When.
    pub saved_at: Option<DateTime<Utc>>,
}

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
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
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
    /// What is to be remedied.
    pub shortcoming: String,
    /// How.
    pub measure: String,
    /// Who does it.
    pub owner_id: Uuid,
    /// Who watches it.
    pub monitor_id: Uuid,
    /// Deadline.
    pub due_on: String,
    /// Word of `domain::remediation::ItemState`.
    pub state: String,
    /// What the monitor found at closing.
    pub outcome: String,
    /// Day of closing.
    pub closed_on: Option<String>,
    /// Counts changes.
    pub version: i64,
}

statements! {
    INSERT_PROPOSAL = "INSERT INTO proposal (root_id, proposal_id, campaign_id, unit_id, state, note, returned_reason, sent_at, sent_by, version, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE_PROPOSAL = "UPDATE proposal SET state = $4, note = $5, returned_reason = $6, sent_at = $7, sent_by = $8, saved_by = $9, saved_at = $10, version = version + 1 WHERE root_id = $1 AND proposal_id = $2 AND version = $3";
    PROPOSAL_OF_UNIT = "SELECT * FROM proposal WHERE root_id = $1 AND campaign_id = $2 AND unit_id = $3";
    PROPOSAL_BY_ID = "SELECT * FROM proposal WHERE root_id = $1 AND proposal_id = $2";
    PROPOSALS = "SELECT * FROM proposal WHERE root_id = $1 AND campaign_id = $2";
    SET_PROPOSAL_LINE = "INSERT INTO proposal_line (root_id, proposal_id, review_id, level, reason) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (root_id, proposal_id, review_id) DO UPDATE SET level = excluded.level, reason = excluded.reason";
    PROPOSAL_LINES = "SELECT l.review_id, l.level, l.reason FROM proposal_line l JOIN proposal p ON p.root_id = l.root_id AND p.proposal_id = l.proposal_id \
        JOIN review r ON r.root_id = l.root_id AND r.review_id = l.review_id \
        WHERE l.root_id = $1 AND l.proposal_id = $2 AND l.level <> '' AND (r.state <> 'not_due' OR p.state IN ('sent', 'decided')) ORDER BY l.review_id";
    SAVED_PROPOSAL_LINES = "SELECT l.review_id, l.level, l.reason FROM proposal_line l WHERE l.root_id = $1 AND l.proposal_id = $2 ORDER BY l.review_id";
    PROPOSED_OF_CAMPAIGN = "SELECT l.review_id, l.level, l.reason FROM proposal_line l JOIN proposal p ON p.root_id = l.root_id AND p.proposal_id = l.proposal_id \
        JOIN review r ON r.root_id = l.root_id AND r.review_id = l.review_id \
        WHERE l.root_id = $1 AND p.campaign_id = $2 AND p.state IN ('sent', 'decided') AND l.level <> '' AND r.state <> 'not_due' ORDER BY l.review_id";
    INSERT_DECISION = "INSERT INTO decision (root_id, decision_id, campaign_id, unit_id, meeting_id, state, number, signed_on, signer_id, membership_base, in_favour, cap_override_reason, issued_at, issued_by, version, saved_by, saved_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    UPDATE_DECISION = "UPDATE decision SET meeting_id = $4, state = $5, number = $6, signed_on = $7, signer_id = $8, membership_base = $9, in_favour = $10, cap_override_reason = $11, issued_at = $12, issued_by = $13, saved_by = $14, saved_at = $15, version = version + 1 \
        WHERE root_id = $1 AND decision_id = $2 AND version = $3 AND state <> 'issued'";
    DECISION_OF_CAMPAIGN = "SELECT * FROM decision WHERE root_id = $1 AND campaign_id = $2 AND unit_id = $3";
    SET_DECISION_LINE = "INSERT INTO decision_line (root_id, decision_id, review_id, level, reason, proposed, in_favour) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (root_id, decision_id, review_id) DO UPDATE SET level = excluded.level, reason = excluded.reason, proposed = excluded.proposed, in_favour = excluded.in_favour";
    DECISION_LINES = "SELECT l.review_id, l.level, l.reason FROM decision_line l JOIN review r ON r.root_id = l.root_id AND r.review_id = l.review_id \
        WHERE l.root_id = $1 AND l.decision_id = $2 AND l.level <> '' AND r.state <> 'not_due' ORDER BY l.review_id";
    SAVED_DECISION_LINES = "SELECT l.review_id, l.level, l.reason, l.proposed FROM decision_line l WHERE l.root_id = $1 AND l.decision_id = $2 ORDER BY l.review_id";
    INSERT_NOTICE = "INSERT INTO notice (root_id, review_id, decision_id, comment, issued_on, reply_due_on, read_at, reply, replied_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    NOTICE = "SELECT * FROM notice WHERE root_id = $1 AND review_id = $2";
    NOTICES_OF_CAMPAIGN = "SELECT n.* FROM notice n JOIN decision d ON d.root_id = n.root_id AND d.decision_id = n.decision_id WHERE n.root_id = $1 AND d.campaign_id = $2 ORDER BY n.review_id";
    READ_NOTICE = "UPDATE notice SET read_at = $3 WHERE root_id = $1 AND review_id = $2 AND read_at IS NULL";
    REPLY_NOTICE = "UPDATE notice SET reply = $3, replied_at = $4 WHERE root_id = $1 AND review_id = $2 AND replied_at IS NULL";
    INSERT_ITEM = "INSERT INTO remediation_item (root_id, item_id, review_id, unit_id, source, shortcoming, measure, owner_id, monitor_id, due_on, state, outcome, closed_on, version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    UPDATE_ITEM = "UPDATE remediation_item SET measure = $4, monitor_id = $5, due_on = $6, state = $7, outcome = $8, closed_on = $9, version = version + 1 WHERE root_id = $1 AND item_id = $2 AND version = $3";
    ITEM_BY_ID = "SELECT * FROM remediation_item WHERE root_id = $1 AND item_id = $2";
    ITEMS_OF_REVIEW = "SELECT * FROM remediation_item WHERE root_id = $1 AND review_id = $2 ORDER BY due_on, item_id";
    ITEMS_OF_UNIT = "SELECT i.* FROM remediation_item i JOIN review r ON r.root_id = i.root_id AND r.review_id = i.review_id WHERE i.root_id = $1 AND r.campaign_id = $2 AND i.unit_id = $3 ORDER BY i.due_on, i.item_id";
    ITEMS_OF_PERSON = "SELECT * FROM remediation_item WHERE root_id = $1 AND (owner_id = $2 OR monitor_id = $2) ORDER BY due_on, item_id";
    ITEMS_OF_CAMPAIGN = "SELECT i.* FROM remediation_item i JOIN review r ON r.root_id = i.root_id AND r.review_id = i.review_id WHERE i.root_id = $1 AND r.campaign_id = $2 ORDER BY i.due_on, i.item_id";
}

/// Adds a proposal.
pub async fn insert_proposal(conn: &mut Conn, p: &ProposalRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_PROPOSAL, p.root_id, p.proposal_id, p.campaign_id, p.unit_id, &p.state, &p.note,
        &p.returned_reason, p.sent_at, p.sent_by, p.version, p.saved_by, p.saved_at
    )?;
    Ok(())
}

/// Changes a proposal; `false` when somebody changed it since `p.version` was read.
pub async fn update_proposal(conn: &mut Conn, p: &ProposalRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_PROPOSAL, p.root_id, p.proposal_id, p.version, &p.state, &p.note, &p.returned_reason, p.sent_at,
        p.sent_by, p.saved_by, p.saved_at
    )?;
    Ok(changed == 1)
}

/// The proposal of a cell.
pub async fn proposal_of_unit(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Option<ProposalRow>, StoreError> {
    maybe_row!(conn, ProposalRow, PROPOSAL_OF_UNIT, root, campaign, unit)
}

/// One proposal.
pub async fn proposal(conn: &mut Conn, root: Uuid, proposal: Uuid) -> Result<Option<ProposalRow>, StoreError> {
    maybe_row!(conn, ProposalRow, PROPOSAL_BY_ID, root, proposal)
}

/// All proposals of a campaign.
pub async fn proposals(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<ProposalRow>, StoreError> {
    rows!(conn, ProposalRow, PROPOSALS, root, campaign)
}

/// Sets the proposed level of a review; an empty one leaves it open.
pub async fn set_proposal_line(conn: &mut Conn, root: Uuid, proposal: Uuid, line: &LevelRow) -> Result<(), StoreError> {
    run!(conn, SET_PROPOSAL_LINE, root, proposal, line.review_id, &line.level, &line.reason)?;
    Ok(())
}

/// The lines of a proposal that have a level. Whoever was taken out of the round stays on a list that was sent before.
pub async fn proposal_lines(conn: &mut Conn, root: Uuid, proposal: Uuid) -> Result<Vec<LevelRow>, StoreError> {
    rows!(conn, LevelRow, PROPOSAL_LINES, root, proposal)
}

/// The lines of a proposal as they were saved, also those left open.
pub async fn saved_proposal_lines(conn: &mut Conn, root: Uuid, proposal: Uuid) -> Result<Vec<LevelRow>, StoreError> {
    rows!(conn, LevelRow, SAVED_PROPOSAL_LINES, root, proposal)
}

/// The lines with a level of all proposals of a campaign that were sent, without whoever was taken out of the round.
pub async fn proposed_of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<LevelRow>, StoreError> {
    rows!(conn, LevelRow, PROPOSED_OF_CAMPAIGN, root, campaign)
}

/// Adds a decision.
pub async fn insert_decision(conn: &mut Conn, d: &DecisionRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_DECISION, d.root_id, d.decision_id, d.campaign_id, d.unit_id, d.meeting_id, &d.state, &d.number,
        &d.signed_on, d.signer_id, d.membership_base, d.in_favour, &d.cap_override_reason, d.issued_at, d.issued_by,
        d.version, d.saved_by, d.saved_at
    )?;
    Ok(())
}

/// Changes a decision that is not issued; `false` when it was issued or changed since `d.version` was read.
pub async fn update_decision(conn: &mut Conn, d: &DecisionRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_DECISION, d.root_id, d.decision_id, d.version, d.meeting_id, &d.state, &d.number, &d.signed_on,
        d.signer_id, d.membership_base, d.in_favour, &d.cap_override_reason, d.issued_at, d.issued_by, d.saved_by,
        d.saved_at
    )?;
    Ok(changed == 1)
}

/// The decision of a body in a campaign.
pub async fn decision(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Option<DecisionRow>, StoreError> {
    maybe_row!(conn, DecisionRow, DECISION_OF_CAMPAIGN, root, campaign, unit)
}

/// Sets the decided level of a review; an empty one leaves it open. `in_favour` are the votes for this line, when lines
/// were voted one by one.
pub async fn set_decision_line(
    conn: &mut Conn,
    root: Uuid,
    decision: Uuid,
    line: &DecidedRow,
    in_favour: Option<i64>,
) -> Result<(), StoreError> {
    run!(
        conn, SET_DECISION_LINE, root, decision, line.review_id, &line.level, &line.reason, &line.proposed, in_favour
    )?;
    Ok(())
}

/// The lines of a decision as they were saved, also those left open.
pub async fn saved_decision_lines(conn: &mut Conn, root: Uuid, decision: Uuid) -> Result<Vec<DecidedRow>, StoreError> {
    rows!(conn, DecidedRow, SAVED_DECISION_LINES, root, decision)
}

/// The lines of a decision that have a level, without whoever was taken out of the round.
pub async fn decision_lines(conn: &mut Conn, root: Uuid, decision: Uuid) -> Result<Vec<LevelRow>, StoreError> {
    rows!(conn, LevelRow, DECISION_LINES, root, decision)
}

/// Adds a notice.
pub async fn insert_notice(conn: &mut Conn, n: &NoticeRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_NOTICE, n.root_id, n.review_id, n.decision_id, &n.comment, &n.issued_on, &n.reply_due_on,
        n.read_at, &n.reply, n.replied_at
    )?;
    Ok(())
}

/// The notice of a review.
pub async fn notice(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Option<NoticeRow>, StoreError> {
    maybe_row!(conn, NoticeRow, NOTICE, root, review)
}

/// All notices of a campaign.
pub async fn notices(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<NoticeRow>, StoreError> {
    rows!(conn, NoticeRow, NOTICES_OF_CAMPAIGN, root, campaign)
}

/// Marks a notice as read, the first time only.
pub async fn read_notice(conn: &mut Conn, root: Uuid, review: Uuid, at: DateTime<Utc>) -> Result<bool, StoreError> {
    Ok(run!(conn, READ_NOTICE, root, review, at)? == 1)
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
        i.owner_id, i.monitor_id, &i.due_on, &i.state, &i.outcome, &i.closed_on, i.version
    )?;
    Ok(())
}

/// Changes an item; `false` when somebody changed it since `i.version` was read.
pub async fn update_item(conn: &mut Conn, i: &ItemRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_ITEM, i.root_id, i.item_id, i.version, &i.measure, i.monitor_id, &i.due_on, &i.state, &i.outcome,
        &i.closed_on
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

/// The items of a unit in a campaign.
pub async fn items_of_unit(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<ItemRow>, StoreError> {
    rows!(conn, ItemRow, ITEMS_OF_UNIT, root, campaign, unit)
}

/// The items a person owns or monitors.
pub async fn items_of_person(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<ItemRow>, StoreError> {
    rows!(conn, ItemRow, ITEMS_OF_PERSON, root, person)
}

/// The items of a campaign.
pub async fn items_of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<ItemRow>, StoreError> {
    rows!(conn, ItemRow, ITEMS_OF_CAMPAIGN, root, campaign)
}
