//! Reads the parts that say what is what: identity, sources, scales, subjects, facts, criteria, settings.

use std::collections::BTreeMap;

use super::parts::{Criterion, Derivation, Drawn, FactDeclaration, Level, Period, Setting, Source, Subject, Surety};
use super::reader::{Table, unique};
use crate::expression::listed;
use crate::language::Text;
use crate::value::{Kind, Value};
use crate::verdict::Citation;

const SURETIES: [(&str, Surety); 5] = [
    ("text", Surety::Text),
    ("summary", Surety::Summary),
    ("lower", Surety::Lower),
    ("practice", Surety::Practice),
    ("reading", Surety::Reading),
];

pub(super) fn periods(table: &Table<'_>) -> Vec<Period> {
    let read = |table: Table<'_>| {
        let period = Period { from: table.date("from"), until: table.maybe_date("until") };
        if period.until.is_some_and(|until| until < period.from) {
            table.flaw("until", "BOOK-011", "ngày cuối trước ngày đầu", "đổi chỗ hai ngày");
        }
        table.close();
        period
    };
    let periods: Vec<_> = table.tables("periods").into_iter().map(read).collect();
    if periods.is_empty() {
        table.flaw(
            "periods",
            "BOOK-012",
            "chưa nói bộ này điều chỉnh kỳ nào",
            "thêm mục [[periods]] với from = ngày đầu",
        );
    }
    periods
}

pub(super) fn sources(table: &Table<'_>) -> BTreeMap<String, Source> {
    let tables = table.tables("sources");
    let read = |table: &Table<'_>| Source {
        id: table.string("id"),
        number: table.string("number"),
        title: table.text("title"),
        issuer: table.text("issuer"),
        date: table.maybe_date("date"),
        seen: table.text("seen"),
        surety: table.word("surety", &SURETIES).unwrap_or(Surety::Reading),
    };
    let sources: Vec<_> = tables.iter().map(read).collect();
    unique(
        table.page,
        sources.iter().zip(&tables).map(|(source, table)| (source.id.as_str(), table.at("id"))),
        "nguồn",
    );
    tables.into_iter().for_each(Table::close);
    sources.into_iter().map(|source| (source.id.clone(), source)).collect()
}

pub(super) fn scale(table: &Table<'_>, key: &str) -> Vec<Level> {
    let tables = table.tables(key);
    let read = |table: &Table<'_>| Level {
        id: table.string("id"),
        title: table.text("title"),
        short: table.maybe_text("short").unwrap_or_else(|| table.text("title")),
    };
    let scale: Vec<_> = tables.iter().map(read).collect();
    unique(table.page, scale.iter().zip(&tables).map(|(level, table)| (level.id.as_str(), table.at("id"))), "mức");
    tables.into_iter().for_each(Table::close);
    if scale.len() < 2 {
        table.flaw(key, "BOOK-013", "thang cần ít nhất hai bậc", format!("khai các mục [[{key}]] từ cao đến thấp"));
    }
    scale
}

pub(super) fn subjects(table: &Table<'_>) -> Vec<Subject> {
    let tables = table.tables("subjects");
    let subjects: Vec<_> =
        tables.iter().map(|table| Subject { id: table.string("id"), title: table.text("title") }).collect();
    let names = subjects.iter().zip(&tables).map(|(subject, table)| (subject.id.as_str(), table.at("id")));
    unique(table.page, names, "đối tượng");
    tables.into_iter().for_each(Table::close);
    subjects
}

/// Where a rule stands: `cite = { source = "…", article = "…", surety = "…" }`.
pub(super) fn citation(table: &Table<'_>, sources: &BTreeMap<String, Source>) -> Citation {
    let blank = || Citation {
        source: String::new(),
        title: Text::default(),
        number: String::new(),
        date: None,
        article: Text::default(),
        surety: Surety::Reading,
    };
    let Some(cite) = table.table("cite") else {
        if !table.has("cite") {
            table.flaw(
                "cite",
                "BOOK-021",
                "mục này không dẫn nguồn",
                "thêm cite = { source = \"…\", article = \"…\" } với nguồn đã khai trong sources.toml",
            );
        }
        return blank();
    };
    let id = cite.string("source");
    let article = cite.text_or_same("article");
    let surety = if cite.has("surety") { cite.word("surety", &SURETIES) } else { None };
    let known = cite.position("source", &id, sources.keys().map(String::as_str));
    cite.close();
    match sources.get(&id).filter(|_| known.is_some()) {
        None => blank(),
        Some(source) => Citation {
            source: id,
            title: source.title.clone(),
            number: source.number.clone(),
            date: source.date,
            article,
            surety: surety.unwrap_or(source.surety),
        },
    }
}

