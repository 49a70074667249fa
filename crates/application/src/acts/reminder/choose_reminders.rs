//! Chọn cách nhận nhắc việc, for oneself.

use domain::reminder::{Pace, check_address};
use domain::{Actor, Refusal};
use store::reminder::ChoiceRow;

use crate::acts::UNNAMED;
use crate::app::{App, Work};
use crate::error::Result;

/// Keeps address and pace of the letters one wants.
///
/// # Errors
/// `REMIND-001`, `-002` at `address`; `FORM-003` when the pace is none.
pub async fn choose_reminders(app: &App, actor: &Actor, address: &str, pace: &str) -> Result<()> {
    let pace = Pace::from_word(pace).ok_or_else(|| Refusal::new("FORM-003").with("label", UNNAMED).at("pace"))?;
    let address = check_address(address, pace)?;
    let mut work = Work::begin(app, actor).await?;
    let root = work.root();
    let before = store::reminder::choice(&mut work.tx, root, actor.person.0).await?;
    let row = ChoiceRow {
        root_id: root,
        person_id: actor.person.0,
        address,
        pace: pace.word().to_owned(),
        mailed_on: before.map(|row| row.mailed_on).unwrap_or_default(),
    };
    store::reminder::set_choice(&mut work.tx, &row).await?;
    work.commit_housekeeping("how somebody is reminded").await
}
