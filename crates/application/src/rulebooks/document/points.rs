//! Parts that say how points are reckoned.

use rules::book::points::{
    ComponentSet, Feed, PointGroup, PointRounding, ProductKind, ProductRules, Share, ShareRules,
};
use rules::book::{Mean, PointFrame, ResultsMethod};
use rules::value::Kind;
use rules::{Book, Language, Rational, Text};

use super::{Item, Lines, Part, about, part, same};
use crate::judge::Words;

/// Points are written with as many decimals as they need, at most so many.
const DECIMALS: u32 = 2;

pub(super) fn parts(book: &Book) -> Vec<Part> {
    vec![
        part("point-frames", &book.points.frames, |one| frame(book, one)),
        part("components", &book.points.component_sets, component_set),
        part("roundings", &book.points.roundings, |one| rounding(book, one)),
        part("means", &book.points.means, mean),
        part("feeds", &book.points.feeds, |one| feed(book, one)),
    ]
}

/// A number of points in both languages: `92,5`.
pub(crate) fn points(number: Rational) -> Words {
    Words::from(&Text::build(|language| decimal(number, language)))
}

fn decimal(number: Rational, language: Language) -> String {
    if number.is_whole() {
        return number.to_string();
    }
    language.decimal(number, DECIMALS).trim_end_matches('0').to_owned()
}

/// `Tên: 10`.
fn with_points(title: &Text, number: Rational) -> Text {
    let points = points(number);
    Text { vi: format!("{}: {}", title.vi, points.vi), en: format!("{}: {}", title.en, points.en) }
}

/// The question of a setting, where one decides.
fn reading(lines: Lines, book: &Book, setting: &str) -> Lines {
    lines.words("reading", &book.setting(setting).map(|setting| setting.title.clone()).unwrap_or_default())
}

/// Names of the settings on which the points of a frame depend.
pub(crate) fn settings_of(frame: &PointFrame) -> Vec<&str> {
    let of_method = match &frame.method {
        ResultsMethod::Products(rules) => Some(&rules.components_setting),
        ResultsMethod::Shares(rules) => rules.fault_setting.as_ref(),
        ResultsMethod::Parts(_) => None,
    };
    let all = [frame.deduction_setting.as_ref(), of_method, Some(&frame.rounding_setting)];
    all.into_iter().flatten().map(String::as_str).collect()
}

pub(crate) fn frame(book: &Book, frame: &PointFrame) -> Item {
    let all = [("total", points(frame.total)), ("general", points(frame.general)), ("results", points(frame.results))];
    let mut lines = Lines::default().sentence("points", "frame", &all);
    for PointGroup { title, points, criteria } in &frame.groups {
        lines = lines.words("group", &with_points(title, *points));
        for one in criteria {
            let title = with_points(&one.title, one.points);
            let numbered = |text: &str| format!("{} {text}", one.number).trim().to_owned();
            lines = lines.words("criterion", &Text { vi: numbered(&title.vi), en: numbered(&title.en) });
        }
    }
    if let Some(least) = frame.grounds_from {
        lines = lines.sentence("cut", "grounds-from", &[("points", points(least))]);
    }
    let lines = method(lines, &frame.method);
    let lines = settings_of(frame).into_iter().fold(lines, |lines, setting| reading(lines, book, setting));
    let lines = match &frame.method {
        ResultsMethod::Products(rules) if rules.citation != frame.citation => lines.cited(&rules.citation),
        _ => lines,
    };
    let lines = lines.cited(&frame.citation);
    Item {
        id: frame.id.clone(),
        title: Words::from(&frame.title),
        about: about(book, [&frame.subject]),
        lines: lines.done(),
        ..Item::default()
    }
}

fn method(lines: Lines, method: &ResultsMethod) -> Lines {
    match method {
        ResultsMethod::Products(rules) => products(lines, rules),
        ResultsMethod::Shares(rules) => shares(lines, rules),
        ResultsMethod::Parts(parts) => {
            let lines = lines.sentence("method", "method-parts", &[]);
            parts.iter().fold(lines, |lines, one| lines.words("part-of-results", &with_points(&one.title, one.points)))
        }
    }
}

fn shares(lines: Lines, rules: &ShareRules) -> Lines {
    let lines = lines.sentence("method", "method-shares", &[]);
    rules.shares.iter().fold(lines, |lines, share| {
        let Share { title, allowed, per_fault, .. } = share;
        let title = ("title", Words::from(title));
        match (per_fault, allowed.as_slice()) {
            (Some(percent), _) => {
                lines.sentence("part-of-results", "share-per-fault", &[title, ("percent", points(*percent))])
            }
            (None, []) => lines.words("part-of-results", &share.title),
            (None, some) => lines.sentence("part-of-results", "share-one-of", &[title, ("percents", all_of(some))]),
        }
    })
}

