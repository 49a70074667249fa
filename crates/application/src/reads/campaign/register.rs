//! Danh sách của một đơn vị trong đợt: who is reviewed, who is classified, who neither and why.

use domain::policy::{Act, Resource, allows};
use domain::{Actor, CampaignId, ReviewId, UnitId};
use serde::Serialize;
use store::campaign::StateCountRow;
use store::org;
use store::review::ReviewListRow;

use super::cell::Cell;
use super::{CellStep, UnitProgress, counted, open_pages};
use crate::app::{App, permit};
use crate::error::{Error, Result};
use crate::judge;

/// Một hồ sơ trong danh sách của đơn vị.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewLine {
    /// Review.
    pub id: ReviewId,
    /// Full name.
    pub name: String,
    /// Word of `ReviewState`.
    pub state: String,
    /// Word of `Obligation`.
    pub obligation: String,
    /// Why not the ordinary obligation.
    pub reason: String,
    /// Code of the rule behind it, empty in the ordinary case.
    pub code: String,
    /// Whether the reader may write for this person.
    pub may_write: bool,
}

/// Trang của một đơn vị trong đợt.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterPage {
    /// Title of the campaign.
    pub campaign_title: String,
    /// How far the unit is.
    pub progress: UnitProgress,
    /// Its steps in order; none for a unit without members in the campaign.
    pub steps: Vec<CellStep>,
    /// Who is reviewed, who is classified, who neither and why.
    pub lines: Vec<ReviewLine>,
}

/// A unit in a campaign: its steps and its register.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn register(app: &App, actor: &Actor, campaign: CampaignId, unit: UnitId) -> Result<RegisterPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewRoster, &Resource::of_unit(&row.path))?;
    let round = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let book = judge::book_of(app, &round)?;
    let reviews = store::review::list_of_unit(&mut conn, root, campaign.0, unit.0).await?;
    let mut progress = counted(&row, &counts(&reviews));
    open_pages(&mut progress, actor, &row, &round, false);
    let today = app.clock.today();
    let cell = Cell { actor, round: &round, unit: &row, line: &progress, reviews: &reviews, today };
    let steps = if progress.has_members && !reviews.is_empty() { cell.steps(&mut conn).await? } else { Vec::new() };
    let lines = reviews.into_iter().map(|review| {
        let resource = Resource::about(&review.unit_path, domain::PersonId(review.person_id));
        let resource = resource.decided_by(UnitId(round.unit_id));
        let own = review.person_id == actor.person.0;
        ReviewLine {
            id: ReviewId(review.review_id),
            name: review.full_name,
            may_write: own || allows(actor, Act::WriteOnBehalf, &resource),
            state: review.state,
            obligation: review.obligation,
            reason: review.obligation_reason,
            code: book.rule(&review.obligation_rule).map_or_else(String::new, |rule| rule.code.clone()),
        }
    });
    let lines = lines.collect();
    Ok(RegisterPage { campaign_title: round.title.clone(), progress, steps, lines })
}

/// One for each review, as if it had been counted.
fn counts(reviews: &[ReviewListRow]) -> Vec<StateCountRow> {
    let one = |review: &ReviewListRow| StateCountRow {
        unit_id: review.unit_id,
        state: review.state.clone(),
        obligation: review.obligation.clone(),
        number: 1,
    };
    reviews.iter().map(one).collect()
}
