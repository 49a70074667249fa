//! Lời giải thích: sentences of the rule book as pages and refusals show them.

use rules::book::Precedence;
use rules::history::Consequence;
use rules::verdict::{Citation, Finding, MissingFact};
use rules::{Book, Language, Text};
use serde::{Deserialize, Serialize};

/// Văn bản song ngữ, as pages show it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Id of the rule book.
    pub book: String,
    /// Id of the rule in the book.
    pub rule: String,
    /// Code shown to people; its place in the book as a document.
    pub code: String,
    /// What it says, with the figures.
    pub message: Words,
    /// The comparisons that decided.
    pub figures: Vec<Words>,
    /// Source: number and article.
    pub citation: Words,
    /// How surely the text is known: `text`, `summary`, `lower`, `practice`, `reading`.
    pub surety: String,
    /// Facts that are missing, when it is unknown whether the rule applies.
    pub missing: Vec<Missing>,
}

/// Dữ kiện còn thiếu: a fact that would settle what is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Name in the book.
    pub name: String,
    /// Label.
    pub label: Words,
    /// Who states it.
    pub stated_by: Words,
}

impl Missing {
    pub(super) fn of(book: &Book, fact: &MissingFact) -> Self {
        let declared = book.fact(&fact.name);
        Self {
            name: fact.name.clone(),
            label: Words::from(&fact.label),
            stated_by: declared.map_or_else(Words::default, |declared| Words::from(&declared.stated_by)),
        }
    }
}

impl Reason {
    pub(super) fn of(book: &Book, finding: &Finding) -> Self {
        Self {
            book: book.id.clone(),
            rule: finding.rule.clone(),
            code: finding.code.clone(),
            message: Words::from(&finding.message),
            figures: finding.figures.iter().map(Words::from).collect(),
            citation: Words {
                vi: cited(&finding.citation, Language::Vietnamese),
                en: cited(&finding.citation, Language::English),
            },
            surety: finding.citation.surety.word().to_owned(),
            missing: finding.missing.iter().map(|fact| Missing::of(book, fact)).collect(),
        }
    }

    /// What the book says must come first.
    pub(crate) fn of_order(book: &Book, order: &Precedence) -> Self {
        Self {
            book: book.id.clone(),
            rule: order.id.clone(),
            code: order.code.clone(),
            message: Words::from(&order.message),
            figures: Vec::new(),
            citation: Words {
                vi: cited(&order.citation, Language::Vietnamese),
                en: cited(&order.citation, Language::English),
            },
            surety: order.citation.surety.word().to_owned(),
            missing: Vec::new(),
        }
    }

    /// What is to be considered after several periods, with the periods it rests on.
    pub(crate) fn of_consequence(book: &Book, consequence: &Consequence) -> Self {
        Self {
            book: book.id.clone(),
            rule: consequence.id.clone(),
            code: consequence.code.clone(),
            message: Words::from(&consequence.message),
            figures: vec![Words::from(&consequence.grounds)],
            citation: Words {
                vi: cited(&consequence.citation, Language::Vietnamese),
                en: cited(&consequence.citation, Language::English),
            },
            surety: consequence.citation.surety.word().to_owned(),
            missing: Vec::new(),
        }
    }

    /// The sentence with its source and its code in one line, for refusals.
    #[must_use]
    pub fn cited(&self) -> String {
        format!("{} ({}; {})", self.message.vi, self.citation.vi, self.code)
    }

    /// The sentence with its source in one line, as it is kept with a review and printed.
    pub(super) fn kept(&self) -> String {
        format!("{} ({})", self.message.vi, self.citation.vi)
    }
}

pub(crate) fn cite(citation: &Citation) -> String {
    cited(citation, Language::Vietnamese)
}

/// As [`cite`], in both languages.
pub(super) fn cited_in_both(citation: &Citation) -> Words {
    Words { vi: cited(citation, Language::Vietnamese), en: cited(citation, Language::English) }
}

/// Number and article; a source without a number is called by its title.
fn cited(citation: &Citation, language: Language) -> String {
    let number = if citation.number.is_empty() { citation.title.get(language) } else { &citation.number };
    let article = citation.article.get(language);
    if article.is_empty() { number.to_owned() } else { format!("{number}, {article}") }
}

pub(super) fn yes_or_no(yes: bool) -> Words {
    let (vi, en) = if yes { ("Có", "Yes") } else { ("Không", "No") };
    Words { vi: vi.to_owned(), en: en.to_owned() }
}
