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

/// Nhóm của một trần: the column that tells it, if the table has one.
pub(super) struct Groups<'a> {
    texts: Option<&'a Texts>,
    /// Letters of the column.
    at: String,
    words: &'a Vocabulary,
}

impl<'a> Groups<'a> {
    /// The column for the scope of the quota.
    pub(super) fn of(quota: &QuotaRule, mapping: &Mapping, roll: &'a Roll, words: &'a Vocabulary) -> Self {
        let mut usual = words.scopes.get(&quota.scope).into_iter().flatten();
        let place = usual.find_map(|id| mapping.place_of(id));
        let texts = place.and_then(|place| roll.texts.get(place)).and_then(Option::as_ref);
        let at = place.and_then(|place| mapping.columns.get(place)).map(|column| column.at.clone());
        Self { texts, at: at.unwrap_or_default(), words }
    }
}

/// How many of each level.
type Numbers = BTreeMap<String, u64>;

/// How many of each level are in each group, and how many of them head a unit; groups in the order of their names.
fn counts(known: &Known<'_>, groups: &Groups<'_>) -> BTreeMap<String, (Numbers, Numbers)> {
    let levels = known.book.levels.len();
    let distinct = groups.texts.map_or(1, |texts| texts.distinct.len());
    let mut per_group = vec![vec![(0_u64, 0_u64); levels]; distinct];
    let heads = known.columns.iter().find(|column| column.name == groups.words.posts.head_fact);
    for (row, recorded) in known.recorded.iter().enumerate() {
        let Some(Recorded::Level(level)) = recorded else { continue };
        let group = groups.texts.and_then(|texts| texts.at.get(row)).map_or(0, |at| *at as usize);
        if let Some((all, of_heads)) = per_group.get_mut(group).and_then(|counts| counts.get_mut(*level)) {
            *all += 1;
            *of_heads += u64::from(heads.and_then(|heads| heads.get(row)) == Some(&Value::Boolean(true)));
        }
    }
    let mut named: BTreeMap<String, (Numbers, Numbers)> = BTreeMap::new();
    for (group, counts) in per_group.into_iter().enumerate() {
        let name = groups.texts.and_then(|texts| texts.distinct.get(group)).cloned().unwrap_or_default();
        // One group may be written with different blanks.
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let (all, heads) = named.entry(name).or_default();
        for (level, (count, of_heads)) in known.book.levels.iter().zip(counts) {
            *all.entry(level.id.clone()).or_default() += count;
            *heads.entry(level.id.clone()).or_default() += of_heads;
        }
    }
    named
}

/// The cap in every group that has somebody of the limited level, and what is over it.
pub(super) fn caps(
    known: &Known<'_>,
    quota: &QuotaRule,
    groups: &Groups<'_>,
    chosen_by_hand: bool,
) -> (Vec<GroupCap>, Vec<Breach>) {
    let (mut caps, mut breaches) = (Vec::new(), Vec::new());
    for (name, (all, heads)) in counts(known, groups) {
        let per_level = known.book.counted_under(quota, &all, &heads, known.settings);
        let answer = known.book.assess_quota(quota, &per_level, known.settings, false);
        if answer.chosen.used == 0 {
            continue;
        }
        let proven = groups.texts.is_some() && !name.is_empty();
        let readings: Vec<&ReadingAnswer> = std::iter::once(&answer.chosen).chain(&answer.others).collect();
        let by_grounds = with_grounds(known.book, quota, &per_level, known.settings);
        if let Some(severity) = severity(&readings, proven, chosen_by_hand, by_grounds) {
            breaches.push(over((known.book, quota), &answer, &readings, (&name, proven, by_grounds), severity, groups));
        }
        let readings = readings.into_iter().map(super::super::cap).collect();
        caps.push(GroupCap { group: name, proven, over: !answer.is_kept(), readings });
    }
    (caps, breaches)
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
    (name, proven, by_grounds): (&str, bool, bool),
    severity: Severity,
    groups: &Groups<'_>,
) -> Breach {
    let over: Vec<&&ReadingAnswer> = readings.iter().filter(|reading| reading.over > 0).collect();
    let most = over.iter().map(|reading| reading.over).max().unwrap_or(0);
    let many = if answer.chosen.over > 0 { answer.chosen.over } else { most };
    let message = |language: Language| {
        let (of, law) = (format!("{}/{}", over.len(), readings.len()), answer.message.get(language));
        let scope = quota.scope_title.get(language);
        match language {
            Language::Vietnamese => {
                let unproven = if proven {
                    String::new()
                } else {
                    format!(
                        " Bảng không có cột cho biết nhóm ({scope}) nên tính chung; riêng tổng chưa chứng minh được gì."
                    )
                };
                let grounds =
                    if by_grounds { " Trong hạn mức cao hơn nếu có căn cứ bằng văn bản." } else { "" };
                format!("Vượt trần {many} theo {of} cách hiểu.{unproven}{grounds} {law}")
            }
            Language::English => {
                let unproven = if proven {
                    String::new()
                } else {
                    format!(
                        " The table has no column for the group ({scope}), so all rows are counted together; that alone proves nothing."
                    )
                };
                let grounds = if by_grounds { " Within the higher limit if there are written grounds." } else { "" };
                format!("{many} over the cap under {of} readings.{unproven}{grounds} {law}")
            }
        }
    };
    Breach {
        kind: "over_cap".to_owned(),
        code: code_of("over_cap").to_owned(),
        severity: severity.word().to_owned(),
        sheet: String::new(),
        row: 0,
        column: groups.at.clone(),
        who: name.to_owned(),
        base: name.to_owned(),
        level: book.levels.get(quota.level).map(|level| Words::from(&level.title)),
        rule: quota.code.clone(),
        message: Words { vi: message(Language::Vietnamese), en: message(Language::English) },
        figures: readings.iter().map(|reading| figure(reading, groups.words)).collect(),
        citation: Some(cited(&quota.citation)),
        surety: quota.citation.surety.word().to_owned(),
    }
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
