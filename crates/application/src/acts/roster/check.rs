//! Kiểm tra danh sách: the file laid over the present roster must be a roster again.

use std::collections::{BTreeMap, BTreeSet};

use domain::org::{Standing, Title, holds_on, top_down};
use domain::{Day, Refusal};

use super::finding::Remarks;
use super::layout::{MEMBERS, POSTS, UNITS, kind_word};
use super::lines::{At, Line, MemberLine, PostLine, Roster, UnitLine};
use super::read::Reading;
use super::restore::Out;

/// What the file is checked against.
pub(crate) struct Ground<'a> {
    /// The roster as it stands.
    pub(crate) present: &'a Roster,
    /// People without a membership: code → card number.
    pub(crate) former: &'a BTreeMap<String, Option<String>>,
    /// Since when each present member, by code, is in his cell.
    pub(crate) since: &'a BTreeMap<String, Day>,
    /// Last day of the memberships that ended in each unit, by code.
    pub(crate) last_days: &'a BTreeMap<String, Day>,
    /// Reviews of open campaigns that are not decided: code of the person and of the cell.
    pub(crate) undecided: &'a [(&'a str, &'a str)],
    /// Reviews that are out of their round.
    pub(crate) withdrawn: &'a [Out<'a>],
    /// Codes of present units the importer may change; none when he may change everything.
    pub(crate) allowed: Option<BTreeSet<String>>,
    /// Today.
    pub(crate) today: Day,
}

const UNIT: u32 = 1;

/// The file laid over the present roster: by key, with the row in the file (0 when only present).
pub(super) struct Merged<'a> {
    pub(super) units: BTreeMap<&'a str, &'a At<UnitLine>>,
    pub(super) members: BTreeMap<&'a str, &'a At<MemberLine>>,
    pub(super) posts: BTreeMap<<PostLine as Line>::Key<'a>, &'a At<PostLine>>,
}

/// Checks everything; all that is wrong or odd is noted.
pub(crate) fn check(reading: &Reading, ground: &Ground<'_>, remarks: &mut Remarks) {
    let file = &reading.roster;
    let merged = Merged {
        units: over(&ground.present.units, &file.units, "ROSTER-010", remarks),
        members: over(&ground.present.members, &file.members, "ROSTER-011", remarks),
        posts: over(&ground.present.posts, &file.posts, "ROSTER-025", remarks),
    };
    let checker = Checker { merged, reading, ground };
    checker.tree(remarks);
    checker.cards(remarks);
    for at in &file.members {
        checker.member(at, remarks);
    }
    for at in &file.posts {
        checker.post(at, remarks);
    }
    checker.members_left_in_no_cell(remarks);
    checker.one_head(remarks);
    checker.rights(remarks);
    super::endings::check(file, &checker.merged, ground, remarks);
    super::restore::note(file, &checker.merged, ground, remarks);
    super::withdraw::note(file, ground, remarks);
    super::oddities::note(&file.units, &checker.merged.members, &checker.merged.posts, ground.today, remarks);
    for at in &file.members {
        super::oddities::name(at, remarks);
    }
}

/// Lays the file over what is present; a key that stands twice in the file is refused.
fn over<'a, T: Line>(
    present: &'a [At<T>],
    file: &'a [At<T>],
    twice: &str,
    remarks: &mut Remarks,
) -> BTreeMap<T::Key<'a>, &'a At<T>> {
    let mut merged: BTreeMap<T::Key<'a>, &'a At<T>> = present.iter().map(|at| (at.line.key(), at)).collect();
    for at in file {
        if let Some(other) = merged.insert(at.line.key(), at).filter(|other| other.row > 0) {
            let what = Refusal::new(twice).with("code", at.line.label().0).with("row", other.row);
            remarks.add(T::SHEET.name, (at.row, UNIT), what);
        }
    }
    merged
}

struct Checker<'a> {
    merged: Merged<'a>,
    reading: &'a Reading,
    ground: &'a Ground<'a>,
}

