//! Deliberately broken books: each is refused with file, line, what is wrong and what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rules::check::check;
use rules::{Book, Flaw, Shelf, load};

use super::folder::read;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

fn sound() -> BTreeMap<String, String> {
    read(&samples().join("sound"))
}

#[test]
fn the_sound_sample_loads_and_its_situations_hold() {
    let book = load(&sound()).unwrap();
    let report = check(&book);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.cases, 2);
}

#[test]
fn every_broken_book_is_refused_as_written() {
    let mut folders: Vec<_> = fs::read_dir(samples()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir() && !folder.ends_with("sound"));
    folders.sort();
    assert!(folders.len() > 25);
    let mut wrong = Vec::new();
    for folder in folders {
        let mut files = sound();
        let mut changes = read(&folder);
        let expected = changes.remove("expected.txt").unwrap();
        for absent in changes.remove("absent.txt").unwrap_or_default().lines() {
            files.remove(absent);
        }
        let beside = beside(&files, &changes);
        files.extend(changes.into_iter().filter(|(path, _)| !path.starts_with("beside/")));
        let flaws = load(&files).map_or_else(|flaws| flaws, |book| found(book, beside));
        let said: String = flaws.iter().map(|flaw| format!("{flaw}\n")).collect();
        assert!(!said.is_empty(), "nothing is said of {}", folder.display());
        if accepts() {
            fs::write(folder.join("expected.txt"), &said).unwrap();
        } else if said != expected {
            wrong.push(format!("{}:\n{said}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The book that `beside/` makes of the sound one.
fn beside(sound: &BTreeMap<String, String>, changes: &BTreeMap<String, String>) -> Option<Book> {
    let changed =
        changes.iter().filter_map(|(path, text)| Some((path.strip_prefix("beside/")?.to_owned(), text.clone())));
    let changed: Vec<(String, String)> = changed.collect();
    if changed.is_empty() {
        return None;
    }
    let mut files = sound.clone();
    files.extend(changed);
    Some(load(&files).unwrap())
}

/// What is found in a book that can be read: by its situations, and beside other books.
fn found(book: Book, beside: Option<Book>) -> Vec<Flaw> {
    let report = check(&book);
    let shelf = Shelf::new([book].into_iter().chain(beside));
    report.failures.into_iter().chain(report.unexercised).chain(shelf.coverage()).collect()
}

/// Every `BOOK-…` in a text.
fn codes(text: &str) -> BTreeSet<String> {
    let at = text.match_indices("BOOK-").map(|(at, _)| at);
    let codes =
        at.filter_map(|at| text.get(at..at + 8)).filter(|code| code[5..].bytes().all(|byte| byte.is_ascii_digit()));
    codes.map(str::to_owned).collect()
}

#[test]
fn every_code_is_proven_by_a_broken_book() {
    let sources = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    // A file of tests names codes without raising them.
    let raised = sources.iter().filter(|(path, _)| !path.ends_with("tests.rs")).flat_map(|(_, text)| codes(text));
    let raised: BTreeSet<String> = raised.collect();
    let samples = read(&samples());
    let proven = samples.iter().filter(|(path, _)| path.ends_with("expected.txt")).flat_map(|(_, text)| codes(text));
    let proven: BTreeSet<String> = proven.collect();
    assert!(raised.len() > 50, "{raised:?}");
    assert_eq!(raised, proven, "write a folder in tests/broken for each code that only the source has");
}

/// A message and its remedy without what they are about: quoted names and numbers left out.
fn shape(said: &str) -> String {
    let mut parts = said.split('“');
    let first = parts.next().unwrap_or_default().to_owned();
    let outside = parts.filter_map(|part| Some(part.split_once('”')?.1));
    let shape = outside.fold(first, |shape, part| shape + part);
    shape.chars().filter(|sign| !sign.is_ascii_digit()).collect()
}

#[test]
fn every_place_that_raises_a_code_has_a_message_of_its_own_that_is_proven() {
    let sources = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in sources.iter().filter(|(path, _)| !path.ends_with("tests.rs")) {
        // The loader looks for two codes that it does not raise there.
        let raised = text.lines().filter(|line| !line.contains(".contains(&flaw.code)"));
        let raised = raised.flat_map(|line| line.match_indices("\"BOOK-").map(|(at, _)| line[at + 1..].get(..8)));
        raised.flatten().for_each(|code| *places.entry(code.to_owned()).or_default() += 1);
    }
    let samples = read(&samples());
    let mut proven: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, text) in samples.iter().filter(|(path, _)| path.ends_with("expected.txt")) {
        for line in text.lines() {
            let code = codes(line).into_iter().next().unwrap();
            let (_, said) = line.split_once("] ").unwrap();
            proven.entry(code).or_default().insert(shape(said));
        }
    }
    let fewer: Vec<String> = places
        .iter()
        .filter(|(code, places)| proven.get(*code).map_or(0, BTreeSet::len) < **places)
        .map(|(code, places)| format!("{code}: {places} places, {:?}", proven.get(code)))
        .collect();
    assert!(fewer.is_empty(), "write a folder in tests/broken for each:\n{}", fewer.join("\n"));
}

#[test]
fn every_message_says_where_and_what_to_do_and_ends_once() {
    for (path, text) in read(&samples()).into_iter().filter(|(path, _)| path.ends_with("expected.txt")) {
        for line in text.lines() {
            let (place, rest) = line.split_once(": [BOOK-").unwrap_or_else(|| panic!("{path}: {line}"));
            assert!(place.contains(".toml") || place.contains('.'), "{path}: {line}");
            let (what, mend) = rest.split_once(". Cách sửa: ").unwrap_or_else(|| panic!("{path}: {line}"));
            assert!(what.len() > 15 && mend.len() > 10 && mend.ends_with('.'), "{path}: {line}");
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a test asks its caller whether to write the expected texts anew")]
fn accepts() -> bool {
    std::env::var("ACCEPT_BROKEN").is_ok()
}

#[test]
fn a_situation_that_comes_out_otherwise_is_told_with_its_line() {
    let mut files = sound();
    let cases = files["cases/all.toml"].replace("highest = \"low\"", "highest = \"high\"");
    files.insert("cases/all.toml".to_owned(), cases);
    let report = check(&load(&files).unwrap());
    assert_eq!(report.failures.len(), 1);
    assert_eq!(
        report.failures[0].to_string(),
        "cases/all.toml, dòng 8: [BOOK-070] tình huống “less”: mức cao nhất chắc chắn phải là high, máy cho low. \
         Cách sửa: xem lại quy tắc, hoặc sửa kết quả mong đợi của tình huống."
    );
}

#[test]
fn a_rule_that_no_situation_fires_is_told() {
    let mut files = sound();
    let cases =
        files["cases/all.toml"].replace("done = 4", "done = 6").replace("highest = \"low\"", "highest = \"high\"");
    files.insert("cases/all.toml".to_owned(), cases);
    let report = check(&load(&files).unwrap());
    assert_eq!(report.unexercised.iter().map(|flaw| flaw.code).collect::<Vec<_>>(), ["BOOK-071"]);
}

#[test]
fn a_sealed_book_loads_and_says_so() {
    let mut files = sound();
    let seal = load(&files).unwrap().seal;
    let sealed = format!("seal = \"{seal}\"\n{}", files["rulebook.toml"]);
    files.insert("rulebook.toml".to_owned(), sealed);
    let book = load(&files).unwrap();
    assert!(book.sealed);
    assert_eq!(book.seal, seal);
}

#[test]
fn nonsense_in_the_question_is_told_and_treated_as_missing() {
    use rules::{Facts, Settings, Value};
    let book = load(&sound()).unwrap();
    let facts: Facts = [
        ("done".to_owned(), Value::Boolean(true)),
        ("assigned".to_owned(), Value::Integer(10)),
        ("colour".to_owned(), Value::Integer(1)),
    ]
    .into();
    let verdict = book.evaluate("person", &facts, &Settings::new());
    assert_eq!(verdict.problems.len(), 2);
    assert_eq!(verdict.highest.as_deref(), Some("low"));
    assert_eq!(verdict.highest_possible.as_deref(), Some("high"));
    assert_eq!(verdict.missing.iter().map(|fact| fact.name.as_str()).collect::<Vec<_>>(), ["done"]);
    assert_eq!(book.evaluate("planet", &Facts::new(), &Settings::new()).problems.len(), 1);
}

#[test]
fn figures_and_citation_stand_in_the_finding() {
    use rules::{Facts, Settings, Value};
    let book = load(&sound()).unwrap();
    let facts: Facts = [("done".to_owned(), Value::Integer(4)), ("assigned".to_owned(), Value::Integer(10))].into();
    let verdict = book.evaluate("person", &facts, &Settings::new());
    let against = &verdict.level("high").unwrap().against[0];
    assert_eq!(against.message.vi, "Phải xong một nửa: 4/10 = 40,00 %.");
    assert_eq!(against.message.en, "Half must be done: 4/10 = 40.00 %.");
    assert_eq!(against.figures[0].vi, "4/10 = 40,00 % < 50 %");
    assert_eq!((against.citation.number.as_str(), against.citation.article.vi.as_str()), ("1-QĐ/MẪU", "1"));
    let nothing = [("done".to_owned(), Value::Integer(4)), ("assigned".to_owned(), Value::Integer(0))].into();
    let unknown = &book.evaluate("person", &nothing, &Settings::new()).level("high").unwrap().unknown[0].clone();
    assert_eq!(unknown.faults[0].vi, "Không tính được vì chia cho 0.");
}
