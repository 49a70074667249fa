//! Trang kiểm phiếu.

use application::acts::ballot::{ReplaceTeller, TypedTally, enter_tally, replace_teller, resolve_tally};
use application::reads::ballot::{BallotPage as View, ballot};
use domain::BallotId;
use domain::ballot::{BLANK, BallotState, LINE_INVALID, Seat};

use crate::prelude::*;

const HEADS: [&str; 8] = ["printed", "given", "voided", "left_over", "returned", "kept", "valid", "invalid"];

#[derive(Template)]
#[template(path = "ballot/counting.html")]
struct CountingPage {
    shell: Shell,
    form: FormState,
    view: View,
    choices: Vec<Choice>,
    /// Head figures of the definitive record: key of the label and figure.
    heads: Vec<(String, u32)>,
    /// Differences in words: what, first figure, second figure.
    differences: Vec<(String, u32, u32)>,
    /// Seats that may be given to another, and to whom.
    seats: Vec<Choice>,
    substitutes: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<BallotId>) -> Answer {
    page(&visit, id, FormState::new()).await
}

async fn page(visit: &Visit, id: BallotId, form: FormState) -> Answer {
    let view = ballot(visit.app(), visit.actor()?, id).await?;
    let language = visit.locale().tag();
    let label = |choice: &str, words: &application::judge::Words| match choice {
        BLANK => visit.t.get("ballot-blank").clone(),
        LINE_INVALID => visit.t.get("ballot-line-invalid").clone(),
        application_choice if words.vi.is_empty() => {
            visit.t.get(&format!("ballot-choice-{application_choice}")).clone()
        }
        _ => words.get(language).to_owned(),
    };
    let choices: Vec<Choice> = view.choices.iter().map(|(id, words)| Choice::new(id, label(id, words))).collect();
    let heads = view.result.as_ref().map_or_else(Vec::new, |tally| {
        let figures = [
            tally.printed, tally.given, tally.voided, tally.left_over, tally.returned, tally.kept, tally.valid,
            tally.invalid,
        ];
        HEADS.iter().map(|head| format!("ballot-{head}")).zip(figures).collect()
    });
    let differences =
        view.differences.iter().map(|(field, a, b)| (field_name(visit, &view, &choices, field), *a, *b)).collect();
    let back = format!("/hoi-nghi/{}/{}", view.campaign, view.unit);
    let papers = visit.papers(view.campaign, view.unit).await?;
    let shell = visit.shell("ballot-title").papers(papers).back(&back, "meeting-cell-title").wide();
    let failed = form.has_errors();
    let seat = |(seat, name): &(Seat, String)| {
        Choice::new(seat.word(), format!("{name} ({})", visit.t.get(&format!("ballot-seat-{seat}"))))
    };
    let seats = view.seats.iter().map(seat).collect();
    let substitutes = view.substitutes.iter().map(|(person, name)| Choice::new(person.to_string(), name)).collect();
    let page = CountingPage { shell, form, view, choices, heads, differences, seats, substitutes };
    visit.render_form(failed, page)
}

/// `line-3-good` in words: the person's name and the box.
fn field_name(visit: &Visit, view: &View, choices: &[Choice], field: &str) -> String {
    let parts = field.strip_prefix("line-").and_then(|rest| rest.split_once('-'));
    let Some((number, choice)) = parts else { return visit.t.get(&format!("ballot-{field}")).clone() };
    let name = view.lines.iter().find(|line| line.number.to_string() == number).map_or("", |line| line.name.as_str());
    let label = choices.iter().find(|known| known.value == choice).map_or(choice, |known| known.label.as_str());
    format!("{name} – {label}")
}

fn typed(form: &FormState) -> TypedTally {
    let figures = form.names().map(|name| (name.to_owned(), form.value(name).to_owned())).collect();
    TypedTally { figures, note: form.value("note").to_owned() }
}

pub(super) async fn enter(visit: Visit, Path(id): Path<BallotId>, Typed(mut form): Typed) -> Answer {
    match enter_tally(visit.app(), visit.actor()?, id, &typed(&form)).await {
        Ok(state) => {
            let key = match state {
                BallotState::Definitive => "ballot-agreed",
                BallotState::Differs => "ballot-differs",
                BallotState::DrawnUp | BallotState::FirstEntry => "ballot-first-entered",
            };
            visit.see_other(&format!("/kiem-phieu/{id}"), Flash::done(key))
        }
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}

pub(super) async fn resolve(visit: Visit, Path(id): Path<BallotId>, Typed(mut form): Typed) -> Answer {
    match resolve_tally(visit.app(), visit.actor()?, id, &typed(&form)).await {
        Ok(()) => visit.see_other(&format!("/kiem-phieu/{id}"), Flash::done("ballot-resolved")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}

pub(super) async fn substitute(visit: Visit, Path(id): Path<BallotId>, Typed(mut form): Typed) -> Answer {
    let order = ReplaceTeller {
        seat: form.value("seat").to_owned(),
        named: form.value("person").parse().ok(),
        reason: form.value("reason").to_owned(),
    };
    match replace_teller(visit.app(), visit.actor()?, id, &order).await {
        Ok(()) => visit.see_other(&format!("/kiem-phieu/{id}"), Flash::done("ballot-replaced")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}
