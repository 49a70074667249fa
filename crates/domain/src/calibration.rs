//! Cân chỉnh giữa các chức danh tương đương: before a list is approved, like is compared with like, and whoever is moved to
//! another level is moved with a reason. Nothing here counts towards a share of levels.

use crate::Refusal;

/// Một lần chuyển mức trong biên bản cân chỉnh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<'a> {
    /// Review, as it stands in the names of fields.
    pub review: &'a str,
    /// Who.
    pub name: &'a str,
    /// Level on the list before; empty when it was open.
    pub from: &'a str,
    /// Level after.
    pub to: &'a str,
    /// Why.
    pub reason: &'a str,
}

/// Checks what a session moved; every fault at once.
///
/// # Errors
/// `CALIBRATE-001` nobody was moved and nothing concluded; `-002` a move without a reason, `-003` to the level that stands already.
pub fn check(moves: &[Move<'_>], conclusion: &str) -> Result<(), Vec<Refusal>> {
    if moves.is_empty() && conclusion.trim().is_empty() {
        return Err(vec![Refusal::new("CALIBRATE-001").at("conclusion")]);
    }
    let fault = |one: &Move<'_>| {
        if one.from == one.to {
            return Some(Refusal::new("CALIBRATE-003").with("person", one.name).at(&format!("to-{}", one.review)));
        }
        let silent = one.reason.trim().is_empty();
        silent.then(|| Refusal::new("CALIBRATE-002").with("person", one.name).at(&format!("why-{}", one.review)))
    };
    let faults: Vec<Refusal> = moves.iter().filter_map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(moves: &[Move<'_>], conclusion: &str) -> Vec<String> {
        check(moves, conclusion).err().into_iter().flatten().map(|refusal| refusal.code).collect()
    }

    #[test]
    fn whoever_is_moved_is_moved_to_another_level_and_with_a_reason() {
        let one =
            Move { review: "1", name: "Mẫu 01", from: "excellent", to: "good", reason: "Sản phẩm 2 kém hơn." };
        assert_eq!(codes(&[one], ""), [""; 0]);
        let silent = Move { reason: " ", ..one };
        let same = Move { to: "excellent", ..one };
        assert_eq!(codes(&[silent, same], "x"), ["CALIBRATE-002", "CALIBRATE-003"]);
        assert_eq!(check(&[silent], "").unwrap_err()[0].field.as_deref(), Some("why-1"));
    }

    #[test]
    fn a_session_that_moves_nobody_says_so() {
        assert_eq!(codes(&[], " "), ["CALIBRATE-001"]);
        assert_eq!(codes(&[], "Các mức đã tương đương."), [""; 0]);
    }
}
