//! Worked situations about points, means and consequences over several periods.

use std::collections::BTreeMap;

use super::points::Points;
use super::read_points::{amount, maybe_amount, read_amount};
use super::reader::Table;
use super::situations::{Names, facts, settings};
use crate::history::{History, Period, Standing};
use crate::language::Text;
use crate::rational::Rational;
use crate::score::{GeneralMarks, Mark, Month, Product, ProductMarks, ResultMarks, ScoreSheet, ShareMark};
use crate::value::{Facts, Settings};

/// Tình huống chấm điểm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointCase {
    /// Id.
    pub id: String,
    /// What it shows.
    pub title: Text,
    /// Numbers of the acceptance scenarios it stands for.
    pub scenarios: Vec<i64>,
    /// The marks.
    pub sheet: ScoreSheet,
    /// Pinned settings.
    pub settings: Settings,
    /// What must come out.
    pub expect: PointExpectation,
    /// File and line.
    pub place: (String, usize),
}

/// Kết quả chấm điểm mong đợi: what is absent is not compared, except that nothing unnamed may be refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PointExpectation {
    /// Exact total or mean.
    pub exact: Option<Rational>,
    /// Rounded total or mean.
    pub rounded: Option<Rational>,
    /// Rounded points of the results.
    pub results: Option<Rational>,
    /// Codes of what is refused, no others.
    pub refused: Vec<String>,
    /// Codes of warnings and notes.
    pub remarked: Option<Vec<String>>,
    /// Texts that must stand in the Vietnamese arithmetic or findings.
    pub says: Vec<String>,
    /// Facts that must be stated.
    pub facts: Facts,
}

/// Tình huống tính bình quân.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeanCase {
    /// Id.
    pub id: String,
    /// What it shows.
    pub title: Text,
    /// Numbers of the acceptance scenarios it stands for.
    pub scenarios: Vec<i64>,
    /// Id of the mean.
    pub mean: String,
    /// Months in order.
    pub months: Vec<Month>,
    /// What must come out.
    pub expect: PointExpectation,
    /// File and line.
    pub place: (String, usize),
}

/// Tình huống hệ quả nhiều kỳ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryCase {
    /// Id.
    pub id: String,
    /// What it shows.
    pub title: Text,
    /// Numbers of the acceptance scenarios it stands for.
    pub scenarios: Vec<i64>,
    /// Kind of subject.
    pub subject: String,
    /// What is known.
    pub history: History,
    /// After which period.
    pub at: Period,
    /// Pinned settings.
    pub settings: Settings,
    /// Exactly these consequences apply.
    pub applies: Vec<String>,
    /// Exactly these depend on what is not known.
    pub unknown: Vec<String>,
    /// Facts that the quarters of the year must state.
    pub facts: Facts,
    /// File and line.
    pub place: (String, usize),
}

pub(super) fn point_case(table: &Table<'_>, names: &Names<'_>) -> PointCase {
    let frame = table.string("frame");
    table.position("frame", &frame, names.points.frames.iter().map(|frame| frame.id.as_str()));
    let general = general(table, names.points, &frame);
    let bonus = maybe_amount(table, "bonus").unwrap_or(Rational::ZERO);
    PointCase {
        id: table.string("id"),
        title: table.text("title"),
        scenarios: table.integers("scenarios"),
        sheet: ScoreSheet { frame, general, results: results(table), bonus },
        settings: table.table("settings").map(|chosen| settings(&chosen, names)).unwrap_or_default(),
        expect: expectation(table, names),
        place: table.place(),
    }
}

/// `general = "30"`, or `marks = { id = "2", … }` on top of full points for the rest, with `grounds = ["id", …]`.
fn general(table: &Table<'_>, points: &Points, frame: &str) -> GeneralMarks {
    if table.has("general") {
        return GeneralMarks::Sum(amount(table, "general"));
    }
    let grounds = table.strings("grounds");
    let criteria = points.frame(frame).into_iter().flat_map(|frame| &frame.groups).flat_map(|group| &group.criteria);
    let mut marks: BTreeMap<String, Mark> =
        criteria.map(|one| (one.id.clone(), Mark { points: one.points, has_grounds: false })).collect();
    if let Some(stated) = table.table("marks") {
        for (name, _) in stated.keys() {
            marks.insert(name.clone(), Mark { points: amount(&stated, &name), has_grounds: grounds.contains(&name) });
        }
    }
    GeneralMarks::PerCriterion(marks)
}

fn results(table: &Table<'_>) -> ResultMarks {
    if let Some(shares) = table.has("shares").then(|| table.table("shares")).flatten() {
        let read = |(name, _): (String, usize)| {
            let mark = share(&shares, &name);
            (name, mark)
        };
        return ResultMarks::Shares(shares.keys().into_iter().map(read).collect());
    }
    if table.has("parts") {
        return ResultMarks::Parts(table.table("parts").map(|parts| named(&parts)).unwrap_or_default());
    }
    ResultMarks::Products(ProductMarks {
        component_set: table.maybe_string("component_set").unwrap_or_default(),
        component_weights: table.table("component_weights").map(|weights| named(&weights)).unwrap_or_default(),
        more_approved: table.boolean("more_approved"),
        products: table.tables("products").into_iter().map(product).collect(),
    })
}

