//! Chương trình phiên họp của cấp quyết định: what is ready, in the order of the rule book, and what waits for what.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::DecisionState;
use domain::policy::{Act, Resource, allows};
use domain::proposal::ProposalState;
use domain::review::{Obligation, ReviewState};
use domain::subject::Subject;
use domain::{Actor, CampaignId, ReviewId, UnitId};
use rules::Book;
use serde::Serialize;
use store::campaign::CampaignRow;
use store::review::ReviewListRow;
use store::standing::StandingRow;
use store::verification::VerificationRow;
use store::{Conn, org};
use uuid::Uuid;

use super::proposal::level_names;
use crate::acts::classification::order::{self, Waiting};
use crate::acts::classification::own_level;
use crate::acts::review::Loaded;
use crate::app::{App, permit};
use crate::error::{Error, Result};
use crate::judge::{self, Case, Others, Words};

/// Trang chương trình phiên họp.
#[derive(Debug, Clone, Serialize)]
pub struct AgendaPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// Deciding body's unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Levels of the book: id, name, short name.
    pub levels: Vec<(String, Words, Words)>,
    /// What is ready and what waits.
    #[serde(flatten)]
    pub agenda: Agenda,
    /// What the book says about the order, with the source.
    pub rules: Vec<(Words, String)>,
    /// Whether the reader may print it.
    pub may_print: bool,
}

/// Nội dung phiên họp.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Agenda {
    /// What the body can decide on, in the order in which it must.
    pub turns: Vec<Turn>,
    /// What cannot be decided yet, and why.
    pub waiting: Vec<Held>,
    /// How many subjects are decided already.
    pub decided: usize,
}

/// Một phần của chương trình: subjects of one kind, decided together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// Kind of subject.
    pub subject: Subject,
    /// Whether they head their units.
    pub heads: bool,
    /// The subjects; of members, one line for each cell.
    pub items: Vec<Item>,
}

/// Một đối tượng trong chương trình.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Review; none for the members of a cell.
    pub review: Option<ReviewId>,
    /// Name.
    pub name: String,
    /// Unit of a leader, empty for others.
    pub place: String,
    /// How many members the line stands for, 0 for a subject of its own.
    pub people: usize,
    /// Level it gave itself, empty for none.
    pub own_level: String,
    /// Level the verifying body proposes.
    pub proposed: String,
    /// Its grounds.
    pub grounds: String,
}

/// Đối tượng chưa đưa ra được.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    /// Review; none for the members of a cell that is not itself decided on here.
    pub review: Option<ReviewId>,
    /// Name.
    pub name: String,
    /// Kind of subject.
    pub subject: Subject,
    /// Whether the list of the cell's members has not arrived; then its members wait with it.
    pub unsent: bool,
    /// Whether it is not verified yet.
    pub unverified: bool,
    /// Why it comes late, empty when that is not on record.
    pub late_reason: String,
    /// What must be decided before.
    pub waiting: Vec<Waiting>,
}

/// The agenda of the body that opened the campaign.
///
/// # Errors
/// [`Error::Denied`] for whoever does not see how its decisions are prepared.
pub async fn agenda(app: &App, actor: &Actor, campaign: CampaignId) -> Result<AgendaPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let campaign = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = org::unit(&mut conn, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
    let resource = Resource::of_unit(&unit.path);
    permit(actor, Act::ViewPreparation, &resource)?;
    let book = judge::book_of(app, &campaign)?;
    Ok(AgendaPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title.clone(),
        unit: UnitId(unit.unit_id),
        unit_name: unit.name,
        levels: level_names(book),
        agenda: gather(app, &mut conn, actor, &campaign).await?,
        rules: rules_of(book),
        may_print: allows(actor, Act::PrintPapers, &resource.in_campaign_of(UnitId(campaign.unit_id))),
    })
}

/// The book's sentences on what comes before what.
pub(crate) fn rules_of(book: &Book) -> Vec<(Words, String)> {
    book.order.iter().map(|one| (Words::from(&one.message), judge::cited(&one.citation))).collect()
}

