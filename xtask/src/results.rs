//! A sample table of results of any size with breaches of a known number in it, for measuring `guong check`.

use std::collections::BTreeMap;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// People of one base organisation.
const PEOPLE: usize = 50;
/// Of so many base organisations one is over the cap.
const ORGANISATIONS: usize = 20;
/// In every so many rows each kind of breach is planted once.
const ROUND: usize = 1_000;

const HEADS: [&str; 20] = [
    "STT",
    "Mã đảng viên",
    "Họ và tên",
    "Ngày sinh",
    "Ngày vào Đảng",
    "TCCSĐ",
    "Chi bộ",
    "Chức vụ",
    "Tình trạng đảng viên",
    "Là cán bộ, công chức, viên chức",
    "XL công chức",
    "Bị kỷ luật",
    "Nghỉ ốm (ngày)",
    "Kết luận suy thoái",
    "Giữ chức vụ lãnh đạo, quản lý",
    "Người đứng đầu",
    "Mức xếp loại của đơn vị",
    "Số chỉ tiêu được giao",
    "Số chỉ tiêu hoàn thành",
    "Mức xếp loại",
];

const NAMES: [&str; 10] =
    ["Nguyễn Văn", "Trần Thị", "Lê Hữu", "Phạm Thị Ngọc", "Huỳnh", "Võ Đình", "Đặng Thuỳ", "Bùi Quốc", "Đỗ Thị", "Hồ"];

/// One person as the table has it.
struct Person {
    code: String,
    admitted: String,
    standing: &'static str,
    employee: &'static str,
    civil: &'static str,
    disciplined: &'static str,
    sick: usize,
    head: &'static str,
    unit: &'static str,
    targets: usize,
    done: usize,
    level: &'static str,
}

/// Writes the table; gives how often each kind of breach was planted.
///
/// # Errors
/// When the file cannot be written.
pub fn write(rows: usize, file: &Path) -> Result<BTreeMap<&'static str, usize>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?.set_name("Kết quả")?;
    sheet.write_string(0, 0, "KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN NĂM 2022 (SỐ LIỆU MẪU)")?;
    let bold = Format::new().set_bold();
    for (column, head) in (0_u16..).zip(HEADS) {
        sheet.write_string_with_format(2, column, head, &bold)?;
    }
    let mut planted = BTreeMap::new();
    for number in 1..=rows {
        let (person, kind) = person(number);
        if let Some(kind) = kind {
            *planted.entry(kind).or_default() += 1;
        }
        row(sheet, number, &person)?;
    }
    let over = (0..rows / PEOPLE).filter(|base| is_over(*base)).count();
    if over > 0 {
        planted.insert("over_cap", over);
    }
    book.save(file)?;
    Ok(planted)
}

const fn is_over(base: usize) -> bool {
    base % ORGANISATIONS == 7
}

fn person(number: usize) -> (Person, Option<&'static str>) {
    let (base, place) = ((number - 1) / PEOPLE, (number - 1) % PEOPLE);
    let excellent = place < if is_over(base) { 15 } else { 4 };
    let good = is_over(base) || place < 44;
    let employee = number.is_multiple_of(2);
    let ordinary = Person {
        code: format!("ĐV{number:06}"),
        admitted: format!("{:02}/{:02}/{}", number % 27 + 1, number % 11 + 1, 2019 - number % 19),
        standing: "Chính thức",
        employee: if employee { "có" } else { "không" },
        civil: if employee { "HTXSNV" } else { "" },
        disciplined: "không",
        sick: number % 20,
        head: "không",
        unit: "",
        targets: 10,
        done: 10 - number % 3,
        level: match () {
            () if excellent => "Hoàn thành xuất sắc nhiệm vụ",
            () if good => "Hoàn thành tốt nhiệm vụ",
            () => "Hoàn thành nhiệm vụ",
        },
    };
    // The sixteenth place of its organisation: rated good, never in one that is over the cap.
    match number % ROUND {
        17 => (Person { disciplined: "Khiển trách", ..ordinary }, Some("disciplined")),
        117 => (Person { sick: 120, ..ordinary }, Some("conditions")),
        217 => (Person { admitted: "03/09/2022".to_owned(), standing: "Dự bị", ..ordinary }, Some("review_only")),
        317 => (Person { standing: "Được miễn", ..ordinary }, Some("exempt")),
        417 => {
            let level = "Hoàn thành xuất sắc nhiệm vụ";
            (Person { employee: "có", civil: "HTTNV", level, ..ordinary }, Some("above_civil_service"))
        }
        517 => (Person { done: 4, ..ordinary }, Some("conditions")),
        617 => (Person { head: "có", unit: "HTNV", ..ordinary }, Some("above_unit")),
        717 => (Person { done: 12, ..ordinary }, Some("within")),
        817 => (Person { code: format!("ĐV{:06}", number - 1), ..ordinary }, Some("twice")),
        _ => (ordinary, None),
    }
}

fn row(sheet: &mut Worksheet, number: usize, person: &Person) -> Result<(), XlsxError> {
    let at = u32::try_from(number + 2).map_err(|_| XlsxError::RowColumnLimitError)?;
    let base = (number - 1) / PEOPLE;
    let name = format!("{} Mẫu {number:06}", NAMES[number % NAMES.len()]);
    let born = format!("{:02}/{:02}/{}", number % 28 + 1, number % 12 + 1, 1940 + number % 60);
    let (base_name, cell) = (format!("Đảng bộ xã Mẫu {base:04}"), format!("Chi bộ thôn Mẫu {:05}", (number - 1) / 25));
    let texts = [
        (1, person.code.as_str()),
        (2, &name),
        (3, &born),
        (4, &person.admitted),
        (5, &base_name),
        (6, &cell),
        (7, if person.head == "có" { "Bí thư" } else { "" }),
        (8, person.standing),
        (9, person.employee),
        (10, person.civil),
        (11, person.disciplined),
        (13, "không"),
        (14, "không"),
        (15, person.head),
        (16, person.unit),
        (19, person.level),
    ];
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    for (column, count) in [(0, number), (12, person.sick), (17, person.targets), (18, person.done)] {
        sheet.write_number(at, column, count as f64)?;
    }
    for (column, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(at, column, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_breach_is_planted_once_a_round_and_counted() {
        let folder = tempfile::tempdir().unwrap();
        let planted = write(2_000, &folder.path().join("results.xlsx")).unwrap();
        let kinds = ["above_civil_service", "above_unit", "disciplined", "exempt", "review_only", "twice", "within"];
        assert!(kinds.iter().all(|kind| planted[kind] == 2), "{planted:?}");
        assert_eq!((planted["conditions"], planted["over_cap"]), (4, 2));
    }
}
