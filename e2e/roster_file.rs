//! The roster of the journey as a clerk would fill the template: one commune committee, one cell of five.

use documents::paper::MadeOn;
use documents::workbook::{Book, Cell, Column, Sheet, write};

const UNITS: [&str; 9] = [
    "Mã tổ chức",
    "Tên tổ chức",
    "Loại tổ chức",
    "Mã tổ chức cấp trên",
    "Cấp uỷ cấp trên trực tiếp",
    "Địa danh",
    "Ký hiệu văn bản",
    "Ngày thành lập",
    "Ngày giải thể",
];
const MEMBERS: [&str; 15] = [
    "Mã đảng viên",
    "Họ và tên",
    "Ngày sinh",
    "Số thẻ đảng",
    "Mã tổ chức",
    "Tình trạng",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Đối tượng công tác",
    "Chức vụ chính quyền",
    "Chức vụ đoàn thể",
    "Nơi công tác",
    "Lãnh đạo, quản lý",
    "Ngày kết thúc sinh hoạt",
    "Lý do kết thúc",
];
const POSTS: [&str; 5] = ["Mã đảng viên", "Mã tổ chức", "Chức vụ", "Từ ngày", "Đến ngày"];

/// The .xlsx file.
pub fn workbook() -> Vec<u8> {
    let units = vec![
        row(&["DU", "Đảng uỷ xã Mẫu", "Đảng bộ cơ sở", "", "Huyện uỷ Mẫu", "Mẫu", "ĐU", "01/01/2000"]),
        row(&["CB1", "Chi bộ Thôn Mẫu", "Chi bộ", "DU", "", "Mẫu", "CB", "01/01/2000"]),
    ];
    let member = |number: u32| {
        let code = format!("M{number:02}");
        let name = format!("Nguyễn Văn Mẫu {number:02}");
        row(&[
            &code, &name, "05/03/1960", "", "CB1", "Chính thức", "03/02/1990", "03/02/1991", "Không", "", "", "",
            "Không",
        ])
    };
    let mut members: Vec<Vec<Cell>> = (1..=5).map(member).collect();
    for number in 1..=3 {
        let (code, name) = (format!("C{number:02}"), format!("Trần Thị Mẫu {number:02}"));
        members.push(row(&[&code, &name, "", "", "CB1", "Được miễn", "03/02/1990", "", "Không", "", "", "", "Không"]));
    }
    let posts = vec![
        row(&["M01", "CB1", "Bí thư", "01/01/2020", ""]),
        row(&["C01", "DU", "Bí thư", "01/01/2020", ""]),
        row(&["C02", "DU", "Phó bí thư", "01/01/2020", ""]),
        row(&["C03", "DU", "Cấp uỷ viên", "01/01/2020", ""]),
    ];
    let sheets =
        vec![sheet("Tổ chức", &UNITS, units), sheet("Đảng viên", &MEMBERS, members), sheet("Chức vụ", &POSTS, posts)];
    write(&Book { title: "Danh sách mẫu".into(), made: MadeOn { year: 2022, month: 12, day: 1 }, sheets })
        .expect("a workbook")
}

fn row(texts: &[&str]) -> Vec<Cell> {
    texts.iter().map(|text| Cell::text(*text)).collect()
}

fn sheet(name: &str, heads: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = heads.iter().map(|head| Column { head: (*head).into(), width: 20, ..Column::default() }).collect();
    Sheet { name: name.into(), intro: Vec::new(), columns, rows, frozen_columns: 0, landscape: false }
}
