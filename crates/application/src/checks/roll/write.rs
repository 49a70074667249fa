//! Lập báo cáo: from what was found to findings in words, with who and where.

use std::collections::BTreeMap;

use rules::book::Setting;
use rules::{Kind as FactKind, Value};

use super::super::grid::Grid;
use super::caps::{Groups, caps, chosen_by_hand, heads_outside, texts_of};
use super::judge::{Known, Missing, RuleKinds, Wrong, cited, sieve, wrongs};
use super::mapping::{Mapping, Meaning};
use super::read::Roll;
use super::report::{
    Breach, ColumnLine, Cut, Head, KINDS, KindCount, LeftOut, LevelCount, MissingCount, PlaceCount, RollReport,
    SettingLine, Summary, UnreadSheet, code_of,
};
use super::sums::{At, MOST, Odd, Odds, breach};
use super::values::Recorded;
use super::words::{Vocabulary, quoted};
use crate::judge::Words;

/// Rows named for each reason of leaving out.
const FIRST: usize = 5;

pub(super) struct Writing<'a> {
    pub(super) grid: &'a Grid,
    pub(super) mapping: &'a Mapping,
    pub(super) roll: &'a Roll,
    pub(super) known: &'a Known<'a>,
    pub(super) kinds: &'a RuleKinds,
    pub(super) words: &'a Vocabulary,
    /// Names of sheets that the levels of units were taken from.
    pub(super) used: &'a [String],
}

