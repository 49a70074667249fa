//! Nhập kết quả kiểm phiếu: each teller alone, without seeing the other's figures.

use std::collections::BTreeMap;

use domain::ballot::{BallotAct, BallotState, Tally, after, check, differences, enter};
use domain::policy::Act;
use domain::{Actor, BallotId, PersonId, Refusal};
use store::ballot::EntryRow;

use super::{DEFINITIVE, Drawn, FIRST, SECOND, rows_of, stored_tally};
use crate::acts::typed_text;
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};

/// Counts as typed: `printed`, `given` … and `line-<n>-<choice>`; an empty field counts as 0.
#[derive(Debug, Clone, Default)]
pub struct TypedTally {
    /// Field → what was typed.
    pub figures: BTreeMap<String, String>,
    /// Remark.
    pub note: String,
}

/// Enters the counts of one teller. When both agree they are definitive.
///
/// # Errors
/// `FORM-006` not a number; `BALLOT-001` … `-005` the sums do not hold; `BALLOT-010` … `-012` not his turn.
pub async fn enter_tally(app: &App, actor: &Actor, ballot: BallotId, typed: &TypedTally) -> Result<BallotState> {
    let mut work = Work::begin(app, actor).await?;
    let drawn = Drawn::load(&mut work.tx, actor, ballot).await?;
    permit(actor, Act::EnterTally, &drawn.resource())?;
    drawn.held.must_be_open()?;
    let tally = read_tally(&drawn, typed)?;
    check(&tally, drawn.base())?;
    let root = work.root();
    let first = stored_tally(&mut work.tx, root, drawn.ballot.ballot_id, FIRST).await?;
    let entered_by = first.as_ref().map(|(_, entry)| PersonId(entry.entered_by));
    let equal = first.as_ref().map(|(other, _)| differences(other, &tally).is_empty());
    let counting = drawn.counting(entered_by)?;
    let act = enter(counting, actor.person, equal)?;
    let entries: &[i64] = match act {
        BallotAct::EnterFirst => &[FIRST],
        BallotAct::EnterEqual => &[SECOND, DEFINITIVE],
        BallotAct::EnterDifferent | BallotAct::Resolve | BallotAct::ReplaceTeller | BallotAct::ReplaceHead => &[SECOND],
    };
    let state = after(counting.state, act)?;
    let note = typed_text(&typed.note, "note", 1000)?;
    for entry_no in entries {
        insert(&mut work, actor, &drawn, *entry_no, &tally, &note).await?;
    }
    move_to(&mut work, &drawn, state).await?;
    work.commit().await?;
    Ok(state)
}

/// Reads every figure; the lines and choices are those of the ballot, whatever else was sent.
pub(super) fn read_tally(drawn: &Drawn, typed: &TypedTally) -> Result<Tally> {
    let mut faults = Vec::new();
    let mut figure = |field: String| match typed.figures.get(&field).map_or("", |value| value.trim()) {
        "" => 0,
        value => value.parse::<u32>().ok().filter(|number| *number <= 1_000_000).unwrap_or_else(|| {
            faults.push(Refusal::new("FORM-006").with("value", value).at(&field));
            0
        }),
    };
    let mut tally = Tally {
        printed: figure("printed".to_owned()),
        given: figure("given".to_owned()),
        voided: figure("voided".to_owned()),
        left_over: figure("left_over".to_owned()),
        returned: figure("returned".to_owned()),
        kept: figure("kept".to_owned()),
        valid: figure("valid".to_owned()),
        invalid: figure("invalid".to_owned()),
        lines: BTreeMap::new(),
    };
    for line in &drawn.lines {
        let votes = drawn
            .choices()?
            .into_iter()
            .map(|choice| (choice.clone(), figure(format!("line-{}-{choice}", line.line_no))));
        tally.lines.insert(u32::try_from(line.line_no).unwrap_or(0), votes.collect());
    }
    if faults.is_empty() { Ok(tally) } else { Err(Error::Refused(faults)) }
}

pub(super) async fn insert(
    work: &mut Work<'_>,
    actor: &Actor,
    drawn: &Drawn,
    entry_no: i64,
    tally: &Tally,
    note: &str,
) -> Result<()> {
    let frame = EntryRow {
        root_id: work.root(),
        ballot_id: drawn.ballot.ballot_id,
        entry_no,
        printed: 0,
        given: 0,
        voided: 0,
        left_over: 0,
        returned: 0,
        kept: 0,
        valid: 0,
        invalid: 0,
        note: note.to_owned(),
        entered_by: actor.person.0,
        entered_at: work.at,
    };
    let (entry, counts) = rows_of(tally, frame);
    store::ballot::insert_entry(&mut work.tx, &entry, &counts).await?;
    let event = match entry_no {
        DEFINITIVE => "ballot.tally_recorded",
        FIRST | SECOND => "ballot.tally_entered",
        _ => "ballot.tally_resolved",
    };
    work.note(event, drawn.object(), None, Some(&(&entry, &counts)))
}

pub(super) async fn move_to(work: &mut Work<'_>, drawn: &Drawn, state: BallotState) -> Result<()> {
    let root = work.root();
    if store::ballot::set_state(&mut work.tx, root, drawn.ballot.ballot_id, drawn.ballot.version, state.word()).await? {
        Ok(())
    } else {
        Err(Refusal::new("REVIEW-002").into())
    }
}
