//! Bad files, checked without a database: each gets one clear finding at its place.

use std::collections::{BTreeMap, BTreeSet};

use domain::Day;
use domain::org::{EndReason, Standing};
use proptest::prelude::*;

use super::check::{Ground, check};
use super::compare::compare;
use super::finding::{Finding, Remarks};
use super::layout::{MEMBERS, POSTS, SHEETS, UNITS};
use super::lines::{At, Roster};
use super::read::{RowCells, SheetRows, TextCell, read};

const UNIT_ROWS: &[&[&str]] = &[
    &["ĐU", "Đảng bộ xã Mẫu", "Đảng bộ cơ sở", "", "Huyện uỷ Mẫu", "Xã Mẫu", "ĐU", "03/02/1990", ""],
    &["CB1", "Chi bộ thôn Một", "Chi bộ", "ĐU", "", "Xã Mẫu", "CB", "", ""],
];
const MEMBER_ROWS: &[&[&str]] = &[
    &[
        "ĐV1", "Nguyễn Văn Mẫu", "01/02/1970", "51.000001", "CB1", "Chính thức", "03/02/2000", "03/02/2001", "Không",
        "", "", "", "Có", "", "",
    ],
    &["ĐV2", "Trần Thị Mẫu", "5/3/1980", "51.000002", "CB1", "Dự bị", "03/02/2022", "", "", "", "", "", "", "", ""],
];
const POST_ROWS: &[&[&str]] = &[&["ĐV1", "CB1", "Bí thư", "01/06/2020", ""]];

fn cells(texts: &[&str]) -> Vec<TextCell> {
    let filled = (1..).zip(texts).filter(|(_, text)| !text.is_empty());
    filled.map(|(column, text)| TextCell { column, text: (*text).to_owned(), ..TextCell::default() }).collect()
}

fn sheet(name: &str, headings: &[&str], rows: &[&[&str]]) -> SheetRows {
    let all = std::iter::once(&headings).chain(rows.iter());
    let rows = (1..).zip(all).map(|(number, texts)| RowCells { number, cells: cells(texts) }).collect();
    SheetRows { name: name.to_owned(), rows }
}

/// The good file.
fn book() -> Vec<SheetRows> {
    let rows = [UNIT_ROWS, MEMBER_ROWS, POST_ROWS];
    let headings = |at: usize| SHEETS[at].columns.iter().map(|column| column.heading).collect::<Vec<_>>();
    (0..3).map(|at| sheet(SHEETS[at].name, &headings(at), rows[at])).collect()
}

/// Puts a text into a cell of the good file: sheet from 0, row and column as a spreadsheet counts.
fn put(book: &mut [SheetRows], (sheet, row, column): (usize, usize, u32), text: &str) {
    let row = &mut book[sheet].rows[row - 1];
    row.cells.retain(|cell| cell.column != column);
    row.cells.push(TextCell { column, text: text.to_owned(), ..TextCell::default() });
    row.cells.sort_by_key(|cell| cell.column);
}

fn add(book: &mut [SheetRows], sheet: usize, texts: &[&str]) {
    let number = u32::try_from(book[sheet].rows.len()).unwrap() + 1;
    book[sheet].rows.push(RowCells { number, cells: cells(texts) });
}

fn today() -> Day {
    Day::of(2022, 12, 1).unwrap()
}

fn examined(book: &[SheetRows], present: &Roster) -> (Roster, Remarks) {
    let mut remarks = Remarks::default();
    let reading = read(book, &mut remarks);
    let former = BTreeMap::from([("ĐV9".to_owned(), Some("51.000009".to_owned()))]);
    let since = present.members.iter().map(|at| (at.line.code.clone(), at.line.admitted_on)).collect();
    let last_days = BTreeMap::from([("CB0".to_owned(), Day::of(2022, 10, 1).unwrap())]);
    let ground = Ground {
        present,
        former: &former,
        since: &since,
        last_days: &last_days,
        undecided: &[],
        withdrawn: &[],
        allowed: None,
        today: today(),
    };
    check(&reading, &ground, &mut remarks);
    (reading.roster, remarks)
}

fn told(findings: &[Finding]) -> Vec<String> {
    let place = |finding: &Finding| format!("{} {}{}", finding.sheet, finding.column_letters(), finding.row);
    findings.iter().map(|finding| format!("{}: {}", place(finding), finding.what)).collect()
}

