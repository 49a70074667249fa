//! What each role sees first, as pages.

use axum::http::StatusCode;
use chrono::TimeDelta;

use crate::house::{House, Page};
use crate::rule_book::no_word_is_missing;

/// The links of a page in its own order.
fn links(page: &Page) -> Vec<&str> {
    page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn visible(page: &Page, words: &str) {
    assert!(page.text.contains(words), "“{words}” is not on the page:\n{}", page.text);
}

#[tokio::test]
async fn the_page_of_a_cell_says_in_both_languages_what_is_next_whatever_stage_it_is_at() {
    let (house, play) = House::demo().await;
    house.clock.pass(TimeDelta::days(19));
    for (login, cell, next) in [
        ("bithu.thon4", "CB-T4", "Việc tiếp theo: Bản tự kiểm điểm"),
        ("bithu.coquan", "CB-CQ", "Đang chờ: Bỏ phiếu, kiểm phiếu"),
        ("bithu.thon2", "CB-T2", "Việc tiếp theo: Đề xuất xếp loại"),
        ("bithu.thon1", "CB-T1", "Đang chờ: Quyết định xếp loại"),
    ] {
        let mut head = house.sign_in(login).await;
        let path = format!("/dot/{}/{}", play.campaign, play.cells[cell]);
        let page = head.get(&path).await;
        visible(&page, next);
        no_word_is_missing(&page, &path);
        assert!(links(&head.get("/").await).contains(&"/dot"), "{login}");
        head.post("/ngon-ngu", &[("ngon-ngu", "en"), ("tiep", "/")]).await;
        no_word_is_missing(&head.get(&path).await, &path);
    }
    let mut head = house.sign_in("bithu.thon4").await;
    let page = head.get(&format!("/dot/{}/{}", play.campaign, play.cells["CB-T4"])).await;
    visible(&page, "quá hạn từ 05/12/2022");
    visible(&page, "Ghi giúp đồng chí chưa nộp");
    let mut office = house.sign_in("vanthu").await;
    let seen = office.get(&format!("/dot/{}/{}", play.campaign, play.cells["CB-T4"])).await;
    assert!(!seen.text.contains("Ghi giúp đồng chí chưa nộp"), "the office looks on");
}

#[tokio::test]
async fn a_member_begins_with_one_sentence_about_himself() {
    let (house, _) = House::demo().await;
    let mut member = house.sign_in("dangvien").await;
    let page = member.get("/").await;
    visible(&page, "Đồng chí viết bản tự kiểm điểm và nộp cho Chi bộ Thôn 4.");
    visible(&page, "Chậm nhất ngày 05/12/2022.");
    let mut waiting = house.sign_in("dangvien.thon1").await;
    visible(&waiting.get("/").await, "Đồng chí chờ quyết định.");
}

#[tokio::test]
async fn the_office_looks_at_what_is_late_only_and_takes_the_list_along() {
    let (house, play) = House::demo().await;
    house.clock.pass(TimeDelta::days(19));
    let mut clerk = house.sign_in("vanthu").await;
    let round = format!("/dot/{}", play.campaign);
    let all = clerk.get(&round).await;
    visible(&all, "7 đơn vị chậm.");
    visible(&all, "Chi bộ Thôn 1");
    let late = clerk.get(&format!("{round}?chi=cham")).await;
    visible(&late, "Chi bộ Thôn 4");
    assert!(!late.text.contains("Chi bộ Thôn 1"), "it has done everything in time");
    let list = clerk.get(&format!("{round}/don-doc.xlsx")).await;
    assert!(list.status == StatusCode::OK && list.bytes.starts_with(b"PK"));
}

#[tokio::test]
async fn an_inspector_begins_with_a_name_and_ends_at_a_history() {
    let (house, _) = House::province(600).await;
    let mut inspector = house.sign_in("huyen-kiem-tra").await;
    let start = inspector.get("/").await;
    assert!(links(&start).contains(&"/tra-cuu"));
    let found = inspector.get("/tra-cuu?ten=Huynh&nam=2022").await;
    no_word_is_missing(&found, "/tra-cuu");
    let history = links(&found).into_iter().find(|link| link.ends_with("/lich-su")).expect("a history").to_owned();
    assert_eq!(inspector.get(&history).await.status, StatusCode::OK);
    assert_eq!(found.text.matches("method=\"post\"").count(), 2, "only language and leaving: nothing is changed here");
    visible(&inspector.get("/tra-cuu?ten=khong%20co%20ai").await, "Không tìm thấy");
    visible(&inspector.get("/tra-cuu?ten=Huynh&nam=1999").await, "chưa có hồ sơ");
}
