//! Đợt lớn đang được mở: how far it has come.

use application::reads::campaign::{OpeningView, opening};
use domain::JobId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "campaign/opening.html", blocks = ["progress"])]
struct OpeningPage {
    shell: Shell,
    view: OpeningView,
    /// Why it was given up.
    why: String,
}

impl OpeningPage {
    fn making(&self) -> bool {
        self.view.opened.is_none() && !self.view.failed
    }
}

pub(super) async fn look(visit: Visit, Path(job): Path<JobId>) -> Answer {
    let view = opening(visit.app(), visit.actor()?, job).await?;
    let shell = visit.shell("campaign-opening-title").back("/dot", "campaign-list-title");
    let why = visit.t.find(&format!("refusal-{}", view.code)).unwrap_or_default();
    let page = OpeningPage { shell, view, why };
    if visit.partial() { visit.region(&page.as_progress()) } else { visit.render(page) }
}
