//! So sánh hai bộ: what was added, removed and changed, by stable ids.

use std::collections::BTreeSet;

use serde::Serialize;

use super::document::{Document, Item, Line, Part, Said};
use super::{Span, Volume};
use crate::judge::Words;

/// Khác biệt giữa hai bộ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The earlier book.
    pub old: Side,
    /// The later book.
    pub new: Side,
    /// Parts in which something differs.
    pub parts: Vec<PartChange>,
}

/// Một trong hai bộ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Id.
    pub id: String,
    /// What it is.
    pub title: Words,
    /// Review periods it governs.
    pub periods: Vec<Span>,
}

/// Khác biệt trong một phần.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartChange {
    /// Which part, such as `rules`.
    pub part: String,
    /// Only in the later book.
    pub added: Vec<Item>,
    /// Only in the earlier book.
    pub removed: Vec<Item>,
    /// In both, not the same.
    pub changed: Vec<ItemChange>,
}

/// Mục có thay đổi.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// Id, the same in both.
    pub id: String,
    /// Code in the later book.
    pub code: String,
    /// Name in the later book.
    pub title: Words,
    /// What differs.
    pub lines: Vec<LineChange>,
}

/// Khía cạnh có thay đổi. Empty where one of the books says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineChange {
    /// Which aspect, such as `must`.
    pub aspect: String,
    /// In the earlier book.
    pub old: Vec<Said>,
    /// In the later book.
    pub new: Vec<Said>,
}

/// Compares two books.
#[must_use]
pub fn compare(old: &Volume, new: &Volume) -> Change {
    let (before, after) = (old.document(None), new.document(None));
    let names = before.parts.iter().chain(&after.parts).map(|part| part.part.as_str());
    let mut seen = BTreeSet::new();
    let names: Vec<&str> = names.filter(|name| seen.insert(*name)).collect();
    let parts = names.into_iter().map(|name| part_change(name, items(&before, name), items(&after, name)));
    let parts = parts.filter(|part| !(part.added.is_empty() && part.removed.is_empty() && part.changed.is_empty()));
    Change { old: side(&before), new: side(&after), parts: parts.collect() }
}

fn side(document: &Document) -> Side {
    Side { id: document.id.clone(), title: document.title.clone(), periods: document.periods.clone() }
}

fn items<'a>(document: &'a Document, name: &str) -> &'a [Item] {
    let part = |part: &&Part| part.part == name;
    document.parts.iter().find(part).map(|part| part.items.as_slice()).unwrap_or_default()
}

fn part_change(name: &str, before: &[Item], after: &[Item]) -> PartChange {
    let lacks = |items: &[Item], item: &Item| !items.iter().any(|other| other.id == item.id);
    let pairs = after.iter().filter_map(|new| Some((before.iter().find(|old| old.id == new.id)?, new)));
    PartChange {
        part: name.to_owned(),
        added: after.iter().filter(|item| lacks(before, item)).cloned().collect(),
        removed: before.iter().filter(|item| lacks(after, item)).cloned().collect(),
        changed: pairs.filter_map(|(old, new)| item_change(old, new)).collect(),
    }
}

fn item_change(old: &Item, new: &Item) -> Option<ItemChange> {
    let (before, after) = (all_lines(old), all_lines(new));
    let mut seen = BTreeSet::new();
    let aspects = before.iter().chain(&after).map(|line| line.aspect.as_str());
    let aspects: Vec<&str> = aspects.filter(|aspect| seen.insert(*aspect)).collect();
    let lines: Vec<LineChange> =
        aspects.into_iter().filter_map(|aspect| line_change(aspect, &before, &after)).collect();
    if lines.is_empty() {
        return None;
    }
    Some(ItemChange { id: new.id.clone(), code: new.code.clone(), title: new.title.clone(), lines })
}

/// What is said of an item, its head included.
fn all_lines(item: &Item) -> Vec<Line> {
    let line = |aspect: &str, said: Said| Line { aspect: aspect.to_owned(), said };
    let mut lines = Vec::new();
    if !item.code.is_empty() {
        lines.push(line("code", Said::Plain(item.code.clone())));
    }
    if !item.title.vi.is_empty() {
        lines.push(line("name", Said::Words(item.title.clone())));
    }
    lines.extend(item.about.iter().map(|subject| line("about", Said::Words(subject.clone()))));
    lines.extend(item.lines.iter().cloned());
    lines
}

fn line_change(aspect: &str, before: &[Line], after: &[Line]) -> Option<LineChange> {
    let of = |lines: &[Line]| -> Vec<Said> {
        lines.iter().filter(|line| line.aspect == aspect).map(|line| line.said.clone()).collect()
    };
    let (old, new) = (of(before), of(after));
    let same = old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| old.same(new));
    (!same).then(|| LineChange { aspect: aspect.to_owned(), old, new })
}
