//! Filling a layout with data. What the data lack is an error that names it; there are no silent gaps.

use std::borrow::Cow;

use serde_json::Value;

use super::def::{BlockDef, BoxesDef, FieldDef, HeadingDef, PaperDef, ParagraphDef, RepeatDef, TitleDef, WhatDef};
use super::text::{Path, Text, What, clean};
use super::{Block, Boxes, Heading, HeadingRow, HeadingText, Lines, MadeOn, Paper, Para, Run, Seal, Tick};
use crate::style::{HeadingField, HeadingLine, Role, Style, StyleError};

mod signatures;
mod table;

/// Data that do not fill a layout.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// The layout asks for something that the data do not have.
    #[error("the data have no `{path}`")]
    Missing {
        /// Path that the layout asks for.
        path: String,
    },
    /// A text, a list or a whole number was expected.
    #[error("`{path}` is {found}, expected {expected}")]
    Kind {
        /// Path that the layout asks for.
        path: String,
        /// What the data have there.
        found: &'static str,
        /// What the layout needs there.
        expected: &'static str,
    },
    /// The day of making is not a day `YYYY-MM-DD`.
    #[error("`{path}` is not a day YYYY-MM-DD: `{found}`")]
    Day {
        /// Path that the layout asks for.
        path: String,
        /// What the data have there.
        found: String,
    },
    /// The ticked id is none of the options.
    #[error("`{path}` is `{found}`, which is none of the boxes")]
    NoSuchBox {
        /// Path that the layout asks for.
        path: String,
        /// What the data have there.
        found: String,
    },
    /// The house style cannot be used.
    #[error(transparent)]
    Style(#[from] StyleError),
}

impl Paper {
    /// Fills a layout.
    pub fn fill(def: &PaperDef, data: &Value) -> Result<Self, FillError> {
        let style = def.house_style()?;
        let mut scope = Scope { root: data, names: Vec::new() };
        let mut blocks = Vec::new();
        fill_blocks(&def.block, &style, &mut scope, &mut blocks)?;
        keep_with_signatures(&mut blocks);
        let footer = match &def.footer {
            Some(footer) if scope.holds_all(footer.when.as_ref(), None) => scope.words(&footer.text)?,
            _ => String::new(),
        };
        Ok(Self {
            title: scope.words(&def.title)?,
            made: scope.day(&def.made)?,
            margins: def.margins.unwrap_or(style.margins),
            landscape: def.landscape,
            footer,
            sheet: def.sheet.clone(),
            style,
            blocks,
        })
    }
}

/// A signature never stands alone at the top of a page.
fn keep_with_signatures(blocks: &mut [Block]) {
    for at in 1..blocks.len() {
        if matches!(blocks[at], Block::Signatures(_)) {
            match &mut blocks[at - 1] {
                Block::Para(para) => para.keep = true,
                Block::Boxes(boxes) => boxes.keep = true,
                _ => {}
            }
        }
    }
}

fn fill_blocks(defs: &[BlockDef], style: &Style, scope: &mut Scope<'_>, out: &mut Vec<Block>) -> Result<(), FillError> {
    for def in defs {
        if scope.holds_all(def.when.as_ref(), def.unless.as_ref()) {
            fill_block(&def.what, style, scope, out)?;
        }
    }
    Ok(())
}

fn fill_block(def: &WhatDef, style: &Style, scope: &mut Scope<'_>, out: &mut Vec<Block>) -> Result<(), FillError> {
    match def {
        WhatDef::Heading(heading) => out.push(fill_heading(heading, style, scope)?),
        WhatDef::Title(title) => fill_title(title, scope, out)?,
        WhatDef::Section { text } => push_paras(scope.runs(text)?, Role::Section, out),
        WhatDef::Subsection { text } => push_paras(scope.runs(text)?, Role::Subsection, out),
        WhatDef::Paragraph(paragraph) => fill_paragraph(paragraph, scope, out)?,
        WhatDef::Field(field) => fill_field(field, scope, out)?,
        WhatDef::Boxes(boxes) => out.push(Block::Boxes(fill_boxes(boxes, scope)?)),
        WhatDef::Lines { count } => out.push(Block::Lines(Lines { count: *count })),
        WhatDef::Seal { text } => out.push(Block::Seal(Seal { text: scope.words(text)? })),
        WhatDef::Table(table) => out.push(Block::Table(table::fill(table, scope)?)),
        WhatDef::Repeat(repeat) => fill_repeat(repeat, style, scope, out)?,
        WhatDef::Signatures(signatures) => {
            out.push(Block::Signatures(signatures::fill(signatures, style, scope)?));
        }
        WhatDef::PageBreak {} => out.push(Block::PageBreak),
    }
    Ok(())
}

