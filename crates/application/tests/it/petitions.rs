//! Kiến nghị về kết quả: receipt, limit, answer, a level decided once more; scenario 57.
#![cfg(test)]

use application::acts::after::{Extend, read_notice};
use application::acts::petition::{
    AnswerPetition, FilePetition, Redecision, answer_petition, extend_petition, file_petition, withdraw_petition,
};
use application::reads::after::notice;
use application::reads::petition::{petitions, petitions_of_body};
use application::reads::tasks::{start, tasks};
use domain::petition::PetitionState;
use domain::{Actor, PetitionId, ReviewId};

use crate::it::afterwards::year;
use crate::it::commune::{Commune, Roster, TOP, codes};
use crate::it::testdb::TestDb;

struct Story {
    commune: Commune,
    review: ReviewId,
    head: Actor,
    owner: Actor,
    other: Actor,
}

impl Story {
    /// Five members are decided on on 20/12/2022; one of them is not content.
    async fn begin(t: &TestDb) -> Self {
        let mut commune = Commune::found(t, "01/10/2021", &Roster::commune(&[("A", 5)])).await;
        let levels = [("A-1", "good"), ("A-2", "good"), ("A-3", "good"), ("A-4", "fulfilled"), ("A-5", "good")];
        year(&mut commune, t, 2022, &levels).await;
        commune.on("27/12/2022");
        let review = commune.review(t, "A-4").await;
        let [head, owner, other] =
            [commune.actor(t, "A-1").await, commune.actor(t, "A-4").await, commune.actor(t, "A-5").await];
        Self { commune, review, head, owner, other }
    }

    async fn file(&self, by: &Actor, content: &str, on: &str) -> application::Result<PetitionId> {
        let order = FilePetition { content: content.to_owned(), received_on: on.to_owned() };
        file_petition(&self.commune.app, by, self.review, &order).await
    }

    async fn answer(&self, by: &Actor, id: PetitionId, order: AnswerPetition) -> application::Result<()> {
        answer_petition(&self.commune.app, by, id, &order).await
    }

    async fn waiting(&self, actor: &Actor, kind: &str) -> usize {
        tasks(&self.commune.app, actor).await.unwrap().iter().filter(|task| task.kind == kind).count()
    }
}

fn changed(level: &str, number: &str, in_favour: &str) -> AnswerPetition {
    let decision =
        Redecision { number: number.to_owned(), signed_on: "05/01/2023".to_owned(), in_favour: in_favour.to_owned() };
    AnswerPetition { answer: "Đã xem lại hồ sơ".to_owned(), level: level.to_owned(), decision }
}

