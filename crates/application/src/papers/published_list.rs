//! Danh sách công bố kết quả xếp loại: names and levels, to be read out or posted; nothing of the dossier.

use domain::PersonId;
use serde::Serialize;
use store::outcome::DecisionRow;

use super::decision::number;
use super::place::{Letterhead, Place, day};
use super::words::official_day;
use crate::error::Result;
use crate::reads::publication::public_lines;

/// Meaning of the form.
pub(super) const PUBLISHED_LIST: &str = "published-list";

/// Danh sách công bố.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedList {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// What it is about.
    pub about: String,
    /// The decision it makes known.
    pub decision: String,
    /// Line of the journal.
    pub checkpoint: String,
    /// The list.
    pub people: Vec<Published>,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
}

/// Một dòng công bố.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Unit, above its first line.
    pub group: String,
    /// Name.
    pub name: String,
    /// Level.
    pub level: String,
}

pub(super) async fn read(place: &mut Place<'_>, decision: &DecisionRow) -> Result<PublishedList> {
    let signed_on = day(&decision.signed_on)?;
    let signature = place.signature(signed_on).await?;
    let mut before = String::new();
    let mut people = Vec::new();
    for line in public_lines(place.conn, decision).await? {
        let group = if line.place == before { String::new() } else { line.place.clone() };
        before = line.place;
        people.push(Published { group, name: line.name, level: place.level_label(&line.level) });
    }
    let values = [("number", number(place, decision)), ("day", official_day(signed_on)), ("body", place.issuer()?)];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let subject = place.words.summary.subject.get(&decision.subject).map_or("", |subject| subject.plain());
    Ok(PublishedList {
        letterhead: place.letterhead(signed_on)?,
        about: place.words.published.title.say(&[("subject", subject), ("year", &place.year())]),
        decision: place.words.published.decision.say(&values),
        checkpoint: place.checkpoint(decision.issued_at).await?,
        people,
        authority: signature.authority,
        signer_post: place.signing_post(PersonId(decision.signer_id), signed_on).await?,
        signer: place.name(decision.signer_id).await?,
    })
}
