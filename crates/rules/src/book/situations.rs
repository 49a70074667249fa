//! Reads worked situations.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::aftermath::ConsequenceRule;
use super::cases::{Case, Expectation, MajorityCase, QuotaCase};
use super::parts::{Rule, Subject};
use super::point_cases::{HistoryCase, MeanCase, PointCase, history_case, mean_case, point_case};
use super::points::Points;
use super::process::{Majority, QuotaRule};
use super::reader::{Page, Table, date_of};
use crate::expression::{Scope, listed, nearest};
use crate::quota::{Denominator, Rounding};
use crate::value::{Facts, Kind, Settings, Value};
use crate::verdict::Obligation;

/// Names declared in other files.
pub(super) struct Names<'a> {
    pub scope: &'a Scope<'a>,
    pub subjects: &'a [Subject],
    pub rules: &'a [Rule],
    pub quotas: &'a [QuotaRule],
    pub majorities: &'a [Majority],
    pub points: &'a Points,
    pub consequences: &'a [ConsequenceRule],
}

/// All situations of a book.
#[derive(Default)]
pub(super) struct Cases {
    pub subject: Vec<Case>,
    pub quota: Vec<QuotaCase>,
    pub majority: Vec<MajorityCase>,
    pub points: Vec<PointCase>,
    pub means: Vec<MeanCase>,
    pub histories: Vec<HistoryCase>,
}

/// Reads one file of situations. `[bases.x]` holds facts that cases share by `like = "x"`.
pub(super) fn read(table: &Table<'_>, names: &Names<'_>, cases: &mut Cases) {
    let mut bases = BTreeMap::new();
    if let Some(all) = table.table("bases") {
        for (name, _) in all.keys() {
            if let Some(base) = all.table(&name) {
                bases.insert(name, facts(&base, names));
            }
        }
    }
    for table in table.tables("cases") {
        cases.subject.push(case(&table, names, &bases));
        table.close();
    }
    for table in table.tables("quota_cases") {
        cases.quota.push(quota_case(&table, names));
        table.close();
    }
    for table in table.tables("majority_cases") {
        cases.majority.push(majority_case(&table, names));
        table.close();
    }
    for table in table.tables("point_cases") {
        cases.points.push(point_case(&table, names));
        table.close();
    }
    for table in table.tables("mean_cases") {
        cases.means.push(mean_case(&table, names));
        table.close();
    }
    for table in table.tables("history_cases") {
        cases.histories.push(history_case(&table, names));
        table.close();
    }
}

/// Notes ids that stand twice, also across files.
pub(super) fn unique_ids(cases: &Cases, pages: &BTreeMap<&str, Page<'_>>) {
    let subject = cases.subject.iter().map(|case| (&case.id, &case.place));
    let quota = cases.quota.iter().map(|case| (&case.id, &case.place));
    let majority = cases.majority.iter().map(|case| (&case.id, &case.place));
    let points = cases.points.iter().map(|case| (&case.id, &case.place));
    let means = cases.means.iter().map(|case| (&case.id, &case.place));
    let histories = cases.histories.iter().map(|case| (&case.id, &case.place));
    let mut seen = BTreeMap::new();
    for (id, (file, line)) in subject.chain(quota).chain(majority).chain(points).chain(means).chain(histories) {
        let earlier = seen.insert(id, (file, line));
        if let (Some((first_file, first_line)), Some(page)) = (earlier, pages.get(file.as_str())) {
            let at = page.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let what = format!("tình huống “{id}” đã có ở {first_file}, dòng {first_line}");
            page.flaw(at, "BOOK-007", what, "đổi tên một trong hai");
        }
    }
}

