//! The register of a round that runs follows the tree, the posts and the memberships of the cut-off day; a superior's round
//! takes in what was opened below before it; nothing is opened while it is not settled who decides.

use application::acts::authority::{ChoosePlace, Delegate, choose_place, delegate};
use application::acts::campaign::{OpenCampaign, RegisterChanges, Turn, open_campaign};
use application::acts::organisation::{Ground, NewUnit, SplitPart, SplitUnit, Step, open_unit, split_unit};
use application::acts::roster::{
    At, Importer, PostLine, Preview, Roster, confirm_import, preview_again, preview_import,
};
use application::reads::authority::authority;
use application::reads::organisation::{UnitPage, unit};
use application::reads::roster::present;
use domain::org::{Title, UnitKind};
use domain::subject::Subject;
use domain::{Actor, Day, UnitId};
use store::review::ReviewRow;
use uuid::Uuid;

use crate::it::province::{Stage, code};
use crate::it::roster::upload;
use crate::it::testdb::TestDb;

fn day(text: &str) -> Day {
    Day::parse_stored(text).unwrap()
}

fn ground(on: &str) -> Ground {
    Ground {
        effective_on: on.to_owned(),
        basis_number: "21-QĐ/HU".to_owned(),
        basis_on: "18/12/2022".to_owned(),
        basis_issuer: "Huyện uỷ Mẫu".to_owned(),
    }
}

/// The roster as it is exported, changed and imported again; with what the preview said when it was looked at again.
async fn import(stage: &Stage, change: impl FnOnce(&mut Roster)) -> Preview {
    let mut roster = present(&stage.app, &stage.actor(0).await).await.unwrap();
    change(&mut roster);
    let importer = Importer::Console(stage.province.root);
    let first = preview_import(&stage.app, importer, upload(roster.sheets().map(|(_, rows)| rows))).await.unwrap();
    assert!(first.errors.is_empty(), "{:?}", first.errors.listed);
    let preview = preview_again(&stage.app, importer, first.intake.unwrap()).await.unwrap();
    confirm_import(&stage.app, importer, preview.intake.unwrap(), &preview.seen).await.unwrap();
    preview
}

async fn others(stage: &Stage, t: &TestDb) -> Vec<ReviewRow> {
    let mut conn = t.db.read(stage.province.root).await.unwrap();
    let (root, round) = (stage.province.root.0, stage.province.round.0);
    store::running::others_in_round(&mut conn, root, round).await.unwrap()
}

async fn review_of(stage: &Stage, t: &TestDb, subject: Subject, about: Uuid) -> Option<ReviewRow> {
    let rows = others(stage, t).await;
    rows.into_iter().find(|row| row.subject == subject.word() && row.about_id == about)
}

/// Body that leads the campaign of a review.
async fn body(stage: &Stage, t: &TestDb, review: &ReviewRow) -> Uuid {
    let mut conn = t.db.read(stage.province.root).await.unwrap();
    store::campaign::campaign(&mut conn, review.root_id, review.campaign_id).await.unwrap().unwrap().unit_id
}

async fn the_figures_are_right(stage: &Stage, t: &TestDb) {
    let mut conn = t.db.read(stage.province.root).await.unwrap();
    let (root, round) = (stage.province.root.0, stage.province.round.0);
    let (compared, differing) = store::rollup::compare(&mut conn, root, round).await.unwrap();
    assert!(compared > 0 && differing.is_empty(), "{differing:?}");
}

/// The last base organisation of the first district and a member of its last cell who holds no post.
async fn last_base(stage: &Stage) -> (Actor, UnitPage, UnitPage) {
    let clerk = stage.actor(0).await;
    let top = unit(&stage.app, &clerk, stage.province.unit).await.unwrap();
    let district = unit(&stage.app, &clerk, top.below[0].0).await.unwrap();
    let base = district.below.iter().rev().find(|(.., kind)| *kind == UnitKind::BaseOrganization).unwrap().0;
    let base = unit(&stage.app, &clerk, base).await.unwrap();
    (clerk, district, base)
}

