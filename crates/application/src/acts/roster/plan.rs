//! Những dòng sẽ ghi: from a checked file and the present roster, the rows that differ and nothing else.

use std::collections::BTreeMap;

use domain::org::{EndReason, top_down};
use domain::{Day, RootId, text};
use store::org::{MembershipRow, PersonRow, PostRow, UnitRow};
use store::review::ReviewRow;
use uuid::Uuid;

use super::lines::{MemberLine, PostLine, Roster, UnitLine};
use super::present::{Present, post_key};
use crate::acts::organisation::Fate;
use crate::error::{Error, Result, known};

/// A row before (none when it is new) and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change<T> {
    pub(crate) before: Option<T>,
    pub(crate) after: T,
}

/// Every row that is new or differs.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) units: Vec<Change<UnitRow>>,
    pub(crate) people: Vec<Change<PersonRow>>,
    pub(crate) memberships: Vec<Change<MembershipRow>>,
    pub(crate) posts: Vec<Change<PostRow>>,
    /// Reviews that go to another cell.
    pub(crate) moved: Vec<Change<ReviewRow>>,
    /// Reviews that leave their round.
    pub(crate) withdrawn: Vec<Change<ReviewRow>>,
    /// Reviews out of their round whose reason the file puts right.
    pub(crate) corrected: Vec<Change<ReviewRow>>,
    /// Reviews that come back into their round.
    pub(crate) restored: Vec<Change<ReviewRow>>,
    /// Unit each changed person is entered under in the journal.
    pub(crate) home: BTreeMap<Uuid, Uuid>,
}

impl Plan {
    pub(crate) const fn is_empty(&self) -> bool {
        self.units.is_empty()
            && self.people.is_empty()
            && self.memberships.is_empty()
            && self.posts.is_empty()
            && self.restored.is_empty()
    }
}

/// Makes identifiers for new rows.
pub(crate) type NewId<'a> = dyn FnMut() -> Uuid + 'a;

/// Where and when rows are made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) root: RootId,
    pub(crate) today: Day,
}

/// Plans the rows for a file that passed all checks.
///
/// # Errors
/// [`Error::Fault`] when it did not pass them.
pub(crate) fn plan(file: &Roster, present: &Present, setting: Setting, new_id: &mut NewId<'_>) -> Result<Plan> {
    let mut plan = Plan::default();
    let units = plan_units(file, present, setting, new_id, &mut plan)?;
    let unit_id = |code: &str| known(units.get(code).copied(), "unit of the file");
    let mut people: BTreeMap<&str, Uuid> =
        present.people.iter().map(|(code, row)| (code.as_str(), row.person_id)).collect();
    for at in &file.members {
        let before = present.people.get(&at.line.code);
        let id = before.map_or_else(&mut *new_id, |row| row.person_id);
        people.insert(&at.line.code, id);
        let unit = unit_id(&at.line.unit)?;
        plan.home.insert(id, unit);
        add(&mut plan.people, before, person_row(&at.line, setting.root, id));
        plan_membership(&mut plan, &at.line, present, setting, (id, unit), new_id);
    }
    for at in &file.posts {
        let person = known(people.get(at.line.member.as_str()).copied(), "person of a post")?;
        let row = post_row(&at.line, setting.root, person, unit_id(&at.line.unit)?);
        let before = present.posts.get(&post_key(&row));
        let post_id = before.map_or_else(&mut *new_id, |row| row.post_id);
        add(&mut plan.posts, before, PostRow { post_id, ..row });
    }
    for going in super::follow::goings(file, present, setting.today) {
        if let Ok(Fate::Goes(campaign_id)) = going.fate {
            let (unit_id, version) = (unit_id(going.to)?, going.review.version + 1);
            let after = ReviewRow { unit_id, campaign_id, version, ..going.review.clone() };
            plan.moved.push(Change { before: Some(going.review.clone()), after });
        }
    }
    (plan.withdrawn, plan.corrected) = super::withdraw::withdrawn(&plan, file, present, setting.today)?;
    plan.restored = super::restore::restored(file, present)?;
    Ok(plan)
}

fn add<T: Clone + PartialEq>(changes: &mut Vec<Change<T>>, before: Option<&T>, after: T) {
    if before != Some(&after) {
        changes.push(Change { before: before.cloned(), after });
    }
}

