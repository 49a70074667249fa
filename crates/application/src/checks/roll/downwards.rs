//! Ô gộp xuống: what a cell that is merged downwards says to the rows below it.

use super::super::grid::{GridRow, Merged, Sheet};

/// Texts of cells that are merged downwards, row after row.
pub(super) struct Downwards<'a> {
    coming: std::iter::Peekable<std::slice::Iter<'a, Merged>>,
    first: u32,
    /// Last row, column, text.
    open: Vec<(u32, u32, &'a str)>,
}

impl<'a> Downwards<'a> {
    /// `first`: merged cells among the headings say nothing about the rows.
    pub(super) fn new(sheet: &'a Sheet, first: u32) -> Self {
        Self { coming: sheet.merged().iter().peekable(), first, open: Vec::new() }
    }

    /// Column and text of what reaches down to a row.
    pub(super) fn at(&mut self, row: &GridRow<'a>) -> impl Iterator<Item = (u32, &'a str)> + use<'a, '_> {
        let number = row.number();
        self.open.retain(|(last, _, _)| *last >= number);
        while let Some(merged) = self.coming.next_if(|merged| merged.first <= number) {
            if merged.first == number && number >= self.first {
                self.open.extend(row.text(merged.column).map(|text| (merged.last, merged.column, text)));
            }
        }
        self.open.iter().map(|(_, column, text)| (*column, *text))
    }
}
