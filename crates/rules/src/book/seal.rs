//! The seal of a book: SHA-256 over its files in order of path, the line of the seal itself left out. `CHANGES.md` is
//! a note to readers and not law: it may grow, and the program need not carry it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// The seal in hexadecimal. Paths and texts are framed by their lengths, so no two folders share the hashed bytes.
pub(crate) fn seal(files: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for (path, text) in files.iter().filter(|(path, _)| path.as_str() != "CHANGES.md") {
        let text = if path == "rulebook.toml" { without_seal(text) } else { text.clone() };
        for part in [path.as_str(), text.as_str()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut hexadecimal, byte| {
        let _ = write!(hexadecimal, "{byte:02x}");
        hexadecimal
    })
}

fn without_seal(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| line.split('=').next().map(str::trim) != Some("seal")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(book: &str, facts: &str) -> BTreeMap<String, String> {
        [("rulebook.toml", book), ("facts.toml", facts)].map(|(path, text)| (path.to_owned(), text.to_owned())).into()
    }

    #[test]
    fn the_seal_line_does_not_change_the_seal_and_anything_else_does() {
        let bare = seal(&files("id = \"a\"\n", "x"));
        assert_eq!(bare, seal(&files("id = \"a\"\nseal = \"00\"\n", "x")));
        assert_ne!(bare, seal(&files("id = \"b\"\n", "x")));
        assert_ne!(bare, seal(&files("id = \"a\"\n", "x ")));
        assert_eq!(bare.len(), 64);
    }

    #[test]
    fn a_note_to_readers_does_not_change_the_seal() {
        let mut noted = files("id = \"a\"\n", "x");
        let bare = seal(&noted);
        noted.insert("CHANGES.md".to_owned(), "- first".to_owned());
        assert_eq!(bare, seal(&noted));
    }
}
