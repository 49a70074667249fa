//! Style and script.

use axum::http::StatusCode;

use crate::house::House;

#[tokio::test]
async fn style_and_script_may_be_kept_for_ever_because_their_address_changes_with_them() {
    let house = House::new().await;
    let mut browser = house.browser();
    let page = browser.get("/dang-nhap").await;
    let addresses: Vec<String> =
        page.text.split('"').filter(|part| part.starts_with("/assets/")).map(str::to_owned).collect();
    assert_eq!(addresses.len(), 3, "{addresses:?}");
    for address in addresses {
        let file = browser.get(&address).await;
        assert_eq!(file.status, StatusCode::OK, "{address}");
        assert_eq!(file.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert!(file.header("content-type").is_some_and(|kind| kind.starts_with("text/")), "{address}");
    }
}

#[tokio::test]
async fn another_digest_or_another_file_is_not_served() {
    let house = House::new().await;
    for path in ["/assets/000000000000/css/guong.css", "/assets/000000000000/data/README.md", "/assets/x/../Cargo.toml"]
    {
        let page = house.browser().get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn the_style_sheet_stays_small() {
    let size = std::fs::metadata("../../assets/css/guong.css").expect("the sheet").len();
    assert!(size < 12 * 1024, "{size} bytes");
}