/// A subject on the way to the session.
struct Candidate {
    row: StandingRow,
    item: Item,
    heads: bool,
    subject: Subject,
    others: Others,
}

impl Candidate {
    /// Organisations, then collectives, then deputies, then heads: within what the book leaves open.
    const fn rank(&self) -> (u8, bool) {
        match self.subject {
            Subject::Member => (0, false),
            Subject::Organization => (1, false),
            Subject::Collective => (2, false),
            Subject::Leader => (3, self.heads),
        }
    }

    fn waiting(&self, book: &Book, placed: &BTreeSet<Uuid>) -> Result<Vec<Waiting>> {
        order::waiting(book, (self.subject, self.heads), &self.others, |row| placed.contains(&row.review_id))
    }
}

/// What is ready and what waits, for whoever prepares.
pub(crate) async fn gather(app: &App, conn: &mut Conn, actor: &Actor, campaign: &CampaignRow) -> Result<Agenda> {
    let book = judge::book_of(app, campaign)?;
    let mut agenda = Agenda::default();
    let (mut placed, mut unsent) = members(conn, campaign, &mut agenda).await?;
    let rows = store::standing::of_campaign(conn, campaign.root_id, campaign.campaign_id).await?;
    let due = rows.into_iter().filter(|row| row.obligation == Obligation::ReviewAndClassify.word());
    let (issued, open): (Vec<StandingRow>, Vec<StandingRow>) = due.partition(|row| row.issued);
    agenda.decided += issued.len();
    let sheets = store::verification::of_campaign(conn, campaign.root_id, campaign.campaign_id).await?;
    let sheets: BTreeMap<Uuid, VerificationRow> = sheets.into_iter().map(|sheet| (sheet.review_id, sheet)).collect();
    let mut ready = Vec::new();
    let mut unready = Vec::new();
    for row in open {
        // A sheet that was taken back keeps its text and does not count.
        let sheet = sheets.get(&row.review_id).filter(|_| row.state == ReviewState::Proposed.word());
        let list = if sheet.is_some() { &mut ready } else { &mut unready };
        list.push(candidate(app, conn, actor, row, sheet).await?);
    }
    let stuck = in_order(book, ready, &mut placed, &mut agenda.turns)?;
    let held = unready.into_iter().map(|one| (one, true)).chain(stuck.into_iter().map(|one| (one, false)));
    let mut waits = Vec::new();
    for (one, unverified) in held {
        // One line for each cell: while its list is missing, it waits for nothing else below it.
        let lists = |(unit, _): &(Uuid, Held)| one.subject == Subject::Organization && *unit == one.row.unit_id;
        let list = unsent.iter().position(lists).map(|at| unsent.remove(at));
        let cell = list.is_some();
        let waiting = if cell { Vec::new() } else { one.waiting(book, &placed)? };
        let late = store::verification::late(conn, campaign.root_id, one.row.review_id).await?;
        let late_reason = late.map_or_else(String::new, |late| late.reason);
        let (review, subject) = (one.item.review, one.subject);
        waits.push(Held { review, name: one.item.name, subject, unsent: cell, unverified, late_reason, waiting });
    }
    agenda.waiting = unsent.into_iter().map(|(_, held)| held).chain(waits).collect();
    Ok(agenda)
}

/// Puts whatever waits for nothing that is not decided or placed before it into turns; hands back what stays.
fn in_order(
    book: &Book,
    mut ready: Vec<Candidate>,
    placed: &mut BTreeSet<Uuid>,
    turns: &mut Vec<Turn>,
) -> Result<Vec<Candidate>> {
    ready.sort_by_key(Candidate::rank);
    loop {
        let (mut now, mut rest): (Vec<Candidate>, Vec<Candidate>) = Default::default();
        for one in ready {
            let turn = now.first().is_none_or(|first| first.rank() == one.rank());
            let list = if turn && one.waiting(book, placed)?.is_empty() { &mut now } else { &mut rest };
            list.push(one);
        }
        ready = rest;
        if now.is_empty() {
            return Ok(ready);
        }
        placed.extend(now.iter().map(|one| one.row.review_id));
        for one in now {
            add(turns, one.subject, one.heads, one.item);
        }
    }
}

