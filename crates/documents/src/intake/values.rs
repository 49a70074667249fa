//! What stands in a cell, in words: numbers as a spreadsheet shows them, days as day, month and year.

use super::{CellKind, tidy};

/// Whole numbers up to here are held exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Digits of a whole number that is certainly held exactly.
const SHORT: usize = 15;
/// Days between the two beginnings of time that workbooks know.
const LATER_BEGIN: i64 = 1_462;
/// 31 December 9999.
const LAST_DAY: f64 = 2_958_465.0;
const DAY_MILLIS: f64 = 86_400_000.0;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Look {
    /// A number.
    #[default]
    Number,
    /// A day, a time or both.
    Day,
    /// A length of time.
    Span,
}

impl Look {
    /// By the number of a format that every spreadsheet knows.
    pub(super) const fn of_known(id: u32) -> Self {
        match id {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Day,
            46 => Self::Span,
            _ => Self::Number,
        }
    }

    /// By a format that the workbook declares: letters of days and times that stand in no quotes.
    pub(super) fn of_code(code: &str) -> Self {
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter {
                // What follows is meant as it stands.
                '\\' | '_' | '*' => drop(letters.next()),
                '"' => drop(letters.by_ref().find(|letter| *letter == '"')),
                '[' => {
                    let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    if is_span(&inside) {
                        return Self::Span;
                    }
                }
                // Only the first format is for numbers that are days.
                ';' => return Self::Number,
                'd' | 'm' | 'y' | 'h' | 's' | 'D' | 'M' | 'Y' | 'H' | 'S' => return Self::Day,
                _ => {}
            }
        }
        Self::Number
    }
}

/// `[h]`, `[mm]`, `[ss]`.
fn is_span(inside: &str) -> bool {
    let lower = inside.to_ascii_lowercase();
    ['h', 'm', 's'].iter().any(|letter| !lower.is_empty() && lower.chars().all(|one| one == *letter))
}

/// Whether the words are a whole number that comes as it stands.
pub(super) fn is_short_whole(words: &[u8]) -> bool {
    match words {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.len() < SHORT && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

pub(super) fn number_words(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    // Whole numbers that are held exactly come as they are, without a point.
    if number.fract() == 0.0 && number.abs() <= EXACT {
        return number.to_string();
    }
    // As a spreadsheet shows it: 15 digits that tell, so that what a computer adds to a sum does not come along.
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    rounded.to_string()
}

/// A number that is a day or a time.
pub(super) fn time_words(number: f64, look: Look, later_begin: bool) -> (CellKind, String) {
    let number = number.clamp(0.0, LAST_DAY + 0.999_999);
    #[expect(clippy::cast_possible_truncation, reason = "both are small after the clamp")]
    let (mut day, mut millis) = (number.trunc() as i64, (number.fract() * DAY_MILLIS).round() as i64);
    if millis >= 86_400_000 {
        (day, millis) = (day + 1, 0);
    }
    let seconds = millis / 1000;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if look == Look::Span || number < 1.0 {
        return (CellKind::Time, format!("{hour:02}:{minute:02}:{second:02}"));
    }
    let (year, month, date) = if later_begin { civil(day + LATER_BEGIN) } else { civil(day) };
    let words = format!("{date:02}/{month:02}/{year:04}");
    if seconds == 0 {
        (CellKind::Date, words)
    } else {
        (CellKind::Time, format!("{words} {hour:02}:{minute:02}:{second:02}"))
    }
}

/// Year, month and day of a day counted from 30 December 1899. Spreadsheets believe that 29 February 1900 was a day.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = match day {
        60 => return (1900, 2, 29),
        1..60 => day + 1,
        _ => day,
    };
    // Counted from 1 March of the year nought, so that the leap day ends a year; 400 years are 146,097 days.
    let days = day + 693_899;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let date = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, date)
}

/// A day in the writing of the standard: `2022-12-01`.
pub(super) fn iso_words(text: &str) -> (CellKind, String) {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [year, month, day] if time.trim_start_matches(['0', ':', '.']).is_empty() => {
            (CellKind::Date, format!("{day:0>2}/{month:0>2}/{year}"))
        }
        _ => {
            let mut words = String::new();
            tidy(text, &mut words);
            (CellKind::Time, words)
        }
    }
}

