//! Settles names and types; after this an expression can only be true, false or unknown.

use chrono::NaiveDate;

use super::parse::{Form, Node, parse};
use super::{Comparison, Expression, Refused, Scalar};
use crate::book::{FactDeclaration, Level, Setting};
use crate::rational::Rational;
use crate::value::Kind;

/// Kiểu: what an expression yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A condition.
    Truth,
    /// An exact number.
    Number,
    /// A day.
    Day,
    /// A level.
    Level,
    /// A grade.
    Grade,
    /// One of these choices.
    Choice(Vec<String>),
}

impl Type {
    /// The type of a fact of that kind.
    pub fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Boolean => Self::Truth,
            Kind::Integer | Kind::Fraction => Self::Number,
            Kind::Date => Self::Day,
            Kind::Level => Self::Level,
            Kind::Grade => Self::Grade,
            Kind::Choice(choices) => Self::Choice(choices.clone()),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Truth => "đúng/sai",
            Self::Number => "số",
            Self::Day => "ngày",
            Self::Level => "mức xếp loại",
            Self::Grade => "cấp độ tiêu chí",
            Self::Choice(_) => "lựa chọn",
        }
    }
}

/// Phạm vi tên: the names an expression may use.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Declared facts, by slot.
    pub facts: &'a [FactDeclaration],
    /// Declared settings, by slot.
    pub settings: &'a [Setting],
    /// Levels, best first.
    pub levels: &'a [Level],
    /// Grades, best first.
    pub grades: &'a [Level],
}

impl Scope<'_> {
    /// Rank of a level, growing from worst to best.
    pub fn level_rank(&self, id: &str) -> Option<u16> {
        rank(self.levels, id)
    }

    /// Rank of a grade, growing from worst to best.
    pub fn grade_rank(&self, id: &str) -> Option<u16> {
        rank(self.grades, id)
    }
}

fn rank(scale: &[Level], id: &str) -> Option<u16> {
    let place = scale.iter().position(|level| level.id == id)?;
    u16::try_from(scale.len() - place).ok()
}

/// Compiles an expression that yields the wanted type.
pub fn compile(text: &str, scope: &Scope<'_>, wanted: Option<&Type>) -> Result<(Expression, Type), Refused> {
    let node = parse(text)?;
    let (expression, found) = check(&node, scope, wanted)?;
    match wanted {
        Some(wanted) if *wanted != found => Err(mismatch(node.at, wanted, &found)),
        _ => Ok((expression, found)),
    }
}

fn mismatch(at: usize, wanted: &Type, found: &Type) -> Refused {
    Refused::new(
        at,
        "BOOK-051",
        format!("ở đây cần kiểu “{}” nhưng biểu thức có kiểu “{}”", wanted.name(), found.name()),
        "sửa biểu thức cho đúng kiểu, hoặc sửa kiểu của dữ kiện trong facts.toml",
    )
}

/// `hint` is the type the other side has, so that a quoted text can take it.
fn check(node: &Node, scope: &Scope<'_>, hint: Option<&Type>) -> Result<(Expression, Type), Refused> {
    Ok(match &node.form {
        Form::Truth(value) => (Expression::Literal(Scalar::Truth(*value), Type::Truth), Type::Truth),
        Form::Number(number) => {
            (Expression::Literal(Scalar::Number(Rational::whole(*number)), Type::Number), Type::Number)
        }
        Form::Quoted(text) => quoted(node.at, text, scope, hint)?,
        Form::Name(name) => named(node.at, name, scope)?,
        Form::Has(name) => (Expression::Has(fact_slot(node.at, name, scope)?), Type::Truth),
        Form::Not(inner) => (Expression::Not(Box::new(of_type(inner, scope, &Type::Truth)?)), Type::Truth),
        Form::And(left, right) => {
            let (left, right) = (of_type(left, scope, &Type::Truth)?, of_type(right, scope, &Type::Truth)?);
            (Expression::And(Box::new(left), Box::new(right)), Type::Truth)
        }
        Form::Or(left, right) => {
            let (left, right) = (of_type(left, scope, &Type::Truth)?, of_type(right, scope, &Type::Truth)?);
            (Expression::Or(Box::new(left), Box::new(right)), Type::Truth)
        }
        Form::Compute(operation, left, right) => {
            let (left, right) = (of_type(left, scope, &Type::Number)?, of_type(right, scope, &Type::Number)?);
            (Expression::Compute(*operation, Box::new(left), Box::new(right)), Type::Number)
        }
        Form::Compare(comparison, left, right) => compare(*comparison, left, right, scope)?,
        Form::Among(item, list) => {
            let (item, of) = check(item, scope, None)?;
            let list = list.iter().map(|one| of_type(one, scope, &of)).collect::<Result<_, _>>()?;
            (Expression::Among(Box::new(item), list), Type::Truth)
        }
    })
}

fn of_type(node: &Node, scope: &Scope<'_>, wanted: &Type) -> Result<Expression, Refused> {
    let (expression, found) = check(node, scope, Some(wanted))?;
    if found == *wanted { Ok(expression) } else { Err(mismatch(node.at, wanted, &found)) }
}

