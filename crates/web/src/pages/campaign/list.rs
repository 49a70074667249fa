//! All campaigns the reader may see.

use application::reads::campaign::{CampaignView, campaigns};
use domain::policy::{Resource, allows};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "campaign/list.html")]
struct ListPage {
    shell: Shell,
    campaigns: Vec<CampaignView>,
    may_open: bool,
}

pub(super) async fn show(visit: Visit) -> Answer {
    let actor = visit.actor()?;
    let campaigns = campaigns(visit.app(), actor).await?;
    let may_open = actor.posts.iter().any(|post| allows(actor, Act::OpenCampaign, &Resource::of_unit(&post.path)));
    let shell = visit.shell("campaign-list-title");
    visit.render(ListPage { shell, campaigns, may_open })
}
