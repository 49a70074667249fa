//! Organisations, collectives and leaders: who is reviewed, verified, decided, in which order and under which bounds.

use application::acts::authority::{Delegate, delegate};
use application::acts::ballot::{DrawUpBallot, draw_up_ballot};
use application::acts::campaign::{OpenCampaign, open_campaign};
use application::acts::classification::{
    ListLine, SaveList, Verify, issue_list, mark_late, save_list, take_back, verify,
};
use application::acts::decision::Paper;
use application::acts::meeting::{AttendanceLine, RecordMeeting, record_meeting};
use application::acts::review::{StateFact, state_fact, submit_self_review};
use application::demo::Play;
use application::judge::Judgement;
use application::reads::authority::authority;
use application::reads::classification::{ListPage, list, sheet};
use application::reads::review::self_review;
use application::reads::trial::trial;
use application::{Error, Result};
use domain::form::{Content, FieldKind, Filler};
use domain::subject::Subject;
use domain::verification::Missing;
use domain::{Actor, ReviewId};
use store::journal::Record;
use store::review::ReviewRow;
use uuid::Uuid;

use crate::it::collective::open_review;
use crate::it::story::{app, build, library};
use crate::it::testdb::TestDb;

/// The codes with which something was refused.
fn codes<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    match result.unwrap_err() {
        Error::Refused(refusals) => refusals.into_iter().map(|refusal| refusal.code).collect(),
        other => panic!("{other:?}"),
    }
}

async fn lines(play: &Play, actor: &Actor, subject: Subject) -> ListPage {
    list(&play.app, actor, play.campaign, subject).await.unwrap()
}

async fn review_of(play: &Play, actor: &Actor, subject: Subject, name: &str) -> ReviewId {
    let page = lines(play, actor, subject).await;
    let found = page.lines.iter().find(|line| line.name.contains(name));
    found
        .unwrap_or_else(|| panic!("{name} among {:?}", page.lines.iter().map(|line| &line.name).collect::<Vec<_>>()))
        .review
}

/// The report of a collective with the grade and level at this place of the book's scales.
pub(crate) fn report(grade: &str, level: &str) -> Content {
    let library = library();
    let book = library.book("party-2018-qd132").unwrap();
    let filler = Filler { leader: false, civil: false };
    let form = library.review_form(book, Subject::Collective, filler).unwrap();
    let fields = form.fields(filler);
    let filled = fields.filter(|field| field.required).map(|field| {
        let value = match field.kind {
            FieldKind::Grade => grade,
            FieldKind::Level => level,
            _ => "Nội dung mẫu.",
        };
        (field.id.clone(), value.to_owned())
    });
    filled.collect()
}

fn sheet_of(level: &str, grounds: &str) -> Verify {
    Verify {
        level: level.to_owned(), opinion: "Nhận xét mẫu.".to_owned(), grounds: grounds.to_owned(), seen: None
    }
}

/// Every cell hands in its report and is verified at `level`; organisations of cells without a level of their own stay open.
async fn all_verified(play: &Play, office: &Actor, level: &str) {
    for line in lines(play, office, Subject::Organization).await.lines {
        let cell = play.stages().map(|(code, _)| code.to_owned()).collect::<Vec<_>>();
        for code in cell {
            let head = play.head(&code).await.unwrap();
            // Only the head of that very cell may write; the others are denied.
            let _ = submit_self_review(&play.app, &head, line.review, &report("good", level), "").await;
        }
        verify(&play.app, office, line.review, &sheet_of(level, "Chủ thể tham gia không có ý kiến khác."))
            .await
            .unwrap();
    }
}

async fn save(play: &Play, office: &Actor, subject: Subject, level: &str, skip: &[ReviewId]) {
    let page = lines(play, office, subject).await;
    let chosen = page.lines.iter().filter(|line| !line.decided);
    let paper = Paper {
        number: format!("{}-QĐ/ĐU", 70 + page.serial),
        signed_on: "30/12/2022".to_owned(),
        in_favour: page.paper.base.to_string(),
        ..Paper::default()
    };
    let order = SaveList {
        paper,
        lines: chosen
            .map(|line| ListLine {
                review: line.review,
                level: if skip.contains(&line.review) { String::new() } else { level.to_owned() },
                reason: String::new(),
                seen: line.proposed.clone(),
            })
            .collect(),
    };
    save_list(&play.app, office, play.campaign, subject, &order).await.unwrap();
}

