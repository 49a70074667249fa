//! Xếp loại tổ chức, tập thể, cán bộ lãnh đạo: the list for the competent body, and each subject's verification sheet.

mod list;
mod sheet;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/xep-loai/{campaign}/{subject}", Act::ViewDecision, list::show)
        .post("/xep-loai/{campaign}/{subject}", Act::PrepareDecision, list::save)
        .post("/xep-loai/{campaign}/{subject}/ban-hanh", Act::IssueDecision, list::issue)
        .get("/ho-so/{review}/tham-dinh", Act::ViewDecision, sheet::show)
        .post("/ho-so/{review}/tham-dinh", Act::VerifySubject, sheet::save)
        .post("/ho-so/{review}/tham-dinh/tra-lai", Act::VerifySubject, sheet::give_back)
        .post("/ho-so/{review}/tham-dinh/cham", Act::PrepareDecision, sheet::late)
}
