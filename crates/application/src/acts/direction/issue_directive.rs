//! Ban hành văn bản chỉ đạo: from then on it is frozen and goes to whoever it is sent to.

use domain::directive::{self, DirectiveAct, DirectiveState};
use domain::policy::Act;
use domain::{Actor, DirectiveId, Refusal};
use store::directive::DirectiveRow;

use super::save_directive::must_be_kept_here;
use crate::app::{App, Work, permit};
use crate::direction::{Document, object};
use crate::error::{Error, Result};
use crate::papers::full_number;

/// Issues a draft under the number and day that it carries.
///
/// # Errors
/// `DIRECT-001`, `-002` no number or day, `-005`, `-012` a day to come, `-013` the number was given that year, `-024` it rests
/// on what is not issued, `-025` the superior's directive ended; [`Error::Denied`] for others than who leads the issuer.
pub async fn issue_directive(app: &App, actor: &Actor, id: DirectiveId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let document = Document::load(&mut work.tx, actor, id).await?;
    permit(actor, Act::IssueDirective, &document.resource())?;
    let state = directive::after(document.state, DirectiveAct::Issue)?;
    must_be_kept_here(app, &document.row.secrecy)?;
    let unit = store::org::unit(&mut work.tx, actor.root.0, document.row.unit_id).await?.ok_or(Error::Denied)?;
    let row = DirectiveRow {
        number: full_number(&document.row.number, &document.row.kind, &unit.number_suffix)?,
        state: state.word().to_owned(),
        issued_by: Some(actor.person.0),
        issued_at: Some(work.at),
        ..document.row.clone()
    };
    must_be_dated(&mut work, &document, &row).await?;
    must_stand(&mut work, &document).await?;
    store::directive::update(&mut work.tx, &row).await?;
    work.note("directive.issued", object(id), Some(&document.row), Some(&row))?;
    work.commit().await
}

/// Number and day are there, the day has come, the number is new that year.
async fn must_be_dated(work: &mut Work<'_>, document: &Document, row: &DirectiveRow) -> Result<()> {
    let dated_on = document.dated_on()?.ok_or_else(|| Refusal::new("DIRECT-002").at("dated_on"))?;
    if row.number.is_empty() {
        return Err(Refusal::new("DIRECT-002").at("number").into());
    }
    let today = work.today();
    if dated_on > today {
        return Err(Refusal::new("DIRECT-012").with("today", today.shown()).at("dated_on").into());
    }
    let root = work.root();
    let year = dated_on.parts().0;
    for other in store::directive::directives(&mut work.tx, root).await? {
        let other = Document::of(other)?;
        let same = other.row.unit_id == row.unit_id && other.row.number == row.number && other.was_issued();
        if same && other.dated_on()?.is_some_and(|day| day.parts().0 == year) {
            let refusal = Refusal::new("DIRECT-013").with("number", &row.number).with("year", year);
            return Err(refusal.at("number").into());
        }
    }
    Ok(())
}

/// What it rests on was issued, and what it carries out still holds.
async fn must_stand(work: &mut Work<'_>, document: &Document) -> Result<()> {
    let root = work.root();
    for basis in store::directive::bases(&mut work.tx, root, document.row.directive_id).await? {
        let Some(id) = basis.basis_id else { continue };
        let linked = store::directive::directive(&mut work.tx, root, id).await?.ok_or(Error::Denied)?;
        if !Document::of(linked)?.was_issued() {
            let refusal = Refusal::new("DIRECT-024").with("summary", &basis.summary);
            return Err(refusal.at(&format!("basis-{}-directive", basis.place)).into());
        }
    }
    if let Some(under) = document.row.under_id {
        let above = store::directive::directive(&mut work.tx, root, under).await?.ok_or(Error::Denied)?;
        let above = Document::of(above)?;
        if above.state != DirectiveState::Issued {
            return Err(Refusal::new("DIRECT-025").with("number", &above.row.number).into());
        }
    }
    Ok(())
}
