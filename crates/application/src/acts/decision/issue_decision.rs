//! Ban hành quyết định: majority of the membership, no forbidden level, the cap over the whole base organisation; a
//! notice goes to each person in the same transaction.

use domain::decision::{DecisionAct, DecisionState, IssueCheck, after, may_issue, must_look_again};
use domain::meeting::{MeetingState, VoteBase};
use domain::policy::{Act, Resource};
use domain::proposal::{ProposalAct, ProposalState};
use domain::review::{Assessor, Obligation, ReviewAct};
use domain::subject::Subject;
use domain::{Actor, CampaignId, Day, FactId, MeetingId, Refusal, ReviewId};
use store::campaign::CampaignRow;
use store::org;
use store::outcome::{DecidedRow, DecisionRow, LevelRow, NoticeRow, ProposalRow};
use store::review::{FactRow, ReviewListRow};
use uuid::Uuid;

use crate::acts::meeting::Held;
use crate::acts::proposal::rated;
use crate::acts::review::Loaded;
use crate::app::{App, Grounds, Work, permit};
use crate::cases::Cases;
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Case};

/// What an issue works on.
struct Session<'a> {
    campaign: &'a CampaignRow,
    decision: DecisionRow,
    base: VoteBase,
    lines: Vec<DecidedRow>,
    due: Vec<ReviewListRow>,
    proposals: Vec<ProposalRow>,
    proposed: Vec<LevelRow>,
}

/// Issues the decision of the body that opened the campaign.
///
/// # Errors
/// `DECISION-001` … `-012`; those about a level carry the citation.
pub async fn issue_decision(app: &App, actor: &Actor, campaign: CampaignId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let campaign = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::IssueDecision, &Resource::of_unit(&unit.path))?;
    let cases = Cases::load(app, &mut work.tx, &campaign).await?;
    let session = load(&mut work, actor, &campaign, &cases).await?;
    let check = check(app, &mut work, &session, &cases).await?;
    may_issue(&check)?;
    proposals_were_seen(&session)?;
    differences_are_reasoned(&session)?;
    let issued = DecisionRow {
        state: after(check.state, DecisionAct::Issue)?.word().to_owned(),
        issued_at: Some(work.at),
        issued_by: Some(actor.person.0),
        membership_base: session.base.base.into(),
        saved_by: Some(actor.person.0),
        saved_at: Some(work.at),
        ..session.decision.clone()
    };
    if !store::outcome::update_decision(&mut work.tx, &issued).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let grounds = Grounds { cites: vec![check.cap_citation], why: Grounds::because(&issued.cap_override_reason).why };
    let object = format!("decision/{}", issued.decision_id);
    work.note_citing(
        "decision.issued",
        object,
        Some(&(&session.decision, &session.lines)),
        Some(&(&issued, &session.lines)),
        grounds,
    )?;
    for review in &session.due {
        notify(actor, &mut work, &session, &cases, review).await?;
    }
    for proposal in &session.proposals {
        let state = known(ProposalState::from_word(&proposal.state), "proposal state")?;
        // A list that never came, of a cell in which nobody is to be classified, stays as it is.
        let Ok(state) = domain::proposal::after(state, ProposalAct::Decide) else { continue };
        let decided = ProposalRow { state: state.word().to_owned(), ..proposal.clone() };
        store::outcome::update_proposal(&mut work.tx, &decided).await?;
        work.note("proposal.decided", format!("proposal/{}", proposal.proposal_id), Some(proposal), Some(&decided))?;
    }
    work.commit().await
}

async fn load<'a>(
    work: &mut Work<'_>,
    actor: &Actor,
    campaign: &'a CampaignRow,
    cases: &Cases<'_>,
) -> Result<Session<'a>> {
    let root = work.root();
    let decision = store::outcome::decision(&mut work.tx, root, campaign.campaign_id, Subject::Member.word()).await?;
    let mut decision = decision.ok_or_else(|| Refusal::new("DECISION-002").at("number"))?;
    let held = sealed(work, actor, campaign).await?;
    // The committee may have met after the list was last saved: what counts is its sealed minutes.
    decision.meeting_id = Some(held.meeting.meeting_id);
    let base = held.vote_base(judge::majority(judge::book_of(work.app(), campaign)?))?;
    let due = store::review::list_of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    let due: Vec<ReviewListRow> =
        due.into_iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word()).collect();
    let lines = store::outcome::saved_decision_lines(&mut work.tx, root, decision.decision_id).await?;
    let has_level = |review| lines.iter().any(|line| line.review_id == review && !line.level.is_empty());
    let due = rated(cases, due, has_level, "DECISION-012")?;
    let decides = |line: &DecidedRow| due.iter().any(|review| review.review_id == line.review_id);
    let lines = lines.into_iter().filter(|line| !line.level.is_empty() && decides(line)).collect();
    let proposals = store::outcome::proposals(&mut work.tx, root, campaign.campaign_id).await?;
    let proposed = store::outcome::proposed_of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    Ok(Session { campaign, decision, base, lines, due, proposals, proposed })
}

/// The committee's meeting with sealed minutes.
async fn sealed(work: &mut Work<'_>, actor: &Actor, campaign: &CampaignRow) -> Result<Held> {
    let root = work.root();
    let meeting = store::meeting::of_unit(&mut work.tx, root, campaign.campaign_id, campaign.unit_id).await?.pop();
    let meeting = meeting.filter(|meeting| meeting.state == MeetingState::Sealed.word());
    let meeting = meeting.ok_or_else(|| Refusal::new("DECISION-010"))?;
    Held::load(&mut work.tx, actor, MeetingId(meeting.meeting_id)).await
}

