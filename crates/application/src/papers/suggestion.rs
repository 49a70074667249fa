//! Văn bản gợi ý kiểm điểm của cấp trên, as the reviewed gets it and as it lies in the dossier.

use domain::suggestion::SuggestionState;
use domain::{Actor, PersonId, SuggestionId};
use serde::Serialize;
use store::Conn;

use super::place::{Letterhead, Place, day_of, shown};
use crate::acts::suggestion::{Suggested, ground_name};
use crate::app::App;
use crate::error::{Error, Result};

/// Meaning of its form.
pub(super) const SUGGESTION: &str = "suggestion";

/// Văn bản gợi ý kiểm điểm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuggestionPaper {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number, written by hand.
    pub number: String,
    /// Line of the journal, or that it is a draft.
    pub checkpoint: String,
    /// That it was withdrawn, and why; empty when it was not.
    pub withdrawn: String,
    /// Year under review.
    pub year: String,
    /// Whom it is about.
    pub name: String,
    /// Unit where that is reviewed.
    pub unit: String,
    /// Who suggests what to whom.
    pub opening: String,
    /// Issues.
    pub issues: Vec<IssueOnPaper>,
    /// What is to be done by when.
    pub closing: String,
    /// To whom it goes.
    pub recipients: Vec<String>,
    /// In whose name it is signed.
    pub authority: String,
    /// Post of the signer.
    pub signer_post: String,
    /// Signer.
    pub signer: String,
}

/// Một vấn đề trên giấy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueOnPaper {
    /// Ground.
    pub ground: String,
    /// What happened.
    pub facts: String,
    /// What proves it.
    pub evidence: String,
    /// What must be explained.
    pub question: String,
    /// By whom.
    pub explained_by: String,
}

/// The paper for whoever sees the suggestion, with the place of the body that suggests.
pub(super) async fn read<'a>(
    app: &'a App,
    actor: &Actor,
    conn: &'a mut Conn,
    id: SuggestionId,
) -> Result<(SuggestionPaper, Place<'a>)> {
    let asked = Suggested::load(conn, actor, id).await?;
    if !asked.is_seen_by(actor)? {
        return Err(Error::Denied);
    }
    let (campaign, body) = (asked.review.campaign.campaign_id, asked.body.unit_id);
    let mut place = Place::find(app, conn, actor.root.0, campaign, body).await?;
    let paper = fill(&mut place, &asked).await?;
    Ok((paper, place))
}

async fn fill(place: &mut Place<'_>, asked: &Suggested) -> Result<SuggestionPaper> {
    let words = &place.words.suggestion;
    let on = day_of(asked.row.sent_at.unwrap_or(asked.row.drafted_at));
    let checkpoint = match asked.row.sent_at {
        Some(sent) => place.checkpoint(Some(sent)).await?,
        None => words.draft.plain().to_owned(),
    };
    let signature = place.signature(on).await?;
    let (post, signer) = match asked.row.sent_by {
        Some(by) => (place.signing_post(PersonId(by), on).await?, place.name(by).await?),
        None => (signature.post, signature.name),
    };
    let (name, year, body) = (asked.review.name()?, place.year(), place.issuer()?);
    let due = if asked.row.due_on.is_empty() { None } else { Some(asked.row.due_on.as_str()) };
    let due = shown(due)?;
    let values = [("body", body.as_str()), ("name", &name), ("year", &year), ("day", &due)];
    let office = [("office", place.body()?.office.plain())];
    let withdrawn = asked.state()? == SuggestionState::Withdrawn;
    Ok(SuggestionPaper {
        letterhead: place.letterhead(on)?,
        number: place.by_hand(SUGGESTION),
        checkpoint,
        withdrawn: if withdrawn {
            words.withdrawn.say(&[("reason", &asked.row.withdrawn_reason)])
        } else {
            String::new()
        },
        opening: words.opening.say(&values),
        closing: words.closing.say(&values),
        issues: asked.issues.iter().map(|issue| on_paper(place.book, issue)).collect(),
        recipients: words.recipients.iter().map(|line| line.say(&office)).collect(),
        unit: asked.review.unit.name.clone(),
        authority: signature.authority,
        signer_post: post,
        signer,
        name,
        year,
    })
}

fn on_paper(book: &rules::Book, issue: &crate::acts::suggestion::Asked) -> IssueOnPaper {
    let row = &issue.row;
    IssueOnPaper {
        ground: ground_name(book, row),
        facts: row.facts.clone(),
        evidence: row.evidence.clone(),
        question: row.question.clone(),
        explained_by: row.explained_by.clone(),
    }
}
