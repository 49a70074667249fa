//! Ban hành quyết định xếp loại tổ chức, tập thể, cán bộ: majority of the membership, order, no forbidden level, the cap over
//! each group; each subject gets its notice in the same transaction.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::{DecisionState, IssueCheck, may_issue, must_look_again};
use domain::meeting::VoteBase;
use domain::policy::Act;
use domain::review::{Obligation, ReviewState};
use domain::subject::Subject;
use domain::{Actor, CampaignId, Refusal, ReviewId};
use store::campaign::CampaignRow;
use store::outcome::{DecidedRow, DecisionRow};
use store::standing::StandingRow;
use store::verification::VerificationRow;
use uuid::Uuid;

use super::{deciding, order};
use crate::acts::decision::issuing::{
    decide, leave_out, mark_issued, on_sealed_minutes, refused_if_any, without_grounds,
};
use crate::acts::review::Loaded;
use crate::app::{App, Work};
use crate::error::{Result, known};
use crate::judge::{self, Case, Judgement, Others};

/// What an issue works on.
struct Session {
    campaign: CampaignRow,
    decision: DecisionRow,
    base: VoteBase,
    due: Vec<StandingRow>,
    /// With those on earlier lists, who count under the same cap.
    all: Vec<StandingRow>,
    lines: BTreeMap<Uuid, DecidedRow>,
    sheets: BTreeMap<Uuid, VerificationRow>,
}

/// Issues the list of one kind of subject.
///
/// # Errors
/// `DECISION-001` … `-011`, `-013` when something must come first (with the order's source), `-014` not verified, `-032` the texts
/// leave the level to the body and no grounds are given.
pub async fn issue_list(app: &App, actor: &Actor, campaign: CampaignId, subject: Subject) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let (campaign, _) = deciding(&mut work.tx, actor, campaign, subject, Act::IssueDecision).await?;
    let session = load(&mut work, actor, campaign, subject).await?;
    let (check, left_out) = check(app, actor, &mut work, &session, subject).await?;
    may_issue(&check)?;
    session.differences_are_reasoned()?;
    let lines: Vec<&DecidedRow> = session.lines.values().collect();
    mark_issued(&mut work, actor, &session.decision, check, &lines).await?;
    // Who is late with a reason and has no level yet stands on a further list.
    for review in session.due.iter().filter(|review| session.level(review).is_some()) {
        notify(app, actor, &mut work, &session, review).await?;
    }
    for (loaded, judgement) in left_out {
        leave_out(&mut work, &loaded, &judgement).await?;
    }
    work.commit().await
}

async fn load(work: &mut Work<'_>, actor: &Actor, campaign: CampaignRow, subject: Subject) -> Result<Session> {
    let (root, id) = (work.root(), campaign.campaign_id);
    let (decision, base) = on_sealed_minutes(work, actor, &campaign, subject).await?;
    let rows = store::standing::of_campaign(&mut work.tx, root, id).await?;
    let all: Vec<StandingRow> = rows
        .into_iter()
        .filter(|row| row.subject == subject.word() && row.obligation == Obligation::ReviewAndClassify.word())
        .collect();
    let lines = store::outcome::saved_decision_lines(&mut work.tx, root, decision.decision_id).await?;
    let mut sheets = store::verification::of_campaign(&mut work.tx, root, id).await?;
    // The sheet of a dossier that was returned does not count.
    let verified: BTreeSet<Uuid> =
        all.iter().filter(|row| row.state == ReviewState::Proposed.word()).map(|row| row.review_id).collect();
    sheets.retain(|sheet| verified.contains(&sheet.review_id));
    Ok(Session {
        campaign,
        base,
        due: all.iter().filter(|row| !row.issued).cloned().collect(),
        all,
        lines: lines.into_iter().filter(|line| !line.level.is_empty()).map(|line| (line.review_id, line)).collect(),
        sheets: sheets.into_iter().map(|sheet| (sheet.review_id, sheet)).collect(),
        decision,
    })
}

impl Session {
    fn level(&self, review: &StandingRow) -> Option<&str> {
        self.lines.get(&review.review_id).map(|line| line.level.as_str())
    }

