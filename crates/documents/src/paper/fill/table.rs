//! Tables: a row for each element of a list, heads merged over columns of the same group.

use serde_json::Value;

use super::super::def::{ColumnDef, TableDef};
use super::super::{Cell, Column, HeadCell, Row, Run, Table};
use super::{FillError, Scope, holds, missing, text_of};

/// A column after those with `each` have been opened out.
struct Open<'d> {
    def: &'d ColumnDef,
    /// The id of the element that this column stands for.
    id: Option<String>,
    head: String,
    group: Option<String>,
}

pub(super) fn fill(def: &TableDef, scope: &mut Scope<'_>) -> Result<Table, FillError> {
    let open = open_columns(&def.column, scope)?;
    let column = |open: &Open<'_>| Column { width: open.def.width, align: open.def.align, number: open.def.number };
    let columns = open.iter().map(column).collect();
    let mut rows = Vec::new();
    for (at, element) in scope.list(&def.each)?.iter().enumerate() {
        scope.enter("row", element, at);
        if let Some(group) = &def.group
            && scope.holds_all(def.group_when.as_ref(), None)
        {
            rows.push(Row { span: true, strong: true, cells: vec![Cell::Text(scope.runs(group)?)] });
        }
        let strong = def.strong.as_ref().is_some_and(|path| scope.holds(path));
        let cells = open.iter().map(|open| cell(open, scope)).collect::<Result<_, _>>()?;
        rows.push(Row { span: false, strong, cells });
        scope.leave();
    }
    Ok(Table { columns, head: head(&open, def.numbered), rows })
}

fn open_columns<'d>(defs: &'d [ColumnDef], scope: &mut Scope<'_>) -> Result<Vec<Open<'d>>, FillError> {
    let mut open = Vec::new();
    for def in defs {
        if !scope.holds_all(def.when.as_ref(), None) {
            continue;
        }
        let group = def.group.as_ref().map(|group| scope.words(group)).transpose()?;
        let Some(each) = &def.each else {
            open.push(Open { def, id: None, head: scope.words(&def.head)?, group });
            continue;
        };
        let ids = scope.options(each)?;
        for (at, (element, (id, _))) in scope.list(each)?.iter().zip(ids).enumerate() {
            scope.enter("each", element, at);
            open.push(Open { def, id: Some(id), head: scope.words(&def.head)?, group: group.clone() });
            scope.leave();
        }
    }
    Ok(open)
}

fn cell(open: &Open<'_>, scope: &Scope<'_>) -> Result<Cell, FillError> {
    if let Some(text) = &open.def.text {
        return Ok(Cell::Text(scope.runs(text)?));
    }
    if let Some(tick) = &open.def.tick {
        return Ok(Cell::Tick(scope.holds(tick)));
    }
    let (Some(from), Some(id)) = (&open.def.from, &open.id) else {
        return Ok(Cell::Text(Vec::new()));
    };
    let object = scope.find(from).ok_or_else(|| missing(from))?;
    let value = object.get(id);
    if open.def.boxes {
        return Ok(Cell::Tick(value.is_some_and(holds)));
    }
    let path = super::Path::name(&format!("{from}.{id}"));
    let text = text_of(value.unwrap_or(&Value::Null), &path)?;
    Ok(Cell::Text(vec![Run { text, ..Run::default() }]))
}

/// The head: groups above their columns, then the columns, then their numbers.
fn head(open: &[Open<'_>], numbered: bool) -> Vec<Vec<HeadCell>> {
    let deep = open.iter().any(|column| column.group.is_some());
    let (mut upper, mut lower): (Vec<HeadCell>, Vec<HeadCell>) = (Vec::new(), Vec::new());
    let mut before: Option<&str> = None;
    for (column, one) in open.iter().enumerate() {
        let head = HeadCell { text: one.head.clone(), column, columns: 1, rows: 1 };
        match (&one.group, upper.last_mut()) {
            (Some(group), Some(last)) if before == Some(group) => {
                last.columns += 1;
                lower.push(head);
            }
            (Some(group), _) => {
                upper.push(HeadCell { text: group.clone(), column, columns: 1, rows: 1 });
                lower.push(head);
            }
            (None, _) => upper.push(HeadCell { rows: if deep { 2 } else { 1 }, ..head }),
        }
        before = one.group.as_deref();
    }
    let mut rows = if deep { vec![upper, lower] } else { vec![upper] };
    if numbered {
        let number = |column| HeadCell { text: format!("({})", column + 1), column, columns: 1, rows: 1 };
        rows.push((0..open.len()).map(number).collect());
    }
    rows
}
