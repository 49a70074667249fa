//! Kiến nghị mà một cấp uỷ phải trả lời.

use application::reads::petition::{PetitionLine, petitions_of_body};
use domain::UnitId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "petition/list.html")]
struct ListPage {
    shell: Shell,
    unit_name: String,
    list: Vec<PetitionLine>,
}

pub(super) async fn show(visit: Visit, Path(unit): Path<UnitId>) -> Answer {
    let (unit_name, list) = petitions_of_body(visit.app(), visit.actor()?, unit).await?;
    let shell = visit.shell("petition-list-title").back("/", "after-back").wide();
    visit.render(ListPage { shell, unit_name, list })
}
