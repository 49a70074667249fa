//! All papers of a unit as one archive: order, watch, take.

use application::papers::{Bundle, BundleState, bundle, bundle_file, order_bundle};
use domain::{CampaignId, JobId, UnitId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "papers/bundle.html", blocks = ["progress"])]
struct BundlePage {
    shell: Shell,
    view: Bundle,
}

impl BundlePage {
    fn making(&self) -> bool {
        self.view.state == BundleState::Making
    }

    fn ready(&self) -> bool {
        self.view.state == BundleState::Ready
    }

    /// The paper at which it failed.
    fn failed_at(&self) -> &str {
        match &self.view.state {
            BundleState::Failed(paper) => paper,
            _ => "",
        }
    }
}

pub(super) async fn order(
    visit: Visit,
    Path((campaign, unit)): Path<(CampaignId, UnitId)>,
    Typed(mut form): Typed,
) -> Answer {
    match order_bundle(visit.app(), visit.actor()?, campaign, unit).await {
        Ok(job) => visit.go(&format!("/giay-to/ca-bo/{job}")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            super::list::again(&visit, campaign, unit, form).await
        }
    }
}

pub(super) async fn look(visit: Visit, Path(job): Path<JobId>) -> Answer {
    let view = bundle(visit.app(), visit.actor()?, job).await?;
    let shell = visit
        .shell("papers-bundle-title")
        .back(format!("/giay-to/{}/{}", view.campaign, view.unit), "papers-bundle-back");
    let page = BundlePage { shell, view };
    if visit.partial() { visit.region(&page.as_progress()) } else { visit.render(page) }
}

pub(super) async fn download(visit: Visit, Path(job): Path<JobId>) -> Answer {
    let file = bundle_file(visit.app(), visit.actor()?, job).await?;
    visit.download(&file.file_name, Kind::Zip, file.bytes)
}
