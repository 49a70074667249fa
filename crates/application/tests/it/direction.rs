//! The directive of October 2022: issued by the province, carried on by a district, studied by heads, followed to its clauses.

use application::acts::attachment::NewFile;
use application::acts::campaign::{OpenCampaign, open_campaign, report_summary};
use application::acts::direction::{
    Acknowledge, Asked, EndDirective, TypedBasis, TypedClause, TypedDirective, TypedDuty, acknowledge, add_original,
    end_directive, issue_directive, report_duty, save_directive,
};
use application::papers::{What, data};
use application::reads::direction::{Matter, askable, asked, chase, directive, directives, original, recipients};
use application::reads::tasks::{Task, tasks};
use application::{Error, access};
use domain::directive::{DirectiveState, Secrecy};
use domain::org::{Title, UnitKind};
use domain::{Actor, Day, DirectiveId, PersonId, UnitId};

use crate::it::papers::{keys_of, sample};
use crate::it::province::Stage;
use crate::it::testdb::TestDb;

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Err(Error::Refused(reasons)) => {
            let field = reasons[0].field.as_ref().map_or_else(String::new, |field| format!(" {field}"));
            format!("{}{field}", reasons[0].code)
        }
        Err(Error::Denied) => "denied".to_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

/// Somebody in office at a unit of this kind, other than these units, found in the tree.
async fn holder(stage: &Stage, t: &TestDb, unit: UnitId, title: Title) -> Actor {
    let root = stage.province.root;
    let mut conn = t.db.read(root).await.unwrap();
    let holders = store::org::holders(&mut conn, root.0, unit.0, "2022-12-20").await.unwrap();
    let post = holders.iter().find(|post| post.title == title.word()).expect("a holder");
    access::actor(&stage.app, root, PersonId(post.person_id)).await.unwrap()
}

async fn below(stage: &Stage, t: &TestDb, unit: UnitId, kind: UnitKind) -> Vec<UnitId> {
    let root = stage.province.root;
    let mut conn = t.db.read(root).await.unwrap();
    let units = store::org::units(&mut conn, root.0).await.unwrap();
    let of = |one: &&store::org::UnitRow| one.parent_id == Some(unit.0) && one.kind == kind.word();
    units.iter().filter(of).map(|one| UnitId(one.unit_id)).collect()
}

async fn october(stage: &Stage) -> DirectiveId {
    let secretary = stage.actor(1).await;
    let issued = directives(&stage.app, &secretary, None).await.unwrap().issued;
    issued.iter().find(|line| line.unit == stage.province.unit).expect("the letter of October").id
}

async fn task(stage: &Stage, actor: &Actor, kind: &str) -> Option<Task> {
    tasks(&stage.app, actor).await.unwrap().into_iter().find(|task| task.kind == kind)
}

fn alone(day: &str) -> Acknowledge {
    Acknowledge { manner: "alone".to_owned(), studied_on: day.to_owned(), note: String::new() }
}

/// A small sound document to break.
fn plan(unit: UnitId, under: Option<DirectiveId>) -> TypedDirective {
    TypedDirective {
        unit: Some(unit),
        under,
        kind: "plan".to_owned(),
        number: "7".to_owned(),
        dated_on: "01/12/2022".to_owned(),
        summary: "Kế hoạch thử".to_owned(),
        secrecy: "none".to_owned(),
        circulation: "open".to_owned(),
        recipients: vec!["base_organization".to_owned(), "cell".to_owned()],
        clauses: vec![TypedClause { label: "1".to_owned(), text: "Quán triệt".to_owned(), carries: String::new() }],
        duties: vec![TypedDuty {
            clause: "1".to_owned(),
            kinds: vec!["cell".to_owned()],
            what: "Báo cáo".to_owned(),
            due_on: "25/12/2022".to_owned(),
            known_by: "stated".to_owned(),
            ..TypedDuty::default()
        }],
        ..TypedDirective::default()
    }
}

