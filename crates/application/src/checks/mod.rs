//! Kiểm tra bảng kết quả đã công bố: reads a table, puts every row to the rule book of its period and words what is found.
//!
//! Figures that were not printed are left out, never guessed; nothing of the table is stored.

pub mod desk;
pub mod grid;
mod note;
pub mod roll;
mod table;

use std::collections::BTreeMap;

use domain::policy::{Act, Resource, allows};
use domain::{Actor, Day};
use rules::published::{Cell, Law, Remark, Report, Row, Severity, examine};
use rules::quota::ReadingAnswer;
use rules::{Book, Language, Settings, Text};
use serde::{Deserialize, Serialize};

pub use table::{SourceRow, Table};

use crate::error::{Error, Result};
use crate::judge::Words;
use crate::library::Library;
use table::Names;

/// Years within which a rule book that does not govern is still worth a comparison.
const FAR: i32 = 10;

/// Kết quả kiểm tra cả bảng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Every row with what was found.
    pub rows: Vec<RowFindings>,
    /// The table as it was read, for output with marks.
    #[serde(skip)]
    pub table: Table,
}

impl Checked {
    /// Whether something breaks a rule or cannot be right.
    #[must_use]
    pub fn breaks_a_rule(&self) -> bool {
        self.count("error") > 0
    }

    /// How many findings are of this severity.
    #[must_use]
    pub fn count(&self, severity: &str) -> usize {
        self.rows.iter().flat_map(|row| &row.findings).filter(|finding| finding.severity == severity).count()
    }
}

/// Kết quả kiểm tra một dòng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowFindings {
    /// Row as seen in a spreadsheet.
    pub row: u32,
    /// Mark of the row.
    pub id: String,
    /// Place.
    pub place: String,
    /// Year.
    pub year: String,
    /// Subject as written.
    pub subject: String,
    /// Id of the rule book it was put to; empty when no book fits.
    pub book: String,
    /// Its title; none when no book fits.
    pub rule_book: Option<Words>,
    /// Whether that book governs the year; otherwise it is the nearest one, for comparison.
    pub governs: bool,
    /// Sum of the counts of the levels, when all are given.
    pub sum: Option<u64>,
    /// What was found, gravest first.
    pub findings: Vec<Found>,
    /// The cap under each reading, the chosen one first.
    pub caps: Vec<Cap>,
}

/// Phát hiện.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Code, never reused.
    pub code: String,
    /// `note`, `warning`, `error`.
    pub severity: String,
    /// Column it is about.
    pub column: String,
    /// What is so.
    pub message: Words,
    /// Where the law stands.
    pub citation: Option<Words>,
    /// Code of the rule of the book, if it is about one.
    pub rule: String,
}

/// Trần theo một cách hiểu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// What the share is taken of: `literal`, `pool`, `all`.
    pub denominator: String,
    /// `floor`, `half_up`.
    pub rounding: String,
    /// Most who may be of the limited level.
    pub limit: u64,
    /// How many are.
    pub used: u64,
    /// How many too many.
    pub over: u64,
    /// The figures.
    pub arithmetic: Words,
}

/// Whether somebody may have a table checked: everybody who works here in any capacity.
///
/// # Errors
/// [`Error::Denied`] otherwise.
pub fn may_check(actor: &Actor) -> Result<()> {
    let paths = actor.posts.iter().map(|post| &post.path).chain(actor.member_of.iter().map(|(_, path)| path));
    let allowed = paths.into_iter().any(|path| allows(actor, Act::CheckTable, &Resource::of_unit(path)));
    if allowed { Ok(()) } else { Err(Error::Denied) }
}

/// Checks a table.
///
/// # Errors
/// `CHECK-001`, `-003`, `-004` when it cannot be read as a result table.
pub fn check(library: &Library, rows: Vec<SourceRow>) -> Result<Checked> {
    let names = Names::load()?;
    let table = Table::of(rows, &names, library.books())?;
    let rows = table.rows.iter().map(|row| check_row(library, &names, &table, row)).collect();
    Ok(Checked { rows, table })
}

