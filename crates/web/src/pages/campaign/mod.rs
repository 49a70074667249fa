//! Đợt kiểm điểm: list, opening, progress, a unit's register.

mod chase;
mod days;
mod list;
mod open;
mod opening;
mod progress;
mod register;
mod subjects;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/dot", Audience::SignedIn, list::show)
        .get("/dot/mo", Act::OpenCampaign, open::form)
        .post("/dot/mo", Act::OpenCampaign, open::submit)
        .get("/dot/dang-mo/{job}", Act::OpenCampaign, opening::look)
        .get("/dot/{campaign}/don-doc.xlsx", Act::ViewCampaign, chase::file)
        .get("/dot/{campaign}/moc-thoi-gian", Act::OpenCampaign, days::show)
        .post("/dot/{campaign}/moc-thoi-gian", Act::OpenCampaign, days::submit)
        .get("/dot/{campaign}", Act::ViewCampaign, progress::show)
        .get("/dot/{campaign}/{unit}", Act::ViewRoster, register::show)
        .get("/dot/{campaign}/{unit}/doi-tuong", Act::ViewRoster, subjects::show)
        .menu("/dot", "campaign-list-title", Audience::SignedIn)
}
