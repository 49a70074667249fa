//! Khắc phục: from what was told about a member to the next year's form; scenario 54.
#![cfg(test)]

use application::acts::after::{
    CloseItem, Extend, NoteItem, PlanItem, Verdict, close_remediation, extend_remediation, judge_plan,
    leave_shortcoming, note_remediation, plan_remediation, send_plan,
};
use application::acts::attachment::NewFile;
use application::acts::campaign::OpenCampaign;
use application::reads::after::{Which, board, item, listed, remediation};
use application::reads::review::self_review;
use application::reads::tasks::tasks;
use domain::remediation_plan::PlanState;
use domain::{Actor, ItemId, ReviewId};

use crate::it::afterwards::year;
use crate::it::commune::{Commune, Roster, TOP, codes};
use crate::it::testdb::TestDb;

/// What a member of the cell has to remedy after 2022, decided on 20/12/2022.
struct Story {
    commune: Commune,
    review: ReviewId,
    /// Secretary of the cell and of the committee; deputy; the member himself; another member.
    head: Actor,
    deputy: Actor,
    owner: Actor,
    other: Actor,
}

impl Story {
    async fn begin(t: &TestDb) -> Self {
        let mut commune = Commune::found(t, "01/10/2021", &Roster::commune(&[("A", 5)])).await;
        let levels = [("A-1", "good"), ("A-2", "good"), ("A-3", "good"), ("A-4", "fulfilled"), ("A-5", "good")];
        year(&mut commune, t, 2022, &levels).await;
        commune.on("27/12/2022");
        let review = commune.review(t, "A-4").await;
        let mut of = Vec::new();
        for who in ["A-1", "A-2", "A-4", "A-5"] {
            of.push(commune.actor(t, who).await);
        }
        let [head, deputy, owner, other] = of.try_into().unwrap();
        Self { commune, review, head, deputy, owner, other }
    }

    fn order(&self, origin: &str) -> PlanItem {
        PlanItem {
            source: "self_review".to_owned(),
            origin: origin.to_owned(),
            shortcoming: "Chậm báo cáo".to_owned(),
            measure: "Nộp báo cáo trước ngày 25 hằng tháng".to_owned(),
            expected: "Không còn báo cáo chậm".to_owned(),
            monitor: Some(self.other.person),
            due_on: "31/03/2023".to_owned(),
            ..PlanItem::default()
        }
    }

    async fn plan(&self, order: &PlanItem) -> application::Result<ItemId> {
        plan_remediation(&self.commune.app, &self.owner, self.review, order).await
    }

    async fn state(&self) -> PlanState {
        remediation(&self.commune.app, &self.head, self.review).await.unwrap().plan.state
    }

    async fn waiting(&self, actor: &Actor, kind: &str) -> usize {
        tasks(&self.commune.app, actor).await.unwrap().iter().filter(|task| task.kind == kind).count()
    }

    /// The reason in the decision names no shortcoming of its own here.
    async fn leave_the_decision(&self) {
        let app = &self.commune.app;
        let page = remediation(app, &self.owner, self.review).await.unwrap();
        let told = page.shortcomings.iter().find(|one| one.source == "decision").unwrap();
        leave_shortcoming(app, &self.owner, self.review, (&told.origin, "Đã nêu ở bản kiểm điểm")).await.unwrap();
    }

    async fn sent(&self) -> ItemId {
        let item = self.plan(&self.order("self_review/1")).await.unwrap();
        self.leave_the_decision().await;
        send_plan(&self.commune.app, &self.owner, self.review).await.unwrap();
        item
    }
}

fn note(kind: &str, on: &str) -> NoteItem {
    NoteItem {
        kind: kind.to_owned(), held_on: on.to_owned(), content: "Đã nộp đúng hạn".to_owned(), file: None
    }
}

fn seen(outcome: &str, on: &str) -> CloseItem {
    CloseItem { outcome: outcome.to_owned(), checked_on: on.to_owned() }
}

