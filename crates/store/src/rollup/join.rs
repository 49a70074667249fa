//! A round that becomes part of the superior's.

use uuid::Uuid;

use super::change::{refresh_unit, set_due_days};
use super::{BOUND_DAYS, CLEAR_DELTAS, CLEAR_ROUND, CLEAR_UNITS, JOIN_ROUND, UNITS_OF_CAMPAIGN};
use crate::db::{Conn, StoreError};
use crate::sql::{rows, run};

/// Puts a round with the campaigns in it under the campaign `top`: its own tree and figures are dropped, the round it joins
/// gets them with [`super::insert_units`], [`settle_joined`] and [`super::rebuild`].
///
/// # Errors
/// When the database fails.
pub async fn join_round(conn: &mut Conn, root: Uuid, round: Uuid, top: Uuid) -> Result<(), StoreError> {
    for clear in [CLEAR_DELTAS, CLEAR_ROUND, CLEAR_UNITS] {
        run!(conn, clear, root, round)?;
    }
    run!(conn, JOIN_ROUND, root, round, top)?;
    Ok(())
}

/// Reads how far the units of a campaign that joined the round of `top` are; its days come no later than those of `top`, but
/// for the step `fixed`.
///
/// # Errors
/// When the database fails.
pub async fn settle_joined(
    conn: &mut Conn,
    root: Uuid,
    campaign: Uuid,
    (top, fixed): (Uuid, &str),
) -> Result<(), StoreError> {
    run!(conn, BOUND_DAYS, root, campaign, top, fixed)?;
    set_due_days(conn, root, campaign).await?;
    for (unit,) in rows!(conn, (Uuid,), UNITS_OF_CAMPAIGN, root, campaign)? {
        refresh_unit(conn, root, campaign, unit).await?;
    }
    Ok(())
}
