//! Đánh số liên tiếp các thông báo: one number is typed, the notices of the round that have none follow in the order of
//! the register, all or nothing.

use domain::policy::Act;
use domain::{Actor, CampaignId, Day, Refusal, ReviewId};

use super::{Entry, dated};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result, stored};
use crate::papers::number;
use crate::papers::place::Place;

/// Field of the first number.
const FIRST: &str = "first_number";
/// Field of the day.
const DAY: &str = "notices_dated";

/// Numbers the notices that have no number, from `first` on. Returns how many.
///
/// # Errors
/// `REGISTER-001` when a number on the way is taken, `-002`, `-003`, `-004` when no notice waits for a number; `FORM-004`,
/// `FORM-006`; `PAPER-005` before the decision is issued; [`Error::Denied`].
pub async fn number_notices(
    app: &App,
    actor: &Actor,
    campaign: CampaignId,
    first: &str,
    dated_on: &str,
) -> Result<usize> {
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let campaign = store::campaign::campaign(&mut work.tx, root, campaign.0).await?.ok_or(Error::Denied)?;
    let base = campaign.unit_id;
    let mut place = Place::find(app, &mut work.tx, root, campaign.campaign_id, base).await?;
    permit(actor, Act::NumberPapers, &place.resource())?;
    let waiting = number::notices_without(&mut place).await?;
    let Some((_, notice)) = waiting.first() else { return Err(Refusal::new("REGISTER-004").at(FIRST).into()) };
    let issued_on = stored(Day::parse_stored(&notice.issued_on), "issued_on")?;
    let wrong = || Refusal::new("FORM-006").with("value", first.trim()).at(FIRST);
    let first: u32 = first.trim().parse().map_err(|_| wrong())?;
    let dated_on = dated(&work, dated_on, DAY, (issued_on, issued_on))?;
    for ((review, _), offset) in waiting.iter().zip(0_u32..) {
        let number = first.checked_add(offset).ok_or_else(wrong)?.to_string();
        let object = number::object_of_notice(ReviewId(*review));
        let entry = Entry { kind: number::NOTICE, object, unit: base, number, dated_on };
        entry.enter(&mut work, actor, FIRST).await?;
    }
    work.commit().await?;
    Ok(waiting.len())
}
