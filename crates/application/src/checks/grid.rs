//! Bảng tính như đã đọc: the cells of a file, kept closely so that a province fits in memory.

/// Tệp đã đọc: its sheets in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// Sheets in the order of the file.
    pub sheets: Vec<Sheet>,
}

/// Một trang tính. The texts of all cells stand behind one another; a cell knows where its own begins and ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name on the tab; empty for a text file.
    pub name: String,
    text: String,
    cells: Vec<Span>,
    rows: Vec<Line>,
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
