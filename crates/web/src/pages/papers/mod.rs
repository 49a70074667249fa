//! Giấy tờ: what a unit can print, one paper as a file, all of them as one archive.

mod bundle;
pub(super) mod file;
mod list;
mod number;

pub(crate) use file::hand_out;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/giay-to/{campaign}/{unit}", Act::PrintPapers, list::look)
        .get("/giay-to/{campaign}/{unit}/{paper}/{format}", Act::PrintPapers, file::of_unit)
        .get("/giay-to/ho-so/{review}/{paper}/{format}", Audience::SignedIn, file::of_person)
        .get("/giay-to/phieu-phan-tich/{slip}/{format}", Act::ViewReview, file::of_slip)
        .get("/giay-to/cong-bo/{decision}/{format}", Act::PrintPapers, file::published)
        .get("/giay-to/cham-diem/{sheet}/{format}", Act::ViewSelfReview, file::of_scores)
        .post("/giay-to/{campaign}/{unit}/so/{paper}", Act::NumberPapers, number::of_unit)
        .post("/giay-to/{campaign}/{unit}/so-thong-bao/{review}", Act::NumberPapers, number::of_notice)
        .post("/giay-to/{campaign}/{unit}/so-bao-cao/{review}", Act::NumberPapers, number::of_report)
        .post("/giay-to/{campaign}/{unit}/so-thong-bao", Act::NumberPapers, number::of_notices)
        .post("/giay-to/{campaign}/{unit}/ca-bo", Act::PrintPapers, bundle::order)
        .get("/giay-to/ca-bo/{job}", Act::PrintPapers, bundle::look)
        .get("/giay-to/ca-bo/{job}/tai-ve", Act::PrintPapers, bundle::download)
}
