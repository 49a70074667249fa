//! Parts that say how points are reckoned, what follows after several periods, and what is only told.

use rules::Book;
use rules::book::points::{ComponentSet, PointGroup, ProductKind, ProductRules};
use rules::book::{ConsequenceRule, Mean, PointFrame, Provision, QuarterDay, QuarterStep, ResultsMethod, Span};
use rules::{Language, Rational, Text};

use super::{Item, Lines, Part, about, levels, part, same};
use crate::judge::Words;

pub(super) fn parts(book: &Book) -> Vec<Part> {
    vec![
        part("point-frames", &book.points.frames, |one| frame(book, one)),
        part("components", &book.points.component_sets, component_set),
        part("means", &book.points.means, mean),
        part("quarter-steps", &book.quarter_steps, quarter_step),
        part("consequences", &book.consequence_rules, |rule| consequence(book, rule)),
        part("provisions", &book.provisions, provision),
    ]
}

/// A number of points in both languages: `92,5`.
fn points(number: Rational) -> Words {
    Words::from(&Text::build(
        |language: Language| {
            if number.is_whole() { number.to_string() } else { language.decimal(number, 2) }
        },
    ))
}

/// `Tên: 10`.
fn with_points(title: &Text, number: Rational) -> Text {
    let points = points(number);
    Text { vi: format!("{}: {}", title.vi, points.vi), en: format!("{}: {}", title.en, points.en) }
}

fn frame(book: &Book, frame: &PointFrame) -> Item {
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
    let lines = method(lines, &frame.method);
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

fn method(mut lines: Lines, method: &ResultsMethod) -> Lines {
    match method {
        ResultsMethod::Products(rules) => products(lines, rules),
        ResultsMethod::Shares(rules) => {
            lines = lines.sentence("method", "method-shares", &[]);
            rules.shares.iter().fold(lines, |lines, share| lines.words("part-of-results", &share.title))
        }
        ResultsMethod::Parts(parts) => {
            lines = lines.sentence("method", "method-parts", &[]);
            parts.iter().fold(lines, |lines, one| lines.words("part-of-results", &with_points(&one.title, one.points)))
        }
    }
}

fn products(lines: Lines, rules: &ProductRules) -> Lines {
    let counts = [("fewest", same(&rules.fewest.to_string())), ("most", same(&rules.most.to_string()))];
    let lines = lines.sentence("method", "method-products", &counts);
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

fn component_set(set: &ComponentSet) -> Item {
    let lines = set
        .components
        .iter()
        .fold(Lines::default(), |lines, one| lines.words("weight", &with_points(&one.title, one.weight)));
    Item {
        id: set.id.clone(),
        title: Words::from(&set.title),
        lines: lines.cited(&set.citation).done(),
        ..Item::default()
    }
}

fn mean(mean: &Mean) -> Item {
    let said = [("months", same(&mean.months.to_string())), ("total", points(mean.total))];
    let lines = Lines::default()
        .sentence("method", "mean", &said)
        .when(mean.leave_left_out, "method", "leave-left-out")
        .cited(&mean.citation);
    Item { id: mean.id.clone(), title: Words::from(&mean.title), lines: lines.done(), ..Item::default() }
}

fn quarter_step(step: &QuarterStep) -> Item {
    let (key, number) = match step.due {
        QuarterDay::DayOfLastMonth(day) => ("due-in-last-month", day),
        QuarterDay::WorkingDaysFromStart(days) => ("due-from-start", days),
    };
    let due = [("days", same(&number.to_string()))];
    let lines = Lines::default().sentence("due", key, &due).cited(&step.citation);
    Item { id: step.id.clone(), title: Words::from(&step.title), lines: lines.done(), ..Item::default() }
}

fn consequence(book: &Book, rule: &ConsequenceRule) -> Item {
    let key = match rule.span {
        Span::Year => "running-years",
        Span::Quarter => "running-quarters",
    };
    let row = [("running", same(&rule.running.to_string())), ("levels", levels(book, &[rule.level]))];
    let lines = Lines::default().sentence("when", key, &row).when(rule.within_year, "when", "within-year");
    let lines = match rule.months {
        Some(months) => lines.sentence("limit", "months", &[("months", same(&months.to_string()))]),
        None => lines,
    };
    Item {
        id: rule.id.clone(),
        code: rule.code.clone(),
        about: about(book, &rule.subjects),
        lines: lines.words("message", &rule.message).cited(&rule.citation).done(),
        ..Item::default()
    }
}

fn provision(provision: &Provision) -> Item {
    let lines = Lines::default()
        .plain("topic", &provision.topic)
        .words("message", &provision.message)
        .cited(&provision.citation);
    Item { id: provision.id.clone(), lines: lines.done(), ..Item::default() }
}
