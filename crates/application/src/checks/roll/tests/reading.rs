//! What rows, cells and headings are read as.

use super::*;

#[test]
fn a_level_is_read_from_its_whole_title_or_not_at_all() {
    let written = [
        "Hoàn thành XS nhiệm vụ",
        "Hoàn thành XSNV",
        "Hoàn thành xuất xắc nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ (89 điểm)",
        "Hoàn thành nhiệm vụ - 71 điểm",
        "Hoàn thành khá",
        "Hoàn thành nhiệm vụ ở mức khá",
        "Hoàn thành tốt nhiệm vụ, không hoàn thành nhiệm vụ",
    ];
    let lines: String = written.iter().map(|level| format!("Mẫu|{level}\n")).collect();
    let report = report(&format!("Họ tên|Xếp loại\n{lines}"), "2022");
    let counts: Vec<u64> = report.summary.levels.iter().map(|level| level.rows).collect();
    assert_eq!((counts, report.summary.without_level), (vec![3, 1, 1, 0], 3), "{:?}", found(&report));
    let unread = found(&report).into_iter().filter(|one| one.starts_with("level_unread"));
    assert_eq!(unread.collect::<Vec<_>>(), ["level_unread error B7", "level_unread error B8", "level_unread error B9"]);
}

#[test]
fn who_is_said_not_to_be_disciplined_is_not() {
    let written = [
        "Khiển trách",
        "Chưa bị kỷ luật",
        "Đảng viên không bị kỷ luật",
        "Không; không",
        "không có hình thức kỷ luật nào",
        "không rõ",
        "Cảnh cáo (không công khai)",
        "không, nhưng năm trước khiển trách",
    ];
    let lines: String = written.iter().map(|word| format!("Mẫu|{word}|HTT\n")).collect();
    let report = report(&format!("Họ tên|Kỷ luật|Xếp loại\n{lines}"), "2022");
    let wanted = [
        "disciplined error C2 RULE-121",
        "value_unread warning B7",
        "value_unread warning B8",
        "value_unread warning B9",
    ];
    assert_eq!(found(&report), wanted);
}

#[test]
fn people_and_units_whose_names_look_like_totals_are_kept() {
    let people = "Họ tên|Xếp loại\nTống Thị Hoa|HTT\nTống Văn Bình|HTT\nCông Tằng|HTNV\nTổng cộng: 3|\n";
    let read = report(people, "2022");
    assert_eq!((read.head.rows, read.head.left_out.len()), (3, 1), "{:?}", read.head.left_out);
    let units = "Tên chi bộ|Xếp loại\nCông an xã|HTT\nCông đoàn|HTT\nCông ty A|HTNV\nTổng công ty B|HTT\nCộng|4\n";
    let read = report(units, "2022");
    assert_eq!((read.head.rows, read.head.left_out.len()), (4, 1), "{:?}", read.head.left_out);
}

