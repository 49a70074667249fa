//! Kiểm tra bảng kết quả: a file in, what is wrong in it out. A published table is answered at once and not kept; a table with a
//! row for each person or unit is kept until it is checked and looked at, at most a day.

pub mod outcome;
mod page;
pub mod report;
pub mod roll;
mod table;

use crate::prelude::*;

/// Findings in a page that is sent around.
pub const MOST_ON_A_PAGE: usize = 2_000;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/kiem-tra-bang", Act::CheckTable, page::show)
        .post("/kiem-tra-bang", Act::CheckTable, page::check)
        .get("/kiem-tra-bang/{table}", Act::CheckTable, table::mapping::show)
        .post("/kiem-tra-bang/{table}", Act::CheckTable, table::mapping::confirm)
        .get("/kiem-tra-bang/don-vi/{reading}", Act::CheckTable, table::units::choose)
        .post("/kiem-tra-bang/don-vi/{reading}", Act::CheckTable, table::units::take)
        .get("/kiem-tra-bang/don-vi/{reading}/{units}", Act::CheckTable, table::units::show)
        .post("/kiem-tra-bang/don-vi/{reading}/{units}", Act::CheckTable, table::units::confirm)
        .get("/kiem-tra-bang/ket-qua/{job}", Act::CheckTable, table::result::look)
        .get("/kiem-tra-bang/ket-qua/{job}/{format}", Act::CheckTable, table::result::take)
        .menu("/kiem-tra-bang", "checks-menu", Act::CheckTable)
}