impl Writing<'_> {
    /// Every finding is counted; only so many of one kind in one column are put into words and kept.
    pub(super) fn report(&self, odd: Odds, level: Words, derived: Vec<Words>) -> RollReport {
        let (telling, untold, missing) = sieve(self.known);
        let (caps, over, said) = self.caps();
        let derived = derived.into_iter().chain(said).collect();
        let mut tally = Tally::default();
        let mut whole = Vec::new();
        for breach in over {
            if tally.add(&breach.kind, degree(&breach.severity), &breach.column, Some(&breach.base)) {
                whole.push(breach);
            }
        }
        let mut breaches: Vec<(u32, u32, Breach)> = Vec::new();
        for row in telling {
            self.of_row(row, &mut tally, &mut breaches);
        }
        for odd in odd.listed {
            let (sheet, number, breach) = self.of_figures(odd);
            let base = (!breach.base.is_empty()).then_some(breach.base.as_str());
            if tally.add(&breach.kind, degree(&breach.severity), &breach.column, base) {
                breaches.push((sheet, number, breach));
            }
        }
        for more in &odd.more {
            for row in &more.rows {
                tally.add(more.kind, degree(more.severity.word()), &more.column, Some(&self.base(*row as usize)));
            }
        }
        // The order of the file; a stable sort keeps the order of the rules within a row.
        breaches.sort_by_key(|(sheet, row, _)| (*sheet, *row));
        whole.extend(breaches.into_iter().map(|(_, _, breach)| breach));
        let summary = self.summary(tally, untold, missing);
        RollReport { head: self.head(level, derived), summary, caps, breaches: whole }
    }

    /// The caps, what is over them, and what is to be said about all of them: why no group is proven where rows do not tell
    /// theirs, how many heads are not counted.
    fn caps(&self) -> (Vec<super::report::GroupCap>, Vec<Breach>, Vec<Words>) {
        let Some(quota) = self.known.book.quota(self.known.subject) else {
            return (Vec::new(), Vec::new(), Vec::new());
        };
        let groups = Groups::of(quota, self.mapping, self.roll, self.words);
        let (caps, over) = caps(self.known, quota, &groups, chosen_by_hand(quota, self.mapping));
        let said = groups.unproven(self.known, quota).into_iter().chain(heads_outside(self.known, quota, &caps));
        let said = said.collect();
        (caps, over, said)
    }

    fn of_row(&self, row: usize, tally: &mut Tally, breaches: &mut Vec<(u32, u32, Breach)>) {
        let recorded = self.known.recorded.get(row).copied().flatten();
        let Some(place) = self.roll.rows.get(row) else { return };
        let (column, base, verdict) = (self.level_column(row), self.base(row), self.known.verdict(row));
        for wrong in wrongs(self.kinds, recorded, &verdict) {
            if tally.add(&wrong.kind, degree(wrong.severity.word()), &column, Some(&base)) {
                breaches.push((place.sheet, place.number, self.in_words(row, recorded, wrong)));
            }
        }
    }

    /// Base organisation of a row as written. It may stand in a cell that reaches down from above.
    fn base(&self, row: usize) -> String {
        let base = texts_of(self.mapping, self.roll, "base").map(|texts| texts.get(row)).unwrap_or_default();
        base.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn in_words(&self, row: usize, recorded: Option<Recorded>, wrong: Wrong<'_>) -> Breach {
        let (sheet, number, who, base) = self.who(row);
        let level = match recorded {
            Some(Recorded::Level(at)) => self.known.book.levels.get(at).map(|level| Words::from(&level.title)),
            _ => None,
        };
        let unclassified = Words {
            vi: "Phải xếp loại mà ghi là không xếp loại.".to_owned(),
            en: "Has to be classified and is recorded as unclassified.".to_owned(),
        };
        let finding = wrong.finding;
        Breach {
            code: code_of(&wrong.kind).to_owned(),
            kind: wrong.kind,
            severity: wrong.severity.word().to_owned(),
            sheet,
            row: number,
            column: self.level_column(row),
            who,
            base,
            level,
            rule: finding.map(|finding| finding.code.clone()).unwrap_or_default(),
            message: finding.map_or(unclassified, |finding| Words::from(&finding.message)),
            figures: finding.iter().flat_map(|finding| &finding.figures).map(Words::from).collect(),
            citation: finding.map(|finding| cited(&finding.citation)),
            surety: finding.map(|finding| finding.citation.surety.word().to_owned()).unwrap_or_default(),
        }
    }

    /// Letters of the column in which the checked level of a row stands.
    fn level_column(&self, row: usize) -> String {
        let of = |meaning: &Meaning| match meaning {
            Meaning::Level(stage) | Meaning::LevelMark(stage, _) => *stage == self.mapping.level,
            _ => false,
        };
        let columns = self.mapping.columns.iter().zip(&self.roll.texts);
        let filled = columns.filter(|(column, texts)| {
            of(&column.meaning()) && texts.as_ref().is_some_and(|texts| !texts.get(row).is_empty())
        });
        filled.map(|(column, _)| column.at.clone()).next().unwrap_or_default()
    }

    fn of_figures(&self, odd: Odd) -> (u32, u32, Breach) {
        match odd.at {
            At::Row(row) => {
                let place = self.roll.rows.get(row).map_or((0, 0), |place| (place.sheet, place.number));
                let (sheet, number, who, base) = self.who(row);
                (place.0, place.1, breach(odd, sheet, number, who, base))
            }
            At::Sum(sheet, number) => {
                (sheet, number, breach(odd, self.sheet_name(sheet), number, String::new(), String::new()))
            }
        }
    }

    fn sheet_name(&self, sheet: u32) -> String {
        self.grid.sheets.get(sheet as usize).map(|sheet| sheet.name.clone()).unwrap_or_default()
    }

    /// Sheet, row, name (or code) and base organisation of a row.
    fn who(&self, row: usize) -> (String, u32, String, String) {
        let Some(place) = self.roll.rows.get(row) else { return Default::default() };
        let line = self.grid.sheets.get(place.sheet as usize).and_then(|sheet| sheet.row(place.among as usize));
        let text = |id: &str| {
            let column = self.mapping.place_of(id).and_then(|place| self.mapping.columns.get(place))?.number();
            line.and_then(|line| line.text(column)).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let who = quoted(&text("name").or_else(|| text("code")).unwrap_or_default());
        (self.sheet_name(place.sheet), place.number, who, self.base(row))
    }

    fn head(&self, level: Words, derived: Vec<Words>) -> Head {
        let (book, mapping) = (self.known.book, self.mapping);
        let subject = book.subject(self.known.subject).map(|subject| Words::from(&subject.title));
        let cut_off = match self.known.common.get("cut_off_date") {
            Some(Value::Date(day)) => domain::Day::from(*day).shown(),
            _ => mapping.cut_off.clone().unwrap_or_default(),
        };
        Head {
            mapping: mapping.clone(),
            columns: mapping.columns.iter().map(|column| self.column(column)).collect(),
            book: book.id.clone(),
            book_title: Words::from(&book.title),
            seal: book.seal.clone(),
            subject: subject.unwrap_or(Words { vi: String::new(), en: String::new() }),
            level,
            cut_off,
            settings: book.settings.iter().map(|setting| self.setting(setting)).collect(),
            derived,
            sheets: self.roll.sheets.iter().map(|sheet| self.sheet_name(*sheet)).collect(),
            unread: self.unread(),
            rows: self.roll.rows.len(),
            left_out: self.left_out(),
        }
    }

    fn column(&self, column: &super::mapping::MappedColumn) -> ColumnLine {
        let meaning = column.meaning();
        ColumnLine {
            at: column.at.clone(),
            head: column.head.clone(),
            means: in_words(&meaning, self.known.book, self.words, self.mapping.kind.word()),
        }
    }

    fn setting(&self, setting: &Setting) -> SettingLine {
        let chosen = self.known.settings.get(&setting.name);
        let value = chosen.unwrap_or(&setting.default).write();
        SettingLine {
            name: setting.name.clone(),
            title: Words::from(&setting.title),
            value_title: value_title(setting, &value),
            value,
            chosen: chosen.is_some(),
        }
    }

    fn unread(&self) -> Vec<UnreadSheet> {
        let sheets = (0_u32..).zip(&self.grid.sheets);
        let unread = sheets.filter(|(place, sheet)| {
            !sheet.is_empty() && !self.roll.sheets.contains(place) && !self.used.contains(&sheet.name)
        });
        unread
            .map(|(_, sheet)| UnreadSheet { name: sheet.name.clone(), rows: sheet.len(), hidden: sheet.hidden })
            .collect()
    }

    fn left_out(&self) -> Vec<LeftOut> {
        let mut reasons: BTreeMap<&str, LeftOut> = BTreeMap::new();
        for (place, reason) in &self.roll.left_out {
            let line = reasons.entry(reason.word()).or_insert_with(|| LeftOut {
                reason: reason.word().to_owned(),
                rows: 0,
                first: Vec::new(),
            });
            line.rows += 1;
            if line.first.len() < FIRST {
                line.first.push((self.sheet_name(place.sheet), place.number));
            }
        }
        reasons.into_values().collect()
    }

    fn summary(&self, tally: Tally, untold: usize, missing: Missing) -> Summary {
        let of = |place: usize| tally.kinds.values().map(|counts| counts[place]).sum();
        let counted = KINDS.iter().filter_map(|(kind, code)| {
            let [errors, warnings, notes] = *tally.kinds.get(*kind)?;
            Some(KindCount { kind: (*kind).to_owned(), code: (*code).to_owned(), errors, warnings, notes })
        });
        let recorded = &self.known.recorded;
        let levels = self.known.book.levels.iter().enumerate().map(|(at, level)| LevelCount {
            level: level.id.clone(),
            title: Words::from(&level.title),
            rows: recorded.iter().filter(|one| **one == Some(Recorded::Level(at))).count() as u64,
        });
        let mut missing: Vec<MissingCount> =
            missing.into_iter().map(|(fact, (label, rows))| MissingCount { fact, label, rows }).collect();
        missing.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.fact.cmp(&b.fact)));
        Summary {
            errors: of(0),
            warnings: of(1),
            notes: of(2),
            kinds: counted.collect(),
            levels: levels.collect(),
            unclassified: recorded.iter().filter(|one| **one == Some(Recorded::Unclassified)).count(),
            without_level: recorded.iter().filter(|one| one.is_none()).count(),
            places: self.places(&tally),
            untold,
            missing,
            cut: tally.cut(),
        }
    }

    fn places(&self, tally: &Tally) -> Vec<PlaceCount> {
        let Some(texts) = texts_of(self.mapping, self.roll, "base") else { return Vec::new() };
        let tidy = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut places: BTreeMap<String, PlaceCount> = BTreeMap::new();
        let mut rows = vec![0_usize; texts.distinct.len()];
        texts.at.iter().for_each(|at| {
            if let Some(count) = rows.get_mut(*at as usize) {
                *count += 1;
            }
        });
        let blank = |name: &str| PlaceCount { name: name.to_owned(), rows: 0, errors: 0, warnings: 0 };
        for (name, count) in texts.distinct.iter().zip(rows).filter(|(_, count)| *count > 0) {
            let name = tidy(name);
            places.entry(name.clone()).or_insert_with(|| blank(&name)).rows += count;
        }
        for (base, [errors, warnings, _]) in &tally.places {
            if let Some(place) = places.get_mut(base) {
                place.errors += errors;
                place.warnings += warnings;
            }
        }
        let mut places: Vec<PlaceCount> = places.into_values().collect();
        places.sort_by(|a, b| (b.errors, b.warnings).cmp(&(a.errors, a.warnings)).then_with(|| a.name.cmp(&b.name)));
        places
    }
}

