//! Ban hành: what every list of levels goes through once it may be issued, whoever it is about.

use domain::decision::{DecisionAct, IssueCheck, after};
use domain::meeting::{MeetingState, VoteBase};
use domain::review::ReviewAct;
use domain::subject::Subject;
use domain::{Actor, Day, FactId, MeetingId, Refusal};
use serde::Serialize;
use store::campaign::CampaignRow;
use store::outcome::{DecisionRow, NoticeRow};
use store::review::{FactRow, ReviewRow};
use uuid::Uuid;

use crate::acts::meeting::Held;
use crate::acts::review::Loaded;
use crate::app::{Grounds, Work};
use crate::error::{Error, Result, stored};
use crate::judge::{self, Case, Judgement, Reason};

/// The saved decision, with the session of the deciding body whose minutes are sealed: it may have met after the list was
/// last saved.
///
/// # Errors
/// `DECISION-002` nothing saved, `-010` no sealed minutes.
pub(crate) async fn on_sealed_minutes(
    work: &mut Work<'_>,
    actor: &Actor,
    campaign: &CampaignRow,
    subject: Subject,
) -> Result<(DecisionRow, VoteBase)> {
    let (root, id) = (work.root(), campaign.campaign_id);
    let decision = store::outcome::decision(&mut work.tx, root, id, subject.word()).await?;
    let decision = decision.ok_or_else(|| Refusal::new("DECISION-002").at("number"))?;
    let meeting = store::meeting::of_unit(&mut work.tx, root, id, campaign.unit_id).await?.pop();
    let meeting = meeting.filter(|meeting| meeting.state == MeetingState::Sealed.word());
    let meeting = meeting.ok_or_else(|| Refusal::new("DECISION-010"))?;
    let held = Held::load(&mut work.tx, actor, MeetingId(meeting.meeting_id)).await?;
    let base = held.vote_base(judge::majority_on(judge::book_of(work.app(), campaign)?, subject))?;
    Ok((DecisionRow { meeting_id: Some(meeting.meeting_id), ..decision }, base))
}

/// Several faults at once, or none.
pub(crate) fn refused_if_any(faults: Vec<Refusal>) -> Result<()> {
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
}

/// A level that the texts leave to the competent body needs its grounds in writing.
pub(crate) fn without_grounds(left_open: &[Reason], grounds: &str, name: &str, review: Uuid) -> Option<Refusal> {
    let open = left_open.first().filter(|_| grounds.is_empty())?;
    let field = format!("reason-{review}");
    Some(Refusal::new("DECISION-032").with("person", name).at(&field).citing(open.cited()))
}

/// Marks the decision as issued, with the lines that it decides.
///
/// # Errors
/// `DECISION-001` issued already, `REVIEW-002` changed meanwhile.
pub(crate) async fn mark_issued(
    work: &mut Work<'_>,
    actor: &Actor,
    decision: &DecisionRow,
    check: IssueCheck,
    lines: &impl Serialize,
) -> Result<()> {
    let issued = DecisionRow {
        state: after(check.state, DecisionAct::Issue)?.word().to_owned(),
        issued_at: Some(work.at),
        issued_by: Some(actor.person.0),
        membership_base: check.base.into(),
        saved_by: Some(actor.person.0),
        saved_at: Some(work.at),
        ..decision.clone()
    };
    if !store::outcome::update_decision(&mut work.tx, &issued).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let grounds = Grounds { cites: vec![check.cap_citation], why: Grounds::because(&issued.cap_override_reason).why };
    let object = format!("decision/{}", issued.decision_id);
    work.note_citing("decision.issued", object, Some(&(decision, lines)), Some(&(&issued, lines)), grounds)
}

/// Decides one review: keeps what was known (`on_roster`, of what it was judged on, `decided`), and gives notice with
/// the body's `comment`.
pub(crate) async fn decide(
    work: &mut Work<'_>,
    actor: &Actor,
    decision: &DecisionRow,
    loaded: &Loaded,
    (on_roster, decided): (&Case<'_>, &Case<'_>),
    comment: String,
) -> Result<()> {
    keep_roster(work, actor, loaded, on_roster, decided).await?;
    loaded.advance(work, ReviewAct::Decide, "review.decided", "").await?;
    let issued_on = stored(Day::parse_stored(&decision.signed_on), "signed_on")?;
    let book = judge::book_of(work.app(), &loaded.campaign)?;
    let notice = NoticeRow {
        root_id: work.root(),
        review_id: loaded.review.review_id,
        decision_id: decision.decision_id,
        comment,
        issued_on: issued_on.to_string(),
        reply_due_on: judge::reply_due(book, issued_on)?.to_string(),
        read_at: None,
        reply: String::new(),
        replied_at: None,
    };
    store::outcome::insert_notice(&mut work.tx, &notice).await?;
    work.note("notice.issued", format!("notice/{}", notice.review_id), None, Some(&notice))
}

/// Leaves a review out of the decision because, by what is known now, it is not to be classified: nobody waits for its
/// level any longer.
///
/// # Errors
/// `REVIEW-002` changed meanwhile.
pub(crate) async fn leave_out(work: &mut Work<'_>, loaded: &Loaded, judgement: &Judgement) -> Result<()> {
    let settled = ReviewRow {
        obligation: judgement.obligation.word().to_owned(),
        obligation_rule: judgement.obligation_rule.clone(),
        obligation_reason: judgement.obligation_reason.clone(),
        ..loaded.review.clone()
    };
    if !store::review::set_obligation(&mut work.tx, &settled).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let settled = ReviewRow { version: settled.version + 1, ..settled };
    work.note("review.left_out", loaded.object(), Some(&loaded.review), Some(&settled))
}

/// What was decided stays decided on what was known: a later change of the roster must not change the answer of the rules.
async fn keep_roster(
    work: &mut Work<'_>,
    actor: &Actor,
    loaded: &Loaded,
    on_roster: &Case<'_>,
    decided: &Case<'_>,
) -> Result<()> {
    let rows: Vec<FactRow> = on_roster
        .names()
        .filter_map(|name| Some((name.to_owned(), decided.value(name)?)))
        .map(|(name, value)| FactRow {
            root_id: work.root(),
            fact_id: work.id::<FactId>().0,
            review_id: loaded.review.review_id,
            name,
            value,
            evidence: String::new(),
            stated_by: actor.person.0,
            stated_at: work.at,
        })
        .collect();
    for row in &rows {
        store::review::insert_fact(&mut work.tx, row).await?;
    }
    work.note("review.roster_kept", loaded.object(), None, Some(&rows))
}
