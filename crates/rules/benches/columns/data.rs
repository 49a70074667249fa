//! Made-up facts of a country, as `guong demo --scale country` writes them: rows of one base organisation together.

use std::fs;
use std::path::Path;

pub const NONE: i16 = i16::MIN;

pub struct Data {
    /// Base organisation of each row.
    pub groups: Vec<u32>,
    /// Name, parts of one, values; what is not stated is `NONE`.
    pub columns: Vec<(String, i64, Vec<i16>)>,
}

impl Data {
    /// Little-endian files, one a column.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        let mut columns = Vec::new();
        for line in fs::read_to_string(folder.join("columns.csv"))?.lines().skip(1) {
            let (name, parts) = line.split_once(',').unwrap();
            let bytes = fs::read(folder.join(name))?;
            let values = bytes.chunks(2).map(|two| i16::from_le_bytes(two.try_into().unwrap()));
            columns.push((name.to_owned(), parts.parse().unwrap(), values.collect()));
        }
        let groups = fs::read(folder.join("groups"))?;
        let groups = groups.chunks(4).map(|four| u32::from_le_bytes(four.try_into().unwrap())).collect();
        Ok(Self { groups, columns })
    }
}
