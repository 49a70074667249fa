//! Ai có mặt trong bản dùng thử: read from demo.toml, and the rows of the roster made of it.

use std::collections::BTreeMap;

use domain::org::{CivilKind, Standing, Title, UnitKind};
use domain::{Day, PersonId, RootId, UnitId, text};
use serde::Deserialize;
use store::org::{MembershipRow, PersonRow, PostRow, UnitRow};
use uuid::Uuid;

use crate::error::{Error, Result, known};

const CAST: &str = include_str!("demo.toml");
const NAMES: [&str; 10] = [
    "Nguyễn Văn", "Trần Thị", "Lê Văn", "Phạm Thị", "Võ Văn", "Huỳnh Thị", "Đặng Văn", "Bùi Thị", "Đỗ Văn", "Ngô Thị",
];
const TERM_BEGAN: &str = "2020-06-15";
const NEWLY_ADMITTED: &str = "2022-08-10";
const ADMITTED_LAST_YEAR: &str = "2021-12-15";

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Cast {
    pub(super) hierarchy: String,
    pub(super) basis: String,
    pub(super) delegate: String,
    pub(super) year: i32,
    pub(super) opens_on: String,
    pub(super) base: BasePart,
    #[serde(rename = "cell")]
    pub(super) cells: Vec<CellPart>,
    #[serde(rename = "one")]
    ones: Vec<OnePart>,
    #[serde(rename = "fact")]
    pub(super) facts: Vec<FactPart>,
    #[serde(rename = "seat")]
    seats: Vec<SeatPart>,
    #[serde(rename = "account")]
    pub(super) accounts: Vec<AccountPart>,
    pub(super) texts: BTreeMap<String, String>,
    minutes: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct BasePart {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) superior: String,
    pub(super) place: String,
    suffix: String,
    founded_on: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct CellPart {
    pub(super) code: String,
    pub(super) name: String,
    members: u32,
    civil: String,
    #[serde(default = "first")]
    pub(super) head: u32,
    pub(super) stage: Stage,
}

const fn first() -> u32 {
    1
}

/// Chi bộ đã đi đến đâu khi mở bản dùng thử.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Chưa bắt đầu.
    Untouched,
    /// Đang viết tự kiểm điểm.
    Writing,
    /// Đang họp, một người đã nhập kết quả kiểm phiếu.
    Counting,
    /// Biên bản đã khoá.
    Sealed,
    /// Đã gửi đề xuất.
    Proposed,
}

#[derive(Debug, Clone, Deserialize)]
struct OnePart {
    cell: String,
    number: u32,
    #[serde(default)]
    standing: String,
    #[serde(default)]
    special: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct FactPart {
    pub(super) special: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) evidence: String,
}

#[derive(Debug, Clone, Deserialize)]
struct SeatPart {
    cell: String,
    number: u32,
    title: String,
    government_post: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct AccountPart {
    pub(super) login: String,
    cell: String,
    number: u32,
    pub(super) role: String,
    #[serde(rename = "attempt")]
    pub(super) attempt: String,
}

impl AccountPart {
    pub(super) fn is(&self, member: &Member) -> bool {
        self.cell == member.cell && self.number == member.number
    }
}

/// Đảng viên mẫu.
#[derive(Debug, Clone)]
pub struct Member {
    /// Person.
    pub person: PersonId,
    /// Code in the roster.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Code of the cell.
    pub cell: String,
    /// Number in the cell, from 1.
    pub number: u32,
    /// Standing.
    pub standing: Standing,
    /// Whether a civil-service result is needed.
    pub civil: CivilKind,
    /// Whether he sits in the base committee.
    pub leader: bool,
    /// What is special, a word of demo.toml, or empty.
    pub special: String,
    admitted_on: String,
}

impl Cast {
    pub(super) fn read() -> Result<Self> {
        toml::from_str(CAST).map_err(|error| Error::Fault(format!("demo.toml: {error}")))
    }

