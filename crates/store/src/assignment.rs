//! Who follows which unit through a campaign, what he saw, and the addresses of calendar feeds. Functions fail only when the
//! database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::bulk::{Table, WholeRow, columns, insert_all, save_all};
use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, one, rows, run, statements};

/// One row of `assignment`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AssignmentRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Assignment.
    pub assignment_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Unit whose committee assigns.
    pub body_id: Uuid,
    /// Who follows.
    pub person_id: Uuid,
    /// Unit that is followed, if it is one.
    pub unit_id: Option<Uuid>,
    /// Sector in words; may be empty beside a unit.
    pub sector: String,
    /// Document that assigns.
    pub basis: String,
    /// First day.
    pub from_on: String,
    /// Who recorded it.
    pub assigned_by: Uuid,
    /// When.
    pub assigned_at: DateTime<Utc>,
    /// Last day, once it ended.
    pub ended_on: Option<String>,
    /// Why it ended.
    pub ended_reason: String,
    /// Counts changes.
    pub version: i64,
}
columns! {
    AssignmentRow in assignment, key (assignment_id),
    rest (campaign_id, body_id, person_id, unit_id, sector, basis, from_on, assigned_by, assigned_at, ended_on, ended_reason, version)
}

/// One row of `observation`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ObservationRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Observation.
    pub observation_id: Uuid,
    /// Assignment.
    pub assignment_id: Uuid,
    /// Word of `domain::assignment::ObservationKind`.
    pub kind: String,
    /// Day on which it was seen.
    pub seen_on: String,
    /// What was seen or remarked.
    pub content: String,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
}
columns! {
    ObservationRow in observation, key (observation_id),
    rest (assignment_id, kind, seen_on, content, recorded_by, recorded_at)
}

/// One row of `calendar_feed`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct FeedRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Whose calendar.
    pub person_id: Uuid,
    /// Digest of the secret in its address.
    pub secret_digest: String,
    /// When that address was made.
    pub made_at: DateTime<Utc>,
}
columns! { FeedRow in calendar_feed, key (person_id), rest (secret_digest, made_at) }

/// The tables of this family.
pub(crate) const TABLES: [Table; 3] = [AssignmentRow::TABLE, ObservationRow::TABLE, FeedRow::TABLE];

/// An assignment with the names that lists show.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AssignedRow {
    /// Assignment.
    pub assignment_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Unit whose committee assigns.
    pub body_id: Uuid,
    /// Who follows.
    pub person_id: Uuid,
    /// His name.
    pub full_name: String,
    /// Unit that is followed.
    pub unit_id: Option<Uuid>,
    /// Its name.
    pub unit_name: Option<String>,
    /// Sector in words.
    pub sector: String,
    /// Document.
    pub basis: String,
    /// First day.
    pub from_on: String,
    /// Last day, once it ended.
    pub ended_on: Option<String>,
    /// Why it ended.
    pub ended_reason: String,
    /// Counts changes.
    pub version: i64,
}

statements! {
    ASSIGNMENT_BY_ID = "SELECT * FROM assignment WHERE root_id = $1 AND assignment_id = $2";
    END_ASSIGNMENT = "UPDATE assignment SET ended_on = $4, ended_reason = $5, version = version + 1 WHERE root_id = $1 AND assignment_id = $2 AND version = $3";
    ASSIGNED_OF_CAMPAIGN = "SELECT a.assignment_id, a.campaign_id, a.body_id, a.person_id, p.full_name, a.unit_id, u.name AS unit_name, a.sector, a.basis, a.from_on, a.ended_on, a.ended_reason, a.version \
        FROM assignment a JOIN person p ON p.root_id = a.root_id AND p.person_id = a.person_id LEFT JOIN unit u ON u.root_id = a.root_id AND u.unit_id = a.unit_id \
        WHERE a.root_id = $1 AND a.campaign_id = $2 ORDER BY p.name_key, p.person_id, a.from_on, a.assignment_id";
    ASSIGNED_OF_PERSON = "SELECT a.assignment_id, a.campaign_id, a.body_id, a.person_id, p.full_name, a.unit_id, u.name AS unit_name, a.sector, a.basis, a.from_on, a.ended_on, a.ended_reason, a.version \
        FROM assignment a JOIN person p ON p.root_id = a.root_id AND p.person_id = a.person_id LEFT JOIN unit u ON u.root_id = a.root_id AND u.unit_id = a.unit_id \
        WHERE a.root_id = $1 AND a.person_id = $2 AND a.ended_on IS NULL ORDER BY a.from_on DESC, a.assignment_id";
    ASSIGNED_OF_UNIT = "SELECT a.assignment_id, a.campaign_id, a.body_id, a.person_id, p.full_name, a.unit_id, u.name AS unit_name, a.sector, a.basis, a.from_on, a.ended_on, a.ended_reason, a.version \
        FROM assignment a JOIN person p ON p.root_id = a.root_id AND p.person_id = a.person_id JOIN unit u ON u.root_id = a.root_id AND u.unit_id = a.unit_id \
        WHERE a.root_id = $1 AND a.unit_id = $2 AND a.ended_on IS NULL ORDER BY p.name_key, p.person_id, a.assignment_id";
    OBSERVATIONS = "SELECT * FROM observation WHERE root_id = $1 AND assignment_id = $2 ORDER BY seen_on, recorded_at, observation_id";
    OBSERVATIONS_OF_CAMPAIGN = "SELECT o.* FROM assignment a CROSS JOIN observation o WHERE o.root_id = a.root_id AND o.assignment_id = a.assignment_id AND a.root_id = $1 AND a.campaign_id = $2 ORDER BY o.seen_on, o.recorded_at, o.observation_id";
    HANDED_IN = "SELECT count(*) AS due, COALESCE(SUM(CASE WHEN r.state <> 'awaiting_self_review' THEN 1 ELSE 0 END), 0) AS handed_in FROM review r \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.unit_id = $3 AND r.obligation <> 'neither'";
    FEED_BY_DIGEST = "SELECT * FROM calendar_feed WHERE root_id = $1 AND secret_digest = $2";
    FEED_OF_PERSON = "SELECT * FROM calendar_feed WHERE root_id = $1 AND person_id = $2";
}

