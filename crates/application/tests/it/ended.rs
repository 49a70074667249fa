//! A membership ends, or a cell is closed, in the middle of a round.

use application::acts::after::{PlanItem, plan_remediation};
use application::acts::campaign::{OpenCampaign, open_campaign};
use application::acts::decision::{DecidedLine, Paper, SaveDecision, issue_decision, save_decision};
use application::acts::proposal::{ProposedLine, SaveProposal, return_proposal, save_proposal, send_proposal};
use application::acts::roster::{Importer, Preview, Roster, confirm_import, preview_import};
use application::demo::Play;
use application::judge::Judgement;
use application::reads::after::items_of_unit;
use application::reads::campaign::{ReviewLine, register};
use application::reads::proposal;
use application::reads::review::review;
use application::reads::roster::present;
use domain::Day;
use domain::org::EndReason;
use store::org::MembershipRow;
use store::review::ReviewListRow;

use crate::it::roster::upload;
use crate::it::story::{app, build, entries, the_journal_explains_every_state};
use crate::it::testdb::TestDb;

/// A cell in which self-reviews are missing, and one whose minutes are sealed.
const WRITING: &str = "CB-T3";
const SEALED: &str = "CB-T2";
/// A cell that has not begun, and one whose list was sent.
const UNTOUCHED: &str = "CB-T4";
const SENT: &str = "CB-T1";

/// The roster as it is exported, changed and imported again.
pub(crate) async fn change(play: &Play, change: impl FnOnce(&mut Roster)) -> Preview {
    let office = play.seated(0).await.unwrap();
    let mut roster = present(&play.app, &office).await.unwrap();
    change(&mut roster);
    let importer = Importer::Console(play.root);
    let preview = preview_import(&play.app, importer, upload(roster.sheets().map(|(_, rows)| rows))).await.unwrap();
    assert!(preview.errors.is_empty(), "{:?}", preview.errors.listed);
    confirm_import(&play.app, importer, preview.intake.unwrap(), &preview.seen).await.unwrap();
    play.integrate().await.unwrap();
    preview
}

/// Ends the membership of a person of that code and his posts.
pub(crate) fn end(roster: &mut Roster, code: &str, day: Day, reason: EndReason) {
    let line = roster.members.iter_mut().find(|at| at.line.code == code).unwrap();
    (line.line.ended_on, line.line.end_reason) = (Some(day), Some(reason));
    for post in roster.posts.iter_mut().filter(|at| at.line.member == code) {
        post.line.to_on = Some(day);
    }
}

/// The file says that the membership did not end.
fn goes_on(roster: &mut Roster, code: &str) {
    let line = roster.members.iter_mut().find(|at| at.line.code == code).unwrap();
    (line.line.ended_on, line.line.end_reason) = (None, None);
}

/// All that the page of a review shows.
async fn page(play: &Play, row: &ReviewListRow) -> serde_json::Value {
    let office = play.seated(0).await.unwrap();
    serde_json::to_value(review(&play.app, &office, domain::ReviewId(row.review_id)).await.unwrap()).unwrap()
}

fn move_one(roster: &mut Roster, code: &str, to: &str) {
    roster.members.iter_mut().find(|at| at.line.code == code).unwrap().line.unit = to.to_owned();
}

/// Everybody of a cell goes to another, and the cell is closed.
fn move_all(roster: &mut Roster, from: &str, to: &str) {
    let day = Day::of(2022, 12, 20).unwrap();
    for at in roster.members.iter_mut().filter(|at| at.line.unit == from) {
        at.line.unit = to.to_owned();
    }
    for at in roster.posts.iter_mut().filter(|at| at.line.unit == from) {
        at.line.to_on = Some(day);
    }
    roster.units.iter_mut().find(|at| at.line.code == from).unwrap().line.closed_on = Some(day);
}

async fn code_of(play: &Play, t: &TestDb, person: uuid::Uuid) -> String {
    let mut conn = t.db.read(play.root).await.unwrap();
    store::org::person(&mut conn, play.root.0, person).await.unwrap().unwrap().code
}

