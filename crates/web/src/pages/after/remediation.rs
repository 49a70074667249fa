//! Kế hoạch khắc phục của một người: what was said beside the form that makes an item of it.

use application::acts::after::{PlanItem, plan_remediation};
use application::reads::after::{RemediationPage as View, remediation};
use domain::ReviewId;
use domain::remediation::Source;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "after/remediation.html")]
struct RemediationPage {
    shell: Shell,
    form: FormState,
    view: View,
    sources: Vec<Choice>,
    monitors: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(review): Path<ReviewId>) -> Answer {
    let mut form = FormState::new();
    form.put("source", Source::SelfReview.word());
    page(&visit, review, form).await
}

async fn page(visit: &Visit, review: ReviewId, form: FormState) -> Answer {
    let view = remediation(visit.app(), visit.actor()?, review).await?;
    let sources = Source::ALL
        .iter()
        .map(|source| Choice::new(source.word(), visit.t.get(&format!("after-source-{}", source.word()))))
        .collect();
    let monitors = view.monitors.iter().map(|(person, name)| Choice::new(person.to_string(), name)).collect();
    let shell = visit.shell("after-remediation-title").back(format!("/ho-so/{review}"), "review-case-title");
    let failed = form.has_errors();
    visit.render_form(failed, RemediationPage { shell, form, view, sources, monitors })
}

pub(super) async fn plan(visit: Visit, Path(review): Path<ReviewId>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = PlanItem {
        source: text("source"),
        shortcoming: text("shortcoming"),
        measure: text("measure"),
        owner: None,
        monitor: form.value("monitor").parse().ok(),
        due_on: text("due_on"),
    };
    match plan_remediation(visit.app(), visit.actor()?, review, &order).await {
        Ok(_) => visit.see_other(&format!("/ho-so/{review}/khac-phuc"), Flash::done("after-planned")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, review, form).await
        }
    }
}
