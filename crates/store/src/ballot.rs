//! Paper ballots: the lines, and totals typed by tellers. No row knows who voted what. Functions fail only when the database does.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, rows, run, statements};

/// One row of `ballot`.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct BallotRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Ballot.
    pub ballot_id: Uuid,
    /// Meeting.
    pub meeting_id: Uuid,
    /// Word of `domain::ballot::BallotKind`.
    pub kind: String,
    /// Word of `domain::ballot::BallotState`.
    pub state: String,
    /// Membership of the meeting when the ballot was drawn up.
    pub base: i64,
    /// Choices of a line, JSON list of words from the rule book.
    pub choices: String,
    /// First teller.
    pub teller_a: Uuid,
    /// Second teller.
    pub teller_b: Uuid,
    /// Head of counting.
    pub head_teller: Uuid,
    /// Counts changes.
    pub version: i64,
}

/// A line of the ballot: one person to be voted on.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct LineRow {
    /// Number on the paper, from 1.
    pub line_no: i64,
    /// Review.
    pub review_id: Uuid,
    /// Person.
    pub person_id: Uuid,
    /// Full name.
    pub full_name: String,
}

/// One row of `tally_entry`: 1 first teller, 2 second teller, 3 resolved by the head of counting, 0 definitive.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct EntryRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Ballot.
    pub ballot_id: Uuid,
    /// Number of the entry.
    pub entry_no: i64,
    /// Papers printed.
    pub printed: i64,
    /// Papers given out.
    pub given: i64,
    /// Papers voided.
    pub voided: i64,
    /// Papers left over.
    pub left_over: i64,
    /// Papers returned.
    pub returned: i64,
    /// Papers not returned.
    pub kept: i64,
    /// Valid papers.
    pub valid: i64,
    /// Invalid papers.
    pub invalid: i64,
    /// Remark of the one who entered.
    pub note: String,
    /// Who entered.
    pub entered_by: Uuid,
    /// When.
    #[serde(skip)]
    pub entered_at: DateTime<Utc>,
}

/// Votes for one choice on one line.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct CountRow {
    /// Line.
    pub line_no: i64,
    /// Choice.
    pub choice: String,
    /// Votes.
    pub votes: i64,
}

/// Votes for one choice on a review, for whole campaigns.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReviewCountRow {
    /// Review.
    pub review_id: Uuid,
    /// Word of `domain::meeting::Purpose`.
    pub purpose: String,
    /// Choice.
    pub choice: String,
    /// Votes.
    pub votes: i64,
    /// Valid papers.
    pub valid: i64,
    /// Base of the vote.
    pub base: i64,
}

statements! {
    INSERT_BALLOT = "INSERT INTO ballot (root_id, ballot_id, meeting_id, kind, state, base, choices, teller_a, teller_b, head_teller, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    INSERT_LINE = "INSERT INTO ballot_line (root_id, ballot_id, line_no, review_id) VALUES ($1, $2, $3, $4)";
    BALLOT_BY_ID = "SELECT * FROM ballot WHERE root_id = $1 AND ballot_id = $2";
    BALLOT_OF_MEETING = "SELECT * FROM ballot WHERE root_id = $1 AND meeting_id = $2";
    LINES = "SELECT l.line_no, l.review_id, r.person_id, p.full_name FROM ballot_line l JOIN review r ON r.root_id = l.root_id AND r.review_id = l.review_id JOIN person p ON p.root_id = r.root_id AND p.person_id = r.person_id \
        WHERE l.root_id = $1 AND l.ballot_id = $2 ORDER BY l.line_no";
    SET_BALLOT_STATE = "UPDATE ballot SET state = $4, version = version + 1 WHERE root_id = $1 AND ballot_id = $2 AND version = $3";
    SET_TEAM = "UPDATE ballot SET teller_a = $4, teller_b = $5, head_teller = $6, version = version + 1 WHERE root_id = $1 AND ballot_id = $2 AND version = $3";
    INSERT_ENTRY = "INSERT INTO tally_entry (root_id, ballot_id, entry_no, printed, given, voided, left_over, returned, kept, valid, invalid, note, entered_by, entered_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    INSERT_COUNT = "INSERT INTO tally_count (root_id, ballot_id, entry_no, line_no, choice, votes) VALUES ($1, $2, $3, $4, $5, $6)";
    ENTRY = "SELECT * FROM tally_entry WHERE root_id = $1 AND ballot_id = $2 AND entry_no = $3";
    COUNTS = "SELECT line_no, choice, votes FROM tally_count WHERE root_id = $1 AND ballot_id = $2 AND entry_no = $3 ORDER BY line_no, choice";
    COUNTS_OF_CAMPAIGN = "SELECT l.review_id, m.purpose, c.choice, c.votes, e.valid, b.base FROM tally_count c \
        JOIN ballot b ON b.root_id = c.root_id AND b.ballot_id = c.ballot_id JOIN meeting m ON m.root_id = b.root_id AND m.meeting_id = b.meeting_id \
        JOIN tally_entry e ON e.root_id = c.root_id AND e.ballot_id = c.ballot_id AND e.entry_no = c.entry_no \
        JOIN ballot_line l ON l.root_id = c.root_id AND l.ballot_id = c.ballot_id AND l.line_no = c.line_no \
        WHERE c.root_id = $1 AND m.campaign_id = $2 AND c.entry_no = 0 ORDER BY l.review_id, c.choice";
    BALLOT_STATES = "SELECT b.meeting_id, b.state FROM meeting m JOIN ballot b ON b.root_id = m.root_id AND b.meeting_id = m.meeting_id \
        WHERE m.root_id = $1 AND m.campaign_id = $2";
    BALLOTS_OF_TELLER = "SELECT b.* FROM ballot b JOIN meeting m ON m.root_id = b.root_id AND m.meeting_id = b.meeting_id \
        WHERE b.root_id = $1 AND (b.teller_a = $2 OR b.teller_b = $2 OR b.head_teller = $2) AND b.state <> 'definitive' ORDER BY m.held_on, b.ballot_id";
}

