//! Runs the worked situations about points, means and consequences over several periods.

use std::collections::BTreeSet;

use super::sorted;
use crate::book::{Book, HistoryCase, MeanCase, PointCase, PointExpectation};
use crate::language::{Language, Text};
use crate::rational::Rational;
use crate::score::{Amount, Gravity, PointFinding};
use crate::value::Facts;
use crate::verdict::Outcome;

pub(super) fn point(book: &Book, case: &PointCase) -> Vec<String> {
    let score = book.score(&case.sheet, &case.settings);
    let mut found = Vec::new();
    let arithmetic = score.lines.iter().map(|line| &line.arithmetic).chain([&score.arithmetic]);
    let said: Vec<&Text> = arithmetic.chain(score.findings.iter().map(|finding| &finding.message)).collect();
    let answer = Answer { amount: score.totals.map(|totals| totals.total), said, findings: &score.findings };
    compare(&case.expect, &answer, &mut found);
    if let Some(wanted) = case.expect.results {
        let results = score.totals.map(|totals| totals.results.rounded);
        number("điểm kết quả", wanted, results, &mut found);
    }
    stated(&case.expect.facts, &score.facts, &mut found);
    found
}

pub(super) fn mean(book: &Book, case: &MeanCase) -> Vec<String> {
    let answer = book.mean(&case.mean, &case.months);
    let mut found = Vec::new();
    let said = [&answer.arithmetic].into_iter().chain(answer.findings.iter().map(|finding| &finding.message));
    let compared = Answer { amount: answer.amount, said: said.collect(), findings: &answer.findings };
    compare(&case.expect, &compared, &mut found);
    found
}

pub(super) fn history(book: &Book, case: &HistoryCase) -> Vec<String> {
    let consequences = book.consequences(&case.subject, &case.history, case.at, &case.settings);
    let ids = |outcome: Outcome| {
        let of = consequences.iter().filter(|one| one.outcome == outcome).map(|one| one.id.clone());
        sorted(&of.collect::<Vec<_>>())
    };
    let mut found = Vec::new();
    let pairs = [
        ("hệ quả phải xem xét", &case.applies, ids(Outcome::Applies)),
        ("hệ quả chưa rõ", &case.unknown, ids(Outcome::Unknown)),
    ];
    for (what, expected, actual) in pairs {
        let expected = sorted(expected);
        if expected != actual {
            found.push(format!("{what} phải là {expected}, máy cho {actual}"));
        }
    }
    stated(&case.facts, &book.history_facts(&case.history, case.at.year), &mut found);
    found
}

struct Answer<'a> {
    amount: Option<Amount>,
    said: Vec<&'a Text>,
    findings: &'a [PointFinding],
}

fn compare(expect: &PointExpectation, answer: &Answer<'_>, found: &mut Vec<String>) {
    let codes = |refused: bool| -> Vec<String> {
        let of = answer.findings.iter().filter(|one| (one.gravity == Gravity::Refused) == refused);
        of.map(|finding| finding.code.to_owned()).collect()
    };
    let remarked = expect.remarked.as_ref().map(|wanted| ("nhắc", wanted, codes(false)));
    for (what, wanted, actual) in [("từ chối", &expect.refused, codes(true))].into_iter().chain(remarked) {
        let (wanted, actual) = (sorted(wanted), sorted(&actual));
        if wanted != actual {
            let told: BTreeSet<&str> = answer.findings.iter().map(|finding| finding.message.vi.as_str()).collect();
            let told = told.into_iter().collect::<Vec<_>>().join(" ");
            found.push(format!("{what} phải là {wanted}, máy cho {actual}: {told}"));
        }
    }
    if let Some(wanted) = expect.exact {
        number("giá trị chưa làm tròn", wanted, answer.amount.map(|amount| amount.exact), found);
    }
    if let Some(wanted) = expect.rounded {
        number("giá trị làm tròn", wanted, answer.amount.map(|amount| amount.rounded), found);
    }
    for wanted in expect.says.iter().filter(|wanted| !answer.said.iter().any(|text| text.vi.contains(*wanted))) {
        let said: Vec<&str> = answer.said.iter().map(|text| text.get(Language::Vietnamese)).collect();
        found.push(format!("phải có câu “{wanted}”, máy viết: {}", said.join(" | ")));
    }
}

fn number(what: &str, wanted: Rational, actual: Option<Rational>, found: &mut Vec<String>) {
    if actual != Some(wanted) {
        let actual = actual.map_or_else(|| "không có".to_owned(), |actual| actual.to_string());
        found.push(format!("{what} phải là {wanted}, máy cho {actual}"));
    }
}

fn stated(wanted: &Facts, actual: &Facts, found: &mut Vec<String>) {
    for (name, value) in wanted {
        let given = actual.get(name).map_or_else(|| "không nêu".to_owned(), crate::value::Value::write);
        let value = value.write();
        if value != given {
            found.push(format!("dữ kiện {name} phải là {value}, máy cho {given}"));
        }
    }
}
