//! Ghi quyết định phân cấp: who decides on a kind of subject within a unit, from a day on, with the document it rests on.

use domain::authority::check;
use domain::org::UnitKind;
use domain::policy::{Act, Resource};
use domain::subject::Subject;
use domain::{Actor, DelegationId, Refusal, UnitId};
use store::authority::DelegationRow;
use uuid::Uuid;

use crate::acts::campaign::follow_registers;
use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::authority::{Authorities, delegation};
use crate::error::{Error, Result};

/// The decision as typed.
#[derive(Debug, Clone, Default)]
pub struct Delegate {
    /// Word of [`Subject`].
    pub subject: String,
    /// Unit it holds for, with everything below.
    pub within: Option<UnitId>,
    /// Word of [`UnitKind`], empty for every kind.
    pub kind: String,
    /// Unit whose body decides.
    pub body: Option<UnitId>,
    /// First day.
    pub from_on: String,
    /// Last day, empty when it has none.
    pub to_on: String,
    /// Number, day and issuer of the document.
    pub basis: String,
}

/// Records the decision. Reviews stay with the body that they were opened for; who had none before gets his now.
///
/// # Errors
/// `AUTHORITY-001`, `-002`, `-003` no document, `FORM-002` … `-004`; [`Error::Denied`] for others than a superior committee
/// of everything the decision speaks of.
pub async fn delegate(app: &App, actor: &Actor, order: &Delegate) -> Result<DelegationId> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let missing = |field: &str| Refusal::new("FORM-003").with("label", UNNAMED).at(field);
    let subject = Subject::from_word(&order.subject).ok_or_else(|| missing("subject"))?;
    if !order.kind.is_empty() && UnitKind::from_word(&order.kind).is_none() {
        return Err(missing("kind").into());
    }
    let within = order.within.ok_or_else(|| missing("within"))?;
    let body = order.body.ok_or_else(|| missing("body"))?;
    stands_over(&mut work, actor, within.0, body.0).await?;
    let basis = typed_text(&order.basis, "basis", 500)?;
    if basis.is_empty() {
        return Err(Refusal::new("AUTHORITY-003").at("basis").into());
    }
    let to_on = match order.to_on.trim() {
        "" => None,
        typed => Some(typed_day(typed, "to_on")?.to_string()),
    };
    let row = DelegationRow {
        root_id: root,
        delegation_id: work.id::<DelegationId>().0,
        subject: subject.word().to_owned(),
        within_id: within.0,
        kind: order.kind.clone(),
        body_id: body.0,
        from_on: typed_day(&order.from_on, "from_on")?.to_string(),
        to_on,
        basis,
        recorded_by: actor.person.0,
        recorded_at: work.at,
    };
    let authorities = Authorities::load(&mut work.tx, root).await?;
    check(&delegation(&row)?, &authorities.line(within.0))?;
    store::authority::insert(&mut work.tx, &row).await?;
    work.note("authority.delegated", format!("delegation/{}", row.delegation_id), None, Some(&row))?;
    follow_registers(&mut work).await?;
    work.commit().await?;
    Ok(DelegationId(row.delegation_id))
}

/// Whoever delegates stands over the unit it holds for and has the body under him: nobody gives himself, or takes from his
/// superior, what is decided on his own unit. The top of the hierarchy, over which nobody stands here, decides itself.
pub(super) async fn stands_over(work: &mut Work<'_>, actor: &Actor, within: Uuid, body: Uuid) -> Result<()> {
    let root = work.root();
    let within = store::org::unit(&mut work.tx, root, within).await?.ok_or(Error::Denied)?;
    for unit in [within.parent_id.unwrap_or(within.unit_id), body] {
        let unit = store::org::unit(&mut work.tx, root, unit).await?.ok_or(Error::Denied)?;
        permit(actor, Act::Delegate, &Resource::of_unit(&unit.path))?;
    }
    Ok(())
}
