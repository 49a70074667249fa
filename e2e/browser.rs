//! One Chromium for one person, driven through its WebDriver, with a download folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);
const AXE: &str = include_str!("axe-4.14.1.min.js");

/// A child process that ends with its owner.
pub struct Owned(pub Child);

impl Drop for Owned {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port nobody listens on at this moment.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

/// Waits until something listens.
pub fn wait_for_port(port: u16) {
    let start = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < PATIENCE * 3, "nothing listens on {port}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Starts the driver.
pub fn driver() -> (Owned, u16) {
    let port = free_port();
    let child = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver, which .ci/test installs");
    wait_for_port(port);
    (Owned(child), port)
}

/// A person at a browser.
pub struct Person {
    client: Client,
    base: String,
    folder: TempDir,
}

impl Person {
    /// Opens a browser of this width in pixels and signs in.
    pub async fn sits_down(driver: u16, base: &str, width: u32, login: &str, passphrase: &str) -> Self {
        let person = Self::opens_a_browser(driver, base, width, true).await;
        person.signs_in(login, passphrase).await;
        person
    }

    /// The same in a browser that runs no script of any page.
    pub async fn sits_down_without_script(driver: u16, base: &str, login: &str, passphrase: &str) -> Self {
        let person = Self::opens_a_browser(driver, base, 1280, false).await;
        person.signs_in(login, passphrase).await;
        person
    }

    async fn signs_in(&self, login: &str, passphrase: &str) {
        self.goes_to("/dang-nhap").await;
        self.types("login", login).await;
        self.types("passphrase", passphrase).await;
        self.presses("form[action='/dang-nhap'] button").await;
        self.sees("h1").await;
    }

    /// Opens a browser of this width in pixels.
    pub async fn opens_a_browser(driver: u16, base: &str, width: u32, script: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let profile = folder.path().join("profile");
        let downloads = folder.path().join("downloads");
        std::fs::create_dir_all(&downloads).expect("a folder");
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ];
        let mut arguments: Vec<String> = arguments.map(str::to_owned).into();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        arguments.push(format!("--window-size={width},1000"));
        let options = json!({ "args": arguments, "prefs": {
            "download.default_directory": downloads.display().to_string(), "download.prompt_for_download": false,
            "plugins.always_open_pdf_externally": true,
            "profile.managed_default_content_settings.javascript": if script { 1 } else { 2 },
        }});
        // A window of a desk cannot be as narrow as a phone: below 500 pixels the browser itself holds against it.
        let mut options = options;
        if width < 500 {
            options["mobileEmulation"] =
                json!({ "deviceMetrics": { "width": width, "height": 844, "pixelRatio": 1.0, "touch": false } });
        }
        let mut capabilities = fantoccini::wd::Capabilities::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{driver}"))
            .await;
        Self { client: client.expect("a browser"), base: base.to_owned(), folder }
    }

    pub async fn goes_to(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    pub async fn sees(&self, css: &str) -> Element {
        match self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!("{css} is not on {}: {error}\n{}", self.path().await, self.text().await),
        }
    }

    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.expect("an address");
        url.path().to_owned()
    }

    pub async fn text(&self) -> String {
        match self.client.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }

    /// Fails with the whole page when the words are not on it.
    pub async fn reads(&self, words: &str) {
        let text = self.text().await;
        assert!(text.contains(words), "“{words}” is not on {}:\n{text}", self.path().await);
    }

    pub async fn types(&self, id: &str, words: &str) {
        let field = self.sees(&format!("[id='{id}']")).await;
        field.clear().await.expect("a field to clear");
        field.send_keys(words).await.expect("a field to type into");
    }

    pub async fn sends_file(&self, id: &str, file: &Path) {
        let field = self.sees(&format!("[id='{id}']")).await;
        field.send_keys(&file.display().to_string()).await.expect("a field for a file");
    }

    /// Presses and waits until the answer is there.
    pub async fn presses(&self, css: &str) {
        let button = self.sees(css).await;
        let _ = self
            .client
            .execute(
                "arguments[0].scrollIntoView({block:'center'})",
                vec![serde_json::to_value(&button).expect("an element")],
            )
            .await;
        let page = self.sees("html").await;
        button.click().await.unwrap_or_else(|error| panic!("{css} cannot be pressed: {error}"));
        let start = Instant::now();
        while page.text().await.is_ok() && start.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.sees("h1").await;
    }

