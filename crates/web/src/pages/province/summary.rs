//! Bảng tổng hợp ở mọi cấp: level by unit and subject; kept as reported, with what changed since.

use application::acts::campaign::report_summary;
use application::papers::What;
use application::reads::rollup::{Change, Summary, SummaryGroup, Tally, TitleGroup, reported, summary};
use domain::subject::Subject;
use domain::{CampaignId, ReportId, UnitId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "province/summary.html")]
struct SummaryPage {
    shell: Shell,
    form: FormState,
    view: Summary,
    rows: Vec<Row>,
    /// The leaders of the whole by title.
    titles: Vec<(TitleGroup, Row)>,
}

/// Một dòng: a unit's results for one kind of subject.
#[derive(Default)]
struct Row {
    /// Name of the unit, on its first line only.
    unit: String,
    subject: String,
    is_total: bool,
    tally: Tally,
    /// Beginning of the addresses of the lists behind its figures.
    lists: String,
    /// Whether they open: not those of a table that was kept.
    opens: bool,
    /// Per level: word of its list, count and share of the rated.
    levels: Vec<(String, i64, String)>,
    /// Share of the best among those with the two best levels.
    top: String,
    /// Sum of the printed shares when rounding keeps it from 100,00 %.
    odd_sum: Option<String>,
}

impl Row {
    fn of(view: &Summary, group: &SummaryGroup, (at, (subject, tally)): (usize, &(String, Tally))) -> Self {
        Self {
            unit: if at == 0 { group.name.clone() } else { String::new() },
            subject: subject.clone(),
            is_total: group.is_total,
            lists: Self::lists(view, group, subject),
            opens: view.may_list && view.as_reported.is_none(),
            ..Self::of_tally(view, tally)
        }
    }

    /// The figures alone.
    fn of_tally(view: &Summary, tally: &Tally) -> Self {
        let counts: Vec<i64> = view.levels.iter().map(|(id, ..)| tally.level(id)).collect();
        let share = |n: i64, of: i64| crate::show::percent(n.unsigned_abs(), of.unsigned_abs());
        let best = counts.first().copied().unwrap_or(0);
        let among = counts.iter().take(2).sum::<i64>();
        Self {
            levels: std::iter::zip(&view.levels, &counts)
                .map(|((id, ..), n)| (format!("muc-{id}"), *n, share(*n, tally.rated)))
                .collect(),
            top: if among > 0 { share(best, among) } else { "—".to_owned() },
            odd_sum: odd_sum(&counts, tally.rated),
            tally: tally.clone(),
            ..Self::default()
        }
    }

    fn lists(view: &Summary, group: &SummaryGroup, subject: &str) -> String {
        let kind = if subject == Subject::Member.word() { String::new() } else { format!("{subject}.") };
        format!("/toan-canh/{}/{}/danh-sach/{kind}", view.round, group.unit)
    }
}

/// What the shares add up to as printed, in hundredths of a per cent, when that is not 100,00 %.
fn odd_sum(counts: &[i64], rated: i64) -> Option<String> {
    const WHOLE: u64 = 10_000;
    let of = rated.unsigned_abs();
    if of == 0 {
        return None;
    }
    let sum: u64 = counts.iter().map(|count| (count.unsigned_abs() * 2 * WHOLE + of) / (of * 2)).sum();
    (sum != WHOLE).then(|| crate::show::percent(sum, WHOLE))
}

impl SummaryPage {
    /// Name of the level of a column.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand on references")]
    fn level(&self, at: &usize) -> &str {
        self.view.levels.get(*at).map_or("", |level| level.1.get(self.shell.t.locale().tag()))
    }

    fn of(shell: Shell, form: FormState, mut view: Summary) -> Self {
        let rows = view.groups.iter().flat_map(|group| {
            let view = &view;
            group.subjects.iter().enumerate().map(move |one| Row::of(view, group, one))
        });
        let rows = rows.collect();
        let titles = std::mem::take(&mut view.titles).into_iter();
        let titles = titles.map(|group| (group.clone(), Row::of_tally(&view, &group.tally))).collect();
        Self { rows, titles, shell, form, view }
    }

    /// What a changed figure counts, in words.
    fn what(&self, change: &Change) -> String {
        let (t, language) = (self.shell.t, self.shell.t.locale().tag());
        let level = self.view.levels.iter().find(|(id, ..)| *id == change.what);
        level.map_or_else(
            || t.get(&format!("province-what-{}", change.what)),
            |(_, name, _)| name.get(language).to_owned(),
        )
    }
}

pub(super) async fn show(visit: Visit, Path(place): Path<(CampaignId, UnitId)>) -> Answer {
    page(&visit, place, FormState::new()).await
}

/// A table that was reported, with its figures of that time.
pub(super) async fn reported_as(
    visit: Visit,
    Path((round, unit, report)): Path<(CampaignId, UnitId, ReportId)>,
    Query(asked): Query<super::list::Asked>,
) -> Answer {
    let view = reported(visit.app(), visit.actor()?, (round, unit), report, asked.page.unwrap_or(1)).await?;
    let shell = visit.shell("province-as-reported").crumb("/dot", "campaign-list-title");
    let shell = shell.crumb_text(format!("/toan-canh/{round}/{unit}"), &view.unit_name);
    let shell = shell.crumb(format!("/toan-canh/{round}/{unit}/tong-hop"), "after-summary-title");
    visit.render(SummaryPage::of(shell.wide(), FormState::new(), view))
}

/// The same on paper.
pub(super) async fn file(
    visit: Visit,
    Path((campaign, unit, report, format)): Path<(CampaignId, UnitId, ReportId, String)>,
) -> Answer {
    crate::pages::papers::file::hand_out(&visit, What::Reported { campaign, unit, report }, &format).await
}

async fn page(visit: &Visit, (round, unit): (CampaignId, UnitId), form: FormState) -> Answer {
    let view = summary(visit.app(), visit.actor()?, round, unit).await?;
    let shell = visit
        .shell("after-summary-title")
        .crumb("/dot", "campaign-list-title")
        .crumb_text(format!("/toan-canh/{round}/{unit}"), &view.unit_name)
        .wide();
    let failed = form.has_errors();
    visit.render_form(failed, SummaryPage::of(shell, form, view))
}

pub(super) async fn report(visit: Visit, Path(place): Path<(CampaignId, UnitId)>, Typed(mut form): Typed) -> Answer {
    let (round, unit) = place;
    match report_summary(visit.app(), visit.actor()?, round, unit, form.value("note")).await {
        Ok(()) => visit.see_other(&format!("/toan-canh/{round}/{unit}/tong-hop"), Flash::done("province-reported")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, place, form).await
        }
    }
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
