//! Tìm hàng tiêu đề: one, two or three rows, below a title, with headings over several columns.

use std::collections::BTreeMap;

use super::super::grid::{GridRow, Sheet};

/// Headings may stand below a title; further down nobody looks for them.
const WITHIN: usize = 30;
/// Bytes of a heading at most; longer cells are notes and paragraphs, in which nobody looks for headings.
pub(super) const LONGEST: usize = 300;
/// Rows that headings take at most.
const DEEPEST: usize = 3;

/// Đầu cột: what stands over a column, and what stands over several together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// Over this and other columns; empty when nothing does.
    pub(super) group: String,
    /// Over this column alone.
    pub(super) own: String,
}

impl Heading {
    /// Both, for people.
    pub(super) fn shown(&self) -> String {
        let shown = if self.group.is_empty() { self.own.clone() } else { format!("{} – {}", self.group, self.own) };
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Hàng tiêu đề có thể có: where it stands and its headings by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Place of the first row among those of the sheet.
    pub(super) place: usize,
    /// How many rows.
    pub(super) depth: usize,
    /// Headings by column.
    pub(super) headings: BTreeMap<u32, Heading>,
}

/// Everything in the first rows of a sheet that could be its headings.
pub(super) fn candidates(sheet: &Sheet) -> Vec<Candidate> {
    let mut found = Vec::new();
    for place in 0..sheet.len().min(WITHIN) {
        for depth in 1..=DEEPEST {
            let rows: Vec<GridRow<'_>> = (place..place + depth).filter_map(|place| sheet.row(place)).collect();
            if rows.len() == depth
                && let Some(headings) = headings(&rows)
            {
                found.push(Candidate { place, depth, headings });
            }
        }
    }
    found
}

/// The headings of these rows together; none when the lower ones are no headings.
fn headings(rows: &[GridRow<'_>]) -> Option<BTreeMap<u32, Heading>> {
    let (last, upper) = rows.split_last()?;
    let Some(above) = upper.last() else {
        let own = |cell: super::super::grid::GridCell<'_>| {
            (cell.column, Heading { group: String::new(), own: cell.text.to_owned() })
        };
        let short = |cell: &super::super::grid::GridCell<'_>| !cell.number && cell.text.len() <= LONGEST;
        return Some(last.cells().filter(short).map(own).collect());
    };
    if above.cells().count() < 2 {
        // A title, not headings over several columns.
        return None;
    }
    let over = if upper.len() == 1 { headings(&[*above])? } else { headings(upper)? };
    let mut combined = over.clone();
    let mut divides = false;
    for cell in last.cells() {
        if cell.number || cell.text.len() > LONGEST {
            return None;
        }
        let group = over.range(..=cell.column).next_back();
        let Some((column, heading)) = group else { continue };
        // Text under text in column after column is a row of data, not a second row of headings.
        divides |= *column != cell.column;
        let group = heading.shown();
        combined.insert(cell.column, Heading { group, own: cell.text.to_owned() });
    }
    let below = |column: &&u32| last.text(**column).is_some();
    let twice = over.keys().filter(below).count();
    (divides && twice * 2 <= over.len().max(last.cells().count())).then_some(combined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(lines: &[&[&str]]) -> Sheet {
        let mut sheet = Sheet::default();
        for (number, line) in (1_u32..).zip(lines) {
            sheet.begin_row(number);
            (1_u32..).zip(*line).for_each(|(column, text)| sheet.push(column, text, false));
        }
        sheet
    }

    fn shown(sheet: &Sheet, place: usize, depth: usize) -> Option<Vec<String>> {
        let found = candidates(sheet).into_iter().find(|one| one.place == place && one.depth == depth)?;
        Some(found.headings.values().map(Heading::shown).collect())
    }

    #[test]
    fn a_heading_over_several_columns_belongs_to_each_of_them() {
        let sheet = sheet(&[
            &["DANH SÁCH"],
            &["STT", "Họ tên", "Tự xếp loại", "", "Chi bộ đề nghị", "", "Ghi chú"],
            &["", "", "HTXS", "HTT", "HTXS", "HTT", ""],
        ]);
        let two = shown(&sheet, 1, 2).unwrap();
        assert_eq!(
            two[2..6],
            ["Tự xếp loại – HTXS", "Tự xếp loại – HTT", "Chi bộ đề nghị – HTXS", "Chi bộ đề nghị – HTT"]
        );
        assert_eq!((two[0].as_str(), two[6].as_str()), ("STT", "Ghi chú"));
    }

    #[test]
    fn a_row_of_data_is_no_second_row_of_headings() {
        let sheet = sheet(&[&["STT", "Họ tên", "Xếp loại"], &["một", "Nguyễn Văn Mẫu", "HTT"]]);
        assert_eq!(shown(&sheet, 0, 2), None);
        assert_eq!(shown(&sheet, 0, 1).unwrap(), ["STT", "Họ tên", "Xếp loại"]);
    }
}
