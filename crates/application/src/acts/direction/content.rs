//! What was typed of a directive, read into rows and checked.

use std::collections::BTreeSet;

use domain::directive::{Basis, Circulation, Clause, Content, Duty, KnownBy, Secrecy};
use domain::org::{Title, UnitKind};
use domain::{Day, DirectiveId, Refusal, UnitId, text};
use serde::Deserialize;
use store::directive::{BasisRow, ClauseRow, DirectiveRow, DutyRow, Parts};
use uuid::Uuid;

use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::error::Result;
use crate::papers::document_kinds;

/// Văn bản như đã gõ.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TypedDirective {
    /// Issuing unit; not changed after the first saving.
    pub unit: Option<UnitId>,
    /// The superior's directive that it carries out; not changed after the first saving.
    pub under: Option<DirectiveId>,
    /// Key of the kind of document.
    pub kind: String,
    /// Number and symbol; may come later.
    pub number: String,
    /// Day; may come later.
    pub dated_on: String,
    /// Abstract.
    pub summary: String,
    /// Word of [`Secrecy`].
    pub secrecy: String,
    /// Word of [`Circulation`].
    pub circulation: String,
    /// Last day for studying it, empty for none.
    pub study_by: String,
    /// Words of [`UnitKind`].
    pub recipients: Vec<String>,
    /// Documents it rests on.
    pub bases: Vec<TypedBasis>,
    /// Clauses.
    pub clauses: Vec<TypedClause>,
    /// Obligations.
    pub duties: Vec<TypedDuty>,
}

/// Một căn cứ như đã gõ.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TypedBasis {
    /// Number and symbol.
    pub number: String,
    /// Day.
    pub dated_on: String,
    /// Issuer.
    pub issuer: String,
    /// Abstract.
    pub summary: String,
    /// The directive here, when it is one: then it says the rest.
    pub directive: Option<DirectiveId>,
}

/// Một điểm, mục như đã gõ.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TypedClause {
    /// Number.
    pub label: String,
    /// What it says.
    pub text: String,
    /// Number of the superior's clause that it carries out.
    pub carries: String,
}

/// Một yêu cầu như đã gõ.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TypedDuty {
    /// Number of its clause.
    pub clause: String,
    /// Words of [`UnitKind`].
    pub kinds: Vec<String>,
    /// Word of [`Title`], empty for the body.
    pub post: String,
    /// What.
    pub what: String,
    /// Last day.
    pub due_on: String,
    /// Word of [`KnownBy`].
    pub known_by: String,
}

/// The same as rows and as what can be checked.
pub(super) struct Read {
    pub(super) parts: Parts,
    pub(super) content: Content,
}

/// Puts the head of the document into `row` and reads the rest. `above` are the clauses of the superior's directive.
///
/// # Errors
/// `FORM-002` … `FORM-004`, at the fields.
pub(super) fn read(
    order: &TypedDirective,
    row: &mut DirectiveRow,
    issuer: UnitKind,
    above: BTreeSet<String>,
) -> Result<Read> {
    head(order, row)?;
    let mut content = Content {
        summary: row.summary.clone(),
        dated_on: day(&order.dated_on, "dated_on")?,
        study_by: day(&order.study_by, "study_by")?,
        issuer: Some(issuer),
        recipients: kinds(&order.recipients, "recipients")?,
        above,
        ..Content::default()
    };
    row.dated_on = content.dated_on.map(|day| day.to_string());
    row.study_by = content.study_by.map(|day| day.to_string());
    row.recipients = joined(&content.recipients);
    let mut parts = Parts::default();
    for (at, typed) in order.bases.iter().enumerate() {
        let (basis, summary) = basis(typed, at)?;
        parts.bases.push(basis_row(row, at, &basis, summary));
        content.bases.push(basis);
    }
    for (at, typed) in order.clauses.iter().enumerate() {
        let clause = Clause {
            label: short(&typed.label, &format!("clause-{at}-label"), 20)?,
            text: typed_text(&typed.text, &format!("clause-{at}-text"), 2000)?,
            carries: text::tidy(&typed.carries),
        };
        parts.clauses.push(clause_row(row, at, &clause));
        content.clauses.push(clause);
    }
    for (at, typed) in order.duties.iter().enumerate() {
        let duty = duty(typed, at)?;
        parts.duties.push(duty_row(row, at, &duty));
        content.duties.push(duty);
    }
    Ok(Read { parts, content })
}

