//! The register of subjects: every organisation, collective, leader and member of a campaign with what it owes and why.
#![cfg(test)]

use application::Error;
use application::papers::{What, data};
use application::reads::subjects::{Listed, SubjectCounts, subjects};
use domain::review::Obligation;
use domain::subject::Subject;

use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build};
use crate::it::testdb::TestDb;

on_both! {
    async fn every_number_counts_the_list_that_it_opens(t: &TestDb) {
        let play = build(&app(t).await).await;
        let head = play.seated(0).await.unwrap();
        let place = (play.campaign, play.base);
        let whole = subjects(&play.app, &head, place, Listed::default()).await.unwrap();
        let kinds: Vec<Subject> = whole.counts.iter().filter_map(|one| one.subject).collect();
        assert!(kinds.contains(&Subject::Member) && kinds.contains(&Subject::Organization), "{kinds:?}");
        let mut sum = 0;
        for row in whole.counts.iter().chain([&whole.total]) {
            let owed = [None, Some(Obligation::ReviewAndClassify), Some(Obligation::ReviewOnly), Some(Obligation::Neither)];
            assert_eq!(row.total, owed[1..].iter().map(|owed| row.owing(*owed)).sum::<i64>());
            for obligation in owed {
                let mut lines = Vec::new();
                for page in 1..=9 {
                    let listed = Listed { subject: row.subject, obligation, page };
                    let part = subjects(&play.app, &head, place, listed).await.unwrap();
                    assert_eq!(part.found, row.owing(obligation));
                    if page <= part.pages.max(1) {
                        lines.extend(part.lines);
                    }
                }
                assert_eq!(i64::try_from(lines.len()), Ok(row.owing(obligation)));
                assert!(lines.iter().all(|line| row.subject.is_none_or(|kind| line.subject == kind)));
                assert!(lines.iter().all(|line| obligation.is_none_or(|owed| line.obligation == owed)));
            }
            sum += if row.subject.is_some() { row.total } else { -row.total };
        }
        assert_eq!(sum, 0, "the kinds add up to the whole");
        play.app.close().await;
    }
}

#[tokio::test]
async fn whoever_is_not_classified_stands_there_with_the_reason_and_its_rule() {
    let t = TestDb::lite().await;
    let play = build(&app(&t).await).await;
    let head = play.seated(0).await.unwrap();
    let mut seen = 0;
    for obligation in [Obligation::ReviewOnly, Obligation::Neither] {
        let listed = Listed { obligation: Some(obligation), ..Listed::default() };
        let part = subjects(&play.app, &head, (play.campaign, play.base), listed).await.unwrap();
        for line in part.lines {
            assert!(
                !line.reason.is_empty() && line.code.starts_with("RULE-"),
                "{}: {} {}",
                line.name,
                line.reason,
                line.code
            );
            seen += 1;
        }
    }
    assert!(seen >= 4, "{seen}");
    play.app.close().await;
}

#[tokio::test]
async fn people_of_a_unit_stand_in_the_vietnamese_order_of_their_names() {
    let t = TestDb::lite().await;
    let play = build(&app(&t).await).await;
    let head = play.head("CB-T1").await.unwrap();
    let listed = Listed { subject: Some(Subject::Member), ..Listed::default() };
    let part = subjects(&play.app, &head, (play.campaign, play.cells["CB-T1"]), listed).await.unwrap();
    let keys: Vec<String> = part.lines.iter().map(|line| domain::text::name_key(&line.name)).collect();
    assert!(keys.len() > 5 && keys.is_sorted(), "{keys:?}");
    play.app.close().await;
}

#[tokio::test]
async fn the_register_is_printed_for_a_unit_and_shown_to_nobody_outside() {
    let t = TestDb::lite().await;
    let play = build(&app(&t).await).await;
    let head = play.seated(0).await.unwrap();
    let what = What::SubjectRegister { campaign: play.campaign, unit: play.base };
    let paper = data(&play.app, &head, what).await.unwrap();
    assert_eq!(keys_of(&paper), keys_of(&sample("subject-register/1")));
    let whole = subjects(&play.app, &head, (play.campaign, play.base), Listed::default()).await.unwrap();
    let rows = paper["subjects"].as_array().unwrap();
    assert_eq!(i64::try_from(rows.len()), Ok(whole.total.total));
    let marked = |column: &str| i64::try_from(rows.iter().filter(|row| row[column] == "x").count()).unwrap();
    let SubjectCounts { classified, reviewed_only, neither, .. } = whole.total;
    assert_eq!(
        (marked("classified"), marked("reviewed_only"), marked("neither")),
        (classified, reviewed_only, neither)
    );
    let groups = rows.iter().filter(|row| row["group"] != "").count();
    assert_eq!(groups, whole.counts.len(), "one heading for each kind");

    let member = play.actor(play.member("CB-T1", 6).unwrap().person).await.unwrap();
    for unit in [play.base, play.cells["CB-T1"]] {
        let shown = subjects(&play.app, &member, (play.campaign, unit), Listed::default()).await;
        assert!(matches!(shown, Err(Error::Denied)));
        let printed = data(&play.app, &member, What::SubjectRegister { campaign: play.campaign, unit }).await;
        assert!(matches!(printed, Err(Error::Denied)));
    }
    let other = play.head("CB-T2").await.unwrap();
    let foreign = What::SubjectRegister { campaign: play.campaign, unit: play.cells["CB-T1"] };
    assert!(matches!(data(&play.app, &other, foreign).await, Err(Error::Denied)));
    play.app.close().await;
}
