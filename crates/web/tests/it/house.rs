//! A house to test in: a database of its own, a clock that the test moves, browsers that keep their cookies.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use application::app::Parts;
use application::demo::Play;
use application::demo::province::Province;
use application::ports::{Chance, Clock};
use application::{App, accounts};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;
use tower::ServiceExt;
use web::config::Config;
use web::intake::Intake;
use web::press::{PaperPress, library};
use web::reality::SystemChance;
use web::secret::Hasher;
use web::server::Server;

/// The login that [`House::new`] makes: the committee's clerk.
pub const CLERK: &str = "vanthu";
/// The passphrase of every account made here.
pub const PASSPHRASE: &str = "một câu dài để thử";
/// Largest answer read by a test.
const LARGEST: usize = 64 * 1024 * 1024;

/// A clock that stands still until the test moves it. It begins on 1 December 2022.
#[derive(Debug, Default)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Time passes.
    pub fn pass(&self, time: TimeDelta) {
        self.0.fetch_add(time.num_microseconds().expect("a short time"), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let start = DateTime::from_timestamp(1_669_860_000, 0).expect("a moment");
        start + TimeDelta::microseconds(self.0.load(Ordering::SeqCst))
    }
}

/// A house.
pub struct House {
    pub app: App,
    pub clock: Arc<TestClock>,
    pub server: Server,
    _folder: TempDir,
}

impl House {
    /// One hierarchy, one clerk, demonstration pages on.
    pub async fn new() -> Self {
        Self::with(Config { demo: true, ..Config::default() }).await
    }

    /// The same under another configuration.
    pub async fn with(config: Config) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(TestClock::default());
        let parts = Parts {
            database: format!("sqlite://{}", folder.path().join("guong.sqlite").display()),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            chance: Arc::new(SystemChance),
            library: library().expect("rule books and forms that load"),
            press: Arc::new(PaperPress::new().expect("layouts that load")),
        };
        let app = App::open(parts).await.expect("a database");
        app.migrate().await.expect("a schema");
        let founding = accounts::Founding {
            name: "Đảng bộ xã Mẫu".to_owned(),
            unit_code: "DU".to_owned(),
            superior_name: "Đảng bộ huyện Mẫu".to_owned(),
            place: "Mẫu".to_owned(),
            full_name: "Nguyễn Văn Mẫu 00".to_owned(),
            person_code: "VP01".to_owned(),
            login: CLERK.to_owned(),
            secret_hash: hash().await,
            demo: true,
        };
        accounts::found(&app, &founding).await.expect("a hierarchy");
        let intake = Intake::new(env!("CARGO_BIN_EXE_guong").into(), &config);
        let server = Server::new(app.clone(), config, intake);
        Self { app, clock, server, _folder: folder }
    }

    /// The demonstration as it opens, with who plays in it. Everybody has the same passphrase.
    pub async fn demo() -> (Self, Play) {
        let (house, hash) = (Self::empty().await, hash().await);
        let play = application::demo::build(&house.app, &|_| hash.clone()).await.expect("the demonstration");
        (house, play)
    }

    /// The sample province with so many members.
    pub async fn province(members: u32) -> (Self, Province) {
        let (house, hash) = (Self::empty().await, hash().await);
        let built = application::demo::province::build(&house.app, members, &|_| hash.clone()).await;
        (house, built.expect("the sample province"))
    }

    /// Nobody and nothing in it.
    async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config { demo: true, ..Config::default() };
        let clock = Arc::new(TestClock::default());
        let parts = Parts {
            database: format!("sqlite://{}", folder.path().join("guong.sqlite").display()),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            chance: Arc::new(SystemChance),
            library: library().expect("rule books and forms that load"),
            press: Arc::new(PaperPress::new().expect("layouts that load")),
        };
        let app = App::open(parts).await.expect("a database");
        app.migrate().await.expect("a schema");
        let intake = Intake::new(env!("CARGO_BIN_EXE_guong").into(), &config);
        let server = Server::new(app.clone(), config, intake);
        Self { app, clock, server, _folder: folder }
    }

    /// The same under a configuration that names a mail server.
    pub fn mailed(self, config: Config) -> Self {
        let app = self.app.with_mailer(web::mail::mailer(&config));
        let intake = Intake::new(env!("CARGO_BIN_EXE_guong").into(), &config);
        let server = Server::new(app.clone(), config, intake);
        Self { app, server, ..self }
    }

    /// A browser at this house.
    pub fn browser(&self) -> Browser {
        Browser { router: self.server.router(), cookies: BTreeMap::new() }
    }

    /// A browser of somebody who signed in.
    pub async fn sign_in(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        let page = browser.post("/dang-nhap", &[("login", login), ("passphrase", PASSPHRASE), ("tiep", "/")]).await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, Some("/")), "{login} cannot sign in");
        browser
    }
}

/// The hash of the passphrase, made fresh: slow on purpose.
pub async fn hash() -> String {
    Hasher::default().hash(PASSPHRASE.to_owned(), SystemChance.salt()).await.expect("a hash")
}

/// A browser: keeps cookies and says where its requests come from.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
}

/// An answer.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl Page {
    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Where it leads.
    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// The value of the hidden token.
    pub fn token(&self) -> String {
        let start = self.text.split("name=\"_token\" value=\"").nth(1).expect("a token on the page");
        start.split('"').next().expect("its end").to_owned()
    }
}

impl Browser {
    /// Looks at a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Sends a form from one of our pages.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = Self::form(path, fields).header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(encoded(fields))).expect("a request")).await
    }

    /// The beginning of a request with a form, without a word about where it comes from.
    pub fn form(path: &str, _: &[(&str, &str)]) -> axum::http::request::Builder {
        Request::post(path)
            .header(header::HOST, "guong.internal")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// Sends a file from one of our pages.
    pub async fn upload(&mut self, path: &str, field: &str, name: &str, bytes: &[u8], fields: &[(&str, &str)]) -> Page {
        const EDGE: &str = "----edge-of-the-parts";
        let mut body = Vec::new();
        for (field, value) in fields {
            body.extend(
                format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// Sends a request as it is, with the cookies kept so far.
    pub async fn send(&mut self, mut request: Request<Body>) -> Page {
        let line: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !line.is_empty() {
            request.headers_mut().insert(header::COOKIE, line.join("; ").parse().expect("cookies"));
        }
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("name and value");
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, LARGEST).await.expect("a body").to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Page { status: parts.status, headers: parts.headers, bytes, text }
    }

    /// Sends a request with another method and nothing in it.
    pub async fn send_method(&mut self, method: Method, path: &str, site: Option<&str>) -> Page {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }
}

/// Fields as a browser sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>().join("&")
}