on_both! {
    async fn a_petition_is_answered_within_the_working_days_of_the_body_that_decided(t: &TestDb) {
        let story = Story::begin(t).await;
        assert_eq!(codes(story.file(&story.owner, " ", "").await), ["PETITION-002"]);
        assert_eq!(codes(story.file(&story.other, "Xin xem lại", "").await), ["denied"], "nobody petitions for another");
        let id = story.file(&story.owner, "Xin xem lại", "").await.unwrap();
        assert_eq!(codes(story.file(&story.owner, "Lần nữa", "").await), ["PETITION-003"]);
        let app = &story.commune.app;
        assert_eq!(codes(withdraw_petition(app, &story.head, id).await), ["denied"], "nobody withdraws for another");
        withdraw_petition(app, &story.owner, id).await.unwrap();
        assert_eq!(codes(withdraw_petition(app, &story.owner, id).await), ["PETITION-001"]);
        let id = story.file(&story.owner, "Xin xem lại điểm khác", "").await.unwrap();
        let mut page = petitions(app, &story.owner, story.review).await.unwrap();
        page.petitions.retain(|one| one.id == id);
        let one = &page.petitions[0];
        // Thirty working days from 27/12/2022, without New Year's Monday and five days of Tết.
        assert_eq!((one.working_days, one.due_on.shown().as_str(), one.state), (30, "15/02/2023", PetitionState::Received));
        assert!(!page.may_file && !page.may_answer);
        assert_eq!(codes(petitions(app, &story.other, story.review).await), ["denied"]);
        assert_eq!(story.waiting(&story.head, "petition").await, 1);
        let until = |until: &str, reason: &str| Extend { until: until.to_owned(), reason: reason.to_owned() };
        assert_eq!(codes(extend_petition(app, &story.head, id, &until("15/02/2023", "x")).await), ["REMEDY-013"]);
        assert_eq!(codes(extend_petition(app, &story.owner, id, &until("15/03/2023", "x")).await), ["denied"]);
        extend_petition(app, &story.head, id, &until("15/03/2023", "Phải xác minh thêm")).await.unwrap();
        let page = petitions(app, &story.owner, story.review).await.unwrap();
        let extended = page.petitions.iter().find(|one| one.id == id).unwrap();
        assert_eq!(extended.extensions[0].reason, "Phải xác minh thêm", "he reads why");
        let upheld = AnswerPetition { answer: "Giữ nguyên".to_owned(), ..AnswerPetition::default() };
        assert_eq!(codes(story.answer(&story.owner, id, upheld.clone()).await), ["denied"], "nobody answers himself");
        assert_eq!(codes(story.answer(&story.head, id, AnswerPetition::default()).await), ["PETITION-005"]);
        story.answer(&story.head, id, upheld.clone()).await.unwrap();
        assert_eq!(codes(story.answer(&story.head, id, upheld).await), ["PETITION-001"]);
        let (_, list) = petitions_of_body(app, &story.head, story.commune.unit(t, TOP).await).await.unwrap();
        assert!(list.iter().any(|one| one.petition.id == id && one.petition.state == PetitionState::Upheld));
        story.commune.app.close().await;
    }

    async fn a_letter_is_entered_by_the_office_with_the_day_on_which_it_came(t: &TestDb) {
        let story = Story::begin(t).await;
        for day in ["28/12/2022", "19/12/2022"] {
            assert_eq!(codes(story.file(&story.head, "Đơn ngày 26/12", day).await), ["PETITION-004"]);
        }
        story.file(&story.head, "Đơn ngày 26/12", "26/12/2022").await.unwrap();
        let page = petitions(&story.commune.app, &story.head, story.review).await.unwrap();
        assert_eq!(page.petitions[0].petitioner, story.owner.name);
        assert_eq!(page.petitions[0].due_on.shown(), "14/02/2023");
        story.commune.app.close().await;
    }

    async fn a_level_decided_once_more_stands_and_the_decision_before_it_is_kept(t: &TestDb) {
        let story = Story::begin(t).await;
        let app = &story.commune.app;
        read_notice(app, &story.owner, story.review).await.unwrap();
        let id = story.file(&story.owner, "Xin xem lại", "").await.unwrap();
        story.commune.on("05/01/2023");
        for (order, code) in [
            (changed("fulfilled", "46", "2"), "PETITION-006"),
            (changed("none", "46", "2"), "PETITION-008"),
            (changed("good", "", "2"), "DECISION-002"),
            (changed("good", "46", "1"), "DECISION-003"),
            (changed("good", "46", "4"), "DECISION-004"),
        ] {
            assert_eq!(codes(story.answer(&story.head, id, order).await), [code]);
        }
        story.answer(&story.head, id, changed("good", "46", "2")).await.unwrap();
        let page = petitions(app, &story.owner, story.review).await.unwrap();
        let told: Vec<(&str, bool)> = page.decisions.iter().map(|one| (one.number.as_str(), one.stands)).collect();
        assert_eq!((told.len(), told[0].1, told[1]), (2, false, ("46", true)));
        assert_eq!(page.petitions[0].state, PetitionState::Changed);
        let (_, own) = start(app, &story.owner).await.unwrap();
        assert_eq!(own[0].level.as_ref().unwrap().0, "good");
        assert_eq!(notice(app, &story.owner, story.review).await.unwrap().level, "good");
        assert_eq!(story.waiting(&story.owner, "notice").await, 1, "the new notice is to be read");
        read_notice(app, &story.owner, story.review).await.unwrap();
        let mut conn = t.db.read(story.commune.root).await.unwrap();
        let kept = store::outcome::petition::replaced_notices(&mut conn, story.commune.root.0, story.review.0).await.unwrap();
        assert_eq!((kept.len(), kept[0].read_at.is_some()), (1, true));
        drop(conn);
        story.commune.app.close().await;
    }
}
