//! The tree as of a day, a change that is shown before it is written, a person with his days, the temporary cell's opinion.

use axum::http::StatusCode;

use crate::house::{Browser, House, Page};

const GROUND: [(&str, &str); 4] = [
    ("effective_on", "20/11/2022"),
    ("basis_number", "15-QĐ/ĐU"),
    ("basis_on", "15/11/2022"),
    ("basis_issuer", "Đảng uỷ xã"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    GROUND.iter().chain(more).copied().collect()
}

fn whole(page: &Page) {
    assert!(!page.text.contains('⟦'), "a key without words: {}", page.text);
}

async fn seen(browser: &mut Browser, path: &str) -> Page {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
    whole(&page);
    page
}

#[tokio::test]
async fn a_merger_is_shown_before_it_is_written_and_the_tree_knows_both_days() {
    let (house, play) = House::demo().await;
    let mut office = house.sign_in("bithu").await;
    let (unit, other) = (play.cells["CB-T4"], play.cells["CB-T3"]);
    let form = format!("/to-chuc/{unit}/sap-nhap");
    assert!(seen(&mut office, &form).await.text.contains("Chi bộ Thôn 3 (CB-T3)"));
    // The clock of the house stands on the first of December.
    let order = with(&[("codes", "CB-T3"), ("into_new", "here"), ("name", "Chi bộ Thôn 3 và 4")]);
    let look = office.post(&form, &order).await;
    whole(&look);
    assert_eq!(look.status, StatusCode::OK, "{}", look.text);
    for words in
        ["đổi thành Chi bộ Thôn 3 và 4", "Chi bộ Thôn 3 kết thúc hoạt động", "15 đảng viên chuyển", "name=\"xac-nhan\""]
    {
        assert!(look.text.contains(words), "{words}: {}", look.text);
    }
    assert!(!seen(&mut office, "/to-chuc").await.text.contains("Chi bộ Thôn 3 và 4"), "nothing is written by looking");
    let mut sure = order.clone();
    sure.push(("xac-nhan", "1"));
    let done = office.post(&form, &sure).await;
    assert_eq!(
        (done.status, done.location()),
        (StatusCode::SEE_OTHER, Some(format!("/to-chuc/{unit}").as_str())),
        "{}",
        done.text
    );
    let now = seen(&mut office, "/to-chuc").await.text;
    assert!(now.contains("Chi bộ Thôn 3 và 4") && !now.contains(&format!("/to-chuc/{other}\"")));
    let then = seen(&mut office, "/to-chuc?ngay=19/11/2022").await.text;
    assert!(!then.contains("Chi bộ Thôn 3 và 4") && then.contains(&format!("/to-chuc/{other}\"")));
    let old = seen(&mut office, &format!("/to-chuc/{other}")).await.text;
    assert!(old.contains("Đơn vị kế thừa") && old.contains("Chi bộ Thôn 3 và 4") && old.contains("15-QĐ/ĐU"));
    assert!(seen(&mut office, &format!("/to-chuc/{unit}")).await.text.contains("Đơn vị trước đó"));
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost() {
    let (house, play) = House::demo().await;
    let mut office = house.sign_in("bithu").await;
    let form = format!("/to-chuc/{}/thanh-lap", play.base);
    let order = [("code", "CB-T4"), ("name", "Chi bộ Thôn <b>Năm</b>"), ("kind", "cell")];
    let page = office.post(&form, &with(&order)).await;
    whole(&page);
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["ORG-006", "id=\"code-error\"", "Chi bộ Thôn &#60;b&#62;Năm", "15-QĐ/ĐU"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let mut tomorrow = with(&[("code", "CB-T9"), ("name", "Chi bộ Thôn Năm"), ("kind", "cell")]);
    tomorrow[0].1 = "02/12/2032";
    let page = office.post(&form, &tomorrow).await;
    assert!(page.text.contains("ORG-001") && page.text.contains("id=\"effective_on-error\""), "{}", page.text);
    let page = seen(&mut office, "/to-chuc").await;
    assert!(!page.text.contains("Năm"));
    let bad = office.get("/to-chuc?ngay=31/02/2022").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let back = office.post(&form, &[("sua", "1"), ("name", "Chi bộ Thôn Năm")]).await;
    assert!(back.text.contains("value=\"Chi bộ Thôn Năm\""));
}

#[tokio::test]
async fn every_form_and_page_has_its_words_in_both_languages_and_a_member_has_none_of_them() {
    let (house, play) = House::demo().await;
    let mut office = house.sign_in("bithu").await;
    let cell = play.cells["CB-T4"];
    let person = play.member("CB-T4", 2).unwrap().person;
    let mut paths = vec!["/to-chuc".to_owned(), format!("/to-chuc/{cell}"), format!("/nguoi/{person}")];
    paths.extend(
        ["doi-ten", "chuyen", "sap-nhap", "tach", "giai-the"].map(|change| format!("/to-chuc/{cell}/{change}")),
    );
    paths.push(format!("/to-chuc/{}/thanh-lap", play.base));
    for language in ["vi", "en"] {
        office.post("/ngon-ngu", &[("ngon-ngu", language), ("tiep", "/")]).await;
        for path in &paths {
            seen(&mut office, path).await;
        }
    }
    for path in [format!("/to-chuc/{}/giai-the", play.base), format!("/to-chuc/{cell}/khac")] {
        assert_eq!(office.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut member = house.sign_in("dangvien").await;
    for path in paths {
        assert_eq!(member.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_temporary_activity_is_entered_answered_and_ended() {
    let (house, play) = House::demo().await;
    let mut head = house.sign_in("bithu.thon1").await;
    let (row, _) = play.reviews("CB-T1").await.unwrap().into_iter().next_back().unwrap();
    let path = format!("/nguoi/{}", row.person_id);
    let begun = [("code", "CB-CQ"), ("from_on", "01/10/2022"), ("to_on", ""), ("basis", "Giấy giới thiệu số 7")];
    let bad = head
        .post(&format!("{path}/sinh-hoat-tam-thoi"), &[("code", "CB-T1"), ("from_on", "01/10/2022"), ("basis", "x")])
        .await;
    assert!(bad.text.contains("TEMP-001") && bad.text.contains("id=\"code-error\""), "{}", bad.text);
    let done = head.post(&format!("{path}/sinh-hoat-tam-thoi"), &begun).await;
    assert_eq!(done.location(), Some(path.as_str()), "{}", done.text);
    let page = seen(&mut head, &path).await.text;
    let request = page.split("href=\"/sinh-hoat-tam-thoi/").nth(1).unwrap().split('"').next().unwrap();
    let request = format!("/sinh-hoat-tam-thoi/{request}");
    let mut there = house.sign_in("bithu.coquan").await;
    assert!(seen(&mut there, "/").await.text.contains(&request), "it stands among the tasks");
    let empty = there.post(&request, &[("comment", " ")]).await;
    assert!(empty.text.contains("TEMP-006"), "{}", empty.text);
    let done = there.post(&request, &[("comment", "Sinh hoạt <i>đều</i>.")]).await;
    assert_eq!(done.location(), Some(request.as_str()));
    assert!(seen(&mut head, &request).await.text.contains("Sinh hoạt &#60;i&#62;đều"));
    let late = head.post(&format!("{request}/khong-cho"), &[("reason", "Chưa trả lời")]).await;
    assert!(late.text.contains("TEMP-010"), "{}", late.text);
    let activity = request.rsplit('/').next().unwrap();
    let end = format!("{path}/sinh-hoat-tam-thoi/{activity}");
    let ended = head.post(&end, &[("version", "1"), ("last_day", "30/11/2022")]).await;
    assert_eq!(ended.location(), Some(path.as_str()), "{}", ended.text);
    assert!(seen(&mut head, &path).await.text.contains("30/11/2022"));
}
