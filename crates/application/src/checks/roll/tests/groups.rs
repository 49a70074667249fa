//! Groups under a cap, cells that speak for several rows, heads of units.

use super::*;
use crate::checks::grid::Merged;

#[test]
fn a_cell_merged_downwards_speaks_for_all_its_rows() {
    let lines = "
        STT|Họ tên|TCCSĐ|Xếp loại
        1|Mẫu 01|Đảng bộ A|HTXSNV
        2|Mẫu 02||HTXSNV
        3|Mẫu 03||HTTNV
        4|Mẫu 04|Đảng bộ B|HTNV
    ";
    let (library, mut grid) = (library(), grid(lines));
    let mapping = guess(&library, &grid, &asked("2022")).unwrap();
    let blank = examine(&library, &grid, &mapping, None).unwrap();
    assert!(blank.caps.iter().all(|cap| !cap.proven), "{:?}", blank.caps);
    assert!(blank.breaches.iter().all(|one| one.severity != "error"));
    assert!(blank.breaches[0].message.vi.contains("2 dòng không ghi nhóm"), "{}", blank.breaches[0].message.vi);
    grid.sheets[0].merge([Merged { first: 2, last: 4, column: 3 }]);
    let merged = examine(&library, &grid, &mapping, None).unwrap();
    assert_eq!(found(&merged), ["over_cap error C0 QUOTA-001"]);
    assert_eq!((merged.caps[0].group.as_str(), merged.caps[0].proven), ("Đảng bộ A", true));
    assert_eq!(merged.summary.places.iter().find(|place| place.name == "Đảng bộ A").unwrap().rows, 3);
}

#[test]
fn headings_merged_downwards_are_still_headings() {
    let lines = "STT|Họ tên|Mức xếp loại||\n|||HTXS|HTT\n1|Mẫu 01|x|\n2|Mẫu 02|x|\n";
    let lines = lines.replace("Mức xếp loại||", "Mức xếp loại|").replace("|||HTXS", "||HTXS");
    let (library, mut grid) = (library(), grid(&lines));
    let before = guess(&library, &grid, &asked("2022")).unwrap();
    grid.sheets[0].merge([1, 2].map(|column| Merged { first: 1, last: 2, column }));
    assert_eq!(guess(&library, &grid, &asked("2022")).unwrap(), before);
    assert_eq!(examine(&library, &grid, &before, None).unwrap().summary.levels[0].rows, 2);
}

#[test]
fn units_of_one_name_under_two_organisations_are_not_mixed_up() {
    let people = "
        STT|Họ tên|TCCSĐ|Chi bộ|Chức vụ|Xếp loại
        1|Mẫu 01|Đảng bộ A|Chi bộ 1|Bí thư|HTTNV
        2|Mẫu 02|Đảng bộ B|Chi bộ 1|Bí thư|HTTNV
    ";
    let (library, people) = (library(), grid(people));
    let mapping = guess(&library, &people, &asked("2022")).unwrap();
    let told = "Tên chi bộ|Đảng bộ cơ sở|Xếp loại\nChi bộ 1|Đảng bộ A|HTTNV\nChi bộ 1|Đảng bộ B|HTNV\n";
    let with_base = examine(&library, &people, &mapping, Some(second(&grid(told)))).unwrap();
    assert_eq!(found(&with_base), ["above_unit warning F3 RULE-126"]);
    let untold = "Tên chi bộ|Xếp loại\nChi bộ 1|HTTNV\nChi bộ 1|HTNV\n";
    let without = examine(&library, &people, &mapping, Some(second(&grid(untold)))).unwrap();
    assert_eq!(found(&without), Vec::<String>::new(), "which one is meant is not told");
}

#[test]
fn whether_heads_count_is_asked_both_ways_when_they_are_not_known() {
    // Two of six are rated excellent; heads do not count under the cap of this book.
    let lines = |post: &str| {
        let row = |number: usize, level: &str, post: &str| format!("{number}|Mẫu {number}|Nhóm A|{post}|{level}\n");
        let rated: String = (3..7).map(|number| row(number, "HTTNV", "Chuyên viên")).collect();
        let two = row(1, "HTXSNV", post) + &row(2, "HTXSNV", post);
        format!("STT|Họ tên|Nhóm chức danh|Chức vụ|Xếp loại\n{two}{rated}")
    };
    let over = |post: &str| {
        let report = report(&lines(post), "2025");
        report.breaches.iter().filter(|one| one.kind == "over_cap").map(|one| one.severity.clone()).collect::<Vec<_>>()
    };
    assert_eq!(over("Chuyên viên"), ["error"]);
    assert_eq!(over("Trưởng phòng"), Vec::<String>::new());
    assert_eq!(over(""), ["warning"]);
}

#[test]
fn only_settings_that_differ_from_the_book_were_chosen() {
    let (library, grid) = (library(), grid(GROUPS));
    let mut mapping = guess(&library, &grid, &asked("2022")).unwrap();
    for setting in choices(&library, &mapping).unwrap().settings {
        mapping.settings.insert(setting.name, setting.value);
    }
    assert!(only_chosen(&library, mapping.clone()).unwrap().settings.is_empty());
    mapping.settings.insert("quota_rounding".to_owned(), "floor".to_owned());
    assert_eq!(only_chosen(&library, mapping).unwrap().settings.len(), 1);
}

#[test]
fn a_group_that_needs_two_columns_is_proven_by_both_and_written_in_any_capitals() {
    let lines = "
        STT|Họ tên|Đơn vị công tác|Nhóm|Xếp loại
        1|A|Phòng Nội vụ|Chuyên viên|HTXSNV
        2|B|PHÒNG NỘI VỤ|Chuyên viên|HTXSNV
        3|C|Phòng nội vụ|chuyên  viên|HTTNV
        4|D|Phòng Nội Vũ|Chuyên viên|HTTNV
    ";
    let official = Asked { subject: Some("official".to_owned()), ..asked("2026") };
    let check = |lines: &str| {
        let (library, grid) = (library(), grid(lines));
        let mapping = guess(&library, &grid, &official).unwrap();
        examine(&library, &grid, &mapping, None).unwrap()
    };
    let both = check(lines);
    assert_eq!((both.caps.len(), both.caps[0].proven), (1, true), "{:?}", both.caps);
    assert_eq!(both.caps[0].group, "Phòng Nội vụ – Chuyên viên");
    let one = check(&lines.replace("Đơn vị công tác", "Khác"));
    assert!(one.caps.iter().all(|cap| !cap.proven), "{:?}", one.caps);
}
