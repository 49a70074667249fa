//! Thôi phân công, with the reason; what was recorded stays.

use domain::policy::{Act, Resource};
use domain::{Actor, AssignmentId, Refusal};
use store::assignment::AssignmentRow;
use store::org;

use crate::acts::typed_text;
use crate::app::{App, Grounds, Work, permit};
use crate::error::{Error, Result};

/// Ends an assignment today.
///
/// # Errors
/// `ASSIGN-006` ended already, `ASSIGN-007` at `end-<assignment>` no reason, `REVIEW-002`, `FORM-002`; [`Error::Denied`].
pub async fn end_assignment(app: &App, actor: &Actor, id: AssignmentId, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::assignment::assignment(&mut work.tx, root, id.0).await?.ok_or(Error::Denied)?;
    let body = org::unit(&mut work.tx, root, row.body_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::Assign, &Resource::of_unit(&body.path))?;
    let field = format!("end-{id}");
    if row.ended_on.is_some() {
        return Err(Refusal::new("ASSIGN-006").at(&field).into());
    }
    let reason = typed_text(reason, &field, 500)?;
    if reason.is_empty() {
        return Err(Refusal::new("ASSIGN-007").at(&field).into());
    }
    let ended = AssignmentRow { ended_on: Some(work.today().to_string()), ended_reason: reason.clone(), ..row.clone() };
    if !store::assignment::end(&mut work.tx, &ended).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let grounds = Grounds::because(&reason);
    work.note_citing("assignment.ended", format!("assignment/{id}"), Some(&row), Some(&ended), grounds)?;
    work.commit().await
}
