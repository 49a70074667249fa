//! Dữ kiện và ý kiến of a case as its page shows them.

use std::collections::BTreeMap;

use domain::Day;
use domain::review::Assessor;
use store::org;

use super::{FactView, OpinionView};
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Result, known, stored};
use crate::judge::{self, Words};

pub(super) async fn facts(conn: &mut store::Conn, book: &rules::Book, loaded: &Loaded) -> Result<Vec<FactView>> {
    let root = loaded.review.root_id;
    let mut stated: BTreeMap<String, Vec<store::review::FactRow>> = BTreeMap::new();
    for fact in store::review::facts(conn, root, loaded.review.review_id).await? {
        stated.entry(fact.name.clone()).or_default().push(fact);
    }
    let places: BTreeMap<uuid::Uuid, String> =
        store::follow::fact_places(conn, root, loaded.review.review_id).await?.into_iter().collect();
    let mut views = Vec::new();
    for offer in judge::facts_offered(book, loaded.subject) {
        let rows = stated.get(&offer.name).map_or(&[][..], Vec::as_slice);
        let mut view = offer;
        if let Some(last) = rows.last() {
            view.value = judge::shown(book, &view.name, &last.value);
            view.stored = Day::parse_stored(&last.value).map_or_else(|_| last.value.clone(), Day::shown);
            view.evidence.clone_from(&last.evidence);
            let person = org::person(conn, root, last.stated_by).await?;
            view.stated_by = person.map_or_else(String::new, |person| person.full_name);
            view.place = places.get(&last.fact_id).cloned().unwrap_or_default();
            view.earlier = rows.len() - 1;
        }
        views.push(view);
    }
    Ok(views)
}

pub(crate) async fn opinions(app: &App, conn: &mut store::Conn, loaded: &Loaded) -> Result<Vec<OpinionView>> {
    let book = judge::book_of(app, &loaded.campaign)?;
    let due = app.library.civil_due(stored(Day::parse_stored(&loaded.campaign.period_to), "period_to")?);
    let mut views = Vec::new();
    for row in store::review::opinions(conn, loaded.review.root_id, loaded.review.review_id).await? {
        let level = row.level.as_deref().and_then(|id| book.level(id));
        let on = stored(Day::parse_stored(&row.stated_on), "stated_on")?;
        let agency = row.actor == Assessor::HeadOfAgency.word();
        views.push(OpinionView {
            assessor: known(Assessor::from_word(&row.actor), "assessor")?.word().to_owned(),
            level: level.map_or_else(Words::default, |level| Words::from(&level.title)),
            level_id: row.level.unwrap_or_default(),
            comment: row.comment,
            signer: row.signer,
            on,
            after: due.filter(|due| agency && on > *due),
        });
    }
    Ok(views)
}
