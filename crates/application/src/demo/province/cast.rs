//! Ai, đơn vị nào có trong tỉnh mẫu: real names of places, sample names of people, the same at every scale.

use std::collections::BTreeSet;

use domain::org::{Title, UnitKind};
use uuid::Uuid;

use super::super::{DemoAccount, passphrase};
use super::FEWEST;
use crate::error::{Error, Result};

const PLACES: &str = include_str!("../../../../../assets/data/quang-ngai-before-2025-07.csv");
pub(super) const TOP_CODE: &str = "TU-QN";
/// What stands in every district beside its communes.
const AGENCIES: [&str; 16] = [
    "Trường Trung học phổ thông",
    "Trung tâm Y tế",
    "Công an",
    "Quân sự",
    "Văn phòng cấp uỷ",
    "Khối Dân vận",
    "Toà án nhân dân",
    "Viện Kiểm sát nhân dân",
    "Bảo hiểm xã hội",
    "Chi cục Thuế",
    "Kho bạc",
    "Trường Trung học cơ sở",
    "Trường Tiểu học",
    "Hợp tác xã Nông nghiệp",
    "Công ty Cấp nước",
    "Phòng Giáo dục",
];
/// One of so many agencies is a cell of its own.
const BASE_CELLS: usize = 4;

/// Một đơn vị của tỉnh mẫu.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) id: Uuid,
    /// Place of the superior in the list.
    pub(super) parent: Option<usize>,
    pub(super) kind: UnitKind,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) place: String,
    /// Number of the first member at or below it.
    pub(super) first: u32,
    /// Members at or below it.
    pub(super) count: u32,
    /// Word of `CivilKind` of its members.
    pub(super) civil: &'static str,
}

/// Chức vụ: who holds a post in which unit, by number of the member and place of the unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    pub(super) unit: usize,
    pub(super) member: u32,
    pub(super) title: Title,
}

/// Tỉnh mẫu: units, superiors first, and how many people.
pub(super) struct Cast {
    pub(super) units: Vec<Unit>,
    pub(super) members: u32,
    pub(super) top: Uuid,
    /// Identifiers of the people, by number.
    pub(super) people: Vec<Uuid>,
}

