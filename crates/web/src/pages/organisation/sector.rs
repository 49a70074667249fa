//! Loại hình riêng của một tổ chức: what it was marked as, and the form that marks it.

use application::acts::organisation::{MarkSector, mark_sector};
use application::reads::organisation::{UnitPage, unit};
use domain::UnitId;
use domain::org::Sector;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "organisation/sector.html")]
struct SectorPage {
    shell: Shell,
    form: FormState,
    view: UnitPage,
    sectors: Vec<Choice>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<UnitId>) -> Answer {
    let mut form = FormState::new();
    form.put("from_on", visit.today().shown());
    page(&visit, id, form).await
}

async fn page(visit: &Visit, id: UnitId, form: FormState) -> Answer {
    let view = unit(visit.app(), visit.actor()?, id).await?;
    view.may_mark.then_some(()).ok_or(Failure::Denied)?;
    let word = |word: &str| Choice::new(word, visit.t.get(&format!("sector-{word}")));
    let mut sectors: Vec<Choice> = Sector::ALL.iter().map(|sector| word(sector.word())).collect();
    sectors.push(Choice::new("", visit.t.get("sector-none")));
    let shell = visit.shell("sector-title").back(format!("/to-chuc/{id}"), "org-title");
    let failed = form.has_errors();
    visit.render_form(failed, SectorPage { shell, form, view, sectors })
}

pub(super) async fn record(visit: Visit, Path(id): Path<UnitId>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = MarkSector { sector: text("sector"), from_on: text("from_on"), basis: text("basis") };
    match mark_sector(visit.app(), visit.actor()?, id, &order).await {
        Ok(()) => visit.see_other(&format!("/to-chuc/{id}/loai-hinh"), Flash::done("sector-saved")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}
