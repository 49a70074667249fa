//! Made-up facts of a country: 5.6 million people in 52,000 base organisations, rows of one organisation together. The same
//! numbers at every run; one fact in thirty-three is not stated.

use std::fs;
use std::io::Write;
use std::path::Path;

pub const NONE: i16 = i16::MIN;

pub struct Data {
    /// Base organisation of each row.
    pub groups: Vec<u32>,
    /// Name, parts of one, values; what is not stated is `NONE`.
    pub columns: Vec<(&'static str, i64, Vec<i16>)>,
}

/// SplitMix64, so that other programs can make the same numbers.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> i16 {
        i16::try_from((self.next() >> 32) % limit).unwrap()
    }

    fn chance(&mut self, percent_tenths: u64) -> i16 {
        i16::from(u64::try_from(self.below(1000)).unwrap() < percent_tenths)
    }
}

impl Data {
    pub fn new(rows: usize, organisations: u32) -> Self {
        let mut dice = Dice(2022);
        let names: [(&str, i64); 15] = [
            ("disciplined", 1),
            ("degraded", 1),
            ("employee", 1),
            ("leader", 1),
            ("head", 1),
            ("model", 1),
            ("level", 1),
            ("sick_days", 1),
            ("assigned", 1),
            ("done", 1),
            ("exceeded", 1),
            ("months", 1),
            ("score", 10),
            ("civil_score", 10),
            ("unit_score", 10),
        ];
        let mut columns: Vec<_> = names.iter().map(|(name, parts)| (*name, *parts, Vec::with_capacity(rows))).collect();
        for _ in 0..rows {
            for (place, value) in person(&mut dice).into_iter().enumerate() {
                columns[place].2.push(if dice.below(33) == 0 { NONE } else { value });
            }
        }
        Self { groups: groups(&mut dice, rows, organisations), columns }
    }

    /// Little-endian files, one a column, for the programs this one is compared with.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        for (name, _, values) in &self.columns {
            let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
            fs::File::create(folder.join(name))?.write_all(&bytes)?;
        }
        let bytes: Vec<u8> = self.groups.iter().flat_map(|group| group.to_le_bytes()).collect();
        fs::File::create(folder.join("groups"))?.write_all(&bytes)
    }
}

fn person(dice: &mut Dice) -> [i16; 15] {
    let level = match dice.below(1000) {
        0..25 => 1,
        25..215 => 2,
        215..855 => 3,
        _ => 4,
    };
    let assigned = 4 + dice.below(16);
    let done = (assigned - dice.chance(120) * dice.below(4)).max(0);
    let exceeded = dice.below(u64::try_from(assigned).unwrap()).min(done);
    let score = 300 + dice.below(701);
    [
        dice.chance(12),
        dice.chance(3),
        dice.chance(450),
        dice.chance(120),
        dice.chance(40),
        dice.chance(600),
        level,
        dice.chance(60) * dice.below(200),
        assigned,
        done,
        exceeded,
        dice.below(600),
        if level == 4 { score.max(850) } else { score },
        500 + dice.below(501),
        600 + dice.below(401),
    ]
}

/// Organisations of uneven size, in order.
fn groups(dice: &mut Dice, rows: usize, organisations: u32) -> Vec<u32> {
    let mut groups = Vec::with_capacity(rows);
    for group in 0..organisations {
        let left = rows - groups.len();
        let even = left / usize::try_from(organisations - group).unwrap();
        let size = if group + 1 == organisations {
            left
        } else {
            (even / 2 + usize::try_from(dice.below(u64::try_from(even.max(1)).unwrap() + 1)).unwrap()).min(left)
        };
        groups.resize(groups.len() + size, group);
    }
    groups
}
