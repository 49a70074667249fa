//! The three kinds of error: the user can act on it, it is not for him, or it is ours.

use domain::Refusal;

/// What an act or a reading can end with instead of its result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Từ chối: the user can act on it. At least one reason, each with its field where there is one.
    #[error("refused: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
    /// Không được phép, or no such thing: the two look the same.
    #[error("denied")]
    Denied,
    /// Lỗi của hệ thống: logged with its cause, shown as an incident number.
    #[error("fault: {0}")]
    Fault(String),
}

/// Result of acts and readings.
pub type Result<T> = std::result::Result<T, Error>;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<Vec<Refusal>> for Error {
    fn from(refusals: Vec<Refusal>) -> Self {
        Self::Refused(refusals)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

/// A stored word, day or number that should be readable and is not.
pub(crate) fn stored<T, E>(value: std::result::Result<T, E>, what: &str) -> Result<T> {
    value.map_err(|_| Error::Fault(format!("unreadable stored value: {what}")))
}

/// A stored word that should be known and is not.
pub(crate) fn known<T>(value: Option<T>, what: &str) -> Result<T> {
    value.ok_or_else(|| Error::Fault(format!("unknown stored word: {what}")))
}
