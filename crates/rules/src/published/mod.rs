//! Checks result tables as they were published: sums, printed percentages, caps. Exact arithmetic; what a table leaves
//! out is left out of the check, never guessed.

use crate::book::Book;
use crate::language::Text;
use crate::quota::ReadingAnswer;
use crate::value::Settings;
use crate::verdict::Citation;

mod cap;
mod examine;
mod percent;
mod words;

pub use examine::examine;
pub use percent::{Match, Way};

/// Ô số liệu: a count and the percentage printed beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The count, when printed.
    pub count: Option<u64>,
    /// The percentage as printed, without the sign: `15.67` or `15,67`.
    pub percent: Option<String>,
}

/// Dòng kết quả: one row of a published table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Mark of the row.
    pub id: String,
    /// How many exist.
    pub existing: Option<u64>,
    /// How many were reviewed, with the percentage printed beside it.
    pub reviewed: Cell,
    /// How many were rated.
    pub rated: Option<u64>,
    /// Per level, best first: id and figures.
    pub levels: Vec<(String, Cell)>,
    /// Figures printed for the two best levels together ("tốt trở lên").
    pub good_or_better: Cell,
    /// Not rated.
    pub not_rated: Cell,
    /// Whether the row is one group in the sense of the cap. Unless it is, a total alone proves nothing.
    pub single_group: bool,
}

/// Luật để đối chiếu: the book, the kind of subject and the settings for the cap.
#[derive(Debug, Clone, Copy)]
pub struct Law<'a> {
    /// Book that governs the period of the row.
    pub book: &'a Book,
    /// Kind of subject, e.g. `member`.
    pub subject: &'a str,
    /// Pinned settings; absent ones take the default.
    pub settings: &'a Settings,
}

/// Mức độ nghiêm trọng.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// May break a rule, under a reading or in part of the groups.
    Warning,
    /// Breaks a rule or cannot be right.
    Error,
}

impl Severity {
    /// The word for files and keys: `note`, `warning`, `error`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Phát hiện trên dòng kết quả.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Code, never reused: `PUB-001`.
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// Column it is about: `rated`, `excellent`, `excellent_pct_printed`, …
    pub column: String,
    /// What is so.
    pub message: Text,
    /// Where the law stands, when it is about the law.
    pub citation: Option<Citation>,
    /// Code of the rule of the book that it is about; empty when it is about none.
    pub rule: String,
}

/// Đối chiếu một dòng: everything found about one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Mark of the row.
    pub id: String,
    /// Sum of the level counts, when all are given.
    pub sum: Option<u64>,
    /// What was found, gravest first.
    pub remarks: Vec<Remark>,
    /// The cap under each reading, the chosen one first; empty when no book was given or the counts do not suffice.
    pub caps: Vec<ReadingAnswer>,
}

impl Report {
    /// The gravest severity found.
    pub fn severity(&self) -> Option<Severity> {
        self.remarks.iter().map(|remark| remark.severity).max()
    }
}

#[cfg(test)]
mod tests;
