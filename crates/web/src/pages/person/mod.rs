//! Một người: memberships, posts and temporary activity with their days; the opinion of a temporary cell.

mod person;
mod request;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/nguoi/{person}", Audience::SignedIn, person::show)
        .post("/nguoi/{person}/sinh-hoat-tam-thoi", Act::RecordTemporaryActivity, person::begin)
        .post("/nguoi/{person}/sinh-hoat-tam-thoi/{activity}", Act::RecordTemporaryActivity, person::end)
        .get("/sinh-hoat-tam-thoi/{review}/{activity}", Audience::SignedIn, request::show)
        .post("/sinh-hoat-tam-thoi/{review}/{activity}", Act::AnswerForTemporaryCell, request::answer)
        .post("/sinh-hoat-tam-thoi/{review}/{activity}/khong-cho", Act::StateOpinion, request::waive)
}
