//! The gate: what changes something must come from one of our own pages.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::answer::Failure;
use crate::context::Context;
use crate::form::{TOKEN, pairs};
use crate::server::{BODY_LIMIT, Server};

/// What the headers say about where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Ours,
    Foreign,
    Unsaid,
}

/// Lets pass what only looks, and what was sent from our own pages: the browser says so, or – when it says nothing –
/// the token in the form does.
pub async fn own_pages_only(State(server): State<Server>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    match origin(request.headers(), &server.config.public_address) {
        Origin::Ours => next.run(request).await,
        Origin::Foreign => Failure::Forged.into_response(),
        Origin::Unsaid => match with_token(request).await {
            Ok(request) => next.run(request).await,
            Err(failure) => failure.into_response(),
        },
    }
}

fn origin(headers: &HeaderMap, public_address: &str) -> Origin {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return if site == "same-origin" { Origin::Ours } else { Origin::Foreign };
    }
    let Some(origin) = text("origin") else { return Origin::Unsaid };
    let ours = if public_address.is_empty() {
        let host = origin.split_once("://").map(|(_, host)| host);
        host.is_some() && host == text("host")
    } else {
        origin == public_address
    };
    if ours { Origin::Ours } else { Origin::Foreign }
}

async fn with_token(request: Request) -> Result<Request, Failure> {
    let wanted = request.extensions().get::<Context>().map(|context| context.token().to_owned()).unwrap_or_default();
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, BODY_LIMIT).await.map_err(|_| Failure::TooLarge)?;
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let mut copy = Request::new(Body::from(bytes.clone()));
    *copy.headers_mut() = parts.headers.clone();
    let found =
        if kind.starts_with("multipart/form-data") { token_in_parts(copy).await } else { token_in_pairs(&bytes) };
    let same = !wanted.is_empty() && found.is_some_and(|found| found == wanted);
    if same { Ok(Request::from_parts(parts, Body::from(bytes))) } else { Err(Failure::Forged) }
}

fn token_in_pairs(bytes: &Bytes) -> Option<String> {
    pairs(bytes)?.into_iter().find_map(|(name, value)| (name == TOKEN).then_some(value))
}

async fn token_in_parts(request: Request) -> Option<String> {
    let mut parts = Multipart::from_request(request, &()).await.ok()?;
    while let Ok(Some(part)) = parts.next_field().await {
        if part.name() == Some(TOKEN) {
            return part.text().await.ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&'static str, &'static str)]) -> Origin {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a header"));
        }
        origin(&headers, "")
    }

    #[test]
    fn only_our_own_origin_is_ours() {
        assert_eq!(said(&[("sec-fetch-site", "same-origin")]), Origin::Ours);
        assert_eq!(said(&[("host", "guong.internal"), ("origin", "https://guong.internal")]), Origin::Ours);
        for foreign in ["same-site", "cross-site", "none", ""] {
            assert_eq!(
                said(&[("sec-fetch-site", foreign), ("host", "g"), ("origin", "http://g")]),
                Origin::Foreign,
                "{foreign}"
            );
        }
        for foreign in ["null", "https://guong.internal.evil", "https://evil", ""] {
            assert_eq!(said(&[("host", "guong.internal"), ("origin", foreign)]), Origin::Foreign, "{foreign}");
        }
        assert_eq!(said(&[("host", "guong.internal")]), Origin::Unsaid);
    }

    #[test]
    fn with_a_public_address_only_that_one_counts() {
        let mut headers = HeaderMap::new();
        headers.insert("host", "evil".parse().expect("a header"));
        headers.insert("origin", "https://evil".parse().expect("a header"));
        assert_eq!(origin(&headers, "https://guong.internal"), Origin::Foreign);
    }
}
