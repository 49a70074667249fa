//! Kết thúc sinh hoạt, giải thể tổ chức: what must hold when the file ends a membership or closes a unit.

use std::collections::BTreeMap;

use domain::{Day, Refusal};

use super::check::{Ground, Merged};
use super::finding::Remarks;
use super::layout::{MEMBERS, POSTS, UNITS, end_word, title_word};
use super::lines::{At, MemberLine, PostLine, Roster, UnitLine};

/// Columns of the sheet of members.
const MEMBER_UNIT: u32 = 5;
const ENDED: u32 = 14;
const REASON: u32 = 15;
/// Columns of the sheet of units.
const SUPERIOR: u32 = 4;
const CLOSED: u32 = 9;
/// Column of the sheet of posts.
const LAST_DAY: u32 = 5;

/// Present members by code, and for each member the post he holds longest: looked up once for every line of the file.
struct Known<'a> {
    present: BTreeMap<&'a str, &'a MemberLine>,
    posts: BTreeMap<&'a str, &'a PostLine>,
}

impl<'a> Known<'a> {
    fn of(merged: &Merged<'a>, ground: &Ground<'a>) -> Self {
        let mut posts: BTreeMap<&str, &PostLine> = BTreeMap::new();
        for at in merged.posts.values() {
            let longest = posts.entry(&at.line.member).or_insert(&at.line);
            if longest.to_on.is_some_and(|end| at.line.to_on.is_none_or(|other| other > end)) {
                *longest = &at.line;
            }
        }
        let present = ground.present.members.iter().map(|at| (at.line.code.as_str(), &at.line)).collect();
        Self { present, posts }
    }
}

/// Checks the endings of the file; all that is wrong or odd is noted.
pub(super) fn check<'a>(file: &Roster, merged: &Merged<'a>, ground: &Ground<'a>, remarks: &mut Remarks) {
    let known = Known::of(merged, ground);
    for at in &file.members {
        ending(at, &known, ground, remarks);
        if at.line.ended_on.is_none() {
            returning(at, &known, remarks);
            into_closed(at, merged, remarks);
        }
    }
    reopening(file, ground, remarks);
    for at in merged.units.values() {
        if let Some(day) = at.line.closed_on {
            closing(at, day, merged, ground, remarks);
        }
    }
    for at in &file.posts {
        post(at, merged, remarks);
    }
}

/// A post of the file that outlasts a membership or a unit that ended before; those the file itself ends are said there.
fn post(at: &At<PostLine>, merged: &Merged<'_>, remarks: &mut Remarks) {
    let line = &at.line;
    let outlasts = |day: &Day| line.to_on.is_none_or(|end| end > *day);
    let mut note = |code: &str, day: Day| {
        let what = Refusal::new(code).with("title", title_word(line.title)).with("unit", &line.unit);
        let what = what.with("code", &line.unit).with("member", &line.member).with("day", day.shown());
        remarks.add(POSTS.name, (at.row, LAST_DAY), what);
    };
    let member = merged.members.get(line.member.as_str()).filter(|member| member.row == 0);
    if let Some(day) = member.and_then(|member| member.line.ended_on).filter(outlasts) {
        note("ROSTER-040", day);
    }
    let unit = merged.units.get(line.unit.as_str()).filter(|unit| unit.row == 0);
    if let Some(day) = unit.and_then(|unit| unit.line.closed_on).filter(outlasts) {
        note("ROSTER-046", day);
    }
}

fn ending(at: &At<MemberLine>, known: &Known<'_>, ground: &Ground<'_>, remarks: &mut Remarks) {
    let line = &at.line;
    let mut note = |column: u32, what: Refusal| remarks.add(MEMBERS.name, (at.row, column), what);
    let day = match (line.ended_on, line.end_reason) {
        (Some(day), Some(_)) => day,
        (Some(_), None) => return note(REASON, Refusal::new("ROSTER-037")),
        (None, Some(reason)) => return note(ENDED, Refusal::new("ROSTER-038").with("reason", end_word(reason))),
        (None, None) => return,
    };
    let since = ground.since.get(&line.code).copied().unwrap_or(line.admitted_on).max(line.admitted_on);
    if day < since {
        note(ENDED, Refusal::new("ROSTER-039").with("from", since.shown()));
    }
    let present = known.present.get(line.code.as_str());
    if let Some(present) = present.filter(|present| present.unit != line.unit) {
        note(MEMBER_UNIT, Refusal::new("ROSTER-041").with("code", &present.unit));
    }
    let held = known.posts.get(line.code.as_str()).filter(|post| post.to_on.is_none_or(|end| end > day));
    if let Some(post) = held {
        let what = Refusal::new("ROSTER-040").with("title", title_word(post.title)).with("unit", &post.unit);
        note(ENDED, what.with("day", day.shown()));
    }
}

