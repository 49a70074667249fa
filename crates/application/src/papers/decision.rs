//! Quyết định xếp loại with the list that goes with it.

use domain::subject::Subject;
use std::collections::BTreeMap;

use domain::decision::DecisionState;
use domain::{Day, PersonId, Refusal};
use serde::Serialize;
use store::outcome::{DecisionRow, LevelRow};
use uuid::Uuid;

use super::place::{Letterhead, Place, day};
use super::sheet::UnitPaper;
use super::words::official_day;
use crate::error::{Error, Result};

/// Quyết định.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DecisionPaper {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number.
    pub number: String,
    /// Line of the journal.
    pub checkpoint: String,
    /// What it is about.
    pub about: String,
    /// What it rests on.
    pub bases: Vec<Line>,
    /// Who decides.
    pub deciding_body: String,
    /// What is decided.
    pub articles: Vec<Line>,
    /// To whom it goes.
    pub recipients: Vec<String>,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
    /// Title of the list.
    pub list_title: String,
    /// Day of the decision.
    pub decided_on: String,
    /// The list.
    pub people: Vec<Classified>,
    /// How many of each level.
    pub list_summary: String,
}

/// Một dòng chữ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it says.
    pub text: String,
}

/// Một người được xếp loại.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Classified {
    /// Cell, above its first line.
    pub group: String,
    /// Name.
    pub name: String,
    /// Posts.
    pub post: String,
    /// Level.
    pub level: String,
    /// Remark.
    pub note: String,
}

/// The decision of the body that opened the campaign; `place` is that body.
pub(super) async fn load(place: &mut Place<'_>) -> Result<DecisionRow> {
    let decision =
        store::outcome::decision(place.conn, place.root, place.campaign.campaign_id, Subject::Member.word()).await?;
    decision.ok_or_else(|| Refusal::new("PAPER-005").into())
}

pub(super) fn issued(decision: &DecisionRow) -> bool {
    decision.state == DecisionState::Issued.word()
}

pub(super) async fn read(place: &mut Place<'_>) -> Result<DecisionPaper> {
    if place.unit.unit_id != place.campaign.unit_id {
        return Err(Error::Denied);
    }
    let decision = load(place).await?;
    let signed_on = day(&decision.signed_on)?;
    let lines = store::outcome::decision_lines(place.conn, place.root, decision.decision_id).await?;
    let people = people(place, &lines, signed_on).await?;
    let words = &place.words.decision;
    let (year, subject, count) = (place.year(), place.words.subject.plain(), people.len().to_string());
    let signature = place.signature(signed_on).await?;
    let checkpoint = if issued(&decision) {
        place.checkpoint(decision.issued_at).await?
    } else {
        place.unsealed(words.not_issued.plain())
    };
    Ok(DecisionPaper {
        letterhead: place.letterhead(signed_on)?,
        number: number(place, &decision),
        checkpoint,
        about: about(place, &decision.subject),
        bases: bases(place, &decision),
        deciding_body: place.issuer()?,
        articles: articles(place, &decision, &count),
        recipients: recipients(place)?,
        authority: signature.authority,
        signer_post: place.signing_post(PersonId(decision.signer_id), signed_on).await?,
        signer: place.name(decision.signer_id).await?,
        list_title: words.list_title.say(&[("subject", subject), ("year", &year)]),
        decided_on: official_day(signed_on),
        list_summary: summary(place, &lines, &count),
        people,
    })
}

/// Number as printed, with kind and body when only the figure was typed; dots to be written on while there is none.
pub(super) fn number(place: &Place<'_>, decision: &DecisionRow) -> String {
    let number = decision.number.trim();
    if number.is_empty() {
        return place.words.blank.plain().to_owned();
    }
    place.composed(UnitPaper::Decision.meaning(), number)
}

pub(super) fn about(place: &Place<'_>, subject: &str) -> String {
    let subject = place.words.summary.subject.get(subject).map_or("", |subject| subject.plain());
    place.words.decision.about.say(&[("subject", subject), ("year", &place.year())])
}

fn bases(place: &Place<'_>, decision: &DecisionRow) -> Vec<Line> {
    let words = &place.words.decision;
    let mut bases = vec![words.charter.plain().to_owned()];
    let named: Vec<&str> = place.campaign.basis.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let named = if named.is_empty() { vec![place.book.title.vi.as_str()] } else { named };
    for line in named {
        let line = line.trim_end_matches([';', ',', '.']);
        let line = line.strip_prefix("Căn cứ ").unwrap_or(line);
        bases.push(words.basis.say(&[("basis", line)]));
    }
    let votes = [("in_favour", decision.in_favour.to_string()), ("base", decision.membership_base.to_string())];
    let votes: Vec<(&str, &str)> = votes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    bases.push(if decision.in_favour > 0 { words.vote.say(&votes) } else { words.proposals.plain().to_owned() });
    bases.into_iter().map(|text| Line { text }).collect()
}

fn articles(place: &Place<'_>, decision: &DecisionRow, count: &str) -> Vec<Line> {
    let words = &place.words.decision;
    let values =
        [("year", place.year()), ("count", count.to_owned()), ("subject", place.words.subject.plain().to_owned())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut list = words.article_list.say(&values);
    if !decision.cap_override_reason.is_empty() {
        list.push('\n');
        list.push_str(&words.over_cap.say(&[("reason", &decision.cap_override_reason)]));
    }
    vec![Line { text: list }, Line { text: words.article_charge.plain().to_owned() }]
}

fn recipients(place: &Place<'_>) -> Result<Vec<String>> {
    let office = place.body()?.office.plain();
    let values = [("superior", place.superior()), ("office", office)];
    let lines = place.words.decision.recipients.iter().map(|line| line.say(&values));
    Ok(lines.filter(|line| !place.superior().is_empty() || !line.starts_with(' ')).collect())
}

async fn people(place: &mut Place<'_>, lines: &[LevelRow], signed_on: Day) -> Result<Vec<Classified>> {
    let roll = place.roll(signed_on).await?;
    let lines: BTreeMap<Uuid, &LevelRow> = lines.iter().map(|line| (line.review_id, line)).collect();
    let reviews = store::review::list_of_campaign(place.conn, place.root, place.campaign.campaign_id).await?;
    let mut before = None;
    let mut people = Vec::new();
    for review in reviews {
        let Some(line) = lines.get(&review.review_id) else { continue };
        let group = if before == Some(review.unit_id) { String::new() } else { review.unit_name };
        before = Some(review.unit_id);
        people.push(Classified {
            group,
            name: review.full_name,
            post: roll.post(review.person_id),
            level: place.level_label(&line.level),
            note: line.reason.clone(),
        });
    }
    Ok(people)
}

fn summary(place: &Place<'_>, lines: &[LevelRow], count: &str) -> String {
    let of = |id: &str| lines.iter().filter(|line| line.level == id).count();
    let parts: Vec<String> = place
        .levels()
        .into_iter()
        .filter(|level| of(&level.id) > 0)
        .map(|level| {
            place.words.decision.level_count.say(&[("level", &level.label), ("count", &of(&level.id).to_string())])
        })
        .collect();
    let people = place.words.count_of_people.say(&[("count", count)]);
    if parts.is_empty() { format!("{people}.") } else { format!("{people}: {}.", parts.join("; ")) }
}
