//! Kiến nghị về kết quả xếp loại: written, answered within the limit, the result kept or decided once more.

mod case;
mod list;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/ho-so/{review}/kien-nghi", Act::ViewPetition, case::show)
        .post("/ho-so/{review}/kien-nghi", Act::ViewPetition, case::file)
        .post("/kien-nghi/don/{petition}/gia-han", Act::HandlePetition, case::extend)
        .post("/kien-nghi/don/{petition}/rut", Act::FilePetition, case::withdraw)
        .post("/kien-nghi/don/{petition}/tra-loi", Act::AnswerPetition, case::answer)
        .get("/kien-nghi/{unit}", Act::ViewPetition, list::show)
}
