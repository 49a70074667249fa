//! Đợt kiểm điểm: one round over a period, with its rule book, settings and calendar.

use crate::org::UnitKind;
use crate::word::words;
use crate::{Day, Refusal};

words! {
    /// Trạng thái đợt kiểm điểm.
    CampaignState {
        /// Đang mở.
        Open = "open",
        /// Đã khép lại.
        Closed = "closed",
    }
}

words! {
    /// Loại đợt: what a round is held for; rounds of different kinds may run beside each other.
    CampaignKind {
        /// Kiểm điểm, xếp loại cuối năm.
        Annual = "annual",
        /// Đánh giá theo quý.
        Quarter = "quarter",
        /// Kiểm điểm, xếp loại lại.
        ReExamination = "re_examination",
    }
}

words! {
    /// Đơn vị đã làm đến đâu in a round: each step stands for all before it.
    UnitStep {
        /// Chưa họp.
        Waiting = "waiting",
        /// Đang họp, biên bản chưa khoá.
        Met = "met",
        /// Đã kiểm phiếu xong.
        Counted = "counted",
        /// Đã khoá biên bản.
        Sealed = "sealed",
        /// Đã gửi đề xuất.
        Proposed = "proposed",
        /// Đã có quyết định.
        Decided = "decided",
    }
}

/// Word of the calendar step by which a unit of this kind should be further than `step`; none when nothing is awaited
/// from the unit itself.
#[must_use]
pub fn awaited(kind: &str, step: &str) -> Option<&'static str> {
    use UnitStep::{Counted, Decided, Met, Proposed, Sealed, Waiting};
    const MEETING: Option<&str> = Some("meeting");
    const PROPOSAL: Option<&str> = Some("proposal");
    const DECISION: Option<&str> = Some("decision");
    match (UnitKind::from_word(kind)?, UnitStep::from_word(step)?) {
        (_, Decided) | (UnitKind::Province | UnitKind::AboveBase | UnitKind::SubCommittee, _) => None,
        (UnitKind::Cell, Waiting | Met | Counted) => MEETING,
        (UnitKind::Cell, Sealed) => PROPOSAL,
        // The list lies with the committee above.
        (UnitKind::Cell, Proposed) => None,
        (UnitKind::BaseCell, Waiting | Met | Counted) => MEETING,
        (UnitKind::BaseCell | UnitKind::BaseOrganization, _) => DECISION,
    }
}

/// Mốc thời gian: a step of the calendar (word of the rule book) and the last day for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarStep {
    /// Word of the step in the rule book, such as `self_review`.
    pub step: String,
    /// Last day.
    pub due_on: Day,
}

/// Checks the days a body sets for itself in its superior's round: earlier if it likes, never later.
///
/// # Errors
/// `CAMPAIGN-008` at the first step later than the superior's; `CAMPAIGN-009` when the cut-off day is moved, to which
/// the whole round is counted.
pub fn check_own_days(steps: &[CalendarStep], superior: &[CalendarStep], cut_off: &str) -> Result<(), Refusal> {
    for step in steps {
        let Some(bound) = superior.iter().find(|one| one.step == step.step) else { continue };
        let field = format!("due-{}", step.step);
        if step.step == cut_off && step.due_on != bound.due_on {
            return Err(Refusal::new("CAMPAIGN-009").with("day", bound.due_on.shown()).at(&field));
        }
        if step.due_on > bound.due_on {
            return Err(Refusal::new("CAMPAIGN-008").with("day", bound.due_on.shown()).at(&field));
        }
    }
    Ok(())
}

/// Lịch của đơn vị đặc thù: the calendar of a round in which the step `decision` and what follows it may wait until the step `limit`.
#[must_use]
pub fn until(steps: &[CalendarStep], limit: &str, cut_off: &str) -> Vec<CalendarStep> {
    let day = |name: &str| steps.iter().find(|one| one.step == name).map(|one| one.due_on);
    let (Some(decision), Some(last)) = (day(DECISION), day(limit)) else { return steps.to_vec() };
    let later = |step: &CalendarStep| {
        let waits = step.step != cut_off && step.due_on >= decision;
        CalendarStep { due_on: if waits { step.due_on.max(last) } else { step.due_on }, ..step.clone() }
    };
    steps.iter().map(later).collect()
}

/// Word of the calendar's step by which levels are decided.
pub const DECISION: &str = "decision";

