//! The page: choose a file, see the rows, or take the answer as a file.

use application::checks::desk::keep_table;
use application::checks::roll::is_roll;
use application::checks::{Checked, check as examine, may_check};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

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
    kinds: Vec<Choice>,
}

fn page(visit: &Visit, form: FormState, checked: Option<(String, &Checked)>) -> CheckPage {
    let (file_name, total, rows) = match checked {
        Some((name, checked)) => (name, outcome::total(checked, visit.t), outcome::rows(checked, visit.t)),
        None => (String::new(), String::new(), Vec::new()),
    };
    let kind = |kind: &str| Choice::new(kind, visit.t.get(&format!("rolls-table-{kind}")));
    let kinds = ["person", "unit", "published"].map(kind).to_vec();
    let shell = visit.shell("checks-title").crumb("/", "start-menu");
    CheckPage { shell: if rows.is_empty() { shell } else { shell.wide() }, form, file_name, total, rows, kinds }
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
    let sha256 = digest(&file.bytes);
    let grid = match visit.server().intake.grid(file.bytes).await {
        Ok(grid) => grid,
        Err(failure) => {
            form.take(failure, visit.t)?;
            return visit.render_form(true, page(&visit, form, None));
        }
    };
    let (kind, has_period) = (form.value("loai").to_owned(), !form.value("ky").is_empty());
    let library = visit.app().library.clone();
    // A large table keeps a processor busy for a while; nobody else waits for it.
    let looked = tokio::task::spawn_blocking(move || {
        let of_rows = match kind.as_str() {
            "published" => false,
            "person" | "unit" => true,
            _ => has_period || is_roll(&library, &grid)?,
        };
        let checked = if of_rows { None } else { Some(examine(&library, outcome::source_rows(&grid))) };
        Ok::<_, application::Error>((grid, checked))
    });
    let (grid, checked) = looked.await??;
    let Some(checked) = checked else {
        let table = keep_table(visit.app(), visit.actor()?, file.name, sha256, grid).await?;
        return visit.go(&format!("/kiem-tra-bang/{table}{}", guessing(&form)));
    };
    match checked {
        Ok(checked) => answer(&visit, form, &file.name, &checked),
        Err(error) => {
            form.refuse(error, visit.t)?;
            visit.render_form(true, page(&visit, form, None))
        }
    }
}

/// Hexadecimal SHA-256 of a file.
pub(super) fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// What was said beside the file, for the page that guesses.
fn guessing(form: &FormState) -> String {
    let period: String = form.value("ky").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let kind = Some(form.value("loai")).filter(|kind| ["person", "unit"].contains(kind));
    let said = [("ky", period.as_str()), ("loai", kind.unwrap_or_default())];
    let said: Vec<String> =
        said.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={value}")).collect();
    if said.is_empty() { String::new() } else { format!("?{}", said.join("&")) }
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
