//! Suggestions of the superior with their issues, explanations, discussions and verdicts. Functions fail only when the
//! database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::bulk::{Table, WholeRow, columns, insert_all, save_all};
use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `suggestion`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct SuggestionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Suggestion.
    pub suggestion_id: Uuid,
    /// Review in which it is answered.
    pub review_id: Uuid,
    /// Unit whose body suggests.
    pub body_id: Uuid,
    /// Word of `domain::suggestion::SuggestionState`.
    pub state: String,
    /// How often the issues were asked.
    pub round: i64,
    /// Deadline of the explanations.
    pub due_on: String,
    /// Who drafted it last.
    pub drafted_by: Uuid,
    /// When.
    pub drafted_at: DateTime<Utc>,
    /// Who sent it.
    pub sent_by: Option<Uuid>,
    /// When.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn; empty when it was not.
    pub withdrawn_reason: String,
    /// Counts changes.
    pub version: i64,
}
columns! {
    SuggestionRow in suggestion, key (suggestion_id),
    rest (review_id, body_id, state, round, due_on, drafted_by, drafted_at, sent_by, sent_at, withdrawn_reason, version)
}

/// One row of `suggestion_issue`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct IssueRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Issue.
    pub issue_id: Uuid,
    /// Suggestion.
    pub suggestion_id: Uuid,
    /// Place among the issues, from 1.
    pub place: i64,
    /// Id of a ground in the rule book, or `other`.
    pub ground: String,
    /// The ground in words, where it is another one.
    pub ground_text: String,
    /// What happened.
    pub facts: String,
    /// What proves it.
    pub evidence: String,
    /// What must be explained.
    pub question: String,
    /// Who explains it.
    pub explained_by: String,
}
columns! {
    IssueRow in suggestion_issue, key (issue_id),
    rest (suggestion_id, place, ground, ground_text, facts, evidence, question, explained_by)
}

/// One row of `suggestion_answer`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AnswerRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Issue.
    pub issue_id: Uuid,
    /// Round in which it was asked.
    pub round: i64,
    /// Number of the version in the round.
    pub version: i64,
    /// Explanation.
    pub explanation: String,
    /// Cause.
    pub cause: String,
    /// Own responsibility.
    pub responsibility: String,
    /// Who entered it.
    pub answered_by: Uuid,
    /// When.
    pub answered_at: DateTime<Utc>,
}
columns! {
    AnswerRow in suggestion_answer, key (issue_id, round, version),
    rest (explanation, cause, responsibility, answered_by, answered_at)
}

/// One row of `suggestion_discussion`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct DiscussionRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Issue.
    pub issue_id: Uuid,
    /// Round.
    pub round: i64,
    /// Day of the meeting.
    pub held_on: String,
    /// What was said.
    pub content: String,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When.
    pub recorded_at: DateTime<Utc>,
}
columns! {
    DiscussionRow in suggestion_discussion, key (issue_id, round),
    rest (held_on, content, recorded_by, recorded_at)
}

/// One row of `suggestion_verdict`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct VerdictRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Issue.
    pub issue_id: Uuid,
    /// Round.
    pub round: i64,
    /// Word of `domain::suggestion::Verdict`.
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// Who judged.
    pub judged_by: Uuid,
    /// When.
    pub judged_at: DateTime<Utc>,
}
columns! { VerdictRow in suggestion_verdict, key (issue_id, round), rest (verdict, reason, judged_by, judged_at) }

/// One row of `suggestion_passed`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PassedRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// The stated fact.
    pub fact_id: Uuid,
    /// Why nothing is suggested.
    pub reason: String,
    /// Who decided so.
    pub passed_by: Uuid,
    /// When.
    pub passed_at: DateTime<Utc>,
}
columns! { PassedRow in suggestion_passed, key (fact_id), rest (reason, passed_by, passed_at) }

/// The tables of this family.
pub(crate) const TABLES: [Table; 6] = [
    SuggestionRow::TABLE,
    IssueRow::TABLE,
    AnswerRow::TABLE,
    DiscussionRow::TABLE,
    VerdictRow::TABLE,
    PassedRow::TABLE,
];