fn fill_heading(def: &HeadingDef, style: &Style, scope: &Scope<'_>) -> Result<Block, FillError> {
    let line = |line: &HeadingLine| -> Result<Option<HeadingText>, FillError> {
        let text = match line.field {
            None => line.text.clone().unwrap_or_default(),
            Some(HeadingField::Superior) => scope.words(&def.superior)?,
            Some(HeadingField::Issuer) => scope.words(&def.issuer)?,
            Some(HeadingField::Number) => scope.words(&def.number)?,
            Some(HeadingField::Place) => scope.words(&def.place)?,
        };
        let shown = |text: String| HeadingText { role: line.role, text: line.prefix.clone() + &text, rule: line.rule };
        Ok((!text.is_empty()).then(|| shown(text)))
    };
    let side = |lines: &[HeadingLine], row: u8| -> Result<Vec<HeadingText>, FillError> {
        let of_row = lines.iter().filter(|line| line.row == row);
        of_row.filter_map(|one| line(one).transpose()).collect()
    };
    let rows = [1, 2]
        .into_iter()
        .map(|row| {
            let left = side(&style.heading.left, row)?;
            let right = side(&style.heading.right, row)?;
            Ok(HeadingRow { left, right })
        })
        .collect::<Result<Vec<_>, FillError>>()?;
    Ok(Block::Heading(Heading { left_share: style.heading.left_share, rows }))
}

fn fill_title(def: &TitleDef, scope: &Scope<'_>, out: &mut Vec<Block>) -> Result<(), FillError> {
    push_paras(scope.runs(&def.text)?, Role::Title, out);
    for line in &def.about {
        let runs = scope.runs(line)?;
        if !is_blank(&runs) {
            push_paras(runs, Role::Abstract, out);
        }
    }
    Ok(())
}

fn fill_paragraph(def: &ParagraphDef, scope: &Scope<'_>, out: &mut Vec<Block>) -> Result<(), FillError> {
    for runs in split_lines(scope.runs(&def.text)?) {
        out.push(Block::Para(Para { role: def.role, align: def.align, leader: false, keep: def.keep, runs }));
    }
    Ok(())
}

fn fill_field(def: &FieldDef, scope: &Scope<'_>, out: &mut Vec<Block>) -> Result<(), FillError> {
    let mut label = scope.runs(&def.label)?;
    let value = scope.runs(&def.text)?;
    let para = |runs, leader, keep, role| Block::Para(Para { role, align: None, leader, keep, runs });
    if is_blank(&value) {
        out.push(para(label, !def.below, def.lines > 0, def.role));
        if def.lines > 0 {
            out.push(Block::Lines(Lines { count: def.lines }));
        }
        return Ok(());
    }
    let mut lines = split_lines(value).into_iter();
    if def.below {
        out.push(para(label, false, true, def.role));
    } else {
        label.push(Run { text: " ".to_owned(), ..Run::default() });
        label.extend(lines.next().unwrap_or_default());
        out.push(para(label, false, false, def.role));
    }
    out.extend(lines.map(|runs| para(runs, false, false, Role::Body)));
    Ok(())
}

fn fill_boxes(def: &BoxesDef, scope: &Scope<'_>) -> Result<Boxes, FillError> {
    let chosen = def.chosen.as_ref().map(|path| scope.text(path)).transpose()?.unwrap_or_default();
    let mut items = Vec::new();
    let mut found = chosen.is_empty();
    for (id, label) in scope.options(&def.options)? {
        let on = id == chosen;
        found |= on;
        items.push(Tick { label, on });
    }
    if let (false, Some(path)) = (found, &def.chosen) {
        return Err(FillError::NoSuchBox { path: path.to_string(), found: chosen });
    }
    let columns = if def.stacked { 1 } else { side_by_side(&items) };
    Ok(Boxes { label: scope.runs(&def.label)?, items, columns, keep: false })
}

/// As many boxes side by side as their longest label leaves room for.
fn side_by_side(items: &[Tick]) -> usize {
    let longest = items.iter().map(|item| item.label.chars().count()).max().unwrap_or(0);
    let room = match longest {
        0..=13 => 4,
        14..=30 => 2,
        _ => 1,
    };
    room.min(items.len()).max(1)
}

fn fill_repeat(def: &RepeatDef, style: &Style, scope: &mut Scope<'_>, out: &mut Vec<Block>) -> Result<(), FillError> {
    for (at, element) in scope.list(&def.each)?.iter().enumerate() {
        scope.enter(&def.name, element, at);
        fill_blocks(&def.block, style, scope, out)?;
        scope.leave();
    }
    Ok(())
}

fn push_paras(runs: Vec<Run>, role: Role, out: &mut Vec<Block>) {
    for runs in split_lines(runs) {
        out.push(Block::Para(Para { role, align: None, leader: false, keep: false, runs }));
    }
}

fn is_blank(runs: &[Run]) -> bool {
    runs.iter().all(|run| run.text.trim().is_empty())
}

/// Runs split at line ends; empty lines are left out.
fn split_lines(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    for run in runs {
        for (at, part) in run.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let (false, Some(line)) = (part.is_empty(), lines.last_mut()) {
                line.push(Run { text: part.to_owned(), ..run.clone() });
            }
        }
    }
    lines.retain(|line| !is_blank(line));
    lines
}

