//! Thông báo kết quả tới từng người: level, comment, what is to be remedied, and the right to reply.

use domain::policy::{Act, allows};
use domain::{Actor, Day, PersonId, Refusal, ReviewId};
use serde::Serialize;
use store::outcome::{DecisionRow, ItemRow, NoticeRow};

use super::decision;
use super::number::{NOTICE, object_of_notice};
use super::place::{Letterhead, Place, day, shown};
use super::words::official_day;
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Error, Result};

/// Id in the rule book of the limit within which a base organisation answers.
const BASE: &str = "base_organization";

/// Thông báo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticePaper {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number in the register, written by hand when empty.
    pub number: String,
    /// Line of the journal.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// To whom.
    pub person: Addressee,
    /// Decision on which it rests.
    pub decision: String,
    /// The issuer in running text.
    pub issuer_in_text: String,
    /// Level; empty when not rated.
    pub level: String,
    /// Why not rated.
    pub not_rated_reason: String,
    /// Comment.
    pub comment: String,
    /// What is to be remedied.
    pub shortcomings: Vec<Shortcoming>,
    /// To whom a reply goes.
    pub reply_to: String,
    /// Until when.
    pub reply_by: String,
    /// How soon it is answered.
    pub answer_within: String,
    /// Who else gets it.
    pub recipients: Vec<String>,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
}

/// Người nhận.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Addressee {
    /// Name.
    pub name: String,
    /// Posts, or the cell.
    pub post: String,
}

/// Một hạn chế cần khắc phục.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shortcoming {
    /// What.
    pub text: String,
    /// How, by when, watched by whom.
    pub measure: String,
}

/// Whether the actor may print it: who prints for the unit, or the person himself.
pub(super) fn permitted(actor: &Actor, loaded: &Loaded) -> Result<()> {
    let own = loaded.is_own(actor) && allows(actor, Act::ViewNotice, &loaded.resource());
    if own || allows(actor, Act::PrintPapers, &loaded.resource()) { Ok(()) } else { Err(Error::Denied) }
}

pub(super) async fn read(app: &App, actor: &Actor, conn: &mut store::Conn, loaded: &Loaded) -> Result<NoticePaper> {
    permitted(actor, loaded)?;
    let root = actor.root.0;
    let notice = store::outcome::notice(conn, root, loaded.review.review_id).await?;
    let notice = notice.ok_or_else(|| Error::from(Refusal::new("PAPER-006")))?;
    let items = store::outcome::items_of_review(conn, root, loaded.review.review_id).await?;
    let mut cell = Place::find(app, conn, root, loaded.campaign.campaign_id, loaded.unit.unit_id).await?;
    let issued_on = day(&notice.issued_on)?;
    let roll = cell.roll(issued_on).await?;
    let mut shortcomings = Vec::new();
    for item in items {
        shortcomings.push(shortcoming(&mut cell, item).await?);
    }
    let held = loaded.person_id().map(|person| roll.held(person.0));
    let post = held.filter(|post| !post.is_empty()).unwrap_or_else(|| loaded.unit.name.clone());
    let person = Addressee { name: loaded.name()?, post };
    let mut body = cell.of_deciding_body().await?;
    fill(&mut body, loaded, &notice, person, shortcomings, issued_on).await
}

async fn fill(
    body: &mut Place<'_>,
    loaded: &Loaded,
    notice: &NoticeRow,
    person: Addressee,
    shortcomings: Vec<Shortcoming>,
    issued_on: Day,
) -> Result<NoticePaper> {
    let decision = store::outcome::decision_by_id(body.conn, body.root, notice.decision_id).await?;
    let decision = decision.ok_or_else(|| Error::from(Refusal::new("PAPER-006")))?;
    let lines = store::outcome::decision_lines(body.conn, body.root, decision.decision_id).await?;
    let level = lines.iter().find(|line| line.review_id == notice.review_id).map_or("", |line| line.level.as_str());
    let signature = body.signature(issued_on).await?;
    let words = body.words;
    let values = [("cell", loaded.unit.name.as_str()), ("office", body.body()?.office.plain())];
    let comment =
        if notice.comment.is_empty() { words.notice.no_comment.plain().to_owned() } else { notice.comment.clone() };
    let days = body.book.reply_limit(BASE).map(|limit| limit.working_days.to_string());
    let object = object_of_notice(ReviewId(notice.review_id));
    let entered = store::register::of_paper(body.conn, body.root, &object).await?;
    let (number, dated_on) = body.numbered(NOTICE, entered.as_ref(), issued_on)?;
    Ok(NoticePaper {
        letterhead: body.letterhead(dated_on)?,
        number,
        checkpoint: body.checkpoint(decision.issued_at).await?,
        year: body.year(),
        person,
        decision: cited(body, &decision)?,
        issuer_in_text: body.issuer()?,
        level: body.level_label(level),
        not_rated_reason: loaded.review.obligation_reason.clone(),
        comment,
        shortcomings,
        reply_to: body.issuer()?,
        reply_by: shown(Some(&notice.reply_due_on))?,
        answer_within: days.map_or_else(String::new, |days| words.notice.answer_within.say(&[("days", &days)])),
        recipients: words.notice.recipients.iter().map(|line| line.say(&values)).collect(),
        authority: signature.authority,
        signer_post: body.signing_post(PersonId(decision.signer_id), issued_on).await?,
        signer: body.name(decision.signer_id).await?,
    })
}

fn cited(body: &Place<'_>, decision: &DecisionRow) -> Result<String> {
    let (number, on, about) = (
        decision::number(body, decision),
        official_day(day(&decision.signed_on)?),
        decision::about(body, &decision.subject),
    );
    Ok(body.words.notice.decision.say(&[
        ("number", &number),
        ("day", &on),
        ("body", &body.issuer()?),
        ("about", &about),
    ]))
}

async fn shortcoming(place: &mut Place<'_>, item: ItemRow) -> Result<Shortcoming> {
    let monitor = place.name(item.monitor_id).await?;
    let due = shown(Some(&item.due_on))?;
    let measure = item.measure.trim_end_matches('.');
    let said = place.words.notice.measure.say(&[("measure", measure), ("day", &due), ("monitor", &monitor)]);
    let text = item.shortcoming.trim_end();
    let text = if text.ends_with(['.', ';', '!', '?']) { text.to_owned() } else { format!("{text}.") };
    Ok(Shortcoming { text, measure: said })
}
