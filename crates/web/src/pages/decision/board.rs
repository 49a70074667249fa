//! Trang quyết định: everybody by cell, the proposal beside the decided level, the places left at the top level.

use application::acts::decision::{DecidedLine, SaveDecision, issue_decision, save_decision};
use application::judge::{Cap, GroupCap};
use application::reads::decision::{DecisionLine, DecisionPage as View, cap_of, decision, groups_of};
use domain::CampaignId;
use domain::decision::must_look_again;

use super::paper;
use crate::pages::proposal::row::{Other, Row, Tag, outdated, tag, version};
use crate::prelude::*;

/// A person with the decided level beside everything that was said before.
struct Decided {
    row: Row,
    level: Option<Tag>,
    reason: String,
    /// Level proposed now, as the page hands it back; empty for none.
    seen: String,
    /// What was proposed when the level was chosen, when something else is proposed now.
    changed: Option<Changed>,
    /// What is stored, when an older page says something else.
    other: Option<Other>,
    /// Whether the proposal went back to the cell and has not come again.
    returned: bool,
}

/// Đề xuất đã đổi.
struct Changed {
    /// None when nothing had been proposed.
    from: Option<Tag>,
    /// Whether the saved level must be confirmed; otherwise saving it is enough.
    confirm: bool,
}

/// Một chi bộ with its people.
struct Cell {
    name: String,
    people: Vec<Decided>,
}

#[derive(Template)]
#[template(path = "decision/board.html", blocks = ["places"])]
struct BoardPage {
    shell: Shell,
    form: FormState,
    view: View,
    cap: Cap,
    /// The caps by groups of like position; none where the whole organisation is one.
    groups: Vec<GroupCap>,
    /// Name of the level that is limited.
    capped: String,
    cells: Vec<Cell>,
    /// Whose proposals changed since their level was chosen: review and name.
    changed: Vec<(String, String)>,
    /// Fields of the paper that are stored with another value than an older page says: key of the label, value.
    other_fields: Vec<(&'static str, String)>,
    signers: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(campaign): Path<CampaignId>) -> Answer {
    let page = page(&visit, campaign, FormState::new()).await?;
    visit.render(page)
}

/// The page; what was typed stays and is counted, otherwise the record is.
async fn page(visit: &Visit, campaign: CampaignId, mut form: FormState) -> Result<BoardPage, Failure> {
    let actor = visit.actor()?;
    let view = decision(visit.app(), actor, campaign).await?;
    let typed = !form.values("number").is_empty();
    if !typed {
        prefill(visit, &view, &mut form);
    }
    // Empty once the page itself was saved on the way to something that was refused.
    if form.value("version").is_empty() || outdated(&form) {
        form.put("version", view.paper.version);
    }
    let (cap, groups) = if typed && !view.issued {
        let chosen = form.with_prefix("level-");
        let levels = chosen.filter_map(|(review, level)| Some((review.parse().ok()?, level.to_owned()))).collect();
        let cap = cap_of(visit.app(), actor, campaign, &levels).await?;
        (cap, groups_of(visit.app(), actor, campaign, &levels).await?)
    } else {
        (view.cap.clone(), view.groups.clone())
    };
    let language = visit.locale().tag();
    let capped = view
        .levels
        .iter()
        .find(|level| level.0 == cap.level)
        .map_or_else(String::new, |level| level.1.get(language).to_owned());
    let signers = paper::signers(&view.paper);
    let papers = visit.papers(view.campaign, view.unit).await?;
    let shell =
        visit.shell("decision-title").papers(papers).back(format!("/dot/{campaign}"), "campaign-progress-title").wide();
    let cells = cells(&view, &form, visit.t);
    let people = cells.iter().flat_map(|cell| &cell.people);
    let changed = people.filter(|person| person.changed.is_some());
    let changed = changed.map(|person| (person.row.id.clone(), person.row.name.clone())).collect();
    let other_fields = paper::others(&view.paper, &form);
    Ok(BoardPage { changed, other_fields, shell, form, cap, groups, capped, cells, signers, view })
}

fn prefill(visit: &Visit, view: &View, form: &mut FormState) {
    paper::prefill(&view.paper, form, visit.today());
    for person in &view.lines {
        form.put(&format!("level-{}", person.line.review), &person.level);
        form.put(&format!("reason-{}", person.line.review), &person.reason);
    }
}

/// People by cell, in the order of the register.
fn cells(view: &View, form: &FormState, t: Translator) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for person in &view.lines {
        let row = Row::of(&person.line, &view.levels, t);
        let decided = Decided {
            level: tag(&person.level, &view.levels, t),
            reason: person.reason.clone(),
            seen: person.line.proposed.clone(),
            changed: changed(person, view, form, t),
            returned: person.returned && !view.issued,
            other: other(person, view, form, t),
            row,
        };
        match cells.last_mut() {
            Some(cell) if cell.name == decided.row.unit_name => cell.people.push(decided),
            _ => cells.push(Cell { name: decided.row.unit_name.clone(), people: vec![decided] }),
        }
    }
    cells
}

