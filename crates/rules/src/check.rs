//! Runs the worked situations of a book, and asks whether every rule is exercised: fires in one and stays silent in another.

mod points;

use std::collections::{BTreeMap, BTreeSet};

use crate::book::flaw::Flaw;
use crate::book::{Book, Case, Effect, MajorityCase, QuotaCase};
use crate::quota::{Reading, assess};
use crate::verdict::{Finding, Outcome, Verdict};

/// Kết quả kiểm tra bộ quy tắc.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// How many situations were run.
    pub cases: usize,
    /// Numbers of the acceptance scenarios the situations stand for.
    pub scenarios: BTreeSet<i64>,
    /// Situations that came out otherwise than expected.
    pub failures: Vec<Flaw>,
    /// Rules that no situation fires, or that stay silent in none.
    pub unexercised: Vec<Flaw>,
}

impl CheckReport {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && self.unexercised.is_empty()
    }
}

/// Runs every situation of the book.
pub fn check(book: &Book) -> CheckReport {
    let mut report = CheckReport {
        cases: book.cases.len() + book.quota_cases.len() + book.majority_cases.len() + further(book),
        ..CheckReport::default()
    };
    let mut fired: BTreeMap<&str, (bool, bool)> =
        book.rules.iter().map(|rule| (rule.id.as_str(), (false, false))).collect();
    for case in &book.cases {
        let verdict = book.evaluate(&case.subject, &case.facts, &case.settings);
        let applied = applied(&verdict);
        for rule in book.rules.iter().filter(|rule| rule.subjects.contains(&case.subject)) {
            let (fires, silent) = fired.entry(rule.id.as_str()).or_default();
            *fires |= applied.contains(&rule.id);
            *silent |= !mentioned(&verdict).any(|finding| finding.rule == rule.id);
        }
        report.scenarios.extend(&case.scenarios);
        report
            .failures
            .extend(differences(case, &verdict).into_iter().map(|what| failure(&case.place, &case.id, what)));
    }
    for case in &book.quota_cases {
        report.scenarios.extend(&case.scenarios);
        report.failures.extend(quota(book, case).into_iter().map(|what| failure(&case.place, &case.id, what)));
    }
    for case in &book.majority_cases {
        report.scenarios.extend(&case.scenarios);
        report.failures.extend(majority(book, case).map(|what| failure(&case.place, &case.id, what)));
    }
    further_situations(book, &mut report);
    report.unexercised = unexercised(book, &fired);
    report
}

fn further(book: &Book) -> usize {
    book.point_cases.len() + book.mean_cases.len() + book.history_cases.len()
}

/// Points, means and consequences over several periods.
fn further_situations(book: &Book, report: &mut CheckReport) {
    for case in &book.point_cases {
        report.scenarios.extend(&case.scenarios);
        let found = points::point(book, case).into_iter();
        report.failures.extend(found.map(|what| failure(&case.place, &case.id, what)));
    }
    for case in &book.mean_cases {
        report.scenarios.extend(&case.scenarios);
        let found = points::mean(book, case).into_iter();
        report.failures.extend(found.map(|what| failure(&case.place, &case.id, what)));
    }
    for case in &book.history_cases {
        report.scenarios.extend(&case.scenarios);
        let found = points::history(book, case).into_iter();
        report.failures.extend(found.map(|what| failure(&case.place, &case.id, what)));
    }
}

/// Rules that no situation fires, or that stay silent in none.
fn unexercised(book: &Book, fired: &BTreeMap<&str, (bool, bool)>) -> Vec<Flaw> {
    book.rules
        .iter()
        .filter_map(|rule| {
            let (fires, silent) = fired.get(rule.id.as_str()).copied().unwrap_or_default();
            let (code, what) = match (fires, silent) {
                (true, true) => return None,
                (false, _) => ("BOOK-071", format!("không tình huống nào làm quy tắc “{}” có hiệu lực", rule.id)),
                (true, false) => ("BOOK-072", format!("quy tắc “{}” có hiệu lực trong mọi tình huống", rule.id)),
            };
            let mend = "thêm một tình huống trong cases/ cho trường hợp còn thiếu".to_owned();
            Some(Flaw { file: rule.place.0.clone(), line: rule.place.1, code, what, mend })
        })
        .collect()
}

fn failure(place: &(String, usize), id: &str, what: String) -> Flaw {
    Flaw {
        file: place.0.clone(),
        line: place.1,
        code: "BOOK-070",
        what: format!("tình huống “{id}”: {what}"),
        mend: "xem lại quy tắc, hoặc sửa kết quả mong đợi của tình huống".to_owned(),
    }
}

fn mentioned(verdict: &Verdict) -> impl Iterator<Item = &Finding> {
    let levels = verdict.levels.iter().flat_map(|level| level.against.iter().chain(&level.unknown));
    let rest = verdict.obligation_findings.iter().chain(&verdict.forced);
    levels.chain(rest).chain(&verdict.needs_decision).chain(&verdict.advice)
}

