//! A small province in mid-season: what every level shows is what its reviews say, from the round's opening on.

use std::collections::BTreeMap;

use application::acts::campaign::{Asked, OpenCampaign, ask_for_campaign, open_campaign, report_summary, set_days};
use application::acts::decision::{DecidedLine, Paper, SaveDecision, issue_decision, save_decision};
use application::acts::meeting::{AttendanceLine, RecordMeeting, record_meeting, seal_minutes};
use application::acts::organisation::{Ground, MarkSector, MergeUnits, NewUnit, Step, mark_sector, merge_units};
use application::acts::review::submit_self_review;
use application::demo::province::{self, Province};
use application::papers::{self, UnitPaper, What};
use application::reads::campaign::{campaigns, days};
use application::reads::rollup::{SummaryGroup, Tally, list, lookout, overview, reported, summary};
use application::{App, Error, access, upkeep};
use domain::form::Content;
use domain::{Actor, CampaignId, PersonId, ReviewId, UnitId};

use crate::it::story::app;
use crate::it::testdb::TestDb;

const MEMBERS: u32 = 600;

pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) province: Province,
}

impl Stage {
    pub(crate) async fn of(t: &TestDb) -> Self {
        Self::with_members(t, MEMBERS).await
    }

    async fn with_members(t: &TestDb, members: u32) -> Self {
        let mut app = app(t).await;
        let province = province::build(&app, members, &|word| format!("hash of {word}")).await.unwrap();
        let clock = std::sync::Arc::new(application::demo::SetClock::default());
        clock.put(domain::Day::of(2022, 12, 20).unwrap(), 9);
        app.clock = clock;
        Self { app, province }
    }

    /// The holder of an account, by its place in the list.
    pub(crate) async fn actor(&self, at: usize) -> Actor {
        access::actor(&self.app, self.province.root, self.province.people[at]).await.unwrap()
    }

    pub(crate) async fn base(&self) -> (Actor, UnitId, CampaignId) {
        let clerk = self.actor(3).await;
        let unit = clerk.posts.iter().find(|post| !post.kind.has_members()).unwrap().unit;
        let own = campaigns(&self.app, &clerk).await.unwrap();
        let own = own.iter().find(|one| one.unit == unit).unwrap();
        (clerk, unit, own.id)
    }
}

pub(crate) fn code(error: &Error) -> &str {
    match error {
        Error::Refused(faults) => &faults[0].code,
        _ => "",
    }
}