/// What is wrong with the good file once `change` has been done to it.
fn wrong(change: impl FnOnce(&mut Vec<SheetRows>)) -> Vec<String> {
    let mut book = book();
    change(&mut book);
    let (_, remarks) = examined(&book, &Roster::default());
    told(&remarks.errors.in_order(&SHEETS.map(|sheet| sheet.name)).listed)
}

fn wrong_at(place: (usize, usize, u32), text: &str) -> Vec<String> {
    wrong(|book| put(book, place, text))
}

#[test]
fn a_good_file_is_read_whole() {
    let (roster, remarks) = examined(&book(), &Roster::default());
    assert_eq!(told(&remarks.errors.listed), [""; 0]);
    assert_eq!((roster.units.len(), roster.members.len(), roster.posts.len()), (2, 2, 1));
    let second = &roster.members[1];
    assert_eq!((second.row, second.line.standing, second.line.leader), (3, Standing::Probationary, false));
    assert_eq!(second.line.born_on, Day::of(1980, 3, 5));
}

#[test]
fn a_wrong_sheet_is_named_with_those_that_are_there() {
    let found = wrong(|book| book[1].name = "Sheet2".to_owned());
    assert_eq!(found, ["Đảng viên 0: ROSTER-001 sheet=Đảng viên found=Tổ chức, Sheet2, Chức vụ"]);
}

#[test]
fn a_file_without_any_of_the_sheets_says_so_for_each() {
    let codes = wrong(|book| *book = vec![sheet("", &["a", "b"], &[&["1", "2"]])]);
    assert_eq!(codes.len(), 3);
    assert!(codes.iter().all(|code| code.contains("ROSTER-001")), "{codes:?}");
}

#[test]
fn a_missing_column_is_named() {
    let found = wrong(|book| book[0].rows[0].cells.retain(|cell| cell.text != "Địa danh"));
    assert_eq!(found, ["Tổ chức 1: ROSTER-002 heading=Địa danh"]);
}

#[test]
fn a_sheet_without_headings_says_which_heading_was_looked_for() {
    let found = wrong(|book| {
        book[2].rows.remove(0);
    });
    assert_eq!(found, ["Chức vụ 0: ROSTER-003 first=Mã đảng viên"]);
}

#[test]
fn a_heading_that_stands_twice_is_refused() {
    let found = wrong_at((2, 1, 9), "đến ngày");
    assert_eq!(found, ["Chức vụ I1: ROSTER-036 heading=Đến ngày"]);
}

#[test]
fn headings_are_known_in_any_order_case_and_spelling_of_marks() {
    let mut book = book();
    for row in &mut book[2].rows {
        for cell in &mut row.cells {
            cell.column = 6 - cell.column;
        }
        row.cells.reverse();
    }
    for cell in &mut book[2].rows[0].cells {
        cell.text = format!(" {} * ", domain::text::fold(&cell.text).to_uppercase());
    }
    let (roster, remarks) = examined(&book, &Roster::default());
    assert_eq!(told(&remarks.errors.listed), [""; 0]);
    assert_eq!(roster.posts[0].line.member, "ĐV1");
}

#[test]
fn the_row_of_explanations_is_skipped() {
    let mut book = book();
    for row in &mut book[1].rows[1..] {
        row.number += 1;
    }
    let hint = RowCells {
        number: 2, cells: cells(&["Hướng dẫn: mã riêng của từng người", "viết đủ dấu"])
    };
    book[1].rows.insert(1, hint);
    let (roster, remarks) = examined(&book, &Roster::default());
    assert_eq!((told(&remarks.errors.listed), roster.members.len()), (vec![], 2));
}

#[test]
fn a_column_or_sheet_nobody_knows_is_left_out_and_said_so() {
    let mut book = book();
    put(&mut book, (0, 1, 12), "Ghi chú");
    put(&mut book, (0, 2, 12), "không đọc");
    book.push(sheet("Nháp", &["a"], &[]));
    let (roster, remarks) = examined(&book, &Roster::default());
    assert_eq!((remarks.errors.total, roster.units.len()), (0, 2));
    let odd = told(&remarks.warnings.listed);
    assert!(odd.contains(&"Tổ chức L1: ROSTER-101 heading=Ghi chú".to_owned()), "{odd:?}");
    assert!(odd.contains(&"Nháp 0: ROSTER-102 sheet=Nháp".to_owned()), "{odd:?}");
}