fn applied(verdict: &Verdict) -> BTreeSet<String> {
    let applying = mentioned(verdict).filter(|finding| finding.outcome == Outcome::Applies);
    applying.map(|finding| finding.rule.clone()).collect()
}

/// What came out otherwise than the situation expects, in words.
pub fn differences(case: &Case, verdict: &Verdict) -> Vec<String> {
    let expect = &case.expect;
    let mut found = Vec::new();
    let mut compare = |what: &str, expected: String, actual: String| {
        if expected != actual {
            found.push(format!("{what} phải là {expected}, máy cho {actual}"));
        }
    };
    if let Some(obligation) = expect.obligation {
        compare("nghĩa vụ", format!("{obligation:?}"), format!("{:?}", verdict.obligation));
    }
    let levels = [
        ("mức cao nhất chắc chắn", &expect.highest, &verdict.highest),
        ("mức cao nhất còn có thể", &expect.highest_possible, &verdict.highest_possible),
        ("mức bắt buộc", &expect.forced, &verdict.forced_level),
    ];
    for (what, expected, actual) in levels {
        if let Some(expected) = expected {
            compare(what, name(expected.as_ref()), name(actual.as_ref()));
        }
    }
    for (level, rules) in &expect.against {
        let against = verdict.level(level).map(|answer| ids(answer.against.iter())).unwrap_or_default();
        compare(&format!("lý do không đạt {level}"), sorted(rules), against);
    }
    let lists = [
        ("quy tắc miễn", &expect.exempted_by, &verdict.obligation_findings),
        ("quy tắc cần quyết định", &expect.needs_decision, &verdict.needs_decision),
    ];
    for (what, expected, actual) in lists {
        if let Some(expected) = expected {
            let applying = actual.iter().filter(|finding| finding.outcome == Outcome::Applies);
            compare(what, sorted(expected), ids(applying));
        }
    }
    if let Some(missing) = &expect.missing {
        let names: Vec<String> = verdict.missing.iter().map(|fact| fact.name.clone()).collect();
        compare("dữ kiện thiếu", sorted(missing), sorted(&names));
    }
    let figures: BTreeSet<&str> =
        mentioned(verdict).flat_map(|finding| &finding.figures).map(|figure| figure.vi.as_str()).collect();
    for figure in expect.figures.iter().filter(|figure| !figures.contains(figure.as_str())) {
        let all = figures.iter().copied().collect::<Vec<_>>().join("; ");
        compare("số liệu", figure.clone(), all);
    }
    let problems: Vec<&str> = verdict.problems.iter().map(|problem| problem.vi.as_str()).collect();
    compare("vướng mắc", String::new(), problems.join("; "));
    found
}

fn name(level: Option<&String>) -> String {
    level.cloned().unwrap_or_else(|| "không có".to_owned())
}

fn ids<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    sorted(&findings.map(|finding| finding.rule.clone()).collect::<Vec<_>>())
}

fn sorted(names: &[String]) -> String {
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    format!("[{}]", names.into_iter().collect::<Vec<_>>().join(", "))
}

fn quota(book: &Book, case: &QuotaCase) -> Vec<String> {
    let Some(rule) = book.quotas.iter().find(|quota| quota.id == case.quota) else { return Vec::new() };
    let mut found = Vec::new();
    let counted = book.counted_under(rule, &case.counts, &case.heads, &case.settings);
    let answer = book.assess_quota(rule, &counted, &case.settings, case.with_grounds);
    let counts = book.quota_counts(rule, &counted);
    for (denominator, rounding, limit) in &case.limits {
        let reading = Reading { denominator: *denominator, rounding: *rounding, rate: answer.chosen.reading.rate };
        let actual = assess(counts, reading);
        if actual.limit != *limit {
            let reading = format!("{}.{}", denominator.word(), rounding.word());
            found.push(format!("trần theo {reading} phải là {limit}, máy cho {}", actual.arithmetic.vi));
        }
    }
    if case.kept.is_some_and(|kept| kept != answer.is_kept()) {
        found.push(format!("kết luận về trần khác mong đợi: {}", answer.chosen.arithmetic.vi));
    }
    found
}

fn majority(book: &Book, case: &MajorityCase) -> Option<String> {
    let needed = book.majority(&case.majority)?.needed(case.base);
    (needed != case.needed).then(|| format!("cần {} phiếu, máy cho {needed}", case.needed))
}

/// Rules of a book that are only readings, for the people who must confirm them.
pub fn readings(book: &Book) -> Vec<&str> {
    let reading = |rule: &&crate::book::Rule| {
        rule.citation.surety == crate::book::Surety::Reading && !matches!(rule.effect, Effect::Advises)
    };
    book.rules.iter().filter(reading).map(|rule| rule.id.as_str()).collect()
}