/// Somebody whose membership had ended stands in the file without an end.
fn returning(at: &At<MemberLine>, known: &Known<'_>, remarks: &mut Remarks) {
    let present = known.present.get(at.line.code.as_str());
    let Some((day, reason)) = present.and_then(|other| Some((other.ended_on?, other.end_reason?))) else { return };
    let what = Refusal::new("ROSTER-110").with("day", day.shown()).with("reason", end_word(reason));
    remarks.add(MEMBERS.name, (at.row, ENDED), what);
}

/// A unit that was closed stands in the file without its last day.
fn reopening(file: &Roster, ground: &Ground<'_>, remarks: &mut Remarks) {
    let present = ground.present.units.iter();
    let closed: BTreeMap<&str, Day> =
        present.filter_map(|at| Some((at.line.code.as_str(), at.line.closed_on?))).collect();
    for at in file.units.iter().filter(|at| at.line.closed_on.is_none()) {
        if let Some(day) = closed.get(at.line.code.as_str()) {
            let what = Refusal::new("ROSTER-111").with("code", &at.line.code).with("day", day.shown());
            remarks.add(UNITS.name, (at.row, CLOSED), what);
        }
    }
}

/// Somebody who is a member now stands in a unit that is closed.
fn into_closed(at: &At<MemberLine>, merged: &Merged<'_>, remarks: &mut Remarks) {
    let unit = merged.units.get(at.line.unit.as_str()).filter(|unit| unit.row == 0);
    if let Some((unit, day)) = unit.and_then(|unit| Some((unit, unit.line.closed_on?))) {
        let what = Refusal::new("ROSTER-047").with("code", &unit.line.code).with("day", day.shown());
        remarks.add(MEMBERS.name, (at.row, MEMBER_UNIT), what);
    }
}

fn closing(at: &At<UnitLine>, day: Day, merged: &Merged<'_>, ground: &Ground<'_>, remarks: &mut Remarks) {
    let code = at.line.code.as_str();
    let below = merged.units.values().find(|unit| {
        unit.line.superior.as_deref() == Some(code) && unit.line.closed_on.is_none_or(|closed| closed > day)
    });
    if let Some(below) = below.filter(|below| at.row > 0 || below.row > 0) {
        let what =
            Refusal::new("ROSTER-045").with("code", code).with("day", day.shown()).with("unit", &below.line.name);
        let place = if at.row > 0 { (at.row, CLOSED) } else { (below.row, SUPERIOR) };
        remarks.add(UNITS.name, place, what);
    }
    if at.row == 0 {
        return;
    }
    let mut note = |what: Refusal| remarks.add(UNITS.name, (at.row, CLOSED), what.with("code", code));
    if day > ground.today {
        note(Refusal::new("ROSTER-021").with("heading", UNITS.columns[CLOSED as usize - 1].heading));
    }
    if let Some(founded) = at.line.founded_on.filter(|founded| day < *founded) {
        note(Refusal::new("ROSTER-043").with("founded", founded.shown()));
    }
    let member = merged.members.values().find(|member| member.line.unit == code && member.line.lasts_beyond(day));
    if let Some(member) = member {
        note(Refusal::new("ROSTER-044").with("member", &member.line.code).with("day", day.shown()));
    } else if let Some(last) = last_day(code, merged, ground).filter(|last| *last > day) {
        note(Refusal::new("ROSTER-048").with("last", last.shown()));
    }
    let post = merged.posts.values().find(|post| post.line.unit == code && post.line.to_on.is_none_or(|end| end > day));
    if let Some(post) = post {
        let what =
            Refusal::new("ROSTER-046").with("title", title_word(post.line.title)).with("member", &post.line.member);
        note(what.with("day", day.shown()));
    }
}

/// Last day of a member who left: whoever the file moves to another cell stays until yesterday.
fn last_day(code: &str, merged: &Merged<'_>, ground: &Ground<'_>) -> Option<Day> {
    let moves = ground.present.members.iter().any(|present| {
        let now = merged.members.get(present.line.code.as_str());
        present.line.unit == code && present.line.ended_on.is_none() && now.is_some_and(|now| now.line.unit != code)
    });
    let yesterday = ground.today.date().pred_opt().map(Day::from).filter(|_| moves);
    ground.last_days.get(code).copied().into_iter().chain(yesterday).max()
}
