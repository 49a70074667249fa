//! Lập đề xuất: the level the cell proposes for each person, with a reason where it differs from the ballot.

use domain::policy::{Act, Resource};
use domain::proposal::{ProposalState, may_change};
use domain::review::Obligation;
use domain::{Actor, CampaignId, ProposalId, Refusal, ReviewId, UnitId};
use store::org;
use store::outcome::{LevelRow, ProposalRow};

use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known};
use crate::judge;

/// A line as typed.
#[derive(Debug, Clone)]
pub struct ProposedLine {
    /// Review.
    pub review: ReviewId,
    /// Level, or empty when not chosen yet.
    pub level: String,
    /// Reason.
    pub reason: String,
}

/// Saves the cell's list; it can be changed until it is sent.
///
/// # Errors
/// `PROPOSAL-001` sent already, `FORM-002`, `FORM-003` no such level.
pub async fn save_proposal(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
    unit: UnitId,
    lines: &[ProposedLine],
    note: &str,
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
        note: typed_text(note, "note", 2000)?,
        returned_reason: earlier.as_ref().map_or_else(String::new, |old| old.returned_reason.clone()),
        sent_at: None,
        sent_by: None,
        version: earlier.as_ref().map_or(1, |old| old.version),
    };
    may_change(known(ProposalState::from_word(&row.state), "proposal state")?)?;
    match &earlier {
        None => store::outcome::insert_proposal(&mut work.tx, &row).await?,
        Some(_) if store::outcome::update_proposal(&mut work.tx, &row).await? => {}
        Some(_) => return Err(Refusal::new("REVIEW-002").into()),
    }
    let book = app.library.book(&campaign.rule_book_id).ok_or_else(|| Error::Fault("rule book is gone".to_owned()))?;
    let levels = judge::levels(book);
    let due = store::review::list_of_unit(&mut work.tx, root, campaign.campaign_id, unit.unit_id).await?;
    let earlier = store::outcome::proposal_lines(&mut work.tx, root, row.proposal_id).await?;
    super::keep_chosen(&earlier, lines.iter().map(|line| (line.review, line.level.as_str())))?;
    let mut stored = Vec::new();
    for line in lines.iter().filter(|line| !line.level.is_empty()) {
        let field = format!("level-{}", line.review);
        let ours = due.iter().any(|review| {
            review.review_id == line.review.0 && review.obligation == Obligation::ReviewAndClassify.word()
        });
        if !ours || !levels.contains(&line.level) {
            return Err(Refusal::new("FORM-003").with("label", "").at(&field).into());
        }
        let reason = typed_text(&line.reason, &format!("reason-{}", line.review), 2000)?;
        stored.push(LevelRow { review_id: line.review.0, level: line.level.clone(), reason });
    }
    for line in &stored {
        store::outcome::set_proposal_line(&mut work.tx, root, row.proposal_id, line).await?;
    }
    work.note("proposal.saved", format!("proposal/{}", row.proposal_id), None, Some(&(&row, &stored)))?;
    work.commit().await?;
    Ok(ProposalId(row.proposal_id))
}
