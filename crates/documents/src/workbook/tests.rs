use std::io::{Cursor, Read};

use super::*;
use crate::intake::{self, CellKind, IntakeCell, IntakeEvent, Limits};

fn book(sheets: Vec<Sheet>) -> Book {
    Book { title: "Mẫu nhập".to_owned(), made: MadeOn { year: 2022, month: 12, day: 1 }, sheets }
}

fn column(head: &str) -> Column {
    Column { head: head.to_owned(), width: 20, ..Column::default() }
}

fn rows(bytes: &[u8]) -> Vec<(u32, Vec<IntakeCell>)> {
    let events = intake::read_all(bytes, &Limits::default()).unwrap();
    events
        .into_iter()
        .filter_map(|event| if let IntakeEvent::Row { row, cells, .. } = event { Some((row, cells)) } else { None })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn what_looks_like_a_formula_is_written_as_text() {
    let attacks = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1"];
    let sheet = Sheet {
        name: "Kết quả".to_owned(),
        columns: vec![column("Nội dung")],
        rows: attacks.iter().map(|text| vec![Cell::text(*text)]).collect(),
        ..Sheet::default()
    };
    let bytes = write(&book(vec![sheet])).unwrap();
    let read = rows(&bytes);
    for ((_, cells), text) in read.iter().skip(1).zip(attacks) {
        assert_eq!((cells[0].text.as_str(), cells[0].kind, cells[0].formula), (text.trim(), CellKind::Text, false));
    }
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""), "editing the cell leaves it a text");
}

#[test]
fn a_template_has_heads_notes_lists_and_text_columns() {
    let units = Sheet { name: "Tổ chức".to_owned(), columns: vec![column("Mã tổ chức")], ..Sheet::default() };
    let people = Sheet {
        name: "Đảng viên".to_owned(),
        columns: vec![
            Column { note: "Hướng dẫn: viết đủ dấu".to_owned(), required: true, ..column("Họ và tên") },
            Column {
                choice: Choice::OneOf(vec!["Chính thức".to_owned(), "Dự bị".to_owned()]), ..column("Tình trạng")
            },
            Column {
                choice: Choice::FromSheet { sheet: "Tổ chức".to_owned(), column: 0 }, ..column("Mã tổ chức")
            },
        ],
        frozen_columns: 1,
        ..Sheet::default()
    };
    assert_eq!(people.rows_above(), 2);
    let bytes = write(&book(vec![units, people])).unwrap();
    let texts: Vec<(u32, Vec<String>)> =
        rows(&bytes).into_iter().map(|(row, cells)| (row, cells.into_iter().map(|cell| cell.text).collect())).collect();
    assert_eq!(texts[1], (1, vec!["Họ và tên *".to_owned(), "Tình trạng".to_owned(), "Mã tổ chức".to_owned()]));
    assert_eq!(texts[2], (2, vec!["Hướng dẫn: viết đủ dấu".to_owned()]));
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("\"Chính thức,Dự bị\""), "{sheet}");
    assert!(sheet.contains("'Tổ chức'!$A$2:$A$5001"), "{sheet}");
    assert!(sheet.contains("ySplit=\"2\"") && sheet.contains("xSplit=\"1\""), "{sheet}");
    assert!(part(&bytes, "xl/styles.xml").contains("numFmtId=\"49\""), "columns are text, so that days stay as typed");
}

#[test]
fn a_list_from_a_sheet_that_is_not_there_is_refused() {
    let choice = Choice::FromSheet { sheet: "Không có".to_owned(), column: 0 };
    let sheet = Sheet { name: "A".to_owned(), columns: vec![Column { choice, ..column("x") }], ..Sheet::default() };
    assert!(matches!(write(&book(vec![sheet])), Err(WorkbookError::NoSuchSheet(name)) if name == "Không có"));
}

#[test]
fn marks_and_comments_stand_on_their_cells() {
    let sheet = Sheet {
        name: "Kiểm tra".to_owned(),
        columns: vec![column("Mức"), column("Tỷ lệ")],
        rows: vec![vec![
            Cell::whole(45).marked(Mark::Strong),
            Cell::text("35,23").marked(Mark::Wrong).commented("CHECK-001: không khớp"),
        ]],
        ..Sheet::default()
    };
    let bytes = write(&book(vec![sheet])).unwrap();
    let read = rows(&bytes);
    assert_eq!((read[1].1[0].text.as_str(), read[1].1[0].kind), ("45", CellKind::Number));
    assert!(part(&bytes, "xl/comments1.xml").contains("CHECK-001: không khớp"));
    assert!(part(&bytes, "xl/styles.xml").contains("F8D0CC"));
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let sheet = Sheet { name: "A".to_owned(), columns: vec![column("x")], ..Sheet::default() };
    let book = book(vec![sheet]);
    assert_eq!(write(&book).unwrap(), write(&book).unwrap());
}

#[test]
fn a_name_that_the_format_does_not_allow_is_refused() {
    let sheet = Sheet { name: "a/b:c".to_owned(), ..Sheet::default() };
    assert!(matches!(write(&book(vec![sheet])), Err(WorkbookError::Xlsx(_))));
}
