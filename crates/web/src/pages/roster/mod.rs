//! Danh sách: tree of units, people of a unit, import from a workbook.

mod files;
mod import;
mod preview;
mod tree;
mod unit;

use application::acts::roster::Findings;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .menu("/danh-sach", "roster-menu", Act::ViewRoster)
        .get("/danh-sach", Act::ViewRoster, tree::show)
        .get("/danh-sach/mau.xlsx", Act::ImportRoster, files::template)
        .get("/danh-sach/hien-co.xlsx", Act::ImportRoster, files::present)
        .get("/danh-sach/nhap", Act::ImportRoster, import::form)
        .post("/danh-sach/nhap", Act::ImportRoster, import::upload)
        .get("/danh-sach/nhap/{intake}", Act::ImportRoster, preview::show)
        .post("/danh-sach/nhap/{intake}", Act::ImportRoster, preview::confirm)
        .post("/danh-sach/nhap/{intake}/bo", Act::ImportRoster, preview::cancel)
        .get("/danh-sach/{unit}", Act::ViewRoster, unit::show)
}

/// A finding in words.
struct Told {
    sheet: String,
    /// Empty when it concerns the whole sheet.
    row: String,
    column: String,
    what: String,
    remedy: String,
    code: String,
}

fn told(findings: &Findings, t: Translator) -> Vec<Told> {
    let one = |finding: &application::acts::roster::Finding| {
        let words = t.refusal(&finding.what);
        Told {
            sheet: finding.sheet.clone(),
            row: if finding.row == 0 { String::new() } else { finding.row.to_string() },
            column: finding.column_letters(),
            what: words.what,
            remedy: words.remedy,
            code: words.code,
        }
    };
    findings.listed.iter().map(one).collect()
}
