//! The register of subjects and the analysis slips over their pages.

use axum::http::StatusCode;

use crate::house::{Browser, House, Page};
use crate::rule_book::{after, no_word_is_missing};

/// The page with its links, found by their beginnings.
fn links<'a>(page: &'a Page, start: &str) -> Vec<&'a str> {
    after(&page.text, "href=\"").filter(|link| link.starts_with(start)).collect()
}

/// What stands between two marks, the first time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(found, _)| found)
}

async fn first_organization(browser: &mut Browser, register: &str) -> String {
    let page = browser.get(&format!("{register}?loai=organization")).await;
    links(&page, "/ho-so/").first().expect("an organisation").to_string()
}

#[tokio::test]
async fn the_register_says_who_is_not_classified_and_why_and_every_number_opens_its_list() {
    let (house, play) = House::demo().await;
    let mut secretary = house.sign_in("bithu").await;
    let register = format!("/dot/{}/{}/doi-tuong", play.campaign, play.base);
    let progress = secretary.get(&format!("/dot/{}", play.campaign)).await;
    assert!(links(&progress, &register).len() == 1, "the way to the register");
    let page = secretary.get(&register).await;
    no_word_is_missing(&page, &register);
    let lists: Vec<String> =
        links(&page, &format!("{register}?")).iter().map(|link| link.replace("&amp;", "&")).collect();
    // The way to the next page is no number.
    let lists: Vec<String> = lists.into_iter().filter(|link| !link.contains("trang=")).collect();
    assert!(lists.len() >= 6, "{lists:?}");
    for list in lists {
        let part = secretary.get(&list).await;
        assert_eq!(part.status, StatusCode::OK, "{list}");
        no_word_is_missing(&part, &list);
        let number = between(&page.text, &format!("href=\"{}\">", list.replace('&', "&amp;")), "<");
        let number = number.or_else(|| between(&page.text, &format!("href=\"{list}\">"), "<")).expect("a number");
        let heading = between(&part.text, "<h2 id=\"danh-sach\">", "</h2>").expect("the heading of the list");
        assert!(heading.ends_with(&format!("({number})")), "{list}: {number} opens {heading}");
    }
    let files: Vec<String> = links(&page, "/giay-to/").into_iter().map(str::to_owned).collect();
    assert_eq!(files.len(), 3, "PDF, DOCX and XLSX");
    for file in files {
        assert_eq!(secretary.get(&file).await.status, StatusCode::OK, "{file}");
    }
    let neither = secretary.get(&format!("{register}?dien=neither")).await;
    assert!(links(&neither, &format!("/dot/{}/quy-dinh#RULE-", play.campaign)).len() >= 2, "reasons with their rules");
    let strange = secretary.get(&format!("{register}?loai=ghost&trang=-5")).await;
    assert_eq!(strange.status, StatusCode::OK, "an unknown kind lists all");
    let member = house.sign_in("dangvien").await.get(&register).await;
    assert_eq!(member.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_slip_is_entered_refused_with_what_was_typed_and_printed() {
    let (house, play) = House::demo().await;
    let mut secretary = house.sign_in("bithu").await;
    let register = format!("/dot/{}/{}/doi-tuong", play.campaign, play.base);
    let case = first_organization(&mut secretary, &register).await;
    let path = format!("{case}/phieu-phan-tich");
    assert_eq!(links(&secretary.get(&case).await, &path).len(), 1, "the way to the slips");
    let empty = secretary.get(&path).await;
    no_word_is_missing(&empty, &path);

    let own = [("body", "Uỷ ban Kiểm tra Huyện uỷ Mẫu"), ("role", "superior"), ("grade-org_inspection", "good")];
    let without_signer = [own[0], own[1], own[2], ("signed_on", "06/12/2022")];
    let refused = secretary.post(&path, &without_signer).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("SLIP-005") && refused.text.contains("Uỷ ban Kiểm tra Huyện uỷ Mẫu"));

    let whole = [own[0], own[1], own[2], ("signer", "Nguyễn Văn Mẫu"), ("signed_on", "06/12/2022")];
    assert_eq!(secretary.post(&path, &whole).await.status, StatusCode::SEE_OTHER);
    let page = secretary.get(&path).await;
    let files: Vec<String> = links(&page, "/giay-to/").into_iter().map(str::to_owned).collect();
    assert_eq!(files.len(), 4, "{files:?}");
    for file in files {
        assert_eq!(secretary.get(&file).await.status, StatusCode::OK, "{file}");
    }
    let mut member = house.sign_in("dangvien").await;
    assert_eq!(member.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(member.post(&path, &whole).await.status, StatusCode::NOT_FOUND);
}
