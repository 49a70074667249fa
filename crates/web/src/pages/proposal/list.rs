//! Danh sách đề xuất của một chi bộ.

use application::acts::proposal::{ProposedLine, return_proposal, save_proposal, send_proposal};
use application::reads::proposal::{ProposalPage as View, of_unit};
use domain::proposal::ProposalState;
use domain::{CampaignId, ProposalId, UnitId};

use super::row::{Row, assessors};
use crate::prelude::*;

type Place = (CampaignId, UnitId);

#[derive(Template)]
#[template(path = "proposal/list.html")]
struct ListPage {
    shell: Shell,
    form: FormState,
    view: View,
    assessors: Vec<String>,
    rows: Vec<Row>,
}

impl ListPage {
    fn state_tag(&self) -> &'static str {
        match self.view.state {
            ProposalState::Sent => "go",
            ProposalState::Decided => "done",
            ProposalState::Draft | ProposalState::Returned => "wait",
        }
    }
}

pub(super) async fn show(visit: Visit, Path(place): Path<Place>) -> Answer {
    page(&visit, place, FormState::new()).await
}

/// The list; what was typed stays, the rest is filled from the record, or from the ballot while nothing is saved.
async fn page(visit: &Visit, place: Place, mut form: FormState) -> Answer {
    let view = of_unit(visit.app(), visit.actor()?, place.0, place.1).await?;
    let rows: Vec<Row> = view.lines.iter().map(|line| Row::of(line, &view.levels, visit.t)).collect();
    if form.values("note").is_empty() {
        form.put("note", &view.note);
        for (row, line) in rows.iter().zip(&view.lines) {
            let level = if view.id.is_none() { &row.preset } else { &line.proposed };
            form.put(&format!("level-{}", row.id), level);
            form.put(&format!("reason-{}", row.id), &line.proposed_reason);
        }
    }
    let back = format!("/dot/{}/{}", place.0, place.1);
    let papers = visit.papers(place.0, place.1).await?;
    let shell = visit.shell("proposal-title").papers(papers).back(&back, "campaign-register-title").wide();
    let failed = form.has_errors();
    visit.render_form(failed, ListPage { shell, form, assessors: assessors(visit.t), rows, view })
}

/// What was typed, as the act takes it.
fn lines(form: &FormState) -> Vec<ProposedLine> {
    let line = |(id, level): (&str, &str)| {
        let reason = form.value(&format!("reason-{id}")).to_owned();
        Some(ProposedLine { review: id.parse().ok()?, level: level.to_owned(), reason })
    };
    form.with_prefix("level-").filter_map(line).collect()
}

async fn keep(visit: &Visit, place: Place, form: &FormState) -> Result<ProposalId, Failure> {
    let saved = save_proposal(visit.app(), visit.actor()?, place.0, place.1, &lines(form), form.value("note")).await?;
    Ok(saved)
}

async fn done(visit: Visit, place: Place, mut form: FormState, result: Result<(), Failure>, key: &str) -> Answer {
    match result {
        Ok(()) => visit.see_other(&format!("/de-xuat/{}/{}", place.0, place.1), Flash::done(key)),
        Err(error) => {
            form.take(error, visit.t)?;
            page(&visit, place, form).await
        }
    }
}

pub(super) async fn save(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    let result = keep(&visit, place, &form).await.map(drop);
    done(visit, place, form, result, "proposal-saved").await
}

/// Sends what is on the page: it is saved first.
pub(super) async fn send(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    let result = match keep(&visit, place, &form).await {
        Ok(proposal) => send_proposal(visit.app(), visit.actor()?, proposal).await.map_err(Failure::from),
        Err(error) => Err(error),
    };
    done(visit, place, form, result, "proposal-sent").await
}

pub(super) async fn give_back(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    let actor = visit.actor()?;
    let proposal = of_unit(visit.app(), actor, place.0, place.1).await?.id.ok_or(Failure::Denied)?;
    let result = return_proposal(visit.app(), actor, proposal, form.value("reason")).await.map_err(Failure::from);
    done(visit, place, form, result, "proposal-returned").await
}
