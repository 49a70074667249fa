//! Ghi phiếu chấm điểm: the subject scores itself, then whoever verifies scores it; the totals are reckoned by the rule book.

use std::collections::{BTreeMap, BTreeSet};

use domain::policy::Act;
use domain::review::{ReviewAct, after};
use domain::scoring::{ScoreRole, states_facts};
use domain::{Actor, FactId, Refusal, ReviewId, ScoreSheetId};
use rules::score::{Gravity, Score};
use rules::{Book, Rational, Value};
use store::Conn;
use store::review::{FactRow, ScoreSheetRow, insert_fact, insert_score_sheet};

use super::{Loaded, open, permit_writing};
use crate::acts::typed_text;
use crate::app::{App, Work};
use crate::error::{Error, Result};
use crate::judge::{self, scores};

/// Longest text of one field.
const LONGEST: usize = 500;

/// A sheet as typed.
#[derive(Debug, Clone, Default)]
pub struct RecordScores {
    /// As whom.
    pub role: Option<ScoreRole>,
    /// Fields by name.
    pub fields: BTreeMap<String, String>,
}

/// Records a sheet. Older ones stay; the newest verified one, else the subject's own, gives the facts. What an official stated
/// of it is never replaced by what the subject gave itself.
///
/// # Errors
/// `SCORE-001`, `-005` no number, `-002` something on the sheet cannot stand, `-003` far from the subject's own total without grounds,
/// `-004` weights moved without saying where that was announced, `FORM-002`, `REVIEW-001` after the decision, for the subject
/// itself after its meeting, `REVIEW-003` when no review is owed; [`Error::Denied`] where the book knows no points, and for whoever verifies himself.
pub async fn record_scores(app: &App, actor: &Actor, review: ReviewId, order: &RecordScores) -> Result<ScoreSheetId> {
    let mut work = Work::begin(app, actor).await?;
    let loaded = Loaded::load(&mut work.tx, actor, review).await?;
    let role = order.role.ok_or(Error::Denied)?;
    permit_scoring(&mut work.tx, actor, &loaded, role).await?;
    loaded.must_be_due()?;
    if role == ScoreRole::Own {
        after(loaded.state()?, ReviewAct::Submit)?;
    } else if !open(&loaded)? {
        return Err(Refusal::new("REVIEW-001").into());
    }
    let book = judge::book_of(app, &loaded.campaign)?;
    let mut fields = scores::Fields::new();
    for (name, value) in order.fields.iter().filter(|(_, value)| !value.trim().is_empty()) {
        fields.insert(name.clone(), typed_text(value, name, LONGEST)?);
    }
    let frame = scores::frame_of(book, loaded.subject.word(), &fields).ok_or(Error::Denied)?;
    fields.insert("frame".to_owned(), frame.id.clone());
    let settings = judge::settings_of(book, &loaded.campaign.settings)?;
    let score = scores::reckon(book, frame, &settings, &fields).map_err(Error::Refused)?;
    let Some(totals) = score.totals else { return Err(Error::Refused(cannot_stand(&score))) };
    let total = Value::Fraction(totals.total.rounded).write();
    let before = store::review::score_sheets(&mut work.tx, actor.root.0, review.0).await?;
    moved_weights_are_announced(&fields)?;
    if role == ScoreRole::Verifying {
        difference_has_grounds(book, &before, totals.total.rounded, &fields)?;
    }
    let is_verified = before.iter().any(|sheet| sheet.role == ScoreRole::Verifying.word());
    let stated = stated_by_others(&mut work.tx, &loaded, &before).await?;
    let row = ScoreSheetRow {
        root_id: work.root(),
        sheet_id: work.id::<ScoreSheetId>().0,
        review_id: review.0,
        role: role.word().to_owned(),
        content: serde_json::to_string(&fields)?,
        total: total.clone(),
        entered_by: actor.person.0,
        entered_at: work.at,
    };
    insert_score_sheet(&mut work.tx, &row).await?;
    work.note("review.scores_recorded", loaded.object(), None, Some(&row))?;
    let mut facts: Vec<(String, String)> = Vec::new();
    if states_facts(role, is_verified) {
        let kept = |name: &String| role == ScoreRole::Own && stated.contains(name);
        let ours = score.facts.iter().filter(|(name, _)| !kept(name));
        facts.extend(ours.map(|(name, value)| (name.clone(), value.write())));
    }
    if role == ScoreRole::Own && book.fact(scores::SELF_SCORE).is_some() {
        facts.push((scores::SELF_SCORE.to_owned(), total));
    }
    state(&mut work, actor, &loaded, facts).await?;
    work.commit().await?;
    Ok(ScoreSheetId(row.sheet_id))
}

