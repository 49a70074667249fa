use std::collections::BTreeSet;

use sqlx::{Executor, SqlSafeStr};

use crate::it::testdb::Raw;

on_both! {
    async fn every_statement_is_prepared(t: &TestDb) {
        let mut raw = t.raw().await;
        let mut problems = Vec::new();
        for statement in store::all_statements() {
            let prepared = match &mut raw {
                Raw::Lite(raw) => raw.prepare(statement.lite.into_sql_str()).await.err(),
                Raw::Pg(raw) => raw.prepare(statement.pg.into_sql_str()).await.err(),
            };
            problems.extend(prepared.map(|error| format!("{}: {error}", statement.name)));
        }
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

#[test]
fn every_statement_stays_in_one_hierarchy() {
    let mut problems = Vec::new();
    for statement in store::all_statements().into_iter().filter(|statement| !statement.across) {
        for text in [statement.lite, statement.pg] {
            problems.extend(leaves_hierarchy(text).map(|why| format!("{}: {why}", statement.name)));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// What lets a statement see rows of another hierarchy. Reads words only: enough for statements as we write them.
fn leaves_hierarchy(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if let Some(rest) = text.strip_prefix("INSERT INTO ") {
        let first = rest.split('(').nth(1).and_then(|columns| columns.split([',', ')']).next());
        if first != Some("root_id") {
            return Some("its first column is not root_id".to_owned());
        }
        if text.contains("VALUES ($1") {
            return None;
        }
    }
    // Each SELECT, UPDATE and DELETE compares root_id with $1 …
    let questions = words.iter().filter(|word| matches!(word.trim_start_matches('('), "SELECT" | "UPDATE" | "DELETE"));
    let set_clauses = text.matches("DO UPDATE").count() + text.matches("FOR UPDATE").count();
    if text.matches("root_id = $1").count() < questions.count() - set_clauses {
        return Some("a part of it does not compare root_id with $1".to_owned());
    }
    // … and each joined table brings its own.
    let joins = text
        .split(" JOIN ")
        .skip(1)
        .filter(|join| !join.split(" WHERE ").next().unwrap_or_default().contains("root_id = "));
    joins.map(|join| format!("JOIN {} does not join root_id", join.split(' ').next().unwrap_or_default())).next()
}

#[test]
fn a_statement_that_leaves_its_hierarchy_is_seen() {
    for text in [
        "SELECT * FROM unit WHERE unit_id = $1",
        "INSERT INTO unit (unit_id, root_id) VALUES ($1, $2)",
        "SELECT * FROM post p JOIN unit u ON u.unit_id = p.unit_id WHERE p.root_id = $1",
        "DELETE FROM session WHERE root_id = $1 AND session_hash = (SELECT session_hash FROM session)",
    ] {
        assert!(leaves_hierarchy(text).is_some(), "{text}");
    }
}

#[test]
fn statements_have_names_of_their_own_within_a_file_and_texts_of_their_own_everywhere() {
    let statements = store::all_statements();
    let texts: BTreeSet<&str> = statements.iter().map(|statement| statement.pg).collect();
    assert_eq!(texts.len(), statements.len(), "a statement stands twice");
}

#[test]
fn every_file_with_statements_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = std::fs::read_to_string(folder.join("lib.rs")).unwrap();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = if path.is_dir() { path.join("mod.rs") } else { path };
        let text = std::fs::read_to_string(text).unwrap();
        if name != "sql" && text.contains("statements! {") {
            assert!(lib.contains(&format!("{name}::STATEMENTS")), "{name}.rs is missing in all_statements()");
        }
    }
}
