//! Every route has an audience, and strict headers whatever it answers.

use axum::http::{Method as Http, StatusCode};
use web::headers::ALWAYS;
use web::pages;
use web::routes::{Audience, Method};

use crate::house::{CLERK, House};

/// Paths of the table with something in the place of each parameter.
fn paths() -> Vec<(Method, String, Audience)> {
    let fill = |path: &str| {
        let parts = path
            .split('/')
            .map(|part| if part.starts_with('{') { "00000000-0000-7000-8000-000000000000" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    pages::routes(true).rows().iter().map(|row| (row.method, fill(row.path), row.audience)).collect()
}

/// Routes open to everybody, written down by hand: the list may only change under review.
const PUBLIC: [&str; 8] = [
    "Get /dang-nhap",
    "Get /kiem-tra-giao-dien",
    "Get /kiem-tra-giao-dien/su-co",
    "Get /lich/{root}/{secret}",
    "Get /suc-khoe",
    "Post /dang-nhap",
    "Post /kiem-tra-giao-dien",
    "Post /ngon-ngu",
];

#[test]
fn only_these_routes_are_open_to_everybody() {
    let routes = pages::routes(true);
    let open = routes.rows().iter().filter(|row| row.audience == Audience::Public);
    let mut open: Vec<String> = open.map(|row| format!("{:?} {}", row.method, row.path)).collect();
    open.sort();
    assert_eq!(open, PUBLIC.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>());
}

#[test]
fn no_two_rows_are_for_the_same_method_and_path() {
    let routes = pages::routes(true);
    let mut rows: Vec<String> = routes.rows().iter().map(|row| format!("{:?} {}", row.method, row.path)).collect();
    let before = rows.len();
    rows.sort();
    rows.dedup();
    assert_eq!(rows.len(), before, "{rows:?}");
}

#[tokio::test]
async fn whoever_is_not_signed_in_gets_nothing_but_the_door() {
    let house = House::new().await;
    for (method, path, audience) in paths().into_iter().filter(|(_, _, audience)| *audience != Audience::Public) {
        let mut browser = house.browser();
        let page = match method {
            Method::Get => browser.get(&path).await,
            Method::Post => browser.post(&path, &[]).await,
        };
        let there = page.location().unwrap_or_default().to_owned();
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{method:?} {path} ({audience})");
        assert!(there.starts_with("/dang-nhap"), "{method:?} {path} leads to {there}");
    }
}

#[tokio::test]
async fn the_page_wanted_comes_after_signing_in() {
    let house = House::new().await;
    let page = house.browser().get("/?a=1").await;
    assert_eq!(page.location(), Some("/dang-nhap?tiep=/%3Fa%3D1"));
}

#[tokio::test]
async fn every_answer_of_every_route_has_the_strict_headers() {
    let house = House::new().await;
    let clerk = house.sign_in(CLERK).await;
    let mut asked: Vec<(Http, String)> = Vec::new();
    for (method, path, _) in paths() {
        asked.push((if method == Method::Get { Http::GET } else { Http::POST }, path.clone()));
        asked.push((Http::PUT, path));
    }
    for path in ["/khong-co", "/assets/0/css/guong.css", "/assets/x", "/..%2f..%2fetc%2fpasswd"] {
        asked.push((Http::GET, path.to_owned()));
    }
    for (method, path) in asked {
        for browser in [house.browser(), clerk.clone()] {
            let page = browser.clone().send_method(method.clone(), &path, Some("same-origin")).await;
            for (name, value) in ALWAYS {
                assert_eq!(page.header(name), Some(value), "{method} {path} {}", page.status);
            }
            assert!(page.header("cache-control").is_some(), "{method} {path}");
            assert_eq!(page.header("server"), None, "{method} {path}");
        }
    }
}

#[test]
fn the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere() {
    let policy = web::headers::CONTENT_SECURITY_POLICY;
    for never in ["unsafe", "http:", "https:", "*", "blob:"] {
        assert!(!policy.contains(never), "{never} in {policy}");
    }
    for always in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
        assert!(policy.contains(always), "{always} missing in {policy}");
    }
}

#[test]
fn no_template_has_style_or_script_or_handlers_in_it() {
    for (path, text) in crate::words::files("src/pages", ".html") {
        let lower = text.to_lowercase();
        for never in [
            " style=", "<style", " onclick=", " onchange=", " onsubmit=", "javascript:", " hx-on", "http://",
            "https://",
        ] {
            assert!(!lower.contains(never), "{path}: {never}");
        }
        let scripts = lower.matches("<script").count();
        assert_eq!(scripts, lower.matches("<script src=").count(), "{path}: a script in the page");
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    for (path, text) in crate::words::files("src/pages", ".html") {
        for form in text.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            let posts = form.contains("method=\"post\"");
            assert!(!posts || form.contains("shell.token()"), "{path}: a form without {{{{ shell.token()|safe }}}}");
        }
    }
}

#[test]
fn every_table_that_scrolls_is_reached_by_keyboard_and_has_a_name() {
    for (path, text) in crate::words::files("src/pages", ".html") {
        for part in text.split("class=\"table-scroll\"").skip(1) {
            let tag = part.split_once('>').map_or(part, |(tag, _)| tag);
            for needed in ["tabindex=\"0\"", "role=\"region\"", "aria-label"] {
                assert!(tag.contains(needed), "{path}: a table that scrolls lacks {needed}");
            }
        }
    }
}