#[test]
fn an_empty_cell_that_must_be_filled_is_named() {
    assert_eq!(wrong_at((1, 2, 2), ""), ["Đảng viên B2: ROSTER-004 heading=Họ và tên"]);
    assert_eq!(wrong_at((0, 2, 3), "  "), ["Tổ chức C2: ROSTER-004 heading=Loại tổ chức"]);
}

#[test]
fn who_refers_to_a_row_with_a_fault_is_not_told_a_second_time() {
    assert_eq!(wrong_at((0, 3, 8), "31/02/1990"), ["Tổ chức H3: ROSTER-005 heading=Ngày thành lập value=31/02/1990"]);
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    for day in ["30/02/1980", "31/04/1980", "1980", "44562", "tháng 3"] {
        let expected = format!("Đảng viên C3: ROSTER-005 heading=Ngày sinh value={day}");
        assert_eq!(wrong_at((1, 3, 3), day), [expected]);
    }
}

/// The file as a present roster.
fn stored(book: &[SheetRows]) -> Roster {
    unplaced(examined(book, &Roster::default()).0)
}

/// A present member who may leave: ĐV2 of CB1.
const LEAVER: usize = 3;

fn ends(book: &mut [SheetRows], day: &str, reason: &str) {
    put(book, (1, LEAVER, 14), day);
    put(book, (1, LEAVER, 15), reason);
}

#[test]
fn a_membership_ends_on_a_day_for_a_reason() {
    let mut book = book();
    ends(&mut book, "15/11/2022", "từ trần");
    let (roster, remarks) = examined(&book, &Roster::default());
    assert_eq!(told(&remarks.errors.listed), [""; 0]);
    let line = &roster.members[1].line;
    assert_eq!((line.ended_on, line.end_reason), (Day::of(2022, 11, 15), Some(EndReason::Died)));
}

#[test]
fn an_end_needs_its_day_and_its_reason_and_a_day_that_exists() {
    assert_eq!(wrong(|book| ends(book, "15/11/2022", "")), ["Đảng viên O3: ROSTER-037"]);
    assert_eq!(wrong(|book| ends(book, "", "Khai trừ")), ["Đảng viên N3: ROSTER-038 reason=Khai trừ"]);
    for day in ["2022/15/11", "31/11/2022", "11/15/2022"] {
        let expected = format!("Đảng viên N3: ROSTER-005 heading=Ngày kết thúc sinh hoạt value={day}");
        assert_eq!(wrong(|book| ends(book, day, "Từ trần")), [expected]);
    }
    let found = wrong(|book| ends(book, "15/11/2022", "Nghỉ hưu"));
    assert!(found[0].starts_with("Đảng viên O3: ROSTER-006"), "{found:?}");
    assert_eq!(
        wrong(|book| ends(book, "02/12/2022", "Từ trần")),
        ["Đảng viên N3: ROSTER-021 heading=Ngày kết thúc sinh hoạt"]
    );
}

#[test]
fn a_membership_does_not_end_before_it_began() {
    assert_eq!(wrong(|book| ends(book, "02/02/2022", "Xoá tên")), ["Đảng viên N3: ROSTER-039 from=03/02/2022"]);
}

#[test]
fn whoever_leaves_holds_no_post_any_more_and_does_not_move() {
    let leaves = |book: &mut Vec<SheetRows>| {
        put(book, (1, 2, 14), "15/11/2022");
        put(book, (1, 2, 15), "Từ trần");
    };
    assert_eq!(wrong(leaves), ["Đảng viên N2: ROSTER-040 title=Bí thư unit=CB1 day=15/11/2022"]);
    let with_end = |book: &mut Vec<SheetRows>| {
        leaves(book);
        put(book, (2, 2, 5), "15/11/2022");
    };
    assert_eq!(wrong(with_end), [""; 0]);

    let present = stored(&book());
    let mut moved = book();
    add(&mut moved, 0, &["CB2", "Chi bộ thôn Hai", "Chi bộ", "ĐU"]);
    put(&mut moved, (1, LEAVER, 5), "CB2");
    ends(&mut moved, "15/11/2022", "Chuyển sinh hoạt đi");
    let (_, remarks) = examined(&moved, &present);
    assert_eq!(told(&remarks.errors.listed), ["Đảng viên E3: ROSTER-041 code=CB1"]);
}

/// The file with nothing but one more post.
fn only_post(post: &[&str]) -> Vec<SheetRows> {
    let mut book = book();
    for sheet in &mut book {
        sheet.rows.truncate(1);
    }
    add(&mut book, 2, post);
    book
}

