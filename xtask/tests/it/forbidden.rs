//! What must not stand in the code, or only in one place.

use std::collections::BTreeSet;

use xtask::allow;
use xtask::source::{Literal, Source, sources};
use xtask::tree;

use super::assert_none;

/// Levels and grades as rule books name them, whole literals.
const LEVELS: &[&str] = &["excellent", "fulfilled", "good", "not_fulfilled", "outstanding", "poor"];

/// Pieces of numbers of regulations, guidances and forms.
const LAW: &[&str] = &["-QĐ/TW", "-HD/BTCTW", "-HD/VPTW", "-HD/UBKTTW", "/NĐ-CP", "-TT/TW"];

/// Words before a number that make it an article, a clause or a form.
const NUMBERED: &[&str] = &["Mẫu ", "Mẫu số ", "Điều ", "Khoản ", "khoản ", "điểm "];

/// Names of what this product never computes or keeps: a judgement of what somebody thinks, or of who voted how.
const NEVER: &[&str] = &[
    "attitude_score", "loyalty", "opinion_score", "personality", "political_score", "predicted_level",
    "ranking_of_voters", "risk_score", "sentiment", "social_score", "trust_score", "voter_rank", "vote_of_person",
];

/// Crates that know the law only by reading it.
const LAWLESS: &[&str] =
    &["crates/domain/src", "crates/application/src", "crates/documents/src", "crates/store/src", "crates/web/src"];

#[test]
fn sql_stands_only_in_the_store() {
    let mut problems = Vec::new();
    for source in sources("crates").iter().filter(|source| !source.path.starts_with("crates/store/")) {
        let found = source.literals.iter().filter(|literal| is_sql(&literal.text));
        problems.extend(found.map(|literal| place(source, literal)));
    }
    assert_none(&problems, "move the statement into crates/store");
}

fn is_sql(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    (has("SELECT") && (has("FROM") || words.len() < 4))
        || (has("INSERT") && has("INTO"))
        || (has("UPDATE") && has("SET"))
        || (has("DELETE") && has("FROM"))
        || (["CREATE", "ALTER", "DROP"].iter().any(|verb| has(verb)) && has("TABLE"))
        || has("PRAGMA")
}

#[test]
fn sql_is_known_when_it_is_seen() {
    for text in [
        "SELECT 1",
        "SELECT a, b FROM c WHERE d = $1",
        "INSERT INTO a VALUES ($1)",
        "UPDATE a\n   SET b = 1",
        "PRAGMA wal",
    ] {
        assert!(is_sql(text), "{text}");
    }
    for text in ["Select a file", "SELECT the best of many words", "update", "DELETE"] {
        assert!(!is_sql(text), "{text}");
    }
    assert!(
        sources("crates/store/src").iter().flat_map(|source| &source.literals).any(|literal| is_sql(&literal.text))
    );
}

#[test]
fn levels_and_numbers_of_the_law_are_data() {
    let allowed = allow::list("law-words");
    let mut problems = Vec::new();
    for source in LAWLESS.iter().flat_map(|folder| sources(folder)) {
        for literal in &source.literals {
            let words = law_words(&literal.text);
            let found = words.into_iter().filter(|word| !allowed.iter().any(|line| line.covers(&source.path, word)));
            problems.extend(found.map(|word| format!("{} ({word})", place(&source, literal))));
        }
    }
    for path in ["crates/web/src", "locales"].iter().flat_map(|folder| tree::files(folder)) {
        if !["ftl", "html"].contains(&tree::ending(&path)) {
            continue;
        }
        for (number, line) in tree::text(&path).lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let words = law_words(line);
            let found = words.into_iter().filter(|word| !allowed.iter().any(|line| line.covers(&path, word)));
            problems.extend(found.map(|word| format!("{path}:{}: {} ({word})", number + 1, line.trim())));
        }
    }
    assert_none(&problems, "read it from the rule book or the form, or give a reason in xtask/allow/law-words.txt");
}

fn law_words(text: &str) -> Vec<&'static str> {
    let followed_by_digit = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            // "Nguyễn Văn Mẫu 01" is a sample person, "theo Mẫu 02" a form.
            let before = text[..at].split_whitespace().next_back().unwrap_or_default();
            let person = before.starts_with(char::is_uppercase);
            !person && text[at + word.len()..].starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let levels = LEVELS.iter().filter(|word| **word == text);
    let law = LAW.iter().filter(|word| text.contains(**word));
    let numbered = NUMBERED.iter().filter(|word| followed_by_digit(word));
    levels.chain(law).chain(numbered).copied().collect()
}

