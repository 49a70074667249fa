//! Text in Vietnamese and English, and how numbers and days are written in each.

use chrono::{Datelike, NaiveDate};

use crate::rational::Rational;

/// Ngôn ngữ: which of the two texts is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Vietnamese, the language of the law; `12,50 %`.
    Vietnamese,
    /// English; `12.50 %`.
    English,
}

/// Văn bản song ngữ: one text in both languages, Vietnamese first.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The same words in both languages: figures, numbers of documents.
    pub fn same(words: &str) -> Self {
        Self { vi: words.to_owned(), en: words.to_owned() }
    }

    /// Builds both texts by asking once per language.
    pub fn build(mut words: impl FnMut(Language) -> String) -> Self {
        Self { vi: words(Language::Vietnamese), en: words(Language::English) }
    }

    /// The text in the language asked for.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }
}

impl Language {
    /// Decimal sign: comma in Vietnamese, point in English.
    pub fn decimal_sign(self) -> char {
        match self {
            Self::Vietnamese => ',',
            Self::English => '.',
        }
    }

    /// A number with the given decimals, rounded half up: `80,00`.
    pub fn decimal(self, value: Rational, decimals: u32) -> String {
        value.to_decimal(decimals).replace('.', &self.decimal_sign().to_string())
    }

    /// A share as a percentage with two decimals, rounded half up: `80,00 %`.
    pub fn percent(self, share: Rational) -> String {
        match share.checked_mul(Rational::whole(100)) {
            Some(hundredfold) => format!("{} %", self.decimal(hundredfold, 2)),
            None => format!("{share}"),
        }
    }

    /// A limit set by the law as a percentage, without needless decimals: `80 %`, `12,50 %`; `1/3` stays a fraction.
    pub fn limit(self, share: Rational) -> String {
        match share.checked_mul(Rational::whole(100)) {
            Some(hundredfold) if hundredfold.is_whole() => format!("{hundredfold} %"),
            Some(hundredfold) if hundredfold.checked_mul(Rational::whole(100)).is_some_and(Rational::is_whole) => {
                format!("{} %", self.decimal(hundredfold, 2))
            }
            _ => share.to_string(),
        }
    }

    /// A calendar day: `31/12/2022` in both languages, as on the papers.
    pub fn day(self, day: NaiveDate) -> String {
        format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
    }
}
