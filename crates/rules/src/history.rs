//! Hệ quả nhiều kỳ: what follows from levels over several years or quarters. Findings with their grounds, for the
//! competent body to consider; nothing here acts.

use std::collections::BTreeMap;
use std::fmt;

use crate::book::{Book, ConsequenceRule, HistoryCount, Span};
use crate::language::Text;
use crate::value::{Facts, Settings, Value};
use crate::verdict::{Citation, Outcome};

/// Kỳ: a year, or a quarter of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Year.
    pub year: i32,
    /// Quarter from one to four; none for the year as a whole.
    pub quarter: Option<u8>,
}

/// Quarters of a year.
const QUARTERS: u8 = 4;

impl Period {
    /// A whole year.
    pub fn of_year(year: i32) -> Self {
        Self { year, quarter: None }
    }

    /// A quarter; `None` when there is no such quarter.
    pub fn of_quarter(year: i32, quarter: u8) -> Option<Self> {
        (1..=QUARTERS).contains(&quarter).then_some(Self { year, quarter: Some(quarter) })
    }

    /// Reads `2022` or `2026-3`.
    pub fn read(text: &str) -> Option<Self> {
        match text.split_once('-') {
            Some((year, quarter)) => Self::of_quarter(year.parse().ok()?, quarter.parse().ok()?),
            None => Some(Self::of_year(text.parse().ok()?)),
        }
    }

    fn span(self) -> Span {
        if self.quarter.is_some() { Span::Quarter } else { Span::Year }
    }

    /// The one before, of the same span; none before the first that can be written.
    pub fn before(self) -> Option<Self> {
        match self.quarter {
            None => Some(Self::of_year(self.year.checked_sub(1)?)),
            Some(1) => Some(Self { year: self.year.checked_sub(1)?, quarter: Some(QUARTERS) }),
            Some(quarter) => Some(Self { year: self.year, quarter: Some(quarter.checked_sub(1)?) }),
        }
    }
}

impl fmt::Display for Period {
    /// `2022`, or `III/2026` as quarters are written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roman = ["I", "II", "III", "IV"];
        match self.quarter.and_then(|quarter| roman.get(usize::from(quarter).checked_sub(1)?)) {
            Some(quarter) => write!(f, "{quarter}/{}", self.year),
            None => write!(f, "{}", self.year),
        }
    }
}

/// Kết quả một kỳ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Id of the level.
    Level(String),
    /// Reviewed or exempt, without a level.
    NotRated,
}

/// Các kỳ đã qua: what is known of past periods. A period that is absent is not known.
pub type History = BTreeMap<Period, Standing>;

/// Hệ quả phải xem xét.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence {
    /// Id of the rule in the book.
    pub id: String,
    /// Code shown to people.
    pub code: String,
    /// Whether it applies, or depends on periods that are not known.
    pub outcome: Outcome,
    /// What to consider.
    pub message: Text,
    /// `2022: Không hoàn thành nhiệm vụ; 2023: Không hoàn thành nhiệm vụ`.
    pub grounds: Text,
    /// Periods in the row that are not known.
    pub missing: Vec<Period>,
    /// Months of a measure that comes first.
    pub months: Option<u64>,
    /// Where it stands.
    pub citation: Citation,
}

/// A row found so far.
struct Row {
    counted: Vec<Period>,
    missing: Vec<Period>,
}

impl Book {
    /// What the competent body has to consider about a subject after the period `at`, latest included.
    pub fn consequences(&self, subject: &str, history: &History, at: Period, settings: &Settings) -> Vec<Consequence> {
        self.consequence_rules
            .iter()
            .filter(|rule| rule.span == at.span() && rule.subjects.iter().any(|one| one == subject))
            .filter_map(|rule| self.consequence(rule, history, at, settings))
            .collect()
    }

    fn consequence(
        &self,
        rule: &ConsequenceRule,
        history: &History,
        at: Period,
        settings: &Settings,
    ) -> Option<Consequence> {
        let level = self.levels.get(rule.level)?;
        let skips = rule.not_rated_setting.as_ref().is_some_and(|name| !self.breaks(name, settings));
        let row = row(rule, &level.id, history, at, skips)?;
        let outcome = if row.missing.is_empty() { Outcome::Applies } else { Outcome::Unknown };
        let grounds = Text::build(|language| {
            let periods = row.counted.iter().rev().map(|period| format!("{period}: {}", level.title.get(language)));
            periods.collect::<Vec<_>>().join("; ")
        });
        Some(Consequence {
            id: rule.id.clone(),
            code: rule.code.clone(),
            outcome,
            message: rule.message.clone(),
            grounds,
            missing: row.missing,
            months: rule.months,
            citation: rule.citation.clone(),
        })
    }

    /// Whether a period without level breaks a row.
    fn breaks(&self, name: &str, settings: &Settings) -> bool {
        let value = settings.get(name).or_else(|| self.setting(name).map(|setting| &setting.default));
        value != Some(&Value::Boolean(false))
    }

