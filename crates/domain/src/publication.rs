//! Công bố kết quả: after the decision, and only then, the levels are made known to whom the rules say; the dossier never is.

use crate::word::words;
use crate::{Day, Refusal};

words! {
    /// Hình thức công bố.
    PublicationForm {
        /// Đọc tại hội nghị, sinh hoạt.
        Meeting = "meeting",
        /// Niêm yết tại trụ sở, nơi sinh hoạt.
        Posted = "posted",
        /// Gửi văn bản tới các tổ chức, đơn vị.
        Document = "document",
        /// Đăng trên mạng nội bộ.
        Electronic = "electronic",
    }
}

/// Checks a publication of a decision that was signed on `signed_on`.
///
/// # Errors
/// `PUBLISH-001` it is not said to whom or where; `-002` before the decision, `-003` on a day to come.
pub fn check(audience: &str, on: Day, signed_on: Day, today: Day) -> Result<(), Refusal> {
    if audience.trim().is_empty() {
        return Err(Refusal::new("PUBLISH-001").at("audience"));
    }
    if on < signed_on {
        return Err(Refusal::new("PUBLISH-002").with("day", signed_on.shown()).at("published_on"));
    }
    if on > today {
        return Err(Refusal::new("PUBLISH-003").with("day", today.shown()).at("published_on"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_made_known_from_the_day_of_the_decision_until_today_and_to_somebody() {
        let day = |day| Day::of(2022, 12, day).unwrap();
        let check = |audience: &str, on| check(audience, day(on), day(25), day(30)).err().map(|refusal| refusal.code);
        assert_eq!((check("Chi bộ Thôn 1", 25), check("Chi bộ Thôn 1", 30)), (None, None));
        assert_eq!(check(" ", 26), Some("PUBLISH-001".to_owned()));
        assert_eq!(check("Chi bộ Thôn 1", 24), Some("PUBLISH-002".to_owned()));
        assert_eq!(check("Chi bộ Thôn 1", 31), Some("PUBLISH-003".to_owned()));
    }
}