/// Weights are moved only as it was announced at the start of the period.
fn moved_weights_are_announced(fields: &scores::Fields) -> Result<()> {
    let moved = fields.keys().any(|name| name.starts_with("moved-") && name != scores::MOVED_BASIS);
    if moved && !fields.contains_key(scores::MOVED_BASIS) {
        return Err(Refusal::new("SCORE-004").at(scores::MOVED_BASIS).into());
    }
    Ok(())
}

/// Whoever verifies a total far from the subject's own says why in writing, where the book asks for it.
fn difference_has_grounds(
    book: &Book,
    sheets: &[ScoreSheetRow],
    total: Rational,
    fields: &scores::Fields,
) -> Result<()> {
    let own = sheets.iter().rfind(|sheet| sheet.role == ScoreRole::Own.word());
    let own = own.and_then(|sheet| sheet.total.parse::<Rational>().ok());
    let asked = own.and_then(|own| scores::needs_grounds(book, own, total));
    match asked.filter(|_| !fields.contains_key(scores::DIFFERENCE_GROUNDS)) {
        Some(most) => Err(scores::without_grounds(book, most, scores::DIFFERENCE_GROUNDS).into()),
        None => Ok(()),
    }
}

/// Names of facts that were last stated otherwise than by the subject's own sheet.
async fn stated_by_others(conn: &mut Conn, loaded: &Loaded, sheets: &[ScoreSheetRow]) -> Result<BTreeSet<String>> {
    let own = |fact: &FactRow| {
        let of_sheet =
            |sheet: &&ScoreSheetRow| (sheet.entered_by, sheet.entered_at) == (fact.stated_by, fact.stated_at);
        sheets.iter().find(of_sheet).is_some_and(|sheet| sheet.role == ScoreRole::Own.word())
    };
    let facts = store::review::facts(conn, loaded.review.root_id, loaded.review.review_id).await?;
    let newest: BTreeMap<String, FactRow> = facts.into_iter().map(|fact| (fact.name.clone(), fact)).collect();
    Ok(newest.into_iter().filter(|(_, fact)| !own(fact)).map(|(name, _)| name).collect())
}

/// The subject scores itself as it writes its review; whoever verifies is not whom it is about.
pub(crate) async fn permit_scoring(conn: &mut Conn, actor: &Actor, loaded: &Loaded, role: ScoreRole) -> Result<()> {
    match role {
        ScoreRole::Own => permit_writing(actor, loaded),
        ScoreRole::Verifying if loaded.person_id() == Some(actor.person) => Err(Error::Denied),
        ScoreRole::Verifying => loaded.permit_stating(conn, actor, Act::StateFact).await,
    }
}

/// One refusal for each finding that is in the way; the page shows the finding itself.
fn cannot_stand(score: &Score) -> Vec<Refusal> {
    let refused = score.findings.iter().filter(|finding| finding.gravity == Gravity::Refused);
    let mut faults: Vec<Refusal> =
        refused.map(|finding| Refusal::new("SCORE-002").with("finding", &finding.message.vi)).collect();
    if faults.is_empty() {
        faults.push(Refusal::new("SCORE-002").with("finding", ""));
    }
    faults
}

async fn state(work: &mut Work<'_>, actor: &Actor, loaded: &Loaded, facts: Vec<(String, String)>) -> Result<()> {
    if facts.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::new();
    for (name, value) in facts {
        let row = FactRow {
            root_id: work.root(),
            fact_id: work.id::<FactId>().0,
            review_id: loaded.review.review_id,
            name,
            value,
            evidence: crate::papers::score_sheet_as_evidence(work.today())?,
            stated_by: actor.person.0,
            stated_at: work.at,
        };
        insert_fact(&mut work.tx, &row).await?;
        rows.push(row);
    }
    work.note("review.facts_stated", loaded.object(), None, Some(&rows))
}
