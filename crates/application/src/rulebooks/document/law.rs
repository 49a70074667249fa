//! Parts that say what is what: front page, sources, scales, settings, criteria, rules, facts.

use rules::book::{Criterion, Effect, Exemption, FactDeclaration, Level, Rule, Setting, Source};
use rules::expression::Expression;
use rules::{Book, Text, Value, value::Kind};

use super::{Item, Lines, Part, Said, about, levels, part, same};
use crate::judge::Words;
use crate::rulebooks::day;

/// Name, issuer, matter, periods: one item, the same in every book.
pub(super) fn front(book: &Book) -> Part {
    let mut lines =
        Lines::default().words("title", &book.title).words("issuer", &book.issuer).plain("matter", &book.matter);
    for period in &book.periods {
        let from = same(&day(period.from));
        lines = match period.until {
            Some(until) => lines.sentence("period", "from-until", &[("from", from), ("until", same(&day(until)))]),
            None => lines.sentence("period", "from-open", &[("from", from)]),
        };
    }
    let lines = lines.plain("last-checked", day(book.last_checked)).done();
    let item = Item { id: "rulebook".to_owned(), title: Words::from(&book.title), lines, ..Item::default() };
    Part { part: "front".to_owned(), items: vec![item] }
}

pub(super) fn parts(book: &Book) -> Vec<Part> {
    let subject = |subject: &rules::book::Subject| Item {
        id: subject.id.clone(),
        title: Words::from(&subject.title),
        ..Item::default()
    };
    vec![
        part("sources", book.sources.values(), source),
        part("subjects", &book.subjects, subject),
        scale("levels", &book.levels),
        scale("grades", &book.grades),
        part("settings", &book.settings, |setting| self::setting(book, setting)),
        criteria(book, |_| true),
        rules(book),
    ]
}

fn source(source: &Source) -> Item {
    let lines = Lines::default()
        .words("issuer", &source.issuer)
        .plain("date", source.date.map(day).unwrap_or_default())
        .words("seen", &source.seen)
        .sentence("surety", &format!("surety-{}", source.surety.word()), &[]);
    Item {
        id: source.id.clone(),
        code: source.number.clone(),
        title: Words::from(&source.title),
        lines: lines.done(),
        ..Item::default()
    }
}

/// Best first; the place is part of what is said.
fn scale(name: &str, scale: &[Level]) -> Part {
    let item = |(place, level): (usize, &Level)| {
        let short = if level.short == level.title { Text::default() } else { level.short.clone() };
        let lines = Lines::default().words("short", &short).plain("place", (place + 1).to_string());
        Item { id: level.id.clone(), title: Words::from(&level.title), lines: lines.done(), ..Item::default() }
    };
    Part { part: name.to_owned(), items: scale.iter().enumerate().map(item).collect() }
}

fn setting(book: &Book, setting: &Setting) -> Item {
    let mut lines = Lines::default();
    for choice in &setting.choices {
        lines = lines.words("choice", choice);
    }
    let default = value(book, &setting.default, &setting.kind, &setting.choices);
    Item {
        id: setting.name.clone(),
        title: Words::from(&setting.title),
        lines: lines.add("default", default).cited(&setting.citation).done(),
        ..Item::default()
    }
}

/// A value in words.
fn value(book: &Book, value: &Value, kind: &Kind, choices: &[Text]) -> Said {
    let label = match (value, kind) {
        (Value::Boolean(value), _) => {
            let key = if *value { "yes" } else { "no" };
            return Said::Sentence { key: key.to_owned(), with: std::collections::BTreeMap::new() };
        }
        (Value::Level(id), _) => book.level(id).map(|level| &level.title),
        (Value::Grade(id), _) => book.grade(id).map(|grade| &grade.title),
        (Value::Choice(id), Kind::Choice(ids)) => {
            ids.iter().position(|known| known == id).and_then(|place| choices.get(place))
        }
        _ => None,
    };
    label.map_or_else(|| Said::Plain(value.write()), |label| Said::Words(Words::from(label)))
}

/// Criteria whose grades, as facts, are wanted.
pub(super) fn criteria(book: &Book, wanted: impl Fn(&str) -> bool) -> Part {
    let chosen = book.criteria.iter().filter(|criterion| wanted(&format!("grade.{}", criterion.id)));
    part("criteria", chosen, |criterion| self::criterion(book, criterion))
}

fn criterion(book: &Book, criterion: &Criterion) -> Item {
    let lines = Lines::default()
        .when(criterion.main, "main", "main-group")
        .words("only-for", &criterion.only_for.clone().unwrap_or_default())
        .cited(&criterion.citation);
    Item {
        id: criterion.id.clone(),
        code: criterion.number.clone(),
        title: Words::from(&criterion.title),
        about: about(book, [&criterion.subject]),
        lines: lines.done(),
    }
}

