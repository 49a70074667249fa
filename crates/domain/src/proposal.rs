//! Đề xuất: the cell's list of proposed levels on its way to the body that decides.

use crate::Refusal;
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

/// Whether the list may still be changed by the cell.
///
/// # Errors
/// `PROPOSAL-001` after it was sent.
pub fn may_change(state: ProposalState) -> Result<(), Refusal> {
    match state {
        ProposalState::Draft | ProposalState::Returned => Ok(()),
        ProposalState::Sent | ProposalState::Decided => Err(Refusal::new("PROPOSAL-001")),
    }
}

/// Whether the body above may send it back.
///
/// # Errors
/// `PROPOSAL-002` when it was not sent; `PROPOSAL-003` without a reason.
pub fn may_return(state: ProposalState, reason: &str) -> Result<(), Refusal> {
    if state != ProposalState::Sent {
        return Err(Refusal::new("PROPOSAL-002"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("PROPOSAL-003").at("reason"));
    }
    Ok(())
}