#[test]
fn whoever_left_before_gets_no_post_though_his_line_is_not_in_the_file() {
    let mut ended = book();
    ends(&mut ended, "15/11/2022", "Từ trần");
    let present = stored(&ended);
    let found = |to: &str| {
        let (_, remarks) = examined(&only_post(&["ĐV2", "CB1", "Phó bí thư", "01/06/2022", to]), &present);
        told(&remarks.errors.listed)
    };
    let refused = ["Chức vụ E2: ROSTER-040 title=Phó bí thư unit=CB1 code=CB1 member=ĐV2 day=15/11/2022"];
    assert_eq!(found(""), refused);
    assert_eq!(found("16/11/2022"), refused);
    assert!(found("15/11/2022").is_empty());
}

#[test]
fn a_unit_that_was_closed_before_gets_no_post_though_its_line_is_not_in_the_file() {
    let mut present = stored(&book());
    let unit = present.units.iter_mut().find(|at| at.line.code == "CB1").unwrap();
    unit.line.closed_on = Day::of(2022, 11, 30);
    let (_, remarks) = examined(&only_post(&["ĐV1", "CB1", "Phó bí thư", "01/06/2022"]), &present);
    let refused = "Chức vụ E2: ROSTER-046 title=Phó bí thư unit=CB1 code=CB1 member=ĐV1 day=30/11/2022";
    assert_eq!(told(&remarks.errors.listed), [refused]);
}

#[test]
fn an_older_file_that_opens_a_closed_unit_again_is_pointed_out() {
    let mut present = stored(&book());
    let unit = present.units.iter_mut().find(|at| at.line.code == "CB1").unwrap();
    unit.line.closed_on = Day::of(2022, 11, 30);
    let (_, remarks) = examined(&book(), &present);
    let odd = told(&remarks.warnings.listed);
    assert!(odd.contains(&"Tổ chức I3: ROSTER-111 code=CB1 day=30/11/2022".to_owned()), "{odd:?}");
    let (_, remarks) = examined(&book(), &stored(&book()));
    assert!(!told(&remarks.warnings.listed).iter().any(|one| one.contains("ROSTER-111")));
}

#[test]
fn an_older_file_that_lets_somebody_go_on_is_pointed_out() {
    let mut ended = book();
    ends(&mut ended, "15/11/2022", "Từ trần");
    let present = stored(&ended);
    let (_, remarks) = examined(&book(), &present);
    let odd = told(&remarks.warnings.listed);
    assert!(odd.contains(&"Đảng viên N3: ROSTER-110 day=15/11/2022 reason=Từ trần".to_owned()), "{odd:?}");
    let (_, remarks) = examined(&ended, &present);
    assert!(!told(&remarks.warnings.listed).iter().any(|one| one.contains("ROSTER-110")));
}

/// The good file with a second cell, CB0, in which nobody is.
fn with_empty_cell() -> Vec<SheetRows> {
    let mut book = book();
    add(&mut book, 0, &["CB0", "Chi bộ thôn Không", "Chi bộ", "ĐU", "", "", "", "01/01/2000", "30/11/2022"]);
    book
}

#[test]
fn a_unit_is_closed_when_nobody_and_nothing_is_left_in_it() {
    let closed = |day: &'static str| {
        wrong(move |book| {
            *book = with_empty_cell();
            put(book, (0, 4, 9), day);
        })
    };
    assert_eq!(closed("30/11/2022"), [""; 0]);
    assert_eq!(closed("02/12/2022"), ["Tổ chức I4: ROSTER-021 heading=Ngày giải thể code=CB0"]);
    assert_eq!(
        closed("31/12/1999"),
        ["Tổ chức I4: ROSTER-043 founded=01/01/2000 code=CB0", "Tổ chức I4: ROSTER-048 last=01/10/2022 code=CB0",]
    );
    assert_eq!(closed("30/09/2022"), ["Tổ chức I4: ROSTER-048 last=01/10/2022 code=CB0"]);
}

