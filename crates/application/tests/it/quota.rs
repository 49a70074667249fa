//! The cap on the top level, from the proposal to the decision: the stories of scenarios 41 to 43, 46 and 47.
#![cfg(test)]

use std::collections::BTreeMap;

use application::acts::campaign::OpenCampaign;
use application::acts::classification::{ListLine, SaveList, save_list};
use application::acts::decision::Paper;
use application::reads::classification;
use application::reads::decision::{cap_of, decision, groups_of};
use application::reads::proposal;
use domain::ReviewId;
use domain::subject::Subject;

use crate::it::commune::{Commune, Roster, TOP, codes};

const GOOD: &str = "good";
const TOP_LEVEL: &str = "excellent";

fn year(year: i32) -> OpenCampaign {
    OpenCampaign { year, ..OpenCampaign::default() }
}

fn reading(denominator: &str, rounding: &str) -> BTreeMap<String, String> {
    [("quota_denominator", denominator), ("quota_rounding", rounding)]
        .map(|(name, choice)| (name.to_owned(), choice.to_owned()))
        .into()
}

on_both! {
    /// Scenarios 41 and 42.
    async fn the_round_chooses_of_which_number_a_fifth_is_taken_and_how_it_is_rounded(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2022", &Roster::commune(&[("A", 13)])).await;
        // The live count of places does not wait for anybody's self-review.
        let rounds = [
            (2019, "literal", "floor", (2, 1)), (2020, "literal", "half_up", (2, 2)),
            (2021, "pool", "floor", (2, 2)), (2022, "pool", "half_up", (3, 2)),
        ];
        for (of, denominator, rounding, (of_thirteen, of_ten)) in rounds {
            let order = OpenCampaign { settings: reading(denominator, rounding), ..year(of) };
            let campaign = commune.open(t, "02/10/2022", order).await;
            let reviews: Vec<ReviewId> = commune.all(t).await.iter().filter(|row| row.subject == "member").map(|row| ReviewId(row.review_id)).collect();
            assert_eq!(reviews.len(), 13);
            let office = commune.office().await;
            let limit = async |people: usize, top: usize| {
                let level = |(place, review): (usize, &ReviewId)| (*review, if place < top { TOP_LEVEL } else { GOOD }.to_owned());
                let levels = reviews.iter().take(people).enumerate().map(level).collect();
                let cap = cap_of(&commune.app, &office, campaign, &levels).await.unwrap();
                assert_eq!(cap.over, u32::try_from(top).unwrap().saturating_sub(cap.limit), "{}", cap.arithmetic.vi);
                cap.limit
            };
            assert_eq!(limit(13, 3).await, of_thirteen, "ten good and three candidates, {denominator} {rounding}");
            assert_eq!(limit(10, of_ten).await, u32::try_from(of_ten).unwrap(), "ten good or better, {denominator} {rounding}");
            assert!(limit(10, of_ten + 1).await <= u32::try_from(of_ten).unwrap(), "one more is too many, {denominator} {rounding}");
        }
        commune.app.close().await;
    }

    /// Scenarios 43 and 46.
    async fn a_cell_is_warned_of_its_own_share_and_the_committee_is_held_to_that_of_the_whole_organisation(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2022", &Roster::commune(&[("A", 4), ("B", 5), ("C", 6)])).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        commune.on("12/12/2022");
        let top = ["A-1", "A-2", "B-1", "C-1"];
        let mut all: Vec<(String, &str)> = Vec::new();
        for (cell, people) in [("A", 4), ("B", 5), ("C", 6)] {
            commune.hold(t, cell).await;
            let members: Vec<String> = (1..=people).map(|number| format!("{cell}-{number}")).collect();
            let levels: Vec<(&str, &str)> = members.iter().map(|who| (who.as_str(), if top.contains(&who.as_str()) { TOP_LEVEL } else { GOOD })).collect();
            commune.propose(t, cell, &levels).await.unwrap();
            all.extend(members.iter().zip(levels).map(|(who, (_, level))| (who.clone(), level)));
        }
        let head = commune.actor(t, "A-1").await;
        let page = proposal::of_unit(&commune.app, &head, commune.campaign, commune.unit(t, "A").await).await.unwrap();
        assert_eq!((page.cap.limit, page.cap.used, page.cap.over), (1, 2, 1), "told, and sent all the same");
        commune.session(t, &["A-1", "A-2", "A-3"]).await;
        let levels: Vec<(&str, &str)> = all.iter().map(|(who, level)| (who.as_str(), *level)).collect();
        assert_eq!(codes(commune.decide(t, &levels, commune.paper(2)).await), ["DECISION-008"]);
        let page = decision(&commune.app, &head, commune.campaign).await.unwrap();
        assert_eq!((page.cap.limit, page.cap.used, page.cap.over), (3, 4, 1), "a fifth of fifteen");
        assert_eq!(page.lines.iter().filter(|line| line.level == TOP_LEVEL).count(), 4, "no level is lowered by itself");
        let three: Vec<_> = levels.iter().map(|(who, level)| (*who, if *who == "A-2" { GOOD } else { *level })).collect();
        let reason = "Chi bộ A được tặng cờ thi đua; tập thể cấp uỷ thống nhất.".to_owned();
        let paper = Paper { cap_override_reason: reason.clone(), ..commune.paper(2) };
        commune.decide(t, &levels, paper).await.unwrap();
        let page = decision(&commune.app, &head, commune.campaign).await.unwrap();
        assert_eq!((page.issued, page.paper.cap_override_reason), (true, reason));
        assert_eq!(codes(commune.decide(t, &three, commune.paper(2)).await), ["DECISION-001"]);
        commune.app.close().await;
    }

    /// Scenario 47: three secretaries, eight deputies, forty others, none of whom leads an agency.
    async fn members_are_counted_by_the_post_they_hold_in_the_party(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 17), ("B", 17), ("C", 17)]);
        for (cell, deputies) in [("A", 3..=4), ("B", 3..=4), ("C", 3..=3)] {
            for number in deputies {
                roster.post(&format!("{cell}-{number}"), cell, "Phó bí thư");
            }
        }
        let mut commune = Commune::found(t, "01/10/2023", &roster).await;
        let settings = reading("pool", "half_up");
        commune.open(t, "01/11/2023", OpenCampaign { settings, ..year(2023) }).await;
        let members = commune.all(t).await.into_iter().filter(|row| row.subject == "member");
        let good = members.map(|row| (ReviewId(row.review_id), GOOD.to_owned())).collect();
        let groups = groups_of(&commune.app, &commune.office().await, commune.campaign, &good).await.unwrap();
        let groups: BTreeMap<&str, _> = groups.iter().map(|group| (group.title.as_str(), (group.people, group.cap.limit))).collect();
        assert_eq!(groups, [("deputy_secretary", (8, 2)), ("none", (40, 8)), ("secretary", (3, 1))].into());
        commune.app.close().await;
    }

    /// Scenario 45: who heads a unit is asked of the cut-off day, not of today.
    async fn a_secretary_who_came_after_the_cut_off_day_counts_under_the_cap_and_who_left_after_it_does_not(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 5), ("B", 5)]);
        let mut commune = Commune::found(t, "01/10/2025", &roster).await;
        commune.open(t, "01/11/2025", year(2025)).await;
        commune.on("05/01/2026");
        roster.retitle(("B-1", "B"), "04/01/2026", ("Phó bí thư", "05/01/2026"));
        roster.retitle(("B-2", "B"), "04/01/2026", ("Bí thư", "05/01/2026"));
        commune.import(&roster).await;
        let office = commune.office().await;
        let used = async |who: &str| {
            let best = [(commune.review(t, who).await, TOP_LEVEL.to_owned())].into();
            cap_of(&commune.app, &office, commune.campaign, &best).await.unwrap().used
        };
        assert_eq!((used("B-1").await, used("B-2").await), (0, 1));
        commune.app.close().await;
    }

    /// Scenario 47: heads and deputies; members are counted over their base organisation.
    async fn a_free_place_among_deputies_is_none_for_a_secretary(t: &TestDb) {
        let mut roster = Roster::commune(&[]);
        roster.set_unit(TOP, 2, "Đảng bộ cấp trên cơ sở");
        roster.cell("A", "Chi bộ", TOP, 3);
        for (base, deputies) in [("P", 3), ("Q", 3), ("R", 2)] {
            roster.unit(base, "Đảng bộ cơ sở", TOP);
            let cell = format!("{base}C");
            roster.cell(&cell, "Chi bộ", base, 4);
            roster.post(&format!("{cell}-1"), base, "Bí thư");
            for number in 2..=deputies + 1 {
                roster.post(&format!("{cell}-{number}"), base, "Phó bí thư");
            }
        }
        let mut commune = Commune::found(t, "01/10/2023", &roster).await;
        let settings = reading("pool", "half_up");
        commune.open(t, "01/11/2023", OpenCampaign { settings, ..year(2023) }).await;
        let head = commune.actor(t, "A-1").await;
        let mut lines = Vec::new();
        for (who, level) in [("PC-1", TOP_LEVEL), ("QC-1", TOP_LEVEL), ("RC-1", GOOD), ("PC-2", TOP_LEVEL), ("PC-3", GOOD),
            ("PC-4", GOOD), ("QC-2", GOOD), ("QC-3", GOOD), ("QC-4", GOOD), ("RC-2", GOOD), ("RC-3", GOOD)] {
            let review = commune.about(t, Subject::Leader, commune.person(t, who).await.0).await;
            lines.push(ListLine { review, level: level.to_owned(), reason: String::new(), seen: String::new() });
        }
        let order = SaveList { paper: commune.paper(2), lines };
        save_list(&commune.app, &head, commune.campaign, Subject::Leader, &order).await.unwrap();
        let page = classification::list(&commune.app, &head, commune.campaign, Subject::Leader).await.unwrap();
        let groups: BTreeMap<&str, _> = page.groups.iter().map(|group| (group.title.as_str(), (group.people, group.cap.limit, group.cap.left, group.cap.over))).collect();
        assert_eq!(groups, [("deputy_secretary", (8, 2, 1, 0)), ("secretary", (3, 1, 0, 1))].into());
        commune.app.close().await;
    }
}
