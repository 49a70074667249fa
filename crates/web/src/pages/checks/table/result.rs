//! A check that is being done, and what it found.

use application::checks::desk::{CheckState, TableCheck, found, kept_table, table_check};
use application::checks::roll::RollReport;
use domain::JobId;

use super::super::roll::{self, Line, cap_lines, cut_lines, head_lines, kind_title, total, untold_lines};
use crate::locale::Told;
use crate::prelude::*;

/// Findings on the page; all of them are in the files.
const MOST: usize = 200;
const PLACES: usize = 30;

#[derive(Template)]
#[template(path = "checks/table/result.html", blocks = ["progress"])]
struct ResultPage {
    shell: Shell,
    check: TableCheck,
    reasons: Vec<Told>,
    /// Only the region is asked for: it says where the result is instead of showing it.
    partial: bool,
    report: Option<Shown>,
}

struct Shown {
    report: RollReport,
    total: String,
    head: Vec<String>,
    untold: Vec<String>,
    cut: Vec<String>,
    caps: Vec<(String, Vec<String>)>,
    lines: Vec<Line>,
    filter: String,
    matching: usize,
}

impl ResultPage {
    fn checking(&self) -> bool {
        self.check.state == CheckState::Checking
    }

    fn kind(&self, kind: &str) -> String {
        kind_title(kind, self.shell.t)
    }
}

pub(in super::super) async fn look(
    visit: Visit,
    Path(job): Path<JobId>,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let actor = visit.actor()?;
    let check = table_check(visit.app(), actor, job).await?;
    let form = FormState::of_pairs(query);
    let report = match check.state {
        CheckState::Ready if !visit.partial() => {
            Some(shown(found(visit.app(), actor, job).await?, form.value("loai"), visit.t))
        }
        _ => None,
    };
    let reasons = match &check.state {
        CheckState::Failed(reasons) => reasons.iter().map(|reason| visit.t.refusal(reason)).collect(),
        _ => Vec::new(),
    };
    let shell =
        visit.shell("rolls-result-title").crumb("/", "start-menu").crumb("/kiem-tra-bang", "checks-title").wide();
    let page = ResultPage { shell, check, reasons, partial: visit.partial(), report };
    if visit.partial() { visit.region(&page.as_progress()) } else { visit.render(page) }
}

fn shown(report: RollReport, filter: &str, t: Translator) -> Shown {
    let fits = |kind: &str| filter.is_empty() || kind == filter;
    let matching = report.breaches.iter().filter(|breach| fits(&breach.kind)).count();
    let lines = report.breaches.iter().filter(|breach| fits(&breach.kind)).take(MOST);
    let over = report.caps.iter().filter(|cap| cap.readings.iter().any(|reading| reading.over > 0)).take(PLACES);
    Shown {
        total: total(&report, t),
        head: head_lines(&report.head, t),
        untold: untold_lines(&report, t),
        cut: cut_lines(&report, t),
        caps: over.map(|cap| (cap.group.clone(), cap_lines(cap, t))).collect(),
        lines: lines.map(|breach| roll::line(breach, &report.head.book, t)).collect(),
        filter: filter.to_owned(),
        matching,
        report,
    }
}

pub(in super::super) async fn take(visit: Visit, Path((job, format)): Path<(JobId, String)>) -> Answer {
    let actor = visit.actor()?;
    let check = table_check(visit.app(), actor, job).await?;
    let report = found(visit.app(), actor, job).await?;
    let stem = check.file_name.rsplit_once('.').map_or(check.file_name.as_str(), |(stem, _)| stem).to_owned();
    let (t, today) = (visit.t, visit.today());
    match format.as_str() {
        "json" => visit.download(&format!("{stem}-kiem-tra.json"), Kind::Json, roll::json(&report)?),
        "html" => {
            let page = roll::report(&report, &check.file_name, super::super::MOST_ON_A_PAGE, t)?;
            visit.download(&format!("{stem}-kiem-tra.html"), Kind::Html, page)
        }
        "xlsx" => {
            let table = kept_table(visit.app(), actor, check.table).await?;
            let written = tokio::task::spawn_blocking(move || roll::workbook(&report, &table.grid, t, today)).await;
            visit.download(&format!("{stem}-kiem-tra.xlsx"), Kind::Xlsx, written??)
        }
        _ => Err(Failure::Denied),
    }
}
