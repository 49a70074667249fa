//! Chuẩn bị quyết định: levels for everybody in the base organisation, number, day, signer, votes, reason above the cap.

use domain::decision::{DecisionAct, DecisionState, after, must_look_again};
use domain::policy::{Act, Resource};
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{Actor, CampaignId, Day, DecisionId, PersonId, Refusal, ReviewId};
use store::campaign::CampaignRow;
use store::meeting::MeetingRow;
use store::org::{self, UnitRow};
use store::outcome::{DecidedRow, DecisionRow};

use crate::acts::proposal::chosen_level;
use crate::acts::register::Entry;
use crate::acts::seen::{Standing, must_be_newest};
use crate::acts::{meeting::Held, typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known};
use crate::judge;
use crate::papers::{UnitPaper, number};

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
    /// Number in the register of papers.
    pub number: String,
    /// Day on the paper.
    pub signed_on: String,
    /// Who signs.
    pub signer: Option<PersonId>,
    /// Votes of the committee for the list.
    pub in_favour: String,
    /// Why the cap is exceeded.
    pub cap_override_reason: String,
    /// Lines.
    pub lines: Vec<DecidedLine>,
    /// Version of the decision on which it was typed, 0 when nothing was saved; none for whoever saw no page.
    pub seen: Option<i64>,
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
    let standing = earlier.as_ref().map(standing);
    must_be_newest(&mut work, order.seen, standing.as_ref()).await?;
    let meeting = store::meeting::of_unit(&mut work.tx, root, campaign.campaign_id, unit.unit_id).await?.pop();
    let base = base_of(app, actor, &mut work, meeting.as_ref()).await?;
    let frame = Frame { campaign: &campaign, unit: &unit, earlier: earlier.as_ref(), meeting: meeting.as_ref(), base };
    let row = decision_row(actor, &work, order, &frame)?;
    match &earlier {
        None => store::outcome::insert_decision(&mut work.tx, &row).await?,
        Some(_) if store::outcome::update_decision(&mut work.tx, &row).await? => {}
        Some(_) => return Err(Refusal::new("REVIEW-002").into()),
    }
    let entry = Entry {
        kind: UnitPaper::Decision.meaning(),
        object: number::object(UnitPaper::Decision.meaning(), campaign.campaign_id, unit.unit_id),
        unit: unit.unit_id,
        number: row.number.clone(),
        dated_on: crate::error::stored(Day::parse_stored(&row.signed_on), "signed_on")?,
    };
    entry.enter(&mut work, actor, "number").await?;
    save_lines(app, &mut work, &campaign, &row, &order.lines).await?;
    work.commit().await?;
    Ok(DecisionId(row.decision_id))
}

const fn standing(row: &DecisionRow) -> Standing {
    Standing { version: row.version, saved_by: row.saved_by, saved_at: row.saved_at }
}

/// What the decision belongs to.
struct Frame<'a> {
    campaign: &'a CampaignRow,
    unit: &'a UnitRow,
    earlier: Option<&'a DecisionRow>,
    meeting: Option<&'a MeetingRow>,
    base: u32,
}

/// Membership of the committee, 0 before its meeting is recorded.
async fn base_of(app: &App, actor: &Actor, work: &mut Work<'_>, meeting: Option<&MeetingRow>) -> Result<u32> {
    let Some(meeting) = meeting else { return Ok(0) };
    let held = Held::load(&mut work.tx, actor, domain::MeetingId(meeting.meeting_id)).await?;
    Ok(held.vote_base(judge::majority(judge::book_of(app, &held.campaign)?))?.base)
}

fn decision_row(actor: &Actor, work: &Work<'_>, order: &SaveDecision, frame: &Frame<'_>) -> Result<DecisionRow> {
    let in_favour = match order.in_favour.trim() {
        "" => 0,
        typed => typed.parse::<u32>().map_err(|_| Refusal::new("FORM-006").with("value", typed).at("in_favour"))?,
    };
    let signed_on =
        if order.signed_on.trim().is_empty() { work.today() } else { typed_day(&order.signed_on, "signed_on")? };
    Ok(DecisionRow {
        root_id: frame.campaign.root_id,
        decision_id: frame.earlier.map_or_else(|| work.id::<DecisionId>().0, |old| old.decision_id),
        campaign_id: frame.campaign.campaign_id,
        unit_id: frame.unit.unit_id,
        subject: Subject::Member.word().to_owned(),
        serial: 1,
        meeting_id: frame.meeting.map(|meeting| meeting.meeting_id),
        state: DecisionState::Draft.word().to_owned(),
        number: typed_text(&order.number, "number", 30)?,
        signed_on: signed_on.to_string(),
        signer_id: order.signer.unwrap_or(actor.person).0,
        membership_base: frame.base.into(),
        in_favour: in_favour.into(),
        cap_override_reason: typed_text(&order.cap_override_reason, "override_reason", 2000)?,
        issued_at: None,
        issued_by: None,
        version: frame.earlier.map_or(1, |old| old.version),
        saved_by: Some(actor.person.0),
        saved_at: Some(work.at),
    })
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
