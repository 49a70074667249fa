//! What is known about a request before its page is asked: language, person, what to say, how to answer.

use std::sync::Arc;

use application::accounts::SignedIn;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::Actor;

use crate::answer::Failure;
use crate::cookies::Cookie;
use crate::flash::Flash;
use crate::locale::{Locale, Translator};
use crate::pages::fault;
use crate::secret::digest;
use crate::server::Server;
use crate::session;

/// What is known about a request. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Context(Arc<Known>);

#[derive(Debug)]
struct Known {
    locale: Locale,
    signed_in: Option<SignedIn>,
    demo: bool,
    token: String,
    new_guest: Option<String>,
    flash: Option<Flash>,
    partial: bool,
    path: String,
    here: String,
}

impl Context {
    async fn of(server: &Server, headers: &HeaderMap, uri: &Uri, here: String) -> Result<Self, (Self, Failure)> {
        let secure = server.config.secure();
        let session = Cookie::Session.read(headers, secure);
        let found = match &session {
            Some(cookie) => session::find(server, cookie).await,
            None => Ok(None),
        };
        let (signed_in, fault) = found.map_or_else(|failure| (None, Some(failure)), |found| (found, None));
        let guest = Cookie::Guest.read(headers, secure);
        let fresh = || data_encoding::HEXLOWER.encode(&server.app.chance.salt());
        let kept = if signed_in.is_some() { session } else { guest };
        let new_guest = kept.is_none().then(fresh);
        let ground = kept.or_else(|| new_guest.clone()).unwrap_or_default();
        let demo = match &signed_in {
            Some(person) => server.config.demo || server.is_demo(person.actor.root).await,
            None => server.config.demo,
        };
        let context = Self(Arc::new(Known {
            locale: locale(headers, secure).unwrap_or(server.config.locale()),
            signed_in,
            demo,
            token: digest(&format!("form:{ground}")),
            new_guest,
            flash: Cookie::Flash.read(headers, secure).and_then(|value| Flash::unpacked(&value)),
            partial: headers.contains_key("HX-Request"),
            path: uri.path().to_owned(),
            here,
        }));
        fault.map_or(Ok(context.clone()), |failure| Err((context, failure)))
    }

    /// Words in the language of this request.
    #[must_use]
    pub fn translator(&self) -> Translator {
        Translator::new(self.0.locale)
    }

    /// Who is signed in.
    #[must_use]
    pub fn signed_in(&self) -> Option<&SignedIn> {
        self.0.signed_in.as_ref()
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        self.signed_in().map(|person| &person.actor)
    }

    /// Whether the data are samples.
    #[must_use]
    pub fn demo(&self) -> bool {
        self.0.demo
    }

    /// The token that forms carry for browsers that say nothing about where a request comes from.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.0.token
    }

    /// What is to be said on this page.
    #[must_use]
    pub fn flash(&self) -> Option<&Flash> {
        self.0.flash.as_ref()
    }

    /// Whether only a region of the page was asked for.
    #[must_use]
    pub fn partial(&self) -> bool {
        self.0.partial
    }

    /// Path asked for.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Address under which this page can be looked at again.
    #[must_use]
    pub fn here(&self) -> &str {
        &self.0.here
    }
}

fn locale(headers: &HeaderMap, secure: bool) -> Option<Locale> {
    Locale::from_tag(&Cookie::Language.read(headers, secure)?)
}

/// The page to look at that belongs to a request: itself, or – for what was sent – the nearest page above its route.
fn here(server: &Server, request: &Request) -> String {
    let uri = request.uri();
    if request.method() == Method::GET {
        return uri.path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    }
    let mut route = request.extensions().get::<MatchedPath>().map_or("/", MatchedPath::as_str);
    let mut path = uri.path();
    while !server.pages.contains(route) {
        let above = route.rsplit_once('/').zip(path.rsplit_once('/'));
        let Some(((shorter, _), (begun, _))) = above else { return "/".to_owned() };
        (route, path) = (shorter, begun);
    }
    path.to_owned()
}

/// Finds out what is known, lets the page answer, turns failures into pages.
pub async fn provide(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let looking = request.method() == Method::GET;
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let here = here(&server, &request);
    let (context, mut response) = match Context::of(&server, &headers, &uri, here).await {
        Ok(context) => {
            request.extensions_mut().insert(context.clone());
            let response = next.run(request).await;
            (context, response)
        }
        Err((context, failure)) => (context, failure.into_response()),
    };
    if let Some(failure) = failure_of(&response) {
        response = told(&server, &context, failure, looking);
    }
    let secure = server.config.secure();
    let shown = response.status() == StatusCode::OK && is_page(&response) && !context.partial();
    let headers = response.headers_mut();
    if shown && context.flash().is_some() {
        Cookie::Flash.clear(headers, secure);
    }
    if let Some(guest) = &context.0.new_guest
        && looking
        && context.actor().is_none()
    {
        Cookie::Guest.set(headers, secure, guest);
    }
    response
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn failure_of(response: &Response) -> Option<Failure> {
    let named = response.extensions().get::<Failure>().cloned();
    named.or_else(|| if is_page(response) { None } else { Failure::of_status(response.status()) })
}

fn told(server: &Server, context: &Context, failure: Failure, looking: bool) -> Response {
    match failure {
        Failure::SignIn => {
            let back = if looking { context.here() } else { "/" };
            let there = if back == "/" {
                session::SIGN_IN.to_owned()
            } else {
                format!("{}?tiep={}", session::SIGN_IN, session::escaped(back))
            };
            Redirect::to(&there).into_response()
        }
        failure => fault::answer(server, context, &failure),
    }
}
