//! Scoring sheets under the regulation of 2025: the subject scores itself, whoever verifies scores it, the book reckons.
#![cfg(test)]

use std::collections::BTreeMap;

use application::acts::campaign::{OpenCampaign, open_campaign};
use application::acts::review::{RecordScores, StateFact, record_scores, save_self_review, state_fact};
use application::demo::Play;
use application::papers::{What, data};
use application::reads::decision::decision;
use application::reads::review::{review, self_review};
use application::reads::scores::scores;
use application::{Error, Result};
use domain::scoring::ScoreRole;
use domain::{Actor, ReviewId, ScoreSheetId};

use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build};

fn order(role: ScoreRole, fields: &[(&str, &str)]) -> RecordScores {
    let fields: BTreeMap<String, String> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    RecordScores { role: Some(role), fields }
}

fn faults(result: Result<ScoreSheetId>) -> Vec<(String, Option<String>)> {
    match result.unwrap_err() {
        Error::Refused(refusals) => refusals.into_iter().map(|one| (one.code, one.field)).collect(),
        other => panic!("{other:?}"),
    }
}

async fn fact(play: &Play, head: &Actor, id: ReviewId, name: &str) -> String {
    let page = review(&play.app, head, id).await.unwrap();
    page.facts.into_iter().find(|fact| fact.name == name).map(|fact| fact.value).unwrap_or_default()
}

