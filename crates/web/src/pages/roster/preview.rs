//! What a file would do, and the button that does it.

use application::acts::roster::{Importer, LISTED, Preview, cancel_import, confirm_import, preview_again};
use domain::IntakeId;

use super::{Told, told};
use crate::prelude::*;

#[derive(Template)]
#[template(path = "roster/preview.html")]
struct PreviewPage {
    shell: Shell,
    form: FormState,
    intake: IntakeId,
    preview: Preview,
    errors: Vec<Told>,
    warnings: Vec<Told>,
}

pub(super) async fn show(visit: Visit, Path(intake): Path<IntakeId>) -> Answer {
    page(&visit, intake, FormState::new()).await
}

async fn page(visit: &Visit, intake: IntakeId, form: FormState) -> Answer {
    let preview = preview_again(visit.app(), Importer::Official(visit.actor()?), intake).await?;
    let shell = visit.shell("roster-preview-title").crumb("/danh-sach", "roster-title");
    let shell = shell.crumb("/danh-sach/nhap", "roster-import-title");
    let (errors, warnings) = (told(&preview.errors, visit.t), told(&preview.warnings, visit.t));
    visit.render_form(form.has_errors(), PreviewPage { shell, form, intake, preview, errors, warnings })
}

pub(super) async fn confirm(visit: Visit, Path(intake): Path<IntakeId>, Typed(mut form): Typed) -> Answer {
    let importer = Importer::Official(visit.actor()?);
    match confirm_import(visit.app(), importer, intake, form.value("da-xem")).await {
        Ok(done) => {
            let sum = |count: fn(&application::acts::roster::SheetDifference) -> usize| {
                done.sheets.iter().map(count).sum::<usize>()
            };
            let (added, changed) = (sum(|sheet| sheet.added), sum(|sheet| sheet.changed));
            let flash = if added + changed == 0 {
                Flash::done("roster-imported-nothing")
            } else {
                let (added, changed) = (crate::show::number(added), crate::show::number(changed));
                Flash::done("roster-imported").with("added", added).with("changed", changed)
            };
            visit.see_other("/danh-sach", flash)
        }
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, intake, form).await
        }
    }
}

pub(super) async fn cancel(visit: Visit, Path(intake): Path<IntakeId>) -> Answer {
    cancel_import(visit.app(), Importer::Official(visit.actor()?), intake).await?;
    visit.see_other("/danh-sach/nhap", Flash::done("roster-cancelled"))
}
