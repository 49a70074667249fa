//! Phân công theo dõi, chỉ đạo: the committee's list, the units that one follows, the calendar of a member.

mod feed;
mod list;
mod mine;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/phan-cong", Audience::SignedIn, mine::show)
        .post("/phan-cong/ghi/{assignment}", Audience::SignedIn, mine::record)
        .post("/phan-cong/lich", Audience::SignedIn, mine::renew)
        .get("/phan-cong/{campaign}", Act::ViewAssignments, list::show)
        .post("/phan-cong/{campaign}", Act::Assign, list::record)
        .post("/phan-cong/{campaign}/thoi/{assignment}", Act::Assign, list::end)
        .get("/giay-to/phan-cong/{campaign}/{format}", Act::ViewAssignments, list::print)
        .get("/lich/{root}/{secret}", Audience::Public, feed::serve)
}
