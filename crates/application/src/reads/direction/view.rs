//! What is shown of a directive and its parts.

use domain::directive::{Circulation, DirectiveState, KnownBy, Secrecy};
use domain::org::{Title, UnitKind};
use domain::{Day, DirectiveId, UnitId};
use serde::Serialize;
use store::directive::{BasisRow, ClauseRow, DutyRow};

use crate::direction::{Document, kinds, stored_day};
use crate::error::{Result, known};
use crate::judge::Words;
use crate::papers::document_kinds;

/// Một văn bản trong danh sách.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectiveLine {
    /// Document.
    pub id: DirectiveId,
    /// Kind of document.
    pub kind: Words,
    /// Number and symbol, empty in a draft without one.
    pub number: String,
    /// Day.
    pub dated_on: Option<Day>,
    /// Abstract.
    pub summary: String,
    /// Issuing unit.
    pub unit: UnitId,
    /// Its name.
    pub issuer: String,
    /// State.
    pub state: DirectiveState,
    /// Mark of secrecy.
    pub secrecy: Secrecy,
    /// Mark of circulation.
    pub circulation: Circulation,
    /// Last day for studying it.
    pub study_by: Option<Day>,
    /// Kinds of body that receive it.
    pub recipients: Vec<UnitKind>,
}

/// Một căn cứ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BasisView {
    /// Number and symbol.
    pub number: String,
    /// Day.
    pub dated_on: Option<Day>,
    /// Issuer.
    pub issuer: String,
    /// Abstract.
    pub summary: String,
    /// The directive here, when it is one.
    pub directive: Option<DirectiveId>,
    /// Whether it opens to the reader.
    pub opens: bool,
}

/// Một điểm, mục.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseView {
    /// Number.
    pub label: String,
    /// What it says.
    pub text: String,
    /// Number and text of the superior's clause that it carries out.
    pub carries: Option<(String, String)>,
}

/// Một yêu cầu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DutyView {
    /// Order, by which it is named in addresses.
    pub place: i64,
    /// Number of its clause.
    pub clause: String,
    /// Kinds of body that must.
    pub kinds: Vec<UnitKind>,
    /// Holders of this post in them.
    pub post: Option<Title>,
    /// What.
    pub what: String,
    /// Last day.
    pub due_on: Option<Day>,
    /// How it is known to be done.
    pub known_by: KnownBy,
}

/// A document as a line.
pub(crate) fn line(document: &Document) -> Result<DirectiveLine> {
    let row = &document.row;
    let kind = document_kinds()?.into_iter().find(|kind| kind.key == row.kind);
    Ok(DirectiveLine {
        id: document.id(),
        kind: known(kind, "kind of document")?.words,
        number: row.number.clone(),
        dated_on: document.dated_on()?,
        summary: row.summary.clone(),
        unit: UnitId(row.unit_id),
        issuer: document.issuer.clone(),
        state: document.state,
        secrecy: known(Secrecy::from_word(&row.secrecy), "secrecy")?,
        circulation: known(Circulation::from_word(&row.circulation), "circulation")?,
        study_by: stored_day(row.study_by.as_deref())?,
        recipients: document.recipients.clone(),
    })
}

pub(super) fn basis(row: BasisRow, opens: bool) -> Result<BasisView> {
    Ok(BasisView {
        dated_on: stored_day(Some(&row.dated_on))?,
        number: row.number,
        issuer: row.issuer,
        summary: row.summary,
        directive: row.basis_id.map(DirectiveId),
        opens,
    })
}

/// A clause, with what the superior's clause says that it carries out.
pub(super) fn clause(row: ClauseRow, above: &[ClauseRow]) -> ClauseView {
    let carries = above.iter().find(|clause| clause.label == row.carries);
    ClauseView { carries: carries.map(|one| (one.label.clone(), one.text.clone())), label: row.label, text: row.text }
}

pub(crate) fn duty(row: &DutyRow) -> Result<DutyView> {
    Ok(DutyView {
        place: row.place,
        clause: row.clause.clone(),
        kinds: kinds(&row.kinds)?,
        post: Title::from_word(&row.post),
        what: row.what.clone(),
        due_on: stored_day(row.due_on.as_deref())?,
        known_by: known(KnownBy::from_word(&row.known_by), "how a duty is known")?,
    })
}