/// Somebody of the cell in that state who is to be classified and holds no post.
async fn somebody(play: &Play, cell: &str, state: &str) -> ReviewListRow {
    let reviews = play.reviews(cell).await.unwrap();
    let wanted = |row: &ReviewListRow| row.state == state && row.obligation == "review_and_classify" && !row.leader;
    reviews.into_iter().map(|(row, _)| row).rfind(wanted).unwrap()
}

async fn shown(play: &Play, cell: &str, row: &ReviewListRow) -> ReviewLine {
    let office = play.seated(0).await.unwrap();
    let lines = register(&play.app, &office, play.campaign, play.cells[cell]).await.unwrap().lines;
    lines.into_iter().find(|line| line.id.0 == row.review_id).unwrap()
}

/// What the rules say of a review, as its own page and as the cell's list show it.
async fn verdicts(play: &Play, cell: &str, row: &ReviewListRow) -> (Judgement, Vec<String>) {
    let office = play.seated(0).await.unwrap();
    let alone = review(&play.app, &office, domain::ReviewId(row.review_id)).await.unwrap().judgement;
    let list = proposal::of_unit(&play.app, &office, play.campaign, play.cells[cell]).await.unwrap();
    let line = list.lines.into_iter().find(|line| line.review.0 == row.review_id).unwrap();
    let refused = alone.levels.iter().filter(|level| level.possibility == "refused").map(|level| level.level.clone());
    assert_eq!(line.refused, refused.collect::<Vec<_>>(), "the list refuses what the page refuses");
    (alone, line.refused)
}

fn warned(preview: &Preview, code: &str) -> usize {
    preview.warnings.listed.iter().filter(|one| one.what.code == code).count()
}

