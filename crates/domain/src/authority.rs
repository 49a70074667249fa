//! Thẩm quyền: which body decides on a subject, from the rule book's default and the decisions that delegate it.

use crate::org::UnitKind;
use crate::subject::Subject;
use crate::word::words;
use crate::{Day, Refusal, UnitId};

words! {
    /// Cấp quyết định mặc định: where the deciding body stands, seen from the unit of the subject.
    Tier {
        /// Tổ chức cơ sở đảng gần nhất, kể cả chính đơn vị; nơi không có thì cấp trên trực tiếp.
        Base = "base",
        /// Cấp trên trực tiếp.
        Superior = "superior",
    }
}

/// Quyết định phân cấp: says who decides on a kind of subject, for one unit with all below it or for a kind of unit there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Kind of subject.
    pub subject: Subject,
    /// The unit it holds for, with everything below.
    pub within: UnitId,
    /// Only for units of this kind, if it names one.
    pub kind: Option<UnitKind>,
    /// Who decides.
    pub body: UnitId,
    /// First day.
    pub from_on: Day,
    /// Last day, if it has one.
    pub to_on: Option<Day>,
}

/// Cấp có thẩm quyền đối với một đối tượng.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Competence {
    /// This body decides.
    Body(UnitId),
    /// A body above the hierarchy that is kept here decides, such as the Secretariat on a province.
    Outside,
    /// Neither the rule book nor a decision says who decides.
    Missing,
    /// Decisions of the same rank name different bodies.
    Ambiguous(Vec<UnitId>),
}

/// Đơn vị trên đường lên: a unit with its kind, in a line that goes upward from the unit of the subject.
pub type Upward = [(UnitId, UnitKind)];

/// Who decides on a subject of `line`'s first unit on `day`. A decision goes before the default; the nearer the unit it
/// names, the stronger; at the same unit one that names the kind is stronger than one that does not.
#[must_use]
pub fn competent(
    subject: Subject,
    line: &Upward,
    default: Option<Tier>,
    delegations: &[Delegation],
    day: Day,
) -> Competence {
    let Some((_, kind)) = line.first() else { return Competence::Missing };
    let rank = |one: &Delegation| {
        let holds = one.subject == subject
            && crate::org::holds_on(day, one.from_on, one.to_on)
            && one.kind.is_none_or(|of| of == *kind);
        // Nobody decides on himself as an organisation, collective or leader, whatever was written down.
        let oneself = subject != Subject::Member && line.first().is_some_and(|(unit, _)| *unit == one.body);
        let distance = line.iter().position(|(unit, _)| *unit == one.within).filter(|_| holds && !oneself)?;
        Some((distance, one.kind.is_none()))
    };
    let Some(strongest) = delegations.iter().filter_map(rank).min() else {
        return by_default(line, default);
    };
    let mut bodies: Vec<UnitId> =
        delegations.iter().filter(|one| rank(one) == Some(strongest)).map(|one| one.body).collect();
    bodies.sort();
    bodies.dedup();
    match bodies[..] {
        [body] => Competence::Body(body),
        _ => Competence::Ambiguous(bodies),
    }
}

fn by_default(line: &Upward, default: Option<Tier>) -> Competence {
    let superior = || line.get(1).map_or(Competence::Outside, |(unit, _)| Competence::Body(*unit));
    match default {
        None => Competence::Missing,
        Some(Tier::Superior) => superior(),
        Some(Tier::Base) => match line.iter().find(|(_, kind)| kind.is_base()) {
            Some((unit, _)) => Competence::Body(*unit),
            None => superior(),
        },
    }
}

