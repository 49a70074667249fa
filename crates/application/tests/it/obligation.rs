//! Who writes a self-review, who gets a level, who neither: the stories of scenarios 1 to 8.
#![cfg(test)]

use application::acts::campaign::OpenCampaign;
use application::reads::{classification, decision::decision, meeting, review::review, tasks::tasks};
use domain::ReviewId;
use domain::subject::Subject;
use store::review::ReviewRow;

use crate::it::commune::{ADMITTED, Commune, FOUNDED, OFFICIAL, Roster, STANDING, TOP, codes};

fn year(year: i32) -> OpenCampaign {
    OpenCampaign { year, ..OpenCampaign::default() }
}

/// A probationary member admitted on that day.
fn admitted(roster: &mut Roster, who: &str, day: &str) {
    roster.set(who, STANDING, "Dự bị");
    roster.set(who, ADMITTED, day);
    roster.set(who, OFFICIAL, "");
}

fn owes(row: &ReviewRow) -> (&str, &str) {
    (row.state.as_str(), row.obligation.as_str())
}

const GOOD: &str = "good";

on_both! {
    /// Scenario 1.
    async fn whoever_was_admitted_in_august_2022_writes_and_gets_no_level_and_counts_in_no_cap(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 8)]);
        admitted(&mut roster, "A-8", "10/08/2022");
        let mut commune = Commune::found(t, "01/10/2022", &roster).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        let row = commune.row(t, "A-8").await;
        assert_eq!(owes(&row), ("awaiting_self_review", "review_only"));
        assert!(row.obligation_reason.contains("10/08/2022"), "{}", row.obligation_reason);
        commune.on("12/12/2022");
        commune.hold(t, "A").await;
        assert_eq!(commune.row(t, "A-8").await.state, "discussed", "he was reviewed");

        let mut levels: Vec<(&str, &str)> = ["A-2", "A-3", "A-4", "A-5", "A-6", "A-7"].map(|who| (who, GOOD)).into();
        levels.push(("A-1", "excellent"));
        let with_him: Vec<_> = levels.iter().copied().chain([("A-8", GOOD)]).collect();
        assert_eq!(codes(commune.propose(t, "A", &with_him).await), ["FORM-003"], "no level can be chosen for him");
        commune.propose(t, "A", &levels).await.unwrap();
        commune.session(t, &["A-1", "A-2", "A-3"]).await;
        let page = decision(&commune.app, &commune.office().await, commune.campaign).await.unwrap();
        let told: Vec<&str> = page.not_rated.iter().map(|(name, _, reason)| {
            assert!(!reason.is_empty());
            name.as_str()
        }).collect();
        assert_eq!(told, ["Nguyễn Văn A-8"]);
        // Of 7 rated people 1,4 may be excellent; of 8 it would be 1,6, rounded to 2.
        assert_eq!((page.cap.limit, page.cap.used), (1, 1), "{}", page.cap.arithmetic.vi);
        commune.decide(t, &levels, commune.paper(2)).await.unwrap();
        assert_eq!(commune.row(t, "A-8").await.state, "discussed");
        let unit = commune.unit(t, TOP).await;
        let table = application::reads::after::summary(&commune.app, &commune.office().await, commune.campaign, unit).await.unwrap();
        assert_eq!((table.total.people, table.total.rated, table.total.not_rated, table.total.exempt), (8, 7, 1, 0));
        commune.app.close().await;
    }

    /// Scenario 2.
    async fn whoever_was_admitted_in_august_2023_has_nothing_to_do(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 4)]);
        admitted(&mut roster, "A-4", "10/08/2023");
        let mut commune = Commune::found(t, "01/10/2023", &roster).await;
        commune.open(t, "01/11/2023", year(2023)).await;
        let row = commune.row(t, "A-4").await;
        assert_eq!(owes(&row), ("not_due", "neither"));
        assert!(row.obligation_rule == "admitted-under-six-months-exempt" && !row.obligation_reason.is_empty(), "{row:?}");
        let him = commune.actor(t, "A-4").await;
        assert_eq!(tasks(&commune.app, &him).await.unwrap(), []);
        assert!(commune.hand_in(&him, ReviewId(row.review_id)).await.is_err());
        let other = commune.actor(t, "A-3").await;
        assert_eq!(tasks(&commune.app, &other).await.unwrap()[0].kind, "self_review");
        commune.app.close().await;
    }

    /// Scenario 3.
    async fn six_months_are_counted_to_the_cut_off_day_that_the_round_sets(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 6)]);
        for (who, day) in [("A-4", "15/06/2022"), ("A-5", "30/06/2022"), ("A-6", "01/07/2022")] {
            admitted(&mut roster, who, day);
        }
        let mut commune = Commune::found(t, "01/10/2022", &roster).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        for (who, obligation) in [("A-4", "review_and_classify"), ("A-5", "review_and_classify"), ("A-6", "review_only")] {
            assert_eq!(commune.row(t, who).await.obligation, obligation, "{who}");
        }
        let later = OpenCampaign {
            kind: "re_examination".to_owned(),
            calendar: [("cut_off".to_owned(), "01/01/2023".to_owned())].into(),
            ..year(2022)
        };
        commune.open(t, "02/11/2022", later).await;
        assert_eq!(commune.row(t, "A-6").await.obligation, "review_and_classify", "one day more makes six months");
        commune.app.close().await;
    }

    /// Scenarios 4 and 5.
    async fn long_sick_leave_keeps_a_member_from_good_and_maternity_leave_does_not(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2022", &Roster::commune(&[("A", 5)])).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        commune.on("12/12/2022");
        commune.hold(t, "A").await;
        commune.state(t, "A-3", "sick_leave_days", "95").await.unwrap();
        commune.state(t, "A-4", "sick_leave_days", "60").await.unwrap();
        commune.state(t, "A-5", "maternity_leave", "có").await.unwrap();
        let levels = |of_the_sick: &'static str| {
            [("A-1", GOOD), ("A-2", GOOD), ("A-3", of_the_sick), ("A-4", GOOD), ("A-5", "excellent")]
        };
        for level in ["excellent", GOOD] {
            assert_eq!(codes(commune.propose(t, "A", &levels(level)).await), ["PROPOSAL-005"], "{level}");
        }
        commune.propose(t, "A", &levels("fulfilled")).await.unwrap();
        commune.session(t, &["A-1", "A-2", "A-3"]).await;
        assert_eq!(codes(commune.decide(t, &levels(GOOD), commune.paper(2)).await), ["DECISION-007"]);
        let mother = review(&commune.app, &commune.actor(t, "A-1").await, commune.review(t, "A-5").await).await.unwrap();
        assert!(mother.judgement.advice.iter().any(|reason| reason.rule == "maternity-leave"));
        assert!(mother.judgement.above().is_empty(), "no level is closed to her");
        commune.decide(t, &levels("fulfilled"), commune.paper(2)).await.unwrap();
        commune.app.close().await;
    }

    /// Scenario 6.
    async fn an_exempt_member_has_no_task_and_counts_among_the_members_of_a_meeting_to_which_he_comes(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 6)]);
        roster.set("A-6", STANDING, "Được miễn");
        let mut commune = Commune::found(t, "01/10/2022", &roster).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        assert_eq!(owes(&commune.row(t, "A-6").await), ("not_due", "neither"));
        assert_eq!(tasks(&commune.app, &commune.actor(t, "A-6").await).await.unwrap(), []);
        commune.on("12/12/2022");
        let head = commune.actor(t, "A-1").await;
        let unit = commune.unit(t, "A").await;
        let others = ["A-1", "A-2", "A-3", "A-4", "A-5"];
        for (present, base, needed) in [(others.to_vec(), 5, 3), ([&others[..], &["A-6"]].concat(), 6, 4)] {
            commune.meet(t, ("A", "A-1", "A-2"), &present).await;
            let page = meeting::of_unit(&commune.app, &head, commune.campaign, unit).await.unwrap();
            let counted = page.meeting.unwrap().base;
            assert_eq!((counted.base, counted.needed), (base, needed), "{}", counted.arithmetic());
        }
        commune.app.close().await;
    }

    /// Scenario 7, before 2023.
    async fn a_secretary_suspended_from_the_committee_alone_is_reviewed_and_rated_under_132(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2022", &Roster::commune(&[("A", 4)])).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        commune.on("12/12/2022");
        commune.hold(t, "A").await;
        commune.state(t, "A-1", "suspended_from_committee", "có").await.unwrap();
        let levels = ["A-1", "A-2", "A-3", "A-4"].map(|who| (who, GOOD));
        commune.propose(t, "A", &levels).await.unwrap();
        assert_eq!(owes(&commune.row(t, "A-1").await), ("proposed", "review_and_classify"));
        commune.app.close().await;
    }

    /// Scenario 8.
    async fn a_cell_founded_in_september_reports_and_gets_no_level_and_its_members_do(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 4)]);
        roster.cell("B", "Chi bộ", TOP, 3);
        roster.set_unit("B", FOUNDED, "01/09/2022");
        let mut commune = Commune::found(t, "01/10/2022", &roster).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        let young = commune.unit(t, "B").await.0;
        let rows = commune.all(t).await;
        let cell = rows.iter().find(|row| row.subject == "organization" && row.about_id == young).unwrap();
        assert_eq!(owes(cell), ("awaiting_self_review", "review_only"));
        assert_eq!(cell.obligation_rule, "unit-founded-under-six-months");
        for who in ["B-1", "B-2", "B-3"] {
            assert_eq!(commune.row(t, who).await.obligation, "review_and_classify", "{who}");
        }
        let head = commune.actor(t, "B-1").await;
        assert!(tasks(&commune.app, &head).await.unwrap().iter().any(|task| task.kind == "report"), "its report is asked for");
        commune.hand_in(&head, ReviewId(cell.review_id)).await.unwrap();
        let page = classification::list(&commune.app, &commune.office().await, commune.campaign, Subject::Organization).await.unwrap();
        let named = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect::<Vec<_>>().join("; ");
        assert_eq!(named(&mut page.lines.iter().map(|line| &line.name)), "Chi bộ A");
        assert_eq!(named(&mut page.not_rated.iter().map(|(name, _)| name)), "Chi bộ B");
        commune.app.close().await;
    }
}
