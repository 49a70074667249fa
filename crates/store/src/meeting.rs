//! Meetings, attendance, criticisms. Every function fails only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `meeting`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct MeetingRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Meeting.
    pub meeting_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Unit that meets.
    pub unit_id: Uuid,
    /// Word of `domain::meeting::Purpose`.
    pub purpose: String,
    /// Day.
    pub held_on: String,
    /// Time of opening `HH:MM`.
    pub starts_at: String,
    /// Time of closing.
    pub ends_at: Option<String>,
    /// Place.
    pub place: String,
    /// Chair.
    pub chair_id: Uuid,
    /// Why another than the head presides.
    pub chair_reason: String,
    /// Who writes the minutes.
    pub secretary_id: Uuid,
    /// The superior's delegate, name and post.
    pub delegate: String,
    /// What was discussed.
    pub discussion: String,
    /// Conclusion of the chair.
    pub conclusion: String,
    /// Word of `domain::meeting::MeetingState`.
    pub state: String,
    /// When the minutes were sealed.
    pub sealed_at: Option<DateTime<Utc>>,
    /// By whom.
    pub sealed_by: Option<Uuid>,
    /// Counts changes.
    pub version: i64,
}

/// One row of `attendance`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AttendanceRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Meeting.
    pub meeting_id: Uuid,
    /// Person.
    pub person_id: Uuid,
    /// Word of `domain::org::Standing` on that day.
    pub standing: String,
    /// Word of `domain::meeting::Presence`.
    pub presence: String,
    /// Word of `domain::meeting::Circumstance`.
    pub circumstance: String,
    /// Reason for absence.
    pub reason: String,
}

/// An attendance with the name.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AttendeeRow {
    /// Person.
    pub person_id: Uuid,
    /// Full name.
    pub full_name: String,
    /// Word of `domain::org::Standing`.
    pub standing: String,
    /// Word of `domain::meeting::Presence`.
    pub presence: String,
    /// Word of `domain::meeting::Circumstance`.
    pub circumstance: String,
    /// Reason for absence.
    pub reason: String,
}

/// One row of `criticism`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct CriticismRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Criticism.
    pub criticism_id: Uuid,
    /// Meeting.
    pub meeting_id: Uuid,
    /// Review of the person it is about.
    pub review_id: Uuid,
    /// Who spoke, as he is to be named in the minutes; empty when he is not named.
    pub speaker: String,
    /// What was said.
    pub content: String,
    /// What it rests on.
    pub evidence: String,
    /// The person's answer.
    pub answer: String,
    /// Who entered the answer.
    pub answered_by: Option<Uuid>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// One row of `conclusion`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ConclusionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Meeting.
    pub meeting_id: Uuid,
    /// Review of the person it is about.
    pub review_id: Uuid,
    /// What the chair concluded; empty when it was taken back.
    pub content: String,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

statements! {
    INSERT_MEETING = "INSERT INTO meeting (root_id, meeting_id, campaign_id, unit_id, purpose, held_on, starts_at, ends_at, place, chair_id, chair_reason, secretary_id, delegate, discussion, conclusion, state, sealed_at, sealed_by, version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    UPDATE_MEETING = "UPDATE meeting SET held_on = $4, starts_at = $5, ends_at = $6, place = $7, chair_id = $8, chair_reason = $9, secretary_id = $10, delegate = $11, discussion = $12, conclusion = $13, state = $14, sealed_at = $15, sealed_by = $16, version = version + 1 \
        WHERE root_id = $1 AND meeting_id = $2 AND version = $3 AND state <> 'sealed'";
    MEETING_BY_ID = "SELECT * FROM meeting WHERE root_id = $1 AND meeting_id = $2";
    MEETINGS_OF_UNIT = "SELECT * FROM meeting WHERE root_id = $1 AND campaign_id = $2 AND unit_id = $3 ORDER BY held_on, starts_at, meeting_id";
    MEETINGS_OF_CAMPAIGN = "SELECT * FROM meeting WHERE root_id = $1 AND campaign_id = $2 ORDER BY held_on, starts_at, meeting_id";
    CLEAR_ATTENDANCE = "DELETE FROM attendance WHERE root_id = $1 AND meeting_id = $2";
    INSERT_ATTENDANCE = "INSERT INTO attendance (root_id, meeting_id, person_id, standing, presence, circumstance, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ATTENDEES = "SELECT a.person_id, p.full_name, a.standing, a.presence, a.circumstance, a.reason FROM attendance a JOIN person p ON p.root_id = a.root_id AND p.person_id = a.person_id \
        WHERE a.root_id = $1 AND a.meeting_id = $2 ORDER BY p.name_key, p.person_id";
    INSERT_CRITICISM = "INSERT INTO criticism (root_id, criticism_id, meeting_id, review_id, speaker, content, evidence, answer, answered_by, answered_at, recorded_by, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ANSWER_CRITICISM = "UPDATE criticism SET answer = $3, answered_by = $4, answered_at = $5 WHERE root_id = $1 AND criticism_id = $2";
    CRITICISM_BY_ID = "SELECT * FROM criticism WHERE root_id = $1 AND criticism_id = $2";
    CRITICISMS = "SELECT * FROM criticism WHERE root_id = $1 AND meeting_id = $2 ORDER BY recorded_at, criticism_id";
    CRITICISMS_OF_REVIEW = "SELECT * FROM criticism WHERE root_id = $1 AND review_id = $2 ORDER BY recorded_at, criticism_id";
    SET_CONCLUSION = "INSERT INTO conclusion (root_id, meeting_id, review_id, content, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (root_id, meeting_id, review_id) DO UPDATE SET content = excluded.content, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at";
    CONCLUSIONS = "SELECT * FROM conclusion WHERE root_id = $1 AND meeting_id = $2 ORDER BY review_id";
    CONCLUSIONS_OF_REVIEW = "SELECT * FROM conclusion WHERE root_id = $1 AND review_id = $2 ORDER BY recorded_at, meeting_id";
}

