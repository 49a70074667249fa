//! Trần tỷ lệ theo nhóm: the cap in every group under all readings, exact.

use std::collections::BTreeMap;

use rules::book::QuotaRule;
use rules::published::Severity;
use rules::quota::{QuotaAnswer, ReadingAnswer, assess};
use rules::{Book, Language, Settings, Value};

use super::judge::{Known, cited};
use super::mapping::{Mapping, Meaning};
use super::read::{Roll, Texts};
use super::report::{Breach, GroupCap, code_of};
use super::values::Recorded;
use super::words::Vocabulary;
use crate::judge::Words;

/// Nhóm của một trần: which group each row belongs to, as far as the table tells it.
pub(super) struct Groups<'a> {
    /// Per row the place of its group; nought is that of rows which do not tell theirs.
    at: Vec<u32>,
    /// Names as first written; the first is empty.
    names: Vec<String>,
    /// The table has every column that is needed.
    there: bool,
    /// Letters of the columns.
    letters: String,
    words: &'a Vocabulary,
}

impl<'a> Groups<'a> {
    /// The columns for the scope of the quota: the first set that is all there, else what there is of one.
    pub(super) fn of(quota: &QuotaRule, mapping: &Mapping, roll: &Roll, words: &'a Vocabulary) -> Self {
        let sets: Vec<&Vec<String>> = words.scopes.get(&quota.scope).into_iter().flatten().collect();
        let found = |set: &Vec<String>| set.iter().filter_map(|id| mapping.place_of(id)).collect::<Vec<usize>>();
        let whole = sets.iter().find(|set| !set.is_empty() && found(set).len() == set.len());
        let part = || sets.iter().rev().max_by_key(|set| found(set).len());
        let places = whole.or_else(part).map(|set| found(set)).unwrap_or_default();
        let columns: Vec<&Texts> = places.iter().filter_map(|place| roll.texts.get(*place)?.as_ref()).collect();
        let letters = places.iter().filter_map(|place| mapping.columns.get(*place)).map(|column| column.at.as_str());
        let (at, names) = grouped(&columns, roll.rows.len());
        Self { at, names, there: whole.is_some(), letters: letters.collect::<Vec<_>>().join(", "), words }
    }

    /// Why no group is proven, where some rows do not tell theirs.
    pub(super) fn unproven(&self, known: &Known<'_>, quota: &QuotaRule) -> Option<Words> {
        let untold = Some(self.untold(known)).filter(|untold| *untold > 0)?;
        let words = |language| rows_untold(untold, quota.scope_title.get(language), language);
        Some(Words { vi: words(Language::Vietnamese), en: words(Language::English) })
    }

    /// How many rows that have a level do not tell their group, where the table has columns for it.
    pub(super) fn untold(&self, known: &Known<'_>) -> usize {
        let rated = self.at.iter().zip(&known.recorded).filter(|(_, one)| matches!(one, Some(Recorded::Level(_))));
        if self.names.len() > 1 { rated.filter(|(at, _)| **at == 0).count() } else { 0 }
    }
}

/// That some rows do not tell their group, so that no group is proven.
fn rows_untold(untold: usize, scope: &str, language: Language) -> String {
    match language {
        Language::Vietnamese => {
            format!("Có {untold} dòng không ghi nhóm ({scope}) nên chưa nhóm nào chứng minh được.")
        }
        Language::English => {
            format!("{untold} rows do not tell their group ({scope}), so that no group is proven.")
        }
    }
}

