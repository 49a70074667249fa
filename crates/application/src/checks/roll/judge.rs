//! Đối chiếu từng dòng: facts of a row against the rule book, and what its recorded level breaks.

use std::collections::BTreeMap;

use rules::book::Surety;
use rules::columns::{Sieve, Sifted, Table};
use rules::expression::Scalar;
use rules::published::Severity;
use rules::verdict::{Finding, Outcome, Possibility};
use rules::{Book, Facts, Language, Obligation, Settings, Truth, Value, Verdict};

use super::values::Recorded;
use super::words::Vocabulary;
use crate::judge::Words;

/// Cột dữ kiện: each value once, and which row has which.
#[derive(Debug, Clone)]
pub(super) struct FactColumn {
    /// Name of the fact.
    pub(super) name: String,
    /// Values, each once.
    pub(super) values: Vec<Option<Value>>,
    /// Per row the place of its value.
    pub(super) at: Vec<u32>,
}

impl FactColumn {
    pub(super) fn get(&self, row: usize) -> Option<&Value> {
        self.at.get(row).and_then(|at| self.values.get(*at as usize)).and_then(Option::as_ref)
    }
}

/// Bảng thành dữ kiện: what is known about every row.
pub(super) struct Known<'a> {
    pub(super) book: &'a Book,
    pub(super) subject: &'a str,
    pub(super) settings: &'a Settings,
    /// Facts that hold for every row.
    pub(super) common: Facts,
    /// Facts that differ.
    pub(super) columns: Vec<FactColumn>,
    /// Recorded level per row; none where nothing was recorded or it could not be read.
    pub(super) recorded: Vec<Option<Recorded>>,
}

/// Kết luận về một dòng, without words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// Something is certainly wrong, or the competent body must decide.
    pub(super) telling: bool,
    /// It depends on facts that are missing.
    pub(super) untold: bool,
}

impl Known<'_> {
    /// What is known about one row.
    pub(super) fn facts(&self, row: usize) -> Facts {
        let own = self.columns.iter().filter_map(|column| Some((column.name.clone(), column.get(row)?.clone())));
        self.common.iter().map(|(name, value)| (name.clone(), value.clone())).chain(own).collect()
    }

    /// The whole answer about one row.
    pub(super) fn verdict(&self, row: usize) -> Verdict {
        self.book.evaluate(self.subject, &self.facts(row), self.settings)
    }

    /// The facts in columns, for the driver that asks all rows at once.
    fn table(&self) -> Table {
        let mut table = Table::new(self.book, self.recorded.len());
        for (name, value) in &self.common {
            let slot = self.book.slot(name);
            let Some((slot, scalar)) = slot.and_then(|slot| Some((slot, self.book.compiled(slot, value)?))) else {
                continue;
            };
            for row in 0..self.recorded.len() {
                table.state(slot, row, scalar);
            }
        }
        for column in &self.columns {
            let Some(slot) = self.book.slot(&column.name) else { continue };
            let compiled: Vec<Option<Scalar>> = column
                .values
                .iter()
                .map(|value| value.as_ref().and_then(|value| self.book.compiled(slot, value)))
                .collect();
            for (row, at) in column.at.iter().enumerate() {
                if let Some(scalar) = compiled.get(*at as usize).copied().flatten() {
                    table.state(slot, row, scalar);
                }
            }
        }
        table
    }

    /// Which columns have a value in a row, one bit for each.
    fn stated(&self, row: usize) -> u64 {
        let bits = self.columns.iter().take(64).enumerate();
        bits.filter(|(_, column)| column.get(row).is_some()).fold(0, |bits, (place, _)| bits | 1 << place)
    }
}

fn standing(recorded: Recorded, sifted: &Sifted, row: usize) -> Standing {
    let owed = sifted.obligation(row);
    match recorded {
        Recorded::Unclassified => {
            Standing { telling: owed == Obligation::ReviewAndClassify, untold: owed == Obligation::Unknown }
        }
        Recorded::Level(at) => {
            let possibility = sifted.possibility(at, row);
            let spared = matches!(owed, Obligation::ReviewOnly | Obligation::Neither);
            let decides = sifted.needs_decision(row) == Truth::True;
            let telling = spared || possibility == Possibility::Refused || decides;
            let untold = !telling && (possibility == Possibility::Unknown || owed == Obligation::Unknown);
            Standing { telling, untold }
        }
    }
}

/// Dữ kiện còn thiếu: name → label and for how many rows.
pub(super) type Missing = BTreeMap<String, (Words, usize)>;

/// Rows of which it cannot be told whether they are right and which lack the same facts: recorded level, columns with a
/// value, rules that are not settled. The first such row and how many there are.
type Alike = BTreeMap<(Recorded, u64, u64), (usize, usize)>;

/// Sàng: the rows that break something, how many cannot be told, and what is missing for it. All rows are asked at once in
/// columns; only those that break something are explained one by one, and of those that cannot be told one of each sort.
///
/// Only the places of the rows come back: a whole answer is large, and a table may have a hundred thousand of them.
pub(super) fn sieve(known: &Known<'_>) -> (Vec<usize>, usize, Missing) {
    let table = known.table();
    let sieve = Sieve::new(known.book, known.subject, known.settings, &table);
    let sifted = sieve.run();
    let unsettled = unsettled(&sieve, known.recorded.len());
    let (mut telling, mut alike) = (Vec::new(), Alike::new());
    for (row, recorded) in known.recorded.iter().enumerate() {
        let Some(recorded) = recorded else { continue };
        let standing = standing(*recorded, &sifted, row);
        if standing.telling {
            telling.push(row);
        }
        if standing.untold {
            let sort = (*recorded, known.stated(row), unsettled.get(row).copied().unwrap_or_default());
            alike.entry(sort).or_insert((row, 0)).1 += 1;
        }
    }
    let mut missing = Missing::new();
    for ((recorded, _, _), (row, rows)) in &alike {
        add_missing(&mut missing, Some(*recorded), &known.verdict(*row), *rows);
    }
    (telling, alike.values().map(|(_, rows)| rows).sum(), missing)
}

