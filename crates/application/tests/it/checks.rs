//! The published tables of the examples, as `guong check` reads them.

use std::collections::BTreeMap;

use application::checks::{Checked, SourceRow, check};

use crate::it::story::library;

const PUBLISHED: &str = include_str!("../../../../examples/published-results.csv");

/// Rows of a text of comma-separated values; quotes around a cell may hold commas.
fn rows(text: &str) -> Vec<SourceRow> {
    let cells = |line: &str| {
        let mut cells = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        (1_u32..).zip(cells).filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>()
    };
    (1_u32..).zip(text.lines()).map(|(row, line)| SourceRow { sheet: 1, row, cells: cells(line) }).collect()
}

fn checked(text: &str) -> Checked {
    check(&library(), rows(text)).unwrap()
}

/// Code, column and sentence of every finding of a row, one a line.
fn of_row(checked: &Checked, id: &str) -> String {
    let row = checked.rows.iter().find(|row| row.id == id).unwrap();
    let finding = |found: &application::checks::Found| {
        let cited = found.citation.as_ref().map_or_else(String::new, |citation| format!(" [{}]", citation.vi));
        format!("{} {} {}: {}{cited}", found.severity, found.code, found.column, found.message.vi)
    };
    row.findings.iter().map(finding).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_published_tables_are_found_wrong_where_they_are() {
    let checked = checked(PUBLISHED);
    let ids: BTreeMap<&str, String> =
        checked.rows.iter().map(|row| (row.id.as_str(), of_row(&checked, &row.id))).collect();
    let shown: Vec<String> = ids.iter().map(|(id, findings)| format!("{id}\n{findings}")).collect();
    insta::assert_snapshot!(shown.join("\n\n"), @r##"
    R03a
    warning PUB-016 excellent_pct_printed: Không có số nguyên nào trên số được xếp loại 662 làm tròn thành 23.8 %; tỷ lệ in ra khớp với 158/662 (số được xếp loại, cắt bỏ phần lẻ), 163/686 (số hiện có), 144/604 (số tốt trở lên)
    note PUB-015 fulfilled_pct_printed: 8.8 % ứng với 58/662
    note PUB-021 excellent: Bảng không cho đủ số lượng của hai mức cao nhất nên không tính được trần

    R05a
    error PUB-013 excellent_pct_printed: 15.67 % không khớp 8 trên mẫu số nào; đúng ra là 8/51 = 15,69 %
    warning PUB-014 fulfilled_pct_printed: Cùng số 8 nhưng in hai tỷ lệ khác nhau: 15.67 % và 15.68 %
    warning PUB-017 percentages: Các tỷ lệ in ra cộng được 99,97 %, không phải 100 %
    note PUB-011 fulfilled_pct_printed: 15.68 % là cắt bỏ phần lẻ; làm tròn đúng là 8/51 = 15,69 %
    note PUB-011 good_pct_printed: 68.62 % là cắt bỏ phần lẻ; làm tròn đúng là 35/51 = 68,63 %
    note PUB-025 excellent: Tổng vượt trần (2/6): tính theo câu chữ, bỏ phần lẻ: 20 % × 35 = 7,00 → tối đa 7; hiện có 8; tính theo câu chữ, làm tròn từ nửa: 20 % × 35 = 7,00 → tối đa 7; hiện có 8. Trần tính theo các tổ chức đảng cùng loại thuộc một cấp uỷ cấp trên trực tiếp, nên riêng tổng chưa chứng minh được gì [21-HD/BTCTW, Phần II.B, mục 1.3, ghi chú (bị cắt)]
    note CHECK-005 year: Chương trình chưa có bộ quy định của năm 2018; đối chiếu tham khảo với “Kiểm điểm, đánh giá, xếp loại chất lượng hằng năm theo Quy định 132-QĐ/TW và Hướng dẫn 21-HD/BTCTW”.

    R05b
    warning PUB-024 excellent: Tổng vượt trần (4/6): tính trên hai mức cao nhất, làm tròn từ nửa: 20 % × (28 + 100) = 25,60 → tối đa 26; hiện có 28; tính theo câu chữ, bỏ phần lẻ: 20 % × 100 = 20,00 → tối đa 20; hiện có 28; tính theo câu chữ, làm tròn từ nửa: 20 % × 100 = 20,00 → tối đa 20; hiện có 28; tính trên hai mức cao nhất, bỏ phần lẻ: 20 % × (28 + 100) = 25,60 → tối đa 25; hiện có 28. Trần tính theo các tổ chức đảng cùng loại thuộc một cấp uỷ cấp trên trực tiếp, nên riêng tổng chưa chứng minh được gì [21-HD/BTCTW, Phần II.B, mục 1.3, ghi chú (bị cắt)]
    note PUB-011 excellent_pct_printed: 19.04 % là cắt bỏ phần lẻ; làm tròn đúng là 28/147 = 19,05 %
    note PUB-011 good_pct_printed: 68.02 % là cắt bỏ phần lẻ; làm tròn đúng là 100/147 = 68,03 %
    note PUB-017 percentages: Các tỷ lệ in ra cộng được 99,98 %, không phải 100 %
    note CHECK-005 year: Chương trình chưa có bộ quy định của năm 2018; đối chiếu tham khảo với “Kiểm điểm, đánh giá, xếp loại chất lượng hằng năm theo Quy định 132-QĐ/TW và Hướng dẫn 21-HD/BTCTW”.

    R05c
    warning PUB-004 not_rated: Đã xếp loại 2645 cộng chưa xếp loại 329 lệch tổng số hiện có 2993: còn 19 chưa rõ
    note PUB-018 percentages: Trong cùng dòng, tỷ lệ tính trên các mẫu số khác nhau: số đã kiểm điểm 2645, số hiện có 2993
    note PUB-021 excellent: Bảng không cho đủ số lượng của hai mức cao nhất nên không tính được trần
    note CHECK-005 year: Chương trình chưa có bộ quy định của năm 2018; đối chiếu tham khảo với “Kiểm điểm, đánh giá, xếp loại chất lượng hằng năm theo Quy định 132-QĐ/TW và Hướng dẫn 21-HD/BTCTW”.

    R05d
    error PUB-013 reviewed_pct_printed: 99.43 % không khớp 352 trên mẫu số nào; đúng ra là 352/353 = 99,72 %; tỷ lệ in ra khớp với 351/353 (số hiện có), 350/352 (số đã kiểm điểm)
    note PUB-021 excellent: Bảng không cho đủ số lượng của hai mức cao nhất nên không tính được trần
    note CHECK-005 year: Chương trình chưa có bộ quy định của năm 2018; đối chiếu tham khảo với “Kiểm điểm, đánh giá, xếp loại chất lượng hằng năm theo Quy định 132-QĐ/TW và Hướng dẫn 21-HD/BTCTW”.

    R07a
    note PUB-021 excellent: Bảng không cho đủ số lượng của hai mức cao nhất nên không tính được trần

    R07b


    R08
    note PUB-011 good_or_better_pct_printed: 96.5 % là cắt bỏ phần lẻ; làm tròn đúng là 56/58 = 96,55 %
    note PUB-021 excellent: Bảng không cho đủ số lượng của hai mức cao nhất nên không tính được trần

    R13
    warning PUB-025 excellent: Vượt trần (2/6): tính theo câu chữ, bỏ phần lẻ: 20 % × 20 = 4,00 → tối đa 4; hiện có 5; tính theo câu chữ, làm tròn từ nửa: 20 % × 20 = 4,00 → tối đa 4; hiện có 5 [124-QĐ/TW, Điều 12]
    "##);
    assert!(checked.breaks_a_rule());
}
