//! Loại hình riêng của tổ chức trên cây: which sector a unit is of on a day, from its own mark or the nearest above it.

use std::collections::BTreeMap;

use domain::campaign::{CalendarStep, until};
use domain::org::Sector;
use rules::Book;
use store::Conn;
use uuid::Uuid;

use crate::acts::campaign::CUT_OFF;
use crate::error::Result;

/// The marks of a day.
pub(crate) struct Sectors(BTreeMap<Uuid, Option<Sector>>);

impl Sectors {
    pub(crate) async fn on(conn: &mut Conn, root: Uuid, day: &str) -> Result<Self> {
        let rows = store::sector::on(conn, root, day).await?;
        Ok(Self(rows.into_iter().map(|row| (row.unit_id, Sector::from_word(&row.sector))).collect()))
    }

    /// The sector of the unit at a path.
    pub(crate) fn of(&self, path: &str) -> Option<Sector> {
        let mut upward = path.rsplit('/').filter_map(|part| part.parse().ok());
        upward.find_map(|unit: Uuid| self.0.get(&unit)).copied().flatten()
    }

    /// The calendar of a round for the unit at a path: to the day that the book has for its sector, where it has one.
    pub(crate) fn calendar(&self, book: &Book, path: &str, steps: &[CalendarStep]) -> Vec<CalendarStep> {
        match self.of(path).and_then(|sector| book.step_of_sector(sector.word())) {
            Some(limit) => until(steps, &limit.id, CUT_OFF),
            None => steps.to_vec(),
        }
    }
}
