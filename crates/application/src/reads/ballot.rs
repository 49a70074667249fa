//! Kiểm phiếu: the lines, whose turn it is, the differences, the definitive counts. A teller never sees the other's entry.

use std::collections::BTreeMap;

use domain::ballot::{BLANK, BallotState, LINE_INVALID, Seat, Tally, differences, majority, may_replace};
use domain::policy::{Act, allows};
use domain::{Actor, BallotId, CampaignId, PersonId, ReviewId, UnitId};
use serde::Serialize;
use store::org;

use super::substitution::{Substitution, substitutions};
use crate::acts::ballot::{DEFINITIVE, Drawn, FIRST, SECOND, present, stored_tally};
use crate::app::App;
use crate::error::{Error, Result};
use crate::judge::{self, Words};

/// Trang kiểm phiếu.
#[derive(Debug, Clone, Serialize)]
pub struct BallotPage {
    /// Ballot.
    pub id: BallotId,
    /// Campaign.
    pub campaign: CampaignId,
    /// Unit.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// State.
    pub state: BallotState,
    /// Membership of the meeting.
    pub base: u32,
    /// Votes that are a majority.
    pub needed: u32,
    /// Choices of a line: id and short name, `blank` and `line_invalid` last.
    pub choices: Vec<(String, Words)>,
    /// Persons on the ballot.
    pub lines: Vec<BallotLine>,
    /// Names: first teller, second teller, head of counting.
    pub team: [String; 3],
    /// Whether the reader enters counts now.
    pub may_enter: bool,
    /// Whether the reader has entered already.
    pub entered: bool,
    /// Whether the reader resolves differences now.
    pub may_resolve: bool,
    /// Where the two entries differ: field, first figure, second figure; only for the head of counting.
    pub differences: Vec<(String, u32, u32)>,
    /// Definitive counts, when the reader may see them.
    pub result: Option<Tally>,
    /// Remark on the definitive counts.
    pub result_note: String,
    /// Who took whose place in the team.
    pub substitutions: Vec<Substitution>,
    /// Seats the reader may give to another, with the name of whoever sits there.
    pub seats: Vec<(Seat, String)>,
    /// Who can take one: those at the meeting who do not count yet.
    pub substitutes: Vec<(PersonId, String)>,
}

/// Một dòng trên phiếu.
#[derive(Debug, Clone, Serialize)]
pub struct BallotLine {
    /// Number, from 1.
    pub number: u32,
    /// Review.
    pub review: ReviewId,
    /// Full name.
    pub name: String,
    /// Votes per choice, when the result may be seen.
    pub votes: BTreeMap<String, u32>,
    /// The choice that has the majority, when the result may be seen.
    pub majority: Option<String>,
}

/// A ballot as this reader may see it.
///
/// # Errors
/// [`Error::Denied`] for who neither counts nor may see the result.
pub async fn ballot(app: &App, actor: &Actor, ballot: BallotId) -> Result<BallotPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let drawn = Drawn::load(&mut conn, actor, ballot).await?;
    let resource = drawn.resource();
    let may = |act| allows(actor, act, &resource);
    if !may(Act::EnterTally) && !may(Act::ResolveTally) && !may(Act::ViewTally) && !may(Act::DrawUpBallot) {
        return Err(Error::Denied);
    }
    let state = drawn.state()?;
    let first = stored_tally(&mut conn, root, ballot.0, FIRST).await?;
    let second = stored_tally(&mut conn, root, ballot.0, SECOND).await?;
    let entered = [&first, &second].into_iter().flatten().any(|(_, entry)| entry.entered_by == actor.person.0);
    let may_resolve = may(Act::ResolveTally) && state == BallotState::Differs;
    let differing = match (&first, &second) {
        (Some((a, _)), Some((b, _))) if may_resolve => differences(a, b),
        _ => Vec::new(),
    };
    let counted = stored_tally(&mut conn, root, ballot.0, DEFINITIVE).await?;
    let counted = counted.filter(|_| may(Act::ViewTally) || may(Act::EnterTally));
    let book = judge::book_of(app, &drawn.held.campaign)?;
    let needed = drawn.held.vote_base(judge::majority(book))?.needed;
    let team = team(&mut conn, &drawn).await?;
    let counting = drawn.counting(first.as_ref().map(|(_, entry)| PersonId(entry.entered_by)))?;
    let mut seats: Vec<(Seat, String)> = Seat::ALL.iter().copied().zip(team.iter().cloned()).collect();
    seats.retain(|(seat, _)| {
        may(Act::ReplaceTeller) && drawn.held.must_be_open().is_ok() && may_replace(counting, *seat).is_ok()
    });
    Ok(BallotPage {
        id: ballot,
        substitutions: substitutions(&mut conn, root, &drawn.object()).await?,
        substitutes: substitutes(&drawn, &seats),
        seats,
        campaign: CampaignId(drawn.held.campaign.campaign_id),
        unit: UnitId(drawn.held.unit.unit_id),
        unit_name: drawn.held.unit.name.clone(),
        state,
        base: drawn.base(),
        needed,
        choices: choice_names(book, drawn.choices()?),
        lines: lines(&drawn, counted.as_ref().map(|(tally, _)| tally), needed),
        team,
        may_enter: may(Act::EnterTally) && !entered && matches!(state, BallotState::DrawnUp | BallotState::FirstEntry),
        entered,
        may_resolve,
        differences: differing,
        result_note: counted.as_ref().map_or_else(String::new, |(_, entry)| entry.note.clone()),
        result: counted.map(|(tally, _)| tally),
    })
}

/// Names in the order of the seats.
async fn team(conn: &mut store::Conn, drawn: &Drawn) -> Result<[String; 3]> {
    let seats = [drawn.ballot.teller_a, drawn.ballot.teller_b, drawn.ballot.head_teller];
    let mut names = [const { String::new() }; 3];
    for (name, person) in names.iter_mut().zip(seats) {
        let row = org::person(conn, drawn.ballot.root_id, person).await?;
        *name = row.map_or_else(String::new, |person| person.full_name);
    }
    Ok(names)
}

fn substitutes(drawn: &Drawn, seats: &[(Seat, String)]) -> Vec<(PersonId, String)> {
    if seats.is_empty() {
        return Vec::new();
    }
    let ballot = &drawn.ballot;
    let free = present(&drawn.held)
        .filter(|one| ![ballot.teller_a, ballot.teller_b, ballot.head_teller].contains(&one.person_id));
    free.map(|one| (PersonId(one.person_id), one.full_name.clone())).collect()
}

fn lines(drawn: &Drawn, tally: Option<&Tally>, needed: u32) -> Vec<BallotLine> {
    let line = |row: &store::ballot::LineRow| {
        let number = u32::try_from(row.line_no).unwrap_or(0);
        let votes = tally.and_then(|tally| tally.lines.get(&number)).cloned().unwrap_or_default();
        let majority = majority(&votes, needed).map(str::to_owned);
        BallotLine { number, review: ReviewId(row.review_id), name: row.full_name.clone(), majority, votes }
    };
    drawn.lines.iter().map(line).collect()
}

/// Short names of choices: levels from the book, the others by key of the caller (empty here).
fn choice_names(book: &rules::Book, choices: Vec<String>) -> Vec<(String, Words)> {
    let name = |choice: &str| book.level(choice).map(|level| Words::from(&level.short)).unwrap_or_default();
    choices
        .into_iter()
        .map(|choice| {
            (
                choice.clone(),
                if [BLANK, LINE_INVALID].contains(&choice.as_str()) { Words::default() } else { name(&choice) },
            )
        })
        .collect()
}
