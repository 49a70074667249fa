//! Bảng theo dõi khắc phục của một cấp, và các danh sách đứng sau từng con số.

use application::reads::after::{Board as View, BoardLine, Listed, Which, board, board_unit, listed};
use domain::UnitId;
use serde::Deserialize;

use crate::prelude::*;
use crate::press::remedies::workbook;

/// Width of the chart in its own units.
const WIDTH: i64 = 400;
/// Height of a bar with its name.
const ROW: i64 = 34;

#[derive(Template)]
#[template(path = "after/board.html")]
struct BoardPage {
    shell: Shell,
    view: View,
    rows: Vec<Row>,
    bars: Vec<Bar>,
    height: i64,
}

/// Một dòng: a unit, or the total.
struct Row {
    line: BoardLine,
    total: bool,
    /// Where its lists are.
    place: String,
    share: String,
}

/// Một thanh: closed over open over overdue, with the same figures as the table.
struct Bar {
    name: String,
    share: String,
    text_y: i64,
    y: i64,
    parts: Vec<(&'static str, i64)>,
}

impl Row {
    fn of(line: &BoardLine, total: bool) -> Self {
        let counts = line.counts;
        Self {
            place: format!("/khac-phuc/bang/{}/", line.unit),
            share: crate::show::percent(counts.closed.unsigned_abs(), counts.planned.unsigned_abs()),
            line: line.clone(),
            total,
        }
    }
}

fn bars(lines: &[BoardLine]) -> Vec<Bar> {
    let drawn = lines.iter().filter(|line| line.counts.planned > 0).zip(0_i64..);
    drawn
        .map(|(line, at)| {
            let counts = line.counts;
            let width = |n: i64| n * WIDTH / counts.planned;
            Bar {
                name: line.name.clone(),
                share: crate::show::percent(counts.closed.unsigned_abs(), counts.planned.unsigned_abs()),
                text_y: at * ROW + 14,
                y: at * ROW + 18,
                parts: vec![
                    ("due", WIDTH),
                    ("submitted", width(counts.planned - counts.overdue)),
                    ("decided", width(counts.closed)),
                ],
            }
        })
        .collect()
}

pub(super) async fn first(visit: Visit) -> Answer {
    let unit = board_unit(visit.actor()?).ok_or(Failure::Denied)?;
    visit.go(&format!("/khac-phuc/bang/{unit}"))
}

pub(super) async fn show(visit: Visit, Path(unit): Path<UnitId>) -> Answer {
    let view = board(visit.app(), visit.actor()?, unit).await?;
    let mut rows: Vec<Row> = view.lines.iter().map(|line| Row::of(line, false)).collect();
    rows.push(Row::of(&view.total, true));
    let bars = bars(&view.lines);
    let height = i64::try_from(bars.len()).unwrap_or(0) * ROW;
    let shell = visit.shell("after-board-title").back("/", "after-back").wide();
    visit.render(BoardPage { shell, view, rows, bars, height })
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "trang")]
    page: Option<u32>,
}

#[derive(Template)]
#[template(path = "after/board_list.html")]
struct ListPage {
    shell: Shell,
    view: Listed,
    place: String,
}

fn which(word: &str) -> Result<Which, Failure> {
    Which::from_word(word).ok_or(Failure::Denied)
}

pub(super) async fn list(
    visit: Visit,
    Path((unit, word)): Path<(UnitId, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = asked.page.unwrap_or(1);
    let view = listed(visit.app(), visit.actor()?, unit, which(&word)?, Some(page)).await?;
    let place = format!("/khac-phuc/bang/{unit}/{word}");
    let heading = format!("{}: {}", visit.t.get("after-items"), visit.t.get(&format!("after-board-{word}")));
    let shell = visit.shell_text(heading).back(format!("/khac-phuc/bang/{unit}"), "after-board-title").wide();
    visit.render(ListPage { shell, view, place })
}

pub(super) async fn file(visit: Visit, Path((unit, word)): Path<(UnitId, String)>) -> Answer {
    let view = listed(visit.app(), visit.actor()?, unit, which(&word)?, None).await?;
    let (t, today) = (visit.t, visit.today());
    let title = t.get(&format!("after-board-{word}"));
    let name = format!("{title}.xlsx");
    let bytes = tokio::task::spawn_blocking(move || workbook(&title, &view, t, today)).await??;
    visit.download(&name, Kind::Xlsx, bytes)
}

#[cfg(test)]
mod tests {
    use application::reads::after::Counts;

    use super::*;

    #[test]
    fn a_bar_shows_what_is_closed_and_what_is_late_of_what_was_planned() {
        let line = |planned, closed, overdue| BoardLine {
            unit: UnitId(uuid::Uuid::nil()),
            name: "Chi bộ Mẫu".to_owned(),
            counts: Counts { planned, closed, overdue, soon: 0 },
            opens: false,
            lists: false,
        };
        let bars = bars(&[line(0, 0, 0), line(8, 4, 2)]);
        assert_eq!(bars.len(), 1, "whoever planned nothing has no bar");
        assert_eq!(bars[0].parts.iter().map(|(_, width)| *width).collect::<Vec<_>>(), [400, 300, 200]);
        assert_eq!(bars[0].share, "50,00 %");
    }
}
