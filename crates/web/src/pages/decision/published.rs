//! Công bố kết quả: the names and levels of an issued decision, and how they were made known.

use application::acts::decision::{PublishResult, publish, withdraw_publication};
use application::reads::publication::{PublicationPage as View, publication};
use domain::publication::PublicationForm;
use domain::{DecisionId, PublicationId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "decision/published.html")]
struct PublishedPage {
    shell: Shell,
    form: FormState,
    view: View,
    forms: Vec<Choice>,
    form_open: bool,
}

impl PublishedPage {
    /// Name of a level in the reader's language.
    fn level(&self, id: &str) -> &str {
        let language = self.shell.t.locale().tag();
        self.view.levels.iter().find(|level| level.0 == id).map_or("", |level| level.1.get(language))
    }
}

pub(super) async fn show(visit: Visit, Path(decision): Path<DecisionId>) -> Answer {
    let mut form = FormState::new();
    form.put("published_on", visit.today().shown());
    page(&visit, decision, form).await
}

async fn page(visit: &Visit, decision: DecisionId, form: FormState) -> Answer {
    let view = publication(visit.app(), visit.actor()?, decision).await?;
    let words = |form: &PublicationForm| Choice::new(form.word(), visit.t.get(&format!("publication-form-{form}")));
    let forms = PublicationForm::ALL.iter().map(words).collect();
    let shell = visit.shell("publication-title");
    let shell = match (view.may_see_decision, view.subject) {
        (false, _) => shell.back("/", "after-back"),
        (true, domain::subject::Subject::Member) => {
            shell.back(format!("/quyet-dinh/{}", view.campaign), "decision-title")
        }
        (true, subject) => {
            shell.back(format!("/xep-loai/{}/{subject}", view.campaign), &format!("classification-title-{subject}"))
        }
    };
    let failed = form.has_errors();
    let form_open = failed || view.records.iter().all(|one| one.withdrawn.is_some());
    visit.render_form(failed, PublishedPage { shell, form, view, forms, form_open })
}

pub(super) async fn record(visit: Visit, Path(decision): Path<DecisionId>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = PublishResult { form: text("form"), audience: text("audience"), published_on: text("published_on") };
    match publish(visit.app(), visit.actor()?, decision, &order).await {
        Ok(()) => visit.see_other(&format!("/cong-bo/{decision}"), Flash::done("publication-recorded")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, decision, form).await
        }
    }
}

pub(super) async fn withdraw(visit: Visit, Path(decision): Path<DecisionId>, Typed(mut form): Typed) -> Answer {
    let id = form.value("publication").parse().unwrap_or(PublicationId(uuid::Uuid::nil()));
    let reason = form.value(&format!("reason-{id}")).to_owned();
    match withdraw_publication(visit.app(), visit.actor()?, (decision, id), &reason).await {
        Ok(()) => visit.see_other(&format!("/cong-bo/{decision}"), Flash::done("publication-withdrawn")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, decision, form).await
        }
    }
}
