//! Công bố kết quả: what is made known of an issued decision – names and levels – and how that was done.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::decision::DecisionState;
use domain::policy::{Act, Resource, allows};
use domain::publication::PublicationForm;
use domain::subject::Subject;
use domain::{Actor, CampaignId, Day, DecisionId, PublicationId, UnitId};
use serde::Serialize;
use store::outcome::{DecisionRow, PublicationRow};
use store::{Conn, org};
use uuid::Uuid;

use super::classification::name_of;
use super::proposal::level_names;
use crate::app::App;
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Words};

/// Trang công bố.
#[derive(Debug, Clone, Serialize)]
pub struct PublicationPage {
    /// Decision.
    pub decision: DecisionId,
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Kind of subject.
    pub subject: Subject,
    /// Name of the deciding body's unit.
    pub unit_name: String,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub signed_on: Day,
    /// Levels of the book: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// Names and levels.
    pub lines: Vec<PublicLine>,
    /// What the rule book says about publication, with the source.
    pub rules: Vec<(Words, String)>,
    /// How it was made known, the first time first; to whoever prepares also what was taken back.
    pub records: Vec<Record>,
    /// Whether the reader may record a publication.
    pub may_publish: bool,
    /// Whether the reader may open the decision.
    pub may_see_decision: bool,
    /// Whether the reader may print the list.
    pub may_print: bool,
}

/// Một dòng công bố: no reason, no votes, nothing of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicLine {
    /// Name of the subject.
    pub name: String,
    /// Unit of a person, empty for others.
    pub place: String,
    /// Level's id.
    pub level: String,
}

/// Một lần công bố.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Record.
    pub id: PublicationId,
    /// Form.
    pub form: PublicationForm,
    /// To whom, or where.
    pub audience: String,
    /// Day.
    pub on: Day,
    /// Who recorded it.
    pub by: String,
    /// Who took it back, when and why.
    pub withdrawn: Option<(String, DateTime<Utc>, String)>,
}

/// Quyết định đã ban hành on the page of its list: whether anybody made it known.
#[derive(Debug, Clone, Serialize)]
pub struct IssuedList {
    /// Decision.
    pub decision: DecisionId,
    /// Number.
    pub number: String,
    /// Day on which it was first made known.
    pub published_on: Option<Day>,
}

/// The publication of an issued decision: for its body before it is made known, then also for every member below it.
///
/// # Errors
/// [`Error::Denied`] outside the remit, before the decision, and for members before the publication.
pub async fn publication(app: &App, actor: &Actor, decision: DecisionId) -> Result<PublicationPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let row = issued(&mut conn, root, decision).await?;
    let campaign = store::campaign::campaign(&mut conn, root, row.campaign_id).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut conn, root, row.unit_id).await?.ok_or(Error::Denied)?;
    let mut records = store::outcome::publications(&mut conn, root, row.decision_id).await?;
    let resource = Resource::of_unit(&unit.path);
    let may_see_decision = allows(actor, Act::ViewDecision, &resource);
    let made_known = records.iter().any(PublicationRow::stands) && concerns(actor, &unit.path);
    records.retain(|one| may_see_decision || one.stands());
    (may_see_decision || made_known).then_some(()).ok_or(Error::Denied)?;
    let book = judge::book_of(app, &campaign)?;
    Ok(PublicationPage {
        decision,
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        subject: known(Subject::from_word(&row.subject), "subject")?,
        unit_name: unit.name.clone(),
        signed_on: day(&row.signed_on)?,
        levels: level_names(book),
        lines: public_lines(&mut conn, &row).await?,
        number: row.number,
        rules: rules_of(book),
        records: told(&mut conn, root, records).await?,
        may_publish: allows(actor, Act::Publish, &resource),
        may_see_decision,
        may_print: allows(actor, Act::PrintPapers, &resource.in_campaign_of(UnitId(campaign.unit_id))),
    })
}

/// Whether what is made known below this unit is meant for the reader.
fn concerns(actor: &Actor, path: &str) -> bool {
    let published = |at: &str| allows(actor, Act::ViewPublished, &Resource::of_unit(at));
    published(path) || actor.member_of.iter().any(|(_, at)| at.starts_with(path) && published(at))
}