    pub(super) fn says(&self, key: &str) -> String {
        self.minutes.get(key).cloned().unwrap_or_default()
    }

    pub(super) fn cell(&self, code: &str) -> Result<&CellPart> {
        known(self.cells.iter().find(|cell| cell.code == code), "cell of demo.toml")
    }

    /// Everybody, cell by cell; `id` gives each his identifier by his code.
    pub(super) fn members(&self, mut id: impl FnMut(&str) -> Uuid) -> Result<Vec<Member>> {
        let mut members = Vec::new();
        for cell in &self.cells {
            for number in 1..=cell.members {
                let serial = members.len();
                members.push(self.member(cell, number, serial, &mut id)?);
            }
        }
        Ok(members)
    }

    fn member(&self, cell: &CellPart, number: u32, serial: usize, id: &mut impl FnMut(&str) -> Uuid) -> Result<Member> {
        let one = self.ones.iter().find(|one| one.cell == cell.code && one.number == number);
        let (standing, admitted_on) = match one.map_or("", |one| one.standing.as_str()) {
            "" => (Standing::Official, format!("{}-05-19", 1990 + (serial * 7) % 28)),
            "new" => (Standing::Probationary, NEWLY_ADMITTED.to_owned()),
            "probationary" => (Standing::Probationary, ADMITTED_LAST_YEAR.to_owned()),
            other => (known(Standing::from_word(other), "standing of demo.toml")?, "1968-02-03".to_owned()),
        };
        let code = code_of(&cell.code, number);
        Ok(Member {
            person: PersonId(id(&code)),
            name: format!("{} Mẫu {:02}", NAMES.get(serial % NAMES.len()).copied().unwrap_or_default(), serial + 1),
            code,
            cell: cell.code.clone(),
            number,
            standing,
            civil: known(CivilKind::from_word(&cell.civil), "civil kind of demo.toml")?,
            leader: self.seat(&cell.code, number).is_some(),
            special: one.map_or_else(String::new, |one| one.special.clone()),
            admitted_on,
        })
    }

    fn seat(&self, cell: &str, number: u32) -> Option<&SeatPart> {
        self.seats.iter().find(|seat| seat.cell == cell && seat.number == number)
    }

    /// The member on a seat of the committee, in the order of demo.toml.
    pub(super) fn seated<'a>(&self, members: &'a [Member], place: usize) -> Result<&'a Member> {
        let seat = known(self.seats.get(place), "seat of demo.toml")?;
        let member = members.iter().find(|member| member.cell == seat.cell && member.number == seat.number);
        known(member, "seat of demo.toml")
    }

    /// Code of the person who does the office work, the holder of the first account.
    pub(super) fn clerk(&self) -> Result<(&AccountPart, String)> {
        let account = known(self.accounts.first(), "first account of demo.toml")?;
        Ok((account, code_of(&account.cell, account.number)))
    }
}

fn code_of(cell: &str, number: u32) -> String {
    format!("{}-{number:02}", cell.trim_start_matches("CB-"))
}

/// The rows of the roster.
pub(super) struct Roster {
    pub(super) units: Vec<UnitRow>,
    pub(super) people: Vec<PersonRow>,
    pub(super) memberships: Vec<MembershipRow>,
    pub(super) posts: Vec<PostRow>,
}

