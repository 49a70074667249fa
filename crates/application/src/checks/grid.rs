//! Bảng tính như đã đọc: the cells of a file, kept closely so that a province fits in memory.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Tệp đã đọc: its sheets in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Sheets in the order of the file.
    pub sheets: Vec<Sheet>,
}

/// Một trang tính. The texts of all cells stand behind one another; a cell knows where its own begins and ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name on the tab; empty for a text file.
    pub name: String,
    /// Hidden from whoever fills the file.
    pub hidden: bool,
    /// Cells merged downwards, in the order of their first rows.
    merged: Vec<Merged>,
    text: String,
    cells: Vec<Span>,
    rows: Vec<Line>,
}

/// Ô gộp theo chiều dọc: one column, several rows; only the first has the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Merged {
    /// First row, as seen in a spreadsheet.
    pub first: u32,
    /// Last row.
    pub last: u32,
    /// Column, from 1.
    pub column: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    column: u32,
    start: u32,
    end: u32,
    number: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    number: u32,
    first: u32,
    end: u32,
}

/// Một ô.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridCell<'a> {
    /// Column, from 1.
    pub column: u32,
    /// What stands in it; never empty.
    pub text: &'a str,
    /// The file holds it as a number.
    pub number: bool,
}

/// Một dòng.
#[derive(Debug, Clone, Copy)]
pub struct GridRow<'a> {
    sheet: &'a Sheet,
    line: Line,
}

impl Sheet {
    /// An empty sheet.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Begins a row; its number is the one seen in a spreadsheet.
    pub fn begin_row(&mut self, number: u32) {
        let at = small(self.cells.len());
        self.rows.push(Line { number, first: at, end: at });
    }

    /// Adds a cell to the row begun last; columns count from 1 and come in order. An empty text is no cell.
    pub fn push(&mut self, column: u32, text: &str, number: bool) {
        let Some(line) = self.rows.last_mut().filter(|_| !text.is_empty()) else { return };
        let start = small(self.text.len());
        self.text.push_str(text);
        self.cells.push(Span { column, start, end: small(self.text.len()), number });
        line.end = small(self.cells.len());
    }

    /// Adds a whole row: its texts behind one another, and of each cell column, length and whether it is a number. Where
    /// the lengths do not fit the text, what does not fit is no cell.
    pub fn push_row(&mut self, number: u32, text: &str, cells: impl Iterator<Item = (u32, usize, bool)>) {
        let (first, base) = (small(self.cells.len()), self.text.len());
        self.text.push_str(text);
        let mut start = 0;
        for (column, length, number) in cells {
            let end = start + length;
            if length > 0 && text.is_char_boundary(start) && text.is_char_boundary(end) {
                self.cells.push(Span { column, start: small(base + start), end: small(base + end), number });
            }
            start = end;
        }
        self.rows.push(Line { number, first, end: small(self.cells.len()) });
    }

    /// Says which cells are merged downwards.
    pub fn merge(&mut self, merged: impl IntoIterator<Item = Merged>) {
        self.merged.extend(merged.into_iter().filter(|merged| merged.first < merged.last));
        self.merged.sort_unstable();
    }

    /// Cells merged downwards, in the order of their first rows.
    #[must_use]
    pub fn merged(&self) -> &[Merged] {
        &self.merged
    }

    /// How many rows have cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows that have cells.
    pub fn rows(&self) -> impl Iterator<Item = GridRow<'_>> {
        self.rows.iter().map(|line| GridRow { sheet: self, line: *line })
    }

    /// A row by its place among those that have cells, from nought.
    #[must_use]
    pub fn row(&self, place: usize) -> Option<GridRow<'_>> {
        self.rows.get(place).map(|line| GridRow { sheet: self, line: *line })
    }

    /// Greatest column that has a cell.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.cells.iter().map(|cell| cell.column).max().unwrap_or(0)
    }
}

impl<'a> GridRow<'a> {
    /// Number as seen in a spreadsheet.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.line.number
    }

    /// Cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = GridCell<'a>> + use<'a> {
        let sheet = self.sheet;
        let spans = sheet.cells.get(self.line.first as usize..self.line.end as usize).unwrap_or_default();
        spans.iter().map(|span| GridCell {
            column: span.column,
            text: sheet.text.get(span.start as usize..span.end as usize).unwrap_or_default(),
            number: span.number,
        })
    }

    /// The text in a column, if there is one.
    #[must_use]
    pub fn text(&self, column: u32) -> Option<&'a str> {
        self.cells().find(|cell| cell.column == column).map(|cell| cell.text)
    }
}

/// The reader takes at most 256 MB of text and 20 million cells, far below.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// One row as it is kept: number, then column, text and whether it is a number of each cell.
type KeptRow<'a> = (u32, Vec<(u32, std::borrow::Cow<'a, str>, bool)>);

#[derive(Serialize, Deserialize)]
struct KeptSheet<'a> {
    name: String,
    #[serde(default)]
    hidden: bool,
    #[serde(default)]
    merged: Vec<Merged>,
    rows: Vec<KeptRow<'a>>,
}

impl Serialize for Sheet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.rows().map(|row| {
            let cells = row.cells().map(|cell| (cell.column, cell.text.into(), cell.number));
            (row.number(), cells.collect())
        });
        let (name, merged) = (self.name.clone(), self.merged.clone());
        KeptSheet { name, hidden: self.hidden, merged, rows: rows.collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Sheet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kept = KeptSheet::deserialize(deserializer)?;
        let mut sheet = Self { hidden: kept.hidden, ..Self::named(kept.name) };
        sheet.merge(kept.merged);
        for (number, cells) in kept.rows {
            sheet.begin_row(number);
            for (column, text, number) in &cells {
                sheet.push(*column, text, *number);
            }
        }
        Ok(sheet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_with_rows_columns_and_numbers() {
        let mut sheet = Sheet::named("Danh sách");
        sheet.begin_row(3);
        sheet.push(2, "Nguyễn Văn Mẫu\t01\n\"", false);
        sheet.push(5, "12", true);
        sheet.push(6, "", false);
        sheet.begin_row(9);
        sheet.hidden = true;
        sheet.merge([Merged { first: 3, last: 9, column: 2 }]);
        let grid = Grid { sheets: vec![sheet, Sheet::default()] };
        let kept = serde_json::to_string(&grid).unwrap();
        assert_eq!(serde_json::from_str::<Grid>(&kept).unwrap(), grid);
        let row = grid.sheets[0].row(0).unwrap();
        assert_eq!((row.number(), row.text(5), row.text(6), row.cells().count()), (3, Some("12"), None, 2));
    }
}
