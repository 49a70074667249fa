use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use store::job::{JobRow, NewJob, Progress, claim, enqueue, fail, finish, job, jobs_of, progress};
use store::journal::Record;
use uuid::Uuid;

use crate::it::testdb::TestDb;

fn minute(n: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(n)
}

fn new_job(n: u128) -> NewJob<'static> {
    NewJob {
        job_id: Uuid::from_u128(n),
        kind: "bundle",
        payload: "{\"unit\":1}",
        unique_key: None,
        made_by: Uuid::from_u128(1),
        run_at: minute(0),
    }
}

async fn take_on(t: &TestDb, new: &NewJob<'_>) -> bool {
    let mut tx = t.db.begin(t.root).await.unwrap();
    let taken = enqueue(&mut tx, t.root, new).await.unwrap();
    tx.commit(Record::housekeeping("job")).await.unwrap();
    taken
}

async fn end(t: &TestDb, row: &JobRow, outcome: &str) -> bool {
    let mut tx = t.db.begin(t.root).await.unwrap();
    let kept = finish(&mut tx, row, outcome).await.unwrap();
    tx.commit(Record::housekeeping("job")).await.unwrap();
    kept
}

async fn stored(t: &TestDb, n: u128) -> JobRow {
    job(&mut t.db.read(t.root).await.unwrap(), t.root, Uuid::from_u128(n)).await.unwrap().unwrap()
}

on_both! {
    async fn a_job_goes_from_waiting_over_running_to_done(t: &TestDb) {
        assert!(take_on(t, &new_job(1)).await);
        let row = claim(&t.db, t.root, minute(1), minute(2)).await.unwrap().unwrap();
        assert_eq!((row.state.as_str(), row.attempts, row.payload.as_str()), ("running", 1, "{\"unit\":1}"));
        assert!(progress(&t.db, &row, Progress { done: 3, total: 9 }, minute(3)).await.unwrap());
        let seen = stored(t, 1).await;
        assert_eq!((seen.done, seen.total, seen.locked_until), (3, 9, Some(minute(3))));
        assert!(end(t, &row, "paper/1").await);
        let seen = stored(t, 1).await;
        assert_eq!((seen.state.as_str(), seen.outcome.as_str(), seen.locked_until), ("done", "paper/1", None));
        assert_eq!(claim(&t.db, t.root, minute(9), minute(10)).await.unwrap(), None);
    }

    async fn a_job_of_an_act_that_was_rolled_back_does_not_run(t: &TestDb) {
        let mut tx = t.db.begin(t.root).await.unwrap();
        assert!(enqueue(&mut tx, t.root, &new_job(1)).await.unwrap());
        drop(tx);
        drop(t.db.begin(t.root).await.unwrap());
        assert_eq!(claim(&t.db, t.root, minute(1), minute(2)).await.unwrap(), None);
    }

    async fn jobs_are_taken_in_order_and_not_before_their_time(t: &TestDb) {
        take_on(t, &NewJob { run_at: minute(5), ..new_job(1) }).await;
        take_on(t, &NewJob { run_at: minute(3), ..new_job(2) }).await;
        assert_eq!(claim(&t.db, t.root, minute(2), minute(9)).await.unwrap(), None);
        let first = claim(&t.db, t.root, minute(6), minute(9)).await.unwrap().unwrap();
        let second = claim(&t.db, t.root, minute(6), minute(9)).await.unwrap().unwrap();
        assert_eq!((first.job_id.as_u128(), second.job_id.as_u128()), (2, 1));
    }

    async fn a_job_whose_worker_died_is_taken_by_another_and_the_first_can_no_longer_end_it(t: &TestDb) {
        take_on(t, &new_job(1)).await;
        let dead = claim(&t.db, t.root, minute(1), minute(2)).await.unwrap().unwrap();
        assert_eq!(claim(&t.db, t.root, minute(1), minute(2)).await.unwrap(), None, "the lease holds");
        let heir = claim(&t.db, t.root, minute(2), minute(4)).await.unwrap().unwrap();
        assert_eq!(heir.attempts, 2);
        assert!(!progress(&t.db, &dead, Progress { done: 1, total: 2 }, minute(9)).await.unwrap());
        assert!(!end(t, &dead, "too late").await);
        assert!(!fail(&t.db, &dead, "too late").await.unwrap());
        assert!(end(t, &heir, "in time").await);
        assert_eq!(stored(t, 1).await.outcome, "in time");
    }

    async fn a_failed_job_keeps_its_message(t: &TestDb) {
        take_on(t, &new_job(1)).await;
        let row = claim(&t.db, t.root, minute(1), minute(2)).await.unwrap().unwrap();
        assert!(fail(&t.db, &row, "Thiếu biên bản").await.unwrap());
        let seen = stored(t, 1).await;
        assert_eq!((seen.state.as_str(), seen.outcome.as_str()), ("failed", "Thiếu biên bản"));
        assert_eq!(jobs_of(&mut t.db.read(t.root).await.unwrap(), t.root, Uuid::from_u128(1), 5).await.unwrap(), [seen]);
    }

    async fn a_unique_key_is_taken_until_its_job_ends(t: &TestDb) {
        let with_key = |n| NewJob { unique_key: Some("bundle/1"), ..new_job(n) };
        assert!(take_on(t, &with_key(1)).await);
        assert!(!take_on(t, &with_key(2)).await);
        let row = claim(&t.db, t.root, minute(1), minute(2)).await.unwrap().unwrap();
        assert!(!take_on(t, &with_key(3)).await);
        assert!(end(t, &row, "").await);
        assert!(take_on(t, &with_key(4)).await);
    }

    async fn workers_at_once_take_every_job_once(t: &TestDb) {
        for n in 1..=30 {
            take_on(t, &new_job(n)).await;
        }
        let worker = async || {
            let mut taken = Vec::new();
            while let Some(row) = claim(&t.db, t.root, minute(1), minute(2)).await.unwrap() {
                taken.push(row.job_id);
            }
            taken
        };
        let (a, b, c) = tokio::join!(worker(), worker(), worker());
        let all = [a, b, c].concat();
        // A worker that saw only locked jobs stops early; what it left is still there for the next.
        let rest = worker().await;
        let all: Vec<Uuid> = all.into_iter().chain(rest).collect();
        assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (30, 30));
    }
}