#[test]
fn totals_above_below_and_within_one_another_agree_with_their_rows() {
    let lines = |total: &str, share: &str| {
        format!(
            "STT|Họ tên|HTXS|HTT|HTNV
             |TỔNG SỐ|1|2|{total}
             |Tỷ lệ|0,2|0,4|{share}
             1|Mẫu 01|x|–|.
             2|Mẫu 02|k|x|
             |Cộng chi bộ 1|1|1|0
             3|Mẫu 03||x|không
             |Cộng chi bộ 2|0|1|0
             |Cộng đảng bộ|1|2|0
             4|Mẫu 04||-|x
             5|Mẫu 05|||x
             |Cộng chi bộ 3|0|0|2"
        )
    };
    let wrong = |lines: &str| found(&report(lines, "2022")).into_iter().filter(|one| one.starts_with("totals"));
    assert_eq!(wrong(&lines("2", "40")).collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(wrong(&lines("3", "50")).collect::<Vec<_>>(), ["totals error E2", "totals error E3"]);
}

#[test]
fn shares_of_the_rated_and_long_fractions_are_right() {
    let lines = "STT|Họ tên|HTXS|HTT|HTNV\n1|A|x||\n2|B||x|\n3|C||x|\n4|D|||\n|Tỷ lệ|0.333333333333333|66,67|0\n";
    let wrong = |lines: &str| found(&report(lines, "2022")).into_iter().filter(|one| one.starts_with("totals"));
    assert_eq!(wrong(lines).collect::<Vec<_>>(), Vec::<String>::new());
    let other = lines.replace("0.333333333333333", "0.34");
    assert_eq!(wrong(&other).collect::<Vec<_>>(), ["totals error C6"]);
}

#[test]
fn a_printed_count_with_a_point_is_a_count() {
    let rows: String = (0..1_234).map(|number| format!("{number}|Mẫu {number}|||x\n")).collect();
    let lines = |total: &str| format!("STT|Họ tên|HTXS|HTT|HTNV\n{rows}|Tổng cộng|0|0|{total}\n");
    assert_eq!(found(&report(&lines("1.234"), "2022")), Vec::<String>::new());
    assert_eq!(found(&report(&lines("1.235"), "2022")), ["totals error E1236"]);
}

#[test]
fn only_so_many_findings_of_one_kind_are_listed_and_the_rest_is_counted() {
    let rows: String = (0..1_010).map(|number| format!("{number}|Mẫu {number}|{}\n", "giỏi ".repeat(40))).collect();
    let report = report(&format!("STT|Họ tên|Xếp loại\n{rows}"), "2022");
    assert_eq!((report.breaches.len(), report.summary.errors), (1_000, 1_010));
    assert_eq!((report.summary.cut[0].kind.as_str(), report.summary.cut[0].findings), ("level_unread", 10));
    assert!(report.breaches.iter().all(|one| one.message.vi.chars().count() < 200));
}

#[test]
fn sheets_that_are_not_read_are_named_and_hidden_ones_are_left() {
    let one = "Họ tên|Xếp loại\nMẫu 01|HTT\n";
    let mut hidden = sheet("Cũ", one);
    hidden.hidden = true;
    let grid = Grid { sheets: vec![hidden, sheet("CB1", one), sheet("Khác", "a|b\n"), sheet("Trống", "")] };
    let mapping = guess(&library(), &grid, &asked("2022")).unwrap();
    let report = examine(&library(), &grid, &mapping, None).unwrap();
    assert_eq!((report.head.sheets.join(" "), report.head.rows), ("CB1".to_owned(), 1));
    let unread = report.head.unread.iter().map(|sheet| (sheet.name.as_str(), sheet.rows, sheet.hidden));
    assert_eq!(unread.collect::<Vec<_>>(), [("Cũ", 2, true), ("Khác", 1, false)]);
}

#[test]
fn a_mapping_of_another_table_is_refused_and_so_is_one_meaning_for_two_columns() {
    let (library, first) = (library(), grid("Họ tên|Kỷ luật|Xếp loại\nMẫu 01|không|HTT\n"));
    let mut mapping = guess(&library, &first, &asked("2022")).unwrap();
    let moved = grid("Họ tên|Xếp loại|Kỷ luật\nMẫu 01|HTT|không\n");
    let refused = examine(&library, &moved, &mapping, None).unwrap_err().to_string();
    assert!(refused.contains("CHECK-022") && refused.contains("Kỷ luật"), "{refused}");
    mapping.columns[1].means = "level.decided".to_owned();
    let refused = examine(&library, &first, &mapping, None).unwrap_err().to_string();
    assert!(refused.contains("CHECK-019") && refused.contains("C “Xếp loại”"), "{refused}");
}

#[test]
fn a_quarter_in_the_title_is_the_period() {
    let list = "Họ tên|Xếp loại\nMẫu|HTT\n";
    for title in ["KẾT QUẢ QUÝ III NĂM 2025", "Kết quả quý 3/2025"] {
        let mapping = guess(&library(), &grid(&format!("{title}\n{list}")), &Asked::default()).unwrap();
        assert_eq!(mapping.period, "2025-Q3", "{title}");
    }
}

#[test]
fn the_code_of_a_unit_is_nobodys_code_and_a_failed_formula_no_value() {
    let lines = "Họ tên|Mã đơn vị|Kỷ luật|Xếp loại\nMẫu 01|7|không|HTT\nMẫu 02|7|#N/A|#REF!\n";
    assert!(!means(lines, "2022").contains(&"code".to_owned()));
    assert_eq!(found(&report(lines, "2022")), ["level_unread error D3", "value_unread warning C3"]);
    assert_eq!(means("Tên chi bộ|Mã đơn vị|Xếp loại\nA|7|HTT\n", "2022")[1], "code");
}

#[test]
fn the_row_of_headings_can_be_said_when_another_is_taken_for_it() {
    let (library, table) = (library(), grid("Ai|Được gì\nChi bộ 1|HTNV\nChi bộ 2|HTTNV\n"));
    let asked = |head_row| Asked { kind: Some(Kind::Unit), head_row, ..asked("2022") };
    let guessed = sketch(&library, &table, &asked(None)).unwrap().0;
    assert_eq!(guessed.head_row, 2, "a row of data looks more like headings");
    let said = sketch(&library, &table, &asked(Some(1))).unwrap().0;
    assert_eq!((said.head_row, said.first_row, said.columns[1].head.as_str()), (1, 2, "Được gì"));
    let refused = sketch(&library, &table, &asked(Some(9))).unwrap_err().to_string();
    assert!(refused.contains("CHECK-026"), "{refused}");
}
