//! Reads the frames of points and checks that their sums are right.

use super::law::citation;
use super::points::{
    Component, ComponentSet, Feed, Mean, PointCriterion, PointFrame, PointGroup, PointRounding, Points, ProductKind,
    ProductRules, ResultPart, ResultsMethod, Share, ShareRules,
};
use super::proceedings::{Known, list};
use super::reader::{Table, unique};
use crate::language::Language;
use crate::rational::Rational;
use crate::score::plain;
use crate::value::Kind;

/// What percentages add up to.
pub(crate) const WHOLE: Rational = Rational::whole(100);

/// An exact number in quotes: points, percent; `2.5`, `5/2` or `2`.
pub(super) fn amount(table: &Table<'_>, key: &str) -> Rational {
    let text = table.string(key);
    read_amount(&text).unwrap_or_else(|| {
        if table.has(key) {
            not_a_number(table, key);
        }
        Rational::ZERO
    })
}

pub(super) fn maybe_amount(table: &Table<'_>, key: &str) -> Option<Rational> {
    table.has(key).then(|| amount(table, key))
}

pub(super) fn read_amount(text: &str) -> Option<Rational> {
    text.parse().ok().or_else(|| Rational::parse_decimal(text))
}

fn not_a_number(table: &Table<'_>, key: &str) {
    let what = format!("khoá “{key}” phải là số điểm hoặc số phần trăm trong ngoặc kép");
    table.flaw(key, "BOOK-004", what, format!("viết như {key} = \"2.5\""));
}

fn amounts(table: &Table<'_>, key: &str) -> Vec<Rational> {
    let read = |text: &String| {
        let amount = read_amount(text);
        if amount.is_none() {
            not_a_number(table, key);
        }
        amount
    };
    table.strings(key).iter().filter_map(read).collect()
}

/// More than nought, or a flaw.
fn positive(table: &Table<'_>, key: &str) -> Rational {
    let value = amount(table, key);
    // A text that is no number has been told already.
    let is_number = table.maybe_string(key).is_some_and(|text| read_amount(&text).is_some());
    if value <= Rational::ZERO && is_number {
        table.flaw(key, "BOOK-091", format!("“{key}” phải lớn hơn 0"), "viết số điểm lớn hơn 0");
    }
    value
}

pub(crate) fn sum(values: impl IntoIterator<Item = Rational>) -> Option<Rational> {
    values.into_iter().try_fold(Rational::ZERO, Rational::checked_add)
}

/// Notes parts that do not add up to their whole.
fn adds_up(table: &Table<'_>, key: &str, parts: impl IntoIterator<Item = Rational>, whole: Rational, what: &str) {
    let parts: Vec<Rational> = parts.into_iter().collect();
    let total = sum(parts.iter().copied());
    // A part that is no number above nought has been told already.
    if total != Some(whole) && parts.iter().all(|part| *part > Rational::ZERO) {
        let written = |value| plain(value, Language::Vietnamese);
        let (total, whole) = (total.map_or_else(|| "quá lớn".to_owned(), written), written(whole));
        let mend = format!("sửa từng số để tổng bằng {whole}");
        table.flaw(key, "BOOK-092", format!("{what} cộng lại là {total}, phải bằng {whole}"), mend);
    }
}

pub(super) fn points(table: &Table<'_>, known: &Known<'_>) -> Points {
    let roundings = list(table, "roundings", "cách làm tròn", rounding, |rounding| &rounding.id);
    let component_sets =
        list(table, "component_sets", "bộ thành phần", |one| component_set(one, known), |set: &ComponentSet| &set.id);
    let frames =
        list(table, "frames", "khung điểm", |one| frame(one, known, &roundings), |frame: &PointFrame| &frame.id);
    let means = list(table, "means", "bình quân", |one| mean(one, known), |mean: &Mean| &mean.id);
    let cut_setting = table
        .has("cut_setting")
        .then(|| known.reading_setting(table, "cut_setting", &["unrounded", "rounded_tenth", "rounded"]));
    let grounds_difference = table.has("grounds_difference").then(|| positive(table, "grounds_difference"));
    Points { roundings, component_sets, frames, means, cut_setting, grounds_difference, feeds: feeds(table, known) }
}

