//! Phiếu phân tích chất lượng: the slips on an organisation or a collective side by side, and a form for one more.

use application::acts::review::{RecordSlip, record_slip};
use application::reads::slips::{SlipsPage as View, slips};
use domain::ReviewId;
use domain::slip::SlipRole;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "review/slips.html")]
struct SlipsPage {
    shell: Shell,
    form: FormState,
    view: View,
    roles: Vec<Choice>,
    grades: Vec<Choice>,
    levels: Vec<Choice>,
    form_open: bool,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ReviewId>) -> Answer {
    let mut form = FormState::new();
    form.put("signed_on", visit.today().shown());
    page(&visit, id, form).await
}

async fn page(visit: &Visit, id: ReviewId, form: FormState) -> Answer {
    let view = slips(visit.app(), visit.actor()?, id).await?;
    let language = visit.locale().tag();
    let choices = |list: &[(String, application::judge::Words)]| {
        list.iter().map(|(id, name)| Choice::new(id, name.get(language))).collect::<Vec<_>>()
    };
    let (grades, levels) = (choices(&view.grades), choices(&view.levels));
    let role = |role: &SlipRole| {
        let words = visit.t.get(&format!("slips-role-{role}"));
        Choice::new(role.word(), words.as_str()).hint(visit.t.get(&format!("slips-role-{role}-hint")))
    };
    let roles = SlipRole::ALL.iter().map(role).collect();
    let shell =
        visit.shell("slips-title").heading(&view.head.name).back(format!("/ho-so/{id}"), "review-case-title").wide();
    let failed = form.has_errors();
    let form_open = failed || view.slips.is_empty();
    visit.render_form(failed, SlipsPage { shell, form, view, roles, grades, levels, form_open })
}

pub(super) async fn record(visit: Visit, Path(id): Path<ReviewId>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = RecordSlip {
        body: text("body"),
        role: text("role"),
        grades: form.with_prefix("grade-").map(|(id, grade)| (id.to_owned(), grade.to_owned())).collect(),
        level: text("level"),
        comment: text("comment"),
        signer: text("signer"),
        signed_on: text("signed_on"),
    };
    match record_slip(visit.app(), visit.actor()?, id, &order).await {
        Ok(_) => visit.see_other(&format!("/ho-so/{id}/phieu-phan-tich"), Flash::done("slips-recorded")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}
