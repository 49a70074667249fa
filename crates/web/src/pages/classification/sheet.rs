//! Phiếu thẩm định: completeness of the dossier, rule findings, the level proposed with its grounds; marking as late.

use application::acts::classification::{Verify, mark_late, take_back, verify};
use application::judge::Judgement;
use application::reads::classification::{SheetPage as View, sheet};
use domain::ReviewId;
use domain::verification::Missing;

use crate::pages::proposal::row::{outdated, version};
use crate::prelude::*;

#[derive(Template)]
#[template(path = "classification/sheet.html")]
struct SheetPage {
    shell: Shell,
    form: FormState,
    view: View,
    judgement: Judgement,
    levels: Vec<Choice>,
    /// What another saved meanwhile, where an older page says something else: key of the label, value.
    other_fields: Vec<(&'static str, String)>,
}

impl SheetPage {
    fn without_report(&self) -> bool {
        self.view.gaps.contains(&Missing::Report)
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<ReviewId>) -> Answer {
    page(&visit, id, FormState::new()).await
}

async fn page(visit: &Visit, id: ReviewId, mut form: FormState) -> Answer {
    let view = sheet(visit.app(), visit.actor()?, id).await?;
    let failed = form.has_errors();
    prefill(&view, &mut form);
    let language = visit.locale().tag();
    let mut levels = vec![Choice::new("", visit.t.get("review-no-level").as_str())];
    levels.extend(view.levels.iter().map(|(id, name, _)| Choice::new(id, name.get(language))));
    let back = format!("/xep-loai/{}/{}", view.head.campaign, view.head.subject);
    let other_fields = others(&view, &form, &levels);
    let shell = visit.shell("sheet-title").heading(&view.head.name).back(&back, "classification-list");
    let judgement = view.judgement.clone();
    visit.render_form(failed, SheetPage { shell, form, view, judgement, levels, other_fields })
}

/// The page holds two forms: what was not sent stands as it is stored.
fn prefill(view: &View, form: &mut FormState) {
    if form.values("version").is_empty() || outdated(form) {
        form.put("version", view.version);
    }
    let stored =
        [("level", &view.level), ("opinion", &view.opinion), ("grounds", &view.grounds), ("reason", &view.late_reason)];
    for (name, value) in stored {
        if form.values(name).is_empty() {
            form.put(name, value);
        }
    }
}

fn others(view: &View, form: &FormState, levels: &[Choice]) -> Vec<(&'static str, String)> {
    if !outdated(form) {
        return Vec::new();
    }
    let level = levels.iter().find(|choice| choice.value == view.level).map_or("", |choice| choice.label.as_str());
    let fields = [
        ("level", "sheet-level", view.level.as_str(), level),
        ("opinion", "sheet-opinion", view.opinion.as_str(), view.opinion.as_str()),
        ("grounds", "sheet-grounds", view.grounds.as_str(), view.grounds.as_str()),
    ];
    let differ = fields.into_iter().filter(|(name, _, stored, _)| form.value(name).trim() != *stored);
    differ.map(|(_, label, _, shown)| (label, shown.to_owned())).collect()
}

pub(super) async fn save(visit: Visit, Path(id): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order =
        Verify { level: text("level"), opinion: text("opinion"), grounds: text("grounds"), seen: Some(version(&form)) };
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
