//! Niêm phong: the line that fixes the law of a book for ever.

use domain::Refusal;

use super::{Files, Volume};

/// First page of a book.
const FRONT: &str = "rulebook.toml";

/// Bộ đã niêm phong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The first page with its seal.
    pub front: String,
    /// SHA-256 of the law.
    pub digest: String,
}

/// The first page with the seal of the book. Whether the book is clean is for the caller to ask first.
///
/// # Errors
/// `SHELF-012` when it is sealed already; `SHELF-019` when the sealed book could not be read again.
pub fn seal(volume: &Volume) -> Result<Sealed, Refusal> {
    let book = &volume.book;
    if book.sealed {
        return Err(Refusal::new("SHELF-012").with("book", &book.id).with("digest", &book.seal));
    }
    let front = volume.files.get(FRONT).map(String::as_str).unwrap_or_default();
    let front = with_line(front, &format!("seal = \"{}\"", book.seal));
    let mut files: Files = volume.files.clone();
    files.insert(FRONT.to_owned(), front.clone());
    match Volume::read(files) {
        Ok(sealed) if sealed.book.sealed && sealed.book.seal == book.seal => {
            Ok(Sealed { front, digest: book.seal.clone() })
        }
        _ => Err(Refusal::new("SHELF-019").with("book", &book.id)),
    }
}

/// The line goes before the first key: below a table it would belong to that table. Where an editor's mark stands before the
/// first key, it goes below that key, so that it is a line of its own.
fn with_line(text: &str, line: &str) -> String {
    let is_note = |one: &&str| one.trim().is_empty() || one.trim_start().starts_with('#');
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let notes: usize = text[mark..].split_inclusive('\n').take_while(is_note).map(str::len).sum();
    let first = text.split_inclusive('\n').next().map_or(0, str::len);
    let at = if mark > 0 && notes == 0 { first } else { mark + notes };
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    format!("{}{line}{ending}{}", &text[..at], &text[at..])
}