impl<'a> Checker<'a> {
    fn tree(&self, remarks: &mut Remarks) {
        let mut at = |row: u32, column: u32, what: Refusal| remarks.add(UNITS.name, (row, column), what);
        for unit in self.merged.units.values() {
            let (line, kind) = (&unit.line, kind_word(unit.line.kind));
            let Some(superior) = &line.superior else {
                if !line.kind.may_be_top() && unit.row > 0 {
                    at(unit.row, 4, Refusal::new("ROSTER-017").with("kind", kind));
                }
                continue;
            };
            let Some(over) = self.merged.units.get(superior.as_str()) else {
                if unit.row > 0 && !self.reading.unread_units.may_hold(superior) {
                    at(unit.row, 4, Refusal::new("ROSTER-014").with("code", superior));
                }
                continue;
            };
            let row = if unit.row > 0 { unit.row } else { over.row };
            if row > 0 && !line.kind.may_stand_under(over.line.kind) {
                let what = Refusal::new("ROSTER-016").with("kind", kind).with("superior", kind_word(over.line.kind));
                at(row, 4, what.with("code", &line.code));
            }
            if line.founded_on.is_some_and(|day| day > self.ground.today) && unit.row > 0 {
                at(unit.row, 8, Refusal::new("ROSTER-021").with("heading", UNITS.columns[7].heading));
            }
        }
        let edges: Vec<(String, Option<String>)> =
            self.merged.units.values().map(|unit| (unit.line.code.clone(), unit.line.superior.clone())).collect();
        if let Err(cycle) = top_down(&edges) {
            let codes = self.round(&cycle.0);
            let row =
                codes.iter().filter_map(|code| self.merged.units.get(code)).map(|unit| unit.row).max().unwrap_or(0);
            at(row, 4, Refusal::new("ROSTER-015").with("codes", codes.join(" → ")));
        }
    }

