//! Exact fractions on 128 bits. Every operation is checked: too large is `None`, never a panic and never a wrong number.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Phân số: an exact fraction in lowest terms with a positive denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    numerator: i128,
    denominator: i128,
}

impl Rational {
    /// Nought.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    /// One.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// The fraction in lowest terms; `None` when the denominator is nought or the sign cannot be turned.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?;
        let (numerator, denominator) = (numerator.checked_div(divisor)?, denominator.checked_div(divisor)?);
        if denominator < 0 {
            return Some(Self { numerator: numerator.checked_neg()?, denominator: denominator.checked_neg()? });
        }
        Some(Self { numerator, denominator })
    }

    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self { numerator: number as i128, denominator: 1 }
    }

    /// A count.
    pub fn count(number: u64) -> Self {
        Self { numerator: i128::from(number), denominator: 1 }
    }

    /// One count over another; `None` over nought.
    pub fn share(part: u64, base: u64) -> Option<Self> {
        Self::new(i128::from(part), i128::from(base))
    }

    /// Above the line.
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// Below the line, above nought.
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// Whether nothing stands below the line but one.
    pub fn is_whole(self) -> bool {
        self.denominator == 1
    }

    /// Sum, or `None` when too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// Difference, or `None` when too large.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.checked_neg()?)
    }

    /// Product, or `None` when too large.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        // Across first, so that large terms that cancel do not overflow.
        let left = Self::new(self.numerator, other.denominator)?;
        let right = Self::new(other.numerator, self.denominator)?;
        let numerator = left.numerator.checked_mul(right.numerator)?;
        Self::new(numerator, left.denominator.checked_mul(right.denominator)?)
    }

    /// Quotient, or `None` when too large or divided by nought.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.checked_mul(Self::new(other.denominator, other.numerator)?)
    }

    /// The same with the other sign, or `None` when too large.
    pub fn checked_neg(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, denominator: self.denominator })
    }

    /// The whole number at or below.
    pub fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    /// The nearest whole number; a half goes up, away from nought for counts above nought.
    pub fn round_half_up(self) -> i128 {
        let rest = self.numerator.rem_euclid(self.denominator);
        let up = rest >= self.denominator - rest;
        self.floor().saturating_add(i128::from(up))
    }

    /// With the given number of decimals, rounded half up, point as decimal sign: `80.00`.
    pub fn to_decimal(self, decimals: u32) -> String {
        self.write_decimal(decimals, Self::round_half_up)
    }

    /// With the given number of decimals, the rest cut off, point as decimal sign: `15.68`.
    pub fn to_decimal_cut(self, decimals: u32) -> String {
        self.write_decimal(decimals, |scaled| scaled.numerator / scaled.denominator)
    }

    fn write_decimal(self, decimals: u32, to_whole: impl Fn(Self) -> i128) -> String {
        let scaled = 10_i128
            .checked_pow(decimals)
            .and_then(|scale| Self::new(scale, 1))
            .and_then(|scale| self.checked_mul(scale));
        let Some(scaled) = scaled else { return self.to_string() };
        let digits = to_whole(scaled);
        let sign = if digits < 0 { "-" } else { "" };
        let width = usize::try_from(decimals).unwrap_or(0);
        let digits = format!("{:0>1$}", digits.unsigned_abs(), width + 1);
        if width == 0 {
            return format!("{sign}{digits}");
        }
        let (whole, part) = digits.split_at(digits.len() - width);
        format!("{sign}{whole}.{part}")
    }

    /// A decimal as printed, with point or comma: `15.68`, `15,68`, `8`. `None` when it is not one.
    pub fn parse_decimal(text: &str) -> Option<Self> {
        let text = text.trim().replace(',', ".");
        let (whole, part) = text.split_once('.').unwrap_or((text.as_str(), ""));
        let negative = whole.starts_with('-');
        let whole = whole.strip_prefix('-').unwrap_or(whole);
        if whole.is_empty() || !whole.chars().chain(part.chars()).all(|c| c.is_ascii_digit()) {
            return None;
        }
        let digits: i128 = format!("{whole}{part}").parse().ok()?;
        let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        Self::new(if negative { digits.checked_neg()? } else { digits }, scale)
    }
}

fn greatest_common_divisor(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(self.numerator, self.denominator, other.numerator, other.denominator)
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Compares without multiplying: by whole parts, then by the turned remainders.
fn compare(left: i128, under_left: i128, right: i128, under_right: i128) -> Ordering {
    let (mut left, mut under_left, mut right, mut under_right) = (left, under_left, right, under_right);
    loop {
        let (whole_left, whole_right) = (left.div_euclid(under_left), right.div_euclid(under_right));
        if whole_left != whole_right {
            return whole_left.cmp(&whole_right);
        }
        let (rest_left, rest_right) = (left.rem_euclid(under_left), right.rem_euclid(under_right));
        match (rest_left, rest_right) {
            (0, 0) => return Ordering::Equal,
            (0, _) => return Ordering::Less,
            (_, 0) => return Ordering::Greater,
            _ => (left, under_left, right, under_right) = (under_right, rest_right, under_left, rest_left),
        }
    }
}

impl fmt::Display for Rational {
    /// `1/5`, or `3` when whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_whole() {
            write!(f, "{}", self.numerator)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}

/// Why a text is not a fraction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a fraction such as `1/5` or a whole number")]
pub struct NotAFraction(pub String);

impl FromStr for Rational {
    type Err = NotAFraction;

    /// Reads `1/5` or `3`; never a decimal.
    fn from_str(text: &str) -> Result<Self, NotAFraction> {
        let refuse = || NotAFraction(text.to_owned());
        let number = |text: &str| text.trim().parse::<i128>().map_err(|_| refuse());
        let (numerator, denominator) = match text.split_once('/') {
            Some((above, below)) => (number(above)?, number(below)?),
            None => (number(text)?, 1),
        };
        Self::new(numerator, denominator).ok_or_else(refuse)
    }
}

#[cfg(test)]
mod tests;
