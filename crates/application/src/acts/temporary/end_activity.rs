//! Kết thúc một đợt sinh hoạt tạm thời.

use domain::policy::{Act, Resource};
use domain::{ActivityId, Actor, Day, PersonId, Refusal};
use store::org;
use store::temporary::{self, ActivityRow};

use crate::acts::typed_day;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, stored};

/// Sets the last day of a temporary activity.
///
/// # Errors
/// `TEMP-002` the last day comes before the first, `TEMP-005` somebody changed it since; `FORM-004`.
pub async fn end_activity(
    app: &App,
    actor: &Actor,
    activity: ActivityId,
    seen: i64,
    last_day: &str,
) -> Result<PersonId> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = temporary::activity(&mut work.tx, root, activity.0).await?.ok_or(Error::Denied)?;
    let today = work.today().to_string();
    let cell = org::member_of(&mut work.tx, root, row.person_id, &today).await?.into_iter().next();
    let cell = cell.ok_or(Error::Denied)?;
    permit(actor, Act::RecordTemporaryActivity, &Resource::about(&cell.path, PersonId(row.person_id)))?;
    let to_on = typed_day(last_day, "last_day")?;
    let from_on = stored(Day::parse_stored(&row.from_on), "from_on")?;
    if to_on < from_on {
        return Err(Refusal::new("TEMP-002").with("from", from_on.shown()).at("last_day").into());
    }
    let ended = ActivityRow { to_on: Some(to_on.to_string()), version: seen, ..row.clone() };
    if !temporary::end(&mut work.tx, &ended).await? {
        return Err(Refusal::new("TEMP-005").into());
    }
    let after = ActivityRow { version: seen + 1, ..ended };
    work.note("temporary_activity.ended", format!("temporary/{activity}"), Some(&row), Some(&after))?;
    work.commit().await?;
    Ok(PersonId(row.person_id))
}
