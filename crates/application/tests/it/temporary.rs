//! Temporary activity elsewhere: the official cell reviews, the temporary cell is asked first (scenario 9).

use application::acts::temporary::{
    Answer, BeginActivity, answer_for_temporary_cell, begin_activity, end_activity, waive_opinion,
};
use application::demo::Play;
use application::reads::{person::person, tasks::tasks, temporary};
use application::{App, Error, Result};
use domain::{ActivityId, Day, PersonId, ReviewId};

use crate::it::story::{app, build};
use crate::it::testdb::TestDb;

/// The official cell, whose minutes are sealed, and the temporary one.
const OFFICIAL: &str = "CB-T2";
const TEMPORARY: &str = "CB-T4";

fn away(code: &str, from_on: &str, to_on: &str) -> BeginActivity {
    let (code, from_on, to_on) = (code.to_owned(), from_on.to_owned(), to_on.to_owned());
    BeginActivity { code, from_on, to_on, basis: "Giấy giới thiệu số 7 ngày 28/9/2022".to_owned() }
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(reasons)) => reasons.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(" "),
        Err(Error::Denied) => "denied".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Somebody of the official cell who is to be classified and is elsewhere since October.
async fn opened(t: &TestDb) -> (App, Play, PersonId, ReviewId, ActivityId) {
    let app = app(t).await;
    let play = build(&app).await;
    let rows = play.reviews(OFFICIAL).await.unwrap();
    let (row, _) = rows.into_iter().rfind(|(row, _)| row.obligation == "review_and_classify").unwrap();
    let head = play.head(OFFICIAL).await.unwrap();
    let (who, review) = (PersonId(row.person_id), ReviewId(row.review_id));
    let activity = begin_activity(&play.app, &head, who, &away(TEMPORARY, "01/10/2022", "")).await.unwrap();
    (app, play, who, review, activity)
}

async fn kinds(play: &Play, cell: &str) -> Vec<String> {
    let head = play.head(cell).await.unwrap();
    tasks(&play.app, &head).await.unwrap().into_iter().map(|task| task.kind).collect()
}

