//! For a terminal: the summary first, then how the table was read, then finding by finding.

use application::checks::roll::RollReport;

use super::{cap_lines, cut_lines, head_lines, kind_title, line, total, untold_lines};
use crate::locale::Translator;
use crate::show::number;

/// The report with at most so many findings, groups and places.
#[must_use]
pub fn text(report: &RollReport, most: usize, t: Translator) -> String {
    let mut text = format!("{}\n", total(report, t));
    summary(&mut text, report, most, t);
    section(&mut text, &t.get("rolls-head"), head_lines(&report.head, t));
    caps(&mut text, report, most, t);
    findings(&mut text, report, most, t);
    text
}

fn section(text: &mut String, title: &str, lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines.into_iter().collect();
    if !lines.is_empty() {
        text.push_str(&format!("\n{}\n", title.to_uppercase()));
        for line in lines {
            text.push_str(&format!("  {line}\n"));
        }
    }
}

fn and_more(all: usize, most: usize, t: Translator) -> Option<String> {
    (all > most).then(|| t.one("rolls-more", "n", number(all - most)))
}

fn summary(text: &mut String, report: &RollReport, most: usize, t: Translator) {
    let summary = &report.summary;
    let count = |name: &str, errors: usize, warnings: usize, notes: usize| {
        let counts = [("errors", errors), ("warnings", warnings), ("notes", notes)];
        let counts = counts.map(|(name, count)| (name.to_owned(), number(count)));
        format!("{name}: {}", t.with("rolls-counts", &counts))
    };
    let kinds = summary
        .kinds
        .iter()
        .map(|one| format!("{} {}", one.code, count(&kind_title(&one.kind, t), one.errors, one.warnings, one.notes)));
    section(text, &t.get("rolls-kinds"), kinds);
    let tag = t.locale().tag();
    let levels = summary.levels.iter().map(|one| format!("{}: {}", one.title.get(tag), number(one.rows)));
    let others = [("rolls-unclassified", summary.unclassified), ("rolls-without-level", summary.without_level)];
    let others = others.into_iter().filter(|(_, rows)| *rows > 0);
    let others = others.map(|(key, rows)| format!("{}: {}", t.get(key), number(rows)));
    section(text, &t.get("rolls-levels"), levels.chain(others));
    let wrong: Vec<_> = summary.places.iter().filter(|place| place.errors + place.warnings > 0).collect();
    let places = wrong.iter().take(most).map(|place| {
        let name = if place.name.is_empty() { t.get("rolls-no-name") } else { place.name.clone() };
        t.two("rolls-of-rows", "what", count(&name, place.errors, place.warnings, 0), "rows", number(place.rows))
    });
    section(text, &t.get("rolls-places"), places.chain(and_more(wrong.len(), most, t)));
    section(text, &t.get("rolls-untold-title"), untold_lines(report, t));
}

fn caps(text: &mut String, report: &RollReport, most: usize, t: Translator) {
    let over: Vec<_> = report.caps.iter().filter(|cap| cap.readings.iter().any(|reading| reading.over > 0)).collect();
    let lines = over.iter().take(most).flat_map(|cap| {
        let name = if cap.group.is_empty() { t.get("rolls-whole") } else { cap.group.clone() };
        std::iter::once(name).chain(cap_lines(cap, t).into_iter().map(|line| format!("  {line}")))
    });
    section(text, &t.get("checks-caps"), lines.chain(and_more(over.len(), most, t)));
}

fn findings(text: &mut String, report: &RollReport, most: usize, t: Translator) {
    let mut lines = Vec::new();
    for breach in report.breaches.iter().take(most) {
        let line = line(breach, &report.head.book, t);
        let about = [&line.place, &line.who, &line.base, &line.level];
        let mut about: Vec<&str> = about.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        about.dedup();
        lines.push(format!("{} {} · {}", line.severity, line.code, about.join(" · ")));
        let figures = line.figures.iter().map(|figure| format!(" ({figure})")).collect::<String>();
        let source = if line.source.is_empty() { String::new() } else { format!(" [{}]", line.source) };
        lines.push(format!("    {}: {}{figures}{source}", line.kind_title, line.message));
    }
    if report.breaches.is_empty() {
        lines.push(format!("✓ {}", t.get("checks-fine")));
    }
    lines.extend(and_more(report.breaches.len(), most, t));
    lines.extend(cut_lines(report, t));
    section(text, &t.get("checks-findings"), lines);
}
