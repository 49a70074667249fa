//! Suggestions of the superior (scenario 58): only from the direct superior, explained point by point before the review is
//! handed in, discussed, judged; and stated facts for which nobody decided yet.

use application::acts::review::{Typed, submit_self_review};
use application::acts::suggestion::{
    SaveSuggestion, TypedAnswer, TypedVerdict, answer_suggestion, draft_suggestion, judge_suggestion, pass_over,
    record_discussion, save_suggestion, send_suggestion, withdraw_suggestion,
};
use application::demo::Play;
use application::papers::{UnitPaper, What, data};
use application::reads::review::{review as dossier, self_review};
use application::reads::suggestion::{new_suggestion, suggestion, suggestions, to_consider};
use application::reads::tasks::tasks;
use application::{App, Error};
use domain::suggestion::{Answer, Issue};
use domain::{Actor, IssueId, ReviewId, SuggestionId};

use crate::it::collective::{code, filled, open_review};
use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build, entries};
use crate::it::testdb::TestDb;

const CELL: &str = "CB-T4";

fn issue(ground: &str) -> Issue {
    let text = |words: &str| words.to_owned();
    Issue {
        ground: ground.to_owned(),
        ground_text: if ground == "other" { text("Đơn thư kéo dài") } else { String::new() },
        facts: text("Hai lượt phản ánh về thu quỹ thôn."),
        evidence: text("Biên bản tiếp dân ngày 02/10/2022."),
        question: text("Vì sao chậm công khai."),
        explained_by: text("Đồng chí được gợi ý"),
    }
}

fn order(issues: Vec<Issue>) -> SaveSuggestion {
    SaveSuggestion { due_on: "28/12/2022".to_owned(), issues, seen: None }
}

fn answer(issue: IssueId, words: &str) -> TypedAnswer {
    let text = |part: &str| format!("{part} {words}");
    let answer =
        Answer { explanation: text("Đã công khai"), cause: text("Do chậm"), responsibility: text("Tôi nhận") };
    TypedAnswer { issue, answer }
}

fn verdict(issue: IssueId, verdict: &str, reason: &str) -> (IssueId, TypedVerdict) {
    (issue, TypedVerdict { verdict: verdict.to_owned(), reason: reason.to_owned() })
}

fn codes<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<(String, String)> {
    match result {
        Err(Error::Refused(reasons)) => {
            reasons.into_iter().map(|one| (one.code, one.field.unwrap_or_default())).collect()
        }
        other => panic!("not refused: {other:?}"),
    }
}

/// A member whose cell has not begun, with the committee over it.
struct House {
    app: App,
    play: Play,
    secretary: Actor,
    clerk: Actor,
    member: Actor,
    review: ReviewId,
}

impl House {
    async fn new(t: &TestDb) -> Self {
        let play = build(&app(t).await).await;
        play.at("2022-12-20", 8).unwrap();
        let rows = play.reviews(CELL).await.unwrap();

        let (row, member) = rows.iter().rfind(|(row, _)| row.obligation == "review_and_classify").unwrap();
        let (review, person) = (ReviewId(row.review_id), member.person);
        let accounts = application::demo::accounts().unwrap();
        assert!(accounts[0].role.contains("clerk"), "{}", accounts[0].role);
        let clerk =
            play.members.iter().find(|one| one.name == accounts[0].name && one.person != person).unwrap().person;
        let (secretary, clerk) = (play.seated(0).await.unwrap(), play.actor(clerk).await.unwrap());
        let member = play.actor(person).await.unwrap();
        Self { app: play.app.clone(), secretary, clerk, member, review, play }
    }

    async fn sent(&self, issues: Vec<Issue>) -> SuggestionId {
        let id = draft_suggestion(&self.app, &self.clerk, self.review, &order(issues)).await.unwrap();
        send_suggestion(&self.app, &self.secretary, id).await.unwrap();
        id
    }

