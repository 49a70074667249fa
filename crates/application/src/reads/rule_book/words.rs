//! Messages of a book as they stand before any figures are known: each place for a figure names the fact it takes.

use rules::book::Template;
use rules::{Book, Language};

use crate::judge::Words;

/// The message with `[label of the fact]` where a figure will stand.
pub(super) fn message(book: &Book, template: &Template) -> Words {
    let written = template.written();
    Words { vi: filled(book, &written.vi, Language::Vietnamese), en: filled(book, &written.en, Language::English) }
}

fn filled(book: &Book, text: &str, language: Language) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        shown.push_str(words);
        shown.push('[');
        shown.push_str(&named(book, place, language));
        shown.push(']');
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// An expression with the labels of facts and settings in the place of their names.
fn named(book: &Book, expression: &str, language: Language) -> String {
    let mut shown = String::new();
    let mut rest = expression.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !is_of_a_name(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let setting = word.strip_prefix("settings.").and_then(|name| book.setting(name));
        match (book.fact(word), setting) {
            (Some(fact), _) => shown.push_str(fact.label.get(language)),
            (None, Some(setting)) => shown.push_str(setting.title.get(language)),
            (None, None) => shown.push_str(word),
        }
        let between = after.find(is_of_a_name).unwrap_or(after.len());
        shown.push_str(&after[..between]);
        rest = &after[between..];
    }
    shown
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.'
}