pub(super) fn is_name(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    name.split('.').all(part) && !["true", "false", "in", "has"].contains(&name)
}

/// The kind of a fact or setting and the labels of its choices.
fn kind(table: &Table<'_>) -> (Kind, Vec<Text>) {
    let words = [
        ("boolean", Kind::Boolean),
        ("integer", Kind::Integer),
        ("fraction", Kind::Fraction),
        ("date", Kind::Date),
        ("level", Kind::Level),
        ("grade", Kind::Grade),
        ("choice", Kind::Choice(Vec::new())),
    ];
    let indexed: Vec<(&str, usize)> = words.iter().enumerate().map(|(place, (word, _))| (*word, place)).collect();
    let place = table.word("kind", &indexed).unwrap_or(0);
    let kind = words.into_iter().nth(place).map_or(Kind::Boolean, |(_, kind)| kind);
    if !matches!(kind, Kind::Choice(_)) {
        return (kind, Vec::new());
    }
    let tables = table.tables("choices");
    if tables.len() < 2 {
        table.flaw(
            "kind",
            "BOOK-014",
            "kiểu choice cần ít nhất hai lựa chọn",
            "thêm choices = [{ id = \"…\", vi = \"…\", en = \"…\" }, …]",
        );
    }
    let mut ids = Vec::new();
    let mut labels = Vec::new();
    for choice in tables {
        ids.push(choice.string("id"));
        labels.push(Text { vi: choice.string("vi"), en: choice.string("en") });
        choice.close();
    }
    (Kind::Choice(ids), labels)
}

pub(super) fn facts(table: &Table<'_>, subjects: &[Subject], levels: &[Level]) -> Vec<FactDeclaration> {
    let tables = table.tables("facts");
    let mut facts: Vec<_> = tables.iter().map(|table| fact(table, subjects, levels)).collect();
    let names = facts.iter().zip(&tables).map(|(fact, table)| (fact.name.as_str(), table.at("name")));
    unique(table.page, names, "dữ kiện");
    let derived: Vec<_> = tables.iter().map(|table| derivation(table, &facts)).collect();
    for (fact, derived) in facts.iter_mut().zip(derived) {
        fact.derived = derived;
    }
    tables.into_iter().for_each(Table::close);
    facts
}

fn fact(table: &Table<'_>, subjects: &[Subject], levels: &[Level]) -> FactDeclaration {
    let name = table.string("name");
    if !is_name(&name) || name.starts_with("settings.") || name.starts_with("grade.") {
        table.flaw(
            "name",
            "BOOK-015",
            format!("“{name}” không dùng làm tên dữ kiện được"),
            "viết chữ thường không dấu, số và dấu _, bắt đầu bằng chữ; không bắt đầu bằng “settings.” hay “grade.”",
        );
    }
    let (kind, choices) = kind(table);
    let about = table.strings("subjects");
    for subject in &about {
        table.position("subjects", subject, subjects.iter().map(|subject| subject.id.as_str()));
    }
    let usual = table.maybe_string("usual").and_then(|text| {
        let value = Value::read(&kind, &text);
        if value.is_none() {
            table.flaw(
                "usual",
                "BOOK-020",
                format!("giá trị thường gặp “{text}” không đúng kiểu"),
                "viết giá trị đúng kind của dữ kiện trong ngoặc kép, như \"false\" hoặc \"0\"",
            );
        }
        value
    });
    FactDeclaration {
        name,
        kind,
        usual,
        label: table.text("label"),
        choices,
        subjects: about,
        stated_by: table.text("stated_by"),
        evidence: table.maybe_text("evidence").unwrap_or_default(),
        derived: None,
        drawn: drawn(table, levels),
    }
}

/// `from_results = { of = "below", at_least = "good" }` or `{ of = "organization" }`.
fn drawn(table: &Table<'_>, levels: &[Level]) -> Option<Drawn> {
    let results = table.table("from_results")?;
    let at_least = results.maybe_string("at_least");
    let place =
        at_least.and_then(|level| results.position("at_least", &level, levels.iter().map(|level| level.id.as_str())));
    let words = [
        ("below", Drawn::Below { at_least: place }),
        ("organization", Drawn::Organization),
        ("collective", Drawn::Collective),
        ("led_unit", Drawn::LedUnit),
        ("to_remedy", Drawn::Remedies { done: false }),
        ("remedied", Drawn::Remedies { done: true }),
        ("any_to_remedy", Drawn::AnyRemedy),
    ];
    let drawn = results.word("of", &words);
    results.close();
    drawn
}

