//! Lịch sử hồ sơ: who did what and when, the versions handed in, the levels of every year.

use application::reads::history::{HistoryPage as View, history};
use domain::ReviewId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "review/history.html")]
struct HistoryPage {
    shell: Shell,
    view: View,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ReviewId>) -> Answer {
    let view = history(visit.app(), visit.actor()?, id).await?;
    let shell = visit.shell("history-title").back(format!("/ho-so/{id}"), "review-case-title");
    visit.render(HistoryPage { shell, view })
}
