//! What follows a change of the organisation into another cell or another round: reviews with what belongs to them.

use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::review::ReviewRow;
use crate::rollup;
use crate::sql::{rows, run, statements};

/// How far a cell is in a round.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProgressRow {
    /// Cell.
    pub unit_id: Uuid,
    /// Round.
    pub campaign_id: Uuid,
    /// Word of `domain::meeting::MeetingState` or `domain::proposal::ProposalState`.
    pub state: String,
}

statements! {
    WAITING_IN_CELL = "SELECT r.* FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE c.root_id = $1 AND r.root_id = $1 AND r.unit_id = $2 AND c.state = 'open' AND r.state NOT IN ('decided', 'not_due') ORDER BY r.review_id";
    WAITING_BELOW = "SELECT r.* FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        WHERE c.root_id = $1 AND r.root_id = $1 AND c.state = 'open' AND r.state NOT IN ('decided', 'not_due') AND u.path BETWEEN $2 AND $2 || '~' ORDER BY r.review_id";
    MOVE_REVIEW = "UPDATE review SET unit_id = $4, campaign_id = $5, version = version + 1 WHERE root_id = $1 AND review_id = $2 AND version = $3";
    MOVE_MEETINGS = "UPDATE meeting SET campaign_id = $4 WHERE root_id = $1 AND campaign_id = $2 AND unit_id = $3";
    MOVE_PROPOSALS = "UPDATE proposal SET campaign_id = $4 WHERE root_id = $1 AND campaign_id = $2 AND unit_id = $3";
    HAND_OVER_CAMPAIGN = "UPDATE campaign SET unit_id = $3 WHERE root_id = $1 AND campaign_id = $2";
    FORGET_LINES = "DELETE FROM proposal_line WHERE root_id = $1 AND review_id = $2 AND proposal_id IN (SELECT p.proposal_id FROM proposal p WHERE p.root_id = $1 AND p.unit_id = $3 AND p.state NOT IN ('sent', 'decided'))";
    FORGET_DECISION_LINES = "DELETE FROM decision_line WHERE root_id = $1 AND review_id = $2 AND decision_id IN (SELECT d.decision_id FROM decision d \
        WHERE d.root_id = $1 AND d.campaign_id = (SELECT r.campaign_id FROM review r WHERE r.root_id = $1 AND r.review_id = $2) AND d.campaign_id <> $3 AND d.state <> 'issued')";
    KEEP_FACT_PLACES = "INSERT INTO fact_place (root_id, fact_id, unit_id) SELECT f.root_id, f.fact_id, $3 FROM fact f WHERE f.root_id = $1 AND f.review_id = $2 \
        AND NOT EXISTS (SELECT 1 FROM fact_place p WHERE p.root_id = $1 AND p.fact_id = f.fact_id)";
    FACT_PLACES = "SELECT p.fact_id, u.name FROM fact f JOIN fact_place p ON p.root_id = f.root_id AND p.fact_id = f.fact_id JOIN unit u ON u.root_id = p.root_id AND u.unit_id = p.unit_id \
        WHERE f.root_id = $1 AND f.review_id = $2";
    REVIEW_OF_SUBJECT = "SELECT * FROM review WHERE root_id = $1 AND campaign_id = $2 AND subject = $3 AND about_id = $4";
    SENT_LISTS = "SELECT p.unit_id, p.campaign_id, p.state FROM proposal p JOIN campaign c ON c.root_id = p.root_id AND c.campaign_id = p.campaign_id WHERE p.root_id = $1 AND c.root_id = $1 AND c.state = 'open' AND p.state = 'sent'";
    SEALED_MEETINGS = "SELECT m.unit_id, m.campaign_id, m.state FROM meeting m JOIN campaign c ON c.root_id = m.root_id AND c.campaign_id = m.campaign_id WHERE m.root_id = $1 AND c.root_id = $1 AND c.state = 'open' AND m.state = 'sealed'";
}

