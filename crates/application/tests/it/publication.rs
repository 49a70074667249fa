//! Nothing of a result is seen below before the decision; after it, the notice, and the list once it is made known.
#![cfg(test)]

use application::acts::decision::{PublishResult, publish, withdraw_publication};
use application::demo::Play;
use application::papers::{What, data};
use application::reads::after::{notice, summary};
use application::reads::decision::decision;
use application::reads::history::history;
use application::reads::publication::publication;
use application::reads::tasks::tasks;
use application::{App, Error};
use domain::{Actor, DecisionId, ReviewId};

use crate::it::collective::code;
use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build, entries};

const CELL: &str = "CB-T1";

fn order(audience: &str, on: &str) -> PublishResult {
    PublishResult { form: "meeting".to_owned(), audience: audience.to_owned(), published_on: on.to_owned() }
}

async fn to_publish(app: &App, actor: &Actor) -> usize {
    tasks(app, actor).await.unwrap().iter().filter(|task| task.kind == "publish").count()
}

/// A secretary who has no seat in the committee above, and his cell.
async fn head_without_seat(play: &Play) -> (String, Actor) {
    for (cell, _) in play.stages() {
        let head = play.head(cell).await.unwrap();
        if head.posts.len() == 1 {
            return (cell.to_owned(), head);
        }
    }
    panic!("every secretary has a seat");
}

on_both! {
    #[expect(clippy::too_many_lines, reason = "one story from beginning to end")]
    async fn levels_are_not_seen_below_before_the_decision_and_the_list_not_before_it_is_made_known(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        play.finish_cells().await.unwrap();
        let member = play.actor(play.member(CELL, 9).unwrap().person).await.unwrap();
        let (cell, head) = head_without_seat(&play).await;
        let (row, _) = play.reviews(CELL).await.unwrap().into_iter().find(|(row, _)| row.person_id == member.person.0).unwrap();
        let own = ReviewId(row.review_id);

        // Proposed by the cell, prepared above: nobody below has a level to see.
        assert!(matches!(notice(&play.app, &member, own).await, Err(Error::Denied)));
        for one in [&member, &head] {
            assert!(matches!(decision(&play.app, one, play.campaign).await, Err(Error::Denied)));
        }
        assert!(history(&play.app, &member, own).await.unwrap().decisions.is_empty());
        let counted = summary(&play.app, &head, play.campaign, play.cells[cell.as_str()]).await.unwrap();
        assert_eq!((counted.total.rated, counted.total.levels.values().sum::<u32>()), (0, 0));

        play.decide().await.unwrap();
        notice(&play.app, &member, own).await.unwrap();
        let office = play.seated(0).await.unwrap();
        let issued = decision(&play.app, &office, play.campaign).await.unwrap().lists;
        let [one] = &issued[..] else { panic!("{issued:?}") };
        assert_eq!((one.published_on, to_publish(&play.app, &office).await), (None, 1));
        let id: DecisionId = one.decision;
        assert!(matches!(publication(&play.app, &member, id).await, Err(Error::Denied)), "not made known yet");
        assert!(notice(&play.app, &member, own).await.unwrap().made_known.is_none());
        assert!(matches!(publish(&play.app, &head, id, &order("Chi bộ", "30/12/2022")).await, Err(Error::Denied)));

        let today = play.app.clock.today().shown();
        assert_eq!(code(publish(&play.app, &office, id, &order(" ", &today)).await), "PUBLISH-001");
        assert_eq!(code(publish(&play.app, &office, id, &order("Các chi bộ", "01/11/2022")).await), "PUBLISH-002");
        assert_eq!(code(publish(&play.app, &office, id, &order("Các chi bộ", "01/11/2032")).await), "PUBLISH-003");
        let unknown = PublishResult { form: "drum".to_owned(), ..order("Các chi bộ", &today) };
        assert_eq!(code(publish(&play.app, &office, id, &unknown).await), "FORM-003");
        publish(&play.app, &office, id, &order("Các chi bộ", &today)).await.unwrap();
        assert_eq!(code(publish(&play.app, &office, id, &order("Các chi bộ", &today)).await), "PUBLISH-004");

        let page = publication(&play.app, &member, id).await.unwrap();
        assert!(page.lines.iter().any(|line| line.name == member.name && !line.level.is_empty()));
        assert!(!page.may_publish && !page.may_see_decision && !page.may_print && page.records.len() == 1);
        assert_eq!(notice(&play.app, &member, own).await.unwrap().made_known, Some(id));
        assert_eq!(to_publish(&play.app, &office).await, 0);
        let acts = entries(&play).await;
        assert_eq!(acts.iter().filter(|(act, at)| act == "decision.published" && at.contains(&id.to_string())).count(), 1);

        let paper = data(&play.app, &office, What::Published(id)).await.unwrap();
        assert_eq!(keys_of(&paper), keys_of(&sample("published-list/1")));
        assert_eq!(paper["people"].as_array().unwrap().len(), page.lines.len());
        assert!(matches!(data(&play.app, &member, What::Published(id)).await, Err(Error::Denied)));

        // What was recorded by mistake is taken back; the list is open as long as one record stands.
        publish(&play.app, &office, id, &order("Chi bộ Thôn 1", &today)).await.unwrap();
        let records = publication(&play.app, &office, id).await.unwrap().records;
        let [first, second] = [&records[0], &records[1]].map(|one| (id, one.id));
        assert!(matches!(withdraw_publication(&play.app, &head, first, "Ghi nhầm").await, Err(Error::Denied)));
        assert_eq!(code(withdraw_publication(&play.app, &office, first, " ").await), "PUBLISH-006");
        withdraw_publication(&play.app, &office, first, "Ghi nhầm nơi công bố").await.unwrap();
        assert_eq!(code(withdraw_publication(&play.app, &office, first, "Lần nữa").await), "PUBLISH-007");
        assert_eq!(publication(&play.app, &member, id).await.unwrap().records.len(), 1, "another one stands");
        withdraw_publication(&play.app, &office, second, "Ghi nhầm").await.unwrap();
        assert!(matches!(publication(&play.app, &member, id).await, Err(Error::Denied)));
        assert_eq!((notice(&play.app, &member, own).await.unwrap().made_known, to_publish(&play.app, &office).await), (None, 1));
        let kept = publication(&play.app, &office, id).await.unwrap().records;
        let (by, _, why) = kept[0].withdrawn.clone().unwrap();
        assert_eq!((kept.len(), by.as_str(), why.as_str()), (2, office.name.as_str(), "Ghi nhầm nơi công bố"));
        publish(&play.app, &office, id, &order("Các chi bộ", &today)).await.unwrap();
        assert_eq!(publication(&play.app, &member, id).await.unwrap().records.len(), 1, "recorded anew");
        let acts = entries(&play).await.into_iter().filter(|(act, _)| act == "decision.publication_withdrawn");
        assert_eq!(acts.count(), 2);
        app.close().await;
        play.app.close().await;
    }
}
