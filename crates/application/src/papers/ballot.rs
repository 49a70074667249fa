//! Phiếu đề nghị xếp loại and biên bản kiểm phiếu.

use std::collections::BTreeMap;

use domain::ballot::{BLANK, BallotState, LINE_INVALID, Seat};
use domain::{Day, Refusal};
use serde::Serialize;
use store::ballot::{BallotRow, LineRow};
use store::meeting::MeetingRow;
use store::substitution::NamedRow;
use uuid::Uuid;

use super::place::{Letterhead, LevelHead, Place, clock, day};
use super::sheet::UnitPaper;
use super::words::{BallotWords, Sentence, official_day};
use crate::acts::ballot::{DEFINITIVE, stored_tally};
use crate::acts::meeting::attendees;
use crate::error::{Error, Result, known};
use crate::judge;

/// Phiếu: one sheet, to be copied for everybody who votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BallotPaper {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Year under review.
    pub year: String,
    /// On whom the vote is.
    pub subject: String,
    /// Boxes of a line.
    pub levels: Vec<LevelHead>,
    /// How many lines.
    pub people_count: usize,
    /// Lines.
    pub people: Vec<BallotLine>,
}

/// Một dòng của phiếu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BallotLine {
    /// Name.
    pub name: String,
    /// Posts.
    pub post: String,
    /// Heading above this line, empty for none.
    pub group: String,
    /// Marks already set: none.
    pub marks: BTreeMap<String, bool>,
}

/// Biên bản kiểm phiếu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountingMinutes {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number in the register, written by hand when empty.
    pub number: String,
    /// Line of the journal.
    pub checkpoint: String,
    /// Year under review.
    pub year: String,
    /// On whom the vote was.
    pub subject: String,
    /// Day of the meeting.
    pub meeting_date: String,
    /// Its place.
    pub meeting_place: String,
    /// Counting team.
    pub tellers: Vec<Teller>,
    /// Those of the team who sign as members.
    pub members: Vec<Named>,
    /// Head of the team.
    pub head_teller: String,
    /// Who presides over the meeting.
    pub chair: String,
    /// Base of the vote with its arithmetic.
    pub vote_base: String,
    /// Papers.
    pub ballots: Papers,
    /// Choices.
    pub levels: Vec<LevelHead>,
    /// Lines.
    pub people: Vec<CountedLine>,
    /// How many copies are made.
    pub copies: String,
    /// Time of closing.
    pub closed_at: String,
    /// Who keeps the papers.
    pub keeper: String,
}

/// Một người trong tổ kiểm phiếu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Teller {
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
}

/// Một người ký.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Name.
    pub name: String,
}

/// Số phiếu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Papers {
    /// Given out.
    pub issued: String,
    /// Returned.
    pub returned: String,
    /// Valid.
    pub valid: String,
    /// Invalid.
    pub invalid: String,
}

/// Kết quả của một dòng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountedLine {
    /// Name.
    pub name: String,
    /// Heading above this line, empty for none.
    pub group: String,
    /// Votes for each choice.
    pub counts: BTreeMap<String, String>,
    /// Lines left white or marked twice.
    pub blank: String,
}

const COUNTING: &str = UnitPaper::CountingMinutes.meaning();

/// A ballot with its meeting.
struct Drawn {
    meeting: MeetingRow,
    held_on: Day,
    ballot: BallotRow,
    lines: Vec<LineRow>,
    levels: Vec<LevelHead>,
    groups: BTreeMap<Uuid, String>,
}

async fn drawn(place: &mut Place<'_>) -> Result<Drawn> {
    let meeting = place.meeting().await?;
    let ballot = store::ballot::of_meeting(place.conn, place.root, meeting.meeting_id).await?;
    let ballot = ballot.ok_or_else(|| Error::from(Refusal::new("PAPER-002")))?;
    let lines = store::ballot::lines(place.conn, place.root, ballot.ballot_id).await?;
    let choices: Vec<String> = serde_json::from_str(&ballot.choices)?;
    let levels = choices
        .iter()
        .filter(|choice| *choice != BLANK && *choice != LINE_INVALID)
        .map(|choice| place.choice(choice))
        .collect();
    let mut groups = BTreeMap::new();
    if !place.is_cell() {
        for review in store::review::list_of_campaign(place.conn, place.root, place.campaign.campaign_id).await? {
            groups.insert(review.review_id, review.unit_name);
        }
    }
    let held_on = day(&meeting.held_on)?;
    Ok(Drawn { meeting, held_on, ballot, lines, levels, groups })
}

impl Drawn {
    /// Lines with the heading that stands above each: the cell, where it changes.
    fn grouped(&self) -> impl Iterator<Item = (&LineRow, String)> {
        let mut before = "";
        self.lines.iter().map(move |line| {
            let group = self.groups.get(&line.review_id).map_or("", String::as_str);
            let heading = if group == before { String::new() } else { group.to_owned() };
            before = group;
            (line, heading)
        })
    }
}

