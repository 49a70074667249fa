//! Hồ sơ của một đảng viên: the self-review form, the case with its facts and opinions.

mod answer;
mod case;
mod history;
mod scores;
mod self_review;
mod slips;
mod trial;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/ho-so/{review}", Act::ViewReview, case::show)
        .post("/ho-so/{review}/du-kien", Act::ViewReview, case::state)
        .post("/ho-so/{review}/y-kien", Act::ViewReview, case::opine)
        .post("/ho-so/{review}/tra-lai", Act::ReturnSelfReview, case::give_back)
        .get("/ho-so/{review}/vi-sao", Act::ViewReview, answer::show)
        .get("/ho-so/{review}/phieu-phan-tich", Act::ViewReview, slips::show)
        .post("/ho-so/{review}/phieu-phan-tich", Act::VerifySubject, slips::record)
        .get("/ho-so/{review}/cham-diem", Act::ViewSelfReview, scores::show)
        .post("/ho-so/{review}/cham-diem", Act::ViewSelfReview, scores::record)
        .get("/ho-so/{review}/lich-su", Act::ViewHistory, history::show)
        .get("/ho-so/{review}/thu", Act::ViewReview, trial::show)
        .get("/ho-so/{review}/tu-kiem-diem", Act::WriteSelfReview, self_review::show)
        .post("/ho-so/{review}/tu-kiem-diem", Act::WriteSelfReview, self_review::save)
}
