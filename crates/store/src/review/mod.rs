//! Reviews and self-reviews; facts and opinions in `stated`, slips of bodies that take part in `slip`, the
//! register of all subjects in `subject`.

pub(crate) mod score;
pub(crate) mod slip;
pub(crate) mod stated;
pub(crate) mod subject;

pub use score::{ScoreSheetRow, insert_score_sheet, score_sheet, score_sheets};
pub use slip::{SlipRow, insert_slip, slip, slips};
pub use stated::{
    FactRow, OpinionRow, facts, facts_named, facts_of_campaign, insert_fact, insert_opinion, opinions,
    opinions_of_campaign, opinions_of_unit,
};

pub use subject::{Part, SubjectCountRow, SubjectRow, subject_counts, subjects};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::bulk::{columns, insert_all};
use crate::db::{Conn, StoreError};
use crate::rollup;
use crate::sql::{kept, maybe_row, rows, run, statements};

/// One row of `review`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ReviewRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Person or unit that is reviewed.
    pub about_id: Uuid,
    /// Person who is reviewed; none for an organisation or a collective.
    pub person_id: Option<Uuid>,
    /// Unit that is reviewed, or where the person is: a member's cell, the unit a leader leads.
    pub unit_id: Uuid,
    /// Word of `domain::review::ReviewState`.
    pub state: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// Rule that says so, empty for the ordinary case.
    pub obligation_rule: String,
    /// Its sentence in Vietnamese.
    pub obligation_reason: String,
    /// Whether the leader's part of the form applies.
    pub leader: bool,
    /// Counts changes, so that two people do not overwrite each other.
    pub version: i64,
}

/// One row of `self_review`: the draft as it stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct SelfReviewRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Form, such as `individual-review/2019`.
    pub form: String,
    /// JSON object field → value.
    pub content: String,
    /// Last saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by: Uuid,
    /// Counts savings.
    pub version: i64,
}

/// One row of `self_review_submitted`: a version that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct SubmittedRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// First is 1.
    pub version: i64,
    /// Form.
    pub form: String,
    /// JSON object field → value.
    pub content: String,
    /// When handed in.
    pub submitted_at: DateTime<Utc>,
    /// By whom.
    pub submitted_by: Uuid,
    /// Why another wrote it for him, when another did.
    pub on_behalf_reason: Option<String>,
}

/// A review of a person, with what lists show of him.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReviewListRow {
    /// Review.
    pub review_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Word of `domain::subject::Subject`: member or leader.
    pub subject: String,
    /// Person.
    pub person_id: Uuid,
    /// Full name.
    pub full_name: String,
    /// Sort key of the name.
    pub name_key: String,
    /// Cell.
    pub unit_id: Uuid,
    /// Name of the cell.
    pub unit_name: String,
    /// Path of the cell.
    pub unit_path: String,
    /// Word of `domain::review::ReviewState`.
    pub state: String,
    /// Word of `domain::review::Obligation`.
    pub obligation: String,
    /// Rule behind the obligation.
    pub obligation_rule: String,
    /// Its sentence.
    pub obligation_reason: String,
    /// Whether he has a leading post.
    pub leader: bool,
    /// Word of `domain::org::CivilKind`.
    pub civil_kind: String,
}

