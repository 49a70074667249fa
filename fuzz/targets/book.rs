//! Any text as any file of a rule book: the book is refused with flaws that name a file, or loads and can be checked.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../sound.rs"]
mod sound;

/// Files that may be absent from the sound book come first; the texts of the repository's books are their seeds.
const FILES: [&str; 16] = [
    "rules.toml",
    "facts.toml",
    "settings.toml",
    "criteria.toml",
    "quotas.toml",
    "order.toml",
    "procedure.toml",
    "deadlines.toml",
    "remediation.toml",
    "forms.toml",
    "points.toml",
    "consequences.toml",
    "levels.toml",
    "rulebook.toml",
    "sources.toml",
    "cases/all.toml",
];

fuzz_target!(|input: (u8, &str)| {
    let (place, text) = input;
    let mut files = sound::files();
    let path = FILES[usize::from(place) % FILES.len()];
    files.insert(path.to_owned(), text.to_owned());
    match rules::load(&files) {
        Ok(book) => {
            let _ = rules::check::check(&book);
            for subject in &book.subjects {
                let _ = book.evaluate(&subject.id, &rules::Facts::new(), &rules::Settings::new());
            }
        }
        Err(flaws) => {
            assert!(!flaws.is_empty());
            assert!(flaws.iter().all(|flaw| !flaw.what.is_empty() && !flaw.mend.is_empty() && !flaw.file.is_empty()));
        }
    }
});
