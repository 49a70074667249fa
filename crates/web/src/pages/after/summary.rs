//! Bảng tổng hợp theo mức: counts with their denominators, shares of the rated, the cap.

use application::reads::after::{SummaryLine, SummaryPage as View, ToConsider, summary};
use domain::{CampaignId, UnitId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "after/summary.html")]
struct SummaryPage {
    shell: Shell,
    view: View,
    /// What is to be considered for certain, and what is open for want of earlier results.
    certain: Vec<ToConsider>,
    open: Vec<ToConsider>,
    /// The units and, when there are several, their total.
    lines: Vec<Line>,
}

impl SummaryPage {
    /// Name of the level of a column.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand on references")]
    fn level(&self, at: &usize) -> &str {
        self.view.levels.get(*at).map_or("", |level| level.1.get(self.shell.t.locale().tag()))
    }

    /// Beginning of the addresses of the lists behind the figures of a line.
    fn lists(&self, line: &Line) -> String {
        let unit = if line.total { self.view.unit.to_string() } else { line.counts.unit.clone() };
        format!("/toan-canh/{}/{unit}/danh-sach/", self.view.campaign)
    }
}

/// Một dòng: a unit, or the total.
struct Line {
    total: bool,
    counts: SummaryLine,
    /// Per level of the book: word of its list, count and share of the rated.
    levels: Vec<(String, u32, String)>,
    /// Sum of the printed shares when rounding keeps it from 100,00 %.
    odd_sum: Option<String>,
}

impl Line {
    fn of(view: &View, counts: &SummaryLine, total: bool) -> Self {
        let count = |id: &str| counts.levels.get(id).copied().unwrap_or(0);
        let level = |id: &str| (format!("muc-{id}"), count(id), crate::show::percent(count(id), counts.rated));
        let levels = view.levels.iter().map(|(id, ..)| level(id)).collect();
        let each: Vec<u32> = view.levels.iter().map(|(id, ..)| count(id)).collect();
        Self { total, counts: counts.clone(), levels, odd_sum: odd_sum(&each, counts.rated) }
    }
}

/// What the shares add up to as printed, in hundredths of a per cent, when that is not 100,00 %.
fn odd_sum(counts: &[u32], rated: u32) -> Option<String> {
    const WHOLE: u64 = 10_000;
    let of = u64::from(rated);
    if of == 0 {
        return None;
    }
    let sum: u64 = counts.iter().map(|count| (u64::from(*count) * 2 * WHOLE + of) / (of * 2)).sum();
    (sum != WHOLE).then(|| crate::show::percent(sum, WHOLE))
}

pub(super) async fn show(visit: Visit, Path((campaign, unit)): Path<(CampaignId, UnitId)>) -> Answer {
    let view = summary(visit.app(), visit.actor()?, campaign, unit).await?;
    let mut lines: Vec<Line> = view.lines.iter().map(|line| Line::of(&view, line, false)).collect();
    lines.push(Line::of(&view, &view.total, true));
    let (certain, open) = view.consider.iter().cloned().partition(|one| one.unknown.is_empty());
    let papers = visit.papers(campaign, unit).await?;
    let shell = visit
        .shell("after-summary-title")
        .papers(papers)
        .back(format!("/dot/{campaign}"), "campaign-progress-title")
        .wide();
    visit.render(SummaryPage { shell, view, certain, open, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_that_do_not_add_up_by_rounding_are_told() {
        assert_eq!(odd_sum(&[1, 1, 1, 0], 3).as_deref(), Some("99,99 %"));
        assert_eq!(odd_sum(&[1, 1, 4, 0], 6).as_deref(), Some("100,01 %"));
        assert_eq!(odd_sum(&[1, 3, 0, 0], 4), None);
        assert_eq!(odd_sum(&[0, 0, 0, 0], 0), None);
    }
}
