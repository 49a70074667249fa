//! Pages for what could not be answered. They never say why more than the person can use.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::answer;
use crate::context::Context;
use crate::cookies::Cookie;
use crate::locale::Told;
use crate::prelude::*;
use crate::server::Server;

const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("5");

#[derive(Template)]
#[template(path = "fault/fault.html")]
struct FaultPage {
    shell: Shell,
    what: String,
    remedy: String,
    reasons: Vec<Told>,
    incident: String,
}

#[derive(Template)]
#[template(path = "fault/busy.html")]
struct BusyPage {
    t: Translator,
}

/// The page of a failure.
#[must_use]
pub fn answer(server: &Server, context: &Context, failure: &Failure) -> Response {
    let t = context.translator();
    let (name, incident) = match failure {
        Failure::Denied | Failure::SignIn => ("denied", String::new()),
        Failure::Refused(_) => ("refused", String::new()),
        Failure::Forged => ("forged", String::new()),
        Failure::Unreadable => ("unreadable", String::new()),
        Failure::TooLarge => ("too-large", String::new()),
        Failure::Busy => ("busy", String::new()),
        Failure::Fault(cause) => ("incident", incident(server, context, cause)),
    };
    let reasons = match failure {
        Failure::Refused(reasons) => reasons.iter().map(|reason| t.refusal(reason)).collect(),
        _ => Vec::new(),
    };
    let page = FaultPage {
        shell: Shell::new(server, context, t.get(&format!("fault-{name}-title"))),
        what: t.get(&format!("fault-{name}-what")),
        remedy: t.get(&format!("fault-{name}-do")),
        reasons,
        incident,
    };
    match page.render() {
        Ok(html) => answer::page(failure.status(), html),
        Err(error) => {
            tracing::error!(%error, "the page of a failure failed");
            failure.status().into_response()
        }
    }
}

/// Logs the cause under a number that the person can name on the telephone.
fn incident(server: &Server, context: &Context, cause: &str) -> String {
    let number = data_encoding::HEXUPPER.encode(&server.app.chance.salt()[..4]);
    let account = context.signed_in().map(|person| person.account.to_string()).unwrap_or_default();
    tracing::error!(incident = %number, path = %context.path(), %account, cause, "incident");
    number
}

/// The answer while too many requests are worked on: small, and without asking anything of anybody.
#[must_use]
pub fn busy(server: &Server, headers: &HeaderMap) -> Response {
    let chosen = Cookie::Language.read(headers, server.config.secure()).and_then(|tag| Locale::from_tag(&tag));
    let page = BusyPage { t: Translator::new(chosen.unwrap_or(server.config.locale())) };
    let mut response = answer::page(Failure::Busy.status(), page.render().unwrap_or_default());
    response.headers_mut().insert(header::RETRY_AFTER, RETRY_SECONDS);
    response
}
