//! Toàn cảnh: what a body above the base sees of a round, level by level; the lists behind its figures; summary tables.

pub(crate) mod chart;
mod list;
mod overview;
mod summary;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/toan-canh/{round}/{unit}", Act::ViewCampaign, overview::show)
        .get("/toan-canh/{round}/{unit}/danh-sach/{what}", Act::ViewRoster, list::show)
        .get("/toan-canh/{round}/{unit}/tong-hop", Act::ViewSummary, summary::show)
        .get("/toan-canh/{round}/{unit}/tong-hop/{report}", Act::ViewSummary, summary::reported_as)
        .get("/toan-canh/{round}/{unit}/tong-hop/{report}/{format}", Act::PrintPapers, summary::file)
        .post("/toan-canh/{round}/{unit}/tong-hop", Act::NumberPapers, summary::report)
}