fn head(order: &TypedDirective, row: &mut DirectiveRow) -> Result<()> {
    if !document_kinds()?.iter().any(|kind| kind.key == order.kind) {
        return Err(unchosen("kind").into());
    }
    order.kind.clone_into(&mut row.kind);
    row.number = short(&order.number, "number", 60)?;
    row.summary = text::tidy(&typed_text(&order.summary, "summary", 1000)?);
    let secrecy = Secrecy::from_word(&order.secrecy).ok_or_else(|| unchosen("secrecy"))?;
    secrecy.word().clone_into(&mut row.secrecy);
    let circulation = Circulation::from_word(&order.circulation).ok_or_else(|| unchosen("circulation"))?;
    circulation.word().clone_into(&mut row.circulation);
    Ok(())
}

fn unchosen(field: &str) -> Refusal {
    Refusal::new("FORM-003").with("label", UNNAMED).at(field)
}

fn short(typed: &str, field: &str, max: usize) -> std::result::Result<String, Refusal> {
    typed_text(&text::tidy(typed), field, max)
}

fn day(typed: &str, field: &str) -> std::result::Result<Option<Day>, Refusal> {
    if typed.trim().is_empty() { Ok(None) } else { typed_day(typed, field).map(Some) }
}

fn kinds(words: &[String], field: &str) -> std::result::Result<Vec<UnitKind>, Refusal> {
    words.iter().map(|word| UnitKind::from_word(word).ok_or_else(|| unchosen(field))).collect()
}

fn joined(kinds: &[UnitKind]) -> String {
    kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" ")
}

fn basis(typed: &TypedBasis, at: usize) -> Result<(Basis, String)> {
    let field = |name: &str| format!("basis-{at}-{name}");
    let basis = Basis {
        number: short(&typed.number, &field("number"), 60)?,
        dated_on: day(&typed.dated_on, &field("dated_on"))?,
        issuer: short(&typed.issuer, &field("issuer"), 200)?,
        directive: typed.directive,
    };
    Ok((basis, short(&typed.summary, &field("summary"), 500)?))
}

fn duty(typed: &TypedDuty, at: usize) -> Result<Duty> {
    let field = |name: &str| format!("duty-{at}-{name}");
    let post = match typed.post.as_str() {
        "" => None,
        word => Some(Title::from_word(word).ok_or_else(|| unchosen(&field("post")))?),
    };
    Ok(Duty {
        clause: text::tidy(&typed.clause),
        kinds: kinds(&typed.kinds, &field("kinds"))?,
        post,
        what: text::tidy(&typed_text(&typed.what, &field("what"), 1000)?),
        due_on: day(&typed.due_on, &field("due_on"))?,
        known_by: KnownBy::from_word(&typed.known_by).ok_or_else(|| unchosen(&field("known_by")))?,
    })
}

fn place(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

fn keys(row: &DirectiveRow) -> (Uuid, Uuid) {
    (row.root_id, row.directive_id)
}

fn basis_row(row: &DirectiveRow, at: usize, basis: &Basis, summary: String) -> BasisRow {
    let (root_id, directive_id) = keys(row);
    BasisRow {
        root_id,
        directive_id,
        place: place(at),
        number: basis.number.clone(),
        dated_on: basis.dated_on.map_or_else(String::new, |day| day.to_string()),
        issuer: basis.issuer.clone(),
        summary,
        basis_id: basis.directive.map(|id| id.0),
    }
}

fn clause_row(row: &DirectiveRow, at: usize, clause: &Clause) -> ClauseRow {
    let (root_id, directive_id) = keys(row);
    ClauseRow {
        root_id,
        directive_id,
        place: place(at),
        label: clause.label.clone(),
        text: clause.text.clone(),
        carries: clause.carries.clone(),
    }
}

fn duty_row(row: &DirectiveRow, at: usize, duty: &Duty) -> DutyRow {
    let (root_id, directive_id) = keys(row);
    DutyRow {
        root_id,
        directive_id,
        place: place(at),
        clause: duty.clause.clone(),
        kinds: joined(&duty.kinds),
        post: duty.post.map_or("", Title::word).to_owned(),
        what: duty.what.clone(),
        due_on: duty.due_on.map(|day| day.to_string()),
        known_by: duty.known_by.word().to_owned(),
    }
}
