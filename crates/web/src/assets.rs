//! Style and script: carried in the binary, addressed by their digest, so that a browser may keep them for ever.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::answer::{Answer, Failure};

#[derive(RustEmbed)]
#[folder = "../../assets/css"]
#[prefix = "css/"]
struct Styles;

#[derive(RustEmbed)]
#[folder = "../../assets/js"]
#[prefix = "js/"]
struct Scripts;

fn file(path: &str) -> Option<EmbeddedFile> {
    Styles::get(path).or_else(|| Scripts::get(path))
}

/// Path below `assets` → digest.
static DIGESTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let known = |path: std::borrow::Cow<'static, str>| {
        let file = file(&path)?;
        let digest = data_encoding::HEXLOWER.encode(&file.metadata.sha256_hash()[..6]);
        Some((path.into_owned(), digest))
    };
    Styles::iter().chain(Scripts::iter()).filter_map(known).collect()
});

/// Address of a file below `assets`.
#[must_use]
pub fn address(path: &str) -> String {
    let digest = DIGESTS.get(path).map_or("missing", String::as_str);
    format!("/assets/{digest}/{path}")
}

/// Serves a file under its address and no other.
///
/// # Errors
/// [`Failure::Denied`] when there is no such file or it has another digest.
pub async fn serve(Path((digest, path)): Path<(String, String)>) -> Answer {
    let file = DIGESTS.get(&path).filter(|known| **known == digest).and_then(|_| file(&path)).ok_or(Failure::Denied)?;
    let kind = file.metadata.mimetype().to_owned();
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind };
    let keep = "public, max-age=31536000, immutable".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], file.data).into_response())
}