pub(super) async fn read_ballot(place: &mut Place<'_>) -> Result<BallotPaper> {
    let drawn = drawn(place).await?;
    let roll = place.roll(drawn.held_on).await?;
    let line = |(line, group): (&LineRow, String)| BallotLine {
        name: line.full_name.clone(),
        post: roll.post(line.person_id),
        group,
        marks: BTreeMap::new(),
    };
    Ok(BallotPaper {
        letterhead: place.letterhead(drawn.held_on)?,
        year: place.year(),
        subject: place.words.subject.plain().to_owned(),
        people_count: drawn.lines.len(),
        people: drawn.grouped().map(line).collect(),
        levels: drawn.levels,
    })
}

pub(super) async fn read_counting(place: &mut Place<'_>) -> Result<CountingMinutes> {
    let drawn = drawn(place).await?;
    let refusal = || Error::from(Refusal::new("PAPER-003"));
    if drawn.ballot.state != BallotState::Definitive.word() {
        return Err(refusal());
    }
    let (tally, _) =
        stored_tally(place.conn, place.root, drawn.ballot.ballot_id, DEFINITIVE).await?.ok_or_else(refusal)?;
    let people = drawn
        .grouped()
        .map(|(line, group)| {
            let votes = u32::try_from(line.line_no).ok().and_then(|no| tally.lines.get(&no));
            let count = |choice: &str| votes.and_then(|votes| votes.get(choice)).copied().unwrap_or(0);
            CountedLine {
                name: line.full_name.clone(),
                group,
                counts: drawn.levels.iter().map(|level| (level.id.clone(), count(&level.id).to_string())).collect(),
                blank: (count(BLANK) + count(LINE_INVALID)).to_string(),
            }
        })
        .collect();
    let (tellers, members, head_teller) = team(place, &drawn.ballot).await?;
    let entered = place.entered(COUNTING).await?;
    let (number, dated_on) = place.numbered(COUNTING, entered.as_ref(), drawn.held_on)?;
    Ok(CountingMinutes {
        letterhead: place.letterhead(dated_on)?,
        number,
        checkpoint: place.meeting_line(&drawn.meeting).await?,
        year: place.year(),
        subject: place.words.subject.plain().to_owned(),
        meeting_date: official_day(drawn.held_on),
        vote_base: vote_base(place, &drawn).await?,
        tellers,
        members,
        head_teller,
        chair: place.name(drawn.meeting.chair_id).await?,
        ballots: Papers {
            issued: tally.given.to_string(),
            returned: tally.returned.to_string(),
            valid: tally.valid.to_string(),
            invalid: tally.invalid.to_string(),
        },
        levels: drawn.levels,
        people,
        copies: place.words.copies.plain().to_owned(),
        closed_at: clock(place.words, drawn.meeting.ends_at.as_deref()),
        keeper: place.body()?.keeper.plain().to_owned(),
        meeting_place: drawn.meeting.place,
    })
}

async fn team(place: &mut Place<'_>, ballot: &BallotRow) -> Result<(Vec<Teller>, Vec<Named>, String)> {
    let head = place.name(ballot.head_teller).await?;
    let members =
        vec![Named { name: place.name(ballot.teller_a).await? }, Named { name: place.name(ballot.teller_b).await? }];
    let replaced =
        store::substitution::of_object(place.conn, place.root, &format!("ballot/{}", ballot.ballot_id)).await?;
    let words = &place.words.ballot;
    let teller = |name: &str, seat: Seat| Teller { name: name.to_owned(), role: seated(words, &replaced, seat) };
    let mut tellers = vec![teller(&head, Seat::Head)];
    tellers.extend(members.iter().zip([Seat::TellerA, Seat::TellerB]).map(|(one, seat)| teller(&one.name, seat)));
    Ok((tellers, members, head))
}

/// The seat in words, and in whose place.
fn seated(words: &BallotWords, replaced: &[NamedRow], seat: Seat) -> String {
    let role = role(words, seat).plain().to_owned();
    let here = replaced.iter().filter(|one| one.role == seat.word());
    here.fold(role, |role, one| {
        words.in_place_of.say(&[("role", &role), ("former", &one.former), ("reason", &one.reason)])
    })
}

/// A seat of the counting team in words.
pub(super) const fn role(words: &BallotWords, seat: Seat) -> &Sentence {
    match seat {
        Seat::TellerA | Seat::TellerB => &words.member,
        Seat::Head => &words.head,
    }
}

async fn vote_base(place: &mut Place<'_>, drawn: &Drawn) -> Result<String> {
    let rows = store::meeting::attendees(place.conn, place.root, drawn.meeting.meeting_id).await?;
    let purpose = known(domain::meeting::Purpose::from_word(&drawn.meeting.purpose), "purpose")?;
    let base = domain::meeting::vote_base(&attendees(&rows)?, purpose, judge::majority(place.book));
    let words = &place.words.ballot;
    let said = if base.taken_off.is_empty() { &words.base_plain } else { &words.base };
    Ok(said.say(&[("base", &base.base.to_string()), ("arithmetic", &base.arithmetic())]))
}