/// Per row the rules that are not settled, one bit for each of the first 64.
fn unsettled(sieve: &Sieve<'_>, rows: usize) -> Vec<u64> {
    let rules = sieve.rules().len().min(64);
    let mut unsettled = Vec::with_capacity(rows);
    sieve.each_block(&mut |block| {
        for row in 0..block.rows() {
            let open = (0..rules).filter(|place| block.truth(*place, row) == Truth::Unknown);
            unsettled.push(open.fold(0, |bits, place| bits | 1 << place));
        }
    });
    unsettled
}

fn add_missing(missing: &mut Missing, recorded: Option<Recorded>, verdict: &Verdict, rows: usize) {
    let of_level = match recorded {
        Some(Recorded::Level(at)) => verdict.levels.get(at).map_or(&[][..], |level| &level.unknown),
        _ => &[],
    };
    let owed = if verdict.obligation == Obligation::Unknown { &verdict.obligation_findings[..] } else { &[] };
    let facts: BTreeMap<&str, &rules::Text> = of_level
        .iter()
        .chain(owed)
        .flat_map(|finding| &finding.missing)
        .map(|fact| (fact.name.as_str(), &fact.label))
        .collect();
    for (name, label) in facts {
        missing.entry(name.to_owned()).or_insert_with(|| (Words::from(label), 0)).1 += rows;
    }
}

/// Điều sai ở một dòng: kind, how grave, and the rule that says so.
pub(super) struct Wrong<'v> {
    pub(super) kind: String,
    pub(super) severity: Severity,
    pub(super) finding: Option<&'v Finding>,
}

/// Everything that a recorded level breaks.
pub(super) fn wrongs<'v>(kinds: &RuleKinds, recorded: Option<Recorded>, verdict: &'v Verdict) -> Vec<Wrong<'v>> {
    let applies = |finding: &&Finding| finding.outcome == Outcome::Applies;
    let level = match recorded {
        None => return Vec::new(),
        Some(Recorded::Unclassified) if verdict.obligation == Obligation::ReviewAndClassify => {
            return vec![Wrong { kind: "not_classified".to_owned(), severity: Severity::Error, finding: None }];
        }
        Some(Recorded::Unclassified) => return Vec::new(),
        Some(Recorded::Level(at)) => verdict.levels.get(at),
    };
    let spared = match verdict.obligation {
        Obligation::Neither => Some("exempt"),
        Obligation::ReviewOnly => Some("review_only"),
        Obligation::ReviewAndClassify | Obligation::Unknown => None,
    };
    let mut wrongs = Vec::new();
    let wrong = |kind: &str, finding: &'v Finding| Wrong {
        kind: kind.to_owned(),
        severity: if finding.citation.surety == Surety::Reading { Severity::Warning } else { Severity::Error },
        finding: Some(finding),
    };
    if let Some(kind) = spared {
        wrongs.extend(verdict.obligation_findings.iter().filter(applies).map(|finding| wrong(kind, finding)));
    } else {
        let against = level.into_iter().flat_map(|level| &level.against);
        wrongs.extend(against.map(|finding| wrong(kinds.of(&finding.rule), finding)));
    }
    let decides = verdict.needs_decision.iter().filter(applies);
    let note = |finding| Wrong { severity: Severity::Note, ..wrong("needs_decision", finding) };
    wrongs.extend(decides.map(note));
    wrongs
}

/// Loại vi phạm của từng quy tắc.
pub(super) struct RuleKinds(BTreeMap<String, String>);

impl RuleKinds {
    /// A rule is of the first kind one of whose facts its conditions speak of.
    pub(super) fn new(book: &Book, words: &Vocabulary) -> Self {
        let mut kinds = BTreeMap::new();
        for rule in &book.rules {
            let mut slots = std::collections::BTreeSet::new();
            let bound = if let rules::book::Effect::Bounds(by) = &rule.effect { Some(by) } else { None };
            rule.when.iter().chain(&rule.must).chain(bound).for_each(|expression| expression.facts(&mut slots));
            let facts: Vec<&str> =
                slots.into_iter().filter_map(|slot| book.facts.get(slot)).map(|fact| fact.name.as_str()).collect();
            let speaks =
                |words: &&super::words::BreachWords| facts.iter().any(|fact| words.facts.iter().any(|one| one == fact));
            if let Some(found) = words.breaches.iter().find(speaks) {
                kinds.insert(rule.id.clone(), found.kind.clone());
            }
        }
        Self(kinds)
    }

    fn of(&self, rule: &str) -> &str {
        self.0.get(rule).map_or("conditions", String::as_str)
    }
}

/// Number and article of a source.
pub(super) fn cited(citation: &rules::verdict::Citation) -> Words {
    let cite = |language: Language| match citation.article.get(language) {
        "" => citation.number.clone(),
        article => format!("{}, {article}", citation.number),
    };
    Words { vi: cite(Language::Vietnamese), en: cite(Language::English) }
}
