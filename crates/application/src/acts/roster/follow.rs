//! Hồ sơ đi theo người: an undecided review goes along when the file takes its person to another cell, and has to where
//! the file closes the old one.

use std::collections::BTreeMap;

use domain::subject::Subject;
use domain::{Day, Refusal};
use store::review::ReviewRow;
use uuid::Uuid;

use super::finding::Remarks;
use super::layout::{MEMBERS, UNITS};
use super::lines::{At, MemberLine, Roster, UnitLine};
use super::present::Present;
use crate::acts::organisation::{Fate, Target};

/// Columns of the sheets of members and of units.
const CELL: u32 = 5;
const CLOSED: u32 = 9;

/// A review whose person the file has in another cell.
pub(super) struct Going<'a> {
    pub(super) review: &'a ReviewRow,
    /// Code of the new cell.
    pub(super) to: &'a str,
    /// What becomes of it.
    pub(super) fate: Result<Fate, Refusal>,
    member: &'a At<MemberLine>,
    /// The line that closes the old cell.
    closing: Option<&'a At<UnitLine>>,
    to_name: &'a str,
}

/// Undecided reviews of people whom the file moves, or whose cell it closes.
pub(super) fn goings<'a>(file: &'a Roster, present: &'a Present, today: Day) -> Vec<Going<'a>> {
    let Some(rounds) = &present.rounds else { return Vec::new() };
    let before: BTreeMap<&str, &At<MemberLine>> =
        present.roster.members.iter().map(|at| (at.line.code.as_str(), at)).collect();
    let after: BTreeMap<&str, &At<MemberLine>> =
        before.values().copied().chain(&file.members).map(|at| (at.line.code.as_str(), at)).collect();
    let people: BTreeMap<Uuid, &str> =
        present.people.iter().map(|(code, row)| (row.person_id, code.as_str())).collect();
    let cells: BTreeMap<Uuid, &str> = present.units.iter().map(|(code, row)| (row.unit_id, code.as_str())).collect();
    let lines: BTreeMap<&str, &At<UnitLine>> = file.units.iter().map(|at| (at.line.code.as_str(), at)).collect();
    let going = |review: &'a ReviewRow| {
        let code = *people.get(&review.person_id.filter(|_| review.subject == Subject::Member.word())?)?;
        let (old, member) = (*cells.get(&review.unit_id)?, *after.get(code)?);
        let open = present.units.get(old)?.closed_on.is_none();
        let closing = lines.get(old).copied().filter(|at| open && at.line.closed_on.is_some());
        let to = member.line.unit.as_str();
        let moves = before.get(code).is_some_and(|at| at.line.unit != to);
        if member.line.ended_on.is_some() || to == old || !(moves || closing.is_some()) {
            return None;
        }
        let path = path_of(to, &lines, present);
        let to_name = lines.get(to).map(|at| at.line.name.as_str()).or_else(|| Some(&present.units.get(to)?.name))?;
        let unit = present.units.get(to).map_or_else(Uuid::nil, |row| row.unit_id);
        let fate = rounds.fate(review, Target { unit, path: &path, name: to_name }, today, closing.is_some());
        Some(Going { review, to, fate, member, closing, to_name })
    };
    present.reviews.iter().filter_map(going).collect()
}

/// Path of a unit; of a new one that of the superior which is there already.
fn path_of(code: &str, lines: &BTreeMap<&str, &At<UnitLine>>, present: &Present) -> String {
    let mut at = code;
    for _ in 0..=lines.len() {
        if let Some(row) = present.units.get(at) {
            return row.path.clone();
        }
        let Some(superior) = lines.get(at).and_then(|at| at.line.superior.as_deref()) else { break };
        at = superior;
    }
    String::new()
}

/// Says beforehand which reviews go along, and refuses what would leave one without a meeting or a decision.
pub(super) fn note(file: &Roster, present: &Present, today: Day, remarks: &mut Remarks) {
    for going in goings(file, present, today) {
        let name = &going.member.line.name;
        let (sheet, place) = match going.closing {
            Some(at) if going.member.row == 0 => (UNITS.name, (at.row, CLOSED)),
            _ => (MEMBERS.name, (going.member.row, CELL)),
        };
        let what = match &going.fate {
            Ok(Fate::Stays) => continue,
            Ok(Fate::Goes(_)) => Refusal::new("ROSTER-118").with("name", name).with("unit", going.to_name),
            Ok(Fate::Leaves) => {
                Refusal::new("ROSTER-112").with("name", name).with("reason", super::withdraw::left_on(today))
            }
            Err(refusal) => {
                let code = if refusal.code == "ORG-021" { "ROSTER-050" } else { "ROSTER-049" };
                let mut what = Refusal::new(code).with("name", name);
                what.args.extend(refusal.args.iter().cloned());
                what
            }
        };
        remarks.add(sheet, place, what);
    }
}
