//! `guong rulebook show`: a book as a document that can be read from beginning to end.

use application::judge::Words;
use application::rulebooks::{Carried, Document, Item, Line, Part, Said};

use super::{Format, asked, period, put, put_json, unreadable, words};
use crate::cli::{Desk, Done, FINE};
use crate::locale::Translator;

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "BOOK")]
    book: Option<String>,
    #[arg(long, value_name = "ID|CODE")]
    rule: Option<String>,
    #[arg(long, value_name = "2022|2025-Q3|2022-12-31")]
    period: Option<String>,
    #[arg(long, default_value = "party")]
    matter: String,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Shows it.
///
/// # Errors
/// When there is no such book or no such rule.
pub(super) fn run(desk: &Desk, carried: &Carried, options: &Options) -> Done {
    let period = period(desk, options.period.as_deref())?;
    let volume = asked(desk, carried, options.book.as_deref(), period, &options.matter)?;
    let document = match &options.rule {
        Some(rule) => volume.one_rule(rule).map_err(|refusal| unreadable(desk.t, &refusal))?,
        None => volume.document(period),
    };
    match options.format {
        Format::Text => put(&text(&document, desk.t)),
        Format::Json => put_json(&document)?,
    }
    Ok(FINE)
}

fn text(document: &Document, t: Translator) -> String {
    let sealed = t.get(if document.sealed { "rulebook-sealed" } else { "rulebook-unsealed" });
    let head = t.two("rulebook-show-digest", "sealed", sealed, "digest", &document.digest);
    let parts: String = document.parts.iter().map(|part| of_part(part, t)).collect();
    format!("# {}\n\n{} · {head}\n{parts}", document.title.get(t.locale().tag()), document.id)
}

fn of_part(part: &Part, t: Translator) -> String {
    let mut text = format!("\n## {}\n", words::part(&part.part, t));
    let mut about = String::new();
    for item in &part.items {
        let now = subjects(item, t);
        if now != about {
            text.push_str(&format!(
                "\n### {}\n",
                if now.is_empty() { t.get("rulebook-about-all") } else { now.clone() }
            ));
            about = now;
        }
        text.push_str(&of_item(item, part.part == "front", t));
    }
    text
}

fn subjects(item: &Item, t: Translator) -> String {
    let names: Vec<&str> = item.about.iter().map(|subject| subject.get(t.locale().tag())).collect();
    names.join("; ")
}

fn of_item(item: &Item, is_front: bool, t: Translator) -> String {
    let head = if is_front { String::new() } else { format!("{}\n", words::head(item, t)) };
    format!("\n{head}{}", lines(&item.lines, t))
}

/// Lines of one aspect after another; how surely a source is known stands behind the source.
pub(super) fn lines(lines: &[Line], t: Translator) -> String {
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| lines.get(before)).map(|line| line.aspect.as_str());
        let told = words::said(&line.said, t);
        let label = words::aspect(&line.aspect, t);
        if line.aspect == "surety" && before == Some("cite") {
            text.truncate(text.trim_end_matches('\n').len());
            text.push_str(&format!(" ({}: {told})\n", label.to_lowercase()));
            continue;
        }
        match &line.said {
            Said::Condition { all, written } => text.push_str(&condition(&label, all, written, t)),
            _ => text.push_str(&format!("  {label}: {told}\n")),
        }
    }
    text
}

/// Conditions that must all hold stand below each other.
fn condition(label: &str, all: &[Words], written: &str, t: Translator) -> String {
    let language = t.locale().tag();
    let told = match all {
        [one] => format!("  {label}: {}\n", one.get(language)),
        several => {
            let each: String = several.iter().map(|one| format!("    – {}\n", one.get(language))).collect();
            format!("  {label}, {}:\n{each}", t.get("rulebook-all-of"))
        }
    };
    format!("{told}    {}: {written}\n", t.get("rulebook-written"))
}
