//! Khắc phục hạn chế, khuyết điểm: items with a measure, an owner, a monitor and a deadline.

use crate::machine::step;
use crate::word::words;
use crate::{Day, PersonId, Refusal};

words! {
    /// Trạng thái việc khắc phục.
    ItemState {
        /// Đang thực hiện.
        Open = "open",
        /// Đã khắc phục, người theo dõi xác nhận.
        Closed = "closed",
    }
}

words! {
    /// Nguồn của hạn chế, khuyết điểm.
    Source {
        /// Tự nhận trong bản kiểm điểm.
        SelfReview = "self_review",
        /// Ý kiến phê bình tại hội nghị.
        Criticism = "criticism",
        /// Quyết định, thông báo của cấp có thẩm quyền.
        Decision = "decision",
    }
}

words! {
    /// Việc làm đối với việc khắc phục.
    ItemAct {
        /// Người theo dõi xác nhận đã khắc phục.
        Close = "close",
        /// Cử người theo dõi khác.
        ReplaceMonitor = "replace_monitor",
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(ItemState, ItemAct, ItemState)] = &[
    (ItemState::Open, ItemAct::Close, ItemState::Closed),
    (ItemState::Open, ItemAct::ReplaceMonitor, ItemState::Open),
];

/// The state after `act`.
///
/// # Errors
/// `REMEDY-005` when it is closed.
pub fn after(state: ItemState, act: ItemAct) -> Result<ItemState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("REMEDY-005"))
}

/// Checks a new or changed item.
///
/// # Errors
/// `REMEDY-001` owner and monitor are the same person; `REMEDY-002` the deadline is not after `today`; `REMEDY-003` the
/// shortcoming or the measure is empty.
pub fn check_item(
    shortcoming: &str,
    measure: &str,
    owner: PersonId,
    monitor: PersonId,
    due_on: Day,
    today: Day,
) -> Result<(), Refusal> {
    if shortcoming.trim().is_empty() {
        return Err(Refusal::new("REMEDY-003").at("shortcoming"));
    }
    if measure.trim().is_empty() {
        return Err(Refusal::new("REMEDY-003").at("measure"));
    }
    if owner == monitor {
        return Err(Refusal::new("REMEDY-001").at("monitor"));
    }
    if due_on <= today {
        return Err(Refusal::new("REMEDY-002").with("today", today.shown()).at("due_on"));
    }
    Ok(())
}

/// Whether `person` may close the item: its monitor, never its owner.
///
/// # Errors
/// `REMEDY-004` for anybody but the monitor; `REMEDY-005` when it is closed; `REMEDY-006` without a word on the effect.
pub fn may_close(state: ItemState, person: PersonId, monitor: PersonId, outcome: &str) -> Result<(), Refusal> {
    if person != monitor {
        return Err(Refusal::new("REMEDY-004"));
    }
    after(state, ItemAct::Close)?;
    if outcome.trim().is_empty() {
        return Err(Refusal::new("REMEDY-006").at("outcome"));
    }
    Ok(())
}

/// Whether `named` may watch the item in the place of `former`.
///
/// # Errors
/// `REMEDY-005` when it is closed; `REMEDY-001` when he is its owner; `REMEDY-007` when he watches it already; `REMEDY-008`
/// without a reason.
pub fn replace_monitor(
    state: ItemState,
    owner: PersonId,
    former: PersonId,
    named: PersonId,
    reason: &str,
) -> Result<(), Refusal> {
    after(state, ItemAct::ReplaceMonitor)?;
    if named == owner {
        return Err(Refusal::new("REMEDY-001").at("monitor"));
    }
    if named == former {
        return Err(Refusal::new("REMEDY-007").at("monitor"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("REMEDY-008").at("reason"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_owner_cannot_monitor_or_close_his_own_item() {
        let (owner, monitor) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let today = Day::of(2022, 12, 20).unwrap();
        let due = Day::of(2023, 3, 31).unwrap();
        assert_eq!(check_item("a", "b", owner, owner, due, today).unwrap_err().code, "REMEDY-001");
        assert_eq!(check_item("a", "b", owner, monitor, today, today).unwrap_err().code, "REMEDY-002");
        assert_eq!(check_item("a", "b", owner, monitor, due, today), Ok(()));
        assert_eq!(may_close(ItemState::Open, owner, monitor, "xong").unwrap_err().code, "REMEDY-004");
        assert_eq!(may_close(ItemState::Open, monitor, monitor, " ").unwrap_err().code, "REMEDY-006");
        assert_eq!(may_close(ItemState::Open, monitor, monitor, "đã khắc phục"), Ok(()));
        assert_eq!(may_close(ItemState::Closed, monitor, monitor, "lần nữa").unwrap_err().code, "REMEDY-005");
    }

    #[test]
    fn another_monitor_is_neither_the_owner_nor_the_same_and_comes_with_a_reason() {
        let [owner, former, named] = [1, 2, 3].map(|number| PersonId(Uuid::from_u128(number)));
        let code =
            |state, named, reason| replace_monitor(state, owner, former, named, reason).map_err(|refusal| refusal.code);
        assert_eq!(code(ItemState::Open, named, "chuyển công tác"), Ok(()));
        assert_eq!(code(ItemState::Open, owner, "x").unwrap_err(), "REMEDY-001");
        assert_eq!(code(ItemState::Open, former, "x").unwrap_err(), "REMEDY-007");
        assert_eq!(code(ItemState::Open, named, " ").unwrap_err(), "REMEDY-008");
        assert_eq!(code(ItemState::Closed, named, "x").unwrap_err(), "REMEDY-005");
    }
}
