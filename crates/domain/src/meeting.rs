//! Hội nghị kiểm điểm: who was there, and how many votes are a majority.

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::machine::step;
use crate::org::Standing;
use crate::word::words;

words! {
    /// Mục đích hội nghị.
    Purpose {
        /// Hội nghị chi bộ kiểm điểm, bỏ phiếu đề xuất.
        CellReview = "cell_review",
        /// Hội nghị tập thể lãnh đạo tự kiểm điểm, in the round of the body above it.
        CollectiveReview = "collective_review",
        /// Hội nghị cấp uỷ xem xét, quyết định.
        CommitteeDecision = "committee_decision",
    }
}

words! {
    /// Trạng thái hội nghị.
    MeetingState {
        /// Đang chuẩn bị hoặc đang ghi.
        Open = "open",
        /// Biên bản đã khoá.
        Sealed = "sealed",
    }
}

words! {
    /// Việc làm đối với hội nghị.
    MeetingAct {
        /// Ghi hội nghị, điểm danh, ý kiến, kết luận, phiếu.
        Record = "record",
        /// Khoá biên bản.
        Seal = "seal",
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(MeetingState, MeetingAct, MeetingState)] = &[
    (MeetingState::Open, MeetingAct::Record, MeetingState::Open),
    (MeetingState::Open, MeetingAct::Seal, MeetingState::Sealed),
];

/// The state after `act`.
///
/// # Errors
/// `MEETING-002` once the minutes are sealed.
pub fn after(state: MeetingState, act: MeetingAct) -> Result<MeetingState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("MEETING-002"))
}

words! {
    /// Có mặt, vắng mặt.
    Presence {
        /// Có mặt.
        Present = "present",
        /// Vắng cả buổi, có lý do chính đáng được cấp uỷ triệu tập đồng ý.
        AbsentExcused = "absent_excused",
        /// Vắng không có lý do được chấp nhận.
        AbsentUnexcused = "absent_unexcused",
    }
}

words! {
    /// Hoàn cảnh ảnh hưởng đến cách tính số thành viên.
    Circumstance {
        /// Bình thường.
        Normal = "normal",
        /// Đang sinh hoạt tạm thời ở nơi khác.
        TemporaryElsewhere = "temporary_elsewhere",
        /// Bị khởi tố, truy tố hoặc tạm giam.
        Prosecuted = "prosecuted",
        /// Cấp uỷ viên bị đình chỉ sinh hoạt cấp uỷ (counts only in a committee).
        SuspendedFromCommittee = "suspended_from_committee",
    }
}

/// Một người trong danh sách triệu tập.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Standing on the day of the meeting.
    pub standing: Standing,
    /// Whether he came.
    pub presence: Presence,
    /// What else matters for the base.
    pub circumstance: Circumstance,
}

words! {
    /// Vì sao không tính vào số thành viên: the reasons of the charter rules, in the order they are asked.
    NotCounted {
        /// Đảng viên dự bị không có quyền biểu quyết.
        Probationary = "probationary",
        /// Bị đình chỉ sinh hoạt.
        Suspended = "suspended",
        /// Bị khởi tố, truy tố, tạm giam.
        Prosecuted = "prosecuted",
        /// Sinh hoạt tạm thời nơi khác và không có mặt.
        Elsewhere = "elsewhere",
        /// Được miễn sinh hoạt và không có mặt.
        ExemptAbsent = "exempt_absent",
        /// Vắng cả buổi có lý do được chấp nhận (chỉ trừ ở hội nghị chi bộ).
        ExcusedAbsent = "excused_absent",
    }
}

/// Cách tính số thành viên (cơ sở tính phiếu): the base of the vote with its arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteBase {
    /// Persons convened.
    pub convened: u32,
    /// How many were taken off, by reason, in the order of the rule; reasons with none are left out.
    pub taken_off: Vec<(NotCounted, u32)>,
    /// What remains: the membership of the meeting.
    pub base: u32,
    /// Ballots in favour that are needed.
    pub needed: u32,
}

