//! Kiểm điểm và xếp loại của một đối tượng: the states one review goes through and the acts that move it.

use crate::Refusal;
use crate::machine::step;
use crate::word::words;

words! {
    /// Trạng thái hồ sơ kiểm điểm.
    ReviewState {
        /// Chờ bản tự kiểm điểm.
        AwaitingSelfReview = "awaiting_self_review",
        /// Đã nộp bản tự kiểm điểm.
        SelfReviewed = "self_reviewed",
        /// Đã kiểm điểm tại hội nghị (biên bản đã khoá).
        Discussed = "discussed",
        /// Chi bộ đã đề xuất.
        Proposed = "proposed",
        /// Cấp có thẩm quyền đã quyết định.
        Decided = "decided",
        /// Không thuộc diện kiểm điểm: no task appears.
        NotDue = "not_due",
    }
}

words! {
    /// Nghĩa vụ: what the rule book asks of a person in this campaign.
    Obligation {
        /// Phải kiểm điểm và xếp loại.
        ReviewAndClassify = "review_and_classify",
        /// Phải kiểm điểm, chưa xếp loại.
        ReviewOnly = "review_only",
        /// Không kiểm điểm, không xếp loại.
        Neither = "neither",
    }
}

words! {
    /// Việc làm thay đổi trạng thái của một hồ sơ.
    ReviewAct {
        /// Nộp bản tự kiểm điểm.
        Submit = "submit",
        /// Trả lại để bổ sung, before the meeting.
        Return = "return",
        /// Hội nghị kiểm điểm xong, biên bản khoá.
        Discuss = "discuss",
        /// Gửi đề xuất.
        Propose = "propose",
        /// Cấp trên trả lại đề xuất.
        SendBack = "send_back",
        /// Cơ quan thẩm định trình (tổ chức, tập thể, cán bộ lãnh đạo).
        Verify = "verify",
        /// Ban hành quyết định.
        Decide = "decide",
        /// Đưa ra khỏi đợt: he is no member any more, or his cell is closed.
        Withdraw = "withdraw",
    }
}

words! {
    /// Chủ thể có ý kiến về một đối tượng; opinions stand side by side and are never overwritten.
    Assessor {
        /// Tự nhận, với tư cách cán bộ, công chức, viên chức.
        SelfAsCivilServant = "self_civil",
        /// Tự nhận, với tư cách đảng viên.
        SelfAsMember = "self_member",
        /// Tự nhận của tổ chức, tập thể.
        SubjectItself = "self",
        /// Người đứng đầu cơ quan, đơn vị.
        HeadOfAgency = "head_of_agency",
        /// Chi uỷ.
        CellCommittee = "cell_committee",
        /// Tổ chức đoàn thể.
        MassOrganization = "mass_organization",
        /// Cấp uỷ nơi cư trú.
        Residence = "residence",
        /// Chủ thể tham gia đánh giá tổ chức, tập thể, cán bộ lãnh đạo; named by the signer.
        ParticipatingBody = "participating_body",
    }
}

impl Assessor {
    /// Whose opinion on a member a proposal shows, in the order of its columns.
    pub const ON_MEMBERS: &'static [Self] = &[
        Self::SelfAsCivilServant,
        Self::SelfAsMember,
        Self::HeadOfAgency,
        Self::CellCommittee,
        Self::MassOrganization,
        Self::Residence,
    ];

    /// Whether it is the subject's own word, which stands in the self-review and is not entered by others.
    #[must_use]
    pub const fn is_subject(self) -> bool {
        matches!(self, Self::SelfAsCivilServant | Self::SelfAsMember | Self::SubjectItself)
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(ReviewState, ReviewAct, ReviewState)] = &[
    (ReviewState::AwaitingSelfReview, ReviewAct::Submit, ReviewState::SelfReviewed),
    (ReviewState::SelfReviewed, ReviewAct::Submit, ReviewState::SelfReviewed),
    (ReviewState::SelfReviewed, ReviewAct::Return, ReviewState::AwaitingSelfReview),
    (ReviewState::SelfReviewed, ReviewAct::Discuss, ReviewState::Discussed),
    (ReviewState::Discussed, ReviewAct::Propose, ReviewState::Proposed),
    (ReviewState::SelfReviewed, ReviewAct::Verify, ReviewState::Proposed),
    (ReviewState::Discussed, ReviewAct::Verify, ReviewState::Proposed),
    (ReviewState::Proposed, ReviewAct::Verify, ReviewState::Proposed),
    (ReviewState::Proposed, ReviewAct::SendBack, ReviewState::Discussed),
    (ReviewState::Proposed, ReviewAct::Decide, ReviewState::Decided),
    (ReviewState::AwaitingSelfReview, ReviewAct::Withdraw, ReviewState::NotDue),
    (ReviewState::SelfReviewed, ReviewAct::Withdraw, ReviewState::NotDue),
    (ReviewState::Discussed, ReviewAct::Withdraw, ReviewState::NotDue),
    (ReviewState::Proposed, ReviewAct::Withdraw, ReviewState::NotDue),
];

/// The state after `act`.
///
/// # Errors
/// `REVIEW-001` when the act is not possible in this state: classification only after the review is finished
/// (21-HD/BTCTW, order of work), nothing edited after it was sealed.
pub fn after(state: ReviewState, act: ReviewAct) -> Result<ReviewState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("REVIEW-001").with("state", state).with("act", act))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_cannot_be_proposed_or_decided() {
        // Scenario 11: review before classification.
        for act in [ReviewAct::Discuss, ReviewAct::Propose, ReviewAct::Decide] {
            assert_eq!(after(ReviewState::AwaitingSelfReview, act).unwrap_err().code, "REVIEW-001");
        }
    }

    #[test]
    fn nothing_leaves_the_decided_state() {
        for act in ReviewAct::ALL {
            assert!(after(ReviewState::Decided, *act).is_err());
            assert!(after(ReviewState::NotDue, *act).is_err());
        }
    }

    #[test]
    fn a_review_is_taken_out_of_the_round_until_it_is_decided() {
        let open =
            [ReviewState::AwaitingSelfReview, ReviewState::SelfReviewed, ReviewState::Discussed, ReviewState::Proposed];
        for state in open {
            assert_eq!(after(state, ReviewAct::Withdraw), Ok(ReviewState::NotDue));
        }
    }

    #[test]
    fn the_straight_way_reaches_the_decision() {
        let way = [ReviewAct::Submit, ReviewAct::Discuss, ReviewAct::Propose, ReviewAct::Decide];
        let end = way.iter().try_fold(ReviewState::AwaitingSelfReview, |state, act| after(state, *act));
        assert_eq!(end, Ok(ReviewState::Decided));
    }
}