/// Units from the top down, those included whose path changes with their superior's; gives every unit's identifier.
fn plan_units(
    file: &Roster,
    present: &Present,
    setting: Setting,
    new_id: &mut NewId<'_>,
    plan: &mut Plan,
) -> Result<BTreeMap<String, Uuid>> {
    let mut lines: BTreeMap<&str, &UnitLine> =
        present.roster.units.iter().map(|at| (at.line.code.as_str(), &at.line)).collect();
    lines.extend(file.units.iter().map(|at| (at.line.code.as_str(), &at.line)));
    let edges: Vec<(String, Option<String>)> =
        lines.values().map(|line| (line.code.clone(), line.superior.clone())).collect();
    let order = top_down(&edges).map_err(|cycle| Error::Fault(cycle.to_string()))?;
    let mut placed: BTreeMap<String, (Uuid, String)> = BTreeMap::new();
    for code in order {
        let line = known(lines.get(code.as_str()).copied(), "unit of the file")?;
        let before = present.units.get(&code);
        let id = before.map_or_else(&mut *new_id, |row| row.unit_id);
        let over = match &line.superior {
            Some(superior) => Some(known(placed.get(superior), "superior unit")?),
            None => None,
        };
        let path = format!("{}{id}/", over.map_or("/", |(_, path)| path));
        let after = UnitRow {
            root_id: setting.root.0,
            unit_id: id,
            parent_id: over.map(|(id, _)| *id),
            kind: line.kind.word().to_owned(),
            code: code.clone(),
            name: line.name.clone(),
            name_fold: text::fold(&line.name),
            superior_name: line.superior_name.clone(),
            place: line.place.clone(),
            number_suffix: line.suffix.clone(),
            path: path.clone(),
            founded_on: line.founded_on.map(|day| day.to_string()),
            closed_on: line.closed_on.map(|day| day.to_string()),
        };
        add(&mut plan.units, before, after);
        placed.insert(code, (id, path));
    }
    Ok(placed.into_iter().map(|(code, (id, _))| (code, id)).collect())
}

fn person_row(line: &MemberLine, root: RootId, person_id: Uuid) -> PersonRow {
    PersonRow {
        root_id: root.0,
        person_id,
        code: line.code.clone(),
        card_number: line.card.clone(),
        full_name: line.name.clone(),
        name_fold: text::fold(&line.name),
        name_key: text::name_key(&line.name),
        born_on: line.born_on.map(|day| day.to_string()),
        civil_kind: line.civil.word().to_owned(),
        government_post: line.government_post.clone(),
        mass_post: line.mass_post.clone(),
        workplace: line.workplace.clone(),
        leader: line.leader,
    }
}

/// Whoever moves to another cell leaves the old one yesterday and enters the new one today; a membership that began
/// today is put right instead. Whoever is new counts from his admission; whoever ends stays in the cell he was in.
fn plan_membership(
    plan: &mut Plan,
    line: &MemberLine,
    present: &Present,
    setting: Setting,
    (person, unit): (Uuid, Uuid),
    new_id: &mut NewId<'_>,
) {
    let today = setting.today.to_string();
    let row = |membership_id: Uuid, from_on: String| MembershipRow {
        root_id: setting.root.0,
        membership_id,
        person_id: person,
        unit_id: unit,
        standing: line.standing.word().to_owned(),
        admitted_on: line.admitted_on.to_string(),
        official_on: line.official_on.map(|day| day.to_string()),
        from_on,
        to_on: line.ended_on.map(|day| day.to_string()),
        end_reason: line.end_reason.map_or("", EndReason::word).to_owned(),
    };
    let Some(before) = present.memberships.get(&person) else {
        let came_back = present.people.contains_key(&line.code) && line.ended_on.is_none();
        let from_on = if came_back { today } else { line.admitted_on.to_string() };
        let after = row(new_id(), from_on);
        plan.memberships.push(Change { before: None, after });
        return;
    };
    if let Some(from_on) = returns_on(line, before, unit, &today) {
        let after = row(new_id(), from_on);
        plan.memberships.push(Change { before: None, after });
        return;
    }
    let yesterday = setting.today.date().pred_opt().map(|day| Day::from(day).to_string());
    if before.unit_id == unit || before.from_on >= today {
        add(&mut plan.memberships, Some(before), row(before.membership_id, before.from_on.clone()));
    } else {
        add(&mut plan.memberships, Some(before), MembershipRow { to_on: yesterday, ..before.clone() });
        let after = row(new_id(), today);
        plan.memberships.push(Change { before: None, after });
    }
}

/// From which day a membership counts anew that had ended: from the new admission, or from today for whoever comes back
/// from elsewhere or into another cell. None when it goes on as it was: it lasts, or its end was entered by mistake.
fn returns_on(line: &MemberLine, before: &MembershipRow, unit: Uuid, today: &str) -> Option<String> {
    let ended = before.to_on.as_ref().filter(|_| line.ended_on.is_none())?;
    let admitted_on = line.admitted_on.to_string();
    if admitted_on > *ended {
        return Some(admitted_on);
    }
    let elsewhere = before.end_reason == EndReason::TransferredOut.word() || before.unit_id != unit;
    elsewhere.then(|| today.to_owned())
}

/// The row of a post; its identifier is filled in by the caller.
fn post_row(line: &PostLine, root: RootId, person_id: Uuid, unit_id: Uuid) -> PostRow {
    PostRow {
        root_id: root.0,
        post_id: Uuid::nil(),
        person_id,
        unit_id,
        title: line.title.word().to_owned(),
        from_on: line.from_on.to_string(),
        to_on: line.to_on.map(|day| day.to_string()),
    }
}
