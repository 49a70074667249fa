//! How a table is to be read: the guess, column by column with samples, to be corrected and confirmed.

use std::sync::Arc;

use application::checks::desk::{Guess, KeptTable, guess_table, keep_reading, kept_table, order_check};
use application::checks::roll::{Asked, Choices, Kind, Mapping, SettingChoices, only_chosen};
use domain::{Day, IntakeId, Refusal};

use crate::prelude::*;

const SAMPLES: usize = 3;
const LONGEST: usize = 60;

/// Một cột để xác nhận.
struct ColumnRow {
    at: String,
    head: String,
    samples: Vec<String>,
    means: String,
    field: String,
    blank: String,
}

#[derive(Template)]
#[template(path = "checks/table/mapping.html")]
struct MappingPage {
    shell: Shell,
    form: FormState,
    desk: Desk,
    file_name: String,
    guessed: Option<Guessed>,
    kinds: Vec<Choice>,
}

struct Guessed {
    mapping: Mapping,
    book: String,
    subjects: Vec<Choice>,
    stages: Vec<Choice>,
    meanings: Vec<Choice>,
    settings: Vec<Setting>,
    columns: Vec<ColumnRow>,
    levels: Vec<Choice>,
    /// Letters that stand for a level: as written, and the level they are taken for.
    letters: Vec<(String, String)>,
}

struct Setting {
    field: String,
    title: String,
    choices: Vec<Choice>,
}

/// Where a way of reading is confirmed.
pub(super) struct Desk {
    /// Path of the page.
    pub(super) action: String,
    /// Name of the table of people, when this file is the one with its units.
    pub(super) beside: Option<String>,
}

impl Desk {
    fn of(table: IntakeId) -> Self {
        Self { action: format!("/kiem-tra-bang/{table}"), beside: None }
    }
}

pub(in super::super) async fn show(
    visit: Visit,
    Path(table): Path<IntakeId>,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let kept = Arc::new(kept_table(visit.app(), visit.actor()?, table).await?);
    page(&visit, Desk::of(table), &kept, FormState::of_pairs(query)).await
}

pub(in super::super) async fn confirm(visit: Visit, Path(table): Path<IntakeId>, Typed(mut form): Typed) -> Answer {
    let actor = visit.actor()?;
    let kept = Arc::new(kept_table(visit.app(), actor, table).await?);
    let Some(mapping) = confirmed(&visit, &kept, &mut form).await? else {
        return page(&visit, Desk::of(table), &kept, form).await;
    };
    if form.value("tiep") != "don-vi" {
        let job = order_check(visit.app(), actor, table, mapping).await?;
        return visit.go(&format!("/kiem-tra-bang/ket-qua/{job}"));
    }
    match keep_reading(visit.app(), actor, table, mapping).await {
        Ok(reading) => visit.go(&format!("/kiem-tra-bang/don-vi/{reading}")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, Desk::of(table), &kept, form).await
        }
    }
}

/// The way of reading as it was corrected; none when something is wanting, which the form then says.
pub(super) async fn confirmed(
    visit: &Visit,
    kept: &Arc<KeptTable>,
    form: &mut FormState,
) -> Result<Option<Mapping>, Failure> {
    let asked = asked(form, visit.t);
    if form.has_errors() {
        return Ok(None);
    }
    let mapping = match guess_table(visit.app(), kept, asked, 0).await {
        // The page sends every setting; only one that is not as the book has it was chosen.
        Ok(Guess { mapping, .. }) => corrected(only_chosen(&visit.app().library, mapping)?, form),
        Err(error) => {
            form.refuse(at_field(error), visit.t)?;
            return Ok(None);
        }
    };
    let Some(doubt) = wanting(&mapping) else { return Ok(Some(mapping)) };
    form.refuse(application::Error::from(doubt), visit.t)?;
    Ok(None)
}

fn asked(form: &mut FormState, t: Translator) -> Asked {
    let cut_off: Option<Day> = form.day("ngay-chot", t);
    let said = |name: &str| Some(form.value(name).trim().to_owned()).filter(|value| !value.is_empty());
    Asked {
        kind: match form.value("loai") {
            "person" => Some(Kind::Person),
            "unit" => Some(Kind::Unit),
            _ => None,
        },
        period: said("ky"),
        subject: said("doi-tuong"),
        cut_off,
        settings: form.with_prefix("chon-").map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        // What is no number is no row either, and refused as such.
        head_row: said("hang").map(|typed| typed.parse().unwrap_or(0)),
    }
}

/// What was chosen on the page goes before the guess.
fn corrected(mut mapping: Mapping, form: &FormState) -> Mapping {
    for column in &mut mapping.columns {
        let field = field_of(&column.at);
        if form.names().any(|name| name == field) {
            form.value(&field).clone_into(&mut column.means);
        }
        let blank = form.value(&format!("trong-{}", column.at)).trim();
        column.blank = Some(blank.to_owned()).filter(|blank| !blank.is_empty());
    }
    for (written, level) in form.with_prefix("chu-") {
        if level == "none" {
            mapping.words.remove(written);
        } else if mapping.words.contains_key(written) {
            mapping.words.insert(written.to_owned(), level.to_owned());
        }
    }
    if !form.value("muc").is_empty() {
        form.value("muc").clone_into(&mut mapping.level);
    }
    mapping
}

