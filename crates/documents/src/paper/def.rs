//! The layout of a paper as it stands in `paper.toml`.

use serde::Deserialize;

use super::text::{Path, Text};
use crate::style::{Align, Margins, Role, Style, StyleError};

/// The layout of a paper.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperDef {
    /// What the paper is, as the folder is called.
    pub meaning: String,
    /// Version of the form, as the folder is called.
    pub version: String,
    /// Name of the house style.
    style: String,
    /// Title in the properties of the file.
    pub(super) title: Text,
    /// Where the data say on what day the file is made (`YYYY-MM-DD`).
    #[serde(default = "made_on")]
    pub(super) made: Path,
    /// Long side across.
    #[serde(default)]
    pub(super) landscape: bool,
    /// Margins other than the style's.
    pub(super) margins: Option<Margins>,
    /// Name of the worksheet, when the paper is a table.
    pub(super) sheet: Option<String>,
    /// Line at the foot of every page.
    pub(super) footer: Option<Footer>,
    /// Blocks from top to bottom.
    pub(super) block: Vec<BlockDef>,
}

fn made_on() -> Path {
    Path::name("made_on")
}

/// The line at the foot of every page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Footer {
    pub(super) text: Text,
    pub(super) when: Option<Path>,
}

/// A block of the layout, printed when `when` holds and `unless` does not.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct BlockDef {
    pub(super) when: Option<Path>,
    pub(super) unless: Option<Path>,
    #[serde(flatten)]
    pub(super) what: WhatDef,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum WhatDef {
    Heading(HeadingDef),
    Title(TitleDef),
    Section { text: Text },
    Subsection { text: Text },
    Paragraph(ParagraphDef),
    Field(FieldDef),
    Boxes(BoxesDef),
    Lines { count: u8 },
    Seal { text: Text },
    Table(TableDef),
    Repeat(RepeatDef),
    Signatures(SignaturesDef),
    PageBreak {},
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadingDef {
    #[serde(default)]
    pub(super) superior: Text,
    pub(super) issuer: Text,
    #[serde(default)]
    pub(super) number: Text,
    pub(super) place: Text,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TitleDef {
    pub(super) text: Text,
    #[serde(default, rename = "abstract")]
    pub(super) about: Vec<Text>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParagraphDef {
    pub(super) text: Text,
    #[serde(default = "body")]
    pub(super) role: Role,
    pub(super) align: Option<Align>,
    #[serde(default)]
    pub(super) keep: bool,
}

fn body() -> Role {
    Role::Body
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldDef {
    pub(super) label: Text,
    pub(super) text: Text,
    /// Dotted lines to write on when the value is empty.
    #[serde(default)]
    pub(super) lines: u8,
    /// The value stands in paragraphs of its own below the label.
    #[serde(default)]
    pub(super) below: bool,
    #[serde(default = "field")]
    pub(super) role: Role,
}

fn field() -> Role {
    Role::Field
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoxesDef {
    #[serde(default)]
    pub(super) label: Text,
    /// List of `{id, label}` in the data.
    pub(super) options: Path,
    /// Where the data say which id is ticked; empty for none.
    pub(super) chosen: Option<Path>,
    #[serde(default)]
    pub(super) stacked: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableDef {
    /// List in the data, a row each; inside, the element is called `row` and its position `no`.
    pub(super) each: Path,
    pub(super) column: Vec<ColumnDef>,
    /// Numbers the columns in a last row of the head: (1), (2) …
    #[serde(default)]
    pub(super) numbered: bool,
    /// Rows whose value at this path is true stand in heavy type.
    pub(super) strong: Option<Path>,
    /// A row over the whole width before a row that has this text.
    pub(super) group: Option<Text>,
    /// When the row has a group title.
    pub(super) group_when: Option<Path>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnDef {
    pub(super) head: Text,
    /// Columns side by side with the same group share a cell above their heads.
    pub(super) group: Option<Text>,
    pub(super) width: f64,
    #[serde(default)]
    pub(super) align: Align,
    #[serde(default)]
    pub(super) number: bool,
    /// Text of the cell.
    pub(super) text: Option<Text>,
    /// A box, ticked when this path holds.
    pub(super) tick: Option<Path>,
    /// A list of `{id, label}` in the data: a column each, called `each` in `head`.
    pub(super) each: Option<Path>,
    /// With `each`: path to an object with a text (or truth, for boxes) by id.
    pub(super) from: Option<Path>,
    /// With `each` and `from`: the cells are boxes.
    #[serde(default)]
    pub(super) boxes: bool,
    pub(super) when: Option<Path>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RepeatDef {
    /// List in the data.
    pub(super) each: Path,
    /// Name of the element inside.
    #[serde(rename = "as")]
    pub(super) name: String,
    pub(super) block: Vec<BlockDef>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignaturesDef {
    /// List of texts in the data.
    pub(super) recipients: Option<Path>,
    pub(super) column: Vec<SignerDef>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignerDef {
    /// A list in the data: a signer each, called `signer`.
    pub(super) each: Option<Path>,
    #[serde(default)]
    pub(super) date: Text,
    pub(super) authority: Vec<Text>,
    #[serde(default)]
    pub(super) note: Text,
    #[serde(default)]
    pub(super) name: Text,
    pub(super) when: Option<Path>,
}

/// A layout that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefError {
    /// The file is not what it should be.
    #[error("paper.toml: {0}")]
    Wrong(String),
    /// Its house style is not there.
    #[error(transparent)]
    Style(#[from] StyleError),
}

impl PaperDef {
    /// Reads a layout.
    pub fn parse(text: &str) -> Result<Self, DefError> {
        let def: Self = toml::from_str(text).map_err(|fault| DefError::Wrong(fault.to_string()))?;
        def.house_style()?;
        def.check()?;
        Ok(def)
    }

    /// Whether the paper may also be written as a workbook.
    pub fn is_table(&self) -> bool {
        self.sheet.is_some()
    }

    pub(super) fn house_style(&self) -> Result<Style, StyleError> {
        Style::named(&self.style)
    }

    fn check(&self) -> Result<(), DefError> {
        if self.sheet.as_ref().is_some_and(|name| name.chars().count() > 31) {
            return Err(DefError::Wrong("`sheet` is longer than 31 characters".to_owned()));
        }
        check_blocks(&self.block)
    }
}

fn check_blocks(blocks: &[BlockDef]) -> Result<(), DefError> {
    for block in blocks {
        match &block.what {
            WhatDef::Repeat(repeat) => check_blocks(&repeat.block)?,
            WhatDef::Signatures(signatures) if !(1..=3).contains(&signatures.column.len()) => {
                return Err(DefError::Wrong("`signatures` has one to three columns".to_owned()));
            }
            WhatDef::Table(table) => check_columns(&table.column)?,
            _ => {}
        }
    }
    Ok(())
}

fn check_columns(columns: &[ColumnDef]) -> Result<(), DefError> {
    for column in columns {
        let ways = [column.text.is_some(), column.tick.is_some(), column.from.is_some()];
        if ways.iter().filter(|way| **way).count() != 1 {
            return Err(DefError::Wrong("a column has exactly one of `text`, `tick` and `from`".to_owned()));
        }
        if column.each.is_some() != column.from.is_some() {
            return Err(DefError::Wrong("a column with `each` has `from`, and the other way round".to_owned()));
        }
        if !(column.width.is_finite() && column.width > 0.0) {
            return Err(DefError::Wrong("`width` is more than 0".to_owned()));
        }
    }
    Ok(())
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}
