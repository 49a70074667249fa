//! Reminders: once for each stage, at the pace somebody chose; a letter says how many and nothing about them; a mail server that is
//! away is tried again, and what is given up is seen.
#![cfg(test)]

use std::sync::{Arc, Mutex};

use application::acts::reminder::{choose_reminders, mark_seen, retry_job};
use application::demo::Play;
use application::ports::{Letter, Mailer, NotSent};
use application::reads::reminder::{jobs, reminders, unseen};
use application::reads::tasks::tasks;
use application::{App, Error, jobs::run_one, remind::order_reminders};
use chrono::TimeDelta;
use domain::Actor;
use domain::reminder::Stage;

use crate::it::collective::code;
use crate::it::story::{app, build, entries};

/// A mail server of the test: keeps what it took, and what it answers.
#[derive(Default)]
struct Postbox {
    taken: Mutex<Vec<Letter>>,
    answer: Mutex<Option<NotSent>>,
}

impl Mailer for Postbox {
    fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        if let Some(refused) = self.answer.lock().unwrap().clone() {
            return Err(refused);
        }
        self.taken.lock().unwrap().push(letter.clone());
        Ok(())
    }
}

impl Postbox {
    fn answers(&self, answer: Option<NotSent>) {
        *self.answer.lock().unwrap() = answer;
    }

    fn count(&self) -> usize {
        self.taken.lock().unwrap().len()
    }
}

/// Does all that waits, as two servers side by side would.
async fn work_off(app: &App) {
    order_reminders(app).await.unwrap();
    loop {
        let (one, other) = tokio::join!(run_one(app), run_one(app));
        if !one.unwrap() && !other.unwrap() {
            return;
        }
    }
}

async fn secretary(play: &Play) -> Actor {
    let member = play.member("CB-T3", 1).unwrap();
    application::access::actor(&play.app, play.root, member.person).await.unwrap()
}

