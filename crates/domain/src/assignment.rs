//! Phân công theo dõi, chỉ đạo: members of a committee follow units and sectors through a campaign and attend the sessions.

use crate::org::Title;
use crate::word::words;
use crate::{Day, Refusal};

words! {
    /// Loại ghi nhận của người được phân công.
    ObservationKind {
        /// Việc chuẩn bị kiểm điểm.
        Preparation = "preparation",
        /// Đã dự hội nghị kiểm điểm, ý kiến tại hội nghị.
        Session = "session",
    }
}

/// Checks an assignment of somebody whose posts in the committee on that day are `titles`.
///
/// # Errors
/// `ASSIGN-001` at `person` without a seat; `ASSIGN-002` at `unit` neither unit nor sector; `ASSIGN-005` at `basis` without
/// the document that assigns.
pub fn check(titles: &[Title], units: usize, sector: &str, basis: &str) -> Result<(), Vec<Refusal>> {
    let rules = [
        (titles.iter().any(|title| title.is_of_committee()), "ASSIGN-001", "person"),
        (units > 0 || !sector.is_empty(), "ASSIGN-002", "unit"),
        (!basis.is_empty(), "ASSIGN-005", "basis"),
    ];
    let broken = rules.into_iter().filter(|(holds, ..)| !holds);
    let faults: Vec<Refusal> = broken.map(|(_, code, field)| Refusal::new(code).at(field)).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// What was seen lies between the assignment and today.
///
/// # Errors
/// `ASSIGN-009` at `seen_on`.
pub fn check_day(seen_on: Day, from_on: Day, today: Day) -> Result<(), Refusal> {
    if from_on <= seen_on && seen_on <= today {
        Ok(())
    } else {
        Err(Refusal::new("ASSIGN-009").with("from", from_on.shown()).at("seen_on"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_sits_on_the_committee_is_assigned() {
        let codes = |titles: &[Title]| match check(titles, 1, "", "Thông báo số 5") {
            Ok(()) => Vec::new(),
            Err(faults) => faults.into_iter().map(|one| one.code).collect::<Vec<_>>(),
        };
        for seat in [Title::Secretary, Title::DeputySecretary, Title::StandingMember, Title::CommitteeMember] {
            assert!(codes(&[seat]).is_empty(), "{seat}");
        }
        for titles in [&[][..], &[Title::Clerk], &[Title::Inspector]] {
            assert_eq!(codes(titles), ["ASSIGN-001"]);
        }
    }

    #[test]
    fn an_assignment_names_what_is_followed_and_by_which_document() {
        let faults = check(&[Title::Secretary], 0, "", "").unwrap_err();
        let told: Vec<_> = faults.into_iter().map(|one| one.code).collect();
        assert_eq!(told, ["ASSIGN-002", "ASSIGN-005"]);
        assert!(check(&[Title::Secretary], 0, "Khối trường học", "Thông báo số 5").is_ok());
    }

    #[test]
    fn nobody_saw_something_before_he_was_assigned_or_tomorrow() {
        let day = |date| Day::of(2022, 11, date).unwrap();
        assert!(check_day(day(5), day(5), day(5)).is_ok());
        for seen in [4, 11] {
            assert_eq!(check_day(day(seen), day(5), day(10)).unwrap_err().code, "ASSIGN-009");
        }
    }
}
