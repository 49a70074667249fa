//! Kiểm tra bảng kết quả đã công bố: a file in, what is wrong in it out; nothing is kept.

pub mod outcome;
mod page;
pub mod report;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/kiem-tra-bang", Act::CheckTable, page::show)
        .post("/kiem-tra-bang", Act::CheckTable, page::check)
        .menu("/kiem-tra-bang", "checks-menu", Act::CheckTable)
}
