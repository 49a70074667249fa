#![cfg(test)]
//! What must hold of every sheet. Situations with their figures stand in the rule books.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::words::plain;
use super::*;
use crate::book::points::{
    Component, ComponentSet, Mean, Points, ProductRules, ResultPart, ResultsMethod, Share, ShareRules,
};
use crate::book::{Setting, Surety};
use crate::language::Language;
use crate::value::Kind;

fn text(words: &str) -> Text {
    Text::same(words)
}

fn citation() -> Citation {
    Citation {
        source: "text".to_owned(),
        title: text("Quy định mẫu"),
        number: "1".to_owned(),
        date: None,
        article: text("1"),
        surety: Surety::Text,
    }
}

fn number(words: &str) -> Rational {
    words.parse().ok().or_else(|| Rational::parse_decimal(words)).unwrap()
}

fn setting(name: &str, words: &[&str]) -> Setting {
    Setting {
        name: name.to_owned(),
        kind: Kind::Choice(words.iter().map(|word| (*word).to_owned()).collect()),
        title: text(name),
        choices: words.iter().map(|word| text(word)).collect(),
        default: Value::Choice(words[0].to_owned()),
        citation: citation(),
    }
}

fn frame(id: &str, method: ResultsMethod) -> PointFrame {
    PointFrame {
        id: id.to_owned(),
        subject: "person".to_owned(),
        title: text(id),
        total: number("10"),
        general: number("3"),
        results: number("7"),
        groups: Vec::new(),
        deduction_setting: None,
        grounds_from: None,
        method,
        rounding_setting: "rounding".to_owned(),
        citation: citation(),
    }
}

fn component(id: &str, weight: &str) -> Component {
    Component { id: id.to_owned(), title: text(id), weight: number(weight) }
}

/// A book of ten points: three general, seven for results.
fn book() -> Book {
    let products = ProductRules {
        fewest: 2,
        most: 4,
        most_composite: None,
        components_setting: "percent".to_owned(),
        kinds: Vec::new(),
        citation: citation(),
    };
    let share = |id: &str| Share { id: id.to_owned(), title: text(id), allowed: Vec::new(), per_fault: None };
    let shares = ShareRules { shares: vec![share("a"), share("b"), share("c")], fault_setting: None };
    let part = |id: &str, points: &str| ResultPart { id: id.to_owned(), title: text(id), points: number(points) };
    let rounding =
        |id: &str, step: Option<&str>, each: bool| PointRounding { id: id.to_owned(), step: step.map(number), each };
    let set = ComponentSet {
        id: "usual".to_owned(),
        title: text("usual"),
        components: vec![component("a", "60"), component("b", "40")],
        adjust_by: Some(number("10")),
        citation: citation(),
    };
    let mean = Mean {
        id: "quarter".to_owned(),
        title: text("quarter"),
        months: 3,
        total: number("10"),
        leave_left_out: false,
        printed_step: number("1/10"),
        citation: citation(),
    };
    Book {
        settings: vec![
            setting("rounding", &["tenth_each", "tenth_sum", "unrounded"]),
            setting("percent", &["weighted", "mean"]),
        ],
        points: Points {
            roundings: vec![
                rounding("tenth_each", Some("1/10"), true),
                rounding("tenth_sum", Some("1/10"), false),
                rounding("unrounded", None, false),
            ],
            component_sets: vec![set],
            frames: vec![
                frame("products", ResultsMethod::Products(products)),
                frame("shares", ResultsMethod::Shares(shares)),
                frame("parts", ResultsMethod::Parts(vec![part("x", "5"), part("y", "2")])),
            ],
            means: vec![mean],
            cut_setting: None,
            grounds_difference: None,
            feeds: Vec::new(),
        },
        ..Book::default()
    }
}

fn product(name: &str, weight: Rational, percents: [Rational; 2]) -> Product {
    Product {
        name: name.to_owned(),
        kind: None,
        is_composite: false,
        weight,
        components: ["a", "b"].map(str::to_owned).into_iter().zip(percents).collect(),
        is_done: None,
        is_on_time: None,
        is_above_standard: None,
        is_key: false,
        quality: None,
    }
}

fn of_products(products: Vec<Product>) -> ScoreSheet {
    ScoreSheet {
        frame: "products".to_owned(),
        general: GeneralMarks::Sum(number("3")),
        results: ResultMarks::Products(ProductMarks {
            component_set: "usual".to_owned(),
            products,
            ..ProductMarks::default()
        }),
        bonus: Rational::ZERO,
    }
}

fn pinned(rounding: &str) -> Settings {
    [("rounding".to_owned(), Value::Choice(rounding.to_owned()))].into()
}

