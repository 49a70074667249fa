//! Mốc thời gian của một đợt: earlier than the superior's if one likes, never later.

use std::collections::BTreeMap;

use application::acts::campaign::set_days;
use application::reads::campaign::{DaysPage, days};
use domain::CampaignId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "campaign/days.html")]
struct Page {
    shell: Shell,
    form: FormState,
    view: DaysPage,
}

pub(super) async fn show(visit: Visit, Path(campaign): Path<CampaignId>) -> Answer {
    page(&visit, campaign, FormState::new()).await
}

async fn page(visit: &Visit, campaign: CampaignId, mut form: FormState) -> Answer {
    let view = days(visit.app(), visit.actor()?, campaign).await?;
    let failed = form.has_errors();
    for step in view.campaign.steps.iter().filter(|_| !failed) {
        form.put(&format!("due-{}", step.step), step.due_on.shown());
    }
    let shell = visit
        .shell("campaign-days-title")
        .crumb("/dot", "campaign-list-title")
        .crumb_text(format!("/dot/{campaign}"), &view.campaign.title);
    visit.render_form(failed, Page { shell, form, view })
}

pub(super) async fn submit(visit: Visit, Path(campaign): Path<CampaignId>, Typed(mut form): Typed) -> Answer {
    let typed: BTreeMap<String, String> =
        form.with_prefix("due-").map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    match set_days(visit.app(), visit.actor()?, campaign, &typed).await {
        Ok(()) => visit.see_other(&format!("/dot/{campaign}/moc-thoi-gian"), Flash::done("campaign-days-saved")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, campaign, form).await
        }
    }
}
