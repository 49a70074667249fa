//! The report as a page of its own, to be sent or kept.

use application::checks::roll::RollReport;
use askama::Template;

use super::{Line, cap_lines, cut_lines, head_lines, kind_title, line, total, untold_lines};
use crate::answer::Failure;
use crate::locale::Translator;

const STYLE: &str = include_str!("report.css");

#[derive(Template)]
#[template(path = "checks/roll/report.html")]
struct ReportPage<'a> {
    t: Translator,
    /// The page is kept and sent without anything else, so its style is in it.
    style: String,
    file_name: &'a str,
    total: String,
    report: &'a RollReport,
    head: Vec<String>,
    untold: Vec<String>,
    cut: Vec<String>,
    caps: Vec<(String, Vec<String>)>,
    lines: Vec<Line>,
    more: usize,
}

impl ReportPage<'_> {
    fn kind(&self, kind: &str) -> String {
        kind_title(kind, self.t)
    }
}

/// A whole HTML file that needs nothing else, with at most so many findings.
///
/// # Errors
/// [`Failure::Fault`] when the template fails.
pub fn report(report: &RollReport, file_name: &str, most: usize, t: Translator) -> Result<Vec<u8>, Failure> {
    let over = report.caps.iter().filter(|cap| cap.readings.iter().any(|reading| reading.over > 0)).take(most);
    let page = ReportPage {
        t,
        style: format!("<style>\n{STYLE}</style>"),
        file_name,
        total: total(report, t),
        report,
        head: head_lines(&report.head, t),
        untold: untold_lines(report, t),
        cut: cut_lines(report, t),
        caps: over.map(|cap| (cap.group.clone(), cap_lines(cap, t))).collect(),
        lines: report.breaches.iter().take(most).map(|breach| line(breach, &report.head.book, t)).collect(),
        more: report.breaches.len().saturating_sub(most),
    };
    Ok(page.render()?.into_bytes())
}
