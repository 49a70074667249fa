//! Text of a layout: literal words with `{{path}}` in between, `**heavy**` and `//slanted//`.
//! Marks are read in the layout only; what the data put into a place is never read again.

use super::Run;

/// A text with places for data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text {
    pub(super) pieces: Vec<Piece>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) what: What,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Words(String),
    Place(Path),
}

/// Names joined by dots.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path(Vec<String>);

impl Path {
    /// Reads a path: names of letters, digits and `_`, joined by dots.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let names: Vec<String> = text.trim().split('.').map(str::to_owned).collect();
        let good =
            |name: &String| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        if names.iter().all(good) {
            Ok(Self(names))
        } else {
            Err(format!("`{text}` is not a plain path such as `body.name`"))
        }
    }

    /// The path of one name.
    pub(super) fn name(name: &str) -> Self {
        Self(vec![name.to_owned()])
    }

    pub(super) fn names(&self) -> &[String] {
        &self.0
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0.join("."))
    }
}

impl Text {
    /// Reads a text of a layout.
    pub(super) fn parse(source: &str) -> Result<Self, String> {
        let mut text = Self::default();
        let (mut bold, mut italic) = (false, false);
        let mut rest = source;
        let mut words = String::new();
        while let Some(next) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("{{") {
                let (inside, after) =
                    after.split_once("}}").ok_or_else(|| format!("`{source}`: a `{{{{` is not closed"))?;
                text.flush(&mut words, bold, italic);
                text.pieces.push(Piece { what: What::Place(Path::parse(inside)?), bold, italic });
                rest = after;
            } else if let Some(after) = rest.strip_prefix("**") {
                text.flush(&mut words, bold, italic);
                bold = !bold;
                rest = after;
            } else if let Some(after) = rest.strip_prefix("//") {
                text.flush(&mut words, bold, italic);
                italic = !italic;
                rest = after;
            } else if rest.starts_with("}}") {
                return Err(format!("`{source}`: a `}}}}` without `{{{{`"));
            } else {
                words.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        if bold || italic {
            return Err(format!("`{source}`: `**` or `//` is not closed"));
        }
        text.flush(&mut words, bold, italic);
        Ok(text)
    }

    fn flush(&mut self, words: &mut String, bold: bool, italic: bool) {
        if !words.is_empty() {
            self.pieces.push(Piece { what: What::Words(std::mem::take(words)), bold, italic });
        }
    }
}

/// The words of runs, one after the other.
pub(crate) fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// What may stand on paper: control characters and marks that turn the writing direction are taken out.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match c {
            '\n' | '\u{2028}' | '\u{2029}' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => Some('\n'),
            '\t' => Some(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => None,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            '\u{fffe}' | '\u{ffff}' | '\u{feff}' => None,
            c => Some(c),
        })
        .collect()
}
