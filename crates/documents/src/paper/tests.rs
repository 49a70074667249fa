use serde_json::{Value, json};

use super::text::plain;
use super::*;

fn def(blocks: &str) -> PaperDef {
    let head = "meaning = \"m\"\nversion = \"1\"\nstyle = \"party-2018\"\ntitle = \"t\"\n";
    PaperDef::parse(&format!("{head}{blocks}")).unwrap()
}

fn filled(blocks: &str, mut data: Value) -> Result<Vec<Block>, FillError> {
    data["made_on"] = json!("2022-12-01");
    Paper::fill(&def(blocks), &data).map(|paper| paper.blocks)
}

fn words(blocks: &[Block]) -> Vec<String> {
    let paras = blocks.iter().filter_map(|block| match block {
        Block::Para(para) => Some(plain(&para.runs)),
        _ => None,
    });
    paras.collect()
}

const NAME: &str = "[[block]]\nkind = \"paragraph\"\ntext = \"Đồng chí {{person.name}}\"\n";

fn missing(path: &str) -> FillError {
    FillError::Missing { path: path.to_owned() }
}

#[test]
fn what_the_data_lack_is_an_error_that_names_it() {
    assert_eq!(filled(NAME, json!({"person": {}})), Err(missing("person.name")));
    assert_eq!(filled(NAME, json!({"person": {"name": null}})), Err(missing("person.name")));
    assert_eq!(filled(NAME, json!({})), Err(missing("person.name")));
}

#[test]
fn an_empty_text_is_left_blank_on_purpose() {
    assert_eq!(words(&filled(NAME, json!({"person": {"name": ""}})).unwrap()), ["Đồng chí "]);
}

#[test]
fn only_texts_and_whole_numbers_are_printed() {
    assert_eq!(words(&filled(NAME, json!({"person": {"name": 12}})).unwrap()), ["Đồng chí 12"]);
    for value in [json!(1.5), json!(true), json!([]), json!({})] {
        let fault = filled(NAME, json!({"person": {"name": value}})).unwrap_err();
        assert!(matches!(fault, FillError::Kind { .. }), "{fault}");
    }
}

#[test]
fn marks_in_the_data_are_text() {
    let name = "**đậm** //nghiêng// {{person.secret}}";
    let blocks = filled(NAME, json!({"person": {"name": name, "secret": "mật"}})).unwrap();
    let Block::Para(para) = &blocks[0] else { panic!("a paragraph") };
    assert_eq!(para.runs[1], Run { text: name.to_owned(), bold: false, italic: false });
}

#[test]
fn marks_in_the_layout_are_looks() {
    let layout = "[[block]]\nkind = \"paragraph\"\ntext = \"Mức: **{{level}}** //(tạm)//\"\n";
    let blocks = filled(layout, json!({"level": "Tốt"})).unwrap();
    let Block::Para(para) = &blocks[0] else { panic!("a paragraph") };
    let looks: Vec<_> = para.runs.iter().map(|run| (run.text.as_str(), run.bold, run.italic)).collect();
    assert_eq!(looks, [("Mức: ", false, false), ("Tốt", true, false), (" ", false, false), ("(tạm)", false, true)]);
}

#[test]
fn control_characters_and_turned_writing_never_reach_paper() {
    let blocks = filled(NAME, json!({"person": {"name": "A\u{0}\u{8}\u{202e}B\tC\u{7f}"}})).unwrap();
    assert_eq!(words(&blocks), ["Đồng chí AB C"]);
}

#[test]
fn line_ends_in_the_data_begin_paragraphs() {
    let blocks = filled(NAME, json!({"person": {"name": "A\r\nB\n\nC"}})).unwrap();
    assert_eq!(words(&blocks), ["Đồng chí A", "B", "C"]);
}

#[test]
fn a_block_is_printed_when_its_condition_holds() {
    let layout = "[[block]]\nkind = \"paragraph\"\nwhen = \"a\"\ntext = \"có\"\n[[block]]\nkind = \"paragraph\"\nunless = \"a\"\ntext = \"không\"\n";
    for (value, expected) in [
        (json!("x"), "có"),
        (json!(""), "không"),
        (json!(true), "có"),
        (json!(false), "không"),
        (json!([]), "không"),
        (json!([1]), "có"),
        (json!(0), "không"),
        (json!(null), "không"),
    ] {
        assert_eq!(words(&filled(layout, json!({"a": value})).unwrap()), [expected], "{value}");
    }
    assert_eq!(words(&filled(layout, json!({})).unwrap()), ["không"]);
}

#[test]
fn names_of_a_repetition_end_with_it() {
    let layout = "[[block]]\nkind = \"repeat\"\neach = \"people\"\nas = \"one\"\n[[block.block]]\nkind = \"paragraph\"\ntext = \"{{no}}. {{one.name}} - {{unit}}\"\n";
    let data = json!({"unit": "U", "people": [{"name": "A"}, {"name": "B"}]});
    assert_eq!(words(&filled(layout, data).unwrap()), ["1. A - U", "2. B - U"]);
    let after = format!("{layout}[[block]]\nkind = \"paragraph\"\ntext = \"{{{{one.name}}}}\"\n");
    let data = json!({"unit": "U", "people": [{"name": "A"}]});
    assert_eq!(filled(&after, data), Err(missing("one.name")));
}