impl VoteBase {
    /// `20 − 4 − 1 − 1 = 14`.
    #[must_use]
    pub fn arithmetic(&self) -> String {
        let mut text = self.convened.to_string();
        for (_, count) in &self.taken_off {
            text.push_str(&format!(" − {count}"));
        }
        text.push_str(&format!(" = {}", self.base));
        text
    }
}

/// Computes the membership of a meeting and how many votes pass.
///
/// Source: 294-QĐ/TW §9.3 (same structure in 24-QĐ/TW of 2021): a decision needs more than `threshold` of the *members*,
/// not of those present. Exempt members and members in temporary activity elsewhere count when they are present. A
/// legitimate absence is taken off in a cell, not in a committee (`purpose`).
/// `threshold` is a fraction (numerator, denominator) from the rule book; a zero denominator counts as one half.
#[must_use]
pub fn vote_base(attendees: &[Attendee], purpose: Purpose, threshold: (u32, u32)) -> VoteBase {
    let convened = count(attendees.len());
    let reasons: Vec<NotCounted> = attendees.iter().filter_map(|one| not_counted(*one, purpose)).collect();
    let taken_off: Vec<(NotCounted, u32)> = NotCounted::ALL
        .iter()
        .map(|reason| (*reason, count(reasons.iter().filter(|given| *given == reason).count())))
        .filter(|(_, number)| *number > 0)
        .collect();
    let base = convened - count(reasons.len());
    let (numerator, denominator) = if threshold.1 == 0 { (1, 2) } else { threshold };
    let share = u64::from(base) * u64::from(numerator) / u64::from(denominator);
    VoteBase { convened, taken_off, base, needed: u32::try_from(share + 1).unwrap_or(u32::MAX) }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn not_counted(one: Attendee, purpose: Purpose) -> Option<NotCounted> {
    let present = one.presence == Presence::Present;
    let cell = purpose == Purpose::CellReview;
    match one {
        Attendee { standing: Standing::Probationary, .. } => Some(NotCounted::Probationary),
        Attendee { standing: Standing::Suspended, .. } => Some(NotCounted::Suspended),
        Attendee { circumstance: Circumstance::SuspendedFromCommittee, .. } if !cell => Some(NotCounted::Suspended),
        Attendee { circumstance: Circumstance::Prosecuted, .. } => Some(NotCounted::Prosecuted),
        Attendee { circumstance: Circumstance::TemporaryElsewhere, .. } if !present => Some(NotCounted::Elsewhere),
        Attendee { standing: Standing::Exempt, .. } if !present => Some(NotCounted::ExemptAbsent),
        Attendee { presence: Presence::AbsentExcused, .. } if cell => Some(NotCounted::ExcusedAbsent),
        _ => None,
    }
}

/// What must hold before minutes can be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealCheck {
    /// Whether the chair was present.
    pub chair_present: bool,
    /// Whether the chair is the head, or a reason is given why another presided.
    pub chair_is_head_or_reasoned: bool,
    /// Whether the meeting has an end time and a conclusion.
    pub complete: bool,
    /// Ballots of the meeting that have no definitive count yet.
    pub open_ballots: u32,
    /// Reviews that were due here and have no self-review handed in.
    pub missing_self_reviews: u32,
    /// Criticisms that the person present has not answered and that do not say so.
    pub unanswered: u32,
}

