//! Phiếu chấm điểm trong câu hỏi: marks out of JSON, in the words of a book's own point cases, each amount read exactly as it is
//! written; and what came of them.

use std::collections::BTreeMap;

use domain::Refusal;
use rules::Rational;
use rules::score::{
    Amount, GeneralMarks, Gravity, Mark, Product, ProductMarks, ResultMarks, Score, ScoreSheet, ShareMark,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Volume;
use crate::judge::Words;

/// Name of the sheet among the facts.
pub(super) const NAME: &str = "score_sheet";
/// Decimals that an exact value is shown with at most.
const DECIMALS: u32 = 4;

type Amounts<'a> = BTreeMap<String, &'a RawValue>;

/// As it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'a> {
    frame: String,
    #[serde(borrow)]
    general: Option<&'a RawValue>,
    #[serde(default, borrow)]
    marks: Amounts<'a>,
    #[serde(default)]
    grounds: Vec<String>,
    #[serde(borrow)]
    bonus: Option<&'a RawValue>,
    #[serde(borrow)]
    shares: Option<Amounts<'a>>,
    #[serde(borrow)]
    parts: Option<Amounts<'a>>,
    #[serde(default)]
    component_set: String,
    #[serde(default, borrow)]
    component_weights: Amounts<'a>,
    #[serde(default)]
    more_approved: bool,
    #[serde(default, borrow)]
    products: Vec<WrittenProduct<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenProduct<'a> {
    name: String,
    kind: Option<String>,
    #[serde(default)]
    composite: bool,
    #[serde(borrow)]
    weight: &'a RawValue,
    #[serde(default, borrow)]
    components: Amounts<'a>,
    done: Option<bool>,
    on_time: Option<bool>,
    above_standard: Option<bool>,
    #[serde(default)]
    key: bool,
    quality: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFaults {
    tasks: u64,
    faults: Vec<u64>,
}

/// Reads a sheet.
///
/// # Errors
/// `QUESTION-013` with what cannot be read, `QUESTION-014` for a frame that the book has not or that is for others.
pub(super) fn read(volume: &Volume, subject: &str, raw: &str) -> Result<ScoreSheet, Refusal> {
    let unread = |what: &str| Refusal::new("QUESTION-013").with("what", what);
    let written: Written<'_> = serde_json::from_str(raw).map_err(|fault| unread(&fault.to_string()))?;
    let frames = &volume.book.points.frames;
    let Some(frame) = frames.iter().find(|frame| frame.id == written.frame && frame.subject == subject) else {
        let own = frames.iter().filter(|frame| frame.subject == subject).map(|frame| frame.id.as_str());
        let known = own.collect::<Vec<_>>().join(", ");
        let refusal = Refusal::new("QUESTION-014").with("frame", &written.frame).with("subject", subject);
        return Err(refusal.with("known", if known.is_empty() { "–" } else { &known }));
    };
    let criteria = frame.groups.iter().flat_map(|group| &group.criteria);
    let full = criteria.map(|one| (one.id.clone(), Mark { points: one.points, has_grounds: false }));
    let general = match written.general {
        Some(sum) => GeneralMarks::Sum(amount("general", sum)?),
        None => {
            let mut marks: BTreeMap<String, Mark> = full.collect();
            for (id, raw) in &written.marks {
                let mark = Mark { points: amount(id, raw)?, has_grounds: written.grounds.contains(id) };
                marks.insert(id.clone(), mark);
            }
            GeneralMarks::PerCriterion(marks)
        }
    };
    let bonus = written.bonus.map(|bonus| amount("bonus", bonus)).transpose()?.unwrap_or(Rational::ZERO);
    Ok(ScoreSheet { frame: written.frame.clone(), general, results: results(written)?, bonus })
}

fn results(written: Written<'_>) -> Result<ResultMarks, Refusal> {
    if let Some(shares) = written.shares {
        let read = |(id, raw): (String, &RawValue)| {
            let mark = match serde_json::from_str::<WrittenFaults>(raw.get()) {
                Ok(WrittenFaults { tasks, faults }) => ShareMark::Faults { tasks, faults },
                Err(_) => ShareMark::Percent(amount(&id, raw)?),
            };
            Ok((id, mark))
        };
        return Ok(ResultMarks::Shares(shares.into_iter().map(read).collect::<Result<_, Refusal>>()?));
    }
    if let Some(parts) = written.parts {
        return Ok(ResultMarks::Parts(amounts(&parts)?));
    }
    let product = |one: &WrittenProduct<'_>| {
        Ok(Product {
            name: one.name.clone(),
            kind: one.kind.clone(),
            is_composite: one.composite,
            weight: amount(&one.name, one.weight)?,
            components: amounts(&one.components)?,
            is_done: one.done,
            is_on_time: one.on_time,
            is_above_standard: one.above_standard,
            is_key: one.key,
            quality: one.quality,
        })
    };
    Ok(ResultMarks::Products(ProductMarks {
        component_set: written.component_set,
        component_weights: amounts(&written.component_weights)?,
        more_approved: written.more_approved,
        products: written.products.iter().map(product).collect::<Result<_, Refusal>>()?,
    }))
}

