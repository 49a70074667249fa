//! Đợt lớn đang được mở: how far it has come.

use application::reads::campaign::{OpeningView, opening};
use domain::JobId;

use crate::locale::Told;
use crate::prelude::*;

#[derive(Template)]
#[template(path = "campaign/opening.html", blocks = ["progress"])]
struct OpeningPage {
    shell: Shell,
    view: OpeningView,
    /// Why it was given up.
    why: Vec<Told>,
}

impl OpeningPage {
    fn making(&self) -> bool {
        self.view.opened.is_none() && !self.view.failed
    }
}

pub(super) async fn look(visit: Visit, Path(job): Path<JobId>) -> Answer {
    let view = opening(visit.app(), visit.actor()?, job).await?;
    let heading = match (view.failed, view.opened) {
        (true, _) => "campaign-opening-failed-title",
        (false, Some(_)) => "campaign-opening-ready",
        (false, None) => "campaign-opening-title",
    };
    let shell = visit.shell(heading).back("/dot", "campaign-list-title");
    let why = view.refusals.iter().map(|refusal| visit.t.refusal(refusal)).collect();
    let page = OpeningPage { shell, view, why };
    if visit.partial() { visit.region(&page.as_progress()) } else { visit.render(page) }
}