/// Whether the minutes may be sealed; after that nothing in them changes.
///
/// # Errors
/// `MEETING-004` chair absent; `MEETING-005` another presides without a reason; `MEETING-006` end or conclusion missing;
/// `MEETING-007` a ballot is not counted; `MEETING-008` a self-review is missing; `MEETING-009` a criticism has no answer.
pub fn may_seal(check: SealCheck) -> Result<(), Refusal> {
    if !check.chair_present {
        return Err(Refusal::new("MEETING-004").at("chair"));
    }
    if !check.chair_is_head_or_reasoned {
        return Err(Refusal::new("MEETING-005").at("chair_reason"));
    }
    if !check.complete {
        return Err(Refusal::new("MEETING-006").at("conclusion"));
    }
    if check.open_ballots > 0 {
        return Err(Refusal::new("MEETING-007"));
    }
    if check.missing_self_reviews > 0 {
        return Err(Refusal::new("MEETING-008").with("count", check.missing_self_reviews));
    }
    if check.unanswered > 0 {
        return Err(Refusal::new("MEETING-009").with("count", check.unanswered));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: (u32, u32) = (1, 2);

    fn people(list: &[(usize, Standing, Presence, Circumstance)]) -> Vec<Attendee> {
        list.iter()
            .flat_map(|(times, standing, presence, circumstance)| {
                std::iter::repeat_n(
                    Attendee { standing: *standing, presence: *presence, circumstance: *circumstance },
                    *times,
                )
            })
            .collect()
    }

    #[test]
    fn a_cell_of_17_with_4_probationary_one_exempt_absent_and_two_excused_has_base_14() {
        // Scenario 49: 17 official members (one of them exempt and absent, two absent with accepted reason), 4 probationary.
        let base = vote_base(
            &people(&[
                (14, Standing::Official, Presence::Present, Circumstance::Normal),
                (2, Standing::Official, Presence::AbsentExcused, Circumstance::Normal),
                (1, Standing::Exempt, Presence::AbsentExcused, Circumstance::Normal),
                (4, Standing::Probationary, Presence::Present, Circumstance::Normal),
            ]),
            Purpose::CellReview,
            HALF,
        );
        assert_eq!((base.base, base.needed), (14, 8));
        assert_eq!(base.arithmetic(), "21 − 4 − 1 − 2 = 14");
    }

    #[test]
    fn a_committee_keeps_its_excused_members_in_the_base() {
        // Scenario 48: 27 sitting, 2 suspended, 3 absent with excuse: base 25, 13 needed.
        let base = vote_base(
            &people(&[
                (22, Standing::Official, Presence::Present, Circumstance::Normal),
                (3, Standing::Official, Presence::AbsentExcused, Circumstance::Normal),
                (2, Standing::Official, Presence::Present, Circumstance::SuspendedFromCommittee),
            ]),
            Purpose::CommitteeDecision,
            HALF,
        );
        assert_eq!((base.base, base.needed), (25, 13));
    }

    #[test]
    fn an_exempt_member_who_comes_is_counted() {
        // Scenario 6.
        let base = vote_base(
            &people(&[
                (5, Standing::Official, Presence::Present, Circumstance::Normal),
                (1, Standing::Exempt, Presence::Present, Circumstance::Normal),
                (1, Standing::Official, Presence::Present, Circumstance::TemporaryElsewhere),
                (1, Standing::Official, Presence::AbsentUnexcused, Circumstance::Normal),
            ]),
            Purpose::CellReview,
            HALF,
        );
        assert_eq!((base.base, base.needed), (8, 5));
    }

    #[test]
    fn sealed_minutes_take_nothing_more() {
        assert_eq!(after(MeetingState::Open, MeetingAct::Record), Ok(MeetingState::Open));
        assert_eq!(after(MeetingState::Open, MeetingAct::Seal), Ok(MeetingState::Sealed));
        for act in MeetingAct::ALL {
            assert_eq!(after(MeetingState::Sealed, *act).unwrap_err().code, "MEETING-002");
        }
    }

    #[test]
    fn nobody_convened_needs_one_vote_that_cannot_come() {
        assert_eq!(vote_base(&[], Purpose::CellReview, HALF).needed, 1);
    }

    #[test]
    fn minutes_without_an_answer_to_a_criticism_stay_open() {
        let good = SealCheck {
            chair_present: true,
            chair_is_head_or_reasoned: true,
            complete: true,
            open_ballots: 0,
            missing_self_reviews: 0,
            unanswered: 0,
        };
        assert_eq!(may_seal(good), Ok(()));
        assert_eq!(may_seal(SealCheck { unanswered: 1, ..good }).unwrap_err().code, "MEETING-009");
        assert_eq!(may_seal(SealCheck { chair_is_head_or_reasoned: false, ..good }).unwrap_err().code, "MEETING-005");
    }
}
