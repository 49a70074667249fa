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
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(ItemState, ItemAct, ItemState)] = &[(ItemState::Open, ItemAct::Close, ItemState::Closed)];

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
}
