//! Kế hoạch khắc phục of one subject: drawn up, sent to the body that decided on it, approved or returned.

use crate::Refusal;
use crate::machine::step;
use crate::word::words;

words! {
    /// Trạng thái kế hoạch khắc phục.
    PlanState {
        /// Đang lập.
        Draft = "draft",
        /// Đã gửi cấp có thẩm quyền.
        Sent = "sent",
        /// Được duyệt.
        Approved = "approved",
        /// Bị trả lại.
        Returned = "returned",
    }
}

words! {
    /// Việc làm đối với kế hoạch khắc phục.
    PlanAct {
        /// Thêm việc, bỏ qua một hạn chế có lý do.
        Amend = "amend",
        /// Gửi.
        Send = "send",
        /// Duyệt.
        Approve = "approve",
        /// Trả lại.
        Return = "return",
    }
}

/// The state machine as a table: from, act, to. What is added to an approved plan is approved anew.
pub const TRANSITIONS: &[(PlanState, PlanAct, PlanState)] = &[
    (PlanState::Draft, PlanAct::Amend, PlanState::Draft),
    (PlanState::Draft, PlanAct::Send, PlanState::Sent),
    (PlanState::Sent, PlanAct::Approve, PlanState::Approved),
    (PlanState::Sent, PlanAct::Return, PlanState::Returned),
    (PlanState::Returned, PlanAct::Amend, PlanState::Returned),
    (PlanState::Returned, PlanAct::Send, PlanState::Sent),
    (PlanState::Approved, PlanAct::Amend, PlanState::Draft),
];

/// The state after `act`.
///
/// # Errors
/// `PLAN-001` with the present state.
pub fn after(state: PlanState, act: PlanAct) -> Result<PlanState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("PLAN-001").with("state", state.word()))
}

/// Whether a plan may be sent: each shortcoming known has an item or a reason, and there is something in it.
///
/// # Errors
/// `PLAN-002` with the first of the `open` shortcomings; `PLAN-003` neither items nor reasons.
pub fn may_send(state: PlanState, open: &[String], answered: usize) -> Result<PlanState, Refusal> {
    let next = after(state, PlanAct::Send)?;
    if let Some(first) = open.first() {
        return Err(Refusal::new("PLAN-002").with("n", open.len()).with("first", first));
    }
    if answered == 0 {
        return Err(Refusal::new("PLAN-003"));
    }
    Ok(next)
}

/// Whether a plan may be returned.
///
/// # Errors
/// `PLAN-001`; `PLAN-004` no reason.
pub fn may_return(state: PlanState, reason: &str) -> Result<PlanState, Refusal> {
    let next = after(state, PlanAct::Return)?;
    if reason.trim().is_empty() { Err(Refusal::new("PLAN-004").at("reason")) } else { Ok(next) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_sent_when_every_shortcoming_has_an_item_or_a_reason() {
        let open = ["Chậm báo cáo".to_owned()];
        assert_eq!(may_send(PlanState::Draft, &open, 3).unwrap_err().code, "PLAN-002");
        assert_eq!(may_send(PlanState::Draft, &[], 0).unwrap_err().code, "PLAN-003");
        assert_eq!(may_send(PlanState::Draft, &[], 1), Ok(PlanState::Sent));
        assert_eq!(may_send(PlanState::Sent, &[], 1).unwrap_err().code, "PLAN-001");
    }

    #[test]
    fn nothing_is_added_while_the_plan_is_with_the_body_and_what_is_added_later_is_approved_anew() {
        assert_eq!(after(PlanState::Sent, PlanAct::Amend).unwrap_err().code, "PLAN-001");
        assert_eq!(after(PlanState::Approved, PlanAct::Amend), Ok(PlanState::Draft));
    }

    #[test]
    fn a_plan_comes_back_with_a_reason() {
        assert_eq!(may_return(PlanState::Sent, " ").unwrap_err().code, "PLAN-004");
        assert_eq!(may_return(PlanState::Sent, "Chưa có thời hạn"), Ok(PlanState::Returned));
        assert_eq!(may_return(PlanState::Draft, "x").unwrap_err().code, "PLAN-001");
    }
}
