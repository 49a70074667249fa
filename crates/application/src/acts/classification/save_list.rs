//! Lập danh sách xếp loại trình cấp có thẩm quyền: levels of organisations, collectives or leaders, number, votes.

use domain::decision::{DecisionAct, DecisionState, after};
use domain::policy::Act;
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{Actor, CampaignId, DecisionId, ReviewId};
use store::outcome::{DecidedRow, DecisionRow};

use super::deciding;
use crate::acts::decision::Paper;
use crate::acts::proposal::chosen_level;
use crate::acts::typed_text;
use crate::app::{App, Work};
use crate::error::{Result, known};
use crate::judge;

/// A line as typed.
#[derive(Debug, Clone)]
pub struct ListLine {
    /// Review.
    pub review: ReviewId,
    /// Level, or empty while it is left open.
    pub level: String,
    /// Reason where the level differs from what was proposed.
    pub reason: String,
    /// Level the verifying body proposed as the page showed it, empty when it showed none.
    pub seen: String,
}

/// The list as typed.
#[derive(Debug, Clone, Default)]
pub struct SaveList {
    /// Head of the decision.
    pub paper: Paper,
    /// Lines.
    pub lines: Vec<ListLine>,
}

/// Saves the list; until it is issued, levels can be changed and cleared.
///
/// # Errors
/// `DECISION-001` issued, `REVIEW-010` changed since, `REGISTER-001` number taken, `FORM-002`, `-003`, `-004`, `-006`.
pub async fn save_list(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
    subject: Subject,
    order: &SaveList,
) -> Result<DecisionId> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let (campaign, _) = deciding(&mut work.tx, actor, campaign, subject, Act::PrepareDecision).await?;
    let last = store::outcome::decision(&mut work.tx, root, campaign.campaign_id, subject.word()).await?;
    let (earlier, serial) = open_list(&mut work, last, campaign.campaign_id, subject).await?;
    let row = order.paper.save(&mut work, actor, &campaign, (subject, serial), earlier).await?;
    save_lines(app, &mut work, &campaign, &row, &order.lines).await?;
    work.commit().await?;
    Ok(DecisionId(row.decision_id))
}

/// The list that is open, and its number: a further one when the last was issued and somebody came late.
async fn open_list(
    work: &mut Work<'_>,
    last: Option<DecisionRow>,
    campaign: uuid::Uuid,
    subject: Subject,
) -> Result<(Option<DecisionRow>, i64)> {
    let Some(last) = last else { return Ok((None, 1)) };
    let (state, serial) = (known(DecisionState::from_word(&last.state), "decision state")?, last.serial);
    match after(state, DecisionAct::Save) {
        Ok(_) => Ok((Some(last), serial)),
        Err(issued) => {
            let root = work.root();
            let rows = store::standing::of_campaign(&mut work.tx, root, campaign).await?;
            let left = rows.iter().any(|row| {
                row.subject == subject.word() && row.obligation == Obligation::ReviewAndClassify.word() && !row.issued
            });
            if left { Ok((None, serial + 1)) } else { Err(issued.into()) }
        }
    }
}

async fn save_lines(
    app: &App,
    work: &mut Work<'_>,
    campaign: &store::campaign::CampaignRow,
    row: &DecisionRow,
    typed: &[ListLine],
) -> Result<()> {
    let root = work.root();
    let levels = judge::levels(judge::book_of(app, campaign)?);
    let due = store::standing::of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    let mut lines = Vec::new();
    for line in typed {
        let ours = due.iter().any(|review| {
            review.review_id == line.review.0
                && review.subject == row.subject
                && review.obligation == Obligation::ReviewAndClassify.word()
                && !review.issued
        });
        for level in [&line.level, &line.seen] {
            chosen_level(&levels, ours, line.review, level)?;
        }
        let decided = DecidedRow {
            review_id: line.review.0,
            level: line.level.clone(),
            reason: typed_text(&line.reason, &format!("reason-{}", line.review), 2000)?,
            proposed: line.seen.clone(),
        };
        store::outcome::set_decision_line(&mut work.tx, root, row.decision_id, &decided, None).await?;
        lines.push(decided);
    }
    work.note("decision.saved", format!("decision/{}", row.decision_id), None, Some(&(row, &lines)))
}
