//! Numbers per level and unit, added up the tree, and the caps held against them.

use crate::quota::{Counts, Limit, Reading};

/// Bits of a packed counter, and how many of them stand in one word.
const FIELD: u32 = 12;
const FIELDS: usize = 5;

/// Bảng tổng hợp theo mức: how many of each unit have which level, and how many are not rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    levels: usize,
    /// For each unit its levels, best first, then those not rated.
    counts: Vec<u32>,
}

/// Đơn vị vượt trần: a unit with more of the limited level than a reading of the cap allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// The unit.
    pub unit: usize,
    /// Most who may have the level.
    pub limit: u64,
    /// How many have it.
    pub used: u64,
}

impl Summary {
    /// Counts rows. A row's level is its place among `levels`, best first; any greater number is "not rated". Rows whose
    /// unit is not below `units` are left out. It is quickest where rows of a unit stand together.
    pub fn of(levels: usize, level_of: &[u8], unit_of: &[u32], units: usize) -> Self {
        let mut counts = vec![0_u32; units * (levels + 1)];
        let mut start = 0;
        for run in unit_of.chunk_by(|left, right| left == right) {
            let rows = level_of.get(start..start + run.len()).unwrap_or_default();
            start += run.len();
            let unit = run.first().map_or(units, |unit| *unit as usize);
            if let Some(own) = counts.get_mut(unit * (levels + 1)..(unit + 1) * (levels + 1)) {
                count(rows, own);
            }
        }
        Self { levels, counts }
    }

    /// The same of the units above. A unit whose parent is not below `parents` is left out.
    pub fn roll_up(&self, parent_of: &[u32], parents: usize) -> Self {
        let width = self.levels + 1;
        let mut counts = vec![0_u32; parents * width];
        for (own, parent) in self.counts.chunks(width).zip(parent_of) {
            let parent = *parent as usize;
            if let Some(sums) = counts.get_mut(parent * width..(parent + 1) * width) {
                sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
            }
        }
        Self { levels: self.levels, counts }
    }

    /// Numbers of a unit per level, best first.
    pub fn levels_of(&self, unit: usize) -> &[u32] {
        let width = self.levels + 1;
        self.counts.get(unit * width..unit * width + self.levels).unwrap_or_default()
    }

    /// How many of a unit are not rated.
    pub fn not_rated(&self, unit: usize) -> u32 {
        self.counts.get((unit + 1) * (self.levels + 1) - 1).copied().unwrap_or(0)
    }

    /// How many units.
    pub fn units(&self) -> usize {
        self.counts.len() / (self.levels + 1)
    }

    /// Units in which more have the level `limited` than the reading allows, where the base is the level `of`.
    pub fn over(&self, limited: usize, of: usize, reading: Reading) -> Vec<Over> {
        let limit = Limit::new(reading);
        let own = |unit: usize| {
            let levels = self.levels_of(unit);
            let at = |place: usize| levels.get(place).map_or(0, |count| u64::from(*count));
            let rated = levels.iter().map(|count| u64::from(*count)).sum();
            Counts { limited: at(limited), base: at(of), rated }
        };
        let units = (0..self.units()).map(|unit| (unit, own(unit)));
        let over = units.filter_map(|(unit, counts)| {
            let most = limit.of(counts);
            (counts.limited > most).then_some(Over { unit, limit: most, used: counts.limited })
        });
        over.collect()
    }
}

/// Adds rows of one unit to its counts.
fn count(rows: &[u8], own: &mut [u32]) {
    let last = own.len() - 1;
    if own.len() > FIELDS {
        for level in rows {
            own[usize::from(*level).min(last)] += 1;
        }
        return;
    }
    // All counters in one word: a row costs one addition, whatever its level.
    let last = u8::try_from(last).unwrap_or(u8::MAX);
    for part in rows.chunks((1 << FIELD) - 1) {
        let sum = part.iter().fold(0_u64, |sum, level| sum + (1 << (FIELD * u32::from((*level).min(last)))));
        for (place, count) in (0..).zip(own.iter_mut()) {
            *count += u32::try_from(sum >> (FIELD * place) & ((1 << FIELD) - 1)).unwrap_or(0);
        }
    }
}
