//! What changes something must come from one of our own pages: every such route, every way of forging.

use axum::body::Body;
use axum::http::{StatusCode, header};
use web::pages;
use web::routes::Method;

use crate::house::{Browser, CLERK, House, encoded};

fn changing() -> Vec<String> {
    let routes = pages::routes(true);
    let rows = routes.rows().iter().filter(|row| row.method == Method::Post);
    let fill = |part: &'static str| if part.starts_with('{') { "00000000-0000-7000-8000-000000000000" } else { part };
    rows.map(|row| row.path.split('/').map(fill).collect::<Vec<_>>().join("/")).collect()
}

#[tokio::test]
async fn every_route_that_changes_something_refuses_what_is_not_sent_from_our_pages() {
    let house = House::new().await;
    let clerk = house.sign_in(CLERK).await;
    let forgeries: [&[(&str, &str)]; 8] = [
        &[],
        &[("origin", "null")],
        &[("origin", "https://evil.example")],
        &[("origin", "http://guong.internal.evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://guong.internal")],
        &[("sec-fetch-site", "none")],
        &[("referer", "http://guong.internal/")],
    ];
    assert!(!changing().is_empty());
    for path in changing() {
        for forgery in forgeries {
            let mut request = Browser::form(&path, &[]);
            for (name, value) in forgery {
                request = request.header(*name, *value);
            }
            let page = clerk.clone().send(request.body(Body::from("a=b&_token=0000")).expect("a request")).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {forgery:?}");
        }
    }
}

#[tokio::test]
async fn an_old_browser_that_says_nothing_gets_in_with_the_token_of_its_own_page() {
    let house = House::new().await;
    let mut browser = house.browser();
    let token = browser.get("/dang-nhap").await.token();
    let send = |token: &str| {
        let body = encoded(&[("_token", token), ("ngon-ngu", "en"), ("tiep", "/dang-nhap")]);
        Browser::form("/ngon-ngu", &[]).body(Body::from(body)).expect("a request")
    };
    let stranger = house.browser().get("/dang-nhap").await.token();
    assert_ne!(token, stranger);
    assert_eq!(browser.send(send(&stranger)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.send(send("")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.send(send(&token)).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_token_also_counts_in_a_form_with_a_file_and_changes_with_the_session() {
    let house = House::new().await;
    let mut guest = house.browser();
    let before = guest.get("/dang-nhap").await.token();
    let mut clerk = house.sign_in(CLERK).await;
    let token = clerk.get("/").await.token();
    assert_ne!(before, token);
    let body =
        |token: &str| format!("--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n{token}\r\n--x--\r\n");
    for (sent, wanted) in [(before.as_str(), StatusCode::FORBIDDEN), (token.as_str(), StatusCode::SEE_OTHER)] {
        let request =
            axum::http::Request::post("/dang-xuat").header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
        let page = clerk.send(request.body(Body::from(body(sent))).expect("a request")).await;
        assert_eq!(page.status, wanted);
    }
}

#[tokio::test]
async fn with_a_secure_address_cookies_are_bound_to_it() {
    let config = web::config::Config {
        public_address: "https://guong.internal".to_owned(),
        demo: true,
        ..web::config::Config::default()
    };
    let house = House::with(config).await;
    let mut browser = house.browser();
    let page = browser.post("/dang-nhap", &[("login", CLERK), ("passphrase", crate::house::PASSPHRASE)]).await;
    let cookie = page.header("set-cookie").expect("a session").to_owned();
    for part in ["__Host-guong=", "; Path=/", "; HttpOnly", "; SameSite=Strict", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Max-Age") && !cookie.contains("Domain"), "{cookie}");
}
