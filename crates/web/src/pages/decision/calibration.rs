//! Cân chỉnh: the open list with the levels as they stand, a form for a session, and the sessions so far.

use application::acts::decision::{Calibrate, calibrate};
use application::papers::What;
use application::reads::calibration::{CalibrationPage as View, calibration};
use domain::subject::Subject;
use domain::{CalibrationId, CampaignId};

use crate::pages::proposal::row::{outdated, version};
use crate::prelude::*;

type Place = (CampaignId, String);

#[derive(Template)]
#[template(path = "decision/calibration.html")]
struct CalibrationPage {
    shell: Shell,
    form: FormState,
    view: View,
    levels: Vec<Choice>,
    /// Where the list is saved.
    list: String,
    /// Whether anybody has points.
    scored: bool,
}

impl CalibrationPage {
    /// Name of a level in the reader's language; of none, that it is open.
    fn level(&self, id: &str) -> String {
        let language = self.shell.t.locale().tag();
        let known = self.view.levels.iter().find(|level| level.0 == id);
        known.map_or_else(|| self.shell.t.get("calibration-open-level"), |level| level.1.get(language).to_owned())
    }
}

pub(super) async fn show(visit: Visit, Path(place): Path<Place>) -> Answer {
    let mut form = FormState::new();
    form.put("held_on", visit.today().shown());
    page(&visit, place, form).await
}

fn subject(word: &str) -> Result<Subject, Failure> {
    Subject::from_word(word).ok_or(Failure::Denied)
}

async fn page(visit: &Visit, (campaign, kind): Place, mut form: FormState) -> Answer {
    let view = calibration(visit.app(), visit.actor()?, campaign, subject(&kind)?).await?;
    if form.value("version").is_empty() || outdated(&form) {
        form.put("version", view.version);
    }
    let language = visit.locale().tag();
    let mut levels = vec![Choice::new("", visit.t.get("calibration-keep").as_str())];
    levels.extend(view.levels.iter().map(|(id, name, _)| Choice::new(id, name.get(language))));
    let (list, title) = match view.subject {
        Subject::Member => (format!("/quyet-dinh/{campaign}"), "decision-title".to_owned()),
        _ => (format!("/xep-loai/{campaign}/{kind}"), format!("classification-title-{kind}")),
    };
    let shell = visit.shell("calibration-open").back(list.clone(), &title).wide();
    let scored = view.lines.iter().any(|line| line.score.is_some());
    let failed = form.has_errors();
    visit.render_form(failed, CalibrationPage { shell, form, view, levels, list, scored })
}

pub(super) async fn record(visit: Visit, Path(place): Path<Place>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let moves = form
        .with_prefix("to-")
        .filter_map(|(id, level)| Some((id.parse().ok()?, level.to_owned(), text(&format!("why-{id}")))));
    let order = Calibrate {
        moves: moves.collect(),
        held_on: text("held_on"),
        chair: text("chair"),
        secretary: text("secretary"),
        members: text("members"),
        conclusion: text("conclusion"),
        seen: Some(version(&form)),
    };
    match calibrate(visit.app(), visit.actor()?, (place.0, subject(&place.1)?), &order).await {
        Ok(_) => visit.see_other(&format!("/can-chinh/{}/{}", place.0, place.1), Flash::done("calibration-saved")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, place, form).await
        }
    }
}

pub(super) async fn print(visit: Visit, Path((session, format)): Path<(CalibrationId, String)>) -> Answer {
    crate::pages::papers::hand_out(&visit, What::Calibration(session), &format).await
}
