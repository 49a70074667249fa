//! The tree of units as of any day.

use application::reads::organisation::{Tree, WHOLE, tree};
use domain::{Day, UnitId};
use serde::Deserialize;

use crate::prelude::*;

/// Which day, from which unit down.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Wanted {
    ngay: String,
    tu: String,
}

#[derive(Template)]
#[template(path = "organisation/tree.html")]
struct TreePage {
    shell: Shell,
    form: FormState,
    view: Tree,
    /// Day and branch as the address has them.
    day: String,
    branch: String,
    today: Day,
}

pub(super) async fn show(visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    let mut form = FormState::new().set("ngay", &wanted.ngay);
    let today = visit.today();
    let day = form.day("ngay", visit.t).unwrap_or(today);
    let top: Option<UnitId> = wanted.tu.parse().ok();
    let view = tree(visit.app(), visit.actor()?, day, top).await?;
    if !form.has_errors() {
        form.put("ngay", day.shown());
    }
    let shell = visit.shell("org-title");
    let branch = top.map(|top| top.to_string()).unwrap_or_default();
    visit.render_form(form.has_errors(), TreePage { shell, day: day.shown(), form, view, branch, today })
}