impl Roster {
    /// `base` is the base organisation as it was founded; `id` gives new identifiers.
    pub(super) fn of(cast: &Cast, root: RootId, base: UnitId, members: &[Member], mut id: impl FnMut() -> Uuid) -> Result<Self> {
        let top = base_row(cast, root, base);
        let mut roster = Self { units: vec![top.clone()], people: Vec::new(), memberships: Vec::new(), posts: Vec::new() };
        let mut cells = BTreeMap::new();
        for cell in &cast.cells {
            let unit = cell_row(cell, &top, id());
            cells.insert(cell.code.clone(), unit.unit_id);
            roster.units.push(unit);
        }
        let mut post = |id: Uuid, member: &Member, unit: Uuid, title: &str| PostRow {
            root_id: root.0,
            post_id: id,
            person_id: member.person.0,
            unit_id: unit,
            title: title.to_owned(),
            from_on: TERM_BEGAN.to_owned(),
            to_on: None,
        };
        for (serial, member) in members.iter().enumerate() {
            let unit = *known(cells.get(&member.cell), "cell of demo.toml")?;
            let seat = cast.seat(&member.cell, member.number);
            roster.people.push(person_row(cast, root, member, serial));
            roster.memberships.push(membership_row(root, member, unit, id()));
            if let Some(seat) = seat {
                roster.posts.push(post(id(), member, base.0, &seat.title));
            }
            let head = cast.cell(&member.cell)?.head;
            if member.number == head {
                roster.posts.push(post(id(), member, unit, Title::Secretary.word()));
            } else if member.number == head + 1 {
                roster.posts.push(post(id(), member, unit, Title::DeputySecretary.word()));
            }
        }
        Ok(roster)
    }
}

fn base_row(cast: &Cast, root: RootId, base: UnitId) -> UnitRow {
    let part = &cast.base;
    UnitRow {
        root_id: root.0,
        unit_id: base.0,
        parent_id: None,
        kind: UnitKind::BaseOrganization.word().to_owned(),
        code: part.code.clone(),
        name: part.name.clone(),
        name_fold: text::fold(&part.name),
        superior_name: part.superior.clone(),
        place: part.place.clone(),
        number_suffix: part.suffix.clone(),
        path: format!("/{base}/"),
        founded_on: Some(part.founded_on.clone()),
        closed_on: None,
    }
}

fn cell_row(cell: &CellPart, top: &UnitRow, id: Uuid) -> UnitRow {
    UnitRow {
        unit_id: id,
        parent_id: Some(top.unit_id),
        kind: UnitKind::Cell.word().to_owned(),
        code: cell.code.clone(),
        name: cell.name.clone(),
        name_fold: text::fold(&cell.name),
        superior_name: top.name.clone(),
        number_suffix: "CB".to_owned(),
        path: format!("{}{id}/", top.path),
        ..top.clone()
    }
}

fn person_row(cast: &Cast, root: RootId, member: &Member, serial: usize) -> PersonRow {
    let government = cast.seat(&member.cell, member.number).map_or("", |seat| seat.government_post.as_str());
    let born = if member.standing == Standing::Exempt { 1940 } else { 1962 + (serial * 11) % 35 };
    PersonRow {
        root_id: root.0,
        person_id: member.person.0,
        code: member.code.clone(),
        card_number: Some(format!("MAU{:06}", serial + 1)),
        full_name: member.name.clone(),
        name_fold: text::fold(&member.name),
        name_key: text::name_key(&member.name),
        born_on: Day::of(i32::try_from(born).unwrap_or(1970), 1 + u32::try_from(serial % 12).unwrap_or(0), 15).map(|day| day.to_string()),
        civil_kind: member.civil.word().to_owned(),
        government_post: government.to_owned(),
        mass_post: String::new(),
        workplace: String::new(),
        leader: member.leader,
    }
}

fn membership_row(root: RootId, member: &Member, unit: Uuid, id: Uuid) -> MembershipRow {
    let official = matches!(member.standing, Standing::Official | Standing::Exempt | Standing::Suspended);
    let admitted = Day::parse_stored(&member.admitted_on).ok();
    MembershipRow {
        root_id: root.0,
        membership_id: id,
        person_id: member.person.0,
        unit_id: unit,
        standing: member.standing.word().to_owned(),
        admitted_on: member.admitted_on.clone(),
        official_on: admitted.filter(|_| official).map(|day| day.plus_months(12).to_string()),
        from_on: member.admitted_on.clone(),
        to_on: None,
    }
}
