//! A form with a file in it.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::answer::Failure;
use crate::form::{FormState, Typed};

/// A file sent to us. Its name is what the sender calls it: shown, never used as a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// Field it was sent in.
    pub field: String,
    /// Name at the sender's.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A form with the first file that was chosen, if one was; a form sent without parts has none.
pub struct Upload {
    /// What was typed.
    pub form: FormState,
    /// The file.
    pub file: Option<UploadedFile>,
}

fn unreadable(error: MultipartError) -> Failure {
    Failure::of_status(error.into_response().status()).unwrap_or(Failure::Unreadable)
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/") {
            let Typed(form) = Typed::from_request(request, state).await?;
            return Ok(Self { form, file: None });
        }
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| Failure::Unreadable)?;
        let (mut pairs, mut file) = (Vec::new(), None);
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                None => pairs.push((field, part.text().await.map_err(unreadable)?)),
                Some(name) => {
                    let bytes = part.bytes().await.map_err(unreadable)?;
                    if file.is_none() && !(name.is_empty() && bytes.is_empty()) {
                        file = Some(UploadedFile { field, name: domain::text::tidy(&name), bytes: bytes.to_vec() });
                    }
                }
            }
        }
        Ok(Self { form: FormState::of_pairs(pairs), file })
    }
}