/// The undecided reviews of a cell in open rounds.
///
/// # Errors
/// When the database fails.
pub async fn waiting_in_cell(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<ReviewRow>, StoreError> {
    rows!(conn, ReviewRow, WAITING_IN_CELL, root, unit)
}

/// The undecided reviews at and below a path in open rounds.
///
/// # Errors
/// When the database fails.
pub async fn waiting_below(conn: &mut Conn, root: Uuid, path: &str) -> Result<Vec<ReviewRow>, StoreError> {
    rows!(conn, ReviewRow, WAITING_BELOW, root, path)
}

/// Cells whose list was sent in an open round and is not decided.
///
/// # Errors
/// When the database fails.
pub async fn sent_lists(conn: &mut Conn, root: Uuid) -> Result<Vec<ProgressRow>, StoreError> {
    rows!(conn, ProgressRow, SENT_LISTS, root)
}

/// Cells that sealed their minutes in an open round.
///
/// # Errors
/// When the database fails.
pub async fn sealed_meetings(conn: &mut Conn, root: Uuid) -> Result<Vec<ProgressRow>, StoreError> {
    rows!(conn, ProgressRow, SEALED_MEETINGS, root)
}

/// Takes a review to the cell and round of `moved`; its facts keep the cell they were stated in, and the unsent list of
/// the old cell and the list that another body prepares forget its line. `false` when somebody changed it since `moved.version` was read.
///
/// # Errors
/// When the database refuses: the person has a review in that round.
pub async fn move_review(conn: &mut Conn, moved: &ReviewRow, old_unit: Uuid) -> Result<bool, StoreError> {
    let root = moved.root_id;
    if old_unit != moved.unit_id {
        run!(conn, KEEP_FACT_PLACES, root, moved.review_id, old_unit)?;
        run!(conn, FORGET_LINES, root, moved.review_id, old_unit)?;
    }
    run!(conn, FORGET_DECISION_LINES, root, moved.review_id, moved.campaign_id)?;
    rollup::review_left(conn, root, moved.review_id, moved.version).await?;
    let changed = run!(conn, MOVE_REVIEW, root, moved.review_id, moved.version, moved.unit_id, moved.campaign_id)?;
    if changed == 1 {
        rollup::enrol(conn, root, moved.campaign_id, moved.unit_id).await?;
        rollup::review_entered(conn, root, moved.review_id, moved.version + 1).await?;
    }
    Ok(changed == 1)
}

/// Takes meetings and the unsent list of a cell to another round.
///
/// # Errors
/// When the database refuses: the cell has a list in that round.
pub async fn move_proceedings(conn: &mut Conn, root: Uuid, unit: Uuid, from: Uuid, to: Uuid) -> Result<(), StoreError> {
    run!(conn, MOVE_MEETINGS, root, from, unit, to)?;
    run!(conn, MOVE_PROPOSALS, root, from, unit, to)?;
    rollup::rehome(conn, root, unit, from, to).await
}

/// A unit stands elsewhere in the tree from now on, and in the tree of each open round in which something at or below it is
/// not decided.
///
/// # Errors
/// When the database fails.
pub async fn replant(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<(), StoreError> {
    rollup::replant(conn, root, unit).await
}

/// Another body leads the round from now on.
///
/// # Errors
/// When the database fails.
pub async fn hand_over_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid, to: Uuid) -> Result<(), StoreError> {
    run!(conn, HAND_OVER_CAMPAIGN, root, campaign, to)?;
    rollup::enrol(conn, root, campaign, to).await?;
    rollup::refresh_unit(conn, root, campaign, to).await
}

/// Facts of a review that happened in another cell: fact, name of the cell.
///
/// # Errors
/// When the database fails.
pub async fn fact_places(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<(Uuid, String)>, StoreError> {
    rows!(conn, (Uuid, String), FACT_PLACES, root, review)
}

/// Whether a subject has a review in a round.
///
/// # Errors
/// When the database fails.
pub async fn has_review(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    subject: &str,
    about: Uuid,
) -> Result<bool, StoreError> {
    Ok(!rows!(conn, ReviewRow, REVIEW_OF_SUBJECT, root, campaign, subject, about)?.is_empty())
}
