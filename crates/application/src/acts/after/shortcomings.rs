//! Hạn chế, khuyết điểm đã biết: what was told about a subject in records that the plan has to answer.

use domain::form::Content;
use domain::remediation::Source;
use domain::text;
use store::Conn;

use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::Result;
use crate::judge;

/// Field of every form in which a subject names its own shortcomings, one a line.
pub(crate) const OWN_SHORTCOMINGS: &str = "shortcomings_text";
/// What people write where there are none.
const NONE: [&str; 2] = ["khong", "khong co"];

/// One shortcoming and the record in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    /// `self_review/<line>`, `criticism/<id>`, `verification/<review>`, `decision/<id>`.
    pub(crate) origin: String,
    pub(crate) source: Source,
    pub(crate) text: String,
}

/// The shortcomings told about a review, in the order in which they came to be known.
pub(crate) async fn known(app: &App, conn: &mut Conn, loaded: &Loaded) -> Result<Vec<Known>> {
    let (root, review) = (loaded.review.root_id, loaded.review.review_id);
    let mut list = own(conn, loaded).await?;
    let mut told = |origin: String, source, text: &str| {
        if !text.trim().is_empty() {
            list.push(Known { origin, source, text: text.to_owned() });
        }
    };
    for one in store::meeting::criticisms_of_review(conn, root, review).await? {
        told(format!("criticism/{}", one.criticism_id), Source::Criticism, &one.content);
    }
    if let Some(sheet) = store::verification::verification(conn, root, review).await? {
        told(format!("verification/{review}"), Source::Verification, &sheet.grounds);
    }
    if let Some(notice) = store::outcome::notice(conn, root, review).await? {
        let lines = store::outcome::decision_lines(conn, root, notice.decision_id).await?;
        // Why somebody is rated best is no shortcoming.
        let best = judge::book_of(app, &loaded.campaign)?.levels.first().map(|level| level.id.clone());
        let line = lines.into_iter().find(|line| line.review_id == review && Some(&line.level) != best.as_ref());
        let reason = line.map(|line| line.reason).unwrap_or_default();
        told(format!("decision/{}", notice.decision_id), Source::Decision, &reason);
    }
    Ok(list)
}

/// What the subject named itself in what it handed in last, line by line.
async fn own(conn: &mut Conn, loaded: &Loaded) -> Result<Vec<Known>> {
    let handed = store::review::submitted(conn, loaded.review.root_id, loaded.review.review_id).await?;
    let Some(last) = handed.first() else { return Ok(Vec::new()) };
    let content: Content = serde_json::from_str(&last.content)?;
    let named = content.get(OWN_SHORTCOMINGS).map_or("", String::as_str);
    let lines = named.lines().map(|line| line.trim().trim_start_matches(['-', '+', '•', '*']).trim());
    let says_something = |line: &&str| {
        let plain = text::fold(line.trim_end_matches(['.', ';']));
        !line.is_empty() && !NONE.contains(&plain.as_str())
    };
    let one = |(at, line): (usize, &str)| Known {
        origin: format!("self_review/{at}"),
        source: Source::SelfReview,
        text: line.to_owned(),
    };
    Ok((1..).zip(lines.filter(says_something)).map(one).collect())
}