/// Checks a calendar: every day within two years after the period began, and each step not before the one it follows. The
/// cut-off day is no work to be done: a period re-examined later is still counted to its own end.
///
/// # Errors
/// `CAMPAIGN-002` when a step lies before the step it follows; `CAMPAIGN-003` when a day lies before the period or more
/// than two years after its start. Both name the field `due-<step>`.
pub fn check_calendar(steps: &[CalendarStep], period_from: Day, cut_off: &str) -> Result<(), Refusal> {
    let latest = period_from.plus_months(24);
    let mut before: Option<&CalendarStep> = None;
    for step in steps {
        let field = format!("due-{}", step.step);
        if step.due_on < period_from || step.due_on > latest {
            return Err(Refusal::new("CAMPAIGN-003")
                .with("from", period_from.shown())
                .with("to", latest.shown())
                .at(&field));
        }
        if step.step == cut_off {
            continue;
        }
        if let Some(before) = before.filter(|before| step.due_on < before.due_on) {
            return Err(Refusal::new("CAMPAIGN-002").with("before", before.due_on.shown()).at(&field));
        }
        before = Some(step);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(step: &str, day: u32) -> CalendarStep {
        CalendarStep { step: step.to_owned(), due_on: Day::of(2022, 12, day).unwrap() }
    }

    #[test]
    fn a_body_below_may_be_earlier_than_its_superior_and_never_later() {
        let superior = [step("meeting", 12), step("decision", 25), step("cut_off", 31)];
        let check = |own: &[CalendarStep]| check_own_days(own, &superior, "cut_off").err().map(|refusal| refusal.code);
        assert_eq!(check(&[step("meeting", 5), step("decision", 25), step("cut_off", 31)]), None);
        assert_eq!(check(&[step("meeting", 13)]), Some("CAMPAIGN-008".to_owned()));
        assert_eq!(check(&[step("cut_off", 30)]), Some("CAMPAIGN-009".to_owned()));
    }

    #[test]
    fn a_special_unit_decides_until_its_own_day_and_nothing_before_the_decision_moves() {
        let special = CalendarStep { step: "special_units".to_owned(), due_on: Day::of(2023, 1, 14).unwrap() };
        let steps = [step("meeting", 12), step("decision", 25), step("notice", 30), step("cut_off", 31), special];
        let days: Vec<String> =
            until(&steps, "special_units", "cut_off").iter().map(|one| one.due_on.shown()).collect();
        assert_eq!(days, ["12/12/2022", "14/01/2023", "14/01/2023", "31/12/2022", "14/01/2023"]);
        assert_eq!(until(&steps[..4], "special_units", "cut_off"), steps[..4], "a book without such a day");
    }

    #[test]
    fn steps_follow_each_other_and_the_cut_off_day_may_lie_before_them() {
        let check = |steps: &[CalendarStep]| {
            let from = Day::of(2022, 1, 1).unwrap();
            check_calendar(steps, from, "cut_off")
                .err()
                .map(|refusal| (refusal.code, refusal.field.unwrap_or_default()))
        };
        assert_eq!(check(&[step("meeting", 12), step("cut_off", 1), step("decision", 25)]), None);
        let back = check(&[step("meeting", 12), step("cut_off", 1), step("decision", 11)]);
        assert_eq!(back, Some(("CAMPAIGN-002".to_owned(), "due-decision".to_owned())));
        let early = CalendarStep { step: "cut_off".to_owned(), due_on: Day::of(2021, 12, 31).unwrap() };
        assert_eq!(check(&[early]), Some(("CAMPAIGN-003".to_owned(), "due-cut_off".to_owned())));
    }

    #[test]
    fn a_cell_meets_then_proposes_and_a_base_organization_decides() {
        assert_eq!(awaited("cell", "waiting"), Some("meeting"));
        assert_eq!(awaited("cell", "counted"), Some("meeting"));
        assert_eq!(awaited("cell", "sealed"), Some("proposal"));
        assert_eq!(awaited("cell", "proposed"), None);
        assert_eq!(awaited("base_cell", "sealed"), Some("decision"));
        assert_eq!(awaited("base_organization", "waiting"), Some("decision"));
        assert_eq!(awaited("base_organization", "decided"), None);
        assert_eq!(awaited("province", "waiting"), None);
    }
}
