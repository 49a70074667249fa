//! Đợt kiểm điểm: one round over a period, with its rule book, settings and calendar.

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

/// Mốc thời gian: a step of the calendar (word of the rule book) and the last day for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarStep {
    /// Word of the step in the rule book, such as `self_review`.
    pub step: String,
    /// Last day.
    pub due_on: Day,
}

/// Checks a calendar: every day within a year after the period began, and each step not before the one it follows.
///
/// # Errors
/// `CAMPAIGN-002` when a step lies before the step it follows; `CAMPAIGN-003` when a day lies before the period or more
/// than two years after its start. Both name the field `due-<step>`.
pub fn check_calendar(steps: &[CalendarStep], period_from: Day) -> Result<(), Refusal> {
    let latest = period_from.plus_months(24);
    for (at, step) in steps.iter().enumerate() {
        let field = format!("due-{}", step.step);
        if step.due_on < period_from || step.due_on > latest {
            return Err(Refusal::new("CAMPAIGN-003")
                .with("from", period_from.shown())
                .with("to", latest.shown())
                .at(&field));
        }
        if let Some(before) = at.checked_sub(1).and_then(|index| steps.get(index))
            && step.due_on < before.due_on
        {
            return Err(Refusal::new("CAMPAIGN-002").with("before", before.due_on.shown()).at(&field));
        }
    }
    Ok(())
}
