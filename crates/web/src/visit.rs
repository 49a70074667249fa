//! One request, as a handler sees it.

use application::App;
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Actor, CampaignId, Day, UnitId};

use crate::answer::{self, Answer, Failure, Kind};
use crate::context::Context;
use crate::cookies::Cookie;
use crate::flash::Flash;
use crate::form::FormState;
use crate::locale::{Locale, Translator};
use crate::server::Server;
use crate::shell::Shell;

/// What a handler knows, and how it answers.
pub struct Visit {
    server: Server,
    /// What is known about the request.
    pub context: Context,
    /// Words in the visitor's language.
    pub t: Translator,
}

impl FromRequestParts<Server> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Failure> {
        let context = parts.extensions.get::<Context>().cloned();
        let context = context.ok_or_else(|| Failure::Fault("a route outside of the context".to_owned()))?;
        Ok(Self { server: server.clone(), t: context.translator(), context })
    }
}

impl Visit {
    /// The application.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.server.app
    }

    /// The server: configuration, intake of files, hashing.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Who acts.
    ///
    /// # Errors
    /// [`Failure::SignIn`] when nobody is signed in; the audience of the route has asked that before.
    pub fn actor(&self) -> Result<&Actor, Failure> {
        self.context.actor().ok_or(Failure::SignIn)
    }

    /// Path to the papers of a unit in a campaign, if the visitor may print them.
    ///
    /// # Errors
    /// [`Failure::Fault`] when the database fails.
    pub async fn papers(&self, campaign: CampaignId, unit: UnitId) -> Result<Option<String>, Failure> {
        let open = application::papers::may_print(self.app(), self.actor()?, campaign, unit).await?;
        Ok(open.then(|| format!("/giay-to/{campaign}/{unit}")))
    }

    /// Language of the visitor.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.t.locale()
    }

    /// Today in Vietnam.
    #[must_use]
    pub fn today(&self) -> Day {
        self.server.app.clock.today()
    }

    /// Whether only a region of the page was asked for.
    #[must_use]
    pub fn partial(&self) -> bool {
        self.context.partial()
    }

    /// The shell of a page whose heading has this key.
    #[must_use]
    pub fn shell(&self, key: &str) -> Shell {
        Shell::new(&self.server, &self.context, self.t.get(key))
    }

    /// The shell of a page whose heading is data.
    #[must_use]
    pub fn shell_text(&self, heading: impl Into<String>) -> Shell {
        Shell::new(&self.server, &self.context, heading.into())
    }

    /// A page.
    ///
    /// # Errors
    /// [`Failure::Fault`] when the template fails.
    pub fn render(&self, page: impl Template) -> Answer {
        Ok(answer::page(StatusCode::OK, page.render()?))
    }

    /// A page with a form: 422 when something is wrong in it.
    ///
    /// # Errors
    /// [`Failure::Fault`] when the template fails.
    pub fn render_form(&self, wrong: bool, page: impl Template) -> Answer {
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        Ok(answer::page(status, page.render()?))
    }

    /// The region of a page that was asked for. Always 200: the region shows what is wrong.
    ///
    /// # Errors
    /// [`Failure::Fault`] when the template fails.
    pub fn region(&self, region: &impl Template) -> Answer {
        self.render(region)
    }

    /// Done: go and look there, where `flash` is said.
    ///
    /// # Errors
    /// None; the type is that of a handler.
    pub fn see_other(&self, path: &str, flash: Flash) -> Answer {
        let mut response = Redirect::to(path).into_response();
        if let Some(value) = flash.packed() {
            Cookie::Flash.set(response.headers_mut(), self.server.config.secure(), &value);
        }
        Ok(response)
    }

    /// Go and look there.
    ///
    /// # Errors
    /// None; the type is that of a handler.
    pub fn go(&self, path: &str) -> Answer {
        Ok(Redirect::to(path).into_response())
    }

    /// A file to keep.
    ///
    /// # Errors
    /// None; the type is that of a handler.
    pub fn download(&self, name: &str, kind: Kind, bytes: Vec<u8>) -> Answer {
        Ok(answer::file(name, kind, bytes))
    }

    /// An empty form.
    #[must_use]
    pub fn form(&self) -> FormState {
        FormState::new()
    }

    /// An answer with a cookie of ours.
    #[must_use]
    pub fn with_cookie(&self, mut response: Response, cookie: Cookie, value: Option<&str>) -> Response {
        let secure = self.server.config.secure();
        match value {
            Some(value) => cookie.set(response.headers_mut(), secure, value),
            None => cookie.clear(response.headers_mut(), secure),
        }
        response
    }
}
