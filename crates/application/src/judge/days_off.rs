//! Ngày nghỉ, ngày làm bù: days on which offices rest or work otherwise than the week says, as data in `rulebooks/days-off.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::Day;
use domain::day::WorkingDays;
use domain::org::UnitKind;
use rules::Book;
use rules::book::ReplyLimit;
use serde::Deserialize;

use crate::error::{Error, Result};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    years: Vec<Year>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    #[serde(rename = "year")]
    number: i32,
    off: BTreeSet<Day>,
    worked: BTreeSet<Day>,
}

static DAYS: LazyLock<std::result::Result<WorkingDays, String>> =
    LazyLock::new(|| read(include_str!("../../../../rulebooks/days-off.toml")));

fn read(text: &str) -> std::result::Result<WorkingDays, String> {
    let file: File = toml::from_str(text).map_err(|fault| fault.to_string())?;
    let mut days = WorkingDays::default();
    for year in file.years {
        if let Some(day) = year.off.iter().chain(&year.worked).find(|day| day.parts().0 != year.number) {
            return Err(format!("{day} stands in the year {}", year.number));
        }
        days.off.extend(year.off);
        days.worked.extend(year.worked);
    }
    Ok(days)
}

/// The days, read once.
pub(crate) fn working_days() -> Result<&'static WorkingDays> {
    DAYS.as_ref().map_err(|fault| Error::Fault(format!("rulebooks/days-off.toml: {fault}")))
}

/// Within how many working days a body of a kind answers a petition: the book's own limit for petitions where it has one, else
/// the general one of its tier.
pub(crate) fn petition_limit(book: &Book, kind: UnitKind) -> Option<&ReplyLimit> {
    let tier = match kind {
        UnitKind::Province => "province",
        UnitKind::AboveBase => "above_base",
        _ => "base_organization",
    };
    book.reply_limit("petition").or_else(|| book.reply_limit(tier))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_typed(text).unwrap()
    }

    #[test]
    fn every_day_off_is_a_day_on_which_one_would_work_and_the_other_way_round() {
        let days = working_days().unwrap();
        let bare = WorkingDays::default();
        assert!(days.off.iter().all(|day| bare.counts(*day)), "a Saturday or Sunday needs no entry");
        assert!(days.worked.iter().all(|day| !bare.counts(*day)));
    }

    #[test]
    fn a_day_under_the_wrong_year_is_told() {
        let text = "[[years]]\nyear = 2026\noff = [\"2025-01-01\"]\nworked = []\n";
        assert!(read(text).unwrap_err().contains("2025-01-01"));
    }

    /// Scenario 57.
    #[test]
    fn seven_working_days_from_a_monday_end_on_a_wednesday_and_tet_moves_them() {
        let after = |from: &str, count| working_days().unwrap().after(day(from), count).shown();
        assert_eq!(after("05/01/2026", 7), "14/01/2026", "a Saturday worked for another day is none");
        assert_eq!(after("12/01/2026", 7), "21/01/2026");
        assert_eq!(after("12/02/2026", 7), "02/03/2026", "sixteenth to twentieth of February are Tết");
    }
}
