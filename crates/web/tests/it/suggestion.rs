//! A suggestion over the pages: what was typed stays, the office does not sign, whoever it concerns answers.

use axum::http::StatusCode;

use crate::house::{House, Page};

fn no_key_is_missing(page: &Page) {
    assert_eq!(page.text.split('⟦').nth(1).and_then(|rest| rest.split('⟧').next()), None);
}

/// The first id of an issue in a field of this name.
fn issue(page: &Page, name: &str) -> String {
    let rest = page.text.split(&format!("name=\"{name}-")).nth(1).expect("a field of an issue");
    rest.split('"').next().expect("its end").to_owned()
}

#[tokio::test]
async fn a_suggestion_goes_from_the_office_to_the_member_and_back() {
    let (house, play) = House::demo().await;
    let (mut clerk, mut secretary) = (house.sign_in("vanthu").await, house.sign_in("bithu").await);
    let mut member = house.sign_in("dangvien").await;
    let rows = play.reviews("CB-T4").await.unwrap();
    let me = application::demo::accounts().unwrap().into_iter().find(|one| one.login == "dangvien").unwrap();
    let review = rows.into_iter().find(|(_, one)| one.name == me.name).unwrap().0.review_id;
    let begin = format!("/ho-so/{review}/goi-y");
    let page = clerk.get(&begin).await;
    no_key_is_missing(&page);
    assert!(!page.text.contains("value=\"send\""), "the office writes and does not sign");
    assert_eq!(member.get(&begin).await.status, StatusCode::NOT_FOUND);

    let fields = [
        ("ground-0", "other"),
        ("facts-0", "Chậm <b>công khai</b>"),
        ("evidence-0", "Biên bản ngày 02/10/2022"),
        ("question-0", "Vì sao chậm"),
        ("explained_by-0", "Đồng chí được gợi ý"),
        ("due_on", "31/02/2022"),
    ];
    let page = clerk.post(&begin, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("Chậm &#60;b&#62;công khai") && page.text.contains("FORM-004"), "{}", page.text);
    let mut good = fields;
    good[5].1 = "28/12/2022";
    let page = clerk.post(&begin, &good).await;
    let path = page.location().unwrap().to_owned();
    assert_eq!(member.get(&path).await.status, StatusCode::NOT_FOUND, "a draft is the office's own");

    let version = |page: &Page| {
        page.text.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let page = secretary.get(&path).await;
    let mut sent = good.to_vec();
    let seen = version(&page);
    sent.extend([("version", seen.as_str()), ("do", "send")]);
    let page = secretary.post(&path, &sent).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "another ground is put in words");
    assert!(page.text.contains("SUGGEST-003") && page.text.contains("href=\"#ground_text-0\""), "{}", page.text);
    let page = secretary.get(&path).await;
    let seen = version(&page);
    let mut sent = good.to_vec();
    sent.extend([("version", seen.as_str()), ("do", "send"), ("ground_text-0", "Đơn thư kéo dài")]);
    assert_eq!(secretary.post(&path, &sent).await.location(), Some(path.as_str()));

    let page = member.get(&path).await;
    no_key_is_missing(&page);
    let id = issue(&page, "explanation");
    let (explanation, cause, responsibility) =
        (format!("explanation-{id}"), format!("cause-{id}"), format!("responsibility-{id}"));
    let answer = format!("{path}/giai-trinh");
    let page = member.post(&answer, &[(&explanation, "Đã công khai"), (&cause, ""), (&responsibility, "Tôi")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("SUGGEST-008") && page.text.contains(">Đã công khai</textarea>"), "{}", page.text);
    let whole = [(explanation.as_str(), "Đã công khai"), (&cause, "Chậm"), (&responsibility, "Tôi")];
    assert_eq!(member.post(&answer, &whole).await.location(), Some(path.as_str()));
    let own = member.get(&format!("/ho-so/{review}/tu-kiem-diem")).await;
    assert!(own.text.contains(&format!("href=\"{path}#giai-trinh\"")), "{}", own.text);
    let page = member.get(&format!("/giay-to/goi-y/{}/pdf", path.rsplit('/').next().unwrap())).await;
    assert!(page.bytes.starts_with(b"%PDF"), "{:?}", page.status);
    assert_eq!(member.post(&format!("{path}/ket-luan"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_to_be_considered_is_passed_over_with_a_reason() {
    let (house, _) = House::demo().await;
    let mut clerk = house.sign_in("vanthu").await;
    let page = clerk.get("/goi-y").await;
    no_key_is_missing(&page);
    let way = page.text.split("action=\"/goi-y/khong/").nth(1).expect("a fact to consider").split('"').next().unwrap();
    let (path, fact) = (format!("/goi-y/khong/{way}"), way.rsplit('/').next().unwrap());
    let field = format!("pass-{fact}");
    let refused = clerk.post(&path, &[(&field, "  ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("SUGGEST-013"), "{}", refused.text);
    assert_eq!(clerk.post(&path, &[(&field, "Đã kiểm điểm khi xem xét kỷ luật")]).await.location(), Some("/goi-y"));
    assert!(!clerk.get("/goi-y").await.text.contains(&path));
    let mut member = house.sign_in("dangvien").await;
    let own = member.get("/goi-y").await;
    assert!(own.status == StatusCode::OK && !own.text.contains("/goi-y/khong/"), "{}", own.text);
}