fn rounding(table: &Table<'_>) -> PointRounding {
    let step = table.has("step").then(|| positive(table, "step"));
    PointRounding { id: table.string("id"), step, each: table.boolean("each") }
}

fn component_set(table: &Table<'_>, known: &Known<'_>) -> ComponentSet {
    let read =
        |one: &Table<'_>| Component { id: one.string("id"), title: one.text("title"), weight: positive(one, "weight") };
    let components = list(table, "components", "thành phần", read, |component| &component.id);
    adds_up(table, "components", components.iter().map(|one| one.weight), WHOLE, "trọng số các thành phần");
    ComponentSet {
        id: table.string("id"),
        title: table.text("title"),
        components,
        adjust_by: maybe_amount(table, "adjust_by"),
        citation: citation(table, known.sources),
    }
}

fn frame(table: &Table<'_>, known: &Known<'_>, roundings: &[PointRounding]) -> PointFrame {
    let (total, general, results) = (positive(table, "total"), positive(table, "general"), positive(table, "results"));
    adds_up(table, "total", [general, results], total, "điểm chung và điểm kết quả");
    let groups: Vec<PointGroup> = table.tables("groups").into_iter().map(group).collect();
    if !groups.is_empty() {
        adds_up(table, "groups", groups.iter().map(|group| group.points), general, "điểm các nhóm");
    }
    let criteria = groups.iter().flat_map(|group| &group.criteria);
    unique(table.page, criteria.map(|one| (one.id.as_str(), table.at("groups"))), "tiêu chí chấm điểm");
    let words: Vec<&str> = roundings.iter().map(|rounding| rounding.id.as_str()).collect();
    let graded = ["all_or_nothing", "graded"];
    PointFrame {
        id: table.string("id"),
        subject: known.subject(table, "subject"),
        title: table.text("title"),
        total,
        general,
        results,
        groups,
        deduction_setting: table
            .has("deduction_setting")
            .then(|| known.reading_setting(table, "deduction_setting", &graded)),
        grounds_from: maybe_amount(table, "grounds_from"),
        method: method(table, known, results),
        rounding_setting: known.reading_setting(table, "rounding_setting", &words),
        citation: citation(table, known.sources),
    }
}

fn group(table: Table<'_>) -> PointGroup {
    let points = positive(&table, "points");
    let read = |one: &Table<'_>| PointCriterion {
        id: one.string("id"),
        number: one.string("number"),
        title: one.text("title"),
        points: positive(one, "points"),
    };
    let criteria = list(&table, "criteria", "tiêu chí chấm điểm", read, |criterion| &criterion.id);
    if !criteria.is_empty() {
        adds_up(&table, "criteria", criteria.iter().map(|one| one.points), points, "điểm các tiêu chí của nhóm");
    }
    let group = PointGroup { title: table.text("title"), points, criteria };
    table.close();
    group
}

#[derive(Clone, Copy)]
enum Method {
    Products,
    Shares,
    Parts,
}

fn method(table: &Table<'_>, known: &Known<'_>, results: Rational) -> ResultsMethod {
    let words = [("products", Method::Products), ("shares", Method::Shares), ("parts", Method::Parts)];
    match table.word("method", &words) {
        Some(Method::Products) => ResultsMethod::Products(products(table, known)),
        Some(Method::Shares) => ResultsMethod::Shares(shares(table, known)),
        Some(Method::Parts) | None => {
            let read = |one: &Table<'_>| ResultPart {
                id: one.string("id"),
                title: one.text("title"),
                points: positive(one, "points"),
            };
            let parts = list(table, "parts", "phần điểm", read, |part| &part.id);
            adds_up(table, "parts", parts.iter().map(|part| part.points), results, "điểm các phần của kết quả");
            ResultsMethod::Parts(parts)
        }
    }
}

/// A count of at least one.
fn count(table: &Table<'_>, key: &str) -> u64 {
    let number = table.integer(key);
    u64::try_from(number).ok().filter(|number| (1..=1000).contains(number)).unwrap_or_else(|| {
        if table.has(key) {
            table.flaw(key, "BOOK-093", format!("“{key}” phải từ 1 đến 1000"), "viết số nguyên từ 1 đến 1000");
        }
        1
    })
}

