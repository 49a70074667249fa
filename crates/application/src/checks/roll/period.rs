//! Kỳ của bảng và bộ quy định của kỳ.

use domain::{Day, Refusal};
use rules::Book;
use rules::history::Period as Past;

use super::mapping::Kind;
use super::words::Vocabulary;
use crate::library::Library;

/// Kỳ: a year, or a quarter of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    year: i32,
    quarter: Option<u32>,
}

impl Period {
    /// Reads `2022` or `2025-Q3`.
    ///
    /// # Errors
    /// `CHECK-015` with what was typed.
    pub(super) fn read(text: &str) -> Result<Self, Refusal> {
        let typed = text.trim().to_uppercase();
        let (year, quarter) = match typed.split_once("-Q") {
            Some((year, quarter)) => (year, Some(quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter)))),
            None => (typed.as_str(), None),
        };
        let year = year.parse().ok().filter(|year| (1930..=2200).contains(year));
        match (year, quarter) {
            (Some(year), None) => Ok(Self { year, quarter: None }),
            (Some(year), Some(Some(quarter))) => Ok(Self { year, quarter: Some(quarter) }),
            _ => Err(Refusal::new("CHECK-015").with("period", text.trim())),
        }
    }

    /// As [`Period::read`] reads it.
    pub(super) fn written(self) -> String {
        match self.quarter {
            Some(quarter) => format!("{}-Q{quarter}", self.year),
            None => self.year.to_string(),
        }
    }

    /// It and the one before, as the rules count periods.
    pub(super) fn with_before(self) -> Option<(Past, Past)> {
        let now = match self.quarter {
            Some(quarter) => Past::of_quarter(self.year, u8::try_from(quarter).ok()?)?,
            None => Past::of_year(self.year),
        };
        Some((now, now.before()?))
    }

    /// What the period before is called in headings, as a key: `nam 2021`.
    pub(super) fn year_before(self) -> Option<String> {
        self.quarter.is_none().then(|| format!("nam {}", self.year - 1))
    }

    /// Whether it is a quarter.
    pub(super) const fn is_quarter(self) -> bool {
        self.quarter.is_some()
    }

    /// Its last day.
    pub(super) fn end(self) -> Option<Day> {
        let month = self.quarter.unwrap_or(4) * 3;
        [31, 30].into_iter().find_map(|day| Day::of(self.year, month, day))
    }
}

/// The book that governs the period for the kind of subject asked for, or for the first usual one of the kind of table.
///
/// # Errors
/// `CHECK-014` when no book governs the period, or none that knows the subject.
pub(super) fn governing<'a>(
    library: &'a Library,
    words: &Vocabulary,
    period: Period,
    kind: Kind,
    subject: Option<&str>,
) -> Result<(&'a Book, String), Refusal> {
    let refused = || {
        let refusal = Refusal::new("CHECK-014").with("period", period.written());
        refusal.with("subject", subject.unwrap_or_else(|| kind.word()))
    };
    let end = period.end().ok_or_else(refused)?;
    // The party's book comes first: most tables are its.
    let party = library.book_on(end);
    let matters: std::collections::BTreeSet<&str> = library.books().map(|book| book.matter.as_str()).collect();
    let others = matters.into_iter().filter_map(|matter| rules::shelf::governing(library.books(), matter, end.date()));
    let books: Vec<&Book> = party.into_iter().chain(others).collect();
    let usual = words.subjects.get(kind.word()).into_iter().flatten().map(String::as_str);
    let wanted: Vec<&str> = subject.map_or_else(|| usual.collect(), |subject| vec![subject]);
    let known = |book: &Book| wanted.iter().find(|subject| book.subject(subject).is_some()).map(ToString::to_string);
    books.into_iter().find_map(|book| Some((book, known(book)?))).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_and_a_quarter_end_on_their_last_day() {
        for (text, end) in [("2022", "31/12/2022"), ("2025-Q1", "31/03/2025"), ("2025-q2", "30/06/2025")] {
            assert_eq!(Period::read(text).unwrap().end().unwrap().shown(), end);
        }
    }

    #[test]
    fn what_is_no_period_is_refused_with_what_was_typed() {
        for text in ["", "năm nay", "2025-Q5", "2025-Q", "1e308", "20222"] {
            let refusal = Period::read(text).unwrap_err();
            assert_eq!((refusal.code.as_str(), refusal.args[0].1.as_str()), ("CHECK-015", text));
        }
    }
}