on_both! {
    async fn the_official_cell_cannot_send_its_list_before_the_temporary_cell_has_answered(t: &TestDb) {
        let (app, play, who, review, activity) = opened(t).await;
        assert_eq!(refused(play.propose(OFFICIAL).await), "TEMP-009");
        assert!(kinds(&play, TEMPORARY).await.contains(&"temporary_opinion".to_owned()));
        assert!(!kinds(&play, OFFICIAL).await.contains(&"temporary_opinion".to_owned()));
        let (there, other) = (play.head(TEMPORARY).await.unwrap(), play.head("CB-YT").await.unwrap());
        let words = Answer { comment: "Sinh hoạt đều, hoàn thành việc được giao.".to_owned(), ..Answer::default() };
        let say = async |actor: &domain::Actor, answer: &Answer| answer_for_temporary_cell(&play.app, actor, review, activity, answer).await;
        assert_eq!(refused(say(&other, &words).await), "denied", "another cell is not asked");
        assert_eq!(refused(say(&there, &Answer::default()).await), "TEMP-006");
        assert_eq!(refused(say(&there, &Answer { level: "no such level".to_owned(), ..words.clone() }).await), "FORM-003");
        say(&there, &words).await.unwrap();
        assert!(!kinds(&play, TEMPORARY).await.contains(&"temporary_opinion".to_owned()));
        play.propose(OFFICIAL).await.unwrap();
        let head = play.head(OFFICIAL).await.unwrap();
        let told = temporary::request(&play.app, &head, review, activity).await.unwrap();
        assert!(told.opinions[0].1.ends_with("Chi bộ Thôn 4") && told.request.answered && !told.may_answer);
        assert_eq!(temporary::of_person(&play.app, &head, who).await.unwrap().len(), 1);
        app.close().await;
        play.app.close().await;
    }

    async fn after_the_deadline_the_official_cell_goes_on_with_a_reason(t: &TestDb) {
        let (app, play, _, review, activity) = opened(t).await;
        let (head, there) = (play.head(OFFICIAL).await.unwrap(), play.head(TEMPORARY).await.unwrap());
        let waive = async |actor: &domain::Actor, reason: &str| waive_opinion(&play.app, actor, review, activity, reason).await;
        let due = temporary::request(&play.app, &head, review, activity).await.unwrap().request.due_on.unwrap();
        play.at(&due.to_string(), 20).unwrap();
        assert_eq!(refused(waive(&head, "Đã đôn đốc hai lần").await), "TEMP-007", "the last day is not over");
        play.at(&due.plus_days(1).to_string(), 8).unwrap();
        assert_eq!(refused(waive(&head, "  ").await), "TEMP-008");
        assert_eq!(refused(waive(&there, "Không có ý kiến").await), "denied", "only the official cell decides so");
        assert_eq!(refused(play.propose(OFFICIAL).await), "TEMP-009", "a passed deadline alone is no reason");
        waive(&head, "Đã đôn đốc ngày 10/12 và 15/12, chưa trả lời").await.unwrap();
        assert_eq!(refused(waive(&head, "Lần nữa").await), "TEMP-010");
        play.propose(OFFICIAL).await.unwrap();
        app.close().await;
        play.app.close().await;
    }

    async fn days_and_cells_of_temporary_activity_make_sense(t: &TestDb) {
        let (app, play, who, _, activity) = opened(t).await;
        let head = play.head(OFFICIAL).await.unwrap();
        let begin = async |order: BeginActivity| refused(begin_activity(&play.app, &head, who, &order).await);
        assert_eq!(begin(away("CB-YT", "01/11/2022", "30/11/2022")).await, "TEMP-003", "he is away already");
        assert_eq!(begin(away(OFFICIAL, "01/01/2022", "31/01/2022")).await, "TEMP-001");
        assert_eq!(begin(away("CB-YT", "31/01/2022", "01/01/2022")).await, "TEMP-002");
        assert_eq!(begin(away("NO-SUCH", "01/01/2022", "31/01/2022")).await, "TEMP-004");
        assert_eq!(begin(away("CB-YT", "30/02/2022", "")).await, "FORM-004");
        assert_eq!(begin(BeginActivity { basis: " ".to_owned(), ..away("CB-YT", "01/01/2022", "31/01/2022") }).await, "ORG-022");
        assert_eq!(begin(away("CB-YT", "01/01/1950", "31/01/1950")).await, "ORG-023", "he was no member then");
        let stranger = play.head("CB-YT").await.unwrap();
        assert_eq!(refused(begin_activity(&play.app, &stranger, who, &away("CB-YT", "01/01/2022", "31/01/2022")).await), "denied");
        assert_eq!(refused(end_activity(&play.app, &head, activity, 1, "30/09/2022").await), "TEMP-002");
        assert_eq!(refused(end_activity(&play.app, &head, activity, 7, "30/11/2022").await), "TEMP-005");
        end_activity(&play.app, &head, activity, 1, "30/11/2022").await.unwrap();
        assert_eq!(begin(away("CB-YT", "01/12/2022", "")).await.get(..2), Some("Ok"));
        let page = person(&play.app, &head, who).await.unwrap();
        let told: Vec<_> = page.temporary.iter().map(|stay| (stay.place.name.as_str(), stay.to_on)).collect();
        assert_eq!(told, [("Chi bộ Thôn 4", Day::of(2022, 11, 30)), ("Chi bộ Trạm Y tế", None)]);
        assert_eq!((page.cell.unwrap().name.as_str(), page.may_record), ("Chi bộ Thôn 2", true), "the official cell stays his");
        app.close().await;
        play.app.close().await;
    }
}
