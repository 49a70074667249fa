//! Thứ tự trước sau: what a subject still waits for, by the order of its rule book.

use domain::review::Obligation;
use domain::subject::Subject;
use rules::Book;
use serde::Serialize;
use store::standing::StandingRow;

use crate::judge::{Others, Words};

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

/// What a subject waits for. `on_list` tells whether a review stands with a level on the very list that is being decided.
#[must_use]
pub(crate) fn waiting(
    book: &Book,
    subject: Subject,
    others: &Others,
    on_list: impl Fn(&StandingRow) -> bool,
) -> Vec<Waiting> {
    let open = |row: &&StandingRow, strict: bool| {
        row.obligation == Obligation::ReviewAndClassify.word() && !row.issued && !on_list(row) && (strict || !row.late)
    };
    let mut list = Vec::new();
    for order in &book.order {
        let before: Vec<&StandingRow> = match (order.first.as_str(), order.then.as_str()) {
            ("subordinate_decision", "unit_decision") if !subject.is_person() => others.below.iter().collect(),
            ("led_unit_decision", "head_decision") | ("collective_decision", "collective_member_decision")
                if subject == Subject::Leader =>
            {
                let collective = order.first == "collective_decision";
                let of = |row: &&StandingRow| !collective || row.subject == Subject::Collective.word();
                others.unit.iter().filter(of).collect()
            }
            _ => continue,
        };
        let names: Vec<String> =
            before.into_iter().filter(|row| open(row, order.strict)).map(|row| row.name.clone()).collect();
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
    list
}