/// Groups of rows by the texts of columns together. One group may be written with other capitals and blanks, not with other
/// marks; a row with an empty cell tells no group.
fn grouped(columns: &[&Texts], rows: usize) -> (Vec<u32>, Vec<String>) {
    let (mut at, mut names) = (vec![0_u32; rows], vec![String::new()]);
    for (place, texts) in columns.iter().enumerate() {
        let keys: Vec<String> = texts.distinct.iter().map(|text| super::words::spelled(text)).collect();
        let mut known: BTreeMap<(u32, &str), u32> = BTreeMap::new();
        let mut joined = vec![String::new()];
        for (group, text) in at.iter_mut().zip(&texts.at) {
            let key = keys.get(*text as usize).map_or("", String::as_str);
            if key.is_empty() || (place > 0 && *group == 0) {
                *group = 0;
                continue;
            }
            *group = *known.entry((*group, key)).or_insert_with(|| {
                let own = texts.distinct.get(*text as usize).map_or("", String::as_str);
                let own = own.split_whitespace().collect::<Vec<_>>().join(" ");
                let before = names.get(*group as usize).map_or("", String::as_str);
                joined.push(if before.is_empty() { own } else { format!("{before} – {own}") });
                u32::try_from(joined.len() - 1).unwrap_or(0)
            });
        }
        names = joined;
    }
    (at, names)
}

/// How many of each level.
type Numbers = BTreeMap<String, u64>;

/// How many of each level are in a group: all, those known to head a unit, those of whom it is not known.
#[derive(Debug, Clone, Default)]
struct Counted {
    all: Numbers,
    heads: Numbers,
    perhaps: Numbers,
}

/// The numbers of each group, in the order of their names.
fn counts(known: &Known<'_>, groups: &Groups<'_>) -> BTreeMap<String, Counted> {
    let levels = &known.book.levels;
    let mut per_group = vec![vec![[0_u64; 3]; levels.len()]; groups.names.len()];
    let head_fact = &groups.words.posts.head_fact;
    let heads = known.columns.iter().find(|column| column.name == *head_fact);
    let common = known.common.get(head_fact);
    for (row, recorded) in known.recorded.iter().enumerate() {
        let Some(Recorded::Level(level)) = recorded else { continue };
        let group = groups.at.get(row).map_or(0, |at| *at as usize);
        if let Some(counts) = per_group.get_mut(group).and_then(|counts| counts.get_mut(*level)) {
            counts[0] += 1;
            match heads.and_then(|heads| heads.get(row)).or(common) {
                Some(Value::Boolean(false)) => {}
                Some(_) => counts[1] += 1,
                None => counts[2] += 1,
            }
        }
    }
    let mut named: BTreeMap<String, Counted> = BTreeMap::new();
    for (name, counts) in groups.names.iter().zip(per_group) {
        let counted = named.entry(name.clone()).or_default();
        for (level, [all, heads, perhaps]) in levels.iter().zip(counts) {
            *counted.all.entry(level.id.clone()).or_default() += all;
            *counted.heads.entry(level.id.clone()).or_default() += heads;
            *counted.perhaps.entry(level.id.clone()).or_default() += heads + perhaps;
        }
    }
    named
}

/// What is said about a group beside its numbers.
struct Sayings<'a> {
    name: &'a str,
    /// Rows that do not tell their group.
    untold: usize,
    by_grounds: bool,
    /// It depends on who heads a unit, which is not known of everybody.
    by_heads: bool,
}