fn named(table: &Table<'_>) -> BTreeMap<String, Rational> {
    table.keys().into_iter().map(|(name, _)| (name.clone(), amount(table, &name))).collect()
}

/// `a = "66.7"`, or `b = { tasks = 10, faults = [1, 2] }`.
fn share(table: &Table<'_>, name: &str) -> ShareMark {
    let is_text = table.get(name).is_some_and(|value| value.get_ref().as_str().is_some());
    match (!is_text).then(|| table.table(name)).flatten() {
        Some(counted) => {
            let natural = |number: i64| u64::try_from(number).unwrap_or(0);
            let tasks = natural(counted.integer("tasks"));
            let faults = counted.integers("faults").into_iter().map(natural).collect();
            counted.close();
            ShareMark::Faults { tasks, faults }
        }
        None => ShareMark::Percent(amount(table, name)),
    }
}

fn product(table: Table<'_>) -> Product {
    let said = |key: &str| table.has(key).then(|| table.boolean(key));
    let product = Product {
        name: table.string("name"),
        kind: table.maybe_string("kind"),
        is_composite: table.boolean("composite"),
        weight: amount(&table, "weight"),
        components: table.table("components").map(|stated| named(&stated)).unwrap_or_default(),
        is_done: said("done"),
        is_on_time: said("on_time"),
        is_above_standard: said("above_standard"),
        is_key: table.boolean("key"),
        quality: table.has("quality").then(|| table.integer("quality")),
    };
    table.close();
    product
}

fn expectation(table: &Table<'_>, names: &Names<'_>) -> PointExpectation {
    let Some(expect) = table.table("expect") else {
        return PointExpectation::default();
    };
    let expectation = PointExpectation {
        exact: maybe_amount(&expect, "exact"),
        rounded: maybe_amount(&expect, "rounded"),
        results: maybe_amount(&expect, "results"),
        refused: expect.strings("refused"),
        remarked: expect.has("remarked").then(|| expect.strings("remarked")),
        says: expect.strings("says"),
        facts: expect.table("facts").map(|stated| facts(&stated, names)).unwrap_or_default(),
    };
    expect.close();
    expectation
}

pub(super) fn mean_case(table: &Table<'_>, names: &Names<'_>) -> MeanCase {
    let mean = table.string("mean");
    table.position("mean", &mean, names.points.means.iter().map(|mean| mean.id.as_str()));
    let month = |text: &String| match text.as_str() {
        "leave" => Month::OnLeave,
        "missing" => Month::Missing,
        text => read_amount(text).map_or_else(
            || {
                let what = format!("“{text}” không phải điểm của một tháng");
                table.flaw("months", "BOOK-098", what, "viết điểm như \"92.5\", hoặc \"leave\", \"missing\"");
                Month::Missing
            },
            Month::Score,
        ),
    };
    MeanCase {
        id: table.string("id"),
        title: table.text("title"),
        scenarios: table.integers("scenarios"),
        mean,
        months: table.strings("months").iter().map(month).collect(),
        expect: expectation(table, names),
        place: table.place(),
    }
}

fn period(table: &Table<'_>, key: &str, text: &str) -> Period {
    Period::read(text).unwrap_or_else(|| {
        let what = format!("“{text}” không phải năm hoặc quý");
        table.flaw(key, "BOOK-099", what, "viết năm như \"2022\", quý như \"2026-3\"");
        Period::of_year(0)
    })
}

pub(super) fn history_case(table: &Table<'_>, names: &Names<'_>) -> HistoryCase {
    let subject = table.string("subject");
    table.position("subject", &subject, names.subjects.iter().map(|subject| subject.id.as_str()));
    let mut history = History::new();
    if let Some(past) = table.table("history") {
        for (name, _) in past.keys() {
            history.insert(period(&past, &name, &name), standing(&past, &name, names));
        }
    }
    let expected = |key: &str| {
        let ids = table.strings(key);
        for id in &ids {
            table.position(key, id, names.consequences.iter().map(|rule| rule.id.as_str()));
        }
        ids
    };
    HistoryCase {
        id: table.string("id"),
        title: table.text("title"),
        scenarios: table.integers("scenarios"),
        subject,
        history,
        at: period(table, "at", &table.string("at")),
        settings: table.table("settings").map(|chosen| settings(&chosen, names)).unwrap_or_default(),
        applies: expected("applies"),
        unknown: expected("unknown"),
        facts: table.table("facts").map(|stated| facts(&stated, names)).unwrap_or_default(),
        place: table.place(),
    }
}

fn standing(table: &Table<'_>, name: &str, names: &Names<'_>) -> Standing {
    let word = table.string(name);
    if word == "not_rated" {
        return Standing::NotRated;
    }
    table.position(name, &word, names.scope.levels.iter().map(|level| level.id.as_str()).chain(["not_rated"]));
    Standing::Level(word)
}
