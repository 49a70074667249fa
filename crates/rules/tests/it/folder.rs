//! Reads a folder of a rule book as the loader wants it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rules::{Book, load};

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn read(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// All rule books of the repository, by folder name.
pub fn books() -> Vec<(String, Book)> {
    let mut names: Vec<_> = fs::read_dir(repository().join("rulebooks"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let book = load(&read(&path)).unwrap_or_else(|flaws| {
                let flaws: Vec<String> = flaws.iter().map(ToString::to_string).collect();
                panic!("{name}:\n{}", flaws.join("\n"))
            });
            (name, book)
        })
        .collect()
}
