//! Temporary activity of members in another cell, and what was done without its opinion.

use chrono::{DateTime, Utc};
use domain::Day;
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `temporary_activity`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ActivityRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Activity.
    pub activity_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// The cell he takes part in for a time.
    pub unit_id: Uuid,
    /// First day.
    pub from_on: String,
    /// Last day, when it is known.
    pub to_on: Option<String>,
    /// Document it rests on.
    pub basis: String,
    /// Who entered it.
    pub made_by: Uuid,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Counts changes.
    pub version: i64,
}

/// A review for which the temporary cell is asked.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AskedRow {
    /// Activity.
    pub activity_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Round.
    pub campaign_id: Uuid,
    /// Title of the round.
    pub campaign_title: String,
    /// Who is reviewed.
    pub person_id: Uuid,
    /// His name.
    pub full_name: String,
    /// Official cell.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Temporary cell.
    pub temporary_id: Uuid,
    /// Its name.
    pub temporary_name: String,
    /// Path of the temporary cell.
    pub temporary_path: String,
    /// Last day for the answer: when the official cell meets.
    pub due_on: Option<String>,
    /// How many opinions of a temporary cell the review has.
    pub answers: i64,
    /// Why the official cell went on without it, if it did.
    pub waived: Option<String>,
}

/// One row of `opinion_waived`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct WaivedRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Activity.
    pub activity_id: Uuid,
    /// Why.
    pub reason: String,
    /// Who decided so.
    pub waived_by: Uuid,
    /// When.
    pub waived_at: DateTime<Utc>,
}

statements! {
    INSERT_ACTIVITY = "INSERT INTO temporary_activity (root_id, activity_id, person_id, unit_id, from_on, to_on, basis, made_by, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    END_ACTIVITY = "UPDATE temporary_activity SET to_on = $4, version = version + 1 WHERE root_id = $1 AND activity_id = $2 AND version = $3";
    ACTIVITY_BY_ID = "SELECT * FROM temporary_activity WHERE root_id = $1 AND activity_id = $2";
    ACTIVITIES_OF = "SELECT a.* FROM temporary_activity a WHERE a.root_id = $1 AND a.person_id = $2 ORDER BY a.from_on, a.activity_id";
    ACTIVITIES_FROM = "SELECT * FROM temporary_activity WHERE root_id = $1 AND unit_id = $2 AND (to_on IS NULL OR to_on >= $3) ORDER BY activity_id";
    ASKED_OF_UNIT = "SELECT a.activity_id, r.review_id, r.campaign_id, c.title AS campaign_title, r.person_id, p.full_name, r.unit_id, u.name AS unit_name, a.unit_id AS temporary_id, t.name AS temporary_name, t.path AS temporary_path, \
        (SELECT MIN(s.due_on) FROM campaign_step s WHERE s.root_id = $1 AND s.campaign_id = r.campaign_id AND s.step IN ('meeting', 'proposal')) AS due_on, \
        (SELECT count(*) FROM opinion o WHERE o.root_id = $1 AND o.review_id = r.review_id AND o.actor = 'temporary_cell') AS answers, \
        (SELECT MAX(w.reason) FROM opinion_waived w WHERE w.root_id = $1 AND w.review_id = r.review_id AND w.activity_id = a.activity_id) AS waived \
        FROM temporary_activity a JOIN review r ON r.root_id = a.root_id AND r.person_id = a.person_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id JOIN unit t ON t.root_id = a.root_id AND t.unit_id = a.unit_id \
        WHERE a.root_id = $1 AND a.unit_id = $2 AND c.state = 'open' AND r.state NOT IN ('decided', 'not_due') \
        AND a.from_on <= c.cut_off_on AND (a.to_on IS NULL OR a.to_on >= substr(CAST(c.opened_at AS TEXT), 1, 10)) ORDER BY p.name_key, p.person_id";
    ASKED_FOR_REVIEW = "SELECT a.activity_id, r.review_id, r.campaign_id, c.title AS campaign_title, r.person_id, p.full_name, r.unit_id, u.name AS unit_name, a.unit_id AS temporary_id, t.name AS temporary_name, t.path AS temporary_path, \
        (SELECT MIN(s.due_on) FROM campaign_step s WHERE s.root_id = $1 AND s.campaign_id = r.campaign_id AND s.step IN ('meeting', 'proposal')) AS due_on, \
        (SELECT count(*) FROM opinion o WHERE o.root_id = $1 AND o.review_id = r.review_id AND o.actor = 'temporary_cell') AS answers, \
        (SELECT MAX(w.reason) FROM opinion_waived w WHERE w.root_id = $1 AND w.review_id = r.review_id AND w.activity_id = a.activity_id) AS waived \
        FROM review r JOIN temporary_activity a ON a.root_id = r.root_id AND a.person_id = r.person_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id JOIN unit t ON t.root_id = a.root_id AND t.unit_id = a.unit_id \
        WHERE r.root_id = $1 AND r.review_id = $2 \
        AND a.from_on <= c.cut_off_on AND (a.to_on IS NULL OR a.to_on >= substr(CAST(c.opened_at AS TEXT), 1, 10)) ORDER BY a.from_on";
    UNANSWERED_IN_UNIT = "SELECT r.review_id, a.activity_id FROM review r JOIN temporary_activity a ON a.root_id = r.root_id AND a.person_id = r.person_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.unit_id = $3 AND r.state NOT IN ('decided', 'not_due') \
        AND a.from_on <= c.cut_off_on AND (a.to_on IS NULL OR a.to_on >= substr(CAST(c.opened_at AS TEXT), 1, 10)) \
        AND NOT EXISTS (SELECT 1 FROM opinion o WHERE o.root_id = $1 AND o.review_id = r.review_id AND o.actor = 'temporary_cell') \
        AND NOT EXISTS (SELECT 1 FROM opinion_waived w WHERE w.root_id = $1 AND w.review_id = r.review_id AND w.activity_id = a.activity_id) ORDER BY a.from_on, a.activity_id";
    WAIVE = "INSERT INTO opinion_waived (root_id, review_id, activity_id, reason, waived_by, waived_at) VALUES ($1, $2, $3, $4, $5, $6)";
}

