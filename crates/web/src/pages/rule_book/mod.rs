//! Bộ quy định: every book the program carries as a document, and the book of a campaign with its choices.

mod document;
mod list;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/quy-dinh", Audience::SignedIn, list::show)
        .get("/quy-dinh/{book}", Audience::SignedIn, document::show)
        .get("/dot/{campaign}/quy-dinh", Act::ViewCampaign, document::of_campaign)
        .menu("/quy-dinh", "book-list-title", Audience::SignedIn)
}

/// Colour of the tag that says how surely a text is known: seen, seen indirectly, not seen.
pub(crate) fn surety_tag(surety: impl AsRef<str>) -> &'static str {
    match surety.as_ref() {
        "text" => "done",
        "summary" | "lower" => "go",
        _ => "wait",
    }
}

/// Anchor of a fact in the document; the grade of a criterion stands at the criterion.
pub(crate) fn fact_anchor(name: impl AsRef<str>) -> String {
    let name = name.as_ref();
    name.strip_prefix("grade.").map_or_else(|| format!("fact-{name}"), |criterion| format!("criterion-{criterion}"))
}
