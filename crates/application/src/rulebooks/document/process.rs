//! Parts that say who does what, when and with which majority.

use chrono::NaiveDate;
use rules::book::{
    Authority, Form, Majority, OrderStep, Precedence, Procedure, QuotaRule, RelativeDay, Remediation, ReplyLimit, Step,
    Tier,
};
use rules::{Book, Language, Rational, Text};

use super::{Item, Lines, Part, about, levels, part, same};
use crate::judge::Words;
use crate::rulebooks::day;

/// What an item of a plan must name, as the program knows it.
const NEEDS: [&str; 4] = ["measure", "owner", "monitor", "deadline"];

pub(super) fn parts(book: &Book, period: Option<NaiveDate>) -> Vec<Part> {
    vec![
        part("quotas", &book.quotas, |quota| self::quota(book, quota)),
        part("order", &book.order, precedence),
        part("sequence", &book.sequence, sequence),
        part("majorities", &book.majorities, majority),
        part("procedures", &book.procedures, |procedure| self::procedure(book, procedure)),
        part("authority", &book.authority, |authority| self::authority(book, authority)),
        part("steps", &book.steps, |step| self::step(step, period)),
        part("reply-limits", &book.reply_limits, reply_limit),
        part("remediation", &book.remediation, |remediation| self::remediation(book, remediation, period)),
        part("forms", &book.forms, |form| self::form(book, form)),
    ]
}

/// A share of the law in both languages: `20 %`, `2/3`.
fn share(share: Rational) -> Words {
    Words::from(&Text::build(|language: Language| language.limit(share)))
}

fn quota(book: &Book, quota: &QuotaRule) -> Item {
    let setting = |name: &str| book.setting(name).map(|setting| setting.title.clone()).unwrap_or_default();
    let of = [
        ("rate", share(quota.rate)),
        ("level", levels(book, &[quota.level])),
        ("of", levels(book, &[quota.of])),
        ("scope", Words::from(&quota.scope_title)),
    ];
    let mut lines = Lines::default().sentence("share", "quota", &of);
    if let Some(higher) = quota.rate_with_grounds {
        lines = lines.sentence("share-with-grounds", "quota-with-grounds", &[("rate", share(higher))]);
    }
    let lines = lines
        .words("reading", &setting(&quota.denominator_setting))
        .words("reading", &setting(&quota.rounding_setting))
        .words("message", &quota.message)
        .cited(&quota.citation);
    Item {
        id: quota.id.clone(),
        code: quota.code.clone(),
        title: Words::default(),
        about: about(book, [&quota.subject]),
        lines: lines.done(),
    }
}

fn precedence(order: &Precedence) -> Item {
    let strict = if order.strict { "strict" } else { "lenient" };
    let lines =
        Lines::default().words("message", &order.message).sentence("strict", strict, &[]).cited(&order.citation);
    Item { id: order.id.clone(), code: order.code.clone(), lines: lines.done(), ..Item::default() }
}

fn sequence(step: &OrderStep) -> Item {
    Item {
        id: format!("{}-{}", step.sequence, step.place),
        title: Words::from(&step.title),
        lines: Lines::default().plain("place", step.place.to_string()).cited(&step.citation).done(),
        ..Item::default()
    }
}

fn majority(majority: &Majority) -> Item {
    let key = format!("majority-{}", majority.of.replace('_', "-"));
    let more = if majority.more_than { "more-than" } else { "at-least" };
    let lines = Lines::default()
        .sentence("share", more, &[("share", share(majority.share))])
        .sentence("of", &key, &[])
        .cited(&majority.citation);
    Item { id: majority.id.clone(), title: Words::from(&majority.title), lines: lines.done(), ..Item::default() }
}