on_both! {
    async fn a_level_calls_for_a_plan_in_which_every_shortcoming_told_has_an_item_or_a_reason(t: &TestDb) {
        let story = Story::begin(t).await;
        let app = &story.commune.app;
        let page = remediation(app, &story.owner, story.review).await.unwrap();
        assert_eq!((page.asked.len(), page.plan.state), (1, PlanState::Draft));
        let told: Vec<&str> = page.shortcomings.iter().map(|one| one.source.as_str()).collect();
        assert_eq!(told, ["self_review", "decision"]);
        assert_eq!(story.waiting(&story.owner, "remedy_plan").await, 1);
        assert_eq!(story.waiting(&story.head, "remedy_plans").await, 1);
        assert_eq!(codes(send_plan(app, &story.owner, story.review).await), ["PLAN-002"]);
        let leave = async |origin: &str, reason: &str| leave_shortcoming(app, &story.owner, story.review, (origin, reason)).await;
        assert_eq!(codes(leave("self_review/1", " ").await), ["PLAN-005"]);
        assert_eq!(codes(leave("self_review/9", "không có").await), ["PLAN-009"]);
        leave("self_review/1", "Đã khắc phục trước khi họp").await.unwrap();
        assert_eq!(codes(send_plan(app, &story.owner, story.review).await), ["PLAN-002"], "the decision told one too");
        story.leave_the_decision().await;
        send_plan(app, &story.owner, story.review).await.unwrap();
        assert_eq!(story.state().await, PlanState::Sent);
        assert_eq!(story.waiting(&story.owner, "remedy_plan").await, 0, "sent, so nobody waits for it");
        assert_eq!(codes(story.plan(&story.order("")).await), ["PLAN-001"]);
        story.commune.app.close().await;
    }

    async fn the_body_that_decided_approves_a_plan_and_what_is_added_later_is_approved_anew(t: &TestDb) {
        let story = Story::begin(t).await;
        let app = &story.commune.app;
        assert_eq!(codes(judge_plan(app, &story.head, story.review, Verdict::Approve).await), ["PLAN-001"]);
        story.sent().await;
        assert_eq!(codes(leave_shortcoming(app, &story.owner, story.review, ("self_review/1", "x")).await), ["PLAN-006"]);
        for stranger in [&story.owner, &story.other] {
            assert_eq!(codes(judge_plan(app, stranger, story.review, Verdict::Approve).await), ["denied"]);
        }
        assert_eq!(story.waiting(&story.head, "plan_approve").await, 1);
        assert_eq!(codes(judge_plan(app, &story.head, story.review, Verdict::Return("")).await), ["PLAN-004"]);
        judge_plan(app, &story.head, story.review, Verdict::Return("Thời hạn quá dài")).await.unwrap();
        let page = remediation(app, &story.owner, story.review).await.unwrap();
        assert_eq!((page.plan.state, page.plan.reason.as_str()), (PlanState::Returned, "Thời hạn quá dài"));
        send_plan(app, &story.owner, story.review).await.unwrap();
        judge_plan(app, &story.head, story.review, Verdict::Approve).await.unwrap();
        assert_eq!(story.state().await, PlanState::Approved);
        story.plan(&story.order("")).await.unwrap();
        assert_eq!(story.state().await, PlanState::Draft);
        story.commune.app.close().await;
    }

    async fn an_item_with_a_wrong_start_or_the_wrong_people_is_refused(t: &TestDb) {
        let story = Story::begin(t).await;
        let order = story.order("");
        for (wrong, code) in [
            (PlanItem { monitor: Some(story.owner.person), ..order.clone() }, "REMEDY-001"),
            (PlanItem { due_on: "27/12/2022".to_owned(), ..order.clone() }, "REMEDY-002"),
            (PlanItem { expected: String::new(), ..order.clone() }, "REMEDY-003"),
            (PlanItem { monitor: None, ..order.clone() }, "REMEDY-009"),
            (PlanItem { inspector: Some(story.other.person), ..order.clone() }, "REMEDY-010"),
            (PlanItem { starts_on: "01/04/2023".to_owned(), ..order.clone() }, "REMEDY-011"),
            (PlanItem { origin: "criticism/none".to_owned(), ..order.clone() }, "denied"),
        ] {
            assert_eq!(codes(story.plan(&wrong).await), [code]);
        }
        story.commune.app.close().await;
    }

    async fn progress_checks_and_evidence_stand_with_the_item_and_only_the_monitor_closes_it(t: &TestDb) {
        let story = Story::begin(t).await;
        let (app, id) = (&story.commune.app, story.sent().await);
        story.commune.on("10/02/2023");
        let noted = async |by: &Actor, order: NoteItem| note_remediation(app, by, id, order).await;
        let file = NewFile { name: "Báo cáo.pdf".to_owned(), bytes: b"%PDF-1.7 mau".to_vec(), replaces: None };
        noted(&story.owner, NoteItem { file: Some(file), ..note("progress", "") }).await.unwrap();
        noted(&story.other, note("visit", "08/02/2023")).await.unwrap();
        assert_eq!(codes(noted(&story.owner, note("check", "")).await), ["denied"], "nobody checks himself");
        assert_eq!(codes(noted(&story.deputy, note("check", "")).await), ["denied"]);
        assert_eq!(codes(noted(&story.other, note("check", "11/02/2023")).await), ["REMEDY-012"]);
        assert_eq!(codes(noted(&story.other, note("check", "26/12/2022")).await), ["REMEDY-012"]);
        let false_type = NewFile { name: "Báo cáo.pdf".to_owned(), bytes: b"MZ program".to_vec(), replaces: None };
        let with = NoteItem { file: Some(false_type), ..note("progress", "") };
        assert_eq!(codes(noted(&story.owner, with).await), ["ATTACH-004"]);
        let page = item(app, &story.head, id).await.unwrap();
        let shown: Vec<&str> = page.notes.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!((shown, page.files.len()), (vec!["visit", "progress"], 1), "a refused note leaves nothing");
        assert_eq!(codes(close_remediation(app, &story.owner, id, &seen("xong", "10/02/2023")).await), ["REMEDY-015"]);
        assert_eq!(codes(close_remediation(app, &story.head, id, &seen("xong", "10/02/2023")).await), ["denied"]);
        assert_eq!(codes(close_remediation(app, &story.other, id, &seen(" ", "10/02/2023")).await), ["REMEDY-006"]);
        assert_eq!(codes(close_remediation(app, &story.other, id, &seen("xong", "11/02/2023")).await), ["REMEDY-012"]);
        close_remediation(app, &story.other, id, &seen("Hai tháng liền đúng hạn", "10/02/2023")).await.unwrap();
        assert_eq!(codes(noted(&story.other, note("check", "")).await), ["REMEDY-005"]);
        story.commune.app.close().await;
    }

    async fn what_is_late_shows_on_the_board_until_the_deadline_is_put_off_with_a_reason(t: &TestDb) {
        let story = Story::begin(t).await;
        let (app, id) = (&story.commune.app, story.sent().await);
        let top = story.commune.unit(t, TOP).await;
        story.commune.on("15/03/2023");
        let total = board(app, &story.head, top).await.unwrap().total.counts;
        assert_eq!((total.planned, total.open(), total.soon, total.overdue), (1, 1, 1, 0));
        story.commune.on("03/04/2023");
        let page = board(app, &story.head, top).await.unwrap();
        assert_eq!((page.total.counts.overdue, page.lines.len()), (1, 1));
        assert_eq!(listed(app, &story.head, top, Which::Overdue, Some(1)).await.unwrap().items[0].id, id);
        assert!(listed(app, &story.head, top, Which::Closed, Some(1)).await.unwrap().items.is_empty());
        assert!(story.waiting(&story.head, "remedy_overdue").await > 0);
        assert_eq!(codes(listed(app, &story.other, top, Which::All, None).await), ["denied"]);
        let until = |until: &str, reason: &str| Extend { until: until.to_owned(), reason: reason.to_owned() };
        let extends = async |by: &Actor, order: Extend| extend_remediation(app, by, id, &order).await;
        assert_eq!(codes(extends(&story.owner, until("30/06/2023", "Chưa kịp")).await), ["denied"]);
        assert_eq!(codes(extends(&story.head, until("31/03/2023", "Chưa kịp")).await), ["REMEDY-013"]);
        assert_eq!(codes(extends(&story.head, until("30/06/2023", "")).await), ["REMEDY-014"]);
        extends(&story.head, until("30/06/2023", "Ốm dài ngày")).await.unwrap();
        let page = item(app, &story.owner, id).await.unwrap();
        let kept: Vec<String> = page.extensions.iter().map(|one| format!("{} → {}: {}", one.from.shown(), one.to.shown(), one.reason)).collect();
        assert_eq!(kept, ["31/03/2023 → 30/06/2023: Ốm dài ngày"]);
        assert!(!page.item.late);
        story.commune.app.close().await;
    }

    /// Scenario 54.
    async fn what_was_not_finished_stands_in_the_form_and_in_the_facts_of_the_next_year(t: &TestDb) {
        let mut story = Story::begin(t).await;
        let id = story.sent().await;
        story.commune.on("10/02/2023");
        close_remediation(&story.commune.app, &story.other, id, &seen("Hai tháng liền đúng hạn.", "10/02/2023")).await.unwrap();
        plan_again(&story).await;
        story.commune.open(t, "01/11/2023", OpenCampaign { year: 2023, ..OpenCampaign::default() }).await;
        let (app, next) = (&story.commune.app, story.commune.review(t, "A-4").await);
        let form = self_review(app, &story.owner, next).await.unwrap();
        assert_eq!(form.content["remedying_text"], "- Chậm báo cáo: đã khắc phục. Hai tháng liền đúng hạn.\n- Họp muộn: chưa khắc phục xong (thời hạn 30/06/2023).");
        let mut conn = t.db.read(story.commune.root).await.unwrap();
        assert_eq!(store::outcome::remedy::earlier(&mut conn, story.commune.root.0, next.0).await.unwrap(), (2, 1));
        drop(conn);
        story.commune.app.close().await;
    }
}

/// A second item, due in the middle of the year and never finished.
async fn plan_again(story: &Story) {
    let app = &story.commune.app;
    judge_plan(app, &story.head, story.review, Verdict::Approve).await.unwrap();
    let order = PlanItem { shortcoming: "Họp muộn".to_owned(), due_on: "30/06/2023".to_owned(), ..story.order("") };
    story.plan(&order).await.unwrap();
}
