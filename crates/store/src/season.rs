//! Whole seasons in: reviews, meetings, ballots, proposals and decisions of a round by the thousand, for sample data. What
//! is rolled up is counted anew from them at the end.

use uuid::Uuid;

use crate::ballot::{BallotRow, EntryRow};
use crate::bulk::{Table, WholeRow, columns, insert_all, save_all};
use crate::db::{Conn, StoreError};
use crate::meeting::{AttendanceRow, MeetingRow};
use crate::outcome::{DecisionRow, NoticeRow, ProposalRow};
use crate::review::{OpinionRow, ReviewRow, SubmittedRow};
use crate::rollup::{self, CampaignUnitRow};
use crate::sql::{rows, statements};

statements! {
    UNITS_OF_ROUND = "SELECT * FROM campaign_unit WHERE root_id = $1 AND round_id = $2 ORDER BY path";
    REVIEWS_OF_ROUND = "SELECT r.* FROM campaign_unit cu JOIN review r ON r.root_id = cu.root_id AND r.unit_id = cu.unit_id \
        WHERE cu.root_id = $1 AND cu.round_id = $2 AND EXISTS (SELECT 1 FROM campaign c WHERE c.root_id = $1 AND c.campaign_id = r.campaign_id AND COALESCE(c.parent_id, c.campaign_id) = $2) ORDER BY r.unit_id, r.review_id";
}

/// A line of a ballot.
#[derive(Debug, Clone)]
pub struct BallotLineRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Ballot.
    pub ballot_id: Uuid,
    /// Number on the paper, from 1.
    pub line_no: i64,
    /// Review.
    pub review_id: Uuid,
}

/// Votes for one choice on one line, as entered once.
#[derive(Debug, Clone)]
pub struct VotesRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Ballot.
    pub ballot_id: Uuid,
    /// Number of the entry.
    pub entry_no: i64,
    /// Line.
    pub line_no: i64,
    /// Choice.
    pub choice: String,
    /// Votes.
    pub votes: i64,
}

/// A proposed level.
#[derive(Debug, Clone)]
pub struct ProposedRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Proposal.
    pub proposal_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Level.
    pub level: String,
    /// Reason, where one is needed.
    pub reason: String,
}

/// A decided level.
#[derive(Debug, Clone)]
pub struct DecidedLineRow {
    /// Hierarchy.
    pub root_id: Uuid,
    /// Decision.
    pub decision_id: Uuid,
    /// Review.
    pub review_id: Uuid,
    /// Level.
    pub level: String,
    /// Reason, where one is needed.
    pub reason: String,
    /// Level the cell proposed.
    pub proposed: String,
    /// Votes for this line, when lines were voted one by one.
    pub in_favour: Option<i64>,
}

columns! { BallotLineRow in ballot_line, key (ballot_id, line_no), rest (review_id) }
columns! { VotesRow in tally_count, key (ballot_id, entry_no, line_no, choice), rest (votes) }
columns! { ProposedRow in proposal_line, key (proposal_id, review_id), rest (level, reason) }
columns! { DecidedLineRow in decision_line, key (decision_id, review_id), rest (level, reason, proposed, in_favour) }
columns! {
    SubmittedRow in self_review_submitted, key (review_id, version),
    rest (form, content, submitted_at, submitted_by, on_behalf_reason)
}
columns! { OpinionRow in opinion, key (opinion_id), rest (review_id, actor, level, comment, signer, stated_on, stated_by, stated_at) }
columns! {
    MeetingRow in meeting, key (meeting_id),
    rest (campaign_id, unit_id, purpose, held_on, starts_at, ends_at, place, chair_id, chair_reason, secretary_id, delegate, discussion, conclusion, state, sealed_at, sealed_by, version)
}
columns! { AttendanceRow in attendance, key (meeting_id, person_id), rest (standing, presence, circumstance, reason) }
columns! {
    BallotRow in ballot, key (ballot_id),
    rest (meeting_id, kind, state, base, choices, teller_a, teller_b, head_teller, version)
}
columns! {
    EntryRow in tally_entry, key (ballot_id, entry_no),
    rest (printed, given, voided, left_over, returned, kept, valid, invalid, note, entered_by, entered_at)
}
columns! {
    ProposalRow in proposal, key (proposal_id),
    rest (campaign_id, unit_id, state, note, returned_reason, sent_at, sent_by, version, saved_by, saved_at)
}
columns! {
    DecisionRow in decision, key (decision_id),
    rest (campaign_id, unit_id, subject, serial, meeting_id, state, number, signed_on, signer_id, membership_base, in_favour, cap_override_reason, issued_at, issued_by, version, saved_by, saved_at)
}
columns! { NoticeRow in notice, key (review_id), rest (decision_id, comment, issued_on, reply_due_on, read_at, reply, replied_at) }

