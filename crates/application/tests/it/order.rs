//! What comes before what, and what bounds whom: the stories of scenarios 7 and 10 to 13 and of 36.
#![cfg(test)]

use application::acts::campaign::OpenCampaign;
use application::acts::classification::mark_late;
use application::acts::meeting::seal_minutes;
use application::acts::review::{StateOpinion, save_self_review, state_opinion};
use application::reads::{decision::decision, review::review};
use application::{Error, Result};
use domain::subject::Subject;
use domain::{Day, ReviewId};

use crate::it::commune::{CIVIL, Commune, Roster, TOP, UNIT, best, codes};

const GOOD: &str = "good";

fn year(year: i32) -> OpenCampaign {
    OpenCampaign { year, ..OpenCampaign::default() }
}

/// Whom something waits for, with the source of the order.
fn waits(result: Result<()>) -> Vec<(String, String)> {
    let Err(Error::Refused(reasons)) = result else { panic!("not refused: {result:?}") };
    let told = reasons.into_iter().map(|one| {
        assert_eq!(one.code, "DECISION-013");
        let arg = |name: &str| one.args.iter().find(|(key, _)| key == name).unwrap().1.clone();
        (arg("person"), arg("before"))
    });
    told.collect()
}

async fn agency(commune: &Commune, t: &crate::it::testdb::TestDb, who: &str, level: &str, on: &str) {
    let order = StateOpinion {
        assessor: "head_of_agency".to_owned(),
        level: level.to_owned(),
        comment: "Nhận xét của cơ quan.".to_owned(),
        signer: "Trưởng phòng mẫu".to_owned(),
        stated_on: on.to_owned(),
    };
    state_opinion(&commune.app, &commune.head_of(t, who).await, commune.review(t, who).await, &order).await.unwrap();
}

/// A district above one base organisation: the committee of the district is from cell A, that of the base from cell X.
fn district() -> Roster {
    let mut roster = Roster::commune(&[]);
    roster.set_unit(TOP, 2, "Đảng bộ cấp trên cơ sở");
    roster.cell("A", "Chi bộ cơ sở", TOP, 3);
    roster.unit("B", "Đảng bộ cơ sở", TOP);
    roster.cell("X", "Chi bộ", "B", 3);
    roster.post("X-1", "B", "Bí thư");
    roster.post("X-2", "B", "Phó bí thư");
    roster
}

