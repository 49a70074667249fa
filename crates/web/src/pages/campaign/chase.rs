//! Danh sách đôn đốc as a workbook: who is late with what, whom to call.

use application::reads::campaign::{ChaseLine, Progress, chase};
use documents::workbook::{self, Book, Cell, Column, Sheet};
use domain::{CampaignId, Day};

use crate::prelude::*;

/// Keys of the heads with the widths of their columns.
const COLUMNS: [(&str, u16); 5] = [
    ("campaign-unit", 30),
    ("campaign-head", 28),
    ("campaign-late-with", 34),
    ("province-due-on", 14),
    ("campaign-missing", 60),
];

pub(super) async fn file(visit: Visit, Path(campaign): Path<CampaignId>) -> Answer {
    let (progress, lines) = chase(visit.app(), visit.actor()?, campaign).await?;
    let (t, today) = (visit.t, visit.today());
    let name = format!("{}.xlsx", t.get("campaign-chase"));
    let bytes = tokio::task::spawn_blocking(move || workbook(&progress, &lines, t, today)).await??;
    visit.download(&name, Kind::Xlsx, bytes)
}

fn workbook(progress: &Progress, lines: &[ChaseLine], t: Translator, today: Day) -> Result<Vec<u8>, Failure> {
    let columns = COLUMNS.map(|(key, width)| Column { head: t.get(key), width, ..Column::default() });
    let row = |line: &ChaseLine| {
        let step = line.step.get(t.locale().tag()).to_owned();
        let missing = line.missing.join(", ");
        [line.unit_name.clone(), line.head.clone(), step, line.due_on.shown(), missing].map(Cell::text).to_vec()
    };
    let sheet = Sheet {
        name: t.get("campaign-chase"),
        intro: vec![
            format!("{} – {}", progress.campaign.unit_name, progress.campaign.title),
            t.one("campaign-as-of", "day", today.shown()),
        ],
        columns: columns.to_vec(),
        rows: lines.iter().map(row).collect(),
        frozen_columns: 1,
        landscape: true,
    };
    let book = Book { title: t.get("campaign-chase"), made: crate::press::made_on(today), sheets: vec![sheet] };
    workbook::write(&book).map_err(|error| Failure::Fault(format!("workbook of who is late: {error}")))
}
