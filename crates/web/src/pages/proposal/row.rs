//! Một người trong danh sách: what everybody said of him, ready for a table. The decision's list shows the same.

use application::judge::Words;
use application::reads::proposal::Line;
use domain::ballot::{BLANK, LINE_INVALID};
use domain::review::Assessor;

use crate::prelude::*;

/// Levels of the book: id, name, short name.
pub(crate) type Levels = [(String, Words, Words)];

/// Mức, as a coloured tag.
pub(crate) struct Tag {
    pub(crate) id: String,
    pub(crate) label: String,
}

/// Số phiếu cho một mức.
pub(crate) struct Votes {
    pub(crate) label: String,
    pub(crate) count: u32,
    pub(crate) majority: bool,
}

/// Một dòng.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) unit_name: String,
    /// One place per assessor, in the order of [`Assessor::ON_MEMBERS`].
    pub(crate) opinions: Vec<Option<Tag>>,
    pub(crate) votes: Vec<Votes>,
    pub(crate) has_majority: bool,
    /// Id of the level that the ballot's majority chose; empty when it chose none.
    pub(crate) preset: String,
    pub(crate) proposed: Option<Tag>,
    pub(crate) proposed_reason: String,
    /// What comes before any level is decided: sentence and source.
    pub(crate) before: Vec<(String, String)>,
    /// Levels to choose from; those the rules refuse say so.
    pub(crate) options: Vec<Choice>,
}

impl Row {
    /// The line of a reading in the visitor's language.
    pub(crate) fn of(line: &Line, levels: &Levels, t: Translator) -> Self {
        let majority = line.majority.as_deref();
        let language = t.locale().tag();
        Self {
            id: line.review.to_string(),
            name: line.name.clone(),
            unit_name: line.unit_name.clone(),
            opinions: Assessor::ON_MEMBERS
                .iter()
                .map(|one| line.opinions.get(one.word()).and_then(|id| tag(id, levels, t)))
                .collect(),
            votes: votes(line, levels, t),
            has_majority: majority.is_some(),
            preset: majority.filter(|id| levels.iter().any(|level| level.0 == *id)).unwrap_or_default().to_owned(),
            proposed: tag(&line.proposed, levels, t),
            proposed_reason: line.proposed_reason.clone(),
            before: line
                .before
                .iter()
                .map(|one| (one.message.get(language).to_owned(), one.citation.get(language).to_owned()))
                .collect(),
            options: options(&line.refused, levels, t),
        }
    }
}

/// Bản đang lưu: what is stored of a line, when something else was typed on an older page.
pub(crate) struct Other {
    pub(crate) level: Option<Tag>,
    pub(crate) reason: String,
}

impl Other {
    /// What is stored of the review, if the form says something else.
    pub(crate) fn of(
        form: &FormState,
        id: &str,
        (level, reason): (&str, &str),
        levels: &Levels,
        t: Translator,
    ) -> Option<Self> {
        let same = form.value(&format!("level-{id}")) == level && form.value(&format!("reason-{id}")).trim() == reason;
        (!same).then(|| Self { level: tag(level, levels, t), reason: reason.to_owned() })
    }
}

/// Whether the form was refused because somebody changed the list after the page was opened.
pub(crate) fn outdated(form: &FormState) -> bool {
    form.errors().iter().any(|error| error.told.code == "REVIEW-010")
}

/// The version of the list that a page shows; a page without it shows a list that nobody saved.
pub(crate) fn version(form: &FormState) -> i64 {
    form.value("version").parse().unwrap_or(0)
}

/// Headings of the columns of opinions.
pub(crate) fn assessors(t: Translator) -> Vec<String> {
    Assessor::ON_MEMBERS.iter().map(|one| t.get(&format!("proposal-by-{}", one.word()))).collect()
}

/// A level by its id, if the book has it.
pub(crate) fn tag(id: &str, levels: &Levels, t: Translator) -> Option<Tag> {
    let (id, _, short) = levels.iter().find(|level| level.0 == id)?;
    Some(Tag { id: id.clone(), label: short.get(t.locale().tag()).to_owned() })
}

fn votes(line: &Line, levels: &Levels, t: Translator) -> Vec<Votes> {
    let of_level = levels.iter().map(|level| level.0.as_str()).filter(|id| line.votes.contains_key(*id));
    let others = line.votes.keys().map(String::as_str).filter(|id| !levels.iter().any(|level| level.0 == *id));
    let label = |choice: &str| match choice {
        BLANK => t.get("ballot-blank"),
        LINE_INVALID => t.get("ballot-line-invalid"),
        other => tag(other, levels, t).map_or_else(|| t.get(&format!("ballot-choice-{other}")), |level| level.label),
    };
    let vote = |choice: &str| Votes {
        label: label(choice),
        count: line.votes.get(choice).copied().unwrap_or(0),
        majority: line.majority.as_deref() == Some(choice),
    };
    of_level.chain(others).map(vote).filter(|vote| vote.count > 0).collect()
}

fn options(refused: &[String], levels: &Levels, t: Translator) -> Vec<Choice> {
    let option = |(id, name, _): &(String, Words, Words)| {
        let name = name.get(t.locale().tag());
        let refused = refused.contains(id);
        Choice::new(id, if refused { t.one("proposal-refused-level", "level", name) } else { name.to_owned() })
    };
    levels.iter().map(option).collect()
}
