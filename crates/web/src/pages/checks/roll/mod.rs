//! Kết quả kiểm tra bảng theo người, theo đơn vị: in words, for a page, a terminal, a workbook, another program.

mod report;
mod text;
mod workbook;

use application::checks::Cap;
use application::checks::roll::{Breach, GroupCap, Head, LeftOut, RollReport};

use crate::answer::Failure;
use crate::locale::Translator;
use crate::show::number;

pub use report::report;
pub use text::text;
pub use workbook::workbook;

/// Một phát hiện, in words.
pub struct Line {
    /// Kind, for filters.
    pub kind: String,
    /// Kind in words.
    pub kind_title: String,
    /// Kind of tag.
    pub tag: &'static str,
    /// How grave, in words.
    pub severity: String,
    /// Sheet, row and column in words; the group when it concerns a whole group.
    pub place: String,
    /// Who.
    pub who: String,
    /// Base organisation.
    pub base: String,
    /// Recorded level.
    pub level: String,
    /// What is so.
    pub message: String,
    /// The comparisons that decided.
    pub figures: Vec<String>,
    /// Where the law stands.
    pub cited: String,
    /// The same with the code of the rule, where there are no links.
    pub source: String,
    /// Code of the rule of the book; empty when it is about none.
    pub rule: String,
    /// Where that rule stands in the browser.
    pub href: String,
    /// Code of the kind.
    pub code: String,
}

/// A finding in words, under this rule book.
#[must_use]
pub fn line(breach: &Breach, book: &str, t: Translator) -> Line {
    let tag = t.locale().tag();
    let cited = breach.citation.as_ref().map(|cited| cited.get(tag).to_owned());
    let rule = Some(breach.rule.clone()).filter(|rule| !rule.is_empty());
    let reading = (breach.surety == "reading").then(|| t.get("rolls-reading"));
    Line {
        kind: breach.kind.clone(),
        kind_title: kind_title(&breach.kind, t),
        tag: match breach.severity.as_str() {
            "error" => "bad",
            "warning" => "wait",
            _ => "go",
        },
        severity: t.get(&format!("checks-severity-{}", breach.severity)),
        place: place(breach, t),
        who: breach.who.clone(),
        base: breach.base.clone(),
        level: breach.level.as_ref().map(|level| level.get(tag).to_owned()).unwrap_or_default(),
        message: breach.message.get(tag).to_owned(),
        figures: breach.figures.iter().map(|figure| figure.get(tag).to_owned()).collect(),
        cited: joined([cited.clone(), None, reading.clone()]),
        source: joined([cited, rule, reading]),
        rule: breach.rule.clone(),
        href: super::outcome::place_of(book, &breach.rule),
        code: breach.code.clone(),
    }
}