    /// The cycle that is reached from `code`, its first unit once more at the end.
    fn round(&self, code: &str) -> Vec<&'a str> {
        let mut seen: Vec<&str> = Vec::new();
        let mut next = self.merged.units.get_key_value(code).map(|(code, _)| *code);
        while let Some(code) = next {
            if let Some(start) = seen.iter().position(|known| *known == code) {
                let mut round = seen.split_off(start);
                round.push(code);
                return round;
            }
            seen.push(code);
            next = self.merged.units.get(code).and_then(|unit| unit.line.superior.as_deref());
        }
        seen
    }

    fn cards(&self, remarks: &mut Remarks) {
        let mut holders: BTreeMap<&str, &At<MemberLine>> = BTreeMap::new();
        for at in self.merged.members.values() {
            let Some(card) = &at.line.card else { continue };
            let Some(other) = holders.insert(card, at) else { continue };
            let (row, holder) = if at.row >= other.row { (at.row, other) } else { (other.row, *at) };
            let code = if holder.row > 0 { "ROSTER-012" } else { "ROSTER-013" };
            let what = Refusal::new(code).with("card", card).with("code", &holder.line.code);
            remarks.add(MEMBERS.name, (row, 4), what.with("row", holder.row));
        }
        for (code, card) in self.ground.former {
            let Some(card) = card.as_deref().filter(|_| !self.merged.members.contains_key(code.as_str())) else {
                continue;
            };
            if let Some(at) = holders.get(card) {
                let what = Refusal::new("ROSTER-013").with("card", card).with("code", code).with("row", 0);
                remarks.add(MEMBERS.name, (at.row, 4), what);
            }
        }
    }

    fn member(&self, at: &At<MemberLine>, remarks: &mut Remarks) {
        let line = &at.line;
        let mut note = |column: u32, what: Refusal| remarks.add(MEMBERS.name, (at.row, column), what);
        match self.merged.units.get(line.unit.as_str()) {
            None if self.reading.unread_units.may_hold(&line.unit) => {}
            None => note(5, Refusal::new("ROSTER-018").with("code", &line.unit)),
            Some(unit) if unit.line.kind.has_members() => {}
            Some(unit) => {
                note(5, Refusal::new("ROSTER-019").with("code", &line.unit).with("kind", kind_word(unit.line.kind)));
            }
        }
        let days = [(3, line.born_on), (7, Some(line.admitted_on)), (8, line.official_on), (14, line.ended_on)];
        for (column, heading, day) in
            days.map(|(column, day)| (column, MEMBERS.columns[column as usize - 1].heading, day))
        {
            if day.is_some_and(|day| day > self.ground.today) {
                note(column, Refusal::new("ROSTER-021").with("heading", heading));
            }
        }
        if line.official_on.is_some_and(|official| official < line.admitted_on) {
            note(8, Refusal::new("ROSTER-020").with("admitted", line.admitted_on.shown()));
        }
        if line.born_on.is_some_and(|born| born >= line.admitted_on) {
            note(7, Refusal::new("ROSTER-027"));
        }
        match (line.standing, line.official_on) {
            (Standing::Probationary, Some(_)) => note(8, Refusal::new("ROSTER-022")),
            (Standing::Official, None) => note(8, Refusal::new("ROSTER-107")),
            _ => {}
        }
    }

    fn post(&self, at: &At<PostLine>, remarks: &mut Remarks) {
        let line = &at.line;
        let known = |code: &str| self.merged.members.contains_key(code) || self.ground.former.contains_key(code);
        if !known(&line.member) && !self.reading.unread_members.may_hold(&line.member) {
            remarks.add(POSTS.name, (at.row, 1), Refusal::new("ROSTER-023").with("code", &line.member));
        }
        let unit = line.unit.as_str();
        if !self.merged.units.contains_key(unit) && !self.reading.unread_units.may_hold(unit) {
            remarks.add(POSTS.name, (at.row, 2), Refusal::new("ROSTER-024").with("code", unit));
        }
        if line.to_on.is_some_and(|end| end < line.from_on) {
            remarks.add(POSTS.name, (at.row, 5), Refusal::new("ROSTER-026").with("from", line.from_on.shown()));
        }
    }

    /// A unit that the file turns into something else than a cell while it has members who are not in the file.
    fn members_left_in_no_cell(&self, remarks: &mut Remarks) {
        for at in self.merged.members.values().filter(|at| at.row == 0 && at.line.ended_on.is_none()) {
            let unit = self.merged.units.get(at.line.unit.as_str());
            if let Some(unit) = unit.filter(|unit| unit.row > 0 && !unit.line.kind.has_members()) {
                let what = Refusal::new("ROSTER-035").with("code", &unit.line.code).with("member", &at.line.code);
                remarks.add(UNITS.name, (unit.row, 3), what);
            }
        }
    }

    /// A unit has one head at a time.
    fn one_head(&self, remarks: &mut Remarks) {
        let mut heads: BTreeMap<&str, Vec<&At<PostLine>>> = BTreeMap::new();
        for at in self.merged.posts.values().filter(|at| at.line.title == Title::Secretary) {
            heads.entry(&at.line.unit).or_default().push(at);
        }
        for posts in heads.values_mut() {
            posts.sort_by_key(|at| (at.line.from_on, at.row));
            for pair in posts.windows(2) {
                let [before, after] = pair else { continue };
                let row = after.row.max(before.row);
                if row > 0 && before.line.member != after.line.member && overlap(&before.line, &after.line) {
                    let what = Refusal::new("ROSTER-028").with("unit", &after.line.unit);
                    let what = what.with("member", &before.line.member).with("from", before.line.from_on.shown());
                    remarks.add(POSTS.name, (row, 3), what);
                }
            }
        }
    }

    /// Whoever imports for one base organisation changes nothing outside it.
    fn rights(&self, remarks: &mut Remarks) {
        let Some(allowed) = &self.ground.allowed else { return };
        let inside = |code: &'a str| self.line_of(code).any(|code| allowed.contains(code));
        // Whoever left the other base organisation belongs to nobody's remit until he is taken up again.
        let lasting = self.ground.present.members.iter().filter(|at| at.line.ended_on.is_none());
        let present: BTreeMap<&str, &str> = lasting.map(|at| (at.line.code.as_str(), at.line.unit.as_str())).collect();
        let units: BTreeSet<&str> = self.ground.present.units.iter().map(|at| at.line.code.as_str()).collect();
        let outside = |code: &str| Refusal::new("ROSTER-032").with("code", code);
        let file: &'a Roster = &self.reading.roster;
        for at in &file.units {
            let code = at.line.code.as_str();
            if !inside(code) || (units.contains(code) && !allowed.contains(code)) {
                remarks.add(UNITS.name, (at.row, 1), outside(code));
            }
        }
        for at in &file.members {
            let now = present.get(at.line.code.as_str()).copied();
            let unit = at.line.unit.as_str();
            if !inside(unit) || now.is_some_and(|now| !allowed.contains(now)) {
                remarks.add(MEMBERS.name, (at.row, 5), outside(now.unwrap_or(unit)));
            }
        }
        for at in file.posts.iter().filter(|at| !inside(&at.line.unit)) {
            remarks.add(POSTS.name, (at.row, 2), outside(&at.line.unit));
        }
    }

    /// The unit and its superiors, as far as there is no cycle.
    fn line_of(&self, code: &'a str) -> impl Iterator<Item = &'a str> {
        let units = &self.merged.units;
        let superior = |code: &&'a str| units.get(*code).and_then(|unit| unit.line.superior.as_deref());
        std::iter::successors(Some(code), superior).take(units.len() + 1)
    }
}

fn overlap(before: &PostLine, after: &PostLine) -> bool {
    holds_on(after.from_on, before.from_on, before.to_on)
}
