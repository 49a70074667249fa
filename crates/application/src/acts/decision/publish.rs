//! Ghi việc công bố kết quả: in which form a decision was made known, to whom, on which day.

use domain::policy::{Act, Resource};
use domain::publication::{PublicationForm, check};
use domain::{Actor, Day, DecisionId, PublicationId, Refusal};
use store::org;
use store::outcome::PublicationRow;

use crate::acts::{UNNAMED, typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, stored};
use crate::reads::publication::issued;

/// A publication as typed.
#[derive(Debug, Clone, Default)]
pub struct PublishResult {
    /// Word of [`PublicationForm`].
    pub form: String,
    /// To whom, or where.
    pub audience: String,
    /// Day.
    pub published_on: String,
}

/// Records that an issued decision was made known; another way of doing so is recorded beside it.
///
/// # Errors
/// `PUBLISH-001` … `-003`, `-004` recorded already, `-005` no form, `FORM-002` … `-004`; [`Error::Denied`], also before the decision is issued.
pub async fn publish(app: &App, actor: &Actor, decision: DecisionId, order: &PublishResult) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = issued(&mut work.tx, root, decision).await?;
    let unit = org::unit(&mut work.tx, root, row.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::Publish, &Resource::of_unit(&unit.path))?;
    if order.form.is_empty() {
        return Err(Refusal::new("PUBLISH-005").at("form").into());
    }
    let unknown = || Refusal::new("FORM-003").with("label", UNNAMED).at("form");
    let form = PublicationForm::from_word(&order.form).ok_or_else(unknown)?;
    let audience = typed_text(&order.audience, "audience", 500)?;
    let on = typed_day(&order.published_on, "published_on")?;
    check(&audience, on, stored(Day::parse_stored(&row.signed_on), "signed_on")?, work.today())?;
    let publication = PublicationRow {
        root_id: root,
        publication_id: work.id::<PublicationId>().0,
        decision_id: row.decision_id,
        form: form.word().to_owned(),
        audience,
        published_on: on.to_string(),
        recorded_by: actor.person.0,
        recorded_at: work.at,
        withdrawn_reason: String::new(),
        withdrawn_by: None,
        withdrawn_at: None,
    };
    let same = |one: &PublicationRow| {
        one.stands()
            && (&one.form, &one.audience, &one.published_on)
                == (&publication.form, &publication.audience, &publication.published_on)
    };
    if store::outcome::publications(&mut work.tx, root, row.decision_id).await?.iter().any(same) {
        return Err(Refusal::new("PUBLISH-004").at("audience").into());
    }
    store::outcome::insert_publication(&mut work.tx, &publication).await?;
    work.note("decision.published", format!("decision/{decision}"), None, Some(&publication))?;
    work.commit().await
}

/// Thu hồi việc công bố: takes back a record that was wrong. It stays with the reason; the list is closed to whoever is below again
/// unless another record stands. A corrected one is recorded anew.
///
/// # Errors
/// `PUBLISH-006` no reason, `-007` none that stands, `FORM-002`; [`Error::Denied`].
pub async fn withdraw_publication(
    app: &App,
    actor: &Actor,
    (decision, publication): (DecisionId, PublicationId),
    reason: &str,
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = issued(&mut work.tx, root, decision).await?;
    let unit = org::unit(&mut work.tx, root, row.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::Publish, &Resource::of_unit(&unit.path))?;
    let records = store::outcome::publications(&mut work.tx, root, row.decision_id).await?;
    let standing = records.into_iter().find(|one| one.publication_id == publication.0 && one.stands());
    let before = standing.ok_or_else(|| Refusal::new("PUBLISH-007"))?;
    let field = format!("reason-{publication}");
    let reason = typed_text(reason, &field, 1000)?;
    if reason.is_empty() {
        return Err(Refusal::new("PUBLISH-006").at(&field).into());
    }
    let after = PublicationRow {
        withdrawn_reason: reason,
        withdrawn_by: Some(actor.person.0),
        withdrawn_at: Some(work.at),
        ..before.clone()
    };
    if !store::outcome::withdraw_publication(&mut work.tx, &after).await? {
        return Err(Refusal::new("PUBLISH-007").into());
    }
    work.note("decision.publication_withdrawn", format!("decision/{decision}"), Some(&before), Some(&after))?;
    work.commit().await
}
