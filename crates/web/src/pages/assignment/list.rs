//! Danh sách phân công của một đợt, with a form for another.

use application::acts::assignment::{Assign, assign, end_assignment};
use application::papers::What;
use application::reads::assignment::{AssignmentPage as View, assignments};
use domain::{AssignmentId, CampaignId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "assignment/list.html")]
struct ListPage {
    shell: Shell,
    form: FormState,
    view: View,
    members: Vec<Choice>,
    units: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(campaign): Path<CampaignId>) -> Answer {
    let form = FormState::new().set("from_on", visit.today().shown());
    page(&visit, campaign, form).await
}

async fn page(visit: &Visit, campaign: CampaignId, form: FormState) -> Answer {
    let view = assignments(visit.app(), visit.actor()?, campaign).await?;
    let members = view.members.iter().map(|(person, name, title)| {
        let post = visit.t.get(&format!("roster-post-{title}"));
        Choice::new(person.to_string(), format!("{name}, {post}"))
    });
    let indented = |depth: usize| "\u{a0}\u{a0}".repeat(depth.saturating_sub(1));
    let units = view.units.iter().map(|(id, name, depth)| Choice::new(id.to_string(), indented(*depth) + name));
    let page = ListPage {
        shell: visit.shell("assignment-list").back(format!("/dot/{campaign}"), "campaign-progress-title").wide(),
        members: members.collect(),
        units: units.collect(),
        form,
        view,
    };
    visit.render_form(page.form.has_errors(), page)
}

pub(super) async fn record(visit: Visit, Path(campaign): Path<CampaignId>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = Assign {
        person: form.value("person").parse().ok(),
        units: form.values("unit").iter().filter_map(|unit| unit.parse().ok()).collect(),
        sector: text("sector"),
        basis: text("basis"),
        from_on: text("from_on"),
    };
    match assign(visit.app(), visit.actor()?, campaign, &order).await {
        Ok(()) => visit.see_other(&format!("/phan-cong/{campaign}"), Flash::done("assignment-made")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, campaign, form).await
        }
    }
}

pub(super) async fn end(
    visit: Visit,
    Path((campaign, id)): Path<(CampaignId, AssignmentId)>,
    Typed(mut form): Typed,
) -> Answer {
    let reason = form.value(&format!("end-{id}")).to_owned();
    match end_assignment(visit.app(), visit.actor()?, id, &reason).await {
        Ok(()) => visit.see_other(&format!("/phan-cong/{campaign}"), Flash::done("assignment-ended")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, campaign, form).await
        }
    }
}

pub(super) async fn print(visit: Visit, Path((campaign, format)): Path<(CampaignId, String)>) -> Answer {
    crate::pages::papers::hand_out(&visit, What::Assignments(campaign), &format).await
}
