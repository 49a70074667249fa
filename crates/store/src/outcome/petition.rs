//! Petitions, and levels decided once more. Functions fail only when the database does.

use uuid::Uuid;

use super::NoticeRow;
use super::after::{KEEP_REPLACED_NOTICE, REPLACE_NOTICE, REPLACED_NOTICES};
use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, one, rows, run, statements};

/// One row of `petition`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PetitionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Petition.
    pub petition_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Decision it is against.
    pub decision_id: Uuid,
    /// Who petitions.
    pub petitioner_id: Uuid,
    /// What is asked for.
    pub content: String,
    /// Day of receipt.
    pub received_on: String,
    /// Who received it; the petitioner himself when he wrote it here.
    pub received_by: Uuid,
    /// Limit in working days.
    pub working_days: i64,
    /// Last day for the answer.
    pub due_on: String,
    /// Word of `domain::petition::PetitionState`.
    pub state: String,
    /// Answer.
    pub answer: String,
    /// Day of the answer.
    pub answered_on: Option<String>,
    /// Who answered.
    pub answered_by: Option<Uuid>,
    /// Counts changes.
    pub version: i64,
}

/// One row of `redecision`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct RedecisionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// The decision that stands now.
    pub decision_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// The decision it replaces for this review.
    pub earlier_id: Uuid,
    /// What led to it: `petition/<id>`.
    pub cause: String,
}

statements! {
    INSERT_PETITION = "INSERT INTO petition (root_id, petition_id, review_id, decision_id, petitioner_id, content, received_on, received_by, working_days, due_on, state, answer, answered_on, answered_by, version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)";
    UPDATE_PETITION = "UPDATE petition SET due_on = $4, state = $5, answer = $6, answered_on = $7, answered_by = $8, version = version + 1 WHERE root_id = $1 AND petition_id = $2 AND version = $3";
    PETITION = "SELECT * FROM petition WHERE root_id = $1 AND petition_id = $2";
    PETITIONS_OF_REVIEW = "SELECT * FROM petition WHERE root_id = $1 AND review_id = $2 ORDER BY received_on, petition_id";
    PETITIONS_OF_BODY = "SELECT p.* FROM petition p JOIN review r ON r.root_id = p.root_id AND r.review_id = p.review_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE p.root_id = $1 AND c.root_id = $1 AND c.unit_id = $2 ORDER BY p.state <> 'received', p.due_on, p.petition_id";
    INSERT_REDECISION = "INSERT INTO redecision (root_id, decision_id, review_id, earlier_id, cause) VALUES ($1, $2, $3, $4, $5)";
    REDECISIONS_OF_REVIEW = "SELECT e.* FROM redecision e JOIN decision d ON d.root_id = e.root_id AND d.decision_id = e.decision_id WHERE e.root_id = $1 AND e.review_id = $2 ORDER BY d.serial, e.decision_id";
    NEXT_SERIAL = "SELECT COALESCE(MAX(serial), 1000) + 1 FROM decision WHERE root_id = $1 AND campaign_id = $2 AND unit_id = $3 AND subject = $4 AND serial > 1000";
    RENEW_REVIEW = "UPDATE review SET version = version + 1 WHERE root_id = $1 AND review_id = $2 AND version = $3";
    TIMES_REDECIDED = "SELECT COUNT(*) FROM redecision WHERE root_id = $1 AND review_id = $2";
}

/// Adds a petition.
pub async fn insert_petition(conn: &mut Conn, p: &PetitionRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_PETITION, p.root_id, p.petition_id, p.review_id, p.decision_id, p.petitioner_id, &p.content,
        &p.received_on, p.received_by, p.working_days, &p.due_on, &p.state, &p.answer, &p.answered_on, p.answered_by
    )?;
    Ok(())
}

/// Changes a petition; `false` when somebody changed it since `p.version` was read.
pub async fn update_petition(conn: &mut Conn, p: &PetitionRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_PETITION, p.root_id, p.petition_id, p.version, &p.due_on, &p.state, &p.answer, &p.answered_on,
        p.answered_by
    )?;
    Ok(changed == 1)
}

/// One petition.
pub async fn petition(conn: &mut Conn, root: Uuid, id: Uuid) -> Result<Option<PetitionRow>, StoreError> {
    maybe_row!(conn, PetitionRow, PETITION, root, id)
}

/// The petitions about a review.
pub async fn petitions_of_review(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<PetitionRow>, StoreError> {
    rows!(conn, PetitionRow, PETITIONS_OF_REVIEW, root, review)
}

/// The petitions about what the body of `unit` decided: the pending ones first, by their last day.
pub async fn petitions_of_body(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<PetitionRow>, StoreError> {
    rows!(conn, PetitionRow, PETITIONS_OF_BODY, root, unit)
}

/// Puts a decision of one line, and the notice of it, in the place of those before, which are kept; `false` when somebody changed
/// the review since `version` was read. The decision is stored already.
pub async fn redecide(
    conn: &mut Conn,
    r: &RedecisionRow,
    (before, n): (&NoticeRow, &NoticeRow),
    version: i64,
) -> Result<bool, StoreError> {
    crate::rollup::review_left(conn, r.root_id, r.review_id, version).await?;
    if run!(conn, RENEW_REVIEW, r.root_id, r.review_id, version)? != 1 {
        return Ok(false);
    }
    run!(conn, INSERT_REDECISION, r.root_id, r.decision_id, r.review_id, r.earlier_id, &r.cause)?;
    run!(
        conn, KEEP_REPLACED_NOTICE, before.root_id, before.review_id, before.decision_id, &before.comment,
        &before.issued_on, &before.reply_due_on, before.read_at, &before.reply, before.replied_at
    )?;
    run!(conn, REPLACE_NOTICE, n.root_id, n.review_id, n.decision_id, &n.comment, &n.issued_on, &n.reply_due_on)?;
    crate::rollup::review_entered(conn, r.root_id, r.review_id, version + 1).await?;
    if before.read_at.is_some() {
        let times = times_redecided(conn, r.root_id, r.review_id).await?;
        crate::rollup::notice_renewed(conn, r.root_id, r.review_id, times).await?;
    }
    Ok(true)
}

/// How often a review was decided once more.
pub(crate) async fn times_redecided(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<i64, StoreError> {
    Ok(one!(conn, (i64,), TIMES_REDECIDED, root, review)?.0)
}

/// How often a review was decided once more, the first time first.
pub async fn redecisions(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<RedecisionRow>, StoreError> {
    rows!(conn, RedecisionRow, REDECISIONS_OF_REVIEW, root, review)
}

/// The number of the next list of one body in one campaign that decides a level once more: they are counted above the ordinary ones.
pub async fn next_serial(
    conn: &mut Conn,
    root: Uuid,
    (campaign, unit): (Uuid, Uuid),
    subject: &str,
) -> Result<i64, StoreError> {
    Ok(one!(conn, (i64,), NEXT_SERIAL, root, campaign, unit, subject)?.0)
}

/// The notices for which another stands now.
pub async fn replaced_notices(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<NoticeRow>, StoreError> {
    rows!(conn, NoticeRow, REPLACED_NOTICES, root, review)
}
