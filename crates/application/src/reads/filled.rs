//! A handed-in form in words: sections with the labels and texts of the fields that are filled in.

use domain::form::{Content, Filler};
use store::review::SubmittedRow;

use crate::app::App;
use crate::error::{Error, Result};
use crate::judge::Words;

/// Một phần đã điền của mẫu: title, then label and text of each field.
pub type FilledSection = (Words, Vec<(Words, String)>);

/// What was handed in, on the form it was handed in on, whatever the subject would be asked today.
pub(crate) fn sections(
    app: &App,
    filler: Filler,
    last: &SubmittedRow,
    content: &Content,
    book: &rules::Book,
) -> Result<Vec<FilledSection>> {
    let form = app.library.form(&last.form).ok_or_else(|| Error::Fault(format!("no form {}", last.form)))?;
    let named = |field: &domain::form::Field, value: &str| match field.kind {
        domain::form::FieldKind::Grade => book.grade(value).map(|grade| grade.title.vi.clone()),
        domain::form::FieldKind::Level => book.level(value).map(|level| level.title.vi.clone()),
        _ => None,
    };
    let words = |text: &domain::form::Bilingual| Words { vi: text.vi.clone(), en: text.en.clone() };
    Ok(form
        .sections
        .iter()
        .map(|section| {
            let fields = section.fields.iter().filter(|field| field.applies(filler));
            let filled = fields.filter_map(|field| {
                let value = content.get(&field.id)?;
                Some((words(&field.label), named(field, value).unwrap_or_else(|| value.clone())))
            });
            (words(&section.title), filled.collect::<Vec<_>>())
        })
        .filter(|(_, fields)| !fields.is_empty())
        .collect())
}
