//! The table of what stands where: every name in it exists in the book it is said of.

use std::collections::{BTreeMap, BTreeSet};

use rules::Book;

use super::folder::{books, read, repository};

/// Every id by which a book names one of its parts.
fn names(book: &Book) -> BTreeSet<&str> {
    let mut names: BTreeSet<&str> = book.rules.iter().map(|one| one.id.as_str()).collect();
    names.extend(book.settings.iter().map(|one| one.name.as_str()));
    names.extend(book.quotas.iter().map(|one| one.id.as_str()));
    names.extend(book.order.iter().map(|one| one.id.as_str()));
    names.extend(book.steps.iter().map(|one| one.id.as_str()));
    names.extend(book.quarter_steps.iter().map(|one| one.id.as_str()));
    names.extend(book.majorities.iter().map(|one| one.id.as_str()));
    names.extend(book.reply_limits.iter().map(|one| one.id.as_str()));
    names.extend(book.remediation.iter().map(|one| one.id.as_str()));
    names.extend(book.consequence_rules.iter().map(|one| one.id.as_str()));
    names.extend(book.provisions.iter().map(|one| one.id.as_str()));
    names.extend(book.points.frames.iter().map(|one| one.id.as_str()));
    names.extend(book.points.component_sets.iter().map(|one| one.id.as_str()));
    names.extend(book.points.means.iter().map(|one| one.id.as_str()));
    names
}

/// Names in backquotes, per heading.
fn said() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(repository().join("rulebooks/COVERAGE.md")).unwrap();
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut book = String::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut book);
        } else if !book.is_empty() {
            let quoted = line.split('`').skip(1).step_by(2).map(str::to_owned);
            said.entry(book.clone()).or_default().extend(quoted);
        }
    }
    said
}

#[test]
fn every_name_in_the_table_of_coverage_exists_in_its_book() {
    let said = said();
    let books = books();
    assert_eq!(said.keys().collect::<Vec<_>>(), books.iter().map(|(name, _)| name).collect::<Vec<_>>());
    let mut absent = Vec::new();
    for (name, book) in &books {
        let (names, files) = (names(book), read(&repository().join("rulebooks").join(name)));
        let known = |one: &&String| names.contains(one.as_str()) || files.contains_key(*one);
        absent.extend(said[name].iter().filter(|one| !known(one)).map(|one| format!("{name}: {one}")));
    }
    assert_eq!(absent, Vec::<String>::new());
}

#[test]
fn every_rule_setting_cap_and_frame_stands_in_the_table() {
    let said = said();
    let mut absent = Vec::new();
    for (name, book) in books() {
        let mut wanted: BTreeSet<&str> = book.rules.iter().map(|one| one.id.as_str()).collect();
        wanted.extend(book.settings.iter().map(|one| one.name.as_str()));
        wanted.extend(book.quotas.iter().map(|one| one.id.as_str()));
        wanted.extend(book.points.frames.iter().map(|one| one.id.as_str()));
        wanted.extend(book.consequence_rules.iter().map(|one| one.id.as_str()));
        let told: BTreeSet<&str> = said[&name].iter().map(String::as_str).collect();
        absent.extend(wanted.difference(&told).map(|one| format!("{name}: {one}")));
    }
    assert_eq!(absent, Vec::<String>::new());
}
