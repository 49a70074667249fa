//! One unit: posts, units below, people with search.

use application::reads::roster::{PAGE, UnitPeople, unit};
use domain::UnitId;
use serde::Deserialize;

use crate::prelude::*;

/// What is looked for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Wanted {
    tim: String,
    trang: u32,
}

#[derive(Template)]
#[template(path = "roster/unit.html")]
struct UnitPage {
    shell: Shell,
    form: FormState,
    wanted: String,
    first: u32,
    view: UnitPeople,
}

pub(super) async fn show(visit: Visit, Path(id): Path<UnitId>, Query(wanted): Query<Wanted>) -> Answer {
    let tim = domain::text::tidy(&wanted.tim);
    let view = unit(visit.app(), visit.actor()?, id, &tim, wanted.trang.max(1)).await?;
    let mut shell = visit.shell_text(view.unit.name.clone()).crumb("/danh-sach", "roster-title");
    for (above, name) in &view.above {
        shell = shell.crumb_text(format!("/danh-sach/{above}"), name.clone());
    }
    let form = FormState::new().set("tim", &tim);
    let first = (view.page - 1) * PAGE;
    visit.render(UnitPage { shell, form, wanted: tim, first, view })
}
