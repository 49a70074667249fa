//! Bỏ phiếu kín bằng phiếu giấy: draw up, count twice, resolve.

mod draw_up_ballot;
mod enter_tally;
mod replace_teller;
mod resolve_tally;

pub use draw_up_ballot::{DrawUpBallot, draw_up_ballot};
pub use enter_tally::{TypedTally, enter_tally};
pub use replace_teller::{ReplaceTeller, replace_teller};
pub use resolve_tally::resolve_tally;

use std::collections::BTreeMap;

use domain::ballot::{BallotState, Counting, Tally};
use domain::meeting::Presence;
use domain::policy::Resource;
use domain::{Actor, BallotId, MeetingId, PersonId, Refusal};
use store::Conn;
use store::ballot::{BallotRow, CountRow, EntryRow, LineRow};
use store::meeting::AttendeeRow;

use crate::acts::meeting::Held;
use crate::error::{Error, Result, known};

/// Entry numbers as stored.
pub(crate) const DEFINITIVE: i64 = 0;
pub(crate) const FIRST: i64 = 1;
pub(crate) const SECOND: i64 = 2;
pub(crate) const RESOLVED: i64 = 3;

/// A ballot with what belongs to it.
pub(crate) struct Drawn {
    pub(crate) ballot: BallotRow,
    pub(crate) lines: Vec<LineRow>,
    pub(crate) held: Held,
}

impl Drawn {
    pub(crate) async fn load(conn: &mut Conn, actor: &Actor, id: BallotId) -> Result<Self> {
        let root = actor.root.0;
        let ballot = store::ballot::ballot(conn, root, id.0).await?.ok_or(Error::Denied)?;
        let lines = store::ballot::lines(conn, root, ballot.ballot_id).await?;
        let held = Held::load(conn, actor, MeetingId(ballot.meeting_id)).await?;
        Ok(Self { ballot, lines, held })
    }

    pub(crate) fn resource(&self) -> Resource {
        Resource {
            tellers: vec![PersonId(self.ballot.teller_a), PersonId(self.ballot.teller_b)],
            head_teller: Some(PersonId(self.ballot.head_teller)),
            ..self.held.resource()
        }
    }

    pub(crate) fn object(&self) -> String {
        format!("ballot/{}", self.ballot.ballot_id)
    }

    pub(crate) fn state(&self) -> Result<BallotState> {
        known(BallotState::from_word(&self.ballot.state), "ballot state")
    }

    pub(crate) fn choices(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_str(&self.ballot.choices)?)
    }

    pub(crate) fn base(&self) -> u32 {
        u32::try_from(self.ballot.base).unwrap_or(0)
    }

    pub(crate) fn counting(&self, entered_by: Option<PersonId>) -> Result<Counting> {
        Ok(Counting {
            state: self.state()?,
            teller_a: PersonId(self.ballot.teller_a),
            teller_b: PersonId(self.ballot.teller_b),
            head: PersonId(self.ballot.head_teller),
            entered_by,
        })
    }
}

/// Who counts must be at the meeting.
pub(crate) fn must_be_present(held: &Held, person: PersonId, field: &str) -> Result<()> {
    if present(held).any(|one| one.person_id == person.0) {
        Ok(())
    } else {
        Err(Refusal::new("BALLOT-015").at(field).into())
    }
}

/// Those who are at the meeting.
pub(crate) fn present(held: &Held) -> impl Iterator<Item = &AttendeeRow> {
    held.attendees.iter().filter(|one| one.presence == Presence::Present.word())
}

/// The tally of one stored entry, if it exists.
pub(crate) async fn stored_tally(
    conn: &mut Conn,
    root: uuid::Uuid,
    ballot: uuid::Uuid,
    entry_no: i64,
) -> Result<Option<(Tally, EntryRow)>> {
    let Some(entry) = store::ballot::entry(conn, root, ballot, entry_no).await? else { return Ok(None) };
    let mut lines: BTreeMap<u32, BTreeMap<String, u32>> = BTreeMap::new();
    for count in store::ballot::counts(conn, root, ballot, entry_no).await? {
        lines.entry(small(count.line_no)).or_default().insert(count.choice, small(count.votes));
    }
    let tally = Tally {
        printed: small(entry.printed),
        given: small(entry.given),
        voided: small(entry.voided),
        left_over: small(entry.left_over),
        returned: small(entry.returned),
        kept: small(entry.kept),
        valid: small(entry.valid),
        invalid: small(entry.invalid),
        lines,
    };
    Ok(Some((tally, entry)))
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The rows of a tally.
pub(crate) fn rows_of(tally: &Tally, frame: EntryRow) -> (EntryRow, Vec<CountRow>) {
    let entry = EntryRow {
        printed: tally.printed.into(),
        given: tally.given.into(),
        voided: tally.voided.into(),
        left_over: tally.left_over.into(),
        returned: tally.returned.into(),
        kept: tally.kept.into(),
        valid: tally.valid.into(),
        invalid: tally.invalid.into(),
        ..frame
    };
    let counts = tally.lines.iter().flat_map(|(line, choices)| {
        choices.iter().map(move |(choice, votes)| CountRow {
            line_no: (*line).into(),
            choice: choice.clone(),
            votes: (*votes).into(),
        })
    });
    (entry, counts.collect())
}
