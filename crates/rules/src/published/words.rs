//! Words of the remarks on published tables.

use super::percent::{Match, Way};
use crate::language::Language;
use crate::quota::{Denominator, Reading, Rounding};
use crate::rational::Rational;

/// A share with its fraction: `8/51 = 15,69 %`.
pub(super) fn share(count: u64, base: u64, decimals: u32, language: Language) -> String {
    let value = Rational::share(count, base).and_then(|share| share.checked_mul(Rational::whole(100)));
    value.map_or_else(String::new, |value| format!("{count}/{base} = {} %", language.decimal(value, decimals.max(2))))
}

/// Counts and denominators that would give what is printed.
pub(super) fn candidates(matches: &[Match], language: Language) -> String {
    if matches.is_empty() {
        return String::new();
    }
    let told = matches.iter().take(4).map(|one| {
        let way = match (one.way, language) {
            (Way::Rounded, _) => "",
            (Way::CutOff, Language::Vietnamese) => ", cắt bỏ phần lẻ",
            (Way::CutOff, Language::English) => ", cut off",
        };
        format!("{}/{} ({}{way})", one.count, one.base, column_name(&one.column, language))
    });
    let told = told.collect::<Vec<_>>().join(", ");
    match language {
        Language::Vietnamese => format!("; tỷ lệ in ra khớp với {told}"),
        Language::English => format!("; what is printed matches {told}"),
    }
}

/// The name of a column inside a sentence.
pub(super) fn column_name(column: &str, language: Language) -> &'static str {
    match (column, language) {
        ("rated", Language::Vietnamese) => "số được xếp loại",
        ("rated", Language::English) => "the number rated",
        ("sum", Language::Vietnamese) => "tổng các mức",
        ("sum", Language::English) => "the sum of the levels",
        ("reviewed", Language::Vietnamese) => "số đã kiểm điểm",
        ("reviewed", Language::English) => "the number reviewed",
        ("existing", Language::Vietnamese) => "số hiện có",
        ("existing", Language::English) => "the number existing",
        ("good_or_better", Language::Vietnamese) => "số tốt trở lên",
        ("good_or_better", Language::English) => "the number good or better",
        ("not_rated", Language::Vietnamese) => "số chưa xếp loại",
        (_, Language::Vietnamese) => "cột này",
        ("not_rated", Language::English) => "the number not rated",
        (_, Language::English) => "this column",
    }
}

/// A reading of the cap inside a sentence: what the share is taken of, and what is done with parts of a person.
pub(super) fn reading_name(reading: Reading, language: Language) -> String {
    let denominator = match (reading.denominator, language) {
        (Denominator::Literal, Language::Vietnamese) => "tính theo câu chữ",
        (Denominator::Literal, Language::English) => "by the letter",
        (Denominator::Pool, Language::Vietnamese) => "tính trên hai mức cao nhất",
        (Denominator::Pool, Language::English) => "of the two best levels",
        (Denominator::All, Language::Vietnamese) => "tính trên tổng số được xếp loại",
        (Denominator::All, Language::English) => "of all who are rated",
    };
    let rounding = match (reading.rounding, language) {
        (Rounding::Floor, Language::Vietnamese) => "bỏ phần lẻ",
        (Rounding::Floor, Language::English) => "cut off",
        (Rounding::HalfUp, Language::Vietnamese) => "làm tròn từ nửa",
        (Rounding::HalfUp, Language::English) => "rounded half up",
    };
    format!("{denominator}, {rounding}")
}