on_both! {
    /// Scenario 60.
    async fn every_level_shows_what_its_reviews_say(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, unit) = (stage.province.round, stage.province.unit);
        let clerk = stage.actor(0).await;
        assert_eq!(lookout(&stage.app, &clerk, round).await.unwrap(), Some((round, unit)));
        let whole = overview(&stage.app, &clerk, round, unit, false).await.unwrap();
        assert_eq!(whole.total.steps.people, i64::from(MEMBERS));
        assert_eq!(whole.lines.len(), 13, "its districts");
        let sum = |part: fn(&application::reads::rollup::Line) -> i64| whole.lines.iter().map(part).sum::<i64>();
        assert_eq!(sum(|line| line.steps.people), i64::from(MEMBERS));
        assert_eq!(sum(|line| line.steps.decided), whole.total.steps.decided);
        assert_eq!(sum(|line| line.late), whole.total.late);
        let s = whole.total.steps;
        assert!(s.people > s.due && s.due > s.submitted && s.submitted > s.discussed, "{s:?}");
        assert!(s.discussed > s.proposed && s.proposed > s.decided && s.decided > 0, "all states are there: {s:?}");
        assert!(s.cells > s.met && s.met >= s.counted && s.counted >= s.sealed && s.sealed >= s.sent && s.sent > 0, "{s:?}");
        assert!(s.notified > s.read && s.read > 0 && whole.total.late > 0);
        let tally = &whole.total.tally;
        assert_eq!(tally.rated + tally.not_rated + tally.exempt, i64::from(MEMBERS));
        assert_eq!(tally.levels.values().sum::<i64>(), tally.rated);
        assert_eq!(tally.rated, s.decided);
    }

    async fn each_figure_opens_a_list_with_as_many_lines(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, clerk) = (stage.province.round, stage.actor(2).await);
        let (_, unit) = lookout(&stage.app, &clerk, round).await.unwrap().unwrap();
        let district = overview(&stage.app, &clerk, round, unit, false).await.unwrap();
        let (s, tally) = (district.total.steps, &district.total.tally);
        let table = summary(&stage.app, &clerk, round, unit).await.unwrap();
        let whole = &table.groups.last().unwrap().subjects;
        let of_kind = |kind: &str| whole.iter().find(|(subject, _)| subject == kind).map(|(_, tally)| tally.clone()).unwrap_or_default();
        assert!(of_kind("organization").total > 0 && of_kind("collective").total > 0);
        for (word, number) in [
            ("dang-vien", s.people), ("phai-kiem-diem", s.due), ("da-nop", s.submitted), ("da-kiem-diem", s.discussed),
            ("da-de-xuat", s.proposed), ("da-quyet-dinh", s.decided), ("da-thong-bao", s.notified), ("da-doc", s.read),
            ("khong-thuoc-dien", tally.exempt), ("chua-xep-loai", tally.not_rated), ("muc-good", tally.level("good")),
            ("chi-bo", s.cells), ("da-hop", s.met), ("da-kiem-phieu", s.counted), ("da-khoa-bien-ban", s.sealed),
            ("da-gui-de-xuat", s.sent), ("cham", district.total.late), ("chua-nop", s.due - s.submitted), ("da-xep-loai", tally.rated),
            ("organization.dang-vien", of_kind("organization").total), ("collective.chua-xep-loai", of_kind("collective").not_rated),
            ("leader.da-xep-loai", of_kind("leader").rated),
        ] {
            let mut found = 0;
            for page in 1.. {
                let listed = list(&stage.app, &clerk, (round, unit), word, page).await.unwrap();
                found += listed.reviews.len() + listed.units.len();
                if !listed.more {
                    break;
                }
            }
            assert_eq!(i64::try_from(found).unwrap(), number, "{word}");
        }
        assert!(matches!(list(&stage.app, &clerk, (round, unit), "khong-co", 1).await, Err(Error::Denied)));
    }

    async fn nobody_looks_beyond_his_remit(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, province) = (stage.province.round, stage.province.unit);
        let clerk = stage.actor(2).await;
        let (_, own) = lookout(&stage.app, &clerk, round).await.unwrap().unwrap();
        assert!(matches!(overview(&stage.app, &clerk, round, province, false).await, Err(Error::Denied)));
        assert!(matches!(summary(&stage.app, &clerk, round, province).await, Err(Error::Denied)));
        let whole = overview(&stage.app, &stage.actor(0).await, round, province, false).await.unwrap();
        let other = whole.lines.iter().find(|line| line.unit != own.to_string()).unwrap();
        let other: UnitId = other.unit.parse().unwrap();
        assert!(matches!(list(&stage.app, &clerk, (round, other), "dang-vien", 1).await, Err(Error::Denied)));
        let mine = overview(&stage.app, &clerk, round, own, false).await.unwrap();
        assert_eq!(mine.trail, [], "the province above is not his to open");
    }

    async fn a_clerk_acts_for_his_body_from_the_first_to_the_last_day_of_his_post_and_decides_nothing(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, unit, own) = stage.base().await;
        assert!(matches!(issue_decision(&stage.app, &clerk, own).await, Err(Error::Denied)), "that is not delegated to him");
        let term = "UPDATE post SET from_on = '2022-12-20', to_on = '2022-12-21' WHERE title = 'clerk'";
        assert!(t.raw().await.execute(term).await.unwrap() > 0);
        let mut stage = stage;
        let typed = BTreeMap::from([("decision".to_owned(), "24/12/2022".to_owned())]);
        for (day, acts) in [(19, false), (20, true), (21, true), (22, false)] {
            let clock = std::sync::Arc::new(application::demo::SetClock::default());
            clock.put(domain::Day::of(2022, 12, day).unwrap(), 9);
            stage.app.clock = clock;
            let clerk = access::actor(&stage.app, stage.province.root, clerk.person).await.unwrap();
            let done = set_days(&stage.app, &clerk, own, &typed).await;
            assert_eq!(done.is_ok(), acts, "{day}/12/2022: {done:?}");
            let seen = overview(&stage.app, &clerk, stage.province.round, unit, true).await;
            assert_eq!(seen.is_ok(), acts, "{day}/12/2022");
        }
    }

    async fn a_self_review_in_one_cell_shows_at_the_province_at_once(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, unit) = (stage.province.round, stage.province.unit);
        let clerk = stage.actor(0).await;
        let before = overview(&stage.app, &clerk, round, unit, false).await.unwrap().total.steps;
        let (review, person, content) = waiting(&stage, t).await;
        let actor = access::actor(&stage.app, stage.province.root, person).await.unwrap();
        submit_self_review(&stage.app, &actor, review, &content, "").await.unwrap();
        let after = overview(&stage.app, &clerk, round, unit, false).await.unwrap().total.steps;
        assert_eq!(after.submitted, before.submitted + 1);
        application::jobs::fold_rollups(&stage.app).await.unwrap();
        assert_eq!(overview(&stage.app, &clerk, round, unit, false).await.unwrap().total.steps, after, "folding changes nothing");
    }

    async fn a_decision_on_the_members_of_some_cells_shows_in_the_table_of_the_province_at_once(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (root, round, unit) = (stage.province.root, stage.province.round, stage.province.unit);
        let clerk = stage.actor(0).await;
        let before = overview(&stage.app, &clerk, round, unit, false).await.unwrap().total;
        let decided = decide_one_base(&stage, t).await;
        assert!(decided > 0);
        let after = overview(&stage.app, &clerk, round, unit, false).await.unwrap().total;
        assert_eq!(after.steps.decided, before.steps.decided + decided);
        assert_eq!(after.steps.notified, before.steps.notified + decided);
        assert_eq!(after.tally.rated, before.tally.rated + decided);
        assert!(after.late <= before.late, "whoever is decided is late no more");
        let printed = summary(&stage.app, &clerk, round, unit).await.unwrap();
        assert!(printed.changes.is_empty());
        let mut reader = t.db.read(root).await.unwrap();
        let (_, differing) = store::rollup::compare(&mut reader, root.0, round.0).await.unwrap();
        assert!(differing.is_empty(), "counting says the same: {differing:?}");
    }

    async fn a_reported_table_stays_and_shows_what_changed_since(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, unit) = (stage.province.round, stage.province.unit);
        let clerk = stage.actor(0).await;
        report_summary(&stage.app, &clerk, round, unit, "Báo cáo số 01-BC/TU").await.unwrap();
        let kept = summary(&stage.app, &clerk, round, unit).await.unwrap();
        assert_eq!((kept.reports.len(), kept.reports[0].changed, kept.changes.len()), (1, 0, 0));
        let mut tx = t.db.begin(stage.province.root).await.unwrap();
        let reviews = store::season::reviews(&mut tx, stage.province.root.0, round.0).await.unwrap();
        let decided = reviews.iter().find(|review| review.state == "awaiting_self_review").unwrap();
        let left = store::review::ReviewRow { obligation: "neither".to_owned(), state: "not_due".to_owned(), ..decided.clone() };
        assert!(store::review::set_obligation(&mut tx, &left).await.unwrap());
        tx.commit(store::journal::Record::housekeeping("test")).await.unwrap();
        let now = summary(&stage.app, &clerk, round, unit).await.unwrap();
        let told: BTreeMap<&str, (i64, i64)> = now.changes.iter().filter(|one| one.unit_name == now.unit_name)
            .map(|one| (one.what.as_str(), (one.before, one.now))).collect();
        assert_eq!(told.keys().copied().collect::<Vec<_>>(), ["exempt", "not_rated"]);
        assert_eq!(told["exempt"].1, told["exempt"].0 + 1);
        assert!(matches!(report_summary(&stage.app, &stage.actor(4).await, round, unit, "").await, Err(Error::Denied)));
    }

    async fn behind_a_reported_table_stands_whom_it_counts_otherwise_now_and_through_which_act(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, unit) = (stage.province.round, stage.province.unit);
        let clerk = stage.actor(0).await;
        report_summary(&stage.app, &clerk, round, unit, "").await.unwrap();
        let report = summary(&stage.app, &clerk, round, unit).await.unwrap().reports[0].id;
        assert!(reported(&stage.app, &clerk, (round, unit), report, 1).await.unwrap().subjects.subjects.is_empty());
        let decided = decide_one_base(&stage, t).await;
        let view = reported(&stage.app, &clerk, (round, unit), report, 1).await.unwrap();
        let told = view.subjects.subjects;
        assert_eq!(i64::try_from(told.len()).unwrap(), decided);
        assert!(!view.subjects.more);
        for one in &told {
            let [before, now] = &one.counted;
            assert_eq!((one.subject.as_str(), before.level.vi.as_str()), ("member", ""), "{}", one.name);
            assert_eq!((&before.unit, before.obligation.as_str()), (&now.unit, "review_and_classify"));
            assert!(!now.level.vi.is_empty() && one.link.is_some());
            assert_eq!(one.act.as_ref().unwrap().0, "review.decided");
        }
        // The table itself stays: what it counted then, however often it is opened.
        let of_members = |group: &SummaryGroup| group.subjects.iter().find(|(subject, _)| subject == "member").unwrap().1.rated;
        let now = summary(&stage.app, &clerk, round, unit).await.unwrap();
        assert_eq!(of_members(now.groups.last().unwrap()), of_members(view.groups.last().unwrap()) + decided);
        let elsewhere = stage.actor(2).await;
        assert!(matches!(reported(&stage.app, &elsewhere, (round, unit), report, 1).await, Err(Error::Denied)));
    }

    async fn communes_that_merge_in_mid_season_are_one_in_every_table_above_them_at_once(t: &TestDb) {
        let stage = Stage::with_members(t, 2_000).await;
        let (root, round, top) = (stage.province.root, stage.province.round, stage.province.unit);
        let clerk = stage.actor(0).await;
        let (district, [one, two, three]) = quiet_bases(&stage, t).await;
        let people = async |unit| overview(&stage.app, &clerk, round, unit, true).await.unwrap().total.steps.people;
        let before = [people(one).await, people(two).await, people(three).await, people(district).await];
        let ground = Ground {
            effective_on: "20/12/2022".to_owned(),
            basis_number: "12-QĐ/TU".to_owned(),
            basis_on: "15/12/2022".to_owned(),
            basis_issuer: "Ban Thường vụ Tỉnh uỷ".to_owned(),
        };
        let codes = async |unit: UnitId| {
            let mut reader = t.db.read(root).await.unwrap();
            vec![store::org::unit(&mut reader, root.0, unit.0).await.unwrap().unwrap().code]
        };
        // One goes into another; then both, with a third from another district, into a commune that is new.
        let into = MergeUnits { codes: codes(one).await, ..MergeUnits::default() };
        merge_units(&stage.app, &clerk, two, &into, &ground, Step::Write).await.unwrap();
        assert_eq!((people(two).await, people(district).await), (before[0] + before[1], before[3]));
        let target = NewUnit { code: "XA-MOI".to_owned(), name: "Đảng bộ xã Mới".to_owned(), kind: "base_organization".to_owned(), ..NewUnit::default() };
        let anew = MergeUnits { codes: codes(three).await, into_new: true, target, ..MergeUnits::default() };
        let new = merge_units(&stage.app, &clerk, two, &anew, &ground, Step::Write).await.unwrap().unit.unwrap();
        for folded in [false, true] {
            assert_eq!((people(new).await, people(district).await), (before[..3].iter().sum(), before[2] + before[3]), "folded: {folded}");
            let names: Vec<_> = overview(&stage.app, &clerk, round, district, true).await.unwrap().lines.into_iter().map(|line| line.unit).collect();
            assert!(names.contains(&new.to_string()) && ![one, two, three].iter().any(|old| names.contains(&old.to_string())), "{names:?}");
            for unit in [top, district, new] {
                parts_add_up(&stage, &clerk, unit).await;
            }
            let mut reader = t.db.read(root).await.unwrap();
            let (_, differing) = store::rollup::compare(&mut reader, root.0, round.0).await.unwrap();
            assert!(differing.is_empty(), "{differing:?}");
            drop(reader);
            application::jobs::fold_rollups(&stage.app).await.unwrap();
        }
        // Its cells are decided by the new committee, and stand in its register.
        let cells = list(&stage.app, &clerk, (round, new), "chi-bo", 1).await.unwrap().units;
        assert!(cells.iter().all(|cell| cell.campaign == cells[0].campaign) && cells.len() > 2);
    }

    async fn the_leaders_of_the_table_are_told_by_title_and_add_up(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, unit, clerk) = (stage.province.round, stage.province.unit, stage.actor(0).await);
        report_summary(&stage.app, &clerk, round, unit, "").await.unwrap();
        let table = summary(&stage.app, &clerk, round, unit).await.unwrap();
        let leaders = table.groups.last().unwrap().subjects.iter().find(|(subject, _)| subject == "leader");
        let leaders = &leaders.expect("leaders in the sample").1;
        let sum = |part: fn(&Tally) -> i64| table.titles.iter().map(|group| part(&group.tally)).sum::<i64>();
        assert!(table.titles.len() > 1, "{:?}", table.titles);
        assert_eq!(sum(|tally| tally.total), leaders.total);
        assert_eq!((sum(|tally| tally.rated), sum(|tally| tally.exempt)), (leaders.rated, leaders.exempt));
        let kept = reported(&stage.app, &clerk, (round, unit), table.reports[0].id, 1).await.unwrap();
        assert_eq!(kept.titles, table.titles);
        let what = What::OfUnit { campaign: round, unit, paper: UnitPaper::SummaryTable };
        let paper = papers::data(&stage.app, &clerk, what).await.unwrap();
        let of_title = |row: &&serde_json::Value| row["kind"].as_str().unwrap().starts_with("Trong đó: bí thư ");
        assert!(paper["rows"].as_array().unwrap().iter().any(|row| of_title(&row)), "printed too");
    }

    async fn a_wrong_figure_is_found_at_night_written_down_and_put_right(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, unit) = (stage.province.round, stage.province.unit);
        let clerk = stage.actor(0).await;
        application::jobs::fold_rollups(&stage.app).await.unwrap();
        let right = overview(&stage.app, &clerk, round, unit, true).await.unwrap().total.tally;
        let changed = t.raw().await.execute("UPDATE rollup SET n = n + 7 WHERE subject = 'member' AND level <> ''").await.unwrap();
        assert!(changed > 0);
        assert_ne!(overview(&stage.app, &clerk, round, unit, true).await.unwrap().total.tally, right);
        assert_eq!(application::jobs::check_rollups(&stage.app).await.unwrap(), 0, "by day nothing is counted anew");
        let night = |day: u32| {
            let clock = std::sync::Arc::new(application::demo::SetClock::default());
            clock.put(domain::Day::of(2022, 12, day).unwrap(), 2);
            clock
        };
        let mut stage = stage;
        stage.app.clock = night(21);
        assert_eq!(u64::try_from(application::jobs::check_rollups(&stage.app).await.unwrap()).unwrap(), changed);
        let view = overview(&stage.app, &clerk, round, unit, true).await.unwrap();
        assert_eq!(view.total.tally, right);
        assert_eq!(view.checked.unwrap().differed.len(), 1, "and whoever looks is told");
        assert_eq!(application::jobs::check_rollups(&stage.app).await.unwrap(), 0, "once a night");
        stage.app.clock = night(22);
        assert_eq!(application::jobs::check_rollups(&stage.app).await.unwrap(), 0, "the next night nothing differs");
    }

    async fn the_printed_table_of_the_province_is_the_one_on_the_screen(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (round, unit, clerk) = (stage.province.round, stage.province.unit, stage.actor(0).await);
        let what = What::OfUnit { campaign: round, unit, paper: UnitPaper::SummaryTable };
        let paper = papers::data(&stage.app, &clerk, what).await.unwrap();
        let rows = paper["rows"].as_array().unwrap();
        let of_members = |total: bool| rows.iter().filter(move |row| row["is_total"] == total)
            .filter(|row| row["kind"].as_str().unwrap().ends_with(": đảng viên"));
        let whole = of_members(true).next().unwrap();
        let figure = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().parse::<i64>().unwrap();
        assert_eq!(of_members(true).count(), 1);
        for key in ["total", "exempt", "not_rated", "rated"] {
            assert_eq!(of_members(false).map(|row| figure(row, key)).sum::<i64>(), figure(whole, key), "{key}");
        }
        assert_eq!(figure(whole, "rated") + figure(whole, "not_rated") + figure(whole, "exempt"), i64::from(MEMBERS));
        let screen = overview(&stage.app, &clerk, round, unit, false).await.unwrap().total.tally;
        assert_eq!((figure(whole, "rated"), figure(whole, "exempt")), (screen.rated, screen.exempt));
        let (best, good) = (screen.level("excellent"), screen.level("good"));
        let hundredths = (best * 20_000 + best + good) / (2 * (best + good));
        assert_eq!(whole["top"], format!("{},{:02}", hundredths / 100, hundredths % 100), "forms 15A, 15B: of those rated good or better");
        assert!(rows.iter().any(|row| row["kind"].as_str().unwrap().ends_with(": tổ chức đảng")), "every kind of subject");
        assert!(matches!(papers::data(&stage.app, &stage.actor(4).await, what).await, Err(Error::Denied)));
    }

    async fn a_base_organization_sets_days_earlier_than_the_province_and_never_later(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, _, own) = stage.base().await;
        let set = |step: &str, day: &str| BTreeMap::from([(step.to_owned(), day.to_owned())]);
        let late = set_days(&stage.app, &clerk, own, &set("decision", "27/12/2022")).await.unwrap_err();
        assert_eq!(code(&late), "CAMPAIGN-008");
        let cut_off = set_days(&stage.app, &clerk, own, &set("cut_off", "30/12/2022")).await.unwrap_err();
        assert_eq!(code(&cut_off), "CAMPAIGN-009");
        let nonsense = set_days(&stage.app, &clerk, own, &set("decision", "32/12/2022")).await.unwrap_err();
        assert_eq!(code(&nonsense), "FORM-004");
        set_days(&stage.app, &clerk, own, &set("decision", "24/12/2022")).await.unwrap();
        let page = days(&stage.app, &clerk, own).await.unwrap();
        let shown = page.campaign.steps.iter().find(|step| step.step == "decision").unwrap();
        assert_eq!((shown.due_on.shown(), page.bounds["decision"].shown()), ("24/12/2022".to_owned(), "25/12/2022".to_owned()));
        // Where the province is earlier still, everybody below goes along.
        let province = stage.actor(0).await;
        set_days(&stage.app, &province, stage.province.round, &set("decision", "20/12/2022")).await.unwrap();
        let page = days(&stage.app, &clerk, own).await.unwrap();
        assert_eq!(page.campaign.steps.iter().find(|step| step.step == "decision").unwrap().due_on.shown(), "20/12/2022");
        let late = overview(&stage.app, &province, stage.province.round, stage.province.unit, false).await.unwrap().total.late;
        assert!(late > 0);
    }

    async fn the_superior_grants_a_special_unit_days_beyond_new_year_up_to_the_day_of_the_book(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, unit, _) = stage.base().await;
        let (province, district) = (stage.actor(0).await, stage.actor(2).await);
        let order = OpenCampaign { unit: Some(stage.province.unit), year: 2023, ..OpenCampaign::default() };
        let round = open_campaign(&stage.app, &province, &order).await.unwrap();
        let own = campaigns(&stage.app, &clerk).await.unwrap();
        assert!(own.iter().filter(|one| one.unit == unit && one.open).count() > 1, "two years are open at once");
        let own = own.into_iter().find(|one| one.unit == unit && one.parent == Some(round)).unwrap().id;
        // The notice goes out with the decision or after it.
        let set = |day: &str| BTreeMap::from(["decision", "notice"].map(|step| (step.to_owned(), day.to_owned())));
        let decision = async |actor: &Actor| {
            let page = days(&stage.app, actor, own).await.unwrap();
            let day = page.campaign.steps.iter().find(|step| step.step == "decision").unwrap().due_on;
            (day.shown(), page.bounds["decision"].shown())
        };
        let usual = "31/12/2023".to_owned();
        assert_eq!(decision(&clerk).await, (usual.clone(), usual.clone()));
        assert_eq!(code(&set_days(&stage.app, &clerk, own, &set("10/01/2024")).await.unwrap_err()), "CAMPAIGN-008");
        assert_eq!(decision(&district).await, (usual.clone(), usual.clone()));
        assert_eq!(code(&set_days(&stage.app, &district, own, &set("12/01/2024")).await.unwrap_err()), "CAMPAIGN-017");
        let mark = |sector: &str, from_on: &str| MarkSector { sector: sector.to_owned(), from_on: from_on.to_owned(), basis: "Công văn 7-CV/HU".to_owned() };
        let myself = mark_sector(&stage.app, &clerk, unit, &mark("special", "01/11/2022")).await;
        assert!(matches!(myself, Err(Error::Denied)), "nobody gives himself later days");
        let bare = MarkSector { basis: " ".to_owned(), ..mark("special", "01/11/2022") };
        assert_eq!(code(&mark_sector(&stage.app, &district, unit, &bare).await.unwrap_err()), "ORG-022");
        assert_eq!(code(&mark_sector(&stage.app, &district, unit, &mark("", "01/11/2022")).await.unwrap_err()), "ORG-026");
        mark_sector(&stage.app, &district, unit, &mark("special", "01/11/2022")).await.unwrap();
        let last = "14/01/2024".to_owned();
        assert_eq!(decision(&clerk).await, (last.clone(), last.clone()), "124-QĐ/TW: special units before 15/01, by itself");
        mark_sector(&stage.app, &district, unit, &mark("school", "02/11/2022")).await.unwrap();
        assert_eq!(decision(&clerk).await, (usual.clone(), usual), "schools end with the others");
        mark_sector(&stage.app, &district, unit, &mark("special", "03/11/2022")).await.unwrap();
        assert_eq!(decision(&district).await, (last.clone(), last));
        assert_eq!(code(&set_days(&stage.app, &district, own, &set("15/01/2024")).await.unwrap_err()), "CAMPAIGN-008");
        set_days(&stage.app, &district, own, &set("12/01/2024")).await.unwrap();
        assert_eq!(decision(&clerk).await, ("12/01/2024".to_owned(), "12/01/2024".to_owned()));
        assert_eq!(code(&set_days(&stage.app, &clerk, own, &set("14/01/2024")).await.unwrap_err()), "CAMPAIGN-008");
        // The province moves its own day: what it granted stays.
        set_days(&stage.app, &province, round, &set("30/12/2023")).await.unwrap();
        assert_eq!(decision(&clerk).await.0, "12/01/2024");
        // The next round finds the mark.
        let order = OpenCampaign { year: 2024, ..order };
        let next = open_campaign(&stage.app, &province, &order).await.unwrap();
        let of_base = campaigns(&stage.app, &clerk).await.unwrap();
        let of_base = of_base.iter().find(|one| one.unit == unit && one.parent == Some(next)).unwrap();
        let ends = of_base.steps.iter().find(|step| step.step == "decision").unwrap().due_on;
        assert_eq!(ends.shown(), "14/01/2025");
    }

    async fn rounds_run_beside_each_other_when_kind_or_period_differ(t: &TestDb) {
        let stage = Stage::of(t).await;
        let clerk = stage.actor(0).await;
        let order = |kind: &str, quarter| OpenCampaign {
            unit: Some(stage.province.unit),
            year: 2022,
            kind: kind.to_owned(),
            quarter,
            ..OpenCampaign::default()
        };
        let again = open_campaign(&stage.app, &clerk, &order("annual", 0)).await.unwrap_err();
        assert_eq!(code(&again), "CAMPAIGN-001");
        assert_eq!(code(&open_campaign(&stage.app, &clerk, &order("quarter", 5)).await.unwrap_err()), "CAMPAIGN-012");
        assert_eq!(code(&open_campaign(&stage.app, &clerk, &order("never", 0)).await.unwrap_err()), "CAMPAIGN-011");
        let Asked::Open(quarter) = ask_for_campaign(&stage.app, &clerk, &order("quarter", 4)).await.unwrap() else {
            panic!("a small round is opened at once");
        };
        let view = overview(&stage.app, &clerk, quarter, stage.province.unit, false).await.unwrap();
        assert_eq!((view.total.steps.people, view.total.steps.submitted), (i64::from(MEMBERS), 0));
        let (base, unit, _) = stage.base().await;
        let own = OpenCampaign { unit: Some(unit), ..order("annual", 0) };
        assert_eq!(code(&open_campaign(&stage.app, &base, &own).await.unwrap_err()), "CAMPAIGN-001", "it is in the province's round");
        open_campaign(&stage.app, &base, &OpenCampaign { kind: "re_examination".to_owned(), ..own }).await.unwrap();
        let again = OpenCampaign { unit: Some(unit), ..order("re_examination", 0) };
        assert_eq!(code(&open_campaign(&stage.app, &base, &again).await.unwrap_err()), "CAMPAIGN-001");
    }

    async fn the_sample_province_is_whole(t: &TestDb) {
        let stage = Stage::of(t).await;
        let reports = upkeep::verify_journals(&stage.app, &[]).await.unwrap();
        assert!(reports.iter().all(|report| report.first_bad.is_none() && report.waiting == 0));
        let (root, round) = (stage.province.root.0, stage.province.round.0);
        let mut reader = t.db.read(stage.province.root).await.unwrap();
        let (compared, differing) = store::rollup::compare(&mut reader, root, round).await.unwrap();
        assert!(compared > 100 && differing.is_empty(), "{differing:?}");
        let units = store::season::units(&mut reader, root, round).await.unwrap();
        drop(reader);
        // The step a unit is listed under is the one its meeting, proposal and decision say.
        let mut tx = t.db.begin(stage.province.root).await.unwrap();
        for unit in &units {
            if let Some(proposal) = store::outcome::proposal_of_unit(&mut tx, root, unit.campaign_id, unit.unit_id).await.unwrap() {
                store::outcome::update_proposal(&mut tx, &proposal).await.unwrap();
            }
            for meeting in store::meeting::of_unit(&mut tx, root, unit.campaign_id, unit.unit_id).await.unwrap() {
                store::meeting::update(&mut tx, &meeting).await.unwrap();
            }
        }
        assert_eq!(store::season::units(&mut tx, root, round).await.unwrap(), units, "nothing had to be put right");
        let inspected = upkeep::inspect(&stage.app).await.unwrap();
        assert!(inspected.damage.iter().all(|line| line.ends_with("= off")), "{:?}", inspected.damage);
    }
}