/// The case of the head of a base organisation as a leader, as the opening of a campaign above it would make it.
async fn open_leader(t: &TestDb, play: &Play) -> ReviewId {
    let person = play.seated(0).await.unwrap().person.0;
    let row = ReviewRow {
        root_id: play.root.0,
        review_id: Uuid::from_u128(0x1EAD),
        campaign_id: play.campaign.0,
        subject: "leader".to_owned(),
        about_id: person,
        person_id: Some(person),
        unit_id: play.base.0,
        state: "awaiting_self_review".to_owned(),
        obligation: "review_and_classify".to_owned(),
        obligation_rule: String::new(),
        obligation_reason: String::new(),
        leader: true,
        version: 1,
    };
    let mut tx = t.db.begin(play.root).await.unwrap();
    store::review::insert(&mut tx, &row).await.unwrap();
    tx.commit(Record::housekeeping("test data")).await.unwrap();
    ReviewId(row.review_id)
}

#[tokio::test]
async fn facts_can_be_tried_and_the_reasons_told_for_each_of_the_four_kinds_of_subject() {
    let t = TestDb::lite().await;
    let app = app(&t).await;
    let play = build(&app).await;
    let office = play.seated(0).await.unwrap();
    let organisation = review_of(&play, &office, Subject::Organization, "Thôn 1").await;
    let collective = open_review(&t, &play, "collective", play.cells["CB-T1"].0).await;
    let leader = open_leader(&t, &play).await;
    let member = ReviewId(play.reviews("CB-T1").await.unwrap()[0].0.review_id);
    for (review, tried, level, rule) in [
        (
            organisation,
            &[("targets_assigned", "10"), ("targets_done", "4"), ("force_majeure", "false")][..],
            "fulfilled",
            "RULE-223",
        ),
        (collective, &[("unit_disciplined", "true")], "fulfilled", "RULE-313"),
        (leader, &[("is_head", "true"), ("led_unit_level", "fulfilled")], "good", "RULE-401"),
        (member, &[("disciplined_in_year", "true")], "fulfilled", "RULE-121"),
    ] {
        let typed = tried.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let seen = trial(&play.app, &office, review, &typed).await.unwrap();
        assert!(seen.refused.is_empty() && !seen.facts.is_empty(), "{rule}: {:?}", seen.refused);
        let codes = |judgement: &Judgement| -> Vec<String> {
            let against = judgement.against(level).into_iter();
            against.chain(&judgement.forced).map(|reason| reason.code.clone()).collect()
        };
        assert!(codes(&seen.after).iter().any(|code| code == rule), "{rule}: {:?}", codes(&seen.after));
        assert!(!codes(&seen.before).iter().any(|code| code == rule), "{rule} stood before");
    }
    app.close().await;
    play.app.close().await;
}