    /// Facts that the quarters of a year state; a count is absent while a quarter that it needs is not known.
    pub fn history_facts(&self, history: &History, year: i32) -> Facts {
        let counted = |count: &HistoryCount| {
            let level = &self.levels.get(count.level)?.id;
            let quarters = (1..=QUARTERS).take(usize::try_from(count.quarters).ok()?);
            let standings = quarters.map(|quarter| history.get(&Period { year, quarter: Some(quarter) }));
            let hits: Vec<bool> = standings
                .map(|standing| Some(matches!(standing?, Standing::Level(id) if id == level)))
                .collect::<Option<_>>()?;
            let number = if count.longest_row {
                hits.split(|hit| !hit).map(<[bool]>::len).max().unwrap_or(0)
            } else {
                hits.iter().filter(|hit| **hit).count()
            };
            Some((count.fact.clone(), Value::Integer(i64::try_from(number).ok()?)))
        };
        self.history_counts.iter().filter_map(counted).collect()
    }
}

/// The row that ends at the period, when nothing known breaks it.
fn row(rule: &ConsequenceRule, level: &str, history: &History, at: Period, skips: bool) -> Option<Row> {
    let mut row = Row { counted: Vec::new(), missing: Vec::new() };
    let mut period = at;
    // The last period itself must be known; what follows from it is not asked before.
    if !matches!(history.get(&at), Some(Standing::Level(id)) if id == level) {
        return None;
    }
    let running = usize::try_from(rule.running).ok()?;
    while row.counted.len() + row.missing.len() < running {
        if rule.within_year && period.year != at.year {
            return None;
        }
        match history.get(&period) {
            Some(Standing::Level(id)) if id == level => row.counted.push(period),
            Some(Standing::NotRated) if skips => {}
            Some(_) => return None,
            None => row.missing.push(period),
        }
        period = period.before()?;
    }
    Some(row)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::book::Surety;

    fn rule(running: u64, within_year: bool) -> ConsequenceRule {
        let text = Text::same("x");
        let citation = Citation {
            source: String::new(),
            title: text.clone(),
            number: String::new(),
            date: None,
            article: text.clone(),
            surety: Surety::Reading,
        };
        ConsequenceRule {
            id: "x".to_owned(),
            code: "AFTER-901".to_owned(),
            subjects: vec!["person".to_owned()],
            span: Span::Year,
            level: 0,
            running,
            within_year,
            not_rated_setting: None,
            months: None,
            message: text,
            citation,
        }
    }

    /// What may be known of one year: the level, another, none, or nothing yet.
    fn standing(kind: u8) -> Option<Standing> {
        match kind {
            0 => Some(Standing::Level("low".to_owned())),
            1 => Some(Standing::Level("high".to_owned())),
            2 => Some(Standing::NotRated),
            _ => None,
        }
    }

    proptest! {
        #[test]
        fn learning_a_period_never_turns_a_certain_consequence(
            known in prop::collection::vec(0_u8..4, 8),
            learnt in prop::collection::vec(0_u8..3, 8),
            running in 1_u64..5,
            skips in any::<bool>(),
        ) {
            let years = 2015..2023;
            let before: History =
                years.clone().zip(&known).filter_map(|(year, kind)| Some((Period::of_year(year), standing(*kind)?))).collect();
            let mut after = before.clone();
            for (year, kind) in years.zip(&learnt) {
                if let Some(standing) = standing(*kind) {
                    after.entry(Period::of_year(year)).or_insert(standing);
                }
            }
            let (rule, at) = (rule(running, false), Period::of_year(2022));
            let found = |history: &History| row(&rule, "low", history, at, skips).map(|row| row.missing.is_empty());
            match found(&before) {
                Some(true) => prop_assert_eq!(found(&after), Some(true)),
                // The last period itself may become known; then the row is asked for the first time.
                None if before.contains_key(&at) => prop_assert_eq!(found(&after), None),
                _ => {}
            }
        }
    }

    #[test]
    fn a_row_within_one_year_does_not_reach_into_the_year_before() {
        let quarter = |year: i32, number: u8| Period::of_quarter(year, number).unwrap();
        let low = || Standing::Level("low".to_owned());
        let history: History = [(quarter(2026, 4), low()), (quarter(2027, 1), low())].into();
        assert!(row(&rule(2, true), "low", &history, quarter(2027, 1), false).is_none());
        assert!(row(&rule(2, false), "low", &history, quarter(2027, 1), false).is_some());
    }

    #[test]
    fn periods_are_read_and_written_as_people_write_them() {
        assert_eq!(Period::read("2022"), Some(Period::of_year(2022)));
        assert_eq!(Period::read("2026-3").map(|period| period.to_string()).as_deref(), Some("III/2026"));
        assert_eq!(Period::read("2026-5"), None);
        assert_eq!(Period::read("2026-0"), None);
        assert_eq!(Period::read("năm nay"), None);
    }

    #[test]
    fn the_quarter_before_the_first_lies_in_the_year_before() {
        let first = Period::of_quarter(2026, 1).unwrap();
        assert_eq!(first.before(), Period::of_quarter(2025, 4));
        assert_eq!(Period::of_year(i32::MIN).before(), None);
    }
}
