//! Quyết định của cấp uỷ cơ sở: levels for the whole base organisation with live places left, issuing.

mod agenda;
mod board;
mod calibration;
pub(crate) mod paper;
mod published;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/quyet-dinh/{campaign}", Act::ViewDecision, board::show)
        .post("/quyet-dinh/{campaign}", Act::PrepareDecision, board::save)
        .post("/quyet-dinh/{campaign}/ban-hanh", Act::IssueDecision, board::issue)
        .get("/chuong-trinh/{campaign}", Act::ViewPreparation, agenda::show)
        .get("/giay-to/chuong-trinh/{campaign}/{format}", Act::PrintPapers, agenda::print)
        .get("/can-chinh/{campaign}/{subject}", Act::ViewPreparation, calibration::show)
        .post("/can-chinh/{campaign}/{subject}", Act::PrepareDecision, calibration::record)
        .get("/giay-to/can-chinh/{session}/{format}", Act::PrintPapers, calibration::print)
        .get("/cong-bo/{decision}", Act::ViewPublished, published::show)
        .post("/cong-bo/{decision}", Act::Publish, published::record)
        .post("/cong-bo/{decision}/thu-hoi", Act::Publish, published::withdraw)
}