fn joined(parts: [Option<String>; 3]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// A kind in words.
#[must_use]
pub fn kind_title(kind: &str, t: Translator) -> String {
    t.get(&format!("rolls-kind-{}", kind.replace('_', "-")))
}

fn place(breach: &Breach, t: Translator) -> String {
    if breach.row == 0 {
        return if breach.who.is_empty() { t.get("rolls-whole") } else { breach.who.clone() };
    }
    let row = if breach.sheet.is_empty() {
        t.one("rolls-at-row", "row", breach.row)
    } else {
        t.two("rolls-at-sheet", "sheet", &breach.sheet, "row", breach.row)
    };
    if breach.column.is_empty() { row } else { t.two("rolls-at-column", "row", row, "column", &breach.column) }
}

/// The cap in one group under each reading.
#[must_use]
pub fn cap_lines(cap: &GroupCap, t: Translator) -> Vec<String> {
    let readings = cap.readings.iter().enumerate().map(|(place, cap)| reading(cap, place == 0, t));
    let outside = (cap.heads_outside + cap.perhaps_outside > 0)
        .then(|| t.two("rolls-cap-heads", "heads", number(cap.heads_outside), "perhaps", number(cap.perhaps_outside)));
    readings.chain(outside).collect()
}

fn reading(cap: &Cap, chosen: bool, t: Translator) -> String {
    super::outcome::cap_line(cap, chosen, t)
}

/// `70.000 dòng: 12 lỗi, 3 cảnh báo, 1 lưu ý.`
#[must_use]
pub fn total(report: &RollReport, t: Translator) -> String {
    let summary = &report.summary;
    let counts = [
        ("rows", report.head.rows),
        ("errors", summary.errors),
        ("warnings", summary.warnings),
        ("notes", summary.notes),
    ];
    let args: Vec<(String, String)> = counts.map(|(name, count)| (name.to_owned(), number(count))).to_vec();
    t.with("checks-total", &args)
}

/// How the table was read, line by line.
#[must_use]
pub fn head_lines(head: &Head, t: Translator) -> Vec<String> {
    let tag = t.locale().tag();
    let mapping = &head.mapping;
    let mut lines = vec![
        t.with(
            "rolls-head-what",
            &args(&[
                ("period", &mapping.period),
                ("day", &head.cut_off),
                ("subject", head.subject.get(tag)),
                ("level", head.level.get(tag)),
            ]),
        ),
        t.with(
            "rolls-head-book",
            &args(&[
                ("title", head.book_title.get(tag)),
                ("id", &head.book),
                ("seal", head.seal.get(..12).unwrap_or(&head.seal)),
            ]),
        ),
    ];
    let sheets: Vec<&str> = head.sheets.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    if !sheets.is_empty() {
        lines.push(t.one("rolls-head-sheets", "sheets", sheets.join(", ")));
    }
    lines.extend(head.unread.iter().map(|sheet| {
        let key = if sheet.hidden { "rolls-head-hidden" } else { "rolls-head-unread" };
        t.two(key, "name", &sheet.name, "rows", number(sheet.rows))
    }));
    for column in &head.columns {
        let Some(means) = &column.means else { continue };
        lines.push(t.with(
            "rolls-head-column",
            &args(&[("at", &column.at), ("head", &column.head), ("means", means.get(tag))]),
        ));
    }
    let unused: Vec<String> = head
        .columns
        .iter()
        .filter(|column| column.means.is_none())
        .map(|column| format!("{} “{}”", column.at, column.head))
        .collect();
    if !unused.is_empty() {
        lines.push(t.one("rolls-head-unused", "columns", unused.join(", ")));
    }
    lines.extend(head.derived.iter().map(|derived| derived.get(tag).to_owned()));
    lines.extend(mapping.facts.iter().map(|(name, value)| t.two("rolls-head-common", "name", name, "value", value)));
    lines.extend(setting_lines(head, t));
    lines.push(t.one("rolls-head-rows", "rows", number(head.rows)));
    lines.extend(head.left_out.iter().map(|left| left_line(left, t)));
    lines
}

fn setting_lines(head: &Head, t: Translator) -> Vec<String> {
    let tag = t.locale().tag();
    let one = |setting: &application::checks::roll::SettingLine| {
        let key = if setting.chosen { "rolls-head-chosen" } else { "rolls-head-default" };
        t.with(
            key,
            &args(&[
                ("title", setting.title.get(tag)),
                ("value", setting.value_title.get(tag)),
                ("name", &setting.name),
            ]),
        )
    };
    head.settings.iter().map(one).collect()
}

fn left_line(left: &LeftOut, t: Translator) -> String {
    let at = |(sheet, row): &(String, u32)| {
        if sheet.is_empty() { row.to_string() } else { format!("{sheet} {row}") }
    };
    let mut first: Vec<String> = left.first.iter().map(at).collect();
    if left.rows > first.len() {
        first.push("…".to_owned());
    }
    t.with(
        "rolls-head-left",
        &args(&[
            ("rows", &number(left.rows)),
            ("reason", &t.get(&format!("rolls-left-{}", left.reason.replace('_', "-")))),
            ("first", &first.join(", ")),
        ]),
    )
}

/// What cannot be told, and for want of what; nothing when everything can.
#[must_use]
pub fn untold_lines(report: &RollReport, t: Translator) -> Vec<String> {
    let summary = &report.summary;
    let mut lines = Vec::new();
    if summary.untold > 0 {
        lines.push(t.one("rolls-untold", "rows", number(summary.untold)));
        let tag = t.locale().tag();
        let one = |missing: &application::checks::roll::MissingCount| {
            t.two("rolls-missing", "fact", missing.label.get(tag), "rows", number(missing.rows))
        };
        lines.extend(summary.missing.iter().map(one));
    }
    lines
}

/// Findings that are counted and not listed.
#[must_use]
pub fn cut_lines(report: &RollReport, t: Translator) -> Vec<String> {
    let one = |cut: &application::checks::roll::Cut| {
        let key = if cut.column.is_empty() { "rolls-cut-no-column" } else { "rolls-cut" };
        let (n, kind) = (number(cut.findings), kind_title(&cut.kind, t));
        t.with(key, &args(&[("n", &n), ("kind", &kind), ("column", &cut.column)]))
    };
    report.summary.cut.iter().map(one).collect()
}

/// Pairs for a text.
fn args(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// For another program.
///
/// # Errors
/// [`Failure::Fault`] when it cannot be written.
pub fn json(report: &RollReport) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(report).map_err(|error| Failure::Fault(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
