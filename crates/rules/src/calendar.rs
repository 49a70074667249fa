//! Days of a round: default days of its steps, and limits in working days.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::book::{Book, QuarterDay, QuarterStep, RelativeDay, Step};

/// Ngày của một bước: a step with its day in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedStep<'a> {
    /// The step.
    pub step: &'a Step,
    /// Its default last day.
    pub due: NaiveDate,
}

impl RelativeDay {
    /// The day in the round of a period that ends on the given day; 29/2 falls to 28/2 where it must.
    pub fn in_period(self, period_end: NaiveDate) -> Option<NaiveDate> {
        let year = period_end.year().checked_add(self.year)?;
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day.checked_sub(1)?))
    }
}

impl Book {
    /// The steps of a round with their default days, in order of day. They are proposals: a campaign sets its own.
    pub fn calendar(&self, period_end: NaiveDate) -> Vec<DatedStep<'_>> {
        let dated = |step| Some(DatedStep { step, due: Step::due(step, period_end)? });
        let mut steps: Vec<DatedStep<'_>> = self.steps.iter().filter_map(dated).collect();
        steps.sort_by_key(|dated| dated.due);
        steps
    }
}

/// First day of a quarter; `None` when there is no such quarter.
fn first_of_quarter(year: i32, quarter: u32) -> Option<NaiveDate> {
    let months_before = quarter.checked_sub(1)?.checked_mul(3)?;
    NaiveDate::from_ymd_opt(year, months_before.checked_add(1)?, 1)
}

impl QuarterStep {
    /// The last day of the step in one quarter.
    pub fn due(&self, year: i32, quarter: u32, days_off: &BTreeSet<NaiveDate>) -> Option<NaiveDate> {
        let first = first_of_quarter(year, quarter)?;
        match self.due {
            QuarterDay::DayOfLastMonth(day) => NaiveDate::from_ymd_opt(year, quarter.checked_mul(3)?, day),
            QuarterDay::WorkingDaysFromStart(days) => after_working_days(first.pred_opt()?, days, days_off),
        }
    }
}

impl Step {
    /// The default last day in the round of a period that ends on the given day.
    pub fn due(&self, period_end: NaiveDate) -> Option<NaiveDate> {
        self.due.in_period(period_end)
    }
}

/// Last day of a limit in working days: Saturdays, Sundays and the given days off do not count, nor the day of receipt.
/// `None` when the calendar ends before.
pub fn after_working_days(received: NaiveDate, days: u32, days_off: &BTreeSet<NaiveDate>) -> Option<NaiveDate> {
    let mut day = received;
    let mut left = days;
    while left > 0 {
        day = day.checked_add_days(Days::new(1))?;
        let rests = matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || days_off.contains(&day);
        left -= u32::from(!rests);
    }
    Some(day)
}

/// Full calendar months between two days: 30/6 to 31/12 is six, 1/7 to 31/12 is five; below nought when reversed.
pub fn full_months(from: NaiveDate, until: NaiveDate) -> i64 {
    if until < from {
        return -full_months(until, from);
    }
    let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let whole = months(until) - months(from);
    // The 31st of a month reaches the last day of a shorter one.
    let is_last_of_month = until.succ_opt().is_some_and(|next| next.day() == 1);
    if until.day() >= from.day() || is_last_of_month { whole } else { whole - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn scenario_57_seven_working_days_from_a_monday_end_on_wednesday_week() {
        assert_eq!(after_working_days(day("2026-01-05"), 7, &BTreeSet::new()), Some(day("2026-01-14")));
    }

    #[test]
    fn a_day_off_moves_the_limit_by_one_working_day() {
        let days_off = BTreeSet::from([day("2026-01-07")]);
        assert_eq!(after_working_days(day("2026-01-05"), 7, &days_off), Some(day("2026-01-15")));
        assert_eq!(after_working_days(NaiveDate::MAX, 1, &days_off), None);
    }

    #[test]
    fn months_are_full_calendar_months() {
        assert_eq!(full_months(day("2022-06-30"), day("2022-12-31")), 6);
        assert_eq!(full_months(day("2022-07-01"), day("2022-12-31")), 5);
        assert_eq!(full_months(day("2022-08-31"), day("2023-02-28")), 6);
        assert_eq!(full_months(day("2022-08-10"), day("2022-12-31")), 4);
        assert_eq!(full_months(day("2022-12-31"), day("2022-06-30")), -6);
    }
}
