//! The page of one person.

use application::acts::temporary::{BeginActivity, begin_activity, end_activity};
use application::reads::person::{PersonPage as View, person};
use application::reads::temporary::{Request, of_person};
use domain::{ActivityId, PersonId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "person/person.html")]
struct PersonPage {
    shell: Shell,
    form: FormState,
    view: View,
    requests: Vec<Request>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<PersonId>) -> Answer {
    page(&visit, id, FormState::new()).await
}

async fn page(visit: &Visit, id: PersonId, form: FormState) -> Answer {
    let actor = visit.actor()?;
    let view = person(visit.app(), actor, id).await?;
    let requests = of_person(visit.app(), actor, id).await?;
    let mut shell = visit.shell_text(view.name.clone());
    if let Some(cell) = view.cell.as_ref().filter(|_| view.may_record) {
        shell = shell.crumb("/to-chuc", "org-title").crumb_text(format!("/to-chuc/{}", cell.id), cell.name.clone());
    }
    visit.render_form(form.has_errors(), PersonPage { shell, form, view, requests })
}

pub(super) async fn begin(visit: Visit, Path(id): Path<PersonId>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order =
        BeginActivity { code: text("code"), from_on: text("from_on"), to_on: text("to_on"), basis: text("basis") };
    match begin_activity(visit.app(), visit.actor()?, id, &order).await {
        Ok(_) => visit.see_other(&format!("/nguoi/{id}"), Flash::done("person-temporary-begun")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}

pub(super) async fn end(
    visit: Visit,
    Path((id, activity)): Path<(PersonId, ActivityId)>,
    Typed(mut form): Typed,
) -> Answer {
    let seen = form.value("version").parse().unwrap_or(0);
    match end_activity(visit.app(), visit.actor()?, activity, seen, form.value("last_day")).await {
        Ok(person) => visit.see_other(&format!("/nguoi/{person}"), Flash::done("person-temporary-ended")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}
