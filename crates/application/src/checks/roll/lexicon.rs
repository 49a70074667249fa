//! Đoán ý nghĩa của đầu cột: what a heading means in the words of one rule book, one kind of subject, one kind of table.

use std::collections::BTreeMap;

use rules::Book;
use rules::book::FactDeclaration;

use super::mapping::{Kind, Meaning};
use super::words::{Vocabulary, begins, holds, key};

/// Shortest single word that is looked for inside a longer heading.
const TELLING: usize = 6;

/// How surely a heading means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// A level's short name without anything that says what for.
    Hardly,
    /// The words stand among others.
    Partly,
    /// Exactly these words.
    Fully,
}

/// Từ điển: headings and levels of one book.
pub(super) struct Lexicon {
    heads: BTreeMap<String, Meaning>,
    levels: BTreeMap<String, String>,
    level_facts: Vec<String>,
    last_stage: String,
    /// How headings name the year before, as a key: `nam 2021`.
    year_before: Option<String>,
}

/// Whether a fact can stand in a table about that kind of subject.
pub(super) fn can_be_stated(fact: &FactDeclaration, subject: &str) -> bool {
    fact.derived.is_none() && (fact.subjects.is_empty() || fact.subjects.iter().any(|one| one == subject))
}

/// Every way of writing a level, as key → id.
pub(super) fn level_words(book: &Book, words: &Vocabulary) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for level in &book.levels {
        let named = [&level.id, &level.title.vi, &level.short.vi, &level.title.en];
        let further = words.levels.get(&level.id).into_iter().flatten();
        for name in named.into_iter().chain(further) {
            known.entry(key(name)).or_insert_with(|| level.id.clone());
        }
    }
    known
}

impl Lexicon {
    pub(super) fn new(book: &Book, subject: &str, kind: Kind, words: &Vocabulary) -> Self {
        let mut heads = BTreeMap::new();
        let mut add = |head: &str, meaning: Meaning| {
            heads.entry(key(head)).or_insert(meaning);
        };
        let fits = |only: &Option<String>| only.as_deref().is_none_or(|only| only == kind.word());
        let has = |fact: &Option<String>| fact.as_deref().is_none_or(|fact| book.fact(fact).is_some());
        for column in words.columns.iter().filter(|column| fits(&column.only) && has(&column.fact)) {
            column.heads.iter().for_each(|head| add(head, Meaning::Column(column.id.clone())));
        }
        for stage in &words.stages {
            stage.heads.iter().for_each(|head| add(head, Meaning::Level(stage.id.clone())));
        }
        let facts: Vec<&FactDeclaration> = book.facts.iter().filter(|fact| can_be_stated(fact, subject)).collect();
        for known in &words.facts {
            if facts.iter().any(|fact| fact.name == known.name) {
                known.heads.iter().for_each(|head| add(head, Meaning::Fact(known.name.clone())));
            }
        }
        for fact in &facts {
            for head in [&fact.name, &fact.label.vi, &fact.label.en] {
                add(head, Meaning::Fact(fact.name.clone()));
            }
        }
        let of_level = facts.iter().filter(|fact| fact.kind == rules::Kind::Level);
        Self {
            heads,
            levels: level_words(book, words),
            level_facts: of_level.map(|fact| fact.name.clone()).collect(),
            last_stage: words.stages.last().map(|stage| stage.id.clone()).unwrap_or_default(),
            year_before: None,
        }
    }

    /// With a name of the year before: a heading with it does not speak of this year.
    pub(super) fn after(self, year_before: Option<String>) -> Self {
        Self { year_before, ..self }
    }

    /// A heading as a key; the year before is "năm trước" whatever its number.
    fn words(&self, heading: &str) -> String {
        let key = key(heading);
        match &self.year_before {
            Some(named) if holds(&key, named) => key.replace(named.as_str(), "nam truoc"),
            _ => key,
        }
    }

    /// What a heading below another (which may be empty) means.
    pub(super) fn meaning(&self, group: &str, own: &str) -> Option<(Meaning, Sure)> {
        let (group, own) = (self.words(group), self.words(own));
        let whole = if group.is_empty() { own.clone() } else { format!("{group} {own}") };
        if let Some(meaning) = self.heads.get(&whole) {
            return Some((meaning.clone(), Sure::Fully));
        }
        let above = if group.is_empty() { None } else { self.found(&group) };
        if matches!(&above, Some((Meaning::Column(id), _)) if id == "previous") {
            // A column for each level of the year before is not read: no mark in it may count for this year.
            match self.heads.get(&own) {
                _ if self.levels.contains_key(&own) => return None,
                None | Some(Meaning::Level(_)) => return above,
                Some(_) => {}
            }
        }
        if let Some(level) = self.levels.get(&own) {
            return Some(match above {
                Some((Meaning::Level(stage), _)) => (Meaning::LevelMark(stage, level.clone()), Sure::Fully),
                _ => (Meaning::LevelMark(self.last_stage.clone(), level.clone()), Sure::Hardly),
            });
        }
        match (self.heads.get(&own), above) {
            // "Công chức" above "Xếp loại", "Tự nhận" above "Mức": the heading above says whose level it is.
            (Some(Meaning::Level(_)), Some((Meaning::Level(stage), sure))) => Some((Meaning::Level(stage), sure)),
            (Some(Meaning::Level(_)), Some((Meaning::Fact(name), sure))) if self.level_facts.contains(&name) => {
                Some((Meaning::Fact(name), sure))
            }
            (Some(meaning), _) => Some((meaning.clone(), Sure::Fully)),
            (None, _) => self.found(&whole),
        }
    }

    /// The longest known heading that stands in the words.
    fn found(&self, words: &str) -> Option<(Meaning, Sure)> {
        if let Some(meaning) = self.heads.get(words) {
            return Some((meaning.clone(), Sure::Fully));
        }
        let telling = |head: &str| head.contains(' ') || head.len() >= TELLING;
        let inside = self.heads.iter().filter(|(head, _)| telling(head) && holds(words, head));
        // Of equally long ones the one that stands first in the heading.
        let longest = inside.max_by_key(|(head, _)| (head.len(), begins(words, head)));
        longest.map(|(_, meaning)| (meaning.clone(), Sure::Partly))
    }
}
