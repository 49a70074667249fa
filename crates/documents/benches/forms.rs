//! How fast forms come out: 1,000 one-page self-reviews with differing texts to DOCX on one thread, to PDF on two.
#![allow(clippy::disallowed_methods, reason = "a bench measures with the real clock")]
#![allow(clippy::unwrap_used, reason = "a bench may stop at once")]

use std::path::Path;
use std::time::Instant;

use documents::{Paper, PaperDef, Press, to_docx, to_pdf};
use serde_json::Value;

const FORMS: usize = 1_000;

fn papers() -> Vec<Paper> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../forms/individual-review/2019");
    let def = PaperDef::parse(&std::fs::read_to_string(folder.join("paper.toml")).unwrap()).unwrap();
    let sample: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("samples/shortest.json")).unwrap()).unwrap();
    (0..FORMS).map(|number| Paper::fill(&def, &differing(&sample, number)).unwrap()).collect()
}

/// Every text of several words ends in a number of its own, so that nothing typeset once serves twice.
fn differing(value: &Value, number: usize) -> Value {
    match value {
        Value::String(text) if text.contains(' ') && !text.contains('/') => Value::String(format!("{text} {number}")),
        Value::Array(list) => list.iter().map(|one| differing(one, number)).collect(),
        Value::Object(map) => map.iter().map(|(key, one)| (key.clone(), differing(one, number))).collect(),
        other => other.clone(),
    }
}

fn main() {
    let papers = papers();
    let start = Instant::now();
    let bytes: usize = papers.iter().map(|paper| to_docx(paper).unwrap().len()).sum();
    println!(
        "{FORMS} forms to DOCX, one thread: {:.2} s ({} kB each)",
        start.elapsed().as_secs_f64(),
        bytes / FORMS / 1000
    );
    let press = Press::new().unwrap();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for half in papers.chunks(FORMS / 2) {
            let press = &press;
            scope.spawn(move || {
                for paper in half {
                    assert!(to_pdf(paper, press).unwrap().starts_with(b"%PDF"));
                }
            });
        }
    });
    println!("{FORMS} forms to PDF/A, two threads: {:.2} s", start.elapsed().as_secs_f64());
}