/// Tables of this file, for the test that compares their names with the schema.
pub(crate) const TABLES: [Table; 13] = [
    SubmittedRow::TABLE,
    OpinionRow::TABLE,
    MeetingRow::TABLE,
    AttendanceRow::TABLE,
    BallotRow::TABLE,
    BallotLineRow::TABLE,
    EntryRow::TABLE,
    VotesRow::TABLE,
    ProposalRow::TABLE,
    ProposedRow::TABLE,
    DecisionRow::TABLE,
    DecidedLineRow::TABLE,
    NoticeRow::TABLE,
];

/// What came to a round: states of its reviews and units as they are now, and the rows behind them.
#[derive(Debug, Clone, Default)]
pub struct Season {
    /// Reviews of the round with their states.
    pub reviews: Vec<ReviewRow>,
    /// Units of the round with their steps.
    pub units: Vec<CampaignUnitRow>,
    /// Self-reviews handed in.
    pub submitted: Vec<SubmittedRow>,
    /// Opinions.
    pub opinions: Vec<OpinionRow>,
    /// Meetings.
    pub meetings: Vec<MeetingRow>,
    /// Who came.
    pub attendance: Vec<AttendanceRow>,
    /// Ballots.
    pub ballots: Vec<BallotRow>,
    /// Their lines.
    pub ballot_lines: Vec<BallotLineRow>,
    /// Counts as entered.
    pub entries: Vec<EntryRow>,
    /// Votes.
    pub votes: Vec<VotesRow>,
    /// Proposals.
    pub proposals: Vec<ProposalRow>,
    /// Their lines.
    pub proposed: Vec<ProposedRow>,
    /// Decisions.
    pub decisions: Vec<DecisionRow>,
    /// Their lines.
    pub decided: Vec<DecidedLineRow>,
    /// Notices.
    pub notices: Vec<NoticeRow>,
}

/// The reviews of a round, unit by unit.
///
/// # Errors
/// When the database fails.
pub async fn reviews(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<Vec<ReviewRow>, StoreError> {
    rows!(conn, ReviewRow, REVIEWS_OF_ROUND, root, round)
}

/// The units of a round, superiors first.
///
/// # Errors
/// When the database fails.
pub async fn units(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<Vec<CampaignUnitRow>, StoreError> {
    rows!(conn, CampaignUnitRow, UNITS_OF_ROUND, root, round)
}

/// Writes a part of a season; [`rollup::rebuild`] counts the round when all parts are there.
///
/// # Errors
/// When the database refuses.
pub async fn insert(conn: &mut Conn, season: &Season) -> Result<(), StoreError> {
    save_all(conn, &season.reviews).await?;
    save_all(conn, &season.units).await?;
    insert_all(conn, &season.submitted).await?;
    insert_all(conn, &season.opinions).await?;
    insert_all(conn, &season.meetings).await?;
    insert_all(conn, &season.attendance).await?;
    insert_all(conn, &season.ballots).await?;
    insert_all(conn, &season.ballot_lines).await?;
    insert_all(conn, &season.entries).await?;
    insert_all(conn, &season.votes).await?;
    insert_all(conn, &season.proposals).await?;
    insert_all(conn, &season.proposed).await?;
    insert_all(conn, &season.decisions).await?;
    insert_all(conn, &season.decided).await?;
    insert_all(conn, &season.notices).await?;
    Ok(())
}

/// Counts a round anew after the last part of a season.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, root: Uuid, round: Uuid) -> Result<(), StoreError> {
    rollup::rebuild(conn, root, round).await
}
