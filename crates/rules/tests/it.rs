//! The rule books of this repository, loaded and checked; and broken books, each refused with file and line.
#![expect(clippy::unwrap_used, clippy::panic, reason = "functions that tests share may fail as tests do")]

mod it {
    mod books;
    mod broken;
    mod columns;
    mod coverage;
    mod folder;
    mod points;
    mod published;
    mod scenarios;
}
