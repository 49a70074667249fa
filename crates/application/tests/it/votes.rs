//! How many votes carry, and what a paper ballot counts: the stories of scenarios 48 to 51.
#![cfg(test)]

use application::acts::campaign::OpenCampaign;
use application::acts::meeting::{AttendanceLine, RecordMeeting, record_meeting, seal_minutes};
use application::acts::proposal::{ProposedLine, SaveProposal, save_proposal, send_proposal};
use application::reads::{ballot, decision::decision, meeting, proposal};
use application::{Error, Result};

use crate::it::commune::{Commune, Roster, STANDING, TOP, attends, codes};

const GOOD: &str = "good";

fn year(year: i32) -> OpenCampaign {
    OpenCampaign { year, ..OpenCampaign::default() }
}

/// Whoever was excused for the whole meeting.
fn excused(line: AttendanceLine) -> AttendanceLine {
    AttendanceLine { presence: "absent_excused".to_owned(), reason: "Đi công tác.".to_owned(), ..line }
}

fn minutes(
    commune: &Commune,
    [chair, secretary]: [domain::PersonId; 2],
    attendance: Vec<AttendanceLine>,
) -> RecordMeeting {
    RecordMeeting {
        held_on: commune.app.clock.today().shown(),
        starts_at: "07:30".to_owned(),
        ends_at: "11:00".to_owned(),
        place: "Hội trường mẫu".to_owned(),
        chair: Some(chair),
        secretary: Some(secretary),
        conclusion: "Kết luận mẫu.".to_owned(),
        attendance,
        ..RecordMeeting::default()
    }
}

/// Papers that were all given, returned and valid, with the votes of each line.
fn papers(valid: u32, lines: &[&[(&str, u32)]]) -> Vec<(String, u32)> {
    let heads = ["printed", "given", "returned", "valid"].map(|field| (field.to_owned(), valid));
    let votes = (1..)
        .zip(lines)
        .flat_map(|(line, votes)| votes.iter().map(move |(choice, number)| (format!("line-{line}-{choice}"), *number)));
    heads.into_iter().chain(votes).collect()
}

fn figures(result: Result<()>) -> (String, Vec<String>) {
    let Err(Error::Refused(reasons)) = result else { panic!("not refused: {result:?}") };
    (reasons[0].code.clone(), reasons[0].args.iter().map(|(name, value)| format!("{name} {value}")).collect())
}

