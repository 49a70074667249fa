//! Migrations are forward only: once recorded with its sha256, a file never changes again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use sha2::{Digest, Sha256};

use crate::tree;

/// Where the migrations of both engines stand.
pub const FOLDER: &str = "crates/store/migrations";

/// Where their digests are recorded: `sha256  name`, one a line, in order.
pub const RECORD: &str = "xtask/allow/migrations.txt";

/// Name and digest of every migration in the folder, in order.
pub fn present() -> Vec<(String, String)> {
    let paths = tree::files_ending(FOLDER, ".sql").into_iter();
    paths.map(|path| (path[FOLDER.len() + 1..].to_owned(), digest(&tree::text(&path)))).collect()
}

/// Name and digest of every recorded migration, in order.
pub fn recorded() -> Vec<(String, String)> {
    let text = tree::text(RECORD);
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once("  "));
    lines.map(|(digest, name)| (name.to_owned(), digest.to_owned())).collect()
}

/// What is wrong between record and folder; empty when nothing is. Before the first release nothing is recorded.
pub fn problems(present: &[(String, String)], recorded: &[(String, String)]) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, digest) in recorded {
        match present.iter().find(|(other, _)| other == name) {
            None => problems.push(format!("{FOLDER}/{name} is recorded as released and is gone")),
            Some((_, now)) if now != digest => {
                problems.push(format!("{FOLDER}/{name} is released and was edited: write a new migration instead"));
            }
            Some(_) => {}
        }
    }
    let last = recorded.iter().map(|(name, _)| number(name)).max().unwrap_or_default();
    let fresh = present.iter().map(|(name, _)| name).filter(|name| recorded.iter().all(|(other, _)| other != *name));
    let fresh: Vec<&String> = fresh.collect();
    let late = fresh.iter().filter(|name| number(name) <= last && !recorded.is_empty());
    problems
        .extend(late.map(|name| format!("{FOLDER}/{name} is new and does not stand after {last}, which is released")));
    let waiting: BTreeSet<&str> = fresh.iter().map(|name| number(name)).collect();
    if waiting.len() > 1 && !recorded.is_empty() {
        problems.push(format!(
            "{fresh:?} are not recorded: `cargo run -p xtask -- record-migrations` when they are released"
        ));
    }
    problems
}

/// The number of a migration: `0003` of `0003_hardening.sql`, also when it stands in an engine's own folder.
pub fn number(name: &str) -> &str {
    let own = name.rsplit('/').next().unwrap_or_default();
    own.split('_').next().unwrap_or_default()
}

/// Records every migration that is not recorded yet; gives their names.
///
/// # Errors
/// When the record cannot be written.
pub fn record() -> std::io::Result<Vec<String>> {
    let known = recorded();
    let fresh: Vec<_> =
        present().into_iter().filter(|(name, _)| known.iter().all(|(other, _)| other != name)).collect();
    let mut text = tree::text(RECORD);
    for (name, digest) in &fresh {
        writeln!(text, "{digest}  {name}").map_err(std::io::Error::other)?;
    }
    fs::write(tree::root().join(RECORD), text)?;
    Ok(fresh.into_iter().map(|(name, _)| name).collect())
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, digest: &str) -> (String, String) {
        (name.to_owned(), digest.to_owned())
    }

    #[test]
    fn an_edited_migration_is_named() {
        let found = problems(&[pair("0001.sql", "b")], &[pair("0001.sql", "a")]);
        assert!(found.len() == 1 && found[0].contains("0001.sql is released and was edited"));
    }

    #[test]
    fn a_new_migration_stands_after_all_released_ones() {
        let engines = [pair("0001_a.sql", "a"), pair("lite/0002_b.sql", "b"), pair("pg/0002_b.sql", "c")];
        assert!(problems(&engines, &engines[..1]).is_empty());
        assert_eq!(problems(&engines, &engines[1..]).len(), 1);
    }
}
