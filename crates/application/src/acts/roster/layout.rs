//! Bố cục tệp danh sách: sheets, headings and words of the roster workbook.
//!
//! This is the form of a file, the same whatever language the pages are read in; what explains it stands in `locales`.

use domain::org::{CivilKind, EndReason, Standing, Title, UnitKind};

/// Trang tính: one sheet with its columns from left to right.
#[derive(Debug, Clone, Copy)]
pub struct SheetLayout {
    /// Name on the tab.
    pub name: &'static str,
    /// Columns in the order of the template; a file may have them in any order.
    pub columns: &'static [Column],
}

/// Cột.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Identifier, used in message keys.
    pub key: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// Whether a cell may not be empty.
    pub required: bool,
    /// Longest text, in characters.
    pub max: usize,
    /// What a cell may hold.
    pub content: Content,
}

/// Nội dung một ô.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// Any text.
    Text,
    /// A day, dd/mm/yyyy.
    Day,
    /// One of these words; the first stands for the first value of the enumeration, and so on.
    OneOf(&'static [&'static str]),
    /// Code of a unit of the first sheet.
    UnitCode,
    /// Code of a member of the second sheet.
    MemberCode,
}

/// First words of the row below the headings that explains them and is skipped.
pub const HINT: &str = "Hướng dẫn";

/// Words of [`UnitKind::ALL`].
pub const KINDS: &[&str] =
    &["Đảng bộ tỉnh", "Đảng bộ cấp trên cơ sở", "Đảng bộ cơ sở", "Chi bộ cơ sở", "Đảng bộ bộ phận", "Chi bộ"];
/// Words of [`Standing::ALL`].
pub const STANDINGS: &[&str] = &["Chính thức", "Dự bị", "Được miễn", "Đình chỉ"];
/// Words of [`CivilKind::ALL`].
pub const CIVIL_KINDS: &[&str] = &["Không", "Cán bộ", "Công chức", "Viên chức"];
/// Words of [`EndReason::ALL`].
pub const END_REASONS: &[&str] = &["Từ trần", "Xin ra khỏi Đảng", "Khai trừ", "Xoá tên", "Chuyển sinh hoạt đi"];
/// Words of [`Title::ALL`].
pub const TITLES: &[&str] =
    &["Bí thư", "Phó bí thư", "Uỷ viên ban thường vụ", "Cấp uỷ viên", "Cán bộ văn phòng", "Cán bộ uỷ ban kiểm tra"];
/// Words for false and true.
pub const YES_NO: &[&str] = &["Không", "Có"];

const CODE: usize = 40;
const NAME: usize = 200;
const TEXT: usize = 300;
const DAY: usize = 20;

const fn column(key: &'static str, heading: &'static str, required: bool, max: usize, content: Content) -> Column {
    Column { key, heading, required, max, content }
}

/// Sheet of units.
pub const UNITS: SheetLayout = SheetLayout {
    name: "Tổ chức",
    columns: &[
        column("unit-code", "Mã tổ chức", true, CODE, Content::Text),
        column("unit-name", "Tên tổ chức", true, NAME, Content::Text),
        column("unit-kind", "Loại tổ chức", true, CODE, Content::OneOf(KINDS)),
        column("unit-superior", "Mã tổ chức cấp trên", false, CODE, Content::UnitCode),
        column("unit-superior-name", "Cấp uỷ cấp trên trực tiếp", false, NAME, Content::Text),
        column("unit-place", "Địa danh", false, NAME, Content::Text),
        column("unit-suffix", "Ký hiệu văn bản", false, CODE, Content::Text),
        column("unit-founded", "Ngày thành lập", false, DAY, Content::Day),
        column("unit-closed", "Ngày giải thể", false, DAY, Content::Day),
    ],
};