/// Adds a meeting.
pub async fn insert(conn: &mut Conn, m: &MeetingRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_MEETING, m.root_id, m.meeting_id, m.campaign_id, m.unit_id, &m.purpose, &m.held_on, &m.starts_at,
        &m.ends_at, &m.place, m.chair_id, &m.chair_reason, m.secretary_id, &m.delegate, &m.discussion, &m.conclusion,
        &m.state, m.sealed_at, m.sealed_by, m.version
    )?;
    crate::rollup::refresh_unit(conn, m.root_id, m.campaign_id, m.unit_id).await
}

/// Changes a meeting that is not sealed; `false` when it was sealed or changed since `m.version` was read.
pub async fn update(conn: &mut Conn, m: &MeetingRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_MEETING, m.root_id, m.meeting_id, m.version, &m.held_on, &m.starts_at, &m.ends_at, &m.place,
        m.chair_id, &m.chair_reason, m.secretary_id, &m.delegate, &m.discussion, &m.conclusion, &m.state, m.sealed_at,
        m.sealed_by
    )?;
    crate::rollup::refresh_unit(conn, m.root_id, m.campaign_id, m.unit_id).await?;
    Ok(changed == 1)
}

/// One meeting.
pub async fn meeting(conn: &mut Conn, root: Uuid, meeting: Uuid) -> Result<Option<MeetingRow>, StoreError> {
    maybe_row!(conn, MeetingRow, MEETING_BY_ID, root, meeting)
}

/// The meetings of a unit in a campaign, by time.
pub async fn of_unit(conn: &mut Conn, root: Uuid, campaign: Uuid, unit: Uuid) -> Result<Vec<MeetingRow>, StoreError> {
    rows!(conn, MeetingRow, MEETINGS_OF_UNIT, root, campaign, unit)
}

/// All meetings of a campaign, by time.
pub async fn of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<MeetingRow>, StoreError> {
    rows!(conn, MeetingRow, MEETINGS_OF_CAMPAIGN, root, campaign)
}

/// Replaces the attendance list.
pub async fn replace_attendance(
    conn: &mut Conn,
    root: Uuid,
    meeting: Uuid,
    list: &[AttendanceRow],
) -> Result<(), StoreError> {
    run!(conn, CLEAR_ATTENDANCE, root, meeting)?;
    for a in list {
        run!(
            conn, INSERT_ATTENDANCE, a.root_id, a.meeting_id, a.person_id, &a.standing, &a.presence, &a.circumstance,
            &a.reason
        )?;
    }
    Ok(())
}

/// The attendance list with names, in the order of Vietnamese lists.
pub async fn attendees(conn: &mut Conn, root: Uuid, meeting: Uuid) -> Result<Vec<AttendeeRow>, StoreError> {
    rows!(conn, AttendeeRow, ATTENDEES, root, meeting)
}

/// Adds a criticism.
pub async fn insert_criticism(conn: &mut Conn, c: &CriticismRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_CRITICISM, c.root_id, c.criticism_id, c.meeting_id, c.review_id, &c.speaker, &c.content,
        &c.evidence, &c.answer, c.answered_by, c.answered_at, c.recorded_by, c.recorded_at
    )?;
    Ok(())
}

/// Stores the answer to a criticism.
pub async fn answer_criticism(conn: &mut Conn, c: &CriticismRow) -> Result<(), StoreError> {
    run!(conn, ANSWER_CRITICISM, c.root_id, c.criticism_id, &c.answer, c.answered_by, c.answered_at)?;
    Ok(())
}

/// One criticism.
pub async fn criticism(conn: &mut Conn, root: Uuid, criticism: Uuid) -> Result<Option<CriticismRow>, StoreError> {
    maybe_row!(conn, CriticismRow, CRITICISM_BY_ID, root, criticism)
}

/// The criticisms of a meeting, in the order they were recorded.
pub async fn criticisms(conn: &mut Conn, root: Uuid, meeting: Uuid) -> Result<Vec<CriticismRow>, StoreError> {
    rows!(conn, CriticismRow, CRITICISMS, root, meeting)
}

/// The criticisms about one review.
pub async fn criticisms_of_review(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<CriticismRow>, StoreError> {
    rows!(conn, CriticismRow, CRITICISMS_OF_REVIEW, root, review)
}

/// Sets the conclusion on one person.
pub async fn set_conclusion(conn: &mut Conn, c: &ConclusionRow) -> Result<(), StoreError> {
    run!(conn, SET_CONCLUSION, c.root_id, c.meeting_id, c.review_id, &c.content, c.recorded_by, c.recorded_at)?;
    Ok(())
}

/// The conclusions of a meeting.
pub async fn conclusions(conn: &mut Conn, root: Uuid, meeting: Uuid) -> Result<Vec<ConclusionRow>, StoreError> {
    rows!(conn, ConclusionRow, CONCLUSIONS, root, meeting)
}

/// The conclusions about one review.
pub async fn conclusions_of_review(
    conn: &mut Conn,
    root: Uuid,
    review: Uuid,
) -> Result<Vec<ConclusionRow>, StoreError> {
    rows!(conn, ConclusionRow, CONCLUSIONS_OF_REVIEW, root, review)
}