/// The cap in every group that has somebody of the limited level, and what is over it.
pub(super) fn caps(
    known: &Known<'_>,
    quota: &QuotaRule,
    groups: &Groups<'_>,
    chosen_by_hand: bool,
) -> (Vec<GroupCap>, Vec<Breach>) {
    let (mut caps, mut breaches) = (Vec::new(), Vec::new());
    let untold = groups.untold(known);
    for (name, counted) in counts(known, groups) {
        let under = |heads: &Numbers| known.book.counted_under(quota, &counted.all, heads, known.settings);
        let answered = |per_level: &Numbers| known.book.assess_quota(quota, per_level, known.settings, false);
        let (certain, perhaps) = (under(&counted.heads), under(&counted.perhaps));
        let (answer, other) = (answered(&certain), answered(&perhaps));
        let (heads_outside, perhaps_outside) = outside(known, quota, &counted);
        if answer.chosen.used + heads_outside == 0 {
            continue;
        }
        let proven = groups.there && untold == 0 && !name.is_empty();
        let judged = |answer: &QuotaAnswer, per_level: &Numbers, by_heads: bool| {
            let readings: Vec<&ReadingAnswer> = std::iter::once(&answer.chosen).chain(&answer.others).collect();
            let by_grounds = with_grounds(known.book, quota, per_level, known.settings);
            let severity = severity(&readings, proven, chosen_by_hand, by_grounds)?;
            let severity = if by_heads { Severity::Warning } else { severity };
            let sayings = Sayings { name: &name, untold, by_grounds, by_heads };
            Some(over((known.book, quota), answer, &readings, &sayings, severity, groups))
        };
        let differs = (answer.chosen.over > 0) != (other.chosen.over > 0);
        let breach = if differs && other.chosen.over > 0 {
            judged(&other, &perhaps, true)
        } else {
            judged(&answer, &certain, differs)
        };
        breaches.extend(breach);
        let readings = std::iter::once(&answer.chosen).chain(&answer.others).map(super::super::cap).collect();
        let over = !answer.is_kept();
        caps.push(GroupCap { group: name, proven, over, heads_outside, perhaps_outside, readings });
    }
    (caps, breaches)
}

/// Of the limited level: heads who stand outside the cap, and those of whom it is not known whether they do.
fn outside(known: &Known<'_>, quota: &QuotaRule, counted: &Counted) -> (u64, u64) {
    let level = known.book.levels.get(quota.level).map(|level| level.id.as_str()).unwrap_or_default();
    let of = |numbers: &Numbers| numbers.get(level).copied().unwrap_or(0);
    if known.book.leaves_heads_out(quota, known.settings) {
        (of(&counted.heads), of(&counted.perhaps).saturating_sub(of(&counted.heads)))
    } else {
        (0, 0)
    }
}

/// How many heads stand outside the cap in the whole table; none where the settings count them or there are none.
pub(super) fn heads_outside(known: &Known<'_>, quota: &QuotaRule, caps: &[GroupCap]) -> Option<Words> {
    let heads: u64 = caps.iter().map(|cap| cap.heads_outside).sum();
    let perhaps: u64 = caps.iter().map(|cap| cap.perhaps_outside).sum();
    let level = &known.book.levels.get(quota.level)?.title;
    (heads + perhaps > 0).then(|| Words {
        vi: format!(
            "Người đứng đầu ở mức “{}” không tính vào trần: {heads}; chưa rõ có đứng đầu không nên vẫn tính: {perhaps}.",
            level.vi
        ),
        en: format!(
            "Heads of units at “{}” who are outside the cap: {heads}; not known whether they head a unit and so counted: {perhaps}.",
            level.en
        ),
    })
}

/// Whether the higher rate that some books allow with written grounds is kept, where the ordinary one is not.
fn with_grounds(book: &Book, quota: &QuotaRule, per_level: &BTreeMap<String, u64>, settings: &Settings) -> bool {
    let reading = book.quota_reading(quota, settings, true);
    quota.rate_with_grounds.is_some() && assess(book.quota_counts(quota, per_level), reading).over == 0
}

/// Over under every reading is an error where the groups are known; otherwise it depends on the reading, unless that was
/// chosen by hand.
fn severity(readings: &[&ReadingAnswer], proven: bool, chosen_by_hand: bool, by_grounds: bool) -> Option<Severity> {
    let over = readings.iter().filter(|reading| reading.over > 0).count();
    let chosen = readings.first().is_some_and(|reading| reading.over > 0);
    match (over, chosen) {
        (0, _) => None,
        (_, true) if by_grounds || !proven => Some(Severity::Warning),
        (_, true) if chosen_by_hand || over == readings.len() => Some(Severity::Error),
        (_, true) => Some(Severity::Warning),
        (_, false) => Some(Severity::Note),
    }
}

