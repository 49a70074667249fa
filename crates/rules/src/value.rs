//! Values of facts and settings, and their kinds.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::rational::Rational;

/// Loại dữ kiện: what a fact can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no; written `true`, `false`.
    Boolean,
    /// A whole number; written `12`.
    Integer,
    /// An exact number; written `1/5`, `12`; points may be written `92.5`.
    Fraction,
    /// A calendar day; written `2022-12-31`.
    Date,
    /// A level of this book, compared by rank; written as its id.
    Level,
    /// A grade of a criterion, compared by rank; written as its id.
    Grade,
    /// One of the named choices, compared for equality only.
    Choice(Vec<String>),
}

/// Giá trị dữ kiện: one stated fact. Levels, grades and choices are ids of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// An exact number.
    Fraction(Rational),
    /// A calendar day.
    Date(NaiveDate),
    /// Id of a level.
    Level(String),
    /// Id of a grade.
    Grade(String),
    /// Id of a choice.
    Choice(String),
}

/// Dữ kiện: what is known about one subject, by name of the fact. What is absent is not known.
pub type Facts = BTreeMap<String, Value>;

/// Lựa chọn áp dụng: the choices a campaign has pinned, by name of the setting. What is absent takes the book's default.
pub type Settings = BTreeMap<String, Value>;

impl Value {
    /// Reads a value written as in a rule book, a form or a file; `None` when it is not of the kind.
    /// Ids of levels and grades are not looked up here; `Book::read_fact` does that.
    pub fn read(kind: &Kind, text: &str) -> Option<Self> {
        let text = text.trim();
        Some(match kind {
            Kind::Boolean => Self::Boolean(text.parse().ok()?),
            Kind::Integer => Self::Integer(text.parse().ok()?),
            Kind::Fraction => Self::Fraction(text.parse().ok().or_else(|| Rational::parse_decimal(text))?),
            Kind::Date => Self::Date(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?),
            Kind::Level => Self::Level(text.to_owned()),
            Kind::Grade => Self::Grade(text.to_owned()),
            Kind::Choice(choices) if choices.iter().any(|choice| choice == text) => Self::Choice(text.to_owned()),
            Kind::Choice(_) => return None,
        })
    }

    /// Written the way [`Value::read`] reads it.
    pub fn write(&self) -> String {
        match self {
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Fraction(value) => value.to_string(),
            Self::Date(value) => value.format("%Y-%m-%d").to_string(),
            Self::Level(id) | Self::Grade(id) | Self::Choice(id) => id.clone(),
        }
    }

    /// Whether this is a value of that kind. A whole number also serves as an exact number.
    pub fn is_of(&self, kind: &Kind) -> bool {
        match (self, kind) {
            (Self::Boolean(_), Kind::Boolean)
            | (Self::Integer(_), Kind::Integer | Kind::Fraction)
            | (Self::Fraction(_), Kind::Fraction)
            | (Self::Date(_), Kind::Date)
            | (Self::Level(_), Kind::Level)
            | (Self::Grade(_), Kind::Grade) => true,
            (Self::Choice(id), Kind::Choice(choices)) => choices.contains(id),
            _ => false,
        }
    }
}
