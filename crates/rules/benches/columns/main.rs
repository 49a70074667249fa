//! How fast the rules run over a country, beside what the machine could do at most.
//!
//!     guong demo --scale country && cargo bench -p rules --bench columns -- [folder]
#![allow(clippy::disallowed_methods, reason = "a bench measures with the real clock")]
#![allow(
    clippy::unwrap_used,
    clippy::inline_always,
    clippy::too_many_lines,
    reason = "a bench may stop at once, and is what it measures: twenty conditions in one loop"
)]
#![allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]

mod data;
#[cfg(target_arch = "x86_64")]
mod kernel;
mod summary;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use data::{Data, NONE};
use rules::columns::{Sieve, Table};
use rules::expression::Scalar;
use rules::{Book, Facts, Kind, Rational, Settings, Value, load};

const ROUNDS: usize = 9;

/// Seconds this thread has spent on a processor; where the system does not tell, the time of the wall.
fn spent(start: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |spent| spent / 1e9)
}

/// Median and least processor time of some rounds, in milliseconds a run. The wall is no measure on a machine with
/// neighbours; short runs are repeated within a round, because the system counts in small steps.
fn timed<R>(mut run: impl FnMut() -> R) -> (f64, f64) {
    const ROUND: f64 = 0.1;
    let clock = Instant::now();
    let mut round = |repeats: u32| {
        let start = spent(clock);
        for _ in 0..repeats {
            std::hint::black_box(run());
        }
        (spent(clock) - start) / f64::from(repeats)
    };
    let once = round(3).max(1e-4);
    let repeats = (1..100).find(|repeats| f64::from(*repeats) * once > ROUND).unwrap_or(100);
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| round(repeats) * 1000.0).collect();
    times.sort_by(f64::total_cmp);
    (times[ROUNDS / 2], times[0])
}

fn say(name: &str, (median, best): (f64, f64)) {
    println!("{name:<58} {median:9.2} ms  (least {best:.2})");
}

fn book(folder: &Path) -> Book {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        files.insert(entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap());
    }
    load(&files).unwrap()
}

fn table(book: &Book, data: &Data) -> Table {
    let mut table = Table::new(book, data.groups.len());
    for (name, parts, values) in &data.columns {
        let slot = book.slot(name).unwrap();
        let truth = book.facts[slot].kind == Kind::Boolean;
        for (row, value) in values.iter().enumerate().filter(|(_, value)| **value != NONE) {
            let number = Rational::new(i128::from(*value), i128::from(*parts)).unwrap();
            let value = if truth { Scalar::Truth(*value == 1) } else { Scalar::Number(number) };
            assert!(table.state(slot, row, value));
        }
    }
    table
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let book = book(&root.join("benches/rules/book"));
    let folder = words.first().map_or_else(|| root.join("data/demo-country"), PathBuf::from);
    let Ok(data) = Data::read(&folder) else {
        println!("no country in {}: guong demo --scale country", folder.display());
        return;
    };
    let rows = data.groups.len();
    let table = table(&book, &data);
    println!("{rows} people, {} base organisations, {} conditions", data.groups.last().unwrap() + 1, book.rules.len());

    let settings = Settings::new();
    let sieve = || Sieve::new(&book, "member", &settings, &table);
    let counts = timed(|| sieve().tally(&data.groups));
    say("conditions of a book, counted per organisation", counts);
    let list = timed(|| {
        let mut found: Vec<(u32, u64)> = Vec::new();
        sieve().hits(&mut |row, mask| found.push((u32::try_from(row).unwrap(), mask)));
        found
    });
    say("conditions of a book, list of rows with a mask", list);
    let tally = sieve().tally(&data.groups);
    let totals: Vec<(u64, u64)> = (0..book.rules.len()).map(|place| tally.total(place)).collect();
    let sum = totals.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("  true {} times, not known {} times", sum.0, sum.1);

    #[cfg(target_arch = "x86_64")]
    floor(&data, &totals, counts.0);
    by_row(&book, &table);
    one_subject(&root);
    summary::measure(&data);
    println!(
        "most memory of all this, sources included: {} MB",
        most_memory().map_or_else(|| "?".to_owned(), |megabytes| megabytes.to_string())
    );
}

/// Most resident memory so far, in megabytes.
fn most_memory() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

#[cfg(target_arch = "x86_64")]
fn floor(data: &Data, totals: &[(u64, u64)], counts: f64) {
    let laid = kernel::Laid::new(data);
    let organisations = *data.groups.last().unwrap() as usize + 1;
    let Some(found) = laid.count(organisations) else {
        println!("the compiled kernel needs AVX-512, which this processor lacks");
        return;
    };
    for (place, total) in totals.iter().enumerate() {
        let own =
            found.iter().fold((0, 0), |sum, own| (sum.0 + u64::from(own[place].0), sum.1 + u64::from(own[place].1)));
        assert_eq!(own, *total, "condition {}", place + 1);
    }
    let kernel = timed(|| laid.count(organisations));
    say("the same conditions compiled into a kernel of bits", kernel);
    println!("  a book's conditions take {:.1} times the compiled kernel", counts / kernel.0);
}

/// The first driver over some of the rows, for scale.
fn by_row(book: &Book, table: &Table) {
    let rows = table.rows().min(20_000);
    let facts: Vec<Facts> = (0..rows)
        .map(|row| {
            let own = book.facts.iter().enumerate().filter_map(|(slot, fact)| {
                let value = match table.value(slot, row)? {
                    Scalar::Truth(known) => Value::Boolean(known),
                    Scalar::Number(number) if fact.kind == Kind::Fraction => Value::Fraction(number),
                    Scalar::Number(number) => Value::Integer(i64::try_from(number.floor()).unwrap()),
                    _ => return None,
                };
                Some((fact.name.clone(), value))
            });
            own.collect()
        })
        .collect();
    let settings = Settings::new();
    let (median, _) =
        timed(|| facts.iter().map(|facts| book.evaluate("member", facts, &settings).advice.len()).sum::<usize>());
    println!("one of them by the first driver, explained: {:.2} µs", median * 1000.0 / rows as f64);
}

/// A real book, a real situation, the whole explanation.
fn one_subject(root: &Path) {
    let folder = root.join("rulebooks/party-2018-qd132");
    let mut files = BTreeMap::new();
    for (part, prefix) in [(folder.clone(), ""), (folder.join("cases"), "cases/")] {
        for entry in std::fs::read_dir(part).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
            let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
            files.insert(name, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
    let book = load(&files).unwrap();
    let cases: Vec<_> = book.cases.iter().filter(|case| case.subject == "member").collect();
    let (median, least) = timed(|| {
        for _ in 0..100 {
            for case in &cases {
                std::hint::black_box(book.evaluate(&case.subject, &case.facts, &case.settings));
            }
        }
    });
    let each = 1000.0 / (100.0 * cases.len() as f64);
    println!("one member under {}, explained: {:.2} µs (least {:.2})", book.id, median * each, least * each);
}
