//! Đề xuất: the cell's list of proposed levels on its way to the body that decides.

use crate::Refusal;
use crate::machine::step;
use crate::word::words;

words! {
    /// Trạng thái đề xuất.
    ProposalState {
        /// Đang lập.
        Draft = "draft",
        /// Đã gửi lên cấp có thẩm quyền.
        Sent = "sent",
        /// Cấp trên trả lại để xem xét lại.
        Returned = "returned",
        /// Đã được quyết định.
        Decided = "decided",
    }
}

words! {
    /// Việc làm đối với đề xuất.
    ProposalAct {
        /// Lập, sửa danh sách.
        Save = "save",
        /// Gửi lên cấp có thẩm quyền.
        Send = "send",
        /// Cấp trên trả lại.
        Return = "return",
        /// Cấp có thẩm quyền ban hành quyết định.
        Decide = "decide",
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(ProposalState, ProposalAct, ProposalState)] = &[
    (ProposalState::Draft, ProposalAct::Save, ProposalState::Draft),
    (ProposalState::Draft, ProposalAct::Send, ProposalState::Sent),
    (ProposalState::Sent, ProposalAct::Return, ProposalState::Returned),
    (ProposalState::Returned, ProposalAct::Save, ProposalState::Returned),
    (ProposalState::Returned, ProposalAct::Send, ProposalState::Sent),
    (ProposalState::Sent, ProposalAct::Decide, ProposalState::Decided),
];

/// The state after `act`.
///
/// # Errors
/// `PROPOSAL-001` when the cell cannot change or send it any more; `PROPOSAL-002` when it has not been sent.
pub fn after(state: ProposalState, act: ProposalAct) -> Result<ProposalState, Refusal> {
    let code = match act {
        ProposalAct::Save | ProposalAct::Send => "PROPOSAL-001",
        ProposalAct::Return | ProposalAct::Decide => "PROPOSAL-002",
    };
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new(code))
}

/// Whether the list may still be changed by the cell.
///
/// # Errors
/// `PROPOSAL-001` after it was sent.
pub fn may_change(state: ProposalState) -> Result<(), Refusal> {
    after(state, ProposalAct::Save).map(drop)
}

/// Whether the body above may send it back.
///
/// # Errors
/// `PROPOSAL-002` when it was not sent; `PROPOSAL-003` without a reason.
pub fn may_return(state: ProposalState, reason: &str) -> Result<(), Refusal> {
    after(state, ProposalAct::Return)?;
    if reason.trim().is_empty() {
        return Err(Refusal::new("PROPOSAL-003").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_changed_and_sent_by_the_cell_until_it_is_sent_and_again_when_it_is_returned() {
        for state in [ProposalState::Draft, ProposalState::Returned] {
            assert_eq!(after(state, ProposalAct::Save), Ok(state));
            assert_eq!(after(state, ProposalAct::Send), Ok(ProposalState::Sent));
            assert_eq!(may_return(state, "lý do").unwrap_err().code, "PROPOSAL-002");
        }
        for state in [ProposalState::Sent, ProposalState::Decided] {
            assert_eq!(may_change(state).unwrap_err().code, "PROPOSAL-001");
            assert_eq!(after(state, ProposalAct::Send).unwrap_err().code, "PROPOSAL-001");
        }
        assert_eq!(may_return(ProposalState::Sent, " ").unwrap_err().code, "PROPOSAL-003");
        assert_eq!(may_return(ProposalState::Sent, "lý do"), Ok(()));
    }
}