/// Adds assignments.
pub async fn insert(conn: &mut Conn, rows: &[AssignmentRow]) -> Result<(), StoreError> {
    insert_all(conn, rows).await.map(drop)
}

/// One assignment.
pub async fn assignment(conn: &mut Conn, root: Uuid, id: Uuid) -> Result<Option<AssignmentRow>, StoreError> {
    maybe_row!(conn, AssignmentRow, ASSIGNMENT_BY_ID, root, id)
}

/// Ends an assignment; `false` when somebody changed it since `a.version` was read.
pub async fn end(conn: &mut Conn, a: &AssignmentRow) -> Result<bool, StoreError> {
    Ok(run!(conn, END_ASSIGNMENT, a.root_id, a.assignment_id, a.version, &a.ended_on, &a.ended_reason)? == 1)
}

/// All assignments of a campaign, by person.
pub async fn of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<AssignedRow>, StoreError> {
    rows!(conn, AssignedRow, ASSIGNED_OF_CAMPAIGN, root, campaign)
}

/// What a person follows now.
pub async fn of_person(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<AssignedRow>, StoreError> {
    rows!(conn, AssignedRow, ASSIGNED_OF_PERSON, root, person)
}

/// Who follows a unit now.
pub async fn of_unit(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<AssignedRow>, StoreError> {
    rows!(conn, AssignedRow, ASSIGNED_OF_UNIT, root, unit)
}

/// Adds an observation.
pub async fn observe(conn: &mut Conn, row: &ObservationRow) -> Result<(), StoreError> {
    insert_all(conn, std::slice::from_ref(row)).await.map(drop)
}

/// What was seen under an assignment, oldest first.
pub async fn observations(conn: &mut Conn, root: Uuid, assignment: Uuid) -> Result<Vec<ObservationRow>, StoreError> {
    rows!(conn, ObservationRow, OBSERVATIONS, root, assignment)
}

/// What was seen in a campaign, oldest first.
pub async fn observations_of_campaign(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
) -> Result<Vec<ObservationRow>, StoreError> {
    rows!(conn, ObservationRow, OBSERVATIONS_OF_CAMPAIGN, root, campaign)
}

/// How many reviews a unit owes in a campaign, of itself and of those who are reviewed in it, and how many are handed in.
pub async fn handed_in(conn: &mut Conn, root: Uuid, campaign: Uuid, unit: Uuid) -> Result<(i64, i64), StoreError> {
    one!(conn, (i64, i64), HANDED_IN, root, campaign, unit)
}

/// Makes the address of a calendar feed, in place of an earlier one.
pub async fn renew_feed(conn: &mut Conn, row: &FeedRow) -> Result<(), StoreError> {
    save_all(conn, std::slice::from_ref(row)).await.map(drop)
}

/// The feed of an address.
pub async fn feed(conn: &mut Conn, root: Uuid, digest: &str) -> Result<Option<FeedRow>, StoreError> {
    maybe_row!(conn, FeedRow, FEED_BY_DIGEST, root, digest)
}

/// The feed of a person.
pub async fn feed_of(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Option<FeedRow>, StoreError> {
    maybe_row!(conn, FeedRow, FEED_OF_PERSON, root, person)
}
