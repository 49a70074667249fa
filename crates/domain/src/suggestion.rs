//! Gợi ý kiểm điểm: a superior names issues that somebody must explain in his review, and judges the explanations.

use crate::machine::step;
use crate::word::words;
use crate::{Day, Refusal};

words! {
    /// Trạng thái văn bản gợi ý.
    SuggestionState {
        /// Đang soạn: only the superior's office sees it.
        Draft = "draft",
        /// Đã gửi, chờ giải trình.
        Sent = "sent",
        /// Đã giải trình đủ từng vấn đề.
        Answered = "answered",
        /// Cấp trên đã kết luận từng vấn đề.
        Judged = "judged",
        /// Đã thu hồi, có lý do.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Việc làm đối với văn bản gợi ý.
    SuggestionAct {
        /// Soạn, sửa.
        Save = "save",
        /// Gửi.
        Send = "send",
        /// Giải trình một phần các vấn đề.
        Explain = "explain",
        /// Giải trình đủ các vấn đề.
        Answer = "answer",
        /// Kết luận, không còn vấn đề nào phải kiểm điểm lại.
        Judge = "judge",
        /// Yêu cầu kiểm điểm lại vấn đề chưa làm rõ.
        AskAgain = "ask_again",
        /// Thu hồi.
        Withdraw = "withdraw",
    }
}

words! {
    /// Kết luận của cấp trên về một vấn đề đã gợi ý.
    Verdict {
        /// Đã làm rõ.
        Clarified = "clarified",
        /// Chưa làm rõ, phải kiểm điểm lại.
        FurtherSession = "further_session",
        /// Chưa làm rõ, chuyển cơ quan kiểm tra xem xét.
        Inspection = "inspection",
    }
}

/// Căn cứ khác, ghi bằng lời: the one ground that no book has to list.
pub const OTHER_GROUND: &str = "other";

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(SuggestionState, SuggestionAct, SuggestionState)] = &[
    (SuggestionState::Draft, SuggestionAct::Save, SuggestionState::Draft),
    (SuggestionState::Draft, SuggestionAct::Send, SuggestionState::Sent),
    (SuggestionState::Draft, SuggestionAct::Withdraw, SuggestionState::Withdrawn),
    (SuggestionState::Sent, SuggestionAct::Explain, SuggestionState::Sent),
    (SuggestionState::Sent, SuggestionAct::Answer, SuggestionState::Answered),
    (SuggestionState::Sent, SuggestionAct::Withdraw, SuggestionState::Withdrawn),
    (SuggestionState::Answered, SuggestionAct::Answer, SuggestionState::Answered),
    (SuggestionState::Answered, SuggestionAct::Judge, SuggestionState::Judged),
    (SuggestionState::Answered, SuggestionAct::AskAgain, SuggestionState::Sent),
    (SuggestionState::Answered, SuggestionAct::Withdraw, SuggestionState::Withdrawn),
];

/// The state after `act`.
///
/// # Errors
/// `SUGGEST-002` when the act is not possible in this state.
pub fn after(state: SuggestionState, act: SuggestionAct) -> Result<SuggestionState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("SUGGEST-002").with("state", state).with("act", act))
}

impl SuggestionState {
    /// Whether whom it concerns sees it.
    #[must_use]
    pub const fn is_known_to_the_reviewed(self) -> bool {
        !matches!(self, Self::Draft)
    }

    /// Whether it still counts: sent and not withdrawn.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Sent | Self::Answered | Self::Judged)
    }
}

impl Verdict {
    /// Whether the issue has to be explained and discussed once more.
    #[must_use]
    pub const fn asks_again(self) -> bool {
        matches!(self, Self::FurtherSession)
    }
}

/// Một vấn đề được gợi ý, as it was written down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// Id of a ground of the rule book, or [`OTHER_GROUND`].
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

impl Issue {
    /// Whether nothing was typed about it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.ground, &self.ground_text, &self.facts, &self.evidence, &self.question, &self.explained_by]
            .iter()
            .all(|text| text.is_empty())
    }

    /// Everything that is missing, each at its field with `suffix`. Whoever is held to something is told what it rests on.
    #[must_use]
    pub fn faults(&self, grounds: &[String], suffix: &str) -> Vec<Refusal> {
        let known = self.ground == OTHER_GROUND || grounds.contains(&self.ground);
        let worded = self.ground != OTHER_GROUND || !self.ground_text.is_empty();
        let needed = [
            (known, "SUGGEST-003", "ground"),
            (worded, "SUGGEST-003", "ground_text"),
            (!self.facts.is_empty(), "SUGGEST-004", "facts"),
            (!self.evidence.is_empty(), "SUGGEST-004", "evidence"),
            (!self.question.is_empty(), "SUGGEST-005", "question"),
            (!self.explained_by.is_empty(), "SUGGEST-005", "explained_by"),
        ];
        let missing = needed.into_iter().filter(|(fine, ..)| !fine);
        missing.map(|(_, code, field)| Refusal::new(code).at(&format!("{field}-{suffix}"))).collect()
    }
}