/// Sheet of members.
pub const MEMBERS: SheetLayout = SheetLayout {
    name: "Đảng viên",
    columns: &[
        column("member-code", "Mã đảng viên", true, CODE, Content::Text),
        column("member-name", "Họ và tên", true, NAME, Content::Text),
        column("member-born", "Ngày sinh", false, DAY, Content::Day),
        column("member-card", "Số thẻ đảng", false, CODE, Content::Text),
        column("member-unit", "Mã tổ chức", true, CODE, Content::UnitCode),
        column("member-standing", "Tình trạng", true, CODE, Content::OneOf(STANDINGS)),
        column("member-admitted", "Ngày vào Đảng", true, DAY, Content::Day),
        column("member-official", "Ngày chính thức", false, DAY, Content::Day),
        column("member-civil", "Đối tượng công tác", false, CODE, Content::OneOf(CIVIL_KINDS)),
        column("member-government-post", "Chức vụ chính quyền", false, TEXT, Content::Text),
        column("member-mass-post", "Chức vụ đoàn thể", false, TEXT, Content::Text),
        column("member-workplace", "Nơi công tác", false, TEXT, Content::Text),
        column("member-leader", "Lãnh đạo, quản lý", false, CODE, Content::OneOf(YES_NO)),
        column("member-ended", "Ngày kết thúc sinh hoạt", false, DAY, Content::Day),
        column("member-end-reason", "Lý do kết thúc", false, CODE, Content::OneOf(END_REASONS)),
    ],
};

/// Sheet of posts.
pub const POSTS: SheetLayout = SheetLayout {
    name: "Chức vụ",
    columns: &[
        column("post-member", "Mã đảng viên", true, CODE, Content::MemberCode),
        column("post-unit", "Mã tổ chức", true, CODE, Content::UnitCode),
        column("post-title", "Chức vụ", true, CODE, Content::OneOf(TITLES)),
        column("post-from", "Từ ngày", true, DAY, Content::Day),
        column("post-to", "Đến ngày", false, DAY, Content::Day),
    ],
};

/// The sheets of the workbook, in order.
pub const SHEETS: [&SheetLayout; 3] = [&UNITS, &MEMBERS, &POSTS];

/// Letters of a column as a spreadsheet shows them: 1 is `A`, 27 is `AA`.
#[must_use]
pub fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn worded<T: Copy + PartialEq>(words: &'static [&'static str], values: &[T], value: T) -> &'static str {
    values.iter().position(|known| *known == value).and_then(|at| words.get(at)).copied().unwrap_or_default()
}

pub(crate) fn kind_word(kind: UnitKind) -> &'static str {
    worded(KINDS, UnitKind::ALL, kind)
}

pub(crate) fn standing_word(standing: Standing) -> &'static str {
    worded(STANDINGS, Standing::ALL, standing)
}

pub(crate) fn end_word(reason: EndReason) -> &'static str {
    worded(END_REASONS, EndReason::ALL, reason)
}

pub(crate) fn civil_word(kind: CivilKind) -> &'static str {
    worded(CIVIL_KINDS, CivilKind::ALL, kind)
}

pub(crate) fn title_word(title: Title) -> &'static str {
    worded(TITLES, Title::ALL, title)
}

pub(crate) fn yes_no(value: bool) -> &'static str {
    worded(YES_NO, &[false, true], value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_word() {
        assert_eq!((KINDS.len(), STANDINGS.len()), (UnitKind::ALL.len(), Standing::ALL.len()));
        assert_eq!(END_REASONS.len(), EndReason::ALL.len());
        assert_eq!(
            (end_word(EndReason::Died), end_word(EndReason::TransferredOut)),
            ("Từ trần", "Chuyển sinh hoạt đi")
        );
        assert_eq!((CIVIL_KINDS.len(), TITLES.len()), (CivilKind::ALL.len(), Title::ALL.len()));
        assert_eq!((standing_word(Standing::Exempt), title_word(Title::Clerk)), ("Được miễn", "Cán bộ văn phòng"));
        assert_eq!((kind_word(UnitKind::Cell), civil_word(CivilKind::Cadre), yes_no(true)), ("Chi bộ", "Cán bộ", "Có"));
    }

    #[test]
    fn columns_are_lettered_like_in_a_spreadsheet() {
        assert_eq!([1, 26, 27, 52, 703].map(letters), ["A", "Z", "AA", "AZ", "AAA"]);
    }
}
