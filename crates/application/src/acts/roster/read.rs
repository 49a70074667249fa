//! Đọc tệp danh sách: cells of a workbook into lines. Every fault is noted with its place; nothing stops at the first.

use std::collections::{BTreeMap, BTreeSet};

use domain::org::{CivilKind, EndReason, Standing, Title, UnitKind};
use domain::{Day, Refusal, text};

use super::finding::Remarks;
use super::layout::{Column, Content, HINT, MEMBERS, POSTS, SHEETS, SheetLayout, UNITS};
use super::lines::{At, MemberLine, PostLine, Roster, UnitLine};

/// A sheet as it was read from a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetRows {
    /// Name on the tab.
    pub name: String,
    /// Rows that hold something.
    pub rows: Vec<RowCells>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowCells {
    /// Number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// Cells that hold something.
    pub cells: Vec<TextCell>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextCell {
    /// Column, from 1.
    pub column: u32,
    /// Text; days as dd/mm/yyyy.
    pub text: String,
    /// The text is the result of a formula.
    pub formula: bool,
    /// The cell belongs to a merged range.
    pub merged: bool,
}

/// Where the headings are looked for.
const HEADINGS_WITHIN: u32 = 20;
/// A row with so many known headings is the row of headings.
const HEADINGS_KNOWN: usize = 3;
/// Characters of a wrong value that are shown.
const EXCERPT: usize = 40;

/// What was read and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) roster: Roster,
    pub(crate) unread_units: Unread,
    pub(crate) unread_members: Unread,
}

/// What was there but could not be read: whoever refers to it is not at fault.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Unread {
    sheet: bool,
    codes: BTreeSet<String>,
}

impl Unread {
    /// Whether a line with this code may have been among what was not read.
    pub(crate) fn may_hold(&self, code: &str) -> bool {
        self.sheet || self.codes.contains(code)
    }
}

/// Reads the sheets; what cannot be read is left out and noted.
pub(crate) fn read(sheets: &[SheetRows], remarks: &mut Remarks) -> Reading {
    let (units, unread_units) = lines(sheets, &UNITS, remarks, unit);
    let (members, unread_members) = lines(sheets, &MEMBERS, remarks, member);
    let (posts, unread_posts) = lines(sheets, &POSTS, remarks, post);
    for sheet in sheets.iter().filter(|sheet| !sheet.rows.is_empty()) {
        if !SHEETS.iter().any(|layout| same(layout.name, &sheet.name)) {
            remarks.add(&sheet.name, (0, 0), Refusal::new("ROSTER-102").with("sheet", &sheet.name));
        }
    }
    let nothing = units.is_empty() && members.is_empty() && posts.is_empty() && unread_posts == Unread::default();
    if nothing && remarks.errors.is_empty() {
        remarks.add("", (0, 0), Refusal::new("ROSTER-029"));
    }
    Reading { roster: Roster { units, members, posts }, unread_units, unread_members }
}

/// Headings and words are the same whatever their case, marks, blanks and asterisks.
pub(crate) fn same(known: &str, found: &str) -> bool {
    plain(known) == plain(found)
}

fn plain(words: &str) -> String {
    text::fold(words).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn find<'a>(sheets: &'a [SheetRows], layout: &SheetLayout, remarks: &mut Remarks) -> Option<&'a SheetRows> {
    let found = sheets.iter().find(|sheet| same(layout.name, &sheet.name));
    if found.is_none() {
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).filter(|name| !name.is_empty()).collect();
        let what = Refusal::new("ROSTER-001").with("sheet", layout.name).with("found", excerpt(&names.join(", ")));
        remarks.add(layout.name, (0, 0), what);
    }
    found
}

/// Columns of the layout that the sheet has: place in the layout → column in the sheet.
struct Headings {
    row: u32,
    columns: Vec<u32>,
}

