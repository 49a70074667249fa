//! What is said on the page after a redirect. It travels in a cookie, as a key and values, never as markup.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::locale::Translator;

/// Lời báo on the next page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    key: String,
    args: Vec<(String, String)>,
    good: bool,
}

/// Longest flash that is sent; a longer one is not worth a refused cookie.
const LONGEST: usize = 2000;

impl Flash {
    /// Something was done.
    #[must_use]
    pub fn done(key: &str) -> Self {
        Self { key: key.to_owned(), args: Vec::new(), good: true }
    }

    /// Something to know.
    #[must_use]
    pub fn note(key: &str) -> Self {
        Self { good: false, ..Self::done(key) }
    }

    /// Fills in a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// As the value of a cookie.
    #[must_use]
    pub fn packed(&self) -> Option<String> {
        let packed = BASE64URL_NOPAD.encode(&serde_json::to_vec(self).ok()?);
        (packed.len() <= LONGEST).then_some(packed)
    }

    /// From the value of a cookie; anything unreadable says nothing.
    #[must_use]
    pub fn unpacked(value: &str) -> Option<Self> {
        if value.len() > LONGEST {
            return None;
        }
        serde_json::from_slice(&BASE64URL_NOPAD.decode(value.as_bytes()).ok()?).ok()
    }

    /// In words; nothing for an unknown key.
    #[must_use]
    pub fn told(&self, t: Translator) -> Option<(bool, String)> {
        Some((self.good, t.fill(&self.key, &self.args)?))
    }
}
