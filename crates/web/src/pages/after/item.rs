//! Một việc khắc phục; its monitor says what the check showed and closes it.

use application::acts::after::close_remediation;
use application::reads::after::{ItemView, item};
use domain::ItemId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "after/item.html")]
struct ItemPage {
    shell: Shell,
    form: FormState,
    unit_name: String,
    item: ItemView,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ItemId>) -> Answer {
    page(&visit, id, FormState::new()).await
}

async fn page(visit: &Visit, id: ItemId, form: FormState) -> Answer {
    let (item, unit_name) = item(visit.app(), visit.actor()?, id).await?;
    let shell = visit.shell("after-item-title").back("/", "after-back");
    let failed = form.has_errors();
    visit.render_form(failed, ItemPage { shell, form, unit_name, item })
}

pub(super) async fn close(visit: Visit, Path(id): Path<ItemId>, Typed(mut form): Typed) -> Answer {
    match close_remediation(visit.app(), visit.actor()?, id, form.value("outcome")).await {
        Ok(()) => visit.see_other(&format!("/khac-phuc/{id}"), Flash::done("after-closed")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}
