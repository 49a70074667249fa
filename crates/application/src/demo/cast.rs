//! Ai có mặt trong bản dùng thử: read from demo.toml, and the rows of the roster made of it.

use std::collections::BTreeMap;

use domain::org::{CivilKind, Standing, Title, UnitKind};
use domain::{Day, PersonId};
use serde::Deserialize;
use uuid::Uuid;

use crate::acts::roster::{At, MemberLine, PostLine, Roster, RowCells, SheetRows, TextCell, UnitLine};
use crate::error::{Error, Result, known, stored};

const CAST: &str = include_str!("demo.toml");
pub(super) const NAMES: [&str; 10] =
    ["Nguyễn Văn", "Trần Thị", "Lê Văn", "Phạm Thị", "Võ Văn", "Huỳnh Thị", "Đặng Văn", "Bùi Thị", "Đỗ Văn", "Ngô Thị"];
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

    /// Everybody, cell by cell, not yet with an identifier.
    pub(super) fn members(&self) -> Result<Vec<Member>> {
        let mut members = Vec::new();
        for cell in &self.cells {
            for number in 1..=cell.members {
                let serial = members.len();
                members.push(self.member(cell, number, serial)?);
            }
        }
        Ok(members)
    }

    fn member(&self, cell: &CellPart, number: u32, serial: usize) -> Result<Member> {
        let one = self.ones.iter().find(|one| one.cell == cell.code && one.number == number);
        let (standing, admitted_on) = match one.map_or("", |one| one.standing.as_str()) {
            "" => (Standing::Official, format!("{}-05-19", 1990 + (serial * 7) % 28)),
            "new" => (Standing::Probationary, NEWLY_ADMITTED.to_owned()),
            "probationary" => (Standing::Probationary, ADMITTED_LAST_YEAR.to_owned()),
            other => (known(Standing::from_word(other), "standing of demo.toml")?, "1968-02-03".to_owned()),
        };
        let code = code_of(&cell.code, number);
        Ok(Member {
            person: PersonId(Uuid::nil()),
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

/// Danh sách như trong tệp: the sheets of a roster workbook, to be imported like any other.
pub(super) fn sheets(cast: &Cast, members: &[Member]) -> Result<Vec<SheetRows>> {
    let mut roster = Roster { units: vec![at(base_line(cast)?)], ..Roster::default() };
    for cell in &cast.cells {
        roster.units.push(at(cell_line(cast, cell)));
    }
    let term_began = day(TERM_BEGAN)?;
    for (serial, member) in members.iter().enumerate() {
        roster.members.push(at(member_line(cast, member, serial)?));
        let mut hold = |unit: &str, title: Title| {
            let post = PostLine {
                member: member.code.clone(),
                unit: unit.to_owned(),
                title,
                from_on: term_began,
                to_on: None,
            };
            roster.posts.push(at(post));
        };
        if let Some(seat) = cast.seat(&member.cell, member.number) {
            hold(&cast.base.code, known(Title::from_word(&seat.title), "title of demo.toml")?);
        }
        let head = cast.cell(&member.cell)?.head;
        if member.number == head {
            hold(&member.cell, Title::Secretary);
        } else if member.number == head + 1 {
            hold(&member.cell, Title::DeputySecretary);
        }
    }
    let sheets = roster.sheets().map(|(layout, lines)| {
        let heads = layout.columns.iter().map(|column| column.heading.to_owned()).collect();
        let rows = std::iter::once(heads).chain(lines);
        SheetRows {
            name: layout.name.to_owned(),
            rows: (1_u32..).zip(rows).map(|(number, cells)| row(number, cells)).collect(),
        }
    });
    Ok(sheets.into())
}

fn row(number: u32, cells: Vec<String>) -> RowCells {
    let cells = (1_u32..).zip(cells).filter(|(_, text)| !text.is_empty());
    RowCells { number, cells: cells.map(|(column, text)| TextCell { column, text, ..TextCell::default() }).collect() }
}

const fn at<T>(line: T) -> At<T> {
    At { row: 0, line }
}

fn day(written: &str) -> Result<Day> {
    stored(Day::parse_stored(written), "day of demo.toml")
}

fn base_line(cast: &Cast) -> Result<UnitLine> {
    let part = &cast.base;
    Ok(UnitLine {
        code: part.code.clone(),
        name: part.name.clone(),
        kind: UnitKind::BaseOrganization,
        superior: None,
        superior_name: part.superior.clone(),
        place: part.place.clone(),
        suffix: part.suffix.clone(),
        founded_on: Some(day(&part.founded_on)?),
        closed_on: None,
    })
}

fn cell_line(cast: &Cast, cell: &CellPart) -> UnitLine {
    UnitLine {
        code: cell.code.clone(),
        name: cell.name.clone(),
        kind: UnitKind::Cell,
        superior: Some(cast.base.code.clone()),
        superior_name: cast.base.name.clone(),
        place: cast.base.place.clone(),
        suffix: "CB".to_owned(),
        founded_on: None,
        closed_on: None,
    }
}

fn member_line(cast: &Cast, member: &Member, serial: usize) -> Result<MemberLine> {
    let government = cast.seat(&member.cell, member.number).map_or("", |seat| seat.government_post.as_str());
    let born = if member.standing == Standing::Exempt { 1940 } else { 1962 + (serial * 7) % 10 };
    let month = 1 + u32::try_from(serial % 12).unwrap_or(0);
    let official = matches!(member.standing, Standing::Official | Standing::Exempt | Standing::Suspended);
    let admitted_on = day(&member.admitted_on)?;
    Ok(MemberLine {
        code: member.code.clone(),
        name: member.name.clone(),
        born_on: Day::of(i32::try_from(born).unwrap_or(1970), month, 15),
        card: Some(format!("MAU{:06}", serial + 1)),
        unit: member.cell.clone(),
        standing: member.standing,
        admitted_on,
        official_on: official.then(|| admitted_on.plus_months(12)),
        civil: member.civil,
        government_post: government.to_owned(),
        mass_post: String::new(),
        workplace: String::new(),
        leader: member.leader,
        ended_on: None,
        end_reason: None,
    })
}

/// The documents on which the sample rounds rest, one a line.
pub(super) fn basis() -> Result<String> {
    Ok(Cast::read()?.basis)
}
