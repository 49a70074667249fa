use std::collections::BTreeMap;

use super::*;

fn sheet(lines: &[&[&str]]) -> Vec<SourceRow> {
    let cells = |line: &[&str]| {
        (1_u32..).zip(line.iter().map(|text| (*text).to_owned())).filter(|(_, text)| !text.is_empty()).collect()
    };
    (1_u32..).zip(lines).map(|(row, line)| SourceRow { sheet: 1, row, cells: cells(line) }).collect()
}

/// Without rule books: what a table says of itself.
fn checked(lines: &[&[&str]]) -> Result<Checked> {
    let nothing = BTreeMap::new();
    check(&Library::load(&nothing, &nothing).unwrap(), sheet(lines))
}

fn code(lines: &[&[&str]]) -> String {
    match checked(lines).unwrap_err() {
        Error::Refused(reasons) => reasons[0].code.clone(),
        other => panic!("{other}"),
    }
}

#[test]
fn counts_are_read_with_the_separators_newspapers_use() {
    let read = ["2645", "2.645", "2,645", "2 645", "1.234.567", "0"].map(whole);
    assert_eq!(read, [Some(2645), Some(2645), Some(2645), Some(2645), Some(1_234_567), Some(0)]);
    assert_eq!(["23.8", "8,8", "1.2.3", "", "-5", "năm", "12345.678"].map(whole), [None; 7]);
}

#[test]
fn heads_are_known_in_both_languages_below_a_title() {
    let titled: &[&[&str]] =
        &[&["BẢNG KẾT QUẢ"], &["Địa phương", "NĂM", "Được xếp loại", "Một cột lạ"], &["Xã Mẫu", "2022", "12", "?"]];
    let found = checked(titled).unwrap();
    assert_eq!(found.rows.len(), 1);
    assert_eq!((found.rows[0].row, found.rows[0].place.as_str(), found.rows[0].year.as_str()), (3, "Xã Mẫu", "2022"));
}

#[test]
fn a_table_without_heads_rows_or_with_a_column_twice_is_refused() {
    assert_eq!(code(&[&["a", "b"], &["1", "2"]]), "CHECK-001");
    assert_eq!(code(&[&["place", "year", "Năm"], &["a", "2022", "2022"]]), "CHECK-003");
    assert_eq!(code(&[&["place", "year"]]), "CHECK-004");
}

#[test]
fn a_count_that_is_no_number_is_an_error_at_its_column() {
    let found = checked(&[&["place", "year", "rated"], &["a", "2022", "mười hai"]]).unwrap();
    let unread = found.rows[0].findings.iter().find(|one| one.code == "CHECK-002").unwrap();
    assert_eq!((unread.column.as_str(), unread.severity.as_str()), ("rated", "error"));
    assert!(found.breaks_a_rule());
}

#[test]
fn a_year_without_a_book_is_said_and_breaks_no_rule() {
    let found = checked(&[&["place", "year"], &["a", "1999"], &["b", "hai nghìn"]]).unwrap();
    assert!(
        found.rows.iter().all(|row| row.rule_book.is_none() && row.findings.iter().any(|one| one.code == "CHECK-005"))
    );
    assert!(!found.breaks_a_rule());
}
