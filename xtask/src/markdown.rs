//! Paths that a Markdown text names: in backticks and as targets of links.

use crate::tree;

/// Files and folders at the top of the repository; a word in backticks that begins with one of them is a path.
const TOP: &[&str] = &[
    ".ci", ".config", "assets", "benches", "crates", "docs", "e2e", "examples", "forms", "fuzz", "locales",
    "packaging", "rulebooks", "xtask",
];

/// Files at the top of the repository that documents name.
const TOP_FILES: &[&str] = &[
    "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "Cargo.toml", "LICENSE", "README.md", "README.vi.md",
    "SECURITY.md", "clippy.toml", "rustfmt.toml",
];

/// A path that is named in a text, from the repository's folder, and the line that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Line, counted from 1.
    pub line: usize,
    /// The path as far as it is certain: it ends before the first `<…>`, `*` or `…`.
    pub path: String,
}

/// Every path of this repository that the text names. `own` is the path of the Markdown file itself.
pub fn paths(own: &str, text: &str) -> Vec<Named> {
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut named = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let in_ticks = line.split('`').skip(1).step_by(2).filter(|word| is_path(word)).flat_map(braces);
        let linked = links(line).into_iter().map(|link| join(folder, &link));
        let paths = in_ticks.chain(linked).map(|path| certain(&path));
        named.extend(paths.filter(|path| !path.is_empty()).map(|path| Named { line: number + 1, path }));
    }
    named
}

/// Those of [`paths`] that do not exist, as `file:line: path`.
pub fn broken(own: &str) -> Vec<String> {
    let named = paths(own, &tree::text(own)).into_iter().filter(|named| !tree::exists(&named.path));
    named.map(|named| format!("{own}:{}: {} does not exist", named.line, named.path)).collect()
}

fn is_path(word: &str) -> bool {
    let first = word.split('/').next().unwrap_or_default();
    !word.contains(' ') && ((word.contains('/') && TOP.contains(&first)) || TOP_FILES.contains(&word))
}

/// `a/{b,c}/d` as `a/b/d` and `a/c/d`.
fn braces(word: &str) -> Vec<String> {
    let Some((before, rest)) = word.split_once('{') else { return vec![word.to_owned()] };
    let Some((inside, after)) = rest.split_once('}') else { return vec![word.to_owned()] };
    inside.split(',').flat_map(|part| braces(&format!("{before}{}{after}", part.trim()))).collect()
}

fn links(line: &str) -> Vec<String> {
    let targets =
        line.match_indices("](").filter_map(|(at, _)| line[at + 2..].split_once(')').map(|(target, _)| target));
    let targets = targets.map(|target| target.split('#').next().unwrap_or_default());
    targets.filter(|target| !target.is_empty() && !target.contains(':')).map(str::to_owned).collect()
}

fn join(folder: &str, link: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn certain(path: &str) -> String {
    match path.find(['<', '*', '…', '{', '$']) {
        Some(at) => path[..at].rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()),
        None => path.trim_end_matches('/').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        paths("docs/how-to/x.md", text).into_iter().map(|named| named.path).collect()
    }

    #[test]
    fn paths_are_found_in_backticks_and_links() {
        let text = "see `crates/{a,b}/c.rs`, [this](../adr/0001.md#top), [that](https://example.org/) and `README.md`";
        assert_eq!(found(text), ["crates/a/c.rs", "crates/b/c.rs", "README.md", "docs/adr/0001.md"]);
    }

    #[test]
    fn a_path_is_checked_as_far_as_it_is_certain() {
        assert_eq!(found("`forms/<meaning>/<version>/form.toml` or `locales/*/x.ftl`"), ["forms", "locales"]);
    }

    #[test]
    fn words_that_are_no_paths_are_left_alone() {
        assert!(found("`1/5`, `application/json`, `cargo run`, `form.toml`, `CHANGES.md`").is_empty());
    }
}