/// Adds a ballot with its lines (reviews in the order of the paper).
pub async fn insert(conn: &mut Conn, b: &BallotRow, reviews: &[Uuid]) -> Result<(), StoreError> {
    run!(
        conn, INSERT_BALLOT, b.root_id, b.ballot_id, b.meeting_id, &b.kind, &b.state, b.base, &b.choices, b.teller_a,
        b.teller_b, b.head_teller, b.version
    )?;
    for (line_no, review) in (1_i64..).zip(reviews) {
        run!(conn, INSERT_LINE, b.root_id, b.ballot_id, line_no, *review)?;
    }
    Ok(())
}

/// One ballot.
pub async fn ballot(conn: &mut Conn, root: Uuid, ballot: Uuid) -> Result<Option<BallotRow>, StoreError> {
    maybe_row!(conn, BallotRow, BALLOT_BY_ID, root, ballot)
}

/// The ballot of a meeting, if one was drawn up.
pub async fn of_meeting(conn: &mut Conn, root: Uuid, meeting: Uuid) -> Result<Option<BallotRow>, StoreError> {
    maybe_row!(conn, BallotRow, BALLOT_OF_MEETING, root, meeting)
}

/// Meeting and state of every ballot of a campaign.
///
/// # Errors
/// When the database fails.
pub async fn states_of_campaign(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    rows!(conn, (Uuid, String), BALLOT_STATES, root, campaign)
}

/// Unfinished ballots on whose counting team a person is.
pub async fn of_teller(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<Vec<BallotRow>, StoreError> {
    rows!(conn, BallotRow, BALLOTS_OF_TELLER, root, person)
}

/// The lines of a ballot.
pub async fn lines(conn: &mut Conn, root: Uuid, ballot: Uuid) -> Result<Vec<LineRow>, StoreError> {
    rows!(conn, LineRow, LINES, root, ballot)
}

/// Moves a ballot to a state; `false` when somebody changed it since `version` was read.
pub async fn set_state(
    conn: &mut Conn,
    root: Uuid,
    ballot: Uuid,
    version: i64,
    state: &str,
) -> Result<bool, StoreError> {
    let changed = run!(conn, SET_BALLOT_STATE, root, ballot, version, state)? == 1;
    if let Some(row) = self::ballot(conn, root, ballot).await?.filter(|_| changed) {
        crate::rollup::refresh_unit_of_meeting(conn, root, row.meeting_id).await?;
    }
    Ok(changed)
}

/// Names another counting team; `false` when somebody changed the ballot since `b.version` was read.
pub async fn set_team(conn: &mut Conn, b: &BallotRow) -> Result<bool, StoreError> {
    let changed = run!(conn, SET_TEAM, b.root_id, b.ballot_id, b.version, b.teller_a, b.teller_b, b.head_teller)?;
    Ok(changed == 1)
}

/// Adds an entry with its counts.
pub async fn insert_entry(conn: &mut Conn, e: &EntryRow, counts: &[CountRow]) -> Result<(), StoreError> {
    run!(
        conn, INSERT_ENTRY, e.root_id, e.ballot_id, e.entry_no, e.printed, e.given, e.voided, e.left_over, e.returned,
        e.kept, e.valid, e.invalid, &e.note, e.entered_by, e.entered_at
    )?;
    for c in counts {
        run!(conn, INSERT_COUNT, e.root_id, e.ballot_id, e.entry_no, c.line_no, &c.choice, c.votes)?;
    }
    Ok(())
}

/// One entry.
pub async fn entry(conn: &mut Conn, root: Uuid, ballot: Uuid, entry_no: i64) -> Result<Option<EntryRow>, StoreError> {
    maybe_row!(conn, EntryRow, ENTRY, root, ballot, entry_no)
}

/// The counts of one entry.
pub async fn counts(conn: &mut Conn, root: Uuid, ballot: Uuid, entry_no: i64) -> Result<Vec<CountRow>, StoreError> {
    rows!(conn, CountRow, COUNTS, root, ballot, entry_no)
}

/// The definitive counts of all ballots of a campaign.
pub async fn counts_of_campaign(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
) -> Result<Vec<ReviewCountRow>, StoreError> {
    rows!(conn, ReviewCountRow, COUNTS_OF_CAMPAIGN, root, campaign)
}
