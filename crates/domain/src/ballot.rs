//! Bỏ phiếu kín bằng phiếu giấy: two tellers count and type apart, the system compares, the head of counting resolves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::machine::step;
use crate::word::words;
use crate::{PersonId, Refusal};

words! {
    /// Cách bỏ phiếu. The secret ballot on screen has its place here and comes later.
    BallotKind {
        /// Phiếu giấy, hai người nhập độc lập.
        Paper = "paper",
    }
}

words! {
    /// Trạng thái kiểm phiếu.
    BallotState {
        /// Đã lập phiếu, chưa ai nhập.
        DrawnUp = "drawn_up",
        /// Người kiểm phiếu thứ nhất đã nhập.
        FirstEntry = "first_entry",
        /// Hai lần nhập khác nhau, chờ tổ trưởng xử lý.
        Differs = "differs",
        /// Kết quả chính thức.
        Definitive = "definitive",
    }
}

words! {
    /// Việc làm đối với kết quả kiểm phiếu.
    BallotAct {
        /// Người kiểm phiếu thứ nhất nhập.
        EnterFirst = "enter_first",
        /// Người thứ hai nhập, số liệu khớp.
        EnterEqual = "enter_equal",
        /// Người thứ hai nhập, số liệu khác.
        EnterDifferent = "enter_different",
        /// Tổ trưởng xử lý khác biệt.
        Resolve = "resolve",
        /// Cử người khác thay người kiểm phiếu chưa nhập.
        ReplaceTeller = "replace_teller",
        /// Cử tổ trưởng khác.
        ReplaceHead = "replace_head",
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(BallotState, BallotAct, BallotState)] = &[
    (BallotState::DrawnUp, BallotAct::EnterFirst, BallotState::FirstEntry),
    (BallotState::FirstEntry, BallotAct::EnterEqual, BallotState::Definitive),
    (BallotState::FirstEntry, BallotAct::EnterDifferent, BallotState::Differs),
    (BallotState::Differs, BallotAct::Resolve, BallotState::Definitive),
    (BallotState::DrawnUp, BallotAct::ReplaceTeller, BallotState::DrawnUp),
    (BallotState::FirstEntry, BallotAct::ReplaceTeller, BallotState::FirstEntry),
    (BallotState::DrawnUp, BallotAct::ReplaceHead, BallotState::DrawnUp),
    (BallotState::FirstEntry, BallotAct::ReplaceHead, BallotState::FirstEntry),
    (BallotState::Differs, BallotAct::ReplaceHead, BallotState::Differs),
];

/// The state after `act`.
///
/// # Errors
/// `BALLOT-012` when an entry is not possible any more; `BALLOT-014` when there is nothing to resolve; `BALLOT-020` when
/// nobody of the counting team can be replaced any more.
pub fn after(state: BallotState, act: BallotAct) -> Result<BallotState, Refusal> {
    let code = match act {
        BallotAct::EnterFirst | BallotAct::EnterEqual | BallotAct::EnterDifferent => "BALLOT-012",
        BallotAct::Resolve => "BALLOT-014",
        BallotAct::ReplaceTeller | BallotAct::ReplaceHead => "BALLOT-020",
    };
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new(code))
}

words! {
    /// Vị trí trong tổ kiểm phiếu.
    Seat {
        /// Người kiểm phiếu thứ nhất.
        TellerA = "teller_a",
        /// Người kiểm phiếu thứ hai.
        TellerB = "teller_b",
        /// Tổ trưởng.
        Head = "head",
    }
}

/// Lựa chọn trên phiếu that is not a level: the line was left white.
pub const BLANK: &str = "blank";
/// Lựa chọn trên phiếu that is not a level: the line carries more than one mark.
pub const LINE_INVALID: &str = "line_invalid";

/// Số liệu kiểm phiếu: the totals one teller (or the head of counting) has typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Số phiếu in ra.
    pub printed: u32,
    /// Số phiếu phát ra.
    pub given: u32,
    /// Số phiếu hỏng, huỷ trước khi phát.
    pub voided: u32,
    /// Số phiếu còn thừa.
    pub left_over: u32,
    /// Số phiếu thu về.
    pub returned: u32,
    /// Số phiếu không nộp lại.
    pub kept: u32,
    /// Số phiếu hợp lệ.
    pub valid: u32,
    /// Số phiếu không hợp lệ.
    pub invalid: u32,
    /// Per line of the ballot: votes for each choice (level, `blank`, `line_invalid`).
    pub lines: BTreeMap<u32, BTreeMap<String, u32>>,
}

