//! Bộ quy tắc như một văn bản: parts, items, and what is said of each item.

pub(crate) mod aftermath;
mod law;
pub(crate) mod points;
mod process;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rules::book::Rule;
use rules::verdict::Citation;
use rules::{Book, Language, Text};
use serde::Serialize;

use super::Span;
use crate::judge::Words;

/// Văn bản của một bộ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Id of the book.
    pub id: String,
    /// What it is.
    pub title: Words,
    /// Whether it carries its seal.
    pub sealed: bool,
    /// SHA-256 of its law.
    pub digest: String,
    /// Review periods it governs.
    pub periods: Vec<Span>,
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// Phần: items of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Sort, such as `rules`; its heading is a text of the interface.
    pub part: String,
    /// What it holds.
    pub items: Vec<Item>,
}

/// Mục: one thing with a stable id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Id, stable across books.
    pub id: String,
    /// Code shown to people; may be empty.
    pub code: String,
    /// Name.
    pub title: Words,
    /// Kinds of subject it is about; empty when it is about none or all.
    pub about: Vec<Words>,
    /// What is said of it.
    pub lines: Vec<Line>,
}

/// Dòng: one aspect of an item; an aspect may have several lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Aspect, such as `message`; its label is a text of the interface.
    pub aspect: String,
    /// What it says.
    pub said: Said,
}

/// Lời.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Words of the book.
    Words(Words),
    /// The same in both languages: numbers, ids, days.
    Plain(String),
    /// A condition in words and as written.
    Condition {
        /// What must hold, all of it, with labels for names.
        all: Vec<Words>,
        /// As it stands in the file.
        written: String,
    },
    /// A sentence of the interface, with what it is filled with.
    Sentence {
        /// Which.
        key: String,
        /// Its fillings.
        with: BTreeMap<String, Words>,
    },
}

impl Said {
    /// Whether both say the same law. A label that changed does not change a condition.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Condition { written, .. }, Self::Condition { written: other, .. }) => written == other,
            _ => self == other,
        }
    }
}

pub(super) fn of(book: &Book, period: Option<NaiveDate>) -> Document {
    let mut parts = vec![law::front(book)];
    parts.extend(law::parts(book));
    parts.extend(points::parts(book));
    parts.extend(aftermath::parts(book));
    parts.extend(process::parts(book, period));
    parts.push(law::facts(book, |_| true));
    parts.retain(|part| !part.items.is_empty());
    whole(book, parts)
}

pub(super) fn of_rule(book: &Book, rule: &Rule) -> Document {
    let mut slots = std::collections::BTreeSet::new();
    for expression in law::conditions(rule).into_iter().map(|(_, expression)| expression) {
        expression.facts(&mut slots);
    }
    let rules = Part { part: "rules".to_owned(), items: vec![law::rule(book, rule)] };
    let grades = law::criteria(book, |name| {
        slots.iter().any(|slot| book.facts.get(*slot).is_some_and(|fact| fact.name == name))
    });
    let mut parts = vec![rules, grades, law::facts(book, |slot| slots.contains(&slot))];
    parts.retain(|part| !part.items.is_empty());
    whole(book, parts)
}

fn whole(book: &Book, parts: Vec<Part>) -> Document {
    Document {
        id: book.id.clone(),
        title: Words::from(&book.title),
        sealed: book.sealed,
        digest: book.seal.clone(),
        periods: book.periods.iter().map(Span::from).collect(),
        parts,
    }
}

/// Items of one sort.
fn part<'a, T: 'a>(name: &str, things: impl IntoIterator<Item = &'a T>, item: impl Fn(&'a T) -> Item) -> Part {
    Part { part: name.to_owned(), items: things.into_iter().map(item).collect() }
}

/// The same words in both languages.
fn same(words: &str) -> Words {
    Words::from(&Text::same(words))
}

/// Names of kinds of subject.
fn about<'a>(book: &Book, subjects: impl IntoIterator<Item = &'a String>) -> Vec<Words> {
    let title = |id: &String| book.subject(id).map_or_else(|| same(id), |subject| Words::from(&subject.title));
    subjects.into_iter().map(title).collect()
}

/// Names of levels by their positions: `Hoàn thành xuất sắc nhiệm vụ, Hoàn thành tốt nhiệm vụ`.
fn levels(book: &Book, positions: &[usize]) -> Words {
    let names = |language: Language| {
        let levels = positions.iter().filter_map(|position| book.levels.get(*position));
        levels.map(|level| level.title.get(language).to_owned()).collect::<Vec<_>>().join(", ")
    };
    Words::from(&Text::build(names))
}

/// Collects what is said of an item.
#[derive(Default)]
struct Lines(Vec<Line>);

impl Lines {
    fn add(mut self, aspect: &str, said: Said) -> Self {
        self.0.push(Line { aspect: aspect.to_owned(), said });
        self
    }

    /// Words of the book; what is empty is left out.
    fn words(self, aspect: &str, text: &Text) -> Self {
        if text.vi.is_empty() && text.en.is_empty() {
            return self;
        }
        self.add(aspect, Said::Words(Words::from(text)))
    }

    fn plain(self, aspect: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { self } else { self.add(aspect, Said::Plain(text)) }
    }

    fn sentence(self, aspect: &str, key: &str, with: &[(&str, Words)]) -> Self {
        let with = with.iter().map(|(name, words)| ((*name).to_owned(), words.clone())).collect();
        self.add(aspect, Said::Sentence { key: key.to_owned(), with })
    }

    /// Said only when it is so.
    fn when(self, is_so: bool, aspect: &str, key: &str) -> Self {
        if is_so { self.sentence(aspect, key, &[]) } else { self }
    }

    /// Where it stands, and how surely that is known.
    fn cited(self, citation: &Citation) -> Self {
        let cite = |language: Language| {
            let article = citation.article.get(language);
            // What has no number is known by its name.
            let title = citation.title.get(language);
            let source = if citation.number.is_empty() { title } else { citation.number.as_str() };
            if article.is_empty() { source.to_owned() } else { format!("{source}, {article}") }
        };
        let surety = format!("surety-{}", citation.surety.word());
        self.words("cite", &Text::build(cite)).sentence("surety", &surety, &[])
    }

    fn done(self) -> Vec<Line> {
        self.0
    }
}
