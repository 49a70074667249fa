//! Soạn, sửa dự thảo văn bản chỉ đạo.

use std::collections::{BTreeMap, BTreeSet};

use domain::directive::{self, DirectiveAct, DirectiveState, Secrecy, faults, goes_in_a_circle, may_be_kept};
use domain::org::UnitKind;
use domain::policy::{Act, Resource};
use domain::{Actor, DirectiveId, Refusal, UnitId};
use store::directive::{DirectiveRow, Parts, PlacedRow};

use super::content::{TypedDirective, read};
use crate::app::{App, Work, permit};
use crate::direction::{Document, object, own_units};
use crate::error::{Error, Result, known};
use crate::papers::secrecy_source;

/// Saves a new draft, or `draft` anew. Number and day may come when it is issued.
///
/// # Errors
/// `DIRECT-001`, `-003` … `-011`, `-015` under a document that the unit did not receive, `-022`, `-023`, `FORM-002` …
/// `FORM-004`; [`Error::Denied`] for others than the office of the issuer.
pub async fn save_directive(
    app: &App,
    actor: &Actor,
    draft: Option<DirectiveId>,
    order: &TypedDirective,
) -> Result<DirectiveId> {
    let mut work = Work::begin(app, actor).await?;
    let before = match draft {
        Some(id) => Some(Document::load(&mut work.tx, actor, id).await?),
        None => None,
    };
    let document = match &before {
        Some(document) => document.clone(),
        None => new(&mut work, actor, order).await?,
    };
    permit(actor, Act::DraftDirective, &document.resource())?;
    directive::after(document.state, DirectiveAct::Save)?;
    let mut order = order.clone();
    say_what_is_linked(&mut work, actor, &mut order).await?;
    let mut row = document.row.clone();
    let above = clauses_above(&mut work, actor, &row).await?;
    let read = read(&order, &mut row, document.kind, above)?;
    must_be_kept_here(app, &row.secrecy)?;
    let mut wrong = faults(&read.content);
    wrong.extend(circles(&mut work, document.id(), &read.parts).await?);
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    match &before {
        None => store::directive::insert(&mut work.tx, &row).await?,
        Some(_) => store::directive::update(&mut work.tx, &row).await?,
    }
    store::directive::set_parts(&mut work.tx, row.root_id, row.directive_id, &read.parts).await?;
    let event = if before.is_some() { "directive.changed" } else { "directive.drafted" };
    work.note(event, object(document.id()), before.as_ref().map(|one| &one.row), Some(&row))?;
    work.note("directive.worded", object(document.id()), None, Some(&read.parts))?;
    work.commit().await?;
    Ok(document.id())
}

/// An empty draft of a unit, under a superior's directive if it names one.
async fn new(work: &mut Work<'_>, actor: &Actor, order: &TypedDirective) -> Result<Document> {
    let root = work.root();
    let unit = order.unit.ok_or(Error::Denied)?;
    let unit = store::org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::DraftDirective, &Resource::of_unit(&unit.path))?;
    if let Some(under) = order.under {
        let above = Document::seen(&mut work.tx, actor, under).await?;
        let kind = known(UnitKind::from_word(&unit.kind), "kind of unit")?;
        let own = UnitId(above.row.unit_id) == UnitId(unit.unit_id);
        if above.state != DirectiveState::Issued || !(own || above.reaches(&unit.path, kind)) {
            return Err(Refusal::new("DIRECT-015").with("unit", &unit.name).at("unit").into());
        }
    }
    let directive = DirectiveRow {
        root_id: root,
        directive_id: work.id::<DirectiveId>().0,
        unit_id: unit.unit_id,
        kind: String::new(),
        number: String::new(),
        dated_on: None,
        summary: String::new(),
        secrecy: Secrecy::None.word().to_owned(),
        circulation: directive::Circulation::Open.word().to_owned(),
        recipients: String::new(),
        study_by: None,
        state: DirectiveState::Draft.word().to_owned(),
        under_id: order.under.map(|id| id.0),
        made_by: actor.person.0,
        made_at: work.at,
        issued_by: None,
        issued_at: None,
        ended_by: None,
        ended_at: None,
        end_reason: String::new(),
        replaced_by: None,
        version: 1,
    };
    Document::of(PlacedRow { directive, unit_name: unit.name, path: unit.path, unit_kind: unit.kind })
}

/// A basis that is a directive here says its number, day, issuer and abstract itself. One that the drafter may not see is no
/// basis.
async fn say_what_is_linked(work: &mut Work<'_>, actor: &Actor, order: &mut TypedDirective) -> Result<()> {
    let own = own_units(&mut work.tx, actor).await?;
    for basis in &mut order.bases {
        let Some(id) = basis.directive else { continue };
        let linked = Document::load(&mut work.tx, actor, id).await?;
        if !linked.shows_to(actor, &own) {
            return Err(Error::Denied);
        }
        let day = linked.dated_on()?.map(domain::Day::shown);
        let said = [
            (&mut basis.number, linked.row.number.clone()),
            (&mut basis.dated_on, day.unwrap_or_default()),
            (&mut basis.issuer, linked.issuer.clone()),
            (&mut basis.summary, linked.row.summary.clone()),
        ];
        for (field, value) in said {
            if field.trim().is_empty() {
                *field = value;
            }
        }
    }
    Ok(())
}

/// Numbers of the clauses of the directive that this one carries out.
async fn clauses_above(work: &mut Work<'_>, actor: &Actor, row: &DirectiveRow) -> Result<BTreeSet<String>> {
    let Some(under) = row.under_id else { return Ok(BTreeSet::new()) };
    let parts = store::directive::parts(&mut work.tx, actor.root.0, under).await?;
    Ok(parts.clauses.into_iter().map(|clause| clause.label).collect())
}

/// Refuses a mark above what this installation may hold.
///
/// # Errors
/// `DIRECT-005`.
pub(super) fn must_be_kept_here(app: &App, secrecy: &str) -> Result<()> {
    let mark = known(Secrecy::from_word(secrecy), "secrecy")?;
    let source = secrecy_source()?;
    Ok(may_be_kept(mark, app.holds).map_err(|refusal| refusal.citing(source))?)
}

/// Each basis over which the document would rest on itself.
async fn circles(work: &mut Work<'_>, from: DirectiveId, parts: &Parts) -> Result<Vec<Refusal>> {
    let root = work.root();
    let linked = |rows: &[store::directive::BasisRow]| -> BTreeSet<DirectiveId> {
        rows.iter().filter_map(|row| row.basis_id.map(DirectiveId)).collect()
    };
    let mut rests_on: BTreeMap<DirectiveId, BTreeSet<DirectiveId>> = BTreeMap::new();
    let mut open: Vec<DirectiveId> = linked(&parts.bases).into_iter().collect();
    while let Some(one) = open.pop() {
        if one != from && !rests_on.contains_key(&one) {
            let next = linked(&store::directive::bases(&mut work.tx, root, one.0).await?);
            open.extend(&next);
            rests_on.insert(one, next);
        }
    }
    let circle = |row: &&store::directive::BasisRow| {
        row.basis_id.is_some_and(|to| goes_in_a_circle(&rests_on, from, DirectiveId(to)))
    };
    let refusal = |row: &store::directive::BasisRow| {
        Refusal::new("DIRECT-006").with("number", &row.number).at(&format!("basis-{}-directive", row.place))
    };
    Ok(parts.bases.iter().filter(circle).map(refusal).collect())
}
