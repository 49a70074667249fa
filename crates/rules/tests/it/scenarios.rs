//! The acceptance scenarios that concern rules, and what holds of every book whatever the facts.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rules::book::Case;
use rules::calendar::after_working_days;
use rules::check::check;
use rules::verdict::Possibility;
use rules::{Book, Facts, Shelf, Verdict};

use super::folder::books;

/// Scenarios that a situation of a book stands for.
const BY_SITUATION: [i64; 47] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
    37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 55, 56,
];

/// Scenarios about order, calendar, remedy and limits: what the book holds is tested below, by number.
const BY_TEST: [i64; 6] = [11, 12, 14, 15, 54, 57];

/// Scenarios that acts, pages or papers play out, with the reason why no rule of a book can. Where the texts say
/// something about them, the named provision of the named book tells it.
const STORIES: [(i64, &str, &str, &str); 7] = [
    (17, "re-examining an earlier year is a round of its own, with acts", "party-2018-qd132", "reexamination-of-2021"),
    (51, "two boxes ticked is counted by the tellers' act", "party-2025-qd366", "five-boxes"),
    (
        52,
        "that nothing joins voter and paper is a matter of what is stored",
        "party-2018-qd132",
        "ballots-are-never-public",
    ),
    (
        53,
        "cancelling and rating again are acts that keep both decisions",
        "party-2023-qd124",
        "cancelled-and-rated-again",
    ),
    (58, "a prompt without answer stops the act of handing in", "party-2018-qd132", "prompt-by-the-superior"),
    (59, "who reads what is the access table and its pages", "party-2025-qd366", "publication"),
    (60, "sums and percentages of a province stand on a summary page", "party-2025-qd366", "publication"),
];

#[test]
fn every_scenario_has_its_place() {
    let stories = STORIES.iter().map(|(number, ..)| *number);
    let mut all: Vec<i64> = BY_SITUATION.into_iter().chain(BY_TEST).chain(stories).collect();
    all.sort_unstable();
    assert_eq!(all, (1..=60).collect::<Vec<i64>>());
}

#[test]
fn what_the_texts_say_about_a_story_is_told_by_a_provision() {
    let shelf = shelf();
    for (number, why, book, provision) in STORIES {
        let found = shelf.get(book).unwrap().provisions.iter().any(|one| one.id == provision);
        assert!(found && !why.is_empty(), "scenario {number}: {book} has no provision {provision}");
    }
}

#[test]
fn every_scenario_on_rules_is_a_situation_of_some_book() {
    let mut found: BTreeSet<i64> = BTreeSet::new();
    for (_, book) in books() {
        found.extend(check(&book).scenarios);
    }
    let absent: Vec<i64> = BY_SITUATION.into_iter().filter(|one| !found.contains(one)).collect();
    assert_eq!(absent, Vec::<i64>::new());
    let unnamed: Vec<i64> = found.into_iter().filter(|one| !BY_SITUATION.contains(one)).collect();
    assert_eq!(unnamed, Vec::<i64>::new(), "name these in the list above");
}

fn shelf() -> Shelf {
    Shelf::new(books().into_iter().map(|(_, book)| book))
}

/// Whether the book puts one step before another, and whether breaking that refuses.
fn comes_before(book: &Book, first: &str, then: &str) -> Option<bool> {
    book.order.iter().find(|order| order.first == first && order.then == then).map(|order| order.strict)
}

fn party_books() -> Vec<Book> {
    books().into_iter().map(|(_, book)| book).filter(|book| book.matter == "party").collect()
}

#[test]
fn scenario_11_review_comes_before_classification_in_every_party_book() {
    for book in party_books() {
        assert_eq!(comes_before(&book, "review", "classification"), Some(true), "{}", book.id);
    }
}

#[test]
fn scenario_12_lower_before_higher_the_collective_before_its_members_the_head_last() {
    for book in party_books() {
        assert_eq!(comes_before(&book, "subordinate_decision", "unit_decision"), Some(false), "{}", book.id);
        assert_eq!(
            comes_before(&book, "collective_decision", "collective_member_decision"),
            Some(false),
            "{}",
            book.id
        );
        assert_eq!(comes_before(&book, "led_unit_decision", "head_decision"), Some(true), "{}", book.id);
        let meeting: Vec<i64> = book.sequence.iter().map(|step| step.place).collect();
        assert_eq!(meeting, [1, 2, 3, 4], "{}", book.id);
    }
}

#[test]
fn scenario_15_schools_are_judged_on_the_school_year_and_end_on_the_same_day() {
    let shelf = shelf();
    let book = shelf.get("party-2023-qd124").unwrap();
    let school = book.provisions.iter().find(|provision| provision.id == "school-year").unwrap();
    assert!(school.message.vi.contains("năm học") && school.message.vi.contains("31/12"), "{school:?}");
    let due = book.step("decision").unwrap().due("2023-12-31".parse().unwrap());
    assert_eq!(due, "2023-12-31".parse().ok());
}

#[test]
fn scenario_54_a_shortcoming_or_a_low_level_needs_a_plan_whose_items_name_who_and_when() {
    for book in party_books() {
        let plan = &book.remediation[0];
        let levels: Vec<&str> = plan.levels.iter().map(|level| book.levels[*level].id.as_str()).collect();
        assert_eq!(levels, ["fulfilled", "not_fulfilled"], "{}", book.id);
        assert!(plan.on_shortcoming, "{}", book.id);
        assert_eq!(plan.item_needs, ["measure", "owner", "monitor", "deadline"], "{}", book.id);
    }
    let shelf = shelf();
    let book = shelf.get("party-2025-qd366").unwrap();
    assert_eq!(book.remediation[0].milestones, [30, 60, 90]);
    let criterion = |id: &str| {
        let frame = book.points.frame("leader").unwrap();
        frame.groups.iter().flat_map(|group| &group.criteria).find(|one| one.id == id).unwrap().title.vi.clone()
    };
    assert!(criterion("remedied").contains("80 %"));
    assert!(book.rule("faults-all-remedied").unwrap().written.contains(">= 1"));
}

#[test]
fn the_steps_of_a_quarter_have_their_days() {
    let shelf = shelf();
    let book = shelf.get("party-2025-qd366").unwrap();
    let days: Vec<String> = book
        .quarter_steps
        .iter()
        .map(|step| step.due(2026, 3, &BTreeSet::new()).unwrap().format("%d/%m").to_string())
        .collect();
    assert_eq!(days, ["07/07", "12/09", "14/09", "15/09", "16/09", "20/09"]);
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
    let expected = [("decision", "2023-12-31"), ("special_units", "2024-01-14"), ("dossier_to_centre", "2024-02-14")];
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
