//! Each of the acceptance scenarios is a case of a rule book, a story told by a test, or left to a later capability.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Acceptance scenarios, numbered from 1.
const LAST: u32 = 60;

/// What is not to be told yet, and why.
const LATER: [(u32, &str); 2] = [
    (52, "the ballot on screen comes later; on paper only totals are entered and stored"),
    (53, "cancelling an issued level outside a round of re-examination comes with petitions and recall"),
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below a folder whose name ends so.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|one| one == ending) {
            found.push(path);
        }
    }
}

fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split(|one: char| !one.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

/// `scenarios = [12, 36]` in the cases of the books.
fn cases() -> BTreeSet<u32> {
    let mut found = Vec::new();
    files(&repository().join("rulebooks"), "toml", &mut found);
    let texts = found.iter().map(|path| std::fs::read_to_string(path).unwrap());
    let lines: Vec<String> = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    lines
        .iter()
        .filter(|line| line.starts_with("scenarios"))
        .flat_map(|line| numbers(line).collect::<Vec<_>>())
        .collect()
}

/// Scenarios that a line of a test names: its doc comment up to the first stop, or the name of the function.
fn named(line: &str) -> Vec<u32> {
    let line = line.trim();
    if let Some((_, name)) = line.split_once("fn scenario_") {
        return numbers(name).take(1).collect();
    }
    let comment = ["///", "//!"].iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or_default();
    let Some((_, after)) = comment.split_once("cenario") else { return Vec::new() };
    let listed = after.split(['.', ':', ')']).next().unwrap_or_default();
    numbers(listed).filter(|number| (1..=LAST).contains(number)).collect()
}

/// Scenarios by the tests of the crates that tell them.
fn stories() -> BTreeSet<u32> {
    let mut found = Vec::new();
    for name in ["application", "rules", "web"] {
        files(&repository().join("crates").join(name).join("tests"), "rs", &mut found);
    }
    let others = found.iter().filter(|path| !path.ends_with("application/tests/it/scenarios.rs"));
    let texts = others.map(|path| std::fs::read_to_string(path).unwrap());
    texts.flat_map(|text| text.lines().flat_map(named).collect::<Vec<_>>()).collect()
}

#[test]
fn every_scenario_is_a_case_a_story_or_left_to_later_with_a_reason() {
    let (cases, stories, later) = (cases(), stories(), BTreeMap::from(LATER));
    let told = |number: &u32| cases.contains(number) || stories.contains(number);
    let untold: Vec<u32> = (1..=LAST).filter(|number| !told(number) && !later.contains_key(number)).collect();
    assert_eq!(untold, Vec::<u32>::new(), "neither a case nor a story");
    let idle: Vec<&u32> = later.keys().filter(|number| told(number)).collect();
    assert!(idle.is_empty(), "told by now, take them out of the list: {idle:?}");
}

#[test]
fn what_acts_of_people_play_out_is_told_by_a_story_and_not_by_cases_alone() {
    let acted =
        (1..=17).filter(|number| *number != 15).chain([36]).chain(41..=43).chain(46..=51).chain([55, 56, 59, 60]);
    let stories = stories();
    assert_eq!(acted.filter(|number| !stories.contains(number)).collect::<Vec<u32>>(), Vec::<u32>::new());
}

#[test]
fn a_comment_names_its_scenarios_before_the_first_stop_only() {
    assert_eq!(named("    /// Scenario 12, and scenario 36: of 15 people."), [12, 36]);
    assert_eq!(named("/// Scenarios 4 and 5."), [4, 5]);
    assert_eq!(named("//! Temporary activity elsewhere: the official cell is asked (scenario 9)."), [9]);
    assert_eq!(named("/// Scenario 7, since 2023."), [7]);
    assert_eq!(named("fn scenario_57_time_limits_to_answer() {"), [57]);
    assert_eq!(named("let scenario = 9;"), Vec::<u32>::new());
}