fn add(turns: &mut Vec<Turn>, subject: Subject, heads: bool, item: Item) {
    match turns.last_mut().filter(|turn| (turn.subject, turn.heads) == (subject, heads)) {
        Some(turn) => turn.items.push(item),
        None => turns.push(Turn { subject, heads, items: vec![item] }),
    }
}

async fn candidate(
    app: &App,
    conn: &mut Conn,
    actor: &Actor,
    row: StandingRow,
    sheet: Option<&VerificationRow>,
) -> Result<Candidate> {
    let loaded = Loaded::load(conn, actor, ReviewId(row.review_id)).await?;
    let case = Case::on_roster(app, conn, &loaded).await?;
    let item = Item {
        review: Some(ReviewId(row.review_id)),
        name: loaded.name()?,
        place: if loaded.subject.is_person() { loaded.unit.name.clone() } else { String::new() },
        people: 0,
        own_level: own_level(conn, &loaded).await?.unwrap_or_default(),
        proposed: sheet.map_or_else(String::new, |sheet| sheet.level.clone()),
        grounds: sheet.map_or_else(String::new, |sheet| sheet.grounds.clone()),
    };
    let others = Others::load(conn, &loaded.campaign, &loaded.unit).await?;
    Ok(Candidate { row, item, heads: case.heads(), subject: loaded.subject, others })
}

/// The members come first: lists of cells that have arrived are ready. Gives the reviews that are on the table, and by
/// their units the lists that are waited for.
async fn members(
    conn: &mut Conn,
    campaign: &CampaignRow,
    agenda: &mut Agenda,
) -> Result<(BTreeSet<Uuid>, Vec<(Uuid, Held)>)> {
    let (root, id) = (campaign.root_id, campaign.campaign_id);
    let reviews = store::review::list_of_campaign(conn, root, id).await?;
    let due: Vec<ReviewListRow> =
        reviews.into_iter().filter(|one| one.obligation == Obligation::ReviewAndClassify.word()).collect();
    let decision = store::outcome::decision(conn, root, id, Subject::Member.word()).await?;
    if decision.is_some_and(|row| row.state == DecisionState::Issued.word()) {
        agenda.decided += due.len();
        return Ok(Default::default());
    }
    let proposals = store::outcome::proposals(conn, root, id).await?;
    let arrived: BTreeSet<Uuid> = proposals
        .into_iter()
        .filter(|one| [ProposalState::Sent.word(), ProposalState::Decided.word()].contains(&one.state.as_str()))
        .map(|one| one.unit_id)
        .collect();
    let mut unsent = Vec::new();
    for of_cell in due.chunk_by(|one, next| one.unit_id == next.unit_id) {
        let Some(first) = of_cell.first() else { continue };
        if arrived.contains(&first.unit_id) {
            add(&mut agenda.turns, Subject::Member, false, cell(&first.unit_name, of_cell.len()));
        } else {
            let held = Held {
                review: None,
                name: first.unit_name.clone(),
                subject: Subject::Member,
                unsent: true,
                unverified: false,
                late_reason: String::new(),
                waiting: Vec::new(),
            };
            unsent.push((first.unit_id, held));
        }
    }
    let placed = due.into_iter().filter(|one| arrived.contains(&one.unit_id)).map(|one| one.review_id);
    Ok((placed.collect(), unsent))
}

fn cell(name: &str, people: usize) -> Item {
    let (own_level, proposed, grounds, place) = Default::default();
    Item { review: None, name: name.to_owned(), place, people, own_level, proposed, grounds }
}

#[cfg(test)]
mod tests;