on_both! {
    async fn each_task_is_spoken_of_once_for_each_stage_and_letters_keep_their_pace(t: &TestDb) {
        let first = app(t).await;
        let play = build(&first).await;
        let post = Arc::new(Postbox::default());
        let app = play.app.clone().with_mailer(Some(Arc::clone(&post) as Arc<dyn Mailer>));
        let head = secretary(&play).await;
        let due = tasks(&app, &head).await.unwrap().iter().filter_map(|task| task.due_on).min().unwrap();
        let early = (0..10).fold(due, |day, _| day.before()).to_string();
        play.at(&early, 3).unwrap();
        let waiting = tasks(&app, &head).await.unwrap();
        assert_eq!(code(choose_reminders(&app, &head, "", "daily").await), "REMIND-001");
        assert_eq!(code(choose_reminders(&app, &head, "a b", "daily").await), "REMIND-002");
        choose_reminders(&app, &head, "bi.thu@xa.internal", "daily").await.unwrap();

        while run_one(&app).await.unwrap() {}
        order_reminders(&app).await.unwrap();
        assert!(!run_one(&app).await.unwrap(), "nobody is written to at three in the morning");
        play.at(&early, 8).unwrap();
        Box::pin(work_off(&app)).await;
        let view = reminders(&app, &head).await.unwrap();
        assert_eq!((view.list.len(), post.count()), (waiting.len(), 1), "{view:?}");
        assert_eq!(unseen(&app, &head).await.unwrap(), i64::try_from(waiting.len()).unwrap());
        let letter = post.taken.lock().unwrap()[0].clone();
        assert_eq!(letter.address, "bi.thu@xa.internal");
        assert_eq!(letter.new + letter.soon + letter.late, waiting.len());

        play.at(&early, 12).unwrap();
        Box::pin(work_off(&app)).await;
        assert_eq!((reminders(&app, &head).await.unwrap().list.len(), post.count()), (waiting.len(), 1), "once a day");
        mark_seen(&app, &head).await.unwrap();
        assert_eq!(unseen(&app, &head).await.unwrap(), 0);

        play.at(&due.plus_days(1).to_string(), 9).unwrap();
        Box::pin(work_off(&app)).await;
        let view = reminders(&app, &head).await.unwrap();
        assert!(view.list.iter().any(|one| one.stage == Stage::Late && one.due_on == Some(due) && !one.seen), "{view:?}");
        assert_eq!(post.count(), 2);
        first.close().await;
        play.app.close().await;
    }

    async fn a_mail_server_that_is_away_is_tried_again_and_what_is_given_up_is_seen(t: &TestDb) {
        let first = app(t).await;
        let play = build(&first).await;
        let post = Arc::new(Postbox::default());
        let app = play.app.clone().with_mailer(Some(Arc::clone(&post) as Arc<dyn Mailer>));
        let head = secretary(&play).await;
        choose_reminders(&app, &head, "bi.thu@xa.internal", "at_once").await.unwrap();
        post.answers(Some(NotSent::ForNow("connection refused".to_owned())));
        play.at("2022-12-05", 6).unwrap();
        Box::pin(work_off(&app)).await;
        assert_eq!(reminders(&app, &head).await.unwrap().refused, "connection refused");
        post.answers(None);
        Box::pin(work_off(&app)).await;
        assert_eq!(post.count(), 0, "five minutes have not passed");
        play.at("2022-12-05", 7).unwrap();
        Box::pin(work_off(&app)).await;
        assert_eq!((post.count(), reminders(&app, &head).await.unwrap().refused.as_str()), (1, ""));

        post.answers(Some(NotSent::ForGood("550 no such box".to_owned())));
        play.at("2022-12-20", 8).unwrap();
        Box::pin(work_off(&app)).await;
        let office = play.seated(0).await.unwrap();
        let view = jobs(&app, &office).await.unwrap();
        let failed = view.list.first().unwrap();
        assert_eq!((view.failed, failed.kind.as_str(), failed.reason.as_str()), (1, "mail", "550 no such box"));
        assert!(matches!(jobs(&app, &head).await, Err(Error::Denied)), "a cell has no business with it");
        assert!(matches!(retry_job(&app, &head, failed.id).await, Err(Error::Denied)));
        post.answers(None);
        retry_job(&app, &office, failed.id).await.unwrap();
        Box::pin(work_off(&app)).await;
        assert_eq!((jobs(&app, &office).await.unwrap().failed, post.count()), (0, 2));
        assert_eq!(code(retry_job(&app, &office, failed.id).await), "JOB-001");
        assert!(entries(&play).await.iter().any(|(act, _)| act == "job.retried"));
        first.close().await;
        play.app.close().await;
    }

    async fn a_worker_that_dies_leaves_its_job_to_the_next_and_nobody_is_reminded_twice(t: &TestDb) {
        let first = app(t).await;
        let play = build(&first).await;
        while run_one(&play.app).await.unwrap() {}
        play.at("2022-12-05", 8).unwrap();
        order_reminders(&play.app).await.unwrap();
        let now = play.app.clock.now();
        let claimed = store::job::claim(&t.db, play.root, now, now + TimeDelta::minutes(30)).await.unwrap();
        assert_eq!(claimed.map(|job| job.kind), Some("remind".to_owned()));
        let office = play.seated(0).await.unwrap();
        // The database of the test holds a second hierarchy with a job of its own.
        while run_one(&play.app).await.unwrap() {}
        let job = jobs(&play.app, &office).await.unwrap().list.remove(0);
        assert_eq!((job.kind.as_str(), job.state.as_str(), job.attempts), ("remind", "running", 1), "the other worker has it");
        play.at("2022-12-05", 9).unwrap();
        assert!(run_one(&play.app).await.unwrap());
        let head = secretary(&play).await;
        let seen = reminders(&play.app, &head).await.unwrap().list.len();
        assert_eq!(seen, tasks(&play.app, &head).await.unwrap().len());
        first.close().await;
        play.app.close().await;
    }
}
