//! Which count over which denominator gives a printed percentage.

use crate::rational::Rational;

/// Cách viết tỷ lệ: how a share became the printed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Rounded half up at the printed number of decimals.
    Rounded,
    /// Cut off at the printed number of decimals.
    CutOff,
}

/// Khớp: a count over a denominator that gives the printed percentage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Rounded or cut off.
    pub way: Way,
    /// The count.
    pub count: u64,
    /// The denominator.
    pub base: u64,
    /// Which column the denominator is.
    pub column: String,
}

/// A percentage as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    value: Rational,
    decimals: u32,
}

impl Printed {
    /// Reads `15.67`, `15,67 %`, `8`; `None` when it is not a percentage.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('%').trim();
        let value = Rational::parse_decimal(text)?;
        let decimals = text.split_once(['.', ',']).map_or(0, |(_, part)| part.len());
        Some(Self { value, decimals: u32::try_from(decimals).ok()? })
    }

    /// The value printed.
    pub fn value(self) -> Rational {
        self.value
    }

    /// Decimals printed.
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// How this count over this base gives the printed text, if it does.
    pub fn way(self, count: u64, base: u64) -> Option<Way> {
        let hundredfold = Rational::share(count, base)?.checked_mul(Rational::whole(100))?;
        let printed = self.value.to_decimal(self.decimals);
        if hundredfold.to_decimal(self.decimals) == printed {
            return Some(Way::Rounded);
        }
        (hundredfold.to_decimal_cut(self.decimals) == printed).then_some(Way::CutOff)
    }

    /// All counts over this base that give the printed text.
    pub fn counts(self, base: u64, column: &str) -> Vec<Match> {
        let around = Rational::count(base)
            .checked_mul(self.value)
            .and_then(|product| product.checked_div(Rational::whole(100)))
            .map_or(0, Rational::floor);
        // One unit of the last decimal is this many people; beyond it nothing can match.
        let width = i128::from(base) / 10_i128.checked_pow(self.decimals.saturating_add(2)).unwrap_or(i128::MAX) + 1;
        let nearby = (around - width.min(1000))..=(around + width.min(1000));
        let counts = nearby.filter_map(|count| u64::try_from(count).ok()).filter(|count| *count <= base);
        let matches = counts.filter_map(|count| {
            let way = self.way(count, base)?;
            Some(Match { way, count, base, column: column.to_owned() })
        });
        matches.collect()
    }
}
