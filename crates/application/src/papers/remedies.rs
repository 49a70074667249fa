//! Kết quả khắc phục của các năm trước in the words of section III of a review.

use super::words::words;
use crate::error::Result;
use crate::reads::review::EarlierShortcoming;

/// What became of each shortcoming, one a line; empty when there were none.
pub(crate) fn result_of_remedies(earlier: &[EarlierShortcoming]) -> Result<String> {
    let words = &words()?.remedy;
    let line = |one: &EarlierShortcoming| {
        let sentence = if one.closed { &words.done } else { &words.open };
        let shortcoming = one.shortcoming.trim().trim_end_matches('.');
        let day = one.due_on.shown();
        let said = sentence.say(&[("shortcoming", shortcoming), ("outcome", &one.outcome), ("day", &day)]);
        said.trim_end().to_owned()
    };
    Ok(earlier.iter().map(line).collect::<Vec<_>>().join("\n"))
}
