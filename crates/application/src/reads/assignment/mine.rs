//! Đơn vị tôi theo dõi: the preparation of each, for the member who was assigned.

use domain::org::Title;
use domain::suggestion::SuggestionState;
use domain::{Actor, CampaignId, Day, UnitId};
use serde::Serialize;
use store::{Conn, assignment};

use super::{AssignedLine, line, lines};
use crate::app::App;
use crate::error::{Error, Result};
use crate::reads::campaign::{StepView, view};

/// Một đơn vị, lĩnh vực tôi theo dõi.
#[derive(Debug, Clone, Serialize)]
pub struct Followed {
    /// The assignment with what was recorded and the session.
    pub line: AssignedLine,
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Unit, none for a sector alone.
    pub unit: Option<UnitId>,
    /// Whether people belong to it directly, so that its register opens.
    pub is_cell: bool,
    /// Calendar of the campaign.
    pub steps: Vec<StepView>,
    /// Reports and self-reviews that are handed in, of how many.
    pub handed_in: (i64, i64),
    /// Suggestions that were sent there, and how many of them are explained.
    pub suggestions: (usize, usize),
    /// Whether he sits on the committee still; else he only reads.
    pub may_observe: bool,
}

/// What the actor follows in open campaigns.
///
/// # Errors
/// [`Error::Fault`].
pub async fn mine(app: &App, actor: &Actor) -> Result<Vec<Followed>> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let mut found = Vec::new();
    for row in assignment::of_person(&mut conn, root, actor.person.0).await? {
        let campaign = store::campaign::campaign(&mut conn, root, row.campaign_id).await?.ok_or(Error::Denied)?;
        let campaign = view(app, &mut conn, &campaign).await?;
        if !campaign.open {
            continue;
        }
        let seats = |post: &&domain::HeldPost| post.unit == UnitId(row.body_id) && post.title.is_of_committee();
        let may_observe = actor.posts.iter().any(|post| seats(&post));
        let unit = row.unit_id.map(UnitId);
        let (handed_in, suggestions) = match unit {
            Some(unit) => prepared(&mut conn, actor, campaign.id, unit).await?,
            None => ((0, 0), (0, 0)),
        };
        let seen = assignment::observations(&mut conn, root, row.assignment_id).await?;
        found.push(Followed {
            line: line(&mut conn, root, row, seen, app.clock.today()).await?,
            is_cell: match unit {
                Some(unit) => is_cell(&mut conn, root, unit).await?,
                None => false,
            },
            campaign: campaign.id,
            campaign_title: campaign.title,
            unit,
            steps: campaign.steps,
            handed_in,
            suggestions,
            may_observe,
        });
    }
    Ok(found)
}

async fn is_cell(conn: &mut Conn, root: uuid::Uuid, unit: UnitId) -> Result<bool> {
    let unit = store::org::unit(conn, root, unit.0).await?;
    Ok(unit.is_some_and(|unit| domain::org::has_members(&unit.kind)))
}

/// Reports and suggestions of a unit in a campaign: done and all.
async fn prepared(
    conn: &mut Conn,
    actor: &Actor,
    campaign: CampaignId,
    unit: UnitId,
) -> Result<((i64, i64), (usize, usize))> {
    let root = actor.root.0;
    let (due, done) = assignment::handed_in(conn, root, campaign.0, unit.0).await?;
    let sent = store::suggestion::of_unit(conn, root, unit.0).await?;
    let holds = |state: &str| SuggestionState::from_word(state).filter(|state| state.holds());
    let states: Vec<SuggestionState> =
        sent.iter().filter(|one| one.campaign_id == campaign.0).filter_map(|one| holds(&one.state)).collect();
    let answered = states.iter().filter(|state| **state != SuggestionState::Sent).count();
    Ok(((done, due), (answered, states.len())))
}

/// How many sessions were held without the member who was assigned, in a campaign of a committee for which the actor works.
///
/// # Errors
/// [`Error::Fault`].
pub async fn unattended_count(app: &App, actor: &Actor, campaign: CampaignId) -> Result<usize> {
    let mut conn = app.read(actor.root).await?;
    let (row, body) = super::of(&mut conn, actor.root.0, campaign).await?;
    let office = [Title::Secretary, Title::DeputySecretary, Title::Clerk];
    if !actor.holds(UnitId(body.unit_id), &office) {
        return Ok(0);
    }
    let lines = lines(&mut conn, &row, app.clock.today()).await?;
    Ok(lines.iter().filter(|line| line.ended.is_none() && line.session.missed).count())
}

/// Days of what is still to come for a member: sessions of his units that he has not confirmed.
pub(super) fn to_attend(followed: &[Followed]) -> impl Iterator<Item = (&Followed, Day)> {
    let open = followed.iter().filter(|one| !one.line.session.attended);
    open.filter_map(|one| Some((one, one.line.session.held_on?)))
}
