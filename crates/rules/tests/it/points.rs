//! Points, means and consequences of the books: a situation that comes out otherwise is told.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rules::check::check;
use rules::history::{History, Period, Standing};
use rules::verdict::Outcome;
use rules::{Settings, load};

use super::folder::{books, read, repository};

fn files(book: &str) -> BTreeMap<String, String> {
    read(&repository().join("rulebooks").join(book))
}

/// What the check says after one change of one file.
fn failures_after(book: &str, file: &str, from: &str, to: &str) -> Vec<String> {
    let mut files = files(book);
    assert!(files[file].contains(from), "{file} no longer holds {from}");
    let changed = files[file].replacen(from, to, 1);
    files.insert(file.to_owned(), changed);
    check(&load(&files).unwrap()).failures.iter().map(ToString::to_string).collect()
}

#[test]
fn a_wrong_total_refusal_sentence_or_fact_is_told_with_its_line() {
    let found = |from: &str, to: &str| failures_after("party-2025-qd366", "cases/points.toml", from, to);
    for (from, to, says) in [
        ("rounded = \"97.6\"", "rounded = \"97.5\"", "giá trị làm tròn phải là 195/2, máy cho 488/5"),
        ("results = \"67.6\"", "results = \"67.5\"", "điểm kết quả phải là 135/2, máy cho 338/5"),
        ("refused = [\"POINT-001\"]", "refused = []", "từ chối phải là [], máy cho [POINT-001]"),
        ("15 × 94 % = 14,1", "15 × 94 % = 14,2", "phải có câu “15 × 94 % = 14,2”"),
        ("tasks_exceeded = 2 }", "tasks_exceeded = 3 }", "dữ kiện tasks_exceeded phải là 3, máy cho 2"),
    ] {
        let found = found(from, to);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("cases/points.toml, dòng ") && found[0].contains(says), "{found:?}");
    }
}

#[test]
fn a_wrong_mean_and_a_wrong_consequence_are_told() {
    let mean = failures_after("civil-2025-nd335", "cases/points.toml", "rounded = \"85.3\"", "rounded = \"85.4\"");
    assert!(mean.len() == 1 && mean[0].contains("máy cho 853/10"), "{mean:?}");
    let applies = "applies = [\"two-years-not-fulfilled\"]";
    let row = failures_after("party-2018-qd132", "cases/history.toml", applies, "applies = []");
    assert!(row.len() == 1 && row[0].contains("hệ quả phải xem xét phải là []"), "{row:?}");
}

#[test]
fn every_way_of_reckoning_and_every_consequence_has_a_situation() {
    for (name, book) in books() {
        for frame in &book.points.frames {
            let tried = book.point_cases.iter().any(|case| case.sheet.frame == frame.id);
            assert!(tried, "{name}: no situation for the frame {}", frame.id);
        }
        for mean in &book.points.means {
            assert!(book.mean_cases.iter().any(|case| case.mean == mean.id), "{name}: {} is never tried", mean.id);
        }
        for rule in &book.consequence_rules {
            let fires = book.history_cases.iter().any(|case| case.applies.contains(&rule.id));
            let silent = book.history_cases.iter().any(|case| !case.applies.contains(&rule.id));
            assert!(fires && silent, "{name}: {} fires: {fires}, stays silent: {silent}", rule.id);
        }
    }
}

#[test]
fn a_score_feeds_the_facts_that_the_rules_of_its_subject_ask() {
    let book = load(&files("party-2025-qd366")).unwrap();
    let case = book.point_cases.iter().find(|case| case.id == "s38-five-products-each-rounded").unwrap();
    let score = book.score(&case.sheet, &case.settings);
    let verdict = book.evaluate("leader", &score.facts, &Settings::new());
    let excellent = verdict.level("excellent").unwrap();
    assert!(
        !excellent.against.iter().any(|finding| ["score-excellent", "tasks-exceeded"].contains(&finding.rule.as_str()))
    );
    assert!(!verdict.missing.iter().any(|fact| fact.name == "score" || fact.name == "tasks_exceeded"));
}

#[test]
fn consequences_name_their_grounds_and_the_periods_that_are_not_known() {
    let book = load(&files("party-2018-qd132")).unwrap();
    let level = |year: i32| (Period::of_year(year), Standing::Level("not_fulfilled".to_owned()));
    let at = Period::of_year(2022);
    let both: History = [level(2021), level(2022)].into();
    let found = book.consequences("member", &both, at, &Settings::new());
    assert_eq!(found[0].grounds.vi, "2021: Không hoàn thành nhiệm vụ; 2022: Không hoàn thành nhiệm vụ");
    assert_eq!((found[0].outcome, found[0].months), (Outcome::Applies, Some(12)));
    let one: History = [level(2022)].into();
    let found = book.consequences("member", &one, at, &Settings::new());
    assert_eq!((found[0].outcome, found[0].missing.as_slice()), (Outcome::Unknown, [Period::of_year(2021)].as_slice()));
    assert!(book.consequences("member", &History::new(), at, &Settings::new()).is_empty());
    assert!(book.consequences("leader", &both, at, &Settings::new()).is_empty());
}

#[test]
fn quarters_that_are_not_all_known_state_no_count() {
    let book = load(&files("party-2025-qd366")).unwrap();
    let quarter = |number: u8| Period::of_quarter(2026, number).unwrap();
    let level = |id: &str| Standing::Level(id.to_owned());
    let two: History = [(quarter(1), level("good")), (quarter(2), level("not_fulfilled"))].into();
    assert!(book.history_facts(&two, 2026).is_empty());
}

#[test]
fn the_example_of_the_guide_for_lawyers_holds() {
    let guide = std::fs::read_to_string(repository().join("rulebooks/README.md")).unwrap();
    let example = guide.split("```toml\n").find(|block| block.starts_with("[[point_cases]]")).unwrap();
    let example = example.split("```").next().unwrap();
    let mut files = files("party-2025-qd366");
    files.insert("cases/guide.toml".to_owned(), example.to_owned());
    let before = check(&load(&self::files("party-2025-qd366")).unwrap()).cases;
    let report = check(&load(&files).unwrap());
    assert_eq!((report.cases, report.failures), (before + 1, Vec::new()));
}

#[test]
fn a_line_lost_or_spoilt_is_refused_with_its_file_or_does_no_harm() {
    let whole = files("party-2025-qd366");
    let changed = ["points.toml", "consequences.toml", "cases/points.toml", "cases/history.toml"];
    let runner_cases = ProptestConfig { cases: 40, ..ProptestConfig::default() };
    let spoilt =
        (0..changed.len(), 0_usize..400, prop::sample::select(vec!["", "\"", "\"-1\"", "= 99999999999999999999"]));
    proptest::test_runner::TestRunner::new(runner_cases)
        .run(&spoilt, |(file, line, with)| {
            let mut files = whole.clone();
            let name = changed[file];
            let mut lines: Vec<String> = files[name].lines().map(str::to_owned).collect();
            let at = line % lines.len();
            lines[at] = with.to_owned();
            files.insert(name.to_owned(), lines.join("\n"));
            match load(&files) {
                Ok(book) => prop_assert!(check(&book).cases > 0),
                Err(flaws) => prop_assert!(!flaws.is_empty() && flaws.iter().all(|flaw| !flaw.mend.is_empty())),
            }
            Ok(())
        })
        .unwrap();
}
