//! A Rust file split into code and string literals, without its tests: enough of a lexer for the tidy tests.

use crate::tree;

/// A string literal and the line where it begins, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// Line of its opening quote.
    pub line: usize,
    /// What stands between the quotes, escapes as written.
    pub text: String,
}

/// One Rust file without its test modules.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path from the repository's folder.
    pub path: String,
    /// The text with comments, string literals and test modules blanked; lines stay where they are.
    pub code: String,
    /// String literals outside of tests and comments.
    pub literals: Vec<Literal>,
    /// Lines of the file that belong to no test module.
    pub lines: usize,
}

/// Every Rust file below the folder that is not a test.
pub fn sources(folder: &str) -> Vec<Source> {
    let paths = tree::files_ending(folder, ".rs").into_iter().filter(|path| !is_test(path));
    paths.map(|path| Source::of(&path, &tree::text(&path))).collect()
}

/// Whether the whole file is a test, by its place or name.
pub fn is_test(path: &str) -> bool {
    let mut parts = path.split('/').rev();
    let name = parts.next().unwrap_or_default();
    name == "tests.rs" || name == "build.rs" || name.ends_with("_tests.rs") || parts.any(|part| part == "tests")
}

impl Source {
    /// Splits a text.
    pub fn of(path: &str, text: &str) -> Self {
        let (code, literals) = split(text);
        let (code, tests) = without_tests(&code);
        let in_tests = |line: usize| tests.iter().any(|(first, last)| (*first..=*last).contains(&line));
        let lines = (1..=text.lines().count()).filter(|line| !in_tests(*line)).count();
        let literals = literals.into_iter().filter(|literal| !in_tests(literal.line)).collect();
        Self { path: path.to_owned(), code, literals, lines }
    }

    /// The words of the code (identifiers, keywords, numbers), each with its line.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code.lines().enumerate();
        lines.flat_map(|(line, text)| {
            text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).map(move |w| (line + 1, w))
        })
    }

    /// What is declared `pub` without restriction, each up to the end of its signature (enums and traits whole; fields
    /// to the end of their line), with its line.
    pub fn public_items(&self) -> Vec<(usize, String)> {
        let mut items = Vec::new();
        for (at, _) in self.code.match_indices("pub ") {
            let before = self.code[..at].chars().next_back().unwrap_or(' ');
            let rest = &self.code[at..];
            let ends: &[char] = match rest[4..].split_whitespace().next().unwrap_or_default() {
                "enum" | "trait" => &[],
                "struct" => &['{', '(', ';'],
                "async" | "const" | "fn" | "static" | "type" | "use" | "mod" => &['{', ';'],
                _ => &['\n'],
            };
            let end = if ends.is_empty() { end_of_item(rest) } else { rest.find(ends).unwrap_or(rest.len()) };
            if before.is_whitespace() || before == '(' {
                items.push((self.code[..at].matches('\n').count() + 1, rest[..end].trim().to_owned()));
            }
        }
        items
    }
}

