//! Một việc khắc phục; its monitor says what the check showed and closes it, or another monitor is named.

use application::acts::after::{ReplaceMonitor, close_remediation, replace_monitor};
use application::reads::after::{ItemPage as View, item};
use domain::ItemId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "after/item.html")]
struct ItemPage {
    shell: Shell,
    form: FormState,
    view: View,
    monitors: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ItemId>) -> Answer {
    page(&visit, id, FormState::new()).await
}

async fn page(visit: &Visit, id: ItemId, form: FormState) -> Answer {
    let view = item(visit.app(), visit.actor()?, id).await?;
    let monitors = view.monitors.iter().map(|(person, name)| Choice::new(person.to_string(), name)).collect();
    let shell = visit.shell("after-item-title").back("/", "after-back");
    let failed = form.has_errors();
    visit.render_form(failed, ItemPage { shell, form, view, monitors })
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

pub(super) async fn replace(visit: Visit, Path(id): Path<ItemId>, Typed(mut form): Typed) -> Answer {
    let order = ReplaceMonitor { named: form.value("monitor").parse().ok(), reason: form.value("reason").to_owned() };
    match replace_monitor(visit.app(), visit.actor()?, id, &order).await {
        Ok(()) => visit.see_other(&format!("/khac-phuc/{id}"), Flash::done("after-monitor-replaced")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}
