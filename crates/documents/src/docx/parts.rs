//! The parts of the package around the text: styles, settings, header, footer, properties.

use std::fmt::Write;

use super::{escape, twips};
use crate::paper::Paper;
use crate::style::{Align, Role, RoleStyle};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

pub(super) const PACKAGE_LINKS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;

pub(super) const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Gương</Application></Properties>"#;

pub(super) const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>"#;

pub(super) const HEADER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Header"/><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#;

pub(super) fn content_types(footer: bool) -> String {
    let mut out = format!(
        r#"{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#
    );
    let mut part = |name: &str, kind: &str| {
        let _ = write!(
            out,
            r#"<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>"#
        );
    };
    part("document", "document.main");
    part("styles", "styles");
    part("settings", "settings");
    part("fontTable", "fontTable");
    part("header1", "header");
    if footer {
        part("footer1", "footer");
    }
    out.push_str("</Types>");
    out
}

pub(super) fn document_links(footer: bool) -> String {
    let mut out =
        format!(r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#);
    let mut link = |id: &str, kind: &str, target: &str| {
        let _ = write!(
            out,
            r#"<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}.xml"/>"#
        );
    };
    link("rId1", "styles", "styles");
    link("rId2", "settings", "settings");
    link("rId3", "fontTable", "fontTable");
    link("rId4", "header", "header1");
    if footer {
        link("rId5", "footer", "footer1");
    }
    out.push_str("</Relationships>");
    out
}

pub(super) fn core(paper: &Paper) -> String {
    let mut out = format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>"#
    );
    escape(&paper.title, &mut out);
    let made = paper.made;
    let day = format!("{:04}-{:02}-{:02}T00:00:00Z", made.year, made.month, made.day);
    let _ = write!(
        out,
        r#"</dc:title><dc:creator>Gương</dc:creator><dc:language>vi-VN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>"#
    );
    out
}

pub(super) fn footer(paper: &Paper) -> String {
    let mut out = format!(
        r#"{HEAD}<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">"#
    );
    escape(&paper.footer, &mut out);
    out.push_str("</w:t></w:r></w:p></w:ftr>");
    out
}

pub(super) fn font_table(paper: &Paper) -> String {
    let mut out = format!(r#"{HEAD}<w:fonts xmlns:w="{MAIN}">"#);
    let fonts = &paper.style.fonts;
    for (at, font) in fonts.iter().enumerate() {
        out.push_str(r#"<w:font w:name=""#);
        escape(font, &mut out);
        out.push_str(r#"">"#);
        if let Some(other) = fonts.get(at + 1) {
            out.push_str(r#"<w:altName w:val=""#);
            escape(other, &mut out);
            out.push_str(r#""/>"#);
        }
        out.push_str(r#"<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>"#);
    }
    out.push_str("</w:fonts>");
    out
}

/// Id of the Word style of a role, and its name. Names that Word knows stay as Word calls them.
pub(super) fn style_of(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Superior => ("Superior", "Co quan cap tren"),
        Role::Issuer => ("Issuer", "Co quan ban hanh"),
        Role::Star => ("Star", "Sao"),
        Role::Number => ("Number", "So ky hieu"),
        Role::Motto => ("Motto", "Tieu de tren"),
        Role::Place => ("Place", "Dia danh ngay thang"),
        Role::Title => ("Title", "Title"),
        Role::Abstract => ("Subtitle", "Subtitle"),
        Role::Section => ("Heading1", "heading 1"),
        Role::Subsection => ("Heading2", "heading 2"),
        Role::Body => ("BodyText", "Body Text"),
        Role::Field => ("Field", "Dong khai"),
        Role::Note => ("Note", "Ghi chu"),
        Role::Cell => ("Cell", "O bang"),
        Role::Head => ("Head", "Dau bang"),
        Role::Authority => ("Authority", "Quyen han ky"),
        Role::Signer => ("Signer", "Nguoi ky"),
        Role::RecipientsTitle => ("RecipientsTitle", "Noi nhan"),
        Role::Recipient => ("Recipient", "Dong noi nhan"),
        Role::Footer => ("Footer", "footer"),
    }
}

pub(super) fn styles(paper: &Paper) -> String {
    let style = &paper.style;
    let mut font = String::new();
    escape(style.fonts.first().map_or("Times New Roman", String::as_str), &mut font);
    let body = half_points(style.of(Role::Body));
    let mut out = format!(
        r#"{HEAD}<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/><w:sz w:val="{body}"/><w:szCs w:val="{body}"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/></w:style>"#
    );
    for role in Role::ALL {
        paragraph_style(role, style.of(role), &mut out);
    }
    out.push_str("</w:styles>");
    out
}

fn paragraph_style(role: Role, look: RoleStyle, out: &mut String) {
    let (id, name) = style_of(role);
    let _ = write!(
        out,
        r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>"#
    );
    if look.keep_next {
        out.push_str("<w:keepNext/>");
    }
    let (before, after) = (points(look.before), points(look.after));
    let _ = write!(out, r#"<w:spacing w:before="{before}" w:after="{after}"/>"#);
    if look.indent > 0.0 {
        let _ = write!(out, r#"<w:ind w:firstLine="{}"/>"#, twips(look.indent));
    }
    let _ = write!(out, r#"<w:jc w:val="{}"/></w:pPr><w:rPr>"#, justification(look.align));
    for (on, mark) in [(look.bold, "<w:b/><w:bCs/>"), (look.italic, "<w:i/><w:iCs/>"), (look.capitals, "<w:caps/>")] {
        if on {
            out.push_str(mark);
        }
    }
    let size = half_points(look);
    let _ = write!(out, r#"<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#);
}

pub(super) fn justification(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
    }
}

fn points(points: f64) -> i64 {
    twips(points * 25.4 / 72.0)
}

fn half_points(look: RoleStyle) -> i64 {
    points(look.size) / 10
}
