//! Proposals and decisions; what comes after them in `after`. Functions fail only when the database does.

pub(crate) mod after;
pub(crate) mod calibration;
pub mod petition;
pub(crate) mod publication;
pub mod remedy;

pub use after::{
    ItemRow, NoticeRow, insert_item, insert_notice, item, items_of_campaign, items_of_person, items_of_review,
    items_of_unit, notice, notices, notices_of_unit, read_notice, reply_notice, update_item,
};
pub use calibration::{CalibrationRow, MoveRow, calibration, calibrations, insert_calibration, insert_move, moves};
pub use publication::{PublicationRow, insert_publication, publications, unpublished, withdraw_publication};

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
    /// Kind of subjects on the list, a word of `domain::subject::Subject`.
    pub subject: String,
    /// First list is 1; a further one is for those who came late.
    pub serial: i64,
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
    SAVED_LINES_OF_CAMPAIGN = "SELECT l.review_id, l.level, l.reason FROM proposal p JOIN proposal_line l ON l.root_id = p.root_id AND l.proposal_id = p.proposal_id \
        WHERE p.root_id = $1 AND p.campaign_id = $2 ORDER BY l.review_id";
    PROPOSED_OF_CAMPAIGN = "SELECT l.review_id, l.level, l.reason FROM proposal_line l JOIN proposal p ON p.root_id = l.root_id AND p.proposal_id = l.proposal_id \
        JOIN review r ON r.root_id = l.root_id AND r.review_id = l.review_id \
        WHERE l.root_id = $1 AND p.campaign_id = $2 AND p.state IN ('sent', 'decided') AND l.level <> '' AND r.state <> 'not_due' ORDER BY l.review_id";
    INSERT_DECISION = "INSERT INTO decision (root_id, decision_id, campaign_id, unit_id, subject, serial, meeting_id, state, number, signed_on, signer_id, membership_base, in_favour, cap_override_reason, issued_at, issued_by, version, saved_by, saved_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    UPDATE_DECISION = "UPDATE decision SET meeting_id = $4, state = $5, number = $6, signed_on = $7, signer_id = $8, membership_base = $9, in_favour = $10, cap_override_reason = $11, issued_at = $12, issued_by = $13, saved_by = $14, saved_at = $15, version = version + 1 \
        WHERE root_id = $1 AND decision_id = $2 AND version = $3 AND state <> 'issued'";
    DECISION_OF_CAMPAIGN = "SELECT d.* FROM decision d WHERE d.root_id = $1 AND d.campaign_id = $2 AND d.subject = $3 \
        AND NOT EXISTS (SELECT 1 FROM redecision e WHERE e.root_id = $1 AND e.decision_id = d.decision_id) ORDER BY d.serial DESC LIMIT 1";
    DECISION_BY_ID = "SELECT * FROM decision WHERE root_id = $1 AND decision_id = $2";
    DECISIONS_OF_CAMPAIGN = "SELECT * FROM decision WHERE root_id = $1 AND campaign_id = $2 ORDER BY subject, decision_id";
    SET_DECISION_LINE = "INSERT INTO decision_line (root_id, decision_id, review_id, level, reason, proposed, in_favour) VALUES ($1, $2, $3, $4, $5, $6, $7) \
        ON CONFLICT (root_id, decision_id, review_id) DO UPDATE SET level = excluded.level, reason = excluded.reason, proposed = excluded.proposed, in_favour = excluded.in_favour";
    DECISION_LINES = "SELECT l.review_id, l.level, l.reason FROM decision_line l JOIN review r ON r.root_id = l.root_id AND r.review_id = l.review_id \
        WHERE l.root_id = $1 AND l.decision_id = $2 AND l.level <> '' AND r.state <> 'not_due' ORDER BY l.review_id";
    SAVED_DECISION_LINES = "SELECT l.review_id, l.level, l.reason, l.proposed FROM decision_line l WHERE l.root_id = $1 AND l.decision_id = $2 ORDER BY l.review_id";
}

/// Adds a proposal.
pub async fn insert_proposal(conn: &mut Conn, p: &ProposalRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_PROPOSAL, p.root_id, p.proposal_id, p.campaign_id, p.unit_id, &p.state, &p.note,
        &p.returned_reason, p.sent_at, p.sent_by, p.version, p.saved_by, p.saved_at
    )?;
    crate::rollup::refresh_unit(conn, p.root_id, p.campaign_id, p.unit_id).await
}

/// Changes a proposal; `false` when somebody changed it since `p.version` was read.
pub async fn update_proposal(conn: &mut Conn, p: &ProposalRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_PROPOSAL, p.root_id, p.proposal_id, p.version, &p.state, &p.note, &p.returned_reason, p.sent_at,
        p.sent_by, p.saved_by, p.saved_at
    )?;
    crate::rollup::refresh_unit(conn, p.root_id, p.campaign_id, p.unit_id).await?;
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

/// The lines of all proposals of a campaign as they were saved, also those left open.
pub async fn saved_lines_of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<LevelRow>, StoreError> {
    rows!(conn, LevelRow, SAVED_LINES_OF_CAMPAIGN, root, campaign)
}

/// The lines with a level of all proposals of a campaign that were sent, without whoever was taken out of the round.
pub async fn proposed_of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<LevelRow>, StoreError> {
    rows!(conn, LevelRow, PROPOSED_OF_CAMPAIGN, root, campaign)
}

/// Adds a decision.
pub async fn insert_decision(conn: &mut Conn, d: &DecisionRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_DECISION, d.root_id, d.decision_id, d.campaign_id, d.unit_id, &d.subject, d.serial, d.meeting_id,
        &d.state, &d.number, &d.signed_on, d.signer_id, d.membership_base, d.in_favour, &d.cap_override_reason,
        d.issued_at, d.issued_by, d.version, d.saved_by, d.saved_at
    )?;
    crate::rollup::refresh_unit(conn, d.root_id, d.campaign_id, d.unit_id).await
}

/// Changes a decision that is not issued; `false` when it was issued or changed since `d.version` was read.
pub async fn update_decision(conn: &mut Conn, d: &DecisionRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_DECISION, d.root_id, d.decision_id, d.version, d.meeting_id, &d.state, &d.number, &d.signed_on,
        d.signer_id, d.membership_base, d.in_favour, &d.cap_override_reason, d.issued_at, d.issued_by, d.saved_by,
        d.saved_at
    )?;
    crate::rollup::refresh_unit(conn, d.root_id, d.campaign_id, d.unit_id).await?;
    Ok(changed == 1)
}

/// The last decision on the subjects of one kind in a campaign, in which one body decides.
pub async fn decision(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    subject: &str,
) -> Result<Option<DecisionRow>, StoreError> {
    maybe_row!(conn, DecisionRow, DECISION_OF_CAMPAIGN, root, campaign, subject)
}

/// One decision.
pub async fn decision_by_id(conn: &mut Conn, root: Uuid, decision: Uuid) -> Result<Option<DecisionRow>, StoreError> {
    maybe_row!(conn, DecisionRow, DECISION_BY_ID, root, decision)
}

/// All decisions of a campaign.
pub async fn decisions(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<DecisionRow>, StoreError> {
    rows!(conn, DecisionRow, DECISIONS_OF_CAMPAIGN, root, campaign)
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