/// A suggestion as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListRow {
    /// Suggestion.
    pub suggestion_id: Uuid,
    /// Word of `domain::suggestion::SuggestionState`.
    pub state: String,
    /// Deadline.
    pub due_on: String,
    /// Unit whose body suggests.
    pub body_id: Uuid,
    /// Its name.
    pub body_name: String,
    /// Review.
    pub review_id: Uuid,
    /// Campaign.
    pub campaign_id: Uuid,
    /// Its title.
    pub campaign_title: String,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Whom it is about, where it is about a person.
    pub person_id: Option<Uuid>,
    /// His name.
    pub full_name: Option<String>,
    /// Unit of the review.
    pub unit_id: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Word of `domain::org::UnitKind`.
    pub unit_kind: String,
    /// How many issues.
    pub issues: i64,
    /// How many of them were discussed in the present round.
    pub discussed: i64,
    /// How many are judged for good.
    pub settled: i64,
    /// Word of `domain::review::ReviewState`.
    pub review_state: String,
}

/// A stated fact of a review that may give rise to a suggestion.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TriggerRow {
    /// Fact.
    pub fact_id: Uuid,
    /// Its name in the rule book.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What proves it.
    pub evidence: String,
    /// Review.
    pub review_id: Uuid,
    /// Word of `domain::subject::Subject`.
    pub subject: String,
    /// Name of the person, where it is about one.
    pub full_name: Option<String>,
    /// Name of the unit.
    pub unit_name: String,
    /// Word of `domain::org::UnitKind`.
    pub unit_kind: String,
    /// Whether somebody decided that nothing needs to be suggested.
    pub passed: bool,
    /// Whether there is a suggestion that was not withdrawn.
    pub suggested: bool,
}

