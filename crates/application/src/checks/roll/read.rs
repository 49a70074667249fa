//! Đọc các dòng: every row below the headings into columns of values; what is no person or unit is left out with its reason.

use super::super::grid::{Grid, GridRow, Sheet};
use super::downwards::Downwards;
use super::mapping::{Mapping, Meaning};
use super::totals::SumWords;
use super::values::{Reader, Reading as Read, Recorded};
use super::words::{Vocabulary, key, quoted};

/// Vì sao một dòng bị bỏ qua.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// A row that adds up others.
    Totals,
    /// A row of percentages.
    Shares,
    /// A heading over the rows that follow.
    Section,
    /// Numbers of the columns below the headings.
    ColumnNumbers,
    /// The headings once more.
    HeadingAgain,
    /// Neither name nor level.
    Nobody,
}

impl Reason {
    /// The word in files and keys.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Totals => "totals",
            Self::Shares => "shares",
            Self::Section => "section",
            Self::ColumnNumbers => "column_numbers",
            Self::HeadingAgain => "heading_again",
            Self::Nobody => "nobody",
        }
    }
}

/// Chỗ của một dòng trong tệp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Place of the sheet, from nought.
    pub(super) sheet: u32,
    /// Place among the rows of the sheet, from nought.
    pub(super) among: u32,
    /// Number as seen in a spreadsheet.
    pub(super) number: u32,
}

/// Cột chữ: each text once, and which row has which.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    /// Texts, each once; the first is the empty one.
    pub(super) distinct: Vec<String>,
    /// Per row the place of its text.
    pub(super) at: Vec<u32>,
    known: Known,
    /// Places of texts met of late, by a few of their bytes: most cells of a column say one of a handful of things.
    recent: Vec<u32>,
}

/// How many texts met of late are remembered; a power of two.
const RECENT: usize = 256;

#[expect(clippy::disallowed_types, reason = "only looked up: texts stand in the order in which they first came")]
type Known = std::collections::HashMap<String, u32>;

impl Texts {
    fn new() -> Self {
        Self { distinct: vec![String::new()], at: Vec::new(), known: Known::default(), recent: vec![0; RECENT] }
    }

    fn push(&mut self, text: &str) {
        // Neighbours are often alike, and the empty text is the most frequent of all.
        let last = self.at.last().copied().unwrap_or(0);
        let same = |at: u32| self.distinct.get(at as usize).is_some_and(|known| known == text);
        let slot = slot_of(text);
        let recent = self.recent.get(slot).copied().unwrap_or(0);
        let at = match () {
            () if text.is_empty() => 0,
            () if same(last) => last,
            () if same(recent) => recent,
            () => match self.known.get(text) {
                Some(at) => *at,
                None => {
                    let at = u32::try_from(self.distinct.len()).unwrap_or(u32::MAX);
                    self.distinct.push(text.to_owned());
                    self.known.insert(text.to_owned(), at);
                    at
                }
            },
        };
        if let Some(recent) = self.recent.get_mut(slot) {
            *recent = at;
        }
        self.at.push(at);
    }

    /// The text of a row.
    pub(super) fn get(&self, row: usize) -> &str {
        self.at.get(row).and_then(|at| self.distinct.get(*at as usize)).map_or("", String::as_str)
    }
}

/// A number below [`RECENT`] out of the length and the last bytes of a text, in which texts of one column differ most.
fn slot_of(text: &str) -> usize {
    let bytes = text.as_bytes();
    let tail = bytes.iter().rev().take(6).fold(bytes.len(), |sum, byte| sum.wrapping_mul(31) ^ usize::from(*byte));
    (tail ^ (tail >> 8)) & (RECENT - 1)
}

