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
        /// Gợi ý kiểm điểm của cấp trên.
        Suggestion = "suggestion",
        /// Kết quả thẩm định.
        Verification = "verification",
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
        /// Ghi tiến độ, việc kiểm tra.
        Note = "note",
        /// Gia hạn.
        Extend = "extend",
    }
}

words! {
    /// Loại ghi chép về việc khắc phục.
    NoteKind {
        /// Tiến độ, do người khắc phục báo.
        Progress = "progress",
        /// Kiểm tra, đôn đốc.
        Check = "check",
        /// Đến làm việc tại nơi thực hiện.
        Visit = "visit",
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(ItemState, ItemAct, ItemState)] = &[
    (ItemState::Open, ItemAct::Close, ItemState::Closed),
    (ItemState::Open, ItemAct::ReplaceMonitor, ItemState::Open),
    (ItemState::Open, ItemAct::Note, ItemState::Open),
    (ItemState::Open, ItemAct::Extend, ItemState::Open),
];

/// The state after `act`.
///
/// # Errors
/// `REMEDY-005` when it is closed.
pub fn after(state: ItemState, act: ItemAct) -> Result<ItemState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("REMEDY-005"))
}

/// Một việc khắc phục as it is planned.
#[derive(Debug, Clone, Copy)]
pub struct NewItem<'a> {
    /// What is to be remedied.
    pub shortcoming: &'a str,
    /// How.
    pub measure: &'a str,
    /// What should be seen afterwards.
    pub expected: &'a str,
    /// Who does it or answers for it.
    pub owner: PersonId,
    /// Who watches it.
    pub monitor: PersonId,
    /// Who inspects it, when somebody is named.
    pub inspector: Option<PersonId>,
    /// First day.
    pub starts_on: Day,
    /// Deadline.
    pub due_on: Day,
}

