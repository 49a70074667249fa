//! Tiến độ: units × steps, who has done what at once.

use application::reads::campaign::{Progress, UnitProgress, progress};
use application::reads::direction::{AskedView, asked as asked_of};
use application::reads::rollup::lookout;
use domain::CampaignId;
use domain::ballot::BallotState;
use serde::Deserialize;

use crate::pages::direction::title;
use crate::prelude::*;

/// What the address asks for: `chi=cham` only the units that are late.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    chi: String,
}

#[derive(Template)]
#[template(path = "campaign/progress.html")]
struct ProgressPage {
    shell: Shell,
    view: Progress,
    only_late: bool,
    /// Clauses that asked for it.
    asked: Vec<AskedView>,
}

impl ProgressPage {
    fn title(&self, one: &AskedView) -> String {
        title(&one.directive, self.shell.t)
    }

    fn late_units(&self) -> usize {
        self.view.units.iter().filter(|unit| self.view.late_steps(unit).next().is_some()).count()
    }

    /// The units that are asked for.
    fn units(&self) -> impl Iterator<Item = &UnitProgress> {
        self.view.units.iter().filter(|unit| !self.only_late || self.view.late_steps(unit).next().is_some())
    }

    /// State of a cell's proposal.
    fn proposal_word(&self, unit: &UnitProgress) -> String {
        let t = self.shell.t;
        if unit.proposal.is_empty() {
            t.get("campaign-not-yet")
        } else {
            t.get(&format!("proposal-state-{}", unit.proposal))
        }
    }

    fn ballot_tag(state: &str) -> &'static str {
        match BallotState::from_word(state) {
            Some(BallotState::Definitive) => "done",
            Some(BallotState::Differs) => "bad",
            _ => "go",
        }
    }
}

pub(super) async fn show(visit: Visit, Path(campaign): Path<CampaignId>, Query(asked): Query<Asked>) -> Answer {
    // A round over a tree is looked at from the highest body in which one holds a post.
    if let Some((round, unit)) = lookout(visit.app(), visit.actor()?, campaign).await? {
        return visit.go(&format!("/toan-canh/{round}/{unit}"));
    }
    let view = progress(visit.app(), visit.actor()?, campaign).await?;
    let asked_by = asked_of(visit.app(), visit.actor()?, &format!("campaign/{campaign}")).await?;
    let shell =
        visit.shell("campaign-progress-title").heading(&view.campaign.title).back("/dot", "campaign-list-title").wide();
    visit.render(ProgressPage { shell, view, only_late: asked.chi == "cham", asked: asked_by })
}
