//! The published tables of the examples, as `guong check` reads them.

use std::collections::BTreeMap;

use application::checks::{Checked, SourceRow, check};

use crate::it::story::library;

const PUBLISHED: &str = include_str!("../../../../examples/published-results.csv");

/// Rows of a text of comma-separated values; quotes around a cell may hold commas.
fn rows(text: &str) -> Vec<SourceRow> {
    let cells = |line: &str| {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        (1_u32..).zip(cells).filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>()
    };
    (1_u32..).zip(text.lines()).map(|(row, line)| SourceRow { sheet: 1, row, cells: cells(line) }).collect()
}

fn checked(text: &str) -> Checked {
    check(&library(), rows(text)).unwrap()
}

/// Code, column and sentence of every finding of a row, one a line.
fn of_row(checked: &Checked, id: &str) -> String {
    let row = checked.rows.iter().find(|row| row.id == id).unwrap();
    let finding = |found: &application::checks::Found| {
        let cited = found.citation.as_ref().map_or_else(String::new, |citation| format!(" [{}]", citation.vi));
        format!("{} {} {}: {}{cited}", found.severity, found.code, found.column, found.message.vi)
    };
    row.findings.iter().map(finding).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_published_tables_are_found_wrong_where_they_are() {
    let checked = checked(PUBLISHED);
    let ids: BTreeMap<&str, String> = checked.rows.iter().map(|row| (row.id.as_str(), of_row(&checked, &row.id))).collect();
    let shown: Vec<String> = ids.iter().map(|(id, findings)| format!("{id}\n{findings}")).collect();
    insta::assert_snapshot!(shown.join("\n\n"), @"");
    assert!(checked.breaks_a_rule());
}
