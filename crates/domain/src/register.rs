//! Sổ văn bản: the number and day under which a paper is entered. The number is given by the office; a paper may have none.

use crate::{Day, Refusal};

/// Số trong sổ: what tells one number from another, whether it was typed as `15`, `015`, `15-TB/ĐU` or `TB-15`; empty for
/// none.
#[must_use]
pub fn number_key(typed: &str) -> String {
    let typed = typed.trim().to_lowercase();
    let figure = typed.split(['-', '/']).map(str::trim).find(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    let Some(own) = figure else {
        return if typed.chars().any(char::is_alphanumeric) { typed } else { String::new() };
    };
    let short = own.trim_start_matches('0');
    if short.starts_with(|letter: char| letter.is_ascii_digit()) { short.to_owned() } else { own.to_owned() }
}

/// Whether a paper may carry this day: not before what it tells of, and not in the future.
///
/// # Errors
/// `REGISTER-002` before `earliest`; `REGISTER-003` after `today`. Both at `field`.
pub fn check_day(dated_on: Day, earliest: Day, today: Day, field: &str) -> Result<(), Refusal> {
    if dated_on < earliest {
        return Err(Refusal::new("REGISTER-002").with("earliest", earliest.shown()).at(field));
    }
    if dated_on > today {
        return Err(Refusal::new("REGISTER-003").with("today", today.shown()).at(field));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_typed() {
        for typed in ["15", "015", " 15 ", "15-TB/ĐU", "15/TB"] {
            assert_eq!(number_key(typed), "15", "{typed}");
        }
        assert_eq!(number_key("15A-TB/ĐU"), "15a", "another paper of the same day");
        assert_eq!((number_key("TB-15"), number_key("TB-16")), ("15".to_owned(), "16".to_owned()));
        assert_eq!(number_key("không số"), "không số");
        assert_eq!(number_key("0"), "0");
        assert_eq!(number_key("-"), "");
    }

    #[test]
    fn a_paper_is_dated_between_what_it_tells_of_and_today() {
        let day = |date| Day::of(2022, 12, date).unwrap();
        assert_eq!(check_day(day(10), day(10), day(10), "dated"), Ok(()));
        assert_eq!(check_day(day(9), day(10), day(12), "dated").unwrap_err().code, "REGISTER-002");
        assert_eq!(check_day(day(13), day(10), day(12), "dated").unwrap_err().code, "REGISTER-003");
    }
}
