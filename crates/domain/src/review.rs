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
        /// Trả lại để bổ sung, trước hội nghị.
        Return = "return",
        /// Hội nghị kiểm điểm xong, biên bản khoá.
        Discuss = "discuss",
        /// Gửi đề xuất.
        Propose = "propose",
        /// Cấp trên trả lại đề xuất.
        SendBack = "send_back",
        /// Cơ quan thẩm định trình (tổ chức, tập thể, cán bộ lãnh đạo).
        Verify = "verify",
        /// Trả lại hồ sơ đã thẩm định, trước khi quyết định.
        TakeBack = "take_back",
        /// Ban hành quyết định.
        Decide = "decide",
        /// Đưa ra khỏi đợt: người này không còn là đảng viên ở đây, hoặc chi bộ đã kết thúc.
        Withdraw = "withdraw",
        /// Đưa trở lại đợt: danh sách đã ghi nhầm; trở về bước trước đó.
        Restore = "restore",
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
        /// Chi bộ nơi sinh hoạt tạm thời.
        TemporaryCell = "temporary_cell",
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
    (ReviewState::Proposed, ReviewAct::TakeBack, ReviewState::SelfReviewed),
    (ReviewState::Proposed, ReviewAct::Decide, ReviewState::Decided),
    (ReviewState::AwaitingSelfReview, ReviewAct::Withdraw, ReviewState::NotDue),
    (ReviewState::SelfReviewed, ReviewAct::Withdraw, ReviewState::NotDue),
    (ReviewState::Discussed, ReviewAct::Withdraw, ReviewState::NotDue),
    (ReviewState::Proposed, ReviewAct::Withdraw, ReviewState::NotDue),
    (ReviewState::NotDue, ReviewAct::Restore, ReviewState::AwaitingSelfReview),
    (ReviewState::NotDue, ReviewAct::Restore, ReviewState::SelfReviewed),
    (ReviewState::NotDue, ReviewAct::Restore, ReviewState::Discussed),
    (ReviewState::NotDue, ReviewAct::Restore, ReviewState::Proposed),
];

/// The state after `act`.
///
/// # Errors
/// `REVIEW-001` when the act is not possible in this state: classification only after the review is finished
/// (21-HD/BTCTW, order of work), nothing edited after it was sealed. Where a restored review goes, [`comeback`] says.
pub fn after(state: ReviewState, act: ReviewAct) -> Result<ReviewState, Refusal> {
    let next = step(TRANSITIONS, state, act).filter(|_| act != ReviewAct::Restore);
    next.ok_or_else(|| Refusal::new("REVIEW-001").with("state", state).with("act", act))
}

/// Đợt đã đi đến đâu: what happened in the cell and above while a review was out of its round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Meanwhile {
    /// The cell's minutes are sealed.
    pub minutes_sealed: bool,
    /// The cell's list has been sent and not returned.
    pub proposal_sent: bool,
    /// The decision is issued.
    pub decided: bool,
}

/// Hồ sơ trở lại đợt, hoặc vì sao không trở lại được nữa.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comeback {
    /// It returns to this state.
    To(ReviewState),
    /// The cell finished its meeting without him.
    MinutesSealed,
    /// The decision was issued without him.
    Decided,
}

/// Where a review that was taken out returns to, when it stood in `kept` before: to that state, unless the cell finished
/// its meeting or the committee decided meanwhile; with its cell's list when that was sent back.
///
/// # Errors
/// `REVIEW-001` when a review that stood so cannot have been taken out.
pub fn comeback(kept: ReviewState, meanwhile: Meanwhile) -> Result<Comeback, Refusal> {
    if !TRANSITIONS.contains(&(ReviewState::NotDue, ReviewAct::Restore, kept)) {
        return Err(Refusal::new("REVIEW-001").with("state", kept).with("act", ReviewAct::Restore));
    }
    let met = matches!(kept, ReviewState::Discussed | ReviewState::Proposed);
    Ok(if meanwhile.decided {
        Comeback::Decided
    } else if meanwhile.minutes_sealed && !met {
        Comeback::MinutesSealed
    } else if kept == ReviewState::Proposed && !meanwhile.proposal_sent {
        Comeback::To(after(kept, ReviewAct::SendBack)?)
    } else {
        Comeback::To(kept)
    })
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
    fn a_review_returns_to_where_it_stood_unless_the_round_went_on_without_it() {
        let open =
            [ReviewState::AwaitingSelfReview, ReviewState::SelfReviewed, ReviewState::Discussed, ReviewState::Proposed];
        let sent = Meanwhile { minutes_sealed: false, proposal_sent: true, decided: false };
        for state in open {
            assert_eq!(comeback(state, sent), Ok(Comeback::To(state)));
            let decided = Meanwhile { decided: true, ..sent };
            assert_eq!(comeback(state, decided), Ok(Comeback::Decided));
        }
        let met = Meanwhile { minutes_sealed: true, ..Meanwhile::default() };
        for state in &open[..2] {
            assert_eq!(comeback(*state, met), Ok(Comeback::MinutesSealed));
        }
        assert_eq!(comeback(ReviewState::Discussed, met), Ok(Comeback::To(ReviewState::Discussed)));
        assert_eq!(
            comeback(ReviewState::Proposed, met),
            Ok(Comeback::To(ReviewState::Discussed)),
            "the list came back"
        );
        for state in [ReviewState::Decided, ReviewState::NotDue] {
            assert_eq!(comeback(state, sent).unwrap_err().code, "REVIEW-001");
        }
    }

    #[test]
    fn the_straight_way_reaches_the_decision() {
        let way = [ReviewAct::Submit, ReviewAct::Discuss, ReviewAct::Propose, ReviewAct::Decide];
        let end = way.iter().try_fold(ReviewState::AwaitingSelfReview, |state, act| after(state, *act));
        assert_eq!(end, Ok(ReviewState::Decided));
    }
}
