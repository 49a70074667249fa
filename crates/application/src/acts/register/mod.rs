//! Sổ văn bản: numbers of papers, given once within a unit, a series (the letters printed behind the number) and a year.

mod number_notices;
mod number_paper;

pub use number_notices::number_notices;
pub use number_paper::{NumberPaper, number_paper};

use domain::register::{check_day, number_key};
use domain::{Actor, Day, Refusal};
use store::register::NumberRow;
use uuid::Uuid;

use crate::app::Work;
use crate::error::Result;
use crate::papers::number;

/// Việc đã làm với số của một văn bản.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// The paper has this number and day already, or none was typed and none stands.
    Unchanged,
    /// It has the number now.
    Numbered,
    /// Its number was taken back.
    Cleared,
}

/// A paper that is to have a number.
pub(crate) struct Entry<'a> {
    /// Kind of paper, by the meaning of its form.
    pub(crate) kind: &'a str,
    /// The paper, as in the journal.
    pub(crate) object: String,
    /// Unit in whose register it stands.
    pub(crate) unit: Uuid,
    /// Number as typed; an empty one takes the number back.
    pub(crate) number: String,
    /// Day on the paper.
    pub(crate) dated_on: Day,
}

impl Entry<'_> {
    /// Enters the number, or takes it back.
    ///
    /// `REGISTER-001` at `field` when another paper has it; `-005` when it is no number.
    pub(crate) async fn enter(&self, work: &mut Work<'_>, actor: &Actor, field: &str) -> Result<Numbering> {
        let root = work.root();
        let before = store::register::of_paper(&mut work.tx, root, &self.object).await?;
        let key = number_key(&self.number);
        if key.is_empty() && !self.number.trim().is_empty() {
            return Err(Refusal::new("REGISTER-005").with("number", &self.number).at(field).into());
        }
        if key.is_empty() {
            let Some(before) = before else { return Ok(Numbering::Unchanged) };
            store::register::clear(&mut work.tx, root, &self.object).await?;
            work.note("paper.number_cleared", self.object.clone(), Some(&before), None)?;
            return Ok(Numbering::Cleared);
        }
        let row = NumberRow {
            root_id: root,
            object: self.object.clone(),
            unit_id: self.unit,
            kind: number::series(self.kind)?,
            year: i64::from(self.dated_on.parts().0),
            number: self.number.clone(),
            number_key: key,
            dated_on: self.dated_on.to_string(),
            entered_by: actor.person.0,
            entered_at: work.at,
        };
        let same = |before: &NumberRow| (&before.number, &before.dated_on) == (&row.number, &row.dated_on);
        if before.as_ref().is_some_and(same) {
            return Ok(Numbering::Unchanged);
        }
        let holder = store::register::holder(&mut work.tx, &row).await?;
        if holder.is_some_and(|holder| holder.object != row.object) {
            let what = Refusal::new("REGISTER-001").with("number", &row.number).with("year", row.year);
            return Err(what.at(field).into());
        }
        store::register::set(&mut work.tx, &row).await?;
        work.note("paper.numbered", row.object.clone(), before.as_ref(), Some(&row))?;
        Ok(Numbering::Numbered)
    }
}

/// The day as typed, or the usual one when none was typed; checked.
fn dated(work: &Work<'_>, typed: &str, field: &str, (usual, earliest): (Day, Day)) -> Result<Day> {
    let day = if typed.trim().is_empty() { usual } else { crate::acts::typed_day(typed, field)? };
    check_day(day, earliest, work.today().max(usual), field)?;
    Ok(day)
}
