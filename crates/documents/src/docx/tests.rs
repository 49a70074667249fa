use std::io::Read;

use serde_json::{Value, json};

use super::*;
use crate::paper::PaperDef;

const LAYOUT: &str = r#"
meaning = "m"
version = "1"
style = "party-2018"
title = "{{text}}"
[footer]
text = "{{text}}"
[[block]]
kind = "heading"
superior = "{{text}}"
issuer = "{{text}}"
place = "{{text}}"
[[block]]
kind = "paragraph"
text = "{{text}}"
[[block]]
kind = "boxes"
label = "{{text}}"
options = "options"
[[block]]
kind = "table"
each = "rows"
[[block.column]]
head = "A"
group = "G"
width = 1
text = "{{row.text}}"
[[block.column]]
head = "B"
group = "G"
width = 1
text = "{{row.text}}"
[[block.column]]
head = "{{text}}"
width = 1
tick = "row.text"
[[block]]
kind = "signatures"
recipients = "list"
[[block.column]]
authority = ["{{text}}"]
name = "{{text}}"
"#;

fn parts(text: &str) -> Vec<(String, String)> {
    let data: Value = json!({
        "made_on": "2022-12-01", "text": text, "list": [text], "rows": [{"text": text}],
        "options": [{"id": "a", "label": text}],
    });
    let paper = Paper::fill(&PaperDef::parse(LAYOUT).unwrap(), &data).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(to_docx(&paper).unwrap())).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.push((part.name().unwrap().into_owned(), text));
    }
    parts
}

fn elements(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                found.push(tag.name().as_ref().to_owned());
            }
            quick_xml::events::Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn hostile_text_changes_no_element_of_any_part() {
    let hostile = "</w:t><w:p>&amp;\"'<![CDATA[ ]]> #panic() \\ $x$ {{text}} %";
    for ((name, plain), (_, attacked)) in parts("chữ").into_iter().zip(parts(hostile)) {
        assert_eq!(elements(&plain), elements(&attacked), "{name}");
        assert!(!attacked.contains("<![CDATA["), "{name}");
    }
}

#[test]
fn the_head_of_a_table_is_repeated_and_merged() {
    let all = parts("chữ");
    let body = &all.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    assert_eq!(body.matches("<w:tblHeader/>").count(), 2);
    assert_eq!(body.matches(r#"<w:vMerge w:val="restart"/>"#).count(), 2, "the third head, and the recipients");
    assert_eq!(body.matches(r#"<w:gridSpan w:val="2"/>"#).count(), 1);
    assert!(body.matches("<w:cantSplit/>").count() >= 4);
    assert!(body.contains("<w:titlePg/>"), "the first page has no number");
}
