//! Dòng danh sách: what one row of each sheet says, read or to be written.

use domain::Day;
use domain::org::{CivilKind, EndReason, Standing, Title, UnitKind};
use serde::{Deserialize, Serialize};

use super::layout::{self, SheetLayout, civil_word, end_word, kind_word, standing_word, title_word, yes_no};

/// Danh sách: everything a workbook says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Units.
    pub units: Vec<At<UnitLine>>,
    /// Members.
    pub members: Vec<At<MemberLine>>,
    /// Posts.
    pub posts: Vec<At<PostLine>>,
}

/// A line with its row in the file (0 when it comes from elsewhere).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct At<T> {
    /// Row as a spreadsheet numbers it.
    pub row: u32,
    /// What it says.
    pub line: T,
}

/// Tổ chức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Code of the superior unit; none for a base organisation.
    pub superior: Option<String>,
    /// Name of the superior body for headings.
    pub superior_name: String,
    /// Place for headings.
    pub place: String,
    /// Letters after the number of its papers.
    pub suffix: String,
    /// Day of founding.
    pub founded_on: Option<Day>,
    /// Last day of its existence.
    pub closed_on: Option<Day>,
}

/// Đảng viên.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    /// Code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Day of birth.
    pub born_on: Option<Day>,
    /// Party card number.
    pub card: Option<String>,
    /// Code of the cell.
    pub unit: String,
    /// Standing.
    pub standing: Standing,
    /// Day of admission.
    pub admitted_on: Day,
    /// Day of becoming official.
    pub official_on: Option<Day>,
    /// Kind of civil service.
    pub civil: CivilKind,
    /// Post in the state apparatus.
    pub government_post: String,
    /// Post in a mass organisation.
    pub mass_post: String,
    /// Place of work.
    pub workplace: String,
    /// Whether he has a leading post.
    pub leader: bool,
    /// Last day of his membership, when it ended without another cell taking its place.
    pub ended_on: Option<Day>,
    /// Why.
    pub end_reason: Option<EndReason>,
}

impl MemberLine {
    /// Whether he is still a member after `day`.
    pub(crate) fn lasts_beyond(&self, day: Day) -> bool {
        self.ended_on.is_none_or(|end| end > day)
    }
}

/// Chức vụ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostLine {
    /// Code of the member.
    pub member: String,
    /// Code of the unit.
    pub unit: String,
    /// Title.
    pub title: Title,
    /// First day.
    pub from_on: Day,
    /// Last day.
    pub to_on: Option<Day>,
}

/// What is alike in all three kinds of lines.
pub(crate) trait Line: PartialEq {
    /// What tells one line from another.
    type Key<'a>: Ord
    where
        Self: 'a;
    /// The sheet it stands on.
    const SHEET: &'static SheetLayout;
    fn key(&self) -> Self::Key<'_>;
    /// Code and name shown for it.
    fn label(&self) -> (String, String);
    /// Its cells as texts, in the order of the sheet's columns.
    fn cells(&self) -> Vec<String>;
}

fn shown(day: Option<Day>) -> String {
    day.map(Day::shown).unwrap_or_default()
}

impl Line for UnitLine {
    type Key<'a> = &'a str;
    const SHEET: &'static SheetLayout = &layout::UNITS;

    fn key(&self) -> &str {
        &self.code
    }

    fn label(&self) -> (String, String) {
        (self.code.clone(), self.name.clone())
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.code.clone(),
            self.name.clone(),
            kind_word(self.kind).to_owned(),
            self.superior.clone().unwrap_or_default(),
            self.superior_name.clone(),
            self.place.clone(),
            self.suffix.clone(),
            shown(self.founded_on),
            shown(self.closed_on),
        ]
    }
}

impl Line for MemberLine {
    type Key<'a> = &'a str;
    const SHEET: &'static SheetLayout = &layout::MEMBERS;

    fn key(&self) -> &str {
        &self.code
    }

    fn label(&self) -> (String, String) {
        (self.code.clone(), self.name.clone())
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.code.clone(),
            self.name.clone(),
            shown(self.born_on),
            self.card.clone().unwrap_or_default(),
            self.unit.clone(),
            standing_word(self.standing).to_owned(),
            self.admitted_on.shown(),
            shown(self.official_on),
            civil_word(self.civil).to_owned(),
            self.government_post.clone(),
            self.mass_post.clone(),
            self.workplace.clone(),
            yes_no(self.leader).to_owned(),
            shown(self.ended_on),
            self.end_reason.map(end_word).unwrap_or_default().to_owned(),
        ]
    }
}

impl Line for PostLine {
    type Key<'a> = (&'a str, &'a str, Title, Day);
    const SHEET: &'static SheetLayout = &layout::POSTS;

    fn key(&self) -> Self::Key<'_> {
        (&self.member, &self.unit, self.title, self.from_on)
    }

    fn label(&self) -> (String, String) {
        (self.member.clone(), format!("{} · {}", title_word(self.title), self.unit))
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.member.clone(),
            self.unit.clone(),
            title_word(self.title).to_owned(),
            self.from_on.shown(),
            shown(self.to_on),
        ]
    }
}

impl Roster {
    /// The roster as texts: per sheet, its rows of cells in the order of the columns.
    #[must_use]
    pub fn sheets(&self) -> [(&'static SheetLayout, Vec<Vec<String>>); 3] {
        fn texts<T: Line>(lines: &[At<T>]) -> (&'static SheetLayout, Vec<Vec<String>>) {
            (T::SHEET, lines.iter().map(|at| at.line.cells()).collect())
        }
        [texts(&self.units), texts(&self.members), texts(&self.posts)]
    }
}
