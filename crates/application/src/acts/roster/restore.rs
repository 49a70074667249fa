//! Đưa hồ sơ trở lại đợt: the roster was wrong, or somebody came back; his review returns to where it stood, nothing lost.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::decision::DecisionState;
use domain::meeting::MeetingState;
use domain::proposal::ProposalState;
use domain::review::{Comeback, Meanwhile, ReviewState, comeback};
use domain::subject::Subject;
use store::review::ReviewRow;
use store::withdrawal::WithdrawnRow;

use super::check::{Ground, Merged};
use super::finding::Remarks;
use super::layout::MEMBERS;
use super::lines::{MemberLine, Roster, UnitLine};
use super::plan::Change;
use super::present::Present;
use crate::error::{Result, known};

/// Column on which the file says that a membership goes on.
const ENDED: u32 = 14;

/// A review out of its round, by the codes of person (none when it is the unit's own) and cell.
#[derive(Debug, Clone)]
pub(crate) struct Out<'a> {
    person: Option<&'a str>,
    unit: &'a str,
    review: &'a ReviewRow,
    kept: &'a WithdrawnRow,
}

/// What becomes of it.
enum Fate {
    Stays,
    Returns(ReviewState),
    /// He is a member again, but the review stays out.
    TooLate(Refusal),
}

/// The reviews that are out of their round.
pub(super) fn out(present: &Present) -> Vec<Out<'_>> {
    let people: BTreeMap<_, _> = present.people.values().map(|row| (row.person_id, row.code.as_str())).collect();
    let units: BTreeMap<_, _> = present.units.values().map(|row| (row.unit_id, row.code.as_str())).collect();
    let mut found = Vec::new();
    // Leaders come back with their posts, when the registers follow the facts.
    let known = |review: &ReviewRow| review.subject != Subject::Leader.word();
    for (review, kept) in present.withdrawn.iter().filter(|(review, _)| known(review)) {
        let person = review.person_id.and_then(|person| people.get(&person).copied());
        if let Some(unit) = units.get(&review.unit_id).copied() {
            found.push(Out { person, unit, review, kept });
        }
    }
    found
}

/// The reviews that the file puts back into their rounds.
pub(super) fn restored(file: &Roster, present: &Present) -> Result<Vec<Change<ReviewRow>>> {
    let (members, units) = (members(&present.roster), units(&present.roster));
    let (mut now, mut open) = (members.clone(), units.clone());
    now.extend(self::members(file));
    open.extend(self::units(file));
    let mut changes = Vec::new();
    for one in out(present) {
        let (was, is) = (line_of(&members, &one), line_of(&now, &one));
        if let Fate::Returns(state) = fate(&one, was, is, open.get(one.unit).copied())? {
            changes.push(Change { before: Some(one.review.clone()), after: as_before(one.review, one.kept, state) });
        }
    }
    Ok(changes)
}

fn line_of<'a>(lines: &BTreeMap<&str, &'a MemberLine>, one: &Out<'_>) -> Option<&'a MemberLine> {
    lines.get(one.person?).copied()
}

fn members(roster: &Roster) -> BTreeMap<&str, &MemberLine> {
    roster.members.iter().map(|at| (at.line.code.as_str(), &at.line)).collect()
}

fn units(roster: &Roster) -> BTreeMap<&str, &UnitLine> {
    roster.units.iter().map(|at| (at.line.code.as_str(), &at.line)).collect()
}

fn as_before(row: &ReviewRow, kept: &WithdrawnRow, state: ReviewState) -> ReviewRow {
    ReviewRow {
        state: state.word().to_owned(),
        obligation: kept.obligation.clone(),
        obligation_rule: kept.obligation_rule.clone(),
        obligation_reason: kept.obligation_reason.clone(),
        version: row.version + 1,
        ..row.clone()
    }
}

/// Whoever goes on as a member of the same cell has his review back; who is admitted anew or in another cell has not.
fn fate(one: &Out<'_>, before: Option<&MemberLine>, now: Option<&MemberLine>, unit: Option<&UnitLine>) -> Result<Fate> {
    if unit.is_none_or(|unit| unit.closed_on.is_some()) {
        return Ok(Fate::Stays);
    }
    if one.person.is_some() {
        let Some(now) = now.filter(|now| now.ended_on.is_none()) else { return Ok(Fate::Stays) };
        let ended = before.and_then(|before| before.ended_on);
        let elsewhere = one.review.subject == Subject::Member.word() && now.unit != one.unit;
        if elsewhere || ended.is_some_and(|day| now.admitted_on > day) {
            return Ok(Fate::TooLate(Refusal::new("ROSTER-117")));
        }
    }
    let is = |state: &Option<String>, word: &str| state.as_deref() == Some(word);
    let meanwhile = Meanwhile {
        minutes_sealed: is(&one.kept.minutes, MeetingState::Sealed.word()),
        proposal_sent: is(&one.kept.proposal, ProposalState::Sent.word()),
        decided: is(&one.kept.decision, DecisionState::Issued.word()),
    };
    let state = known(ReviewState::from_word(&one.kept.state), "review state")?;
    Ok(match comeback(state, meanwhile)? {
        Comeback::To(state) => Fate::Returns(state),
        Comeback::MinutesSealed => Fate::TooLate(Refusal::new("ROSTER-115")),
        Comeback::Decided => Fate::TooLate(Refusal::new("ROSTER-116")),
    })
}

/// Says beforehand whose review the file puts back, and whose it cannot.
pub(super) fn note(file: &Roster, merged: &Merged<'_>, ground: &Ground<'_>, remarks: &mut Remarks) {
    let (before, units) = (members(ground.present), units(ground.present));
    let rows: BTreeMap<&str, u32> = file.members.iter().map(|at| (at.line.code.as_str(), at.row)).collect();
    for one in ground.withdrawn {
        let was = line_of(&before, one);
        let reopened = units.get(one.unit).is_some_and(|unit| unit.closed_on.is_some());
        let changes = reopened || was.is_some_and(|line| line.ended_on.is_some());
        let row = one.person.and_then(|person| rows.get(person).copied()).filter(|_| changes);
        let (Some(person), Some(row)) = (one.person, row) else { continue };
        let now = merged.members.get(person).map(|at| &at.line);
        let unit = merged.units.get(one.unit).map(|at| &at.line);
        let what = match fate(one, was, now, unit) {
            Ok(Fate::Returns(_)) => Refusal::new("ROSTER-114"),
            Ok(Fate::TooLate(what)) => what,
            Ok(Fate::Stays) | Err(_) => continue,
        };
        let name = now.map_or("", |line| line.name.as_str());
        remarks.add(MEMBERS.name, (row, ENDED), what.with("name", name));
    }
}
