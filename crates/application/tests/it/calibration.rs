//! Calibration and caps under the regulation of 2025: who is moved is moved with a reason that is kept, and each group of
//! like position has a cap of its own.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use application::acts::campaign::{OpenCampaign, open_campaign};
use application::acts::decision::{Calibrate, DecidedLine, Paper, SaveDecision, calibrate, save_decision};
use application::acts::review::{StateFact, state_fact};
use application::demo::Play;
use application::papers::{What, data};
use application::reads::calibration::{CalibrationPage, calibration};
use application::reads::decision::{decision, groups_of};
use application::{Error, Result};
use domain::subject::Subject;
use domain::{Actor, CalibrationId, CampaignId, ReviewId};

use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build, entries};

async fn of_2025(play: &Play, office: &Actor) -> CampaignId {
    let order = OpenCampaign { unit: Some(play.base), year: 2025, ..OpenCampaign::default() };
    open_campaign(&play.app, office, &order).await.unwrap()
}

async fn reviews(play: &Play, office: &Actor, campaign: CampaignId) -> Vec<ReviewId> {
    decision(&play.app, office, campaign).await.unwrap().lines.iter().map(|line| line.line.review).collect()
}

/// The draft with everybody at this level.
async fn draft(play: &Play, office: &Actor, campaign: CampaignId, level: &str) {
    let line = |review| DecidedLine {
        review,
        level: level.to_owned(),
        reason: String::new(),
        seen: String::new(),
        confirmed: false,
    };
    let lines = reviews(play, office, campaign).await.into_iter().map(line).collect();
    let paper = Paper { in_favour: "1".to_owned(), ..Paper::default() };
    save_decision(&play.app, office, campaign, &SaveDecision { paper, lines }).await.unwrap();
}

fn session(play: &Play, moves: &[(ReviewId, &str, &str)]) -> Calibrate {
    Calibrate {
        held_on: play.app.clock.today().shown(),
        chair: "Nguyễn Văn Mẫu, Bí thư".to_owned(),
        secretary: "Trần Thị Mẫu".to_owned(),
        members: "Lê Văn Mẫu\nPhạm Thị Mẫu".to_owned(),
        conclusion: String::new(),
        seen: None,
        moves: moves.iter().map(|(id, to, why)| (*id, (*to).to_owned(), (*why).to_owned())).collect(),
    }
}

fn faults(result: Result<CalibrationId>) -> Vec<(String, Option<String>)> {
    match result.unwrap_err() {
        Error::Refused(refusals) => refusals.into_iter().map(|one| (one.code, one.field)).collect(),
        other => panic!("{other:?}"),
    }
}

async fn page(play: &Play, actor: &Actor, campaign: CampaignId) -> Result<CalibrationPage> {
    calibration(&play.app, actor, campaign, Subject::Member).await
}

fn of_name(page: &CalibrationPage, name: &str) -> ReviewId {
    page.lines.iter().find(|line| line.name == name).unwrap().review
}

