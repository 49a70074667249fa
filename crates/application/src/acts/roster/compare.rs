//! So sánh: what a file adds to the present roster, changes in it, and leaves as it is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::LISTED;
use super::lines::{At, Line, Roster};

/// Counts and lists for one sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SheetDifference {
    /// Name of the sheet.
    pub sheet: String,
    /// Lines that are new.
    pub added: usize,
    /// Lines that change something.
    pub changed: usize,
    /// Lines that say what is known already.
    pub unchanged: usize,
    /// The first new ones.
    pub listed_added: Vec<Entry>,
    /// The first changed ones.
    pub listed_changed: Vec<Entry>,
}

/// A line that is new or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Row in the file.
    pub row: u32,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What changes; empty for a new line.
    pub fields: Vec<FieldChange>,
}

/// A field that changes, with its texts as the workbook shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Heading of the column.
    pub heading: String,
    /// Text now; empty when there is none.
    pub old: String,
    /// Text to come.
    pub new: String,
}

/// Compares the file with the present roster, sheet by sheet.
pub(crate) fn compare(present: &Roster, file: &Roster) -> Vec<SheetDifference> {
    vec![sheet(&present.units, &file.units), sheet(&present.members, &file.members), sheet(&present.posts, &file.posts)]
}

fn sheet<T: Line>(present: &[At<T>], file: &[At<T>]) -> SheetDifference {
    let known: BTreeMap<T::Key<'_>, &T> = present.iter().map(|at| (at.line.key(), &at.line)).collect();
    let mut difference = SheetDifference { sheet: T::SHEET.name.to_owned(), ..SheetDifference::default() };
    for at in file {
        let entry = |fields| {
            let (code, name) = at.line.label();
            Entry { row: at.row, code, name, fields }
        };
        match known.get(&at.line.key()) {
            Some(line) if **line == at.line => difference.unchanged += 1,
            Some(line) => {
                difference.changed += 1;
                if difference.listed_changed.len() < LISTED {
                    difference.listed_changed.push(entry(fields(*line, &at.line)));
                }
            }
            None => {
                difference.added += 1;
                if difference.listed_added.len() < LISTED {
                    difference.listed_added.push(entry(Vec::new()));
                }
            }
        }
    }
    difference
}

fn fields<T: Line>(old: &T, new: &T) -> Vec<FieldChange> {
    let texts = std::iter::zip(old.cells(), new.cells());
    std::iter::zip(T::SHEET.columns, texts)
        .filter(|(_, (old, new))| old != new)
        .map(|(column, (old, new))| FieldChange { heading: column.heading.to_owned(), old, new })
        .collect()
}