/// Resolves what spreadsheets write for letters that XML cannot hold: `_x000D_`; none when there is nothing of that kind.
pub(super) fn without_codes(text: &str) -> Option<String> {
    const LENGTH: usize = 7;
    if !text.contains("_x") {
        return None;
    }
    let code_at = |at: usize| {
        let code = text.get(at..at + LENGTH)?.strip_prefix("_x")?.strip_suffix('_')?;
        code.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(code, 16).ok())?
    };
    let (mut units, mut at) = (Vec::new(), 0);
    for (place, letter) in text.char_indices() {
        if place < at {
            continue;
        }
        match code_at(place) {
            Some(unit) => {
                units.push(unit);
                at = place + LENGTH;
            }
            None => units.extend_from_slice(letter.encode_utf16(&mut [0; 2])),
        }
    }
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_as_a_spreadsheet_shows_them() {
        let told = [
            (48.400_000_000_000_006, "48.4"),
            (69.999_999_999_999_99, "70"),
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.333333333333333"),
            (-2.5, "-2.5"),
            (-0.0, "0"),
            (12.0, "12"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (79_203_001_234.0, "79203001234"),
        ];
        for (number, words) in told {
            assert_eq!(number_words(number), words);
        }
    }

    #[test]
    fn whole_numbers_that_come_as_they_stand_are_those_that_would_be_written_so() {
        for words in ["0", "7", "12", "79203001234", "999999999999999"] {
            assert!(is_short_whole(words.as_bytes()), "{words}");
            assert_eq!(number_words(words.parse().unwrap()), words);
        }
        for words in ["", "00", "012", "-1", "1.0", "1e5", "9999999999999999", " 1"] {
            assert!(!is_short_whole(words.as_bytes()), "{words}");
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        let told = [
            (1.0, "01/01/1900"),
            (59.0, "28/02/1900"),
            (60.0, "29/02/1900"),
            (61.0, "01/03/1900"),
            (366.0, "31/12/1900"),
            (367.0, "01/01/1901"),
            (36_525.0, "31/12/1999"),
            (36_585.0, "29/02/2000"),
            (44_896.0, "01/12/2022"),
            (2_958_465.0, "31/12/9999"),
            (1e300, "31/12/9999"),
        ];
        for (number, words) in told {
            let time = time_words(number, Look::Day, false).1;
            assert_eq!(time.split(' ').next().unwrap(), words, "{number}");
        }
        assert_eq!(time_words(43_434.0, Look::Day, true), (CellKind::Date, "01/12/2022".to_owned()));
        assert_eq!(time_words(44_896.5, Look::Day, false).1, "01/12/2022 12:00:00");
        assert_eq!(time_words(0.75, Look::Day, false), (CellKind::Time, "18:00:00".to_owned()));
        assert_eq!(time_words(-5.0, Look::Day, false).1, "00:00:00");
        assert_eq!(time_words(44_896.999_999_999, Look::Day, false).1, "02/12/2022");
    }

    #[test]
    fn formats_of_days_are_told_from_formats_of_numbers() {
        for code in ["dd/mm/yyyy", "d-mmm", "[$-42A]dd/mm/yyyy;@", "m\"M\"d\"D\";@", "h:mm AM/PM", "*-yyyy", "DD\\/MM"]
        {
            assert_eq!(Look::of_code(code), Look::Day, "{code}");
        }
        for code in ["[h]:mm:ss", "[ss].00", "[Blue][mm]"] {
            assert_eq!(Look::of_code(code), Look::Span, "{code}");
        }
        for code in
            ["General", "0.00", "#,##0 \"đồng\"", "\\Y0000", "0_d", "#,##0*y", "0;d", "[Red]0", "0%", "@", "\"d"]
        {
            assert_eq!(Look::of_code(code), Look::Number, "{code}");
        }
    }

    #[test]
    fn letters_that_xml_cannot_hold_are_resolved() {
        assert_eq!(without_codes("a_x000D_b_x005F_x000D_").as_deref(), Some("a\rb_x000D_"));
        assert_eq!(without_codes("_xD83D__xDCF7_ậ_xZZZZ_").as_deref(), Some("📷ậ_xZZZZ_"));
        assert_eq!(without_codes("Chi bộ_1"), None);
    }
}
