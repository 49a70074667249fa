//! Chấm dứt phân cấp: the decision holds until a day; it stays on record.

use domain::{Actor, DelegationId, Refusal};
use store::authority::DelegationRow;

use super::delegate::stands_over;
use crate::acts::campaign::follow_registers;
use crate::acts::typed_day;
use crate::app::{App, Work};
use crate::authority::delegation;
use crate::error::{Error, Result};

/// Ends a delegation on a day. What is wrong with the day stands at `end-` with the delegation's id: many end on one page.
///
/// # Errors
/// `AUTHORITY-002` before it began, `FORM-004`; [`Error::Denied`].
pub async fn end_delegation(app: &App, actor: &Actor, id: DelegationId, last_day: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::authority::delegation(&mut work.tx, root, id.0).await?.ok_or(Error::Denied)?;
    stands_over(&mut work, actor, row.within_id, row.body_id).await?;
    let field = format!("end-{id}");
    let day = typed_day(last_day, &field)?;
    let begins = delegation(&row)?.from_on;
    if day < begins {
        return Err(Refusal::new("AUTHORITY-002").with("from", begins.shown()).at(&field).into());
    }
    let ended = DelegationRow { to_on: Some(day.to_string()), ..row.clone() };
    store::authority::end(&mut work.tx, &ended).await?;
    work.note("authority.delegation_ended", format!("delegation/{id}"), Some(&row), Some(&ended))?;
    follow_registers(&mut work).await?;
    work.commit().await
}
