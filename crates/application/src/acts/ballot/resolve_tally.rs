//! Xử lý khác biệt: the head of counting, papers in hand, enters what is right and says why the entries differed.

use domain::ballot::{BallotAct, after, check, may_resolve};
use domain::policy::Act;
use domain::{Actor, BallotId, Refusal};

use super::enter_tally::{TypedTally, insert, move_to, read_tally};
use super::{DEFINITIVE, Drawn, RESOLVED};
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::Result;

/// Enters the definitive counts after two entries differed; all three entries stay.
///
/// # Errors
/// `BALLOT-013`, `-014`, `-019` without a word on the cause, and those of a teller's entry.
pub async fn resolve_tally(app: &App, actor: &Actor, ballot: BallotId, typed: &TypedTally) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let drawn = Drawn::load(&mut work.tx, actor, ballot).await?;
    permit(actor, Act::ResolveTally, &drawn.resource())?;
    drawn.held.must_be_open()?;
    let counting = drawn.counting(None)?;
    may_resolve(counting, actor.person)?;
    let note = typed_text(&typed.note, "note", 1000)?;
    if note.is_empty() {
        return Err(Refusal::new("BALLOT-019").at("note").into());
    }
    let tally = read_tally(&drawn, typed)?;
    check(&tally, drawn.base())?;
    for entry_no in [RESOLVED, DEFINITIVE] {
        insert(&mut work, actor, &drawn, entry_no, &tally, &note).await?;
    }
    move_to(&mut work, &drawn, after(counting.state, BallotAct::Resolve)?).await?;
    work.commit().await
}
