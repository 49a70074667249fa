//! Any bytes as a table from outside: a whole file, or one part of a workbook whose other parts are in order. The reader
//! ends with a fault or with the end, within its limits, and never says more rows or longer cells than it may.
#![no_main]

use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

// The reader's own files, so that the typesetting crates beside it need not be compiled for coverage.
#[path = "../../crates/documents/src/intake/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the target uses a part of the room")]
mod intake;

use intake::{IntakeEvent, Limits, read_all};

const PARTS: [(&str, &str); 6] = [
    ("[Content_Types].xml", include_str!("../workbook/content-types.xml")),
    ("_rels/.rels", include_str!("../workbook/rels.xml")),
    ("xl/workbook.xml", include_str!("../workbook/workbook.xml")),
    ("xl/_rels/workbook.xml.rels", include_str!("../workbook/workbook-rels.xml")),
    ("xl/worksheets/sheet1.xml", include_str!("../workbook/sheet1.xml")),
    ("xl/sharedStrings.xml", include_str!("../workbook/shared-strings.xml")),
];

fn workbook(place: usize, part: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, own)) in PARTS.iter().enumerate() {
        archive.start_file(*name, SimpleFileOptions::DEFAULT).unwrap();
        archive.write_all(if at == place { part } else { own.as_bytes() }).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The reader catches panics of what unpacks below it, which count as damage of the file. What escapes it ends the run, and so
/// does a panic in the reader's own files.
static READING: AtomicBool = AtomicBool::new(false);

fn listen_only_to_what_escapes() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let own = panic.location().is_some_and(|place| place.file().contains("src/intake/"));
        if own || !READING.load(Ordering::Relaxed) {
            told(panic);
            std::process::abort();
        }
    }));
}

fuzz_target!(init: listen_only_to_what_escapes(), |input: (u8, &[u8])| {
    let (place, bytes) = input;
    let limits = Limits {
        file_bytes: 1 << 20,
        parts: 20,
        unpacked_bytes: 4 << 20,
        ratio: 200,
        sheets: 5,
        rows: 1000,
        columns: 50,
        cell_chars: 500,
        merged: 100,
        cells: 20_000,
    };
    let place = usize::from(place) % (PARTS.len() + 1);
    let file = if place == PARTS.len() { bytes.to_vec() } else { workbook(place, bytes) };
    READING.store(true, Ordering::Relaxed);
    let events = read_all(&file, &limits);
    READING.store(false, Ordering::Relaxed);
    let Ok(events) = events else { return };
    assert!(matches!(events.last(), Some(IntakeEvent::End { .. })));
    for event in &events {
        if let IntakeEvent::Row { row, cells, .. } = event {
            assert!(*row <= limits.rows);
            for cell in cells {
                assert!(cell.column <= limits.columns && cell.text.chars().count() <= limits.cell_chars);
                assert!(!cell.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            }
        }
    }
});
