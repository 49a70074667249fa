use super::*;

fn mapping_of(lines: &str) -> Mapping {
    guess(&library(), &grid(lines), &asked("2022")).unwrap()
}

fn examined(lines: &str, mapping: &Mapping) -> Result<RollReport> {
    examine(&library(), &grid(lines), mapping, None)
}

const LETTERS: &str = "
    STT|Họ và tên|Ngày vào Đảng|TCCSĐ|Mức xếp loại
    1|Nguyễn Văn Mẫu 01|03/02/1999|Đảng bộ xã Mẫu|A
    2|Nguyễn Văn Mẫu 02|03/02/1999|Đảng bộ xã Mẫu|b
    3|Nguyễn Văn Mẫu 03|03/02/1999|Đảng bộ xã Mẫu|Loại C
    4|Nguyễn Văn Mẫu 04|03/02/1999|Đảng bộ xã Mẫu|D
    5|Nguyễn Văn Mẫu 05|03/02/1999|Đảng bộ xã Mẫu|HTT
    ";

#[test]
fn letters_are_taken_for_levels_and_what_they_were_taken_for_is_told() {
    let mapping = mapping_of(LETTERS);
    let words: Vec<(&str, &str)> = mapping.words.iter().map(|(letter, id)| (letter.as_str(), id.as_str())).collect();
    assert_eq!(words, [("A", "excellent"), ("D", "not_fulfilled"), ("Loại C", "fulfilled"), ("b", "good")]);
    let report = examined(LETTERS, &mapping).unwrap();
    let levels: Vec<u64> = report.summary.levels.iter().map(|level| level.rows).collect();
    assert_eq!(levels, [1, 2, 1, 1]);
    assert!(report.head.derived.iter().any(|said| said.vi == "“A” được đọc là “Hoàn thành xuất sắc nhiệm vụ”"));
    // Given back with another level for a letter, that is what it stands for.
    let mut corrected = Mapping::read(&mapping.write()).unwrap();
    corrected.words.insert("b".to_owned(), "fulfilled".to_owned());
    let levels: Vec<u64> =
        examined(LETTERS, &corrected).unwrap().summary.levels.iter().map(|level| level.rows).collect();
    assert_eq!(levels, [1, 1, 2, 1]);
}

#[test]
fn letters_beside_something_strange_are_no_levels() {
    let strange = LETTERS.replace("Loại C", "E");
    let mapping = mapping_of(&strange);
    assert!(mapping.words.is_empty(), "{:?}", mapping.words);
    let report = examined(&strange, &mapping).unwrap();
    assert_eq!(report.breaches.iter().filter(|one| one.kind == "level_unread").count(), 4);
}

#[test]
fn usual_abbreviations_need_no_confirmation() {
    let usual = LETTERS
        .replace("|A\n", "|HTXSNV\n")
        .replace("|b\n", "|HTTNV\n")
        .replace("Loại C", "HTNV")
        .replace("|D\n", "|KHTNV\n");
    let mapping = mapping_of(&usual);
    assert!(mapping.words.is_empty(), "{:?}", mapping.words);
    let levels: Vec<u64> = examined(&usual, &mapping).unwrap().summary.levels.iter().map(|level| level.rows).collect();
    assert_eq!(levels, [1, 2, 1, 1]);
}

#[test]
fn what_an_empty_cell_means_must_be_able_to_stand_in_its_column() {
    let lines = "
        STT|Họ và tên|Ngày vào Đảng|Kỷ luật|Nghỉ ốm (ngày)|Mức xếp loại
        1|Nguyễn Văn Mẫu 01|03/02/1999||0|HTT
        ";
    let with = |at: &str, blank: &str| {
        let mut mapping = mapping_of(lines);
        let column = mapping.columns.iter_mut().find(|column| column.at == at).unwrap();
        column.blank = Some(blank.to_owned());
        examined(lines, &mapping)
    };
    assert!(with("D", "không").is_ok() && with("E", "0").is_ok());
    for (at, blank) in [("E", "không rõ"), ("D", "12 chỗ")] {
        let Err(Error::Refused(reasons)) = with(at, blank) else { panic!("{at} {blank}") };
        let told: Vec<&str> = reasons[0].args.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(reasons[0].code, "CHECK-023");
        assert!(told.contains(&at) && told.contains(&blank), "{told:?}");
    }
}