#[test]
fn a_unit_with_members_posts_or_units_below_is_not_closed() {
    let found = wrong_at((0, 3, 9), "30/11/2022");
    assert_eq!(
        found,
        [
            "Tổ chức I3: ROSTER-044 member=ĐV1 day=30/11/2022 code=CB1",
            "Tổ chức I3: ROSTER-046 title=Bí thư member=ĐV1 day=30/11/2022 code=CB1",
        ]
    );
    let found = wrong_at((0, 2, 9), "30/11/2022");
    assert_eq!(found, ["Tổ chức I2: ROSTER-045 code=ĐU day=30/11/2022 unit=Chi bộ thôn Một"]);
    let emptied = wrong(|book| {
        put(book, (0, 3, 9), "30/11/2022");
        for row in [2, 3] {
            put(book, (1, row, 14), "30/11/2022");
            put(book, (1, row, 15), "Chuyển sinh hoạt đi");
        }
        put(book, (2, 2, 5), "30/11/2022");
    });
    assert_eq!(emptied, [""; 0], "everybody left on the last day");
}

#[test]
fn nobody_enters_a_unit_that_is_closed() {
    let present = stored(&with_empty_cell());
    let mut file = book();
    put(&mut file, (1, LEAVER, 5), "CB0");
    let (_, remarks) = examined(&file, &present);
    assert_eq!(told(&remarks.errors.listed), ["Đảng viên E3: ROSTER-047 code=CB0 day=30/11/2022"]);
}

#[test]
fn a_day_in_the_future_is_refused() {
    assert_eq!(wrong_at((1, 3, 7), "02/12/2022"), ["Đảng viên G3: ROSTER-021 heading=Ngày vào Đảng"]);
}

#[test]
fn a_word_nobody_knows_is_answered_with_those_that_are_known() {
    assert_eq!(
        wrong_at((1, 2, 6), "chính thưc rồi"),
        [
            "Đảng viên F2: ROSTER-006 heading=Tình trạng value=chính thưc rồi allowed=Chính thức, Dự bị, Được miễn, Đình chỉ"
        ]
    );
    assert_eq!(wrong_at((1, 2, 6), "CHÍNH  THỨC"), [""; 0]);
}

#[test]
fn days_that_contradict_each_other_are_refused() {
    assert_eq!(wrong_at((1, 2, 8), "03/02/1999"), ["Đảng viên H2: ROSTER-020 admitted=03/02/2000"]);
    assert_eq!(wrong_at((1, 2, 3), "03/02/2000"), ["Đảng viên G2: ROSTER-027"]);
    assert_eq!(wrong_at((1, 3, 8), "03/02/2022"), ["Đảng viên H3: ROSTER-022"]);
    assert_eq!(wrong_at((2, 2, 5), "01/05/2020"), ["Chức vụ E2: ROSTER-026 from=01/06/2020"]);
}

#[test]
fn a_very_long_text_is_refused_and_not_repeated() {
    let found = wrong_at((1, 2, 12), &"x".repeat(100_000));
    assert_eq!(found, ["Đảng viên L2: ROSTER-007 heading=Nơi công tác length=100000 max=300"]);
}

#[test]
fn html_in_every_field_is_text() {
    let mut book = book();
    let html = "<script>alert(1)</script>";
    for place in [(0, 2, 2), (0, 2, 5), (0, 2, 6), (0, 2, 7), (1, 2, 2), (1, 2, 4), (1, 2, 10), (1, 2, 11), (1, 2, 12)]
    {
        put(&mut book, place, html);
    }
    let (roster, remarks) = examined(&book, &Roster::default());
    assert_eq!(told(&remarks.errors.listed), [""; 0]);
    assert_eq!((roster.members[0].line.name.as_str(), roster.units[0].line.suffix.as_str()), (html, html));
    for place in [(0, 2, 3), (0, 2, 8), (1, 2, 3), (1, 2, 5), (1, 2, 6), (1, 2, 7), (1, 2, 9), (1, 2, 13), (2, 2, 1)] {
        assert!(!wrong_at(place, html).is_empty(), "{place:?}");
    }
}

#[test]
fn formulas_and_merged_cells_are_refused() {
    let found = wrong(|book| book[1].rows[1].cells[1].formula = true);
    assert_eq!(found, ["Đảng viên B2: ROSTER-008"]);
    let found = wrong(|book| book[0].rows[2].cells[1].merged = true);
    assert_eq!(found, ["Tổ chức B3: ROSTER-009"]);
}

