//! Quyết định của cấp uỷ cơ sở: levels for the whole base organisation with live places left, issuing.

mod board;
pub(crate) mod paper;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/quyet-dinh/{campaign}", Act::ViewDecision, board::show)
        .post("/quyet-dinh/{campaign}", Act::PrepareDecision, board::save)
        .post("/quyet-dinh/{campaign}/ban-hanh", Act::IssueDecision, board::issue)
}
