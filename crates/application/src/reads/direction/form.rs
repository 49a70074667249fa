//! Mẫu soạn văn bản chỉ đạo: what is filled in already, and what may be chosen.

use domain::directive::{Circulation, DirectiveAct, DirectiveState, Secrecy, after};
use domain::org::UnitKind;
use domain::policy::{Act, Resource};
use domain::{Actor, Day, DirectiveId, UnitId};
use store::Conn;
use store::directive::Parts;

use super::view::{DirectiveLine, line};
use crate::acts::direction::{TypedBasis, TypedClause, TypedDirective, TypedDuty};
use crate::app::{App, permit};
use crate::direction::{Document, kinds, own_units, stored_day};
use crate::error::{Error, Result, known};
use crate::judge::Words;
use crate::papers::document_kinds;

/// Mẫu soạn.
#[derive(Debug, Clone)]
pub struct DirectiveForm {
    /// Issuing unit.
    pub unit: UnitId,
    /// Its name.
    pub issuer: String,
    /// Kinds of document.
    pub kinds: Vec<(String, Words)>,
    /// Kinds of body that can stand below the issuer.
    pub recipients: Vec<UnitKind>,
    /// Kinds of body that an obligation can name: the issuer's own before those below it.
    pub bodies: Vec<UnitKind>,
    /// Marks of secrecy that may be kept here.
    pub secrecy: Vec<Secrecy>,
    /// The superior's directive with its clauses.
    pub under: Option<(DirectiveLine, Vec<(String, String)>)>,
    /// Directives here on which it may rest.
    pub bases: Vec<DirectiveLine>,
    /// What is filled in.
    pub filled: TypedDirective,
}

/// The form of a new draft of a unit, under a superior's directive if it names one.
///
/// # Errors
/// [`Error::Denied`] for others than the unit's office.
pub async fn new_form(app: &App, actor: &Actor, unit: UnitId, under: Option<DirectiveId>) -> Result<DirectiveForm> {
    let mut conn = app.read(actor.root).await?;
    let filled = TypedDirective {
        unit: Some(unit),
        under,
        secrecy: Secrecy::None.word().to_owned(),
        circulation: Circulation::Open.word().to_owned(),
        ..TypedDirective::default()
    };
    offer(app, &mut conn, actor, (unit, None), filled).await
}

/// The form of a draft.
///
/// # Errors
/// `DIRECT-001` when it is no draft any more; [`Error::Denied`] for others than the office of the issuer.
pub async fn form_of(app: &App, actor: &Actor, id: DirectiveId) -> Result<DirectiveForm> {
    let mut conn = app.read(actor.root).await?;
    let document = Document::load(&mut conn, actor, id).await?;
    permit(actor, Act::DraftDirective, &document.resource())?;
    after(document.state, DirectiveAct::Save)?;
    let parts = store::directive::parts(&mut conn, actor.root.0, id.0).await?;
    let filled = filled(&document, parts)?;
    offer(app, &mut conn, actor, (UnitId(document.row.unit_id), Some(id)), filled).await
}

fn filled(document: &Document, parts: Parts) -> Result<TypedDirective> {
    let row = &document.row;
    let mut duties = Vec::new();
    for duty in parts.duties {
        duties.push(TypedDuty {
            kinds: words(&kinds(&duty.kinds)?),
            due_on: shown(duty.due_on.as_deref())?,
            clause: duty.clause,
            post: duty.post,
            what: duty.what,
            known_by: duty.known_by,
        });
    }
    let clause = |clause: store::directive::ClauseRow| TypedClause {
        label: clause.label,
        text: clause.text,
        carries: clause.carries,
    };
    let basis = |basis: store::directive::BasisRow| {
        Ok(TypedBasis {
            dated_on: shown(Some(&basis.dated_on))?,
            number: basis.number,
            issuer: basis.issuer,
            summary: basis.summary,
            directive: basis.basis_id.map(DirectiveId),
        })
    };
    Ok(TypedDirective {
        unit: Some(UnitId(row.unit_id)),
        under: row.under_id.map(DirectiveId),
        kind: row.kind.clone(),
        number: row.number.clone(),
        dated_on: shown(row.dated_on.as_deref())?,
        summary: row.summary.clone(),
        secrecy: row.secrecy.clone(),
        circulation: row.circulation.clone(),
        study_by: shown(row.study_by.as_deref())?,
        recipients: words(&document.recipients),
        bases: parts.bases.into_iter().map(basis).collect::<Result<_>>()?,
        clauses: parts.clauses.into_iter().map(clause).collect(),
        duties,
    })
}

fn words(kinds: &[UnitKind]) -> Vec<String> {
    kinds.iter().map(|kind| kind.word().to_owned()).collect()
}

fn shown(day: Option<&str>) -> Result<String> {
    Ok(stored_day(day)?.map_or_else(String::new, Day::shown))
}

async fn offer(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    (unit, draft): (UnitId, Option<DirectiveId>),
    filled: TypedDirective,
) -> Result<DirectiveForm> {
    let row = store::org::unit(conn, actor.root.0, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::DraftDirective, &Resource::of_unit(&row.path))?;
    let own_kind = known(UnitKind::from_word(&row.kind), "kind of unit")?;
    let under = match filled.under {
        Some(id) => {
            let above = Document::seen(conn, actor, id).await?;
            let clauses = store::directive::parts(conn, actor.root.0, id.0).await?.clauses;
            Some((line(&above)?, clauses.into_iter().map(|one| (one.label, one.text)).collect()))
        }
        None => None,
    };
    let own = own_units(conn, actor).await?;
    let mut bases = Vec::new();
    for placed in store::directive::directives(conn, actor.root.0).await? {
        let one = Document::of(placed)?;
        let stands = one.was_issued() || one.state == DirectiveState::Draft;
        if stands && draft != Some(one.id()) && one.shows_to(actor, &own) {
            bases.push(line(&one)?);
        }
    }
    let recipients = below(own_kind);
    Ok(DirectiveForm {
        unit,
        issuer: row.name,
        kinds: document_kinds()?.into_iter().map(|kind| (kind.key, kind.words)).collect(),
        bodies: std::iter::once(own_kind).chain(recipients.iter().copied()).collect(),
        recipients,
        secrecy: Secrecy::ALL.iter().copied().filter(|mark| *mark <= app.holds).collect(),
        under,
        bases,
        filled,
    })
}

/// Kinds that can stand somewhere below one.
fn below(kind: UnitKind) -> Vec<UnitKind> {
    let mut found: Vec<UnitKind> = Vec::new();
    let mut open = vec![kind];
    while let Some(above) = open.pop() {
        for one in UnitKind::ALL.iter().filter(|one| one.may_stand_under(above)) {
            if !found.contains(one) {
                found.push(*one);
                open.push(*one);
            }
        }
    }
    found.sort();
    found
}
