//! Ban hành quyết định: majority of the membership, no forbidden level, the cap over the whole base organisation; a
//! notice goes to each person in the same transaction.

use domain::decision::{DecisionState, IssueCheck, may_issue, must_look_again};
use domain::meeting::VoteBase;
use domain::policy::{Act, Resource};
use domain::proposal::{ProposalAct, ProposalState};
use domain::review::{Assessor, Obligation};
use domain::subject::Subject;
use domain::{Actor, CampaignId, Refusal, ReviewId};
use store::campaign::CampaignRow;
use store::org;
use store::outcome::{DecidedRow, DecisionRow, LevelRow, ProposalRow};
use store::review::ReviewListRow;
use uuid::Uuid;

use super::issuing::{decide, leave_out, mark_issued, on_sealed_minutes, refused_if_any, without_grounds};
use crate::acts::proposal::rated;
use crate::acts::review::Loaded;
use crate::app::{App, Work, permit};
use crate::cases::Cases;
use crate::error::{Error, Result, known};
use crate::judge;

/// What an issue works on.
struct Session<'a> {
    campaign: &'a CampaignRow,
    decision: DecisionRow,
    base: VoteBase,
    lines: Vec<DecidedRow>,
    due: Vec<ReviewListRow>,
    /// Who was to be classified and is not, by what is known now.
    left_out: Vec<ReviewListRow>,
    proposals: Vec<ProposalRow>,
    proposed: Vec<LevelRow>,
}

/// Issues the decision of the body that opened the campaign.
///
/// # Errors
/// `DECISION-001` … `-012`, `-031` the agency has not rated him, `-032`; those about a level carry the citation.
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
    each_may_be_decided(&session, &cases)?;
    proposals_were_seen(&session)?;
    differences_are_reasoned(&session)?;
    mark_issued(&mut work, actor, &session.decision, check, &session.lines).await?;
    for review in &session.due {
        notify(actor, &mut work, &session, &cases, review).await?;
    }
    for review in &session.left_out {
        let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
        leave_out(&mut work, &loaded, &cases.of(review).judge()).await?;
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
    let (decision, base) = on_sealed_minutes(work, actor, campaign, Subject::Member).await?;
    let all = store::review::list_of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    let all = all.into_iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word());
    let all: Vec<ReviewListRow> = all.collect();
    let lines = store::outcome::saved_decision_lines(&mut work.tx, root, decision.decision_id).await?;
    let has_level = |review| lines.iter().any(|line| line.review_id == review && !line.level.is_empty());
    let due = rated(cases, all.clone(), has_level, "DECISION-012")?;
    let is_due = |review: &ReviewListRow| due.iter().any(|due| due.review_id == review.review_id);
    let left_out = all.into_iter().filter(|review| !is_due(review)).collect();
    let decides = |line: &DecidedRow| due.iter().any(|review| review.review_id == line.review_id);
    let lines = lines.into_iter().filter(|line| !line.level.is_empty() && decides(line)).collect();
    let proposals = store::outcome::proposals(&mut work.tx, root, campaign.campaign_id).await?;
    let proposed = store::outcome::proposed_of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    Ok(Session { campaign, decision, base, lines, due, left_out, proposals, proposed })
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
    // Where the book counts by groups of like position, a place left in one of them is of no use in another.
    let groups = judge::peer_caps(&mut work.tx, book, session.campaign, &session.due, &levels).await?;
    let over_cap = if groups.is_empty() { cap.over } else { groups.iter().map(|group| group.cap.over).sum() };
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
        over_cap,
        override_reason: decision.cap_override_reason.clone(),
        cap_citation: cap.citation,
    })
}

/// The agency's level comes before the level as a member; a level that the texts leave to the committee has its grounds.
fn each_may_be_decided(session: &Session<'_>, cases: &Cases<'_>) -> Result<()> {
    let mut faults = Vec::new();
    for review in &session.due {
        let Some(line) = session.level(review) else { continue };
        let case = cases.of(review);
        if let Some(order) = cases.waits_for_agency(review.review_id, &case) {
            let field = format!("level-{}", review.review_id);
            faults
                .push(Refusal::new("DECISION-031").with("person", &review.full_name).at(&field).citing(order.cited()));
        }
        faults.extend(without_grounds(&case.brief().1, &line.reason, &review.full_name, review.review_id));
    }
    refused_if_any(faults)
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
    refused_if_any(faults)
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
    refused_if_any(faults)
}

async fn notify(
    actor: &Actor,
    work: &mut Work<'_>,
    session: &Session<'_>,
    cases: &Cases<'_>,
    review: &ReviewListRow,
) -> Result<()> {
    let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
    let comment =
        cases.opinions(review.review_id).iter().rev().find(|opinion| opinion.actor == Assessor::CellCommittee.word());
    let comment = comment.map_or_else(String::new, |opinion| opinion.comment.clone());
    let known = (&cases.on_roster(review), &cases.of(review));
    decide(work, actor, &session.decision, &loaded, known, comment).await
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
