//! Từ chối: why an act was not done, in a form the user can act on.

use serde::{Deserialize, Serialize};

/// Từ chối: a stable code, the words to fill into its text, the field it concerns and the source in the law.
///
/// The text itself ("what is wrong", "what to do") stands in `locales/` under `refusal-<CODE>`; codes are `AREA-NNN`
/// and never reused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable code such as `MEETING-003`.
    pub code: String,
    /// Values for the placeholders of the text, by name.
    pub args: Vec<(String, String)>,
    /// Form field that should be mended, if one field is at fault.
    pub field: Option<String>,
    /// Where the law says so, as printed to the user, if it does.
    pub citation: Option<String>,
}

impl Refusal {
    /// A refusal without arguments.
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), args: Vec::new(), field: None, citation: None }
    }

    /// Adds a value for a placeholder of the text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// Names the field that should be mended.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Names the source in the law.
    #[must_use]
    pub fn citing(mut self, citation: impl Into<String>) -> Self {
        self.citation = Some(citation.into());
        self
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code)?;
        for (name, value) in &self.args {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
