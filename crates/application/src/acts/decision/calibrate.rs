//! Ghi biên bản cân chỉnh: who on an open list was moved from which level to which, why, in which session.

use std::collections::BTreeMap;

use domain::calibration::{Move, check};
use domain::decision::{DecisionAct, DecisionState, after};
use domain::policy::{Act, Resource};
use domain::subject::Subject;
use domain::{Actor, CalibrationId, CampaignId, Day, Refusal, ReviewId};
use store::campaign::CampaignRow;
use store::org;
use store::outcome::{CalibrationRow, DecidedRow, DecisionRow, MoveRow};
use uuid::Uuid;

use super::issuing::refused_if_any;
use crate::acts::proposal::chosen_level;
use crate::acts::review::Loaded;
use crate::acts::seen::{Standing, must_be_newest};
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Case};

/// Meaning of the form; only books that name it know calibration.
pub(crate) const CALIBRATION_MINUTES: &str = "calibration-minutes";

/// A session as typed.
#[derive(Debug, Clone, Default)]
pub struct Calibrate {
    /// Day.
    pub held_on: String,
    /// Chair, with post.
    pub chair: String,
    /// Who writes the minutes.
    pub secretary: String,
    /// Who took part, one a line.
    pub members: String,
    /// Conclusion.
    pub conclusion: String,
    /// Review, level and reason; an empty level leaves it as it is.
    pub moves: Vec<(ReviewId, String, String)>,
    /// Version of the list that the session had before it; none for whoever saw no page.
    pub seen: Option<i64>,
}

/// Records a session and moves the levels of the open list accordingly. The session is kept as it was; a mistake is mended by
/// another one. The votes counted for the list as it was count no more.
///
/// # Errors
/// `REVIEW-010` the list was saved since;
/// `CALIBRATE-001` … `-003`, `-004` no list is saved, `-005` chair or secretary missing, `-006` on a day to come; `DECISION-001`
/// issued, `-007` a rule forbids the level; `CALIBRATE-007` oneself; `FORM-002` … `-004`; [`Error::Denied`] where the rule book knows no calibration.
pub async fn calibrate(
    app: &App,
    actor: &Actor,
    (campaign, subject): (CampaignId, Subject),
    order: &Calibrate,
) -> Result<CalibrationId> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let campaign = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::PrepareDecision, &Resource::of_unit(&unit.path))?;
    judge::book_of(app, &campaign)?.form(CALIBRATION_MINUTES).ok_or(Error::Denied)?;
    let decision = open_list(&mut work, &campaign, subject).await?;
    let standing = Standing { version: decision.version, saved_by: decision.saved_by, saved_at: decision.saved_at };
    must_be_newest(&mut work, order.seen, Some(&standing)).await?;
    let session = session(&work, actor, &decision, order)?;
    let lines = store::outcome::saved_decision_lines(&mut work.tx, root, decision.decision_id).await?;
    let lines: BTreeMap<Uuid, DecidedRow> = lines.into_iter().map(|line| (line.review_id, line)).collect();
    let moves = moved(app, actor, &mut work, (&campaign, &session), (&lines, order)).await?;
    store::outcome::insert_calibration(&mut work.tx, &session).await?;
    for (one, line) in &moves {
        store::outcome::insert_move(&mut work.tx, one).await?;
        store::outcome::set_decision_line(&mut work.tx, root, decision.decision_id, line, None).await?;
    }
    // Whoever has the list open on an older page is told so.
    let changed = DecisionRow { in_favour: 0, saved_by: Some(actor.person.0), saved_at: Some(work.at), ..decision };
    if !store::outcome::update_decision(&mut work.tx, &changed).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let rows: Vec<&MoveRow> = moves.iter().map(|(one, _)| one).collect();
    work.note("decision.calibrated", format!("decision/{}", changed.decision_id), None, Some(&(&session, &rows)))?;
    for one in rows {
        work.note("decision.level_moved", format!("review/{}", one.review_id), None, Some(one))?;
    }
    work.commit().await?;
    Ok(CalibrationId(session.calibration_id))
}

