//! Danh sách của một chi bộ trong đợt: who is reviewed, who is classified, who neither and why.

use application::reads::campaign::{ReviewLine, UnitProgress, register};
use domain::review::ReviewState;
use domain::{CampaignId, UnitId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "campaign/register.html")]
struct RegisterPage {
    shell: Shell,
    campaign: CampaignId,
    unit: UnitId,
    progress: UnitProgress,
    lines: Vec<ReviewLine>,
}

impl RegisterPage {
    fn state_tag(state: &str) -> &'static str {
        match ReviewState::from_word(state) {
            Some(ReviewState::AwaitingSelfReview) => "wait",
            Some(ReviewState::Decided) => "done",
            _ => "go",
        }
    }
}

pub(super) async fn show(visit: Visit, Path((campaign, unit)): Path<(CampaignId, UnitId)>) -> Answer {
    let (progress, lines) = register(visit.app(), visit.actor()?, campaign, unit).await?;
    let papers = visit.papers(campaign, unit).await?;
    let shell = visit
        .shell("campaign-register-title")
        .papers(papers)
        .heading(&progress.name)
        .back(format!("/dot/{campaign}"), "campaign-progress-title");
    visit.render(RegisterPage { shell, campaign, unit, progress, lines })
}