fn case(table: &Table<'_>, names: &Names<'_>, bases: &BTreeMap<String, Facts>) -> Case {
    let subject = table.string("subject");
    table.position("subject", &subject, names.subjects.iter().map(|subject| subject.id.as_str()));
    let mut known = Facts::new();
    if let Some(like) = table.maybe_string("like") {
        table.position("like", &like, bases.keys().map(String::as_str).collect::<Vec<_>>().into_iter());
        known = bases.get(&like).cloned().unwrap_or_default();
    }
    if let Some(stated) = table.table("facts") {
        known.extend(facts(&stated, names));
    }
    for missing in table.strings("without") {
        known.remove(&missing);
    }
    Case {
        id: table.string("id"),
        title: table.text("title"),
        scenarios: table.integers("scenarios"),
        subject,
        facts: known,
        settings: table.table("settings").map(|chosen| settings(&chosen, names)).unwrap_or_default(),
        expect: table.table("expect").map(|expected| expectation(expected, names)).unwrap_or_default(),
        place: table.place(),
    }
}

/// Facts may be written by their full names in quotes: `"grade.duties" = "good"`.
pub(super) fn facts(table: &Table<'_>, names: &Names<'_>) -> Facts {
    let mut facts = Facts::new();
    for (name, at) in table.keys() {
        let Some(fact) = names.scope.facts.iter().find(|fact| fact.name == name) else {
            let near = nearest(&name, names.scope.facts.iter().map(|fact| fact.name.as_str()));
            let what = format!("dữ kiện “{name}” chưa khai trong facts.toml hoặc criteria.toml");
            table.page.flaw(at, "BOOK-054", what, format!("khai dữ kiện này hoặc sửa tên{near}"));
            continue;
        };
        if let Some(value) = value(table, &name, &fact.kind, names) {
            facts.insert(name, value);
        }
    }
    facts
}

pub(super) fn settings(table: &Table<'_>, names: &Names<'_>) -> Settings {
    let mut chosen = Settings::new();
    for (name, at) in table.keys() {
        if let Some(setting) = names.scope.settings.iter().find(|setting| setting.name == name) {
            chosen.extend(value(table, &name, &setting.kind, names).map(|value| (name.clone(), value)));
            continue;
        }
        let near = nearest(&name, names.scope.settings.iter().map(|setting| setting.name.as_str()));
        let what = format!("lựa chọn “{name}” chưa khai trong settings.toml");
        table.page.flaw(at, "BOOK-053", what, format!("khai lựa chọn này hoặc sửa tên{near}"));
    }
    chosen
}

fn value(table: &Table<'_>, name: &str, kind: &Kind, names: &Names<'_>) -> Option<Value> {
    let written = table.get(name)?.get_ref();
    let value = match written {
        DeValue::Boolean(value) => Some(Value::Boolean(*value)),
        DeValue::Integer(integer) => integer.as_str().parse().ok().map(Value::Integer),
        DeValue::Datetime(_) => date_of(written).map(Value::Date),
        DeValue::String(text) => Value::read(kind, text),
        _ => None,
    };
    let value = value.filter(|value| match value {
        Value::Level(id) => names.scope.level_rank(id).is_some(),
        Value::Grade(id) => names.scope.grade_rank(id).is_some(),
        value => value.is_of(kind),
    });
    if value.is_none() {
        let mend = match kind {
            Kind::Boolean => "viết true hoặc false".to_owned(),
            Kind::Integer => "viết số nguyên".to_owned(),
            Kind::Fraction => "viết phân số như \"1/5\", hoặc số điểm như \"92.5\"".to_owned(),
            Kind::Date => "viết ngày như 2022-12-31, không có ngoặc kép".to_owned(),
            Kind::Level => listed(names.scope.levels.iter().map(|level| level.id.as_str())),
            Kind::Grade => listed(names.scope.grades.iter().map(|grade| grade.id.as_str())),
            Kind::Choice(choices) => listed(choices.iter().map(String::as_str)),
        };
        table.flaw(name, "BOOK-055", format!("giá trị của “{name}” không đúng kiểu đã khai"), mend);
    }
    value
}