/// Whether the first rows of a file have the headings of a published table.
pub(crate) fn has_published_heads(library: &Library, grid: &grid::Grid) -> Result<bool> {
    let first = grid.sheets.iter().flat_map(grid::Sheet::rows).take(table::HEADS_WITHIN);
    let rows = first.map(|row| SourceRow {
        sheet: 1,
        row: row.number(),
        cells: row.cells().map(|cell| (cell.column, cell.text.to_owned())).collect(),
    });
    match Table::of(rows.collect(), &Names::load()?, library.books()) {
        Err(Error::Refused(reasons)) => Ok(reasons.iter().all(|reason| reason.code != "CHECK-001")),
        _ => Ok(true),
    }
}

fn check_row(library: &Library, names: &Names, table: &Table, source: &SourceRow) -> RowFindings {
    let text = |id: &str| table.text(source, id).unwrap_or_default().to_owned();
    let year = text("year");
    let (book, governs) = book_of(library, &year);
    let subject = text("subject");
    let settings = Settings::new();
    let kind = names.subject(&subject).unwrap_or_default();
    let law = book.map(|book| Law { book, subject: kind, settings: &settings });
    let mut unread = Vec::new();
    let row = row_of(book, names, table, source, &mut unread);
    let report = examine(&row, law);
    let mut findings: Vec<Found> = unread.iter().map(|(column, typed)| unreadable(column, typed)).collect();
    findings.extend(report.remarks.iter().map(found));
    if !governs {
        findings.push(no_book(&year, book));
    }
    RowFindings {
        row: source.row,
        id: text("id"),
        place: text("place"),
        year,
        subject,
        book: book.map(|book| book.id.clone()).unwrap_or_default(),
        rule_book: book.map(|book| Words::from(&book.title)),
        governs,
        sum: report.sum,
        findings,
        caps: caps(&report),
    }
}

/// The book that governs the year; else the nearest, for comparison only.
fn book_of<'a>(library: &'a Library, year: &str) -> (Option<&'a Book>, bool) {
    let Some(end) = year.parse().ok().and_then(|year| Day::of(year, 12, 31)) else { return (None, false) };
    if let Some(book) = library.book_on(end) {
        return (Some(book), true);
    }
    let near = (1..=FAR).flat_map(|years| [-years, years]).filter_map(|years| Day::of(end.parts().0 + years, 12, 31));
    (near.into_iter().find_map(|day| library.book_on(day)), false)
}

fn row_of(
    book: Option<&Book>,
    names: &Names,
    table: &Table,
    source: &SourceRow,
    unread: &mut Vec<(String, String)>,
) -> Row {
    let mut cell = |id: &str| Cell { count: table.count(source, id, unread), percent: table.percent(source, id) };
    let mut level = |id: &str| {
        let printed = cell(id);
        // Nobody is nought per cent, whether that was printed or not.
        let nought = printed.percent.is_none() && printed.count == Some(0);
        (id.to_owned(), if nought { Cell { percent: Some("0".to_owned()), ..printed } } else { printed })
    };
    let levels = book.map(|book| book.levels.iter().map(|one| level(&one.id)).collect()).unwrap_or_default();
    let mut row = Row {
        id: table.text(source, "id").unwrap_or_default().to_owned(),
        existing: cell("existing").count,
        reviewed: cell("reviewed"),
        rated: cell("rated").count,
        levels,
        good_or_better: cell("good_or_better"),
        not_rated: cell("not_rated"),
        single_group: table
            .text(source, "single_group")
            .is_some_and(|said| names.note.yes.iter().any(|yes| yes == &said.to_lowercase())),
    };
    if let Some(note) = table.text(source, "note") {
        add_note(&mut row, &note::read(note, &names.note));
    }
    row
}

