//! The form of a draft and what is typed in it. Rows left empty are dropped, so that a fault stands at the row one sees.

use application::acts::direction::{TypedBasis, TypedClause, TypedDirective, TypedDuty};
use domain::directive::KnownBy;

use crate::form::FormState;

/// Most rows of a kind that are read.
const MOST: usize = 100;

/// What was typed; issuer and superior's directive stand in the address.
pub(super) fn typed(form: &FormState) -> TypedDirective {
    let text = |name: &str| form.value(name).to_owned();
    TypedDirective {
        unit: None,
        under: None,
        kind: text("kind"),
        number: text("number"),
        dated_on: text("dated_on"),
        summary: text("summary"),
        secrecy: text("secrecy"),
        circulation: text("circulation"),
        study_by: text("study_by"),
        recipients: form.values("recipients").to_vec(),
        bases: rows(form, "basis", basis),
        clauses: rows(form, "clause", clause),
        duties: rows(form, "duty", duty),
    }
}

/// The rows of a kind that say something.
fn rows<T>(form: &FormState, kind: &str, read: impl Fn(&FormState, &str) -> Option<T>) -> Vec<T> {
    (0..MOST).filter_map(|at| read(form, &format!("{kind}-{at}-"))).collect()
}

fn basis(form: &FormState, prefix: &str) -> Option<TypedBasis> {
    let text = |name: &str| form.value(&format!("{prefix}{name}")).trim().to_owned();
    let row = TypedBasis {
        number: text("number"),
        dated_on: text("dated_on"),
        issuer: text("issuer"),
        summary: text("summary"),
        directive: text("directive").parse().ok(),
    };
    let said = [&row.number, &row.dated_on, &row.issuer, &row.summary].iter().any(|text| !text.is_empty());
    (said || row.directive.is_some()).then_some(row)
}

fn clause(form: &FormState, prefix: &str) -> Option<TypedClause> {
    let text = |name: &str| form.value(&format!("{prefix}{name}")).trim().to_owned();
    let row = TypedClause { label: text("label"), text: text("text"), carries: text("carries") };
    (!row.label.is_empty() || !row.text.is_empty()).then_some(row)
}

fn duty(form: &FormState, prefix: &str) -> Option<TypedDuty> {
    let text = |name: &str| form.value(&format!("{prefix}{name}")).trim().to_owned();
    let row = TypedDuty {
        clause: text("clause"),
        kinds: form.values(&format!("{prefix}kinds")).to_vec(),
        post: text("post"),
        what: text("what"),
        due_on: text("due_on"),
        known_by: text("known_by"),
    };
    (!row.what.is_empty() || !row.clause.is_empty()).then_some(row)
}

/// The form with what is filled in.
pub(super) fn filled(order: &TypedDirective) -> FormState {
    let mut form = FormState::new();
    for (name, value) in [
        ("kind", &order.kind),
        ("number", &order.number),
        ("dated_on", &order.dated_on),
        ("summary", &order.summary),
        ("secrecy", &order.secrecy),
        ("circulation", &order.circulation),
        ("study_by", &order.study_by),
    ] {
        form.put(name, value);
    }
    order.recipients.iter().for_each(|kind| form.choose("recipients", kind));
    for (at, row) in order.bases.iter().enumerate() {
        let directive = row.directive.map_or_else(String::new, |id| id.to_string());
        let values =
            [("number", &row.number), ("dated_on", &row.dated_on), ("issuer", &row.issuer), ("summary", &row.summary)];
        for (name, value) in values {
            form.put(&format!("basis-{at}-{name}"), value);
        }
        form.put(&format!("basis-{at}-directive"), directive);
    }
    for (at, row) in order.clauses.iter().enumerate() {
        let values = [("label", &row.label), ("text", &row.text), ("carries", &row.carries)];
        for (name, value) in values {
            form.put(&format!("clause-{at}-{name}"), value);
        }
    }
    for (at, row) in order.duties.iter().enumerate() {
        let values = [
            ("clause", &row.clause),
            ("post", &row.post),
            ("what", &row.what),
            ("due_on", &row.due_on),
            ("known_by", &row.known_by),
        ];
        for (name, value) in values {
            form.put(&format!("duty-{at}-{name}"), value);
        }
        row.kinds.iter().for_each(|kind| form.choose(&format!("duty-{at}-kinds"), kind));
    }
    form
}

/// Empty rows are offered with what is usual.
pub(super) fn offer_empty_duty(form: &mut FormState, at: usize) {
    form.put(&format!("duty-{at}-known_by"), KnownBy::Stated);
}
