//! What stands around every page: head, navigation, way back, banners, foot.

use crate::assets::address;
use crate::context::Context;
use crate::form::TOKEN;
use crate::locale::Translator;
use crate::routes::MenuEntry;
use crate::server::Server;

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub path: String,
    /// Words.
    pub words: String,
    /// Whether it is the part of the house one is in.
    pub current: bool,
}

/// What the layout needs to know. Every page template has a field `shell`.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Words by key.
    pub t: Translator,
    /// Heading, also the title of the window.
    pub heading: String,
    /// Name of who is signed in.
    pub person: Option<String>,
    /// Navigation bar.
    pub menu: Vec<Link>,
    /// Breadcrumbs.
    pub crumbs: Vec<Link>,
    /// Way back.
    pub back: Option<Link>,
    /// Where the papers of the unit at hand are, for whoever may print them.
    pub papers: Option<String>,
    /// What is said after a redirect: whether it is good, and the words.
    pub flash: Option<(bool, String)>,
    /// Whether the data are samples.
    pub demo: bool,
    /// Today in Vietnam; the demonstration's clock stands in another year.
    pub today: domain::Day,
    /// Whether the page uses the whole width.
    pub wide: bool,
    /// Address under which this page can be looked at again.
    pub here: String,
    /// Address of the style sheet.
    pub style: String,
    /// Addresses of the scripts.
    pub scripts: Vec<String>,
    /// Version of the program.
    pub version: &'static str,
    token: String,
}

impl Shell {
    /// The shell of a page with this heading.
    #[must_use]
    pub fn new(server: &Server, context: &Context, heading: String) -> Self {
        let t = context.translator();
        Self {
            t,
            heading,
            person: context.actor().map(|actor| actor.name.clone()),
            menu: menu(server, context),
            crumbs: Vec::new(),
            back: None,
            papers: None,
            flash: context.flash().and_then(|flash| flash.told(t)),
            demo: context.demo(),
            today: server.app.clock.today(),
            wide: false,
            here: context.here().to_owned(),
            style: address("css/guong.css"),
            scripts: ["js/htmx-4.0.1.min.js", "js/guong.js"].map(address).to_vec(),
            version: env!("CARGO_PKG_VERSION"),
            token: context.token().to_owned(),
        }
    }

    /// Sets a heading that is not a key.
    #[must_use]
    pub fn heading(mut self, heading: impl Into<String>) -> Self {
        self.heading = heading.into();
        self
    }

    /// Shows the way back.
    #[must_use]
    pub fn back(mut self, path: impl Into<String>, key: &str) -> Self {
        self.back = Some(Link { path: path.into(), words: self.t.get(key), current: false });
        self
    }

    /// Shows the way to the papers of a unit when it is open: [`crate::visit::Visit::papers`].
    #[must_use]
    pub fn papers(mut self, papers: Option<String>) -> Self {
        self.papers = papers;
        self
    }

    /// Adds a breadcrumb by key.
    #[must_use]
    pub fn crumb(self, path: impl Into<String>, key: &str) -> Self {
        let words = self.t.get(key);
        self.crumb_text(path, words)
    }

    /// Adds a breadcrumb in words.
    #[must_use]
    pub fn crumb_text(mut self, path: impl Into<String>, words: impl Into<String>) -> Self {
        self.crumbs.push(Link { path: path.into(), words: words.into(), current: false });
        self
    }

    /// Uses the whole width, for wide tables.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The hidden field that every form that changes something carries.
    #[must_use]
    pub fn token(&self) -> String {
        format!("<input type=\"hidden\" name=\"{TOKEN}\" value=\"{}\">", self.token)
    }
}

fn menu(server: &Server, context: &Context) -> Vec<Link> {
    let Some(actor) = context.actor() else { return Vec::new() };
    let t = context.translator();
    let seen = server.menu.iter().filter(|entry| entry.audience.admits(Some(actor)));
    let part = part_of(context.path());
    let link = |entry: &MenuEntry| Link {
        path: entry.path.to_owned(),
        words: t.get(entry.key),
        current: part == Some(entry.path.trim_start_matches('/')),
    };
    seen.map(link).collect()
}

/// Pages that belong to a part of the house under whose address they do not stand.
const WITHIN: &[(&str, &[&str])] = &[
    (
        "dot",
        &[
            "toan-canh", "tong-hop", "xep-loai", "quyet-dinh", "chuong-trinh", "can-chinh", "cong-bo", "de-xuat",
            "hoi-nghi", "kiem-phieu", "giay-to", "ho-so", "phan-cong", "sinh-hoat-tam-thoi",
        ],
    ),
    ("to-chuc", &["tham-quyen"]),
    ("tra-cuu", &["nguoi"]),
    ("khac-phuc", &["kien-nghi"]),
    ("nhac-viec", &["viec-nen"]),
];

/// Part of the house in which a page is, as its address begins.
fn part_of(path: &str) -> Option<&str> {
    let first = path.split('/').nth(1)?;
    let within = WITHIN.iter().find(|(_, pages)| pages.contains(&first));
    Some(within.map_or(first, |(part, _)| part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lights_the_part_of_the_house_in_which_it_is() {
        let parts = [
            ("/", ""),
            ("/dot", "dot"),
            ("/dot/1/2", "dot"),
            ("/chuong-trinh/1", "dot"),
            ("/ho-so/1/tham-dinh", "dot"),
            ("/tham-quyen", "to-chuc"),
            ("/to-chuc/1", "to-chuc"),
        ];
        for (path, part) in parts {
            assert_eq!(part_of(path), Some(part), "{path}");
        }
    }
}
