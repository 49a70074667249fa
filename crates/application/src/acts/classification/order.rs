//! Thứ tự trước sau: what a subject still waits for, by the order of its rule book.

use domain::Refusal;
use domain::review::Obligation;
use domain::subject::Subject;
use rules::Book;
use serde::Serialize;
use store::standing::StandingRow;

use crate::error::Result;
use crate::judge::{Others, Words};
use crate::papers::subject_name;

/// Việc phải xong trước.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// Code of the order in the book.
    pub code: String,
    /// Its sentence.
    pub message: Words,
    /// Source.
    pub citation: String,
    /// Whether it must be done, or may come late with a reason on record.
    pub strict: bool,
    /// Whom it waits for.
    pub names: Vec<String>,
}

/// What a subject waits for. `on_list` tells whether a review stands with a level on the very list that is being decided;
/// `heads` whether a leader heads the unit.
#[must_use]
pub(crate) fn waiting(
    book: &Book,
    (subject, heads): (Subject, bool),
    others: &Others,
    on_list: impl Fn(&StandingRow) -> bool,
) -> Result<Vec<Waiting>> {
    let open = |row: &&StandingRow, strict: bool| {
        row.obligation == Obligation::ReviewAndClassify.word() && !row.issued && !on_list(row) && (strict || !row.late)
    };
    let mut list = Vec::new();
    for order in &book.order {
        let before: Vec<&StandingRow> = match (order.first.as_str(), order.then.as_str()) {
            ("subordinate_decision", "unit_decision") if !subject.is_person() => others.below.iter().collect(),
            ("led_unit_decision", "head_decision") if subject == Subject::Leader && heads => {
                others.unit.iter().collect()
            }
            ("collective_decision", "collective_member_decision") if subject == Subject::Leader => {
                others.unit.iter().filter(|row| row.subject == Subject::Collective.word()).collect()
            }
            _ => continue,
        };
        let names = names(before.into_iter().filter(|row| open(row, order.strict)))?;
        if !names.is_empty() {
            list.push(Waiting {
                code: order.code.clone(),
                message: Words::from(&order.message),
                citation: crate::judge::cited(&order.citation),
                strict: order.strict,
                names,
            });
        }
    }
    list.extend(bound(book, subject, others, on_list)?);
    Ok(list)
}

/// How they are called on lists: a collective is not called by the name of its organisation.
fn names<'a>(rows: impl Iterator<Item = &'a StandingRow>) -> Result<Vec<String>> {
    rows.map(|row| match Subject::from_word(&row.subject) {
        Some(subject) if !subject.is_person() => subject_name(subject, &row.unit_kind, &row.name),
        _ => Ok(row.name.clone()),
    })
    .collect()
}

/// Said where one subject waits for the level that bounds it.
const BOUND: (&str, &str) = ("Mức của tổ chức là giới hạn trên.", "The level of the organisation is the upper bound.");

/// A collective is bounded by its organisation, so the organisation comes first, late or not.
fn bound(
    book: &Book,
    subject: Subject,
    others: &Others,
    on_list: impl Fn(&StandingRow) -> bool,
) -> Result<Option<Waiting>> {
    if subject != Subject::Collective {
        return Ok(None);
    }
    let bounds = |rule: &&rules::book::Rule| {
        rule.subjects.iter().any(|one| one == subject.word()) && matches!(rule.effect, rules::book::Effect::Bounds(_))
    };
    let Some(rule) = book.rules.iter().find(bounds) else { return Ok(None) };
    let open = |row: &&StandingRow| {
        row.subject == Subject::Organization.word()
            && row.obligation == Obligation::ReviewAndClassify.word()
            && !row.issued
            && !on_list(row)
    };
    let names = names(others.unit.iter().filter(open))?;
    Ok((!names.is_empty()).then(|| Waiting {
        code: rule.code.clone(),
        message: Words { vi: BOUND.0.to_owned(), en: BOUND.1.to_owned() },
        citation: crate::judge::cited(&rule.citation),
        strict: true,
        names,
    }))
}

/// Names shown of those who are waited for.
const NAMED: usize = 3;

impl Waiting {
    /// The refusal with whom it waits for, and the source.
    pub(super) fn told(self, refusal: Refusal) -> Refusal {
        refusal.with("before", self.first_names()).with("n", self.names.len()).citing(self.citation)
    }

    /// The first few by name.
    #[must_use]
    pub fn first_names(&self) -> String {
        self.names.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ")
    }

    /// How many more there are.
    #[must_use]
    pub fn more(&self) -> usize {
        self.names.len().saturating_sub(NAMED)
    }
}
