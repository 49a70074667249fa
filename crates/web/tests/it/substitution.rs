//! Another member of the counting team is named over the page.

use axum::http::StatusCode;

use crate::house::{House, Page};

/// A cell in which number 7 has entered his counts and 8 has not; 6 is at the meeting and counts nothing.
const COUNTING: &str = "CB-CQ";

fn no_key_is_missing(page: &Page) {
    assert_eq!(page.text.split('⟦').nth(1).and_then(|rest| rest.split('⟧').next()), None);
}

#[tokio::test]
async fn the_secretary_names_another_teller_and_who_left_the_team_counts_no_more() {
    let (house, play) = House::demo().await;
    let ballot = play.meeting(play.cells[COUNTING]).await.unwrap().1.unwrap();
    let path = format!("/kiem-phieu/{ballot}");
    let substitute = format!("{path}/thay-nguoi");
    let named = play.member(COUNTING, 6).unwrap().person.to_string();
    let mut secretary = house.sign_in("bithu.coquan").await;
    let mut leaving = house.sign_in("kiemphieu2").await;
    assert!(!leaving.get(&path).await.text.contains(&substitute), "a teller names nobody");
    let fields = [("seat", "teller_b"), ("person", named.as_str()), ("reason", "ốm <b>nặng</b>")];
    assert_eq!(leaving.post(&substitute, &fields).await.status, StatusCode::NOT_FOUND);

    let page = secretary.get(&path).await;
    assert!(page.text.contains(&substitute) && !page.text.contains("value=\"teller_a\""), "{}", page.text);
    let page = secretary.post(&substitute, &[("seat", "teller_b"), ("person", &named), ("reason", " ")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("BALLOT-022") && page.text.contains("<details open>"), "{}", page.text);
    assert!(page.text.contains(&format!("<option value=\"{named}\" selected>")), "what was chosen stays chosen");
    no_key_is_missing(&page);
    assert_eq!(secretary.post(&substitute, &fields).await.location(), Some(path.as_str()));
    let page = secretary.get(&path).await;
    assert!(page.text.contains("ốm &#60;b&#62;nặng"), "{}", page.text);
    no_key_is_missing(&page);
    secretary.post("/ngon-ngu", &[("ngon-ngu", "en"), ("tiep", "/")]).await;
    no_key_is_missing(&secretary.get(&path).await);
    assert_eq!(leaving.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!leaving.get("/").await.text.contains(&path), "nothing is left on his list");
}
