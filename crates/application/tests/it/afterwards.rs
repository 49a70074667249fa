//! What follows from levels, and who learns of them: the stories of scenarios 55, 56 and 59.
#![cfg(test)]

use application::acts::after::{PlanItem, plan_remediation};
use application::acts::campaign::OpenCampaign;
use application::acts::decision::Paper;
use application::acts::review::{StateOpinion, state_opinion};
use application::reads::after::{ToConsider, notice, summary};
use application::reads::{decision::decision, meeting, tasks::tasks};

use crate::it::commune::{Commune, Roster, TOP, codes};
use crate::it::testdb::TestDb;

const GOOD: &str = "good";
const BEST: &str = "excellent";
const WORST: &str = "not_fulfilled";

/// A round of a year, from its opening to the decision.
pub(crate) async fn year(commune: &mut Commune, t: &TestDb, year: i32, levels: &[(&str, &str)]) {
    commune.open(t, &format!("01/11/{year}"), OpenCampaign { year, ..OpenCampaign::default() }).await;
    commune.on(&format!("12/12/{year}"));
    commune.hold(t, "A").await;
    commune.propose(t, "A", levels).await.unwrap();
    commune.session(t, &["A-1", "A-2", "A-3"]).await;
    commune.on(&format!("20/12/{year}"));
    commune.decide(t, levels, commune.paper(2)).await.unwrap();
}

/// What the summary of the last round says is to be considered because of more than one period.
async fn considered(commune: &Commune, t: &TestDb) -> Vec<ToConsider> {
    let (head, unit) = (commune.actor(t, "A-1").await, commune.unit(t, TOP).await);
    let page = summary(&commune.app, &head, commune.campaign, unit).await.unwrap();
    page.consider.into_iter().filter(|one| one.reason.rule != "excellent-in-the-year").collect()
}

fn told(list: &[ToConsider]) -> Vec<(&str, &str, String)> {
    list.iter().map(|one| (one.name.as_str(), one.reason.rule.as_str(), one.unknown.join(" "))).collect()
}

