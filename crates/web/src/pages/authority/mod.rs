//! Thẩm quyền: who decides on whom as of a day, what is not settled, the decisions that delegate.

use application::acts::authority::{ChoosePlace, Delegate, choose_place, delegate, end_delegation};
use application::reads::authority::{AuthorityPage as View, authority};
use domain::org::UnitKind;
use domain::subject::Subject;
use domain::{Day, DelegationId, PersonId};

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/tham-quyen", Act::ViewRoster, show)
        .post("/tham-quyen", Act::Delegate, record)
        .post("/tham-quyen/{delegation}/het-hieu-luc", Act::Delegate, end)
        .post("/tham-quyen/noi-xep-loai/{person}", Act::Delegate, choose)
}

#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    ngay: String,
}

#[derive(Template)]
#[template(path = "authority/authority.html")]
struct AuthorityPage {
    shell: Shell,
    form: FormState,
    /// Whether a new decision is being typed.
    recording: bool,
    view: View,
    subjects: Vec<Choice>,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let mut form = FormState::new().set("from_on", visit.today().shown()).set("ngay", asked.ngay);
    let day = form.day("ngay", visit.t);
    page(&visit, (day, false), form).await
}

async fn page(visit: &Visit, (day, recording): (Option<Day>, bool), mut form: FormState) -> Answer {
    let view = authority(visit.app(), visit.actor()?, day).await?;
    if form.value("ngay").is_empty() {
        form.put("ngay", view.on.shown());
    }
    let words = |key: String| visit.t.get(&key);
    let subjects = Subject::ALL.iter().map(|one| Choice::new(one.word(), words(format!("subject-{one}")).as_str()));
    let mut kinds = vec![Choice::new("", visit.t.get("authority-every-kind").as_str())];
    kinds.extend(UnitKind::ALL.iter().map(|one| Choice::new(one.word(), words(format!("roster-kind-{one}")).as_str())));
    let mut units = vec![Choice::new("", "")];
    units.extend(view.units.iter().map(|(id, name)| Choice::new(id.to_string(), name)));
    let shell = visit.shell("authority-title").back("/danh-sach", "roster-menu").wide();
    let failed = form.has_errors();
    visit
        .render_form(failed, AuthorityPage { shell, form, recording, subjects: subjects.collect(), kinds, units, view })
}

async fn record(visit: Visit, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = Delegate {
        subject: text("subject"),
        within: form.value("within").parse().ok(),
        kind: text("kind"),
        body: form.value("body").parse().ok(),
        from_on: text("from_on"),
        to_on: text("to_on"),
        basis: text("basis"),
    };
    match delegate(visit.app(), visit.actor()?, &order).await {
        Ok(_) => visit.see_other("/tham-quyen", Flash::done("authority-recorded")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, (None, true), form).await
        }
    }
}

async fn end(visit: Visit, Path(id): Path<DelegationId>, Typed(mut form): Typed) -> Answer {
    match end_delegation(visit.app(), visit.actor()?, id, form.value(&format!("end-{id}"))).await {
        Ok(()) => visit.see_other("/tham-quyen", Flash::done("authority-ended")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, (None, false), form).await
        }
    }
}

/// Where somebody who leads several units is reviewed.
async fn choose(visit: Visit, Path(person): Path<PersonId>, Typed(mut form): Typed) -> Answer {
    let order = ChoosePlace {
        unit: form.value(&format!("place-{person}")).parse().ok(),
        basis: form.value(&format!("basis-{person}")).to_owned(),
    };
    match choose_place(visit.app(), visit.actor()?, person, &order).await {
        Ok(()) => visit.see_other("/tham-quyen", Flash::done("authority-place-chosen")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, (None, false), form).await
        }
    }
}
