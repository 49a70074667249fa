//! Kiểm phiếu: each teller enters alone, differences go to the head of counting.

mod counting;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/kiem-phieu/{ballot}", Audience::SignedIn, counting::show)
        .post("/kiem-phieu/{ballot}", Audience::SignedIn, counting::enter)
        .post("/kiem-phieu/{ballot}/xu-ly", Audience::SignedIn, counting::resolve)
        .post("/kiem-phieu/{ballot}/thay-nguoi", Act::ReplaceTeller, counting::substitute)
}
