//! Lập danh sách xếp loại trình cấp có thẩm quyền: levels of organisations, collectives or leaders, number, votes.

use domain::decision::{DecisionAct, DecisionState, after};
use domain::policy::Act;
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{Actor, CampaignId, Day, DecisionId, PersonId, Refusal, ReviewId};
use store::meeting::MeetingRow;
use store::outcome::{DecidedRow, DecisionRow};

use super::deciding;
use crate::acts::meeting::Held;
use crate::acts::proposal::chosen_level;
use crate::acts::register::Entry;
use crate::acts::seen::{Standing, must_be_newest};
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work};
use crate::error::{Result, known, stored};
use crate::judge;
use crate::papers::{UnitPaper, number};

/// A line as typed.
#[derive(Debug, Clone)]
pub struct ListLine {
    /// Review.
    pub review: ReviewId,
    /// Level, or empty while it is left open.
    pub level: String,
    /// Reason where the level differs from what was proposed.
    pub reason: String,
}

/// The list as typed.
#[derive(Debug, Clone, Default)]
pub struct SaveList {
    /// Number in the register of papers.
    pub number: String,
    /// Day on the paper.
    pub signed_on: String,
    /// Who signs.
    pub signer: Option<PersonId>,
    /// Votes of the body for the list.
    pub in_favour: String,
    /// Why a cap is exceeded.
    pub cap_override_reason: String,
    /// Lines.
    pub lines: Vec<ListLine>,
    /// Version on which it was typed, 0 when nothing was saved; none for whoever saw no page.
    pub seen: Option<i64>,
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
    let (campaign, unit) = deciding(&mut work.tx, actor, campaign, subject, Act::PrepareDecision).await?;
    let last = store::outcome::decision(&mut work.tx, root, campaign.campaign_id, subject.word()).await?;
    let (earlier, serial) = open_list(&mut work, last, campaign.campaign_id, subject).await?;
    let standing =
        earlier.as_ref().map(|row| Standing { version: row.version, saved_by: row.saved_by, saved_at: row.saved_at });
    must_be_newest(&mut work, order.seen, standing.as_ref()).await?;
    let meeting = store::meeting::of_unit(&mut work.tx, root, campaign.campaign_id, unit.unit_id).await?.pop();
    let base = base_of(app, actor, &mut work, meeting.as_ref()).await?;
    let row = DecisionRow {
        root_id: root,
        decision_id: earlier.as_ref().map_or_else(|| work.id::<DecisionId>().0, |old| old.decision_id),
        campaign_id: campaign.campaign_id,
        unit_id: unit.unit_id,
        subject: subject.word().to_owned(),
        serial,
        meeting_id: meeting.as_ref().map(|meeting| meeting.meeting_id),
        version: earlier.as_ref().map_or(1, |old| old.version),
        ..typed_row(actor, &work, order, base)?
    };
    match &earlier {
        None => store::outcome::insert_decision(&mut work.tx, &row).await?,
        Some(_) if store::outcome::update_decision(&mut work.tx, &row).await? => {}
        Some(_) => return Err(Refusal::new("REVIEW-002").into()),
    }
    enter_number(&mut work, actor, &row).await?;
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

/// Membership of the body, 0 before its session is recorded.
async fn base_of(app: &App, actor: &Actor, work: &mut Work<'_>, meeting: Option<&MeetingRow>) -> Result<u32> {
    let Some(meeting) = meeting else { return Ok(0) };
    let held = Held::load(&mut work.tx, actor, domain::MeetingId(meeting.meeting_id)).await?;
    Ok(held.vote_base(judge::majority(judge::book_of(app, &held.campaign)?))?.base)
}

fn typed_row(actor: &Actor, work: &Work<'_>, order: &SaveList, base: u32) -> Result<DecisionRow> {
    let in_favour = match order.in_favour.trim() {
        "" => 0,
        typed => typed.parse::<u32>().map_err(|_| Refusal::new("FORM-006").with("value", typed).at("in_favour"))?,
    };
    let signed_on =
        if order.signed_on.trim().is_empty() { work.today() } else { typed_day(&order.signed_on, "signed_on")? };
    Ok(DecisionRow {
        root_id: work.root(),
        decision_id: uuid::Uuid::nil(),
        campaign_id: uuid::Uuid::nil(),
        unit_id: uuid::Uuid::nil(),
        subject: String::new(),
        serial: 1,
        meeting_id: None,
        state: DecisionState::Draft.word().to_owned(),
        number: typed_text(&order.number, "number", 30)?,
        signed_on: signed_on.to_string(),
        signer_id: order.signer.unwrap_or(actor.person).0,
        membership_base: base.into(),
        in_favour: in_favour.into(),
        cap_override_reason: typed_text(&order.cap_override_reason, "override_reason", 2000)?,
        issued_at: None,
        issued_by: None,
        version: 1,
        saved_by: Some(actor.person.0),
        saved_at: Some(work.at),
    })
}

async fn enter_number(work: &mut Work<'_>, actor: &Actor, row: &DecisionRow) -> Result<()> {
    let kind = UnitPaper::Decision.meaning();
    let entry = Entry {
        kind,
        object: format!("{}/{}/{}", number::object(kind, row.campaign_id, row.unit_id), row.subject, row.serial),
        unit: row.unit_id,
        number: row.number.clone(),
        dated_on: stored(Day::parse_stored(&row.signed_on), "signed_on")?,
    };
    entry.enter(work, actor, "number").await.map(drop)
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
    let sheets = store::verification::of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    let mut lines = Vec::new();
    for line in typed {
        let ours = due.iter().any(|review| {
            review.review_id == line.review.0
                && review.subject == row.subject
                && review.obligation == Obligation::ReviewAndClassify.word()
                && !review.issued
        });
        chosen_level(&levels, ours, line.review, &line.level)?;
        let proposed = sheets.iter().find(|sheet| sheet.review_id == line.review.0);
        let decided = DecidedRow {
            review_id: line.review.0,
            level: line.level.clone(),
            reason: typed_text(&line.reason, &format!("reason-{}", line.review), 2000)?,
            proposed: proposed.map_or_else(String::new, |sheet| sheet.level.clone()),
        };
        store::outcome::set_decision_line(&mut work.tx, root, row.decision_id, &decided, None).await?;
        lines.push(decided);
    }
    work.note("decision.saved", format!("decision/{}", row.decision_id), None, Some(&(row, &lines)))
}
