//! The text of the document.

use std::fmt::Write;

use super::parts::{justification, style_of};
use super::{escape, page, tables, text_width, twips};
use crate::paper::{Block, Boxes, Paper, Para, Run, Seal};
use crate::style::{Align, Role};

/// What a paragraph has besides its style.
#[derive(Default)]
pub(super) struct Set {
    pub(super) keep: bool,
    pub(super) align: Option<Align>,
    /// Tab stops: position in twips, and whether it leads there with dots from the left.
    pub(super) tabs: Vec<(i64, bool)>,
    pub(super) indent: Option<i64>,
    pub(super) before: Option<i64>,
}

pub(super) fn document(paper: &Paper) -> String {
    let mut out = String::with_capacity(32 << 10);
    out.push_str(concat!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
        r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#
    ));
    for block in &paper.blocks {
        write_block(block, paper, &mut out);
    }
    section(paper, &mut out);
    out.push_str("</w:body></w:document>");
    out
}

fn write_block(block: &Block, paper: &Paper, out: &mut String) {
    match block {
        Block::Heading(heading) => tables::heading(heading, paper, out),
        Block::Para(para) => write_para(para, paper, out),
        Block::Boxes(boxes) => write_boxes(boxes, paper, out),
        Block::Lines(lines) => {
            for _ in 0..lines.count {
                let set = Set { tabs: vec![(text_width(paper), true)], before: Some(80), ..Set::default() };
                paragraph(Role::Field, &set, "<w:r><w:tab/></w:r>", out);
            }
        }
        Block::Seal(seal) => write_seal(seal, out),
        Block::Table(table) => tables::table(table, paper, out),
        Block::Signatures(signatures) => tables::signatures(signatures, paper, out),
        Block::PageBreak => out.push_str(r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#),
    }
}

fn write_para(para: &Para, paper: &Paper, out: &mut String) {
    let mut body = runs(&para.runs, false);
    let mut set = Set { keep: para.keep, align: para.align, ..Set::default() };
    if para.leader {
        body.push_str("<w:r><w:t xml:space=\"preserve\"> </w:t><w:tab/></w:r>");
        set.tabs.push((text_width(paper), true));
    }
    paragraph(para.role, &set, &body, out);
}

fn write_boxes(boxes: &Boxes, paper: &Paper, out: &mut String) {
    if !boxes.label.is_empty() {
        let set = Set { keep: true, ..Set::default() };
        paragraph(Role::Field, &set, &runs(&boxes.label, false), out);
    }
    let indent = twips(10.0);
    let across = i64::try_from(boxes.columns).unwrap_or(1).max(1);
    let step = (text_width(paper) - indent) / across;
    let lines = boxes.items.chunks(boxes.columns.max(1));
    let last = lines.len();
    for (at, line) in lines.enumerate() {
        let mut body = String::new();
        for (column, item) in line.iter().enumerate() {
            if column > 0 {
                body.push_str("<w:r><w:tab/></w:r>");
            }
            body.push_str(square(item.on));
            run(&format!(" {}", item.label), "", &mut body);
        }
        let tabs = (1..across).map(|stop| (indent + stop * step, false)).collect();
        let set = Set { keep: boxes.keep || at + 1 < last, tabs, indent: Some(indent), ..Set::default() };
        paragraph(Role::Field, &set, &body, out);
    }
}

fn write_seal(seal: &Seal, out: &mut String) {
    let (width, height) = (twips(46.0), twips(20.0));
    let _ = write!(
        out,
        r#"<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders><w:top w:val="dashed" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="dashed" w:sz="4" w:space="0" w:color="auto"/><w:bottom w:val="dashed" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="dashed" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
    );
    let mut body = String::new();
    run(&seal.text, "", &mut body);
    paragraph(Role::Note, &Set { align: Some(Align::Center), ..Set::default() }, &body, out);
    out.push_str("</w:tc></w:tr></w:tbl>");
    after_table(out);
}

/// Two tables must not touch, and a cell or a body must not end with a table.
pub(super) fn after_table(out: &mut String) {
    out.push_str(r#"<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>"#);
}

pub(super) fn paragraph(role: Role, set: &Set, body: &str, out: &mut String) {
    let _ = write!(out, r#"<w:p><w:pPr><w:pStyle w:val="{}"/>"#, style_of(role).0);
    if set.keep {
        out.push_str("<w:keepNext/>");
    }
    if !set.tabs.is_empty() {
        out.push_str("<w:tabs>");
        for (at, dots) in &set.tabs {
            let (kind, leader) = if *dots { ("right", "dot") } else { ("left", "none") };
            let _ = write!(out, r#"<w:tab w:val="{kind}" w:leader="{leader}" w:pos="{at}"/>"#);
        }
        out.push_str("</w:tabs>");
    }
    if let Some(before) = set.before {
        let _ = write!(out, r#"<w:spacing w:before="{before}"/>"#);
    }
    if let Some(indent) = set.indent {
        let _ = write!(out, r#"<w:ind w:left="{indent}" w:firstLine="0"/>"#);
    }
    if let Some(align) = set.align {
        if align == Align::Center || align == Align::Right {
            out.push_str(r#"<w:ind w:firstLine="0"/>"#);
        }
        let _ = write!(out, r#"<w:jc w:val="{}"/>"#, justification(align));
    }
    out.push_str("</w:pPr>");
    out.push_str(body);
    out.push_str("</w:p>");
}

/// Runs; `strong` makes all of them heavy.
pub(super) fn runs(list: &[Run], strong: bool) -> String {
    let mut out = String::new();
    for one in list {
        let look = match (one.bold || strong, one.italic) {
            (false, false) => "",
            (true, false) => "<w:b/><w:bCs/>",
            (false, true) => "<w:i/><w:iCs/>",
            (true, true) => "<w:b/><w:bCs/><w:i/><w:iCs/>",
        };
        run(&one.text, look, &mut out);
    }
    out
}

/// One run; line ends become breaks.
pub(super) fn run(text: &str, look: &str, out: &mut String) {
    out.push_str("<w:r>");
    if !look.is_empty() {
        out.push_str("<w:rPr>");
        out.push_str(look);
        out.push_str("</w:rPr>");
    }
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push_str("<w:br/>");
        }
        out.push_str(r#"<w:t xml:space="preserve">"#);
        escape(line, out);
        out.push_str("</w:t>");
    }
    out.push_str("</w:r>");
}

/// A box.
pub(super) fn square(on: bool) -> &'static str {
    if on {
        r#"<w:r><w:rPr><w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol" w:cs="Segoe UI Symbol"/></w:rPr><w:t>☒</w:t></w:r>"#
    } else {
        r#"<w:r><w:rPr><w:rFonts w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol" w:eastAsia="Segoe UI Symbol" w:cs="Segoe UI Symbol"/></w:rPr><w:t>☐</w:t></w:r>"#
    }
}

fn section(paper: &Paper, out: &mut String) {
    let (width, height) = page(paper);
    let turned = if paper.landscape { r#" w:orient="landscape""# } else { "" };
    let margins = paper.margins;
    out.push_str(r#"<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>"#);
    if !paper.footer.is_empty() {
        out.push_str(
            r#"<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId5"/>"#,
        );
    }
    let _ = write!(
        out,
        r#"<w:pgSz w:w="{}" w:h="{}"{turned}/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="{}" w:footer="{}" w:gutter="0"/><w:titlePg/></w:sectPr>"#,
        twips(width),
        twips(height),
        twips(margins.top),
        twips(margins.right),
        twips(margins.bottom),
        twips(margins.left),
        twips(margins.top / 2.0),
        twips(margins.bottom / 2.0),
    );
}
