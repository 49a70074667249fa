//! Each thing a table may break, by itself.

use super::{found, report};

#[test]
fn a_member_above_his_level_as_a_civil_servant_is_found_though_no_column_says_that_he_is_one() {
    let table = "
        Họ tên|Xếp loại công chức|Xếp loại đảng viên
        Mẫu 01|HTTNV|HTXSNV
        Mẫu 02|KHTNV|HTNV
        Mẫu 03|HTTNV|HTTNV
        Mẫu 04||HTTNV
    ";
    let report = report(table, "2022");
    let wanted = ["above_civil_service error C2 RULE-114", "above_civil_service error C3 RULE-125"];
    let found: Vec<String> = found(&report).into_iter().filter(|one| !one.starts_with("over_cap")).collect();
    assert_eq!(found, wanted);
    let told: Vec<&str> = report.head.derived.iter().map(|told| told.vi.as_str()).collect();
    assert!(
        told.contains(&"Là cán bộ, công chức, viên chức: có, ở dòng nào cột “Xếp loại công chức” ghi mức"),
        "{told:?}"
    );
    let missing = report.summary.missing.iter().find(|one| one.fact == "is_state_employee").unwrap();
    assert_eq!(missing.rows, 1, "an empty cell tells nothing");
}

#[test]
fn what_the_column_says_about_a_civil_servant_goes_before_what_another_column_implies() {
    let table = "
        Họ tên|Là CBCCVC|Xếp loại công chức|Xếp loại đảng viên
        Mẫu 01|không|HTTNV|HTXSNV
        Mẫu 02|x|HTTNV|HTTNV
        Mẫu 03|x|HTTNV|HTTNV
        Mẫu 04|x|HTTNV|HTTNV
    ";
    let found: Vec<String> = found(&report(table, "2022"));
    assert!(!found.iter().any(|one| one.starts_with("above_civil_service")), "{found:?}");
}

#[test]
fn whoever_is_exempt_or_only_reviewed_and_still_has_a_level_is_found() {
    let table = "
        Họ tên|Tình trạng|Ngày vào Đảng|Xếp loại
        Mẫu 01|Được miễn|01/02/1970|HTNV
        Mẫu 02|Đình chỉ sinh hoạt|01/02/1980|HTNV
        Mẫu 03|Dự bị|01/10/2022|HTNV
        Mẫu 04|Chính thức|01/02/2001|HTNV
    ";
    let wanted = ["exempt error D2 RULE-101", "exempt error D3 RULE-102", "review_only error D4 RULE-103"];
    assert_eq!(found(&report(table, "2022")), wanted);
    let a_year_later = table.replace("2022", "2023");
    let wanted = ["exempt error D2 RULE-101", "exempt error D3 RULE-102", "exempt error D4 RULE-108"];
    assert_eq!(found(&report(&a_year_later, "2023")), wanted, "then a new member is not even reviewed");
}

#[test]
fn a_level_above_what_conditions_allow_is_found_with_its_figures() {
    let table = "
        Họ tên|Số chỉ tiêu|Chỉ tiêu hoàn thành|Xếp loại
        Mẫu 01|20|9|HTNV
        Mẫu 02|20|10|HTNV
    ";
    let report = report(table, "2022");
    assert_eq!(found(&report), ["conditions error D2 RULE-124"]);
    assert_eq!(report.breaches[0].figures[1].vi, "9/20 = 45,00 % < 50 %");
}

#[test]
fn sums_parts_and_shares_that_do_not_add_up_are_found() {
    let table = "
        Họ tên|Điểm chung|Điểm kết quả|Tổng điểm|Số nhiệm vụ|Số hoàn thành|Xếp loại
        Mẫu 01|28|65|93|10|10|HTTNV
        Mẫu 02|28|60|90|10|11|HTTNV
        Cộng||||25|21|
    ";
    let found: Vec<String> = found(&report(table, "2025")).into_iter().filter(|one| !one.contains(" note ")).collect();
    let kinds: Vec<&str> = found.iter().filter_map(|one| one.split(' ').next()).collect();
    for kind in ["parts", "within", "totals"] {
        assert!(kinds.contains(&kind), "{kind}: {found:?}");
    }
}
