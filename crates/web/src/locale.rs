//! Words for people, by key, in two languages.

use std::borrow::Cow;
use std::fmt::Display;

use domain::Refusal;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};

#[allow(clippy::disallowed_types, reason = "the macro keeps bundles by language; order reaches no document")]
mod words {
    fluent_templates::static_loader! {
        pub static WORDS = {
            locales: "../../locales",
            fallback_language: "vi",
            customise: |bundle| bundle.set_use_isolating(false),
        };
    }
}
use words::WORDS;

static VI: LanguageIdentifier = langid!("vi");
static EN: LanguageIdentifier = langid!("en");

/// Ngôn ngữ of the interface. Papers and law stay Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locale {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

impl Locale {
    /// Every language of the interface.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The tag used in HTML, cookies and configuration.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a tag, if it is one of ours.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::Vi => &VI,
            Self::En => &EN,
        }
    }
}

/// Finds words by key in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Translator {
    locale: Locale,
}

impl Translator {
    /// Words of this language.
    #[must_use]
    pub const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// The language.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The words of a key. A missing key shows itself as `⟦key⟧`, in Vietnamese words before that.
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.find(key).unwrap_or_else(|| missing(key))
    }

    /// The words of a key that has nothing to fill in, or nothing.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<String> {
        WORDS.try_lookup(self.locale.id(), key)
    }

    /// The words of a key with one value filled in.
    #[must_use]
    pub fn one(&self, key: &str, name: &str, value: impl Display) -> String {
        self.with(key, &[(name.to_owned(), value.to_string())])
    }

    /// The words of a key with two values filled in.
    #[must_use]
    pub fn two(&self, key: &str, first: &str, one: impl Display, second: &str, two: impl Display) -> String {
        self.with(key, &[(first.to_owned(), one.to_string()), (second.to_owned(), two.to_string())])
    }

    /// The words of a key with values filled in.
    #[must_use]
    pub fn with(&self, key: &str, args: &[(String, String)]) -> String {
        self.fill(key, args).unwrap_or_else(|| missing(key))
    }

    /// The words of a key with values filled in, or nothing.
    #[must_use]
    pub fn fill(&self, key: &str, args: &[(String, String)]) -> Option<String> {
        let values = args.iter().map(|(name, value)| (Cow::Owned(name.clone()), FluentValue::from(value.clone())));
        WORDS.try_lookup_complete(self.locale.id(), key, Some(&values.collect()))
    }

    /// What is wrong and what to do, of a refusal; the code stands at the end for the telephone.
    #[must_use]
    pub fn refusal(&self, refusal: &Refusal) -> Told {
        let key = format!("refusal-{}", refusal.code);
        Told {
            what: self.with(&key, &refusal.args),
            remedy: self.fill(&format!("{key}-do"), &refusal.args).unwrap_or_default(),
            citation: refusal.citation.clone().unwrap_or_default(),
            code: refusal.code.clone(),
        }
    }
}

/// A refusal in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
    /// Where the law says so.
    pub citation: String,
    /// Code, for the telephone.
    pub code: String,
}

fn missing(key: &str) -> String {
    format!("⟦{key}⟧")
}

#[cfg(test)]
mod tests;