/// Adds an activity.
///
/// # Errors
/// When the database refuses.
pub async fn insert(conn: &mut Conn, a: &ActivityRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_ACTIVITY, a.root_id, a.activity_id, a.person_id, a.unit_id, &a.from_on, &a.to_on, &a.basis,
        a.made_by, a.made_at, a.version
    )?;
    Ok(())
}

/// Sets the last day of an activity; `false` when somebody changed it since `a.version` was read.
///
/// # Errors
/// When the database fails.
pub async fn end(conn: &mut Conn, a: &ActivityRow) -> Result<bool, StoreError> {
    Ok(run!(conn, END_ACTIVITY, a.root_id, a.activity_id, a.version, &a.to_on)? == 1)
}

/// One activity.
///
/// # Errors
/// When the database fails.
pub async fn activity(conn: &mut Conn, root: Uuid, activity: Uuid) -> Result<Option<ActivityRow>, StoreError> {
    maybe_row!(conn, ActivityRow, ACTIVITY_BY_ID, root, activity)
}

/// Every activity of a person, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn of_person(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<ActivityRow>, StoreError> {
    rows!(conn, ActivityRow, ACTIVITIES_OF, root, person)
}

/// Activities in a cell that last on a day or later.
///
/// # Errors
/// When the database fails.
pub async fn from(conn: &mut Conn, root: Uuid, unit: Uuid, day: Day) -> Result<Vec<ActivityRow>, StoreError> {
    rows!(conn, ActivityRow, ACTIVITIES_FROM, root, unit, day)
}

/// The undecided reviews of open rounds for which a temporary cell is asked: of those who took part there while the round
/// was open, until its cut-off day.
///
/// # Errors
/// When the database fails.
pub async fn asked_of_unit(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<AskedRow>, StoreError> {
    rows!(conn, AskedRow, ASKED_OF_UNIT, root, unit)
}

/// The temporary cells that are asked for a review.
///
/// # Errors
/// When the database fails.
pub async fn asked_for_review(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<AskedRow>, StoreError> {
    rows!(conn, AskedRow, ASKED_FOR_REVIEW, root, review)
}

/// The requests about members of a unit that temporary cells have not answered and nobody waived: review and activity.
///
/// # Errors
/// When the database fails.
pub async fn unanswered_in_unit(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    rows!(conn, (Uuid, Uuid), UNANSWERED_IN_UNIT, root, campaign, unit)
}

/// Writes down that the official cell goes on without the opinion.
///
/// # Errors
/// When the database refuses: it was written down before.
pub async fn waive(conn: &mut Conn, w: &WaivedRow) -> Result<(), StoreError> {
    run!(conn, WAIVE, w.root_id, w.review_id, w.activity_id, &w.reason, w.waived_by, w.waived_at)?;
    Ok(())
}