/// The data and the names given by `each`.
pub(super) struct Scope<'a> {
    root: &'a Value,
    names: Vec<(String, Cow<'a, Value>)>,
}

impl<'a> Scope<'a> {
    fn enter(&mut self, name: &str, element: &'a Value, at: usize) {
        self.names.push((name.to_owned(), Cow::Borrowed(element)));
        self.names.push(("no".to_owned(), Cow::Owned(Value::from(at + 1))));
    }

    fn leave(&mut self) {
        self.names.truncate(self.names.len().saturating_sub(2));
    }

    /// What stands at a path; nothing when some name is not there, or null.
    fn find(&self, path: &Path) -> Option<&Value> {
        let (first, rest) = path.names().split_first()?;
        let named = self.names.iter().rev().find(|(name, _)| name == first).map(|(_, value)| value.as_ref());
        let start = named.or_else(|| self.root.get(first))?;
        rest.iter().try_fold(start, |value, name| step(value, name)).filter(|value| !value.is_null())
    }

    /// The list at a path, borrowed from the data so that the scope can be entered.
    fn list(&self, path: &Path) -> Result<&'a [Value], FillError> {
        let (first, rest) = path.names().split_first().ok_or_else(|| missing(path))?;
        let named = self.names.iter().rev().find(|(name, _)| name == first);
        let start: Option<&'a Value> = match named {
            Some((_, Cow::Borrowed(value))) => Some(*value),
            Some((_, Cow::Owned(_))) => None,
            None => self.root.get(first),
        };
        let start = start.ok_or_else(|| missing(path))?;
        let found = rest.iter().try_fold(start, |value, name| step(value, name)).ok_or_else(|| missing(path))?;
        match found {
            Value::Array(list) => Ok(list),
            Value::Null => Err(missing(path)),
            other => Err(FillError::Kind { path: path.to_string(), found: kind(other), expected: "a list" }),
        }
    }

    fn text(&self, path: &Path) -> Result<String, FillError> {
        text_of(self.find(path).ok_or_else(|| missing(path))?, path)
    }

    /// `{id, label}` of a list.
    fn options(&self, path: &Path) -> Result<Vec<(String, String)>, FillError> {
        let part = |option: &Value, name: &str| {
            let path = Path::name(&format!("{path}[].{name}"));
            text_of(option.get(name).ok_or_else(|| missing(&path))?, &path)
        };
        self.list(path)?.iter().map(|option| Ok((part(option, "id")?, part(option, "label")?))).collect()
    }

    fn runs(&self, text: &Text) -> Result<Vec<Run>, FillError> {
        let run = |piece: &super::text::Piece| {
            let text = match &piece.what {
                What::Words(words) => words.clone(),
                What::Place(path) => self.text(path)?,
            };
            Ok(Run { text, bold: piece.bold, italic: piece.italic })
        };
        text.pieces.iter().map(run).collect()
    }

    fn words(&self, text: &Text) -> Result<String, FillError> {
        Ok(super::text::plain(&self.runs(text)?))
    }

    /// Something is there: not null, not false, not 0, not empty.
    fn holds(&self, path: &Path) -> bool {
        self.find(path).is_some_and(holds)
    }

    fn holds_all(&self, when: Option<&Path>, unless: Option<&Path>) -> bool {
        when.is_none_or(|path| self.holds(path)) && !unless.is_some_and(|path| self.holds(path))
    }

    fn day(&self, path: &Path) -> Result<MadeOn, FillError> {
        let found = self.text(path)?;
        let parts: Vec<&str> = found.split('-').collect();
        let read = match parts.as_slice() {
            [year, month, day] if year.len() == 4 => year.parse().ok().zip(month.parse().ok()).zip(day.parse().ok()),
            _ => None,
        };
        match read {
            Some(((year, month @ 1..=12), day @ 1..=31)) => Ok(MadeOn { year, month, day }),
            _ => Err(FillError::Day { path: path.to_string(), found }),
        }
    }
}

fn step<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value {
        Value::Array(list) => list.get(name.parse::<usize>().ok()?),
        other => other.get(name),
    }
}

fn holds(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_i64() != Some(0),
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(_) => true,
    }
}

/// Text and whole numbers may stand on paper; anything else must be put into words by who gives the data.
fn text_of(value: &Value, path: &Path) -> Result<String, FillError> {
    match value {
        Value::String(text) => Ok(clean(text)),
        Value::Number(number) if number.is_i64() || number.is_u64() => Ok(number.to_string()),
        Value::Null => Err(missing(path)),
        other => {
            let expected = "a text or a whole number";
            Err(FillError::Kind { path: path.to_string(), found: kind(other), expected })
        }
    }
}

fn missing(path: &Path) -> FillError {
    FillError::Missing { path: path.to_string() }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
