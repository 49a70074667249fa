//! Cử người khác vào tổ kiểm phiếu: a teller who has not entered yet, or the head of counting, leaves or falls ill.

use domain::ballot::{Counting, Seat, replace};
use domain::policy::Act;
use domain::{Actor, BallotId, PersonId, Refusal};
use store::ballot::BallotRow;

use super::{Drawn, FIRST, must_be_present};
use crate::acts::substitution::{Handed, keep};
use crate::acts::{UNNAMED, typed_text};
use crate::app::{App, Grounds, Work, permit};
use crate::error::Result;

/// Who takes which seat, as typed.
#[derive(Debug, Clone, Default)]
pub struct ReplaceTeller {
    /// Word of [`Seat`].
    pub seat: String,
    /// Who takes it.
    pub named: Option<PersonId>,
    /// Why.
    pub reason: String,
}

/// Names another teller or head of counting. Whoever leaves the seat can enter nothing any more.
///
/// # Errors
/// `BALLOT-015` he is absent or counts already, `-020` the counts are definitive, `-021` this teller has entered, `-022` no
/// reason; `FORM-003` no seat; `MEETING-002` sealed.
pub async fn replace_teller(app: &App, actor: &Actor, ballot: BallotId, order: &ReplaceTeller) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let drawn = Drawn::load(&mut work.tx, actor, ballot).await?;
    permit(actor, Act::ReplaceTeller, &drawn.resource())?;
    drawn.held.must_be_open()?;
    let nothing = |field: &str| Refusal::new("FORM-003").with("label", UNNAMED).at(field);
    let seat = Seat::from_word(&order.seat).ok_or_else(|| nothing("seat"))?;
    let named = order.named.ok_or_else(|| nothing("person"))?;
    let reason = typed_text(&order.reason, "reason", 300)?;
    let root = work.root();
    let first = store::ballot::entry(&mut work.tx, root, ballot.0, FIRST).await?;
    let counting = drawn.counting(first.map(|entry| PersonId(entry.entered_by)))?;
    let team = replace(counting, seat, named, &reason)?;
    must_be_present(&drawn.held, named, "person")?;
    let after = with_team(&drawn.ballot, team);
    if !store::ballot::set_team(&mut work.tx, &after).await? {
        return Err(Refusal::new("REVIEW-002").into());
    }
    let after = BallotRow { version: after.version + 1, ..after };
    let object = drawn.object();
    let handed = Handed { object: &object, role: seat.word(), former: counting.at(seat), named, reason: &reason };
    keep(&mut work, actor.person, handed).await?;
    let grounds = Grounds::because(&reason);
    work.note_citing("ballot.teller_replaced", object, Some(&drawn.ballot), Some(&after), grounds)?;
    work.commit().await
}

fn with_team(ballot: &BallotRow, team: Counting) -> BallotRow {
    BallotRow { teller_a: team.teller_a.0, teller_b: team.teller_b.0, head_teller: team.head.0, ..ballot.clone() }
}