/// Where an item ends that begins here: after its `;`, or after the brace that matches its first.
fn end_of_item(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// Blanks every `#[cfg(test)]` item; gives the first and last line of each.
fn without_tests(code: &str) -> (String, Vec<(usize, usize)>) {
    const MARK: &str = "#[cfg(test)]";
    let mut left = code.to_owned();
    let mut ranges = Vec::new();
    while let Some(start) = left.find(MARK) {
        let end = start + end_of_item(&left[start..]);
        let line = |at: usize| left[..at].matches('\n').count() + 1;
        ranges.push((line(start), line(end.saturating_sub(1).max(start))));
        let blank: String = left[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        left.replace_range(start..end, &blank);
    }
    (left, ranges)
}

/// Code with comments and literals blanked, and the literals.
fn split(text: &str) -> (String, Vec<Literal>) {
    let chars: Vec<char> = text.chars().collect();
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let (end, literal) = token(&chars, at);
        if let Some(literal) = literal {
            let line = chars[..at].iter().filter(|c| **c == '\n').count() + 1;
            literals.push(Literal { line, text: literal });
        }
        let plain = end == at + 1;
        code.extend(chars[at..end].iter().map(|c| if plain || *c == '\n' { *c } else { ' ' }));
        at = end;
    }
    (code, literals)
}

/// The end of the comment, literal or plain character that begins here, and the text if it is a string.
fn token(chars: &[char], at: usize) -> (usize, Option<String>) {
    let next = |ahead: usize| chars.get(at + ahead).copied().unwrap_or('\0');
    let in_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
    match (chars[at], next(1)) {
        ('/', '/') => (position(chars, at, |rest| rest[0] == '\n'), None),
        ('/', '*') => (end_of_comment(chars, at), None),
        ('"', _) => string(chars, at),
        ('r', '"' | '#') if !in_word => raw_string(chars, at).unwrap_or((at + 1, None)),
        ('\'', '\\') => (position(chars, at + 3, |rest| rest[0] == '\'') + 1, None),
        ('\'', _) if next(2) == '\'' => (at + 3, None),
        _ => (at + 1, None),
    }
}

fn position(chars: &[char], from: usize, stop: impl Fn(&[char]) -> bool) -> usize {
    (from..chars.len()).find(|at| stop(&chars[*at..])).unwrap_or(chars.len())
}

fn end_of_comment(chars: &[char], at: usize) -> usize {
    let mut depth = 0_usize;
    let mut here = at;
    while here + 1 < chars.len() {
        match (chars[here], chars[here + 1]) {
            ('/', '*') => (depth, here) = (depth + 1, here + 2),
            ('*', '/') => {
                (depth, here) = (depth - 1, here + 2);
                if depth == 0 {
                    return here;
                }
            }
            _ => here += 1,
        }
    }
    chars.len()
}

fn string(chars: &[char], at: usize) -> (usize, Option<String>) {
    let mut here = at + 1;
    while here < chars.len() && chars[here] != '"' {
        here += if chars[here] == '\\' { 2 } else { 1 };
    }
    let end = here.min(chars.len());
    ((end + 1).min(chars.len()), Some(chars[at + 1..end].iter().collect()))
}

fn raw_string(chars: &[char], at: usize) -> Option<(usize, Option<String>)> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let start = at + 1 + hashes;
    if chars.get(start) != Some(&'"') {
        return None;
    }
    let closes = |rest: &[char]| rest[0] == '"' && rest.len() > hashes && rest[1..=hashes].iter().all(|c| *c == '#');
    let end = position(chars, start + 1, closes);
    Some(((end + 1 + hashes).min(chars.len()), Some(chars[start + 1..end].iter().collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str) -> Vec<String> {
        Source::of("x.rs", text).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn literals_are_told_from_comments_and_lifetimes() {
        let text = "fn a<'x>(b: &'x str) { // \"no\"\n /* \"no /* \"no\" */ \" */ c(\"yes\", r#\"also \"this\"\"#, '\"', '\\'', \"end\") }";
        assert_eq!(literals(text), ["yes", "also \"this\"", "end"]);
    }

    #[test]
    fn test_modules_are_left_out_and_lines_stay() {
        let text = "const A: &str = \"one\";\n#[cfg(test)]\nmod tests {\n    const B: &str = \"}\";\n}\nconst C: &str = \"two\";\n";
        let source = Source::of("x.rs", text);
        assert_eq!(literals(text), ["one", "two"]);
        assert_eq!(source.lines, 2);
        assert!(source.words().any(|word| word == (6, "C")));
        assert!(source.words().all(|(_, word)| word != "B"));
    }

    #[test]
    fn public_items_end_with_their_signature() {
        let text =
            "pub fn a(b: C) -> D { e() }\npub(crate) fn f(g: H) {}\npub struct I {\n pub j: K<L, M>,\n n: O,\n}\n";
        let items = Source::of("x.rs", text).public_items();
        let texts: Vec<&str> = items.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["pub fn a(b: C) -> D", "pub struct I", "pub j: K<L, M>,"]);
    }
}
