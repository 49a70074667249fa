//! Ban hành quyết định xếp loại tổ chức, tập thể, cán bộ: majority of the membership, order, no forbidden level, the cap over
//! each group; each subject gets its notice in the same transaction.

use std::collections::BTreeMap;

use domain::decision::{DecisionAct, DecisionState, IssueCheck, after, may_issue};
use domain::meeting::{MeetingState, VoteBase};
use domain::policy::Act;
use domain::review::{Obligation, ReviewAct};
use domain::subject::Subject;
use domain::{Actor, CampaignId, Day, MeetingId, Refusal, ReviewId};
use store::campaign::CampaignRow;
use store::org::UnitRow;
use store::outcome::{DecidedRow, DecisionRow, NoticeRow};
use store::standing::StandingRow;
use store::verification::VerificationRow;
use uuid::Uuid;

use super::{deciding, order};
use crate::acts::decision::keep_roster;
use crate::acts::meeting::Held;
use crate::acts::review::Loaded;
use crate::app::{App, Grounds, Work};
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Case, Others};

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
/// `DECISION-001` … `-010`, `-013` when something must come first (with the order's source), `-014` not verified.
pub async fn issue_list(app: &App, actor: &Actor, campaign: CampaignId, subject: Subject) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let (campaign, unit) = deciding(&mut work.tx, actor, campaign, subject, Act::IssueDecision).await?;
    let session = load(&mut work, actor, campaign, &unit, subject).await?;
    let check = check(app, actor, &mut work, &session, subject).await?;
    may_issue(&check)?;
    session.differences_are_reasoned()?;
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
    let lines: Vec<&DecidedRow> = session.lines.values().collect();
    work.note_citing(
        "decision.issued",
        format!("decision/{}", issued.decision_id),
        Some(&(&session.decision, &lines)),
        Some(&(&issued, &lines)),
        grounds,
    )?;
    // Who is late with a reason and has no level yet stands on a further list.
    for review in session.due.iter().filter(|review| session.level(review).is_some()) {
        notify(app, actor, &mut work, &session, review).await?;
    }
    work.commit().await
}

async fn load(
    work: &mut Work<'_>,
    actor: &Actor,
    campaign: CampaignRow,
    unit: &UnitRow,
    subject: Subject,
) -> Result<Session> {
    let (root, id) = (work.root(), campaign.campaign_id);
    let decision = store::outcome::decision(&mut work.tx, root, id, subject.word()).await?;
    let mut decision = decision.ok_or_else(|| Refusal::new("DECISION-002").at("number"))?;
    let meeting = store::meeting::of_unit(&mut work.tx, root, id, unit.unit_id).await?.pop();
    let meeting = meeting.filter(|meeting| meeting.state == MeetingState::Sealed.word());
    let meeting = meeting.ok_or_else(|| Refusal::new("DECISION-010"))?;
    let held = Held::load(&mut work.tx, actor, MeetingId(meeting.meeting_id)).await?;
    decision.meeting_id = Some(held.meeting.meeting_id);
    let base = held.vote_base(judge::majority(judge::book_of(work.app(), &campaign)?))?;
    let rows = store::standing::of_campaign(&mut work.tx, root, id).await?;
    let all: Vec<StandingRow> = rows
        .into_iter()
        .filter(|row| row.subject == subject.word() && row.obligation == Obligation::ReviewAndClassify.word())
        .collect();
    let lines = store::outcome::saved_decision_lines(&mut work.tx, root, decision.decision_id).await?;
    let sheets = store::verification::of_campaign(&mut work.tx, root, id).await?;
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
            if let (Some(line), Some(sheet)) = (line, sheet)
                && line.reason.is_empty()
                && line.level != sheet.level
            {
                let field = format!("reason-{}", review.review_id);
                faults.push(Refusal::new("DECISION-009").with("person", &review.name).at(&field));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::Refused(faults)) }
    }
}

async fn check(
    app: &App,
    actor: &Actor,
    work: &mut Work<'_>,
    session: &Session,
    subject: Subject,
) -> Result<IssueCheck> {
    let book = judge::book_of(app, &session.campaign)?;
    let (mut forbidden, mut faults) = (Vec::new(), Vec::new());
    for review in &session.due {
        let Some(level) = session.level(review) else { continue };
        if !session.sheets.contains_key(&review.review_id) {
            let field = format!("level-{}", review.review_id);
            faults.push(Refusal::new("DECISION-014").with("person", &review.name).at(&field));
        }
        let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
        let others = Others::load(&mut work.tx, &loaded.campaign, &loaded.unit).await?;
        let case = Case::load(app, &mut work.tx, &loaded).await?;
        let on_list = |row: &StandingRow| session.lines.contains_key(&row.review_id);
        for waiting in order::waiting(book, (subject, case.heads()), &others, on_list) {
            let what = Refusal::new("DECISION-013").with("person", &review.name).with("before", before(&waiting));
            faults.push(what.citing(waiting.citation).at(&format!("level-{}", review.review_id)));
        }
        if let Some(reason) = case.judge().against(level) {
            forbidden.push((review.name.clone(), reason.cited()));
        }
    }
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    let caps = judge::group_caps(&mut work.tx, book, &session.campaign, &session.all, &session.levels()).await?;
    let over: Vec<_> = caps.iter().filter(|group| group.cap.over > 0).collect();
    let missing: Vec<&StandingRow> =
        session.due.iter().filter(|review| session.level(review).is_none() && !review.late).collect();
    let decision = &session.decision;
    Ok(IssueCheck {
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
        cap_citation: caps.first().map_or_else(String::new, |group| group.cap.citation.clone()),
    })
}

async fn notify(app: &App, actor: &Actor, work: &mut Work<'_>, session: &Session, review: &StandingRow) -> Result<()> {
    let book = judge::book_of(app, &session.campaign)?;
    let loaded = Loaded::load(&mut work.tx, actor, ReviewId(review.review_id)).await?;
    let mut known = Case::on_roster(app, &mut work.tx, &loaded).await?;
    known.add_results(&Others::load(&mut work.tx, &loaded.campaign, &loaded.unit).await?);
    let decided = Case::load(app, &mut work.tx, &loaded).await?;
    keep_roster(actor, work, review.review_id, &known, &decided).await?;
    loaded.advance(work, ReviewAct::Decide, "review.decided", "").await?;
    let issued_on = stored(Day::parse_stored(&session.decision.signed_on), "signed_on")?;
    let notice = NoticeRow {
        root_id: work.root(),
        review_id: review.review_id,
        decision_id: session.decision.decision_id,
        comment: session.sheets.get(&review.review_id).map_or_else(String::new, |sheet| sheet.opinion.clone()),
        issued_on: issued_on.to_string(),
        reply_due_on: judge::reply_due(book, issued_on).to_string(),
        read_at: None,
        reply: String::new(),
        replied_at: None,
    };
    store::outcome::insert_notice(&mut work.tx, &notice).await?;
    work.note("notice.issued", format!("notice/{}", review.review_id), None, Some(&notice))
}

/// The first few of those who come first, and how many more.
fn before(waiting: &order::Waiting) -> String {
    let more = if waiting.more() > 0 { format!(" (+{})", waiting.more()) } else { String::new() };
    format!("{}{more}", waiting.first_names())
}
