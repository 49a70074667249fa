//! Bộ mới chép từ bộ cũ: the same law under a new id, without seal and without periods.

use chrono::Datelike;
use rules::Text;

use super::{Files, Volume};

/// First page of a book.
const FRONT: &str = "rulebook.toml";
/// Its history.
const HISTORY: &str = "CHANGES.md";

/// Ghi chú viết vào bộ mới, in the language of whoever makes it.
#[derive(Debug, Clone, Default)]
pub struct Comments {
    /// At the top of the first page.
    pub front: String,
    /// Above the day of the last comparison.
    pub checked: String,
    /// Above title and issuer.
    pub title: String,
    /// Above the periods.
    pub periods: String,
    /// The whole text of `CHANGES.md`.
    pub history: String,
}

/// Whether a text can be the id of a book, and so the name of a folder: `party-2027-qd1`.
#[must_use]
pub fn is_id(id: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    id.len() <= 60 && id.starts_with(|first: char| first.is_ascii_lowercase()) && id.split('-').all(part)
}

/// The files of a new book.
#[must_use]
pub fn fresh(from: &Volume, id: &str, comments: &Comments) -> Files {
    let mut files = from.files.clone();
    files.insert(FRONT.to_owned(), front(from, id, comments));
    files.insert(HISTORY.to_owned(), comments.history.clone());
    files
}

fn front(from: &Volume, id: &str, comments: &Comments) -> String {
    let book = &from.book;
    // An example only: nothing governs until somebody has written the days.
    let year = book.last_checked.year() + 1;
    [
        comment(&comments.front),
        format!("id = {}\n", quoted(id)),
        format!("matter = {}\n", quoted(&book.matter)),
        comment(&comments.checked),
        format!("last_checked = {}\n\n", book.last_checked),
        comment(&comments.title),
        both("title", &book.title),
        both("issuer", &book.issuer),
        comment(&comments.periods),
        format!("# [[periods]]\n# from = {year}-01-01\n# until = {year}-12-31\n"),
    ]
    .concat()
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}

fn both(key: &str, text: &Text) -> String {
    format!("[{key}]\nvi = {}\nen = {}\n\n", quoted(&text.vi), quoted(&text.en))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