#[test]
fn a_box_that_is_none_of_the_options_is_refused() {
    let layout = "[[block]]\nkind = \"boxes\"\noptions = \"levels\"\nchosen = \"level\"\n";
    let levels = json!([{"id": "good", "label": "Tốt"}, {"id": "poor", "label": "Kém"}]);
    let blocks = filled(layout, json!({"levels": levels, "level": "poor"})).unwrap();
    let Block::Boxes(boxes) = &blocks[0] else { panic!("boxes") };
    assert_eq!(boxes.items.iter().map(|item| item.on).collect::<Vec<_>>(), [false, true]);
    let fault = filled(layout, json!({"levels": levels, "level": "best"})).unwrap_err();
    assert_eq!(fault, FillError::NoSuchBox { path: "level".to_owned(), found: "best".to_owned() });
}

#[test]
fn an_empty_field_is_dotted_for_the_pen() {
    let layout = "[[block]]\nkind = \"field\"\nlabel = \"Ngày sinh:\"\ntext = \"{{birth}}\"\nlines = 2\n";
    let blocks = filled(layout, json!({"birth": ""})).unwrap();
    assert!(matches!(&blocks[0], Block::Para(para) if para.leader));
    assert_eq!(blocks[1], Block::Lines(Lines { count: 2 }));
    let blocks = filled(layout, json!({"birth": "02/9/1975"})).unwrap();
    assert_eq!(words(&blocks), ["Ngày sinh: 02/9/1975"]);
    assert_eq!(blocks.len(), 1);
}

const TABLE: &str = r#"
[[block]]
kind = "table"
each = "people"
numbered = true
group = "{{row.group}}"
group_when = "row.group"
[[block.column]]
head = "TT"
width = 10
text = "{{no}}"
[[block.column]]
each = "levels"
from = "row.counts"
group = "Số phiếu"
head = "{{each.label}}"
width = 20
"#;

#[test]
fn heads_of_the_same_group_are_merged_and_the_others_reach_down() {
    let data = json!({
        "levels": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}],
        "people": [{"group": "", "counts": {"a": "1", "b": "2"}}, {"group": "Nhóm", "counts": {"a": "3", "b": "4"}}],
    });
    let blocks = filled(TABLE, data).unwrap();
    let Block::Table(table) = &blocks[0] else { panic!("a table") };
    let head: Vec<Vec<(&str, usize, usize, usize)>> = table
        .head
        .iter()
        .map(|row| row.iter().map(|cell| (cell.text.as_str(), cell.column, cell.columns, cell.rows)).collect())
        .collect();
    assert_eq!(head[0], [("TT", 0, 1, 2), ("Số phiếu", 1, 2, 1)]);
    assert_eq!(head[1], [("A", 1, 1, 1), ("B", 2, 1, 1)]);
    assert_eq!(head[2], [("(1)", 0, 1, 1), ("(2)", 1, 1, 1), ("(3)", 2, 1, 1)]);
    assert_eq!(table.rows.iter().map(|row| row.span).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn a_count_that_is_not_there_is_named() {
    let data = json!({"levels": [{"id": "a", "label": "A"}], "people": [{"counts": {}}]});
    assert_eq!(filled(TABLE, data), Err(missing("row.counts.a")));
}

#[test]
fn a_signature_is_held_by_what_stands_before_it() {
    let layout = format!("{NAME}[[block]]\nkind = \"signatures\"\n[[block.column]]\nauthority = [\"Bí thư\"]\n");
    let blocks = filled(&layout, json!({"person": {"name": "A"}})).unwrap();
    assert!(matches!(&blocks[0], Block::Para(para) if para.keep));
}

#[test]
fn the_day_of_making_must_be_a_day() {
    for wrong in ["2022-13-01", "1/12/2022", "2022-1", ""] {
        let fault = Paper::fill(&def(NAME), &json!({"made_on": wrong, "person": {"name": "A"}})).unwrap_err();
        assert!(matches!(fault, FillError::Day { .. }), "{wrong}: {fault}");
    }
}

#[test]
fn a_wrong_layout_says_what_is_wrong_with_it() {
    let head = "meaning = \"m\"\nversion = \"1\"\ntitle = \"t\"\n";
    for (layout, expected) in [
        ("style = \"baroque\"\nblock = []", "no house style is called `baroque`"),
        ("style = \"party-2018\"\n[[block]]\nkind = \"paragraf\"", "paragraf"),
        ("style = \"party-2018\"\n[[block]]\nkind = \"paragraph\"\ntext = \"{{a + b}}\"", "not a plain path"),
        ("style = \"party-2018\"\n[[block]]\nkind = \"paragraph\"\ntext = \"{{a\"", "is not closed"),
        ("style = \"party-2018\"\n[[block]]\nkind = \"paragraph\"\ntext = \"**a\"", "is not closed"),
        ("style = \"party-2018\"\n[[block]]\nkind = \"paragraph\"\ntext = \"a\"\ncolour = \"red\"", "colour"),
        ("style = \"party-2018\"\n[[block]]\nkind = \"signatures\"\ncolumn = []", "one to three columns"),
        (
            "style = \"party-2018\"\n[[block]]\nkind = \"table\"\neach = \"a\"\n[[block.column]]\nhead = \"x\"\nwidth = 1",
            "exactly one of",
        ),
        (
            "style = \"party-2018\"\nsheet = \"một tên trang tính dài quá ba mươi mốt ký tự\"\nblock = []",
            "31 characters",
        ),
    ] {
        let fault = PaperDef::parse(&format!("{head}{layout}")).unwrap_err().to_string();
        assert!(fault.contains(expected), "{layout}\n→ {fault}");
    }
}
