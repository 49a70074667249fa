//! DOCX: the same blocks as Word paragraphs, tables and styles, so that an office can go on writing in the file.
//! Text is streamed into the parts; nothing is built as a tree.

mod body;
mod parts;
mod tables;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::paper::Paper;

/// A paper that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be written: {0}")]
pub struct DocxError(String);

/// Writes a paper as DOCX.
pub fn to_docx(paper: &Paper) -> Result<Vec<u8>, DocxError> {
    let mut package = ZipWriter::new(Cursor::new(Vec::with_capacity(16 << 10)));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(3));
    let footer = !paper.footer.is_empty();
    let mut put = |name: &str, text: &str| -> Result<(), DocxError> {
        package.start_file(name, options).map_err(|fault| DocxError(fault.to_string()))?;
        package.write_all(text.as_bytes()).map_err(|fault| DocxError(fault.to_string()))
    };
    put("[Content_Types].xml", &parts::content_types(footer))?;
    put("_rels/.rels", parts::PACKAGE_LINKS)?;
    put("docProps/core.xml", &parts::core(paper))?;
    put("docProps/app.xml", parts::APP)?;
    put("word/document.xml", &body::document(paper))?;
    put("word/styles.xml", &parts::styles(paper))?;
    put("word/settings.xml", parts::SETTINGS)?;
    put("word/fontTable.xml", &parts::font_table(paper))?;
    put("word/header1.xml", parts::HEADER)?;
    if footer {
        put("word/footer1.xml", &parts::footer(paper))?;
    }
    put("word/_rels/document.xml.rels", &parts::document_links(footer))?;
    Ok(package.finish().map_err(|fault| DocxError(fault.to_string()))?.into_inner())
}

/// Twentieths of a point.
fn twips(millimetres: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a page is a few hundred millimetres")]
    let whole = (millimetres * 1440.0 / 25.4).round() as i64;
    whole
}

/// Text inside XML.
fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
}

/// Width and height of the page in millimetres.
fn page(paper: &Paper) -> (f64, f64) {
    if paper.landscape { (297.0, 210.0) } else { (210.0, 297.0) }
}

/// Width of the text in twips.
fn text_width(paper: &Paper) -> i64 {
    twips(page(paper).0 - paper.margins.left - paper.margins.right)
}

#[cfg(test)]
mod tests;
