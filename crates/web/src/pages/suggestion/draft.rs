//! Soạn gợi ý mới cho một hồ sơ.

use application::acts::suggestion::{SaveSuggestion, draft_suggestion, send_suggestion};
use application::reads::suggestion::{NewSuggestionPage as View, new_suggestion};
use domain::{FactId, ReviewId};

use super::{grounds, places, put, typed};
use crate::prelude::*;

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    #[serde(default, rename = "du-kien")]
    fact: Option<FactId>,
}

#[derive(Template)]
#[template(path = "suggestion/new.html")]
struct NewPage {
    shell: Shell,
    form: FormState,
    view: View,
    grounds: Vec<Choice>,
    action: String,
    places: usize,
    may_send: bool,
}

pub(super) async fn begin(visit: Visit, Path(review): Path<ReviewId>, Query(asked): Query<Asked>) -> Answer {
    page(&visit, review, FormState::new(), asked.fact).await
}

async fn page(visit: &Visit, review: ReviewId, mut form: FormState, fact: Option<FactId>) -> Answer {
    let view = new_suggestion(visit.app(), visit.actor()?, review, fact).await?;
    if let Some(issue) = &view.prefilled {
        put(&mut form, 0, issue);
    }
    let grounds = grounds(visit, &view.grounds);
    let shell = visit.shell("suggestion-new").back(format!("/ho-so/{review}"), "review-case-title");
    let may_send = view.may_send;
    let (places, action, failed) = (places(&form), format!("/ho-so/{review}/goi-y"), form.has_errors());
    visit.render_form(failed, NewPage { shell, form, view, grounds, action, places, may_send })
}

pub(super) async fn create(visit: Visit, Path(review): Path<ReviewId>, Typed(mut form): Typed) -> Answer {
    let order = SaveSuggestion { due_on: form.value("due_on").to_owned(), issues: typed(&form), seen: None };
    let actor = visit.actor()?;
    let id = match draft_suggestion(visit.app(), actor, review, &order).await {
        Ok(id) => id,
        Err(error) => {
            form.refuse(error, visit.t)?;
            return page(&visit, review, form, None).await;
        }
    };
    if form.value("do") != "send" {
        return visit.see_other(&format!("/goi-y/{id}"), Flash::done("suggestion-saved"));
    }
    match send_suggestion(visit.app(), actor, id).await {
        Ok(()) => visit.see_other(&format!("/goi-y/{id}"), Flash::done("suggestion-sent")),
        // It is kept as a draft; what is missing stands there.
        Err(error) => {
            form.refuse(error, visit.t)?;
            super::one::page(&visit, id, form).await
        }
    }
}
