//! Tổ chức: the tree as of a day, a unit with its history, the acts that change it.

mod change;
mod sector;
mod tree;
mod unit;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .menu("/to-chuc", "org-menu", Act::ViewRoster)
        .get("/to-chuc", Act::ViewRoster, tree::show)
        .get("/to-chuc/{unit}", Act::ViewRoster, unit::show)
        .get("/to-chuc/{unit}/loai-hinh", Act::ChangeOrganization, sector::show)
        .post("/to-chuc/{unit}/loai-hinh", Act::ChangeOrganization, sector::record)
        .get("/to-chuc/{unit}/{change}", Act::ChangeOrganization, change::form)
        .post("/to-chuc/{unit}/{change}", Act::ChangeOrganization, change::post)
}