/// The deadline leaves time to answer.
///
/// # Errors
/// `SUGGEST-006` at `due_on` when it is not after `today`.
pub fn check_deadline(due_on: Day, today: Day) -> Result<(), Refusal> {
    if due_on > today { Ok(()) } else { Err(Refusal::new("SUGGEST-006").with("due", due_on.shown()).at("due_on")) }
}

/// Giải trình một vấn đề: all three parts of it (sections IV of the forms of 21-HD/BTCTW).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Explanation.
    pub explanation: String,
    /// Cause.
    pub cause: String,
    /// Own responsibility.
    pub responsibility: String,
}

impl Answer {
    /// Whether nothing was typed yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.explanation.is_empty() && self.cause.is_empty() && self.responsibility.is_empty()
    }

    /// The parts that are missing, each at its field with `suffix`.
    #[must_use]
    pub fn faults(&self, suffix: &str) -> Vec<Refusal> {
        let parts =
            [(&self.explanation, "explanation"), (&self.cause, "cause"), (&self.responsibility, "responsibility")];
        let missing = parts.into_iter().filter(|(text, _)| text.is_empty());
        missing.map(|(_, field)| Refusal::new("SUGGEST-008").at(&format!("{field}-{suffix}"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_judged_before_it_was_answered() {
        for state in [SuggestionState::Draft, SuggestionState::Sent, SuggestionState::Withdrawn] {
            for act in [SuggestionAct::Judge, SuggestionAct::AskAgain] {
                assert_eq!(after(state, act).unwrap_err().code, "SUGGEST-002");
            }
        }
    }

    #[test]
    fn what_is_judged_or_withdrawn_stays_so() {
        for act in SuggestionAct::ALL {
            assert!(after(SuggestionState::Judged, *act).is_err());
            assert!(after(SuggestionState::Withdrawn, *act).is_err());
        }
    }

    #[test]
    fn an_issue_that_was_not_clarified_is_explained_anew() {
        let again = after(SuggestionState::Answered, SuggestionAct::AskAgain).unwrap();
        assert_eq!(after(again, SuggestionAct::Answer), Ok(SuggestionState::Answered));
    }

    #[test]
    fn an_issue_says_its_ground_facts_evidence_question_and_who_explains() {
        let grounds = ["disunity".to_owned()];
        let codes = |issue: &Issue| issue.faults(&grounds, "0").into_iter().map(|one| one.code).collect::<Vec<_>>();
        assert!(Issue::default().is_blank());
        assert_eq!(
            codes(&Issue::default()),
            ["SUGGEST-003", "SUGGEST-004", "SUGGEST-004", "SUGGEST-005", "SUGGEST-005"]
        );
        let text = || "Có chữ".to_owned();
        let whole = Issue {
            ground: grounds[0].clone(),
            ground_text: String::new(),
            facts: text(),
            evidence: text(),
            question: text(),
            explained_by: text(),
        };
        assert!(codes(&whole).is_empty());
        let other = Issue { ground: OTHER_GROUND.to_owned(), ..whole.clone() };
        assert_eq!(codes(&other), ["SUGGEST-003"], "another ground is put in words");
        assert_eq!(codes(&Issue { ground: "gossip".to_owned(), ..whole }), ["SUGGEST-003"]);
    }

    #[test]
    fn an_answer_has_explanation_cause_and_own_responsibility() {
        let part = Answer { explanation: "Đã rõ".to_owned(), ..Answer::default() };
        let at: Vec<_> = part.faults("7").into_iter().filter_map(|one| one.field).collect();
        assert_eq!(at, ["cause-7", "responsibility-7"]);
        assert!(!part.is_blank());
    }

    #[test]
    fn a_deadline_leaves_at_least_a_day() {
        let day = |date| Day::of(2022, 11, date).unwrap();
        assert!(check_deadline(day(15), day(14)).is_ok());
        for due in [14, 13] {
            assert_eq!(check_deadline(day(due), day(14)).unwrap_err().code, "SUGGEST-006");
        }
    }
}
