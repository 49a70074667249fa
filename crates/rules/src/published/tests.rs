use proptest::prelude::*;

use super::percent::Printed;
use super::*;

fn cell(count: Option<u64>, percent: &str) -> Cell {
    Cell { count, percent: (!percent.is_empty()).then(|| percent.to_owned()) }
}

fn row(id: &str, rated: u64, levels: [Cell; 4]) -> Row {
    let names = ["excellent", "good", "fulfilled", "not_fulfilled"].map(str::to_owned);
    Row { id: id.to_owned(), rated: Some(rated), levels: names.into_iter().zip(levels).collect(), ..Row::default() }
}

fn codes(report: &Report) -> Vec<(&str, &str)> {
    report.remarks.iter().map(|remark| (remark.code, remark.column.as_str())).collect()
}

fn said(report: &Report, code: &str) -> String {
    report
        .remarks
        .iter()
        .filter(|remark| remark.code == code)
        .map(|remark| remark.message.vi.clone())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn hai_duong_2019_no_count_of_662_rounds_to_23_8() {
    let mut hai_duong = row("R03a", 662, [cell(None, "23.8"), cell(None, ""), cell(None, "8.8"), cell(Some(0), "0")]);
    hai_duong.existing = Some(686);
    hai_duong.good_or_better = cell(Some(604), "");
    let report = examine(&hai_duong, None);
    let found = said(&report, "PUB-016");
    assert!(found.starts_with("Không có số nguyên nào trên số được xếp loại 662 làm tròn thành 23.8 %"), "{found}");
    assert!(found.contains("158/662 (số được xếp loại, cắt bỏ phần lẻ)"), "{found}");
    assert!(found.contains("144/604 (số tốt trở lên)"), "{found}");
    assert_eq!(said(&report, "PUB-015"), "8.8 % ứng với 58/662");
}

#[test]
fn nam_can_2018_the_same_count_is_printed_with_two_percentages() {
    let report = examine(
        &row("R05a", 51, [cell(Some(8), "15.67"), cell(Some(35), "68.62"), cell(Some(8), "15.68"), cell(Some(0), "")]),
        None,
    );
    assert_eq!(
        codes(&report),
        [
            ("PUB-013", "excellent_pct_printed"),
            ("PUB-014", "fulfilled_pct_printed"),
            ("PUB-011", "fulfilled_pct_printed"),
            ("PUB-011", "good_pct_printed"),
            ("PUB-020", "rated"),
        ]
    );
    assert!(said(&report, "PUB-013").contains("8/51 = 15,69 %"), "{}", said(&report, "PUB-013"));
}

#[test]
fn nam_can_2018_cells_are_cut_off_and_add_up_to_99_98() {
    let report = examine(
        &row(
            "R05b",
            147,
            [cell(Some(28), "19.04"), cell(Some(100), "68.02"), cell(Some(10), "6.80"), cell(Some(9), "6.12")],
        ),
        None,
    );
    assert_eq!(report.sum, Some(147));
    assert_eq!(report.severity(), Some(Severity::Note));
    assert_eq!(said(&report, "PUB-017"), "Các tỷ lệ in ra cộng được 99,98 %, không phải 100 %");
}

#[test]
fn nam_can_2018_members_use_mixed_denominators() {
    let mut members =
        row("R05c", 2645, [cell(Some(249), "9.41"), cell(None, ""), cell(None, ""), cell(Some(19), "0.72")]);
    members.existing = Some(2993);
    members.rated = None;
    members.reviewed = cell(Some(2645), "88.37");
    members.not_rated = cell(Some(329), "10.99");
    let report = examine(&members, None);
    let mixed = said(&report, "PUB-018");
    assert!(mixed.contains("số đã kiểm điểm 2645") && mixed.contains("số hiện có 2993"), "{mixed}");
    assert!(said(&report, "PUB-004").contains("còn 19 chưa rõ"), "{report:?}");
}

#[test]
fn nam_can_2018_352_of_353_is_not_99_43() {
    let leaders =
        Row { id: "R05d".to_owned(), existing: Some(353), reviewed: cell(Some(352), "99.43"), ..Row::default() };
    let report = examine(&leaders, None);
    let found = said(&report, "PUB-013");
    assert!(found.contains("99.43 %") && found.contains("351/353"), "{found}");
}

#[test]
fn counts_that_do_not_add_up_are_errors() {
    let report =
        examine(&row("x", 10, [cell(Some(2), ""), cell(Some(7), ""), cell(Some(2), ""), cell(Some(0), "")]), None);
    assert_eq!(report.severity(), Some(Severity::Error));
    assert_eq!(said(&report, "PUB-001"), "Cộng các mức được 11, nhưng số được xếp loại ghi 10");
    let report = examine(&row("y", 10, [cell(Some(12), ""), cell(None, ""), cell(None, ""), cell(None, "")]), None);
    assert!(!said(&report, "PUB-002").is_empty());
}

#[test]
fn text_that_is_no_percentage_is_told() {
    let report = examine(&row("x", 10, [cell(Some(2), "1e308"), cell(None, ""), cell(None, ""), cell(None, "")]), None);
    assert_eq!(said(&report, "PUB-010"), "“1e308” không phải tỷ lệ phần trăm");
}

proptest! {
    #[test]
    fn a_share_rounded_or_cut_off_is_recognised(count in 0_u64..5000, more in 0_u64..5000, decimals in 0_u32..4) {
        let base = count + more + 1;
        let hundredfold = crate::Rational::new(i128::from(count) * 100, i128::from(base)).unwrap();
        let printed = Printed::read(&hundredfold.to_decimal(decimals)).unwrap();
        prop_assert_eq!(printed.way(count, base), Some(Way::Rounded));
        prop_assert!(Printed::read(&hundredfold.to_decimal_cut(decimals)).unwrap().way(count, base).is_some());
    }

    #[test]
    fn the_search_finds_the_count_that_was_printed(count in 0_u64..5000, more in 0_u64..5000) {
        let base = count + more + 1;
        let hundredfold = crate::Rational::new(i128::from(count) * 100, i128::from(base)).unwrap();
        let found = Printed::read(&hundredfold.to_decimal(2)).unwrap().counts(base, "rated");
        prop_assert!(found.iter().any(|one| one.count == count && one.way == Way::Rounded));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,30}", count: u64, base: u64) {
        if let Some(printed) = Printed::read(&text) {
            let _ = (printed.way(count, base), printed.counts(base, "rated"));
        }
    }
}
