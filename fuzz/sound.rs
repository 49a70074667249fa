//! The small sound book of the tests, as files.

use std::collections::BTreeMap;

macro_rules! file {
    ($path:literal) => {
        ($path.to_owned(), include_str!(concat!("../crates/rules/tests/broken/sound/", $path)).to_owned())
    };
}

pub fn files() -> BTreeMap<String, String> {
    BTreeMap::from([
        file!("rulebook.toml"),
        file!("sources.toml"),
        file!("levels.toml"),
        file!("grades.toml"),
        file!("subjects.toml"),
        file!("facts.toml"),
        file!("rules.toml"),
        file!("cases/all.toml"),
    ])
}

/// A rule that takes effect where the condition holds.
#[allow(dead_code, reason = "only one of the targets makes rules")]
pub fn rule(when: &rules::expression::Expression) -> Option<rules::book::Rule> {
    let mut rule = rules::load(&files()).ok()?.rules.into_iter().next()?;
    rule.effect = rules::book::Effect::Advises;
    rule.must = None;
    rule.when = Some(when.clone());
    Some(rule)
}
