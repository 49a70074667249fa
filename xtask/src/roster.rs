//! A sample roster of any size in the layout of the roster template, for measuring the import.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// Members of one sample cell.
const CELL: usize = 25;

/// Cells under one sample sub-committee.
const CELLS_OF_SUB_COMMITTEE: usize = 20;

const UNITS: &[&str] = &[
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

const MEMBERS: &[&str] = &[
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

const POSTS: &[&str] = &["Mã đảng viên", "Mã tổ chức", "Chức vụ", "Từ ngày", "Đến ngày"];

/// Family and middle names; the given name is always *Mẫu*, "sample", with a number.
const NAMES: &[&str] =
    &["Nguyễn Văn", "Trần Thị", "Lê Hữu", "Phạm Thị Ngọc", "Huỳnh", "Võ Đình", "Đặng Thuỳ", "Bùi Quốc", "Đỗ Thị", "Hồ"];

/// Writes a roster of so many members, the same for the same number.
///
/// # Errors
/// When the file cannot be written.
pub fn write(members: usize, file: &Path) -> Result<(), XlsxError> {
    let cells = members.div_ceil(CELL);
    let mut book = Workbook::new();
    units(book.add_worksheet_with_constant_memory()?.set_name("Tổ chức")?, cells)?;
    people(book.add_worksheet_with_constant_memory()?.set_name("Đảng viên")?, members)?;
    posts(book.add_worksheet_with_constant_memory()?.set_name("Chức vụ")?, cells, members)?;
    book.save(file)
}

fn units(sheet: &mut Worksheet, cells: usize) -> Result<(), XlsxError> {
    headings(sheet, UNITS)?;
    let superior = "Huyện uỷ Mẫu";
    row(sheet, 1, &["ĐU", "Đảng bộ xã Mẫu", "Đảng bộ cơ sở", "", superior, "Xã Mẫu", "ĐU", "03/02/1990"])?;
    let sub_committees = cells.div_ceil(CELLS_OF_SUB_COMMITTEE);
    for number in 1..=sub_committees {
        let (code, name) = (sub_committee(number), format!("Đảng bộ bộ phận Mẫu {number:03}"));
        row(sheet, 1 + number, &[&code, &name, "Đảng bộ bộ phận", "ĐU", "", "Xã Mẫu", "ĐBBP", "19/05/1995"])?;
    }
    for number in 1..=cells {
        let over = sub_committee(number.div_ceil(CELLS_OF_SUB_COMMITTEE));
        let (code, name) = (cell(number), format!("Chi bộ thôn Mẫu {number:05}"));
        row(sheet, 1 + sub_committees + number, &[&code, &name, "Chi bộ", &over, "", "Xã Mẫu", "CB", "02/09/2000"])?;
    }
    Ok(())
}

fn people(sheet: &mut Worksheet, members: usize) -> Result<(), XlsxError> {
    headings(sheet, MEMBERS)?;
    for number in 1..=members {
        let code = member(number);
        let name = format!("{} Mẫu {number:06}", NAMES[number % NAMES.len()]);
        let born = format!("{:02}/{:02}/{}", number % 28 + 1, number % 12 + 1, 1940 + number % 60);
        let card = format!("51.{number:06}");
        let joined = format!("{:02}/{:02}/{}", number % 27 + 1, number % 11 + 1, 2019 - number % 19);
        let standing = match number % 50 {
            49 => "Dự bị",
            48 => "Được miễn",
            _ => "Chính thức",
        };
        let official = if standing == "Dự bị" { "" } else { "19/05/2020" };
        let civil = ["Không", "Công chức", "Không", "Viên chức"][number % 4];
        let leader = if number % CELL == 1 { "Có" } else { "Không" };
        let home = cell(number.div_ceil(CELL));
        row(
            sheet,
            number,
            &[&code, &name, &born, &card, &home, standing, &joined, official, civil, "", "", "Xã Mẫu", leader],
        )?;
    }
    Ok(())
}

/// A secretary and a deputy for every cell, a secretary for the base organisation.
fn posts(sheet: &mut Worksheet, cells: usize, members: usize) -> Result<(), XlsxError> {
    headings(sheet, POSTS)?;
    row(sheet, 1, &[&member(1), "ĐU", "Bí thư", "01/06/2020", ""])?;
    for number in 1..=cells {
        let first = (number - 1) * CELL + 1;
        row(sheet, 2 * number, &[&member(first), &cell(number), "Bí thư", "01/06/2020", ""])?;
        let deputy = (first + 1).min(members);
        row(sheet, 2 * number + 1, &[&member(deputy), &cell(number), "Phó bí thư", "01/06/2020", ""])?;
    }
    Ok(())
}

fn headings(sheet: &mut Worksheet, names: &[&str]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(names) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    Ok(())
}

/// Writes one row; the headings have number 0.
fn row(sheet: &mut Worksheet, number: usize, cells: &[&str]) -> Result<(), XlsxError> {
    let number = u32::try_from(number).map_err(|_| XlsxError::RowColumnLimitError)?;
    for (column, text) in (0_u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(number, column, *text)?;
    }
    Ok(())
}

fn member(number: usize) -> String {
    format!("ĐV{number:06}")
}

fn cell(number: usize) -> String {
    format!("CB{number:05}")
}

fn sub_committee(number: usize) -> String {
    format!("BP{number:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headings_are_those_of_the_template() {
        let layout = crate::tree::text("crates/application/src/acts/roster/layout.rs");
        for heading in [UNITS, MEMBERS, POSTS].concat() {
            assert!(layout.contains(&format!("\"{heading}\"")), "{heading}");
        }
    }

    #[test]
    fn a_roster_of_any_size_is_written_whole() {
        let folder = tempfile::tempdir().unwrap();
        for members in [1, 26, 1000] {
            let file = folder.path().join(format!("{members}.xlsx"));
            write(members, &file).unwrap();
            assert!(std::fs::metadata(&file).unwrap().len() > 5000);
        }
    }
}
