//! Kiến nghị, khiếu nại về kết quả xếp loại: receipt, limit in working days, answer, outcome.

use crate::machine::step;
use crate::word::words;
use crate::{Day, Refusal};

words! {
    /// Trạng thái kiến nghị.
    PetitionState {
        /// Đã nhận, đang xem xét.
        Received = "received",
        /// Giữ nguyên kết quả.
        Upheld = "upheld",
        /// Thay đổi kết quả bằng quyết định mới.
        Changed = "changed",
        /// Người kiến nghị rút.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Việc làm đối với kiến nghị.
    PetitionAct {
        /// Gia hạn trả lời, có thông báo lý do.
        Extend = "extend",
        /// Trả lời: giữ nguyên.
        Uphold = "uphold",
        /// Trả lời: thay đổi.
        Change = "change",
        /// Rút.
        Withdraw = "withdraw",
    }
}

/// The state machine as a table: from, act, to.
pub const TRANSITIONS: &[(PetitionState, PetitionAct, PetitionState)] = &[
    (PetitionState::Received, PetitionAct::Extend, PetitionState::Received),
    (PetitionState::Received, PetitionAct::Uphold, PetitionState::Upheld),
    (PetitionState::Received, PetitionAct::Change, PetitionState::Changed),
    (PetitionState::Received, PetitionAct::Withdraw, PetitionState::Withdrawn),
];

/// The state after `act`.
///
/// # Errors
/// `PETITION-001` it is settled.
pub fn after(state: PetitionState, act: PetitionAct) -> Result<PetitionState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("PETITION-001"))
}

/// Whether a petition may be taken: it says something, no other is pending, and it did not arrive before the decision or
/// tomorrow.
///
/// # Errors
/// `PETITION-002` empty; `-003` another is pending; `-004` the day is not between the decision and today.
pub fn may_file(
    content: &str,
    pending: bool,
    received_on: Day,
    decided_on: Day,
    today: Day,
) -> Result<PetitionState, Refusal> {
    if content.trim().is_empty() {
        return Err(Refusal::new("PETITION-002").at("content"));
    }
    if pending {
        return Err(Refusal::new("PETITION-003"));
    }
    if received_on > today || received_on < decided_on {
        let refusal = Refusal::new("PETITION-004").with("decided", decided_on.shown()).with("today", today.shown());
        return Err(refusal.at("received_on"));
    }
    Ok(PetitionState::Received)
}

/// The state after an answer. `level` is the one decided anew, when the result changes.
///
/// # Errors
/// `PETITION-001`; `-005` no answer in words; `-006` the level stays as it was.
pub fn may_answer(
    state: PetitionState,
    answer: &str,
    level: Option<&str>,
    standing: &str,
) -> Result<PetitionState, Refusal> {
    let act = if level.is_some() { PetitionAct::Change } else { PetitionAct::Uphold };
    let next = after(state, act)?;
    if answer.trim().is_empty() {
        return Err(Refusal::new("PETITION-005").at("answer"));
    }
    if level == Some(standing) {
        return Err(Refusal::new("PETITION-006").at("level"));
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_typed(text).unwrap()
    }

    #[test]
    fn a_petition_says_something_comes_alone_and_after_the_decision() {
        let (decided, today) = (day("30/12/2022"), day("10/01/2023"));
        let code = |content, pending, on: &str| {
            may_file(content, pending, day(on), decided, today).map_err(|refusal| refusal.code)
        };
        assert_eq!(code("Đề nghị xem lại", false, "10/01/2023"), Ok(PetitionState::Received));
        assert_eq!(code(" ", false, "10/01/2023").unwrap_err(), "PETITION-002");
        assert_eq!(code("Đề nghị xem lại", true, "10/01/2023").unwrap_err(), "PETITION-003");
        for day in ["11/01/2023", "29/12/2022"] {
            assert_eq!(code("Đề nghị xem lại", false, day).unwrap_err(), "PETITION-004");
        }
    }

    #[test]
    fn an_answer_has_words_and_a_change_is_a_change() {
        let received = PetitionState::Received;
        assert_eq!(may_answer(received, "Giữ nguyên vì …", None, "b"), Ok(PetitionState::Upheld));
        assert_eq!(may_answer(received, "Xếp lại vì …", Some("a"), "b"), Ok(PetitionState::Changed));
        assert_eq!(may_answer(received, "", None, "b").unwrap_err().code, "PETITION-005");
        assert_eq!(may_answer(received, "x", Some("b"), "b").unwrap_err().code, "PETITION-006");
        assert_eq!(may_answer(PetitionState::Upheld, "x", None, "b").unwrap_err().code, "PETITION-001");
    }
}
