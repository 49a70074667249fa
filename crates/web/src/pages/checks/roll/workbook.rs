//! The table as it was read, with marks and comments on the cells something was found about; before it a sheet with the
//! summary and the way it was read, and one with all findings.

use std::collections::BTreeMap;

use application::checks::grid::{Grid, GridRow, Sheet as GridSheet};
use application::checks::roll::{Breach, RollReport, column_letters};
use documents::workbook::{self, Book, Cell, Column, Mark, Sheet, Stream};
use domain::Day;

use super::{Line, cap_lines, cut_lines, head_lines, kind_title, line, total, untold_lines};
use crate::answer::Failure;
use crate::locale::Translator;

const WIDE: u16 = 100;
const WIDTH: u16 = 16;
/// Excel shows no more of a comment.
const LONGEST_COMMENT: usize = 1_000;

/// Findings about the cells of one sheet: row → column letters → mark and words.
type Marks = BTreeMap<u32, BTreeMap<String, (Mark, String)>>;

/// Writes the workbook.
///
/// # Errors
/// [`Failure::Fault`] when it cannot be written.
pub fn workbook(report: &RollReport, grid: &Grid, t: Translator, today: Day) -> Result<Vec<u8>, Failure> {
    let made = crate::press::made_on(today);
    let sheets = vec![summary(report, t), findings(report, t)];
    let marks = marks(report, t);
    let taken: Vec<String> = sheets.iter().map(|sheet| sheet.name.to_lowercase()).collect();
    let book = Book { title: t.get("checks-title"), made, sheets };
    let read = grid.sheets.iter().filter(|sheet| report.head.sheets.contains(&sheet.name));
    let mut taken = taken;
    let streams = read.map(|sheet| stream(sheet, report, &marks, &mut taken, t)).collect();
    workbook::write_with(&book, streams).map_err(|error| Failure::Fault(error.to_string()))
}

fn summary(report: &RollReport, t: Translator) -> Sheet {
    let mut rows = vec![vec![Cell::text(total(report, t)).marked(Mark::Strong)]];
    let mut section = |title: String, lines: Vec<String>| {
        if !lines.is_empty() {
            rows.push(vec![Cell::default()]);
            rows.push(vec![Cell::text(title).marked(Mark::Strong)]);
            rows.extend(lines.into_iter().map(|line| vec![Cell::text(line)]));
        }
    };
    let kinds = report.summary.kinds.iter().map(|kind| {
        let counts = [("errors", kind.errors), ("warnings", kind.warnings), ("notes", kind.notes)];
        let counts = counts.map(|(name, count)| (name.to_owned(), crate::show::number(count)));
        format!("{} {}: {}", kind.code, kind_title(&kind.kind, t), t.with("rolls-counts", &counts))
    });
    section(t.get("rolls-kinds"), kinds.collect());
    section(t.get("checks-findings"), cut_lines(report, t));
    section(t.get("rolls-untold-title"), untold_lines(report, t));
    section(t.get("rolls-head"), head_lines(&report.head, t));
    let caps = report.caps.iter().filter(|cap| cap.readings.iter().any(|reading| reading.over > 0));
    let caps = caps.flat_map(|cap| std::iter::once(cap.group.clone()).chain(cap_lines(cap, t)));
    section(t.get("checks-caps"), caps.collect());
    let column = Column { head: t.get("rolls-summary"), width: WIDE, ..Column::default() };
    Sheet { name: t.get("rolls-summary"), columns: vec![column], rows, landscape: true, ..Sheet::default() }
}

fn findings(report: &RollReport, t: Translator) -> Sheet {
    let heads = [
        ("rolls-severity", 12),
        ("rolls-kind", 26),
        ("rolls-where", 24),
        ("rolls-who", 28),
        ("rolls-place", 28),
        ("rolls-level", 24),
        ("checks-findings", 70),
        ("rolls-figures", 40),
        ("rolls-source", 40),
        ("rolls-code", 12),
    ];
    let columns = heads.map(|(key, width)| Column { head: t.get(key), width, ..Column::default() }).to_vec();
    let rows = report.breaches.iter().map(|breach| {
        let Line { severity, kind_title, place, who, base, level, message, figures, source, code, .. } =
            line(breach, &report.head.book, t);
        let cells = [kind_title, place, who, base, level, message, figures.join("\n"), source, code];
        let text = |text: String| if text.is_empty() { Cell::default() } else { Cell::text(text) };
        std::iter::once(Cell::text(severity).marked(mark(breach))).chain(cells.into_iter().map(text)).collect()
    });
    Sheet {
        name: t.get("rolls-findings-sheet"),
        intro: vec![t.get("checks-title"), total(report, t)],
        columns,
        rows: rows.collect(),
        frozen_columns: 0,
        landscape: true,
    }
}