fn procedure(book: &Book, procedure: &Procedure) -> Item {
    let boxes = |language: Language| {
        let named = |id: &String| book.level(id).map(|level| level.title.get(language).to_owned());
        procedure.ballot.iter().filter_map(named).collect::<Vec<_>>().join("; ")
    };
    let majority = book.majority(&procedure.majority).map(|majority| majority.title.clone()).unwrap_or_default();
    let has_box_for_none = procedure.ballot.iter().any(|id| book.level(id).is_none());
    let lines = Lines::default()
        .words("assesses", &procedure.assesses)
        .words("takes-part", &procedure.takes_part)
        .words("verifies", &procedure.verifies)
        .words("proposes", &procedure.proposes)
        .words("decides", &procedure.decides)
        .words("ballot", &Text::build(boxes))
        .when(has_box_for_none, "ballot", "ballot-not-rated")
        .words("majority", &majority)
        .sentence("secret", if procedure.secret { "secret-by-text" } else { "secret-by-meeting" }, &[])
        .cited(&procedure.citation);
    let title = book.subject(&procedure.subject).map(|subject| Words::from(&subject.title)).unwrap_or_default();
    Item { id: procedure.subject.clone(), title, lines: lines.done(), ..Item::default() }
}

fn authority(book: &Book, authority: &Authority) -> Item {
    let decides = match authority.decides {
        Tier::Base => "authority-base",
        Tier::Superior => "authority-superior",
    };
    let lines = Lines::default()
        .plain("of", authority.of.join(", "))
        .sentence("decides", decides, &[])
        .cited(&authority.citation);
    Item { id: authority.id.clone(), about: about(book, [&authority.subject]), lines: lines.done(), ..Item::default() }
}

/// A day of the round: the day itself when the period is known, otherwise in words.
fn due(lines: Lines, due: RelativeDay, period: Option<NaiveDate>) -> Lines {
    if let Some(date) = period.and_then(|period| due.in_period(period)) {
        return lines.plain("due", day(date));
    }
    let date = same(&format!("{:02}/{:02}", due.day, due.month));
    match due.year {
        0 => lines.sentence("due", "due-same-year", &[("day", date)]),
        1 => lines.sentence("due", "due-next-year", &[("day", date)]),
        -1 => lines.sentence("due", "due-year-before", &[("day", date)]),
        years => lines.sentence("due", "due-years-after", &[("day", date), ("years", same(&years.to_string()))]),
    }
}

fn step(step: &Step, period: Option<NaiveDate>) -> Item {
    let fixed = if step.fixed { "day-fixed" } else { "day-proposed" };
    let lines = due(Lines::default(), step.due, period).sentence("fixed", fixed, &[]).cited(&step.citation);
    Item { id: step.id.clone(), title: Words::from(&step.title), lines: lines.done(), ..Item::default() }
}

fn reply_limit(limit: &ReplyLimit) -> Item {
    let days = [("days", same(&limit.working_days.to_string()))];
    let lines = Lines::default().sentence("limit", "working-days", &days).cited(&limit.citation);
    Item { id: limit.id.clone(), title: Words::from(&limit.title), lines: lines.done(), ..Item::default() }
}

fn remediation(book: &Book, item: &Remediation, period: Option<NaiveDate>) -> Item {
    let mut lines = Lines::default().words("message", &item.message);
    if !item.levels.is_empty() {
        lines = lines.sentence("called-for", "after-levels", &[("levels", levels(book, &item.levels))]);
    }
    lines = lines.when(item.on_shortcoming, "called-for", "after-shortcoming");
    for need in &item.item_needs {
        lines = match NEEDS.iter().find(|known| *known == need) {
            Some(known) => lines.sentence("needs", &format!("need-{known}"), &[]),
            None => lines.plain("needs", need),
        };
    }
    let lines = due(lines, item.due, period).cited(&item.citation);
    Item { id: item.id.clone(), lines: lines.done(), ..Item::default() }
}

fn form(book: &Book, form: &Form) -> Item {
    let subject = [&form.subject].into_iter().filter(|subject| !subject.is_empty());
    let lines = Lines::default().plain("version", &form.version).cited(&form.citation);
    Item {
        id: form.meaning.clone(),
        code: form.number.clone(),
        title: Words::from(&form.title),
        about: about(book, subject),
        lines: lines.done(),
    }
}