/// What is still wanting once the person has chosen: somebody's name, the level, one column for each meaning.
fn wanting(mapping: &Mapping) -> Option<Refusal> {
    let means = |wanted: &str| mapping.columns.iter().filter(|column| column.means == wanted).count();
    let level = format!("level.{}", mapping.level);
    let marks = mapping.columns.iter().any(|column| column.means.starts_with(&format!("{level}.")));
    let heads: Vec<String> = mapping.columns.iter().map(|column| format!("“{}”", column.head)).collect();
    let missing = match (means(&level) > 0 || marks, means("name") + means("code") > 0) {
        (false, _) => "CHECK-011",
        (true, false) => "CHECK-021",
        (true, true) => "",
    };
    if !missing.is_empty() {
        return Some(Refusal::new(missing).with("headings", heads.join(", ")));
    }
    let twice = mapping
        .columns
        .iter()
        .find(|column| !["", "none", "part"].contains(&column.means.as_str()) && means(&column.means) > 1)?;
    let both: Vec<String> = mapping
        .columns
        .iter()
        .filter(|column| column.means == twice.means)
        .map(|column| format!("{} “{}”", column.at, column.head))
        .collect();
    Some(Refusal::new("CHECK-019").with("columns", both.join(", ")).at(&field_of(&twice.at)))
}

fn field_of(at: &str) -> String {
    format!("cot-{at}")
}

pub(super) async fn page(visit: &Visit, desk: Desk, kept: &Arc<KeptTable>, mut form: FormState) -> Answer {
    let asked = asked(&mut form, visit.t);
    let guessed = match guess_table(visit.app(), kept, asked, SAMPLES).await {
        Ok(Guess { mapping, doubt, choices, samples }) => {
            if let Some(doubt) =
                doubt.filter(|_| !form.has_errors() && !form.names().any(|name| name.starts_with("cot-")))
            {
                form.refuse(application::Error::from(doubt), visit.t)?;
            }
            Some(shown(corrected(mapping, &form), choices, samples, &mut form, visit.t))
        }
        Err(error) => {
            if !form.has_errors() {
                form.refuse(at_field(error), visit.t)?;
            }
            None
        }
    };
    let kinds = ["person", "unit"].map(|kind| Choice::new(kind, visit.t.get(&format!("rolls-table-{kind}"))));
    let title = if desk.beside.is_some() { "rolls-units-mapping" } else { "rolls-mapping-title" };
    let shell = visit.shell(title).crumb("/", "start-menu").crumb("/kiem-tra-bang", "checks-title").wide();
    let wrong = form.has_errors();
    let file_name = kept.file_name.clone();
    visit.render_form(wrong, MappingPage { shell, form, desk, file_name, guessed, kinds: kinds.to_vec() })
}

/// The period is the field to mend when no rule book is found, the row when it has no headings.
fn at_field(error: application::Error) -> application::Error {
    let at = |reason: Refusal| match reason.code.as_str() {
        "CHECK-012" | "CHECK-014" | "CHECK-015" => reason.at("ky"),
        "CHECK-026" => reason.at("hang"),
        _ => reason,
    };
    match error {
        application::Error::Refused(reasons) => application::Error::Refused(reasons.into_iter().map(at).collect()),
        other => other,
    }
}

fn shown(
    mapping: Mapping,
    choices: Choices,
    samples: Vec<Vec<String>>,
    form: &mut FormState,
    t: Translator,
) -> Guessed {
    let tag = t.locale().tag();
    let list = |choices: Vec<application::checks::roll::Choice>| -> Vec<Choice> {
        choices.into_iter().map(|choice| Choice::new(choice.value, choice.title.get(tag))).collect()
    };
    for (name, value) in [("ky", &mapping.period), ("doi-tuong", &mapping.subject), ("muc", &mapping.level)] {
        form.put(name, value);
    }
    form.put("loai", mapping.kind.word());
    form.put("hang", mapping.head_row);
    let settings = choices.settings.into_iter().map(|setting| {
        let SettingChoices { name, title, value, choices } = setting;
        let field = format!("chon-{name}");
        form.put(&field, value);
        Setting { field, title: title.get(tag).to_owned(), choices: list(choices) }
    });
    let settings = settings.collect();
    let columns = mapping.columns.iter().zip(samples).map(|(column, samples)| ColumnRow {
        at: column.at.clone(),
        head: column.head.clone(),
        samples: samples.iter().map(|sample| sample.chars().take(LONGEST).collect()).collect(),
        means: column.means.clone(),
        field: field_of(&column.at),
        blank: column.blank.clone().unwrap_or_default(),
    });
    let columns = columns.collect();
    // Also a letter that was said to be no level stays on the page, to be chosen again.
    let chosen = |written: &String| mapping.words.get(written).cloned().unwrap_or_else(|| "none".to_owned());
    let letters = choices.letters.iter().map(|letter| (letter.written.clone(), chosen(&letter.written))).collect();
    Guessed {
        levels: list(choices.levels),
        letters,
        book: choices.book.get(tag).to_owned(),
        subjects: list(choices.subjects),
        stages: list(choices.stages),
        meanings: list(choices.meanings),
        settings,
        columns,
        mapping,
    }
}