/// Bảng đã đọc theo cột.
#[derive(Debug, Clone, Default)]
pub(super) struct Roll {
    /// Where each row stands.
    pub(super) rows: Vec<Place>,
    /// Texts per column of the mapping; none where nothing is asked of the column as a whole.
    pub(super) texts: Vec<Option<Texts>>,
    /// Rows left out.
    pub(super) left_out: Vec<(Place, Reason)>,
    /// Sheets that were read, by place.
    pub(super) sheets: Vec<u32>,
    /// Rows of totals and percentages: how many rows had been read when they came.
    pub(super) sums: Vec<(Place, Reason, usize)>,
}

/// Whether the column's texts are kept together.
fn kept(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Column(id) => !matches!(id.as_str(), "name" | "code" | "born" | "note" | "number"),
        Meaning::Other => false,
        _ => true,
    }
}

struct Reading<'a> {
    mapping: &'a Mapping,
    reader: &'a Reader<'a>,
    meanings: Vec<Meaning>,
    /// For each column of the file, from nought, its place in the mapping.
    by_column: Vec<Option<usize>>,
    /// Places of the columns with levels.
    levels: Vec<usize>,
    name: Option<usize>,
    code: Option<usize>,
    born: Option<usize>,
    number: Option<usize>,
    totals: SumWords,
    shares: SumWords,
    roll: Roll,
}

/// The first column whose heading is another one in the file than in the mapping, with what stands there.
pub(super) fn other_heading(grid: &Grid, mapping: &Mapping) -> Option<(String, String, String)> {
    let sheet = grid.sheets.iter().find(|sheet| sheet.name == mapping.sheet)?;
    let rows: Vec<GridRow<'_>> = sheet
        .rows()
        .take_while(|row| row.number() < mapping.first_row)
        .filter(|row| row.number() >= mapping.head_row)
        .collect();
    let used = mapping.columns.iter().filter(|column| column.meaning() != Meaning::Other && !column.head.is_empty());
    used.into_iter().find_map(|column| {
        let head = key(&column.head);
        let texts: Vec<&str> = rows.iter().filter_map(|row| row.text(column.number())).collect();
        let same = |text: &&&str| {
            let text = key(text);
            head == text || head.strip_suffix(&text).is_some_and(|before| before.ends_with(' '))
        };
        let there = texts.iter().any(|text| same(&text));
        (!there).then(|| (column.at.clone(), quoted(&column.head), quoted(&texts.join(" – "))))
    })
}

/// Reads the rows of every sheet that has the headings of the mapping.
pub(super) fn read(grid: &Grid, mapping: &Mapping, words: &Vocabulary, reader: &Reader<'_>) -> Roll {
    let meanings: Vec<Meaning> = mapping.columns.iter().map(super::mapping::MappedColumn::meaning).collect();
    let texts = meanings.iter().map(|meaning| kept(meaning).then(Texts::new)).collect();
    let plain = &words.plain;
    let mut reading = Reading {
        mapping,
        reader,
        by_column: by_column(mapping),
        levels: places_of_levels(&meanings),
        meanings,
        name: mapping.place_of("name"),
        code: mapping.place_of("code"),
        born: mapping.place_of("born"),
        number: mapping.place_of("number"),
        totals: SumWords::new(&plain.totals, &plain.not_totals),
        shares: SumWords::new(&plain.shares, &[]),
        roll: Roll { texts, ..Roll::default() },
    };
    // What nobody sees is read only when it is asked for by name.
    let shown = |sheet: &&Sheet| !sheet.hidden || sheet.name == mapping.sheet;
    for (place, sheet) in (0_u32..).zip(&grid.sheets).filter(|(_, sheet)| shown(sheet)) {
        if let Some(first) = reading.first_row(sheet) {
            reading.roll.sheets.push(place);
            reading.sheet(place, sheet, first);
        }
    }
    reading.roll
}

fn by_column(mapping: &Mapping) -> Vec<Option<usize>> {
    let width = mapping.columns.iter().map(super::mapping::MappedColumn::number).max().unwrap_or(0);
    let mut places = vec![None; width as usize + 1];
    for (place, column) in mapping.columns.iter().enumerate() {
        if let Some(slot) = places.get_mut(column.number() as usize) {
            *slot = Some(place);
        }
    }
    places
}

