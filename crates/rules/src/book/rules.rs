//! Reads rules.

use std::collections::{BTreeMap, BTreeSet};

use super::law::citation;
use super::parts::{Effect, Exemption, Rule, Source, Subject};
use super::reader::{Table, unique};
use super::template::Template;
use crate::expression::{Expression, Scalar, Scope, Type};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Exempts,
    Requires,
    Caps,
    Forces,
    Bounds,
    NeedsDecision,
    Advises,
}

const WORDS: [(&str, Word); 7] = [
    ("exempts", Word::Exempts),
    ("requires", Word::Requires),
    ("caps", Word::Caps),
    ("forces", Word::Forces),
    ("bounds", Word::Bounds),
    ("needs_decision", Word::NeedsDecision),
    ("advises", Word::Advises),
];

pub(super) fn rules(
    table: &Table<'_>,
    scope: &Scope<'_>,
    subjects: &[Subject],
    sources: &BTreeMap<String, Source>,
) -> Vec<Rule> {
    let tables = table.tables("rules");
    let rules: Vec<_> = tables.iter().map(|table| rule(table, scope, subjects, sources)).collect();
    let ids = rules.iter().zip(&tables).map(|(rule, table)| (rule.id.as_str(), table.at("id")));
    unique(table.page, ids, "quy tắc");
    let codes = rules.iter().zip(&tables).map(|(rule, table)| (rule.code.as_str(), table.at("code")));
    unique(table.page, codes, "mã quy tắc");
    tables.into_iter().for_each(Table::close);
    rules
}

fn rule(table: &Table<'_>, scope: &Scope<'_>, subjects: &[Subject], sources: &BTreeMap<String, Source>) -> Rule {
    let about = table.strings("subjects");
    if about.is_empty() {
        table.flaw("subjects", "BOOK-022", "quy tắc không nói về đối tượng nào", "thêm subjects = [\"member\"]");
    }
    for subject in &about {
        table.position("subjects", subject, subjects.iter().map(|subject| subject.id.as_str()));
    }
    let word = table.word("effect", &WORDS);
    let effect = word.map_or(Effect::Advises, |word| effect(table, word, scope));
    let when = table.expression("when", scope, &Type::Truth);
    let must = table.expression("must", scope, &Type::Truth);
    whole(table, word);
    if let Effect::Bounds(by) = &effect {
        facts_fit(table, "by", by, &about, scope);
    }
    for (key, expression) in [("when", &when), ("must", &must)] {
        if let Some(expression) = expression {
            facts_fit(table, key, expression, &about, scope);
        }
    }
    let message = Template::read(&table.text("message"), scope).unwrap_or_else(|(language, refused)| {
        table.flaw("message", refused.code, format!("câu giải thích ({language}): {}", refused.what), refused.mend);
        Template::default()
    });
    Rule {
        id: table.string("id"),
        code: table.string("code"),
        subjects: about,
        effect,
        when,
        must,
        written: written(table),
        message,
        citation: citation(table, sources),
        place: table.place(),
    }
}

fn effect(table: &Table<'_>, word: Word, scope: &Scope<'_>) -> Effect {
    let levels = || scope.levels.iter().map(|level| level.id.as_str());
    let level = |key: &str| table.position(key, &table.string(key), levels()).unwrap_or(0);
    match word {
        Word::Exempts => {
            let from = [("review", Exemption::Review), ("classification", Exemption::Classification)];
            Effect::Exempts(table.word("from", &from).unwrap_or(Exemption::Classification))
        }
        Word::Requires => {
            let names = table.strings("levels");
            Effect::Requires(names.iter().filter_map(|name| table.position("levels", name, levels())).collect())
        }
        Word::Caps => Effect::Caps(level("at")),
        Word::Forces => Effect::Forces(level("level")),
        Word::Bounds => {
            let by = table.expression("by", scope, &Type::Level);
            Effect::Bounds(by.unwrap_or(Expression::Literal(Scalar::Rank(0), Type::Level)))
        }
        Word::NeedsDecision => Effect::NeedsDecision,
        Word::Advises => Effect::Advises,
    }
}

/// Whether the rule has the keys its effect needs.
fn whole(table: &Table<'_>, word: Option<Word>) {
    let lacks = |key: &str| !table.has(key);
    match word {
        Some(Word::Requires) if lacks("must") => {
            table.flaw("must", "BOOK-023", "quy tắc requires thiếu điều kiện", "thêm must = \"điều kiện phải đạt\"");
        }
        Some(Word::Requires) if lacks("levels") => {
            table.flaw("levels", "BOOK-024", "quy tắc requires không nói mức nào", "thêm levels = [\"excellent\"]");
        }
        Some(Word::Bounds) if lacks("by") => {
            table.flaw("by", "BOOK-025", "quy tắc bounds thiếu mức so sánh", "thêm by = \"tên_dữ_kiện_kiểu_level\"");
        }
        Some(Word::Exempts | Word::Caps | Word::Forces | Word::NeedsDecision | Word::Advises) if lacks("when") => {
            table.flaw(
                "when",
                "BOOK-026",
                "quy tắc này thiếu trường hợp áp dụng",
                "thêm when = \"trường hợp áp dụng\"",
            );
        }
        Some(word) if word != Word::Requires && !lacks("must") => {
            table.flaw(
                "must",
                "BOOK-027",
                "chỉ quy tắc requires có must",
                "chuyển điều kiện sang when hoặc đổi effect",
            );
        }
        _ => {}
    }
}

/// A fact must be about every kind of subject the rule is about.
fn facts_fit(table: &Table<'_>, key: &str, expression: &Expression, about: &[String], scope: &Scope<'_>) {
    let mut slots = BTreeSet::new();
    expression.facts(&mut slots);
    for fact in slots.into_iter().filter_map(|slot| scope.facts.get(slot)) {
        for subject in about.iter().filter(|subject| !fact.subjects.is_empty() && !fact.subjects.contains(subject)) {
            table.flaw(
                key,
                "BOOK-028",
                format!("dữ kiện “{}” không nói về đối tượng “{subject}”", fact.name),
                "sửa subjects của quy tắc hoặc của dữ kiện",
            );
        }
    }
}

fn written(table: &Table<'_>) -> String {
    let part = |key: &str| table.maybe_string(key).map(|text| format!("{key}: {}", text.trim()));
    ["when", "must", "by"].iter().filter_map(|key| part(key)).collect::<Vec<_>>().join("\n")
}
