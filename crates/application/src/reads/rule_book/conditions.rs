//! Điều kiện, miễn, tiêu chí: what the rules of a book say about each kind of subject, best level first.

use std::collections::BTreeSet;

use rules::book::{Effect, Exemption, Rule, Subject};
use rules::{Book, Text};
use serde::Serialize;

use super::{Cited, words};
use crate::judge::Words;

/// Một loại đối tượng: everything the book says of one kind of subject.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectView {
    /// Id.
    pub id: String,
    /// Name.
    pub title: Words,
    /// Who of this kind is not reviewed, or not classified.
    pub exemptions: Vec<RuleView>,
    /// Conditions by level, best first, then those that speak of no level.
    pub groups: Vec<Group>,
    /// Criteria in the order of the form.
    pub criteria: Vec<CriterionView>,
}

/// Một nhóm quy tắc: the rules that decide about one level, or of one kind that names none.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// `level`, or the effect: `bounds`, `needs_decision`, `advises`.
    pub kind: String,
    /// Id of the level, empty without one.
    pub level: String,
    /// Name of the level, empty without one.
    pub title: Words,
    /// Its rules, in the order of the book.
    pub rules: Vec<RuleView>,
}

/// Một quy tắc.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    /// Id.
    pub rule: String,
    /// Code shown to people, the anchor of the document.
    pub code: String,
    /// What it does: `exempts_review`, `exempts_classification`, `requires`, `caps`, `forces`, `bounds`,
    /// `needs_decision`, `advises`.
    pub effect: String,
    /// Names of the levels it speaks of.
    pub levels: Vec<Words>,
    /// What it says, facts named where figures will stand.
    pub message: Words,
    /// Its condition as written in the book, one line for each of `when`, `must`, `by`.
    pub condition: Vec<String>,
    /// Facts it asks about: name and label.
    pub asks: Vec<(String, Words)>,
    /// Where it stands.
    pub cited: Cited,
    /// Whether it stands here for the first time in the document; later places refer to this one.
    pub first: bool,
}

/// Một tiêu chí.
#[derive(Debug, Clone, Serialize)]
pub struct CriterionView {
    /// Id.
    pub id: String,
    /// Number as printed in the form.
    pub number: String,
    /// Heading.
    pub title: Words,
    /// Whether the conditions on results speak of it.
    pub main: bool,
    /// For whom only; empty when for all.
    pub only_for: Words,
    /// Where it stands.
    pub cited: Cited,
}

/// Each kind of subject; the exemptions of all kinds come first in the document, then the conditions kind by kind.
pub(super) fn subjects(book: &Book) -> Vec<SubjectView> {
    let mut shown = BTreeSet::new();
    let exemptions: Vec<Vec<RuleView>> = book
        .subjects
        .iter()
        .map(|subject| about(book, subject).filter(|rule| is_exemption(rule)).collect::<Vec<_>>())
        .map(|rules| rules.into_iter().map(|rule| view(book, rule, &mut shown)).collect())
        .collect();
    let with_exemptions = book.subjects.iter().zip(exemptions);
    with_exemptions
        .map(|(subject, exemptions)| SubjectView {
            id: subject.id.clone(),
            title: Words::from(&subject.title),
            exemptions,
            groups: groups(book, subject, &mut shown),
            criteria: criteria(book, subject),
        })
        .collect()
}

fn about<'a>(book: &'a Book, subject: &'a Subject) -> impl Iterator<Item = &'a Rule> {
    book.rules.iter().filter(|rule| rule.subjects.contains(&subject.id))
}

const fn is_exemption(rule: &Rule) -> bool {
    matches!(rule.effect, Effect::Exempts(_))
}

