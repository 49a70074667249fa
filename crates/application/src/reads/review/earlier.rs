//! Hạn chế của các năm trước: what became of them stands in the form of the next year.

use domain::Day;
use domain::form::Content;
use serde::Serialize;

use crate::acts::review::Loaded;
use crate::error::{Result, stored};

/// Một hạn chế của các năm trước.
#[derive(Debug, Clone, Serialize)]
pub struct EarlierShortcoming {
    /// Text.
    pub shortcoming: String,
    /// Measure.
    pub measure: String,
    /// Whether it is remedied.
    pub closed: bool,
    /// What the monitor found.
    pub outcome: String,
    /// Deadline.
    pub due_on: Day,
}

/// A form that nobody has begun, with what became of the shortcomings of earlier years.
pub(super) fn begun(earlier: &[EarlierShortcoming]) -> Result<Content> {
    const RESULT_OF_REMEDIES: &str = "remedying_text";
    let told = crate::papers::result_of_remedies(earlier)?;
    Ok(if told.is_empty() { Content::new() } else { Content::from([(RESULT_OF_REMEDIES.to_owned(), told)]) })
}

/// What was to be remedied after the reviews of earlier years.
pub(super) async fn earlier_shortcomings(conn: &mut store::Conn, loaded: &Loaded) -> Result<Vec<EarlierShortcoming>> {
    let root = loaded.review.root_id;
    let mut list = Vec::new();
    let about = (loaded.subject.word(), loaded.review.about_id);
    for review in store::review::of_subject(conn, root, about.0, about.1).await? {
        if review.review_id == loaded.review.review_id {
            continue;
        }
        let campaign = store::campaign::campaign(conn, root, review.campaign_id).await?;
        if campaign.is_none_or(|campaign| campaign.period_year >= loaded.campaign.period_year) {
            continue;
        }
        for item in store::outcome::items_of_review(conn, root, review.review_id).await? {
            list.push(EarlierShortcoming {
                shortcoming: item.shortcoming,
                measure: item.measure,
                closed: item.state == domain::remediation::ItemState::Closed.word(),
                due_on: stored(Day::parse_stored(&item.due_on), "due_on")?,
                outcome: item.outcome,
            });
        }
    }
    Ok(list)
}
