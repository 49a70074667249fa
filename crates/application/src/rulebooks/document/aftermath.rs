//! Parts that say what follows after several periods, which days a quarter has, and what is only told.

use rules::Book;
use rules::book::{ConsequenceRule, HistoryCount, PromptGround, Provision, QuarterDay, QuarterStep, Span};

use super::{Item, Lines, Part, about, levels, part, same};
use crate::judge::Words;

pub(super) fn parts(book: &Book) -> Vec<Part> {
    vec![
        part("quarter-steps", &book.quarter_steps, quarter_step),
        part("consequences", &book.consequence_rules, |rule| consequence(book, rule)),
        part("history-counts", &book.history_counts, |count| history_count(book, count)),
        part("prompt-grounds", &book.prompt_grounds, |ground| prompt_ground(book, ground)),
        part("provisions", &book.provisions, provision),
    ]
}

pub(crate) fn quarter_step(step: &QuarterStep) -> Item {
    let (key, number) = match step.due {
        QuarterDay::DayOfLastMonth(day) => ("due-in-last-month", day),
        QuarterDay::WorkingDaysFromStart(days) => ("due-from-start", days),
    };
    let due = [("days", same(&number.to_string()))];
    let lines = Lines::default().sentence("due", key, &due).cited(&step.citation);
    Item { id: step.id.clone(), title: Words::from(&step.title), lines: lines.done(), ..Item::default() }
}

pub(crate) fn consequence(book: &Book, rule: &ConsequenceRule) -> Item {
    let key = match rule.span {
        Span::Year if rule.running == 1 => "in-the-year",
        Span::Year => "running-years",
        Span::Quarter => "running-quarters",
    };
    let row = [("running", same(&rule.running.to_string())), ("levels", levels(book, &[rule.level]))];
    let lines = Lines::default().sentence("when", key, &row).when(rule.within_year, "when", "within-year");
    let asked = rule.not_rated_setting.as_ref().and_then(|name| book.setting(name));
    let lines = lines.words("reading", &asked.map(|setting| setting.title.clone()).unwrap_or_default());
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

/// A fact that nobody states: it is counted out of the quarters of the year.
pub(crate) fn history_count(book: &Book, count: &HistoryCount) -> Item {
    let key = if count.longest_row { "count-longest-row" } else { "count-number" };
    let of = [("levels", levels(book, &[count.level])), ("quarters", same(&count.quarters.to_string()))];
    let title = book.fact(&count.fact).map(|fact| Words::from(&fact.label)).unwrap_or_default();
    Item {
        id: count.fact.clone(),
        title,
        lines: Lines::default().sentence("method", key, &of).cited(&count.citation).done(),
        ..Item::default()
    }
}

fn prompt_ground(book: &Book, ground: &PromptGround) -> Item {
    let facts = ground.facts.iter().filter_map(|name| book.fact(name)).map(|fact| fact.label.clone());
    let lines = facts.fold(Lines::default(), |lines, fact| lines.words("when", &fact));
    let title = Words::from(&ground.title);
    Item { id: ground.id.clone(), title, lines: lines.cited(&ground.citation).done(), ..Item::default() }
}

pub(crate) fn provision(provision: &Provision) -> Item {
    let lines = Lines::default()
        .sentence("topic", &format!("topic-{}", provision.topic), &[])
        .words("message", &provision.message)
        .cited(&provision.citation);
    Item { id: provision.id.clone(), lines: lines.done(), ..Item::default() }
}
