//! Lập đề xuất: the level the cell proposes for each person, with a reason where it differs from the ballot.

use domain::policy::{Act, Resource};
use domain::proposal::{ProposalState, may_change};
use domain::review::Obligation;
use domain::{Actor, CampaignId, ProposalId, Refusal, ReviewId, UnitId};
use store::campaign::CampaignRow;
use store::org;
use store::outcome::{LevelRow, ProposalRow};

use super::chosen_level;
use crate::acts::seen::{Standing, must_be_newest};
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known};
use crate::judge;

/// A line as typed.
#[derive(Debug, Clone)]
pub struct ProposedLine {
    /// Review.
    pub review: ReviewId,
    /// Level, or empty when not chosen yet; a level that was saved before is cleared by it.
    pub level: String,
    /// Reason.
    pub reason: String,
}

/// The list as typed.
#[derive(Debug, Clone, Default)]
pub struct SaveProposal {
    /// Lines.
    pub lines: Vec<ProposedLine>,
    /// Remark.
    pub note: String,
    /// Version of the list on which it was typed, 0 when nothing was saved; none for whoever saw no page.
    pub seen: Option<i64>,
}

/// Saves the cell's list; until it is sent, levels can be changed and cleared.
///
/// # Errors
/// `PROPOSAL-001` sent already, `REVIEW-010` changed since, `FORM-002`, `FORM-003` no such level.
pub async fn save_proposal(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
    unit: UnitId,
    order: &SaveProposal,
) -> Result<ProposalId> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let unit = org::unit(&mut work.tx, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::Propose, &Resource::of_unit(&unit.path))?;
    let campaign = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let earlier = store::outcome::proposal_of_unit(&mut work.tx, root, campaign.campaign_id, unit.unit_id).await?;
    let row = ProposalRow {
        root_id: root,
        proposal_id: earlier.as_ref().map_or_else(|| work.id::<ProposalId>().0, |old| old.proposal_id),
        campaign_id: campaign.campaign_id,
        unit_id: unit.unit_id,
        state: earlier.as_ref().map_or(ProposalState::Draft.word(), |old| old.state.as_str()).to_owned(),
        note: typed_text(&order.note, "note", 2000)?,
        returned_reason: earlier.as_ref().map_or_else(String::new, |old| old.returned_reason.clone()),
        sent_at: None,
        sent_by: None,
        version: earlier.as_ref().map_or(1, |old| old.version),
        saved_by: Some(actor.person.0),
        saved_at: Some(work.at),
    };
    may_change(known(ProposalState::from_word(&row.state), "proposal state")?)?;
    let standing = earlier.as_ref().map(standing);
    must_be_newest(&mut work, order.seen, standing.as_ref()).await?;
    match &earlier {
        None => store::outcome::insert_proposal(&mut work.tx, &row).await?,
        Some(_) if store::outcome::update_proposal(&mut work.tx, &row).await? => {}
        Some(_) => return Err(Refusal::new("REVIEW-002").into()),
    }
    save_lines(app, &mut work, &campaign, &row, &order.lines).await?;
    work.commit().await?;
    Ok(ProposalId(row.proposal_id))
}

const fn standing(row: &ProposalRow) -> Standing {
    Standing { version: row.version, saved_by: row.saved_by, saved_at: row.saved_at }
}

async fn save_lines(
    app: &App,
    work: &mut Work<'_>,
    campaign: &CampaignRow,
    row: &ProposalRow,
    typed: &[ProposedLine],
) -> Result<()> {
    let root = work.root();
    let levels = judge::levels(judge::book_of(app, campaign)?);
    let due = store::review::list_of_unit(&mut work.tx, root, campaign.campaign_id, row.unit_id).await?;
    let saved = store::outcome::saved_proposal_lines(&mut work.tx, root, row.proposal_id).await?;
    let mut lines = Vec::new();
    for line in typed {
        let ours = due.iter().any(|review| {
            review.review_id == line.review.0 && review.obligation == Obligation::ReviewAndClassify.word()
        });
        chosen_level(&levels, ours, line.review, &line.level)?;
        let reason = typed_text(&line.reason, &format!("reason-{}", line.review), 2000)?;
        let before = saved.iter().find(|saved| saved.review_id == line.review.0);
        if before.is_none() && line.level.is_empty() && reason.is_empty() {
            continue;
        }
        let after = LevelRow { review_id: line.review.0, level: line.level.clone(), reason };
        store::outcome::set_proposal_line(&mut work.tx, root, row.proposal_id, &after).await?;
        if let Some(before) = before.filter(|before| !before.level.is_empty() && after.level.is_empty()) {
            work.note("proposal.level_cleared", format!("review/{}", line.review), Some(before), Some(&after))?;
        }
        lines.push(after);
    }
    work.note("proposal.saved", format!("proposal/{}", row.proposal_id), None, Some(&(row, &lines)))
}