on_both! {
    async fn the_round_reviews_the_cells_as_organisations_and_their_committees_as_collectives(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let organisations = lines(&play, &office, Subject::Organization).await;
        assert_eq!(organisations.lines.len(), play.cells.len(), "every cell, and not the base organisation itself");
        let collectives = lines(&play, &office, Subject::Collective).await;
        assert!(collectives.lines.iter().all(|line| line.name.starts_with("Chi uỷ ")), "{:?}", collectives.lines);
        assert!(lines(&play, &office, Subject::Leader).await.lines.is_empty(), "leaders of cells are no LĐQL here");
        let waiting = &organisations.lines[0].waiting;
        assert_eq!(waiting[0].code, "ORDER-003", "a cell waits for its members");
        assert!(list(&play.app, &office, play.campaign, Subject::Member).await.is_err());
        let member = play.actor(play.member("CB-T1", 9).unwrap().person).await.unwrap();
        assert!(matches!(list(&play.app, &member, play.campaign, Subject::Organization).await, Err(Error::Denied)));
        app.close().await;
        play.app.close().await;
    }

    async fn a_sheet_needs_the_report_and_written_grounds_where_it_departs_from_it(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let cell = review_of(&play, &office, Subject::Organization, "Thôn 1").await;
        assert_eq!(codes(verify(&play.app, &office, cell, &sheet_of("good", "x")).await), ["VERIFY-001"]);
        let head = play.head("CB-T1").await.unwrap();
        submit_self_review(&play.app, &head, cell, &report("good", "excellent"), "").await.unwrap();
        let other = play.head("CB-T2").await.unwrap();
        let denied = submit_self_review(&play.app, &other, cell, &report("good", "good"), "").await;
        assert!(matches!(denied, Err(Error::Denied)), "a cell does not report on another");
        let page = sheet(&play.app, &office, cell).await.unwrap();
        assert_eq!((page.own_level.vi.as_str(), &page.gaps[..]), ("Hoàn thành xuất sắc nhiệm vụ", &[Missing::Opinions][..]));
        assert_eq!(codes(verify(&play.app, &office, cell, &sheet_of("good", "")).await), ["VERIFY-004"]);
        assert_eq!(codes(verify(&play.app, &office, cell, &sheet_of("excellent", "")).await), ["VERIFY-005"]);
        assert!(matches!(verify(&play.app, &head, cell, &sheet_of("good", "x")).await, Err(Error::Denied)));
        verify(&play.app, &office, cell, &sheet_of("good", "Chỉ tiêu 3 mới đạt 90 %.")).await.unwrap();
        let page = lines(&play, &office, Subject::Organization).await;
        let line = page.lines.iter().find(|line| line.review == cell).unwrap();
        assert_eq!((line.own_level.as_str(), line.proposed.as_str()), ("excellent", "good"));
        app.close().await;
        play.app.close().await;
    }

    async fn a_dossier_that_was_verified_goes_back_with_the_reason_and_is_verified_anew(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let office = play.seated(0).await.unwrap();
        all_verified(&play, &office, "fulfilled").await;
        save(&play, &office, Subject::Organization, "fulfilled", &[]).await;
        let cell = review_of(&play, &office, Subject::Organization, "Thôn 1").await;
        let head = play.head("CB-T1").await.unwrap();
        let why = "Bổ sung kết quả thực hiện chỉ tiêu 3.";
        assert_eq!(codes(take_back(&play.app, &office, cell, "  ").await), ["VERIFY-006"]);
        assert!(matches!(take_back(&play.app, &head, cell, why).await, Err(Error::Denied)), "not by the reviewed itself");
        take_back(&play.app, &office, cell, why).await.unwrap();
        assert_eq!(codes(take_back(&play.app, &office, cell, why).await), ["REVIEW-001"], "once");
        let writing = self_review(&play.app, &head, cell).await.unwrap();
        assert_eq!(writing.returned.unwrap().reason, why);
        let page = lines(&play, &office, Subject::Organization).await;
        let line = page.lines.iter().find(|line| line.review == cell).unwrap();
        assert_eq!((line.state.word(), line.proposed.as_str()), ("self_reviewed", ""));
        assert_eq!(codes(issue_list(&play.app, &office, play.campaign, Subject::Organization).await), ["DECISION-014"]);
        // The text of the sheet is still there to go on with.
        let kept = sheet(&play.app, &office, cell).await.unwrap();
        assert_eq!((kept.level.as_str(), kept.may_take_back, kept.may_verify), ("fulfilled", false, true));

        submit_self_review(&play.app, &head, cell, &report("good", "fulfilled"), "").await.unwrap();
        assert!(self_review(&play.app, &head, cell).await.unwrap().returned.is_none(), "answered");
        verify(&play.app, &office, cell, &sheet_of("fulfilled", "Chủ thể tham gia không có ý kiến khác.")).await.unwrap();
        issue_list(&play.app, &office, play.campaign, Subject::Organization).await.unwrap();
        assert_eq!(codes(take_back(&play.app, &office, cell, why).await), ["REVIEW-001"], "what is decided stays");
        app.close().await;
        play.app.close().await;
    }

    async fn nobody_takes_back_the_verification_about_himself(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let review = open_leader(t, &play).await;
        let mut tx = t.db.begin(play.root).await.unwrap();
        let row = store::review::review(&mut tx, play.root.0, review.0).await.unwrap().unwrap();
        let verified = ReviewRow { state: "proposed".to_owned(), ..row };
        assert!(store::review::set_obligation(&mut tx, &verified).await.unwrap());
        tx.commit(Record::housekeeping("test data")).await.unwrap();
        let (himself, other) = (play.seated(0).await.unwrap(), play.seated(1).await.unwrap());
        let why = "Bổ sung minh chứng.";
        assert!(matches!(take_back(&play.app, &himself, review, why).await, Err(Error::Denied)));
        take_back(&play.app, &other, review, why).await.unwrap();
        app.close().await;
        play.app.close().await;
    }

    async fn organisations_come_after_their_members_and_the_members_results_bound_them(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        let office = play.seated(0).await.unwrap();
        all_verified(&play, &office, "fulfilled").await;
        save(&play, &office, Subject::Organization, "fulfilled", &[]).await;
        let refused = codes(issue_list(&play.app, &office, play.campaign, Subject::Organization).await);
        assert!(refused.iter().all(|code| code == "DECISION-010" || code == "DECISION-013"), "{refused:?}");
        play.decide().await.unwrap();
        let page = lines(&play, &office, Subject::Organization).await;
        assert!(page.lines.iter().all(|line| line.waiting.is_empty()), "their members are decided");
        // Scenario 19: one member not fulfilled caps his cell at fulfilled.
        let capped = page.lines.iter().find(|line| line.judgement.against("good").is_some());
        let capped = capped.expect("the play has a disciplined member, so one cell is capped");
        assert!(capped.judgement.against("fulfilled").is_none());
        let grounds = "Chủ thể tham gia không có ý kiến khác.";
        let late = page.lines[0].review;
        assert_eq!(codes(verify(&play.app, &office, capped.review, &sheet_of("good", grounds)).await), ["VERIFY-003"]);
        save(&play, &office, Subject::Organization, "fulfilled", &[late]).await;
        let refused = codes(issue_list(&play.app, &office, play.campaign, Subject::Organization).await);
        assert_eq!(refused, ["DECISION-006"], "one has no level");
        assert_eq!(codes(mark_late(&play.app, &office, late, " ").await), ["ORDER-101"]);
        mark_late(&play.app, &office, late, "Bí thư chi bộ nằm viện, được phép làm chậm 10 ngày.").await.unwrap();
        issue_list(&play.app, &office, play.campaign, Subject::Organization).await.unwrap();
        // Whoever came late stands on a further list with its own number.
        let page = lines(&play, &office, Subject::Organization).await;
        assert_eq!((page.serial, page.issued, page.paper.version), (2, false, 0));
        save(&play, &office, Subject::Organization, "fulfilled", &[late]).await;
        let refused = codes(issue_list(&play.app, &office, play.campaign, Subject::Organization).await);
        assert_eq!(refused, ["DECISION-006"], "a list decides on somebody");
        save(&play, &office, Subject::Organization, "fulfilled", &[]).await;
        issue_list(&play.app, &office, play.campaign, Subject::Organization).await.unwrap();
        let page = lines(&play, &office, Subject::Organization).await;
        assert!(page.issued && page.lines.iter().all(|line| line.decided && line.level == "fulfilled"));
        assert_eq!(codes(mark_late(&play.app, &office, late, "x").await), ["ORDER-102"]);
        // A collective is not rated above its organisation.
        let chi_uy = lines(&play, &office, Subject::Collective).await;
        for line in &chi_uy.lines {
            assert!(line.judgement.against("good").is_some(), "{}", line.name);
        }
        app.close().await;
        play.app.close().await;
    }

    async fn a_list_that_departs_from_the_sheets_says_why_and_is_looked_at_again_when_a_sheet_changes(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let office = play.seated(0).await.unwrap();
        all_verified(&play, &office, "fulfilled").await;
        save(&play, &office, Subject::Organization, "not_fulfilled", &[]).await;
        let count = lines(&play, &office, Subject::Organization).await.lines.len();
        let refused = codes(issue_list(&play.app, &office, play.campaign, Subject::Organization).await);
        assert_eq!(refused, vec!["DECISION-009"; count], "each line differs from its sheet and gives no reason");
        save(&play, &office, Subject::Organization, "fulfilled", &[]).await;
        let changed = lines(&play, &office, Subject::Organization).await.lines[0].review;
        verify(&play.app, &office, changed, &sheet_of("not_fulfilled", "Kết luận kiểm tra mới.")).await.unwrap();
        let refused = codes(issue_list(&play.app, &office, play.campaign, Subject::Organization).await);
        assert_eq!(refused, ["DECISION-011"], "the body saved its level on the earlier sheet");
        app.close().await;
        play.app.close().await;
    }

    async fn facts_on_an_organisation_are_stated_by_the_office_that_verifies_it(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let cell = review_of(&play, &office, Subject::Organization, "Thôn 1").await;
        let order = StateFact {
            name: "unit_disciplined".to_owned(),
            value: "có".to_owned(),
            evidence: "Quyết định mẫu số 5-QĐ/UBKT ngày 01/7/2022".to_owned(),
        };
        let head = play.head("CB-T1").await.unwrap();
        assert!(matches!(state_fact(&play.app, &head, cell, &order).await, Err(Error::Denied)));
        state_fact(&play.app, &office, cell, &order).await.unwrap();
        // Scenario 23: disciplined and not detected by itself.
        let not_remedied = StateFact { name: "self_detected_and_remedied".to_owned(), value: "không".to_owned(), ..order };
        state_fact(&play.app, &office, cell, &not_remedied).await.unwrap();
        let page = lines(&play, &office, Subject::Organization).await;
        let line = page.lines.iter().find(|line| line.review == cell).unwrap();
        assert!(line.judgement.against("fulfilled").is_some());
        app.close().await;
        play.app.close().await;
    }

    async fn the_committee_draws_no_ballot_while_lists_of_cells_are_on_the_way(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let (chair, writer, third) = (office.person, play.seated(1).await.unwrap().person, play.seated(2).await.unwrap().person);
        let present = |person| AttendanceLine {
            person,
            presence: "present".to_owned(),
            circumstance: "normal".to_owned(),
            reason: String::new(),
        };
        let order = RecordMeeting {
            held_on: "20/12/2022".to_owned(),
            starts_at: "13:30".to_owned(),
            place: "Hội trường mẫu".to_owned(),
            chair: Some(chair),
            secretary: Some(writer),
            attendance: [chair, writer, third].map(present).to_vec(),
            ..RecordMeeting::default()
        };
        let meeting = record_meeting(&play.app, &office, play.campaign, play.base, &order).await.unwrap();
        let team = DrawUpBallot { teller_a: chair, teller_b: writer, head: third };
        assert_eq!(codes(draw_up_ballot(&play.app, &office, meeting, team).await), ["BALLOT-023"]);
        // Members are decided together: nobody is left for a further list, so none is marked as late.
        let member = ReviewId(play.reviews("CB-T1").await.unwrap()[0].0.review_id);
        assert!(matches!(mark_late(&play.app, &office, member, "Đi công tác.").await, Err(Error::Denied)));
        app.close().await;
        play.app.close().await;
    }

    async fn who_is_no_longer_to_be_classified_holds_up_no_list(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let office = play.seated(0).await.unwrap();
        all_verified(&play, &office, "fulfilled").await;
        save(&play, &office, Subject::Organization, "fulfilled", &[]).await;
        let young = lines(&play, &office, Subject::Organization).await.lines[0].review;
        let evidence = "Quyết định mẫu thành lập ngày 01/9/2022".to_owned();
        for (name, value) in [("founded_in_period", "có"), ("founded_on", "01/9/2022")] {
            let fact = StateFact { name: name.to_owned(), value: value.to_owned(), evidence: evidence.clone() };
            state_fact(&play.app, &office, young, &fact).await.unwrap();
        }
        let refused = codes(issue_list(&play.app, &office, play.campaign, Subject::Organization).await);
        assert_eq!(refused, ["DECISION-012"], "founded four months before the end: reviewed, not classified");
        save(&play, &office, Subject::Organization, "fulfilled", &[young]).await;
        issue_list(&play.app, &office, play.campaign, Subject::Organization).await.unwrap();
        let page = lines(&play, &office, Subject::Organization).await;
        assert!(page.issued, "nobody is left over");
        assert_eq!((page.lines.len(), page.not_rated.len()), (play.cells.len() - 1, 1));
        app.close().await;
        play.app.close().await;
    }

    async fn who_decides_is_read_from_the_book_until_a_decision_delegates_it(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let page = authority(&play.app, &office, None).await.unwrap();
        assert!(page.faults.is_empty(), "{:?}", page.faults);
        let of_base = page.rows.iter().find(|row| row.subject == Subject::Organization && row.bodies.is_empty());
        assert!(of_base.is_some(), "the base organisation is decided above this hierarchy");
        let order = Delegate {
            subject: "collective".to_owned(),
            within: Some(play.base),
            body: Some(play.base),
            from_on: "01/01/2021".to_owned(),
            ..Delegate::default()
        };
        assert_eq!(codes(delegate(&play.app, &office, &order).await), ["AUTHORITY-003"]);
        let order = Delegate { basis: "Quyết định mẫu 12-QĐ/TU ngày 05/01/2022".to_owned(), ..order };
        let head = play.head("CB-T1").await.unwrap();
        assert!(matches!(delegate(&play.app, &head, &order).await, Err(Error::Denied)));
        delegate(&play.app, &office, &order).await.unwrap();
        // Whatever was written down, nobody decides on himself.
        let campaign = OpenCampaign { unit: Some(play.base), year: 2021, ..OpenCampaign::default() };
        let campaign = open_campaign(&play.app, &office, &campaign).await.unwrap();
        let page = list(&play.app, &office, campaign, Subject::Collective).await.unwrap();
        assert!(page.lines.iter().all(|line| line.name.starts_with("Chi uỷ ")), "{:?}", page.lines);
        app.close().await;
        play.app.close().await;
    }
}
