//! The page that checks published tables.

use axum::http::StatusCode;

use crate::house::{CLERK, House};

const PUBLISHED: &[u8] = include_bytes!("../../../../examples/published-results.csv");
const PAGE: &str = "/kiem-tra-bang";

#[tokio::test]
async fn a_table_is_checked_on_the_page_and_as_files() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    assert_eq!(browser.get(PAGE).await.status, StatusCode::OK);
    let page = browser.upload(PAGE, "file", "bang.csv", PUBLISHED, &[("as", "page")]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for words in ["144/604", "352/353 = 99,72 %", "Nghệ An"] {
        assert!(page.text.contains(words), "{words} is missing");
    }
    let file = browser.upload(PAGE, "file", "bang.csv", PUBLISHED, &[("as", "xlsx")]).await;
    assert!(file.status == StatusCode::OK && file.bytes.starts_with(b"PK"));
    let file = browser.upload(PAGE, "file", "bang.csv", PUBLISHED, &[("as", "json")]).await;
    assert!(file.text.starts_with('{'));
}

#[tokio::test]
async fn what_is_no_table_is_refused_at_the_field() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    for (name, bytes, code) in [
        ("a.csv", b"a,b\n1,2\n".as_slice(), "CHECK-001"),
        ("a.png", b"\x89PNG\r\n\x1a\n____", "INTAKE-003"),
        ("", b"", "CHECK-006"),
    ] {
        let page = browser.upload(PAGE, "file", name, bytes, &[]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.text.contains(code), "{name}: {}", page.text);
    }
}

#[tokio::test]
async fn markup_in_a_table_is_shown_as_text() {
    let house = House::new().await;
    let mut browser = house.sign_in(CLERK).await;
    let table = "place,year,rated\n<script>alert(1)</script>,2022,<b>\n".as_bytes();
    let page = browser.upload(PAGE, "file", "a.csv", table, &[]).await;
    assert!(page.text.contains("&#60;script&#62;") && !page.text.contains("<script>alert"), "{}", page.text);
}

#[tokio::test]
async fn nobody_checks_a_table_without_signing_in() {
    let house = House::new().await;
    assert_eq!(house.browser().get(PAGE).await.status, StatusCode::SEE_OTHER);
}
