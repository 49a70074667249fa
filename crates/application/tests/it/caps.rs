//! Who counts under the cap of a campaign, over a real database.

use std::collections::{BTreeMap, BTreeSet};

use application::acts::campaign::{OpenCampaign, open_campaign};
use application::acts::review::{StateFact, state_fact};
use application::demo::Play;
use application::judge::Cap;
use application::reads::decision::{cap_of, decision};
use application::reads::review::review;
use domain::{CampaignId, ReviewId};

use crate::it::story::{app, build};
use crate::it::testdb::TestDb;

/// A year under the regulation of 2025, whose book leaves heads outside the cap unless the campaign chose otherwise.
const YEAR: i32 = 2025;

async fn open(play: &Play, settings: &[(&str, &str)]) -> CampaignId {
    let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let order = OpenCampaign { unit: Some(play.base), year: YEAR, settings, ..OpenCampaign::default() };
    open_campaign(&play.app, &play.seated(0).await.unwrap(), &order).await.unwrap()
}

/// Everybody at the best level.
async fn all_at_top(play: &Play, campaign: CampaignId) -> (Cap, Vec<ReviewId>) {
    let secretary = play.seated(0).await.unwrap();
    let page = decision(&play.app, &secretary, campaign).await.unwrap();
    let reviews: Vec<ReviewId> = page.lines.iter().map(|line| line.line.review).collect();
    let best = page.levels[0].0.clone();
    let levels: BTreeMap<ReviewId, String> = reviews.iter().map(|review| (*review, best.clone())).collect();
    (cap_of(&play.app, &secretary, campaign, &levels).await.unwrap(), reviews)
}

/// Reviews of those who hold the post of secretary anywhere.
async fn secretaries(play: &Play, t: &TestDb, campaign: CampaignId, rated: &[ReviewId]) -> BTreeSet<ReviewId> {
    let mut conn = t.db.read(play.root).await.unwrap();
    let posts = store::org::posts(&mut conn, play.root.0).await.unwrap();
    let heads: BTreeSet<_> = posts.iter().filter(|post| post.title == "secretary").map(|post| post.person_id).collect();
    let rows = store::review::list_of_campaign(&mut conn, play.root.0, campaign.0).await.unwrap();
    let of_heads = rows.iter().filter(|row| heads.contains(&row.person_id)).map(|row| ReviewId(row.review_id));
    of_heads.filter(|review| rated.contains(review)).collect()
}

fn number(many: usize) -> u32 {
    many.try_into().unwrap()
}

on_both! {
    async fn secretaries_and_those_said_to_head_a_unit_stand_outside_the_cap(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let campaign = open(&play, &[]).await;
        let (cap, rated) = all_at_top(&play, campaign).await;
        let heads = secretaries(&play, t, campaign, &rated).await;
        assert!(heads.len() > 3 && heads.len() < rated.len());
        assert_eq!(cap.used, number(rated.len() - heads.len()));
        let told = format!("; không tính {} người đứng đầu", heads.len());
        assert!(cap.arithmetic.vi.ends_with(&told), "{}", cap.arithmetic.vi);

        // The head of an agency need not be a secretary, and a secretary may have ceased to be a head.
        let other = rated.iter().find(|review| !heads.contains(review)).copied().unwrap();
        let head = heads.first().copied().unwrap();
        for (about, value, outside) in [(other, "có", heads.len() + 1), (head, "không", heads.len())] {
            let unit = of_cell(&play, t, campaign, about).await;
            let cell = play.cells.iter().find(|(_, id)| id.0 == unit).unwrap().0;
            let actor = play.head(cell).await.unwrap();
            let page = review(&play.app, &actor, about).await.unwrap();
            assert!(page.facts.iter().any(|fact| fact.name == "is_head"), "it can be said who is head");
            let order = StateFact { name: "is_head".to_owned(), value: value.to_owned(), evidence: String::new() };
            state_fact(&play.app, &actor, about, &order).await.unwrap();
            let (cap, _) = all_at_top(&play, campaign).await;
            assert_eq!(cap.used, number(rated.len() - outside), "{}", cap.arithmetic.vi);
        }
        app.close().await;
        play.app.close().await;
    }

    async fn everybody_counts_where_the_campaign_chose_so_or_the_book_does_not_speak_of_heads(t: &TestDb) {
        let app = app(t).await;
        let play = build(&app).await;
        let campaign = open(&play, &[("quota_counts_head", "true")]).await;
        for campaign in [campaign, play.campaign] {
            let (cap, rated) = all_at_top(&play, campaign).await;
            assert_eq!(cap.used, number(rated.len()));
            assert!(!cap.arithmetic.vi.contains("người đứng đầu"), "{}", cap.arithmetic.vi);
        }
        app.close().await;
        play.app.close().await;
    }
}

async fn of_cell(play: &Play, t: &TestDb, campaign: CampaignId, review: ReviewId) -> uuid::Uuid {
    let mut conn = t.db.read(play.root).await.unwrap();
    let rows = store::review::list_of_campaign(&mut conn, play.root.0, campaign.0).await.unwrap();
    rows.iter().find(|row| row.review_id == review.0).unwrap().unit_id
}
