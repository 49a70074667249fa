//! Quyết định lại: one level decided anew; the earlier decision and its notice stay as they were.

use domain::decision::{DecisionState, IssueCheck, may_issue};
use domain::{Actor, Day, DecisionId, Refusal, ReviewId};
use store::outcome::petition::{RedecisionRow, redecide as keep};
use store::outcome::{DecidedRow, DecisionRow, NoticeRow};

use super::Filed;
use super::answer_petition::Redecision;
use crate::acts::register::Entry;
use crate::acts::{typed_day, typed_text};
use crate::app::{Grounds, Work};
use crate::error::{Error, Result, stored};
use crate::judge::{self, Case};
use crate::papers::UnitPaper;

/// What is decided, why and by which paper.
pub(super) struct Redecide<'a> {
    pub(super) level: &'a str,
    pub(super) reason: &'a str,
    pub(super) cause: &'a str,
    pub(super) earlier: uuid::Uuid,
    pub(super) decision: &'a Redecision,
}

/// Issues the decision, puts it in the place of the earlier one and gives notice of it.
pub(super) async fn redecide(work: &mut Work<'_>, actor: &Actor, filed: &Filed, order: Redecide<'_>) -> Result<()> {
    let (root, loaded) = (work.root(), &filed.loaded);
    let earlier = store::outcome::decision_by_id(&mut work.tx, root, order.earlier).await?.ok_or(Error::Denied)?;
    let before = store::outcome::notice(&mut work.tx, root, filed.row.review_id).await?.ok_or(Error::Denied)?;
    let of = (earlier.campaign_id, earlier.unit_id);
    let serial = store::outcome::petition::next_serial(&mut work.tx, root, of, &earlier.subject).await?;
    let row = DecisionRow { serial, ..paper(work, actor, &earlier, order.decision, &filed.row.received_on)? };
    allowed(work, filed, &order, &row).await?;
    store::outcome::insert_decision(&mut work.tx, &row).await?;
    let line = DecidedRow {
        review_id: filed.row.review_id,
        level: order.level.to_owned(),
        reason: order.reason.to_owned(),
        proposed: String::new(),
    };
    store::outcome::set_decision_line(&mut work.tx, root, row.decision_id, &line, Some(row.in_favour)).await?;
    enter_number(work, actor, &row).await?;
    let book = judge::book_of(work.app(), &loaded.campaign)?;
    let signed_on = stored(Day::parse_stored(&row.signed_on), "signed_on")?;
    let notice = NoticeRow {
        decision_id: row.decision_id,
        issued_on: row.signed_on.clone(),
        reply_due_on: judge::reply_due(book, signed_on)?.to_string(),
        read_at: None,
        reply: String::new(),
        replied_at: None,
        ..before.clone()
    };
    let redecision = RedecisionRow {
        root_id: root,
        decision_id: row.decision_id,
        review_id: filed.row.review_id,
        earlier_id: order.earlier,
        cause: order.cause.to_owned(),
    };
    if !keep(&mut work.tx, &redecision, (&before, &notice), loaded.review.version).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let object = format!("decision/{}", row.decision_id);
    work.note_citing("decision.issued", object, None, Some(&(&row, &line)), Grounds::because(order.reason))?;
    work.note_citing("review.redecided", loaded.object(), None, Some(&redecision), Grounds::because(order.reason))?;
    work.note("notice.issued", format!("notice/{}", ReviewId(filed.row.review_id)), Some(&before), Some(&notice))
}

/// The head of the new decision: by the body and under the membership of the earlier one.
fn paper(
    work: &Work<'_>,
    actor: &Actor,
    earlier: &DecisionRow,
    typed: &Redecision,
    received_on: &str,
) -> Result<DecisionRow> {
    let number = typed_text(&typed.number, "number", 30)?;
    let signed_on = typed_day(&typed.signed_on, "signed_on")?;
    if signed_on > work.today() || signed_on.to_string().as_str() < received_on {
        return Err(Refusal::new("PETITION-009").with("today", work.today().shown()).at("signed_on").into());
    }
    let wrong = || Refusal::new("FORM-006").with("value", typed.in_favour.trim()).at("in_favour");
    let in_favour: u32 = typed.in_favour.trim().parse().map_err(|_| wrong())?;
    Ok(DecisionRow {
        decision_id: work.id::<DecisionId>().0,
        state: DecisionState::Issued.word().to_owned(),
        number,
        signed_on: signed_on.to_string(),
        signer_id: actor.person.0,
        in_favour: in_favour.into(),
        cap_override_reason: String::new(),
        issued_at: Some(work.at),
        issued_by: Some(actor.person.0),
        version: 1,
        saved_by: Some(actor.person.0),
        saved_at: Some(work.at),
        ..earlier.clone()
    })
}

/// The level is one of the book, the rules do not forbid it, the paper has a number and more than half stood behind it.
async fn allowed(work: &mut Work<'_>, filed: &Filed, order: &Redecide<'_>, row: &DecisionRow) -> Result<()> {
    let app = work.app();
    let book = judge::book_of(app, &filed.loaded.campaign)?;
    if book.level(order.level).is_none() {
        return Err(Refusal::new("PETITION-008").at("level").into());
    }
    let judgement = Case::load(app, &mut work.tx, &filed.loaded).await?.judge();
    let name = filed.loaded.name()?;
    let against = judgement.against(order.level).map(|reason| (name, reason.cited()));
    let base = u32::try_from(row.membership_base).unwrap_or(0);
    let (numerator, denominator) = judge::majority_on(book, filed.loaded.subject);
    let check = IssueCheck {
        state: DecisionState::Draft,
        numbered: !row.number.is_empty(),
        base,
        in_favour: u32::try_from(row.in_favour).unwrap_or(0),
        needed: base * numerator / denominator + 1,
        missing_proposals: 0,
        missing_levels: 0,
        first_missing: None,
        forbidden: against.into_iter().collect(),
        over_cap: 0,
        override_reason: String::new(),
        cap_citation: String::new(),
    };
    Ok(may_issue(&check)?)
}

async fn enter_number(work: &mut Work<'_>, actor: &Actor, row: &DecisionRow) -> Result<()> {
    let entry = Entry {
        kind: UnitPaper::Decision.meaning(),
        object: format!("decision/{}", row.decision_id),
        unit: row.unit_id,
        number: row.number.clone(),
        dated_on: stored(Day::parse_stored(&row.signed_on), "signed_on")?,
    };
    entry.enter(work, actor, "number").await.map(drop)
}
