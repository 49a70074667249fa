//! Phiếu phân tích chất lượng: the slips on an organisation or a collective, side by side.

use std::collections::BTreeMap;

use domain::policy::Act;
use domain::slip::SlipRole;
use domain::{Actor, Day, ReviewId, SlipId};
use serde::Serialize;
use store::review::SlipRow;

use super::review::{Head, head};
use crate::acts::review::{Loaded, open, permit_slips, sees_slip};
use crate::app::{App, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge::{self, Words};

/// Trang phiếu phân tích.
#[derive(Debug, Clone, Serialize)]
pub struct SlipsPage {
    /// Whose.
    pub head: Head,
    /// Criteria of the book, in the order of the form; none where the book goes by points.
    pub criteria: Vec<CriterionView>,
    /// Grades of the book: id and name.
    pub grades: Vec<(String, Words)>,
    /// Levels of the book: id and name.
    pub levels: Vec<(String, Words)>,
    /// The newest slip of each body, in the order in which the bodies came.
    pub slips: Vec<SlipView>,
    /// Whether the reader may enter a slip.
    pub may_record: bool,
}

/// Một tiêu chí trên phiếu.
#[derive(Debug, Clone, Serialize)]
pub struct CriterionView {
    /// Id.
    pub id: String,
    /// Number as printed.
    pub number: String,
    /// Title.
    pub title: Words,
    /// Whom it concerns; empty when it concerns every subject.
    pub only_for: Words,
}

/// Một phiếu.
#[derive(Debug, Clone, Serialize)]
pub struct SlipView {
    /// Slip.
    pub id: SlipId,
    /// The body.
    pub body: String,
    /// In which capacity it takes part.
    pub role: SlipRole,
    /// Criterion → name of the grade.
    pub grades: BTreeMap<String, Words>,
    /// Level's id, empty when none.
    pub level_id: String,
    /// Level's name.
    pub level: Words,
    /// General comment.
    pub comment: String,
    /// Signer.
    pub signer: String,
    /// Day of the paper.
    pub on: Day,
    /// Who entered it.
    pub entered_by: String,
    /// How many older slips of the same body there are.
    pub earlier: usize,
}

/// The slips on a review of an organisation or a collective.
///
/// # Errors
/// [`Error::Denied`] outside the remit, and about persons.
pub async fn slips(app: &App, actor: &Actor, review: ReviewId) -> Result<SlipsPage> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    permit(actor, Act::ViewReview, &loaded.resource())?;
    if loaded.subject.is_person() {
        return Err(Error::Denied);
    }
    let book = judge::book_of(app, &loaded.campaign)?;
    let mut rows = Vec::new();
    for row in store::review::slips(&mut conn, actor.root.0, review.0).await? {
        if sees_slip(&mut conn, actor, &loaded, &row.role).await? {
            rows.push(row);
        }
    }
    let may = permit_slips(&mut conn, actor, &loaded).await.is_ok();
    let criteria = book.criteria_of(loaded.subject.word()).into_iter().map(|one| CriterionView {
        id: one.id.clone(),
        number: one.number.clone(),
        title: Words::from(&one.title),
        only_for: one.only_for.as_ref().map_or_else(Words::default, Words::from),
    });
    Ok(SlipsPage {
        criteria: criteria.collect(),
        grades: book.grades.iter().map(|grade| (grade.id.clone(), Words::from(&grade.title))).collect(),
        levels: book.levels.iter().map(|level| (level.id.clone(), Words::from(&level.title))).collect(),
        slips: newest(&mut conn, book, rows).await?,
        may_record: may && open(&loaded)? && loaded.must_be_due().is_ok(),
        head: head(&loaded, actor)?,
    })
}

/// The newest slip of each body; bodies stand in the order of their first slips.
async fn newest(conn: &mut store::Conn, book: &rules::Book, rows: Vec<SlipRow>) -> Result<Vec<SlipView>> {
    let mut order: Vec<String> = Vec::new();
    let mut last: BTreeMap<String, (SlipRow, usize)> = BTreeMap::new();
    for row in rows {
        let earlier = last.get(&row.body_key).map_or(0, |(_, earlier)| earlier + 1);
        if earlier == 0 {
            order.push(row.body_key.clone());
        }
        last.insert(row.body_key.clone(), (row, earlier));
    }
    let mut views = Vec::new();
    for (row, earlier) in order.iter().filter_map(|key| last.remove(key)) {
        let by = store::org::person(conn, row.root_id, row.entered_by).await?;
        let grades: BTreeMap<String, String> = serde_json::from_str(&row.grades)?;
        let named = |(criterion, grade): (String, String)| {
            let name = book.grade(&grade).map_or_else(Words::default, |grade| Words::from(&grade.title));
            (criterion, name)
        };
        let level = row.level.as_deref().and_then(|id| book.level(id));
        views.push(SlipView {
            id: SlipId(row.slip_id),
            body: row.body,
            role: known(SlipRole::from_word(&row.role), "slip role")?,
            grades: grades.into_iter().map(named).collect(),
            level: level.map_or_else(Words::default, |level| Words::from(&level.title)),
            level_id: row.level.unwrap_or_default(),
            comment: row.comment,
            signer: row.signer,
            on: stored(Day::parse_stored(&row.signed_on), "signed_on")?,
            entered_by: by.map_or_else(String::new, |person| person.full_name),
            earlier,
        });
    }
    Ok(views)
}
