//! Thử thay dữ kiện: the answer of the rules if some facts were others. It is only looked at: nothing is saved.

use std::collections::BTreeMap;

use application::reads::trial::{Trial as View, TrialFact, trial};
use axum::extract::RawQuery;
use domain::ReviewId;

use crate::form::pairs;
use crate::prelude::*;

/// Facts of one origin, under one heading.
struct Part {
    key: &'static str,
    facts: Vec<TrialFact>,
}

#[derive(Template)]
#[template(path = "review/trial.html", blocks = ["outcome"])]
struct TrialPage {
    shell: Shell,
    form: FormState,
    view: View,
    parts: Vec<Part>,
    changes: Vec<Change>,
    yes_no: Vec<Choice>,
    /// Whether only the outcome is asked for; the marks at the fields then travel with it.
    partial: bool,
}

/// Một thay đổi: label, what stands, what is tried; empty is not known.
struct Change {
    label: String,
    stands: String,
    tried: String,
}

/// The facts to try stand in the address as `value-<fact>`, so that a trial can be kept and sent to somebody.
pub(super) async fn show(visit: Visit, Path(id): Path<ReviewId>, RawQuery(query): RawQuery) -> Answer {
    let typed = pairs(query.unwrap_or_default().as_bytes()).ok_or(Failure::Unreadable)?;
    let mut form = FormState::of_pairs(typed);
    let asked: BTreeMap<String, String> =
        form.with_prefix("value-").map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let view = trial(visit.app(), visit.actor()?, id, &asked).await?;
    if !view.refused.is_empty() {
        form.refuse(application::Error::Refused(view.refused.clone()), visit.t)?;
    }
    let page = page(&visit, form, view);
    if visit.partial() {
        return visit.region(&page.as_outcome());
    }
    visit.render_form(page.form.has_errors(), page)
}

fn page(visit: &Visit, form: FormState, view: View) -> TrialPage {
    let yes_no = [("true", "review-yes"), ("false", "review-no")]
        .map(|(value, key)| Choice::new(value, visit.t.get(key).as_str()));
    let back = format!("/ho-so/{}", view.head.id);
    let shell = visit.shell("trial-title").back(&back, "review-case-title").wide();
    let changes = view.facts.iter().filter(|fact| fact.changed).map(|fact| change(fact, &yes_no, visit.t)).collect();
    let parts = parts(&view.facts);
    TrialPage { shell, form, parts, changes, yes_no: yes_no.into(), partial: visit.partial(), view }
}

/// Stated facts first, then the grades.
fn parts(facts: &[TrialFact]) -> Vec<Part> {
    let (grades, stated): (Vec<TrialFact>, Vec<TrialFact>) =
        facts.iter().cloned().partition(|fact| fact.name.starts_with("grade."));
    let parts = [Part { key: "trial-facts", facts: stated }, Part { key: "trial-grades", facts: grades }];
    parts.into_iter().filter(|part| !part.facts.is_empty()).collect()
}

fn change(fact: &TrialFact, yes_no: &[Choice], t: Translator) -> Change {
    let language = t.locale().tag();
    let unknown = || t.get("trial-unknown");
    let or_unknown = |text: &str| if text.trim().is_empty() { unknown() } else { text.to_owned() };
    let chosen = fact.choices.iter().find(|(id, _)| *id == fact.typed).map(|(_, name)| name.get(language));
    let answered = yes_no.iter().find(|choice| fact.kind == "boolean" && choice.value == fact.typed);
    let tried = chosen.or_else(|| answered.map(|choice| choice.label.as_str())).unwrap_or(&fact.typed);
    Change {
        label: fact.label.get(language).to_owned(),
        stands: or_unknown(fact.stands.get(language)),
        tried: or_unknown(tried),
    }
}