/// A number that looks like chance and is the same every time.
pub(super) fn mix(n: u64) -> u64 {
    let n = (n ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

/// `n` in so many parts, as far as `at` of `of`.
fn share(n: u64, at: u64, of: u64) -> u32 {
    u32::try_from(n * at / of.max(1)).unwrap_or(u32::MAX)
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// District → communes, in the order of the list.
fn places() -> Vec<(String, Vec<String>)> {
    let mut districts: Vec<(String, Vec<String>)> = Vec::new();
    for line in PLACES.lines().skip(1) {
        let mut quoted = line.split('"').skip(3).step_by(2);
        let Some(district) = quoted.next() else { continue };
        // The island district had no communes.
        let commune = quoted.next().map(str::to_owned);
        match districts.iter_mut().find(|(name, _)| name == district) {
            Some((_, communes)) => communes.extend(commune),
            None => districts.push((district.to_owned(), commune.into_iter().collect())),
        }
    }
    districts
}

/// A base organisation before its cells are known.
struct Base {
    name: String,
    place: String,
    commune: bool,
    is_cell: bool,
}

impl Cast {
    pub(super) fn of(members: u32) -> Result<Self> {
        let districts = places();
        if members < FEWEST || districts.is_empty() {
            return Err(Error::Fault(format!("a province needs at least {FEWEST} members")));
        }
        let bases = bases(&districts, members as usize / 100);
        let cells = cells(&bases, u64::from(members) * 8 / 100);
        let mut cast = Self { units: vec![province()], members, top: Uuid::nil(), people: Vec::new() };
        for (at, (district, bases)) in districts.iter().zip(&bases).enumerate() {
            cast.add_district(at, &district.0, bases, &cells[at]);
        }
        cast.people_in();
        Ok(cast)
    }

    fn add_district(&mut self, at: usize, name: &str, bases: &[Base], cells: &[u32]) {
        let district = self.units.len();
        let unit = Unit {
            parent: Some(0),
            kind: UnitKind::AboveBase,
            code: format!("HU-{:02}", at + 1),
            name: format!("Đảng bộ {}", lower(name)),
            place: bare(name).to_owned(),
            ..province()
        };
        self.units.push(unit);
        for (base, cells) in bases.iter().zip(cells) {
            self.add_base(district, base, *cells);
        }
    }

    fn add_base(&mut self, district: usize, base: &Base, cells: u32) {
        let at = self.units.len();
        let civil = if base.commune { "none" } else { "public_employee" };
        let kind = if base.is_cell { UnitKind::BaseCell } else { UnitKind::BaseOrganization };
        let code = format!("{}-{at:05}", if base.is_cell { "CBCS" } else { "DB" });
        let (name, place) = (base.name.clone(), base.place.clone());
        self.units.push(Unit { parent: Some(district), kind, code, name, place, civil, ..province() });
        for number in 1..=if base.is_cell { 0 } else { cells } {
            let named = if base.commune {
                format!("Chi bộ khu dân cư số {number}")
            } else {
                format!("Chi bộ số {number}")
            };
            let code = format!("CB-{:05}", self.units.len());
            let place = base.place.clone();
            let kind = UnitKind::Cell;
            self.units.push(Unit { parent: Some(at), kind, code, name: named, place, civil, ..province() });
        }
    }

    /// Gives every cell its members, and every unit above the sum.
    fn people_in(&mut self) {
        let weight = |at: usize| 5 + mix(at as u64) % 16;
        let total: u64 = self.member_units().map(weight).sum();
        let places: Vec<usize> = self.member_units().collect();
        let mut so_far = 0;
        for at in places {
            let first = share(u64::from(self.members), so_far, total);
            so_far += weight(at);
            let count = share(u64::from(self.members), so_far, total) - first;
            (self.units[at].first, self.units[at].count) = (first, count);
        }
        for at in (1..self.units.len()).rev() {
            let (first, count) = (self.units[at].first, self.units[at].count);
            if let Some(parent) = self.units[at].parent {
                let above = &mut self.units[parent];
                above.first = if above.count == 0 { first } else { above.first.min(first) };
                above.count += count;
            }
        }
    }

    fn member_units(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.units.len()).filter(|at| self.units[*at].kind.has_members())
    }

    /// Gives everybody and every unit an identifier; the top one has one.
    pub(super) fn identify(&mut self, top: Uuid, new_id: &mut dyn FnMut() -> Uuid) {
        self.top = top;
        for unit in &mut self.units {
            unit.id = new_id();
        }
        self.units[0].id = top;
        self.people = (0..self.members).map(|_| new_id()).collect();
    }

    pub(super) fn put_person(&mut self, seat: &Seat, person: Uuid) {
        if let Some(place) = self.people.get_mut(seat.member as usize) {
            *place = person;
        }
    }

    pub(super) fn person(&self, seat: &Seat) -> Result<Uuid> {
        crate::error::known(self.people.get(seat.member as usize).copied(), "member of the province")
    }

    pub(super) fn name(&self) -> String {
        self.units[0].name.clone()
    }

    pub(super) fn place(&self) -> String {
        self.units[0].place.clone()
    }

    /// Numbers of the province's clerk and secretary: the last of its last cell.
    fn top_numbers(&self) -> (u32, u32) {
        (self.members.saturating_sub(1), self.members.saturating_sub(2))
    }

    /// Who holds which post.
    pub(super) fn seats(&self) -> Vec<Seat> {
        let mut seats = Vec::new();
        let (clerk, secretary) = self.top_numbers();
        let top = [(secretary, Title::Secretary), (clerk, Title::Clerk)];
        for (at, unit) in self.units.iter().enumerate() {
            let held: &[(u32, Title)] = match unit.kind {
                UnitKind::Cell | UnitKind::BaseCell => &[(0, Title::Secretary), (1, Title::DeputySecretary)],
                UnitKind::BaseOrganization => &[
                    (0, Title::Secretary),
                    (1, Title::DeputySecretary),
                    (2, Title::CommitteeMember),
                    (3, Title::Clerk),
                ],
                UnitKind::AboveBase => &[(2, Title::Secretary), (4, Title::Clerk), (5, Title::Inspector)],
                UnitKind::Province => &top,
                UnitKind::SubCommittee => &[],
            };
            let held = held.iter().filter(|(number, _)| *number < unit.count);
            seats.extend(held.map(|(number, title)| Seat { unit: at, member: unit.first + number, title: *title }));
        }
        seats
    }

    /// Who can sign in: the account and his seat, the province's clerk first.
    pub(super) fn accounts(&self) -> Vec<(DemoAccount, Seat)> {
        let first = |kind: UnitKind| self.units.iter().position(|unit| unit.kind == kind).unwrap_or(0);
        let (district, base, cell) = (1, first(UnitKind::BaseOrganization), first(UnitKind::Cell));
        let seat = |unit: usize, number: u32, title| Seat { unit, member: self.units[unit].first + number, title };
        let cell =
            if self.units.get(cell + 1).is_some_and(|unit| unit.kind == UnitKind::Cell) { cell + 1 } else { cell };
        let (clerk, secretary) = self.top_numbers();
        let listed = [
            ("tinh-van-phong", "province-clerk", seat(0, clerk, Title::Clerk)),
            ("tinh-bi-thu", "province-secretary", seat(0, secretary, Title::Secretary)),
            ("huyen-van-phong", "district-clerk", seat(district, 4, Title::Clerk)),
            ("co-so-van-phong", "base-clerk", seat(base, 3, Title::Clerk)),
            ("chi-bo-bi-thu", "cell-secretary", seat(cell, 0, Title::Secretary)),
            ("huyen-kiem-tra", "district-inspector", seat(district, 5, Title::Inspector)),
        ];
        let mut seen = BTreeSet::new();
        let account = |(login, role, seat): (&str, &str, Seat)| {
            seen.insert(seat.member).then(|| (self.account(login, role, &seat), seat))
        };
        listed.into_iter().filter_map(account).collect()
    }

    fn account(&self, login: &str, role: &str, seat: &Seat) -> DemoAccount {
        DemoAccount {
            login: login.to_owned(),
            passphrase: passphrase(login),
            name: super::people::name_of(seat.member),
            unit: self.units[seat.unit].name.clone(),
            role: format!("demo-role-{role}"),
            attempt: format!("demo-try-{role}"),
        }
    }
}

pub(super) fn code_of(member: u32) -> String {
    format!("DV-{:06}", member + 1)
}

fn province() -> Unit {
    Unit {
        id: Uuid::nil(),
        parent: None,
        kind: UnitKind::Province,
        code: TOP_CODE.to_owned(),
        name: "Đảng bộ tỉnh Quảng Ngãi (dữ liệu mẫu)".to_owned(),
        place: "Quảng Ngãi".to_owned(),
        first: 0,
        count: 0,
        civil: "none",
    }
}

/// So many base organisations over the districts: the communes first, then agencies, schools and enterprises.
fn bases(districts: &[(String, Vec<String>)], number: usize) -> Vec<Vec<Base>> {
    let communes: usize = districts.iter().map(|(_, communes)| communes.len()).sum();
    let number = number.max(districts.len() * 2);
    let agencies = number.saturating_sub(communes).max(districts.len());
    let communes_of = |(_, communes_here): &(String, Vec<String>)| -> Vec<Base> {
        let some = (communes_here.len() * (number - agencies.min(number)) / communes).max(1);
        let base = |commune: &String| Base {
            name: format!("Đảng bộ {}", lower(commune)),
            place: bare(commune).to_owned(),
            commune: true,
            is_cell: false,
        };
        communes_here.iter().take(some).map(base).collect()
    };
    let mut bases: Vec<Vec<Base>> = districts.iter().map(communes_of).collect();
    for n in 0..agencies {
        let at = n % districts.len();
        let (round, is_cell) = (n / districts.len(), n / districts.len() % BASE_CELLS == BASE_CELLS - 1);
        let agency = AGENCIES[round % AGENCIES.len()];
        let organization = if is_cell { "Chi bộ" } else { "Đảng bộ" };
        let place = bare(&districts[at].0).to_owned();
        let name = format!("{organization} {agency} số {} {}", round / AGENCIES.len() + 1, lower(&districts[at].0));
        bases[at].push(Base { name, place, commune: false, is_cell });
    }
    bases
}

/// How many cells each base organisation has, so that there are about `number` in all.
fn cells(bases: &[Vec<Base>], number: u64) -> Vec<Vec<u32>> {
    let own = bases.iter().flatten().filter(|base| base.is_cell).count() as u64;
    let weight = |base: &Base| match (base.is_cell, base.commune) {
        (true, _) => 0,
        (_, true) => 13,
        (_, false) => 8,
    };
    let total: u64 = bases.iter().flatten().map(weight).sum();
    let number = number.saturating_sub(own);
    let mut so_far = 0;
    let mut count = |base: &Base| {
        let before = share(number, so_far, total);
        so_far += weight(base);
        (share(number, so_far, total) - before).max(1)
    };
    bases.iter().map(|bases| bases.iter().map(&mut count).collect()).collect()
}

/// The name of a place without its kind, as it stands before the date of a paper: *Thị trấn Ba Tơ* is *Ba Tơ*.
fn bare(name: &str) -> &str {
    const OF_TWO_WORDS: [&str; 3] = ["Thị trấn ", "Thị xã ", "Thành phố "];
    let whole = OF_TWO_WORDS.iter().find_map(|kind| name.strip_prefix(kind));
    whole.or_else(|| name.split_once(' ').map(|(_, rest)| rest)).unwrap_or(name)
}