fn products(table: &Table<'_>, known: &Known<'_>) -> ProductRules {
    let (fewest, most) = (count(table, "fewest_products"), count(table, "most_products"));
    if fewest > most {
        table.flaw(
            "most_products",
            "BOOK-094",
            format!("“fewest_products” là {fewest}, nhiều hơn “most_products” là {most}"),
            "viết số nhỏ trước, số lớn sau",
        );
    }
    let read = |one: &Table<'_>| ProductKind {
        id: one.string("id"),
        title: one.text("title"),
        each: span(one, "each"),
        all: span(one, "all"),
    };
    ProductRules {
        fewest,
        most,
        most_composite: table.has("most_composite").then(|| count(table, "most_composite")),
        components_setting: known.reading_setting(table, "components_setting", &["mean", "weighted"]),
        kinds: list(table, "kinds", "loại sản phẩm", read, |kind| &kind.id),
        citation: citation(table, known.sources),
    }
}

/// `each = ["15", "30"]`: from and to, both included.
fn span(table: &Table<'_>, key: &str) -> Option<(Rational, Rational)> {
    if !table.has(key) {
        return None;
    }
    match amounts(table, key)[..] {
        [from, to] if from <= to => Some((from, to)),
        _ => {
            let what = format!("“{key}” phải gồm hai số, số nhỏ trước");
            table.flaw(key, "BOOK-094", what, format!("viết như {key} = [\"5\", \"10\"]"));
            None
        }
    }
}

fn shares(table: &Table<'_>, known: &Known<'_>) -> ShareRules {
    let read = |one: &Table<'_>| Share {
        id: one.string("id"),
        title: one.text("title"),
        allowed: amounts(one, "allowed"),
        per_fault: maybe_amount(one, "per_fault"),
    };
    let shares = list(table, "shares", "tỷ lệ", read, |share| &share.id);
    if shares.is_empty() {
        table.flaw("shares", "BOOK-095", "khung này chưa có tỷ lệ nào", "thêm shares = [{ id = \"a\", title = … }, …]");
    }
    let fault_setting =
        table.has("fault_setting").then(|| known.reading_setting(table, "fault_setting", &["per_task", "whole"]));
    ShareRules { shares, fault_setting }
}

fn mean(table: &Table<'_>, known: &Known<'_>) -> Mean {
    Mean {
        id: table.string("id"),
        title: table.text("title"),
        months: count(table, "months"),
        total: positive(table, "total"),
        leave_left_out: table.boolean("leave_left_out"),
        printed_step: positive(table, "printed_step"),
        citation: citation(table, known.sources),
    }
}

/// `[feeds]`: what of a score is stated as which fact.
fn feeds(table: &Table<'_>, known: &Known<'_>) -> Vec<(Feed, String)> {
    let Some(table) = table.has("feeds").then(|| table.table("feeds")).flatten() else { return Vec::new() };
    let words = [
        ("score", Feed::Score),
        ("products", Feed::Products),
        ("products_done", Feed::ProductsDone),
        ("products_on_time", Feed::ProductsOnTime),
        ("products_above_standard", Feed::ProductsAboveStandard),
        ("worst_key_quality", Feed::WorstKeyQuality),
    ];
    let mut feeds = Vec::new();
    for (word, feed) in words.into_iter().filter(|(word, _)| table.has(word)) {
        let name = table.string(word);
        let facts = known.scope.facts;
        let Some(place) = table.position(word, &name, facts.iter().map(|fact| fact.name.as_str())) else { continue };
        let wanted = if feed == Feed::Score { Kind::Fraction } else { Kind::Integer };
        if facts[place].kind == wanted {
            feeds.push((feed, name));
        } else {
            let wanted = if feed == Feed::Score { "fraction" } else { "integer" };
            let mend = format!("chọn dữ kiện kiểu {wanted}");
            table.flaw(word, "BOOK-096", format!("dữ kiện “{name}” không nhận được số này"), mend);
        }
    }
    table.close();
    feeds
}