on_both! {
    #[expect(clippy::too_many_lines, reason = "one story from beginning to end")]
    async fn points_are_reckoned_by_the_book_and_what_was_verified_is_the_fact(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let campaign = OpenCampaign { unit: Some(play.base), year: 2025, ..OpenCampaign::default() };
        let campaign = open_campaign(&play.app, &office, &campaign).await.unwrap();
        let member = play.actor(play.member("CB-T1", 9).unwrap().person).await.unwrap();
        let head = play.head("CB-T1").await.unwrap();
        let other = play.actor(play.member("CB-T2", 8).unwrap().person).await.unwrap();
        let listed = decision(&play.app, &office, campaign).await.unwrap().lines;
        let id = listed.iter().find(|line| line.line.name == member.name).unwrap().line.review;

        let page = scores(&play.app, &member, id, "").await.unwrap();
        assert_eq!((page.frame.id.as_str(), page.roles.as_slice()), ("member", [ScoreRole::Own].as_slice()));
        assert!(matches!(scores(&play.app, &other, id, "").await, Err(Error::Denied)));
        let colleague = play.actor(play.member("CB-T1", 8).unwrap().person).await.unwrap();
        assert!(matches!(scores(&play.app, &colleague, id, "").await, Err(Error::Denied)), "nor one of the same cell");
        let his = listed.iter().find(|line| line.line.name == colleague.name).unwrap().line.review;
        let stated = StateFact { name: "score".to_owned(), value: "60".to_owned(), evidence: "Biên bản số 3".to_owned() };
        state_fact(&play.app, &head, his, &stated).await.unwrap();
        let best = order(ScoreRole::Own, &[("general", "30"), ("part-results", "70")]);
        record_scores(&play.app, &colleague, his, &best).await.unwrap();
        assert_eq!(fact(&play, &head, his, "score").await, "60", "what an official stated is not replaced by one's own points");
        let own = |general, results| order(ScoreRole::Own, &[("general", general), ("part-results", results)]);
        let wrong = record_scores(&play.app, &member, id, &own("hai", "60")).await;
        assert_eq!(faults(wrong), [("SCORE-001".to_owned(), Some("general".to_owned()))]);
        let beyond = faults(record_scores(&play.app, &member, id, &own("30", "71")).await);
        assert_eq!(beyond[0].0, "SCORE-002", "70 points of results at most");
        assert!(page.sheets.is_empty() && fact(&play, &head, id, "score").await.is_empty(), "nothing half-written");

        record_scores(&play.app, &member, id, &own("29,5", "62")).await.unwrap();
        assert_eq!(fact(&play, &head, id, "score").await, "91,5");
        assert_eq!(fact(&play, &head, id, "self_score").await, "91,5");
        // The form takes the points from the sheet, whatever is typed into it.
        let typed = [("general_points", "1"), ("score_points", "2")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        save_self_review(&play.app, &member, id, &typed.into(), None).await.unwrap();
        let form = self_review(&play.app, &member, id).await.unwrap();
        let points = ["general_points", "results_points", "score_points"].map(|name| form.content[name].as_str());
        assert_eq!((form.scores, form.scored, points), (true, true, ["29,5", "62", "91,5"]));

        let verified = [("general", "28"), ("part-results", "55")];
        let silent = record_scores(&play.app, &head, id, &order(ScoreRole::Verifying, &verified)).await;
        assert_eq!(faults(silent), [("SCORE-003".to_owned(), Some("difference-grounds".to_owned()))], "8.5 points apart");
        let said = StateFact { name: "score".to_owned(), value: "86,5".to_owned(), evidence: String::new() };
        let refused = state_fact(&play.app, &head, id, &said).await.unwrap_err();
        assert!(matches!(&refused, Error::Refused(faults) if faults[0].code == "SCORE-003" && faults[0].citation.is_some()), "5 points apart: {refused:?}");
        let moved = order(ScoreRole::Verifying, &[("general", "28"), ("part-results", "60"), ("moved-a", "30")]);
        assert_eq!(faults(record_scores(&play.app, &head, id, &moved).await)[0].0, "SCORE-004");
        let verify = order(ScoreRole::Verifying, &[verified[0], verified[1], ("difference-grounds", "Nhiệm vụ 3 chậm hai tháng.")]);
        assert!(matches!(record_scores(&play.app, &member, id, &verify).await, Err(Error::Denied)), "nobody verifies himself");
        assert!(matches!(record_scores(&play.app, &other, id, &verify).await, Err(Error::Denied)));
        let sheet = record_scores(&play.app, &head, id, &verify).await.unwrap();
        assert_eq!(fact(&play, &head, id, "score").await, "83");
        let page = review(&play.app, &head, id).await.unwrap();
        assert!(page.judgement.against("excellent").is_some(), "83 is below the band of the best level");
        record_scores(&play.app, &member, id, &own("30", "70")).await.unwrap();
        assert_eq!(fact(&play, &head, id, "score").await, "83", "scoring oneself again replaces nothing that was verified");
        assert_eq!(fact(&play, &head, id, "self_score").await, "100");

        let both = scores(&play.app, &head, id, "").await.unwrap().sheets;
        let totals: Vec<(ScoreRole, usize, String)> =
            both.iter().map(|one| (one.role, one.earlier, one.reckoned.total.as_ref().unwrap().rounded.clone())).collect();
        assert_eq!(totals, [(ScoreRole::Own, 1, "100".to_owned()), (ScoreRole::Verifying, 0, "83".to_owned())]);
        let paper = data(&play.app, &head, What::ScoreSheet(sheet)).await.unwrap();
        assert_eq!(paper["total"], "83");
        let (mut ours, mut samples) = (keys_of(&paper), keys_of(&sample("score-sheet/1")));
        ours.retain(|key| !key.starts_with(".remarks"));
        samples.retain(|key| !key.starts_with(".remarks"));
        assert_eq!(ours, samples);
        assert!(matches!(data(&play.app, &other, What::ScoreSheet(sheet)).await, Err(Error::Denied)));

        // 132-QĐ/TW goes by grades.
        let (old, _) = play.reviews("CB-T1").await.unwrap().into_iter().next().unwrap();
        assert!(matches!(scores(&play.app, &head, ReviewId(old.review_id), "").await, Err(Error::Denied)));
        app.close().await;
        play.app.close().await;
    }
}