fn other(person: &DecisionLine, view: &View, form: &FormState, t: Translator) -> Option<Other> {
    let saved = (person.level.as_str(), person.reason.as_str());
    Other::of(form, &person.line.review.to_string(), saved, &view.levels, t).filter(|_| outdated(form))
}

/// The proposal changed since the line was saved, or since the page was opened on which it was chosen.
fn changed(person: &DecisionLine, view: &View, form: &FormState, t: Translator) -> Option<Changed> {
    if view.issued {
        return None;
    }
    if let Some(from) = &person.changed_from {
        return Some(Changed { from: tag(from, &view.levels, t), confirm: true });
    }
    let shown = form.values(&format!("seen-{}", person.line.review)).first()?;
    let level = form.value(&format!("level-{}", person.line.review));
    let differs = must_look_again(level, shown, &person.line.proposed);
    differs.then(|| Changed { from: tag(shown, &view.levels, t), confirm: false })
}

fn order(form: &FormState) -> SaveDecision {
    let text = |name: &str| form.value(name).to_owned();
    let line = |(id, level): (&str, &str)| {
        Some(DecidedLine {
            review: id.parse().ok()?,
            level: level.to_owned(),
            reason: text(&format!("reason-{id}")),
            seen: text(&format!("seen-{id}")),
            confirmed: !form.value(&format!("confirm-{id}")).is_empty(),
        })
    };
    SaveDecision {
        paper: paper::typed(form, version(form)),
        lines: form.with_prefix("level-").filter_map(line).collect(),
    }
}

/// Saves; with the button "count again", or for a region of the page, it only counts; with "issue" it is issued too.
pub(super) async fn save(visit: Visit, Path(campaign): Path<CampaignId>, Typed(form): Typed) -> Answer {
    if visit.partial() {
        let page = page(&visit, campaign, form).await?;
        return visit.region(&page.as_places());
    }
    if form.value("do") == "count" {
        let page = page(&visit, campaign, form).await?;
        return visit.render(page);
    }
    act(visit, campaign, form).await
}

pub(super) async fn issue(visit: Visit, Path(campaign): Path<CampaignId>, Typed(mut form): Typed) -> Answer {
    form.put("do", "issue");
    act(visit, campaign, form).await
}

/// What is on the page is saved first: nobody issues what he has not seen.
async fn act(visit: Visit, campaign: CampaignId, mut form: FormState) -> Answer {
    let actor = visit.actor()?;
    let mut result = if form.values("number").is_empty() {
        Ok(())
    } else {
        save_decision(visit.app(), actor, campaign, &order(&form)).await.map(drop)
    };
    let issuing = form.value("do") == "issue";
    if issuing && result.is_ok() {
        form.put("version", "");
        result = issue_decision(visit.app(), actor, campaign).await;
    }
    match result {
        Ok(()) => visit.see_other(
            &format!("/quyet-dinh/{campaign}"),
            Flash::done(if issuing { "decision-issued" } else { "decision-saved" }),
        ),
        Err(error) => {
            form.refuse(error, visit.t)?;
            let page = page(&visit, campaign, form).await?;
            visit.render_form(true, page)
        }
    }
}
