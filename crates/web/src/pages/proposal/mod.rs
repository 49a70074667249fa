//! Đề xuất của chi bộ: everybody's opinions and the ballot side by side, the proposed level, sending and returning.

mod list;
pub(crate) mod row;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/de-xuat/{campaign}/{unit}", Act::ViewProposal, list::show)
        .post("/de-xuat/{campaign}/{unit}", Act::Propose, list::save)
        .post("/de-xuat/{campaign}/{unit}/gui", Act::Propose, list::send)
        .post("/de-xuat/{campaign}/{unit}/tra-lai", Act::ReturnProposal, list::give_back)
}
