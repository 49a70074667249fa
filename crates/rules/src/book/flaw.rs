//! What is wrong with a rule book, told to the person who writes it: in Vietnamese, with file, line and what to do.

use std::fmt;

/// Lỗi trong bộ quy tắc: one fault with its place and its remedy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flaw {
    /// File inside the folder of the book.
    pub file: String,
    /// Line from 1; 0 when it concerns the whole file or folder.
    pub line: usize,
    /// Code, never reused: `BOOK-001`.
    pub code: &'static str,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub mend: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ", dòng {}", self.line)?;
        }
        write!(f, ": [{}] {}. Cách sửa: {}.", self.code, self.what, self.mend)
    }
}
