//! Tên tệp: Vietnamese without marks, safe on every file system.

use domain::text::fold;

/// Longest name without its ending: some archives and old systems allow no more.
const LONGEST: usize = 100;

/// `Biên bản kiểm phiếu`, `Chi bộ thôn 1` → `bien-ban-kiem-phieu-chi-bo-thon-1`.
pub(super) fn stem(parts: &[&str]) -> String {
    let mut name = String::new();
    for c in fold(&parts.join(" ")).chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() == LONGEST {
            break;
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "giay-to".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_carries_no_marks_and_no_signs() {
        assert_eq!(stem(&["Biên bản kiểm phiếu", "Chi bộ thôn 1"]), "bien-ban-kiem-phieu-chi-bo-thon-1");
        assert_eq!(stem(&["../../Đặng \"Văn\" <Ư>", "\n"]), "dang-van-u");
        assert_eq!(stem(&["…"]), "giay-to");
        assert!(stem(&["ươ".repeat(300).as_str()]).len() <= LONGEST);
    }
}
