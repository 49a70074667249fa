//! Đưa hồ sơ ra khỏi đợt: who is no member any more owes no review, nor does whom no open round reaches. What was
//! decided stays; how the review stood is kept, so that it can come back.

use std::collections::{BTreeMap, BTreeSet};

use domain::org::EndReason;
use domain::review::{Obligation, ReviewAct, ReviewState, after};
use domain::{Day, Refusal};
use store::review::ReviewRow;
use uuid::Uuid;

use super::check::Ground;
use super::finding::Remarks;
use super::layout::{MEMBERS, UNITS, end_word};
use super::lines::{MemberLine, Roster, UnitLine};
use super::plan::{Change, Plan};
use super::present::Present;
use crate::acts::organisation::Fate;
use crate::error::{Result, known};

type Changes = Vec<Change<ReviewRow>>;

/// Columns on which the file says so.
const ENDED: usize = 14;
const CLOSED: usize = 9;

/// Why somebody owes no review any more, in the words of the roster.
pub(crate) fn end_of(reason: EndReason, day: Day) -> String {
    format!("{}, {}", end_word(reason), day.shown())
}

fn end_of_line(line: &MemberLine) -> Option<String> {
    Some(end_of(line.end_reason?, line.ended_on?))
}

fn end_of_cell(line: &UnitLine) -> Option<String> {
    line.closed_on.map(unit_ended_on)
}

/// Why nothing is reviewed any more in a unit whose last day that was.
pub(crate) fn unit_ended_on(last_day: Day) -> String {
    format!("{}: {}", UNITS.columns[CLOSED - 1].heading, last_day.shown())
}

/// Why somebody is not reviewed any more in a round that does not reach the cell he is in from that day on.
pub(crate) fn left_on(day: Day) -> String {
    end_of(EndReason::TransferredOut, day)
}

/// The reviews that the planned rows take out of their rounds, with the reason; then those that are out already and get
/// another reason.
pub(super) fn withdrawn(plan: &Plan, file: &Roster, present: &Present, today: Day) -> Result<(Changes, Changes)> {
    let closed: BTreeSet<Uuid> =
        plan.units.iter().filter(|one| one.after.closed_on.is_some()).map(|one| one.after.unit_id).collect();
    let ended: BTreeSet<Uuid> =
        plan.memberships.iter().filter(|one| !one.after.end_reason.is_empty()).map(|one| one.after.person_id).collect();
    let of_people: BTreeMap<Uuid, String> = file
        .members
        .iter()
        .filter_map(|at| Some((present.people.get(&at.line.code)?.person_id, end_of_line(&at.line)?)))
        .filter(|(person, _)| ended.contains(person))
        .collect();
    let of_cells: BTreeMap<Uuid, String> = file
        .units
        .iter()
        .filter_map(|at| Some((present.units.get(&at.line.code)?.unit_id, end_of_cell(&at.line)?)))
        .filter(|(unit, _)| closed.contains(unit))
        .collect();
    let mut corrected = Changes::new();
    for (row, _) in &present.withdrawn {
        let reason = row.person_id.and_then(|person| of_people.get(&person));
        if let Some(reason) = reason.filter(|reason| **reason != row.obligation_reason) {
            let after = ReviewRow { obligation_reason: reason.clone(), version: row.version + 1, ..row.clone() };
            corrected.push(Change { before: Some(row.clone()), after });
        }
    }
    Ok((taken(plan, file, present, today, (&of_people, &of_cells))?, corrected))
}

/// Reviews of whom the file ends, of whom no open round reaches in his new cell, and of units that it closes.
fn taken(
    plan: &Plan,
    file: &Roster,
    present: &Present,
    today: Day,
    (of_people, of_cells): (&BTreeMap<Uuid, String>, &BTreeMap<Uuid, String>),
) -> Result<Changes> {
    let goings = super::follow::goings(file, present, today);
    let leave = goings.iter().filter(|going| going.fate == Ok(Fate::Leaves)).map(|going| going.review.review_id);
    let leave: BTreeSet<Uuid> = leave.collect();
    let moved: BTreeSet<Uuid> = plan.moved.iter().map(|one| one.after.review_id).collect();
    let mut changes = Changes::new();
    for row in present.reviews.iter().filter(|row| !moved.contains(&row.review_id)) {
        let reason = row.person_id.and_then(|person| of_people.get(&person).cloned());
        let reason = reason.or_else(|| leave.contains(&row.review_id).then(|| left_on(today)));
        if let Some(reason) = reason.or_else(|| of_cells.get(&row.unit_id).cloned()) {
            changes.push(Change { before: Some(row.clone()), after: taken_out(row, &reason)? });
        }
    }
    Ok(changes)
}

/// The review of whom nobody reviews any more in its round.
///
/// # Errors
/// `REVIEW-001` when it was decided.
pub(crate) fn taken_out(row: &ReviewRow, reason: &str) -> Result<ReviewRow> {
    let state = known(ReviewState::from_word(&row.state), "review state")?;
    after(state, ReviewAct::Withdraw)?;
    Ok(ReviewRow { version: row.version + 1, ..without_duty(row, reason) })
}

/// The same review when nobody owes it.
pub(crate) fn without_duty(row: &ReviewRow, reason: &str) -> ReviewRow {
    ReviewRow {
        state: ReviewState::NotDue.word().to_owned(),
        obligation: Obligation::Neither.word().to_owned(),
        obligation_rule: String::new(),
        obligation_reason: reason.to_owned(),
        ..row.clone()
    }
}

/// Says beforehand whose review the file takes out of a round.
pub(super) fn note(file: &Roster, ground: &Ground<'_>, remarks: &mut Remarks) {
    let people: BTreeSet<&str> = ground.undecided.iter().map(|(person, _)| *person).collect();
    for at in file.members.iter().filter(|at| people.contains(at.line.code.as_str())) {
        if let Some(reason) = end_of_line(&at.line) {
            let what = Refusal::new("ROSTER-112").with("name", &at.line.name).with("reason", reason);
            remarks.add(MEMBERS.name, (at.row, column(ENDED)), what);
        }
    }
}

fn column(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(0)
}