// CROSS JOIN where the order matters: SQLite, which knows no figures of a young table, then goes from the few to the many.
statements! {
    SUGGESTION_BY_ID = "SELECT * FROM suggestion WHERE root_id = $1 AND suggestion_id = $2";
    SUGGESTIONS_OF_REVIEW = "SELECT * FROM suggestion WHERE root_id = $1 AND review_id = $2 ORDER BY drafted_at, suggestion_id";
    UPDATE_SUGGESTION = "UPDATE suggestion SET state = $4, round = $5, due_on = $6, drafted_by = $7, drafted_at = $8, sent_by = $9, sent_at = $10, withdrawn_reason = $11, version = version + 1 \
        WHERE root_id = $1 AND suggestion_id = $2 AND version = $3";
    CLEAR_ISSUES = "DELETE FROM suggestion_issue WHERE root_id = $1 AND suggestion_id = $2";
    ISSUES = "SELECT * FROM suggestion_issue WHERE root_id = $1 AND suggestion_id = $2 ORDER BY place, issue_id";
    ANSWERS = "SELECT a.* FROM suggestion_issue i CROSS JOIN suggestion_answer a WHERE a.root_id = i.root_id AND a.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = $2 ORDER BY i.place, a.round, a.version";
    DISCUSSIONS = "SELECT d.* FROM suggestion_issue i CROSS JOIN suggestion_discussion d WHERE d.root_id = i.root_id AND d.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = $2 ORDER BY i.place, d.round";
    VERDICTS = "SELECT v.* FROM suggestion_issue i CROSS JOIN suggestion_verdict v WHERE v.root_id = i.root_id AND v.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = $2 ORDER BY i.place, v.round";
    OF_BODY = "SELECT s.suggestion_id, s.state, s.due_on, s.body_id, b.name AS body_name, r.review_id, r.campaign_id, c.title AS campaign_title, r.subject, r.person_id, p.full_name, r.unit_id, u.name AS unit_name, u.kind AS unit_kind, \
        (SELECT count(*) FROM suggestion_issue i WHERE i.root_id = $1 AND i.suggestion_id = s.suggestion_id) AS issues, \
        (SELECT count(*) FROM suggestion_issue i CROSS JOIN suggestion_discussion d WHERE d.root_id = i.root_id AND d.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = s.suggestion_id AND d.round = s.round) AS discussed, \
        (SELECT count(*) FROM suggestion_issue i CROSS JOIN suggestion_verdict v WHERE v.root_id = i.root_id AND v.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = s.suggestion_id AND v.verdict <> 'further_session') AS settled, r.state AS review_state \
        FROM suggestion s JOIN unit b ON b.root_id = s.root_id AND b.unit_id = s.body_id JOIN review r ON r.root_id = s.root_id AND r.review_id = s.review_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        WHERE s.root_id = $1 AND s.body_id = $2 ORDER BY s.due_on DESC, s.suggestion_id";
    OF_PERSON = "SELECT s.suggestion_id, s.state, s.due_on, s.body_id, b.name AS body_name, r.review_id, r.campaign_id, c.title AS campaign_title, r.subject, r.person_id, p.full_name, r.unit_id, u.name AS unit_name, u.kind AS unit_kind, \
        (SELECT count(*) FROM suggestion_issue i WHERE i.root_id = $1 AND i.suggestion_id = s.suggestion_id) AS issues, \
        (SELECT count(*) FROM suggestion_issue i CROSS JOIN suggestion_discussion d WHERE d.root_id = i.root_id AND d.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = s.suggestion_id AND d.round = s.round) AS discussed, \
        (SELECT count(*) FROM suggestion_issue i CROSS JOIN suggestion_verdict v WHERE v.root_id = i.root_id AND v.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = s.suggestion_id AND v.verdict <> 'further_session') AS settled, r.state AS review_state \
        FROM review r CROSS JOIN suggestion s JOIN unit b ON b.root_id = s.root_id AND b.unit_id = s.body_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        WHERE r.root_id = $1 AND r.person_id = $2 AND s.root_id = r.root_id AND s.review_id = r.review_id AND s.sent_at IS NOT NULL ORDER BY s.due_on DESC, s.suggestion_id";
    OF_UNIT = "SELECT s.suggestion_id, s.state, s.due_on, s.body_id, b.name AS body_name, r.review_id, r.campaign_id, c.title AS campaign_title, r.subject, r.person_id, p.full_name, r.unit_id, u.name AS unit_name, u.kind AS unit_kind, \
        (SELECT count(*) FROM suggestion_issue i WHERE i.root_id = $1 AND i.suggestion_id = s.suggestion_id) AS issues, \
        (SELECT count(*) FROM suggestion_issue i CROSS JOIN suggestion_discussion d WHERE d.root_id = i.root_id AND d.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = s.suggestion_id AND d.round = s.round) AS discussed, \
        (SELECT count(*) FROM suggestion_issue i CROSS JOIN suggestion_verdict v WHERE v.root_id = i.root_id AND v.issue_id = i.issue_id AND i.root_id = $1 AND i.suggestion_id = s.suggestion_id AND v.verdict <> 'further_session') AS settled, r.state AS review_state \
        FROM review r CROSS JOIN suggestion s JOIN unit b ON b.root_id = s.root_id AND b.unit_id = s.body_id JOIN campaign c ON c.root_id = r.root_id AND c.campaign_id = r.campaign_id \
        JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        WHERE r.root_id = $1 AND r.unit_id = $2 AND s.root_id = r.root_id AND s.review_id = r.review_id AND s.sent_at IS NOT NULL ORDER BY s.due_on DESC, s.suggestion_id";
    TRIGGERS = "SELECT f.fact_id, f.name, f.value, f.evidence, r.review_id, r.subject, p.full_name, u.name AS unit_name, u.kind AS unit_kind, \
        EXISTS (SELECT 1 FROM suggestion_passed x WHERE x.root_id = $1 AND x.fact_id = f.fact_id) AS passed, \
        EXISTS (SELECT 1 FROM suggestion s WHERE s.root_id = $1 AND s.review_id = r.review_id AND s.state <> 'withdrawn') AS suggested \
        FROM review r JOIN fact f ON f.root_id = r.root_id AND f.review_id = r.review_id JOIN unit u ON u.root_id = r.root_id AND u.unit_id = r.unit_id \
        LEFT JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        WHERE r.root_id = $1 AND r.campaign_id = $2 AND f.name = $3 AND r.state NOT IN ('decided', 'not_due') ORDER BY u.path, r.review_id, f.stated_at, f.fact_id";
}

/// Adds a suggestion.
pub async fn insert(conn: &mut Conn, row: &SuggestionRow) -> Result<(), StoreError> {
    insert_all(conn, std::slice::from_ref(row)).await.map(drop)
}