/// Rules about the same kinds of subject stand together, otherwise in the order of the file.
fn rules(book: &Book) -> Part {
    let mut groups: Vec<&Vec<String>> = Vec::new();
    for rule in &book.rules {
        if !groups.contains(&&rule.subjects) {
            groups.push(&rule.subjects);
        }
    }
    let grouped = groups.into_iter().flat_map(|group| book.rules.iter().filter(move |rule| rule.subjects == *group));
    Part { part: "rules".to_owned(), items: grouped.map(|rule| self::rule(book, rule)).collect() }
}

/// The conditions of a rule with the keys under which they are written.
pub(super) fn conditions(rule: &Rule) -> Vec<(&'static str, &Expression)> {
    let by = match &rule.effect {
        Effect::Bounds(by) => Some(by),
        _ => None,
    };
    [("when", rule.when.as_ref()), ("must", rule.must.as_ref()), ("by", by)]
        .into_iter()
        .filter_map(|(key, expression)| Some((key, expression?)))
        .collect()
}

pub(super) fn rule(book: &Book, rule: &Rule) -> Item {
    let scope = book.scope();
    let level = |position: usize| [("levels", levels(book, &[position]))];
    let lines = Lines::default();
    let mut lines = match &rule.effect {
        Effect::Exempts(Exemption::Review) => lines.sentence("effect", "exempts-review", &[]),
        Effect::Exempts(Exemption::Classification) => lines.sentence("effect", "exempts-classification", &[]),
        Effect::Requires(all) => lines.sentence("effect", "requires", &[("levels", levels(book, all))]),
        Effect::Caps(at) => lines.sentence("effect", "caps", &level(*at)),
        Effect::Forces(forced) => lines.sentence("effect", "forces", &level(*forced)),
        Effect::Bounds(_) => lines.sentence("effect", "bounds", &[]),
        Effect::NeedsDecision => lines.sentence("effect", "needs-decision", &[]),
        Effect::Advises => lines.sentence("effect", "advises", &[]),
    };
    for (key, expression) in conditions(rule) {
        let words = |one: &Expression| Words::from(&Text::build(|language| one.words(&scope, language)));
        let all = expression.all().into_iter().map(words).collect();
        lines = lines.add(key, Said::Condition { all, written: written(rule, key) });
    }
    Item {
        id: rule.id.clone(),
        code: rule.code.clone(),
        title: Words::default(),
        about: about(book, &rule.subjects),
        lines: lines.words("message", &rule.message.words(&scope)).cited(&rule.citation).done(),
    }
}

/// One condition as written, on one line.
fn written(rule: &Rule, key: &str) -> String {
    let begins = |line: &str, key: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(": "));
    let is_other = |line: &&str| ["when", "must", "by"].iter().any(|other| *other != key && begins(line, other));
    let lines = rule.written.lines().skip_while(|line| !begins(line, key)).take_while(|line| !is_other(line));
    let text = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    text.strip_prefix(key).and_then(|rest| rest.strip_prefix(": ")).unwrap_or_default().to_owned()
}

pub(super) fn facts(book: &Book, wanted: impl Fn(usize) -> bool) -> Part {
    // The grade of a criterion is told with the criterion.
    let stated = |(slot, fact): &(usize, &FactDeclaration)| wanted(*slot) && !fact.name.starts_with("grade.");
    let items = book.facts.iter().enumerate().filter(stated).map(|(_, fact)| self::fact(book, fact)).collect();
    Part { part: "facts".to_owned(), items }
}

fn fact(book: &Book, fact: &FactDeclaration) -> Item {
    let kind = match &fact.kind {
        Kind::Boolean => "kind-boolean",
        Kind::Integer => "kind-integer",
        Kind::Fraction => "kind-fraction",
        Kind::Date => "kind-date",
        Kind::Level => "kind-level",
        Kind::Grade => "kind-grade",
        Kind::Choice(_) => "kind-choice",
    };
    let mut lines = Lines::default().sentence("kind", kind, &[]);
    if let Kind::Choice(ids) = &fact.kind {
        for (id, label) in ids.iter().zip(&fact.choices) {
            let named = Text { vi: format!("{id}: {}", label.vi), en: format!("{id}: {}", label.en) };
            lines = lines.words("choice", &named);
        }
    }
    if let Some(usual) = &fact.usual {
        lines = lines.add("usual", value(book, usual, &fact.kind, &fact.choices));
    }
    let lines = lines.words("stated-by", &fact.stated_by).words("evidence", &fact.evidence).when(
        fact.derived.is_some(),
        "derived",
        "derived",
    );
    Item {
        id: fact.name.clone(),
        title: Words::from(&fact.label),
        about: about(book, &fact.subjects),
        lines: lines.done(),
        ..Item::default()
    }
}
