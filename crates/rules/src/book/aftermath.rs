//! What follows from levels over several periods, and provisions that are told but not reckoned.

use super::law::citation;
use super::proceedings::{Known, list};
use super::reader::Table;
use crate::language::Text;
use crate::value::Kind;
use crate::verdict::Citation;

/// Loại kỳ: which rows of levels are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// Years.
    Year,
    /// Quarters.
    Quarter,
}

/// Hệ quả nhiều kỳ: what the competent body has to consider after a row of levels. Nothing happens by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsequenceRule {
    /// Id, stable across books.
    pub id: String,
    /// Code shown to people, never reused.
    pub code: String,
    /// Kinds of subject it is about.
    pub subjects: Vec<String>,
    /// Rows of what.
    pub span: Span,
    /// Position of the level.
    pub level: usize,
    /// How many periods running, the last one included.
    pub running: u64,
    /// Whether the row must lie within one year.
    pub within_year: bool,
    /// Setting that says whether a period without level breaks the row; it does when absent.
    pub not_rated_setting: Option<String>,
    /// Months of a measure that comes first, when there is one.
    pub months: Option<u64>,
    /// What to consider, and who.
    pub message: Text,
    /// Where it stands.
    pub citation: Citation,
}

/// Dữ kiện đếm từ các kỳ: a fact counted out of the quarters of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryCount {
    /// Name of the fact.
    pub fact: String,
    /// Position of the level counted.
    pub level: usize,
    /// Whether the longest row is counted, or every period.
    pub longest_row: bool,
    /// How many quarters of a year are rated on their own.
    pub quarters: u64,
    /// Where it stands.
    pub citation: Citation,
}

/// Quy định khác: what the texts say and the program does not reckon; shown with the book and its papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Id.
    pub id: String,
    /// What it is about: one of [`TOPICS`].
    pub topic: String,
    /// What the texts say.
    pub message: Text,
    /// Where it stands.
    pub citation: Citation,
}

/// Căn cứ gợi ý kiểm điểm: why a superior suggests that somebody explains something in his review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptGround {
    /// Id, stable across books.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Facts that, once stated, call for a decision whether to suggest; never what somebody thinks of somebody.
    pub facts: Vec<String>,
    /// Where it stands.
    pub citation: Citation,
}

/// Topics of provisions, in the order of a review.
pub const TOPICS: [&str; 13] = [
    "scope", "calendar", "content", "prompt", "procedure", "vote", "quota", "notice", "publication", "correction",
    "record", "access", "structure",
];

pub(super) fn consequences(table: &Table<'_>, known: &Known<'_>) -> (Vec<ConsequenceRule>, Vec<HistoryCount>) {
    let rules = list(table, "consequences", "hệ quả", |one| consequence(one, known), |rule: &ConsequenceRule| &rule.id);
    let counts = list(table, "counts", "dữ kiện đếm", |one| count(one, known), |count: &HistoryCount| &count.fact);
    (rules, counts)
}

fn small(table: &Table<'_>, key: &str, most: i64) -> u64 {
    let number = table.integer(key);
    u64::try_from(number).ok().filter(|_| (1..=most).contains(&number)).unwrap_or_else(|| {
        if table.has(key) {
            table.flaw(
                key,
                "BOOK-097",
                format!("“{key}” phải từ 1 đến {most}"),
                format!("viết số nguyên từ 1 đến {most}"),
            );
        }
        1
    })
}

fn consequence(table: &Table<'_>, known: &Known<'_>) -> ConsequenceRule {
    let subjects = table.strings("subjects");
    for subject in &subjects {
        table.position("subjects", subject, known.subjects.iter().map(|subject| subject.id.as_str()));
    }
    if subjects.is_empty() {
        table.flaw("subjects", "BOOK-003", "thiếu khoá “subjects”", "thêm dòng subjects = [\"…\"] vào mục này");
    }
    ConsequenceRule {
        id: table.string("id"),
        code: table.string("code"),
        subjects,
        span: table.word("span", &[("year", Span::Year), ("quarter", Span::Quarter)]).unwrap_or(Span::Year),
        level: known.level(table, "level"),
        running: small(table, "running", 20),
        within_year: table.boolean("within_year"),
        not_rated_setting: table.has("not_rated_setting").then(|| known.boolean_setting(table, "not_rated_setting")),
        months: table.has("months").then(|| small(table, "months", 120)),
        message: table.text("message"),
        citation: citation(table, known.sources),
    }
}

fn count(table: &Table<'_>, known: &Known<'_>) -> HistoryCount {
    let fact = table.string("fact");
    let facts = known.scope.facts;
    let place = table.position("fact", &fact, facts.iter().map(|fact| fact.name.as_str()));
    if place.is_some_and(|place| facts[place].kind != Kind::Integer) {
        let what = format!("dữ kiện “{fact}” không nhận được số này");
        table.flaw("fact", "BOOK-096", what, "chọn dữ kiện kiểu integer");
    }
    HistoryCount {
        fact,
        level: known.level(table, "level"),
        longest_row: table.word("how", &[("number", false), ("longest_row", true)]).unwrap_or_default(),
        quarters: small(table, "quarters", 4),
        citation: citation(table, known.sources),
    }
}

pub(super) fn provisions(table: &Table<'_>, known: &Known<'_>) -> Vec<Provision> {
    let topics = TOPICS.map(|topic| (topic, topic));
    let read = |one: &Table<'_>| Provision {
        id: one.string("id"),
        topic: one.word("topic", &topics).unwrap_or_default().to_owned(),
        message: one.text("message"),
        citation: citation(one, known.sources),
    };
    list(table, "provisions", "quy định", read, |provision: &Provision| &provision.id)
}

pub(super) fn prompt_grounds(table: &Table<'_>, known: &Known<'_>) -> Vec<PromptGround> {
    let read = |one: &Table<'_>| {
        let facts = one.strings("facts");
        for fact in &facts {
            one.position("facts", fact, known.scope.facts.iter().map(|fact| fact.name.as_str()));
        }
        PromptGround { id: one.string("id"), title: one.text("title"), facts, citation: citation(one, known.sources) }
    };
    list(table, "grounds", "căn cứ gợi ý", read, |ground: &PromptGround| &ground.id)
}
