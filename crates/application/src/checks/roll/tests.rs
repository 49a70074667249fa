use std::collections::BTreeMap;
use std::path::Path;

use super::*;
use crate::Error;
use crate::checks::grid::Sheet;

mod groups;
mod letters;
mod pieces;
mod reading;

fn texts(folder: &str) -> BTreeMap<String, String> {
    fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            match path.is_dir() {
                true => collect(&path, &format!("{name}/"), files),
                false if path.extension().is_some_and(|ending| ending == "toml") => {
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
    assert_eq!(found(&report), wanted, "{:#?}", report.breaches);
    let reasons: Vec<&str> = report.head.left_out.iter().map(|left| left.reason.as_str()).collect();
    assert_eq!((report.head.rows, reasons), (5, vec!["section", "totals"]));
    let disciplined = &report.breaches[1];
    assert_eq!((disciplined.who.as_str(), disciplined.base.as_str()), ("Nguyễn Văn Mẫu 02", "Đảng bộ xã Mẫu"));
    assert!(disciplined.citation.as_ref().unwrap().vi.contains("21-HD/BTCTW"));
    assert!(report.head.derived.iter().any(|told| told.vi.contains("“Chức vụ”")), "{:?}", report.head.derived);
}

#[test]
fn facts_that_are_not_known_break_nothing_and_are_counted() {
    let report = report("STT|Họ tên|Xếp loại\n1|Nguyễn Văn Mẫu|HTT\n2|Trần Thị Mẫu|\n", "2022");
    assert_eq!(found(&report), Vec::<String>::new());
    let summary = &report.summary;
    assert_eq!((summary.untold, summary.without_level, report.breaks_a_rule()), (1, 1, false));
    let missing: Vec<&str> = summary.missing.iter().map(|missing| missing.fact.as_str()).collect();
    assert!(missing.contains(&"disciplined_in_year") && missing.contains(&"sick_leave_days"), "{missing:?}");
}

#[test]
fn blank_means_what_the_mapping_says_and_every_row_has_the_common_facts() {
    let (library, grid) = (library(), grid("Họ tên|Kỷ luật|Xếp loại\nNguyễn Văn Mẫu||HTT\nTrần Thị Mẫu|x|A\n"));
    let mut mapping = guess(&library, &grid, &asked("2022")).unwrap();
    mapping.columns[1].blank = Some("không".to_owned());
    mapping.words.insert("A".to_owned(), "excellent".to_owned());
    mapping.facts.insert("standing".to_owned(), "chính thức".to_owned());
    let report = examine(&library, &grid, &mapping, None).unwrap();
    assert_eq!(found(&report), ["over_cap warning 0 QUOTA-001", "disciplined error C3 RULE-121"]);
    assert!(!report.summary.missing.iter().any(|one| one.fact == "disciplined_in_year" || one.fact == "standing"));
    mapping.facts.insert("standing".to_owned(), "cao".to_owned());
    let refused = examine(&library, &grid, &mapping, None).unwrap_err();
    assert!(refused.to_string().contains("CHECK-016"), "{refused}");
}

const GROUPS: &str = "
    STT|Họ tên|TCCSĐ|Xếp loại
    1|Mẫu 01|Đảng bộ A|HTXSNV
    2|Mẫu 02|Đảng bộ A|HTTNV
    3|Mẫu 03|Đảng bộ A|HTTNV
    4|Mẫu 04|Đảng bộ A|HTNV
    5|Mẫu 05|Đảng bộ B|HTNV
";

#[test]
fn the_cap_is_counted_in_each_group_and_a_chosen_reading_is_an_error() {
    let open = report(GROUPS, "2022");
    assert_eq!(found(&open), ["over_cap note C0 QUOTA-001"], "1 of 3 or 4: kept as rounded, over when cut off");
    assert_eq!((open.caps.len(), open.caps[0].readings.len()), (1, 6));
    let asked = Asked { settings: vec![("quota_rounding".to_owned(), "floor".to_owned())], ..asked("2022") };
    let (library, grid) = (library(), grid(GROUPS));
    let mapping = guess(&library, &grid, &asked).unwrap();
    let chosen = examine(&library, &grid, &mapping, None).unwrap();
    assert_eq!(found(&chosen), ["over_cap error C0 QUOTA-001"]);
    assert_eq!(
        chosen.breaches[0].figures[0].vi,
        "tốt trở lên, bỏ phần lẻ: 20 % × (1 + 2) = 0,60 → tối đa 0; hiện có 1"
    );
    assert!(chosen.head.settings.iter().any(|setting| setting.name == "quota_rounding" && setting.chosen));
}

#[test]
fn a_table_without_a_column_for_the_group_proves_nothing_about_the_cap() {
    let report = report("Họ tên|Xếp loại\nMẫu 01|HTXSNV\nMẫu 02|HTXSNV\nMẫu 03|HTTNV\n", "2022");
    assert_eq!(found(&report), ["over_cap warning 0 QUOTA-001"]);
    assert!(report.breaches[0].message.vi.contains("chưa chứng minh được gì") && !report.breaks_a_rule());
}

/// A second file, as it is guessed.
fn second(grid: &Grid) -> Units<'_> {
    Units { file: "don-vi.csv", grid, mapping: None }
}

const HEADS: &str = "
    STT|Họ tên|Chi bộ|Chức vụ|Xếp loại
    1|Mẫu 01|Chi bộ 1|Bí thư chi bộ|HTTNV
    2|Mẫu 02|Chi bộ 1|Phó bí thư|HTTNV
    3|Mẫu 03|Chi bộ 2|Bí thư|HTTNV
";

#[test]
fn the_head_is_compared_with_his_unit_from_another_file_or_another_sheet() {
    let units = "Tên chi bộ|Xếp loại\nChi bộ 1|HTNV\nCHI BỘ 2|HTTNV\n";
    let (library, people) = (library(), grid(HEADS));
    let mapping = guess(&library, &people, &asked("2022")).unwrap();
    let with_file = examine(&library, &people, &mapping, Some(second(&grid(units)))).unwrap();
    assert_eq!(found(&with_file), ["above_unit warning E2 RULE-126"], "a reading, so a warning");
    let told: Vec<&str> = with_file.head.derived.iter().map(|derived| derived.vi.as_str()).collect();
    assert!(told.iter().any(|told| told.contains("tệp “don-vi.csv” (2 đơn vị có mức)")), "{told:?}");
    let both = Grid { sheets: vec![sheet("Người", HEADS), sheet("Đơn vị", units)] };
    let mapping = guess(&library, &both, &asked("2022")).unwrap();
    assert_eq!(mapping.sheet, "Người");
    assert_eq!(found(&examine(&library, &both, &mapping, None).unwrap()), ["above_unit warning E2 RULE-126"]);
    let alone = examine(&library, &people, &mapping, None).unwrap();
    assert_eq!(
        found(&alone),
        Vec::<String>::new(),
        "the same headings under another name are read; nothing to compare with"
    );
    let strange = examine(&library, &both, &mapping, Some(second(&grid("a|b\n1|2\n")))).unwrap_err();
    assert!(strange.to_string().contains("CHECK-011"), "{strange}");
    let people_again = examine(&library, &people, &mapping, Some(second(&grid(HEADS)))).unwrap_err();
    assert!(people_again.to_string().contains("CHECK-020"), "levels of people are not those of their units");
}

#[test]
fn a_second_file_is_read_as_confirmed_and_never_ignored_silently() {
    let (library, people) = (library(), grid(HEADS));
    let mapping = guess(&library, &people, &asked("2022")).unwrap();
    let table = grid("Nơi|Xếp loại\nChi bộ 1|HTNV\nChi bộ 2|HTTNV\n");
    let asked_units = Asked { kind: Some(Kind::Unit), ..asked("2022") };
    let (mut read, doubt) = sketch(&library, &table, &asked_units).unwrap();
    assert!(doubt.is_some(), "these headings are not understood");
    for (column, means) in read.columns.iter_mut().zip(["name", "level.decided"]) {
        means.clone_into(&mut column.means);
    }
    let units = Units { file: "x.csv", grid: &table, mapping: Some(&read) };
    assert_eq!(units_told(&library, units, &mapping).unwrap(), 2);
    assert_eq!(found(&examine(&library, &people, &mapping, Some(units)).unwrap()), ["above_unit warning E2 RULE-126"]);

    let blank = grid("Tên chi bộ|Xếp loại\nChi bộ 1|\nChi bộ 2|\n");
    let refused = examine(&library, &people, &mapping, Some(second(&blank))).unwrap_err();
    let Error::Refused(reasons) = refused else { panic!("{refused}") };
    assert_eq!((reasons[0].code.as_str(), reasons[0].field.as_deref()), ("CHECK-024", Some("units")));

    let own = grid("Tên chi bộ|Xếp loại\nChi bộ 1|HTNV\n");
    let of_units = guess(&library, &own, &Asked { kind: Some(Kind::Unit), ..asked("2022") }).unwrap();
    let refused = examine(&library, &own, &of_units, Some(units)).unwrap_err();
    assert!(refused.to_string().contains("CHECK-025"), "{refused}");

    let without_posts = grid("Họ tên|Xếp loại\nMẫu 01|HTTNV\n");
    let mapping = guess(&library, &without_posts, &asked("2022")).unwrap();
    let report = examine(&library, &without_posts, &mapping, Some(units)).unwrap();
    let told: Vec<&str> = report.head.derived.iter().map(|derived| derived.vi.as_str()).collect();
    assert!(told.contains(&"Không dùng tệp “x.csv”: bảng không có cột chức vụ"), "{told:?}");
}

#[test]
fn only_the_sheets_about_units_of_a_second_file_are_kept() {
    let library = library();
    let mapping = guess(&library, &grid(HEADS), &asked("2022")).unwrap();
    let units = "Tên chi bộ|Xếp loại\nChi bộ 1|HTNV\n";
    let both = Grid { sheets: vec![sheet("Người", HEADS), sheet("Đơn vị", units), sheet("Trống", "")] };
    let kept = sheets_of_units(&library, both, &mapping).unwrap();
    assert_eq!(kept.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Đơn vị"]);
    for (file, code) in [(HEADS, "CHECK-020"), ("", "CHECK-004")] {
        let refused = sheets_of_units(&library, grid(file), &mapping).unwrap_err();
        assert!(refused.to_string().contains(code), "{refused}");
    }
}

#[test]
fn every_sheet_with_the_same_headings_is_read() {
    let one = "Họ tên|Kỷ luật|Xếp loại\nMẫu 01|không|HTT\n";
    let two = "Chi bộ 2\n\nHọ tên|Kỷ luật|Xếp loại\nMẫu 02|có|HTT\n";
    let grid = Grid { sheets: vec![sheet("CB1", one), sheet("CB2", two), sheet("Khác", "a|b\n")] };
    let mapping = guess(&library(), &grid, &asked("2022")).unwrap();
    let report = examine(&library(), &grid, &mapping, None).unwrap();
    assert_eq!((report.head.sheets.join(" "), report.head.rows), ("CB1 CB2".to_owned(), 2));
    assert_eq!((report.breaches[0].sheet.as_str(), report.breaches[0].row), ("CB2", 4));
}

#[test]
fn what_cannot_be_understood_is_refused_with_the_headings_seen() {
    let cases = [
        ("Họ tên|Ngày sinh\nMẫu|1/1/1970\n", "CHECK-011", "“Ngày sinh”"),
        ("Mã số|Xếp loại\n12|HTT\n", "CHECK-021", "“Mã số”"),
        ("Họ tên|Xếp loại|Xếp loại\nMẫu|HTT|HT\n", "CHECK-013", "C “Xếp loại”"),
        ("Họ tên|Xếp loại\n", "CHECK-004", ""),
        ("1|2|3\n4|5|6\n", "CHECK-011", ""),
    ];
    for (lines, code, told) in cases {
        let refusal = refused(lines, &asked("2022"));
        assert_eq!(refusal.code, code, "{lines}");
        assert!(refusal.to_string().contains(told), "{refusal}");
    }
    assert_eq!(refused(LIST, &asked("1999")).code, "CHECK-014");
    assert_eq!(refused("Họ tên|Xếp loại\nMẫu|HTT\n", &Asked::default()).code, "CHECK-012");
    assert_eq!(refused("", &asked("2022")).code, "CHECK-004");
    let set = |name: &str| Asked { settings: vec![(name.to_owned(), "b".to_owned())], ..asked("2022") };
    assert_eq!(refused(LIST, &set("quota_rounding")).code, "CHECK-017");
    assert!(refused(LIST, &set("a")).to_string().contains("quota_rounding"));
    let subject = Asked { subject: Some("horse".to_owned()), ..asked("2022") };
    assert_eq!(refused(LIST, &subject).code, "CHECK-014");
}

#[test]
fn numbers_out_of_all_measure_are_read_as_nothing_and_told() {
    let report =
        report("Họ tên|Nghỉ ốm (ngày)|Điểm|Xếp loại\nMẫu 01|1e308|x|HTT\nMẫu 02|99999999999999999999|1|HTT\n", "2022");
    assert_eq!(found(&report), ["value_unread warning B2", "value_unread warning B3"]);
}

#[test]
fn the_period_is_taken_from_the_title_when_it_is_not_said() {
    let mapping = guess(&library(), &grid(LIST), &Asked::default()).unwrap();
    assert_eq!(mapping.period, "2022");
    let two = format!("KẾT QUẢ NĂM 2021{LIST}");
    assert_eq!(refused(&two, &Asked::default()).code, "CHECK-012");
}

#[test]
fn a_published_summary_is_no_list_and_a_list_no_summary() {
    let library = library();
    assert!(is_roll(&library, &grid(LIST)).unwrap());
    assert!(is_roll(&library, &grid("Tên chi bộ|Xếp loại\nChi bộ 1|HTT\n")).unwrap());
    assert!(!is_roll(&library, &grid("Địa phương, đơn vị|Năm|HTXS|HTT|HT|KHT\nXã Mẫu|2022|1|2|3|0\n")).unwrap());
    assert!(!is_roll(&library, &grid("a|b\n1|2\n")).unwrap());
}

#[test]
fn civil_servants_and_leaders_have_their_own_books_and_rules() {
    let asked_for = |subject: &str, period: &str| Asked { subject: Some(subject.to_owned()), ..asked(period) };
    let mapping = guess(&library(), &grid(LIST), &asked_for("official", "2022")).unwrap();
    assert!(mapping.columns.iter().all(|column| column.means != "fact.standing"));
    let report = examine(&library(), &grid(LIST), &mapping, None).unwrap();
    assert_eq!(report.head.book, "civil-2020-nd90");
    let mapping = guess(&library(), &grid(LIST), &asked_for("leader", "2022")).unwrap();
    assert_eq!(examine(&library(), &grid(LIST), &mapping, None).unwrap().head.mapping.subject, "leader");
}

#[test]
fn choices_for_the_page_name_every_column_meaning_in_both_languages() {
    let mapping = guess(&library(), &grid(LIST), &asked("2022")).unwrap();
    let choices = choices(&library(), &mapping).unwrap();
    for column in &mapping.columns {
        assert!(choices.meanings.iter().any(|choice| choice.value == column.means), "{}", column.means);
    }
    assert!(choices.meanings.iter().all(|choice| !choice.title.vi.is_empty() && !choice.title.en.is_empty()));
    assert_eq!(samples(&grid(LIST), &mapping, &mapping.columns[10], 2), ["HTXSNV", "HTT"]);
}
