//! The agenda of a session puts what is ready in the order of the rule book and says of the rest what it waits for.
#![cfg(test)]

use std::collections::BTreeSet;

use application::Error;
use application::acts::classification::{Verify, take_back, verify};
use application::acts::review::submit_self_review;
use application::demo::Play;
use application::papers::{What, data};
use application::reads::agenda::{AgendaPage, agenda};
use application::reads::classification::list;
use domain::Actor;
use domain::subject::Subject;

use crate::it::papers::{keys_of, sample};
use crate::it::story::{app, build};
use crate::it::subjects::report;

async fn page(play: &Play, office: &Actor) -> AgendaPage {
    agenda(&play.app, office, play.campaign).await.unwrap()
}

/// Every cell hands in its report as an organisation and is verified.
async fn verified(play: &Play, office: &Actor) {
    for line in list(&play.app, office, play.campaign, Subject::Organization).await.unwrap().lines {
        for code in play.stages().map(|(code, _)| code.to_owned()).collect::<Vec<_>>() {
            let head = play.head(&code).await.unwrap();
            // Only the head of that very cell may write; the others are denied.
            let _ = submit_self_review(&play.app, &head, line.review, &report("good", "fulfilled"), "").await;
        }
        let sheet =
            Verify {
                level: "fulfilled".to_owned(), grounds: "Không có ý kiến khác.".to_owned(), ..Verify::default()
            };
        verify(&play.app, office, line.review, &sheet).await.unwrap();
    }
}

on_both! {
    async fn members_come_before_their_cells_and_what_is_decided_is_not_taken_up_again(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        let member = play.actor(play.member("CB-T1", 9).unwrap().person).await.unwrap();
        assert!(matches!(agenda(&play.app, &member, play.campaign).await, Err(Error::Denied)));
        assert!(matches!(data(&play.app, &member, What::Agenda(play.campaign)).await, Err(Error::Denied)));

        // Some cells have sent their lists; nothing is verified.
        let early = page(&play, &office).await.agenda;
        assert!(early.turns.iter().all(|turn| turn.subject == Subject::Member));
        let late = early.waiting.iter().filter(|one| one.unsent).count();
        let ready: usize = early.turns.iter().map(|turn| turn.items.len()).sum();
        assert_eq!(late + ready, play.cells.len(), "each cell is either ready or waited for");
        assert!(late > 0 && ready > 0);
        let cells: Vec<&str> = early.waiting.iter().map(|one| one.name.as_str()).collect();
        let named: BTreeSet<&str> = cells.iter().copied().collect();
        assert_eq!(cells.len(), named.len(), "one line for each cell: {cells:?}");
        assert!(early.waiting.iter().all(|one| one.unverified), "{:?}", early.waiting);

        let paper = data(&play.app, &office, What::Agenda(play.campaign)).await.unwrap();
        // No session is recorded yet, so the paper says nothing of its hour and its majority.
        assert_eq!((paper["session"].as_str(), paper["vote"].as_str()), (Some(""), Some("")));
        assert_eq!(keys_of(&paper), keys_of(&sample("session-agenda/1")));

        play.finish_cells().await.unwrap();
        verified(&play, &office).await;
        let whole = page(&play, &office).await;
        let order: Vec<Subject> = whole.agenda.turns.iter().map(|turn| turn.subject).collect();
        assert_eq!(order, [Subject::Member, Subject::Organization]);
        assert!(whole.agenda.waiting.is_empty(), "{:?}", whole.agenda.waiting);
        assert!(whole.rules.iter().any(|(_, source)| source.contains("21-HD")), "the order rests on the book");

        let paper = data(&play.app, &office, What::Agenda(play.campaign)).await.unwrap();
        let groups = paper["items"].as_array().unwrap().iter().filter(|row| row["group"] != "").count();
        assert_eq!(groups, 2);

        play.decide().await.unwrap();
        let after = page(&play, &office).await.agenda;
        let order: Vec<Subject> = after.turns.iter().map(|turn| turn.subject).collect();
        assert_eq!(order, [Subject::Organization], "members are decided");
        assert!(after.decided > 0);
        app.close().await;
        play.app.close().await;
    }

    async fn a_verified_cell_waits_until_the_list_of_its_members_is_on_the_table(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let office = play.seated(0).await.unwrap();
        verified(&play, &office).await;
        let page = page(&play, &office).await.agenda;
        assert!(!page.waiting.is_empty());
        for one in &page.waiting {
            assert_eq!((one.subject, one.unsent, one.unverified), (Subject::Organization, true, false), "{one:?}");
        }
        let order: Vec<Subject> = page.turns.iter().map(|turn| turn.subject).collect();
        assert_eq!(order, [Subject::Member, Subject::Organization], "the cells whose lists have come");
        let back = page.turns[1].items[0].review.unwrap();
        take_back(&play.app, &office, back, "Bổ sung báo cáo.").await.unwrap();
        let after = agenda(&play.app, &office, play.campaign).await.unwrap().agenda;
        assert!(after.turns.iter().all(|turn| turn.items.iter().all(|one| one.review != Some(back))));
        assert!(after.waiting.iter().any(|one| one.review == Some(back) && one.unverified), "its sheet does not count");
        app.close().await;
        play.app.close().await;
    }
}
