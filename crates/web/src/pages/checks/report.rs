//! The answer as a page of its own, to be sent or kept.

use application::checks::Checked;
use askama::Template;

use super::outcome::{self, Row};
use crate::answer::Failure;
use crate::locale::Translator;

#[derive(Template)]
#[template(path = "checks/report.html")]
struct ReportPage {
    t: Translator,
    file_name: String,
    total: String,
    rows: Vec<Row>,
}

/// A whole HTML file that needs nothing else.
///
/// # Errors
/// [`Failure::Fault`] when the template fails.
pub fn report(checked: &Checked, file_name: &str, t: Translator) -> Result<Vec<u8>, Failure> {
    let page = ReportPage {
        t,
        file_name: file_name.to_owned(),
        total: outcome::total(checked, t),
        rows: outcome::rows(checked, t),
    };
    Ok(page.render()?.into_bytes())
}