/// The committee of a base organisation all of whose cells sent their lists meets, follows them and issues its decision; on how many.
async fn decide_one_base(stage: &Stage, t: &TestDb) -> i64 {
    let root = stage.province.root;
    let mut reader = t.db.read(root).await.unwrap();
    let units = store::season::units(&mut reader, root.0, stage.province.round.0).await.unwrap();
    let all_sent = |base: &&store::rollup::CampaignUnitRow| {
        let mut cells = units.iter().filter(|cell| cell.parent_id == Some(base.unit_id)).peekable();
        base.kind == "base_organization" && cells.peek().is_some() && cells.all(|cell| cell.step == "proposed")
    };
    let base = units.iter().find(all_sent).unwrap();
    let campaign = CampaignId(base.campaign_id);
    let mut seats = store::roster::holders(&mut reader, root.0, base.unit_id, "2022-12-20").await.unwrap();
    seats.retain(|seat| seat.title != "clerk");
    let of = |title: &str| PersonId(seats.iter().find(|seat| seat.title == title).unwrap().person_id);
    let proposed = store::outcome::proposed_of_campaign(&mut reader, root.0, base.campaign_id).await.unwrap();
    drop(reader);
    let secretary = access::actor(&stage.app, root, of("secretary")).await.unwrap();
    let present = |seat: &store::roster::HolderRow| AttendanceLine {
        person: PersonId(seat.person_id),
        presence: "present".to_owned(),
        circumstance: "normal".to_owned(),
        reason: String::new(),
    };
    let minutes = RecordMeeting {
        held_on: "20/12/2022".to_owned(),
        starts_at: "07:30".to_owned(),
        ends_at: "09:00".to_owned(),
        place: "Hội trường".to_owned(),
        chair: Some(secretary.person),
        secretary: Some(of("deputy_secretary")),
        discussion: "Xem từng danh sách.".to_owned(),
        conclusion: "Thống nhất.".to_owned(),
        attendance: seats.iter().map(present).collect(),
        ..RecordMeeting::default()
    };
    let meeting = record_meeting(&stage.app, &secretary, campaign, UnitId(base.unit_id), &minutes).await.unwrap();
    seal_minutes(&stage.app, &secretary, meeting).await.unwrap();
    let line = |line: &store::outcome::LevelRow| DecidedLine {
        review: ReviewId(line.review_id),
        level: line.level.clone(),
        reason: String::new(),
        seen: line.level.clone(),
        confirmed: false,
    };
    let paper = Paper {
        number: "45".to_owned(),
        signed_on: "20/12/2022".to_owned(),
        signer: Some(secretary.person),
        in_favour: "3".to_owned(),
        ..Paper::default()
    };
    let order = SaveDecision { paper, lines: proposed.iter().map(line).collect() };
    save_decision(&stage.app, &secretary, campaign, &order).await.unwrap();
    issue_decision(&stage.app, &secretary, campaign).await.unwrap();
    i64::try_from(proposed.len()).unwrap()
}

