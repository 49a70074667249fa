//! Danh sách đứng sau một con số của toàn cảnh.

use application::reads::rollup::{Listed, list};
use domain::review::ReviewState;
use domain::subject::Subject;
use domain::{CampaignId, UnitId};
use serde::Deserialize;

use crate::prelude::*;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "trang")]
    pub(super) page: Option<u32>,
}

#[derive(Template)]
#[template(path = "province/list.html")]
struct ListPage {
    shell: Shell,
    view: Listed,
    what: String,
}

impl ListPage {
    fn state_tag(state: &str) -> &'static str {
        match ReviewState::from_word(state) {
            Some(ReviewState::AwaitingSelfReview) => "wait",
            Some(ReviewState::Decided) => "done",
            _ => "go",
        }
    }
}

pub(super) async fn show(
    visit: Visit,
    Path((round, unit, what)): Path<(CampaignId, UnitId, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = list(visit.app(), visit.actor()?, (round, unit), &what, asked.page.unwrap_or(1)).await?;
    let t = visit.t;
    let heading = match &view.level {
        Some(level) => level.get(visit.locale().tag()).to_owned(),
        None => t.get(&format!("province-list-{}", view.word)),
    };
    let heading = match view.subject {
        Subject::Member => heading,
        other => format!("{} – {heading}", t.get(&format!("subjects-kind-{other}"))),
    };
    let shell = visit
        .shell("province-list")
        .heading(heading)
        .crumb("/dot", "campaign-list-title")
        .crumb_text(format!("/toan-canh/{round}/{unit}"), &view.unit_name);
    visit.render(ListPage { shell, view, what })
}