fn codes(score: &Score) -> Vec<&str> {
    score.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_sheet_for_another_method_or_frame_is_refused_and_gives_no_points() {
    let book = book();
    let mut sheet = of_products(Vec::new());
    sheet.frame = "parts".to_owned();
    let score = book.score(&sheet, &Settings::new());
    assert_eq!((codes(&score), score.totals), (vec!["POINT-017"], None));
    sheet.frame = "nowhere".to_owned();
    let score = book.score(&sheet, &Settings::new());
    assert_eq!((codes(&score), score.stands()), (vec!["POINT-016"], false));
    assert!(score.findings[0].message.vi.contains("“nowhere”"), "{:?}", score.findings[0]);
}

#[test]
fn marks_per_criterion_are_refused_where_only_their_sum_is_known() {
    let mut sheet = of_products(Vec::new());
    sheet.frame = "parts".to_owned();
    sheet.general = GeneralMarks::PerCriterion(BTreeMap::new());
    sheet.results = ResultMarks::Parts([("x".to_owned(), number("5")), ("y".to_owned(), number("2"))].into());
    let score = book().score(&sheet, &Settings::new());
    assert_eq!((codes(&score), score.totals), (vec!["POINT-024"], None));
}

#[test]
fn a_set_of_components_that_does_not_exist_is_refused() {
    let products = vec![product("1", number("4"), [number("100"); 2]), product("2", number("3"), [number("100"); 2])];
    let mut sheet = of_products(products);
    if let ResultMarks::Products(marks) = &mut sheet.results {
        marks.component_set = "other".to_owned();
    }
    assert_eq!(codes(&book().score(&sheet, &Settings::new())), ["POINT-004"]);
}

#[test]
fn a_product_without_points_and_an_added_number_below_nought_are_refused() {
    let products = vec![product("1", number("7"), [number("100"); 2]), product("2", number("0"), [number("100"); 2])];
    let mut sheet = of_products(products);
    sheet.bonus = number("-1");
    assert_eq!(codes(&book().score(&sheet, &Settings::new())), ["POINT-010", "POINT-019"]);
}

#[test]
fn numbers_too_large_to_reckon_with_are_told_and_never_wrong() {
    let huge = Rational::new(i128::MAX, 3).unwrap();
    let products = vec![product("1", huge, [number("1/3"); 2]), product("2", huge, [number("1/7"); 2])];
    let score = book().score(&of_products(products), &Settings::new());
    assert_eq!(score.totals, None);
    assert!(!score.stands());
}

#[test]
fn a_month_on_leave_counts_as_missing_where_leave_is_not_left_out() {
    let months = [Month::Score(number("5")), Month::OnLeave, Month::Score(number("6"))];
    let answer = book().mean("quarter", &months);
    assert_eq!(answer.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["POINT-032"]);
    assert_eq!(answer.amount, None);
    assert_eq!(book().mean("decade", &[]).findings[0].code, "POINT-016");
}

#[test]
fn numbers_are_written_with_no_more_decimals_than_they_need() {
    let written: Vec<String> =
        ["97.5", "4.575", "10", "200/3", "1/3"].map(|one| plain(number(one), Language::Vietnamese)).into();
    assert_eq!(written, ["97,5", "4,575", "10", "≈ 66,6667", "≈ 0,3333"]);
    assert_eq!(plain(number("97.5"), Language::English), "97.5");
}

#[test]
fn every_finding_says_what_to_do_in_both_languages() {
    let name = text("Tiêu chí");
    let half = number("1/2");
    let faults = [
        Fault::WeightsOff { weights: &[half, half], total: Rational::ONE, wanted: number("7") },
        Fault::TooFewProducts { count: 1, fewest: 2 },
        Fault::TooManyProducts { count: 5, most: 4 },
        Fault::ManyComposite { count: 3, most: 2 },
        Fault::NoSuchSet("x"),
        Fault::ComponentsOff { weights: &[half], total: half },
        Fault::MovedTooFar { name: &name, from: half, to: half, by: half, most: half },
        Fault::NoSuchLine("x"),
        Fault::Missing(&name),
        Fault::NotAPercent { name: &name, stated: half },
        Fault::NoWeight("x"),
        Fault::UnusualWeight { name: "x", kind: &name, weight: half, from: half, to: half },
        Fault::UnusualSum { kind: &name, total: half, from: half, to: half },
        Fault::NotAllowed { name: &name, stated: half, allowed: &[half] },
        Fault::FaultsOff { name: &name, tasks: 1, at_fault: 2 },
        Fault::Capped { reckoned: half, limit: half },
        Fault::NoSuchFrame("x"),
        Fault::OtherMethod,
        Fault::TooLarge,
        Fault::NegativeBonus(half),
        Fault::OutOfRange { name: &name, stated: half, most: half },
        Fault::NotWhole { name: &name, stated: half, most: half },
        Fault::CutWithoutGrounds { name: &name, cut: half, from: half },
        Fault::OnlySum,
        Fault::MonthsOff { stated: 1, wanted: 3 },
        Fault::MonthMissing(2),
        Fault::MonthOutOfRange { month: 2, stated: half, most: half },
        Fault::AllOnLeave,
    ];
    let mut codes = std::collections::BTreeSet::new();
    for fault in faults {
        let finding = fault.finding(None);
        for text in [&finding.message, &finding.mend] {
            assert!(!text.vi.is_empty() && !text.en.is_empty() && text.vi != text.en, "{finding:?}");
        }
        assert!(codes.insert(finding.code), "{} stands twice", finding.code);
    }
}

/// Percentages in steps of a half, as people mark them.
fn percent() -> impl Strategy<Value = Rational> {
    (0_i64..=200).prop_map(|halves| Rational::new(i128::from(halves), 2).unwrap())
}

proptest! {
    #[test]
    fn points_lie_between_nought_and_the_most(percents in prop::collection::vec((percent(), percent()), 2..=4), bonus in 0_i64..20) {
        let count = i64::try_from(percents.len()).unwrap();
        let weight = number("7").checked_div(Rational::whole(count)).unwrap();
        let products = percents.iter().enumerate().map(|(at, (a, b))| product(&at.to_string(), weight, [*a, *b]));
        let mut sheet = of_products(products.collect());
        sheet.bonus = Rational::whole(bonus);
        for rounding in ["tenth_each", "tenth_sum", "unrounded"] {
            let totals = book().score(&sheet, &pinned(rounding)).totals.unwrap();
            for amount in [totals.results, totals.total] {
                for value in [amount.exact, amount.rounded] {
                    prop_assert!(value >= Rational::ZERO && value <= number("10"));
                }
            }
            prop_assert!(totals.results.exact <= number("7") && totals.results.rounded <= number("7"));
        }
    }

    #[test]
    fn the_order_of_products_never_matters(percents in prop::collection::vec((percent(), percent()), 2..=4)) {
        let count = i64::try_from(percents.len()).unwrap();
        let weight = number("7").checked_div(Rational::whole(count)).unwrap();
        let products: Vec<Product> =
            percents.iter().enumerate().map(|(at, (a, b))| product(&at.to_string(), weight, [*a, *b])).collect();
        let mut reversed = products.clone();
        reversed.reverse();
        for rounding in ["tenth_each", "tenth_sum", "unrounded"] {
            let settings = pinned(rounding);
            let (there, back) = (book().score(&of_products(products.clone()), &settings), book().score(&of_products(reversed.clone()), &settings));
            prop_assert_eq!(there.totals, back.totals);
        }
    }

    #[test]
    fn a_better_component_never_lowers_the_points(a in percent(), b in percent(), better in percent()) {
        let sheet = |percent: Rational| {
            of_products(vec![product("1", number("4"), [percent, b]), product("2", number("3"), [b, b])])
        };
        let total = |percent: Rational| book().score(&sheet(percent), &Settings::new()).totals.unwrap().total;
        let (low, high) = (total(a.min(better)), total(a.max(better)));
        prop_assert!(low.exact <= high.exact && low.rounded <= high.rounded);
    }

    #[test]
    fn no_number_panics(weights in prop::collection::vec(any::<(i128, i128)>(), 0..6), percent in any::<(i128, i128)>()) {
        let percent = Rational::new(percent.0, percent.1).unwrap_or(Rational::ONE);
        let products = weights.into_iter().filter_map(|(above, below)| Rational::new(above, below)).map(|weight| product("p", weight, [percent, percent]));
        let sheet = of_products(products.collect());
        for rounding in ["tenth_each", "tenth_sum", "unrounded"] {
            let score = book().score(&sheet, &pinned(rounding));
            prop_assert!(score.stands() == score.totals.is_some());
        }
        let months = [Month::Score(percent), Month::Score(percent), Month::Missing];
        prop_assert!(!book().mean("quarter", &months).findings.is_empty());
    }

    #[test]
    fn rounding_moves_a_number_by_half_a_step_at_most(above in -1_000_000_i128..1_000_000, below in 1_i128..10_000) {
        let exact = Rational::new(above, below).unwrap();
        for step in ["1/10", "1/2"] {
            let rounded = round(exact, Some(number(step)));
            let moved = rounded.checked_sub(exact).unwrap();
            let half = number(step).checked_div(Rational::whole(2)).unwrap();
            prop_assert!(moved <= half && moved > half.checked_neg().unwrap());
        }
    }
}
