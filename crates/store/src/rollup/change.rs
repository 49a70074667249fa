//! What an act changes: the classes of reviews, units and notices. Called by the functions that write those tables, so
//! that no act can forget it.

use uuid::Uuid;

use super::{
    CampaignUnitRow, DUE_DELTAS, ENROL, KINDS_AND_STEPS, MEETING_PLACE, NOTICE_DELTA, REVIEW_DELTA, ROUND_OF,
    SET_CAMPAIGN, SET_DUE, SET_STEP, STEP_DAY, STEP_NOW, UNIT_DELTA, UNIT_IN_ROUND,
};
use crate::db::{Conn, StoreError};
use crate::sql::{maybe_row, one, rows, run};

const ENTERS: i64 = 1;
const LEAVES: i64 = -1;

/// A campaign's round and the unit that opened it.
async fn round_of(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<(Uuid, Uuid), StoreError> {
    one!(conn, (Uuid, Uuid), ROUND_OF, root, campaign)
}

/// Puts a unit into the tree of a campaign's round, with every unit between it and the one that opened the campaign.
pub(crate) async fn enrol(conn: &mut Conn, root: Uuid, campaign: Uuid, unit: Uuid) -> Result<(), StoreError> {
    let mut next = Some(unit);
    while let Some(unit) = next {
        if run!(conn, ENROL, root, campaign, unit)? == 0 {
            return Ok(());
        }
        let (round, owner) = round_of(conn, root, campaign).await?;
        let row = one!(conn, CampaignUnitRow, UNIT_IN_ROUND, root, round, unit)?;
        let due_on = due_day(conn, root, campaign, &row.kind, &row.step).await?;
        run!(conn, SET_STEP, root, round, unit, &row.step, due_on)?;
        run!(conn, UNIT_DELTA, root, round, unit, ENTERS)?;
        next = row.parent_id.filter(|_| unit != owner);
    }
    Ok(())
}

/// A review came into the class its row says, at this version.
pub(crate) async fn review_entered(conn: &mut Conn, root: Uuid, review: Uuid, version: i64) -> Result<(), StoreError> {
    run!(conn, REVIEW_DELTA, root, review, version, ENTERS)?;
    Ok(())
}

/// A review is about to leave the class its row says, unless somebody changed it since `version` was read.
pub(crate) async fn review_left(conn: &mut Conn, root: Uuid, review: Uuid, version: i64) -> Result<(), StoreError> {
    run!(conn, REVIEW_DELTA, root, review, version, LEAVES)?;
    Ok(())
}

const ISSUED: (i64, &str) = (1, "issued");
const READ: (i64, &str) = (2, "read");

/// A notice was issued.
pub(crate) async fn notice_issued(conn: &mut Conn, root: Uuid, review: Uuid) -> Result<(), StoreError> {
    let (version, state) = ISSUED;
    run!(conn, NOTICE_DELTA, root, review, version, ENTERS, state)?;
    Ok(())
}

/// A notice was read for the first time; `times` says how often another took its place before.
pub(crate) async fn notice_read(conn: &mut Conn, root: Uuid, review: Uuid, times: i64) -> Result<(), StoreError> {
    for ((version, state), n) in [(ISSUED, LEAVES), (READ, ENTERS)] {
        run!(conn, NOTICE_DELTA, root, review, version + READ.0 * times, n, state)?;
    }
    Ok(())
}

/// Another notice took the place of one that was read, for the `times`-th time.
pub(crate) async fn notice_renewed(conn: &mut Conn, root: Uuid, review: Uuid, times: i64) -> Result<(), StoreError> {
    let (read, issued) = (READ.0 * times, ISSUED.0 + READ.0 * times);
    for (version, state, n) in [(read, READ.1, LEAVES), (issued, ISSUED.1, ENTERS)] {
        run!(conn, NOTICE_DELTA, root, review, version, n, state)?;
    }
    Ok(())
}

/// Reads anew how far a unit is, after its meeting, ballot, proposal or decision changed.
pub(crate) async fn refresh_unit(conn: &mut Conn, root: Uuid, campaign: Uuid, unit: Uuid) -> Result<(), StoreError> {
    let (round, _) = round_of(conn, root, campaign).await?;
    let Some(row) = maybe_row!(conn, CampaignUnitRow, UNIT_IN_ROUND, root, round, unit)? else {
        // A committee whose own unit has no review still meets and decides in the round.
        enrol(conn, root, campaign, unit).await?;
        return Box::pin(refresh_unit(conn, root, campaign, unit)).await;
    };
    let (step,) = one!(conn, (String,), STEP_NOW, root, round, unit)?;
    if step == row.step {
        return Ok(());
    }
    let due_on = due_day(conn, root, row.campaign_id, &row.kind, &step).await?;
    run!(conn, UNIT_DELTA, root, round, unit, LEAVES)?;
    run!(conn, SET_STEP, root, round, unit, &step, due_on)?;
    run!(conn, UNIT_DELTA, root, round, unit, ENTERS)?;
    Ok(())
}

/// Another campaign of the same round is the unit's from now on.
pub(crate) async fn set_campaign(
    conn: &mut Conn,
    (root, round): (Uuid, Uuid),
    unit: Uuid,
    campaign: Uuid,
) -> Result<(), StoreError> {
    run!(conn, SET_CAMPAIGN, root, round, unit, campaign)?;
    Ok(())
}

/// A unit's meetings and lists went from one campaign to another: within a round it keeps its place there.
pub(crate) async fn rehome(conn: &mut Conn, root: Uuid, unit: Uuid, from: Uuid, to: Uuid) -> Result<(), StoreError> {
    let ((old, _), (new, _)) = (round_of(conn, root, from).await?, round_of(conn, root, to).await?);
    if old == new {
        set_campaign(conn, (root, new), unit, to).await?;
    } else {
        refresh_unit(conn, root, from, unit).await?;
        enrol(conn, root, to, unit).await?;
    }
    refresh_unit(conn, root, to, unit).await
}

/// As [`refresh_unit`], for the unit that holds a meeting.
pub(crate) async fn refresh_unit_of_meeting(conn: &mut Conn, root: Uuid, meeting: Uuid) -> Result<(), StoreError> {
    match maybe_row!(conn, (Uuid, Uuid), MEETING_PLACE, root, meeting)? {
        Some((campaign, unit)) => refresh_unit(conn, root, campaign, unit).await,
        None => Ok(()),
    }
}

/// Writes down anew until when each unit of a campaign should be a step further, after its calendar changed.
///
/// # Errors
/// When the database fails.
pub async fn set_due_days(conn: &mut Conn, root: Uuid, campaign: Uuid) -> Result<(), StoreError> {
    for (kind, step) in rows!(conn, (String, String), KINDS_AND_STEPS, root, campaign)? {
        let due_on = due_day(conn, root, campaign, &kind, &step).await?;
        run!(conn, DUE_DELTAS, root, campaign, &kind, &step, &due_on)?;
        run!(conn, SET_DUE, root, campaign, &kind, &step, due_on)?;
    }
    Ok(())
}

/// Last day for what a unit of this kind has to do next; empty when nothing is awaited from it.
async fn due_day(conn: &mut Conn, root: Uuid, campaign: Uuid, kind: &str, step: &str) -> Result<String, StoreError> {
    let Some(next) = domain::campaign::awaited(kind, step) else { return Ok(String::new()) };
    let day = maybe_row!(conn, (String,), STEP_DAY, root, campaign, next)?;
    Ok(day.map(|(day,)| day).unwrap_or_default())
}
