//! Two drivers, one meaning: every book of the repository over columns answers what it answers of one subject.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rules::columns::{Sieve, Sifted, Table};
use rules::verdict::Outcome;
use rules::{Book, Facts, Kind, Rational, Settings, Truth, Value, Verdict};

use super::folder::books;

/// A value of a kind out of three numbers; small ones, so that comparisons fall both ways.
fn value(book: &Book, kind: &Kind, seed: (u8, u8, bool)) -> Value {
    let (much, little, yes) = (i64::from(seed.0), usize::from(seed.1), seed.2);
    let small = if yes { much % 16 } else { much };
    match kind {
        Kind::Boolean => Value::Boolean(yes),
        Kind::Integer => Value::Integer(small),
        Kind::Fraction => Value::Fraction(Rational::new(i128::from(much) * 100, 255).unwrap()),
        Kind::Date => {
            let day = chrono::NaiveDate::from_yo_opt(2021 + i32::from(yes), 1 + u32::from(seed.0)).unwrap();
            Value::Date(day)
        }
        Kind::Level => Value::Level(book.levels[little % book.levels.len()].id.clone()),
        Kind::Grade => Value::Grade(book.grades[little % book.grades.len()].id.clone()),
        Kind::Choice(choices) => Value::Choice(choices[little % choices.len()].clone()),
    }
}

type Seeds = Vec<Option<(u8, u8, bool)>>;

fn facts(book: &Book, seeds: &Seeds) -> Facts {
    let stated = book.facts.iter().zip(seeds.iter().cycle()).filter(|(fact, _)| fact.derived.is_none());
    stated.filter_map(|(fact, seed)| Some((fact.name.clone(), value(book, &fact.kind, (*seed)?)))).collect()
}

fn settings(book: &Book, seeds: &Seeds) -> Settings {
    let chosen = book.settings.iter().zip(seeds.iter().rev().cycle());
    chosen.filter_map(|(setting, seed)| Some((setting.name.clone(), value(book, &setting.kind, (*seed)?)))).collect()
}

fn table(book: &Book, rows: &[Facts]) -> Table {
    let mut table = Table::new(book, rows.len());
    for (at, facts) in rows.iter().enumerate() {
        for (name, value) in facts {
            let slot = book.slot(name).unwrap();
            assert!(table.state(slot, at, book.compiled(slot, value).unwrap()));
        }
    }
    table
}

/// Whether a rule took effect, as the explanation of one subject tells it; rules that it does not mention did not.
fn told(verdict: &Verdict, rule: &str) -> Truth {
    let levels = verdict.levels.iter().flat_map(|level| level.against.iter().chain(&level.unknown));
    let mut all = levels
        .chain(&verdict.obligation_findings)
        .chain(&verdict.forced)
        .chain(&verdict.needs_decision)
        .chain(&verdict.advice);
    match all.find(|finding| finding.rule == rule).map(|finding| finding.outcome) {
        Some(Outcome::Applies) => Truth::True,
        Some(Outcome::Unknown) => Truth::Unknown,
        None => Truth::False,
    }
}

fn same(book: &Book, row: usize, sifted: &Sifted, verdict: &Verdict) -> Result<(), TestCaseError> {
    prop_assert_eq!(sifted.obligation(row), verdict.obligation);
    for (place, level) in verdict.levels.iter().enumerate() {
        prop_assert_eq!(sifted.possibility(place, row), level.possibility, "{} {}", book.id, &level.level);
    }
    let forced = sifted.forced(row).map(|place| book.levels[place].id.clone());
    prop_assert_eq!(&forced, &verdict.forced_level, "{}", book.id);
    let decisions = verdict.needs_decision.iter().map(|finding| finding.outcome);
    let decision =
        decisions.map(|outcome| if outcome == Outcome::Applies { Truth::True } else { Truth::Unknown }).max();
    prop_assert_eq!(sifted.needs_decision(row), decision.unwrap_or(Truth::False), "{}", book.id);
    for rule in sifted.rules() {
        let own = &book.rules[rule];
        // A bound by the best level stands against nothing, and the explanation then has no place to tell it.
        if !matches!(own.effect, rules::book::Effect::Bounds(_)) {
            prop_assert_eq!(sifted.truth(rule, row), told(verdict, &own.id), "{} {}", book.id, &own.id);
        }
    }
    Ok(())
}

