//! One campaign from roster to remediation, through every function of the table families.

use chrono::{DateTime, TimeDelta, Utc};
use store::ballot::{self, BallotRow, CountRow, EntryRow};
use store::campaign::{self, CampaignRow, StepRow};
use store::intake::{self, IntakeRow};
use store::meeting::{self, AttendanceRow, ConclusionRow, CriticismRow, MeetingRow};
use store::org::{self, MembershipRow, PersonRow, PostRow};
use store::outcome::{self, DecidedRow, DecisionRow, ItemRow, LevelRow, NoticeRow, ProposalRow};
use store::register::{self, NumberRow};
use store::review::{self, FactRow, OpinionRow, ReviewRow, SelfReviewRow, SubmittedRow};
use store::roster::{self, save_posts};
use store::substitution::{self, SubstitutionRow};
use store::withdrawal::{self, WithdrawalRow};
use store::{Conn, StoreError, Tx};
use uuid::Uuid;

use crate::it::bulk::sample_person;
use crate::it::commit::sample_unit;
use crate::it::testdb::TestDb;

const BASE: u128 = 0x10;
const CELL: u128 = 0x11;
const OTHER_CELL: u128 = 0x12;
const CAMPAIGN: u128 = 0x20;
const MEETING: u128 = 0x30;
const BALLOT: u128 = 0x40;
const PROPOSAL: u128 = 0x50;
const DECISION: u128 = 0x60;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn minute(n: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(n)
}

/// The base organisation, two cells, four members (1 to 3 in the first cell), a secretary.
async fn roster(tx: &mut Tx, root: Uuid) {
    let unit = |n, parent: Option<u128>, path: &str| org::UnitRow {
        root_id: root,
        path: path.to_owned(),
        ..sample_unit(domain::RootId(root), n, parent)
    };
    org::insert_unit(tx, &unit(BASE, None, "/10/")).await.unwrap();
    org::insert_unit(tx, &unit(CELL, Some(BASE), "/10/11/")).await.unwrap();
    org::insert_unit(tx, &unit(OTHER_CELL, Some(BASE), "/10/12/")).await.unwrap();
    for n in 1..=4 {
        org::insert_person(tx, &sample_person(domain::RootId(root), n)).await.unwrap();
        org::insert_membership(tx, &membership(root, n)).await.unwrap();
    }
    org::insert_post(tx, &post(root)).await.unwrap();
}

fn membership(root: Uuid, n: u128) -> MembershipRow {
    MembershipRow {
        root_id: root,
        membership_id: id(0x100 + n),
        person_id: id(n),
        unit_id: id(if n < 4 { CELL } else { OTHER_CELL }),
        standing: "official".to_owned(),
        admitted_on: "2010-05-19".to_owned(),
        official_on: Some("2011-05-19".to_owned()),
        from_on: "2020-01-01".to_owned(),
        to_on: None,
        end_reason: String::new(),
    }
}

fn post(root: Uuid) -> PostRow {
    PostRow {
        root_id: root,
        post_id: id(0x200),
        person_id: id(1),
        unit_id: id(CELL),
        title: "secretary".to_owned(),
        from_on: "2020-06-01".to_owned(),
        to_on: Some("2022-12-31".to_owned()),
    }
}

fn the_campaign(root: Uuid) -> CampaignRow {
    CampaignRow {
        root_id: root,
        campaign_id: id(CAMPAIGN),
        unit_id: id(BASE),
        title: "Kiểm điểm năm 2022".to_owned(),
        period_year: 2022,
        period_from: "2022-01-01".to_owned(),
        period_to: "2022-12-31".to_owned(),
        cut_off_on: "2022-11-30".to_owned(),
        rule_book_id: "party-2018-qd132".to_owned(),
        rule_book_seal: "00".to_owned(),
        settings: "{}".to_owned(),
        basis: String::new(),
        state: "open".to_owned(),
        opened_by: id(1),
        opened_at: minute(0),
        parent_id: None,
        kind: "annual".to_owned(),
    }
}

fn review_of(root: Uuid, n: u128) -> ReviewRow {
    ReviewRow {
        root_id: root,
        review_id: id(0x1000 + n),
        campaign_id: id(CAMPAIGN),
        subject: "member".to_owned(),
        about_id: id(n),
        person_id: Some(id(n)),
        unit_id: id(if n < 4 { CELL } else { OTHER_CELL }),
        state: "open".to_owned(),
        obligation: "full".to_owned(),
        obligation_rule: "who".to_owned(),
        obligation_reason: String::new(),
        leader: false,
        version: 1,
    }
}