fn turns(told: &RegisterChanges) -> Vec<(Turn, usize)> {
    told.counts.clone()
}

on_both! {
    async fn a_leader_who_is_appointed_in_mid_round_gets_a_review_and_loses_it_when_he_leaves_the_post(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, district, base) = last_base(&stage).await;
        let cell = unit(&stage.app, &clerk, base.below.last().unwrap().0).await.unwrap();
        let plain = cell.members.iter().find(|one| cell.holders.iter().all(|(person, ..)| *person != one.id)).unwrap();
        let (person, name) = (plain.id, plain.name.clone());
        assert!(review_of(&stage, t, Subject::Leader, person.0).await.is_none());
        let before = others(&stage, t).await.len();

        let roster = present(&stage.app, &clerk).await.unwrap();
        let member = roster.members.iter().find(|at| at.line.name == name && at.line.unit == cell.code).unwrap().line.code.clone();
        let post = PostLine {
            member: member.clone(),
            unit: base.code.clone(),
            title: Title::DeputySecretary,
            from_on: day("2022-12-15"),
            to_on: None,
        };
        let preview = import(&stage, |roster| roster.posts.push(At { row: 0, line: post })).await;
        assert_eq!(turns(&preview.register), [(Turn::Opened, 1)]);
        let line = &preview.register.lines[0];
        assert_eq!((line.subject, line.name.as_str(), line.place.as_str()), (Subject::Leader, name.as_str(), base.name.as_str()));
        let review = review_of(&stage, t, Subject::Leader, person.0).await.unwrap();
        assert_eq!((review.unit_id, review.state.as_str()), (base.id.0, "awaiting_self_review"));
        assert_eq!(body(&stage, t, &review).await, district.id.0, "the superior decides on the leaders of the base");
        assert_eq!(others(&stage, t).await.len(), before + 1, "nobody else is concerned");

        let ends = |on: Option<Day>| {
            let member = member.clone();
            move |roster: &mut Roster| {
                for post in roster.posts.iter_mut().filter(|at| at.line.member == member) {
                    post.line.to_on = on;
                }
            }
        };
        let preview = import(&stage, ends(Some(day("2022-12-18")))).await;
        assert_eq!(turns(&preview.register), [(Turn::Withdrawn, 1)]);
        let gone = review_of(&stage, t, Subject::Leader, person.0).await.unwrap();
        assert_eq!((gone.state.as_str(), gone.obligation.as_str()), ("not_due", "neither"));
        assert_eq!(gone.obligation_reason, "Không giữ chức vụ lãnh đạo vào ngày chốt 31/12/2022");
        let preview = import(&stage, ends(None)).await;
        assert_eq!(turns(&preview.register), [(Turn::Restored, 1)]);
        let back = review_of(&stage, t, Subject::Leader, person.0).await.unwrap();
        assert_eq!((back.review_id, back.state.as_str()), (review.review_id, "awaiting_self_review"));
        the_figures_are_right(&stage, t).await;
    }

    async fn a_cell_that_is_founded_in_mid_round_is_reviewed_but_not_classified_yet(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, _, base) = last_base(&stage).await;
        let new = NewUnit { code: "MOI-1".to_owned(), name: "Chi bộ Mới".to_owned(), kind: "cell".to_owned(), ..NewUnit::default() };
        let look = open_unit(&stage.app, &clerk, base.id, &new, &ground("19/12/2022"), Step::Look).await.unwrap();
        assert_eq!(turns(&look.register), [(Turn::Opened, 1)]);
        assert_eq!((look.register.lines[0].subject, look.register.lines[0].name.as_str()), (Subject::Organization, "Chi bộ Mới"));
        let before = others(&stage, t).await.len();
        let done = open_unit(&stage.app, &clerk, base.id, &new, &ground("19/12/2022"), Step::Write).await.unwrap();
        let id = done.unit.unwrap();
        let review = review_of(&stage, t, Subject::Organization, id.0).await.unwrap();
        // Scenario 8.
        assert_eq!(review.obligation, "review_only");
        assert!(review.obligation_reason.contains("19/12/2022"), "{}", review.obligation_reason);
        assert_eq!(body(&stage, t, &review).await, base.id.0);
        assert_eq!(others(&stage, t).await.len(), before + 1);

        // A member who comes from elsewhere goes there: he has his review as well.
        let from = unit(&stage.app, &clerk, base.below[0].0).await.unwrap();
        let preview = import(&stage, |roster| {
            let like = roster.members.iter().find(|at| at.line.unit == from.code).unwrap().line.clone();
            let line = application::acts::roster::MemberLine {
                code: "DV-MOI".to_owned(),
                card: None,
                unit: "MOI-1".to_owned(),
                leader: false,
                ..like
            };
            roster.members.push(At { row: 0, line });
        }).await;
        assert_eq!(turns(&preview.register), [(Turn::Opened, 1)]);
        assert_eq!((preview.register.lines[0].subject, preview.register.lines[0].place.as_str()), (Subject::Member, "Chi bộ Mới"));
        the_figures_are_right(&stage, t).await;
    }

    async fn a_base_that_is_split_off_decides_on_its_own_members(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, district, base) = last_base(&stage).await;
        let mut waiting = None;
        for (id, ..) in &base.below {
            let mut conn = t.db.read(stage.province.root).await.unwrap();
            let rows = store::follow::waiting_in_cell(&mut conn, stage.province.root.0, id.0).await.unwrap();
            let members = rows.iter().any(|row| row.subject == "member" && row.state != "proposed");
            if members && rows.iter().all(|row| row.state != "proposed") {
                waiting = Some(*id);
            }
        }
        let cell = waiting.expect("a cell whose list is not sent");
        let new = NewUnit { code: "MOI-2".to_owned(), name: "Đảng uỷ Mới".to_owned(), kind: "base_organization".to_owned(), ..NewUnit::default() };
        let part = SplitPart { code: String::new(), new, members: Vec::new(), below: vec![cell] };
        let order = SplitUnit { parts: vec![part], ends: false };
        split_unit(&stage.app, &clerk, base.id, &order, &ground("19/12/2022"), Step::Write).await.unwrap();
        let found = unit(&stage.app, &clerk, cell).await.unwrap().above.last().unwrap().0;
        assert_ne!(found, base.id);
        let mut conn = t.db.read(stage.province.root).await.unwrap();
        for row in store::follow::waiting_in_cell(&mut conn, stage.province.root.0, cell.0).await.unwrap() {
            assert_eq!(body(&stage, t, &row).await, found.0, "{}", row.subject);
        }
        let own = review_of(&stage, t, Subject::Organization, found.0).await.unwrap();
        assert_eq!(body(&stage, t, &own).await, district.id.0, "it does not decide on itself");
        drop(conn);
        the_figures_are_right(&stage, t).await;
    }

    async fn whoever_leads_in_several_places_is_reviewed_where_the_body_over_all_of_them_decided(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, district, base) = last_base(&stage).await;
        let cell = unit(&stage.app, &clerk, base.below.last().unwrap().0).await.unwrap();
        let plain = cell.members.iter().find(|one| cell.holders.iter().all(|(person, ..)| *person != one.id)).unwrap();
        let (person, name) = (plain.id, plain.name.clone());
        let roster = present(&stage.app, &clerk).await.unwrap();
        let member = roster.members.iter().find(|at| at.line.name == name && at.line.unit == cell.code).unwrap().line.code.clone();
        let post = |unit: &str| At {
            row: 0,
            line: PostLine {
                member: member.clone(),
                unit: unit.to_owned(),
                title: Title::DeputySecretary,
                from_on: day("2022-12-15"),
                to_on: None,
            },
        };
        import(&stage, |roster| roster.posts.extend([post(&district.code), post(&base.code)])).await;
        let highest = review_of(&stage, t, Subject::Leader, person.0).await.unwrap();
        assert_eq!(highest.unit_id, district.id.0, "where he stands highest");
        assert_eq!(body(&stage, t, &highest).await, stage.province.unit.0);

        let secretary = stage.actor(1).await;
        let view = authority(&stage.app, &secretary, None).await.unwrap();
        let shown = view.conflicts.iter().find(|one| one.person == person).unwrap();
        assert_eq!(shown.places.iter().map(|(unit, ..)| *unit).collect::<Vec<_>>(), [district.id, base.id]);
        assert!(shown.may_choose && shown.basis.is_empty());
        let order = |unit, basis: &str| ChoosePlace { unit: Some(unit), basis: basis.to_owned() };
        let refused = choose_place(&stage.app, &secretary, person, &order(base.id, " ")).await.unwrap_err();
        assert_eq!(code(&refused), "AUTHORITY-003");
        let refused = choose_place(&stage.app, &secretary, person, &order(cell.id, "x")).await.unwrap_err();
        assert_eq!(code(&refused), "FORM-003", "only where he leads");
        let below = stage.actor(2).await;
        let denied = choose_place(&stage.app, &below, person, &order(base.id, "x")).await;
        assert!(matches!(denied, Err(application::Error::Denied)), "not by one of the places");
        choose_place(&stage.app, &secretary, person, &order(base.id, "Quyết định 31-QĐ/TU")).await.unwrap();
        let moved = review_of(&stage, t, Subject::Leader, person.0).await.unwrap();
        assert_eq!((moved.review_id, moved.unit_id), (highest.review_id, base.id.0));
        assert_eq!(body(&stage, t, &moved).await, district.id.0);
        let view = authority(&stage.app, &secretary, None).await.unwrap();
        let shown = view.conflicts.iter().find(|one| one.person == person).unwrap();
        assert_eq!((shown.places[0].0, shown.basis.as_str()), (base.id, "Quyết định 31-QĐ/TU"));
        the_figures_are_right(&stage, t).await;

        // Verified there, he leaves the post: whoever decides now verifies him anew.
        let mut tx = t.db.begin(stage.province.root).await.unwrap();
        let verified = ReviewRow { state: "proposed".to_owned(), ..moved };
        assert!(store::review::set_obligation(&mut tx, &verified).await.unwrap());
        tx.commit(store::journal::Record::housekeeping("verified in another test")).await.unwrap();
        let left = |at: &mut At<PostLine>| {
            if at.line.member == member && at.line.unit == base.code {
                at.line.to_on = Some(day("2022-12-19"));
            }
        };
        import(&stage, |roster| roster.posts.iter_mut().for_each(left)).await;
        let anew = review_of(&stage, t, Subject::Leader, person.0).await.unwrap();
        assert_eq!((anew.review_id, anew.unit_id, anew.state.as_str()), (highest.review_id, district.id.0, "self_reviewed"));
        assert_eq!(body(&stage, t, &anew).await, stage.province.unit.0);
        the_figures_are_right(&stage, t).await;
    }

    async fn where_somebody_is_reviewed_is_settled_as_of_the_cut_off_day_of_the_round(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, district, base) = last_base(&stage).await;
        let cell = unit(&stage.app, &clerk, base.below.last().unwrap().0).await.unwrap();
        let plain = cell.members.iter().find(|one| cell.holders.iter().all(|(person, ..)| *person != one.id)).unwrap();
        let (person, name) = (plain.id, plain.name.clone());
        let roster = present(&stage.app, &clerk).await.unwrap();
        let member = roster.members.iter().find(|at| at.line.name == name && at.line.unit == cell.code).unwrap().line.code.clone();
        let post = |unit: &str, to_on: Option<Day>| At {
            row: 0,
            line: PostLine { member: member.clone(), unit: unit.to_owned(), title: Title::DeputySecretary, from_on: day("2022-12-15"), to_on },
        };
        let today = stage.app.clock.today();
        import(&stage, |roster| roster.posts.extend([post(&district.code, Some(today)), post(&base.code, None)])).await;
        let secretary = stage.actor(1).await;
        let of = |view: application::reads::authority::AuthorityPage| view.conflicts.iter().any(|one| one.person == person);
        assert!(of(authority(&stage.app, &secretary, Some(today)).await.unwrap()), "today he leads in two places");
        assert!(!of(authority(&stage.app, &secretary, None).await.unwrap()), "on the cut-off day in one");
        let order = ChoosePlace { unit: Some(district.id), basis: "Quyết định 31-QĐ/TU".to_owned() };
        let nothing = choose_place(&stage.app, &secretary, person, &order).await;
        assert!(matches!(nothing, Err(application::Error::Denied)));
    }

    async fn the_round_of_a_superior_takes_in_the_round_that_a_base_opened_before(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (base, place, _) = stage.base().await;
        let order = |unit| OpenCampaign { unit: Some(unit), year: 2022, kind: "re_examination".to_owned(), ..OpenCampaign::default() };
        let own = open_campaign(&stage.app, &base, &order(place)).await.unwrap();
        let clerk = stage.actor(0).await;
        let root = stage.province.root.0;
        let mut conn = t.db.read(stage.province.root).await.unwrap();
        let theirs = store::review::subjects_of_campaign(&mut conn, root, own.0).await.unwrap();
        drop(conn);
        let round = open_campaign(&stage.app, &clerk, &order(stage.province.unit)).await.unwrap();
        let mut conn = t.db.read(stage.province.root).await.unwrap();
        let joined = store::campaign::campaign(&mut conn, root, own.0).await.unwrap().unwrap();
        assert_eq!(joined.parent_id, Some(round.0));
        assert_eq!(store::review::subjects_of_campaign(&mut conn, root, own.0).await.unwrap(), theirs, "as it stood");
        let mut seen = std::collections::BTreeSet::new();
        for campaign in store::campaign::below(&mut conn, root, round.0).await.unwrap().iter().map(|one| one.campaign_id).chain([round.0]) {
            for subject in store::review::subjects_of_campaign(&mut conn, root, campaign).await.unwrap() {
                assert!(seen.insert(subject.clone()), "{subject:?} is reviewed twice");
            }
        }
        let own_body = ("organization".to_owned(), place.0);
        assert!(seen.contains(&own_body) && !theirs.contains(&own_body), "the superior reviews the base itself");
        let (compared, differing) = store::rollup::compare(&mut conn, root, round.0).await.unwrap();
        assert!(compared > 0 && differing.is_empty(), "{differing:?}");
        drop(conn);
        let again = open_campaign(&stage.app, &base, &order(place)).await.unwrap_err();
        assert_eq!(code(&again), "CAMPAIGN-001");
    }

    async fn no_round_opens_while_it_is_not_settled_who_decides(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, district, base) = last_base(&stage).await;
        let give = |body: UnitId| Delegate {
            subject: "organization".to_owned(),
            within: Some(base.id),
            kind: "cell".to_owned(),
            body: Some(body),
            from_on: "01/01/2022".to_owned(),
            to_on: String::new(),
            basis: "Quyết định 12-QĐ/TU".to_owned(),
        };
        let secretary = stage.actor(1).await;
        for body in [district.id, base.id] {
            delegate(&stage.app, &secretary, &give(body)).await.unwrap();
        }
        let order = OpenCampaign { unit: Some(stage.province.unit), year: 2022, kind: "re_examination".to_owned(), ..OpenCampaign::default() };
        match open_campaign(&stage.app, &clerk, &order).await.unwrap_err() {
            application::Error::Refused(faults) => {
                assert_eq!(faults[0].code, "CAMPAIGN-016");
                let number = base.below.iter().filter(|(.., kind)| *kind == UnitKind::Cell).count();
                assert!(faults[0].args.contains(&("number".to_owned(), number.to_string())), "{:?}", faults[0].args);
            }
            other => panic!("{other:?}"),
        }
    }
}