fn headings(sheet: &SheetRows, layout: &SheetLayout, remarks: &mut Remarks) -> Option<Headings> {
    let place = |cell: &TextCell| layout.columns.iter().position(|column| same(column.heading, &cell.text));
    let known = |row: &&RowCells| row.cells.iter().filter_map(place).count() >= HEADINGS_KNOWN;
    let top = sheet.rows.iter().take_while(|row| row.number <= HEADINGS_WITHIN);
    let Some(row) = top.into_iter().find(known) else {
        remarks.add(layout.name, (0, 0), Refusal::new("ROSTER-003").with("first", layout.columns[0].heading));
        return None;
    };
    let mut columns = vec![0; layout.columns.len()];
    for cell in &row.cells {
        let at = (row.number, cell.column);
        match place(cell) {
            Some(place) if columns[place] == 0 => columns[place] = cell.column,
            Some(place) => {
                remarks.add(layout.name, at, Refusal::new("ROSTER-036").with("heading", layout.columns[place].heading));
            }
            None => remarks.add(layout.name, at, Refusal::new("ROSTER-101").with("heading", excerpt(&cell.text))),
        }
        if cell.merged {
            remarks.add(layout.name, at, Refusal::new("ROSTER-009"));
        }
    }
    let missing: Vec<&str> = std::iter::zip(layout.columns, &columns)
        .filter(|(_, found)| **found == 0)
        .map(|(column, _)| column.heading)
        .collect();
    for heading in &missing {
        remarks.add(layout.name, (row.number, 0), Refusal::new("ROSTER-002").with("heading", heading));
    }
    missing.is_empty().then_some(Headings { row: row.number, columns })
}

