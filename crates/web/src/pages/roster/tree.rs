//! The tree of units with the members of each.

use application::reads::roster::{UnitView, tree};

use crate::prelude::*;
use crate::routes::may_somewhere;

#[derive(Template)]
#[template(path = "roster/tree.html")]
struct TreePage {
    shell: Shell,
    units: Vec<UnitView>,
    /// Whether lower levels are left out.
    cut: bool,
    may_import: bool,
}

pub(super) async fn show(visit: Visit) -> Answer {
    let actor = visit.actor()?;
    let units = tree(visit.app(), actor).await?;
    let may_import = may_somewhere(actor, Act::ImportRoster);
    let cut = units.iter().any(|unit| unit.cut);
    visit.render(TreePage { shell: visit.shell("roster-title"), cut, units, may_import })
}
