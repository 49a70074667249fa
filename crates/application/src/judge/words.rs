//! Lời giải thích: sentences of the rule book as pages and refusals show them.

use rules::verdict::{Citation, Finding};
use rules::{Language, Text};
use serde::Serialize;

/// Văn bản song ngữ, as pages show it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The text in the language `en`, or Vietnamese for anything else.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.vi }
    }
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Self {
        Self { vi: text.vi.clone(), en: text.en.clone() }
    }
}

/// Căn cứ của một kết luận: one rule's sentence with its figures and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Id of the rule in the book.
    pub rule: String,
    /// Code shown to people.
    pub code: String,
    /// What it says, with the figures.
    pub message: Words,
    /// Source: number and article.
    pub citation: Words,
    /// How surely the text is known: `text`, `summary`, `lower`, `practice`, `reading`.
    pub surety: String,
    /// Labels of facts that are missing, when it is unknown whether the rule applies.
    pub missing: Vec<Words>,
}

impl Reason {
    pub(super) fn of(finding: &Finding) -> Self {
        let cite = |language: Language| {
            let article = finding.citation.article.get(language);
            if article.is_empty() {
                finding.citation.number.clone()
            } else {
                format!("{}, {article}", finding.citation.number)
            }
        };
        Self {
            rule: finding.rule.clone(),
            code: finding.code.clone(),
            message: Words::from(&finding.message),
            citation: Words { vi: cite(Language::Vietnamese), en: cite(Language::English) },
            surety: finding.citation.surety.word().to_owned(),
            missing: finding.missing.iter().map(|fact| Words::from(&fact.label)).collect(),
        }
    }

    /// The sentence and its source in one line, for refusals.
    #[must_use]
    pub fn cited(&self) -> String {
        format!("{} ({})", self.message.vi, self.citation.vi)
    }
}

pub(super) fn cite(citation: &Citation) -> String {
    if citation.article.vi.is_empty() {
        citation.number.clone()
    } else {
        format!("{}, {}", citation.number, citation.article.vi)
    }
}

pub(super) fn yes_or_no(yes: bool) -> Words {
    let (vi, en) = if yes { ("Có", "Yes") } else { ("Không", "No") };
    Words { vi: vi.to_owned(), en: en.to_owned() }
}