/// The lines of one sheet, and what of it could not be read.
fn lines<T>(
    sheets: &[SheetRows],
    layout: &'static SheetLayout,
    remarks: &mut Remarks,
    line: fn(&mut RowReader<'_>) -> Option<T>,
) -> (Vec<At<T>>, Unread) {
    let (mut lines, mut unread) = (Vec::new(), Unread { sheet: true, codes: BTreeSet::new() });
    let Some(sheet) = find(sheets, layout, remarks) else { return (lines, unread) };
    let Some(headings) = headings(sheet, layout, remarks) else { return (lines, unread) };
    unread.sheet = false;
    let places: BTreeMap<u32, usize> = headings.columns.iter().enumerate().map(|(at, column)| (*column, at)).collect();
    for row in sheet.rows.iter().filter(|row| row.number > headings.row) {
        if is_hint(row) && row.number == headings.row + 1 {
            continue;
        }
        let mut reader = RowReader::of(row, layout, &headings, &places, remarks);
        if reader.texts.iter().all(String::is_empty) {
            continue;
        }
        let code = reader.texts[0].clone();
        match line(&mut reader).filter(|_| !reader.faulty) {
            Some(line) => lines.push(At { row: row.number, line }),
            None => {
                unread.codes.insert(code);
            }
        }
    }
    (lines, unread)
}

fn is_hint(row: &RowCells) -> bool {
    row.cells.first().is_some_and(|cell| plain(&cell.text).starts_with(&plain(HINT)))
}

fn excerpt(text: &str) -> String {
    let short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// One row on its way to a line: texts by place in the layout, and whether something in it was wrong.
struct RowReader<'a> {
    number: u32,
    layout: &'static SheetLayout,
    columns: &'a [u32],
    texts: Vec<String>,
    faulty: bool,
    remarks: &'a mut Remarks,
}

impl<'a> RowReader<'a> {
    fn of(
        row: &RowCells,
        layout: &'static SheetLayout,
        headings: &'a Headings,
        places: &BTreeMap<u32, usize>,
        remarks: &'a mut Remarks,
    ) -> Self {
        let texts = vec![String::new(); layout.columns.len()];
        let mut reader = Self { number: row.number, layout, columns: &headings.columns, texts, faulty: false, remarks };
        for cell in &row.cells {
            if let Some(place) = places.get(&cell.column) {
                reader.take(*place, cell);
            }
        }
        for (place, column) in layout.columns.iter().enumerate() {
            let blank = reader.texts.iter().all(String::is_empty);
            if column.required && reader.texts[place].is_empty() && !blank {
                reader.fault(place, Refusal::new("ROSTER-004").with("heading", column.heading));
            }
        }
        reader
    }

    fn take(&mut self, place: usize, cell: &TextCell) {
        let column: &Column = &self.layout.columns[place];
        if cell.formula {
            self.fault(place, Refusal::new("ROSTER-008"));
        }
        if cell.merged {
            self.fault(place, Refusal::new("ROSTER-009"));
        }
        let length = cell.text.chars().count();
        if length > column.max {
            let what = Refusal::new("ROSTER-007").with("heading", column.heading);
            self.fault(place, what.with("length", length).with("max", column.max));
        }
        let clean: String = cell.text.chars().take(column.max).map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.texts[place] = text::tidy(&clean);
    }

    fn fault(&mut self, place: usize, what: Refusal) {
        self.faulty = true;
        self.remarks.add(self.layout.name, (self.number, self.columns[place]), what);
    }

    fn text(&mut self, place: usize) -> String {
        std::mem::take(&mut self.texts[place])
    }

    fn some_text(&mut self, place: usize) -> Option<String> {
        Some(self.text(place)).filter(|text| !text.is_empty())
    }

    fn day(&mut self, place: usize) -> Option<Day> {
        let typed = self.some_text(place)?;
        let day = Day::parse_typed(&typed).ok();
        if day.is_none() {
            let heading = self.layout.columns[place].heading;
            self.fault(place, Refusal::new("ROSTER-005").with("heading", heading).with("value", excerpt(&typed)));
        }
        day
    }

    /// The value of the word in this cell; none when it is empty.
    fn some_word<T: Copy>(&mut self, place: usize, values: &[T]) -> Option<T> {
        if self.texts[place].is_empty() { None } else { self.word(place, values) }
    }

    /// The value of the word in this cell; the first value when the cell is empty and may be.
    fn word<T: Copy>(&mut self, place: usize, values: &[T]) -> Option<T> {
        let column = &self.layout.columns[place];
        let Content::OneOf(words) = column.content else { return None };
        let Some(typed) = self.some_text(place) else {
            return if column.required { None } else { values.first().copied() };
        };
        let exactly = words.iter().position(|word| *word == typed);
        let known = exactly.or_else(|| words.iter().position(|word| same(word, &typed)));
        let found = known.and_then(|at| values.get(at)).copied();
        if found.is_none() {
            let what = Refusal::new("ROSTER-006").with("heading", column.heading).with("value", excerpt(&typed));
            self.fault(place, what.with("allowed", words.join(", ")));
        }
        found
    }
}

fn unit(row: &mut RowReader<'_>) -> Option<UnitLine> {
    let kind = row.word(2, UnitKind::ALL);
    let (founded_on, closed_on) = (row.day(7), row.day(8));
    Some(UnitLine {
        code: row.text(0),
        name: row.text(1),
        kind: kind?,
        superior: row.some_text(3),
        superior_name: row.text(4),
        place: row.text(5),
        suffix: row.text(6),
        founded_on,
        closed_on,
    })
}

fn member(row: &mut RowReader<'_>) -> Option<MemberLine> {
    let (born_on, standing, admitted_on) = (row.day(2), row.word(5, Standing::ALL), row.day(6));
    let (official_on, civil, leader) = (row.day(7), row.word(8, CivilKind::ALL), row.word(12, &[false, true]));
    let (ended_on, end_reason) = (row.day(13), row.some_word(14, EndReason::ALL));
    Some(MemberLine {
        code: row.text(0),
        name: row.text(1),
        born_on,
        card: row.some_text(3),
        unit: row.text(4),
        standing: standing?,
        admitted_on: admitted_on?,
        official_on,
        civil: civil?,
        government_post: row.text(9),
        mass_post: row.text(10),
        workplace: row.text(11),
        leader: leader?,
        ended_on,
        end_reason,
    })
}

fn post(row: &mut RowReader<'_>) -> Option<PostLine> {
    let (title, from_on, to_on) = (row.word(2, Title::ALL), row.day(3), row.day(4));
    Some(PostLine { member: row.text(0), unit: row.text(1), title: title?, from_on: from_on?, to_on })
}
