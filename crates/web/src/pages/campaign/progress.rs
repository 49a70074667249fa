//! Tiến độ: units × steps, who has done what at once.

use application::reads::campaign::{Progress, UnitProgress, progress};
use application::reads::rollup::lookout;
use domain::CampaignId;
use domain::ballot::BallotState;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "campaign/progress.html")]
struct ProgressPage {
    shell: Shell,
    view: Progress,
}

impl ProgressPage {
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

pub(super) async fn show(visit: Visit, Path(campaign): Path<CampaignId>) -> Answer {
    // A round over a tree is looked at from the highest body in which one holds a post.
    if let Some((round, unit)) = lookout(visit.app(), visit.actor()?, campaign).await? {
        return visit.go(&format!("/toan-canh/{round}/{unit}"));
    }
    let view = progress(visit.app(), visit.actor()?, campaign).await?;
    let shell =
        visit.shell("campaign-progress-title").heading(&view.campaign.title).back("/dot", "campaign-list-title").wide();
    visit.render(ProgressPage { shell, view })
}
