//! The published tables among the examples, checked against the books of their periods.

use rules::published::{Cell, Law, Report, Row, Severity, examine};
use rules::{Settings, Shelf};

use super::folder::{books, repository};

/// One line of the example with its year, kind of subject and figures. The last column is free text and may hold commas.
fn read(line: &str) -> (i32, &'static str, Row) {
    let columns: Vec<&str> = line.splitn(18, ',').collect();
    let count = |place: usize| columns[place].parse().ok();
    let cell = |place: usize, percent: usize| Cell {
        count: count(place),
        percent: Some(columns[percent].to_owned()).filter(|text| !text.is_empty()),
    };
    let only = |place: usize| Cell { count: count(place), percent: None };
    let levels = ["excellent", "good", "fulfilled", "not_fulfilled"].map(str::to_owned);
    let cells = [cell(8, 9), cell(10, 11), cell(12, 13), cell(14, 15)];
    let subject = match columns[4] {
        "members" => "member",
        text if text.starts_with("leaders") => "leader",
        _ => "organization",
    };
    let row = Row {
        id: columns[0].to_owned(),
        existing: count(5),
        reviewed: only(6),
        rated: count(7),
        levels: levels.into_iter().zip(cells).collect(),
        not_rated: only(16),
        single_group: columns[17].contains("single peer group"),
        ..Row::default()
    };
    (columns[2].parse().unwrap(), subject, row)
}

fn report(id: &str) -> Report {
    let text = std::fs::read_to_string(repository().join("examples/published-results.csv")).unwrap();
    let line = text.lines().find(|line| line.starts_with(&format!("{id},"))).unwrap();
    let (year, subject, row) = read(line);
    let shelf = Shelf::new(books().into_iter().map(|(_, book)| book));
    let end = format!("{year}-12-31").parse().unwrap();
    let settings = Settings::new();
    let law = shelf.governing("party", end).map(|book| Law { book, subject, settings: &settings });
    examine(&row, law)
}

fn codes(report: &Report) -> Vec<&str> {
    report.remarks.iter().map(|remark| remark.code).collect()
}

#[test]
fn scenario_44_nghe_an_2023_breaks_the_letter_and_keeps_the_other_readings() {
    let report = report("R13");
    assert_eq!(codes(&report), ["PUB-025"]);
    assert_eq!(report.severity(), Some(Severity::Warning));
    let over: Vec<_> =
        report.caps.iter().filter(|cap| cap.over > 0).map(|cap| cap.reading.denominator.word()).collect();
    assert_eq!(over, ["literal", "literal"]);
    assert_eq!(report.caps[0].arithmetic.vi, "20 % × (5 + 20) = 5,00 → tối đa 5; hiện có 5");
    let citation = report.remarks[0].citation.as_ref().unwrap();
    assert_eq!((citation.number.as_str(), citation.article.vi.as_str()), ("124-QĐ/TW", "Điều 12"));
}

#[test]
fn tay_ninh_2022_keeps_every_reading() {
    let report = report("R07b");
    assert_eq!(codes(&report), Vec::<&str>::new());
    assert!(report.caps.iter().all(|cap| cap.over == 0));
    assert_eq!(report.sum, Some(129));
}

#[test]
fn before_2019_no_book_governs_and_the_report_says_so() {
    let report = report("R05b");
    assert!(codes(&report).contains(&"PUB-020"));
    assert!(report.caps.is_empty());
}

#[test]
fn every_row_of_the_example_gets_a_report() {
    for id in ["R03a", "R05a", "R05b", "R05c", "R05d", "R07a", "R07b", "R08", "R13"] {
        assert_eq!(report(id).id, id);
    }
    assert_eq!(report("R05a").severity(), Some(Severity::Error));
}

#[test]
fn a_single_group_over_every_reading_is_an_error() {
    let (_, _, mut row) = read("X,place,2022,2019-2022,members,20,,20,10,,10,,0,,0,,,single peer group");
    let shelf = Shelf::new(books().into_iter().map(|(_, book)| book));
    let settings = Settings::new();
    let law = Law { book: shelf.get("party-2018-qd132").unwrap(), subject: "member", settings: &settings };
    assert_eq!(codes(&examine(&row, Some(law))), ["PUB-022"]);
    row.single_group = false;
    let remarks = examine(&row, Some(law)).remarks;
    assert_eq!((remarks[0].code, remarks[0].severity), ("PUB-023", Severity::Warning));
    assert!(remarks[0].message.vi.ends_with("nên riêng tổng chưa chứng minh được gì"), "{}", remarks[0].message.vi);
}
