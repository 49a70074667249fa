//! Hội nghị chi bộ mẫu: who came, the ballot, what two tellers counted.

use domain::ballot::{BallotKind, BallotState};
use domain::meeting::{Circumstance, MeetingState, Presence, Purpose};
use domain::org::Standing;
use domain::review::Obligation;
use store::ballot::{BallotRow, EntryRow};
use store::meeting::{AttendanceRow, MeetingRow};
use store::rollup::CampaignUnitRow;
use store::season::{BallotLineRow, Season, VotesRow};
use uuid::Uuid;

use super::super::cast::Unit;
use super::super::day;
use super::super::people::standing_of;
use super::{Cell, DECIDED, Director, MET, Stage, missing};
use crate::error::Result;

/// Papers printed beyond those given out.
const SPARE: i64 = 2;
/// Seats in the committee of a base organisation.
pub(super) const COMMITTEE: u32 = 3;
/// First and second teller, then the definitive record.
const ENTRIES: [i64; 3] = [1, 2, 0];

/// The cell met; what it counted, and its minutes, as far as it has come.
pub(super) fn meet(director: &Director<'_>, cell: &Cell<'_>, season: &mut Season) -> Result<()> {
    let officer = |number: u32| director.person(cell.unit.first + number.min(cell.unit.count.saturating_sub(1)));
    let meeting = director.meeting_row(&cell.row, Purpose::CellReview, (officer(0)?, officer(1)?))?;
    let mut voters = 0;
    for number in 0..cell.unit.count {
        let member = cell.unit.first + number;
        let (standing, _) = standing_of(member, number);
        let present = standing != Standing::Exempt;
        voters += i64::from(present && standing == Standing::Official);
        let presence = if present { Presence::Present } else { Presence::AbsentExcused };
        season.attendance.push(director.attendance(meeting.meeting_id, (member, standing), presence)?);
    }
    let team = [officer(2)?, officer(3)?, officer(4)?];
    ballot(director, cell, (meeting.meeting_id, voters, team), season)?;
    season.meetings.push(if cell.stage >= Stage::Sealed { director.sealed(meeting) } else { meeting });
    Ok(())
}

fn ballot(
    director: &Director<'_>,
    cell: &Cell<'_>,
    (meeting_id, voters, team): (Uuid, i64, [Uuid; 3]),
    season: &mut Season,
) -> Result<()> {
    let counted = cell.stage >= Stage::Counted;
    let state = if counted { BallotState::Definitive } else { BallotState::DrawnUp };
    if cell.reviews.is_empty() {
        return Err(missing("review in a cell that met"));
    }
    let [teller_a, teller_b, head_teller] = team;
    let ballot = BallotRow {
        root_id: director.root,
        ballot_id: director.id(),
        meeting_id,
        kind: BallotKind::Paper.word().to_owned(),
        state: state.word().to_owned(),
        base: voters,
        choices: director.choices.clone(),
        teller_a,
        teller_b,
        head_teller,
        version: if counted { 3 } else { 1 },
    };
    let (root_id, ballot_id) = (director.root, ballot.ballot_id);
    season.ballots.push(ballot);
    let entries: &[i64] = if counted { &ENTRIES } else { &[] };
    for entry_no in entries {
        let by = if *entry_no == 1 { teller_a } else { teller_b };
        season.entries.push(entry(director, ballot_id, (*entry_no, by), voters));
    }
    let voted = cell.reviews.iter().filter(|(_, review)| review.obligation == Obligation::ReviewAndClassify.word());
    for (line_no, (member, review)) in (1..).zip(voted) {
        season.ballot_lines.push(BallotLineRow { root_id, ballot_id, line_no, review_id: review.review_id });
        let choice = director.level(*member);
        let votes = |entry_no: &i64| VotesRow {
            root_id,
            ballot_id,
            entry_no: *entry_no,
            line_no,
            choice: choice.clone(),
            votes: voters,
        };
        season.votes.extend(entries.iter().map(votes));
    }
    debug_assert!(cell.at > 0);
    Ok(())
}

fn entry(director: &Director<'_>, ballot_id: Uuid, (entry_no, entered_by): (i64, Uuid), voters: i64) -> EntryRow {
    EntryRow {
        root_id: director.root,
        ballot_id,
        entry_no,
        printed: voters + SPARE,
        given: voters,
        voided: 0,
        left_over: SPARE,
        returned: voters,
        kept: 0,
        valid: voters,
        invalid: 0,
        note: String::new(),
        entered_by,
        entered_at: director.at,
    }
}

impl Director<'_> {
    fn attendance(
        &self,
        meeting_id: Uuid,
        (member, standing): (u32, Standing),
        presence: Presence,
    ) -> Result<AttendanceRow> {
        let reason = if presence == Presence::Present { "" } else { "Được miễn sinh hoạt" };
        Ok(AttendanceRow {
            root_id: self.root,
            meeting_id,
            person_id: self.person(member)?,
            standing: standing.word().to_owned(),
            presence: presence.word().to_owned(),
            circumstance: Circumstance::Normal.word().to_owned(),
            reason: reason.to_owned(),
        })
    }

    /// Who sat in the committee's meeting: all of its seats.
    pub(super) fn committee_came(&self, meeting: &MeetingRow, unit: &Unit, season: &mut Season) -> Result<()> {
        for number in 0..COMMITTEE.min(unit.count) {
            let seated = (unit.first + number, Standing::Official);
            season.attendance.push(self.attendance(meeting.meeting_id, seated, Presence::Present)?);
        }
        Ok(())
    }

    pub(super) fn committee_meeting(&self, row: &CampaignUnitRow, unit: &Unit) -> Result<MeetingRow> {
        let (chair, secretary) = (self.person(unit.first)?, self.person(unit.first + 1)?);
        let mut meeting = self.meeting_row(row, Purpose::CommitteeDecision, (chair, secretary))?;
        meeting.held_on = day(DECIDED)?.to_string();
        Ok(self.sealed(meeting))
    }

    pub(super) fn meeting_row(
        &self,
        row: &CampaignUnitRow,
        purpose: Purpose,
        (chair, secretary): (Uuid, Uuid),
    ) -> Result<MeetingRow> {
        Ok(MeetingRow {
            root_id: self.root,
            meeting_id: self.id(),
            campaign_id: row.campaign_id,
            unit_id: row.unit_id,
            purpose: purpose.word().to_owned(),
            held_on: day(MET)?.to_string(),
            starts_at: "07:30".to_owned(),
            ends_at: None,
            place: "Nhà sinh hoạt (mẫu)".to_owned(),
            chair_id: chair,
            chair_reason: String::new(),
            secretary_id: secretary,
            delegate: String::new(),
            discussion: "Kiểm điểm từng đảng viên (câu mẫu).".to_owned(),
            conclusion: String::new(),
            state: MeetingState::Open.word().to_owned(),
            sealed_at: None,
            sealed_by: None,
            version: 1,
        })
    }

    pub(super) fn sealed(&self, meeting: MeetingRow) -> MeetingRow {
        MeetingRow {
            ends_at: Some("10:45".to_owned()),
            conclusion: "Thống nhất kết quả (câu mẫu).".to_owned(),
            state: MeetingState::Sealed.word().to_owned(),
            sealed_at: Some(self.at),
            sealed_by: Some(meeting.chair_id),
            version: 2,
            ..meeting
        }
    }
}
