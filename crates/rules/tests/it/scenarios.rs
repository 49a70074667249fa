//! The acceptance scenarios that concern rules, and what holds of every book whatever the facts.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rules::book::Case;
use rules::calendar::after_working_days;
use rules::check::check;
use rules::verdict::Possibility;
use rules::{Book, Facts, Shelf, Verdict};

use super::folder::books;

/// Scenarios that a situation of a book stands for; the others are stories of pages, votes and papers.
const BY_SITUATION: [i64; 40] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
    37, 39, 40, 41, 42, 43, 44, 45, 46,
];

#[test]
fn every_scenario_on_rules_is_a_situation_of_some_book() {
    let mut found: BTreeSet<i64> = BTreeSet::new();
    for (_, book) in books() {
        found.extend(check(&book).scenarios);
    }
    let absent: Vec<i64> =
        BY_SITUATION.into_iter().chain([47, 48, 49, 50]).filter(|one| !found.contains(one)).collect();
    assert_eq!(absent, Vec::<i64>::new());
}

fn shelf() -> Shelf {
    Shelf::new(books().into_iter().map(|(_, book)| book))
}

#[test]
fn scenario_14_the_fixed_days_of_the_2023_round() {
    let shelf = shelf();
    let end = "2023-12-31".parse().unwrap();
    let book = shelf.governing("party", end).unwrap();
    let fixed: Vec<_> = book
        .calendar(end)
        .into_iter()
        .filter(|dated| dated.step.fixed)
        .map(|dated| (dated.step.id.clone(), dated.due.to_string()))
        .collect();
    let expected = [("decision", "2023-12-31"), ("special_units", "2024-01-15"), ("dossier_to_centre", "2024-02-15")];
    assert_eq!(fixed, expected.map(|(step, day)| (step.to_owned(), day.to_owned())));
}

#[test]
fn scenario_57_time_limits_to_answer() {
    let shelf = shelf();
    let days = |book: &str, limit: &str| shelf.get(book).unwrap().reply_limit(limit).unwrap().working_days;
    assert_eq!(["base_organization", "province", "central"].map(|who| days("party-2018-qd132", who)), [30, 60, 90]);
    let petition = days("civil-2025-nd335", "petition");
    let due = after_working_days("2026-01-05".parse().unwrap(), petition, &BTreeSet::new());
    assert_eq!(due, "2026-01-14".parse().ok());
}

/// Facts that rules ask about with `has`: for them, being absent is itself an answer.
fn asked_for_presence(book: &Book) -> Vec<String> {
    let written: String = book.rules.iter().map(|rule| format!("{}\n", rule.written)).collect();
    book.facts.iter().map(|fact| fact.name.clone()).filter(|name| written.contains(&format!("has({name})"))).collect()
}

fn situations() -> Vec<(Book, Vec<Case>)> {
    books().into_iter().map(|(_, book)| (book.clone(), book.cases)).collect()
}

fn without(facts: &Facts, kept: &[bool], always: &[String]) -> Facts {
    let keep = facts.iter().zip(kept.iter().cycle()).filter(|((name, _), kept)| **kept || always.contains(name));
    keep.map(|((name, value), _)| (name.clone(), value.clone())).collect()
}

fn possibilities(verdict: &Verdict) -> BTreeMap<&str, Possibility> {
    verdict.levels.iter().map(|answer| (answer.level.as_str(), answer.possibility)).collect()
}

#[test]
fn learning_more_facts_never_turns_a_certain_answer_of_any_book() {
    let situations = situations();
    let kept = prop::collection::vec(any::<bool>(), 7..40);
    let runner_cases = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    proptest::test_runner::TestRunner::new(runner_cases)
        .run(&kept, |kept| {
            for (book, cases) in &situations {
                let always = asked_for_presence(book);
                for case in cases {
                    let all = book.evaluate(&case.subject, &case.facts, &case.settings);
                    let some = book.evaluate(&case.subject, &without(&case.facts, &kept, &always), &case.settings);
                    let after = possibilities(&all);
                    for (level, before) in possibilities(&some) {
                        prop_assert!(
                            before == Possibility::Unknown || before == after[level],
                            "{}: {level} was {before:?} and became {:?}",
                            case.id,
                            after[level]
                        );
                    }
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_lowest_level_is_never_refused_unless_another_is_forced() {
    for (book, cases) in situations() {
        for case in cases {
            let verdict = book.evaluate(&case.subject, &case.facts, &case.settings);
            let lowest = verdict.levels.last().unwrap();
            assert!(lowest.against.is_empty(), "{}: {:?}", case.id, lowest.against);
        }
    }
}
