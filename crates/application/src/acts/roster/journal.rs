//! What an import writes into the journal: one entry for the file, one for each unit in which something changed.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;
use store::journal::JournalDraft;
use store::review::ReviewRow;
use uuid::Uuid;

use super::plan::{Change, Plan};
use super::present::Rows;
use crate::error::Result;

/// What changed in one unit: digests over the rows before and after, in the order of the file.
#[derive(Default)]
struct Sides {
    before: Rows,
    after: Rows,
    rows: usize,
}

impl Sides {
    fn add<T: Serialize>(&mut self, change: &Change<T>) -> Result<()> {
        self.rows += 1;
        if let Some(before) = &change.before {
            self.before.add(before)?;
        }
        self.after.add(&change.after)
    }
}

/// The entries of the units; `draft` makes an entry from the word of the act and its object.
pub(super) fn unit_entries(
    plan: &Plan,
    mut draft: impl FnMut(&str, String) -> JournalDraft,
) -> Result<Vec<JournalDraft>> {
    let mut units: BTreeMap<Uuid, Sides> = BTreeMap::new();
    for change in &plan.units {
        units.entry(change.after.unit_id).or_default().add(change)?;
    }
    for change in &plan.people {
        let home = plan.home.get(&change.after.person_id).copied().unwrap_or_default();
        units.entry(home).or_default().add(change)?;
    }
    for change in &plan.memberships {
        units.entry(change.after.unit_id).or_default().add(change)?;
    }
    for change in &plan.posts {
        units.entry(change.after.unit_id).or_default().add(change)?;
    }
    let mut entries = Vec::with_capacity(units.len());
    for (unit, sides) in units {
        let entry = draft("roster.unit_changed", format!("unit/{unit}"));
        let entry = entry.before(&json!({ "rows_sha256": sides.before.hex() }))?;
        entries.push(entry.after(&json!({ "rows": sides.rows, "rows_sha256": sides.after.hex() }))?);
    }
    Ok(entries)
}

/// The entries of the reviews that go to another cell, leave their round or come back into it.
pub(super) fn review_entries(
    plan: &Plan,
    mut draft: impl FnMut(&str, String) -> JournalDraft,
) -> Result<Vec<JournalDraft>> {
    let moved = plan.moved.iter().map(|change| ("review.moved", change));
    let withdrawn = plan.withdrawn.iter().map(|change| ("review.withdrawn", change));
    let corrected = plan.corrected.iter().map(|change| ("review.withdrawal_corrected", change));
    let restored = plan.restored.iter().map(|change| ("review.restored", change));
    let entry = |(act, change): (&str, &Change<ReviewRow>)| {
        let entry = draft(act, format!("review/{}", change.after.review_id)).after(&change.after)?;
        Ok(match &change.before {
            Some(before) => entry.before(before)?,
            None => entry,
        })
    };
    moved.chain(withdrawn).chain(corrected).chain(restored).map(entry).collect()
}
