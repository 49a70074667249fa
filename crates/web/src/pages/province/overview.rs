//! Toàn cảnh của một đơn vị trong đợt: every figure opens the list it counts, every unit opens its own overview.

use application::judge::Words;
use application::reads::direction::{AskedView, asked as asked_of};
use application::reads::rollup::{Line, Overview, Tally, overview};
use domain::subject::Subject;
use domain::{CampaignId, UnitId};
use serde::Deserialize;

use super::chart::{self, Bar};
use crate::locale::Translator;
use crate::pages::direction::title;
use crate::prelude::*;

#[derive(Template)]
#[template(path = "province/overview.html")]
struct OverviewPage {
    shell: Shell,
    view: Overview,
    bars: Vec<Bar>,
    /// Clauses that asked for the round.
    asked: Vec<AskedView>,
    /// Levels by kind of subject, and the bars of those who have one.
    kinds: Vec<Kinds>,
    spread: Vec<Bar>,
    /// The units and, last, the whole.
    lines: Vec<Row>,
}

/// Một dòng của bảng.
struct Row {
    line: Line,
    is_total: bool,
    /// Beginning of the addresses of its lists.
    place: String,
    /// Word of the list and figure of each step.
    figures: Vec<(&'static str, i64)>,
    /// Word of the list and figure of each level.
    levels: Vec<(String, i64)>,
}

/// Kết quả của một loại đối tượng.
struct Kinds {
    subject: Subject,
    tally: Tally,
    /// Beginning of the addresses of its lists.
    place: String,
    /// Word of the list and figure of each level.
    levels: Vec<(String, i64)>,
}

impl Kinds {
    fn of(view: &Overview, (subject, tally): &(Subject, Tally)) -> Self {
        let kind = if *subject == Subject::Member { String::new() } else { format!("{subject}.") };
        Self {
            subject: *subject,
            place: format!("/toan-canh/{}/{}/danh-sach/{kind}", view.campaign.id, view.unit),
            levels: view.levels.iter().map(|(id, ..)| (format!("muc-{id}"), tally.level(id))).collect(),
            tally: tally.clone(),
        }
    }

    fn bar(&self, view: &Overview, t: Translator, at: i64) -> Option<Bar> {
        let named =
            |(id, name, _): &(String, Words, Words)| (name.get(t.locale().tag()).to_owned(), self.tally.level(id));
        let levels: Vec<_> = view.levels.iter().map(named).collect();
        (self.tally.rated > 0)
            .then(|| chart::spread(t.get(&format!("province-subject-{}", self.subject)), &levels, self.tally.rated, at))
    }
}

/// The figures of a line in the order of the columns.
fn figures(line: &Line) -> Vec<(&'static str, i64)> {
    let s = &line.steps;
    vec![
        ("phai-kiem-diem", s.due),
        ("da-nop", s.submitted),
        ("da-kiem-diem", s.discussed),
        ("da-de-xuat", s.proposed),
        ("da-quyet-dinh", s.decided),
        ("da-thong-bao", s.notified),
        ("chi-bo", s.cells),
        ("da-hop", s.met),
        ("da-kiem-phieu", s.counted),
        ("da-khoa-bien-ban", s.sealed),
        ("da-gui-de-xuat", s.sent),
    ]
}

impl OverviewPage {
    fn title(&self, one: &AskedView) -> String {
        title(&one.directive, self.shell.t)
    }

    fn of(shell: Shell, view: Overview, asked: Vec<AskedView>) -> Self {
        let row = |line: &Line, is_total: bool| Row {
            place: format!("/toan-canh/{}/{}/danh-sach/", view.campaign.id, line.unit),
            levels: view.levels.iter().map(|(id, ..)| (format!("muc-{id}"), line.tally.level(id))).collect(),
            figures: figures(line),
            line: line.clone(),
            is_total,
        };
        let mut lines: Vec<Row> = view.lines.iter().map(|line| row(line, false)).collect();
        lines.push(row(&Line { unit: view.unit.to_string(), may_open: view.may_list, ..view.total.clone() }, true));
        let kinds: Vec<Kinds> = view.kinds.iter().map(|kind| Kinds::of(&view, kind)).collect();
        let bars = kinds.iter().filter(|kind| kind.tally.rated > 0).zip(0_i64..);
        let spread = bars.filter_map(|(kind, at)| kind.bar(&view, shell.t, at)).collect();
        Self { bars: chart::bars(&view.lines), kinds, spread, lines, asked, shell, view }
    }

    /// Where the name of a unit leads: a cell to its register, any other to its overview.
    fn way(&self, line: &Line) -> String {
        if line.is_cell {
            format!("/dot/{}/{}", line.campaign, line.unit)
        } else {
            format!("/toan-canh/{}/{}", self.view.campaign.id, line.unit)
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Every unit below is to be listed, however many.
    #[serde(rename = "tat-ca")]
    whole: Option<String>,
}

pub(super) async fn show(
    visit: Visit,
    Path((round, unit)): Path<(CampaignId, UnitId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = overview(visit.app(), visit.actor()?, round, unit, asked.whole.is_some()).await?;
    let mut shell = visit.shell("province-title").heading(&view.name).wide().crumb("/dot", "campaign-list-title");
    for (above, name) in &view.trail {
        shell = shell.crumb_text(format!("/toan-canh/{round}/{above}"), name);
    }
    let asked = asked_of(visit.app(), visit.actor()?, &format!("campaign/{round}")).await?;
    visit.render(OverviewPage::of(shell, view, asked))
}
