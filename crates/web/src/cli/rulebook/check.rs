//! `guong rulebook check`: everything that is wrong with a book, and what a lawyer should know of it.

use application::rulebooks::{Carried, Examined, Fault, Files, Noted, examine};
use serde::Serialize;

use super::{Format, files, put, put_json, words};
use crate::cli::{Desk, Done, FINE, Stop, WRONG};
use crate::locale::Translator;

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "FOLDER|BOOK")]
    books: Vec<String>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Checks: 0 nothing must be mended, 1 something must, 2 a folder cannot be read.
///
/// # Errors
/// When a folder cannot be opened.
pub(super) fn run(desk: &Desk, carried: &Carried, options: &Options) -> Done {
    let all = || carried.ids().map(str::to_owned).collect();
    let names: Vec<String> = if options.books.is_empty() { all() } else { options.books.clone() };
    let examined = examine(&gathered(desk, carried, &names)?, carried);
    match options.format {
        Format::Text => put(&examined.iter().map(|one| text(one, desk.t)).collect::<Vec<_>>().join("\n")),
        Format::Json => {
            let rule_books = examined.iter().map(|examined| Judged { clean: examined.is_clean(), examined }).collect();
            put_json(&Report { rule_books })?;
        }
    }
    Ok(if examined.iter().all(Examined::is_clean) { FINE } else { WRONG })
}

/// The files of each book that was named.
pub(super) fn gathered(desk: &Desk, carried: &Carried, names: &[String]) -> Result<Vec<(String, Files)>, Stop> {
    names.iter().map(|name| Ok((name.clone(), files(desk, carried, name)?))).collect()
}

/// The report as programs read it.
#[derive(Serialize)]
struct Report<'a> {
    rule_books: Vec<Judged<'a>>,
}

#[derive(Serialize)]
struct Judged<'a> {
    #[serde(flatten)]
    examined: &'a Examined,
    clean: bool,
}

pub(super) fn text(examined: &Examined, t: Translator) -> String {
    let mut text = match &examined.book {
        Some(book) => format!("{}: {}\n", examined.name, book.title.get(t.locale().tag())),
        None => format!("{}\n", t.one("rulebook-broken", "book", &examined.name)),
    };
    let groups: [&[Fault]; 4] = [&examined.flaws, &examined.failures, &examined.unexercised, &examined.coverage];
    for fault in groups.into_iter().flatten() {
        text.push_str(&format!("  ✗ {}\n", words::fault(fault, t)));
    }
    if let Some(id) = &examined.other_name {
        text.push_str(&format!("  ✗ {}\n", t.one("rulebook-other-name", "book", id)));
    }
    if let Some(book) = &examined.book {
        let counts = [("rules", book.rules), ("cases", book.cases), ("scenarios", examined.scenarios.len())];
        let counts = counts.map(|(name, count)| (name.to_owned(), count.to_string()));
        text.push_str(&format!("  {}\n", t.with("rulebook-check-counts", &counts)));
        text.push_str(&noted("rulebook-check-without-article", &examined.without_article, t));
        text.push_str(&noted("rulebook-check-readings", &examined.readings, t));
    }
    let verdict = match examined.wrong() {
        0 => format!("✓ {}", t.get("rulebook-check-fine")),
        wrong => format!("✗ {}", t.one("rulebook-check-wrong", "count", wrong)),
    };
    text.push_str(&format!("  {verdict}\n"));
    text
}

fn noted(key: &str, rules: &[Noted], t: Translator) -> String {
    if rules.is_empty() {
        return String::new();
    }
    let line = |rule: &Noted| {
        let place = t.two("rulebook-place", "file", &rule.file, "line", rule.line);
        format!("    {place}: {} {} – {}\n", rule.code, rule.rule, rule.message.get(t.locale().tag()))
    };
    format!("  {}\n{}", t.one(key, "count", rules.len()), rules.iter().map(line).collect::<String>())
}