#[test]
fn every_book_answers_in_columns_what_it_answers_of_one_subject() {
    let books: Vec<Book> = books().into_iter().map(|(_, book)| book).collect();
    let seed = proptest::option::weighted(0.8, any::<(u8, u8, bool)>());
    let row = prop::collection::vec(seed, 30..60);
    let rows = prop::collection::vec(row, 1..6);
    TestRunner::new(ProptestConfig { cases: 60, ..ProptestConfig::default() })
        .run(&rows, |rows| {
            for book in &books {
                let settings = settings(book, &rows[0]);
                let facts: Vec<Facts> = rows.iter().map(|seeds| facts(book, seeds)).collect();
                let table = table(book, &facts);
                for subject in &book.subjects {
                    let sifted = Sieve::new(book, &subject.id, &settings, &table).run();
                    for (row, facts) in facts.iter().enumerate() {
                        same(book, row, &sifted, &book.evaluate(&subject.id, facts, &settings))?;
                    }
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_order_of_rows_and_of_rules_changes_no_answer() {
    let books: Vec<Book> = books().into_iter().map(|(_, book)| book).collect();
    let seed = proptest::option::weighted(0.8, any::<(u8, u8, bool)>());
    let rows = prop::collection::vec(prop::collection::vec(seed, 30..60), 2..6);
    TestRunner::new(ProptestConfig { cases: 30, ..ProptestConfig::default() })
        .run(&rows, |rows| {
            for book in &books {
                let facts: Vec<Facts> = rows.iter().map(|seeds| facts(book, seeds)).collect();
                let turned_rows: Vec<Facts> = facts.iter().rev().cloned().collect();
                let mut turned_book = book.clone();
                turned_book.rules.reverse();
                let (there, back) = (table(book, &facts), table(book, &turned_rows));
                for subject in book.subjects.iter().map(|subject| subject.id.as_str()) {
                    let there = Sieve::new(book, subject, &Settings::new(), &there).run();
                    let back = Sieve::new(&turned_book, subject, &Settings::new(), &back).run();
                    for row in 0..facts.len() {
                        let other = facts.len() - 1 - row;
                        prop_assert_eq!(there.obligation(row), back.obligation(other));
                        prop_assert_eq!(there.needs_decision(row), back.needs_decision(other));
                        for level in 0..book.levels.len() {
                            prop_assert_eq!(there.possibility(level, row), back.possibility(level, other));
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn groups_are_counted_wherever_their_rows_stand() {
    let (_, book) = books().into_iter().find(|(name, _)| name == "party-2018-qd132").unwrap();
    let rows: Vec<Facts> = (0_usize..9000)
        .map(|row| {
            let mut facts = Facts::new();
            if row % 7 != 0 {
                facts.insert("disciplined_in_year".to_owned(), Value::Boolean(row % 5 == 0));
            }
            facts
        })
        .collect();
    let table = table(&book, &rows);
    let sieve = Sieve::new(&book, "member", &Settings::new(), &table);
    let disciplined = sieve.rules().iter().position(|rule| book.rules[*rule].id == "member-disciplined").unwrap();
    let together: Vec<u32> = (0..9000).map(|row| row / 1000).collect();
    let scattered: Vec<u32> = (0..9000).map(|row| row % 9).collect();
    for groups in [together, scattered] {
        let tally = sieve.tally(&groups);
        for group in 0..9 {
            let own = || rows.iter().zip(&groups).filter(|(_, own)| **own == group).map(|(facts, _)| facts);
            let certain = own().filter(|facts| facts.get("disciplined_in_year") == Some(&Value::Boolean(true))).count();
            let unknown = own().filter(|facts| facts.is_empty()).count();
            let counted = tally.of(group as usize, disciplined);
            assert_eq!((counted.0 as usize, counted.1 as usize), (certain, unknown));
        }
        assert_eq!(tally.total(disciplined), (1542, 1286));
    }
    let mut hits = 0;
    sieve.hits(&mut |row, mask| {
        if mask >> disciplined & 1 == 1 {
            assert_eq!(rows[row].get("disciplined_in_year"), Some(&Value::Boolean(true)));
            hits += 1;
        }
    });
    assert_eq!(hits, 1542);
}
