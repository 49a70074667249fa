//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are made, not written.
const MADE: &[&str] = &[".git", ".e2e", "node_modules", "target"];

/// The same, only in this place.
const MADE_AT: &[&str] = &["data", "demo-data", "fuzz/artifacts", "fuzz/corpus"];

/// The folder of the repository.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Every written file below `folder` (itself a path from the repository's folder, "" for all), as paths from the
/// repository's folder with `/` between, sorted.
pub fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), folder, &mut found);
    found.sort();
    found
}

/// Those of [`files`] whose names end so.
pub fn files_ending(folder: &str, ending: &str) -> Vec<String> {
    files(folder).into_iter().filter(|path| path.ends_with(ending)).collect()
}

/// What stands after the last dot of a file's name; nothing when there is none.
pub fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The text of a file; empty when it is gone or is no text.
pub fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// Whether the repository has this file or folder.
pub fn exists(path: &str) -> bool {
    root().join(path).exists()
}

fn walk(folder: &Path, name: &str, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(own) = entry.file_name().into_string() else { continue };
        let path = if name.is_empty() { own.clone() } else { format!("{name}/{own}") };
        if MADE.contains(&own.as_str()) || MADE_AT.contains(&path.as_str()) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), &path, found),
            Ok(kind) if kind.is_file() => found.push(path),
            _ => {}
        }
    }
}