fn compare(
    comparison: Comparison,
    left: &Node,
    right: &Node,
    scope: &Scope<'_>,
) -> Result<(Expression, Type), Refused> {
    // A quoted text takes the type of the other side, on whichever side it stands.
    let at = left.at;
    let (left_is_text, right_is_text) = (is_text(left), is_text(right));
    let (left, right, of) = if left_is_text && !right_is_text {
        let (right, of) = check(right, scope, None)?;
        (of_type(left, scope, &of)?, right, of)
    } else {
        let (checked, of) = check(left, scope, None)?;
        (checked, of_type(right, scope, &of)?, of)
    };
    let ordered = !matches!(comparison, Comparison::Equal | Comparison::Unequal);
    if ordered && matches!(of, Type::Choice(_) | Type::Truth) {
        return Err(Refused::new(
            at,
            "BOOK-052",
            format!("kiểu “{}” không có thứ tự lớn bé", of.name()),
            "chỉ dùng == hoặc != hoặc in [...] với kiểu này",
        ));
    }
    Ok((Expression::Compare(comparison, Box::new(left), Box::new(right)), Type::Truth))
}

fn is_text(node: &Node) -> bool {
    matches!(node.form, Form::Quoted(_))
}

fn named(at: usize, name: &str, scope: &Scope<'_>) -> Result<(Expression, Type), Refused> {
    if let Some(setting) = name.strip_prefix("settings.") {
        let slot = scope.settings.iter().position(|declared| declared.name == setting).ok_or_else(|| {
            let near = nearest(setting, scope.settings.iter().map(|setting| setting.name.as_str()));
            Refused::new(
                at,
                "BOOK-053",
                format!("lựa chọn “{setting}” chưa khai trong settings.toml"),
                format!("khai lựa chọn này trong settings.toml hoặc sửa tên{near}"),
            )
        })?;
        return Ok((Expression::Setting(slot), Type::of(&scope.settings[slot].kind)));
    }
    let slot = fact_slot(at, name, scope)?;
    Ok((Expression::Fact(slot), Type::of(&scope.facts[slot].kind)))
}

fn fact_slot(at: usize, name: &str, scope: &Scope<'_>) -> Result<usize, Refused> {
    scope.facts.iter().position(|fact| fact.name == name).ok_or_else(|| {
        let near = nearest(name, scope.facts.iter().map(|fact| fact.name.as_str()));
        Refused::new(
            at,
            "BOOK-054",
            format!("dữ kiện “{name}” chưa khai trong facts.toml hoặc criteria.toml"),
            format!("khai dữ kiện này hoặc sửa tên{near}"),
        )
    })
}

fn quoted(at: usize, text: &str, scope: &Scope<'_>, hint: Option<&Type>) -> Result<(Expression, Type), Refused> {
    let of = match hint {
        Some(hint) if *hint != Type::Truth => hint.clone(),
        _ => Type::Number,
    };
    let scalar = match &of {
        Type::Number => text.parse().ok().map(Scalar::Number),
        Type::Day => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Scalar::Day),
        Type::Level => scope.level_rank(text).map(Scalar::Rank),
        Type::Grade => scope.grade_rank(text).map(Scalar::Rank),
        Type::Choice(choices) => {
            let place = choices.iter().position(|choice| choice == text);
            place.and_then(|place| u16::try_from(place).ok()).map(Scalar::Choice)
        }
        Type::Truth => None,
    };
    let mend = match &of {
        Type::Number => "viết phân số như \"1/5\" hoặc số nguyên".to_owned(),
        Type::Day => "viết ngày như \"2022-12-31\"".to_owned(),
        Type::Level => listed(scope.levels.iter().map(|level| level.id.as_str())),
        Type::Grade => listed(scope.grades.iter().map(|grade| grade.id.as_str())),
        Type::Choice(choices) => listed(choices.iter().map(String::as_str)),
        Type::Truth => "viết true hoặc false không có ngoặc kép".to_owned(),
    };
    let refuse = || Refused::new(at, "BOOK-055", format!("“{text}” không phải giá trị kiểu “{}”", of.name()), mend);
    let scalar = scalar.ok_or_else(refuse)?;
    Ok((Expression::Literal(scalar, of.clone()), of))
}

pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    format!("chọn một trong: {}", names.collect::<Vec<_>>().join(", "))
}

/// ` (có phải ý là “x”?)` when one of the names is near.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> String {
    closest(name, names).map_or_else(String::new, |known| format!(" (có phải ý là “{known}”?)"))
}

/// The name that was probably meant, when one is near enough.
pub fn closest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, known) = names.map(|known| (distance(name, known), known)).min()?;
    (distance <= 1 + name.len() / 4).then_some(known)
}

/// Edits from one word to another (Levenshtein), on bytes: names are ASCII.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.bytes().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in right.bytes().enumerate() {
            let edited = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = edited.min(row[j] + 1).min(corner + 1);
        }
    }
    row[right.len()]
}
