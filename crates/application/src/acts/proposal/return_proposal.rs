//! Trả lại đề xuất: the body above sends it back with a reason; the reviews return to the cell.

use domain::policy::{Act, Resource};
use domain::proposal::{ProposalAct, ProposalState, after, may_return};
use domain::review::{Obligation, ReviewAct, ReviewState};
use domain::{Actor, ProposalId, Refusal, ReviewId, UnitId};
use store::org;
use store::outcome::ProposalRow;

use crate::acts::review::Loaded;
use crate::acts::typed_text;
use crate::app::{App, Grounds, Work, permit};
use crate::error::{Error, Result, known};

/// Returns a proposal.
///
/// # Errors
/// `PROPOSAL-002` not sent, `PROPOSAL-003` no reason.
pub async fn return_proposal(app: &App, actor: &Actor, proposal: ProposalId, reason: &str) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::outcome::proposal(&mut work.tx, root, proposal.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, row.unit_id).await?.ok_or(Error::Denied)?;
    let campaign = store::campaign::campaign(&mut work.tx, root, row.campaign_id).await?.ok_or(Error::Denied)?;
    let resource = Resource::of_unit(&unit.path).decided_by(UnitId(campaign.unit_id));
    permit(actor, Act::ReturnProposal, &resource)?;
    let reason = typed_text(reason, "reason", 2000)?;
    let state = known(ProposalState::from_word(&row.state), "proposal state")?;
    may_return(state, &reason)?;
    let returned = ProposalRow {
        state: after(state, ProposalAct::Return)?.word().to_owned(),
        returned_reason: reason.clone(),
        sent_at: None,
        sent_by: None,
        saved_by: Some(actor.person.0),
        saved_at: Some(work.at),
        ..row.clone()
    };
    if !store::outcome::update_proposal(&mut work.tx, &returned).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    for review in store::review::list_of_unit(&mut work.tx, root, row.campaign_id, row.unit_id).await? {
        if review.obligation == Obligation::ReviewAndClassify.word() && review.state == ReviewState::Proposed.word() {
            let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
            loaded.advance(&mut work, ReviewAct::SendBack, "review.sent_back", &reason).await?;
        }
    }
    work.note_citing(
        "proposal.returned",
        format!("proposal/{}", row.proposal_id),
        Some(&row),
        Some(&returned),
        Grounds::because(&reason),
    )?;
    work.commit().await
}
