//! The server: routes and the layers around them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use application::{App, accounts};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::RootId;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::answer::Failure;
use crate::config::Config;
use crate::intake::Intake;
use crate::routes::{MenuEntry, Method};
use crate::secret::Hasher;
use crate::{assets, context, gate, headers, pages};

/// Largest request we take.
pub const BODY_LIMIT: usize = 12 * 1024 * 1024;

/// What every request can reach. Cheap to clone.
#[derive(Clone)]
pub struct Server(Arc<House>);

/// What the server is made of.
pub struct House {
    /// The application.
    pub app: App,
    /// Configuration in force.
    pub config: Config,
    /// Reads files from outside.
    pub intake: Intake,
    /// Checks passphrases.
    pub hasher: Hasher,
    /// Navigation bar.
    pub menu: Vec<MenuEntry>,
    /// Routes of pages to look at.
    pub pages: BTreeSet<&'static str>,
    demo: RwLock<BTreeMap<RootId, bool>>,
    slots: Arc<Semaphore>,
}

impl Deref for Server {
    type Target = House;

    fn deref(&self) -> &House {
        &self.0
    }
}

impl Server {
    /// A server over this application.
    #[must_use]
    pub fn new(app: App, config: Config, intake: Intake) -> Self {
        let slots = usize::try_from(config.requests).unwrap_or(1);
        let routes = pages::routes(config.demo);
        let looked_at = routes.rows().iter().filter(|route| route.method == Method::Get);
        Self(Arc::new(House {
            pages: looked_at.map(|route| route.path).collect(),
            menu: routes.entries().to_vec(),
            app,
            config,
            intake,
            hasher: Hasher::default(),
            demo: RwLock::default(),
            slots: Arc::new(Semaphore::new(slots)),
        }))
    }

    /// Whether a hierarchy holds sample data.
    pub async fn is_demo(&self, root: RootId) -> bool {
        if let Ok(known) = self.demo.read()
            && let Some(demo) = known.get(&root)
        {
            return *demo;
        }
        let Ok(found) = accounts::hierarchies(&self.app).await else { return false };
        let found: BTreeMap<RootId, bool> =
            found.into_iter().map(|hierarchy| (hierarchy.root, hierarchy.demo)).collect();
        let demo = found.get(&root).copied().unwrap_or(false);
        if let Ok(mut known) = self.demo.write() {
            *known = found;
        }
        demo
    }

    /// Everything that is served.
    #[must_use]
    pub fn router(&self) -> Router {
        let seconds = Duration::from_secs(u64::from(self.config.request_seconds));
        let pages = pages::routes(self.config.demo)
            .router()
            .fallback(|| async { Failure::Denied })
            .layer(from_fn_with_state(self.clone(), gate::own_pages_only))
            .layer(DefaultBodyLimit::max(BODY_LIMIT))
            .layer(CatchPanicLayer::custom(fallen))
            .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, seconds))
            .layer(from_fn_with_state(self.clone(), context::provide));
        Router::new()
            .route("/assets/{digest}/{*path}", get(assets::serve))
            .merge(pages)
            .layer(from_fn_with_state(self.clone(), only_so_many))
            .layer(CompressionLayer::new())
            .layer(from_fn(headers::on_every_answer))
            .with_state(self.clone())
    }

    /// Serves until `end` comes, then finishes what was begun.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(
        &self,
        listener: TcpListener,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        axum::serve(listener, self.router()).with_graceful_shutdown(end).await
    }
}

/// A bug that unwound: the cause is for the log, the person gets a number to name.
fn fallen(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Failure::Fault(format!("panic: {}", text.unwrap_or("unknown"))).into_response()
}

async fn only_so_many(State(server): State<Server>, request: Request, next: Next) -> Response {
    let Ok(_slot) = server.slots.try_acquire() else {
        return pages::fault::busy(&server, request.headers());
    };
    next.run(request).await
}

/// Comes when the process is asked to end.
pub async fn asked_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupt.await;
    }
}
