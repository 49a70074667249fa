//! `guong rulebook diff`: what changed from one book to the next, for a lawyer.

use application::rulebooks::{Carried, Change, Item, ItemChange, LineChange, PartChange, Said, Side, compare};

use super::{Format, put, put_json, show, volume, words};
use crate::cli::{Desk, Done, FINE};
use crate::locale::Translator;

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "OLD")]
    old: String,
    #[arg(value_name = "NEW")]
    new: String,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Compares them.
///
/// # Errors
/// When one of them cannot be read.
pub(super) fn run(desk: &Desk, carried: &Carried, options: &Options) -> Done {
    let old = volume(desk, carried, &options.old)?;
    let new = volume(desk, carried, &options.new)?;
    let change = compare(&old, &new);
    match options.format {
        Format::Text => put(&text(&change, desk.t)),
        Format::Json => put_json(&change)?,
    }
    Ok(FINE)
}

fn text(change: &Change, t: Translator) -> String {
    let side = |side: &Side| {
        format!("{} – {} ({})", side.id, side.title.get(t.locale().tag()), words::spans(&side.periods, t))
    };
    let mut text = format!("{}\n", t.one("rulebook-diff-old", "book", side(&change.old)));
    text.push_str(&format!("{}\n", t.one("rulebook-diff-new", "book", side(&change.new))));
    if change.parts.is_empty() {
        text.push_str(&format!("\n{}\n", t.get("rulebook-diff-same")));
    }
    change.parts.iter().for_each(|part| text.push_str(&of_part(part, t)));
    text
}

fn of_part(part: &PartChange, t: Translator) -> String {
    let counts = [("added", part.added.len()), ("removed", part.removed.len()), ("changed", part.changed.len())];
    let counts = counts.map(|(name, count)| (name.to_owned(), count.to_string()));
    let mut text = format!("\n## {} ({})\n", words::part(&part.part, t), t.with("rulebook-diff-counts", &counts));
    for (key, items) in [("rulebook-diff-added", &part.added), ("rulebook-diff-removed", &part.removed)] {
        text.extend(items.iter().map(|item| whole(key, item, t)));
    }
    text.extend(part.changed.iter().map(|item| of_item(item, t)));
    text
}

/// An item that stands in one of the books only.
fn whole(key: &str, item: &Item, t: Translator) -> String {
    let about: Vec<&str> = item.about.iter().map(|subject| subject.get(t.locale().tag())).collect();
    let mut text = format!("\n{}\n", t.one(key, "name", words::head(item, t)));
    if !about.is_empty() {
        text.push_str(&format!("  {}: {}\n", words::aspect("about", t), about.join("; ")));
    }
    text + &show::lines(&item.lines, t)
}

fn of_item(item: &ItemChange, t: Translator) -> String {
    let name = words::named(&item.id, &item.code, item.title.get(t.locale().tag()));
    let lines: String = item.lines.iter().map(|line| of_line(line, t)).collect();
    format!("\n{}\n{lines}", t.one("rulebook-diff-changed", "name", name))
}

fn of_line(line: &LineChange, t: Translator) -> String {
    let side = |said: &[Said]| {
        let told: Vec<String> = said.iter().map(|one| words::said(one, t)).collect();
        if told.is_empty() { t.get("rulebook-diff-nothing") } else { told.join("; ") }
    };
    let mut text = format!("  {}:\n", words::aspect(&line.aspect, t));
    text.push_str(&format!("    {}\n", t.one("rulebook-diff-was", "said", side(&line.old))));
    text.push_str(&format!("    → {}\n", t.one("rulebook-diff-is", "said", side(&line.new))));
    text
}
