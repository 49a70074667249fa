//! Danh sách đôn đốc: which unit is late with what, who heads it, whose self-reviews are missing.

use domain::org::Title;
use domain::review::{Obligation, ReviewState};
use domain::{Actor, CampaignId, Day};
use serde::Serialize;
use store::{Conn, org};
use uuid::Uuid;

use super::{Progress, UnitProgress, progress};
use crate::app::App;
use crate::error::Result;
use crate::judge::Words;

/// Một việc chậm của một đơn vị.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChaseLine {
    /// Unit.
    pub unit_name: String,
    /// Who heads it, as far as the reader may see its roster.
    pub head: String,
    /// Step of the calendar.
    pub step: Words,
    /// Its last day.
    pub due_on: Day,
    /// Who has not handed in, where it is that.
    pub missing: Vec<String>,
}

/// What the units that the reader may see are late with, in the order of the grid.
///
/// # Errors
/// [`crate::Error::Denied`] when the campaign does not concern the reader.
pub async fn chase(app: &App, actor: &Actor, campaign: CampaignId) -> Result<(Progress, Vec<ChaseLine>)> {
    let progress = progress(app, actor, campaign).await?;
    let mut conn = app.read(actor.root).await?;
    let today = app.clock.today().to_string();
    let mut lines = Vec::new();
    for unit in &progress.units {
        let mut head = None;
        for step in progress.late_steps(unit) {
            let Some(view) = progress.campaign.steps.iter().find(|one| one.step == step) else { continue };
            if head.is_none() {
                head = Some(head_of(&mut conn, actor, unit, &today).await?);
            }
            lines.push(ChaseLine {
                unit_name: unit.name.clone(),
                head: head.clone().unwrap_or_default(),
                step: view.title.clone(),
                due_on: view.due_on,
                missing: if step == "self_review" {
                    missing(&mut conn, actor, campaign, unit).await?
                } else {
                    Vec::new()
                },
            });
        }
    }
    Ok((progress, lines))
}

async fn head_of(conn: &mut Conn, actor: &Actor, unit: &UnitProgress, day: &str) -> Result<String> {
    let Some(id) = opened(unit) else { return Ok(String::new()) };
    let holders = org::holders(conn, actor.root.0, id, day).await?;
    let head = holders.iter().find(|post| post.title == Title::Secretary.word());
    let Some(head) = head else { return Ok(String::new()) };
    let person = org::person(conn, actor.root.0, head.person_id).await?;
    Ok(person.map_or_else(String::new, |person| person.full_name))
}

async fn missing(conn: &mut Conn, actor: &Actor, campaign: CampaignId, unit: &UnitProgress) -> Result<Vec<String>> {
    let Some(id) = opened(unit) else { return Ok(Vec::new()) };
    let mut reviews = store::review::list_of_unit(conn, actor.root.0, campaign.0, id).await?;
    reviews.retain(|one| {
        one.obligation != Obligation::Neither.word() && one.state == ReviewState::AwaitingSelfReview.word()
    });
    Ok(reviews.into_iter().map(|one| one.full_name).collect())
}

/// The unit, when its roster opens to the reader.
fn opened(unit: &UnitProgress) -> Option<Uuid> {
    Uuid::parse_str(&unit.unit).ok().filter(|_| unit.may_open)
}
