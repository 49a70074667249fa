//! Assignments over the pages, and the calendar that opens by its address.

use axum::http::StatusCode;

use crate::house::{House, Page};

fn no_key_is_missing(page: &Page) {
    assert_eq!(page.text.split('⟦').nth(1).and_then(|rest| rest.split('⟧').next()), None);
}

#[tokio::test]
async fn a_member_is_assigned_records_what_he_saw_and_has_a_calendar() {
    let (house, play) = House::demo().await;
    let (mut clerk, mut deputy) = (house.sign_in("vanthu").await, house.sign_in("phobithu").await);
    let list = format!("/phan-cong/{}", play.campaign);
    let page = clerk.get(&list).await;
    no_key_is_missing(&page);
    let accounts = application::demo::accounts().unwrap();
    let name = &accounts.iter().find(|one| one.login == "phobithu").unwrap().name;
    let person = play.members.iter().find(|one| one.name == *name).unwrap().person.to_string();
    let (cell, other) = (play.cells["CB-T1"].to_string(), play.cells["CB-T4"].to_string());
    let fields =
        [("person", person.as_str()), ("unit", &cell), ("unit", &other), ("basis", ""), ("from_on", "01/11/2022")];
    let page = clerk.post(&list, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("ASSIGN-005"), "{}", page.text);
    assert_eq!(page.text.matches(" checked").count(), 2, "what was chosen stays chosen");
    let mut good = fields;
    good[3].1 = "Thông báo số 12-TB/ĐU ngày 01/11/2022";
    assert_eq!(clerk.post(&list, &good).await.location(), Some(list.as_str()));
    assert!(clerk.get(&list).await.text.contains("đã họp, chưa xác nhận dự"), "that cell met without him");

    let page = deputy.get("/phan-cong").await;
    no_key_is_missing(&page);
    let way = page.text.split("action=\"/phan-cong/ghi/").nth(1).expect("a form").split('"').next().unwrap().to_owned();
    let path = format!("/phan-cong/ghi/{way}");
    let seen = [("kind", "preparation"), ("seen_on", "31/10/2022"), ("content", "Đã nhắc <b>hai</b> lần")];
    let page = deputy.post(&path, &seen).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("ASSIGN-009") && page.text.contains("Đã nhắc &#60;b&#62;hai"), "{}", page.text);
    let good = [seen[0], ("seen_on", "15/11/2022"), seen[2]];
    assert_eq!(deputy.post(&path, &good).await.location(), Some("/phan-cong"));
    assert_eq!(clerk.post(&path, &good).await.status, StatusCode::NOT_FOUND, "his observation is his own");
    let unit = clerk.get(&format!("/to-chuc/{cell}")).await;
    assert!(unit.text.contains("12-TB/ĐU"), "the unit's page says who follows it");

    // The address is shown once, opens without a session, and ends when it is renewed.
    let page = deputy.post("/phan-cong/lich", &[]).await;
    let address = page.text.split("<a href=\"/lich/").nth(1).expect("an address").split('"').next().unwrap();
    let address = format!("/lich/{address}");
    assert!(!deputy.get("/phan-cong").await.text.contains("/lich/"), "only its digest is kept");
    let feed = house.browser().get(&address).await;
    assert_eq!((feed.status, feed.header("content-type")), (StatusCode::OK, Some("text/calendar; charset=utf-8")));
    assert!(feed.text.starts_with("BEGIN:VCALENDAR\r\n") && feed.text.contains("Chi bộ Thôn 1"), "{}", feed.text);
    assert!(!feed.text.contains(name.as_str()));
    deputy.post("/phan-cong/lich", &[]).await;
    assert_eq!(house.browser().get(&address).await.status, StatusCode::NOT_FOUND);
    let wrong = format!("/lich/{}/{}.ics", play.root, "0".repeat(64));
    assert_eq!(house.browser().get(&wrong).await.status, StatusCode::NOT_FOUND);
    let member = house.sign_in("dangvien").await.get(&list).await;
    assert_eq!(member.status, StatusCode::NOT_FOUND);
}
