//! Lập báo cáo: from what was found to findings in words, with who and where.

use std::collections::BTreeMap;

use rules::book::Setting;
use rules::{Kind as FactKind, Value};

use super::super::grid::Grid;
use super::caps::{Groups, caps, chosen_by_hand, texts_of};
use super::judge::{Known, Missing, RuleKinds, Wrong, cited, sieve, wrongs};
use super::mapping::{Mapping, Meaning};
use super::read::Roll;
use super::report::{
    Breach, ColumnLine, Cut, Head, KINDS, KindCount, LeftOut, LevelCount, MissingCount, PlaceCount, RollReport,
    SettingLine, Summary, UnreadSheet, code_of,
};
use super::sums::{At, Odd, breach};
use super::values::Recorded;
use super::words::{Vocabulary, quoted};
use crate::judge::Words;

/// Findings of one kind in one column that are listed.
const MOST: usize = 1_000;
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

/// How many errors and warnings.
type Counts = [usize; 3];

impl Writing<'_> {
    pub(super) fn report(&self, odd: Vec<Odd>, level: Words, derived: Vec<Words>) -> RollReport {
        let (telling, untold, missing) = sieve(self.known);
        let (caps, mut whole, unproven) = self.caps();
        let derived = derived.into_iter().chain(unproven).collect();
        let mut breaches: Vec<(u32, u32, Breach)> = Vec::new();
        for (row, verdict) in &telling {
            breaches.extend(self.of_row(*row, verdict));
        }
        breaches.extend(odd.into_iter().map(|odd| self.of_figures(odd)));
        // The order of the file; a stable sort keeps the order of the rules within a row.
        breaches.sort_by_key(|(sheet, row, _)| (*sheet, *row));
        whole.extend(breaches.into_iter().map(|(_, _, breach)| breach));
        let mut summary = self.summary(&whole, untold, missing);
        summary.cut = cut(&mut whole);
        RollReport { head: self.head(level, derived), summary, caps, breaches: whole }
    }

    /// The caps, what is over them, and why no group is proven where rows do not tell theirs.
    fn caps(&self) -> (Vec<super::report::GroupCap>, Vec<Breach>, Option<Words>) {
        let Some(quota) = self.known.book.quota(self.known.subject) else { return (Vec::new(), Vec::new(), None) };
        let groups = Groups::of(quota, self.mapping, self.roll, self.words);
        let (caps, over) = caps(self.known, quota, &groups, chosen_by_hand(quota, self.mapping));
        (caps, over, groups.unproven(self.known, quota))
    }

    fn of_row(&self, row: usize, verdict: &rules::Verdict) -> Vec<(u32, u32, Breach)> {
        let recorded = self.known.recorded.get(row).copied().flatten();
        let Some(place) = self.roll.rows.get(row) else { return Vec::new() };
        let wrongs = wrongs(self.kinds, recorded, verdict);
        wrongs.into_iter().map(|wrong| (place.sheet, place.number, self.in_words(row, recorded, wrong))).collect()
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
        // The base organisation may stand in a cell that reaches down from above.
        let base = texts_of(self.mapping, self.roll, "base").map(|texts| texts.get(row));
        let base = base.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        (self.sheet_name(place.sheet), place.number, who, base)
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

    fn summary(&self, breaches: &[Breach], untold: usize, missing: Missing) -> Summary {
        let mut kinds: BTreeMap<&str, Counts> = BTreeMap::new();
        for breach in breaches {
            kinds.entry(&breach.kind).or_default()[degree(&breach.severity)] += 1;
        }
        let of = |place: usize| kinds.values().map(|counts| counts[place]).sum();
        let counted = KINDS.iter().filter_map(|(kind, code)| {
            let [errors, warnings, notes] = *kinds.get(kind)?;
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
            places: self.places(breaches),
            untold,
            missing,
            cut: Vec::new(),
        }
    }

    fn places(&self, breaches: &[Breach]) -> Vec<PlaceCount> {
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
        for breach in breaches {
            if let Some(place) = places.get_mut(&breach.base) {
                place.errors += usize::from(breach.severity == "error");
                place.warnings += usize::from(breach.severity == "warning");
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

/// Takes out what is more than can be listed of one kind in one column, and counts it.
fn cut(breaches: &mut Vec<Breach>) -> Vec<Cut> {
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    breaches.retain(|breach| {
        let count = seen.entry((breach.kind.clone(), breach.column.clone())).or_default();
        *count += 1;
        *count <= MOST
    });
    let over = seen.into_iter().filter(|(_, count)| *count > MOST);
    over.map(|((kind, column), count)| Cut { kind, column, findings: count - MOST }).collect()
}

fn degree(severity: &str) -> usize {
    match severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}
