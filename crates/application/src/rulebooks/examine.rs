//! Kiểm tra một bộ: what is wrong with its files, its situations, its place in the calendar; and what a lawyer should know.

use rules::book::Surety;
use rules::check::check;
use rules::{Book, book::Rule};
use serde::Serialize;

use super::{Carried, Fault, Files, Summary, Volume, faults};
use crate::judge::Words;

/// Kết quả kiểm tra một bộ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Examined {
    /// Folder or id that was asked for.
    pub name: String,
    /// The book; none when it cannot be read.
    pub book: Option<Summary>,
    /// Numbers of the acceptance scenarios its situations stand for.
    pub scenarios: Vec<i64>,
    /// What is wrong with the files.
    pub flaws: Vec<Fault>,
    /// Situations that came out otherwise than expected.
    pub failures: Vec<Fault>,
    /// Rules that no situation fires, or that fire in every one.
    pub unexercised: Vec<Fault>,
    /// Days of the matter without a book or with two.
    pub coverage: Vec<Fault>,
    /// Id of the book, when the folder bears another name.
    pub other_name: Option<String>,
    /// Rules that name a source but no article of it. Told, not refused.
    pub without_article: Vec<Noted>,
    /// Rules that are only a reading of the texts. Told, not refused.
    pub readings: Vec<Noted>,
}

/// Quy tắc cần người có trách nhiệm xem lại.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// Id of the rule.
    pub rule: String,
    /// Code shown to people.
    pub code: String,
    /// What it says.
    pub message: Words,
    /// File inside the folder.
    pub file: String,
    /// Line from 1.
    pub line: usize,
}

impl Examined {
    /// Whether the book may be used and sealed.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.book.is_some() && self.wrong() == 0
    }

    /// How many things must be mended.
    #[must_use]
    pub fn wrong(&self) -> usize {
        let lists = [&self.flaws, &self.failures, &self.unexercised, &self.coverage];
        lists.into_iter().map(Vec::len).sum::<usize>() + usize::from(self.other_name.is_some())
    }
}

/// Checks books beside those the program carries; a book takes the place of the carried one with the same id.
#[must_use]
pub fn examine(books: &[(String, Files)], carried: &Carried) -> Vec<Examined> {
    let read: Vec<(&String, Result<Volume, Vec<Fault>>)> =
        books.iter().map(|(name, files)| (name, Volume::read(files.clone()))).collect();
    let sound: Vec<&Book> = read.iter().filter_map(|(_, volume)| Some(&volume.as_ref().ok()?.book)).collect();
    let examined = read.iter().map(|(name, volume)| match volume {
        Err(flaws) => Examined { flaws: flaws.clone(), ..blank(name) },
        Ok(volume) => of_volume(name, volume, &sound, carried),
    });
    examined.collect()
}

fn blank(name: &str) -> Examined {
    Examined {
        name: name.to_owned(),
        book: None,
        scenarios: Vec::new(),
        flaws: Vec::new(),
        failures: Vec::new(),
        unexercised: Vec::new(),
        coverage: Vec::new(),
        other_name: None,
        without_article: Vec::new(),
        readings: Vec::new(),
    }
}

fn of_volume(name: &str, volume: &Volume, beside: &[&Book], carried: &Carried) -> Examined {
    let book = &volume.book;
    let report = check(book);
    let noted = |wanted: fn(&Rule) -> bool| book.rules.iter().filter(|rule| wanted(rule)).map(noted_of).collect();
    let folder = name.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(name);
    let bears_its_id = folder == book.id || folder.is_empty() || folder == "." || folder == "..";
    Examined {
        book: Some(volume.summary()),
        scenarios: report.scenarios.iter().copied().collect(),
        failures: faults(report.failures),
        unexercised: faults(report.unexercised),
        coverage: faults(carried.shelf(beside, &book.matter).coverage()),
        other_name: (!bears_its_id).then(|| book.id.clone()),
        without_article: noted(|rule| rule.citation.article.vi.is_empty()),
        readings: noted(|rule| rule.citation.surety == Surety::Reading),
        ..blank(name)
    }
}

fn noted_of(rule: &Rule) -> Noted {
    Noted {
        rule: rule.id.clone(),
        code: rule.code.clone(),
        message: Words::from(&rule.message.written()),
        file: rule.place.0.clone(),
        line: rule.place.1,
    }
}