fn expectation(table: Table<'_>, names: &Names<'_>) -> Expectation {
    let obligations = [
        ("review_and_classify", Obligation::ReviewAndClassify),
        ("review_only", Obligation::ReviewOnly),
        ("neither", Obligation::Neither),
        ("unknown", Obligation::Unknown),
    ];
    let level = |key: &str| {
        let name = table.maybe_string(key)?;
        if name == "none" {
            return Some(None);
        }
        table.position(key, &name, names.scope.levels.iter().map(|level| level.id.as_str()));
        Some(Some(name))
    };
    let list = |key: &str| table.has(key).then(|| rule_ids(&table, key, names));
    let mut against = BTreeMap::new();
    if let Some(levels) = table.table("against") {
        for (name, _) in levels.keys() {
            levels.position(&name, &name, names.scope.levels.iter().map(|level| level.id.as_str()));
            against.insert(name.clone(), rule_ids(&levels, &name, names));
        }
    }
    let expectation = Expectation {
        obligation: if table.has("obligation") { table.word("obligation", &obligations) } else { None },
        highest: level("highest"),
        highest_possible: level("highest_possible"),
        forced: level("forced"),
        against,
        missing: table.has("missing").then(|| table.strings("missing")),
        needs_decision: list("needs_decision"),
        exempted_by: list("exempted_by"),
        figures: table.strings("figures"),
    };
    table.close();
    expectation
}

fn rule_ids(table: &Table<'_>, key: &str, names: &Names<'_>) -> Vec<String> {
    let ids = table.strings(key);
    for id in &ids {
        if !names.rules.iter().any(|rule| rule.id == *id) {
            let near = nearest(id, names.rules.iter().map(|rule| rule.id.as_str()));
            table.flaw(
                key,
                "BOOK-006",
                format!("quy tắc “{id}” không có trong rules.toml"),
                format!("sửa tên quy tắc{near}"),
            );
        }
    }
    ids
}

fn count(table: &Table<'_>, key: &str) -> u64 {
    u64::try_from(table.integer(key)).unwrap_or_else(|_| {
        table.flaw(key, "BOOK-035", "số lượng không được âm", "viết số từ 0 trở lên");
        0
    })
}

/// Numbers per level.
fn counts(table: &Table<'_>, key: &str, names: &Names<'_>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    if let Some(levels) = table.table(key) {
        for (name, _) in levels.keys() {
            levels.position(&name, &name, names.scope.levels.iter().map(|level| level.id.as_str()));
            counts.insert(name.clone(), count(&levels, &name));
        }
    }
    counts
}

fn quota_case(table: &Table<'_>, names: &Names<'_>) -> QuotaCase {
    let quota = table.string("quota");
    table.position("quota", &quota, names.quotas.iter().map(|quota| quota.id.as_str()));
    let mut limits = Vec::new();
    if let Some(expected) = table.table("limits") {
        for (name, _) in expected.keys() {
            let reading = name.split_once('.').and_then(|(denominator, rounding)| {
                Some((Denominator::from_word(denominator)?, Rounding::from_word(rounding)?))
            });
            match reading {
                Some((denominator, rounding)) => limits.push((denominator, rounding, count(&expected, &name))),
                None => expected.flaw(
                    &name,
                    "BOOK-036",
                    format!("“{name}” không phải cách hiểu trần"),
                    "viết như \"pool.half_up\": literal, pool hoặc all; chấm; floor hoặc half_up",
                ),
            }
        }
    }
    QuotaCase {
        id: table.string("id"),
        title: table.text("title"),
        scenarios: table.integers("scenarios"),
        quota,
        counts: counts(table, "counts", names),
        heads: counts(table, "heads", names),
        settings: table.table("settings").map(|chosen| settings(&chosen, names)).unwrap_or_default(),
        with_grounds: table.boolean("with_grounds"),
        limits,
        kept: table.has("kept").then(|| table.boolean("kept")),
        place: table.place(),
    }
}

fn majority_case(table: &Table<'_>, names: &Names<'_>) -> MajorityCase {
    let majority = table.string("majority");
    table.position("majority", &majority, names.majorities.iter().map(|majority| majority.id.as_str()));
    MajorityCase {
        id: table.string("id"),
        title: table.text("title"),
        scenarios: table.integers("scenarios"),
        majority,
        base: count(table, "base"),
        needed: count(table, "needed"),
        place: table.place(),
    }
}
