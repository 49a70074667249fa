//! Danh sách đề xuất của một chi bộ.

use std::collections::BTreeMap;

use application::acts::proposal::{ProposedLine, SaveProposal, return_proposal, save_proposal, send_proposal};
use application::reads::proposal::{ProposalPage as View, of_unit};
use domain::proposal::ProposalState;
use domain::{CampaignId, ProposalId, UnitId};

use super::row::{Other, Row, assessors, outdated, version};
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
    /// Review → what is stored of it, where an older page says something else.
    others: BTreeMap<String, Other>,
    /// Remark that is stored, when an older page says something else.
    other_note: Option<String>,
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
    // Empty once the page itself was saved on the way to something that was refused.
    if form.value("version").is_empty() {
        form.put("version", view.version);
    }
    let (mut others, mut other_note) = (BTreeMap::new(), None);
    if outdated(&form) {
        form.put("version", view.version);
        for line in &view.lines {
            let (id, saved) = (line.review.to_string(), (line.proposed.as_str(), line.proposed_reason.as_str()));
            if let Some(other) = Other::of(&form, &id, saved, &view.levels, visit.t) {
                others.insert(id, other);
            }
        }
        other_note = Some(view.note.clone()).filter(|note| form.value("note").trim() != note);
    }
    let back = format!("/dot/{}/{}", place.0, place.1);
    let papers = visit.papers(place.0, place.1).await?;
    let shell = visit.shell("proposal-title").papers(papers).back(&back, "campaign-register-title").wide();
    let failed = form.has_errors();
    visit.render_form(failed, ListPage { shell, form, assessors: assessors(visit.t), rows, others, other_note, view })
}

/// What was typed, as the act takes it.
fn order(form: &FormState) -> SaveProposal {
    let line = |(id, level): (&str, &str)| {
        let reason = form.value(&format!("reason-{id}")).to_owned();
        Some(ProposedLine { review: id.parse().ok()?, level: level.to_owned(), reason })
    };
    SaveProposal {
        lines: form.with_prefix("level-").filter_map(line).collect(),
        note: form.value("note").to_owned(),
        seen: Some(version(form)),
    }
}

async fn keep(visit: &Visit, place: Place, form: &FormState) -> Result<ProposalId, Failure> {
    let saved = save_proposal(visit.app(), visit.actor()?, place.0, place.1, &order(form)).await?;
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
pub(super) async fn send(visit: Visit, Path(place): Path<Place>, Typed(mut form): Typed) -> Answer {
    let result = match keep(&visit, place, &form).await {
        Ok(proposal) => {
            form.put("version", "");
            send_proposal(visit.app(), visit.actor()?, proposal).await.map_err(Failure::from)
        }
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