/// `derived = { full_months = ["admitted_on", "cut_off_date"] }`.
fn derivation(table: &Table<'_>, facts: &[FactDeclaration]) -> Option<Derivation> {
    let derived = table.table("derived")?;
    let key = if derived.has("full_months") { "full_months" } else { "days" };
    let names = derived.strings(key);
    let slots: Vec<usize> = names
        .iter()
        .filter_map(|name| derived.position(key, name, facts.iter().map(|fact| fact.name.as_str())))
        .filter(|slot| facts[*slot].kind == Kind::Date)
        .collect();
    let derivation = match slots[..] {
        [from, until] if key == "full_months" => Some(Derivation::FullMonths { from, until }),
        [from, until] => Some(Derivation::Days { from, until }),
        _ => {
            derived.flaw(
                key,
                "BOOK-016",
                "dữ kiện suy ra cần đúng hai dữ kiện kiểu date",
                "viết full_months = [\"từ_ngày\", \"đến_ngày\"]",
            );
            None
        }
    };
    derived.close();
    derivation
}

pub(super) fn criteria(table: &Table<'_>, subjects: &[Subject], sources: &BTreeMap<String, Source>) -> Vec<Criterion> {
    let tables = table.tables("criteria");
    let read = |table: &Table<'_>| {
        let id = table.string("id");
        if !is_name(&id) || id.contains('.') {
            table.flaw(
                "id",
                "BOOK-017",
                format!("“{id}” không dùng làm tên tiêu chí được"),
                "viết chữ thường không dấu, số và dấu _",
            );
        }
        let subject = table.string("subject");
        table.position("subject", &subject, subjects.iter().map(|subject| subject.id.as_str()));
        Criterion {
            id,
            subject,
            title: table.text("title"),
            main: table.boolean("main"),
            number: table.string("number"),
            only_for: table.maybe_text("only_for"),
            citation: citation(table, sources),
        }
    };
    let criteria: Vec<_> = tables.iter().map(read).collect();
    let names = criteria.iter().zip(&tables).map(|(criterion, table)| (criterion.id.as_str(), table.at("id")));
    unique(table.page, names, "tiêu chí");
    tables.into_iter().for_each(Table::close);
    criteria
}

/// The fact that holds a criterion's grade.
pub(super) fn grade_fact(criterion: &Criterion) -> FactDeclaration {
    FactDeclaration {
        name: format!("grade.{}", criterion.id),
        kind: Kind::Grade,
        label: criterion.title.clone(),
        choices: Vec::new(),
        subjects: vec![criterion.subject.clone()],
        stated_by: Text { vi: "Tập thể xếp loại".to_owned(), en: "The body that rates".to_owned() },
        evidence: Text::default(),
        derived: None,
        usual: None,
        drawn: None,
    }
}

pub(super) fn settings(
    table: &Table<'_>,
    sources: &BTreeMap<String, Source>,
    levels: &[Level],
    grades: &[Level],
) -> Vec<Setting> {
    let tables = table.tables("settings");
    let read = |table: &Table<'_>| {
        let name = table.string("name");
        if !is_name(&name) || name.contains('.') {
            table.flaw(
                "name",
                "BOOK-018",
                format!("“{name}” không dùng làm tên lựa chọn được"),
                "viết chữ thường không dấu, số và dấu _",
            );
        }
        let (kind, choices) = kind(table);
        let default = table.string("default");
        let read = Value::read(&kind, &default).filter(|value| match value {
            Value::Level(id) => levels.iter().any(|level| level.id == *id),
            Value::Grade(id) => grades.iter().any(|grade| grade.id == *id),
            _ => true,
        });
        if read.is_none() {
            table.flaw(
                "default",
                "BOOK-019",
                format!("mặc định “{default}” không đúng kiểu của lựa chọn"),
                match &kind {
                    Kind::Choice(ids) => listed(ids.iter().map(String::as_str)),
                    _ => "viết một giá trị đúng kind của lựa chọn".to_owned(),
                },
            );
        }
        let default = read.unwrap_or(Value::Boolean(false));
        Setting { name, kind, title: table.text("title"), choices, default, citation: citation(table, sources) }
    };
    let settings: Vec<_> = tables.iter().map(read).collect();
    let names = settings.iter().zip(&tables).map(|(setting, table)| (setting.name.as_str(), table.at("name")));
    unique(table.page, names, "lựa chọn");
    tables.into_iter().for_each(Table::close);
    settings
}
