//! Lists of what a tidy test lets pass, each line with its reason: `path | what | reason`.

use crate::tree;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// Path from the repository's folder; one that ends in `/` stands for everything below.
    pub path: String,
    /// What may stand there; `*` for anything.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// The lines of `xtask/allow/<name>.txt`, without blank lines and `#` comments.
pub fn list(name: &str) -> Vec<Allowed> {
    parse(&tree::text(&format!("xtask/allow/{name}.txt")))
}

fn parse(text: &str) -> Vec<Allowed> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.splitn(3, '|').map(|part| part.trim().to_owned());
            let mut next = || parts.next().unwrap_or_default();
            Allowed { path: next(), what: next(), reason: next() }
        })
        .collect()
}

impl Allowed {
    /// Whether this line lets `what` stand in the file.
    pub fn covers(&self, path: &str, what: &str) -> bool {
        let here = self.path == path || (self.path.ends_with('/') && path.starts_with(&self.path));
        here && (self.what == "*" || self.what == what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_covers_its_path_and_word_only() {
        let list = parse("# why\n\ncrates/a/ | * | samples\ncrates/b/c.rs | x | because | of\n");
        assert_eq!(list.len(), 2);
        assert!(list[0].covers("crates/a/d.rs", "anything"));
        assert!(list[1].covers("crates/b/c.rs", "x") && !list[1].covers("crates/b/c.rs", "y"));
        assert_eq!(list[1].reason, "because | of");
    }
}