fn over(
    (book, quota): (&Book, &QuotaRule),
    answer: &QuotaAnswer,
    readings: &[&ReadingAnswer],
    sayings: &Sayings<'_>,
    severity: Severity,
    groups: &Groups<'_>,
) -> Breach {
    let over: Vec<&&ReadingAnswer> = readings.iter().filter(|reading| reading.over > 0).collect();
    let most = over.iter().map(|reading| reading.over).max().unwrap_or(0);
    let many = if answer.chosen.over > 0 { answer.chosen.over } else { most };
    let message = |language: Language| {
        let of = format!("{}/{}", over.len(), readings.len());
        let first = match language {
            Language::Vietnamese => format!("Vượt trần {many} theo {of} cách hiểu."),
            Language::English => format!("{many} over the cap under {of} readings."),
        };
        let further = said(sayings, groups.there, quota.scope_title.get(language), language);
        let all = std::iter::once(first).chain(further).chain([answer.message.get(language).to_owned()]);
        all.collect::<Vec<_>>().join(" ")
    };
    Breach {
        kind: "over_cap".to_owned(),
        code: code_of("over_cap").to_owned(),
        severity: severity.word().to_owned(),
        sheet: String::new(),
        row: 0,
        column: groups.letters.clone(),
        who: sayings.name.to_owned(),
        base: sayings.name.to_owned(),
        level: book.levels.get(quota.level).map(|level| Words::from(&level.title)),
        rule: quota.code.clone(),
        message: Words { vi: message(Language::Vietnamese), en: message(Language::English) },
        figures: readings.iter().map(|reading| figure(reading, groups.words)).collect(),
        citation: Some(cited(&quota.citation)),
        surety: quota.citation.surety.word().to_owned(),
    }
}

/// Why it is not proven, and on what it depends.
fn said(sayings: &Sayings<'_>, there: bool, scope: &str, language: Language) -> Vec<String> {
    let vietnamese = language == Language::Vietnamese;
    let untold = sayings.untold;
    let mut said = Vec::new();
    match (there, vietnamese) {
        (true, _) if untold == 0 => {}
        (true, _) => said.push(rows_untold(untold, scope, language)),
        (false, true) => said.push(format!(
            "Bảng không có đủ cột cho biết nhóm ({scope}) nên phải tính chung; riêng số ấy chưa chứng minh được gì."
        )),
        (false, false) => said.push(format!(
            "The table has not all columns for the group ({scope}), so rows are counted together; that alone proves nothing."
        )),
    }
    if sayings.by_grounds {
        let (vi, en) = (
            "Trong hạn mức cao hơn nếu có căn cứ bằng văn bản.",
            "Within the higher limit if there are written grounds.",
        );
        said.push(if vietnamese { vi } else { en }.to_owned());
    }
    if sayings.by_heads {
        let (vi, en) = (
            "Còn tuỳ ai là người đứng đầu (không tính vào trần), mà bảng không cho biết hết.",
            "It depends on who heads a unit and is not counted, which the table does not tell of everybody.",
        );
        said.push(if vietnamese { vi } else { en }.to_owned());
    }
    said
}

fn figure(answer: &ReadingAnswer, words: &Vocabulary) -> Words {
    let reading = words.reading(answer.reading.denominator.word(), answer.reading.rounding.word());
    Words {
        vi: format!("{}: {}", reading.vi, answer.arithmetic.vi),
        en: format!("{}: {}", reading.en, answer.arithmetic.en),
    }
}

/// Whether a reading of the cap was asked for.
pub(super) fn chosen_by_hand(quota: &QuotaRule, mapping: &Mapping) -> bool {
    mapping.settings.contains_key(&quota.denominator_setting) || mapping.settings.contains_key(&quota.rounding_setting)
}

/// The texts of the column with an identifying meaning.
pub(super) fn texts_of<'a>(mapping: &Mapping, roll: &'a Roll, id: &str) -> Option<&'a Texts> {
    let wanted = Meaning::Column(id.to_owned());
    let place = mapping.columns.iter().position(|column| column.meaning() == wanted)?;
    roll.texts.get(place).and_then(Option::as_ref)
}