fn groups(book: &Book, subject: &Subject, shown: &mut BTreeSet<String>) -> Vec<Group> {
    let mut groups = Vec::new();
    for (place, level) in book.levels.iter().enumerate() {
        let rules = about(book, subject).filter(|rule| level_of(&rule.effect) == Some(place));
        groups.push(Group {
            kind: "level".to_owned(),
            level: level.id.clone(),
            title: Words::from(&level.title),
            rules: rules.map(|rule| view(book, rule, shown)).collect(),
        });
    }
    for kind in ["bounds", "needs_decision", "advises"] {
        let rules = about(book, subject).filter(|rule| word(&rule.effect) == kind);
        groups.push(Group {
            kind: kind.to_owned(),
            level: String::new(),
            title: Words::default(),
            rules: rules.map(|rule| view(book, rule, shown)).collect(),
        });
    }
    groups.retain(|group| !group.rules.is_empty());
    groups
}

/// Position of the level under which a rule is read: the best of those it speaks of.
fn level_of(effect: &Effect) -> Option<usize> {
    levels(effect).into_iter().min()
}

fn levels(effect: &Effect) -> Vec<usize> {
    match effect {
        Effect::Requires(levels) => levels.clone(),
        Effect::Caps(level) | Effect::Forces(level) => vec![*level],
        Effect::Exempts(_) | Effect::Bounds(_) | Effect::NeedsDecision | Effect::Advises => Vec::new(),
    }
}

const fn word(effect: &Effect) -> &'static str {
    match effect {
        Effect::Exempts(Exemption::Review) => "exempts_review",
        Effect::Exempts(Exemption::Classification) => "exempts_classification",
        Effect::Requires(_) => "requires",
        Effect::Caps(_) => "caps",
        Effect::Forces(_) => "forces",
        Effect::Bounds(_) => "bounds",
        Effect::NeedsDecision => "needs_decision",
        Effect::Advises => "advises",
    }
}

fn view(book: &Book, rule: &Rule, shown: &mut BTreeSet<String>) -> RuleView {
    let named = levels(&rule.effect).into_iter().filter_map(|place| book.levels.get(place));
    RuleView {
        rule: rule.id.clone(),
        code: rule.code.clone(),
        effect: word(&rule.effect).to_owned(),
        levels: named.map(|level| Words::from(&level.title)).collect(),
        message: words::message(book, &rule.message),
        condition: condition(&rule.written),
        asks: asks(book, rule),
        cited: Cited::from(&rule.citation),
        first: shown.insert(rule.code.clone()),
    }
}

/// A condition may be written over several lines; each of its parts becomes one.
fn condition(written: &str) -> Vec<String> {
    let begins = |line: &str| ["when: ", "must: ", "by: "].iter().any(|part| line.starts_with(part));
    let mut parts: Vec<String> = Vec::new();
    for line in written.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match parts.last_mut().filter(|_| !begins(line)) {
            Some(part) => *part = format!("{part} {line}"),
            None => parts.push(line.to_owned()),
        }
    }
    parts
}

fn asks(book: &Book, rule: &Rule) -> Vec<(String, Words)> {
    let mut slots = BTreeSet::new();
    let by = if let Effect::Bounds(by) = &rule.effect { Some(by) } else { None };
    for expression in [by, rule.when.as_ref(), rule.must.as_ref()].into_iter().flatten() {
        expression.facts(&mut slots);
    }
    let facts = slots.into_iter().filter_map(|slot| book.facts.get(slot));
    facts.map(|fact| (fact.name.clone(), Words::from(&fact.label))).collect()
}

fn criteria(book: &Book, subject: &Subject) -> Vec<CriterionView> {
    let none = Text::default();
    book.criteria_of(&subject.id)
        .into_iter()
        .map(|criterion| CriterionView {
            id: criterion.id.clone(),
            number: criterion.number.clone(),
            title: Words::from(&criterion.title),
            main: criterion.main,
            only_for: Words::from(criterion.only_for.as_ref().unwrap_or(&none)),
            cited: Cited::from(&criterion.citation),
        })
        .collect()
}
