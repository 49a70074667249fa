//! Sau xếp loại: the notice with the person's reply, remediation items, the summary by level.

mod item;
mod items;
mod notice;
mod remediation;
mod summary;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/ho-so/{review}/thong-bao", Act::ViewNotice, notice::show)
        .post("/ho-so/{review}/thong-bao", Act::ReplyToNotice, notice::reply)
        .get("/ho-so/{review}/khac-phuc", Act::ViewRemediation, remediation::show)
        .post("/ho-so/{review}/khac-phuc", Act::PlanRemediation, remediation::plan)
        .get("/khac-phuc/{item}", Act::ViewRemediation, item::show)
        .post("/khac-phuc/{item}", Act::CloseRemediation, item::close)
        .post("/khac-phuc/{item}/nguoi-theo-doi", Act::ReplaceMonitor, item::replace)
        .get("/khac-phuc/{campaign}/{unit}", Act::ViewRemediation, items::show)
        .get("/tong-hop/{campaign}/{unit}", Act::ViewSummary, summary::show)
}
