//! Danh sách của một chi bộ trong đợt: who is reviewed, who is classified, who neither and why.

use application::reads::campaign::{CellStep, RegisterPage as View, Standing, register};
use domain::review::ReviewState;
use domain::{CampaignId, UnitId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "campaign/register.html")]
struct RegisterPage {
    shell: Shell,
    campaign: CampaignId,
    unit: UnitId,
    view: View,
}

impl RegisterPage {
    /// What to do next, or whom to wait for.
    fn now(&self) -> Option<&CellStep> {
        self.view.steps.iter().find(|step| matches!(step.standing, Standing::Next | Standing::Elsewhere))
    }

    /// Where things are with a step, in words.
    fn said(&self, step: &CellStep) -> String {
        let key = format!("cell-said-{}-{}", step.step, step.said);
        self.shell.t.two(&key, "done", crate::show::number(step.done), "total", crate::show::number(step.total))
    }

    fn step_tag(step: &CellStep) -> &'static str {
        match step.standing {
            Standing::Done => "done",
            Standing::Next | Standing::Elsewhere => "go",
            Standing::Short => "wait",
            Standing::Later => "",
        }
    }

    fn state_tag(state: &str) -> &'static str {
        match ReviewState::from_word(state) {
            Some(ReviewState::AwaitingSelfReview) => "wait",
            Some(ReviewState::Decided) => "done",
            _ => "go",
        }
    }
}

pub(super) async fn show(visit: Visit, Path((campaign, unit)): Path<(CampaignId, UnitId)>) -> Answer {
    let view = register(visit.app(), visit.actor()?, campaign, unit).await?;
    let papers = view.progress.may_print.then(|| format!("/giay-to/{campaign}/{unit}"));
    let shell = visit
        .shell("campaign-register-title")
        .papers(papers)
        .heading(&view.progress.name)
        .back(format!("/dot/{campaign}"), "campaign-progress-title");
    visit.render(RegisterPage { shell, campaign, unit, view })
}