on_both! {
    /// Scenario 48.
    async fn thirteen_of_twenty_five_committee_members_carry_and_those_excused_stay_in_the_base(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 27)]);
        for number in 4..=27 {
            roster.post(&format!("A-{number}"), TOP, "Cấp uỷ viên");
            roster.set(&format!("A-{number}"), STANDING, "Được miễn");
        }
        let mut commune = Commune::found(t, "01/10/2022", &roster).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        commune.on("12/12/2022");
        commune.hold(t, "A").await;
        let levels = ["A-1", "A-2", "A-3"].map(|who| (who, GOOD));
        commune.propose(t, "A", &levels).await.unwrap();
        let mut attendance = Vec::new();
        for number in 1..=27 {
            let line = attends(commune.person(t, &format!("A-{number}")).await, "present");
            attendance.push(match number {
                23..=24 => AttendanceLine { circumstance: "suspended_from_committee".to_owned(), ..line },
                25.. => excused(line),
                _ => line,
            });
        }
        let (head, unit) = (commune.actor(t, "A-1").await, commune.unit(t, TOP).await);
        let order = minutes(&commune, [attendance[0].person, attendance[1].person], attendance);
        let session = record_meeting(&commune.app, &head, commune.campaign, unit, &order).await.unwrap();
        let base = meeting::of_unit(&commune.app, &head, commune.campaign, unit).await.unwrap().meeting.unwrap().base;
        assert_eq!((base.convened, base.base, base.needed, base.arithmetic()), (27, 25, 13, "27 − 2 = 25".to_owned()));
        seal_minutes(&commune.app, &head, session).await.unwrap();
        let told = figures(commune.decide(t, &levels, commune.paper(12)).await);
        assert_eq!(told, ("DECISION-003".to_owned(), ["base 25", "needed 13", "in_favour 12"].map(str::to_owned).into()));
        commune.decide(t, &levels, commune.paper(13)).await.unwrap();
        commune.app.close().await;
    }

    /// Scenarios 49 and 50.
    async fn probationary_members_do_not_vote_and_seven_against_seven_of_fourteen_proposes_nothing(t: &TestDb) {
        let mut roster = Roster::commune(&[("A", 21)]);
        for number in 18..=21 {
            roster.set(&format!("A-{number}"), STANDING, "Dự bị");
            roster.set(&format!("A-{number}"), crate::it::commune::OFFICIAL, "");
            roster.set(&format!("A-{number}"), crate::it::commune::ADMITTED, "15/12/2021");
        }
        roster.set("A-17", STANDING, "Được miễn");
        let mut commune = Commune::found(t, "01/10/2022", &roster).await;
        commune.open(t, "01/11/2022", year(2022)).await;
        commune.on("12/12/2022");
        commune.write(t, "A").await;
        let mut attendance = Vec::new();
        for number in 1..=21 {
            let line = attends(commune.person(t, &format!("A-{number}")).await, "present");
            attendance.push(if (15..=17).contains(&number) { excused(line) } else { line });
        }
        let (head, unit) = (commune.actor(t, "A-1").await, commune.unit(t, "A").await);
        let order = minutes(&commune, [attendance[0].person, attendance[1].person], attendance);
        let cell = record_meeting(&commune.app, &head, commune.campaign, unit, &order).await.unwrap();
        let base = meeting::of_unit(&commune.app, &head, commune.campaign, unit).await.unwrap().meeting.unwrap().base;
        assert_eq!((base.base, base.needed, base.arithmetic()), (14, 8, "21 − 4 − 1 − 2 = 14".to_owned()));

        let paper = commune.ballot(t, "A", cell).await;
        let seven: &[(&str, u32)] = &[("excellent", 7), (GOOD, 7)];
        let eight: &[(&str, u32)] = &[(GOOD, 8), ("fulfilled", 6)];
        let lines = [&[seven][..], &[eight; 19]].concat();
        let probationary_too: Vec<&[(&str, u32)]> = vec![&[(GOOD, 18)]; 20];
        assert_eq!(codes(commune.count(t, "A-3", paper, &papers(18, &probationary_too)).await), ["BALLOT-005"]);
        for teller in ["A-3", "A-4"] {
            commune.count(t, teller, paper, &papers(14, &lines)).await.unwrap();
        }
        seal_minutes(&commune.app, &head, cell).await.unwrap();
        let page = proposal::of_unit(&commune.app, &head, commune.campaign, unit).await.unwrap();
        let even = page.lines.iter().find(|line| line.votes.contains_key("excellent")).unwrap();
        assert_eq!((even.votes["excellent"], even.votes[GOOD], even.majority.as_deref()), (7, 7, None));
        assert!(page.lines.iter().filter(|line| line.review != even.review).all(|line| line.majority.as_deref() == Some(GOOD)));

        let list = |reason: &str| SaveProposal {
            lines: page.lines.iter().map(|line| ProposedLine {
                review: line.review,
                level: GOOD.to_owned(),
                reason: if line.review == even.review { reason.to_owned() } else { String::new() },
            }).collect(),
            ..SaveProposal::default()
        };
        let saved = save_proposal(&commune.app, &head, commune.campaign, unit, &list("")).await.unwrap();
        assert_eq!(codes(send_proposal(&commune.app, &head, saved).await), ["PROPOSAL-006"], "the ballot proposes nothing for one");
        save_proposal(&commune.app, &head, commune.campaign, unit, &list("Phiếu 7/7, đề nghị cấp uỷ xem xét.")).await.unwrap();
        send_proposal(&commune.app, &head, saved).await.unwrap();
        let before = decision(&commune.app, &head, commune.campaign).await.unwrap();
        let shown = before.lines.iter().find(|line| line.line.review == even.review).unwrap();
        assert_eq!((shown.line.votes[GOOD], shown.line.proposed_reason.as_str()), (7, "Phiếu 7/7, đề nghị cấp uỷ xem xét."));
        commune.app.close().await;
    }

    /// Scenario 51.
    async fn two_boxes_ticked_spoil_one_line_and_leave_the_rest_of_the_paper_valid(t: &TestDb) {
        let mut commune = Commune::found(t, "01/10/2025", &Roster::commune(&[("A", 5)])).await;
        commune.open(t, "01/11/2025", year(2025)).await;
        commune.on("12/12/2025");
        commune.write(t, "A").await;
        let people = ["A-1", "A-2", "A-3", "A-4", "A-5"];
        let meeting = commune.meet(t, ("A", "A-1", "A-2"), &people).await;
        let paper = commune.ballot(t, "A", meeting).await;
        let teller = commune.actor(t, "A-3").await;
        let page = ballot::ballot(&commune.app, &teller, paper).await.unwrap();
        let boxes: Vec<&str> = page.choices.iter().map(|(choice, _)| choice.as_str()).collect();
        assert_eq!(boxes, ["excellent", GOOD, "fulfilled", "not_fulfilled", "not_rated", "blank", "line_invalid"]);
        let all: &[(&str, u32)] = &[(GOOD, 5)];
        let spoilt: &[(&str, u32)] = &[(GOOD, 4), ("line_invalid", 1)];
        let short: &[(&str, u32)] = &[(GOOD, 4)];
        let of_first = |first| papers(5, &[first, all, all, all, all]);
        assert_eq!(codes(commune.count(t, "A-3", paper, &of_first(short)).await), ["BALLOT-004"], "every paper says something of everybody");
        for who in ["A-3", "A-4"] {
            commune.count(t, who, paper, &of_first(spoilt)).await.unwrap();
        }
        let page = ballot::ballot(&commune.app, &commune.actor(t, "A-1").await, paper).await.unwrap();
        let result = page.result.unwrap();
        assert_eq!((result.valid, result.invalid), (5, 0));
        assert_eq!((page.lines[0].votes["line_invalid"], page.lines[0].majority.as_deref()), (1, Some(GOOD)));
        commune.app.close().await;
    }
}
