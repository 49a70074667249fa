//! What the books and the checks say, in lines for a terminal.

use application::rulebooks::{Fault, Item, Span};
use chrono::NaiveDate;
use domain::Refusal;

use crate::locale::Translator;
pub(super) use crate::said::{aspect, said};

/// `rules.toml, dòng 7: [BOOK-054] … Cách sửa: …`
pub(super) fn fault(fault: &Fault, t: Translator) -> String {
    let place = if fault.line == 0 {
        fault.file.clone()
    } else {
        t.two("rulebook-place", "file", &fault.file, "line", fault.line)
    };
    let args =
        [("place", place), ("code", fault.code.clone()), ("what", fault.what.clone()), ("mend", fault.mend.clone())];
    t.with("rulebook-fault", &args.map(|(name, value)| (name.to_owned(), value)))
}

/// What is wrong and what to do.
pub(super) fn refusal(refusal: &Refusal, t: Translator) -> String {
    let told = t.refusal(refusal);
    format!("{} {} [{}]", told.what, told.remedy, told.code)
}

/// A day as on the papers; anything else as it is.
pub(super) fn day(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), |day| day.format("%d/%m/%Y").to_string())
}

/// `01/01/2019–31/12/2022`, `từ 01/01/2025`.
pub(super) fn spans(spans: &[Span], t: Translator) -> String {
    let span = |span: &Span| match &span.until {
        Some(until) => format!("{}–{}", day(&span.from), day(until)),
        None => t.one("rulebook-since", "from", day(&span.from)),
    };
    spans.iter().map(span).collect::<Vec<_>>().join("; ")
}

/// `RULE-204 org-excellent-subordinates – …`
pub(super) fn head(item: &Item, t: Translator) -> String {
    named(&item.id, &item.code, item.title.get(t.locale().tag()))
}

pub(super) fn named(id: &str, code: &str, title: &str) -> String {
    let parts = [code, title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    if parts.is_empty() { id.to_owned() } else { format!("{parts} [{id}]") }
}

/// The heading of a part.
pub(super) fn part(name: &str, t: Translator) -> String {
    t.get(&format!("rulebook-part-{name}"))
}
