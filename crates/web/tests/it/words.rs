//! Every key that is used exists in both languages, and nothing in one language is missing in the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Files below a folder of this crate with this ending: path and text.
pub fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(folder).to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.to_string_lossy().ends_with(ending) {
                found.push((entry.display().to_string(), std::fs::read_to_string(&entry).expect("text")));
            }
        }
    }
    found.sort();
    found
}

/// Key → its placeholders.
fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for (path, text) in files(&format!("../../locales/{language}"), ".ftl") {
        let mut last = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if !line.starts_with(' ') {
                let (key, _) = line.split_once(" =").unwrap_or_else(|| panic!("{path}: {line}"));
                last = key.to_owned();
                assert!(keys.insert(last.clone(), BTreeSet::new()).is_none(), "{path}: {key} stands twice");
            }
            let named = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect::<String>()
            });
            keys.get_mut(&last).expect("a key before").extend(named);
        }
    }
    keys
}

/// Everything between two quotes, and also what lies between two literals: it does not look like a key.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1)
}

fn is_key(word: &str, areas: &BTreeSet<String>) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let area = areas
        .iter()
        .any(|area| word.strip_prefix(area.as_str()).is_some_and(|rest| rest.starts_with('-') && rest.len() > 1));
    area && word.chars().all(plain) && !word.ends_with('-')
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_places_to_fill() {
    let (vi, en) = (keys("vi"), keys("en"));
    let only = |one: &BTreeMap<String, BTreeSet<String>>, other: &BTreeMap<String, BTreeSet<String>>| {
        one.keys().filter(|key| !other.contains_key(*key)).cloned().collect::<Vec<_>>()
    };
    assert_eq!((only(&vi, &en), only(&en, &vi)), (Vec::new(), Vec::new()), "only in vi, only in en");
    for (key, places) in &vi {
        assert_eq!(places, &en[key], "{key}");
    }
}

#[test]
fn every_key_that_pages_and_code_use_has_words() {
    let known = keys("vi");
    let areas: BTreeSet<String> = known
        .keys()
        .filter(|key| !key.starts_with("refusal-"))
        .map(|key| key.split('-').next().unwrap_or_default().to_owned())
        .collect();
    let mut missing = Vec::new();
    for (path, text) in files("src", ".rs").into_iter().chain(files("src", ".html")) {
        // An identifier of HTML or a class may look like a key.
        for word in literals(&text).filter(|word| is_key(word, &areas)) {
            let markup = [
                format!("id=\"{word}\""),
                format!("class=\"{word}\""),
                format!("for=\"{word}\""),
                format!("name=\"{word}\""),
            ];
            let labelled = text.contains(&format!("aria-labelledby=\"{word}\""));
            if !known.contains_key(word) && !labelled && !markup.iter().any(|form| text.contains(form.as_str())) {
                missing.push(format!("{path}: {word}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "keys without words");
}

/// Tests, and the findings of published tables: those carry their words with them in both languages.
fn says_it_itself(path: &str) -> bool {
    path.contains("tests") || path.contains("application/src/checks")
}

/// Looks like a code and is where the codes of warnings begin.
const FIRST_WARNING: &str = "ROSTER-100";

#[test]
fn every_refusal_says_what_is_wrong_and_what_to_do() {
    let known = keys("vi");
    let mut missing = BTreeSet::new();
    for folder in ["src", "../domain/src", "../application/src", "../documents/src"] {
        for (path, text) in files(folder, ".rs").into_iter().filter(|(path, _)| !says_it_itself(path)) {
            for word in literals(&text).filter(|word| *word != FIRST_WARNING) {
                let parts = word.split_once('-').filter(|(area, number)| {
                    area.len() > 2
                        && area.bytes().all(|byte| byte.is_ascii_uppercase())
                        && number.len() == 3
                        && number.bytes().all(|byte| byte.is_ascii_digit())
                });
                for key in parts.iter().flat_map(|_| [format!("refusal-{word}"), format!("refusal-{word}-do")]) {
                    if !known.contains_key(&key) {
                        missing.insert(format!("{path}: {key}"));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "refusals without words:\n{}", missing.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_reader_is_addressed_as_in_an_official_paper() {
    for (path, text) in files("../../locales/vi", ".ftl") {
        for line in text.lines() {
            let familiar = line.to_lowercase().split(|letter: char| !letter.is_alphabetic()).any(|word| word == "bạn");
            assert!(!familiar, "{path}: {line}: say đồng chí");
        }
    }
}