statements! {
    INSERT_REVIEW = "INSERT INTO review (root_id, review_id, campaign_id, subject, about_id, person_id, unit_id, state, obligation, obligation_rule, obligation_reason, leader, version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    REVIEW_BY_ID = "SELECT * FROM review WHERE root_id = $1 AND review_id = $2";
    SET_REVIEW_STATE = "UPDATE review SET state = $4, version = version + 1 WHERE root_id = $1 AND review_id = $2 AND version = $3";
    REVIEW_LIST_CAMPAIGN = "SELECT r.review_id, r.campaign_id, r.subject, r.person_id, p.full_name, p.name_key, r.unit_id, u.name AS unit_name, u.path AS unit_path, r.state, r.obligation, r.obligation_rule, r.obligation_reason, r.leader, p.civil_kind \
        FROM review r JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.subject = 'member' ORDER BY u.path, p.name_key, p.person_id";
    REVIEW_LIST_UNIT = "SELECT r.review_id, r.campaign_id, r.subject, r.person_id, p.full_name, p.name_key, r.unit_id, u.name AS unit_name, u.path AS unit_path, r.state, r.obligation, r.obligation_rule, r.obligation_reason, r.leader, p.civil_kind \
        FROM review r JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND r.unit_id = $3 AND r.subject = 'member' ORDER BY p.name_key, p.person_id";
    REVIEW_LIST_PERSON = "SELECT r.review_id, r.campaign_id, r.subject, r.person_id, p.full_name, p.name_key, r.unit_id, u.name AS unit_name, u.path AS unit_path, r.state, r.obligation, r.obligation_rule, r.obligation_reason, r.leader, p.civil_kind \
        FROM review r JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        WHERE r.root_id = $1 AND r.person_id = $2 ORDER BY r.campaign_id DESC";
    REVIEWS_OF_SUBJECT = "SELECT r.* FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE r.root_id = $1 AND r.subject = $2 AND r.about_id = $3 ORDER BY c.period_year DESC, r.review_id DESC";
    SUBJECTS_OF_CAMPAIGN = "SELECT subject, about_id FROM review WHERE root_id = $1 AND campaign_id = $2";
    UNDECIDED_REVIEWS = "SELECT r.* FROM review r JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        WHERE c.root_id = $1 AND r.root_id = $1 AND c.state = 'open' AND r.state NOT IN ('decided', 'not_due') ORDER BY r.review_id";
    SET_OBLIGATION = "UPDATE review SET state = $4, obligation = $5, obligation_rule = $6, obligation_reason = $7, version = version + 1 \
        WHERE root_id = $1 AND review_id = $2 AND version = $3";
    DRAFT = "SELECT * FROM self_review WHERE root_id = $1 AND review_id = $2";
    SAVE_DRAFT = "INSERT INTO self_review (root_id, review_id, form, content, saved_at, saved_by, version) VALUES ($1, $2, $3, $4, $5, $6, 1) \
        ON CONFLICT (root_id, review_id) DO UPDATE SET form = excluded.form, content = excluded.content, saved_at = excluded.saved_at, saved_by = excluded.saved_by, version = self_review.version + 1";
    INSERT_SUBMITTED = "INSERT INTO self_review_submitted (root_id, review_id, version, form, content, submitted_at, submitted_by, on_behalf_reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    SUBMITTED = "SELECT * FROM self_review_submitted WHERE root_id = $1 AND review_id = $2 ORDER BY version DESC";
    SUBMITTED_OF_CAMPAIGN = "SELECT s.* FROM self_review_submitted s JOIN review r ON r.root_id = s.root_id AND r.review_id = s.review_id WHERE s.root_id = $1 AND r.campaign_id = $2 ORDER BY s.review_id, s.version";
}

/// Adds a review.
///
/// # Errors
/// When the database refuses: the subject has a review in this campaign.
pub async fn insert(conn: &mut Conn, r: &ReviewRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_REVIEW, r.root_id, r.review_id, r.campaign_id, &r.subject, r.about_id, r.person_id, r.unit_id,
        &r.state, &r.obligation, &r.obligation_rule, &r.obligation_reason, r.leader, r.version
    )?;
    rollup::enrol(conn, r.root_id, r.campaign_id, r.unit_id).await?;
    rollup::review_entered(conn, r.root_id, r.review_id, r.version).await
}

columns! {
    ReviewRow in review, key (review_id),
    rest (campaign_id, subject, about_id, person_id, unit_id, state, obligation, obligation_rule, obligation_reason, leader, version)
}

/// Adds the reviews of a round that is being opened; whoever opens it puts its units into the tree and counts the whole.
///
/// # Errors
/// When the database refuses: a subject has a review in its campaign.
pub async fn insert_many(conn: &mut Conn, reviews: &[ReviewRow]) -> Result<u64, StoreError> {
    insert_all(conn, reviews).await
}

