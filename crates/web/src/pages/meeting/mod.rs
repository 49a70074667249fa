//! Hội nghị: recording, criticisms and answers, the ballot team, sealing.

mod meeting;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/hoi-nghi/{campaign}/{unit}", Act::ViewMeeting, meeting::show)
        .post("/hoi-nghi/{campaign}/{unit}", Act::RecordMeeting, meeting::record)
        .post("/hoi-nghi/{campaign}/{unit}/y-kien", Act::RecordMeeting, meeting::criticise)
        .post("/hoi-nghi/{campaign}/{unit}/tra-loi/{criticism}", Audience::SignedIn, meeting::answer)
        .post("/hoi-nghi/{campaign}/{unit}/ket-luan", Act::RecordMeeting, meeting::conclude)
        .post("/hoi-nghi/{campaign}/{unit}/phieu", Act::DrawUpBallot, meeting::draw_up)
        .post("/hoi-nghi/{campaign}/{unit}/khoa", Act::SealMinutes, meeting::seal)
}
