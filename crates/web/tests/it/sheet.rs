//! The verification sheet over its page: two forms on one page, and two officers at one sheet.

use application::acts::review::submit_self_review;
use application::demo::Play;
use application::reads::classification::list;
use axum::http::StatusCode;
use domain::ReviewId;
use domain::form::{Content, FieldKind, Filler};
use domain::subject::Subject;

use crate::house::{House, Page};

const OPINION: &str = "Hoàn thành các chỉ tiêu được giao.";
const GROUNDS: &str = "Có hai chủ thể tham gia khác ý kiến.";

/// A cell of the demonstration whose report is handed in.
async fn reported(play: &Play) -> ReviewId {
    let office = play.seated(0).await.unwrap();
    let organisations = list(&play.app, &office, play.campaign, Subject::Organization).await.unwrap();
    let library = &play.app.library;
    let book = library.book("party-2018-qd132").unwrap();
    let filler = Filler { leader: false, civil: false };
    let form = library.review_form(book, Subject::Collective, filler).unwrap();
    let asked = form.fields(filler).filter(|field| field.required).map(|field| {
        let value = match field.kind {
            FieldKind::Grade | FieldKind::Level => "good",
            _ => "Nội dung mẫu.",
        };
        (field.id.clone(), value.to_owned())
    });
    let content: Content = asked.collect();
    for line in organisations.lines {
        for (code, _) in play.stages() {
            let head = play.head(code).await.unwrap();
            if submit_self_review(&play.app, &head, line.review, &content, "").await.is_ok() {
                return line.review;
            }
        }
    }
    panic!("no cell can hand in its report")
}

fn version(page: &Page) -> String {
    let field = page.text.split("name=\"version\" value=\"").nth(1).expect("a version");
    field.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_refused_reason_leaves_the_sheet_beside_it_as_it_is_stored() {
    let (house, play) = House::demo().await;
    let review = reported(&play).await;
    let mut office = house.sign_in("bithu").await;
    let path = format!("/ho-so/{review}/tham-dinh");
    let first = version(&office.get(&path).await);
    let typed = [("version", first.as_str()), ("level", "good"), ("opinion", OPINION), ("grounds", GROUNDS)];
    let saved = office.post(&path, &typed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let refused = office.post(&format!("/ho-so/{review}/tham-dinh/cham"), &[("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("ORDER-101"));
    assert!(refused.text.contains(OPINION) && refused.text.contains(GROUNDS), "the other form is not emptied");
    assert!(refused.text.contains("value=\"good\" selected"));
    assert_eq!(version(&refused), version(&office.get(&path).await));
}

#[tokio::test]
async fn a_sheet_saved_by_another_meanwhile_is_shown_beside_what_was_typed_and_can_then_be_saved() {
    let (house, play) = House::demo().await;
    let review = reported(&play).await;
    let mut office = house.sign_in("bithu").await;
    let path = format!("/ho-so/{review}/tham-dinh");
    let old = version(&office.get(&path).await);
    let theirs = [("version", old.as_str()), ("level", "good"), ("opinion", OPINION), ("grounds", GROUNDS)];
    assert_eq!(office.post(&path, &theirs).await.status, StatusCode::SEE_OTHER);
    let mine = [("version", old.as_str()), ("level", "good"), ("opinion", "Ý kiến khác."), ("grounds", GROUNDS)];
    let refused = office.post(&path, &mine).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("REVIEW-010") && refused.text.contains("Ý kiến khác."));
    assert!(refused.text.contains(OPINION), "what is stored stands beside it");
    let newest = version(&refused);
    let again = [("version", newest.as_str()), ("level", "good"), ("opinion", "Ý kiến khác."), ("grounds", GROUNDS)];
    assert_eq!(office.post(&path, &again).await.status, StatusCode::SEE_OTHER);
    assert!(office.get(&path).await.text.contains("Ý kiến khác."));
    // A page without a version is one that showed no sheet: it wipes nothing away.
    let blind = [("level", "good"), ("opinion", ""), ("grounds", GROUNDS)];
    assert_eq!(office.post(&path, &blind).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}
