//! Numbers, days and texts as Vietnamese officials write them.

use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset, Utc};
use domain::Day;

const VIETNAM_SECONDS_EAST: i32 = 7 * 3600;

/// A day, however often it is borrowed (templates borrow what they pass on).
pub trait ADay {
    /// The day.
    fn the_day(&self) -> Day;
}

impl ADay for Day {
    fn the_day(&self) -> Day {
        *self
    }
}

impl<T: ADay + ?Sized> ADay for &T {
    fn the_day(&self) -> Day {
        (**self).the_day()
    }
}

/// A moment, however often it is borrowed.
pub trait AMoment {
    /// The moment.
    fn the_moment(&self) -> DateTime<Utc>;
}

impl AMoment for DateTime<Utc> {
    fn the_moment(&self) -> DateTime<Utc> {
        *self
    }
}

impl<T: AMoment + ?Sized> AMoment for &T {
    fn the_moment(&self) -> DateTime<Utc> {
        (**self).the_moment()
    }
}

/// `31/12/2022`.
pub fn day(day: impl ADay) -> String {
    day.the_day().shown()
}

/// A day that may be missing; a dash then.
pub fn day_or_dash(day: &Option<Day>) -> String {
    day.map_or_else(|| "—".to_owned(), Day::shown)
}

/// A stored day `2022-12-31` as `31/12/2022`; anything else as it is.
pub fn day_text(stored: &str) -> String {
    Day::parse_stored(stored).map_or_else(|_| stored.to_owned(), Day::shown)
}

/// `31/12/2022 14:05`, Vietnam time.
pub fn moment(at: impl AMoment) -> String {
    let (at, pattern) = (at.the_moment(), "%d/%m/%Y %H:%M");
    FixedOffset::east_opt(VIETNAM_SECONDS_EAST)
        .map_or_else(|| at.format(pattern).to_string(), |zone| at.with_timezone(&zone).format(pattern).to_string())
}

/// Key of the words for an act of the journal.
#[must_use]
pub fn act(act: &str) -> String {
    format!("history-act-{}", act.replace(['.', '_'], "-"))
}

/// A whole number of any width.
pub trait Whole {
    /// Its value.
    fn whole(&self) -> i128;
}

macro_rules! whole {
    ($($kind:ty)+) => { $(
        impl Whole for $kind {
            #[allow(clippy::cast_lossless, reason = "one macro for every width")]
            fn whole(&self) -> i128 { *self as i128 }
        }
    )+ };
}

whole! { i32 i64 i128 u8 u16 u32 u64 usize }

impl<T: Whole + ?Sized> Whole for &T {
    fn whole(&self) -> i128 {
        (**self).whole()
    }
}

/// `70.000`.
pub fn number(value: impl Whole) -> String {
    let value = value.whole();
    let digits = value.unsigned_abs().to_string();
    let mut shown = String::from(if value < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    shown
}

/// Share of a whole as `92,50 %`, rounded half up; a dash when the whole is nothing.
pub fn percent(part: impl Whole, of: impl Whole) -> String {
    let (part, of) = (part.whole(), of.whole());
    if of <= 0 || part < 0 {
        return "—".to_owned();
    }
    let hundredths = (part * 20_000 + of) / (of * 2);
    format!("{},{:02} %", number(hundredths / 100), hundredths % 100)
}

/// A text of several lines as paragraphs of safe HTML.
pub fn lines(text: &str) -> String {
    let mut shown = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        shown.push_str("<p>");
        for letter in line.chars() {
            match letter {
                '&' => shown.push_str("&amp;"),
                '<' => shown.push_str("&lt;"),
                '>' => shown.push_str("&gt;"),
                '"' => shown.push_str("&quot;"),
                '\'' => shown.push_str("&#39;"),
                other => shown.push(other),
            }
        }
        let _ = writeln!(shown, "</p>");
    }
    shown
}

/// Bytes as people say them: `12 MB`, `640 kB`.
pub fn size(bytes: impl Whole) -> String {
    const KILO: i128 = 1024;
    let bytes = bytes.whole();
    match bytes {
        0..KILO => format!("{} B", number(bytes)),
        _ if bytes < KILO * KILO => format!("{} kB", number(bytes / KILO)),
        _ => format!("{} MB", number(bytes / (KILO * KILO))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_points() {
        assert_eq!(
            [number(0), number(999), number(1000), number(70_000), number(-1_234_567)].join(" "),
            "0 999 1.000 70.000 -1.234.567"
        );
    }

    #[test]
    fn shares_are_rounded_half_up_and_need_a_whole() {
        assert_eq!(percent(37, 40), "92,50 %");
        assert_eq!(percent(2, 3), "66,67 %");
        assert_eq!(percent(1, 800), "0,13 %");
        assert_eq!(percent(15, 15), "100,00 %");
        assert_eq!(percent(1, 0), "—");
    }

    #[test]
    fn markup_in_a_text_stays_text() {
        assert_eq!(lines("a <b>\n\n\"c\" & d"), "<p>a &lt;b&gt;</p>\n<p>&quot;c&quot; &amp; d</p>\n");
    }

    #[test]
    fn a_moment_is_shown_as_it_is_in_vietnam() {
        let at = DateTime::from_timestamp(1_672_502_700, 0).expect("a moment");
        assert_eq!(moment(at), "31/12/2022 23:05");
    }
}
