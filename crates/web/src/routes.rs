//! Routes are rows: method, path, audience, handler. The router is built from the rows and from nothing else.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::Actor;
use domain::policy::{self, Act, Resource};

use crate::answer::Failure;
use crate::context::Context;
use crate::server::Server;

/// Người được vào: who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody, signed in or not.
    Public,
    /// Anybody who is signed in; what he sees is his own.
    SignedIn,
    /// Whoever may do this act somewhere, by the access table; to what exactly is decided by the act itself.
    May(Act),
}

impl From<Act> for Audience {
    fn from(act: Act) -> Self {
        Self::May(act)
    }
}

impl std::fmt::Display for Audience {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::SignedIn => f.write_str("signed in"),
            Self::May(act) => write!(f, "{act}"),
        }
    }
}

/// Whether this actor may do `act` to anything at all, in any capacity he has or could be named to.
#[must_use]
pub fn may_somewhere(actor: &Actor, act: Act) -> bool {
    let me = actor.person;
    let cells = actor.member_of.iter().map(|(_, path)| path.as_str()).chain([""]);
    let mine = cells.map(|path| Resource {
        unit_path: path.to_owned(),
        about: Some(me),
        tellers: vec![me],
        head_teller: Some(me),
        monitor: Some(me),
        ..Resource::default()
    });
    let posts = actor.posts.iter().map(|post| Resource::of_unit(&post.path));
    mine.chain(posts).any(|resource| policy::allows(actor, act, &resource))
}

impl Audience {
    /// Whether whoever is behind this request belongs to the audience.
    #[must_use]
    pub fn admits(self, actor: Option<&Actor>) -> bool {
        match (self, actor) {
            (Self::Public, _) => true,
            (_, None) => false,
            (Self::SignedIn, Some(_)) => true,
            (Self::May(act), Some(actor)) => may_somewhere(actor, act),
        }
    }
}

/// Methods a page knows: it is looked at, or something is sent to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Look.
    Get,
    /// Send.
    Post,
}

/// One row of the table.
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path, Vietnamese without marks, parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub audience: Audience,
    handler: MethodRouter<Server>,
}

/// An entry of the navigation bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MenuEntry {
    /// Where it leads.
    pub path: &'static str,
    /// Key of its words.
    pub key: &'static str,
    /// Who sees it.
    pub audience: Audience,
}

/// Routes of an area.
#[derive(Default)]
pub struct Routes {
    rows: Vec<Route>,
    menu: Vec<MenuEntry>,
}

impl Routes {
    /// No routes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page to look at.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, audience: impl Into<Audience>, handler: H) -> Self
    where
        H: Handler<T, Server>,
        T: 'static,
    {
        self.row(Method::Get, path, audience.into(), on(MethodFilter::GET, handler))
    }

    /// Adds a page to send something to.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, audience: impl Into<Audience>, handler: H) -> Self
    where
        H: Handler<T, Server>,
        T: 'static,
    {
        self.row(Method::Post, path, audience.into(), on(MethodFilter::POST, handler))
    }

    /// Adds an entry to the navigation bar.
    #[must_use]
    pub fn menu(mut self, path: &'static str, key: &'static str, audience: impl Into<Audience>) -> Self {
        self.menu.push(MenuEntry { path, key, audience: audience.into() });
        self
    }

    /// Adds the routes and entries of another area behind these.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        self.menu.extend(other.menu);
        self
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> &[Route] {
        &self.rows
    }

    /// All entries of the navigation bar, in order.
    #[must_use]
    pub fn entries(&self) -> &[MenuEntry] {
        &self.menu
    }

    fn row(mut self, method: Method, path: &'static str, audience: Audience, handler: MethodRouter<Server>) -> Self {
        self.rows.push(Route { method, path, audience, handler });
        self
    }

    /// The router of these rows; each route asks its audience before its handler runs.
    #[must_use]
    pub fn router(self) -> Router<Server> {
        let mut by_path: BTreeMap<&'static str, MethodRouter<Server>> = BTreeMap::new();
        for route in self.rows {
            let guarded = route.handler.layer(from_fn_with_state(route.audience, admit));
            let merged = by_path.remove(route.path).unwrap_or_default().merge(guarded);
            by_path.insert(route.path, merged);
        }
        by_path.into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods))
    }
}

async fn admit(State(audience): State<Audience>, request: Request, next: Next) -> Response {
    let context = request.extensions().get::<Context>();
    let actor = context.and_then(Context::actor);
    if audience.admits(actor) {
        next.run(request).await
    } else if actor.is_none() {
        Failure::SignIn.into_response()
    } else {
        Failure::Denied.into_response()
    }
}
