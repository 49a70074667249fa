//! Nhắc việc: how somebody wants to be reminded, and when something is worth reminding of.

use crate::refusal::Refusal;
use crate::word::words;
use crate::{Day, text};

/// How many days before its last day a task is spoken of again.
pub const SOON: i64 = 3;
/// Days between two letters of whoever wants one a week.
const WEEK: i64 = 7;
/// Longest address that mail knows (RFC 5321).
const LONGEST: usize = 254;

words! {
    /// Cách nhận thư nhắc việc.
    Pace {
        /// Không nhận thư: reminders stand on his pages only.
        Never = "never",
        /// Mỗi ngày một thư, when there is something new.
        Daily = "daily",
        /// Mỗi tuần một thư.
        Weekly = "weekly",
        /// Ngay khi có việc: looked at every hour.
        AtOnce = "at_once",
    }
}

impl Pace {
    /// Whether a letter may be sent on `today` when the last one was sent on `last`.
    #[must_use]
    pub fn due(self, last: Option<Day>, today: Day) -> bool {
        match self {
            Self::Never => false,
            Self::AtOnce => true,
            Self::Daily => last.is_none_or(|last| last < today),
            Self::Weekly => last.is_none_or(|last| last.days_until(today) >= WEEK),
        }
    }
}

words! {
    /// Mức nhắc: each is spoken of once.
    Stage {
        /// Việc mới.
        New = "new",
        /// Sắp đến hạn.
        Soon = "soon",
        /// Đã quá hạn.
        Late = "late",
    }
}

impl Stage {
    /// The stage of a task that is due on `due`, if it has a last day.
    #[must_use]
    pub fn of(due: Option<Day>, today: Day) -> Self {
        match due {
            Some(due) if due < today => Self::Late,
            Some(due) if today.days_until(due) <= SOON => Self::Soon,
            _ => Self::New,
        }
    }
}

/// An address as typed, for the pace chosen; empty when no letters are wanted and none is given.
///
/// # Errors
/// `REMIND-001` letters are wanted and there is no address, `-002` it is none.
pub fn check_address(typed: &str, pace: Pace) -> Result<String, Refusal> {
    let address = text::tidy(typed);
    if address.is_empty() {
        let none = Refusal::new("REMIND-001").at("address");
        return if pace == Pace::Never { Ok(address) } else { Err(none) };
    }
    let plain =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !"@<>()[]\\,;:\"".contains(c));
    let dotted = |domain: &str| domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-'));
    match address.split_once('@') {
        Some((local, domain)) if address.len() <= LONGEST && plain(local) && plain(domain) && dotted(domain) => {
            Ok(address)
        }
        _ => Err(Refusal::new("REMIND-002").with("address", address.clone()).at("address")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Day {
        Day::of(2022, 12, day).unwrap()
    }

    #[test]
    fn a_task_is_spoken_of_when_new_three_days_before_its_last_day_and_when_late() {
        assert_eq!(Stage::of(None, day(10)), Stage::New);
        assert_eq!(Stage::of(Some(day(14)), day(10)), Stage::New);
        assert_eq!(Stage::of(Some(day(13)), day(10)), Stage::Soon);
        assert_eq!(Stage::of(Some(day(10)), day(10)), Stage::Soon);
        assert_eq!(Stage::of(Some(day(9)), day(10)), Stage::Late);
    }

    #[test]
    fn letters_keep_the_pace_that_was_chosen() {
        assert!(!Pace::Never.due(None, day(10)));
        assert!(Pace::AtOnce.due(Some(day(10)), day(10)));
        assert!(!Pace::Daily.due(Some(day(10)), day(10)) && Pace::Daily.due(Some(day(9)), day(10)));
        assert!(!Pace::Weekly.due(Some(day(4)), day(10)) && Pace::Weekly.due(Some(day(3)), day(10)));
    }

    #[test]
    fn an_address_is_needed_only_for_letters_and_must_be_one() {
        let check = |typed, pace| check_address(typed, pace).map_err(|refusal| refusal.code);
        assert_eq!(check(" a.b@xa.internal ", Pace::Daily), Ok("a.b@xa.internal".to_owned()));
        assert_eq!(check("", Pace::Never), Ok(String::new()));
        assert_eq!(check("", Pace::Daily), Err("REMIND-001".to_owned()));
        for wrong in ["a", "a@", "@b", "a@b@c", "a b@c", "a@b\r\nBcc: x@y", "a@b..c", "<a@b>", "bí thư@xã.vn"] {
            assert_eq!(check(wrong, Pace::Daily), Err("REMIND-002".to_owned()), "{wrong}");
        }
    }
}
