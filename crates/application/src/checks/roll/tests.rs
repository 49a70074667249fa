use std::collections::BTreeMap;
use std::path::Path;

use super::*;
use crate::checks::grid::Sheet;

fn texts(folder: &str) -> BTreeMap<String, String> {
    fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            match path.is_dir() {
                true => collect(&path, &format!("{name}/"), files),
                false if name.ends_with(".toml") => {
                    files.insert(name, std::fs::read_to_string(path).unwrap());
                }
                false => {}
            }
        }
    }
    let mut files = BTreeMap::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder), "", &mut files);
    files
}

fn library() -> Library {
    Library::load(&texts("rulebooks"), &BTreeMap::new()).unwrap()
}

/// A sheet out of lines with `|` between the cells.
fn sheet(name: &str, lines: &str) -> Sheet {
    let mut sheet = Sheet::named(name);
    for (number, line) in (1_u32..).zip(lines.trim_start_matches('\n').lines()) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        sheet.begin_row(number);
        for (column, text) in (1_u32..).zip(line.split('|')) {
            let text = text.trim();
            sheet.push(column, text, text.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
    sheet
}

fn grid(lines: &str) -> Grid {
    Grid { sheets: vec![sheet("", lines)] }
}

fn asked(period: &str) -> Asked {
    Asked { period: Some(period.to_owned()), ..Asked::default() }
}

fn report(lines: &str, period: &str) -> RollReport {
    let (library, grid) = (library(), grid(lines));
    let mapping = guess(&library, &grid, &asked(period)).unwrap();
    examine(&library, &grid, &mapping, None).unwrap()
}

/// Kind, severity, row and column of every finding.
fn found(report: &RollReport) -> Vec<String> {
    let line = |one: &Breach| format!("{} {} {}{} {}", one.kind, one.severity, one.column, one.row, one.rule);
    report.breaches.iter().map(|one| line(one).trim_end().to_owned()).collect()
}

fn means(lines: &str, period: &str) -> Vec<String> {
    let mapping = guess(&library(), &grid(lines), &asked(period)).unwrap();
    mapping.columns.iter().map(|column| column.means.clone()).collect()
}

fn refused(lines: &str, asked: &Asked) -> Refusal {
    let (library, grid) = (library(), grid(lines));
    match guess(&library, &grid, asked).and_then(|mapping| examine(&library, &grid, &mapping, None)) {
        Err(Error::Refused(reasons)) => reasons.into_iter().next().unwrap(),
        other => panic!("{other:?}"),
    }
}

const LIST: &str = "
    DANH SÁCH ĐẢNG VIÊN ĐƯỢC XẾP LOẠI NĂM 2022
    STT|Họ và tên|Ngày sinh|Ngày vào Đảng|TCCSĐ|Chi bộ|Chức vụ|Kỷ luật|Nghỉ ốm (ngày)|XL công chức|Mức xếp loại
    1|Nguyễn Văn Mẫu 01|01/02/1970|03/02/1999|Đảng bộ xã Mẫu|Thôn 1|Bí thư|không|0|HTXSNV|HTXSNV
    2|Nguyễn Văn Mẫu 02|01/02/1971|03/02/2000|Đảng bộ xã Mẫu|Thôn 1||Khiển trách|0||HTT
    3|Nguyễn Văn Mẫu 03|01/02/1972|03/02/2001|Đảng bộ xã Mẫu|Thôn 1|||95||Hoàn thành tốt nhiệm vụ
    4|Nguyễn Văn Mẫu 04|01/02/1973|03/09/2022|Đảng bộ xã Mẫu|Thôn 2|||||HT
    5|Nguyễn Văn Mẫu 05|01/02/1974|03/02/2003|Đảng bộ xã Mẫu|Thôn 2||x|||KHT
    Tổng cộng: 5 người
    NGƯỜI LẬP BIỂU
";

#[test]
fn headings_as_people_write_them_are_understood() {
    let means = means(LIST, "2022");
    let wanted = [
        "number",
        "name",
        "born",
        "fact.admitted_on",
        "base",
        "cell",
        "title",
        "fact.disciplined_in_year",
        "fact.sick_leave_days",
        "fact.civil_service_level",
        "level.decided",
    ];
    assert_eq!(means, wanted);
}

#[test]
fn levels_that_the_law_of_the_year_forbids_are_found_with_rule_and_row() {
    let report = report(LIST, "2022");
    let wanted = [
        "over_cap note E0 QUOTA-001",
        "disciplined error K4 RULE-121",
        "conditions error K5 RULE-111",
        "review_only error K6 RULE-103",
    ];
    assert_eq!(found(&report)[1..], wanted[1..], "{:#?}", report.breaches);
    assert_eq!((report.head.rows, report.head.left_out.len()), (5, 2));
}