/// What a column stands for, in words; none when it is not used.
pub(super) fn in_words(meaning: &Meaning, book: &rules::Book, words: &Vocabulary, kind: &str) -> Option<Words> {
    match meaning {
        Meaning::Other => None,
        Meaning::Column(id) => words.title(id, kind),
        Meaning::Level(stage) => words.title(stage, kind),
        Meaning::LevelMark(stage, level) => {
            let (stage, level) = (words.title(stage, kind)?, book.level(level)?);
            Some(Words {
                vi: format!("{}: {}", stage.vi, level.title.vi),
                en: format!("{}: {}", stage.en, level.title.en),
            })
        }
        Meaning::Fact(name) => book.fact(name).map(|fact| Words::from(&fact.label)),
    }
}

/// A choice in words.
pub(super) fn value_title(setting: &Setting, value: &str) -> Words {
    let of_choice = match &setting.kind {
        FactKind::Choice(choices) => {
            let place = choices.iter().position(|choice| choice == value);
            place.and_then(|place| setting.choices.get(place)).map(Words::from)
        }
        FactKind::Boolean => Some(match value {
            "true" => Words { vi: "Có".to_owned(), en: "Yes".to_owned() },
            _ => Words { vi: "Không".to_owned(), en: "No".to_owned() },
        }),
        _ => None,
    };
    of_choice.unwrap_or_else(|| Words { vi: value.to_owned(), en: value.to_owned() })
}