async fn reviews(tx: &mut Tx, root: Uuid) {
    roster(tx, root).await;
    campaign::insert(tx, &the_campaign(root)).await.unwrap();
    for n in 1..=4 {
        review::insert(tx, &review_of(root, n)).await.unwrap();
    }
}

fn the_meeting(root: Uuid) -> MeetingRow {
    MeetingRow {
        root_id: root,
        meeting_id: id(MEETING),
        campaign_id: id(CAMPAIGN),
        unit_id: id(CELL),
        purpose: "review".to_owned(),
        held_on: "2022-12-05".to_owned(),
        starts_at: "08:00".to_owned(),
        ends_at: None,
        place: "Nhà văn hoá".to_owned(),
        chair_id: id(1),
        chair_reason: String::new(),
        secretary_id: id(2),
        delegate: String::new(),
        discussion: String::new(),
        conclusion: String::new(),
        state: "open".to_owned(),
        sealed_at: None,
        sealed_by: None,
        version: 1,
    }
}

fn the_ballot(root: Uuid) -> BallotRow {
    BallotRow {
        root_id: root,
        ballot_id: id(BALLOT),
        meeting_id: id(MEETING),
        kind: "paper".to_owned(),
        state: "first_entry".to_owned(),
        base: 3,
        choices: "[\"good\"]".to_owned(),
        teller_a: id(2),
        teller_b: id(3),
        head_teller: id(1),
        version: 1,
    }
}

fn entry(root: Uuid, entry_no: i64, by: u128) -> EntryRow {
    EntryRow {
        root_id: root,
        ballot_id: id(BALLOT),
        entry_no,
        printed: 4,
        given: 3,
        voided: 0,
        left_over: 1,
        returned: 3,
        kept: 0,
        valid: 3,
        invalid: 0,
        note: String::new(),
        entered_by: id(by),
        entered_at: minute(entry_no),
    }
}

fn count(line_no: i64, votes: i64) -> CountRow {
    CountRow { line_no, choice: "good".to_owned(), votes }
}

fn level(n: u128, level: &str) -> LevelRow {
    LevelRow { review_id: id(0x1000 + n), level: level.to_owned(), reason: String::new() }
}

fn line(n: u128, word: &str) -> DecidedRow {
    let LevelRow { review_id, level, reason } = level(n, word);
    DecidedRow { review_id, level, reason, proposed: "good".to_owned() }
}

fn the_decision(root: Uuid) -> DecisionRow {
    DecisionRow {
        root_id: root,
        decision_id: id(DECISION),
        campaign_id: id(CAMPAIGN),
        unit_id: id(BASE),
        subject: "member".to_owned(),
        serial: 1,
        meeting_id: None,
        state: "draft".to_owned(),
        number: "01-QĐ/ĐU".to_owned(),
        signed_on: "2022-12-20".to_owned(),
        signer_id: id(1),
        membership_base: 9,
        in_favour: 8,
        cap_override_reason: String::new(),
        issued_at: None,
        issued_by: None,
        version: 1,
        saved_by: Some(id(1)),
        saved_at: Some(minute(1)),
    }
}

async fn decided(tx: &mut Tx, root: Uuid) {
    reviews(tx, root).await;
    outcome::insert_decision(tx, &the_decision(root)).await.unwrap();
}

async fn begin(t: &TestDb) -> (Tx, Uuid) {
    (t.db.begin(t.root).await.unwrap(), t.root.0)
}

async fn names_on(conn: &mut Conn, root: Uuid, day: &str) -> Vec<String> {
    org::members_of_unit(conn, root, id(CELL), day).await.unwrap().into_iter().map(|member| member.full_name).collect()
}

