//! Tables: the heading, tables with a head over several rows, signatures.

use std::fmt::Write;

use super::body::{Set, after_table, paragraph, run, runs, square};
use super::text_width;
use crate::paper::{Cell, HeadCell, Heading, HeadingText, Paper, Recipients, Row, Signatures, Signer, Table};
use crate::style::{Align, Role};

const BORDERS: &str = r#"<w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders>"#;

/// Begins a table and gives the widths of its columns in twips.
fn begin(shares: &[f64], whole: i64, borders: bool, out: &mut String) -> Vec<i64> {
    let sum: f64 = shares.iter().sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a page is a few thousand twips")]
    let widths: Vec<i64> = shares.iter().map(|share| (share / sum * whole as f64).round() as i64).collect();
    let total: i64 = widths.iter().sum();
    let _ = write!(
        out,
        r#"<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/>{}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>"#,
        if borders { BORDERS } else { "" }
    );
    for width in &widths {
        let _ = write!(out, r#"<w:gridCol w:w="{width}"/>"#);
    }
    out.push_str("</w:tblGrid>");
    widths
}

fn open_cell(width: i64, merge: &str, centred: bool, out: &mut String) {
    let _ = write!(out, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}"#);
    if centred {
        out.push_str(r#"<w:vAlign w:val="center"/>"#);
    }
    out.push_str("</w:tcPr>");
}

pub(super) fn heading(heading: &Heading, paper: &Paper, out: &mut String) {
    let shares = [heading.left_share, 100.0 - heading.left_share];
    let widths = begin(&shares, text_width(paper), false, out);
    for row in &heading.rows {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (side, width) in [&row.left, &row.right].into_iter().zip(&widths) {
            open_cell(*width, "", false, out);
            for line in side {
                heading_line(line, out);
            }
            if side.is_empty() {
                out.push_str("<w:p/>");
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    after_table(out);
}

fn heading_line(line: &HeadingText, out: &mut String) {
    let mut body = String::new();
    run(&line.text, if line.rule { r#"<w:u w:val="single"/>"# } else { "" }, &mut body);
    paragraph(line.role, &Set::default(), &body, out);
}

pub(super) fn table(table: &Table, paper: &Paper, out: &mut String) {
    let shares: Vec<f64> = table.columns.iter().map(|column| column.width).collect();
    let widths = begin(&shares, text_width(paper), true, out);
    for (at, _) in table.head.iter().enumerate() {
        head_row(&table.head, at, &widths, out);
    }
    for row in &table.rows {
        table_row(row, table, &widths, out);
    }
    out.push_str("</w:tbl>");
    after_table(out);
}

/// A row of the head: its own cells, and the lower parts of cells that reach down into it.
fn head_row(head: &[Vec<HeadCell>], at: usize, widths: &[i64], out: &mut String) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    let mut column = 0;
    while column < widths.len() {
        let own = head.get(at).into_iter().flatten().find(|cell| cell.column == column);
        let above = || {
            let rows = head.iter().enumerate().take(at);
            rows.flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)))
                .find(|(row, cell)| cell.column == column && row + cell.rows > at)
                .map(|(_, cell)| cell)
        };
        let cell = own.or_else(above);
        let span = cell.map_or(1, |cell| cell.columns);
        let width = widths.iter().skip(column).take(span).sum();
        let mut merge = String::new();
        if span > 1 {
            let _ = write!(merge, r#"<w:gridSpan w:val="{span}"/>"#);
        }
        match (own, cell) {
            (Some(own), _) if own.rows > 1 => merge.push_str(r#"<w:vMerge w:val="restart"/>"#),
            (None, Some(_)) => merge.push_str("<w:vMerge/>"),
            _ => {}
        }
        open_cell(width, &merge, true, out);
        let mut body = String::new();
        if let Some(own) = own {
            run(&own.text, "", &mut body);
        }
        paragraph(Role::Head, &Set { keep: true, ..Set::default() }, &body, out);
        out.push_str("</w:tc>");
        column += span;
    }
    out.push_str("</w:tr>");
}

fn table_row(row: &Row, table: &Table, widths: &[i64], out: &mut String) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    if row.span {
        let merge = format!(r#"<w:gridSpan w:val="{}"/>"#, widths.len());
        open_cell(widths.iter().sum(), &merge, true, out);
        for cell in &row.cells {
            table_cell(cell, Align::Left, row, out);
        }
        out.push_str("</w:tc>");
    } else {
        for ((cell, column), width) in row.cells.iter().zip(&table.columns).zip(widths) {
            open_cell(*width, "", true, out);
            table_cell(cell, column.align, row, out);
            out.push_str("</w:tc>");
        }
    }
    out.push_str("</w:tr>");
}

fn table_cell(cell: &Cell, align: Align, row: &Row, out: &mut String) {
    // A group row never stands alone at the foot of a page.
    let (body, align) = match cell {
        Cell::Text(list) => (runs(list, row.strong), align),
        Cell::Tick(on) => (square(*on).to_owned(), Align::Center),
    };
    paragraph(Role::Cell, &Set { keep: row.span, align: Some(align), ..Set::default() }, &body, out);
}

/// Signers in rows of at most three; above in one row of the table, names in the next, so that names stand level.
pub(super) fn signatures(signatures: &Signatures, paper: &Paper, out: &mut String) {
    let listed = usize::from(signatures.recipients.is_some());
    let across = match signatures.columns.len() + listed {
        4 => 2,
        // A single signer stands on the right.
        count => count.clamp(2, 3),
    };
    let widths = begin(&vec![1.0; across], text_width(paper), false, out);
    let (first, later) = signatures.columns.split_at(signatures.columns.len().min(across - listed));
    for (at, row) in std::iter::once(first).chain(later.chunks(across)).enumerate() {
        let list = signatures.recipients.as_ref().filter(|_| at == 0);
        let left = usize::from(list.is_some());
        let gap = across - left - row.len();
        for names in [false, true] {
            out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            if let (Some(list), Some(width)) = (list, widths.first()) {
                recipients(list, *width, names, out);
            }
            for (column, width) in widths.iter().skip(left).enumerate() {
                open_cell(*width, "", false, out);
                match column.checked_sub(gap).and_then(|at| row.get(at)) {
                    Some(signer) if names => signer_name(signer, out),
                    Some(signer) => above_name(signer, at > 0, out),
                    None => out.push_str("<w:p/>"),
                }
                out.push_str("</w:tc>");
            }
            out.push_str("</w:tr>");
        }
    }
    out.push_str("</w:tbl>");
    after_table(out);
}

fn line(role: Role, text: &str, look: &str, set: &Set, out: &mut String) {
    let mut body = String::new();
    run(text, look, &mut body);
    paragraph(role, set, &body, out);
}

/// The cell of the recipients covers both rows of the first signers.
fn recipients(list: &Recipients, width: i64, lower: bool, out: &mut String) {
    if lower {
        open_cell(width, "<w:vMerge/>", false, out);
        out.push_str("<w:p/></w:tc>");
        return;
    }
    open_cell(width, r#"<w:vMerge w:val="restart"/>"#, false, out);
    let keep = Set { keep: true, ..Set::default() };
    line(Role::RecipientsTitle, &list.title, r#"<w:u w:val="single"/>"#, &keep, out);
    for one in &list.lines {
        line(Role::Recipient, &format!("- {one}"), "", &keep, out);
    }
    out.push_str("</w:tc>");
}

fn above_name(signer: &Signer, spaced: bool, out: &mut String) {
    let keep = Set { keep: true, ..Set::default() };
    if spaced {
        line(Role::Note, "", "", &keep, out);
    }
    if !signer.date.is_empty() {
        line(Role::Place, &signer.date, "", &keep, out);
    }
    for authority in &signer.authority {
        line(Role::Authority, authority, "", &keep, out);
    }
    let centred = Set { keep: true, align: Some(Align::Center), ..Set::default() };
    line(Role::Note, &signer.note, "", &centred, out);
}

fn signer_name(signer: &Signer, out: &mut String) {
    line(Role::Signer, &signer.name, "", &Set { before: Some(1000), ..Set::default() }, out);
}
