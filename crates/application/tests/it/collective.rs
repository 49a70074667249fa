//! A leadership collective reports on itself: the form of its regime, from the screen to the paper.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use application::acts::register::{NumberPaper, number_paper};
use application::acts::review::{Typed, save_self_review, submit_self_review};
use application::demo::Play;
use application::papers::{Catalogue, What, catalogue, data};
use application::reads::review::self_review;
use application::{App, Error};
use domain::form::FieldKind;
use domain::{Actor, ReviewId};
use serde_json::Value;
use store::journal::Record;
use store::review::ReviewRow;
use uuid::Uuid;

use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build};
use crate::it::testdb::TestDb;

/// A review of the unit's collective or of the organisation, as the opening of a campaign would make it.
pub(crate) async fn open_review(t: &TestDb, play: &Play, subject: &str, unit: Uuid) -> ReviewId {
    let row = ReviewRow {
        root_id: play.root.0,
        review_id: Uuid::from_u128(0xC0 + unit.as_u128() % 7 + u128::from(subject == "organization")),
        campaign_id: play.campaign.0,
        subject: subject.to_owned(),
        about_id: unit,
        person_id: None,
        unit_id: unit,
        state: "awaiting_self_review".to_owned(),
        obligation: "review_and_classify".to_owned(),
        obligation_rule: String::new(),
        obligation_reason: String::new(),
        leader: false,
        version: 1,
    };
    let mut tx = t.db.begin(play.root).await.unwrap();
    store::review::insert(&mut tx, &row).await.unwrap();
    tx.commit(Record::housekeeping("test data")).await.unwrap();
    ReviewId(row.review_id)
}

/// Every field of the form filled in.
pub(crate) async fn filled(app: &App, actor: &Actor, review: ReviewId) -> Typed {
    let page = self_review(app, actor, review).await.unwrap();
    page.form
        .fields(page.filler)
        .map(|field| {
            let value = match field.kind {
                FieldKind::Grade => page.grades[1].0.clone(),
                FieldKind::Level => page.levels[0].0.clone(),
                FieldKind::Points => "1".to_owned(),
                FieldKind::LongText | FieldKind::Text => format!("Nội dung mục {}", field.id),
            };
            (field.id.clone(), value)
        })
        .collect()
}

pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(reasons)) => reasons[0].code.clone(),
        other => panic!("not refused: {other:?}"),
    }
}