/// Changes a suggestion; `false` when somebody changed it since `s.version` was read.
pub async fn update(conn: &mut Conn, s: &SuggestionRow) -> Result<bool, StoreError> {
    let changed = run!(
        conn, UPDATE_SUGGESTION, s.root_id, s.suggestion_id, s.version, &s.state, s.round, &s.due_on, s.drafted_by,
        s.drafted_at, s.sent_by, s.sent_at, &s.withdrawn_reason
    )?;
    Ok(changed == 1)
}

/// One suggestion.
pub async fn suggestion(conn: &mut Conn, root: Uuid, id: Uuid) -> Result<Option<SuggestionRow>, StoreError> {
    maybe_row!(conn, SuggestionRow, SUGGESTION_BY_ID, root, id)
}

/// The suggestions on a review, oldest first.
pub async fn of_review(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<Vec<SuggestionRow>, StoreError> {
    rows!(conn, SuggestionRow, SUGGESTIONS_OF_REVIEW, root, review)
}

/// Replaces the issues of a draft.
pub async fn replace_issues(conn: &mut Conn, of: &SuggestionRow, issues: &[IssueRow]) -> Result<(), StoreError> {
    run!(conn, CLEAR_ISSUES, of.root_id, of.suggestion_id)?;
    insert_all(conn, issues).await.map(drop)
}

/// The issues of a suggestion, in order.
pub async fn issues(conn: &mut Conn, root: Uuid, suggestion: Uuid) -> Result<Vec<IssueRow>, StoreError> {
    rows!(conn, IssueRow, ISSUES, root, suggestion)
}

/// Adds explanations.
pub async fn insert_answers(conn: &mut Conn, answers: &[AnswerRow]) -> Result<(), StoreError> {
    insert_all(conn, answers).await.map(drop)
}

/// The explanations of a suggestion, oldest first within an issue.
pub async fn answers(conn: &mut Conn, root: Uuid, suggestion: Uuid) -> Result<Vec<AnswerRow>, StoreError> {
    rows!(conn, AnswerRow, ANSWERS, root, suggestion)
}

/// Keeps what a meeting said, in place of what was recorded for the same round.
pub async fn save_discussions(conn: &mut Conn, said: &[DiscussionRow]) -> Result<(), StoreError> {
    save_all(conn, said).await.map(drop)
}

/// What meetings said, oldest first within an issue.
pub async fn discussions(conn: &mut Conn, root: Uuid, suggestion: Uuid) -> Result<Vec<DiscussionRow>, StoreError> {
    rows!(conn, DiscussionRow, DISCUSSIONS, root, suggestion)
}

/// Adds verdicts.
pub async fn insert_verdicts(conn: &mut Conn, verdicts: &[VerdictRow]) -> Result<(), StoreError> {
    insert_all(conn, verdicts).await.map(drop)
}

/// The verdicts, oldest first within an issue.
pub async fn verdicts(conn: &mut Conn, root: Uuid, suggestion: Uuid) -> Result<Vec<VerdictRow>, StoreError> {
    rows!(conn, VerdictRow, VERDICTS, root, suggestion)
}

/// The suggestions of a body, drafts included.
pub async fn of_body(conn: &mut Conn, root: Uuid, body: Uuid) -> Result<Vec<ListRow>, StoreError> {
    rows!(conn, ListRow, OF_BODY, root, body)
}

/// The suggestions that were sent to a person.
pub async fn of_person(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<ListRow>, StoreError> {
    rows!(conn, ListRow, OF_PERSON, root, person)
}

/// The suggestions that were sent on reviews of a unit: of itself and of those who are reviewed in it.
pub async fn of_unit(conn: &mut Conn, root: Uuid, unit: Uuid) -> Result<Vec<ListRow>, StoreError> {
    rows!(conn, ListRow, OF_UNIT, root, unit)
}

/// A fact as it was stated in the reviews of a campaign that are not decided, oldest first within a review.
pub async fn triggers(conn: &mut Conn, root: Uuid, campaign: Uuid, name: &str) -> Result<Vec<TriggerRow>, StoreError> {
    rows!(conn, TriggerRow, TRIGGERS, root, campaign, name)
}

/// Notes that nothing needs to be suggested because of a fact.
pub async fn pass(conn: &mut Conn, row: &PassedRow) -> Result<(), StoreError> {
    save_all(conn, std::slice::from_ref(row)).await.map(drop)
}