fn mark(breach: &Breach) -> Mark {
    match breach.severity.as_str() {
        "error" => Mark::Wrong,
        "warning" => Mark::Doubtful,
        _ => Mark::None,
    }
}

/// Sheet name → marks.
fn marks(report: &RollReport, t: Translator) -> BTreeMap<String, Marks> {
    let mut sheets: BTreeMap<String, Marks> = BTreeMap::new();
    for breach in report.breaches.iter().filter(|breach| breach.row > 0 && !breach.column.is_empty()) {
        let cells = sheets.entry(breach.sheet.clone()).or_default().entry(breach.row).or_default();
        let words = format!("{} {}", breach.code, breach.message.get(t.locale().tag()));
        let (known, comment) = cells.entry(breach.column.clone()).or_insert((Mark::None, String::new()));
        if *known != Mark::Wrong {
            *known = mark(breach);
        }
        if comment.chars().count() < LONGEST_COMMENT {
            let gap = if comment.is_empty() { "" } else { "\n" };
            comment.push_str(&format!("{gap}{words}"));
        }
    }
    sheets
}

fn stream<'r>(
    sheet: &'r GridSheet,
    report: &RollReport,
    marks: &'r BTreeMap<String, Marks>,
    taken: &mut Vec<String>,
    t: Translator,
) -> Stream<'r> {
    let name = if sheet.name.is_empty() { t.get("rolls-table-sheet") } else { sheet.name.clone() };
    // A second check of a file that was checked already finds sheets with our own names in it.
    let name = free_name(&name, taken);
    let frozen_rows =
        if sheet.name == report.head.mapping.sheet { report.head.mapping.first_row.saturating_sub(1) } else { 0 };
    let of_sheet = marks.get(&sheet.name);
    Stream {
        name,
        widths: vec![WIDTH; usize::try_from(sheet.width()).unwrap_or(0)],
        frozen_rows: frozen_rows.min(20),
        rows: Box::new(sheet.rows().map(move |row| {
            (row.number().saturating_sub(1), cells(&row, of_sheet.and_then(|marks| marks.get(&row.number()))))
        })),
    }
}

/// A name that a sheet may have and no other has: at most 31 characters, none of `[]:*?/\`.
fn free_name(name: &str, taken: &mut Vec<String>) -> String {
    let allowed: String = name.chars().map(|c| if "[]:*?/\\".contains(c) { '_' } else { c }).take(31).collect();
    let numbered = (2..).map(|number| {
        let start: String = allowed.chars().take(25).collect();
        format!("{start} ({number})")
    });
    let mut names = std::iter::once(allowed.clone()).chain(numbered);
    let free = names.find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_default();
    taken.push(free.to_lowercase());
    free
}

fn cells(row: &GridRow<'_>, marks: Option<&BTreeMap<String, (Mark, String)>>) -> Vec<(u16, Cell)> {
    let cells = row.cells().map(|cell| {
        let plain = cell.number && cell.text.len() < 15;
        let value = match cell.text.parse::<i64>() {
            Ok(number) if plain => Cell::whole(number),
            _ => Cell::text(cell.text),
        };
        let found = marks.and_then(|marks| marks.get(&column_letters(cell.column)));
        let marked = match found {
            Some((mark, comment)) => value.marked(*mark).commented(comment.clone()),
            None => value,
        };
        (u16::try_from(cell.column.saturating_sub(1)).unwrap_or(u16::MAX), marked)
    });
    cells.collect()
}

#[cfg(test)]
mod tests {
    use super::free_name;

    #[test]
    fn a_second_sheet_of_one_name_gets_a_number_and_no_forbidden_sign() {
        let mut taken = vec!["tóm tắt".to_owned()];
        assert_eq!(free_name("Tóm tắt", &mut taken), "Tóm tắt (2)");
        assert_eq!(free_name("Tóm tắt", &mut taken), "Tóm tắt (3)");
        assert_eq!(free_name("a*b", &mut taken), "a_b");
        assert!(free_name(&"x".repeat(40), &mut taken).len() == 31);
    }
}