on_both! {
    async fn the_report_stands_among_the_papers_of_the_unit_and_in_its_register(t: &TestDb) {
        let play = build(&app(t).await).await;
        let app = play.app.clone();
        let secretary = play.seated(0).await.unwrap();
        let review = open_review(t, &play, "collective", play.base.0).await;
        let offer = |page: Catalogue| page.subjects.into_iter().find(|one| one.review == review).unwrap();
        let before = offer(catalogue(&app, &secretary, play.campaign, play.base).await.unwrap());
        assert!(!before.report && !before.numbered_here && before.number.is_none());
        let number = |number: &str, dated_on: &str| NumberPaper {
            number: number.to_owned(),
            dated_on: dated_on.to_owned(),
            number_field: "number".to_owned(),
            day_field: "day".to_owned(),
        };
        let early = number_paper(&app, &secretary, What::SelfReview(review), &number("12", "")).await;
        assert_eq!(code(early), "PAPER-007", "nothing is handed in yet");
        let typed = filled(&app, &secretary, review).await;
        submit_self_review(&app, &secretary, review, &typed, "").await.unwrap();
        let by_hand = data(&app, &secretary, What::SelfReview(review)).await.unwrap();
        assert!(by_hand["number"].as_str().unwrap().ends_with("-BC/ĐU"), "{}", by_hand["number"]);
        number_paper(&app, &secretary, What::SelfReview(review), &number("12", "")).await.unwrap();
        let paper = data(&app, &secretary, What::SelfReview(review)).await.unwrap();
        assert_eq!(paper["number"], "12-BC/ĐU");
        let after = offer(catalogue(&app, &secretary, play.campaign, play.base).await.unwrap());
        assert!(after.report && after.numbered_here);
        assert_eq!(after.number.unwrap().printed, "12-BC/ĐU");
        let head = play.head("CB-T1").await.unwrap();
        let denied = number_paper(&app, &head, What::SelfReview(review), &number("13", "")).await;
        assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
        let (row, _) = play.reviews("CB-T1").await.unwrap().into_iter().next().unwrap();
        let person = number_paper(&app, &secretary, What::SelfReview(ReviewId(row.review_id)), &number("14", "")).await;
        assert!(matches!(person, Err(Error::Denied)), "a member's self-review has no number");
        app.close().await;
    }

    async fn two_who_write_one_report_do_not_overwrite_each_other(t: &TestDb) {
        let play = build(&app(t).await).await;
        let app = play.app.clone();
        let (secretary, clerk) = (play.seated(0).await.unwrap(), play.seated(1).await.unwrap());
        assert_ne!(secretary.person, clerk.person);
        let review = open_review(t, &play, "collective", play.base.0).await;
        let mut typed = filled(&app, &secretary, review).await;
        assert_eq!(self_review(&app, &clerk, review).await.unwrap().version, 0);
        let first = save_self_review(&app, &secretary, review, &typed, Some(0)).await.unwrap();
        typed.insert("results_text".to_owned(), "Lời của người thứ hai".to_owned());
        assert_eq!(code(save_self_review(&app, &clerk, review, &typed, Some(0)).await), "REVIEW-010");
        let kept = self_review(&app, &clerk, review).await.unwrap();
        assert_eq!((kept.version, kept.content["results_text"].as_str()), (first, "Nội dung mục results_text"));
        // Who saw what the other saved goes on from there; nobody is in his own way.
        save_self_review(&app, &clerk, review, &typed, Some(first)).await.unwrap();
        save_self_review(&app, &clerk, review, &typed, Some(first)).await.unwrap();
        assert_eq!(code(save_self_review(&app, &secretary, review, &typed, Some(first)).await), "REVIEW-010");
        app.close().await;
    }

    async fn a_collective_reports_on_its_form_and_the_paper_is_signed_for_the_body(t: &TestDb) {
        let play = build(&app(t).await).await;
        let app = play.app.clone();
        let secretary = play.seated(0).await.unwrap();
        let review = open_review(t, &play, "collective", play.base.0).await;
        let form = self_review(&app, &secretary, review).await.unwrap().form;
        assert_eq!(form.key(), "collective-review/2019");
        assert_eq!(code(data(&app, &secretary, What::SelfReview(review)).await), "PAPER-007");

        let mut typed = filled(&app, &secretary, review).await;
        save_self_review(&app, &secretary, review, &typed, None).await.unwrap();
        let draft = data(&app, &secretary, What::Draft(review)).await.unwrap();
        assert!(draft["checkpoint"].as_str().unwrap().contains("BẢN NHÁP"));

        let results = typed.remove("results_text").unwrap();
        assert_eq!(code(submit_self_review(&app, &secretary, review, &typed, "").await), "FORM-001");
        typed.insert("results_text".to_owned(), results);
        submit_self_review(&app, &secretary, review, &typed, "").await.unwrap();

        let paper = data(&app, &secretary, What::SelfReview(review)).await.unwrap();
        assert_eq!(keys_of(&paper), keys_of(&sample("collective-review/2019")));
        assert_eq!(paper["answers"]["results_text"], "Nội dung mục results_text");
        assert_eq!(paper["answers"]["self_level"], "excellent");
        assert!(paper["authority"].as_str().unwrap().starts_with("T/M "), "{}", paper["authority"]);
        assert!(!paper["signer"].as_str().unwrap().is_empty());
        assert!(paper["number"].as_str().unwrap().contains("-BC"), "{}", paper["number"]);
        let member = play.actor(play.member("CB-T1", 6).unwrap().person).await.unwrap();
        assert!(matches!(data(&app, &member, What::SelfReview(review)).await, Err(Error::Denied)));
        app.close().await;
    }
}

#[test]
fn samples_of_all_collective_forms_have_the_same_keys_beside_the_answers() {
    let beside = |form: &str| -> BTreeSet<String> {
        keys_of(&sample(form)).into_iter().filter(|key| !key.starts_with(".answers.")).collect()
    };
    let answers =
        |form: &str| -> BTreeMap<String, Value> { serde_json::from_value(sample(form)["answers"].clone()).unwrap() };
    let library = crate::it::story::library();
    for form in ["collective-review/2019", "collective-review/2023", "collective-review/2025"] {
        assert_eq!(beside(form), beside("collective-review/2019"), "{form}");
        let fields = library.form(form).unwrap().sections.iter().flat_map(|section| &section.fields);
        let asked: BTreeSet<String> = fields.map(|field| field.id.clone()).collect();
        assert_eq!(asked, answers(form).into_keys().collect(), "{form}");
    }
}