/// One review.
///
/// # Errors
/// When the database fails.
pub async fn review(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Option<ReviewRow>, StoreError> {
    maybe_row!(conn, ReviewRow, REVIEW_BY_ID, root, review)
}

/// Moves a review to a state; `false` when somebody changed it since `version` was read.
///
/// # Errors
/// When the database fails.
pub async fn set_state(
    conn: &mut Conn,
    root: Uuid,
    review: Uuid,
    version: i64,
    state: &str,
) -> Result<bool, StoreError> {
    rollup::review_left(conn, root, review, version).await?;
    let changed = run!(conn, SET_REVIEW_STATE, root, review, version, state)? == 1;
    if changed {
        rollup::review_entered(conn, root, review, version + 1).await?;
    }
    Ok(changed)
}

/// The reviews of open campaigns that wait for something still.
///
/// # Errors
/// When the database fails.
pub async fn undecided(conn: &mut Conn, root: Uuid) -> Result<Vec<ReviewRow>, StoreError> {
    rows!(conn, ReviewRow, UNDECIDED_REVIEWS, root)
}

/// Moves a review to a state with another obligation; `false` when somebody changed it since `r.version` was read.
///
/// # Errors
/// When the database fails.
pub async fn set_obligation(conn: &mut Conn, r: &ReviewRow) -> Result<bool, StoreError> {
    rollup::review_left(conn, r.root_id, r.review_id, r.version).await?;
    let changed = run!(
        conn, SET_OBLIGATION, r.root_id, r.review_id, r.version, &r.state, &r.obligation, &r.obligation_rule,
        &r.obligation_reason
    )?;
    if changed == 1 {
        rollup::review_entered(conn, r.root_id, r.review_id, r.version + 1).await?;
    }
    Ok(changed == 1)
}

/// The reviews of members in a campaign, by unit and name.
///
/// # Errors
/// When the database fails.
pub async fn list_of_campaign(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<Vec<ReviewListRow>, StoreError> {
    rows!(conn, ReviewListRow, REVIEW_LIST_CAMPAIGN, root, campaign)
}

/// The reviews of the members of one cell, by name.
///
/// # Errors
/// When the database fails.
pub async fn list_of_unit(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    unit: Uuid,
) -> Result<Vec<ReviewListRow>, StoreError> {
    rows!(conn, ReviewListRow, REVIEW_LIST_UNIT, root, campaign, unit)
}

/// The reviews of one person, as a member and as a leader, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_of_person(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<ReviewListRow>, StoreError> {
    kept!(conn, ReviewListRow, REVIEW_LIST_PERSON, root, person)
}

/// The reviews of one subject in all campaigns, newest period first.
///
/// # Errors
/// When the database fails.
pub async fn of_subject(conn: &mut Conn, root: Uuid, subject: &str, about: Uuid) -> Result<Vec<ReviewRow>, StoreError> {
    rows!(conn, ReviewRow, REVIEWS_OF_SUBJECT, root, subject, about)
}

/// Whom a campaign reviews: word of `domain::subject::Subject`, person or unit.
///
/// # Errors
/// When the database fails.
pub async fn subjects_of_campaign(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
) -> Result<Vec<(String, Uuid)>, StoreError> {
    rows!(conn, (String, Uuid), SUBJECTS_OF_CAMPAIGN, root, campaign)
}

/// The draft of a self-review.
///
/// # Errors
/// When the database fails.
pub async fn draft(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Option<SelfReviewRow>, StoreError> {
    maybe_row!(conn, SelfReviewRow, DRAFT, root, review)
}

/// Stores the draft as it stands (the row's `version` is counted by the database).
///
/// # Errors
/// When the database fails.
pub async fn save_draft(conn: &mut Conn, d: &SelfReviewRow) -> Result<(), StoreError> {
    run!(conn, SAVE_DRAFT, d.root_id, d.review_id, &d.form, &d.content, d.saved_at, d.saved_by)?;
    Ok(())
}

/// Adds a version that was handed in.
///
/// # Errors
/// When the database refuses.
pub async fn insert_submitted(conn: &mut Conn, s: &SubmittedRow) -> Result<(), StoreError> {
    run!(
        conn, INSERT_SUBMITTED, s.root_id, s.review_id, s.version, &s.form, &s.content, s.submitted_at, s.submitted_by,
        &s.on_behalf_reason
    )?;
    Ok(())
}

/// The versions that were handed in, newest first.
///
/// # Errors
/// When the database fails.
pub async fn submitted(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<SubmittedRow>, StoreError> {
    kept!(conn, SubmittedRow, SUBMITTED, root, review)
}

/// All handed-in versions of a campaign, oldest first within a review.
///
/// # Errors
/// When the database fails.
pub async fn submitted_of_campaign(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
) -> Result<Vec<SubmittedRow>, StoreError> {
    rows!(conn, SubmittedRow, SUBMITTED_OF_CAMPAIGN, root, campaign)
}
