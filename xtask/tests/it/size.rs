//! Files that a person can read in one sitting.

use xtask::allow;
use xtask::source::sources;
use xtask::tree;

use super::assert_none;

/// Lines of a Rust file without its tests.
const RUST: usize = 400;

/// Lines of a page template.
const TEMPLATE: usize = 120;

#[test]
fn no_file_grows_beyond_what_one_reads_in_one_sitting() {
    let long = allow::list("long-files");
    let limit = |path: &str, usual: usize| {
        let line = long.iter().find(|line| line.path == path);
        line.and_then(|line| line.what.parse().ok()).unwrap_or(usual)
    };
    let rust = sources("crates").into_iter().chain(sources("xtask")).map(|source| (source.path, source.lines, RUST));
    let pages = tree::files_ending("crates", ".html").into_iter();
    let pages = pages.map(|path| (path.clone(), tree::text(&path).lines().count(), TEMPLATE));
    let mut problems = Vec::new();
    for (path, lines, usual) in rust.chain(pages) {
        let most = limit(&path, usual);
        if lines > most {
            problems.push(format!("{path}: {lines} lines without tests, {most} allowed"));
        }
        if most > usual && lines <= usual {
            problems.push(format!("{path}: {lines} lines, strike it from xtask/allow/long-files.txt"));
        }
    }
    let gone =
        long.iter().filter(|line| !tree::exists(&line.path)).map(|line| format!("{} is gone: strike it", line.path));
    problems.extend(gone);
    assert_none(&problems, "divide the file by what it is about; the list may only shrink");
}

#[test]
fn no_module_is_named_after_nothing() {
    const NOTHING: &[&str] = &["common", "helper", "helpers", "manager", "misc", "util", "utils"];
    let paths = tree::files_ending("crates", ".rs").into_iter().chain(tree::files_ending("xtask", ".rs"));
    let named = |path: &String| path.split(['/', '.']).any(|part| NOTHING.contains(&part));
    let problems: Vec<String> = paths.filter(named).collect();
    assert_none(&problems, "name it after what it does");
}