/// Two base organisations of a district and one of another in which nothing is proposed or decided yet.
async fn quiet_bases(stage: &Stage, t: &TestDb) -> (UnitId, [UnitId; 3]) {
    let root = stage.province.root;
    let mut reader = t.db.read(root).await.unwrap();
    let units = store::season::units(&mut reader, root.0, stage.province.round.0).await.unwrap();
    let mut quiet: BTreeMap<_, Vec<UnitId>> = BTreeMap::new();
    for base in units.iter().filter(|unit| unit.kind == "base_organization" && unit.step != "decided") {
        let mut cells = units.iter().filter(|cell| cell.parent_id == Some(base.unit_id));
        if cells.all(|cell| !["proposed", "decided"].contains(&cell.step.as_str())) {
            quiet.entry(base.parent_id.unwrap()).or_default().push(UnitId(base.unit_id));
        }
    }
    let (district, two) = quiet.iter().find(|(_, bases)| bases.len() > 1).expect("two quiet communes side by side");
    let (_, beyond) = quiet.iter().rev().find(|(other, _)| *other != district).expect("a quiet commune elsewhere");
    (UnitId(*district), [two[0], two[1], beyond[0]])
}

/// What a table says of each unit directly below adds up to what it says of the whole; what is about the unit itself apart.
async fn parts_add_up(stage: &Stage, clerk: &Actor, unit: UnitId) {
    let table = summary(&stage.app, clerk, stage.province.round, unit).await.unwrap();
    let of = |group: &SummaryGroup| {
        let members = group.subjects.iter().find(|(subject, _)| subject == "member");
        members.map(|(_, tally)| [tally.total, tally.exempt, tally.not_rated, tally.rated]).unwrap_or_default()
    };
    let (whole, parts) = table.groups.split_last().unwrap();
    let mut sum = [0; 4];
    for part in parts {
        sum.iter_mut().zip(of(part)).for_each(|(sum, n)| *sum += n);
    }
    assert_eq!(of(whole), sum, "{}", whole.name);
}

/// Somebody who has not handed in, and the content of somebody like him in his cell who has.
async fn waiting(stage: &Stage, t: &TestDb) -> (ReviewId, PersonId, Content) {
    let root = stage.province.root;
    let mut reader = t.db.read(root).await.unwrap();
    let reviews = store::season::reviews(&mut reader, root.0, stage.province.round.0).await.unwrap();
    let like = |one: &store::review::ReviewRow| {
        let alike = |other: &&store::review::ReviewRow| {
            other.unit_id == one.unit_id && other.leader == one.leader && other.state == "self_reviewed"
        };
        reviews.iter().find(alike).map(|other| other.review_id)
    };
    let mut waiting = reviews.iter().filter(|one| one.state == "awaiting_self_review");
    let (one, other) = waiting.find_map(|one| Some((one, like(one)?))).unwrap();
    let handed_in = store::review::submitted(&mut reader, root.0, other).await.unwrap();
    let content = serde_json::from_str(&handed_in[0].content).unwrap();
    (ReviewId(one.review_id), PersonId(one.person_id.unwrap()), content)
}
