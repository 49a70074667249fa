//! The request to a temporary cell: its answer, or the reason for going on without it.

use application::acts::temporary::{Answer as Opinion, answer_for_temporary_cell, waive_opinion};
use application::reads::temporary::{RequestPage as View, request};
use domain::{ActivityId, ReviewId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "person/request.html")]
struct RequestPage {
    shell: Shell,
    form: FormState,
    view: View,
    levels: Vec<Choice>,
}

type Ids = Path<(ReviewId, ActivityId)>;

pub(super) async fn show(visit: Visit, Path(ids): Ids) -> Answer {
    page(&visit, ids, FormState::new()).await
}

async fn page(visit: &Visit, (review, activity): (ReviewId, ActivityId), form: FormState) -> Answer {
    let view = request(visit.app(), visit.actor()?, review, activity).await?;
    let language = visit.locale().tag();
    let mut levels = vec![Choice::new("", visit.t.get("review-no-level").as_str())];
    levels.extend(view.levels.iter().map(|(id, name)| Choice::new(id, name.get(language))));
    let shell = visit.shell("temporary-title").back("/", "review-back");
    visit.render_form(form.has_errors(), RequestPage { shell, form, view, levels })
}

pub(super) async fn answer(visit: Visit, Path((review, activity)): Ids, Typed(mut form): Typed) -> Answer {
    let order = Opinion { level: form.value("level").to_owned(), comment: form.value("comment").to_owned() };
    match answer_for_temporary_cell(visit.app(), visit.actor()?, review, activity, &order).await {
        Ok(()) => {
            visit.see_other(&format!("/sinh-hoat-tam-thoi/{review}/{activity}"), Flash::done("temporary-answered"))
        }
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, (review, activity), form).await
        }
    }
}

pub(super) async fn waive(visit: Visit, Path((review, activity)): Ids, Typed(mut form): Typed) -> Answer {
    match waive_opinion(visit.app(), visit.actor()?, review, activity, form.value("reason")).await {
        Ok(()) => visit.see_other(&format!("/sinh-hoat-tam-thoi/{review}/{activity}"), Flash::done("temporary-waived")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, (review, activity), form).await
        }
    }
}
