//! Thử thay dữ kiện: what the rules would permit if some facts of a case were others. Nothing is saved and nothing is
//! written down.

use domain::subject::Subject;
use std::collections::BTreeMap;

use domain::policy::Act;
use domain::{Actor, Refusal, ReviewId};
use rules::Kind;
use rules::book::FactDeclaration;
use serde::Serialize;

use super::review::{Head, head};
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::Result;
use crate::judge::{self, Case, Judgement, Words};

/// Trang thử thay dữ kiện.
#[derive(Debug, Clone, Serialize)]
pub struct Trial {
    /// Whose case.
    pub head: Head,
    /// What the rules permit with the facts as they stand.
    pub before: Judgement,
    /// What they would permit.
    pub after: Judgement,
    /// Facts that can be tried, with what is tried.
    pub facts: Vec<TrialFact>,
    /// Facts counted from others.
    pub counted: Vec<Counted>,
    /// What was typed and cannot be read, at its field; it is left as it stands in the case.
    pub refused: Vec<Refusal>,
}

/// Một dữ kiện được thử.
#[derive(Debug, Clone, Serialize)]
pub struct TrialFact {
    /// Name in the book.
    pub name: String,
    /// Label.
    pub label: Words,
    /// `boolean`, `integer`, `fraction`, `date`, `level`, `grade`, `choice`.
    pub kind: String,
    /// Choices of levels, grades, choices: id and name.
    pub choices: Vec<(String, Words)>,
    /// Who states it.
    pub stated_by: Words,
    /// Present value in words; empty when not known.
    pub stands: Words,
    /// What stands in the field: as typed, or the present value as people type it.
    pub typed: String,
    /// Whether another value is tried.
    pub changed: bool,
}

/// Một dữ kiện tự tính.
#[derive(Debug, Clone, Serialize)]
pub struct Counted {
    /// Label.
    pub label: Words,
    /// With the facts as they stand; empty when it cannot be counted.
    pub before: String,
    /// With the facts tried.
    pub after: String,
}

/// The answer before and after. `typed` is name of a fact → text as typed: empty makes the fact unknown, what is not
/// named stays as it stands.
///
/// # Errors
/// [`crate::Error::Denied`] for whoever may not see the case.
pub async fn trial(app: &App, actor: &Actor, review: ReviewId, typed: &BTreeMap<String, String>) -> Result<Trial> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    permit(actor, Act::ViewReview, &loaded.resource())?;
    let book = judge::book_of(app, &loaded.campaign)?;
    let before = Case::load(app, &mut conn, &loaded).await?;
    let mut after = before.clone();
    let refused = try_out(book, loaded.subject, &mut after, typed);
    let facts = judge::facts_about(book, loaded.subject).filter(|fact| fact.derived.is_none());
    Ok(Trial {
        head: head(&loaded, actor)?,
        facts: facts.map(|fact| view(book, fact, &before, &after, typed)).collect(),
        counted: counted(book, loaded.subject, &before, &after),
        before: before.judge(),
        after: after.judge(),
        refused,
    })
}

/// Puts what was typed into the case; tells what cannot be read.
fn try_out(
    book: &rules::Book,
    subject: Subject,
    case: &mut Case<'_>,
    typed: &BTreeMap<String, String>,
) -> Vec<Refusal> {
    let about = |name: &str| judge::facts_about(book, subject).any(|fact| fact.name == name && fact.derived.is_none());
    let mut refused = Vec::new();
    for (name, text) in typed {
        if !about(name) {
            refused.push(Refusal::new("REVIEW-007").with("fact", name));
        } else if text.trim().is_empty() {
            case.forget(name);
        } else {
            match judge::read_fact(book, name, text) {
                Ok(stated) => case.add(name, &stated.value),
                Err(refusal) => refused.push(refusal),
            }
        }
    }
    refused
}

fn view(
    book: &rules::Book,
    fact: &FactDeclaration,
    before: &Case<'_>,
    after: &Case<'_>,
    typed: &BTreeMap<String, String>,
) -> TrialFact {
    let stands = before.value(&fact.name);
    let shown = |value: &str| judge::shown_words(book, &fact.name, value);
    let fill = |value: String| match &fact.kind {
        Kind::Date | Kind::Fraction => shown(&value).vi,
        _ => value,
    };
    TrialFact {
        name: fact.name.clone(),
        label: Words::from(&fact.label),
        kind: judge::kind_word(&fact.kind).to_owned(),
        choices: judge::choices(book, fact),
        stated_by: Words::from(&fact.stated_by),
        typed: typed.get(&fact.name).cloned().unwrap_or_else(|| stands.clone().map_or_else(String::new, fill)),
        changed: stands != after.value(&fact.name),
        stands: stands.map_or_else(Words::default, |value| shown(&value)),
    }
}

fn counted(book: &rules::Book, subject: Subject, before: &Case<'_>, after: &Case<'_>) -> Vec<Counted> {
    let (before, after) = (before.counted(), after.counted());
    let derived = judge::facts_about(book, subject).filter(|fact| fact.derived.is_some());
    derived
        .map(|fact| Counted {
            label: Words::from(&fact.label),
            before: before.get(&fact.name).cloned().unwrap_or_default(),
            after: after.get(&fact.name).cloned().unwrap_or_default(),
        })
        .collect()
}