#[test]
fn law_in_a_literal_is_seen() {
    assert_eq!(law_words("excellent"), ["excellent"]);
    assert_eq!(law_words("theo Điều 12, 132-QĐ/TW"), ["-QĐ/TW", "Điều "]);
    assert_eq!(law_words("theo Mẫu 02"), ["Mẫu "]);
    for harmless in ["an excellent idea", "Điều này", "Nguyễn Văn Mẫu 01"] {
        assert!(law_words(harmless).is_empty(), "{harmless}");
    }
}

#[test]
fn what_people_read_stands_in_locales_and_not_in_pages() {
    let foreign = |text: &str| text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let mut problems = Vec::new();
    for path in tree::files_ending("crates/web/src", ".html") {
        for (number, line) in tree::text(&path).lines().enumerate().filter(|(_, line)| foreign(line)) {
            problems.push(format!("{path}:{}: {}", number + 1, line.trim()));
        }
    }
    for source in sources("crates/web/src/pages") {
        let found = source.literals.iter().filter(|literal| foreign(&literal.text));
        problems.extend(found.map(|literal| place(&source, literal)));
    }
    assert_none(&problems, "give it a key in locales/vi and locales/en");
}

#[test]
fn every_line_of_an_allow_list_has_a_reason_and_a_use() {
    let lists = ["documents-in-web", "law-words", "long-files", "store-in-application"];
    for line in lists.iter().flat_map(|name| allow::list(name)) {
        assert!(line.reason.len() > 10, "{line:?} gives no reason");
        assert!(tree::exists(&line.path), "{line:?} names no file");
    }
}

#[test]
fn nobodys_opinion_is_scored() {
    let mut problems = Vec::new();
    for source in sources("crates") {
        let words = source.words().map(|(line, word)| (line, word.to_lowercase()));
        let names = source.literals.iter().filter(|literal| !literal.text.contains(' '));
        let names = names.map(|literal| (literal.line, literal.text.to_lowercase()));
        let found = words.chain(names).filter(|(_, word)| NEVER.iter().any(|never| word.contains(never)));
        problems.extend(found.map(|(line, word)| format!("{}:{line}: {word}", source.path)));
    }
    for path in tree::files_ending("crates", ".sql") {
        let text = tree::text(&path).to_lowercase();
        problems.extend(NEVER.iter().filter(|never| text.contains(**never)).map(|never| format!("{path}: {never}")));
    }
    assert_none(&problems, "this is never computed and never kept: see SECURITY.md");
}

#[test]
fn a_workbook_is_never_read_into_memory_whole() {
    let mut problems = Vec::new();
    for source in sources("crates") {
        let found = source.words().filter(|(_, word)| word.starts_with("worksheet_range"));
        problems.extend(found.map(|(line, word)| format!("{}:{line}: {word}", source.path)));
    }
    assert_none(&problems, "a small file can claim billions of cells: use the streaming cell reader");
}

#[test]
fn nothing_refers_to_what_is_not_in_the_repository() {
    let outside = [["..", "/shared"].concat(), ["/work", "/"].concat(), ["/tmp", "/bash_jobs"].concat()];
    let mut problems = Vec::new();
    for path in tree::files("").iter().filter(|path| *path != "LICENSE" && !path.ends_with(".snap.new")) {
        for (number, line) in tree::text(path).lines().enumerate() {
            if outside.iter().any(|word| line.contains(word.as_str())) {
                problems.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_none(&problems, "whoever clones the repository has only the repository");
}

fn place(source: &Source, literal: &Literal) -> String {
    let start: String = literal.text.chars().take(60).collect();
    format!("{}:{}: \"{start}\"", source.path, literal.line)
}

#[test]
fn every_act_in_the_history_of_a_review_has_words() {
    let listed = |act: &str| {
        let about = ["review.", "self_review.", "notice.", "conclusion.", "paper.number"];
        about.iter().any(|start| act.starts_with(start)) || act.ends_with(".level_cleared")
    };
    let is_act = |text: &str| text.contains('.') && text.bytes().all(|b| b.is_ascii_lowercase() || b"._".contains(&b));
    let acts = sources("crates/application/src/acts");
    let acts = acts.iter().flat_map(|source| source.literals.iter().map(|literal| literal.text.as_str()));
    let acts: BTreeSet<&str> = acts.filter(|text| is_act(text) && listed(text)).collect();
    assert!(acts.len() > 20, "{acts:?}");
    let mut problems = Vec::new();
    for language in ["vi", "en"] {
        let words = tree::text(&format!("locales/{language}/history.ftl"));
        for act in &acts {
            let key = format!("history-act-{}", act.replace(['.', '_'], "-"));
            if !words.lines().any(|line| line.starts_with(&format!("{key} = "))) {
                problems.push(format!("locales/{language}/history.ftl: {key}"));
            }
        }
    }
    assert_none(&problems, "say in both languages what was done");
}