/// The decision, where it was made known to the reader.
pub(crate) async fn made_known(conn: &mut Conn, actor: &Actor, row: &DecisionRow) -> Result<Option<DecisionId>> {
    let unit = org::unit(conn, row.root_id, row.unit_id).await?.ok_or(Error::Denied)?;
    let records = store::outcome::publications(conn, row.root_id, row.decision_id).await?;
    let open = records.iter().any(PublicationRow::stands) && concerns(actor, &unit.path);
    Ok(open.then_some(DecisionId(row.decision_id)))
}

/// An issued decision; before it is issued there is nothing to see.
pub(crate) async fn issued(conn: &mut Conn, root: Uuid, decision: DecisionId) -> Result<DecisionRow> {
    let row = store::outcome::decision_by_id(conn, root, decision.0).await?;
    row.filter(|row| row.state == DecisionState::Issued.word()).ok_or(Error::Denied)
}

/// The issued decisions on one kind of subject in a campaign, in order of their serial numbers.
pub(crate) async fn issued_lists(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    subject: Subject,
) -> Result<Vec<IssuedList>> {
    let rows = store::outcome::decisions(conn, root, campaign).await?;
    let mut rows: Vec<DecisionRow> = rows
        .into_iter()
        .filter(|row| row.subject == subject.word() && row.state == DecisionState::Issued.word())
        .collect();
    rows.sort_by_key(|row| row.serial);
    let mut lists = Vec::new();
    for row in rows {
        let records = store::outcome::publications(conn, root, row.decision_id).await?;
        let first = records.into_iter().find(PublicationRow::stands);
        let published_on = first.map(|one| day(&one.published_on)).transpose()?;
        lists.push(IssuedList { decision: DecisionId(row.decision_id), number: row.number, published_on });
    }
    Ok(lists)
}

/// Names and levels of a decision, people by cell, the others in the order of the tree.
pub(crate) async fn public_lines(conn: &mut Conn, row: &DecisionRow) -> Result<Vec<PublicLine>> {
    let levels = store::outcome::decision_lines(conn, row.root_id, row.decision_id).await?;
    let levels: BTreeMap<Uuid, String> = levels.into_iter().map(|line| (line.review_id, line.level)).collect();
    let line = |review: Uuid, name: String, place: String| {
        Some(PublicLine { name, place, level: levels.get(&review)?.clone() })
    };
    if row.subject == Subject::Member.word() {
        let reviews = store::review::list_of_campaign(conn, row.root_id, row.campaign_id).await?;
        return Ok(reviews.into_iter().filter_map(|one| line(one.review_id, one.full_name, one.unit_name)).collect());
    }
    let mut lines = Vec::new();
    for one in store::standing::of_campaign(conn, row.root_id, row.campaign_id).await? {
        let leads =
            if one.subject == Subject::Leader.word() { org::unit(conn, row.root_id, one.unit_id).await? } else { None };
        let place = leads.map_or_else(String::new, |unit| unit.name);
        lines.extend(line(one.review_id, name_of(&one)?, place));
    }
    Ok(lines)
}

/// Topic under which a book speaks of publication.
const TOPIC: &str = "publication";

fn rules_of(book: &rules::Book) -> Vec<(Words, String)> {
    // What no document says is the authors' own and stands in the book, not here.
    let said = |one: &&rules::book::Provision| one.citation.surety != rules::book::Surety::Reading;
    let about = book.provisions.iter().filter(|one| one.topic == TOPIC).filter(said);
    about.map(|one| (Words::from(&one.message), judge::cited(&one.citation))).collect()
}

async fn told(conn: &mut Conn, root: Uuid, rows: Vec<PublicationRow>) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    for row in rows {
        let withdrawn = match (row.withdrawn_by, row.withdrawn_at) {
            (Some(by), Some(at)) => Some((full_name(conn, root, by).await?, at, row.withdrawn_reason)),
            _ => None,
        };
        records.push(Record {
            id: PublicationId(row.publication_id),
            form: known(PublicationForm::from_word(&row.form), "form of a publication")?,
            on: day(&row.published_on)?,
            audience: row.audience,
            by: full_name(conn, root, row.recorded_by).await?,
            withdrawn,
        });
    }
    Ok(records)
}

async fn full_name(conn: &mut Conn, root: Uuid, person: Uuid) -> Result<String> {
    Ok(org::person(conn, root, person).await?.map_or_else(String::new, |person| person.full_name))
}

fn day(text: &str) -> Result<Day> {
    stored(Day::parse_stored(text), "day of a publication")
}