    /// Opens every folded part of the page.
    pub async fn unfolds(&self) {
        self.client
            .execute("document.querySelectorAll('details').forEach(d => d.open = true)", vec![])
            .await
            .expect("a page");
    }

    pub async fn ticks(&self, name: &str, value: &str) {
        let choice = self.sees(&format!("input[name='{name}'][value='{value}']")).await;
        self.client
            .execute("arguments[0].click()", vec![serde_json::to_value(&choice).expect("an element")])
            .await
            .expect("a choice");
    }

    /// Chooses by pressing the words beside the choice, which needs no script.
    pub async fn presses_label(&self, id: &str) {
        let label = self.sees(&format!("label[for='{id}']")).await;
        label.click().await.unwrap_or_else(|error| panic!("{id} cannot be chosen: {error}"));
    }

    /// Sends keys to whatever has the focus.
    pub async fn keys(&self, keys: &str) {
        let focused = self.client.active_element().await.expect("something with the focus");
        focused.send_keys(keys).await.expect("keys");
    }

    /// Goes from field to field with the tab key until the focus is on what fits, and sees there where it is.
    pub async fn tabs_to(&self, css: &str) {
        const MOST: usize = 120;
        let script = "const at = document.activeElement, look = getComputedStyle(at);
            return [at.matches(arguments[0]), look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0 || look.boxShadow !== 'none'];";
        for _ in 0..MOST {
            self.keys("\u{E004}").await;
            let found = self.client.execute(script, vec![json!(css)]).await.expect("a page");
            if found[0] == true {
                assert_eq!(found[1], true, "the focus on {css} cannot be seen, on {}", self.path().await);
                return;
            }
        }
        panic!("{css} is not reached by the tab key on {}", self.path().await);
    }

    /// Presses enter where the focus is and waits until the answer is there.
    pub async fn enters(&self) {
        let page = self.sees("html").await;
        self.keys("\u{E007}").await;
        let start = Instant::now();
        while page.text().await.is_ok() && start.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.sees("h1").await;
    }

    /// The status with which this page is answered.
    pub async fn status(&self) -> Option<i64> {
        let script = "const done = arguments[arguments.length - 1];
            fetch(location.href).then(answer => done(answer.status), () => done(0));";
        self.client.execute_async(script, vec![]).await.expect("a page").as_i64()
    }

    pub async fn selects(&self, name: &str, label: &str) {
        let field = self.sees(&format!("select[name='{name}']")).await;
        field.select_by_label(label).await.unwrap_or_else(|error| panic!("{label} is no choice of {name}: {error}"));
    }

    pub async fn chooses(&self, name: &str, value: &str) {
        let field = self.sees(&format!("select[name='{name}']")).await;
        field.select_by_value(value).await.unwrap_or_else(|error| panic!("{value} is no choice of {name}: {error}"));
    }

    /// Values of an attribute of everything that fits.
    pub async fn all(&self, css: &str, attribute: &str) -> Vec<String> {
        let mut values = Vec::new();
        for element in self.client.find_all(Locator::Css(css)).await.expect("a page") {
            values.push(element.attr(attribute).await.expect("an element").unwrap_or_default());
        }
        values
    }

    /// Follows the link to a file and waits until it has arrived.
    pub async fn downloads(&self, css: &str, ending: &str) -> PathBuf {
        let link = self.sees(css).await;
        link.click().await.expect("a link");
        let folder = self.folder.path().join("downloads");
        let start = Instant::now();
        loop {
            let arrived =
                std::fs::read_dir(&folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path());
            if let Some(file) = arrived.into_iter().find(|path| path.extension().is_some_and(|found| found == ending)) {
                return file;
            }
            assert!(start.elapsed() < PATIENCE * 2, "no .{ending} arrived");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// What the accessibility checker calls serious or critical on this page, as text; and that nothing is wider than
    /// the window.
    pub async fn page_is_sound(&self) {
        self.client.execute(AXE, vec![]).await.expect("the checker");
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations
                .filter(v => v.impact === 'serious' || v.impact === 'critical')
                .map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ').slice(0, 600)).join('\\n')));";
        let found = self.client.execute_async(script, vec![]).await.expect("the checker");
        assert_eq!(found.as_str(), Some(""), "on {}", self.path().await);
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        let over = self.client.execute(script, vec![]).await.expect("a page");
        assert!(over.as_i64().is_some_and(|pixels| pixels <= 0), "{} is {over} pixels too wide", self.path().await);
    }

    pub async fn leaves(self) {
        let _ = self.client.close().await;
    }
}
