//! Mở đợt kiểm điểm: year, book with its choices, calendar.

use std::collections::BTreeMap;

use application::acts::campaign::{Asked as Opened, OpenCampaign, ask_for_campaign};
use application::acts::direction::Asked as Clause;
use application::reads::campaign::{Offer, offer};
use application::reads::direction::askable;
use domain::campaign::CampaignKind;
use serde::Deserialize;

use crate::pages::direction::title;
use crate::prelude::*;

#[derive(Deserialize)]
pub(super) struct Asked {
    year: Option<i32>,
}

#[derive(Template)]
#[template(path = "campaign/open.html")]
struct OpenPage {
    shell: Shell,
    form: FormState,
    offer: Offer,
    units: Vec<Choice>,
    kinds: Vec<Choice>,
    settings: Vec<(String, Vec<Choice>, String, String)>,
    /// Clauses of directives that may have asked for it.
    clauses: Vec<Choice>,
}

pub(super) async fn form(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let year = asked.year.unwrap_or_else(|| visit.today().parts().0);
    let mut form = FormState::new();
    form.put("year", year.to_string());
    show(&visit, form, year).await
}

async fn show(visit: &Visit, mut form: FormState, year: i32) -> Answer {
    let offer = offer(visit.app(), visit.actor()?, year).await?;
    let language = visit.locale().tag();
    for step in &offer.steps {
        let field = format!("due-{}", step.step);
        if form.value(&field).is_empty() {
            form.put(&field, step.due_on.shown());
        }
    }
    let mut settings = Vec::new();
    for setting in offer.settings.iter().filter(|setting| !setting.choices.is_empty()) {
        let field = format!("setting-{}", setting.name);
        if form.value(&field).is_empty() {
            form.put(&field, &setting.default);
        }
        let choices = setting.choices.iter().map(|(value, label)| Choice::new(value, label.get(language))).collect();
        settings.push((
            field,
            choices,
            setting.title.get(language).to_owned(),
            setting.citation.get(language).to_owned(),
        ));
    }
    let units = offer.units.iter().map(|(unit, name)| Choice::new(unit.to_string(), name)).collect();
    if let (Some((unit, _)), true) = (offer.units.first(), form.value("unit").is_empty()) {
        form.put("unit", unit.to_string());
    }
    if form.value("kind").is_empty() {
        form.put("kind", CampaignKind::Annual.word());
    }
    let word = |kind: &CampaignKind| Choice::new(kind.word(), visit.t.get(&format!("campaign-kind-{kind}")));
    let kinds = CampaignKind::ALL.iter().map(word).collect();
    let mut clauses = vec![Choice::new("", visit.t.get("campaign-asked-by-none"))];
    clauses.extend(askable(visit.app(), visit.actor()?).await?.into_iter().map(|(clause, line, text)| {
        let label = visit.t.one("directive-clause", "label", &clause.clause);
        Choice::new(clause.value(), format!("{} – {label}: {text}", title(&line, visit.t)))
    }));
    let shell = visit.shell("campaign-open-title").back("/dot", "campaign-list-title");
    let failed = form.has_errors();
    visit.render_form(failed, OpenPage { shell, form, offer, units, kinds, settings, clauses })
}

pub(super) async fn submit(visit: Visit, Typed(mut form): Typed) -> Answer {
    let year = form.value("year").trim().parse().unwrap_or_else(|_| visit.today().parts().0);
    let named = |prefix: &str| -> BTreeMap<String, String> {
        form.with_prefix(prefix).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    let order = OpenCampaign {
        unit: form.value("unit").parse().ok(),
        year,
        kind: form.value("kind").to_owned(),
        quarter: form.value("quarter").trim().parse().unwrap_or(0),
        title: form.value("title").to_owned(),
        basis: form.value("basis").to_owned(),
        settings: named("setting-"),
        calendar: named("due-"),
        asked_by: Clause::typed(form.value("asked_by")),
    };
    match ask_for_campaign(visit.app(), visit.actor()?, &order).await {
        Ok(Opened::Ordered(job)) => visit.go(&format!("/dot/dang-mo/{job}")),
        Ok(Opened::Open(campaign)) => visit.see_other(&format!("/dot/{campaign}"), Flash::done("campaign-opened")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            show(&visit, form, year).await
        }
    }
}