fn amounts(written: &Amounts<'_>) -> Result<BTreeMap<String, Rational>, Refusal> {
    written.iter().map(|(id, raw)| Ok((id.clone(), amount(id, raw)?))).collect()
}

/// `97.5` or `"97,5"`.
fn amount(name: &str, raw: &RawValue) -> Result<Rational, Refusal> {
    let text = raw.get();
    let text = serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned());
    Rational::parse_decimal(text.trim())
        .ok_or_else(|| Refusal::new("QUESTION-013").with("what", format!("{name}: {}", raw.get())))
}

/// Điểm đã tính: what came of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reckoned {
    /// Line by line, in order of the form.
    pub lines: Vec<ReckonedLine>,
    /// The total; null when something is refused.
    pub total: Option<Points>,
    /// The total in words.
    pub arithmetic: Words,
    /// What was found, with `refused`, `warning` or `note`.
    pub findings: Vec<Remarked>,
}

/// Một dòng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReckonedLine {
    /// What is reckoned.
    pub title: Words,
    /// Points.
    #[serde(flatten)]
    pub points: Points,
    /// The figures.
    pub arithmetic: Words,
}

/// Giá trị chính xác và giá trị làm tròn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Points {
    /// As reckoned: a decimal, or a fraction where it has no end.
    pub exact: String,
    /// As the chosen rounding gives it.
    pub rounded: String,
}

/// Một phát hiện.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remarked {
    /// Code, never reused.
    pub code: String,
    /// `refused`, `warning`, `note`.
    pub gravity: String,
    /// What is so.
    pub message: Words,
    /// What to do.
    pub mend: Words,
}

impl Reckoned {
    pub(crate) fn of(score: &Score) -> Self {
        let line = |line: &rules::score::ScoreLine| ReckonedLine {
            title: Words::from(&line.title),
            points: points(line.amount),
            arithmetic: Words::from(&line.arithmetic),
        };
        let remark = |finding: &rules::score::PointFinding| Remarked {
            code: finding.code.to_owned(),
            gravity: match finding.gravity {
                Gravity::Note => "note",
                Gravity::Warning => "warning",
                Gravity::Refused => "refused",
            }
            .to_owned(),
            message: Words::from(&finding.message),
            mend: Words::from(&finding.mend),
        };
        Self {
            lines: score.lines.iter().map(line).collect(),
            total: score.totals.map(|totals| points(totals.total)),
            arithmetic: Words::from(&score.arithmetic),
            findings: score.findings.iter().map(remark).collect(),
        }
    }

    /// Whether something in the sheet cannot stand.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.gravity == "refused")
    }
}

fn points(amount: Amount) -> Points {
    let shown = |value: Rational| {
        let decimals = (0..=DECIMALS).find(|decimals| 10_i128.pow(*decimals) % value.denominator() == 0);
        decimals.map_or_else(|| value.to_string(), |decimals| value.to_decimal(decimals))
    };
    Points { exact: shown(amount.exact), rounded: shown(amount.rounded) }
}
