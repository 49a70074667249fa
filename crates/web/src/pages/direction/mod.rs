//! Văn bản chỉ đạo: lists, drafting, one document, who has studied it and done what it says.

mod document;
mod draft;
mod fields;
mod list;
mod recipients;

pub(crate) use list::title;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/chi-dao", Audience::SignedIn, list::show)
        .get("/chi-dao/moi/{unit}", Act::DraftDirective, draft::new)
        .post("/chi-dao/moi/{unit}", Act::DraftDirective, draft::create)
        .get("/chi-dao/{directive}", Act::ViewDirective, document::show)
        .get("/chi-dao/{directive}/sua", Act::DraftDirective, draft::edit)
        .post("/chi-dao/{directive}/sua", Act::DraftDirective, draft::save)
        .post("/chi-dao/{directive}/ban-hanh", Act::IssueDirective, document::issue)
        .post("/chi-dao/{directive}/thu-hoi", Act::DraftDirective, document::end)
        .post("/chi-dao/{directive}/ban-goc", Act::DraftDirective, document::add_file)
        .get("/chi-dao/{directive}/ban-goc/{file}", Act::ViewDirective, document::file)
        .post("/chi-dao/{directive}/quan-triet/{unit}", Act::AcknowledgeDirective, document::study)
        .post("/chi-dao/{directive}/yeu-cau/{place}/{unit}", Act::ReportDuty, document::report)
        .get("/chi-dao/{directive}/noi-nhan/{unit}", Act::ViewAcknowledgements, recipients::show)
        .get("/giay-to/chi-dao/{directive}/noi-nhan/{format}", Act::ViewAcknowledgements, recipients::transmission)
        .get(
            "/giay-to/chi-dao/{directive}/don-doc/{unit}/{matter}/{format}",
            Act::ViewAcknowledgements,
            recipients::chase,
        )
        .menu("/chi-dao", "directive-menu", Audience::SignedIn)
}
