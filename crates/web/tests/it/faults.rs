//! What a person sees when there is no answer, and what he does not see.

use axum::http::StatusCode;
use web::config::Config;

use crate::house::{CLERK, House};

#[tokio::test]
async fn a_bug_shows_a_number_and_never_its_cause() {
    let house = House::new().await;
    let page = house.browser().get("/kiem-tra-giao-dien/su-co").await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.text.contains("Số sự cố:"), "{}", page.text);
    for never in ["secret cause", "panic", "components/mod.rs", "src/"] {
        assert!(!page.text.contains(never), "{never}");
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_and_one_that_is_not_for_him_look_the_same() {
    let house = House::new().await;
    let mut clerk = house.sign_in(CLERK).await;
    let absent = clerk.get("/khong-co-trang-nay").await;
    let wrong_method = clerk.post("/suc-khoe", &[]).await;
    assert_eq!((absent.status, wrong_method.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    let same = |text: &str| text.replace("/khong-co-trang-nay", "").replace("/suc-khoe", "");
    assert_eq!(same(&absent.text), same(&wrong_method.text));
}

#[tokio::test]
async fn too_large_a_form_and_too_large_a_file_get_a_sentence() {
    let house = House::new().await;
    let huge = "x".repeat(13 * 1024 * 1024);
    let page = house.browser().post("/kiem-tra-giao-dien", &[("words", &huge)]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.text.contains("12 MB"), "{}", page.text);
}

#[tokio::test]
async fn when_too_many_are_inside_the_next_is_told_so_at_once() {
    let house = House::with(Config { requests: 0, ..Config::default() }).await;
    let page = house.browser().get("/dang-nhap").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.header("retry-after"), Some("5"));
    assert!(page.text.contains("Hệ thống đang bận"), "{}", page.text);
}

#[tokio::test]
async fn a_form_sent_back_keeps_what_was_typed_and_says_what_to_mend_at_its_field() {
    let house = House::new().await;
    let fields = [
        ("name", ""),
        ("on", "31/02/2022"),
        ("words", "<b>đậm</b> & \"nháy\"\r\ndòng hai"),
        ("several", "a"),
        ("several", "c"),
    ];
    let page = house.browser().post("/kiem-tra-giao-dien", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("href=\"#name\"") && page.text.contains("id=\"on-error\""), "{}", page.text);
    assert!(page.text.contains("value=\"31/02/2022\""), "{}", page.text);
    assert!(page.text.contains("&#60;b&#62;đậm&#60;/b&#62;") && !page.text.contains("<b>đậm"), "{}", page.text);
    assert_eq!(page.text.matches("type=\"checkbox\"").count(), 3);
    assert_eq!(page.text.matches(" checked").count(), 2, "{}", page.text);
}

#[tokio::test]
async fn what_was_done_is_said_once_on_the_next_page() {
    let house = House::new().await;
    let mut browser = house.browser();
    let page = browser.post("/kiem-tra-giao-dien", &[("name", "<Mẫu>")]).await;
    assert_eq!(page.location(), Some("/kiem-tra-giao-dien"));
    let first = browser.get("/kiem-tra-giao-dien").await;
    assert!(
        first.text.contains("Đã gửi \"&#60;Mẫu&#62;\"") || first.text.contains("Đã gửi &#34;&#60;Mẫu&#62;&#34;"),
        "{}",
        first.text
    );
    let second = browser.get("/kiem-tra-giao-dien").await;
    assert!(!second.text.contains("Đã gửi"), "said twice");
}

#[tokio::test]
async fn a_region_is_answered_alone_when_only_that_was_asked_for() {
    let house = House::new().await;
    let request = crate::house::Browser::form("/kiem-tra-giao-dien", &[]);
    let request = request.header("sec-fetch-site", "same-origin").header("hx-request", "true");
    let body = axum::body::Body::from(crate::house::encoded(&[("name", "Mẫu")]));
    let page = house.browser().send(request.body(body).expect("a request")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text.trim_start().starts_with("<section id=\"answer\"") && !page.text.contains("<html"),
        "{}",
        page.text
    );
}
