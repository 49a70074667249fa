//! Một văn bản chỉ đạo, and what one does with it: issue, end, acknowledge, report.

use application::acts::attachment::NewFile;
use application::acts::direction::{
    Acknowledge, EndDirective, acknowledge, add_original, end_directive, issue_directive, report_duty,
};
use application::reads::direction::{DirectiveLine, DirectivePage as View, Done, directive, original};
use axum::extract::{FromRequest, Request};
use domain::directive::{Circulation, DirectiveState, Manner, Secrecy};
use domain::{AttachmentId, DirectiveId, UnitId};

use super::list::title;
use crate::prelude::*;

#[derive(Template)]
#[template(path = "direction/document.html")]
struct DocumentPage {
    shell: Shell,
    form: FormState,
    view: View,
    manners: Vec<Choice>,
    successors: Vec<Choice>,
}

impl DocumentPage {
    fn title(&self, line: &DirectiveLine) -> String {
        title(line, self.shell.t)
    }

    /// Kinds of unit in words.
    fn kinds(&self, kinds: &[domain::org::UnitKind]) -> String {
        let words = kinds.iter().map(|kind| self.shell.t.get(&format!("roster-kind-{kind}")));
        words.collect::<Vec<_>>().join("; ")
    }

    fn done(&self, done: &Done) -> String {
        done_in_words(done, self.shell.t)
    }

    /// The newest file of the original.
    fn newest(&self) -> Option<AttachmentId> {
        self.view.files.iter().rev().find(|file| !file.replaced).map(|file| file.id)
    }

    fn is(&self, state: DirectiveState) -> bool {
        self.view.directive.state == state
    }
}

/// Who did it, when, how.
pub(super) fn done_in_words(done: &Done, t: Translator) -> String {
    let day = done.on.shown();
    let how = t.get(&format!("directive-how-{}", done.how));
    let who = match done.title {
        Some(title) => format!("{} ({})", done.who, t.get(&format!("roster-post-{title}"))),
        None => done.who.clone(),
    };
    let parts = [how, who, done.note.clone(), day];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

pub(super) async fn show(visit: Visit, Path(id): Path<DirectiveId>) -> Answer {
    let form = FormState::new().set("studied_on", visit.today().shown()).set("manner", Manner::Session);
    page(&visit, id, form).await
}

async fn page(visit: &Visit, id: DirectiveId, form: FormState) -> Answer {
    let view = directive(visit.app(), visit.actor()?, id).await?;
    let t = visit.t;
    let manners = Manner::ALL.iter().map(|one| Choice::new(one.word(), t.get(&format!("directive-manner-{one}"))));
    let manners = manners.collect();
    let mut successors = vec![Choice::new("", t.get("directive-no-successor"))];
    successors.extend(view.successors.iter().map(|line| Choice::new(line.id.to_string(), title(line, t))));
    let shell = visit.shell_text(title(&view.directive, t)).back("/chi-dao", "directive-menu").wide();
    let failed = form.has_errors();
    visit.render_form(failed, DocumentPage { shell, form, view, manners, successors })
}

/// Shows the page again with what was refused, or goes on to it.
async fn answer(
    visit: &Visit,
    id: DirectiveId,
    mut form: FormState,
    done: Result<(), application::Error>,
    said: &str,
) -> Answer {
    match done {
        Ok(()) => visit.see_other(&format!("/chi-dao/{id}"), Flash::done(said)),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(visit, id, form).await
        }
    }
}

pub(super) async fn issue(visit: Visit, Path(id): Path<DirectiveId>, Typed(form): Typed) -> Answer {
    let done = issue_directive(visit.app(), visit.actor()?, id).await;
    answer(&visit, id, form, done, "directive-said-issued").await
}

pub(super) async fn end(visit: Visit, Path(id): Path<DirectiveId>, Typed(form): Typed) -> Answer {
    let order =
        EndDirective { reason: form.value("reason").to_owned(), replaced_by: form.value("replaced_by").parse().ok() };
    let done = end_directive(visit.app(), visit.actor()?, id, &order).await;
    answer(&visit, id, form, done, "directive-said-ended").await
}

pub(super) async fn study(visit: Visit, Path((id, unit)): Path<(DirectiveId, UnitId)>, Typed(form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = Acknowledge { manner: text("manner"), studied_on: text("studied_on"), note: text("note") };
    let done = acknowledge(visit.app(), visit.actor()?, id, unit, &order).await;
    answer(&visit, id, form, done, "directive-said-studied").await
}

pub(super) async fn report(
    visit: Visit,
    Path((id, place, unit)): Path<(DirectiveId, i64, UnitId)>,
    Typed(form): Typed,
) -> Answer {
    let note = form.value(&format!("report-{place}")).to_owned();
    let done = report_duty(visit.app(), visit.actor()?, (id, place), unit, &note).await;
    answer(&visit, id, form, done, "directive-said-reported").await
}

/// Who may not send one is told so before his file is read.
pub(super) async fn add_file(visit: Visit, Path(id): Path<DirectiveId>, request: Request) -> Answer {
    if !directive(visit.app(), visit.actor()?, id).await?.may_draft {
        return Err(Failure::Denied);
    }
    let Upload { mut form, file } = Upload::from_request(request, &()).await?;
    let Some(file) = file else {
        form.fail("file", visit.t.get("directive-no-file"));
        return page(&visit, id, form).await;
    };
    let new = NewFile { name: file.name, bytes: file.bytes, replaces: form.value("replaces").parse().ok() };
    let done = add_original(visit.app(), visit.actor()?, id, new).await;
    answer(&visit, id, form, done, "directive-said-file").await
}

pub(super) async fn file(visit: Visit, Path((id, file)): Path<(DirectiveId, AttachmentId)>) -> Answer {
    let found = original(visit.app(), visit.actor()?, id, file).await?;
    visit.download(&found.name, found.kind.into(), found.bytes)
}
