//! Chấm điểm: the frame of the rule book as a form, what was scored so far, and what the sheet comes to.

use std::collections::BTreeMap;

use application::acts::review::{RecordScores, record_scores};
use application::reads::scores::{ScoresPage as View, reckon_typed, scores};
use application::rulebooks::Reckoned;
use domain::ReviewId;
use domain::scoring::ScoreRole;
use serde::Deserialize;

use crate::prelude::*;

/// Which frame is asked for in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    khung: String,
}

#[derive(Template)]
#[template(path = "review/scores.html")]
struct ScoresPage {
    shell: Shell,
    form: FormState,
    view: View,
    /// What was typed comes to, once it was counted or refused.
    counted: Option<Reckoned>,
    sets: Vec<Choice>,
    kinds: Vec<Choice>,
    truth: Vec<Choice>,
    /// Whether the reader scores as one who verifies.
    verifies: bool,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ReviewId>, Query(wanted): Query<Wanted>) -> Answer {
    page(&visit, id, &wanted.khung, FormState::new(), None).await
}

async fn page(visit: &Visit, id: ReviewId, frame: &str, mut form: FormState, counted: Option<Reckoned>) -> Answer {
    let view = scores(visit.app(), visit.actor()?, id, frame).await?;
    if form.values("frame").is_empty() {
        prefill(&view, &mut form);
    }
    let language = visit.locale().tag();
    let choices = |list: &[(String, application::judge::Words)]| {
        list.iter().map(|(id, name)| Choice::new(id, name.get(language))).collect::<Vec<_>>()
    };
    let products = view.frame.products.clone().unwrap_or_default();
    let (sets, kinds) = (choices(&products.sets), choices(&products.kinds));
    let word = |key: &str, value: &str| Choice::new(value, visit.t.get(key));
    let truth = vec![word("scores-unsaid", ""), word("scores-yes", "true"), word("scores-no", "false")];
    let shell =
        visit.shell("scores-title").heading(&view.head.name).back(format!("/ho-so/{id}"), "review-case-title").wide();
    let failed = form.has_errors();
    let verifies = view.roles.contains(&ScoreRole::Verifying);
    visit.render_form(failed, ScoresPage { shell, form, view, counted, sets, kinds, truth, verifies })
}

/// The last sheet of whoever scores here is where he goes on; a verifier begins with what the subject gave itself.
fn prefill(view: &View, form: &mut FormState) {
    let role = view.roles.last();
    let same = view.sheets.iter().find(|sheet| Some(&sheet.role) == role);
    let sheet = same.or(view.sheets.first()).filter(|sheet| sheet.fields.get("frame") == Some(&view.frame.id));
    for (name, value) in sheet.into_iter().flat_map(|sheet| &sheet.fields) {
        form.put(name, value);
    }
    // Criteria are met unless something is cut.
    for asked in view.frame.groups.iter().flat_map(|(_, asked)| asked) {
        if sheet.is_none() {
            form.put(&asked.field, &asked.most);
        }
    }
    form.put("frame", &view.frame.id);
    if let Some(role) = role {
        form.put("role", role);
    }
}

/// What belongs to the sheet.
fn fields(form: &FormState) -> BTreeMap<String, String> {
    let ours = form.names().filter(|name| !["_token", "role", "do"].contains(name));
    ours.map(|name| (name.to_owned(), form.value(name).to_owned())).collect()
}

pub(super) async fn record(visit: Visit, Path(id): Path<ReviewId>, Typed(mut form): Typed) -> Answer {
    let fields = fields(&form);
    let frame = form.value("frame").to_owned();
    let counted = reckon_typed(visit.app(), visit.actor()?, id, &fields).await;
    if form.value("do") == "count" {
        let counted = match counted {
            Ok(counted) => Some(counted),
            Err(error) => {
                form.refuse(error, visit.t)?;
                None
            }
        };
        return page(&visit, id, &frame, form, counted).await;
    }
    let role = ScoreRole::from_word(form.value("role"));
    match record_scores(visit.app(), visit.actor()?, id, &RecordScores { role, fields }).await {
        Ok(_) => visit.see_other(&format!("/ho-so/{id}/cham-diem"), Flash::done("scores-recorded")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, &frame, form, counted.ok()).await
        }
    }
}
