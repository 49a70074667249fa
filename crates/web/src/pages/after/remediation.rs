//! Kế hoạch khắc phục của một đối tượng: what was told, and the form that makes an item of it.

use application::acts::after::{PlanItem, plan_remediation};
use application::reads::after::{MilestoneView, RemediationPage as View, ShortcomingView, remediation};
use domain::ReviewId;
use domain::remediation::Source;
use serde::Deserialize;

use crate::prelude::*;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The record of the shortcoming that is to become an item.
    #[serde(rename = "tu")]
    origin: Option<String>,
}

#[derive(Template)]
#[template(path = "after/remediation.html")]
struct RemediationPage {
    shell: Shell,
    form: FormState,
    view: View,
    told: Vec<Told>,
    milestones: Vec<Milestone>,
    sources: Vec<Choice>,
    monitors: Vec<Choice>,
    owners: Vec<Choice>,
}

/// Một hạn chế with the field of the reason why it is left.
struct Told {
    one: ShortcomingView,
    field: String,
}

/// Một mốc with the names of its fields.
struct Milestone {
    one: MilestoneView,
    goal: String,
    supporter: String,
    finding: String,
    checked_on: String,
}

impl Milestone {
    fn of(one: &MilestoneView, form: &mut FormState) -> Self {
        let named = |name: &str| format!("{name}-{}", one.after_days);
        let milestone = Self {
            goal: named("goal"),
            supporter: named("supporter"),
            finding: named("finding"),
            checked_on: named("checked_on"),
            one: one.clone(),
        };
        if form.names().next().is_none() || !form.has_errors() {
            form.put(&milestone.goal, &one.goal);
            form.put(&milestone.finding, &one.finding);
            if let Some((person, _)) = &one.supporter {
                form.put(&milestone.supporter, person);
            }
        }
        milestone
    }
}

pub(super) async fn show(visit: Visit, Path(review): Path<ReviewId>, Query(asked): Query<Asked>) -> Answer {
    let mut form = FormState::new();
    let view = remediation(visit.app(), visit.actor()?, review).await?;
    let told = view.shortcomings.iter().find(|one| Some(&one.origin) == asked.origin.as_ref());
    form.put("source", told.map_or(Source::SelfReview.word(), |one| one.source.as_str()));
    if let Some(told) = told {
        form.put("origin", &told.origin);
        form.put("shortcoming", &told.text);
    }
    page(&visit, review, form).await
}

pub(super) async fn page(visit: &Visit, review: ReviewId, mut form: FormState) -> Answer {
    let view = remediation(visit.app(), visit.actor()?, review).await?;
    let sources = Source::ALL
        .iter()
        .map(|source| Choice::new(source.word(), visit.t.get(&format!("after-source-{}", source.word()))))
        .collect();
    let people = |list: &[(domain::PersonId, String)]| {
        list.iter().map(|(person, name)| Choice::new(person.to_string(), name)).collect::<Vec<_>>()
    };
    let (monitors, owners) = (people(&view.monitors), people(&view.owners));
    let told = |one: &ShortcomingView| Told { field: format!("leave-{}", one.origin), one: one.clone() };
    let told = view.shortcomings.iter().map(told).collect();
    let failed = form.has_errors();
    let milestones = view.milestones.iter().map(|one| Milestone::of(one, &mut form)).collect();
    let shell = visit.shell("after-remediation-title").back(format!("/ho-so/{review}"), "review-case-title");
    visit.render_form(failed, RemediationPage { shell, form, view, told, milestones, sources, monitors, owners })
}

pub(super) async fn plan(visit: Visit, Path(review): Path<ReviewId>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = PlanItem {
        source: text("source"),
        origin: text("origin"),
        shortcoming: text("shortcoming"),
        measure: text("measure"),
        expected: text("expected"),
        owner: form.value("owner").parse().ok(),
        monitor: form.value("monitor").parse().ok(),
        inspector: form.value("inspector").parse().ok(),
        starts_on: text("starts_on"),
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
