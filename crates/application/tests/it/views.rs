//! What each role sees first: the cell's steps, what is expected of a member, who is late, whom an inspector finds.

use application::acts::campaign::report_summary;
use application::demo::Play;
use application::demo::province;
use application::reads::campaign::{CellStep, Standing, chase, progress, register};
use application::reads::rollup::{reported, summary};
use application::reads::search::search;
use application::reads::tasks::{start, tasks};
use application::{Error, access};
use domain::{Actor, Day, ReportId};

use crate::it::story::{app, build};

async fn steps(play: &Play, actor: &Actor, cell: &str) -> Vec<CellStep> {
    register(&play.app, actor, play.campaign, play.cells[cell]).await.unwrap().steps
}

/// The step that is next or waits for others, with what is said of it.
fn now(steps: &[CellStep]) -> (&'static str, &'static str, Standing) {
    let at = steps.iter().find(|step| matches!(step.standing, Standing::Next | Standing::Elsewhere)).unwrap();
    (at.step, at.said, at.standing)
}

on_both! {
    async fn the_page_of_a_cell_names_what_comes_next_for_whom_and_by_when(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.at("2022-12-20", 9).unwrap();
        for (cell, step, said, standing) in [
            ("CB-T4", "self_review", "missing", Standing::Next),
            ("CB-CQ", "ballot", "counting", Standing::Elsewhere),
            ("CB-T2", "proposal", "none", Standing::Next),
            ("CB-T1", "decision", "waiting", Standing::Elsewhere),
        ] {
            let head = play.head(cell).await.unwrap();
            let steps = steps(&play, &head, cell).await;
            assert_eq!(now(&steps), (step, said, standing), "{cell}");
            assert_eq!(steps.len(), 10);
            let reached = steps.iter().position(|one| one.step == step).unwrap();
            assert!(steps[reached + 1..].iter().all(|one| one.standing == Standing::Later), "{cell}");
        }
        let head = play.head("CB-T4").await.unwrap();
        let list = steps(&play, &head, "CB-T4").await;
        let written = &list[1];
        assert_eq!((written.done, written.total, written.missing.len()), (0, 12, 12), "nobody has handed in");
        assert!(written.may_do && written.link.ends_with("/tu-kiem-diem"));
        assert_eq!(written.due_on.map(Day::shown).as_deref(), Some("05/12/2022"));
        assert!(written.late, "the demonstration opens after that day");
        let counting = steps(&play, &play.head("CB-CQ").await.unwrap(), "CB-CQ").await;
        let ballot = counting.iter().find(|step| step.step == "ballot").unwrap();
        let named: Vec<&str> = ballot.missing.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(named, ["Trần Thị Mẫu 42"], "the first teller has entered his count");
        assert!(counting.iter().all(|step| !step.late || step.standing == Standing::Elsewhere), "later steps are not late");
        let office = play.seated(0).await.unwrap();
        let seen = steps(&play, &office, "CB-T4").await;
        assert!(seen.iter().all(|step| !step.may_do), "the committee looks, and does not do the work of the cell");
        app.close().await;
        play.app.close().await;
    }

    async fn after_the_decision_a_cell_sees_who_has_not_read_his_notice(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let head = play.head("CB-T4").await.unwrap();
        let list = steps(&play, &head, "CB-T4").await;
        assert_eq!(now(&list), ("remediation", "none", Standing::Next));
        let notice = list.iter().find(|step| step.step == "notice").unwrap();
        assert_eq!((notice.said, notice.standing), ("unread", Standing::Short), "the cell does not wait for readers");
        assert_eq!((notice.done, notice.missing.len()), (0, notice.total));
        assert!(notice.total > 0);
        app.close().await;
        play.app.close().await;
    }

    async fn the_first_task_of_a_cell_secretary_leads_to_the_steps_of_his_cell(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        for (cell, kind) in [("CB-T4", "cell_self_review"), ("CB-CQ", "cell_meeting"), ("CB-T2", "cell_proposal")] {
            let head = play.head(cell).await.unwrap();
            let first = tasks(&play.app, &head).await.unwrap().remove(0);
            assert_eq!((first.kind.as_str(), first.link), (kind, format!("/dot/{}/{}", play.campaign, play.cells[cell])));
        }
        app.close().await;
        play.app.close().await;
    }

    async fn a_member_reads_what_is_expected_of_him_by_when_and_afterwards_his_level(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.at("2022-12-20", 9).unwrap();
        let said = async |cell: &str, number: u32| {
            let member = play.actor(play.member(cell, number).unwrap().person).await.unwrap();
            start(&play.app, &member).await.unwrap().1.remove(0)
        };
        let waits = said("CB-T4", 8).await;
        assert_eq!((waits.said, waits.due_on.map(Day::shown).as_deref(), waits.late), ("awaiting_self_review", Some("05/12/2022"), true));
        let held_up = said("CB-CQ", 7).await;
        assert!(!held_up.late && held_up.due_on.is_none(), "what the cell does late is not held against him: {held_up:?}");
        let proposed = said("CB-T1", 8).await;
        assert_eq!((proposed.said, proposed.due_on.map(Day::shown).as_deref()), ("proposed", Some("25/12/2022")));
        assert_eq!(proposed.level, None, "a level that is only proposed is not told");
        let exempt = said("CB-T1", 16).await;
        assert!(exempt.said == "not_due" && exempt.due_on.is_none() && !exempt.reason.is_empty());
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let decided = said("CB-T1", 8).await;
        assert!(decided.said == "decided" && decided.due_on.is_none());
        assert!(decided.level.is_some_and(|(_, name)| !name.vi.is_empty()));
        app.close().await;
        play.app.close().await;
    }

    async fn the_grid_marks_each_step_a_unit_is_late_with(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        play.at("2022-12-20", 9).unwrap();
        let view = progress(&play.app, &office, play.campaign).await.unwrap();
        let late = |cell: &str| {
            let id = play.cells[cell].to_string();
            let unit = view.units.iter().find(|unit| unit.unit == id).unwrap();
            view.late_steps(unit).collect::<Vec<_>>()
        };
        assert_eq!(late("CB-T1"), Vec::<&str>::new(), "it has sent its proposal");
        assert_eq!(late("CB-T2"), ["proposal"]);
        assert_eq!(late("CB-T4"), ["self_review", "meeting", "proposal"]);
        let (_, lines) = chase(&play.app, &office, play.campaign).await.unwrap();
        let of_t4: Vec<_> = lines.iter().filter(|line| line.unit_name == "Chi bộ Thôn 4").collect();
        assert_eq!(of_t4.iter().map(|line| (line.due_on.shown(), line.missing.len())).collect::<Vec<_>>(),
            [("05/12/2022".to_owned(), 12), ("12/12/2022".to_owned(), 0), ("15/12/2022".to_owned(), 0)]);
        let head = play.head("CB-T4").await.unwrap();
        assert!(of_t4.iter().all(|line| line.head == head.name), "whom to call");
        play.at("2022-12-01", 9).unwrap();
        let before = progress(&play.app, &office, play.campaign).await.unwrap();
        assert!(before.units.iter().all(|unit| before.late_steps(unit).next().is_none()), "no day has passed yet");
        app.close().await;
        play.app.close().await;
    }

    async fn a_name_is_found_below_one_s_body_only_with_the_results_of_each_year(t: &TestDb) {
        let mut app = app(t).await;
        let built = province::build(&app, 600, &|word| format!("hash of {word}")).await.unwrap();
        let clock = std::sync::Arc::new(application::demo::SetClock::default());
        clock.put(Day::of(2022, 12, 20).unwrap(), 9);
        app.clock = clock;
        let whole = access::actor(&app, built.root, built.people[0]).await.unwrap();
        let district = access::actor(&app, built.root, built.people[2]).await.unwrap();
        let found = search(&app, &whole, "HUYEN ba to", 0).await.unwrap();
        assert_eq!(found.units[0].name, "Đảng bộ huyện Ba Tơ");
        assert!(found.units.iter().all(|unit| unit.name.contains("huyện Ba Tơ")) && found.people.is_empty());
        assert!(search(&app, &whole, "", 0).await.unwrap().people.is_empty(), "nobody is listed for nothing");
        assert!(search(&app, &whole, "%", 0).await.unwrap().people.is_empty(), "a wildcard is no letter of a name");
        let names = async |actor: &Actor| search(&app, actor, "nguyễn", 0).await.unwrap().people;
        let (all, part) = (names(&whole).await, names(&district).await);
        assert!(part.len() < all.len() && !part.is_empty());
        assert!(part.iter().all(|one| one.place.contains(", ")), "cell and superior are named");
        assert!(all.iter().flat_map(|one| &one.reviews).any(|review| review.level.is_some()));
        let other = search(&app, &whole, "nguyen", 1999).await.unwrap();
        assert!(other.people.iter().all(|one| one.reviews.is_empty()), "nobody was reviewed in that year");
        app.close().await;
    }

    async fn a_reported_table_is_opened_again_as_it_was_reported(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let before = summary(&play.app, &office, play.campaign, play.base).await.unwrap();
        report_summary(&play.app, &office, play.campaign, play.base, "Báo cáo số 7-BC/ĐU").await.unwrap();
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let after = summary(&play.app, &office, play.campaign, play.base).await.unwrap();
        let place = (play.campaign, play.base);
        let kept = reported(&play.app, &office, place, after.reports[0].id, 1).await.unwrap();
        let figures = |groups: &[application::reads::rollup::SummaryGroup]| {
            groups.iter().map(|group| group.subjects.clone()).collect::<Vec<_>>()
        };
        assert_eq!(figures(&kept.groups), figures(&before.groups), "what was decided since changes nothing in it");
        assert_ne!(figures(&kept.groups), figures(&after.groups));
        assert_eq!(kept.as_reported.unwrap().note, "Báo cáo số 7-BC/ĐU");
        assert!(!kept.changes.is_empty());
        let unknown = reported(&play.app, &office, place, ReportId(play.base.0), 1).await;
        assert!(matches!(unknown, Err(Error::Denied)));
        let member = play.actor(play.member("CB-T1", 8).unwrap().person).await.unwrap();
        assert!(matches!(reported(&play.app, &member, place, after.reports[0].id, 1).await, Err(Error::Denied)));
        app.close().await;
        play.app.close().await;
    }
}
