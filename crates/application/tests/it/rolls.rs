//! Tables of people and units in the layouts of offices, each with what has to be found in it.

use std::path::{Path, PathBuf};

use application::checks::grid::{Grid, Sheet};
use application::checks::roll::{Asked, Breach, Kind, RollReport, examine, guess};

use crate::it::story::library;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables")
}

/// Cells of a line; quotes around a cell may hold separators.
fn cells(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == separator && !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

fn grid(text: &str) -> Grid {
    let separator = if text.lines().next().unwrap().contains(';') { ';' } else { ',' };
    let mut sheet = Sheet::default();
    for (number, line) in (1_u32..).zip(text.lines()) {
        let cells = cells(line, separator);
        if cells.iter().any(|cell| !cell.is_empty()) {
            sheet.begin_row(number);
            (1_u32..).zip(cells).for_each(|(column, cell)| sheet.push(column, cell.trim(), false));
        }
    }
    Grid { sheets: vec![sheet] }
}

/// The lines `name = value` with which an expectation begins.
fn asked(expected: &str) -> (Asked, String) {
    let mut asked = Asked::default();
    let mut said = Vec::new();
    for line in expected.lines().take_while(|line| line.contains(" = ")) {
        let (name, value) = line.split_once(" = ").unwrap();
        match name {
            "period" => asked.period = Some(value.to_owned()),
            "subject" => asked.subject = Some(value.to_owned()),
            "kind" => asked.kind = Some(if value == "unit" { Kind::Unit } else { Kind::Person }),
            "set" => asked.settings.extend(value.split_once('=').map(|(name, value)| (name.into(), value.into()))),
            other => panic!("{other}"),
        }
        said.push(line);
    }
    (asked, said.join("\n"))
}

fn told(report: &RollReport) -> String {
    let columns = report.head.mapping.columns.iter().map(|column| format!("{} {}", column.at, column.means));
    let finding = |one: &Breach| {
        let place = if one.row == 0 { one.who.clone() } else { format!("{}{}", one.column, one.row) };
        format!("{} {} {place} {}", one.severity, one.kind, one.rule).trim_end().to_owned()
    };
    let columns: Vec<String> = columns.collect();
    let findings: Vec<String> = report.breaches.iter().map(finding).collect();
    format!("{}\n\n{}", columns.join("\n"), findings.join("\n"))
}

#[test]
fn every_sample_table_is_read_and_found_wrong_where_it_is() {
    let library = library();
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    names.sort();
    assert!(names.len() >= 6);
    let mut wrong = Vec::new();
    for table in names {
        let expected = std::fs::read_to_string(table.with_extension("expected.txt")).unwrap();
        let (asked, said) = asked(&expected);
        let grid = grid(&std::fs::read_to_string(&table).unwrap());
        let mapping = guess(&library, &grid, &asked).unwrap_or_else(|error| panic!("{}: {error}", table.display()));
        let report = examine(&library, &grid, &mapping, None).unwrap();
        let found = format!("{said}\n\n{}\n", told(&report));
        if found != expected {
            wrong.push(format!("{}\n{found}", table.display()));
        }
    }
    assert!(wrong.is_empty(), "found otherwise:\n{}", wrong.join("\n---\n"));
}