/// Figures that stand in the note go where their columns are empty.
fn add_note(row: &mut Row, said: &note::Said) {
    row.single_group |= said.single_group;
    row.good_or_better.count = row.good_or_better.count.or(said.good_or_better);
    if row.good_or_better.percent.is_none() {
        row.good_or_better.percent.clone_from(&said.good_or_better_percent);
    }
    for (count, whole, percent) in &said.shares {
        let of_reviewed = row.reviewed.count == Some(*count) && (whole.is_none() || *whole == row.existing);
        if of_reviewed && row.reviewed.percent.is_none() {
            row.reviewed.percent = Some(percent.clone());
        } else if whole.is_none() && row.not_rated.count.is_none() {
            row.not_rated = Cell { count: Some(*count), percent: Some(percent.clone()) };
        }
    }
}

fn found(remark: &Remark) -> Found {
    let citation = remark.citation.as_ref().map(|citation| {
        let cite = |language: Language| format!("{}, {}", citation.number, citation.article.get(language));
        Words { vi: cite(Language::Vietnamese), en: cite(Language::English) }
    });
    Found {
        code: remark.code.to_owned(),
        severity: remark.severity.word().to_owned(),
        column: remark.column.clone(),
        message: Words::from(&remark.message),
        citation,
        rule: remark.rule.clone(),
    }
}

fn unreadable(column: &str, typed: &str) -> Found {
    let message = Words {
        vi: format!("“{typed}” không phải là số đếm."), en: format!("“{typed}” is not a count.")
    };
    Found {
        code: "CHECK-002".to_owned(),
        severity: Severity::Error.word().to_owned(),
        column: column.to_owned(),
        message,
        citation: None,
        rule: String::new(),
    }
}

fn no_book(year: &str, book: Option<&Book>) -> Found {
    let message = match book {
        Some(book) => Words {
            vi: format!(
                "Chương trình chưa có bộ quy định của năm {year}; đối chiếu tham khảo với “{}”.",
                book.title.vi
            ),
            en: format!("There is no rule book for {year} here; compared with “{}” for reference.", book.title.en),
        },
        None => Words {
            vi: format!("Chương trình không có bộ quy định nào cho năm “{year}”; chỉ kiểm tra phép tính."),
            en: format!("There is no rule book for the year “{year}” here; only the arithmetic was checked."),
        },
    };
    Found {
        code: "CHECK-005".to_owned(),
        severity: Severity::Note.word().to_owned(),
        column: "year".to_owned(),
        message,
        citation: None,
        rule: String::new(),
    }
}

fn caps(report: &Report) -> Vec<Cap> {
    report.caps.iter().map(cap).collect()
}

fn cap(answer: &ReadingAnswer) -> Cap {
    Cap {
        denominator: answer.reading.denominator.word().to_owned(),
        rounding: answer.reading.rounding.word().to_owned(),
        limit: answer.limit,
        used: answer.used,
        over: answer.over,
        arithmetic: words(&answer.arithmetic),
    }
}

fn words(text: &Text) -> Words {
    Words::from(text)
}

/// A whole number as printed: `2645`, `2.645`, `2,645`, `2 645`. A separator must stand before exactly three digits.
fn whole(typed: &str) -> Option<u64> {
    let typed = typed.trim();
    let parts: Vec<&str> = typed.split(['.', ',', ' ', '\u{a0}']).collect();
    let (first, rest) = parts.split_first()?;
    let grouped = rest.iter().all(|part| part.len() == 3) && (rest.is_empty() || (1..=3).contains(&first.len()));
    let digits = parts.concat();
    let all_digits = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
    if grouped && all_digits { digits.parse().ok() } else { None }
}

/// Columns of our own table of results, for the template and the page: id → heading in Vietnamese.
///
/// # Errors
/// [`Error::Fault`] when columns.toml cannot be read.
pub fn column_names() -> Result<BTreeMap<String, String>> {
    Names::load().map(|names| names.own())
}

#[cfg(test)]
mod tests;