fn places_of_levels(meanings: &[Meaning]) -> Vec<usize> {
    let of_level = |meaning: &Meaning| matches!(meaning, Meaning::Level(_) | Meaning::LevelMark(_, _));
    meanings.iter().enumerate().filter(|(_, meaning)| of_level(meaning)).map(|(place, _)| place).collect()
}

impl Reading<'_> {
    fn place(&self, column: u32) -> Option<usize> {
        self.by_column.get(column as usize).copied().flatten()
    }

    /// Where the rows of a sheet begin: below the same headings.
    fn first_row(&self, sheet: &Sheet) -> Option<u32> {
        let mapping = self.mapping;
        if sheet.name == mapping.sheet {
            return Some(mapping.first_row);
        }
        let heads: Vec<(u32, String)> = mapping
            .columns
            .iter()
            .filter(|column| column.meaning() != Meaning::Other)
            .map(|column| (column.number(), key(column.head.rsplit(" – ").next().unwrap_or_default())))
            .collect();
        let depth = mapping.first_row.saturating_sub(mapping.head_row).max(1);
        let rows: Vec<GridRow<'_>> = sheet.rows().take(40).collect();
        let below = rows.iter().find(|row| {
            let within =
                rows.iter().filter(|other| other.number() <= row.number() && other.number() + depth > row.number());
            let texts: Vec<(u32, String)> =
                within.flat_map(GridRow::cells).map(|cell| (cell.column, key(cell.text))).collect();
            heads.iter().all(|head| texts.contains(head))
        });
        below.map(|row| row.number() + 1)
    }

    fn sheet(&mut self, at: u32, sheet: &Sheet, first: u32) {
        let mut texts = vec![""; self.meanings.len()];
        let mut downwards = Downwards::new(sheet, first);
        for (place, row) in (0_u32..).zip(sheet.rows()).filter(|(_, row)| row.number() >= first) {
            texts.fill("");
            let mut filled = 0_usize;
            for cell in row.cells() {
                if let Some(text) = self.place(cell.column).and_then(|place| texts.get_mut(place)) {
                    *text = cell.text;
                    filled += 1;
                }
            }
            for (column, text) in downwards.at(&row) {
                if let Some(place) = self.place(column).filter(|place| self.meanings.get(*place).is_some_and(is_shared))
                    && let Some(slot) = texts.get_mut(place).filter(|slot| slot.is_empty())
                {
                    *slot = text;
                }
            }
            let place = Place { sheet: at, among: place, number: row.number() };
            match self.reason(&row, &texts, filled, first) {
                None => self.take(place, &texts),
                Some(reason) => {
                    if matches!(reason, Reason::Totals | Reason::Shares) {
                        self.roll.sums.push((place, reason, self.roll.rows.len()));
                    }
                    self.roll.left_out.push((place, reason));
                }
            }
        }
    }

    fn take(&mut self, place: Place, texts: &[&str]) {
        self.roll.rows.push(place);
        for (column, text) in self.roll.texts.iter_mut().zip(texts) {
            if let Some(column) = column {
                column.push(text);
            }
        }
    }

    /// Why a row is nobody; none when it is somebody.
    fn reason(&self, row: &GridRow<'_>, texts: &[&str], filled: usize, first: u32) -> Option<Reason> {
        let text = |place: Option<usize>| place.and_then(|place| texts.get(place)).copied().unwrap_or_default();
        let (name, code) = (text(self.name), text(self.code));
        let has_level = self.levels.iter().any(|place| texts.get(*place).is_some_and(|text| !text.is_empty()));
        // The usual row of a list is settled by its number or code, its name and its level.
        let number = text(self.number);
        let listed = !code.is_empty() || (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
        if !name.is_empty() && has_level && listed && row.number() > first {
            return None;
        }
        let name_column =
            self.name.and_then(|place| self.mapping.columns.get(place)).map_or(2, super::mapping::MappedColumn::number);
        let leading = || row.cells().take_while(|cell| cell.column <= name_column).map(|cell| cell.text);
        // Whoever has a code, a day of birth or a level is no row of totals, whatever the name begins with.
        let someone = || !code.is_empty() || !text(self.born).is_empty() || self.says_level(texts);
        if leading().any(|text| self.totals.begin(text)) && !someone() {
            return Some(Reason::Totals);
        }
        if leading().any(|text| self.shares.begin(text)) && !someone() {
            return Some(Reason::Shares);
        }
        if row.number() <= first + 1 && is_column_numbers(row) {
            return Some(Reason::ColumnNumbers);
        }
        if self.is_heading(texts) {
            return Some(Reason::HeadingAgain);
        }
        match () {
            () if has_level && self.is_section_with_counts(texts) && !someone() => Some(Reason::Section),
            () if has_level && !(name.is_empty() && code.is_empty()) => None,
            () if name.is_empty() && code.is_empty() && (has_level || filled > 2) => Some(Reason::Nobody),
            () if filled <= 2 && text(self.number).parse::<u32>().is_err() => Some(Reason::Section),
            () if name.is_empty() && code.is_empty() => Some(Reason::Section),
            () => None,
        }
    }

    /// Whether a column of levels has a level, not a count of those who have it.
    fn says_level(&self, texts: &[&str]) -> bool {
        self.levels.iter().any(|place| {
            let text = texts.get(*place).copied().unwrap_or_default();
            match self.meanings.get(*place) {
                Some(Meaning::Level(_)) => matches!(self.reader.level(text), Read::Is(Recorded::Level(_))),
                Some(Meaning::LevelMark(_, _)) => {
                    !text.bytes().all(|byte| byte.is_ascii_digit()) && self.reader.mark(text) == Read::Is(true)
                }
                _ => false,
            }
        })
    }

    /// `I | Chi bộ Thôn 1 (13) | | 5 | 8`: a heading that says how many there are of each level below it.
    fn is_section_with_counts(&self, texts: &[&str]) -> bool {
        let number = self.number.and_then(|place| texts.get(place)).copied().unwrap_or_default();
        if number.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let filled: Vec<&str> =
            self.levels.iter().filter_map(|place| texts.get(*place)).copied().filter(|text| !text.is_empty()).collect();
        let counts: Vec<u32> = filled.iter().filter_map(|text| text.parse().ok()).collect();
        // A mark may be a single one; more than one, or one beside another, counts people.
        let counting = counts.len() > 1 || counts.iter().any(|count| *count > 1) || !number.is_empty();
        !counts.is_empty() && counts.len() == filled.len() && counting
    }

    fn is_heading(&self, texts: &[&str]) -> bool {
        let heads = self.mapping.columns.iter().map(|column| column.head.rsplit(" – ").next().unwrap_or_default());
        let pairs: Vec<(&str, &&str)> = heads.zip(texts).filter(|(_, text)| !text.is_empty()).collect();
        pairs.len() >= 2 && pairs.iter().all(|(head, text)| key(head) == key(text))
    }
}

/// `1 2 3 4`, `(1) (2) (3)`, `A B 1 2`.
fn is_column_numbers(row: &GridRow<'_>) -> bool {
    let keys: Vec<String> = row.cells().map(|cell| key(cell.text)).collect();
    let numbers: Vec<u32> = keys.iter().filter_map(|text| text.parse().ok()).collect();
    let letters = keys.iter().filter(|text| text.len() == 1 && text.chars().all(char::is_alphabetic)).count();
    let rising = numbers.windows(2).all(|pair| pair.first() < pair.last());
    keys.len() >= 3 && numbers.len() >= 2 && numbers.len() + letters == keys.len() && rising
}

/// Whether one cell may speak for several rows: a unit, a group, a level; not who somebody is.
fn is_shared(meaning: &Meaning) -> bool {
    kept(meaning) && *meaning != Meaning::Column("part".to_owned())
}
