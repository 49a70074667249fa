//! What was found, for a page, a terminal, a workbook, another program.

use std::collections::BTreeMap;

use application::checks::grid::{Grid, GridRow};
use application::checks::{Cap, Checked, Found, RowFindings, SourceRow, column_names};
use documents::workbook::{self, Book, Cell, Column, Mark, Sheet};
use domain::Day;

use crate::answer::Failure;
use crate::locale::Translator;

const FINDINGS_WIDTH: u16 = 80;
const COLUMN_WIDTH: u16 = 16;

/// Một dòng, in words.
pub struct Row {
    /// Row as seen in a spreadsheet.
    pub number: u32,
    /// Mark, place, year and subject.
    pub head: String,
    /// Rule book it was put to.
    pub book: String,
    /// What was found.
    pub findings: Vec<Line>,
    /// The cap under each reading.
    pub caps: Vec<String>,
}

/// Một phát hiện, in words.
pub struct Line {
    /// Kind of tag.
    pub tag: &'static str,
    /// How grave, in words.
    pub severity: String,
    /// Column it is about.
    pub column: String,
    /// What is so.
    pub message: String,
    /// Where the law stands.
    pub citation: String,
    /// Code of the rule of the book; empty when it is about none.
    pub rule: String,
    /// Where that rule stands in the browser.
    pub href: String,
    /// Code.
    pub code: String,
}

/// Where a rule stands in the browser.
pub(super) fn place_of(book: &str, rule: &str) -> String {
    format!("/quy-dinh/{book}#{rule}")
}

/// The rows of a grid, for a published table.
#[must_use]
pub fn source_rows(grid: &Grid) -> Vec<SourceRow> {
    let sheets = (1_u32..).zip(&grid.sheets);
    let row = |sheet: u32, row: GridRow<'_>| SourceRow {
        sheet,
        row: row.number(),
        cells: row.cells().map(|cell| (cell.column, cell.text.to_owned())).collect(),
    };
    sheets.flat_map(|(number, sheet)| sheet.rows().map(move |one| row(number, one))).collect()
}

/// Every row in words.
#[must_use]
pub fn rows(checked: &Checked, t: Translator) -> Vec<Row> {
    let columns = columns(checked);
    checked.rows.iter().map(|row| in_words(row, &columns, t)).collect()
}

fn in_words(row: &RowFindings, columns: &BTreeMap<String, String>, t: Translator) -> Row {
    let head = [&row.id, &row.place, &row.year, &row.subject].map(String::as_str);
    let head: Vec<&str> = head.into_iter().filter(|part| !part.is_empty()).collect();
    Row {
        number: row.row,
        head: head.join(" · "),
        book: row
            .rule_book
            .as_ref()
            .filter(|_| row.governs)
            .map_or_else(String::new, |book| book.get(t.locale().tag()).to_owned()),
        findings: row.findings.iter().map(|found| line(found, &row.book, columns, t)).collect(),
        caps: row.caps.iter().enumerate().map(|(place, cap)| cap_line(cap, place == 0, t)).collect(),
    }
}

fn line(found: &Found, book: &str, columns: &BTreeMap<String, String>, t: Translator) -> Line {
    let tag = match found.severity.as_str() {
        "error" => "bad",
        "warning" => "wait",
        _ => "go",
    };
    Line {
        tag,
        severity: t.get(&format!("checks-severity-{}", found.severity)),
        column: columns
            .get(&found.column)
            .cloned()
            .or_else(|| t.find(&format!("checks-column-{}", found.column)))
            .unwrap_or_else(|| found.column.clone()),
        message: found.message.get(t.locale().tag()).to_owned(),
        citation: found.citation.as_ref().map_or_else(String::new, |cited| cited.get(t.locale().tag()).to_owned()),
        rule: found.rule.clone(),
        href: place_of(book, &found.rule),
        code: found.code.clone(),
    }
}

pub(super) fn cap_line(cap: &Cap, chosen: bool, t: Translator) -> String {
    let reading = t.two(
        if chosen { "checks-reading-chosen" } else { "checks-reading" },
        "denominator",
        t.get(&format!("checks-denominator-{}", cap.denominator.replace('_', "-"))),
        "rounding",
        t.get(&format!("checks-rounding-{}", cap.rounding.replace('_', "-"))),
    );
    let outcome = if cap.over == 0 { t.get("checks-kept") } else { t.one("checks-over", "over", cap.over) };
    format!("{reading}: {} – {outcome}", cap.arithmetic.get(t.locale().tag()))
}

/// Column id → its head in the file; columns that are not in it get our own name.
fn columns(checked: &Checked) -> BTreeMap<String, String> {
    let mut names = column_names().unwrap_or_default();
    for (at, id) in &checked.table.columns {
        if let Some(head) = checked.table.heads.get(at) {
            names.insert(id.clone(), head.clone());
        }
    }
    names
}

