//! Every rule book of the repository.

use std::collections::BTreeSet;

use rules::book::Period;
use rules::check::check;
use rules::{Book, Kind, Shelf, Text, load};

use super::folder::{books, read, repository};

#[test]
fn every_situation_comes_out_as_written() {
    for (name, book) in books() {
        let report = check(&book);
        let found: Vec<String> = report.failures.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
        assert!(report.cases > 0, "{name} has no situations");
    }
}

#[test]
fn every_rule_fires_in_one_situation_and_stays_silent_in_another() {
    for (name, book) in books() {
        let found: Vec<String> = check(&book).unexercised.iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
}

#[test]
fn the_folder_of_a_book_bears_its_id() {
    for (name, book) in books() {
        assert_eq!(name, book.id);
    }
}

#[test]
fn exactly_one_book_governs_each_day_of_a_matter() {
    let shelf = Shelf::new(books().into_iter().map(|(_, book)| book));
    let flaws = shelf.coverage();
    assert!(flaws.is_empty(), "{flaws:?}");
    let day = "2022-12-31".parse().unwrap();
    assert_eq!(shelf.governing("party", day).map(|book| book.id.as_str()), Some("party-2018-qd132"));
}

#[test]
fn a_later_book_takes_over_from_one_without_a_last_day() {
    let (_, open) = books().into_iter().find(|(name, _)| name == "party-2025-qd366").unwrap();
    let book = |id: &str, from: &str, until: Option<&str>| {
        let mut book = open.clone();
        id.clone_into(&mut book.id);
        book.periods = vec![Period { from: from.parse().unwrap(), until: until.map(|day| day.parse().unwrap()) }];
        book
    };
    let codes = |books: &[Book]| {
        let flaws = Shelf::new(books.iter().cloned()).coverage();
        flaws.iter().map(|flaw| flaw.code).collect::<Vec<_>>()
    };
    let next = book("next", "2027-01-01", None);
    let shelf = Shelf::new([open.clone(), next.clone()]);
    assert!(shelf.coverage().is_empty());
    let on = |day: &str| shelf.governing("party", day.parse().unwrap()).map(|book| book.id.clone());
    assert_eq!(on("2026-12-31").as_deref(), Some("party-2025-qd366"));
    assert_eq!(on("2027-01-01").as_deref(), Some("next"));
    assert_eq!(on("2024-12-31"), None);
    // A book that was taken over does not come back when the later one ends.
    let passing = Shelf::new([open.clone(), book("passing", "2027-01-01", Some("2027-12-31"))]);
    assert!(passing.governing("party", "2028-01-01".parse().unwrap()).is_none());
    assert_eq!(codes(&[open.clone(), book("same", "2025-01-01", None)]), ["BOOK-082"]);
    assert_eq!(codes(&[book("ended", "2025-01-01", Some("2027-06-30")), next.clone()]), ["BOOK-082"]);
    assert_eq!(codes(&[book("ended", "2025-01-01", Some("2026-11-30")), next]), ["BOOK-081"]);
}

#[test]
fn every_text_for_people_stands_in_both_languages() {
    for (name, book) in books() {
        let mut texts: Vec<Text> = book.rules.iter().map(|rule| rule.message.written()).collect();
        texts.extend(book.facts.iter().map(|fact| fact.label.clone()));
        texts.extend(book.levels.iter().chain(&book.grades).map(|level| level.title.clone()));
        texts.extend(book.settings.iter().map(|setting| setting.title.clone()));
        texts.extend(book.steps.iter().map(|step| step.title.clone()));
        texts.extend(book.cases.iter().map(|case| case.title.clone()));
        texts.extend(book.quarter_steps.iter().map(|step| step.title.clone()));
        texts.extend(book.provisions.iter().map(|provision| provision.message.clone()));
        texts.extend(book.consequence_rules.iter().map(|rule| rule.message.clone()));
        texts.extend(book.prompt_grounds.iter().map(|ground| ground.title.clone()));
        texts.extend(book.points.frames.iter().map(|frame| frame.title.clone()));
        let groups = book.points.frames.iter().flat_map(|frame| &frame.groups);
        texts.extend(groups.flat_map(|group| group.criteria.iter().map(|one| one.title.clone())));
        for text in texts {
            assert!(!text.vi.trim().is_empty() && !text.en.trim().is_empty(), "{name}: {text:?}");
        }
    }
}

#[test]
fn ids_and_codes_of_rules_mean_the_same_in_every_book() {
    let mut pairs = BTreeSet::new();
    for (_, book) in books() {
        pairs.extend(book.rules.iter().map(|rule| (rule.id.clone(), rule.code.clone())));
        pairs.extend(book.consequence_rules.iter().map(|rule| (rule.id.clone(), rule.code.clone())));
    }
    let ids: BTreeSet<_> = pairs.iter().map(|(id, _)| id).collect();
    let codes: BTreeSet<_> = pairs.iter().map(|(_, code)| code).collect();
    assert_eq!((ids.len(), codes.len()), (pairs.len(), pairs.len()));
}

#[test]
fn every_party_book_names_the_grounds_of_a_prompt_and_only_conclusions_call_for_one() {
    let of_party = |(name, _): &(String, Book)| name.starts_with("party-");
    for (name, book) in books().into_iter().filter(of_party) {
        let ids: Vec<&str> = book.prompt_grounds.iter().map(|ground| ground.id.as_str()).collect();
        let wanted = ["disunity", "party_rules", "state_law", "group_interest", "corruption", "public_outcry"];
        assert!(wanted.iter().all(|id| ids.contains(id)), "{name}: {ids:?}");
        let facts: Vec<&String> = book.prompt_grounds.iter().flat_map(|ground| &ground.facts).collect();
        assert!(!facts.is_empty(), "{name}");
        for fact in facts {
            let fact = book.fact(fact).unwrap();
            assert!(matches!(fact.kind, Kind::Boolean | Kind::Integer), "{name}: {} is no conclusion", fact.name);
            assert!(!fact.name.starts_with("grade."), "{name}: a grade is an opinion");
        }
    }
}

#[test]
fn a_ground_that_names_an_undeclared_fact_is_refused_with_its_file() {
    let mut files = read(&repository().join("rulebooks/party-2018-qd132"));
    let text = files.get_mut("prompts.toml").unwrap();
    *text = text.replace("concluded_disunity", "rumours");
    let flaws = load(&files).unwrap_err();
    assert!(flaws.iter().all(|flaw| flaw.file == "prompts.toml"), "{flaws:?}");
}
