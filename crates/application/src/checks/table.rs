//! Đọc bảng: heads to columns, cells to figures; whatever cannot be read is named with its row and column.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Refusal, text};
use rules::Book;
use serde::Deserialize;

use super::note::Phrases;
use crate::error::{Error, Result};

const NAMES: &str = include_str!("columns.toml");
/// A table without these says nothing that could be checked.
const NEEDED: [&str; 2] = ["place", "year"];
/// Heads may stand below a title; further down nobody looks for them.
pub(super) const HEADS_WITHIN: usize = 20;
const PERCENT: &str = "_pct_printed";

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Names {
    percent: Vec<String>,
    #[serde(rename = "column")]
    columns: Vec<Column>,
    #[serde(rename = "subject")]
    subjects: Vec<Subject>,
    pub(super) note: Phrases,
}

#[derive(Debug, Clone, Deserialize)]
struct Column {
    id: String,
    names: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Subject {
    id: String,
    words: Vec<String>,
}

impl Names {
    pub(super) fn load() -> Result<Self> {
        toml::from_str(NAMES).map_err(|error| Error::Fault(format!("columns.toml: {error}")))
    }

    /// The kind of subject a text means, if it means one.
    pub(super) fn subject(&self, said: &str) -> Option<&str> {
        let said = text::fold(said);
        let fits = |subject: &&Subject| subject.words.iter().any(|word| said.contains(&text::fold(word)));
        self.subjects.iter().find(fits).map(|subject| subject.id.as_str())
    }

    /// The first name of each column.
    pub(super) fn own(&self) -> BTreeMap<String, String> {
        self.columns.iter().filter_map(|column| Some((column.id.clone(), column.names.first()?.clone()))).collect()
    }

    /// Every name a head may have, folded → id of the column.
    fn heads<'a>(&self, books: impl Iterator<Item = &'a Book>) -> BTreeMap<String, String> {
        let mut heads = BTreeMap::new();
        let mut add = |name: &str, id: &str| {
            heads.entry(fold(name)).or_insert_with(|| id.to_owned());
        };
        for column in &self.columns {
            add(&column.id, &column.id);
            column.names.iter().for_each(|name| add(name, &column.id));
        }
        for level in books.flat_map(|book| &book.levels) {
            for name in [&level.id, &level.title.vi, &level.short.vi, &level.title.en, &level.short.en] {
                add(name, &level.id);
                for ending in &self.percent {
                    add(&format!("{name}{ending}"), &format!("{}{PERCENT}", level.id));
                }
            }
        }
        heads
    }
}

fn fold(name: &str) -> String {
    text::fold(name).chars().filter(|c| c.is_alphanumeric() || *c == '%' || *c == '_').collect()
}

/// Một dòng của tệp như đã đọc: number as seen in the spreadsheet, cells by column from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Sheet, from 1.
    pub sheet: u32,
    /// Row, from 1.
    pub row: u32,
    /// Column from 1, text.
    pub cells: Vec<(u32, String)>,
}

/// Bảng đã đọc.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Column of the file → id, in the order of the file; unknown columns keep their head.
    pub columns: BTreeMap<u32, String>,
    /// Heads as they stand in the file.
    pub heads: BTreeMap<u32, String>,
    /// Rows below the heads, of the first sheet that has heads.
    pub rows: Vec<SourceRow>,
}

impl Table {
    /// Finds the heads and takes the rows below them.
    ///
    /// # Errors
    /// `CHECK-001` no row of heads (naming the columns that must be there), `CHECK-003` a column twice, `CHECK-004` no row
    /// below the heads.
    pub(super) fn of<'a>(rows: Vec<SourceRow>, names: &Names, books: impl Iterator<Item = &'a Book>) -> Result<Self> {
        let heads = names.heads(books);
        let id = |cell: &(u32, String)| heads.get(&fold(&cell.1)).cloned();
        let is_heads =
            |row: &&SourceRow| NEEDED.iter().all(|needed| row.cells.iter().filter_map(id).any(|id| id == *needed));
        let found = rows.iter().take(HEADS_WITHIN).find(is_heads);
        let found = found.ok_or_else(|| Refusal::new("CHECK-001").with("columns", NEEDED.join(", ")))?.clone();
        let columns: BTreeMap<u32, String> =
            found.cells.iter().map(|cell| (cell.0, id(cell).unwrap_or_else(|| format!("?{}", cell.0)))).collect();
        let mut seen = BTreeSet::new();
        if let Some((column, _)) = columns.iter().find(|(_, id)| !seen.insert(id.as_str())) {
            let head = found.cells.iter().find(|cell| cell.0 == *column).map_or("", |cell| cell.1.as_str());
            return Err(Refusal::new("CHECK-003").with("column", head).into());
        }
        let below = |row: &SourceRow| row.sheet == found.sheet && row.row > found.row;
        let rows: Vec<SourceRow> = rows.into_iter().filter(below).collect();
        if rows.is_empty() {
            return Err(Refusal::new("CHECK-004").into());
        }
        Ok(Self { columns, heads: found.cells.into_iter().collect(), rows })
    }

    /// The text in a column of a row, if there is one.
    pub(super) fn text<'a>(&self, row: &'a SourceRow, id: &str) -> Option<&'a str> {
        let column = self.columns.iter().find(|(_, known)| *known == id)?.0;
        row.cells.iter().find(|(at, _)| at == column).map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
    }

    /// A count; a text that is none is added to `unread`.
    pub(super) fn count(&self, row: &SourceRow, id: &str, unread: &mut Vec<(String, String)>) -> Option<u64> {
        let typed = self.text(row, id)?;
        let count = super::whole(typed);
        if count.is_none() {
            unread.push((id.to_owned(), typed.to_owned()));
        }
        count
    }

    /// The percentage printed beside a count.
    pub(super) fn percent(&self, row: &SourceRow, id: &str) -> Option<String> {
        self.text(row, &format!("{id}{PERCENT}")).map(|percent| percent.trim_end_matches('%').trim().to_owned())
    }
}