on_both! {
    /// Scenario 7, since 2023.
    async fn who_is_suspended_from_the_committee_gets_a_level_under_124_only_on_written_grounds_of_the_committee(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2023", &Roster::commune(&[("A", 4)])).await;
        commune.open(t, "01/11/2023", year(2023)).await;
        commune.on("12/12/2023");
        commune.hold(t, "A").await;
        commune.state(t, "A-4", "suspended_from_committee", "có").await.unwrap();
        let levels = ["A-1", "A-2", "A-3", "A-4"].map(|who| (who, GOOD));
        commune.propose(t, "A", &levels).await.unwrap();
        commune.session(t, &["A-1", "A-2", "A-3"]).await;
        let Err(Error::Refused(reasons)) = commune.decide_for(t, &levels, commune.paper(2), "").await else { panic!("not refused") };
        assert_eq!(reasons.len(), 1, "{reasons:?}");
        assert_eq!((reasons[0].code.as_str(), reasons[0].args[0].1.as_str()), ("DECISION-032", "Nguyễn Văn A-4"));
        assert!(reasons[0].citation.as_ref().unwrap().contains("RULE-109"));
        let head = commune.actor(t, "A-1").await;
        let page = decision(&commune.app, &head, commune.campaign).await.unwrap();
        let asked: Vec<_> = page.lines.iter().filter(|line| !line.line.before.is_empty()).map(|line| line.line.name.as_str()).collect();
        assert_eq!(asked, ["Nguyễn Văn A-4"], "the page says so before");
        commune.decide_for(t, &levels, commune.paper(2), "Vẫn xếp loại: đình chỉ ba tháng, đã xong.").await.unwrap();
        let page = decision(&commune.app, &head, commune.campaign).await.unwrap();
        let line = page.lines.iter().find(|line| line.line.name == "Nguyễn Văn A-4").unwrap();
        assert_eq!((line.level.as_str(), line.reason.as_str()), (GOOD, "Vẫn xếp loại: đình chỉ ba tháng, đã xong."));
        commune.app.close().await;
    }

    /// Scenario 10.
    async fn a_violation_at_the_former_cell_does_not_bind_the_level_at_the_new_one(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 4), ("B", 3)]);
        let mut commune = Commune::found(t, "01/06/2023", &roster).await;
        commune.on("01/10/2023");
        roster.set("A-4", UNIT, "B");
        commune.import(&roster).await;
        commune.open(t, "01/11/2023", year(2023)).await;
        assert_eq!(commune.row(t, "A-4").await.unit_id, commune.unit(t, "B").await.0, "he is reviewed where he is now");
        commune.on("12/12/2023");
        commune.hold(t, "B").await;
        commune.state(t, "A-4", "disciplined_in_year", "có").await.unwrap();
        commune.state(t, "A-4", "self_detected_and_remedied", "không").await.unwrap();
        let levels = ["B-1", "B-2", "B-3", "A-4"].map(|who| (who, GOOD));
        assert_eq!(codes(commune.propose(t, "B", &levels).await), ["PROPOSAL-005"]);
        commune.state(t, "A-4", "violation_at_other_unit", "có").await.unwrap();
        commune.propose(t, "B", &levels).await.unwrap();
        let page = review(&commune.app, &commune.head_of(t, "A-4").await, commune.review(t, "A-4").await).await.unwrap();
        assert!(page.judgement.forced.is_empty());
        let told = page.judgement.advice.iter().find(|reason| reason.code == "RULE-139").unwrap();
        assert!(told.message.vi.contains("tính cho đơn vị cũ"), "the page says whose record it is");
        commune.app.close().await;
    }

    /// Scenario 11.
    async fn nobody_is_classified_whose_review_is_still_a_draft(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2022", &Roster::commune(&[("A", 4)])).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        commune.on("12/12/2022");
        for who in ["A-1", "A-2", "A-3"] {
            commune.hand_in(&commune.actor(t, who).await, commune.review(t, who).await).await.unwrap();
        }
        let (him, review) = (commune.actor(t, "A-4").await, commune.review(t, "A-4").await);
        let draft = best(&commune.app, &him, review).await;
        save_self_review(&commune.app, &him, review, &draft, None).await.unwrap();
        let people = ["A-1", "A-2", "A-3", "A-4"];
        let meeting = commune.meet(t, ("A", "A-1", "A-2"), &people).await;
        let head = commune.actor(t, "A-1").await;
        assert_eq!(codes(seal_minutes(&commune.app, &head, meeting).await), ["MEETING-008"]);
        let levels = people.map(|who| (who, GOOD));
        assert_eq!(codes(commune.propose(t, "A", &levels).await), ["PROPOSAL-007"]);
        commune.session(t, &people[..3]).await;
        assert_eq!(codes(commune.decide(t, &levels, commune.paper(2)).await), ["DECISION-005"]);
        commune.hand_in(&him, review).await.unwrap();
        seal_minutes(&commune.app, &head, meeting).await.unwrap();
        commune.propose(t, "A", &levels).await.unwrap();
        commune.decide(t, &levels, commune.paper(2)).await.unwrap();
        commune.app.close().await;
    }

    /// Scenario 12, and scenario 36: what comes last is bounded by what came before.
    async fn the_unit_comes_after_those_below_it_the_collective_before_its_members_and_the_head_last(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2022", &district()).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        let (base, cell) = (commune.unit(t, "B").await.0, commune.unit(t, "X").await.0);
        let (head, deputy) = (commune.actor(t, "X-1").await, commune.actor(t, "X-2").await);
        let organisation = commune.about(t, Subject::Organization, base).await;
        let collective = commune.about(t, Subject::Collective, base).await;
        let of_head = commune.about(t, Subject::Leader, head.person.0).await;
        let of_deputy = commune.about(t, Subject::Leader, deputy.person.0).await;
        commune.on("12/12/2022");
        for (actor, review) in [(&head, organisation), (&head, collective), (&head, of_head), (&deputy, of_deputy)] {
            commune.hand_in(actor, review).await.unwrap();
        }
        let office = commune.actor(t, "A-1").await;
        for review in [organisation, collective, of_head, of_deputy] {
            commune.verify(&office, review, GOOD).await.unwrap();
        }
        commune.session(t, &["A-1", "A-2", "A-3"]).await;
        // The story is about B; the cell of the district's office is decided later.
        let own = commune.unit(t, "A").await.0;
        for row in commune.all(t).await.iter().filter(|row| row.unit_id == own && row.subject != "member") {
            mark_late(&commune.app, &office, ReviewId(row.review_id), "Làm đợt sau.").await.unwrap();
        }
        let decide = async |subject, levels: &[(ReviewId, &str)]| commune.issue(&office, (subject, GOOD), levels).await;
        let below = commune.about(t, Subject::Organization, cell).await;
        let order = |told: &[(String, String)]| told.iter().map(|(who, before)| format!("{who} < {before}")).collect::<Vec<_>>();
        let told = waits(decide(Subject::Organization, &[(organisation, GOOD)]).await);
        assert_eq!(order(&told), ["Đảng bộ cơ sở B < Chi bộ X"]);
        assert_eq!(codes(mark_late(&commune.app, &head, below, "").await), ["ORDER-101"], "not without a reason");
        mark_late(&commune.app, &head, below, "Bí thư chi bộ nằm viện.").await.unwrap();
        decide(Subject::Organization, &[(organisation, GOOD)]).await.unwrap();

        let people = [(of_head, GOOD), (of_deputy, GOOD)];
        assert!(waits(decide(Subject::Leader, &people).await).len() >= 2, "both wait for their collective");
        mark_late(&commune.app, &office, collective, "Chờ kết luận kiểm tra.").await.unwrap();
        let told = waits(decide(Subject::Leader, &people).await);
        assert_eq!(told.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>(), ["Nguyễn Văn X-1"], "the head never goes before");
        decide(Subject::Collective, &[(collective, GOOD)]).await.unwrap();

        assert_eq!(codes(commune.verify(&office, of_head, "excellent").await), ["VERIFY-003"]);
        assert_eq!(codes(decide(Subject::Leader, &[(of_head, "excellent"), (of_deputy, GOOD)]).await), ["DECISION-007"]);
        decide(Subject::Leader, &people).await.unwrap();
        commune.app.close().await;
    }

    /// Scenario 36: the secretary of a cell that fulfilled its task, as a member.
    async fn the_secretary_is_not_proposed_above_his_cell_once_its_level_is_stated(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2022", &Roster::commune(&[("A", 3)])).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        commune.on("12/12/2022");
        commune.hold(t, "A").await;
        commune.state(t, "A-1", "is_head", "có").await.unwrap();
        commune.state(t, "A-1", "led_unit_level", "fulfilled").await.unwrap();
        assert_eq!(codes(commune.propose(t, "A", &["A-1", "A-2", "A-3"].map(|who| (who, GOOD))).await), ["PROPOSAL-005"]);
        commune.propose(t, "A", &[("A-1", "fulfilled"), ("A-2", GOOD), ("A-3", GOOD)]).await.unwrap();
        commune.app.close().await;
    }

    /// Scenario 13.
    async fn the_agency_rates_first_and_speaking_late_is_only_remarked(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 5)]);
        roster.set("A-4", CIVIL, "Công chức");
        roster.set("A-5", CIVIL, "Viên chức");
        let mut commune = Commune::found(t, "01/10/2022", &roster).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        commune.on("12/12/2022");
        commune.hold(t, "A").await;
        let levels = ["A-1", "A-2", "A-3", "A-4", "A-5"].map(|who| (who, GOOD));
        commune.propose(t, "A", &levels).await.unwrap();
        commune.session(t, &["A-1", "A-2", "A-3"]).await;
        let Err(Error::Refused(reasons)) = commune.decide(t, &levels, commune.paper(2)).await else { panic!("not refused") };
        assert!(reasons.iter().all(|one| one.code == "DECISION-031" && one.citation.as_ref().unwrap().contains("ORDER-002")), "{reasons:?}");
        assert_eq!(reasons.iter().map(|one| one.args[0].1.as_str()).collect::<Vec<_>>(), ["Nguyễn Văn A-4", "Nguyễn Văn A-5"]);
        commune.on("21/12/2022");
        agency(&commune, t, "A-4", GOOD, "20/12/2022").await;
        agency(&commune, t, "A-5", "", "14/12/2022").await;
        let read = async |who: &str| review(&commune.app, &commune.head_of(t, who).await, commune.review(t, who).await).await.unwrap();
        let said = async |who: &str| read(who).await.opinions.into_iter().find(|one| one.assessor == "head_of_agency").unwrap().after;
        assert_eq!(said("A-4").await, Day::of(2022, 12, 15), "five days late: a remark");
        assert_eq!(said("A-5").await, None);
        let top = [("A-1", GOOD), ("A-2", GOOD), ("A-3", GOOD), ("A-4", "excellent"), ("A-5", GOOD)];
        assert_eq!(codes(commune.decide(t, &top, commune.paper(2)).await), ["DECISION-007"], "not above his level as a civil servant");
        commune.decide(t, &levels, commune.paper(2)).await.unwrap();
        commune.app.close().await;
    }
}
