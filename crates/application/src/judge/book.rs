//! Sách quy định của một đợt: the book a campaign is pinned to, its scales, calendar and the choices it leaves.

use std::collections::BTreeMap;

use domain::subject::Subject;
use domain::{Day, Refusal};
use rules::book::{Setting, Step};
use rules::{Book, Kind, Settings};
use store::campaign::CampaignRow;

use super::words::{Words, cite, yes_or_no};
use crate::app::App;
use crate::error::{Error, Result};
use crate::library::MEMBER;
use crate::reads::campaign::SettingOffer;

/// The book a campaign was opened under; it judges the campaign for ever.
pub(crate) fn book_of<'a>(app: &'a App, campaign: &CampaignRow) -> Result<&'a Book> {
    let book = app
        .library
        .book(&campaign.rule_book_id)
        .ok_or_else(|| Error::Fault(format!("no rule book {}", campaign.rule_book_id)))?;
    if book.sealed && book.seal != campaign.rule_book_seal {
        return Err(Error::Fault(format!("rule book {} is not the one the campaign was opened under", book.id)));
    }
    Ok(book)
}

/// Ids of the levels of a book, best first.
pub(crate) fn levels(book: &Book) -> Vec<String> {
    book.levels.iter().map(|level| level.id.clone()).collect()
}

/// Ids of the grades of a book, best first.
pub(crate) fn grades(book: &Book) -> Vec<String> {
    book.grades.iter().map(|grade| grade.id.clone()).collect()
}

/// Boxes of the ballot on members.
pub(crate) fn ballot_choices(book: &Book) -> Vec<String> {
    book.procedure(MEMBER).map_or_else(|| levels(book), |procedure| procedure.ballot.clone())
}

/// Share of the membership that more than which must be in favour of a list on this kind of subject, as numerator and
/// denominator.
pub(crate) fn majority_on(book: &Book, subject: Subject) -> (u32, u32) {
    let procedure = book.procedure(subject.word()).or_else(|| book.procedure(MEMBER));
    let share = procedure.and_then(|procedure| book.majority(&procedure.majority)).map(|majority| majority.share);
    let parts = share
        .and_then(|share| Some((u32::try_from(share.numerator()).ok()?, u32::try_from(share.denominator()).ok()?)));
    parts.unwrap_or((1, 2))
}

/// The same for members.
pub(crate) fn majority(book: &Book) -> (u32, u32) {
    majority_on(book, Subject::Member)
}

/// Source of the majority's rule.
pub(crate) fn majority_citation(book: &Book) -> String {
    let majority = book.procedure(MEMBER).and_then(|procedure| book.majority(&procedure.majority));
    majority.map_or_else(String::new, |majority| cite(&majority.citation))
}

/// The choices of a campaign: what was asked for, and the book's default for the rest. Stored as text.
pub(crate) fn pin_settings(book: &Book, asked: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let mut pinned: BTreeMap<String, String> =
        book.default_settings().iter().map(|(name, value)| (name.clone(), value.write())).collect();
    for (name, text) in asked.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let wrong = || Refusal::new("CAMPAIGN-007").with("setting", name).at(&format!("setting-{name}"));
        let value = book.read_setting(name, text).ok_or_else(wrong)?;
        pinned.insert(name.clone(), value.write());
    }
    Ok(pinned)
}

/// The pinned choices as values.
pub(crate) fn settings_of(book: &Book, stored: &str) -> Result<Settings> {
    let pinned: BTreeMap<String, String> = serde_json::from_str(stored)?;
    Ok(pinned.iter().filter_map(|(name, text)| Some((name.clone(), book.read_setting(name, text)?))).collect())
}

/// The pinned choices in words: question and answer.
pub(crate) fn settings_shown(book: &Book, pinned: &BTreeMap<String, String>) -> Vec<(Words, String)> {
    let answer = |name: &str, value: &str| {
        let offers = settings_offered(book);
        let known = offers.iter().find(|offer| offer.name == name);
        let label = known.and_then(|offer| offer.choices.iter().find(|(choice, _)| choice == value));
        label.map_or_else(|| value.to_owned(), |(_, words)| words.vi.clone())
    };
    let titled = |name: &str| book.setting(name).map(|setting| Words::from(&setting.title));
    pinned.iter().filter_map(|(name, value)| Some((titled(name)?, answer(name, value)))).collect()
}

