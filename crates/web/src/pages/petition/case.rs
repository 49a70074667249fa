//! Kiến nghị về một hồ sơ.

use application::acts::after::Extend;
use application::acts::petition::{
    AnswerPetition, FilePetition, Redecision, answer_petition, extend_petition, file_petition, withdraw_petition,
};
use application::reads::petition::{PetitionPage as View, petitions};
use domain::{PetitionId, ReviewId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "petition/case.html")]
struct PetitionPage {
    shell: Shell,
    form: FormState,
    view: View,
    levels: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(review): Path<ReviewId>) -> Answer {
    page(&visit, review, FormState::new()).await
}

async fn page(visit: &Visit, review: ReviewId, form: FormState) -> Answer {
    let view = petitions(visit.app(), visit.actor()?, review).await?;
    let tag = visit.locale().tag();
    let stays = Choice::new("", visit.t.get("petition-level-stays"));
    let levels = view.levels.iter().map(|(id, name)| Choice::new(id.as_str(), name.get(tag)));
    let levels = std::iter::once(stays).chain(levels).collect();
    let shell = visit.shell("petition-title").back(format!("/ho-so/{review}"), "review-case-title");
    let failed = form.has_errors();
    visit.render_form(failed, PetitionPage { shell, form, view, levels })
}

async fn answered(
    visit: &Visit,
    review: ReviewId,
    mut form: FormState,
    done: application::Result<()>,
    said: &'static str,
) -> Answer {
    match done {
        Ok(()) => visit.see_other(&format!("/ho-so/{review}/kien-nghi"), Flash::done(said)),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(visit, review, form).await
        }
    }
}

/// The review that a form about a petition names, to go back to.
fn review_of(form: &FormState) -> Result<ReviewId, Failure> {
    form.value("review").parse().map_err(|_| Failure::Denied)
}

pub(super) async fn file(visit: Visit, Path(review): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let order =
        FilePetition { content: form.value("content").to_owned(), received_on: form.value("received_on").to_owned() };
    let done = file_petition(visit.app(), visit.actor()?, review, &order).await.map(drop);
    answered(&visit, review, form, done, "petition-filed").await
}

pub(super) async fn extend(visit: Visit, Path(petition): Path<PetitionId>, Typed(form): Typed) -> Answer {
    let order = Extend { until: form.value("until").to_owned(), reason: form.value("reason").to_owned() };
    let done = extend_petition(visit.app(), visit.actor()?, petition, &order).await;
    if matches!(done, Err(application::Error::Denied)) {
        return Err(Failure::Denied);
    }
    let review = review_of(&form)?;
    answered(&visit, review, form, done, "petition-extended").await
}

pub(super) async fn answer(visit: Visit, Path(petition): Path<PetitionId>, Typed(form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = AnswerPetition {
        answer: text("answer"),
        level: text("level"),
        decision: Redecision { number: text("number"), signed_on: text("signed_on"), in_favour: text("in_favour") },
    };
    let done = answer_petition(visit.app(), visit.actor()?, petition, &order).await;
    if matches!(done, Err(application::Error::Denied)) {
        return Err(Failure::Denied);
    }
    let review = review_of(&form)?;
    answered(&visit, review, form, done, "petition-answered").await
}

pub(super) async fn withdraw(visit: Visit, Path(petition): Path<PetitionId>, Typed(form): Typed) -> Answer {
    let done = withdraw_petition(visit.app(), visit.actor()?, petition).await;
    if matches!(done, Err(application::Error::Denied)) {
        return Err(Failure::Denied);
    }
    let review = review_of(&form)?;
    answered(&visit, review, form, done, "petition-withdrawn").await
}