#[test]
fn a_code_that_stands_twice_is_refused_with_its_first_row() {
    assert_eq!(wrong(|book| add(book, 0, UNIT_ROWS[1])), ["Tổ chức A4: ROSTER-010 code=CB1 row=3"]);
    let twice = ["ĐV1", "Lê Thị Mẫu", "", "", "CB1", "Chính thức", "03/02/2000", "03/02/2001"];
    assert_eq!(wrong(|book| add(book, 1, &twice)), ["Đảng viên A4: ROSTER-011 code=ĐV1 row=2"]);
    assert_eq!(wrong(|book| add(book, 2, POST_ROWS[0])), ["Chức vụ A3: ROSTER-025 code=ĐV1 row=2"]);
}

#[test]
fn a_card_number_belongs_to_one_person() {
    assert_eq!(wrong_at((1, 3, 4), "51.000001"), ["Đảng viên D3: ROSTER-012 card=51.000001 code=ĐV1 row=2"]);
    assert_eq!(wrong_at((1, 3, 4), "51.000009"), ["Đảng viên D3: ROSTER-013 card=51.000009 code=ĐV9 row=0"]);
}

#[test]
fn a_card_number_of_somebody_who_is_not_in_the_file_is_seen() {
    let (present, _) = examined(&book(), &Roster::default());
    let mut book = book();
    book[1].rows.truncate(1);
    add(&mut book, 1, &["ĐV3", "Lê Thị Mẫu", "", "51.000002", "CB1", "Dự bị", "03/02/2022"]);
    let present = unplaced(present);
    let (_, remarks) = examined(&book, &present);
    assert_eq!(told(&remarks.errors.listed), ["Đảng viên D2: ROSTER-013 card=51.000002 code=ĐV2 row=0"]);
}

fn unplaced(mut roster: Roster) -> Roster {
    roster.units.iter_mut().for_each(|at| at.row = 0);
    roster.members.iter_mut().for_each(|at| at.row = 0);
    roster.posts.iter_mut().for_each(|at| at.row = 0);
    roster
}

#[test]
fn a_unit_stands_under_one_that_exists_and_may_have_it() {
    assert_eq!(wrong_at((0, 3, 4), "ĐU9"), ["Tổ chức D3: ROSTER-014 code=ĐU9"]);
    assert_eq!(wrong_at((0, 3, 4), ""), ["Tổ chức D3: ROSTER-017 kind=Chi bộ"]);
    let below_a_cell = ["CB2", "Chi bộ thôn Hai", "Chi bộ", "CB1"];
    assert_eq!(
        wrong(|book| add(book, 0, &below_a_cell)),
        ["Tổ chức D4: ROSTER-016 kind=Chi bộ superior=Chi bộ code=CB2"]
    );
    let base_below = ["ĐU2", "Đảng bộ xã Mẫu Hai", "Đảng bộ cơ sở", "ĐU"];
    assert_eq!(
        wrong(|book| add(book, 0, &base_below)),
        ["Tổ chức D4: ROSTER-016 kind=Đảng bộ cơ sở superior=Đảng bộ cơ sở code=ĐU2"]
    );
}

#[test]
fn a_cycle_is_shown_whole() {
    let found = wrong(|book| {
        add(book, 0, &["BP1", "Đảng bộ bộ phận Một", "Đảng bộ bộ phận", "BP2"]);
        add(book, 0, &["BP2", "Đảng bộ bộ phận Hai", "Đảng bộ bộ phận", "BP1"]);
    });
    assert!(found.contains(&"Tổ chức D5: ROSTER-015 codes=BP1 → BP2 → BP1".to_owned()), "{found:?}");
}

#[test]
fn members_belong_to_cells() {
    assert_eq!(wrong_at((1, 3, 5), "CB9"), ["Đảng viên E3: ROSTER-018 code=CB9"]);
    assert_eq!(wrong_at((1, 3, 5), "ĐU"), ["Đảng viên E3: ROSTER-019 code=ĐU kind=Đảng bộ cơ sở"]);
}

#[test]
fn posts_name_people_and_units_that_exist() {
    assert_eq!(wrong_at((2, 2, 1), "ĐV8"), ["Chức vụ A2: ROSTER-023 code=ĐV8"]);
    assert_eq!(wrong_at((2, 2, 2), "CB9"), ["Chức vụ B2: ROSTER-024 code=CB9"]);
    assert_eq!(wrong_at((2, 2, 1), "ĐV9"), [""; 0], "people without a membership may hold posts");
}

#[test]
fn a_unit_has_one_head_at_a_time() {
    let second = ["ĐV2", "CB1", "Bí thư", "01/06/2022"];
    assert_eq!(wrong(|book| add(book, 2, &second)), ["Chức vụ C3: ROSTER-028 unit=CB1 member=ĐV1 from=01/06/2020"]);
    let handed_over = wrong(|book| {
        put(book, (2, 2, 5), "31/05/2022");
        add(book, 2, &second);
    });
    assert_eq!(handed_over, [""; 0]);
}