on_both! {
    async fn what_is_to_be_remedied_goes_along_to_the_new_cell(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let (review, item) = play.follow_up(SENT, 6).await.unwrap();
        let office = play.seated(0).await.unwrap();
        let order = PlanItem {
            source: "criticism".to_owned(),
            shortcoming: "Đi họp muộn".to_owned(),
            measure: "Đến trước 10 phút".to_owned(),
            expected: "Không còn đi muộn".to_owned(),
            monitor: Some(office.person),
            due_on: "30/06/2023".to_owned(),
            ..PlanItem::default()
        };
        let open = plan_remediation(&play.app, &office, review, &order).await.unwrap();
        let code = code_of(&play, t, play.member(SENT, 6).unwrap().person.0).await;
        change(&play, |roster| move_one(roster, &code, UNTOUCHED)).await;
        let mut conn = t.db.read(play.root).await.unwrap();
        let unit = async |conn: &mut store::Reader, item: domain::ItemId| {
            store::outcome::item(conn, play.root.0, item.0).await.unwrap().unwrap().unit_id
        };
        assert_eq!(unit(&mut conn, open).await, play.cells[UNTOUCHED].0);
        assert_eq!(unit(&mut conn, item).await, play.cells[SENT].0, "what is closed stays where it was closed");
        drop(conn);
        let listed = items_of_unit(&play.app, &office, play.campaign, play.cells[UNTOUCHED]).await.unwrap();
        assert!(listed.iter().any(|one| one.id == open));
        let noted = entries(&play).await.into_iter().filter(|(act, _)| act == "remediation.moved").count();
        assert_eq!(noted, 1);
        app.close().await;
        play.app.close().await;
    }

    async fn what_is_to_be_remedied_stays_in_its_cell_while_he_is_a_member_there_too(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let (review, _) = play.follow_up(SENT, 6).await.unwrap();
        let office = play.seated(0).await.unwrap();
        let order = PlanItem {
            source: "criticism".to_owned(),
            shortcoming: "Đi họp muộn".to_owned(),
            measure: "Đến trước 10 phút".to_owned(),
            owner: None,
            monitor: Some(office.person),
            due_on: "30/06/2023".to_owned(),
        };
        let open = plan_remediation(&play.app, &office, review, &order).await.unwrap();
        let mut tx = t.db.begin(play.root).await.unwrap();
        let person = play.member(SENT, 6).unwrap().person.0;
        let first = store::org::memberships_of(&mut tx, play.root.0, person).await.unwrap().remove(0);
        for (number, cell) in [(1, UNTOUCHED), (2, SEALED)] {
            let from_on = format!("2022-11-0{number}");
            let id = uuid::Uuid::from_u128(number);
            let other = MembershipRow { membership_id: id, unit_id: play.cells[cell].0, from_on, ..first.clone() };
            store::org::insert_membership(&mut tx, &other).await.unwrap();
        }
        tx.commit(store::journal::Record::housekeeping("an older file knew him in three cells")).await.unwrap();
        let somebody_else = code_of(&play, t, play.member(SENT, 8).unwrap().person.0).await;
        change(&play, |roster| move_one(roster, &somebody_else, UNTOUCHED)).await;
        let mut conn = t.db.read(play.root).await.unwrap();
        let unit = store::outcome::item(&mut conn, play.root.0, open.0).await.unwrap().unwrap().unit_id;
        assert_eq!(unit, play.cells[SENT].0);
        let left = store::running::items_left_behind(&mut conn, play.root.0, "2022-12-21").await.unwrap();
        assert!(left.iter().all(|(item, _)| *item != open.0));
        drop(conn);
        app.close().await;
        play.app.close().await;
    }

    async fn who_is_no_member_any_more_owes_no_review_and_the_round_goes_on_without_him(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let before = play.reviews(SEALED).await.unwrap().len();
        let rows = [
            (WRITING, somebody(&play, WRITING, "awaiting_self_review").await),
            (SEALED, somebody(&play, SEALED, "discussed").await),
        ];
        play.at("2022-12-21", 8).unwrap();
        for (cell, row) in &rows {
            let code = code_of(&play, t, row.person_id).await;
            let day = Day::of(2022, 12, 20).unwrap();
            let preview = change(&play, |roster| end(roster, &code, day, EndReason::Died)).await;
            assert_eq!(warned(&preview, "ROSTER-112"), 1, "{:?}", preview.warnings.listed);
            let line = shown(&play, cell, row).await;
            assert_eq!((line.state.as_str(), line.obligation.as_str()), ("not_due", "neither"));
            assert_eq!(line.reason, "Từ trần, 20/12/2022");
            let object = format!("review/{}", row.review_id);
            let noted = entries(&play).await.into_iter().filter(|entry| *entry == ("review.withdrawn".to_owned(), object.clone()));
            assert_eq!(noted.count(), 1);
        }
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        the_journal_explains_every_state(&play, t).await;
        let mut conn = t.db.read(play.root).await.unwrap();
        let notices = store::outcome::notices(&mut conn, play.root.0, play.campaign.0).await.unwrap();
        for (_, row) in &rows {
            assert!(notices.iter().all(|notice| notice.review_id != row.review_id));
        }
        assert_eq!((notices.len(), play.reviews(SEALED).await.unwrap().len()), (102, before - 1));
        app.close().await;
        play.app.close().await;
    }

    async fn who_leaves_after_his_cell_proposed_a_level_is_not_decided(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        let row = somebody(&play, SEALED, "proposed").await;
        let code = code_of(&play, t, row.person_id).await;
        play.at("2022-12-28", 8).unwrap();
        change(&play, |roster| end(roster, &code, Day::of(2022, 12, 27).unwrap(), EndReason::Expelled)).await;
        play.decide().await.unwrap();
        let mut conn = t.db.read(play.root).await.unwrap();
        assert!(store::outcome::notice(&mut conn, play.root.0, row.review_id).await.unwrap().is_none());
        assert_eq!(shown(&play, SEALED, &row).await.reason, "Khai trừ, 27/12/2022");
        drop(conn);
        app.close().await;
        play.app.close().await;
    }

    async fn a_review_taken_out_by_mistake_comes_back_to_where_it_stood(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let rows = [
            (WRITING, somebody(&play, WRITING, "self_reviewed").await),
            (WRITING, somebody(&play, WRITING, "awaiting_self_review").await),
            (SEALED, somebody(&play, SEALED, "discussed").await),
        ];
        play.at("2022-12-21", 8).unwrap();
        let day = Day::of(2022, 12, 20).unwrap();
        for (cell, row) in &rows {
            let known = page(&play, row).await;
            let code = code_of(&play, t, row.person_id).await;
            change(&play, |roster| end(roster, &code, day, EndReason::Died)).await;
            let corrected = change(&play, |roster| {
                let line = &mut roster.members.iter_mut().find(|at| at.line.code == code).unwrap().line;
                line.end_reason = Some(EndReason::TransferredOut);
            }).await;
            assert_eq!(warned(&corrected, "ROSTER-114"), 0);
            assert_eq!(shown(&play, cell, row).await.reason, "Chuyển sinh hoạt đi, 20/12/2022", "a corrected end is shown");
            let preview = change(&play, |roster| goes_on(roster, &code)).await;
            assert_eq!(warned(&preview, "ROSTER-114"), 1, "{:?}", preview.warnings.listed);
            let line = shown(&play, cell, row).await;
            assert_eq!((&line.state, &line.obligation, line.reason.as_str()), (&row.state, &row.obligation, ""));
            assert_eq!(page(&play, row).await, known, "nothing is lost");
            let object = format!("review/{}", row.review_id);
            let acts: Vec<String> = entries(&play).await.into_iter().filter(|(_, on)| *on == object).map(|(act, _)| act).collect();
            let last: Vec<&str> = acts.iter().rev().take(3).map(String::as_str).collect();
            assert_eq!(last, ["review.restored", "review.withdrawal_corrected", "review.withdrawn"]);
            let again = change(&play, |_| {}).await;
            assert!(again.changes_nothing());
        }
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        the_journal_explains_every_state(&play, t).await;
        for (cell, row) in &rows {
            assert_eq!(shown(&play, cell, row).await.state, "decided", "he goes on with the others");
        }
        app.close().await;
        play.app.close().await;
    }

    async fn a_review_does_not_come_back_when_the_round_went_on_without_it(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let early = somebody(&play, WRITING, "self_reviewed").await;
        let late = somebody(&play, SEALED, "discussed").await;
        play.at("2022-12-21", 8).unwrap();
        let day = Day::of(2022, 12, 20).unwrap();
        let [first, second] = [code_of(&play, t, early.person_id).await, code_of(&play, t, late.person_id).await];
        for code in [&first, &second] {
            change(&play, |roster| end(roster, code, day, EndReason::Died)).await;
        }
        play.finish_cells().await.unwrap();
        let preview = change(&play, |roster| goes_on(roster, &first)).await;
        assert_eq!(warned(&preview, "ROSTER-115"), 1, "{:?}", preview.warnings.listed);
        assert_eq!(shown(&play, WRITING, &early).await.state, "not_due");
        play.decide().await.unwrap();
        let preview = change(&play, |roster| goes_on(roster, &second)).await;
        assert_eq!(warned(&preview, "ROSTER-116"), 1, "{:?}", preview.warnings.listed);
        assert_eq!(shown(&play, SEALED, &late).await.state, "not_due");
        the_journal_explains_every_state(&play, t).await;
        app.close().await;
        play.app.close().await;
    }

    async fn whoever_comes_back_after_the_list_was_sent_is_added_when_it_is_returned(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let row = somebody(&play, SEALED, "discussed").await;
        let code = code_of(&play, t, row.person_id).await;
        play.at("2022-12-21", 8).unwrap();
        change(&play, |roster| end(roster, &code, Day::of(2022, 12, 20).unwrap(), EndReason::Left)).await;
        let sent = play.propose(SEALED).await.unwrap();
        change(&play, |roster| goes_on(roster, &code)).await;
        assert_eq!(shown(&play, SEALED, &row).await.state, "discussed");
        let secretary = play.seated(0).await.unwrap();
        return_proposal(&play.app, &secretary, sent, "Bổ sung một đồng chí").await.unwrap();
        play.propose(SEALED).await.unwrap();
        assert_eq!(shown(&play, SEALED, &row).await.state, "proposed");
        app.close().await;
        play.app.close().await;
    }

    async fn whoever_is_admitted_anew_or_comes_to_another_cell_begins_anew(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let rows = [somebody(&play, WRITING, "awaiting_self_review").await, somebody(&play, SEALED, "discussed").await];
        play.at("2022-12-21", 8).unwrap();
        let day = Day::of(2022, 12, 19).unwrap();
        let [moved, anew] = [code_of(&play, t, rows[0].person_id).await, code_of(&play, t, rows[1].person_id).await];
        for code in [&moved, &anew] {
            change(&play, |roster| end(roster, code, day, EndReason::TransferredOut)).await;
        }
        let preview = change(&play, |roster| {
            goes_on(roster, &moved);
            goes_on(roster, &anew);
            for at in &mut roster.members {
                if at.line.code == moved {
                    at.line.unit = SEALED.to_owned();
                } else if at.line.code == anew {
                    at.line.admitted_on = Day::of(2022, 12, 20).unwrap();
                    (at.line.official_on, at.line.standing) = (None, domain::org::Standing::Probationary);
                }
            }
        }).await;
        assert_eq!(warned(&preview, "ROSTER-117"), 2, "{:?}", preview.warnings.listed);
        for (cell, row) in [(WRITING, &rows[0]), (SEALED, &rows[1])] {
            assert_eq!(shown(&play, cell, row).await.state, "not_due");
        }
        app.close().await;
        play.app.close().await;
    }

    async fn a_round_opened_after_its_period_owes_nothing_to_whoever_left_in_between(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let member = |number| play.member(WRITING, number).unwrap().person;
        let left = code_of(&play, t, member(8).0).await;
        play.at("2024-01-20", 8).unwrap();
        change(&play, |roster| end(roster, &left, Day::of(2024, 1, 10).unwrap(), EndReason::TransferredOut)).await;
        let secretary = play.seated(0).await.unwrap();
        let order = OpenCampaign { unit: Some(play.base), year: 2023, ..OpenCampaign::default() };
        let round = open_campaign(&play.app, &secretary, &order).await.unwrap();
        let line = async |person: domain::PersonId| {
            let mut conn = t.db.read(play.root).await.unwrap();
            let rows = store::review::list_of_person(&mut conn, play.root.0, person.0).await.unwrap();
            rows.into_iter().find(|row| row.campaign_id == round.0).unwrap()
        };
        let row = line(member(8)).await;
        assert_eq!((row.state.as_str(), row.obligation.as_str()), ("not_due", "neither"));
        assert_eq!(row.obligation_reason, "Chuyển sinh hoạt đi, 10/01/2024");
        assert_eq!(line(member(9)).await.state, "awaiting_self_review");
        change(&play, |roster| goes_on(roster, &left)).await;
        let row = line(member(8)).await;
        assert_eq!((row.state.as_str(), row.obligation.as_str()), ("awaiting_self_review", "review_and_classify"), "it was a mistake");
        app.close().await;
        play.app.close().await;
    }

    async fn reviews_of_a_closed_cell_go_along_to_the_new_cell_of_each_person(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.at("2022-12-21", 8).unwrap();
        let states = |rows: Vec<(ReviewListRow, &application::demo::Member)>| -> std::collections::BTreeMap<uuid::Uuid, String> {
            rows.into_iter().map(|(row, _)| (row.review_id, row.state)).collect()
        };
        let (old, there) = (states(play.reviews(WRITING).await.unwrap()), states(play.reviews(UNTOUCHED).await.unwrap()));
        let preview = change(&play, |roster| move_all(roster, WRITING, UNTOUCHED)).await;
        assert_eq!(warned(&preview, "ROSTER-118"), old.len(), "{:?}", preview.warnings.listed);
        assert!(play.reviews(WRITING).await.unwrap().is_empty(), "nobody owes anything in it");
        let now = states(play.reviews(UNTOUCHED).await.unwrap());
        assert_eq!(now, old.clone().into_iter().chain(there).collect());
        let moved = entries(&play).await.into_iter().filter(|(act, _)| act == "review.moved").count();
        assert_eq!(moved, old.len());
        the_journal_explains_every_state(&play, t).await;
        app.close().await;
        play.app.close().await;
    }

    async fn a_cell_is_not_closed_while_somebody_would_be_left_without_a_meeting_or_a_decision(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.at("2022-12-21", 8).unwrap();
        for (from, to, code) in [(WRITING, SEALED, "ROSTER-050"), (SENT, UNTOUCHED, "ROSTER-049"), (WRITING, SENT, "ROSTER-049")] {
            let office = play.seated(0).await.unwrap();
            let mut roster = present(&play.app, &office).await.unwrap();
            move_all(&mut roster, from, to);
            let upload = upload(roster.sheets().map(|(_, rows)| rows));
            let preview = preview_import(&play.app, Importer::Console(play.root), upload).await.unwrap();
            let codes: std::collections::BTreeSet<&str> = preview.errors.listed.iter().map(|one| one.what.code.as_str()).collect();
            assert_eq!(codes, std::collections::BTreeSet::from([code]), "{from} {to}");
        }
        app.close().await;
        play.app.close().await;
    }

    async fn who_moves_is_reviewed_in_the_cell_that_is_his_on_the_cut_off_day(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let early = somebody(&play, WRITING, "awaiting_self_review").await;
        play.at("2022-12-21", 8).unwrap();
        let code = code_of(&play, t, early.person_id).await;
        change(&play, |roster| move_one(roster, &code, UNTOUCHED)).await;
        assert!(play.reviews(UNTOUCHED).await.unwrap().iter().any(|(row, _)| row.review_id == early.review_id));
        let late = somebody(&play, WRITING, "awaiting_self_review").await;
        play.at("2023-01-05", 8).unwrap();
        let code = code_of(&play, t, late.person_id).await;
        change(&play, |roster| move_one(roster, &code, UNTOUCHED)).await;
        assert!(play.reviews(WRITING).await.unwrap().iter().any(|(row, _)| row.review_id == late.review_id));
        app.close().await;
        play.app.close().await;
    }

    async fn whoever_is_not_to_be_classified_by_what_is_known_now_gets_no_level_and_holds_up_nobody(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let row = somebody(&play, SEALED, "discussed").await;
        let code = code_of(&play, t, row.person_id).await;
        play.at("2022-12-21", 8).unwrap();
        change(&play, |roster| {
            let line = &mut roster.members.iter_mut().find(|at| at.line.code == code).unwrap().line;
            (line.standing, line.official_on) = (domain::org::Standing::Probationary, None);
            line.admitted_on = Day::of(2022, 8, 10).unwrap();
        }).await;
        let refused = play.propose(SEALED).await.unwrap_err();
        let application::Error::Refused(reasons) = refused else { panic!("{refused}") };
        assert_eq!(reasons.len(), 1);
        assert_eq!((reasons[0].code.as_str(), reasons[0].args[0].1.as_str()), ("PROPOSAL-008", row.full_name.as_str()));
        assert!(reasons[0].citation.as_deref().is_some_and(|source| source.contains("RULE-")), "{:?}", reasons[0]);

        let head = play.head(SEALED).await.unwrap();
        let page = proposal::of_unit(&play.app, &head, play.campaign, play.cells[SEALED]).await.unwrap();
        let lines = page.lines.iter().map(|line| ProposedLine {
            review: line.review,
            level: if line.review.0 == row.review_id { String::new() } else { line.proposed.clone() },
            reason: String::new(),
        });
        let order = SaveProposal { lines: lines.collect(), ..SaveProposal::default() };
        let saved = save_proposal(&play.app, &head, play.campaign, play.cells[SEALED], &order).await.unwrap();
        send_proposal(&play.app, &head, saved).await.unwrap();
        app.close().await;
        play.app.close().await;
    }

    async fn nobody_gets_a_level_in_the_decision_who_is_not_to_be_classified_by_what_is_known_now(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        let row = somebody(&play, SEALED, "proposed").await;
        let code = code_of(&play, t, row.person_id).await;
        play.at("2022-12-28", 8).unwrap();
        change(&play, |roster| {
            let line = &mut roster.members.iter_mut().find(|at| at.line.code == code).unwrap().line;
            (line.standing, line.official_on) = (domain::org::Standing::Probationary, None);
            line.admitted_on = Day::of(2022, 8, 10).unwrap();
        }).await;
        let application::Error::Refused(reasons) = play.decide().await.unwrap_err() else { panic!("not refused") };
        assert_eq!(reasons.len(), 1, "{reasons:?}");
        assert_eq!((reasons[0].code.as_str(), reasons[0].args[0].1.as_str()), ("DECISION-012", row.full_name.as_str()));
        assert_eq!(reasons[0].field, Some(format!("level-{}", row.review_id)));
        assert!(reasons[0].citation.as_deref().is_some_and(|source| source.contains("RULE-")), "{:?}", reasons[0]);

        let secretary = play.seated(0).await.unwrap();
        let open = DecidedLine {
            review: domain::ReviewId(row.review_id), level: String::new(), reason: String::new(), seen: String::new(), confirmed: false,
        };
        let paper = Paper {
            number: "45".to_owned(), signed_on: "30/12/2022".to_owned(), signer: Some(secretary.person),
            in_favour: "8".to_owned(), ..Paper::default()
        };
        let order = SaveDecision { paper, lines: vec![open] };
        save_decision(&play.app, &secretary, play.campaign, &order).await.unwrap();
        issue_decision(&play.app, &secretary, play.campaign).await.unwrap();
        let mut conn = t.db.read(play.root).await.unwrap();
        assert!(store::outcome::notice(&mut conn, play.root.0, row.review_id).await.unwrap().is_none());
        let left_out = store::review::review(&mut conn, play.root.0, row.review_id).await.unwrap().unwrap();
        assert_eq!(left_out.obligation, "review_only", "nobody waits for a level that is not due");
        assert!(!left_out.obligation_reason.is_empty());
        drop(conn);
        let object = format!("review/{}", row.review_id);
        let noted = entries(&play).await.into_iter().rfind(|(_, about)| *about == object);
        assert_eq!(noted.unwrap().0, "review.left_out");
        app.close().await;
        play.app.close().await;
    }

    async fn a_post_left_open_gives_no_rights_to_whoever_is_no_member_any_more(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let head = play.head(SEALED).await.unwrap();
        assert!(!head.posts.is_empty());
        let code = code_of(&play, t, head.person.0).await;
        play.at("2022-12-21", 8).unwrap();
        change(&play, |roster| end(roster, &code, Day::of(2022, 12, 20).unwrap(), EndReason::TransferredOut)).await;
        let mut tx = t.db.begin(play.root).await.unwrap();
        for post in store::org::posts(&mut tx, play.root.0).await.unwrap() {
            if post.person_id == head.person.0 {
                let open = store::org::PostRow { to_on: None, ..post };
                store::org::update_post(&mut tx, &open).await.unwrap();
            }
        }
        tx.commit(store::journal::Record::housekeeping("an older file left the posts open")).await.unwrap();
        let actor = play.actor(head.person).await.unwrap();
        assert!(actor.posts.is_empty() && actor.member_of.is_empty(), "{actor:?}");
        let office = play.seated(0).await.unwrap();
        assert!(!office.posts.is_empty());
        app.close().await;
        play.app.close().await;
    }

    async fn what_was_decided_stays_when_the_membership_ends(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let row = somebody(&play, SEALED, "decided").await;
        let code = code_of(&play, t, row.person_id).await;
        let known = verdicts(&play, SEALED, &row).await;
        play.at("2023-01-10", 8).unwrap();
        let day = Day::of(2022, 12, 30).unwrap();
        let preview = change(&play, |roster| end(roster, &code, day, EndReason::Left)).await;
        assert_eq!(warned(&preview, "ROSTER-112"), 0);
        assert_eq!(shown(&play, SEALED, &row).await.state, "decided");
        assert_eq!(verdicts(&play, SEALED, &row).await, known);
        app.close().await;
        play.app.close().await;
    }

    async fn what_was_decided_stays_when_the_roster_says_otherwise_later(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let row = somebody(&play, SEALED, "decided").await;
        let code = code_of(&play, t, row.person_id).await;
        let known = verdicts(&play, SEALED, &row).await;
        play.at("2023-01-10", 8).unwrap();
        change(&play, |roster| {
            let line = &mut roster.members.iter_mut().find(|at| at.line.code == code).unwrap().line;
            (line.standing, line.official_on) = (domain::org::Standing::Probationary, None);
            line.admitted_on = Day::of(2022, 8, 10).unwrap();
        }).await;
        assert_eq!(verdicts(&play, SEALED, &row).await, known);
        the_journal_explains_every_state(&play, t).await;
        app.close().await;
        play.app.close().await;
    }
}
