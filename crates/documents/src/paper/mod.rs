//! A paper: a layout filled with data, as a list of blocks that every format renders.

mod def;
mod fill;
pub(crate) mod text;

#[cfg(test)]
mod tests;

use serde::Serialize;

pub use def::{DefError, PaperDef};
pub use fill::FillError;

use crate::style::{Align, Margins, Role, Style};

/// A paper ready to be rendered. Nothing in it is left to be filled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paper {
    /// Title in the properties of the file.
    pub title: String,
    /// Day that the file says it was made, given by the data.
    pub made: MadeOn,
    /// House style.
    pub style: Style,
    /// Margins of this paper.
    pub margins: Margins,
    /// Long side across.
    pub landscape: bool,
    /// Line at the foot of every page; empty for none.
    pub footer: String,
    /// Name of the worksheet when the paper may also be a workbook.
    pub sheet: Option<String>,
    /// What stands on the page.
    pub blocks: Vec<Block>,
}

/// A calendar day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MadeOn {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// One thing on the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// The two-column heading.
    Heading(Heading),
    /// A paragraph.
    Para(Para),
    /// Boxes to tick.
    Boxes(Boxes),
    /// Dotted lines to write on.
    Lines(Lines),
    /// Place for the seal.
    Seal(Seal),
    /// A table.
    Table(Table),
    /// Signatures, with or without recipients.
    Signatures(Signatures),
    /// What follows starts on a new page.
    PageBreak,
}

/// The two-column heading; the lines of the second row stand level with each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heading {
    /// Share of the left column, per cent.
    pub left_share: f64,
    /// Rows of left and right lines.
    pub rows: Vec<HeadingRow>,
}

/// A row of the heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadingRow {
    /// Lines at the left.
    pub left: Vec<HeadingText>,
    /// Lines at the right.
    pub right: Vec<HeadingText>,
}

/// A line of the heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadingText {
    /// How it looks.
    pub role: Role,
    /// What it says.
    pub text: String,
    /// A rule below.
    pub rule: bool,
}

/// A piece of text of one look.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Run {
    /// What it says; never read as markup.
    pub text: String,
    /// Heavy type.
    pub bold: bool,
    /// Slanted type.
    pub italic: bool,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Para {
    /// How it looks.
    pub role: Role,
    /// Alignment when it differs from the role's.
    pub align: Option<Align>,
    /// Dotted up to the right edge.
    pub leader: bool,
    /// Stays on the page of what follows.
    pub keep: bool,
    /// What it says.
    pub runs: Vec<Run>,
}

/// Boxes to tick, after a label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Boxes {
    /// What is asked.
    pub label: Vec<Run>,
    /// The boxes.
    pub items: Vec<Tick>,
    /// Boxes side by side, 1 to 4.
    pub columns: usize,
    /// Stays on the page of what follows.
    pub keep: bool,
}

/// A box with its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// What the box stands for.
    pub label: String,
    /// Ticked.
    pub on: bool,
}

/// Dotted lines to write on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// How many.
    pub count: u8,
}

/// Place for the seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seal {
    /// What is written in it.
    pub text: String,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows of the head, repeated on every page.
    pub head: Vec<Vec<HeadCell>>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Column {
    /// Width in millimetres if the table had the width of the page; columns share the page in this proportion.
    pub width: f64,
    /// Alignment of its cells.
    pub align: Align,
    /// Whole numbers; a workbook stores them as numbers.
    pub number: bool,
}

/// A cell of the head of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadCell {
    /// What it says.
    pub text: String,
    /// First column, from 0.
    pub column: usize,
    /// Columns that it covers.
    pub columns: usize,
    /// Rows of the head that it covers.
    pub rows: usize,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// One cell over the whole width.
    pub span: bool,
    /// Heavy type.
    pub strong: bool,
    /// Cells from left to right.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Text; `\n` separates paragraphs.
    Text(Vec<Run>),
    /// A box.
    Tick(bool),
}

/// Signatures in one to three columns, with the list of recipients at the left when there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signatures {
    /// Recipients.
    pub recipients: Option<Recipients>,
    /// Who signs, from left to right.
    pub columns: Vec<Signer>,
}

/// To whom the paper goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recipients {
    /// Title.
    pub title: String,
    /// One line each.
    pub lines: Vec<String>,
}

/// One who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// Place and date above, empty for none.
    pub date: String,
    /// In whose name and as what.
    pub authority: Vec<String>,
    /// How to sign.
    pub note: String,
    /// Name below.
    pub name: String,
}
