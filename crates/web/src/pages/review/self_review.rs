//! Bản tự kiểm điểm: drawn from the form of the rule book; the draft is kept while one types, the rules answer beside it.

use application::acts::review::{Typed as Filled, save_self_review, submit_self_review};
use application::judge::Judgement;
use application::reads::review::{SelfReviewPage as View, self_review};
use domain::ReviewId;
use domain::form::{Field, FieldKind, Section};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "review/self_review.html", blocks = ["verdict"])]
struct SelfReviewPage {
    shell: Shell,
    form: FormState,
    view: View,
    grades: Vec<Choice>,
    levels: Vec<Choice>,
    judgement: Judgement,
}

impl SelfReviewPage {
    fn asked<'a>(&self, section: &'a Section) -> Vec<&'a Field> {
        section.fields.iter().filter(|field| field.applies(self.view.filler)).collect()
    }

    /// What another saved into the field meanwhile, where it differs from what is typed here.
    fn saved_by_another(&self, field: &Field) -> Option<&str> {
        // Of a person's words, nobody but he sees a draft.
        let ours = !self.view.head.subject.is_person() && self.form.is_refused("REVIEW-010");
        let saved = self.view.content.get(&field.id).map_or("", String::as_str);
        (ours && saved != self.form.value(&field.id)).then_some(saved)
    }

    fn is_long(field: &Field) -> bool {
        field.kind == FieldKind::LongText
    }

    fn choices(&self, field: &Field) -> &[Choice] {
        match field.kind {
            FieldKind::Grade => &self.grades,
            FieldKind::Level => &self.levels,
            FieldKind::LongText | FieldKind::Text | FieldKind::Points => &[],
        }
    }
}

pub(super) async fn show(visit: Visit, Path(review): Path<ReviewId>) -> Answer {
    let view = self_review(visit.app(), visit.actor()?, review).await?;
    let mut form = FormState::new().set("version", view.version);
    for (field, value) in &view.content {
        form.put(field, value);
    }
    let page = page(&visit, form, view);
    visit.render(page)
}

fn page(visit: &Visit, form: FormState, view: View) -> SelfReviewPage {
    let language = visit.locale().tag();
    let choices = |list: &[(String, application::judge::Words)]| {
        list.iter().map(|(id, name)| Choice::new(id, name.get(language))).collect()
    };
    // An organisation or a collective hands in a report; a person reviews himself.
    let key = match (view.head.subject.is_person(), view.head.own) {
        (false, _) => "review-report-title",
        (true, true) => "review-self-title",
        (true, false) => "review-self-behalf-title",
    };
    let back = if view.head.own { "/".to_owned() } else { format!("/dot/{}/{}", view.head.campaign, view.head.unit) };
    SelfReviewPage {
        shell: visit.shell(key).back(&back, "review-back"),
        grades: choices(&view.grades),
        levels: choices(&view.levels),
        judgement: view.judgement.clone(),
        form,
        view,
    }
}

/// Saves the draft; with the button "hand in" it is handed in.
pub(super) async fn save(visit: Visit, Path(review): Path<ReviewId>, Typed(mut form): Typed) -> Answer {
    let actor = visit.actor()?;
    let typed: Filled = form.names().map(|name| (name.to_owned(), form.value(name).to_owned())).collect();
    let saved = save_self_review(visit.app(), actor, review, &typed, form.value("version").parse().ok()).await;
    if visit.partial() {
        match saved {
            Ok(version) => form.put("version", version),
            Err(error) => form.refuse(error, visit.t)?,
        }
        let mut view = self_review(visit.app(), actor, review).await?;
        view.judgement = application::reads::review::judge_typed(visit.app(), actor, review, &typed).await?;
        let page = page(&visit, form, view);
        return visit.region(&page.as_verdict());
    }
    let done = match saved {
        Ok(_) if form.value("do") == "submit" => {
            let reason = form.value("on_behalf_reason").to_owned();
            submit_self_review(visit.app(), actor, review, &typed, &reason).await.map(|()| true)
        }
        Ok(_) => Ok(false),
        Err(error) => Err(error),
    };
    match done {
        Ok(true) => {
            let person = self_review(visit.app(), actor, review).await?.head.subject.is_person();
            visit.see_other("/", Flash::done(if person { "review-submitted" } else { "review-report-submitted" }))
        }
        Ok(false) => visit.see_other(&format!("/ho-so/{review}/tu-kiem-diem"), Flash::done("review-draft-saved")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            let view = self_review(visit.app(), actor, review).await?;
            form.put("version", view.version);
            let page = page(&visit, form, view);
            visit.render_form(true, page)
        }
    }
}
