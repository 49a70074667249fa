//! Quyết định xếp loại: only a decision event carries a level; the machine permits, warns, refuses, never decides.

use crate::Refusal;
use crate::machine::step;
use crate::word::words;

words! {
    /// Trạng thái quyết định.
    DecisionState {
        /// Đang chuẩn bị.
        Draft = "draft",
        /// Đã ban hành.
        Issued = "issued",
    }
}

words! {
    /// Việc làm đối với quyết định.
    DecisionAct {
        /// Lập, sửa dự thảo.
        Save = "save",
        /// Ban hành.
        Issue = "issue",
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(DecisionState, DecisionAct, DecisionState)] = &[
    (DecisionState::Draft, DecisionAct::Save, DecisionState::Draft),
    (DecisionState::Draft, DecisionAct::Issue, DecisionState::Issued),
];

/// The state after `act`.
///
/// # Errors
/// `DECISION-001` once it is issued.
pub fn after(state: DecisionState, act: DecisionAct) -> Result<DecisionState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("DECISION-001"))
}

/// What is known when a decision is to be issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueCheck {
    /// State of the decision.
    pub state: DecisionState,
    /// Whether the decision has a number.
    pub numbered: bool,
    /// Membership of the deciding body (base of the vote).
    pub base: u32,
    /// Votes in favour of the list.
    pub in_favour: u32,
    /// Votes that are needed.
    pub needed: u32,
    /// Proposals of subordinate units that have not arrived.
    pub missing_proposals: u32,
    /// Persons whose level is not filled in.
    pub missing_levels: u32,
    /// Name of the first of them, and the field of his level.
    pub first_missing: Option<(String, String)>,
    /// Persons whose level a rule forbids: refused, with the citation of the first.
    pub forbidden: Vec<(String, String)>,
    /// Persons at the top level above the cap, and whether a reason for the override is given.
    pub over_cap: u32,
    /// Reason for exceeding the cap, empty when none is given.
    pub override_reason: String,
    /// Citation of the cap.
    pub cap_citation: String,
}

/// Whether the decision may be issued.
///
/// # Errors
/// `DECISION-001` issued already; `-002` no number; `-003` no majority of the membership; `-004` more votes than members;
/// `-005` proposals missing; `-006` levels missing; `-007` a rule forbids a level (with citation); `-008` over the cap
/// without a reason (with citation). Scenario 46: blocked at decision unless the deciding level records an override.
pub fn may_issue(check: &IssueCheck) -> Result<(), Refusal> {
    after(check.state, DecisionAct::Issue)?;
    if !check.numbered {
        return Err(Refusal::new("DECISION-002").at("number"));
    }
    if check.in_favour > check.base {
        return Err(Refusal::new("DECISION-004")
            .with("base", check.base)
            .with("in_favour", check.in_favour)
            .at("in_favour"));
    }
    if check.in_favour < check.needed {
        return Err(Refusal::new("DECISION-003")
            .with("base", check.base)
            .with("needed", check.needed)
            .with("in_favour", check.in_favour)
            .at("in_favour"));
    }
    if check.missing_proposals > 0 {
        return Err(Refusal::new("DECISION-005").with("count", check.missing_proposals));
    }
    if check.missing_levels > 0 {
        let (person, field) = check.first_missing.clone().unwrap_or_default();
        return Err(Refusal::new("DECISION-006").with("count", check.missing_levels).with("person", person).at(&field));
    }
    if let Some((person, citation)) = check.forbidden.first() {
        return Err(Refusal::new("DECISION-007")
            .with("person", person)
            .with("count", check.forbidden.len())
            .citing(citation.clone()));
    }
    if check.over_cap > 0 && check.override_reason.trim().is_empty() {
        return Err(Refusal::new("DECISION-008")
            .with("over", check.over_cap)
            .citing(check.cap_citation.clone())
            .at("override_reason"));
    }
    Ok(())
}

/// Đề xuất đã đổi sau khi cấp uỷ lưu mức: whether a line must be looked at once more, because the cell proposed `seen`
/// when it was saved and proposes `now`. A proposal that arrives later and agrees with `level` changes nothing.
#[must_use]
pub fn must_look_again(level: &str, seen: &str, now: &str) -> bool {
    !now.is_empty() && now != seen && !(seen.is_empty() && level == now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready() -> IssueCheck {
        IssueCheck {
            state: DecisionState::Draft,
            numbered: true,
            base: 25,
            in_favour: 13,
            needed: 13,
            missing_proposals: 0,
            missing_levels: 0,
            first_missing: None,
            forbidden: vec![],
            over_cap: 0,
            override_reason: String::new(),
            cap_citation: "C".to_owned(),
        }
    }

    fn code(check: &IssueCheck) -> String {
        may_issue(check).unwrap_err().code
    }

    #[test]
    fn thirteen_of_twenty_five_members_pass_and_twelve_do_not() {
        assert_eq!(may_issue(&ready()), Ok(()));
        assert_eq!(code(&IssueCheck { in_favour: 12, ..ready() }), "DECISION-003");
        assert_eq!(code(&IssueCheck { in_favour: 26, ..ready() }), "DECISION-004");
    }

    #[test]
    fn an_issued_decision_is_neither_changed_nor_issued_again() {
        assert_eq!(after(DecisionState::Draft, DecisionAct::Issue), Ok(DecisionState::Issued));
        assert_eq!(after(DecisionState::Issued, DecisionAct::Save).unwrap_err().code, "DECISION-001");
        assert_eq!(code(&IssueCheck { state: DecisionState::Issued, ..ready() }), "DECISION-001");
    }

    #[test]
    fn exceeding_the_cap_needs_a_written_reason_and_cites_the_cap() {
        let over = IssueCheck { over_cap: 2, ..ready() };
        let refusal = may_issue(&over).unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.citation.as_deref()), ("DECISION-008", Some("C")));
        assert_eq!(code(&IssueCheck { override_reason: "  ".to_owned(), ..over.clone() }), "DECISION-008");
        assert_eq!(may_issue(&IssueCheck { override_reason: "Có thành tích đột xuất".to_owned(), ..over }), Ok(()));
    }

    #[test]
    fn a_line_is_looked_at_again_when_its_proposal_changed_and_not_when_it_came_late_and_agrees() {
        assert!(must_look_again("good", "good", "excellent"));
        assert!(must_look_again("excellent", "good", "excellent"), "even when the committee had chosen the new level");
        assert!(must_look_again("good", "", "excellent"));
        assert!(!must_look_again("good", "", "good"));
        assert!(!must_look_again("good", "good", "good"));
        assert!(!must_look_again("good", "good", ""), "it was returned: issuing waits for the proposal anyway");
    }

    #[test]
    fn nobody_may_be_left_without_a_level_and_the_first_is_named_at_his_field() {
        let first_missing = Some(("Trần Văn Mẫu".to_owned(), "level-1".to_owned()));
        let refusal = may_issue(&IssueCheck { missing_levels: 2, first_missing, ..ready() }).unwrap_err();
        assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("DECISION-006", Some("level-1")));
        assert_eq!(refusal.to_string(), "DECISION-006 count=2 person=Trần Văn Mẫu");
    }

    #[test]
    fn a_forbidden_level_is_refused_whatever_reason_is_given() {
        let forbidden = IssueCheck {
            forbidden: vec![("Mẫu 01".to_owned(), "21-HD/BTCTW".to_owned())],
            override_reason: "lý do".to_owned(),
            ..ready()
        };
        assert_eq!(may_issue(&forbidden).unwrap_err().citation.as_deref(), Some("21-HD/BTCTW"));
    }
}
