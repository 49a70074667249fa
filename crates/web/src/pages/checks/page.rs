//! The page: choose a file, see the rows, or take the answer as a file.

use application::checks::{Checked, check as examine, may_check};
use documents::intake::IntakeEvent;

use super::outcome::{self, Row};
use crate::prelude::*;

#[derive(Template)]
#[template(path = "checks/page.html")]
struct CheckPage {
    shell: Shell,
    form: FormState,
    file_name: String,
    total: String,
    rows: Vec<Row>,
}

fn page(visit: &Visit, form: FormState, checked: Option<(String, &Checked)>) -> CheckPage {
    let (file_name, total, rows) = match checked {
        Some((name, checked)) => (name, outcome::total(checked, visit.t), outcome::rows(checked, visit.t)),
        None => (String::new(), String::new(), Vec::new()),
    };
    let shell = visit.shell("checks-title").crumb("/", "start-menu");
    CheckPage { shell: if rows.is_empty() { shell } else { shell.wide() }, form, file_name, total, rows }
}

pub(super) async fn show(visit: Visit) -> Answer {
    may_check(visit.actor()?)?;
    visit.render(page(&visit, FormState::new(), None))
}

pub(super) async fn check(visit: Visit, Upload { mut form, file }: Upload) -> Answer {
    may_check(visit.actor()?)?;
    let Some(file) = file else {
        form.refuse(domain::Refusal::new("CHECK-006").at("file").into(), visit.t)?;
        return visit.render_form(true, page(&visit, form, None));
    };
    let events: Vec<IntakeEvent> = visit.server().intake.read(file.bytes).await?;
    let read = outcome::source_rows(events).map_err(application::Error::from);
    match read.and_then(|rows| examine(&visit.app().library, rows)) {
        Ok(checked) => answer(&visit, form, &file.name, &checked),
        Err(error) => {
            form.refuse(error, visit.t)?;
            visit.render_form(true, page(&visit, form, None))
        }
    }
}

fn answer(visit: &Visit, form: FormState, name: &str, checked: &Checked) -> Answer {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
    match form.value("as") {
        "xlsx" => {
            let bytes = outcome::workbook(checked, visit.t, visit.today())?;
            visit.download(&format!("{stem}-kiem-tra.xlsx"), Kind::Xlsx, bytes)
        }
        "json" => visit.download(&format!("{stem}-kiem-tra.json"), Kind::Json, outcome::json(checked)?),
        _ => visit.render(page(visit, form, Some((name.to_owned(), checked)))),
    }
}
