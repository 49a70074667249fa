//! What a handler ends with: a page, a file, a redirect, or one of the ways in which it could not.

use application::Error;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use domain::attachment::FileKind;

/// Result of a handler.
pub type Answer = Result<Response, Failure>;

/// Why there is no answer. It becomes a page where the language and the person are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Forbidden or absent: the two look the same.
    Denied,
    /// Nobody is signed in.
    SignIn,
    /// The user can act on it, and no form was there to show it at.
    Refused(Vec<Refusal>),
    /// The request was not sent from one of our pages.
    Forged,
    /// What was sent cannot be read as a form.
    Unreadable,
    /// What was sent is larger than we take.
    TooLarge,
    /// Too much at once.
    Busy,
    /// Ours: the cause is for the log only.
    Fault(String),
}

impl Failure {
    /// Status of the answer.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::Denied => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The failure that a bare status of a library means.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some(Self::Denied),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Some(Self::Busy),
            status if status.is_client_error() => Some(Self::Unreadable),
            status if status.is_server_error() => Some(Self::Fault(format!("bare status {status}"))),
            _ => None,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(reasons) => Self::Refused(reasons),
            Error::Denied => Self::Denied,
            Error::Fault(cause) => Self::Fault(cause),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(vec![refusal])
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::Fault(format!("template: {error}"))
    }
}

impl From<tokio::task::JoinError> for Failure {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Fault(format!("task: {error}"))
    }
}

/// Kinds of files we hand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PDF/A.
    Pdf,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// Several files in one.
    Zip,
    /// Data for machines.
    Json,
    /// Plain text.
    Text,
    /// Table as text.
    Csv,
    /// A page of its own.
    Html,
    /// Photograph.
    Jpeg,
    /// Picture.
    Png,
}

impl Kind {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
            Self::Json => "application/json",
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

impl From<FileKind> for Kind {
    fn from(kind: FileKind) -> Self {
        match kind {
            FileKind::Pdf => Self::Pdf,
            FileKind::Docx => Self::Docx,
            FileKind::Xlsx => Self::Xlsx,
            FileKind::Jpeg => Self::Jpeg,
            FileKind::Png => Self::Png,
        }
    }
}

/// A page.
pub fn page(status: StatusCode, html: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// A file to keep; its name may have Vietnamese letters.
pub fn file(name: &str, kind: Kind, bytes: Vec<u8>) -> Response {
    let mut response = (StatusCode::OK, [(header::CONTENT_TYPE, kind.media_type())], Body::from(bytes)).into_response();
    if let Ok(value) = HeaderValue::from_str(&disposition(name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// `attachment` with the name twice: letters without marks for old programs, the true name for all others.
fn disposition(name: &str) -> String {
    let safe = |letter: char| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
    let plain: String = domain::text::fold(name).chars().map(safe).collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            exact.push(char::from(byte));
        } else {
            exact.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_break_out_of_its_header() {
        let header = disposition("Biên bản \"họp\"\r\nX: 1.pdf");
        assert!(!header.contains(['\r', '\n']), "{header}");
        assert_eq!(header.matches('"').count(), 2, "{header}");
        assert!(header.contains("filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n"), "{header}");
    }
}