impl Session<'_> {
    fn level(&self, review: &ReviewListRow) -> Option<&DecidedRow> {
        self.lines.iter().find(|line| line.review_id == review.review_id)
    }

    fn proposed(&self, review: &ReviewListRow) -> &str {
        let proposed = self.proposed.iter().find(|proposed| proposed.review_id == review.review_id);
        proposed.map_or("", |proposed| proposed.level.as_str())
    }

    fn without_level(&self) -> Vec<&ReviewListRow> {
        self.due.iter().filter(|review| self.level(review).is_none()).collect()
    }

    fn units_without_proposal(&self) -> usize {
        let arrived = |unit| {
            self.proposals.iter().any(|proposal| {
                proposal.unit_id == unit
                    && [ProposalState::Sent.word(), ProposalState::Decided.word()].contains(&proposal.state.as_str())
            })
        };
        let units: std::collections::BTreeSet<_> = self.due.iter().map(|review| review.unit_id).collect();
        units.into_iter().filter(|unit| !arrived(*unit)).count()
    }
}

async fn check(app: &App, work: &mut Work<'_>, session: &Session<'_>, cases: &Cases<'_>) -> Result<IssueCheck> {
    let book = judge::book_of(app, session.campaign)?;
    let mut forbidden = Vec::new();
    for review in &session.due {
        let Some(line) = session.level(review) else { continue };
        if let Some(reason) = cases.of(review).judge().against(&line.level) {
            forbidden.push((review.full_name.clone(), reason.cited()));
        }
    }
    let decided = session.due.iter().filter_map(|review| session.level(review));
    let levels: Vec<(Uuid, &str)> = decided.map(|line| (line.review_id, line.level.as_str())).collect();
    let cap = judge::cap(&mut work.tx, book, session.campaign, &session.due, &levels).await?;
    let decision = &session.decision;
    let missing = session.without_level();
    Ok(IssueCheck {
        state: known(DecisionState::from_word(&decision.state), "decision state")?,
        numbered: !decision.number.is_empty(),
        base: session.base.base,
        in_favour: u32::try_from(decision.in_favour).unwrap_or(0),
        needed: session.base.needed,
        missing_proposals: count(session.units_without_proposal()),
        missing_levels: count(missing.len()),
        first_missing: missing.first().map(|review| (review.full_name.clone(), format!("level-{}", review.review_id))),
        forbidden,
        over_cap: cap.over,
        override_reason: decision.cap_override_reason.clone(),
        cap_citation: cap.citation,
    })
}

/// What a cell proposes now must be what the committee saw when it saved the line.
fn proposals_were_seen(session: &Session<'_>) -> Result<()> {
    let changed = |review: &&ReviewListRow| {
        let line = session.level(review);
        line.is_some_and(|line| must_look_again(&line.level, &line.proposed, session.proposed(review)))
    };
    let faults: Vec<Refusal> = session
        .due
        .iter()
        .filter(changed)
        .map(|review| {
            let field = format!("confirm-{}", review.review_id);
            Refusal::new("DECISION-011").with("person", &review.full_name).at(&field)
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
}

fn differences_are_reasoned(session: &Session<'_>) -> Result<()> {
    let mut faults = Vec::new();
    for review in &session.due {
        let Some(line) = session.level(review) else { continue };
        if line.reason.is_empty() && session.proposed(review) != line.level {
            let field = format!("reason-{}", review.review_id);
            faults.push(Refusal::new("DECISION-009").with("person", &review.full_name).at(&field));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
}

/// What was decided stays decided on what was known: a later change of the roster must not change the answer of the rules.
pub(crate) async fn keep_roster(
    actor: &Actor,
    work: &mut Work<'_>,
    review: Uuid,
    roster: &Case<'_>,
    decided: &Case<'_>,
) -> Result<()> {
    let rows: Vec<FactRow> = roster
        .names()
        .filter_map(|name| Some((name.to_owned(), decided.value(name)?)))
        .map(|(name, value)| FactRow {
            root_id: work.root(),
            fact_id: work.id::<FactId>().0,
            review_id: review,
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
    work.note("review.roster_kept", format!("review/{review}"), None, Some(&rows))
}

async fn notify(
    actor: &Actor,
    work: &mut Work<'_>,
    session: &Session<'_>,
    cases: &Cases<'_>,
    review: &ReviewListRow,
) -> Result<()> {
    let root = work.root();
    let book = judge::book_of(work.app(), session.campaign)?;
    let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
    keep_roster(actor, work, review.review_id, &cases.on_roster(review), &cases.of(review)).await?;
    loaded.advance(work, ReviewAct::Decide, "review.decided", "").await?;
    let comment =
        cases.opinions(review.review_id).iter().rev().find(|opinion| opinion.actor == Assessor::CellCommittee.word());
    let issued_on = stored(Day::parse_stored(&session.decision.signed_on), "signed_on")?;
    let notice = NoticeRow {
        root_id: root,
        review_id: review.review_id,
        decision_id: session.decision.decision_id,
        comment: comment.map_or_else(String::new, |opinion| opinion.comment.clone()),
        issued_on: issued_on.to_string(),
        reply_due_on: judge::reply_due(book, issued_on).to_string(),
        read_at: None,
        reply: String::new(),
        replied_at: None,
    };
    store::outcome::insert_notice(&mut work.tx, &notice).await?;
    work.note("notice.issued", format!("notice/{}", review.review_id), None, Some(&notice))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
