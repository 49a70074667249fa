//! Danh sách của tỉnh mẫu: rows of units, people, memberships and posts.

use std::collections::BTreeSet;

use domain::org::Standing;
use domain::{RootId, text};
use store::org::{MembershipRow, PersonRow, PostRow, UnitRow};
use uuid::Uuid;

use super::super::cast::NAMES;
use super::PART;
use super::cast::{Cast, Unit, code_of};
use crate::app::App;
use crate::error::Result;

const TERM_BEGAN: &str = "2020-06-15";
/// Officers and tellers of a cell are official members.
const OFFICERS: u32 = 5;

/// What goes into the roster.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) units: Vec<UnitRow>,
    pub(super) people: Vec<PersonRow>,
    pub(super) memberships: Vec<MembershipRow>,
    pub(super) posts: Vec<PostRow>,
}

pub(super) fn name_of(member: u32) -> String {
    let family = NAMES.get(member as usize % NAMES.len()).copied().unwrap_or_default();
    format!("{family} Mẫu {:06}", member + 1)
}

/// How old members are when they are admitted, at least.
const AGE_OF_ADMISSION: u32 = 20;

/// Standing and day of admission of a member, `number` in his cell from 0.
pub(super) fn standing_of(member: u32, number: u32) -> (Standing, String) {
    match member % 50 {
        7 if number >= OFFICERS => (Standing::Probationary, "2022-08-10".to_owned()),
        31 if number >= OFFICERS => (Standing::Probationary, "2021-12-15".to_owned()),
        23 if number >= OFFICERS => (Standing::Exempt, "1968-02-03".to_owned()),
        _ => (Standing::Official, format!("{}-05-19", 1990 + member % 28)),
    }
}

/// Writes the roster of the province.
pub(super) async fn write(app: &App, root: RootId, cast: &Cast) -> Result<()> {
    let seats = cast.seats();
    let leading = |unit: &Unit| !unit.kind.has_members();
    let leaders: BTreeSet<u32> =
        seats.iter().filter(|seat| leading(&cast.units[seat.unit])).map(|seat| seat.member).collect();
    let at = app.clock.now();
    let new_id = || app.chance.id(at);
    super::write_roster(app, root, &Rows { units: units(root, cast), ..Rows::default() }).await?;
    let cells: Vec<&Unit> = cast.units.iter().filter(|unit| unit.kind.has_members()).collect();
    for part in cells.chunks(PART) {
        let mut rows = Rows::default();
        for unit in part {
            for (number, member) in (unit.first..unit.first + unit.count).enumerate() {
                let Some(person) = cast.people.get(member as usize).copied() else { continue };
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                let membership = membership_row(root, unit, (member, number), person, new_id());
                let born_in = year_of(&membership.admitted_on).saturating_sub(AGE_OF_ADMISSION + member % 8);
                let leads = leaders.contains(&member);
                rows.people.push(person_row((root, unit), (member, person), born_in, leads));
                rows.memberships.push(membership);
            }
        }
        super::write_roster(app, root, &rows).await?;
    }
    let mut rows = Rows::default();
    let founder = cast.accounts().first().map(|(_, seat)| (seat.unit, seat.member, seat.title));
    for seat in seats.iter().filter(|seat| Some((seat.unit, seat.member, seat.title)) != founder) {
        rows.posts.push(PostRow {
            root_id: root.0,
            post_id: new_id(),
            person_id: cast.person(seat)?,
            unit_id: cast.units[seat.unit].id,
            title: seat.title.word().to_owned(),
            from_on: TERM_BEGAN.to_owned(),
            to_on: None,
        });
    }
    super::write_roster(app, root, &rows).await
}

fn units(root: RootId, cast: &Cast) -> Vec<UnitRow> {
    let mut paths: Vec<String> = Vec::with_capacity(cast.units.len());
    let mut rows = Vec::with_capacity(cast.units.len());
    for unit in &cast.units {
        let above = unit.parent.map(|parent| &cast.units[parent]);
        let path = format!("{}{}/", unit.parent.map_or("/", |parent| paths[parent].as_str()), unit.id);
        rows.push(UnitRow {
            root_id: root.0,
            unit_id: unit.id,
            parent_id: above.map(|above| above.id),
            kind: unit.kind.word().to_owned(),
            code: unit.code.clone(),
            name: unit.name.clone(),
            name_fold: text::fold(&unit.name),
            superior_name: above.map_or_else(String::new, |above| above.name.clone()),
            place: unit.place.clone(),
            number_suffix: if unit.kind.has_members() { "CB".to_owned() } else { "ĐU".to_owned() },
            path: path.clone(),
            founded_on: None,
            closed_on: None,
        });
        paths.push(path);
    }
    rows
}

fn person_row(
    (root, unit): (RootId, &Unit),
    (member, person_id): (u32, Uuid),
    born_in: u32,
    leader: bool,
) -> PersonRow {
    let name = name_of(member);
    PersonRow {
        root_id: root.0,
        person_id,
        code: code_of(member),
        card_number: Some(format!("MAU{:06}", member + 1)),
        name_fold: text::fold(&name),
        name_key: text::name_key(&name),
        full_name: name,
        born_on: Some(format!("{born_in}-{:02}-15", 1 + member % 12)),
        civil_kind: unit.civil.to_owned(),
        government_post: String::new(),
        mass_post: String::new(),
        workplace: String::new(),
        leader,
    }
}

fn membership_row(
    root: RootId,
    unit: &Unit,
    (member, number): (u32, u32),
    person_id: Uuid,
    membership_id: Uuid,
) -> MembershipRow {
    let (standing, admitted_on) = standing_of(member, number);
    let official = matches!(standing, Standing::Official | Standing::Exempt);
    MembershipRow {
        root_id: root.0,
        membership_id,
        person_id,
        unit_id: unit.id,
        standing: standing.word().to_owned(),
        official_on: official.then(|| admitted_on.replacen(&admitted_on[..4], &next_year(&admitted_on), 1)),
        from_on: admitted_on.clone(),
        admitted_on,
        to_on: None,
        end_reason: String::new(),
    }
}

fn next_year(day: &str) -> String {
    (year_of(day) + 1).to_string()
}

fn year_of(day: &str) -> u32 {
    day.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default()
}
