//! Ngày: a calendar day without time or zone, as the law counts.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// Ngày: a day of the calendar. Stored and sorted as `2022-12-31`, shown as `31/12/2022`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(NaiveDate);

/// The text is no day: wrong shape, or a date that does not exist such as 30/02/2022.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a calendar day: {0}")]
pub struct NotADay(pub String);

impl Day {
    /// The day of these numbers, if it exists.
    #[must_use]
    pub fn of(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads `dd/mm/yyyy` (also `d/m/yyyy`, and `-` or `.` between), as people type it in Vietnam.
    ///
    /// # Errors
    /// [`NotADay`] when the text has another shape, the date does not exist, or the year is not within 1900–2200.
    pub fn parse_typed(text: &str) -> Result<Self, NotADay> {
        let wrong = || NotADay(text.to_owned());
        let mut parts = text.trim().split(['/', '-', '.']);
        let mut number =
            || parts.next().filter(|part| part.len() <= 4).and_then(|part| part.trim().parse::<u32>().ok());
        let (day, month, year) = (number(), number(), number());
        if parts.next().is_some() {
            return Err(wrong());
        }
        match (day, month, year.and_then(|year| i32::try_from(year).ok())) {
            (Some(day), Some(month), Some(year)) if (1900..=2200).contains(&year) => {
                Self::of(year, month, day).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }

    /// Reads the stored form `yyyy-mm-dd`.
    ///
    /// # Errors
    /// [`NotADay`] for any other text.
    pub fn parse_stored(text: &str) -> Result<Self, NotADay> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self).map_err(|_| NotADay(text.to_owned()))
    }

    /// The day of the calendar library, for arithmetic at the edge of the system.
    #[must_use]
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// Year, month and day as numbers.
    #[must_use]
    pub fn parts(self) -> (i32, u32, u32) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// `31/12/2022`.
    #[must_use]
    pub fn shown(self) -> String {
        self.0.format("%d/%m/%Y").to_string()
    }

    /// This day and so many calendar days; stays at the last representable day instead of overflowing.
    #[must_use]
    pub fn plus_days(self, days: u64) -> Self {
        Self(self.0.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX))
    }

    /// The day before; stays at the first representable day instead of overflowing.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.pred_opt().unwrap_or(NaiveDate::MIN))
    }

    /// How many calendar days lie between this day and `other`; negative when it came before.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }

    /// The same day so many months later (or the last day of that month).
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        Self(self.0.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
    }
}

/// Ngày làm việc: Monday to Friday, but for the days on which offices rest and those worked in exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays {
    /// Days off within the week.
    pub off: BTreeSet<Day>,
    /// Saturdays and Sundays that are worked.
    pub worked: BTreeSet<Day>,
}

impl WorkingDays {
    /// Whether one works on a day.
    #[must_use]
    pub fn counts(&self, day: Day) -> bool {
        if matches!(day.0.weekday(), Weekday::Sat | Weekday::Sun) {
            self.worked.contains(&day)
        } else {
            !self.off.contains(&day)
        }
    }

    /// The day that ends a limit of `count` working days after `from`, which is not counted itself.
    #[must_use]
    pub fn after(&self, from: Day, count: u32) -> Day {
        let mut day = from;
        let mut left = count;
        while left > 0 && day.0 < NaiveDate::MAX {
            day = day.plus_days(1);
            left -= u32::from(self.counts(day));
        }
        day
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = NotADay;
    fn try_from(text: String) -> Result<Self, NotADay> {
        Self::parse_stored(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_typed(text).unwrap()
    }

    #[test]
    fn a_day_is_typed_the_vietnamese_way_and_stored_sortably() {
        assert_eq!(day("5/3/2022").to_string(), "2022-03-05");
        assert_eq!(day(" 05-03-2022 ").shown(), "05/03/2022");
        assert_eq!(Day::parse_stored("2022-03-05"), Ok(day("05.03.2022")));
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused() {
        for text in [
            "30/02/2022", "31/04/2022", "00/01/2022", "1/13/2022", "2022-03-05", "5/3/22", "5/3/2022/1", "năm 2022", "",
        ] {
            assert!(Day::parse_typed(text).is_err(), "{text}");
        }
    }

    #[test]
    fn seven_working_days_from_monday_end_on_wednesday_of_the_next_week() {
        // Scenario 57: received Monday 05/01, due Wednesday 14/01.
        assert_eq!(WorkingDays::default().after(day("05/01/2026"), 7), day("14/01/2026"));
    }

    #[test]
    fn a_holiday_is_not_a_working_day_and_a_saturday_worked_in_exchange_is_one() {
        let off = BTreeSet::from([day("02/01/2023")]);
        let days = WorkingDays { off, worked: BTreeSet::new() };
        assert_eq!(days.after(day("30/12/2022"), 1), day("03/01/2023"));
        let days = WorkingDays { worked: BTreeSet::from([day("07/01/2023")]), ..days };
        assert_eq!(days.after(day("30/12/2022"), 5), day("07/01/2023"));
    }
}