/// Checks that the totals add up; every difference is reported, not only the first.
///
/// printed = given + voided + left; given = returned + kept; returned = valid + invalid; each line's choices add up to
/// the valid papers; no more papers given than the meeting has votes (`base`).
///
/// # Errors
/// `BALLOT-001` … `BALLOT-005`, each with the figures and the field.
pub fn check(tally: &Tally, base: u32) -> Result<(), Vec<Refusal>> {
    let mut faults = Vec::new();
    let mut sum = |code: &str, field: &str, whole: u32, parts: &[u32]| {
        let total: u64 = parts.iter().map(|part| u64::from(*part)).sum();
        if total != u64::from(whole) {
            faults.push(Refusal::new(code).with("whole", whole).with("sum", total).at(field));
        }
    };
    sum("BALLOT-001", "printed", tally.printed, &[tally.given, tally.voided, tally.left_over]);
    sum("BALLOT-002", "given", tally.given, &[tally.returned, tally.kept]);
    sum("BALLOT-003", "returned", tally.returned, &[tally.valid, tally.invalid]);
    for (line, choices) in &tally.lines {
        let total: u64 = choices.values().map(|votes| u64::from(*votes)).sum();
        if total != u64::from(tally.valid) {
            faults.push(
                Refusal::new("BALLOT-004")
                    .with("line", line)
                    .with("whole", tally.valid)
                    .with("sum", total)
                    .at(&format!("line-{line}")),
            );
        }
    }
    if tally.given > base {
        faults.push(Refusal::new("BALLOT-005").with("given", tally.given).with("base", base).at("given"));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Where two entries differ: the field (`given`, `line-3-excellent` …) and both figures.
#[must_use]
pub fn differences(first: &Tally, second: &Tally) -> Vec<(String, u32, u32)> {
    let (first, second) = (figures(first), figures(second));
    let fields: std::collections::BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    fields
        .into_iter()
        .map(|field| (field.clone(), first.get(field).copied().unwrap_or(0), second.get(field).copied().unwrap_or(0)))
        .filter(|(_, a, b)| a != b)
        .collect()
}

fn figures(tally: &Tally) -> BTreeMap<String, u32> {
    let heads = [
        ("printed", tally.printed),
        ("given", tally.given),
        ("voided", tally.voided),
        ("left_over", tally.left_over),
        ("returned", tally.returned),
        ("kept", tally.kept),
        ("valid", tally.valid),
        ("invalid", tally.invalid),
    ];
    let lines = tally.lines.iter().flat_map(|(line, choices)| {
        choices.iter().map(move |(choice, votes)| (format!("line-{line}-{choice}"), *votes))
    });
    heads.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(lines).collect()
}

/// Tổ kiểm phiếu: the two tellers and the head of counting; who has entered so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// State of the count.
    pub state: BallotState,
    /// First teller.
    pub teller_a: PersonId,
    /// Second teller.
    pub teller_b: PersonId,
    /// Tổ trưởng tổ kiểm phiếu.
    pub head: PersonId,
    /// Who has already entered (the first entry).
    pub entered_by: Option<PersonId>,
}

impl Counting {
    /// Who sits there.
    #[must_use]
    pub const fn at(&self, seat: Seat) -> PersonId {
        match seat {
            Seat::TellerA => self.teller_a,
            Seat::TellerB => self.teller_b,
            Seat::Head => self.head,
        }
    }

    /// Whether the team is three different people.
    #[must_use]
    pub fn is_three_people(&self) -> bool {
        self.teller_a != self.teller_b && self.teller_a != self.head && self.teller_b != self.head
    }
}

/// Whether whoever sits there may be replaced: a teller until he has entered his counts, which stand; the head of counting
/// until the counts are definitive.
///
/// # Errors
/// `BALLOT-020` when it is too late; `BALLOT-021` when this teller has entered.
pub fn may_replace(counting: Counting, seat: Seat) -> Result<(), Refusal> {
    let act = if seat == Seat::Head { BallotAct::ReplaceHead } else { BallotAct::ReplaceTeller };
    after(counting.state, act)?;
    if seat != Seat::Head && counting.entered_by == Some(counting.at(seat)) {
        return Err(Refusal::new("BALLOT-021").at("seat"));
    }
    Ok(())
}

/// The team after `named` has taken the place of whoever sits there.
///
/// # Errors
/// Those of [`may_replace`]; `BALLOT-015` when `named` has a seat already; `BALLOT-022` without a reason.
pub fn replace(counting: Counting, seat: Seat, named: PersonId, reason: &str) -> Result<Counting, Refusal> {
    may_replace(counting, seat)?;
    let team = match seat {
        Seat::TellerA => Counting { teller_a: named, ..counting },
        Seat::TellerB => Counting { teller_b: named, ..counting },
        Seat::Head => Counting { head: named, ..counting },
    };
    if !team.is_three_people() || named == counting.at(seat) {
        return Err(Refusal::new("BALLOT-015").at("person"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("BALLOT-022").at("reason"));
    }
    Ok(team)
}

/// Decides what a teller's entry is: the first, or a second that equals the first (then the count is definitive) or not
/// (then the head of counting resolves it with the papers in hand). `equal` compares it with the first entry, if there is one.
///
/// # Errors
/// `BALLOT-010` when he is not one of the two tellers; `BALLOT-011` when he has entered already; `BALLOT-012` when two
/// entries exist.
pub fn enter(counting: Counting, teller: PersonId, equal: Option<bool>) -> Result<BallotAct, Refusal> {
    if teller != counting.teller_a && teller != counting.teller_b {
        return Err(Refusal::new("BALLOT-010"));
    }
    if counting.state == BallotState::FirstEntry && counting.entered_by == Some(teller) {
        return Err(Refusal::new("BALLOT-011"));
    }
    let act = match (counting.entered_by, equal) {
        (None, _) => BallotAct::EnterFirst,
        (Some(_), Some(true)) => BallotAct::EnterEqual,
        (Some(_), Some(false)) => BallotAct::EnterDifferent,
        (Some(_), None) => return Err(Refusal::new("BALLOT-012")),
    };
    after(counting.state, act).map(|_| act)
}

/// Whether this person may resolve the differences.
///
/// # Errors
/// `BALLOT-013` when he is not the head of counting; `BALLOT-014` when nothing differs.
pub fn may_resolve(counting: Counting, person: PersonId) -> Result<(), Refusal> {
    if person != counting.head {
        return Err(Refusal::new("BALLOT-013"));
    }
    after(counting.state, BallotAct::Resolve).map(drop)
}

/// The choice that more than `base` × threshold voted for: `needed` votes or more; none when no choice has them.
///
/// Scenario 50: 7 and 7 of 14 give no majority; the competent level decides, the system says so.
#[must_use]
pub fn majority(choices: &BTreeMap<String, u32>, needed: u32) -> Option<&str> {
    choices
        .iter()
        .filter(|(choice, _)| *choice != BLANK && *choice != LINE_INVALID)
        .find(|(_, votes)| **votes >= needed)
        .map(|(choice, _)| choice.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn tally(votes: &[(&str, u32)]) -> Tally {
        let lines = BTreeMap::from([(1, votes.iter().map(|(choice, votes)| ((*choice).to_owned(), *votes)).collect())]);
        Tally { printed: 16, given: 14, voided: 1, left_over: 1, returned: 13, kept: 1, valid: 12, invalid: 1, lines }
    }

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn counting(state: BallotState, entered_by: Option<u128>) -> Counting {
        Counting {
            state,
            teller_a: person(1),
            teller_b: person(2),
            head: person(3),
            entered_by: entered_by.map(person),
        }
    }

    #[test]
    fn a_count_that_adds_up_is_accepted() {
        assert_eq!(check(&tally(&[("excellent", 5), ("good", 6), (BLANK, 1)]), 14), Ok(()));
    }

    #[test]
    fn every_sum_that_does_not_hold_is_named() {
        let wrong = Tally { printed: 20, given: 15, ..tally(&[("good", 11)]) };
        let codes: Vec<String> = check(&wrong, 14).unwrap_err().into_iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["BALLOT-001", "BALLOT-002", "BALLOT-004", "BALLOT-005"]);
    }

    #[test]
    fn figures_as_large_as_a_number_can_be_do_not_overflow() {
        let huge = Tally {
            printed: u32::MAX,
            given: u32::MAX,
            voided: u32::MAX,
            ..tally(&[("good", u32::MAX), ("excellent", u32::MAX)])
        };
        assert!(check(&huge, 14).is_err());
    }

    #[test]
    fn the_second_entry_needs_the_other_teller() {
        assert_eq!(
            enter(counting(BallotState::FirstEntry, Some(1)), person(1), Some(true)).unwrap_err().code,
            "BALLOT-011"
        );
        assert_eq!(enter(counting(BallotState::FirstEntry, Some(1)), person(2), Some(true)), Ok(BallotAct::EnterEqual));
        assert_eq!(
            enter(counting(BallotState::FirstEntry, Some(2)), person(1), Some(false)),
            Ok(BallotAct::EnterDifferent)
        );
        assert_eq!(enter(counting(BallotState::DrawnUp, None), person(9), None).unwrap_err().code, "BALLOT-010");
        assert_eq!(
            enter(counting(BallotState::Definitive, Some(1)), person(2), Some(true)).unwrap_err().code,
            "BALLOT-012"
        );
    }

    #[test]
    fn only_the_head_of_counting_resolves_and_only_differences() {
        assert_eq!(may_resolve(counting(BallotState::Differs, Some(1)), person(1)).unwrap_err().code, "BALLOT-013");
        assert_eq!(may_resolve(counting(BallotState::FirstEntry, Some(1)), person(3)).unwrap_err().code, "BALLOT-014");
        assert_eq!(may_resolve(counting(BallotState::Differs, Some(1)), person(3)), Ok(()));
    }

    #[test]
    fn a_teller_is_replaced_until_he_has_entered_and_never_by_one_who_counts_already() {
        let code = |counting, seat, named, reason| {
            replace(counting, seat, person(named), reason).map(|team| team.at(seat)).map_err(|refusal| refusal.code)
        };
        let fresh = counting(BallotState::DrawnUp, None);
        assert_eq!(code(fresh, Seat::TellerA, 9, "ốm"), Ok(person(9)));
        for (seat, named) in [(Seat::TellerA, 2), (Seat::TellerA, 3), (Seat::Head, 1), (Seat::TellerB, 2)] {
            assert_eq!(code(fresh, seat, named, "ốm").unwrap_err(), "BALLOT-015", "{seat} {named}");
        }
        assert_eq!(code(fresh, Seat::TellerA, 9, " ").unwrap_err(), "BALLOT-022");
        let first = counting(BallotState::FirstEntry, Some(1));
        assert_eq!(code(first, Seat::TellerA, 9, "ốm").unwrap_err(), "BALLOT-021", "his counts stand");
        assert_eq!(code(first, Seat::TellerB, 9, "ốm"), Ok(person(9)));
        let differs = counting(BallotState::Differs, Some(1));
        assert_eq!(code(differs, Seat::TellerB, 9, "ốm").unwrap_err(), "BALLOT-020");
        assert_eq!(code(differs, Seat::Head, 9, "ốm"), Ok(person(9)));
        let done = counting(BallotState::Definitive, Some(1));
        assert_eq!(code(done, Seat::Head, 9, "ốm").unwrap_err(), "BALLOT-020");
    }

    #[test]
    fn two_entries_are_compared_figure_by_figure() {
        let first = tally(&[("excellent", 5), ("good", 7)]);
        let second = Tally { given: 13, ..tally(&[("excellent", 6), ("good", 6)]) };
        assert_eq!(
            differences(&first, &second),
            [("given".to_owned(), 14, 13), ("line-1-excellent".to_owned(), 5, 6), ("line-1-good".to_owned(), 7, 6)]
        );
    }

    #[test]
    fn seven_against_seven_of_fourteen_is_no_majority() {
        let even = BTreeMap::from([("excellent".to_owned(), 7), ("good".to_owned(), 7)]);
        assert_eq!(majority(&even, 8), None);
        let clear = BTreeMap::from([("excellent".to_owned(), 3), ("good".to_owned(), 8), (BLANK.to_owned(), 9)]);
        assert_eq!(majority(&clear, 8), Some("good"));
    }
}