    fn levels<'a>(&'a self) -> Vec<(Uuid, &'a str)> {
        let level = |review: &'a StandingRow| if review.issued { review.level.as_deref() } else { self.level(review) };
        self.all.iter().filter_map(|review| Some((review.review_id, level(review)?))).collect()
    }

    fn differences_are_reasoned(&self) -> Result<()> {
        let mut faults = Vec::new();
        for review in &self.due {
            let (line, sheet) = (self.lines.get(&review.review_id), self.sheets.get(&review.review_id));
            let (Some(line), Some(sheet)) = (line, sheet) else { continue };
            let about = |code: &str, field: &str| {
                Refusal::new(code).with("person", &review.name).at(&format!("{field}-{}", review.review_id))
            };
            if must_look_again(&line.level, &line.proposed, &sheet.level) {
                faults.push(about("DECISION-011", "level"));
            } else if line.reason.is_empty() && line.level != sheet.level {
                faults.push(about("DECISION-009", "reason"));
            }
        }
        refused_if_any(faults)
    }
}

/// Whether it may be issued, and whom it leaves out: who is not to be classified by what is known now.
async fn check(
    app: &App,
    actor: &Actor,
    work: &mut Work<'_>,
    session: &Session,
    subject: Subject,
) -> Result<(IssueCheck, Vec<(Loaded, Judgement)>)> {
    let book = judge::book_of(app, &session.campaign)?;
    let (mut forbidden, mut missing, mut faults, mut left_out) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // Who is late with a reason may stand on a further list, but a list decides on somebody.
    let may_wait = |review: &StandingRow| review.late && !session.lines.is_empty();
    for review in &session.due {
        let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
        let case = Case::load(app, &mut work.tx, &loaded).await?;
        let judgement = case.judge();
        let rated = judgement.obligation == Obligation::ReviewAndClassify;
        let Some(level) = session.level(review) else {
            if !rated {
                left_out.push((loaded, judgement));
            } else if !may_wait(review) {
                missing.push(review);
            }
            continue;
        };
        let about =
            |code: &str| Refusal::new(code).with("person", &review.name).at(&format!("level-{}", review.review_id));
        if !rated {
            faults.push(judgement.citing_obligation(about("DECISION-012")));
        }
        if !session.sheets.contains_key(&review.review_id) {
            faults.push(about("DECISION-014"));
        }
        let others = Others::load(&mut work.tx, &loaded.campaign, &loaded.unit).await?;
        let on_list = |row: &StandingRow| session.lines.contains_key(&row.review_id);
        for waiting in order::waiting(book, (subject, case.heads()), &others, on_list)? {
            faults.push(waiting.told(about("DECISION-013")));
        }
        let grounds = session.lines.get(&review.review_id).map_or("", |line| line.reason.as_str());
        faults.extend(without_grounds(&judgement.needs_decision, grounds, &review.name, review.review_id));
        if let Some(reason) = judgement.against(level) {
            forbidden.push((review.name.clone(), reason.cited()));
        }
    }
    refused_if_any(faults)?;
    let caps = judge::group_caps(&mut work.tx, book, &session.campaign, &session.all, &session.levels()).await?;
    let over: Vec<_> = caps.iter().filter(|group| group.cap.over > 0).collect();
    let decision = &session.decision;
    let check = IssueCheck {
        state: known(DecisionState::from_word(&decision.state), "decision state")?,
        numbered: !decision.number.is_empty(),
        base: session.base.base,
        in_favour: u32::try_from(decision.in_favour).unwrap_or(0),
        needed: session.base.needed,
        missing_proposals: 0,
        missing_levels: u32::try_from(missing.len()).unwrap_or(u32::MAX),
        first_missing: missing.first().map(|review| (review.name.clone(), format!("level-{}", review.review_id))),
        forbidden,
        over_cap: over.iter().map(|group| group.cap.over).sum(),
        override_reason: decision.cap_override_reason.clone(),
        cap_citation: over
            .first()
            .copied()
            .or(caps.first())
            .map_or_else(String::new, |group| group.cap.citation.clone()),
    };
    Ok((check, left_out))
}

async fn notify(app: &App, actor: &Actor, work: &mut Work<'_>, session: &Session, review: &StandingRow) -> Result<()> {
    let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
    let mut known = Case::on_roster(app, &mut work.tx, &loaded).await?;
    known.add_results(&Others::load(&mut work.tx, &loaded.campaign, &loaded.unit).await?);
    let decided = Case::load(app, &mut work.tx, &loaded).await?;
    let opinion = session.sheets.get(&review.review_id).map_or_else(String::new, |sheet| sheet.opinion.clone());
    decide(work, actor, &session.decision, &loaded, (&known, &decided), opinion).await
}