/// The choices a book leaves.
pub(crate) fn settings_offered(book: &Book) -> Vec<SettingOffer> {
    let choices = |setting: &Setting| match &setting.kind {
        Kind::Choice(ids) => ids.iter().cloned().zip(setting.choices.iter().map(Words::from)).collect(),
        Kind::Boolean => vec![("true".to_owned(), yes_or_no(true)), ("false".to_owned(), yes_or_no(false))],
        _ => Vec::new(),
    };
    book.settings
        .iter()
        .map(|setting| SettingOffer {
            name: setting.name.clone(),
            title: Words::from(&setting.title),
            choices: choices(setting),
            default: setting.default.write(),
            citation: super::words::cited_in_both(&setting.citation),
        })
        .collect()
}

/// The book's calendar for a period: step and usual last day, in order of the days.
pub(crate) fn usual_calendar(book: &Book, period_to: Day) -> Vec<(String, Day)> {
    let day_of =
        |step: &Step| Day::of(period_to.parts().0 + step.due.year, step.due.month, step.due.day).unwrap_or(period_to);
    let mut steps: Vec<(String, Day)> = book.steps.iter().map(|step| (step.id.clone(), day_of(step))).collect();
    // A book may list steps of other bodies between its own.
    steps.sort_by_key(|(_, day)| *day);
    steps
}

/// The book's calendar for a period that ends on any day: for one within a year, as far from its end as in the yearly round.
pub(crate) fn calendar_to(book: &Book, period_to: Day) -> Vec<(String, Day)> {
    let year_end = Day::of(period_to.parts().0, 12, 31).unwrap_or(period_to);
    let ahead = year_end.date() - period_to.date();
    let moved = |day: Day| day.date().checked_sub_signed(ahead).map_or(day, Day::from);
    usual_calendar(book, year_end).into_iter().map(|(step, day)| (step, moved(day))).collect()
}

/// Title of a step of the calendar.
pub(crate) fn step_title(book: &Book, step: &str) -> Words {
    book.step(step)
        .map_or_else(|| Words { vi: step.to_owned(), en: step.to_owned() }, |known| Words::from(&known.title))
}

/// Last day on which a base organisation answers a reply that arrives on `from`.
pub(crate) fn reply_due(book: &Book, from: Day) -> Result<Day> {
    const BASE: &str = "base_organization";
    let Some(limit) = book.reply_limit(BASE) else { return Ok(from) };
    Ok(super::days_off::working_days()?.after(from, limit.working_days))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_majority_is_that_of_the_kind_of_subject() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks/party-2023-qd124");
        let mut files = BTreeMap::new();
        for (prefix, folder) in [("", folder.clone()), ("cases/", folder.join("cases"))] {
            for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.extension().is_some_and(|ending| ending == "toml") {
                    let name = path.file_name().unwrap().to_str().unwrap();
                    files.insert(format!("{prefix}{name}"), std::fs::read_to_string(&path).unwrap());
                }
            }
        }
        let text = files.get_mut("procedure.toml").unwrap();
        let (head, rest) = text.split_once("[[procedures]]").unwrap();
        let other = head.replace("\"classification\"", "\"two_thirds\"").replace("\"1/2\"", "\"2/3\"");
        let (before, of_leaders) = rest.split_once("subject = \"leader\"").unwrap();
        let of_leaders = of_leaders.replacen("\"classification\"", "\"two_thirds\"", 1);
        *text = format!("{head}{other}[[procedures]]{before}subject = \"leader\"{of_leaders}");
        let book = rules::load(&files).unwrap();
        assert_eq!(
            Subject::ALL.iter().map(|subject| majority_on(&book, *subject)).filter(|share| *share == (2, 3)).count(),
            1
        );
        assert_eq!((majority_on(&book, Subject::Leader), majority(&book)), ((2, 3), (1, 2)));
    }
}
