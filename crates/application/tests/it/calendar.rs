//! In time or late: the stories of scenarios 14, 16 and 17.
#![cfg(test)]

use std::collections::BTreeMap;

use application::acts::campaign::OpenCampaign;
use application::acts::decision::Paper;
use application::acts::review::{StateFact, state_fact};
use application::reads::{classification::sheet, decision::decision, history::history};
use domain::Day;
use domain::subject::Subject;

use crate::it::commune::{ADMITTED, Commune, OFFICIAL, Roster, STANDING, TOP};
use crate::it::testdb::TestDb;

const GOOD: &str = "good";
const PEOPLE: [&str; 3] = ["A-1", "A-2", "A-3"];

fn days(days: &[(&str, &str)]) -> BTreeMap<String, String> {
    days.iter().map(|(step, day)| ((*step).to_owned(), (*day).to_owned())).collect()
}

/// The cell and its committee go through the round; the decision is signed on a day.
async fn decide(commune: &Commune, t: &TestDb, levels: &[(&str, &str)], (number, day): (&str, &str)) {
    commune.hold(t, "A").await;
    commune.propose(t, "A", levels).await.unwrap();
    commune.session(t, &PEOPLE).await;
    commune.on(day);
    let paper = Paper { number: number.to_owned(), ..commune.paper(2) };
    commune.decide(t, levels, paper).await.unwrap();
}

async fn late_after(commune: &Commune, t: &TestDb) -> Option<Day> {
    let head = commune.actor(t, "A-1").await;
    decision(&commune.app, &head, commune.campaign).await.unwrap().paper.late_after
}

/// The round of 2021 with one excellent member, examined again a year later; decided anew on a day. What his history says.
async fn examined_again(t: &TestDb, day: &str) -> Vec<(String, bool)> {
    let mut roster = Roster::commune(&[("A", 4)]);
    roster.set("A-4", STANDING, "Dự bị");
    roster.set("A-4", ADMITTED, "10/08/2021");
    roster.set("A-4", OFFICIAL, "");
    let mut commune = Commune::found(t, "01/10/2021", &roster).await;
    commune.open(t, "01/11/2021", OpenCampaign { year: 2021, ..OpenCampaign::default() }).await;
    commune.on("10/12/2021");
    decide(&commune, t, &[("A-1", GOOD), ("A-2", GOOD), ("A-3", "excellent")], ("45", "20/12/2021")).await;
    let again = OpenCampaign {
        year: 2021,
        kind: "re_examination".to_owned(),
        calendar: days(&[
            ("plan", "26/10/2022"),
            ("prompts", "28/10/2022"),
            ("self_review", "05/11/2022"),
            ("meeting", "12/11/2022"),
            ("proposal", "15/11/2022"),
            ("verification", "18/11/2022"),
            ("decision", "30/11/2022"),
            ("notice", "05/12/2022"),
            ("remediation_plan", "15/12/2022"),
        ]),
        ..OpenCampaign::default()
    };
    commune.open(t, "26/10/2022", again).await;
    assert_eq!(commune.row(t, "A-4").await.obligation, "review_only", "months are still counted to the end of 2021");
    commune.on("12/11/2022");
    decide(&commune, t, &PEOPLE.map(|who| (who, GOOD)), ("46", day)).await;
    let (him, review) = (commune.actor(t, "A-3").await, commune.review(t, "A-3").await);
    let page = history(&commune.app, &him, review).await.unwrap();
    commune.app.close().await;
    page.decisions.into_iter().map(|one| (one.level_id, one.late_after == Day::of(2022, 11, 30))).collect()
}

on_both! {
    /// Scenario 14.
    async fn a_decision_of_the_last_day_is_in_time_unless_the_round_reads_the_day_before_or_the_unit_is_a_special_one(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2023", &Roster::commune(&[("A", 3)])).await;
        let levels = PEOPLE.map(|who| (who, GOOD));
        let annual = OpenCampaign { year: 2023, ..OpenCampaign::default() };
        let strict = OpenCampaign { kind: "re_examination".to_owned(), calendar: days(&[("decision", "30/12/2023")]), ..annual.clone() };
        for (order, number, expected) in [(annual, "45", None), (strict, "46", Day::of(2023, 12, 30))] {
            commune.open(t, "01/11/2023", order).await;
            commune.on("12/12/2023");
            decide(&commune, t, &levels, (number, "31/12/2023")).await;
            assert_eq!(late_after(&commune, t).await, expected);
        }
        let special = OpenCampaign { year: 2024, calendar: days(&[("decision", "14/01/2025"), ("notice", "14/01/2025")]), ..OpenCampaign::default() };
        commune.open(t, "01/11/2024", special).await;
        commune.on("12/12/2024");
        decide(&commune, t, &levels, ("5", "14/01/2025")).await;
        assert_eq!(late_after(&commune, t).await, None);
        commune.app.close().await;
    }

    /// Scenario 16.
    async fn a_committee_that_met_for_half_a_day_is_reminded_of_the_minimum_and_not_refused(t: &TestDb) {
        let mut roster = Roster::commune(&[]);
        roster.set_unit(TOP, 2, "Đảng bộ cấp trên cơ sở");
        roster.cell("A", "Chi bộ cơ sở", TOP, 3);
        roster.unit("B", "Đảng bộ cơ sở", TOP);
        roster.cell("X", "Chi bộ", "B", 3);
        roster.post("X-1", "B", "Bí thư");
        let mut commune = Commune::found(t, "01/10/2025", &roster).await;
        commune.open(t, "01/11/2025", OpenCampaign { year: 2025, ..OpenCampaign::default() }).await;
        let office = commune.actor(t, "A-1").await;
        let collective = commune.about(t, Subject::Collective, commune.unit(t, "B").await.0).await;
        let state = async |name: &str, value: &str| {
            let order = StateFact { name: name.to_owned(), value: value.to_owned(), evidence: "Biên bản mẫu".to_owned() };
            state_fact(&commune.app, &office, collective, &order).await.unwrap();
            sheet(&commune.app, &office, collective).await.unwrap().judgement
        };
        let reminded = |judgement: &application::judge::Judgement| judgement.advice.iter().any(|reason| reason.code == "RULE-341");
        for (name, value, told) in [
            ("meeting_days", "0,5", true), ("meeting_days", "1", false), ("is_provincial_standing_committee", "có", true), ("meeting_days", "2", false),
        ] {
            let judgement = state(name, value).await;
            assert_eq!(reminded(&judgement), told, "{name} {value}");
            assert!(judgement.above().is_empty(), "a reminder closes no level");
        }
        commune.app.close().await;
    }

    /// Scenario 17.
    async fn a_level_of_2021_put_right_on_29_november_2022_is_in_time_and_the_old_one_stays_in_the_history(t: &TestDb) {
        assert_eq!(examined_again(t, "29/11/2022").await, [(GOOD.to_owned(), false), ("excellent".to_owned(), false)]);
    }

    /// Scenario 17.
    async fn a_level_of_2021_put_right_on_1_december_2022_is_marked_as_late(t: &TestDb) {
        assert_eq!(examined_again(t, "01/12/2022").await, [(GOOD.to_owned(), true), ("excellent".to_owned(), false)]);
    }
}