/// `9 dòng: 4 lỗi, 2 cảnh báo, 7 lưu ý.`
#[must_use]
pub fn total(checked: &Checked, t: Translator) -> String {
    let counts =
        ["error", "warning", "note"].map(|severity| (format!("{severity}s"), checked.count(severity).to_string()));
    let rows = ("rows".to_owned(), checked.rows.len().to_string());
    let args: Vec<(String, String)> = counts.into_iter().chain([rows]).collect();
    t.with("checks-total", &args)
}

/// For a terminal.
#[must_use]
pub fn text(checked: &Checked, t: Translator) -> String {
    let mut text = String::new();
    for row in rows(checked, t) {
        text.push_str(&format!("{} {} · {}\n", t.get("checks-row"), row.number, row.head));
        if !row.book.is_empty() {
            text.push_str(&format!("  {}\n", row.book));
        }
        if row.findings.is_empty() {
            text.push_str(&format!("  ✓ {}\n", t.get("checks-fine")));
        }
        for found in &row.findings {
            let source = if found.citation.is_empty() { String::new() } else { format!(" [{}]", found.citation) };
            text.push_str(&format!(
                "  {} {} – {}: {}{source}\n",
                found.severity, found.code, found.column, found.message
            ));
        }
        for cap in &row.caps {
            text.push_str(&format!("    {cap}\n"));
        }
    }
    text.push_str(&total(checked, t));
    text.push('\n');
    text
}

/// For another program.
///
/// # Errors
/// [`Failure::Fault`] when it cannot be written.
pub fn json(checked: &Checked) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(checked).map_err(|error| Failure::Fault(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The table as it was read, with marks and comments on the cells something was found about, and one more column that
/// says it in words.
///
/// # Errors
/// [`Failure::Fault`] when it cannot be written.
pub fn workbook(checked: &Checked, t: Translator, today: Day) -> Result<Vec<u8>, Failure> {
    let table = &checked.table;
    let heads = table.columns.keys().map(|at| Column {
        head: table.heads.get(at).cloned().unwrap_or_default(),
        width: COLUMN_WIDTH,
        ..Column::default()
    });
    let last = Column { head: t.get("checks-findings"), width: FINDINGS_WIDTH, ..Column::default() };
    let words = rows(checked, t);
    let rows = table.rows.iter().zip(&checked.rows).zip(&words).map(|((source, found), words)| {
        let mut cells: Vec<Cell> = table.columns.iter().map(|(at, id)| cell(source, *at, id, found, t)).collect();
        cells.push(summary(found, words));
        cells
    });
    let sheet = Sheet {
        name: t.get("checks-sheet"),
        intro: vec![t.get("checks-title"), total(checked, t)],
        columns: heads.chain([last]).collect(),
        rows: rows.collect(),
        frozen_columns: 2,
        landscape: true,
    };
    let made = crate::press::made_on(today);
    let book = Book { title: t.get("checks-title"), made, sheets: vec![sheet] };
    workbook::write(&book).map_err(|error| Failure::Fault(error.to_string()))
}

fn cell(source: &SourceRow, at: u32, id: &str, found: &RowFindings, t: Translator) -> Cell {
    let text = source.cells.iter().find(|(column, _)| *column == at).map_or("", |(_, text)| text.as_str());
    let plain = text.len() < 15 && !(text.len() > 1 && text.starts_with('0'));
    let cell = match text.parse::<i64>() {
        Ok(number) if plain => Cell::whole(number),
        _ if text.is_empty() => Cell::default(),
        _ => Cell::text(text),
    };
    let about: Vec<&Found> = found.findings.iter().filter(|one| one.column == id).collect();
    let Some(mark) = about.iter().map(|one| mark(&one.severity)).max_by_key(|mark| *mark == Mark::Wrong) else {
        return cell;
    };
    let words: Vec<String> =
        about.iter().map(|one| format!("{} {}", one.code, one.message.get(t.locale().tag()))).collect();
    cell.marked(mark).commented(words.join("\n"))
}

fn mark(severity: &str) -> Mark {
    if severity == "error" { Mark::Wrong } else { Mark::Doubtful }
}

fn summary(found: &RowFindings, words: &Row) -> Cell {
    let lines = words
        .findings
        .iter()
        .map(|line| format!("{} {} – {}: {}", line.severity, line.code, line.column, line.message));
    let text = lines.chain(words.caps.iter().cloned()).collect::<Vec<_>>().join("\n");
    if text.is_empty() {
        return Cell::default();
    }
    let wrong = found.findings.iter().any(|one| one.severity == "error");
    Cell::text(text).marked(if wrong { Mark::Wrong } else { Mark::None })
}
