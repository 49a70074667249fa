//! Danh sách xếp loại: every subject with its own level, the proposal of the verifying body, what it waits for, the caps.

use application::acts::classification::{ListLine as Line, SaveList, issue_list, save_list};
use application::reads::classification::{ListLine as Shown, ListPage as View, groups_of, list};
use domain::CampaignId;
use domain::subject::Subject;

use crate::pages::decision::paper;
use crate::pages::proposal::row::{Other, outdated, version};
use crate::prelude::*;

type Place = (CampaignId, String);

#[derive(Template)]
#[template(path = "classification/list.html", blocks = ["places"])]
struct ListPage {
    shell: Shell,
    form: FormState,
    view: View,
    levels: Vec<Choice>,
    signers: Vec<Choice>,
    /// What is stored of the paper, where an older page says something else: key of the label, value.
    other_fields: Vec<(&'static str, String)>,
}

impl ListPage {
    /// Name of a level in the reader's language, empty for none.
    fn level(&self, id: &str) -> &str {
        let language = self.shell.t.locale().tag();
        self.view.levels.iter().find(|level| level.0 == id).map_or("", |level| level.1.get(language))
    }

    /// What is stored of a line, where an older page says something else.
    fn other(&self, line: &Shown) -> Option<Other> {
        let saved = (line.level.as_str(), line.reason.as_str());
        let other = Other::of(&self.form, &line.review.to_string(), saved, &self.view.levels, self.shell.t);
        other.filter(|_| outdated(&self.form))
    }
}

pub(super) async fn show(visit: Visit, Path(place): Path<Place>) -> Answer {
    let page = page(&visit, &place, FormState::new()).await?;
    visit.render(page)
}

fn subject(word: &str) -> Result<Subject, Failure> {
    Subject::from_word(word).ok_or(Failure::Denied)
}

async fn page(visit: &Visit, (campaign, kind): &Place, mut form: FormState) -> Result<ListPage, Failure> {
    let place = (*campaign, subject(kind)?);
    let mut view = list(visit.app(), visit.actor()?, place.0, place.1).await?;
    if form.values("number").is_empty() {
        prefill(visit, &view, &mut form);
    } else if !view.issued {
        // What is typed is counted, saved or not.
        let typed = form.with_prefix("level-");
        let typed = typed.filter_map(|(review, level)| Some((review.parse().ok()?, level.to_owned()))).collect();
        view.groups = groups_of(visit.app(), visit.actor()?, place, &typed).await?;
    }
    if form.value("version").is_empty() || outdated(&form) {
        form.put("version", view.paper.version);
    }
    let language = visit.locale().tag();
    let mut levels = vec![Choice::new("", visit.t.get("review-no-level").as_str())];
    levels.extend(view.levels.iter().map(|(id, name, _)| Choice::new(id, name.get(language))));
    let (signers, other_fields) = (paper::signers(&view.paper), paper::others(&view.paper, &form));
    let shell = visit
        .shell(&format!("classification-title-{kind}"))
        .back(format!("/dot/{campaign}"), "campaign-progress-title")
        .wide();
    Ok(ListPage { shell, form, levels, signers, other_fields, view })
}

fn prefill(visit: &Visit, view: &View, form: &mut FormState) {
    paper::prefill(&view.paper, form, visit.today());
    for line in &view.lines {
        form.put(&format!("level-{}", line.review), &line.level);
        form.put(&format!("reason-{}", line.review), &line.reason);
    }
}

fn order(form: &FormState) -> SaveList {
    let text = |name: &str| form.value(name).to_owned();
    let line = |(id, level): (&str, &str)| {
        let (reason, seen) = (text(&format!("reason-{id}")), text(&format!("seen-{id}")));
        Some(Line { review: id.parse().ok()?, level: level.to_owned(), reason, seen })
    };
    SaveList { paper: paper::typed(form, version(form)), lines: form.with_prefix("level-").filter_map(line).collect() }
}

/// Saves; with the button "count again", or for a region of the page, it only counts.
pub(super) async fn save(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    if visit.partial() {
        let page = page(&visit, &place, form).await?;
        return visit.region(&page.as_places());
    }
    if form.value("do") == "count" {
        let page = page(&visit, &place, form).await?;
        return visit.render(page);
    }
    act(visit, place, form, false).await
}

/// What is on the page is saved first: nobody issues what he has not seen.
pub(super) async fn issue(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    act(visit, place, form, true).await
}

async fn act(visit: Visit, place: Place, mut form: FormState, issuing: bool) -> Answer {
    let (actor, subject) = (visit.actor()?, subject(&place.1)?);
    let mut result = if form.values("number").is_empty() {
        Ok(())
    } else {
        save_list(visit.app(), actor, place.0, subject, &order(&form)).await.map(drop)
    };
    if issuing && result.is_ok() {
        form.put("version", "");
        result = issue_list(visit.app(), actor, place.0, subject).await;
    }
    match result {
        Ok(()) => visit.see_other(
            &format!("/xep-loai/{}/{}", place.0, place.1),
            Flash::done(if issuing { "decision-issued" } else { "decision-saved" }),
        ),
        Err(error) => {
            form.refuse(error, visit.t)?;
            let page = page(&visit, &place, form).await?;
            visit.render_form(true, page)
        }
    }
}
