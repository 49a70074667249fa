//! One committee's whole year, from the roster to the closed remediation item, on both engines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use application::demo::{self, Play, SeededChance, SetClock};
use application::library::Library;
use application::ports::{Format, Press};
use application::{App, app::Parts, upkeep};
use domain::review::{Obligation, ReviewAct, ReviewState, TRANSITIONS, after};

use crate::it::testdb::TestDb;

pub(crate) struct NoPress;

impl Press for NoPress {
    fn press(&self, form: &str, _: Format, _: &serde_json::Value) -> Result<Vec<u8>, String> {
        Err(format!("no paper is printed here: {form}"))
    }

    fn bundle(&self, files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String> {
        Err(format!("nothing is bundled here: {}", files.len()))
    }
}

/// Every file below a folder of the repository, by its path there.
fn texts(folder: &str) -> BTreeMap<String, String> {
    fn walk(base: &Path, at: &Path, texts: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(base, &path, texts);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.strip_prefix(base).unwrap().to_str().unwrap().to_owned();
                texts.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut found = BTreeMap::new();
    walk(&base, &base, &mut found);
    found
}

pub(crate) fn library() -> Library {
    Library::load(&texts("rulebooks"), &texts("forms")).unwrap()
}

pub(crate) async fn app(t: &TestDb) -> App {
    let parts = Parts {
        database: t.url(),
        clock: Arc::new(SetClock::default()),
        chance: Arc::new(SeededChance::new(1)),
        library: library(),
        press: Arc::new(NoPress),
    };
    App::open(parts).await.unwrap()
}

pub(crate) async fn build(app: &App) -> Play {
    demo::build(app, &|passphrase| format!("hash of {passphrase}")).await.unwrap()
}

/// State → how many reviews, over the whole committee.
async fn states(play: &Play, t: &TestDb) -> BTreeMap<String, usize> {
    let mut conn = t.db.read(play.root).await.unwrap();
    let rows = store::review::list_of_campaign(&mut conn, play.root.0, play.campaign.0).await.unwrap();
    rows.into_iter().fold(BTreeMap::new(), |mut counts, row| {
        *counts.entry(row.state).or_default() += 1;
        counts
    })
}

/// Entries of the journal in order: act, object.
pub(crate) async fn entries(play: &Play) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    upkeep::export_journal(&play.app, play.root, &mut lines).await.unwrap();
    let lines = String::from_utf8(lines).unwrap();
    let entry = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let word = |key: &str| line["entry"][key].as_str().unwrap().to_owned();
        (word("act"), word("object"))
    };
    lines.lines().map(entry).collect()
}

/// Folds the journal's acts over each review and compares with what the tables say.
pub(crate) async fn the_journal_explains_every_state(play: &Play, t: &TestDb) {
    let acts = BTreeMap::from([
        ("review.self_review_submitted", ReviewAct::Submit),
        ("review.self_review_returned", ReviewAct::Return),
        ("review.discussed", ReviewAct::Discuss),
        ("review.proposed", ReviewAct::Propose),
        ("review.sent_back", ReviewAct::SendBack),
        ("review.verified", ReviewAct::Verify),
        ("review.decided", ReviewAct::Decide),
        ("review.withdrawn", ReviewAct::Withdraw),
    ]);
    let mut replayed: BTreeMap<String, ReviewState> = BTreeMap::new();
    let mut kept: BTreeMap<String, ReviewState> = BTreeMap::new();
    for (act, object) in entries(play).await {
        if act == "review.opened" {
            replayed.insert(object, ReviewState::AwaitingSelfReview);
        } else if let Some(act) = acts.get(act.as_str()) {
            let state = replayed[&object];
            if *act == ReviewAct::Withdraw {
                kept.insert(object.clone(), state);
            }
            replayed.insert(object, after(state, *act).unwrap());
        } else if act == "review.restored" {
            let state = kept[&object];
            assert!(TRANSITIONS.contains(&(replayed[&object], ReviewAct::Restore, state)));
            replayed.insert(object, state);
        }
    }
    let mut conn = t.db.read(play.root).await.unwrap();
    let rows = store::review::list_of_campaign(&mut conn, play.root.0, play.campaign.0).await.unwrap();
    // Members only: the replay holds organisations and collectives as well.
    assert!(rows.len() < replayed.len());
    for row in rows.iter().filter(|row| row.obligation != Obligation::Neither.word()) {
        assert_eq!(row.state, replayed[&format!("review/{}", row.review_id)].word(), "{}", row.full_name);
    }
}

async fn the_journal_is_whole(play: &Play) {
    let reports = upkeep::verify_journals(&play.app, &[]).await.unwrap();
    let ours = reports.into_iter().find(|report| report.root == Some(play.root)).unwrap();
    assert_eq!((ours.first_bad, ours.waiting), (None, 0));
    assert!(ours.size > 300, "{}", ours.size);
}

on_both! {
    async fn the_demonstration_stands_where_it_says(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let counts = states(&play, t).await;
        let shown: Vec<String> = counts.iter().map(|(state, count)| format!("{state} {count}")).collect();
        assert_eq!(shown.join(" · "), "awaiting_self_review 43 · discussed 16 · not_due 4 · proposed 16 · self_reviewed 31");
        the_journal_is_whole(&play).await;
        the_journal_explains_every_state(&play, t).await;
        app.close().await;
        play.app.close().await;
    }

    async fn a_whole_year_runs_from_the_roster_to_the_closed_item(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        play.decide().await.unwrap();
        let (review, item) = play.follow_up("CB-T1", 6).await.unwrap();
        let counts = states(&play, t).await;
        let shown: Vec<String> = counts.iter().map(|(state, count)| format!("{state} {count}")).collect();
        assert_eq!(shown.join(" · "), "decided 104 · discussed 2 · not_due 4");
        let mut conn = t.db.read(play.root).await.unwrap();
        let notice = store::outcome::notice(&mut conn, play.root.0, review.0).await.unwrap().unwrap();
        assert!(notice.read_at.is_some() && notice.replied_at.is_some());
        assert_eq!((notice.issued_on.as_str(), notice.reply_due_on.as_str()), ("2022-12-30", "2023-02-20"));
        let item = store::outcome::item(&mut conn, play.root.0, item.0).await.unwrap().unwrap();
        assert_eq!((item.state.as_str(), item.closed_on.as_deref()), ("closed", Some("2023-04-03")));
        let notices = store::outcome::notices(&mut conn, play.root.0, play.campaign.0).await.unwrap();
        assert_eq!(notices.len(), counts["decided"]);
        drop(conn);
        the_journal_is_whole(&play).await;
        the_journal_explains_every_state(&play, t).await;
        app.close().await;
        play.app.close().await;
    }
}

#[tokio::test]
async fn the_demonstration_falls_the_same_every_time() {
    let mut seen = BTreeSet::new();
    for _ in 0..2 {
        let t = TestDb::lite().await;
        let app = app(&t).await;
        let play = build(&app).await;
        seen.insert(upkeep::checkpoint(&play.app, play.root).await.unwrap());
        app.close().await;
        play.app.close().await;
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
}

#[test]
fn every_account_of_the_demonstration_has_its_own_person() {
    let accounts = demo::accounts().unwrap();
    let people: BTreeSet<&str> = accounts.iter().map(|account| account.name.as_str()).collect();
    assert_eq!(people.len(), accounts.len());
    assert!(accounts.iter().all(|account| account.passphrase.len() >= 15));
}
