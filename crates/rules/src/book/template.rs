//! Messages with places for figures: `{good_or_better / rated}` or `{name}`; each place is an expression.

use crate::expression::{Expression, Frame, Labels, Refused, Scope, compile};
use crate::language::{Language, Text};

/// Mẫu câu: a message in both languages with places filled at evaluation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    vi: Vec<Piece>,
    en: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Place(Expression, String),
}

impl Template {
    /// Reads both languages; the error says which (`vi`, `en`).
    pub(crate) fn read(text: &Text, scope: &Scope<'_>) -> Result<Self, (&'static str, Refused)> {
        let vi = pieces(&text.vi, scope).map_err(|refused| ("vi", refused))?;
        let en = pieces(&text.en, scope).map_err(|refused| ("en", refused))?;
        Ok(Self { vi, en })
    }

    /// The message with its places filled.
    pub fn fill(&self, frame: &Frame<'_>, labels: &Labels<'_>) -> Text {
        Text::build(|language| {
            let pieces = self.pieces(language).iter();
            pieces
                .map(|piece| match piece {
                    Piece::Words(words) => words.clone(),
                    Piece::Place(expression, _) => expression.tell(frame, labels, language),
                })
                .collect()
        })
    }

    /// The message as written, places in braces.
    pub fn written(&self) -> Text {
        Text::build(|language| {
            let pieces = self.pieces(language).iter();
            pieces
                .map(|piece| match piece {
                    Piece::Words(words) => words.clone(),
                    Piece::Place(_, written) => format!("{{{written}}}"),
                })
                .collect()
        })
    }

    /// The message with its places in words, in square brackets.
    pub fn words(&self, labels: &Labels<'_>) -> Text {
        Text::build(|language| {
            let pieces = self.pieces(language).iter();
            pieces
                .map(|piece| match piece {
                    Piece::Words(words) => words.clone(),
                    Piece::Place(expression, _) => format!("[{}]", expression.words(labels, language)),
                })
                .collect()
        })
    }

    fn pieces(&self, language: Language) -> &[Piece] {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }
}

fn pieces(text: &str, scope: &Scope<'_>) -> Result<Vec<Piece>, Refused> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        let Some((written, after)) = after.split_once('}') else {
            return Err(Refused::new(0, "BOOK-056", "chỗ điền số liệu chưa đóng dấu }", "thêm dấu } sau biểu thức"));
        };
        let (expression, _) = compile(written, scope, None)?;
        pieces.push(Piece::Place(expression, written.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}