#[test]
fn a_cell_that_becomes_something_else_must_give_up_its_members_first() {
    let (present, _) = examined(&book(), &Roster::default());
    let mut book = book();
    put(&mut book, (0, 3, 3), "Đảng bộ bộ phận");
    book[1].rows.truncate(2);
    let (_, remarks) = examined(&book, &unplaced(present));
    let found = told(&remarks.errors.in_order(&SHEETS.map(|sheet| sheet.name)).listed);
    assert_eq!(found[0], "Tổ chức C3: ROSTER-035 code=CB1 member=ĐV2");
}

#[test]
fn nobody_changes_what_lies_outside_his_organisation() {
    let (file, _) = examined(&book(), &Roster::default());
    let present = unplaced(file);
    let mut remarks = Remarks::default();
    let mut book = book();
    add(&mut book, 0, &["ĐU2", "Đảng bộ xã Khác", "Đảng bộ cơ sở", ""]);
    add(&mut book, 0, &["CB2", "Chi bộ thôn Hai", "Chi bộ", "ĐU"]);
    let reading = read(&book, &mut remarks);
    let allowed = Some(BTreeSet::from(["ĐU".to_owned(), "CB1".to_owned()]));
    let (since, last_days) = (BTreeMap::new(), BTreeMap::new());
    let former = BTreeMap::new();
    let ground = Ground {
        present: &present,
        former: &former,
        since: &since,
        last_days: &last_days,
        undecided: &[],
        withdrawn: &[],
        allowed,
        today: today(),
    };
    check(&reading, &ground, &mut remarks);
    assert_eq!(told(&remarks.errors.listed), ["Tổ chức A4: ROSTER-032 code=ĐU2"]);
}

#[test]
fn one_error_among_ten_thousand_rows_is_found_and_all_are_counted() {
    let mut book = book();
    for number in 0..10_000 {
        let code = format!("ĐV1{number:05}");
        let day = if number == 7_777 { "29/02/2021" } else { "28/02/2021" };
        add(&mut book, 1, &[&code, "Lê Thị Mẫu", "", "", "CB1", "Dự bị", day]);
    }
    let (_, remarks) = examined(&book, &Roster::default());
    assert_eq!(told(&remarks.errors.listed), ["Đảng viên G7781: ROSTER-005 heading=Ngày vào Đảng value=29/02/2021"]);
    for row in &mut book[1].rows[3..] {
        row.cells.retain(|cell| cell.column != 2);
    }
    let (_, remarks) = examined(&book, &Roster::default());
    assert_eq!((remarks.errors.total, remarks.errors.listed.len()), (10_001, super::LISTED));
}

#[test]
fn what_is_odd_is_said_and_does_not_refuse() {
    let mut book = book();
    put(&mut book, (1, 2, 2), "NGUYỄN VĂN MẪU");
    put(&mut book, (1, 3, 2), "Mẫu");
    book[2].rows.truncate(1);
    let (_, remarks) = examined(&book, &Roster::default());
    assert_eq!(remarks.errors.total, 0);
    let codes: Vec<&str> = remarks.warnings.listed.iter().map(|odd| odd.what.code.as_str()).collect();
    assert_eq!(codes, ["ROSTER-106", "ROSTER-108", "ROSTER-104", "ROSTER-105"]);
}

#[test]
fn a_file_without_a_line_says_so() {
    assert_eq!(wrong(|book| book.iter_mut().for_each(|sheet| sheet.rows.truncate(1))), [" 0: ROSTER-029"]);
}

#[test]
fn a_change_is_shown_with_old_and_new_text() {
    let (present, _) = examined(&book(), &Roster::default());
    let mut book = book();
    put(&mut book, (1, 3, 6), "Chính thức");
    put(&mut book, (1, 3, 8), "01/12/2022");
    let (file, _) = examined(&book, &present);
    let difference = compare(&present, &file);
    assert_eq!((difference[1].changed, difference[1].unchanged, difference[0].unchanged), (1, 1, 2));
    let fields = &difference[1].listed_changed[0].fields;
    let told: Vec<String> = fields.iter().map(|one| format!("{}: {} → {}", one.heading, one.old, one.new)).collect();
    assert_eq!(told, ["Tình trạng: Dự bị → Chính thức", "Ngày chính thức:  → 01/12/2022"]);
}

