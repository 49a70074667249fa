//! Lower before higher, the collective before its members, the unit before its head: what each kind of subject waits for is said, and only a reason on record lets a wait be passed over.

use application::acts::classification::mark_late;
use application::reads::classification::{ListLine, list};
use application::reads::{campaign, organisation};
use domain::org::Title;
use domain::subject::Subject;
use domain::{Actor, CampaignId};

use crate::it::province::Stage;

async fn lines(stage: &Stage, clerk: &Actor, own: CampaignId, subject: Subject) -> Vec<ListLine> {
    list(&stage.app, clerk, own, subject).await.unwrap().lines
}

fn waits(line: &ListLine) -> Vec<&str> {
    line.waiting.iter().map(|one| one.code.as_str()).collect()
}

const LOWER: &str = "ORDER-003";
const COLLECTIVE: &str = "ORDER-004";
const UNIT: &str = "ORDER-005";

on_both! {
    async fn each_kind_of_subject_says_what_it_waits_for_and_the_head_comes_last(t: &TestDb) {
        let stage = Stage::of(t).await;
        let clerk = stage.actor(2).await;
        let own = campaign::campaigns(&stage.app, &clerk).await.unwrap();
        let own = own.iter().find(|one| clerk.posts.iter().any(|post| post.unit == one.unit)).unwrap().id;
        let organisations = lines(&stage, &clerk, own, Subject::Organization).await;
        let base = organisations.iter().find(|line| waits(line) == [LOWER]).expect("a base whose cells are not decided");
        let named = base.waiting[0].names.clone();
        assert!(!named.is_empty() && !base.waiting[0].strict && !base.waiting[0].citation.is_empty());

        let collectives = lines(&stage, &clerk, own, Subject::Collective).await;
        let collective = collectives.iter().find(|line| line.name.contains(&base.name)).unwrap();
        assert!(waits(collective).contains(&LOWER));
        let bound = collective.waiting.iter().find(|one| one.names == [base.name.clone()]).expect("its organisation");
        assert!(bound.strict, "the level of the organisation bounds it");

        let leaders = lines(&stage, &clerk, own, Subject::Leader).await;
        let unit = collective.review;
        let unit = application::reads::review::review(&stage.app, &clerk, unit).await.unwrap().head.unit;
        let page = organisation::unit(&stage.app, &clerk, unit).await.unwrap();
        let holder = |title: Title| page.holders.iter().find(|(_, _, held, _)| *held == title).map(|(_, name, ..)| name.clone());
        let of = |name: &str| leaders.iter().find(|line| line.name == name && line.place == page.name);
        let head = of(&holder(Title::Secretary).unwrap()).expect("the head");
        assert_eq!(waits(head), [COLLECTIVE, UNIT]);
        if let Some(deputy) = holder(Title::DeputySecretary).as_deref().and_then(of) {
            assert_eq!(waits(deputy), [COLLECTIVE], "only the head waits for the unit");
        }

        // A reason on record lets others pass, but not where the order is strict.
        for late in [collective.review, base.review] {
            mark_late(&stage.app, &clerk, late, "Chờ kết luận thanh tra").await.unwrap();
        }
        let leaders = lines(&stage, &clerk, own, Subject::Leader).await;
        let head = leaders.iter().find(|line| line.review == head.review).unwrap();
        assert_eq!(waits(head), [UNIT], "the head comes last, late or not");
        let collectives = lines(&stage, &clerk, own, Subject::Collective).await;
        let collective = collectives.iter().find(|line| line.review == collective.review).unwrap();
        assert!(collective.waiting.iter().any(|one| one.names == [base.name.clone()]), "nor is a bound passed over");
    }
}