/// Checks a decision that delegates: the body is the unit or stands above it (`line` goes upward from `within`), and the
/// days are in order. What is decided on below the unit may be given to the unit; nobody is given himself: see
/// [`competent`].
///
/// # Errors
/// `AUTHORITY-001` at `body` for a body elsewhere, `AUTHORITY-002` at `to_on` when it ends before it begins.
pub fn check(delegation: &Delegation, line: &Upward) -> Result<(), Refusal> {
    if !line.iter().any(|(unit, _)| *unit == delegation.body) {
        return Err(Refusal::new("AUTHORITY-001").at("body"));
    }
    if delegation.to_on.is_some_and(|end| end < delegation.from_on) {
        return Err(Refusal::new("AUTHORITY-002").with("from", delegation.from_on.shown()).at("to_on"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn unit(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn day(text: &str) -> Day {
        Day::parse_stored(text).unwrap()
    }

    const CELL: u128 = 1;
    const BASE: u128 = 2;
    const DISTRICT: u128 = 3;
    const PROVINCE: u128 = 4;

    fn line() -> Vec<(UnitId, UnitKind)> {
        vec![
            (unit(CELL), UnitKind::Cell),
            (unit(BASE), UnitKind::BaseOrganization),
            (unit(DISTRICT), UnitKind::AboveBase),
            (unit(PROVINCE), UnitKind::Province),
        ]
    }

    fn delegated(within: u128, kind: Option<UnitKind>, body: u128) -> Delegation {
        Delegation {
            subject: Subject::Organization,
            within: unit(within),
            kind,
            body: unit(body),
            from_on: day("2022-01-01"),
            to_on: None,
        }
    }

    fn of_cell(delegations: &[Delegation]) -> Competence {
        competent(Subject::Organization, &line(), Some(Tier::Base), delegations, day("2022-12-31"))
    }

    #[test]
    fn the_base_decides_on_its_cells_and_the_district_on_the_base() {
        assert_eq!(of_cell(&[]), Competence::Body(unit(BASE)));
        let base = &line()[1..];
        let decides = competent(Subject::Organization, base, Some(Tier::Superior), &[], day("2022-12-31"));
        assert_eq!(decides, Competence::Body(unit(DISTRICT)));
    }

    #[test]
    fn a_cell_under_a_commune_above_the_base_is_decided_by_the_commune() {
        let line = [(unit(CELL), UnitKind::Cell), (unit(DISTRICT), UnitKind::AboveBase)];
        let decides = competent(Subject::Member, &line, Some(Tier::Base), &[], day("2025-12-31"));
        assert_eq!(decides, Competence::Body(unit(DISTRICT)));
    }

    #[test]
    fn a_base_cell_decides_on_its_members_itself() {
        let line = [(unit(CELL), UnitKind::BaseCell), (unit(DISTRICT), UnitKind::AboveBase)];
        assert_eq!(
            competent(Subject::Member, &line, Some(Tier::Base), &[], day("2022-12-31")),
            Competence::Body(unit(CELL))
        );
    }

    #[test]
    fn the_province_is_decided_outside_and_what_no_text_names_is_missing() {
        let top = [(unit(PROVINCE), UnitKind::Province)];
        let decides = |default| competent(Subject::Organization, &top, default, &[], day("2022-12-31"));
        assert_eq!(decides(Some(Tier::Superior)), Competence::Outside);
        assert_eq!(decides(None), Competence::Missing);
    }

    #[test]
    fn a_nearer_decision_goes_before_a_farther_one_and_one_that_names_the_kind_before_one_that_does_not() {
        let (far, near) = (delegated(PROVINCE, None, DISTRICT), delegated(BASE, None, PROVINCE));
        assert_eq!(of_cell(&[far.clone(), near]), Competence::Body(unit(PROVINCE)));
        let of_cells = delegated(PROVINCE, Some(UnitKind::Cell), PROVINCE);
        assert_eq!(of_cell(&[far, of_cells]), Competence::Body(unit(PROVINCE)));
    }

    #[test]
    fn two_decisions_of_the_same_rank_must_be_settled_by_people() {
        let both = [delegated(PROVINCE, None, DISTRICT), delegated(PROVINCE, None, PROVINCE)];
        assert_eq!(of_cell(&both), Competence::Ambiguous(vec![unit(DISTRICT), unit(PROVINCE)]));
    }

    #[test]
    fn a_decision_that_ended_or_speaks_of_another_subject_changes_nothing() {
        let ended = Delegation { to_on: Some(day("2022-06-30")), ..delegated(PROVINCE, None, PROVINCE) };
        let other = Delegation { subject: Subject::Leader, ..delegated(PROVINCE, None, PROVINCE) };
        assert_eq!(of_cell(&[ended, other]), Competence::Body(unit(BASE)));
    }

    #[test]
    fn nobody_decides_on_himself_by_a_decision_of_his_own() {
        let base = &line()[1..];
        let own = [delegated(BASE, None, BASE)];
        let decides = competent(Subject::Organization, base, Some(Tier::Superior), &own, day("2022-12-31"));
        assert_eq!(decides, Competence::Body(unit(DISTRICT)), "its superior still decides on the base");
        assert_eq!(of_cell(&own), Competence::Body(unit(BASE)), "on what is below it, it may");
    }

    #[test]
    fn nobody_is_given_what_stands_beside_him() {
        let beside = Delegation { body: unit(9), ..delegated(CELL, None, BASE) };
        assert_eq!(check(&beside, &line()).unwrap_err().code, "AUTHORITY-001");
        let backwards = Delegation { to_on: Some(day("2021-12-31")), ..delegated(CELL, None, BASE) };
        assert_eq!(check(&backwards, &line()).unwrap_err().code, "AUTHORITY-002");
    }
}