prop_compose! {
    fn some_roster()(
        people in proptest::collection::vec(
            ("[A-ZĐa-zđưỡệ<>&'\" ]{1,30}", 0_u32..20_000, 0_usize..4, any::<bool>(), "[^\\PC]{0,40}"), 0..30
        )
    ) -> Vec<SheetRows> {
        let mut book = book();
        let base = Day::of(1930, 1, 1).unwrap();
        for (number, (name, days, standing, leader, workplace)) in people.into_iter().enumerate() {
            let born = base.plus_days(u64::from(days));
            let admitted = born.plus_days(7_000);
            let official = if standing == 1 { String::new() } else { admitted.plus_days(365).shown() };
            let (code, born, admitted) = (format!("X{number}"), born.shown(), admitted.shown());
            let standing = super::layout::STANDINGS[standing];
            let leader = super::layout::yes_no(leader);
            let name = if name.trim().is_empty() { "Mẫu" } else { name.as_str() };
            add(&mut book, 1, &[
                &code, name, &born, &code, "CB1", standing, &admitted, &official, "Viên chức", "", &workplace, "", leader,
            ]);
        }
        book
    }
}

proptest! {
    #[test]
    fn what_is_exported_and_read_again_changes_nothing(book in some_roster()) {
        let (roster, remarks) = examined(&book, &Roster::default());
        prop_assert_eq!(told(&remarks.errors.listed), Vec::<String>::new());
        let exported: Vec<SheetRows> = roster
            .sheets()
            .iter()
            .map(|(layout, rows)| {
                let headings: Vec<&str> = layout.columns.iter().map(|column| column.heading).collect();
                let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
                let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
                sheet(layout.name, &headings, &rows)
            })
            .collect();
        let (again, remarks) = examined(&exported, &unplaced(roster.clone()));
        prop_assert_eq!(told(&remarks.errors.listed), Vec::<String>::new());
        for sheet in compare(&roster, &again) {
            prop_assert_eq!((sheet.added, sheet.changed), (0, 0), "{:?}", sheet.listed_changed);
        }
    }
}

#[test]
fn layouts_and_lines_have_the_same_columns() {
    let (roster, _) = examined(&book(), &Roster::default());
    for (layout, rows) in roster.sheets() {
        assert!(rows.iter().all(|row| row.len() == layout.columns.len()), "{}", layout.name);
    }
    let widths = [UNITS.columns.len(), MEMBERS.columns.len(), POSTS.columns.len()];
    assert_eq!(widths, [UNIT_ROWS[0].len(), MEMBER_ROWS[0].len(), POST_ROWS[0].len()]);
    let _: &At<_> = &roster.units[0];
}

#[test]
fn whoever_left_another_base_organisation_can_be_taken_up_by_this_one_and_whoever_is_there_cannot() {
    let mut two = book();
    add(&mut two, 0, &["ĐU2", "Đảng bộ xã Khác", "Đảng bộ cơ sở", ""]);
    add(&mut two, 0, &["CB2", "Chi bộ thôn Hai", "Chi bộ", "ĐU2"]);
    put(&mut two, (1, 3, 5), "CB2");
    let found = |present: &Roster| {
        let mut remarks = Remarks::default();
        let mut book = book();
        for sheet in &mut book {
            sheet.rows.truncate(1);
        }
        let line = ["ĐV2", "Trần Thị Mẫu", "05/03/1980", "", "CB1", "Dự bị", "03/02/2022"];
        add(&mut book, 1, &line);
        let reading = read(&book, &mut remarks);
        let (former, since, last_days) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let ground = Ground {
            present,
            former: &former,
            since: &since,
            last_days: &last_days,
            undecided: &[],
            withdrawn: &[],
            allowed: Some(BTreeSet::from(["ĐU".to_owned(), "CB1".to_owned()])),
            today: today(),
        };
        check(&reading, &ground, &mut remarks);
        told(&remarks.errors.listed)
    };
    assert_eq!(found(&stored(&two)), ["Đảng viên E2: ROSTER-032 code=CB2"]);
    put(&mut two, (1, 3, 14), "15/11/2022");
    put(&mut two, (1, 3, 15), "Chuyển sinh hoạt đi");
    assert!(found(&stored(&two)).is_empty(), "{:?}", found(&stored(&two)));
}