/// The list that is being prepared.
async fn open_list(work: &mut Work<'_>, campaign: &CampaignRow, subject: Subject) -> Result<DecisionRow> {
    let root = work.root();
    let decision = store::outcome::decision(&mut work.tx, root, campaign.campaign_id, subject.word()).await?;
    let decision = decision.ok_or_else(|| Refusal::new("CALIBRATE-004"))?;
    after(known(DecisionState::from_word(&decision.state), "decision state")?, DecisionAct::Save)?;
    Ok(decision)
}

fn session(work: &Work<'_>, actor: &Actor, decision: &DecisionRow, order: &Calibrate) -> Result<CalibrationRow> {
    let held_on: Day = typed_day(&order.held_on, "held_on")?;
    if held_on > work.today() {
        return Err(Refusal::new("CALIBRATE-006").with("day", work.today().shown()).at("held_on").into());
    }
    let named = |typed: &str, field: &str| {
        let text = typed_text(typed, field, 200)?;
        if text.is_empty() { Err(Refusal::new("CALIBRATE-005").at(field)) } else { Ok(text) }
    };
    Ok(CalibrationRow {
        root_id: work.root(),
        calibration_id: work.id::<CalibrationId>().0,
        decision_id: decision.decision_id,
        held_on: held_on.to_string(),
        chair: named(&order.chair, "chair")?,
        secretary: named(&order.secretary, "secretary")?,
        members: typed_text(&order.members, "members", 4000)?,
        conclusion: typed_text(&order.conclusion, "conclusion", 4000)?,
        recorded_by: actor.person.0,
        recorded_at: work.at,
    })
}

/// The moves with the lines of the list as they stand after them.
async fn moved(
    app: &App,
    actor: &Actor,
    work: &mut Work<'_>,
    (campaign, session): (&CampaignRow, &CalibrationRow),
    (lines, order): (&BTreeMap<Uuid, DecidedRow>, &Calibrate),
) -> Result<Vec<(MoveRow, DecidedRow)>> {
    let levels = judge::levels(judge::book_of(app, campaign)?);
    let mut moves = Vec::new();
    let mut names = Vec::new();
    let mut forbidden = Vec::new();
    for (review, to, reason) in order.moves.iter().filter(|(_, to, _)| !to.is_empty()) {
        let line = lines.get(&review.0);
        chosen_level(&levels, line.is_some(), *review, to)?;
        let loaded = Loaded::load(&mut work.tx, actor, *review).await?;
        if loaded.person_id() == Some(actor.person) {
            forbidden.push(Refusal::new("CALIBRATE-007").at(&format!("to-{review}")));
        }
        if let Some(against) = Case::load(app, &mut work.tx, &loaded).await?.judge().against(to) {
            let refusal = Refusal::new("DECISION-007").with("person", loaded.name()?).with("count", 1);
            forbidden.push(refusal.citing(against.cited()).at(&format!("to-{review}")));
        }
        let before = line.cloned().ok_or(Error::Denied)?;
        let reason = typed_text(reason, &format!("why-{review}"), 2000)?;
        let one = MoveRow {
            root_id: work.root(),
            calibration_id: session.calibration_id,
            review_id: review.0,
            from_level: before.level.clone(),
            to_level: to.clone(),
            reason: reason.clone(),
        };
        names.push((review.to_string(), loaded.name()?));
        // Grounds that were written before stand; why he was moved stands in the minutes.
        let grounds = if before.reason.is_empty() { reason } else { before.reason.clone() };
        moves.push((one, DecidedRow { level: to.clone(), reason: grounds, ..before }));
    }
    refused_if_any(forbidden)?;
    let told: Vec<Move<'_>> =
        moves.iter().zip(&names).map(|((one, _), (review, name))| told(one, review, name)).collect();
    check(&told, &session.conclusion).map_err(Error::Refused)?;
    Ok(moves)
}

fn told<'a>(one: &'a MoveRow, review: &'a str, name: &'a str) -> Move<'a> {
    Move { review, name, from: &one.from_level, to: &one.to_level, reason: &one.reason }
}

/// The day of a session.
pub(crate) fn day_of(row: &CalibrationRow) -> Result<Day> {
    stored(Day::parse_stored(&row.held_on), "held_on")
}