on_both! {
    async fn who_was_where_is_answered_for_a_day(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        roster(&mut tx, root).await;
        assert_eq!(names_on(&mut tx, root, "2019-12-31").await.len(), 0);
        assert_eq!(names_on(&mut tx, root, "2020-01-01").await.len(), 3);
        org::update_membership(&mut tx, &MembershipRow { to_on: Some("2022-06-30".to_owned()), ..membership(root, 3) }).await.unwrap();
        assert_eq!(names_on(&mut tx, root, "2022-06-30").await.len(), 3, "the last day counts");
        assert_eq!(names_on(&mut tx, root, "2022-07-01").await, ["Nguyễn Văn Mẫu 01", "Nguyễn Văn Mẫu 02"]);
        assert_eq!(roster::listed_memberships(&mut tx, root).await.unwrap().len(), 3);
        assert_eq!(org::members_below(&mut tx, root, "/10/", "2022-07-01").await.unwrap().len(), 3);
        assert_eq!(org::member_of(&mut tx, root, id(4), "2022-07-01").await.unwrap()[0].unit_id, id(OTHER_CELL));
    }

    async fn posts_are_held_from_their_first_to_their_last_day(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        roster(&mut tx, root).await;
        for (day, held) in [("2020-05-31", 0), ("2020-06-01", 1), ("2022-12-31", 1), ("2023-01-01", 0)] {
            assert_eq!(org::posts_held(&mut tx, root, id(1), day).await.unwrap().len(), held, "{day}");
            assert_eq!(org::holders(&mut tx, root, id(CELL), day).await.unwrap().len(), held, "{day}");
            assert_eq!(org::holders_of_title(&mut tx, root, "secretary", day).await.unwrap().len(), held, "{day}");
            assert_eq!(org::holders_of_title(&mut tx, root, "clerk", day).await.unwrap().len(), 0, "{day}");
        }
        org::update_post(&mut tx, &PostRow { to_on: None, ..post(root) }).await.unwrap();
        let held = org::posts_held(&mut tx, root, id(1), "2023-01-01").await.unwrap();
        assert_eq!((held[0].title.as_str(), held[0].path.as_str()), ("secretary", "/10/11/"));
        save_posts(&mut tx, &[post(root)]).await.unwrap();
        assert_eq!(org::posts(&mut tx, root).await.unwrap(), [post(root)]);
    }

    async fn units_and_people_are_changed(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        roster(&mut tx, root).await;
        let mut cell = org::unit(&mut tx, root, id(CELL)).await.unwrap().unwrap();
        cell.name = "Chi bộ Mẫu đổi tên".to_owned();
        org::update_unit(&mut tx, &cell).await.unwrap();
        let below = org::units_below(&mut tx, root, "/10/11/").await.unwrap();
        assert_eq!(below, [cell]);
        let person = PersonRow { workplace: "Nơi khác".to_owned(), ..sample_person(t.root, 1) };
        org::update_person(&mut tx, &person).await.unwrap();
        assert_eq!(org::person(&mut tx, root, id(1)).await.unwrap(), Some(person));
    }

    async fn a_file_that_was_read_waits_until_it_is_confirmed_or_replaced(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        let waiting = |n| IntakeRow {
            root_id: root, intake_id: id(n), kind: "roster".to_owned(), file_name: "Mẫu.xlsx".to_owned(), sha256: "00".to_owned(),
            parsed: "{}".to_owned(), state: "waiting".to_owned(), made_by: id(1), made_at: minute(1),
        };
        intake::insert_intake(&mut tx, &waiting(1)).await.unwrap();
        assert_eq!(intake::intake(&mut tx, root, id(1)).await.unwrap(), Some(waiting(1)));
        intake::cancel_earlier(&mut tx, root, "roster", id(1)).await.unwrap();
        intake::insert_intake(&mut tx, &waiting(2)).await.unwrap();
        let cancelled = intake::intake(&mut tx, root, id(1)).await.unwrap().unwrap();
        assert_eq!((cancelled.state.as_str(), cancelled.parsed.as_str()), ("cancelled", ""));
        intake::close_intake(&mut tx, root, id(2), "confirmed").await.unwrap();
        assert!(matches!(intake::close_intake(&mut tx, root, id(2), "confirmed").await, Err(StoreError::Stale(_))));
    }

    async fn a_campaign_has_its_calendar_and_counts_its_reviews(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        let step = StepRow { root_id: root, campaign_id: id(CAMPAIGN), step: "self".to_owned(), due_on: "2022-11-30".to_owned() };
        campaign::insert_step(&mut tx, &step).await.unwrap();
        assert_eq!(campaign::steps(&mut tx, root, id(CAMPAIGN)).await.unwrap(), [step]);
        assert_eq!(campaign::campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), Some(the_campaign(root)));
        assert_eq!(campaign::campaigns(&mut tx, root).await.unwrap().len(), 1);
        let counts = campaign::state_counts(&mut tx, root, id(CAMPAIGN)).await.unwrap();
        assert_eq!(counts.iter().find(|count| count.unit_id == id(CELL)).unwrap().number, 3);
    }

    async fn a_review_moves_once_for_each_version_that_was_read(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        let review = review_of(root, 1).review_id;
        assert!(review::set_state(&mut tx, root, review, 1, "submitted").await.unwrap());
        assert!(!review::set_state(&mut tx, root, review, 1, "closed").await.unwrap());
        let stored = review::review(&mut tx, root, review).await.unwrap().unwrap();
        assert_eq!((stored.state.as_str(), stored.version), ("submitted", 2));
        assert_eq!(review::list_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap().len(), 4);
        assert_eq!(review::list_of_unit(&mut tx, root, id(CAMPAIGN), id(CELL)).await.unwrap().len(), 3);
        assert_eq!(review::list_of_person(&mut tx, root, id(4)).await.unwrap()[0].unit_path, "/10/12/");
    }

    async fn drafts_are_overwritten_and_what_was_handed_in_never(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        let review_id = review_of(root, 1).review_id;
        let form = "individual-review/2019".to_owned();
        let mut draft = SelfReviewRow {
            root_id: root, review_id, form: form.clone(), content: "{}".to_owned(), saved_at: minute(1), saved_by: id(1), version: 1,
        };
        review::save_draft(&mut tx, &draft).await.unwrap();
        assert_eq!(review::draft(&mut tx, root, review_id).await.unwrap().as_ref(), Some(&draft));
        draft = SelfReviewRow { content: "{\"a\":\"ưu điểm\"}".to_owned(), version: 2, ..draft };
        review::save_draft(&mut tx, &draft).await.unwrap();
        assert_eq!(review::draft(&mut tx, root, review_id).await.unwrap().as_ref(), Some(&draft));
        for version in 1..=2 {
            let handed_in = SubmittedRow {
                root_id: root, review_id, version, form: form.clone(), content: "{}".to_owned(), submitted_at: minute(version),
                submitted_by: id(1), on_behalf_reason: None,
            };
            review::insert_submitted(&mut tx, &handed_in).await.unwrap();
        }
        assert_eq!(review::submitted(&mut tx, root, review_id).await.unwrap()[0].version, 2);
        assert_eq!(review::submitted_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap()[0].version, 1);
    }

    async fn facts_and_opinions_stand_beside_each_other(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        let review_id = review_of(root, 1).review_id;
        let fact = |n: u8| FactRow {
            root_id: root, fact_id: id(u128::from(n)), review_id, name: "warned".to_owned(), value: format!("{n}"),
            evidence: String::new(), stated_by: id(1), stated_at: minute(n.into()),
        };
        let opinion = |n: u8, level: Option<&str>| OpinionRow {
            root_id: root, opinion_id: id(u128::from(n)), review_id, actor: "cell".to_owned(), level: level.map(str::to_owned),
            comment: "Đồng ý".to_owned(), signer: String::new(), stated_on: "2022-12-01".to_owned(), stated_by: id(1),
            stated_at: minute(n.into()),
        };
        for n in [2, 1] {
            review::insert_fact(&mut tx, &fact(n)).await.unwrap();
        }
        review::insert_opinion(&mut tx, &opinion(1, None)).await.unwrap();
        review::insert_opinion(&mut tx, &opinion(2, Some("good"))).await.unwrap();
        assert_eq!(review::facts(&mut tx, root, review_id).await.unwrap(), [fact(1), fact(2)]);
        assert_eq!(review::facts_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), [fact(1), fact(2)]);
        assert_eq!(review::facts_named(&mut tx, root, id(CAMPAIGN), "warned").await.unwrap(), [fact(1), fact(2)]);
        assert_eq!(review::facts_named(&mut tx, root, id(CAMPAIGN), "is_head").await.unwrap(), []);
        let both = [opinion(1, None), opinion(2, Some("good"))];
        assert_eq!(review::opinions(&mut tx, root, review_id).await.unwrap(), both);
        assert_eq!(review::opinions_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), both);
    }

    async fn a_sealed_meeting_no_longer_changes(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        meeting::insert(&mut tx, &the_meeting(root)).await.unwrap();
        let mut row = MeetingRow {
            state: "sealed".to_owned(), ends_at: Some("11:30".to_owned()), sealed_at: Some(minute(9)), sealed_by: Some(id(2)),
            ..the_meeting(root)
        };
        assert!(meeting::update(&mut tx, &row).await.unwrap());
        row.version = 2;
        assert_eq!(meeting::meeting(&mut tx, root, id(MEETING)).await.unwrap().as_ref(), Some(&row));
        assert!(!meeting::update(&mut tx, &MeetingRow { place: "Nơi khác".to_owned(), ..row.clone() }).await.unwrap());
        assert_eq!(meeting::of_unit(&mut tx, root, id(CAMPAIGN), id(CELL)).await.unwrap(), [row.clone()]);
        assert_eq!(meeting::of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), [row]);
    }

    async fn attendance_is_replaced_as_a_whole_and_a_criticism_is_answered(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        meeting::insert(&mut tx, &the_meeting(root)).await.unwrap();
        let attendance = |n: u128| AttendanceRow {
            root_id: root, meeting_id: id(MEETING), person_id: id(n), standing: "official".to_owned(),
            presence: "present".to_owned(), circumstance: "none".to_owned(), reason: String::new(),
        };
        meeting::replace_attendance(&mut tx, root, id(MEETING), &[attendance(1), attendance(2)]).await.unwrap();
        meeting::replace_attendance(&mut tx, root, id(MEETING), &[attendance(3), attendance(2)]).await.unwrap();
        let present: Vec<Uuid> =
            meeting::attendees(&mut tx, root, id(MEETING)).await.unwrap().iter().map(|row| row.person_id).collect();
        assert_eq!(present, [id(2), id(3)]);

        let mut criticism = CriticismRow {
            root_id: root, criticism_id: id(1), meeting_id: id(MEETING), review_id: review_of(root, 1).review_id,
            speaker: String::new(), content: "Đi muộn".to_owned(), evidence: String::new(), answer: String::new(),
            answered_by: None, answered_at: None, recorded_by: id(2), recorded_at: minute(1),
        };
        meeting::insert_criticism(&mut tx, &criticism).await.unwrap();
        criticism = CriticismRow {
            answer: "Tiếp thu".to_owned(), answered_by: Some(id(1)), answered_at: Some(minute(2)), ..criticism
        };
        meeting::answer_criticism(&mut tx, &criticism).await.unwrap();
        assert_eq!(meeting::criticism(&mut tx, root, id(1)).await.unwrap().as_ref(), Some(&criticism));
        assert_eq!(meeting::criticisms(&mut tx, root, id(MEETING)).await.unwrap(), [criticism.clone()]);
        assert_eq!(meeting::criticisms_of_review(&mut tx, root, criticism.review_id).await.unwrap(), [criticism]);
    }

    async fn a_conclusion_on_a_person_is_written_and_written_anew(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        meeting::insert(&mut tx, &the_meeting(root)).await.unwrap();
        let first = ConclusionRow {
            root_id: root, meeting_id: id(MEETING), review_id: review_of(root, 1).review_id, content: "Tiến bộ".to_owned(),
            recorded_by: id(2), recorded_at: minute(1),
        };
        let second = ConclusionRow { content: "Cần đúng giờ".to_owned(), recorded_at: minute(2), ..first.clone() };
        for row in [&first, &second] {
            meeting::set_conclusion(&mut tx, row).await.unwrap();
        }
        assert_eq!(meeting::conclusions(&mut tx, root, id(MEETING)).await.unwrap(), std::slice::from_ref(&second));
        assert_eq!(meeting::conclusions_of_review(&mut tx, root, first.review_id).await.unwrap(), [second]);
    }

    async fn a_number_is_given_once_within_unit_kind_and_year(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        let paper = |object: &str, unit, kind: &str, year, key: &str| NumberRow {
            root_id: root, object: object.to_owned(), unit_id: id(unit), kind: kind.to_owned(), year, number: key.to_owned(),
            number_key: key.to_owned(), dated_on: "2022-12-05".to_owned(), entered_by: id(1), entered_at: minute(1),
        };
        for row in [
            paper("a", CELL, "notice", 2022, "15"), paper("b", BASE, "notice", 2022, "15"), paper("c", CELL, "decision", 2022, "15"),
            paper("d", CELL, "notice", 2023, "15"),
        ] {
            register::set(&mut tx, &row).await.unwrap();
        }
        let other = paper("e", CELL, "notice", 2022, "15");
        assert_eq!(register::holder(&mut tx, &other).await.unwrap().map(|row| row.object).as_deref(), Some("a"));
        register::set(&mut tx, &paper("a", CELL, "notice", 2022, "16")).await.unwrap();
        assert_eq!(register::of_paper(&mut tx, root, "a").await.unwrap().map(|row| row.number).as_deref(), Some("16"));
        register::set(&mut tx, &other).await.unwrap();
        register::clear(&mut tx, root, "a").await.unwrap();
        let left = register::of_unit(&mut tx, root, id(CELL), "notice").await.unwrap();
        assert_eq!(left.iter().map(|row| row.object.as_str()).collect::<Vec<_>>(), ["e", "d"], "by year");
        assert!(register::set(&mut tx, &paper("f", CELL, "notice", 2022, "15")).await.unwrap_err().is_taken());
    }

    async fn each_teller_has_one_entry_and_only_the_definitive_counts_are_seen(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        meeting::insert(&mut tx, &the_meeting(root)).await.unwrap();
        ballot::insert(&mut tx, &the_ballot(root), &[review_of(root, 2).review_id, review_of(root, 1).review_id]).await.unwrap();
        assert_eq!(ballot::ballot(&mut tx, root, id(BALLOT)).await.unwrap(), Some(the_ballot(root)));
        assert_eq!(ballot::of_meeting(&mut tx, root, id(MEETING)).await.unwrap(), Some(the_ballot(root)));
        assert_eq!(ballot::of_teller(&mut tx, root, id(3)).await.unwrap(), [the_ballot(root)]);
        assert_eq!(ballot::lines(&mut tx, root, id(BALLOT)).await.unwrap()[0].person_id, id(2), "in the order of the paper");

        ballot::insert_entry(&mut tx, &entry(root, 1, 2), &[count(1, 3), count(2, 2)]).await.unwrap();
        assert_eq!(ballot::entry(&mut tx, root, id(BALLOT), 1).await.unwrap(), Some(entry(root, 1, 2)));
        assert_eq!(ballot::entry(&mut tx, root, id(BALLOT), 2).await.unwrap(), None);
        assert_eq!(ballot::counts(&mut tx, root, id(BALLOT), 1).await.unwrap(), [count(1, 3), count(2, 2)]);
        assert_eq!(ballot::counts_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), []);
        ballot::insert_entry(&mut tx, &entry(root, 0, 1), &[count(1, 3)]).await.unwrap();
        let seen = ballot::counts_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap();
        assert_eq!((seen.len(), seen[0].review_id, seen[0].votes, seen[0].base), (1, review_of(root, 2).review_id, 3, 3));
        assert!(ballot::set_state(&mut tx, root, id(BALLOT), 1, "definitive").await.unwrap());
        assert!(!ballot::set_state(&mut tx, root, id(BALLOT), 1, "definitive").await.unwrap());
        assert_eq!(ballot::of_teller(&mut tx, root, id(3)).await.unwrap(), []);
        assert!(ballot::insert_entry(&mut tx, &entry(root, 1, 2), &[]).await.unwrap_err().is_taken());
    }

    async fn who_took_whose_place_is_kept_in_order(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        meeting::insert(&mut tx, &the_meeting(root)).await.unwrap();
        ballot::insert(&mut tx, &the_ballot(root), &[]).await.unwrap();
        let other = BallotRow { teller_b: id(4), ..the_ballot(root) };
        assert!(ballot::set_team(&mut tx, &other).await.unwrap());
        assert!(!ballot::set_team(&mut tx, &other).await.unwrap(), "on the version that was read");
        let stored = ballot::ballot(&mut tx, root, id(BALLOT)).await.unwrap().unwrap();
        assert_eq!(stored, BallotRow { version: 2, ..other });
        for (n, former, named) in [(2, 3, 4), (1, 4, 1)] {
            let row = SubstitutionRow {
                root_id: root, substitution_id: id(n), object: "ballot/1".to_owned(), role: "teller_b".to_owned(),
                former_id: id(former), named_id: id(named), reason: "Ốm".to_owned(), named_by: id(1), named_at: minute(10 - i64::try_from(n).unwrap()),
            };
            substitution::insert(&mut tx, &row).await.unwrap();
        }
        let rows = substitution::of_object(&mut tx, root, "ballot/1").await.unwrap();
        let told: Vec<(&str, &str)> = rows.iter().map(|row| (row.former.as_str(), row.named.as_str())).collect();
        assert_eq!(told, [("Nguyễn Văn Mẫu 03", "Nguyễn Văn Mẫu 04"), ("Nguyễn Văn Mẫu 04", "Nguyễn Văn Mẫu 01")]);
        assert_eq!(substitution::of_object(&mut tx, root, "ballot/2").await.unwrap(), []);
    }

    async fn how_a_review_stood_is_kept_while_it_is_out_of_its_round(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        decided(&mut tx, root).await;
        meeting::insert(&mut tx, &the_meeting(root)).await.unwrap();
        let kept = |n: u128, state: &str| WithdrawalRow {
            root_id: root, review_id: review_of(root, n).review_id, state: state.to_owned(), obligation: "full".to_owned(),
            obligation_rule: "who".to_owned(), obligation_reason: String::new(),
        };
        for row in [kept(1, "open"), kept(1, "discussed"), kept(4, "open")] {
            withdrawal::set(&mut tx, &row).await.unwrap();
        }
        let out = withdrawal::of_open_campaigns(&mut tx, root).await.unwrap();
        let told: Vec<_> = out.iter().map(|row| (row.state.as_str(), row.minutes.as_deref(), row.decision.as_deref())).collect();
        assert_eq!(told, [("discussed", Some("open"), Some("draft")), ("open", None, Some("draft"))]);
        let reviews = withdrawal::reviews(&mut tx, root).await.unwrap();
        assert_eq!(reviews, [review_of(root, 1), review_of(root, 4)], "in the same order");
        withdrawal::clear(&mut tx, root, kept(4, "").review_id).await.unwrap();
        assert_eq!(withdrawal::of_open_campaigns(&mut tx, root).await.unwrap().len(), 1);
    }

    async fn a_proposal_counts_from_when_it_was_sent(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        reviews(&mut tx, root).await;
        let mut row = ProposalRow {
            root_id: root, proposal_id: id(PROPOSAL), campaign_id: id(CAMPAIGN), unit_id: id(CELL), state: "draft".to_owned(),
            note: String::new(), returned_reason: String::new(), sent_at: None, sent_by: None, version: 1,
            saved_by: Some(id(1)), saved_at: Some(minute(1)),
        };
        outcome::insert_proposal(&mut tx, &row).await.unwrap();
        outcome::set_proposal_line(&mut tx, root, id(PROPOSAL), &level(1, "good")).await.unwrap();
        outcome::set_proposal_line(&mut tx, root, id(PROPOSAL), &level(1, "excellent")).await.unwrap();
        outcome::set_proposal_line(&mut tx, root, id(PROPOSAL), &level(2, "")).await.unwrap();
        assert_eq!(outcome::proposal_lines(&mut tx, root, id(PROPOSAL)).await.unwrap(), [level(1, "excellent")]);
        let saved = outcome::saved_proposal_lines(&mut tx, root, id(PROPOSAL)).await.unwrap();
        assert_eq!(saved, [level(1, "excellent"), level(2, "")], "a line left open is kept, and counts for nothing");
        assert_eq!(outcome::saved_lines_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), saved);
        assert_eq!(outcome::proposed_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), []);
        row = ProposalRow { state: "sent".to_owned(), sent_at: Some(minute(3)), sent_by: Some(id(1)), ..row };
        assert!(outcome::update_proposal(&mut tx, &row).await.unwrap());
        assert!(!outcome::update_proposal(&mut tx, &row).await.unwrap());
        row.version = 2;
        assert_eq!(outcome::proposed_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), [level(1, "excellent")]);
        assert_eq!(outcome::proposal(&mut tx, root, id(PROPOSAL)).await.unwrap().as_ref(), Some(&row));
        assert_eq!(outcome::proposal_of_unit(&mut tx, root, id(CAMPAIGN), id(CELL)).await.unwrap().as_ref(), Some(&row));
        assert_eq!(outcome::proposals(&mut tx, root, id(CAMPAIGN)).await.unwrap(), [row]);
    }

    async fn an_issued_decision_no_longer_changes(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        decided(&mut tx, root).await;
        for (number, word, votes) in [(1, "good", None), (1, "fulfilled", Some(7)), (2, "", None)] {
            outcome::set_decision_line(&mut tx, root, id(DECISION), &line(number, word), votes).await.unwrap();
        }
        assert_eq!(outcome::decision_lines(&mut tx, root, id(DECISION)).await.unwrap(), [level(1, "fulfilled")]);
        let saved = outcome::saved_decision_lines(&mut tx, root, id(DECISION)).await.unwrap();
        assert_eq!(saved, [line(1, "fulfilled"), line(2, "")], "a line left open is kept, and counts for nothing");
        let mut row = DecisionRow {
            state: "issued".to_owned(), issued_at: Some(minute(5)), issued_by: Some(id(1)), ..the_decision(root)
        };
        assert!(outcome::update_decision(&mut tx, &row).await.unwrap());
        row.version = 2;
        assert!(!outcome::update_decision(&mut tx, &DecisionRow { number: "02".to_owned(), ..row.clone() }).await.unwrap());
        assert_eq!(outcome::decision(&mut tx, root, id(CAMPAIGN), "member").await.unwrap(), Some(row));
    }

    async fn a_notice_is_first_read_once_and_answered_once(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        decided(&mut tx, root).await;
        let review_id = review_of(root, 1).review_id;
        let row = NoticeRow {
            root_id: root, review_id, decision_id: id(DECISION), comment: "Hoàn thành tốt".to_owned(),
            issued_on: "2022-12-21".to_owned(), reply_due_on: "2023-01-21".to_owned(), read_at: None, reply: String::new(),
            replied_at: None,
        };
        outcome::insert_notice(&mut tx, &row).await.unwrap();
        assert!(outcome::read_notice(&mut tx, root, review_id, minute(1)).await.unwrap());
        assert!(!outcome::read_notice(&mut tx, root, review_id, minute(2)).await.unwrap());
        assert!(outcome::reply_notice(&mut tx, root, review_id, "Tôi xin trình bày", minute(3)).await.unwrap());
        assert!(!outcome::reply_notice(&mut tx, root, review_id, "Lần nữa", minute(4)).await.unwrap());
        let row = NoticeRow {
            read_at: Some(minute(1)), reply: "Tôi xin trình bày".to_owned(), replied_at: Some(minute(3)), ..row
        };
        assert_eq!(outcome::notice(&mut tx, root, review_id).await.unwrap().as_ref(), Some(&row));
        assert_eq!(outcome::notices(&mut tx, root, id(CAMPAIGN)).await.unwrap(), [row]);
    }

    async fn a_remediation_item_is_found_by_review_unit_person_and_campaign(t: &TestDb) {
        let (mut tx, root) = begin(t).await;
        decided(&mut tx, root).await;
        let review_id = review_of(root, 1).review_id;
        let mut row = ItemRow {
            root_id: root, item_id: id(1), review_id, unit_id: id(CELL), source: "self".to_owned(),
            shortcoming: "Đi muộn".to_owned(), measure: String::new(), owner_id: id(1), monitor_id: id(2),
            due_on: "2023-03-31".to_owned(), state: "open".to_owned(), outcome: String::new(), closed_on: None, version: 1, ..ItemRow::default()
        };
        outcome::insert_item(&mut tx, &row).await.unwrap();
        row = ItemRow { measure: "Đúng giờ".to_owned(), state: "closed".to_owned(), closed_on: Some("2023-03-01".to_owned()), ..row };
        assert!(outcome::update_item(&mut tx, &row).await.unwrap());
        assert!(!outcome::update_item(&mut tx, &row).await.unwrap());
        row.version = 2;
        let found = [row.clone()];
        assert_eq!(outcome::item(&mut tx, root, id(1)).await.unwrap(), Some(row));
        assert_eq!(outcome::items_of_review(&mut tx, root, review_id).await.unwrap(), found);
        assert_eq!(outcome::items_of_unit(&mut tx, root, id(CAMPAIGN), id(CELL)).await.unwrap(), found);
        assert_eq!(outcome::items_of_person(&mut tx, root, id(2)).await.unwrap(), found);
        assert_eq!(outcome::items_of_person(&mut tx, root, id(3)).await.unwrap(), []);
        assert_eq!(outcome::items_of_campaign(&mut tx, root, id(CAMPAIGN)).await.unwrap(), found);
    }
}
