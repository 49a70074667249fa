//! Sau xếp loại: the notice with the person's reply, plans and items of remediation, their board, the summary by level.

mod board;
mod item;
mod items;
mod notice;
mod plan;
mod remediation;
mod summary;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .menu("/khac-phuc", "after-board-menu", Act::ViewSummary)
        .get("/ho-so/{review}/thong-bao", Act::ViewNotice, notice::show)
        .post("/ho-so/{review}/thong-bao", Act::ReplyToNotice, notice::reply)
        .get("/ho-so/{review}/khac-phuc", Act::ViewRemediation, remediation::show)
        .post("/ho-so/{review}/khac-phuc", Act::PlanRemediation, remediation::plan)
        .post("/ho-so/{review}/khac-phuc/bo-qua", Act::PlanRemediation, plan::leave)
        .post("/ho-so/{review}/khac-phuc/gui", Act::PlanRemediation, plan::send)
        .post("/ho-so/{review}/khac-phuc/duyet", Act::ApproveRemediation, plan::judge)
        .post("/ho-so/{review}/khac-phuc/moc", Act::PlanRemediation, plan::set)
        .post("/ho-so/{review}/khac-phuc/ket-qua-moc", Audience::SignedIn, plan::check)
        .get("/khac-phuc", Act::ViewSummary, board::first)
        .get("/khac-phuc/bang/{unit}", Act::ViewSummary, board::show)
        .get("/khac-phuc/bang/{unit}/{which}", Act::ViewRemediation, board::list)
        .get("/khac-phuc/bang/{unit}/{which}/xlsx", Act::ViewRemediation, board::file)
        .get("/khac-phuc/{item}", Act::ViewRemediation, item::show)
        .post("/khac-phuc/{item}", Act::CloseRemediation, item::close)
        .post("/khac-phuc/{item}/nguoi-theo-doi", Act::ReplaceMonitor, item::replace)
        .post("/khac-phuc/{item}/ghi-chep", Act::ViewRemediation, item::note)
        .post("/khac-phuc/{item}/gia-han", Act::ExtendRemediation, item::extend)
        .get("/khac-phuc/{item}/tep/{file}", Act::ViewRemediation, item::file)
        .get("/khac-phuc/{campaign}/{unit}", Act::ViewRemediation, items::show)
        .get("/tong-hop/{campaign}/{unit}", Act::ViewSummary, summary::show)
}
