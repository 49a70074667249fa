//! Ban hành quyết định: majority of the membership, no forbidden level, the cap over the whole base organisation; a
//! notice goes to each person in the same transaction.

use domain::decision::{DecisionState, IssueCheck, may_issue};
use domain::meeting::MeetingState;
use domain::policy::{Act, Resource};
use domain::proposal::ProposalState;
use domain::review::{Assessor, Obligation, ReviewAct};
use domain::{Actor, CampaignId, Day, Refusal, ReviewId};
use store::campaign::CampaignRow;
use store::org;
use store::outcome::{DecisionRow, LevelRow, NoticeRow, ProposalRow};
use store::review::ReviewListRow;

use crate::acts::review::Loaded;
use crate::app::{App, Grounds, Work, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Case};

/// What an issue works on.
struct Session {
    campaign: CampaignRow,
    decision: DecisionRow,
    lines: Vec<LevelRow>,
    due: Vec<ReviewListRow>,
    proposals: Vec<ProposalRow>,
    proposed: Vec<LevelRow>,
}

/// Issues the decision of the body that opened the campaign.
///
/// # Errors
/// `DECISION-001` … `-010`; those about a level carry the citation.
pub async fn issue_decision(app: &App, actor: &Actor, campaign: CampaignId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let session = load(&mut work, actor, campaign).await?;
    let check = check(app, actor, &mut work, &session).await?;
    may_issue(&check)?;
    differences_are_reasoned(&session)?;
    let issued = DecisionRow {
        state: DecisionState::Issued.word().to_owned(),
        issued_at: Some(work.at),
        issued_by: Some(actor.person.0),
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
        notify(app, actor, &mut work, &session, review).await?;
    }
    for proposal in &session.proposals {
        let decided = ProposalRow { state: ProposalState::Decided.word().to_owned(), ..proposal.clone() };
        store::outcome::update_proposal(&mut work.tx, &decided).await?;
        work.note("proposal.decided", format!("proposal/{}", proposal.proposal_id), Some(proposal), Some(&decided))?;
    }
    work.commit().await
}

async fn load(work: &mut Work<'_>, actor: &Actor, campaign: CampaignId) -> Result<Session> {
    let root = work.root();
    let campaign = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::IssueDecision, &Resource::of_unit(&unit.path))?;
    let decision = store::outcome::decision(&mut work.tx, root, campaign.campaign_id, unit.unit_id).await?;
    let decision = decision.ok_or_else(|| Refusal::new("DECISION-002").at("number"))?;
    let meeting = match decision.meeting_id {
        Some(id) => store::meeting::meeting(&mut work.tx, root, id).await?,
        None => None,
    };
    if meeting.is_none_or(|meeting| meeting.state != MeetingState::Sealed.word()) {
        return Err(Refusal::new("DECISION-010").into());
    }
    let due = store::review::list_of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    let due = due.into_iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word()).collect();
    let lines = store::outcome::decision_lines(&mut work.tx, root, decision.decision_id).await?;
    let proposals = store::outcome::proposals(&mut work.tx, root, campaign.campaign_id).await?;
    let proposed = store::outcome::proposed_of_campaign(&mut work.tx, root, campaign.campaign_id).await?;
    Ok(Session { campaign, decision, lines, due, proposals, proposed })
}

impl Session {
    fn level(&self, review: &ReviewListRow) -> Option<&LevelRow> {
        self.lines.iter().find(|line| line.review_id == review.review_id)
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

async fn check(app: &App, actor: &Actor, work: &mut Work<'_>, session: &Session) -> Result<IssueCheck> {
    let book =
        app.library.book(&session.campaign.rule_book_id).ok_or_else(|| Error::Fault("rule book is gone".to_owned()))?;
    let mut forbidden = Vec::new();
    for review in &session.due {
        let Some(line) = session.level(review) else { continue };
        let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
        if let Some(reason) = Case::load(app, &mut work.tx, &loaded).await?.judge().against(&line.level) {
            forbidden.push((review.full_name.clone(), reason.cited()));
        }
    }
    let levels: Vec<&str> =
        session.due.iter().filter_map(|review| session.level(review)).map(|line| line.level.as_str()).collect();
    let cap = judge::cap(book, &session.campaign.settings, &levels)?;
    let decision = &session.decision;
    let base = u32::try_from(decision.membership_base).unwrap_or(0);
    let (numerator, denominator) = judge::majority(book);
    Ok(IssueCheck {
        state: known(DecisionState::from_word(&decision.state), "decision state")?,
        numbered: !decision.number.is_empty(),
        base,
        in_favour: u32::try_from(decision.in_favour).unwrap_or(0),
        needed: base * numerator / denominator.max(1) + 1,
        missing_proposals: count(session.units_without_proposal()),
        missing_levels: count(session.due.iter().filter(|review| session.level(review).is_none()).count()),
        forbidden,
        over_cap: cap.over,
        override_reason: decision.cap_override_reason.clone(),
        cap_citation: cap.citation,
    })
}

fn differences_are_reasoned(session: &Session) -> Result<()> {
    let mut faults = Vec::new();
    for review in &session.due {
        let Some(line) = session.level(review) else { continue };
        let proposed = session.proposed.iter().find(|proposed| proposed.review_id == review.review_id);
        if line.reason.is_empty() && proposed.is_none_or(|proposed| proposed.level != line.level) {
            let field = format!("reason-{}", review.review_id);
            faults.push(Refusal::new("DECISION-009").with("person", &review.full_name).at(&field));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
}

async fn notify(
    app: &App,
    actor: &Actor,
    work: &mut Work<'_>,
    session: &Session,
    review: &ReviewListRow,
) -> Result<()> {
    let root = work.root();
    let book =
        app.library.book(&session.campaign.rule_book_id).ok_or_else(|| Error::Fault("rule book is gone".to_owned()))?;
    let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
    loaded.advance(work, ReviewAct::Decide, "review.decided", "").await?;
    let opinions = store::review::opinions(&mut work.tx, root, review.review_id).await?;
    let comment = opinions.iter().rev().find(|opinion| opinion.actor == Assessor::CellCommittee.word());
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