on_both! {
    async fn the_letter_of_october_has_three_bases_six_obligations_and_its_deadline(t: &TestDb) {
        let stage = Stage::of(t).await;
        let id = october(&stage).await;
        let secretary = stage.actor(1).await;
        let page = directive(&stage.app, &secretary, id).await.unwrap();
        let bases: Vec<(&str, Option<Day>)> = page.bases.iter().map(|one| (one.number.as_str(), one.dated_on)).collect();
        assert_eq!(bases, [
            ("4628-CV/VPTW", Day::of(2022, 8, 29)), ("4264-CV/BTCTW", Day::of(2022, 10, 18)), ("04-HD/TU", Day::of(2021, 10, 25)),
        ]);
        assert_eq!((page.clauses.len(), page.duties.len()), (6, 6));
        let due: Vec<Option<Day>> = page.duties.iter().map(|(duty, ..)| duty.due_on).collect();
        assert_eq!(due[2], Day::of(2022, 11, 30), "last year's results are put right by then");
        assert_eq!(page.guidance.len(), 1, "the district's plan stands under it");
        assert_eq!(page.guidance[0].carries, [("1".to_owned(), "1".to_owned()), ("2".to_owned(), "3".to_owned())]);
        let (_, _, (done, all, late)) = page.scope.clone().expect("the issuer follows it");
        assert!(done > 0 && done < all && late == all - done, "{done}/{all}, {late}");
        // The round was opened because clause 2 asked for it: every deciding body has its campaign.
        assert_eq!(page.outcomes.len(), 1);
        let round = page.outcomes[0].link.clone().unwrap();
        let said = asked(&stage.app, &secretary, &round.replace("/dot/", "campaign/")).await.unwrap();
        assert_eq!((said[0].directive.id, said[0].clause.as_str(), said[0].opens), (id, "2", true));
        let opened = page.duties[1].2.unwrap();
        assert_eq!((opened.0, opened.2), (opened.1, 0), "known by the system, nobody reports it");
        stage.app.close().await;
    }

    async fn a_head_acknowledges_for_his_body_and_nobody_for_another(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (id, province) = (october(&stage).await, stage.province.unit);
        let office = stage.actor(1).await;
        let (_, open) = chase(&stage.app, &office, id, province, Matter::Study).await.unwrap();
        let (body, name) = open.iter().find(|(body, _)| body.kind == UnitKind::BaseOrganization).expect("a late base");
        let unit = body.id;
        assert_eq!(body.late, 40, "from 10/11 to 20/12/2022");
        let head = holder(&stage, t, unit, Title::Secretary).await;
        assert_eq!(&head.name, name, "the chase list says whom to call");
        let waiting = task(&stage, &head, "study").await.expect("it is on his list");
        assert!(waiting.late && waiting.link.contains(&id.to_string()));

        let deputy = holder(&stage, t, unit, Title::DeputySecretary).await;
        let clerk = holder(&stage, t, unit, Title::Clerk).await;
        let try_by = async |actor: &Actor, order: &Acknowledge| acknowledge(&stage.app, actor, id, unit, order).await;
        assert_eq!(refused(try_by(&deputy, &alone("19/12/2022")).await), "DIRECT-016", "the head's seat is not empty");
        assert!(task(&stage, &deputy, "study").await.is_none_or(|task| task.about != waiting.about));
        for stranger in [&clerk, &office, &stage.actor(2).await] {
            assert_eq!(refused(try_by(stranger, &alone("19/12/2022")).await), "denied", "{}", stranger.name);
        }
        assert_eq!(refused(try_by(&head, &alone("25/10/2022")).await), "DIRECT-018 studied_on");
        assert_eq!(refused(try_by(&head, &alone("21/12/2022")).await), "DIRECT-018 studied_on");
        assert_eq!(refused(try_by(&head, &Acknowledge { manner: "dreamt".to_owned(), ..alone("19/12/2022") }).await), "FORM-003 manner");
        let before = recipients(&stage.app, &office, id, province, Matter::Study).await.unwrap();
        try_by(&head, &alone("19/12/2022")).await.unwrap();
        assert_eq!(refused(try_by(&head, &alone("19/12/2022")).await), "DIRECT-019");
        let after = recipients(&stage.app, &office, id, province, Matter::Study).await.unwrap();
        assert_eq!((after.count.0, after.count.1), (before.count.0 + 1, before.count.1));
        assert!(task(&stage, &head, "study").await.is_none_or(|task| task.about != waiting.about));
        let page = directive(&stage.app, &head, id).await.unwrap();
        let mine = page.mine.iter().find(|mine| mine.unit == unit).unwrap();
        let done = mine.done.as_ref().unwrap();
        assert_eq!((done.who.as_str(), done.title, done.how.as_str()), (head.name.as_str(), Some(Title::Secretary), "alone"));
        stage.app.close().await;
    }

    async fn a_deputy_acknowledges_while_there_is_no_head_and_it_says_so(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (id, root) = (october(&stage).await, stage.province.root);
        let office = stage.actor(1).await;
        let (_, open) = chase(&stage.app, &office, id, stage.province.unit, Matter::Study).await.unwrap();
        let unit = open.iter().find(|(body, _)| body.kind == UnitKind::BaseOrganization).expect("a late base").0.id;
        let mut tx = t.db.begin(root).await.unwrap();
        let holders = store::org::holders(&mut tx, root.0, unit.0, "2022-12-20").await.unwrap();
        let head = holders.iter().find(|post| post.title == "secretary").unwrap();
        store::org::update_post(&mut tx, &store::org::PostRow { to_on: Some("2022-12-01".to_owned()), ..head.clone() }).await.unwrap();
        tx.commit(store::journal::Record::housekeeping("the head left")).await.unwrap();
        let deputy = holder(&stage, t, unit, Title::DeputySecretary).await;
        assert!(task(&stage, &deputy, "study").await.is_some(), "now it is his to do");
        acknowledge(&stage.app, &deputy, id, unit, &alone("19/12/2022")).await.unwrap();
        let page = recipients(&stage.app, &office, id, unit, Matter::Study).await.unwrap();
        let done = page.lines[0].own.as_ref().unwrap().done.as_ref().unwrap();
        assert_eq!(done.title, Some(Title::DeputySecretary));
        stage.app.close().await;
    }

    async fn figures_add_up_level_by_level_and_print_as_a_list(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (id, province) = (october(&stage).await, stage.province.unit);
        let office = stage.actor(1).await;
        let whole = recipients(&stage.app, &office, id, province, Matter::Study).await.unwrap();
        let sum = whole.lines.iter().fold((0, 0, 0), |sum, line| (sum.0 + line.count.0, sum.1 + line.count.1, sum.2 + line.count.2));
        assert_eq!((sum, whole.lines.len()), (whole.count, 13), "the districts make the province");
        let first = &whole.lines[0];
        let district = recipients(&stage.app, &office, id, first.id, Matter::Study).await.unwrap();
        assert_eq!(district.count, first.count);
        assert_eq!(district.lines[0].id, first.id, "the district itself stands first");
        let clerk = stage.actor(2).await;
        let own = clerk.posts.iter().find(|post| post.kind == UnitKind::AboveBase).unwrap().unit;
        assert!(recipients(&stage.app, &clerk, id, own, Matter::Study).await.is_ok());
        assert_eq!(refused(recipients(&stage.app, &clerk, id, province, Matter::Study).await), "denied", "not above his own");
        let other = whole.lines.iter().find(|line| line.id != own).unwrap().id;
        assert_eq!(refused(recipients(&stage.app, &clerk, id, other, Matter::Study).await), "denied", "not beside");

        let list = data(&stage.app, &office, What::Chase(id, province, Matter::Study)).await.unwrap();
        assert_eq!(keys_of(&list), keys_of(&sample("directive-chase/1")));
        assert_eq!(list["rows"].as_array().unwrap().len(), whole.count.1 - whole.count.0);
        let sent = data(&stage.app, &office, What::Transmission(id)).await.unwrap();
        assert_eq!(keys_of(&sent), keys_of(&sample("directive-transmission/1")));
        assert_eq!(sent["rows"].as_array().unwrap().len(), whole.count.1, "everybody who receives it");
        let cell = stage.actor(4).await;
        assert_eq!(refused(data(&stage.app, &cell, What::Chase(id, province, Matter::Study)).await), "denied");
        stage.app.close().await;
    }

    async fn a_district_carries_out_what_the_province_asked_and_its_cells_study_the_plan(t: &TestDb) {
        let stage = Stage::of(t).await;
        let id = october(&stage).await;
        let cell = stage.actor(4).await;
        let seen = directives(&stage.app, &cell, None).await.unwrap();
        assert_eq!(seen.received.len(), 1, "the letter goes to base organisations, the plan to cells");
        let (plan_of_district, waiting) = &seen.received[0];
        assert_eq!(waiting.len(), 1, "his cell has not studied it");
        assert_eq!(refused(directive(&stage.app, &cell, id).await), "denied");
        let page = directive(&stage.app, &cell, plan_of_district.id).await.unwrap();
        assert_eq!(page.clauses[1].carries.as_ref().unwrap().0, "3");
        assert!(!page.under.unwrap().1, "the letter does not open to him: no link leads there");
        let unit = page.mine[0].unit;
        acknowledge(&stage.app, &cell, plan_of_district.id, unit, &alone("19/12/2022")).await.unwrap();
        stage.app.close().await;
    }

    async fn an_obligation_is_met_by_what_the_system_knows_or_by_a_report(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (id, province) = (october(&stage).await, stage.province.unit);
        let (office, district_clerk) = (stage.actor(1).await, stage.actor(2).await);
        let district = district_clerk.posts.iter().find(|post| post.kind == UnitKind::AboveBase).unwrap().unit;
        let due = task(&stage, &district_clerk, "duties").await.expect("the office has obligations open");
        assert!(due.late && due.number > 0);
        let report = async |place, unit, note: &str| report_duty(&stage.app, &district_clerk, (id, place), unit, note).await;
        assert_eq!(refused(report(0, district, "xong").await), "DIRECT-020 report-0", "an acknowledgement says it");
        assert_eq!(refused(report(2, district, " ").await), "DIRECT-021 report-2");
        assert_eq!(refused(report(5, district, "xong").await), "denied", "it is the province's");
        assert_eq!(refused(report(2, province, "xong").await), "denied");
        report(2, district, "Đã rà soát 62 trường hợp, giữ nguyên cả").await.unwrap();
        assert_eq!(refused(report(2, district, "lần nữa").await), "DIRECT-027 report-2");
        let page = recipients(&stage.app, &office, id, province, Matter::Duty(2)).await.unwrap();
        assert_eq!(page.count.0, 1);
        let done = page.lines.iter().find(|line| line.id == district).unwrap().own.as_ref().unwrap().done.as_ref().unwrap();
        assert_eq!((done.how.as_str(), done.who.as_str()), ("stated", district_clerk.name.as_str()));
        let left = task(&stage, &district_clerk, "duties").await.map_or(0, |task| task.number);
        assert_eq!(left, due.number - 1);
        stage.app.close().await;
    }

    async fn a_round_says_which_clause_asked_for_it_through_the_guidance_of_the_level_between(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (base, unit, _) = stage.base().await;
        let clauses = askable(&stage.app, &base).await.unwrap();
        let clause = clauses.iter().find(|(asked, line, _)| line.issuer != base.name && asked.clause == "2").unwrap().0.clone();
        let order = OpenCampaign { unit: Some(unit), year: 2021, kind: "re_examination".to_owned(), ..OpenCampaign::default() };
        let wrong = Asked { clause: "77".to_owned(), ..clause.clone() };
        let opening = OpenCampaign { asked_by: Some(wrong), ..order.clone() };
        assert_eq!(refused(open_campaign(&stage.app, &base, &opening).await), "DIRECT-028 asked_by");
        let opening = OpenCampaign { asked_by: Some(clause.clone()), ..order };
        let campaign = open_campaign(&stage.app, &base, &opening).await.unwrap();
        let said = asked(&stage.app, &base, &format!("campaign/{campaign}")).await.unwrap();
        assert_eq!((said.len(), &said[0].clause, said[0].directive.id), (1, &clause.clause, clause.directive));
        assert_eq!(Asked::typed(&clause.value()), Some(clause));
        report_summary(&stage.app, &base, campaign, unit, "").await.unwrap();
        stage.app.close().await;
    }

    async fn a_draft_becomes_a_frozen_document_and_ends_with_a_reason(t: &TestDb) {
        let stage = Stage::of(t).await;
        let (clerk, district) = (stage.actor(2).await, {
            let clerk = stage.actor(2).await;
            clerk.posts.iter().find(|post| post.kind == UnitKind::AboveBase).unwrap().unit
        });
        let head = holder(&stage, t, district, Title::Secretary).await;
        let unnumbered = TypedDirective { number: String::new(), ..plan(district, None) };
        let id = save_directive(&stage.app, &clerk, None, &unnumbered).await.unwrap();
        let base = stage.base().await.0;
        assert_eq!(refused(directive(&stage.app, &base, id).await), "denied", "a draft is seen where it is drafted");
        assert!(task(&stage, &head, "issue_directive").await.is_some(), "it waits for whoever issues it");
        assert_eq!(refused(issue_directive(&stage.app, &clerk, id).await), "denied", "the office drafts, the head issues");
        assert_eq!(refused(issue_directive(&stage.app, &head, id).await), "DIRECT-002 number");
        let later = TypedDirective { dated_on: "21/12/2022".to_owned(), ..plan(district, None) };
        save_directive(&stage.app, &clerk, Some(id), &later).await.unwrap();
        assert_eq!(refused(issue_directive(&stage.app, &head, id).await), "DIRECT-012 dated_on");
        save_directive(&stage.app, &clerk, Some(id), &plan(district, None)).await.unwrap();
        issue_directive(&stage.app, &head, id).await.unwrap();
        let page = directive(&stage.app, &base, id).await.unwrap();
        assert!(page.directive.number.starts_with("7-KH"), "kind and body are added to the figure: {}", page.directive.number);
        assert_eq!(refused(save_directive(&stage.app, &clerk, Some(id), &plan(district, None)).await), "DIRECT-001");
        let twin = save_directive(&stage.app, &clerk, None, &plan(district, None)).await.unwrap();
        assert_eq!(refused(issue_directive(&stage.app, &head, twin).await), "DIRECT-013 number");
        save_directive(&stage.app, &clerk, Some(twin), &TypedDirective { number: "8".to_owned(), ..plan(district, None) }).await.unwrap();

        let ends = async |reason: &str, replaced_by| {
            end_directive(&stage.app, &head, id, &EndDirective { reason: reason.to_owned(), replaced_by }).await
        };
        assert_eq!(refused(ends(" ", None).await), "DIRECT-014 reason");
        assert_eq!(refused(ends("thay", Some(twin)).await), "DIRECT-017 replaced_by", "the newer one is a draft");
        assert_eq!(refused(ends("thay", Some(id)).await), "DIRECT-017 replaced_by", "nothing replaces itself");
        issue_directive(&stage.app, &head, twin).await.unwrap();
        ends("Có quy định mới", Some(twin)).await.unwrap();
        assert_eq!(refused(ends("lần nữa", None).await), "DIRECT-001");
        let page = directive(&stage.app, &base, id).await.unwrap();
        assert_eq!((page.directive.state, page.replaced_by.unwrap().id), (DirectiveState::Replaced, twin));
        let unit = base.posts.iter().find(|post| post.kind == UnitKind::BaseOrganization).unwrap().unit;
        let head_of_base = holder(&stage, t, unit, Title::Secretary).await;
        assert_eq!(refused(acknowledge(&stage.app, &head_of_base, id, unit, &alone("19/12/2022")).await), "DIRECT-026");
        stage.app.close().await;
    }

    async fn what_contradicts_itself_is_refused_at_its_field(t: &TestDb) {
        let stage = Stage::of(t).await;
        let clerk = stage.actor(2).await;
        let district = clerk.posts.iter().find(|post| post.kind == UnitKind::AboveBase).unwrap().unit;
        let save = async |change: &dyn Fn(&mut TypedDirective)| {
            let mut order = plan(district, None);
            change(&mut order);
            refused(save_directive(&stage.app, &clerk, None, &order).await)
        };
        assert_eq!(save(&|o| o.duties[0].due_on = "30/11/2022".to_owned()).await, "DIRECT-004 duty-0-due_on");
        assert_eq!(save(&|o| o.secrecy = "confidential".to_owned()).await, "DIRECT-005 secrecy");
        assert_eq!(save(&|o| o.kind = "song".to_owned()).await, "FORM-003 kind");
        assert_eq!(save(&|o| o.dated_on = "31/11/2022".to_owned()).await, "FORM-004 dated_on");
        assert_eq!(save(&|o| o.recipients.clear()).await, "DIRECT-011 recipients");
        let beside = below(&stage, t, stage.province.unit, UnitKind::AboveBase).await;
        let beside = *beside.iter().find(|one| **one != district).unwrap();
        assert_eq!(save(&|o| o.unit = Some(beside)).await, "denied", "nobody drafts for another body");
        assert_eq!(save(&|o| o.unit = Some(stage.province.unit)).await, "denied");
        let kept = stage.app.clone().holding(Secrecy::Confidential);
        let marked = TypedDirective { secrecy: "confidential".to_owned(), ..plan(district, None) };
        let id = save_directive(&kept, &clerk, None, &marked).await.unwrap();
        let head = holder(&stage, t, district, Title::Secretary).await;
        assert_eq!(refused(issue_directive(&stage.app, &head, id).await), "DIRECT-005 secrecy", "asked again where it is issued");
        stage.app.close().await;
    }

    async fn documents_do_not_rest_on_each_other_in_a_circle(t: &TestDb) {
        let stage = Stage::of(t).await;
        let clerk = stage.actor(2).await;
        let district = clerk.posts.iter().find(|post| post.kind == UnitKind::AboveBase).unwrap().unit;
        let head = holder(&stage, t, district, Title::Secretary).await;
        let resting = |on: DirectiveId, number: &str| TypedDirective {
            number: number.to_owned(),
            bases: vec![TypedBasis { directive: Some(on), ..TypedBasis::default() }],
            ..plan(district, None)
        };
        let first = save_directive(&stage.app, &clerk, None, &plan(district, None)).await.unwrap();
        let second = save_directive(&stage.app, &clerk, None, &resting(first, "8")).await.unwrap();
        let third = save_directive(&stage.app, &clerk, None, &resting(second, "9")).await.unwrap();
        for last in [third, second, first] {
            let order = resting(last, "7");
            assert_eq!(refused(save_directive(&stage.app, &clerk, Some(first), &order).await), "DIRECT-006 basis-0-directive");
        }
        assert_eq!(refused(issue_directive(&stage.app, &head, second).await), "DIRECT-024 basis-0-directive");
        issue_directive(&stage.app, &head, first).await.unwrap();
        issue_directive(&stage.app, &head, second).await.unwrap();
        let page = directive(&stage.app, &clerk, second).await.unwrap();
        assert_eq!((page.bases[0].directive, page.bases[0].number.starts_with('7')), (Some(first), true), "it says its own number");
        stage.app.close().await;
    }

    async fn guidance_stands_only_under_what_the_body_received(t: &TestDb) {
        let stage = Stage::of(t).await;
        let letter = october(&stage).await;
        let (base, unit, _) = stage.base().await;
        let cells_only = TypedDirective { recipients: vec!["cell".to_owned()], ..plan(unit, Some(letter)) };
        let id = save_directive(&stage.app, &base, None, &cells_only).await.unwrap();
        let head = holder(&stage, t, unit, Title::Secretary).await;
        let wrong = TypedClause { carries: "99".to_owned(), ..cells_only.clauses[0].clone() };
        let order = TypedDirective { clauses: vec![wrong], ..cells_only.clone() };
        assert_eq!(refused(save_directive(&stage.app, &base, Some(id), &order).await), "DIRECT-009 clause-0-carries");
        let secretary = stage.actor(1).await;
        let end = EndDirective { reason: "thu hồi để sửa".to_owned(), replaced_by: None };
        end_directive(&stage.app, &secretary, letter, &end).await.unwrap();
        assert_eq!(refused(issue_directive(&stage.app, &head, id).await), "DIRECT-025");
        assert_eq!(refused(save_directive(&stage.app, &base, None, &cells_only).await), "DIRECT-015 unit");
        stage.app.close().await;
    }

    async fn the_original_is_kept_as_it_came_and_read_by_whoever_reads_the_document(t: &TestDb) {
        let stage = Stage::of(t).await;
        let letter = october(&stage).await;
        let (office, secretary, cell) = (stage.actor(0).await, stage.actor(1).await, stage.actor(4).await);
        let pdf = |name: &str, bytes: &[u8]| NewFile { name: name.to_owned(), bytes: bytes.to_vec(), replaces: None };
        let scan = b"%PDF-1.7\n% a scan\n";
        assert_eq!(refused(add_original(&stage.app, &office, letter, pdf("ban-goc.pdf", b"MZ no pdf")).await), "ATTACH-004 file");
        assert_eq!(refused(add_original(&stage.app, &stage.actor(2).await, letter, pdf("a.pdf", scan)).await), "denied");
        add_original(&stage.app, &office, letter, pdf("ban-goc.pdf", scan)).await.unwrap();
        let page = directive(&stage.app, &secretary, letter).await.unwrap();
        let file = page.files[0].id;
        assert_eq!(original(&stage.app, &stage.actor(3).await, letter, file).await.unwrap().bytes, scan);
        assert_eq!(refused(original(&stage.app, &cell, letter, file).await), "denied");
        stage.app.close().await;
    }

    async fn a_document_not_to_be_spread_is_read_by_heads_and_offices_only(t: &TestDb) {
        let stage = Stage::of(t).await;
        let clerk = stage.actor(2).await;
        let district = clerk.posts.iter().find(|post| post.kind == UnitKind::AboveBase).unwrap().unit;
        let head = holder(&stage, t, district, Title::Secretary).await;
        let issued = async |circulation: &str, number: &str| {
            let order = TypedDirective { circulation: circulation.to_owned(), number: number.to_owned(), ..plan(district, None) };
            let id = save_directive(&stage.app, &clerk, None, &order).await.unwrap();
            issue_directive(&stage.app, &head, id).await.unwrap();
            id
        };
        let (open, narrow) = (issued("internal", "7").await, issued("not_spread", "8").await);
        let cell = stage.actor(4).await;
        let member = {
            let root = stage.province.root;
            let mut conn = t.db.read(root).await.unwrap();
            let unit = cell.posts.iter().find(|post| post.kind == UnitKind::Cell).unwrap().unit;
            let path = store::org::unit(&mut conn, root.0, unit.0).await.unwrap().unwrap().path;
            let members = store::org::members_below(&mut conn, root.0, &path, "2022-12-20").await.unwrap();
            let plain = members.iter().rev().find(|one| one.person_id != cell.person.0).unwrap().person_id;
            drop(conn);
            access::actor(&stage.app, root, PersonId(plain)).await.unwrap()
        };
        assert!(member.posts.is_empty(), "a member without a post");
        assert!(directive(&stage.app, &member, open).await.is_ok());
        assert_eq!(refused(directive(&stage.app, &member, narrow).await), "denied");
        assert!(directive(&stage.app, &cell, narrow).await.is_ok());
        stage.app.close().await;
    }
}
