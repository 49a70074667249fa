//! Chuẩn bị quyết định: levels for everybody in the base organisation, number, day, signer, votes, reason above the cap.

use domain::decision::{DecisionAct, DecisionState, after, must_look_again};
use domain::policy::{Act, Resource};
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{Actor, CampaignId, DecisionId, ReviewId};
use store::campaign::CampaignRow;
use store::org;
use store::outcome::{DecidedRow, DecisionRow};

use super::Paper;
use crate::acts::proposal::chosen_level;
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known};
use crate::judge;

/// A line as typed.
#[derive(Debug, Clone)]
pub struct DecidedLine {
    /// Review.
    pub review: ReviewId,
    /// Level, or empty when not chosen yet; a level that was saved before is cleared by it.
    pub level: String,
    /// Reason.
    pub reason: String,
    /// Level the cell proposed as the page showed it, empty when it showed none.
    pub seen: String,
    /// Whether the committee keeps its level although the proposal changed since it was saved.
    pub confirmed: bool,
}

/// The decision as typed.
#[derive(Debug, Clone, Default)]
pub struct SaveDecision {
    /// Its head.
    pub paper: Paper,
    /// Lines.
    pub lines: Vec<DecidedLine>,
}

/// Saves the decision of the body that opened the campaign; until it is issued, levels can be changed and cleared.
///
/// # Errors
/// `DECISION-001` issued, `REVIEW-010` changed since, `REGISTER-001` number taken, `FORM-002`, `-003`, `-004`, `-006`.
pub async fn save_decision(app: &App, actor: &Actor, campaign: CampaignId, order: &SaveDecision) -> Result<DecisionId> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let campaign = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::PrepareDecision, &Resource::of_unit(&unit.path))?;
    let earlier = store::outcome::decision(&mut work.tx, root, campaign.campaign_id, Subject::Member.word()).await?;
    if let Some(earlier) = &earlier {
        after(known(DecisionState::from_word(&earlier.state), "decision state")?, DecisionAct::Save)?;
    }
    let row = order.paper.save(&mut work, actor, &campaign, (Subject::Member, 1), earlier).await?;
    save_lines(app, &mut work, &campaign, &row, &order.lines).await?;
    work.commit().await?;
    Ok(DecisionId(row.decision_id))
}

async fn save_lines(
    app: &App,
    work: &mut Work<'_>,
    campaign: &CampaignRow,
    row: &DecisionRow,
    typed: &[DecidedLine],
) -> Result<()> {
    let root = work.root();
    let levels = judge::levels(judge::book_of(app, campaign)?);
    let due = store::review::list_of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    let saved = store::outcome::saved_decision_lines(&mut work.tx, root, row.decision_id).await?;
    let mut lines = Vec::new();
    for line in typed {
        let ours = due.iter().any(|review| {
            review.review_id == line.review.0 && review.obligation == Obligation::ReviewAndClassify.word()
        });
        for level in [&line.level, &line.seen] {
            chosen_level(&levels, ours, line.review, level)?;
        }
        let before = saved.iter().find(|saved| saved.review_id == line.review.0);
        let after = decided(line, before)?;
        if before.is_none() && [&after.level, &after.reason, &after.proposed].iter().all(|text| text.is_empty()) {
            continue;
        }
        store::outcome::set_decision_line(&mut work.tx, root, row.decision_id, &after, None).await?;
        if let Some(before) = before.filter(|before| !before.level.is_empty() && after.level.is_empty()) {
            work.note("decision.level_cleared", format!("review/{}", line.review), Some(before), Some(&after))?;
        }
        lines.push(after);
    }
    work.note("decision.saved", format!("decision/{}", row.decision_id), None, Some(&(row, &lines)))
}

/// The line to be stored. A level that stays as it was counts for the proposal it was chosen under, until it is
/// confirmed for the new one.
fn decided(line: &DecidedLine, before: Option<&DecidedRow>) -> Result<DecidedRow> {
    let unseen = before.filter(|before| {
        !line.confirmed && before.level == line.level && must_look_again(&before.level, &before.proposed, &line.seen)
    });
    Ok(DecidedRow {
        review_id: line.review.0,
        level: line.level.clone(),
        reason: typed_text(&line.reason, &format!("reason-{}", line.review), 2000)?,
        proposed: unseen.map_or_else(|| line.seen.clone(), |before| before.proposed.clone()),
    })
}