/// Checks an item on the day `today` on which it is planned.
///
/// # Errors
/// `REMEDY-001` owner and monitor are the same person; `REMEDY-002` the deadline is not after `today`; `REMEDY-003` the
/// shortcoming, the measure or the expected effect is empty; `REMEDY-010` the inspector is the owner or the monitor;
/// `REMEDY-011` the deadline is not after the first day.
pub fn check_item(item: &NewItem<'_>, today: Day) -> Result<(), Refusal> {
    let texts = [("shortcoming", item.shortcoming), ("measure", item.measure), ("expected", item.expected)];
    if let Some((field, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(Refusal::new("REMEDY-003").at(field));
    }
    if item.owner == item.monitor {
        return Err(Refusal::new("REMEDY-001").at("monitor"));
    }
    if item.inspector.is_some_and(|inspector| inspector == item.owner || inspector == item.monitor) {
        return Err(Refusal::new("REMEDY-010").at("inspector"));
    }
    if item.due_on <= today {
        return Err(Refusal::new("REMEDY-002").with("today", today.shown()).at("due_on"));
    }
    if item.due_on <= item.starts_on {
        return Err(Refusal::new("REMEDY-011").with("start", item.starts_on.shown()).at("due_on"));
    }
    Ok(())
}

/// Whether a day may be noted as the one on which something was seen: not before the first day, not to come.
///
/// # Errors
/// `REMEDY-012`.
pub fn check_seen(on: Day, starts_on: Option<Day>, today: Day) -> Result<(), Refusal> {
    if on > today || starts_on.is_some_and(|start| on < start) {
        return Err(Refusal::new("REMEDY-012").with("day", on.shown()).with("today", today.shown()));
    }
    Ok(())
}

/// Whether a deadline may be put off.
///
/// # Errors
/// `REMEDY-005` the item is closed; `REMEDY-013` the new day is not later; `REMEDY-014` no reason.
pub fn extend(state: ItemState, due_on: Day, until: Day, reason: &str) -> Result<(), Refusal> {
    after(state, ItemAct::Extend)?;
    later(due_on, until, reason)
}

/// Gia hạn: a day put off is later than the one it replaces, and there is a reason.
///
/// # Errors
/// `REMEDY-013`, `REMEDY-014`.
pub fn later(due_on: Day, until: Day, reason: &str) -> Result<(), Refusal> {
    if until <= due_on {
        return Err(Refusal::new("REMEDY-013").with("due", due_on.shown()).at("until"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new("REMEDY-014").at("reason"));
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

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn day(text: &str) -> Day {
        Day::parse_typed(text).unwrap()
    }

    fn item() -> NewItem<'static> {
        NewItem {
            shortcoming: "Chậm báo cáo",
            measure: "Báo cáo trước ngày 25",
            expected: "Không còn báo cáo chậm",
            owner: person(1),
            monitor: person(2),
            inspector: None,
            starts_on: day("20/12/2022"),
            due_on: day("31/03/2023"),
        }
    }

    #[test]
    fn an_item_has_an_effect_a_monitor_who_is_not_its_owner_and_a_deadline_after_its_start() {
        let today = day("20/12/2022");
        let code = |item: NewItem<'_>| check_item(&item, today).map_err(|refusal| refusal.code);
        assert_eq!(code(item()), Ok(()));
        assert_eq!(code(NewItem { inspector: Some(person(3)), ..item() }), Ok(()));
        assert_eq!(code(NewItem { monitor: person(1), ..item() }).unwrap_err(), "REMEDY-001");
        assert_eq!(code(NewItem { due_on: today, ..item() }).unwrap_err(), "REMEDY-002");
        assert_eq!(code(NewItem { expected: " ", ..item() }).unwrap_err(), "REMEDY-003");
        for inspector in [person(1), person(2)] {
            assert_eq!(code(NewItem { inspector: Some(inspector), ..item() }).unwrap_err(), "REMEDY-010");
        }
        assert_eq!(code(NewItem { starts_on: day("31/03/2023"), ..item() }).unwrap_err(), "REMEDY-011");
    }

    #[test]
    fn nobody_but_the_monitor_closes_an_item_and_he_says_what_he_saw() {
        let code = |state, who, said| may_close(state, who, person(2), said).map_err(|refusal| refusal.code);
        assert_eq!(code(ItemState::Open, person(1), "xong").unwrap_err(), "REMEDY-004");
        assert_eq!(code(ItemState::Open, person(2), " ").unwrap_err(), "REMEDY-006");
        assert_eq!(code(ItemState::Open, person(2), "đã khắc phục"), Ok(()));
        assert_eq!(code(ItemState::Closed, person(2), "lần nữa").unwrap_err(), "REMEDY-005");
    }

    #[test]
    fn what_was_seen_was_seen_after_the_start_and_not_tomorrow() {
        let (start, today) = (Some(day("20/12/2022")), day("10/02/2023"));
        assert_eq!(check_seen(day("10/02/2023"), start, today), Ok(()));
        assert_eq!(check_seen(day("11/02/2023"), start, today).unwrap_err().code, "REMEDY-012");
        assert_eq!(check_seen(day("19/12/2022"), start, today).unwrap_err().code, "REMEDY-012");
        assert_eq!(check_seen(day("19/12/2022"), None, today), Ok(()), "an item of before has no first day");
    }

    #[test]
    fn a_deadline_is_put_off_to_a_later_day_with_a_reason_and_never_of_a_closed_item() {
        let code =
            |state, until, reason| extend(state, day("31/03/2023"), day(until), reason).map_err(|refusal| refusal.code);
        assert_eq!(code(ItemState::Open, "30/06/2023", "Chờ kinh phí"), Ok(()));
        assert_eq!(code(ItemState::Open, "31/03/2023", "Chờ kinh phí").unwrap_err(), "REMEDY-013");
        assert_eq!(code(ItemState::Open, "30/06/2023", "").unwrap_err(), "REMEDY-014");
        assert_eq!(code(ItemState::Closed, "30/06/2023", "Chờ kinh phí").unwrap_err(), "REMEDY-005");
    }

    #[test]
    fn another_monitor_is_neither_the_owner_nor_the_same_and_comes_with_a_reason() {
        let [owner, former, named] = [1, 2, 3].map(person);
        let code =
            |state, named, reason| replace_monitor(state, owner, former, named, reason).map_err(|refusal| refusal.code);
        assert_eq!(code(ItemState::Open, named, "chuyển công tác"), Ok(()));
        assert_eq!(code(ItemState::Open, owner, "x").unwrap_err(), "REMEDY-001");
        assert_eq!(code(ItemState::Open, former, "x").unwrap_err(), "REMEDY-007");
        assert_eq!(code(ItemState::Open, named, " ").unwrap_err(), "REMEDY-008");
        assert_eq!(code(ItemState::Closed, named, "x").unwrap_err(), "REMEDY-005");
    }
}
