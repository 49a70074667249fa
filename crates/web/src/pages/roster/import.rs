//! The way in: template, upload, and what is wrong with a file that cannot be taken.

use application::acts::roster::{Importer, Preview, Upload as Order, preview_import};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Told, told};
use crate::intake::roster::sheets;
use crate::prelude::*;

#[derive(Template)]
#[template(path = "roster/import.html")]
struct ImportPage {
    shell: Shell,
    form: FormState,
    file_name: String,
    errors: Vec<Told>,
    total: usize,
}

fn page(visit: &Visit, form: FormState, preview: &Preview) -> Answer {
    let shell = visit.shell("roster-import-title").crumb("/danh-sach", "roster-title");
    let (errors, total) = (told(&preview.errors, visit.t), preview.errors.total);
    let wrong = form.has_errors() || total > 0;
    visit.render_form(wrong, ImportPage { shell, form, file_name: preview.file_name.clone(), errors, total })
}

pub(super) async fn form(visit: Visit) -> Answer {
    page(&visit, FormState::new(), &Preview::default())
}

pub(super) async fn upload(visit: Visit, Upload { mut form, file }: Upload) -> Answer {
    let Some(file) = file else {
        form.fail("tep", visit.t.get("roster-import-file-empty"));
        return page(&visit, form, &Preview::default());
    };
    let sha256 = HEXLOWER.encode(&Sha256::digest(&file.bytes));
    let events = visit.server().intake.read(file.bytes).await?;
    let sheets = match sheets(events) {
        Ok(sheets) => sheets,
        Err(reason) => {
            form.refuse(application::Error::from(reason.at("tep")), visit.t)?;
            return page(&visit, form, &Preview { file_name: file.name, ..Preview::default() });
        }
    };
    let order = Order { file_name: file.name, sha256, sheets };
    let preview = preview_import(visit.app(), Importer::Official(visit.actor()?), order).await?;
    match preview.intake {
        Some(intake) => visit.go(&format!("/danh-sach/nhap/{intake}")),
        None => page(&visit, form, &preview),
    }
}
