//! Gửi đề xuất lên cấp có thẩm quyền: complete, permitted by the rules, reasoned where it differs from the ballot.

use std::collections::BTreeMap;

use domain::ballot::majority;
use domain::meeting::MeetingState;
use domain::policy::{Act, Resource};
use domain::proposal::{ProposalAct, ProposalState, after};
use domain::review::{Obligation, ReviewAct};
use domain::{Actor, ProposalId, Refusal, ReviewId};
use store::org;
use store::outcome::{LevelRow, ProposalRow};
use store::review::ReviewListRow;
use uuid::Uuid;

use super::rated;
use crate::acts::review::Loaded;
use crate::app::{App, Work, permit};
use crate::cases::Cases;
use crate::error::{Error, Result, known};
use crate::judge;

/// Sends the proposal.
///
/// # Errors
/// `PROPOSAL-001` sent already, `-004` levels missing, `-005` a rule forbids a level (with citation), `-006` differs
/// from the ballot without a reason, `-007` minutes not sealed, `-008` somebody with a level is not to be classified;
/// `TEMP-009` the cell of somebody's temporary activity has not given its opinion.
pub async fn send_proposal(app: &App, actor: &Actor, proposal: ProposalId) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let row = store::outcome::proposal(&mut work.tx, root, proposal.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut work.tx, root, row.unit_id).await?.ok_or(Error::Denied)?;
    permit(actor, Act::Propose, &Resource::of_unit(&unit.path))?;
    let state = after(known(ProposalState::from_word(&row.state), "proposal state")?, ProposalAct::Send)?;
    let meetings = store::meeting::of_unit(&mut work.tx, root, row.campaign_id, row.unit_id).await?;
    if !meetings.iter().any(|meeting| meeting.state == MeetingState::Sealed.word()) {
        return Err(Refusal::new("PROPOSAL-007").into());
    }
    let due = store::review::list_of_unit(&mut work.tx, root, row.campaign_id, row.unit_id).await?;
    let due: Vec<ReviewListRow> =
        due.into_iter().filter(|review| review.obligation == Obligation::ReviewAndClassify.word()).collect();
    let lines = store::outcome::proposal_lines(&mut work.tx, root, row.proposal_id).await?;
    let has_level = |review| lines.iter().any(|line| line.review_id == review);
    let campaign = store::campaign::campaign(&mut work.tx, root, row.campaign_id).await?.ok_or(Error::Denied)?;
    let cases = Cases::load(app, &mut work.tx, &campaign).await?;
    let due = rated(&cases, due, has_level, "PROPOSAL-008")?;
    let reviews: Vec<Uuid> = due.iter().map(|review| review.review_id).collect();
    crate::acts::temporary::must_be_heard(&mut work.tx, root, &reviews).await?;
    check_lines(app, &mut work, &cases, &due, &lines).await?;
    let sent = ProposalRow {
        state: state.word().to_owned(),
        sent_at: Some(work.at),
        sent_by: Some(actor.person.0),
        saved_by: Some(actor.person.0),
        saved_at: Some(work.at),
        ..row.clone()
    };
    if !store::outcome::update_proposal(&mut work.tx, &sent).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    for review in &due {
        let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
        loaded.advance(&mut work, ReviewAct::Propose, "review.proposed", "").await?;
    }
    work.note("proposal.sent", format!("proposal/{}", row.proposal_id), Some(&(&row, &lines)), Some(&(&sent, &lines)))?;
    work.commit().await
}

async fn check_lines(
    app: &App,
    work: &mut Work<'_>,
    cases: &Cases<'_>,
    due: &[ReviewListRow],
    lines: &[LevelRow],
) -> Result<()> {
    let missing = |review: &&ReviewListRow| !lines.iter().any(|line| line.review_id == review.review_id);
    if let Some(first) = due.iter().find(missing) {
        let count = due.iter().filter(missing).count();
        let what = Refusal::new("PROPOSAL-004").with("count", count).with("person", &first.full_name);
        return Err(what.at(&format!("level-{}", first.review_id)).into());
    }
    let winners = match due.first() {
        Some(review) => ballot_winners(app, work, review.campaign_id).await?,
        None => BTreeMap::new(),
    };
    let mut faults = Vec::new();
    for review in due {
        let Some(line) = lines.iter().find(|line| line.review_id == review.review_id) else { continue };
        let judgement = cases.of(review).judge();
        if let Some(reason) = judgement.against(&line.level) {
            let field = format!("level-{}", review.review_id);
            faults
                .push(Refusal::new("PROPOSAL-005").with("person", &review.full_name).at(&field).citing(reason.cited()));
        } else if line.reason.is_empty() && winners.get(&review.review_id) != Some(&Some(line.level.clone())) {
            let field = format!("reason-{}", review.review_id);
            faults.push(Refusal::new("PROPOSAL-006").with("person", &review.full_name).at(&field));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
}

/// Per review on a cell's ballot: the choice that more than half of the base voted for, or none.
pub(crate) async fn ballot_winners(
    app: &App,
    work: &mut Work<'_>,
    campaign: Uuid,
) -> Result<BTreeMap<Uuid, Option<String>>> {
    let root = work.root();
    winners(app, &mut work.tx, root, campaign).await
}

/// As [`ballot_winners`], for pages.
pub(crate) async fn winners(
    app: &App,
    conn: &mut store::Conn,
    root: Uuid,
    campaign: Uuid,
) -> Result<BTreeMap<Uuid, Option<String>>> {
    let row = store::campaign::campaign(conn, root, campaign).await?.ok_or(Error::Denied)?;
    let book = app.library.book(&row.rule_book_id).ok_or_else(|| Error::Fault("rule book is gone".to_owned()))?;
    let (numerator, denominator) = judge::majority(book);
    let mut counts: BTreeMap<Uuid, (u32, BTreeMap<String, u32>)> = BTreeMap::new();
    for count in store::ballot::counts_of_campaign(conn, root, campaign).await? {
        if count.purpose != domain::meeting::Purpose::CellReview.word() {
            continue;
        }
        let entry = counts.entry(count.review_id).or_default();
        entry.0 = u32::try_from(count.base).unwrap_or(0);
        entry.1.insert(count.choice, u32::try_from(count.votes).unwrap_or(0));
    }
    let needed = |base: u32| base * numerator / denominator.max(1) + 1;
    Ok(counts
        .into_iter()
        .map(|(review, (base, choices))| (review, majority(&choices, needed(base)).map(str::to_owned)))
        .collect())
}