/// How many errors, warnings and notes.
type Counts = [usize; 3];

/// Đếm: how many findings of each kind and place there are, whether they are listed or not.
#[derive(Default)]
struct Tally {
    kinds: BTreeMap<String, Counts>,
    places: BTreeMap<String, Counts>,
    /// Per kind and column.
    seen: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Tally {
    /// Counts one finding; true while it is among those that are listed.
    fn add(&mut self, kind: &str, degree: usize, column: &str, base: Option<&str>) -> bool {
        *count(entry(&mut self.kinds, kind), degree) += 1;
        if let Some(base) = base {
            *count(entry(&mut self.places, base), degree) += 1;
        }
        let seen = entry(entry(&mut self.seen, kind), column);
        *seen += 1;
        *seen <= MOST
    }

    /// What is counted and not listed.
    fn cut(self) -> Vec<Cut> {
        let columns = |(kind, columns): (String, BTreeMap<String, usize>)| {
            columns.into_iter().map(move |(column, count)| (kind.clone(), column, count)).collect::<Vec<_>>()
        };
        let over = self.seen.into_iter().flat_map(columns).filter(|(_, _, count)| *count > MOST);
        over.map(|(kind, column, count)| Cut { kind, column, findings: count - MOST }).collect()
    }
}

fn entry<'m, T: Default>(map: &'m mut BTreeMap<String, T>, key: &str) -> &'m mut T {
    map.entry(key.to_owned()).or_default()
}

fn count(counts: &mut Counts, degree: usize) -> &mut usize {
    &mut counts[degree.min(2)]
}

fn degree(severity: &str) -> usize {
    match severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}
