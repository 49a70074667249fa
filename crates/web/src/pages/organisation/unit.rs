//! One unit: what it is, who took whose place, its history, and the ways to change it.

use application::reads::organisation::{UnitPage as View, unit};
use domain::UnitId;

use super::change::Change;
use crate::prelude::*;

#[derive(Template)]
#[template(path = "organisation/unit.html")]
struct UnitPage {
    shell: Shell,
    view: View,
    /// Address and words of each act.
    ways: Vec<(String, String)>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<UnitId>) -> Answer {
    let view = unit(visit.app(), visit.actor()?, id).await?;
    let mut shell = visit.shell_text(view.name.clone()).crumb("/to-chuc", "org-title");
    for (above, name) in &view.trail {
        shell = shell.crumb_text(format!("/to-chuc/{above}"), name.clone());
    }
    let open = Change::ALL.iter().filter(|change| view.may_change && change.fits(&view));
    let way = |change: &Change| (format!("/to-chuc/{id}/{}", change.address()), visit.t.get(change.key()));
    let mut ways: Vec<(String, String)> = open.map(way).collect();
    if view.may_mark {
        ways.push((format!("/to-chuc/{id}/loai-hinh"), visit.t.get("sector-title")));
    }
    visit.render(UnitPage { shell, view, ways })
}
