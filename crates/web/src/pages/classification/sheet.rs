//! Phiếu thẩm định: completeness of the dossier, rule findings, the level proposed with its grounds; marking as late.

use application::acts::classification::{Verify, mark_late, take_back, verify};
use application::judge::Judgement;
use application::reads::classification::{SheetPage as View, sheet};
use domain::ReviewId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "classification/sheet.html")]
struct SheetPage {
    shell: Shell,
    form: FormState,
    view: View,
    judgement: Judgement,
    levels: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ReviewId>) -> Answer {
    page(&visit, id, FormState::new()).await
}

async fn page(visit: &Visit, id: ReviewId, mut form: FormState) -> Answer {
    let view = sheet(visit.app(), visit.actor()?, id).await?;
    let failed = form.has_errors();
    if !failed {
        form.put("version", view.version);
        form.put("level", &view.level);
        form.put("opinion", &view.opinion);
        form.put("grounds", &view.grounds);
        form.put("reason", &view.late_reason);
    }
    let language = visit.locale().tag();
    let mut levels = vec![Choice::new("", visit.t.get("review-no-level").as_str())];
    levels.extend(view.levels.iter().map(|(id, name, _)| Choice::new(id, name.get(language))));
    let back = format!("/xep-loai/{}/{}", view.head.campaign, view.head.subject);
    let shell = visit.shell("sheet-title").heading(&view.head.name).back(&back, "classification-list");
    let judgement = view.judgement.clone();
    visit.render_form(failed, SheetPage { shell, form, view, judgement, levels })
}

pub(super) async fn save(visit: Visit, Path(id): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = Verify {
        level: text("level"),
        opinion: text("opinion"),
        grounds: text("grounds"),
        seen: form.value("version").parse().ok(),
    };
    let result = verify(visit.app(), visit.actor()?, id, &order).await;
    done(visit, id, form, result, "sheet-saved").await
}

pub(super) async fn late(visit: Visit, Path(id): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let result = mark_late(visit.app(), visit.actor()?, id, form.value("reason")).await;
    done(visit, id, form, result, "sheet-late-saved").await
}

pub(super) async fn give_back(visit: Visit, Path(id): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let result = take_back(visit.app(), visit.actor()?, id, form.value("return_reason")).await;
    done(visit, id, form, result, "sheet-returned").await
}

async fn done(visit: Visit, id: ReviewId, mut form: FormState, result: application::Result<()>, key: &str) -> Answer {
    match result {
        Ok(()) => visit.see_other(&format!("/ho-so/{id}/tham-dinh"), Flash::done(key)),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}
