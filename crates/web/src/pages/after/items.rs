//! Việc khắc phục của một đơn vị.

use application::reads::after::{ItemView, items_of_unit};
use domain::{CampaignId, UnitId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "after/items.html")]
struct ItemsPage {
    shell: Shell,
    items: Vec<ItemView>,
    alone: bool,
    closed: usize,
}

pub(super) async fn show(visit: Visit, Path((campaign, unit)): Path<(CampaignId, UnitId)>) -> Answer {
    let items = items_of_unit(visit.app(), visit.actor()?, campaign, unit).await?;
    let closed = items.iter().filter(|item| item.closed).count();
    let shell = visit.shell("after-items").back(format!("/dot/{campaign}/{unit}"), "campaign-register-title").wide();
    visit.render(ItemsPage { shell, items, alone: false, closed })
}
