//! Gợi ý kiểm điểm: lists, drafting, explaining, discussing, judging.

mod draft;
mod list;
mod one;

use domain::suggestion::{Issue, OTHER_GROUND};

use application::judge::Words;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/goi-y", Audience::SignedIn, list::show)
        .post("/goi-y/khong/{review}/{fact}", Act::PrepareSuggestion, list::pass)
        .get("/ho-so/{review}/goi-y", Act::PrepareSuggestion, draft::begin)
        .post("/ho-so/{review}/goi-y", Act::PrepareSuggestion, draft::create)
        .get("/goi-y/{suggestion}", Act::ViewSuggestion, one::show)
        .post("/goi-y/{suggestion}", Act::PrepareSuggestion, one::save)
        .post("/goi-y/{suggestion}/giai-trinh", Act::ViewSuggestion, one::answer)
        .post("/goi-y/{suggestion}/thao-luan", Act::RecordMeeting, one::discuss)
        .post("/goi-y/{suggestion}/ket-luan", Act::IssueSuggestion, one::judge)
        .post("/goi-y/{suggestion}/thu-hoi", Act::PrepareSuggestion, one::withdraw)
        .get("/giay-to/goi-y/{suggestion}/{format}", Act::ViewSuggestion, one::print)
        .menu("/goi-y", "suggestion-menu", Act::PrepareSuggestion)
}

/// Names of the fields of one issue, before its place.
const FIELDS: [&str; 6] = ["ground", "ground_text", "facts", "evidence", "question", "explained_by"];

/// How many issues stand in the form: those that were typed, and one more to write.
fn places(form: &FormState) -> usize {
    let typed = |place: usize| FIELDS.iter().any(|name| !form.value(&format!("{name}-{place}")).trim().is_empty());
    (0..20).rev().find(|place| typed(*place)).map_or(1, |last| last + 2)
}

fn put(form: &mut FormState, place: usize, issue: &Issue) {
    let values =
        [&issue.ground, &issue.ground_text, &issue.facts, &issue.evidence, &issue.question, &issue.explained_by];
    for (name, value) in FIELDS.iter().zip(values) {
        form.put(&format!("{name}-{place}"), value);
    }
}

fn typed(form: &FormState) -> Vec<Issue> {
    let issue = |place: usize| {
        let text = |name: &str| form.value(&format!("{name}-{place}")).to_owned();
        Issue {
            ground: text("ground"),
            ground_text: text("ground_text"),
            facts: text("facts"),
            evidence: text("evidence"),
            question: text("question"),
            explained_by: text("explained_by"),
        }
    };
    (0..places(form)).map(issue).collect()
}

fn grounds(visit: &Visit, of_book: &[(String, Words)]) -> Vec<Choice> {
    let language = visit.locale().tag();
    let known = of_book.iter().map(|(id, name)| Choice::new(id, name.get(language)));
    known.chain([Choice::new(OTHER_GROUND, visit.t.get("suggestion-ground-other").as_str())]).collect()
}
