//! Documents that stay true: every path exists, the glossary names what the code names, every decision is listed.

use xtask::markdown;
use xtask::source::Source;
use xtask::tree;

use super::assert_none;

#[test]
fn every_path_in_a_document_exists() {
    let papers = tree::files_ending("", ".md");
    assert!(papers.len() > 10);
    let problems: Vec<String> = papers.iter().flat_map(|path| markdown::broken(path)).collect();
    assert_none(&problems, "mend the document");
}

/// Endings of code and data that may name a document.
const ENDINGS: &[&str] = &["css", "html", "js", "rs", "sql", "toml"];

#[test]
fn every_document_that_code_or_data_names_exists() {
    let written = |path: &String| !path.starts_with("xtask/") && ENDINGS.contains(&tree::ending(path));
    let mut problems = Vec::new();
    for path in tree::files("").into_iter().filter(written) {
        for (number, line) in tree::text(&path).lines().enumerate() {
            let words = line.split(|c: char| !c.is_ascii_alphanumeric() && !"/.-_".contains(c));
            let named = words.filter(|word| word.starts_with("docs/") && tree::ending(word) == "md");
            let gone = named.filter(|word| !tree::exists(word));
            problems.extend(gone.map(|word| format!("{path}:{}: {word} does not exist", number + 1)));
        }
    }
    assert_none(&problems, "write the document, or mend its name");
}

/// The cells of every table row that gives a path in its fourth column.
fn glossary() -> Vec<Vec<String>> {
    let text = tree::text("docs/glossary.md");
    let rows = text.lines().filter(|line| line.starts_with('|') && !line.starts_with("|-") && !line.starts_with("| -"));
    let cells = rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
    cells.skip(1).collect()
}

#[test]
fn every_identifier_of_the_glossary_stands_where_it_says() {
    let rows = glossary();
    assert!(rows.len() > 40, "the glossary has {} rows", rows.len());
    let mut problems = Vec::new();
    for row in rows {
        let [term, _english, identifier, path, ..] = row.as_slice() else {
            problems.push(format!("{row:?} has too few columns"));
            continue;
        };
        let path = path.trim_matches('`');
        for identifier in identifier.split(',').map(|word| word.trim().trim_matches('`')).filter(|_| path != "–") {
            if !names(path, identifier) {
                problems.push(format!("{term}: {path} has no {identifier}"));
            }
        }
    }
    assert_none(&problems, "mend docs/glossary.md, or the name");
}

/// Whether the file, or a file of the folder, has this word in its code or data.
fn names(path: &str, identifier: &str) -> bool {
    let files = if tree::root().join(path).is_dir() { tree::files(path) } else { vec![path.to_owned()] };
    files.iter().any(|file| {
        let text = tree::text(file);
        let code = if tree::ending(file) == "rs" {
            let source = Source::of(file, &text);
            let literals: Vec<&str> = source.literals.iter().map(|literal| literal.text.as_str()).collect();
            format!("{}\n{}", source.code, literals.join("\n"))
        } else {
            text
        };
        let mut words = code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
        words.any(|word| word == identifier)
    })
}

#[test]
fn every_decision_is_listed_and_says_what_a_decision_says() {
    let list = tree::text("docs/adr/README.md");
    let decisions = tree::files_ending("docs/adr", ".md").into_iter().filter(|path| !path.ends_with("README.md"));
    let mut problems = Vec::new();
    let mut numbers = Vec::new();
    for path in decisions {
        let name = path.rsplit('/').next().unwrap_or_default();
        if !list.contains(&format!("]({name})")) {
            problems.push(format!("{path} is not linked from docs/adr/README.md"));
        }
        let text = tree::text(&path);
        let parts = ["Status", "Context", "Decision", "Price", "How we would notice that it was wrong"];
        let missing = parts.iter().filter(|part| !text.lines().any(|line| line == format!("## {part}")));
        problems.extend(missing.map(|part| format!("{path} lacks \"## {part}\"")));
        numbers.push(name.chars().take(4).collect::<String>());
    }
    let distinct: std::collections::BTreeSet<&String> = numbers.iter().collect();
    assert_eq!(distinct.len(), numbers.len(), "two decisions have the same number: {numbers:?}");
    assert_none(&problems, "status, context, decision, price, and how we would notice");
}

#[test]
fn the_readme_names_the_two_commands_and_the_build_server_runs_the_second() {
    for path in ["README.md", "README.vi.md"] {
        let text = tree::text(path);
        assert!(text.contains("\ncargo run --release -- demo\n"), "{path}");
        assert!(text.contains("\n.ci/test\n") || path != "README.md", "{path}");
    }
    assert!(tree::text(".ci/run").contains("/test\""));
}

#[test]
fn the_demonstration_stands_in_a_real_place() {
    let demo = tree::text("crates/application/src/demo/demo.toml");
    let place = demo.lines().find_map(|line| line.strip_prefix("place = \"")).unwrap().trim_end_matches('"');
    let communes = tree::text("assets/data/quang-ngai-before-2025-07.csv");
    assert!(communes.lines().any(|line| line.ends_with(&format!(" {place}\""))), "{place} is no commune of the list");
}