#[test]
fn a_section_with_counts_is_a_heading_and_not_a_person() {
    let lines = "
        STT|Họ và tên|Ngày vào Đảng|HTXS|HTT|HT|KHT
        I|Chi bộ Thôn 1 (13)||3|8|2|
        1|Nguyễn Văn Mẫu 01|03/02/1999|1|||
        2|Nguyễn Văn Mẫu 02|03/02/1999||1||
        |Chi bộ Thôn 2 (4)|||4||
        3|Nguyễn Văn Mẫu 03|03/02/1999||1||
        II|Chi bộ Thôn 3 (1)|||1||
        4|Nguyễn Văn Mẫu 04|03/02/1999|||x|
        ";
    let report = report(lines, "2022");
    assert_eq!(report.head.rows, 4);
    let left: Vec<(&str, usize)> = report.head.left_out.iter().map(|left| (left.reason.as_str(), left.rows)).collect();
    assert_eq!(left, [("section", 3)]);
    let levels: Vec<u64> = report.summary.levels.iter().map(|level| level.rows).collect();
    assert_eq!(levels, [1, 2, 1, 0]);
}

#[test]
fn two_years_running_are_told_where_the_table_has_the_year_before() {
    let lines = |head: &str| {
        format!(
            "
        STT|Họ và tên|Ngày vào Đảng|{head}|Xếp loại
        1|Nguyễn Văn Mẫu 01|03/02/1999|KHT|KHT
        2|Nguyễn Văn Mẫu 02|03/02/1999|HTT|KHT
        3|Nguyễn Văn Mẫu 03|03/02/1999|KHT|HTT
        4|Nguyễn Văn Mẫu 04|03/02/1999||KHT
        "
        )
    };
    for head in ["Xếp loại năm trước", "Xếp loại năm 2021", "Kết quả năm 2021"] {
        let report = report(&lines(head), "2022");
        let columns: Vec<&str> = report.head.mapping.columns.iter().map(|column| column.means.as_str()).collect();
        assert_eq!(columns[3..], ["previous", "level.decided"], "{head}");
        let decide: Vec<(u32, &str)> = report
            .breaches
            .iter()
            .filter(|one| one.kind == "needs_decision" && one.column == "D")
            .map(|one| (one.row, one.severity.as_str()))
            .collect();
        assert_eq!(decide, [(2, "note")], "{head}");
    }
}

#[test]
fn how_many_heads_stand_outside_the_cap_is_told() {
    let mut lines = "STT|Họ và tên|Ngày vào Đảng|TCCSĐ|Người đứng đầu|Mức xếp loại\n".to_owned();
    for row in 1..=12 {
        let head = match row {
            1 | 2 => "có",
            3 => "",
            _ => "không",
        };
        let level = if row <= 4 { "HTXS" } else { "HTT" };
        lines += &format!("{row}|Nguyễn Văn Mẫu {row:02}|03/02/1999|Đảng bộ xã Mẫu|{head}|{level}\n");
    }
    let library = library();
    let quota_setting = library
        .books()
        .find(|book| book.id.starts_with("party-2025"))
        .and_then(|book| book.quota("member")?.head_setting.clone());
    let Some(setting) = quota_setting else { panic!("the book leaves the heads to a setting") };
    let asked = Asked { settings: vec![(setting.clone(), "false".to_owned())], ..asked("2025") };
    let mapping = guess(&library, &grid(&lines), &asked).unwrap();
    let report = examine(&library, &grid(&lines), &mapping, None).unwrap();
    let cap = &report.caps[0];
    assert_eq!((cap.heads_outside, cap.perhaps_outside, cap.readings[0].used), (2, 1, 2));
    let told = report.head.derived.iter().find(|said| said.vi.contains("không tính vào trần")).unwrap();
    assert!(told.vi.contains(": 2;") && told.vi.ends_with(": 1."), "{}", told.vi);
    // Where heads are counted, nobody stands outside.
    let asked = Asked { settings: vec![(setting, "true".to_owned())], ..asked };
    let mapping = guess(&library, &grid(&lines), &asked).unwrap();
    let cap = &examine(&library, &grid(&lines), &mapping, None).unwrap().caps[0];
    assert_eq!((cap.heads_outside, cap.perhaps_outside, cap.readings[0].used), (0, 0, 4));
}

#[test]
fn a_table_that_is_wrong_everywhere_is_counted_whole_and_listed_in_part() {
    let mut lines = "STT|Họ và tên|Ngày vào Đảng|TCCSĐ|Nghỉ ốm (ngày)|Mức xếp loại\n".to_owned();
    for row in 1..=2_500 {
        lines += &format!("{row}|Nguyễn Văn Mẫu {row}|03/02/1999|Đảng bộ xã Mẫu|không rõ {row}|chữ lạ {row}\n");
    }
    let report = report(&lines, "2022");
    assert_eq!((report.summary.errors, report.summary.warnings), (2_500, 2_500));
    assert_eq!(report.breaches.len(), 2_000);
    let cut: Vec<(&str, usize)> = report.summary.cut.iter().map(|cut| (cut.kind.as_str(), cut.findings)).collect();
    assert_eq!(cut, [("level_unread", 1_500), ("value_unread", 1_500)]);
    assert_eq!((report.summary.places[0].errors, report.summary.places[0].warnings), (2_500, 2_500));
}