    async fn issues(&self, id: SuggestionId) -> Vec<IssueId> {
        let page = suggestion(&self.app, &self.secretary, id).await.unwrap();
        page.issues.into_iter().map(|issue| issue.id).collect()
    }

    async fn text(&self) -> Typed {
        filled(&self.app, &self.member, self.review).await
    }

    async fn kinds(&self, actor: &Actor) -> Vec<String> {
        tasks(&self.app, actor).await.unwrap().into_iter().map(|task| task.kind).collect()
    }
}

on_both! {
    #[expect(clippy::too_many_lines, reason = "one story from beginning to end")]
    async fn scenario_58_a_suggestion_is_explained_point_by_point_discussed_and_judged(t: &TestDb) {
        let house = House::new(t).await;
        let (app, play, review) = (&house.app, &house.play, house.review);
        let id = draft_suggestion(app, &house.clerk, review, &order(vec![issue("public_outcry"), issue("other")])).await.unwrap();
        assert!(matches!(suggestion(app, &house.member, id).await, Err(Error::Denied)), "a draft is the office's own");
        assert!(matches!(send_suggestion(app, &house.clerk, id).await, Err(Error::Denied)), "the office writes, the head signs");
        send_suggestion(app, &house.secretary, id).await.unwrap();

        // He sees it at once, and cannot hand in before each issue is explained.
        assert_eq!(suggestion(app, &house.member, id).await.unwrap().issues.len(), 2);
        assert!(house.kinds(&house.member).await.contains(&"explain".to_owned()));
        assert_eq!(self_review(app, &house.member, review).await.unwrap().suggested.iter().filter(|one| !one.answered).count(), 2);
        let typed = house.text().await;
        let refused = codes(submit_self_review(app, &house.member, review, &typed, "").await);
        assert_eq!(refused, vec![("SUGGEST-009".to_owned(), "explanations_text".to_owned()); 2]);
        let issues = house.issues(id).await;
        let part = TypedAnswer { answer: Answer { cause: String::new(), ..answer(issues[1], "").answer }, ..answer(issues[1], "") };
        let gap = codes(answer_suggestion(app, &house.member, id, &[answer(issues[0], "A"), part]).await);
        assert_eq!(gap, [("SUGGEST-008".to_owned(), format!("cause-{}", issues[1]))]);
        answer_suggestion(app, &house.member, id, &[answer(issues[0], "A")]).await.unwrap();
        assert_eq!(codes(submit_self_review(app, &house.member, review, &typed, "").await).len(), 1, "one is missing still");
        answer_suggestion(app, &house.member, id, &[answer(issues[0], "B"), answer(issues[1], "C")]).await.unwrap();
        submit_self_review(app, &house.member, review, &typed, "").await.unwrap();
        assert!(!house.kinds(&house.member).await.contains(&"explain".to_owned()));

        // Issue and answer stand in section IV, on paper and in the dossier, and the older answer is kept.
        let paper = data(app, &house.member, What::SelfReview(review)).await.unwrap();
        let text = paper["answers"]["explanations_text"].as_str().unwrap().to_owned();
        for part in ["Vấn đề 1 (Dư luận bức xúc)", "Giải trình: Đã công khai B", "Vấn đề 2 (Đơn thư kéo dài)", "Trách nhiệm: Tôi nhận C", "Nội dung mục explanations_text"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let page = dossier(app, &house.secretary, review).await.unwrap();
        assert_eq!(page.suggestions.len(), 1);
        assert!(page.self_review.iter().flat_map(|(_, fields)| fields).any(|(_, said)| *said == text));
        let view = suggestion(app, &house.secretary, id).await.unwrap();
        assert_eq!(view.issues[0].rounds[0].answers.len(), 2);

        // The cell meets: the minutes cannot be sealed before each issue was discussed.
        play.at("2022-12-22", 8).unwrap();
        play.write(CELL, usize::MAX - 1).await.unwrap();
        play.state(CELL, "2022-12-22").await.unwrap();
        play.at("2022-12-23", 8).unwrap();
        let verdicts = [verdict(issues[0], "clarified", ""), verdict(issues[1], "further_session", "Chưa nêu rõ trách nhiệm")];
        let early = codes(judge_suggestion(app, &house.secretary, id, &verdicts, "28/12/2022").await);
        assert!(early.iter().all(|(code, _)| code == "SUGGEST-012"), "{early:?}");
        let (meeting, ballot) = play.meet(CELL, "2022-12-23").await.unwrap();
        play.count(CELL, ballot, 1).await.unwrap();
        play.count(CELL, ballot, 2).await.unwrap();
        let open = codes(play.seal(CELL, "2022-12-23", meeting).await);
        assert_eq!(open.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["SUGGEST-011", "SUGGEST-011"]);
        let head = play.head(CELL).await.unwrap();
        let said: Vec<_> = issues.iter().map(|issue| (*issue, "Hội nghị thống nhất với giải trình.".to_owned())).collect();
        for (day, expected) in [("19/12/2022", "SUGGEST-017"), ("24/12/2022", "SUGGEST-017"), ("31/02/2022", "FORM-004")] {
            assert_eq!(code(record_discussion(app, &head, id, day, &said).await), expected);
        }
        assert!(matches!(record_discussion(app, &house.member, id, "23/12/2022", &said).await, Err(Error::Denied)));
        record_discussion(app, &head, id, "23/12/2022", &said).await.unwrap();
        play.seal(CELL, "2022-12-23", meeting).await.unwrap();
        let minutes = data(app, &head, What::OfUnit { campaign: play.campaign, unit: play.cells[CELL], paper: UnitPaper::MeetingMinutes }).await.unwrap();
        let opening = minutes["opening"].as_str().unwrap();
        assert!(opening.contains(&house.member.name) && opening.contains("Hội nghị thống nhất"), "{opening}");

        // The superior judges; what was not clarified is asked again, then handed over. No level moves by that.
        let waiting = tasks(app, &house.secretary).await.unwrap();
        assert!(waiting.iter().any(|task| task.kind == "judge" && task.link == format!("/goi-y/{id}")), "{waiting:?}");
        assert!(matches!(judge_suggestion(app, &house.clerk, id, &verdicts, "28/12/2022").await, Err(Error::Denied)));
        let bare = [verdict(issues[0], "", ""), verdict(issues[1], "inspection", " ")];
        let missing = codes(judge_suggestion(app, &house.secretary, id, &bare, "").await);
        assert_eq!(missing.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["SUGGEST-014", "SUGGEST-013"]);
        assert_eq!(code(judge_suggestion(app, &house.secretary, id, &verdicts, "23/12/2022").await), "SUGGEST-006");
        judge_suggestion(app, &house.secretary, id, &verdicts, "28/12/2022").await.unwrap();
        let again = suggestion(app, &house.member, id).await.unwrap();
        assert_eq!((again.round, again.state.word(), again.issues[0].open, again.issues[1].open), (2, "sent", false, true));
        answer_suggestion(app, &house.member, id, &[answer(issues[0], "X"), answer(issues[1], "D")]).await.unwrap();
        play.at("2022-12-27", 8).unwrap();
        record_discussion(app, &head, id, "26/12/2022", &said[1..]).await.unwrap();
        let last = [verdict(issues[1], "inspection", "Chuyển Uỷ ban Kiểm tra Đảng uỷ xem xét")];
        judge_suggestion(app, &house.secretary, id, &last, "").await.unwrap();
        let end = suggestion(app, &house.member, id).await.unwrap();
        assert_eq!(end.state.word(), "judged");
        assert_eq!(end.issues[0].rounds[1].answers.len(), 0, "what was clarified is not asked again");
        let levels: Vec<_> = dossier(app, &house.secretary, review).await.unwrap().opinions.into_iter().map(|one| one.assessor).collect();
        assert!(levels.iter().all(|one| one.starts_with("self") || one == "cell_committee" || one == "head_of_agency"), "{levels:?}");

        let acts: Vec<String> = entries(play).await.into_iter().filter(|(_, object)| *object == format!("review/{review}")).map(|(act, _)| act).collect();
        for act in ["review.suggestion_sent", "review.suggestion_answered", "review.suggestion_discussed", "review.suggestion_judged"] {
            assert!(acts.iter().any(|one| one == act), "{act}: {acts:?}");
        }
        app.close().await;
    }

    async fn a_stated_fact_asks_for_a_decision_until_something_is_suggested_or_passed_over(t: &TestDb) {
        let house = House::new(t).await;
        let (app, play) = (&house.app, &house.play);
        // The demonstration states discipline as the secretary of the cell types it; the criticisms of the meetings never count.
        let open = to_consider(app, &house.clerk).await.unwrap();
        assert!(!open.is_empty() && open.iter().all(|one| !one.evidence.is_empty()), "{open:?}");
        assert!(house.kinds(&house.secretary).await.contains(&"suggest".to_owned()));
        assert!(to_consider(app, &play.head(CELL).await.unwrap()).await.unwrap().is_empty(), "a cell is nobody's superior");
        let one = &open[0];
        let page = new_suggestion(app, &house.clerk, one.review, Some(one.fact)).await.unwrap();
        let prefilled = page.prefilled.unwrap();
        assert_eq!((prefilled.ground.as_str(), &prefilled.evidence), ("party_rules", &one.evidence));
        assert_eq!(code(pass_over(app, &house.clerk, one.review, one.fact, " ").await), "SUGGEST-013");
        assert!(matches!(pass_over(app, &house.member, one.review, one.fact, "Đã rõ").await, Err(Error::Denied)));
        pass_over(app, &house.clerk, one.review, one.fact, "Đã kiểm điểm khi xem xét kỷ luật.").await.unwrap();
        assert_eq!(to_consider(app, &house.clerk).await.unwrap().len(), open.len() - 1);
        app.close().await;
    }

    async fn a_report_that_was_handed_in_goes_back_to_be_supplemented(t: &TestDb) {
        let house = House::new(t).await;
        let app = &house.app;
        let typed = house.text().await;
        submit_self_review(app, &house.member, house.review, &typed, "").await.unwrap();
        let id = house.sent(vec![issue("state_law")]).await;
        let page = self_review(app, &house.member, house.review).await.unwrap();
        assert_eq!(page.head.state.word(), "awaiting_self_review");
        assert!(page.returned.unwrap().reason.contains("gợi ý kiểm điểm"));
        withdraw_suggestion(app, &house.secretary, id, "Đã có kết luận làm rõ").await.unwrap();
        submit_self_review(app, &house.member, house.review, &typed, "").await.unwrap();
        let text = data(app, &house.member, What::SelfReview(house.review)).await.unwrap();
        assert_eq!(text["answers"]["explanations_text"], "Nội dung mục explanations_text", "what was withdrawn is not in it");
        let told = suggestion(app, &house.member, id).await.unwrap();
        assert_eq!((told.state.word(), told.withdrawn_reason.as_str()), ("withdrawn", "Đã có kết luận làm rõ"));
        app.close().await;
    }
}

#[tokio::test]
async fn only_the_direct_superior_suggests_and_nobody_to_himself() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let (app, play) = (&house.app, &house.play);
    let draft =
        async |actor: &Actor, review| draft_suggestion(app, actor, review, &order(vec![issue("disunity")])).await;
    // A cell's secretary and members are nobody's superior.
    for actor in [&house.member, &play.head(CELL).await.unwrap()] {
        assert!(matches!(draft(actor, house.review).await, Err(Error::Denied)));
    }
    // The committee's own collective is its superior's to ask.
    let own = open_review(&t, play, "collective", play.base.0).await;
    assert_eq!(code(draft(&house.secretary, own).await), "SUGGEST-001");
    assert_eq!(code(new_suggestion(app, &house.clerk, own, None).await), "SUGGEST-001");
    // Nor does the secretary sign a suggestion to himself, though his office may write it.
    let mine = play.members.iter().find(|one| one.person == house.secretary.person).unwrap();
    let rows = play.reviews(&mine.cell).await.unwrap();
    let (row, _) = rows.into_iter().find(|(row, _)| row.person_id == house.secretary.person.0).unwrap();
    let to_himself = draft(&house.clerk, ReviewId(row.review_id)).await.unwrap();
    assert_eq!(code(send_suggestion(app, &house.secretary, to_himself).await), "SUGGEST-016");
    app.close().await;
}

