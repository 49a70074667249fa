//! Cả nước mẫu: made-up facts of millions of people as columns, for measuring the rules. Nothing of it is kept in memory, and
//! the numbers are the same at every run: rows of one base organisation stand together, one fact in thirty-three is not stated.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// People of the country.
pub const MEMBERS: u32 = 5_600_000;
const ORGANISATIONS: u32 = 52_000;
/// Fewest people of a base organisation on average.
const FEWEST: u32 = 20;
/// Stands for what is not stated.
const NONE: i16 = i16::MIN;
const SEED: u64 = 2022;
/// The list of columns; beside it one file for each, two bytes a row, low byte first.
pub const LIST: &str = "columns.csv";
/// Base organisation of each row, four bytes, low byte first.
pub const GROUPS: &str = "groups";

/// Name and parts of one: a score of 85.5 stands as 855 parts of ten.
const COLUMNS: [(&str, i16); 15] = [
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

    fn below(&mut self, limit: i16) -> i16 {
        let limit = u64::from(limit.unsigned_abs().max(1));
        i16::try_from((self.next() >> 32) % limit).unwrap_or_default()
    }

    /// One, so many times in a thousand.
    fn chance(&mut self, in_a_thousand: i16) -> i16 {
        i16::from(self.below(1000) < in_a_thousand)
    }
}

/// Writes the columns of so many people into a folder; how many base organisations they are in.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(folder: &Path, people: u32) -> io::Result<u32> {
    fs::create_dir_all(folder)?;
    let mut list = String::from("name,parts\n");
    let mut files = Vec::new();
    for (name, parts) in COLUMNS {
        list.push_str(&format!("{name},{parts}\n"));
        files.push(BufWriter::new(File::create(folder.join(name))?));
    }
    let mut dice = Dice(SEED);
    for _ in 0..people {
        for (file, value) in files.iter_mut().zip(person(&mut dice)) {
            let value = if dice.below(33) == 0 { NONE } else { value };
            file.write_all(&value.to_le_bytes())?;
        }
    }
    for mut file in files {
        file.flush()?;
    }
    let organisations = ORGANISATIONS.min(people / FEWEST + 1);
    write_groups(&mut dice, BufWriter::new(File::create(folder.join(GROUPS))?), (people, organisations))?;
    fs::write(folder.join(LIST), list)?;
    Ok(organisations)
}

fn person(dice: &mut Dice) -> [i16; COLUMNS.len()] {
    let level = match dice.below(1000) {
        0..25 => 1,
        25..215 => 2,
        215..855 => 3,
        _ => 4,
    };
    let assigned = 4 + dice.below(16);
    let done = (assigned - dice.chance(120) * dice.below(4)).max(0);
    let exceeded = dice.below(assigned).min(done);
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
fn write_groups(dice: &mut Dice, mut file: impl Write, (people, organisations): (u32, u32)) -> io::Result<()> {
    let mut left = people;
    for group in 0..organisations {
        let even = left / (organisations - group);
        let more = u32::from(dice.below(i16::try_from(even.max(1) + 1).unwrap_or(i16::MAX)).unsigned_abs());
        let size = if group + 1 == organisations { left } else { (even / 2 + more).min(left) };
        left -= size;
        for _ in 0..size {
            file.write_all(&group.to_le_bytes())?;
        }
    }
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_the_same_every_time_with_a_row_for_everybody_in_every_column() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert_eq!(write(one.path(), 5_000).unwrap(), 251);
        write(other.path(), 5_000).unwrap();
        let list = fs::read_to_string(one.path().join(LIST)).unwrap();
        for name in list.lines().skip(1).filter_map(|line| line.split(',').next()) {
            let bytes = fs::read(one.path().join(name)).unwrap();
            assert_eq!(bytes.len(), 10_000, "{name}");
            assert_eq!(bytes, fs::read(other.path().join(name)).unwrap(), "{name}");
        }
        let groups = fs::read(one.path().join(GROUPS)).unwrap();
        let groups: Vec<u32> = groups.chunks(4).map(|four| u32::from_le_bytes(four.try_into().unwrap())).collect();
        assert!(groups.is_sorted(), "rows of one organisation stand together");
        assert_eq!((groups.len(), groups.last().copied()), (5_000, Some(250)));
    }

    #[test]
    fn one_fact_in_thirty_three_is_not_stated() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), 20_000).unwrap();
        let scores = fs::read(folder.path().join("score")).unwrap();
        let unstated = scores.chunks(2).filter(|two| i16::from_le_bytes((*two).try_into().unwrap()) == NONE).count();
        assert!((450..770).contains(&unstated), "{unstated}");
    }
}
