//! Điều cần xem lại: what is not wrong but seldom right. Never a reason to refuse a file.

use std::collections::{BTreeMap, BTreeSet};

use domain::org::{Standing, Title, holds_on};
use domain::{Day, Refusal};

use super::finding::Remarks;
use super::layout::{MEMBERS, UNITS};
use super::lines::{At, Line, MemberLine, PostLine, UnitLine};

/// Fewest official members with which a cell is founded (Party Charter of 2011, on cells).
const FEWEST_OFFICIAL: usize = 3;
/// From so many official members on, a cell elects a committee of its own (the same).
const COMMITTEE_FROM: usize = 9;

/// Notes odd names: all in capitals, or of one word.
pub(super) fn name(at: &At<MemberLine>, remarks: &mut Remarks) {
    let name = &at.line.name;
    if !name.contains(' ') {
        remarks.add(MEMBERS.name, (at.row, 2), Refusal::new("ROSTER-105").with("name", name));
    }
    if name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase) {
        remarks.add(MEMBERS.name, (at.row, 2), Refusal::new("ROSTER-104").with("name", name));
    }
}

/// Notes cells of the file that are too small, have no secretary, or no committee though they are large.
pub(super) fn note(
    units: &[At<UnitLine>],
    members: &BTreeMap<&str, &At<MemberLine>>,
    posts: &BTreeMap<<PostLine as Line>::Key<'_>, &At<PostLine>>,
    today: Day,
    remarks: &mut Remarks,
) {
    let mut official: BTreeMap<&str, usize> = BTreeMap::new();
    for at in members.values().filter(|at| at.line.standing == Standing::Official && at.line.lasts_beyond(today)) {
        *official.entry(&at.line.unit).or_default() += 1;
    }
    let held = |title: Title| -> BTreeSet<&str> {
        let now = posts.values().filter(|at| at.line.title == title && holds_on(today, at.line.from_on, at.line.to_on));
        now.map(|at| at.line.unit.as_str()).collect()
    };
    let (headed, with_committee) = (held(Title::Secretary), held(Title::CommitteeMember));
    for at in units.iter().filter(|at| at.line.kind.has_members() && at.line.closed_on.is_none()) {
        let code = at.line.code.as_str();
        let count = official.get(code).copied().unwrap_or(0);
        let mut odd = |finding: &str| {
            remarks.add(
                UNITS.name,
                (at.row, 1),
                Refusal::new(finding).with("unit", &at.line.name).with("count", count),
            );
        };
        if count < FEWEST_OFFICIAL {
            odd("ROSTER-106");
        }
        if !headed.contains(code) {
            odd("ROSTER-108");
        }
        if count >= COMMITTEE_FROM && !with_committee.contains(code) {
            odd("ROSTER-109");
        }
    }
}