/// `100; 50`.
fn all_of(numbers: &[Rational]) -> Words {
    let joined = |language| numbers.iter().map(|number| decimal(*number, language)).collect::<Vec<_>>().join("; ");
    Words::from(&Text::build(joined))
}

fn products(lines: Lines, rules: &ProductRules) -> Lines {
    let counts = [("fewest", same(&rules.fewest.to_string())), ("most", same(&rules.most.to_string()))];
    let lines = lines.sentence("method", "method-products", &counts);
    let lines = match rules.most_composite {
        Some(most) => lines.sentence("method", "most-composite", &[("most", same(&most.to_string()))]),
        None => lines,
    };
    let bounds = |lines: Lines, kind: &ProductKind| {
        let sides = |(from, to): (Rational, Rational), title: &Text| {
            [("from", points(from)), ("to", points(to)), ("kind", Words::from(title))]
        };
        let lines = match kind.each {
            Some(each) => lines.sentence("weight", "weight-each", &sides(each, &kind.title)),
            None => lines.words("weight", &kind.title),
        };
        match kind.all {
            Some(all) => lines.sentence("weight", "weight-all", &sides(all, &kind.title)),
            None => lines,
        }
    };
    rules.kinds.iter().fold(lines, bounds)
}

pub(crate) fn component_set(set: &ComponentSet) -> Item {
    let lines = set
        .components
        .iter()
        .fold(Lines::default(), |lines, one| lines.words("weight", &with_points(&one.title, one.weight)));
    let lines = match set.adjust_by {
        Some(by) => lines.sentence("weight", "adjust-by", &[("by", points(by))]),
        None => lines,
    };
    Item {
        id: set.id.clone(),
        title: Words::from(&set.title),
        lines: lines.cited(&set.citation).done(),
        ..Item::default()
    }
}

/// A way of rounding has the name of the choice that chooses it.
pub(crate) fn rounding(book: &Book, rounding: &PointRounding) -> Item {
    let named =
        book.points.frames.iter().filter_map(|frame| book.setting(&frame.rounding_setting)).find_map(|setting| {
            let Kind::Choice(ids) = &setting.kind else { return None };
            setting.choices.get(ids.iter().position(|id| *id == rounding.id)?)
        });
    let lines = Lines::default();
    let lines = match rounding.step {
        Some(step) => lines.sentence("method", "round-half-up", &[("step", points(step))]),
        None => lines.sentence("method", "round-not", &[]),
    };
    let each = if rounding.each { "round-each" } else { "round-sum" };
    let lines = lines.when(rounding.step.is_some(), "method", each);
    let title = named.map(Words::from).unwrap_or_default();
    Item { id: rounding.id.clone(), title, lines: lines.done(), ..Item::default() }
}

/// Which number of a score becomes which fact.
pub(crate) fn feed(book: &Book, (feed, fact): &(Feed, String)) -> Item {
    let key = match feed {
        Feed::Score => "feed-score",
        Feed::Products => "feed-products",
        Feed::ProductsDone => "feed-products-done",
        Feed::ProductsOnTime => "feed-products-on-time",
        Feed::ProductsAboveStandard => "feed-products-above-standard",
        Feed::WorstKeyQuality => "feed-worst-key-quality",
    };
    let lines = Lines::default().sentence("taken-from", key, &[]);
    let lines = match &book.points.cut_setting {
        Some(setting) if *feed == Feed::Score => reading(lines, book, setting),
        _ => lines,
    };
    let title = book.fact(fact).map(|fact| Words::from(&fact.label)).unwrap_or_default();
    Item { id: fact.clone(), title, lines: lines.done(), ..Item::default() }
}

pub(crate) fn mean(mean: &Mean) -> Item {
    let said = [("months", same(&mean.months.to_string())), ("total", points(mean.total))];
    let lines = Lines::default()
        .sentence("method", "mean", &said)
        .when(mean.leave_left_out, "method", "leave-left-out")
        .sentence("method", "mean-printed", &[("step", points(mean.printed_step))])
        .cited(&mean.citation);
    Item { id: mean.id.clone(), title: Words::from(&mean.title), lines: lines.done(), ..Item::default() }
}