#[tokio::test]
async fn a_suggestion_with_gaps_is_kept_as_a_draft_and_not_sent() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let app = &house.app;
    let nothing = order(vec![Issue::default(), Issue { facts: "  ".to_owned(), ..Issue::default() }]);
    assert_eq!(code(draft_suggestion(app, &house.clerk, house.review, &nothing).await), "SUGGEST-007");
    let long = order(vec![Issue { facts: "x".repeat(4001), ..issue("disunity") }]);
    assert_eq!(
        codes(draft_suggestion(app, &house.clerk, house.review, &long).await),
        [("FORM-002".to_owned(), "facts-0".to_owned())]
    );
    let gaps = SaveSuggestion {
        due_on: "20/12/2022".to_owned(),
        ..order(vec![Issue { evidence: String::new(), ..issue("gossip") }])
    };
    let id = draft_suggestion(app, &house.clerk, house.review, &gaps).await.unwrap();
    let told = codes(send_suggestion(app, &house.secretary, id).await);
    let told: Vec<_> = told.iter().map(|(code, field)| format!("{code} {field}")).collect();
    assert_eq!(told, ["SUGGEST-003 ground-0", "SUGGEST-004 evidence-0", "SUGGEST-006 due_on"]);
    let late = SaveSuggestion { seen: Some(1), ..order(vec![issue("disunity")]) };
    save_suggestion(app, &house.clerk, id, &late).await.unwrap();
    assert_eq!(code(save_suggestion(app, &house.secretary, id, &late).await), "REVIEW-002", "another saved since");
    send_suggestion(app, &house.secretary, id).await.unwrap();
    assert_eq!(code(save_suggestion(app, &house.clerk, id, &order(vec![issue("disunity")])).await), "SUGGEST-002");
    assert_eq!(code(send_suggestion(app, &house.secretary, id).await), "SUGGEST-002");
    assert_eq!(code(withdraw_suggestion(app, &house.secretary, id, " ").await), "SUGGEST-013");
    assert!(matches!(withdraw_suggestion(app, &house.clerk, id, "Nhầm").await, Err(Error::Denied)));
    let lists = suggestions(app, &house.clerk).await.unwrap();
    assert!(lists.ours.iter().any(|line| line.id == id) && lists.to_us.is_empty(), "{lists:?}");
    assert_eq!(suggestions(app, &house.member).await.unwrap().to_us.len(), 1);
    app.close().await;
}

#[tokio::test]
async fn the_suggestion_is_printed_for_both_sides() {
    let t = TestDb::lite().await;
    let house = House::new(&t).await;
    let id = house.sent(vec![issue("disunity")]).await;
    for actor in [&house.member, &house.clerk] {
        let paper = data(&house.app, actor, What::Suggestion(id)).await.unwrap();
        assert_eq!(keys_of(&paper), keys_of(&sample("suggestion/1")));
        assert_eq!(paper["issues"][0]["ground"], "Biểu hiện mất đoàn kết");
        assert_eq!(paper["signer"], house.secretary.name);
    }
    let stranger = house.play.actor(house.play.member("CB-YT", 6).unwrap().person).await.unwrap();
    assert!(matches!(data(&house.app, &stranger, What::Suggestion(id)).await, Err(Error::Denied)));
    house.app.close().await;
}