on_both! {
    #[expect(clippy::too_many_lines, reason = "one story from beginning to end")]
    async fn who_is_moved_from_which_level_to_which_and_why_is_kept_and_printed(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        assert!(matches!(page(&play, &office, play.campaign).await, Err(Error::Denied)), "132-QĐ/TW knows none");
        let campaign = of_2025(&play, &office).await;
        let place = (campaign, Subject::Member);
        let order = session(&play, &[]);
        assert_eq!(faults(calibrate(&play.app, &office, place, &order).await)[0].0, "CALIBRATE-004");
        draft(&play, &office, campaign, "good").await;
        let one = page(&play, &office, campaign).await.unwrap().lines[0].clone();
        let before = decision(&play.app, &office, campaign).await.unwrap().paper;
        let version = before.version;
        assert_eq!(before.in_favour, 1);

        assert_eq!(faults(calibrate(&play.app, &office, place, &order).await)[0].0, "CALIBRATE-001");
        let silent = session(&play, &[(one.review, "fulfilled", " ")]);
        let field = Some(format!("why-{}", one.review));
        assert_eq!(faults(calibrate(&play.app, &office, place, &silent).await), [("CALIBRATE-002".to_owned(), field)]);
        let same = session(&play, &[(one.review, "good", "x")]);
        assert_eq!(faults(calibrate(&play.app, &office, place, &same).await)[0].0, "CALIBRATE-003");
        let nobody = Calibrate { chair: " ".to_owned(), ..same.clone() };
        assert_eq!(faults(calibrate(&play.app, &office, place, &nobody).await)[0].0, "CALIBRATE-005");
        let later = Calibrate { held_on: "31/12/2099".to_owned(), ..same };
        assert_eq!(faults(calibrate(&play.app, &office, place, &later).await)[0].0, "CALIBRATE-006");
        let member = play.actor(play.member("CB-T1", 9).unwrap().person).await.unwrap();
        let order = session(&play, &[(one.review, "fulfilled", "Sản phẩm 2 kém hơn hai đồng chí cùng chức danh.")]);
        assert!(matches!(calibrate(&play.app, &member, place, &order).await, Err(Error::Denied)));
        assert!(matches!(page(&play, &member, campaign).await, Err(Error::Denied)));

        let stated = StateFact { name: "score".to_owned(), value: "83,5".to_owned(), evidence: "Phiếu chấm số 1".to_owned() };
        let scored = of_name(&page(&play, &office, campaign).await.unwrap(), &member.name);
        state_fact(&play.app, &play.head("CB-T1").await.unwrap(), scored, &stated).await.unwrap();
        let lines = page(&play, &office, campaign).await.unwrap().lines;
        assert_eq!(lines.iter().find(|line| line.review == scored).unwrap().score.as_ref().unwrap().vi, "83,5");
        let firsts: Vec<&str> = lines.iter().filter(|line| line.first).map(|line| line.title.as_str()).collect();
        assert_eq!(firsts.iter().collect::<BTreeSet<_>>().len(), firsts.len(), "a group stands together: {firsts:?}");
        assert!(firsts.len() > 2 && lines.iter().all(|line| !line.title.is_empty()));
        let own = lines.iter().find(|line| line.own).expect("he stands on the list himself");
        let himself = session(&play, &[(own.review, "excellent", "Nhìn lại."), (one.review, "fulfilled", "Nhìn lại.")]);
        let field = Some(format!("to-{}", own.review));
        assert_eq!(faults(calibrate(&play.app, &office, place, &himself).await), [("CALIBRATE-007".to_owned(), field)]);

        let id = calibrate(&play.app, &office, place, &order).await.unwrap();
        let after = page(&play, &office, campaign).await.unwrap();
        let [kept] = &after.sessions[..] else { panic!("{:?}", after.sessions) };
        let moved = &kept.moves[0];
        assert_eq!((moved.name.as_str(), moved.from.as_str(), moved.to.as_str()), (one.name.as_str(), "good", "fulfilled"));
        assert!(moved.reason.starts_with("Sản phẩm 2") && kept.by == office.name && !after.rules.is_empty());
        assert_eq!(after.lines.iter().filter(|line| line.level == "fulfilled").count(), 1);
        let listed = decision(&play.app, &office, campaign).await.unwrap();
        let line = listed.lines.iter().find(|line| line.line.review == one.review).unwrap();
        assert_eq!((line.level.as_str(), line.reason.is_empty()), ("fulfilled", false));
        assert_eq!(listed.paper.in_favour, 0, "the votes for the list as it was count no more");
        let older = Calibrate { seen: Some(version), ..session(&play, &[(one.review, "good", "Nhìn lại.")]) };
        assert_eq!(faults(calibrate(&play.app, &office, place, &older).await)[0].0, "REVIEW-010");
        assert!(listed.paper.version > version, "an older page is told that the list has changed");
        let acts = entries(&play).await;
        assert!(acts.iter().any(|(act, at)| act == "decision.level_moved" && at.contains(&one.review.to_string())));

        let paper = data(&play.app, &office, What::Calibration(id)).await.unwrap();
        assert_eq!(keys_of(&paper), keys_of(&sample("calibration-minutes/2026")));
        assert!(matches!(data(&play.app, &member, What::Calibration(id)).await, Err(Error::Denied)));
        app.close().await;
        play.app.close().await;
    }

    async fn each_group_of_like_position_has_its_own_cap_and_one_for_the_whole_organisation_has_none(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let whole = decision(&play.app, &office, play.campaign).await.unwrap();
        assert!(whole.groups.is_empty() && whole.cap.limit > 0, "132-QĐ/TW counts over the base organisation");
        let campaign = of_2025(&play, &office).await;
        let reviews = reviews(&play, &office, campaign).await;
        let at_top: BTreeMap<ReviewId, String> = reviews.iter().map(|one| (*one, "excellent".to_owned())).collect();
        let groups = groups_of(&play.app, &office, campaign, &at_top).await.unwrap();
        assert!(groups.len() > 2, "{groups:?}");
        let people: u32 = groups.iter().map(|group| group.people).sum();
        assert_eq!(usize::try_from(people), Ok(reviews.len()), "everybody stands in one group");
        let heads = groups.iter().find(|group| group.title == "secretary").unwrap();
        assert_eq!(heads.cap.used, 0, "heads stand outside under this book");
        for group in groups.iter().filter(|group| group.cap.used > 0) {
            assert!(group.cap.over > 0, "nobody is rated good, so nobody may be excellent: {group:?}");
        }

        // Scenario 45: up to 25 % with grounds, 20 % without.
        let good: BTreeMap<ReviewId, String> = reviews.iter().map(|one| (*one, "good".to_owned())).collect();
        let most = groups_of(&play.app, &office, campaign, &good).await.unwrap();
        let most = most.into_iter().max_by_key(|group| group.cap.limit).unwrap();
        let (with_grounds, over) = most.cap.with_grounds.unwrap();
        assert!(with_grounds > most.cap.limit && over == 0, "{most:?}");
        app.close().await;
        play.app.close().await;
    }
}