on_both! {
    /// Scenario 55.
    async fn two_years_not_fulfilled_give_the_cell_something_to_plan_and_one_year_does_not(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2021", &Roster::commune(&[("A", 4)])).await;
        let levels = |third, fourth| [("A-1", GOOD), ("A-2", GOOD), ("A-3", third), ("A-4", fourth)];
        year(&mut commune, t, 2021, &levels(GOOD, GOOD)).await;
        year(&mut commune, t, 2022, &levels(WORST, WORST)).await;
        assert_eq!(told(&considered(&commune, t).await), [], "one year alone asks for nothing");
        year(&mut commune, t, 2023, &levels(WORST, GOOD)).await;
        let found = considered(&commune, t).await;
        assert_eq!(told(&found), [("Nguyễn Văn A-3", "two-years-not-fulfilled", String::new())]);
        assert!(found[0].reason.message.vi.contains("12 tháng") && found[0].reason.figures[0].vi.starts_with("2022: "), "{found:?}");
        let head = commune.actor(t, "A-1").await;
        let waiting = async || tasks(&commune.app, &head).await.unwrap().into_iter().filter(|task| task.kind == "consider").map(|task| task.number).collect::<Vec<_>>();
        assert_eq!(waiting().await, [1]);
        let member = commune.actor(t, "A-4").await;
        assert!(tasks(&commune.app, &member).await.unwrap().iter().all(|task| task.kind != "consider"));
        let plan = PlanItem {
            source: "criticism".to_owned(),
            shortcoming: "Hai năm không hoàn thành nhiệm vụ".to_owned(),
            measure: "Phân công đảng viên giúp đỡ trong 12 tháng".to_owned(),
            expected: "Hoàn thành nhiệm vụ được giao".to_owned(),
            monitor: Some(commune.person(t, "A-2").await),
            due_on: "20/12/2024".to_owned(),
            ..PlanItem::default()
        };
        plan_remediation(&commune.app, &head, found[0].review, &plan).await.unwrap();
        assert!(waiting().await.is_empty(), "something is planned");
        commune.app.close().await;
    }

    /// Scenario 56.
    async fn five_excellent_years_are_listed_and_a_year_that_nobody_knows_is_named(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2018", &Roster::commune(&[("A", 10)])).await;
        // Members without a post are a group of their own: one of seven.
        let names: Vec<String> = (1..=10).map(|number| format!("A-{number}")).collect();
        let levels: Vec<(&str, &str)> =
            names.iter().map(|name| (name.as_str(), if name == "A-10" { BEST } else { GOOD })).collect();
        for of in 2019..=2022 {
            year(&mut commune, t, of, &levels).await;
        }
        let five = "five-years-excellent";
        assert_eq!(told(&considered(&commune, t).await), [("Nguyễn Văn A-10", five, "2018".to_owned())]);
        year(&mut commune, t, 2023, &levels).await;
        assert_eq!(told(&considered(&commune, t).await), [("Nguyễn Văn A-10", five, String::new())]);
        commune.app.close().await;
    }

    /// Scenario 59.
    async fn the_result_opens_after_the_decision_to_the_member_and_his_secretary_and_the_minutes_to_neither(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2022", &Roster::commune(&[("A", 3), ("B", 4)])).await;
        commune.open(t, "01/11/2022", OpenCampaign { year: 2022, ..OpenCampaign::default() }).await;
        commune.on("12/12/2022");
        let cells: [(&str, &[(&str, &str)]); 2] = [
            ("A", &[("A-1", GOOD), ("A-2", GOOD), ("A-3", GOOD)]),
            ("B", &[("B-1", GOOD), ("B-2", GOOD), ("B-3", GOOD), ("B-4", "fulfilled")]),
        ];
        for (cell, levels) in cells {
            commune.hold(t, cell).await;
            commune.propose(t, cell, levels).await.unwrap();
        }
        let (head, him, other) = (commune.actor(t, "B-1").await, commune.actor(t, "B-4").await, commune.actor(t, "B-3").await);
        let review = commune.review(t, "B-4").await;
        let comment = StateOpinion {
            assessor: "cell_committee".to_owned(),
            comment: "Còn chậm trong sinh hoạt.".to_owned(),
            signer: "Chi uỷ B".to_owned(),
            stated_on: "12/12/2022".to_owned(),
            ..StateOpinion::default()
        };
        state_opinion(&commune.app, &head, review, &comment).await.unwrap();
        let read = async |actor| notice(&commune.app, actor, review).await;
        assert_eq!(codes(read(&him).await), ["denied"]);
        assert_eq!(codes(decision(&commune.app, &head, commune.campaign).await), ["denied"], "the cell sees no level that is not issued");
        commune.session(t, &["A-1", "A-2", "A-3"]).await;
        let all: Vec<(&str, &str)> = cells.iter().flat_map(|(_, levels)| levels.iter().copied()).collect();
        commune.decide(t, &all, Paper { number: "45".to_owned(), ..commune.paper(2) }).await.unwrap();

        for actor in [&him, &head] {
            let page = read(actor).await.unwrap();
            assert_eq!((page.level.as_str(), page.comment.as_str()), ("fulfilled", "Còn chậm trong sinh hoạt."));
        }
        assert_eq!(codes(read(&other).await), ["denied"], "not to another member of the cell");
        let session = meeting::of_unit(&commune.app, &head, commune.campaign, commune.unit(t, TOP).await).await;
        assert_eq!(codes(session), ["denied"], "the committee's minutes");
        let of_a = meeting::of_unit(&commune.app, &him, commune.campaign, commune.unit(t, "A").await).await;
        assert_eq!(codes(of_a), ["denied"], "the minutes of another cell");
        commune.app.close().await;
    }
}
