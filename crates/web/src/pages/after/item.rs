//! Một việc khắc phục: what was agreed and done; its monitor closes it, its deadline is put off, another watches it.

use application::acts::after::{
    CloseItem, Extend, NoteItem, ReplaceMonitor, close_remediation, extend_remediation, note_remediation,
    replace_monitor,
};
use application::acts::attachment::NewFile;
use application::reads::after::{ItemPage as View, evidence, item};
use domain::remediation::NoteKind;
use domain::{AttachmentId, ItemId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "after/item.html")]
struct ItemPage {
    shell: Shell,
    form: FormState,
    view: View,
    monitors: Vec<Choice>,
    kinds: Vec<Choice>,
    files: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ItemId>) -> Answer {
    page(&visit, id, FormState::new()).await
}

async fn page(visit: &Visit, id: ItemId, form: FormState) -> Answer {
    let view = item(visit.app(), visit.actor()?, id).await?;
    let monitors = view.monitors.iter().map(|(person, name)| Choice::new(person.to_string(), name)).collect();
    let may = |kind: &&NoteKind| if **kind == NoteKind::Progress { view.may_report } else { view.may_check };
    let kinds = NoteKind::ALL.iter().filter(may);
    let kinds = kinds.map(|kind| Choice::new(kind.word(), visit.t.get(&format!("after-note-{kind}")))).collect();
    let current = view.files.iter().filter(|file| !file.replaced);
    let files = current.map(|file| Choice::new(file.id.to_string(), &file.name)).collect();
    let shell = visit.shell("after-item-title").back("/", "after-back");
    let failed = form.has_errors();
    visit.render_form(failed, ItemPage { shell, form, view, monitors, kinds, files })
}

async fn answered(
    visit: &Visit,
    id: ItemId,
    mut form: FormState,
    done: application::Result<()>,
    said: &'static str,
) -> Answer {
    match done {
        Ok(()) => visit.see_other(&format!("/khac-phuc/{id}"), Flash::done(said)),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(visit, id, form).await
        }
    }
}

pub(super) async fn close(visit: Visit, Path(id): Path<ItemId>, Typed(form): Typed) -> Answer {
    let order =
        CloseItem { outcome: form.value("outcome").to_owned(), checked_on: form.value("checked_on").to_owned() };
    let done = close_remediation(visit.app(), visit.actor()?, id, &order).await;
    answered(&visit, id, form, done, "after-closed").await
}

pub(super) async fn replace(visit: Visit, Path(id): Path<ItemId>, Typed(form): Typed) -> Answer {
    let order = ReplaceMonitor { named: form.value("monitor").parse().ok(), reason: form.value("reason").to_owned() };
    let done = replace_monitor(visit.app(), visit.actor()?, id, &order).await;
    answered(&visit, id, form, done, "after-monitor-replaced").await
}

pub(super) async fn extend(visit: Visit, Path(id): Path<ItemId>, Typed(form): Typed) -> Answer {
    let order = Extend { until: form.value("until").to_owned(), reason: form.value("reason").to_owned() };
    let done = extend_remediation(visit.app(), visit.actor()?, id, &order).await;
    answered(&visit, id, form, done, "after-extended").await
}

pub(super) async fn note(visit: Visit, Path(id): Path<ItemId>, Upload { form, file }: Upload) -> Answer {
    let replaces = form.value("replaces").parse::<AttachmentId>().ok();
    let order = NoteItem {
        kind: form.value("kind").to_owned(),
        held_on: form.value("held_on").to_owned(),
        content: form.value("content").to_owned(),
        file: file.map(|file| NewFile { name: file.name, bytes: file.bytes, replaces }),
    };
    let done = note_remediation(visit.app(), visit.actor()?, id, order).await;
    answered(&visit, id, form, done, "after-noted").await
}

pub(super) async fn file(visit: Visit, Path((id, file)): Path<(ItemId, AttachmentId)>) -> Answer {
    let found = evidence(visit.app(), visit.actor()?, id, file).await?;
    visit.download(&found.name, Kind::from(found.kind), found.bytes)
}
