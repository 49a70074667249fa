//! Tỷ lệ phần trăm to two decimals, half up, in whole-number arithmetic: what a printed table can be checked against.

/// One hundred per cent in hundredths of a per cent.
pub(super) const WHOLE: u64 = 10_000;

/// `part` of `whole` in hundredths of a per cent, rounded half up; none when there is no whole.
pub(super) fn hundredths(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (part * 2 * WHOLE + whole) / (2 * whole))
}

/// `1429` as `14,29`.
pub(super) fn written(hundredths: u64) -> String {
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(part: u64, whole: u64) -> String {
        hundredths(part, whole).map_or_else(String::new, written)
    }

    #[test]
    fn percentages_are_rounded_half_up_to_two_decimals() {
        assert_eq!(percent(2, 14), "14,29");
        assert_eq!(percent(1, 3), "33,33");
        assert_eq!(percent(2, 3), "66,67");
        assert_eq!(percent(1, 800), "0,13"); // 0,125 exactly: up
        assert_eq!(percent(7, 7), "100,00");
        assert_eq!(percent(0, 7), "0,00");
        assert_eq!(percent(0, 0), "");
    }

    #[test]
    fn two_fourteenths_and_ten_and_two_add_up_to_more_than_a_hundred() {
        let sum: u64 = [2, 10, 2].iter().filter_map(|part| hundredths(*part, 14)).sum();
        assert_eq!(written(sum), "100,01");
    }
}
