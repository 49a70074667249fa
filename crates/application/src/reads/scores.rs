//! Phiếu chấm điểm: the frame of the rule book to be filled in, and what was scored so far, side by side.

use std::collections::BTreeMap;

use domain::policy::{Act, allows};
use domain::review::{ReviewAct, after};
use domain::scoring::ScoreRole;
use domain::{Actor, ReviewId, ScoreSheetId};
use rules::Book;
use rules::book::{PointFrame, ResultsMethod};
use serde::Serialize;
use store::review::ScoreSheetRow;

use super::review::{Head, head};
use crate::acts::review::{Loaded, open, permit_scoring};
use crate::app::App;
use crate::error::{Error, Result, known};
use crate::judge::{self, Words, scores};
use crate::rulebooks::Reckoned;

/// Trang chấm điểm.
#[derive(Debug, Clone, Serialize)]
pub struct ScoresPage {
    /// Whose.
    pub head: Head,
    /// Frames of the book for this kind of subject: id and title.
    pub frames: Vec<(String, Words)>,
    /// The frame that is shown.
    pub frame: FrameView,
    /// The newest sheet of each role.
    pub sheets: Vec<SheetView>,
    /// As whom the reader may score now.
    pub roles: Vec<ScoreRole>,
}

/// Khung điểm.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FrameView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Words,
    /// Most points of the general criteria.
    pub general: String,
    /// Most points of the results.
    pub results: String,
    /// Criteria by groups; none where only their sum is known.
    pub groups: Vec<(Words, Vec<Asked>)>,
    /// Parts or percentages of the results; none where products are scored.
    pub parts: Vec<Asked>,
    /// How products are scored, where they are.
    pub products: Option<ProductsView>,
    /// Source.
    pub citation: String,
}

/// Một dòng phải chấm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Name of the field.
    pub field: String,
    /// Number as printed, and what is asked.
    pub title: Words,
    /// Most points, or 100 for percentages.
    pub most: String,
    /// Field of the grounds for what was cut, empty where none are asked.
    pub grounds: String,
}

/// Cách chấm sản phẩm.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProductsView {
    /// Sets of components: id, title, and the components with their weights.
    pub sets: Vec<(String, Words)>,
    /// By how many percentage points a weight may be moved; empty where none may.
    pub moves: String,
    /// Letters of the components, the same in each set.
    pub components: Vec<(String, Words)>,
    /// Kinds of products.
    pub kinds: Vec<(String, Words)>,
    /// Fewest and most.
    pub bounds: (u64, u64),
    /// Rows that are offered.
    pub rows: usize,
}

/// Một phiếu đã ghi.
#[derive(Debug, Clone, Serialize)]
pub struct SheetView {
    /// Sheet.
    pub id: ScoreSheetId,
    /// As whom.
    pub role: ScoreRole,
    /// What was typed.
    pub fields: BTreeMap<String, String>,
    /// Points.
    pub reckoned: Reckoned,
    /// Who entered it.
    pub by: String,
    /// When.
    pub at: chrono::DateTime<chrono::Utc>,
    /// How many older ones of the role there are.
    pub earlier: usize,
}

/// The scores of a review; `frame` names another frame than the first one.
///
/// # Errors
/// [`Error::Denied`] for whoever may not read what was handed in, and where the book knows no points for such a subject.
pub async fn scores(app: &App, actor: &Actor, review: ReviewId, frame: &str) -> Result<ScoresPage> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let mut roles = Vec::new();
    for role in ScoreRole::ALL {
        if permit_scoring(&mut conn, actor, &loaded, *role).await.is_ok() {
            roles.push(*role);
        }
    }
    (reads(actor, &loaded) || !roles.is_empty()).then_some(()).ok_or(Error::Denied)?;
    let book = judge::book_of(app, &loaded.campaign)?;
    let asked = BTreeMap::from([("frame".to_owned(), frame.to_owned())]);
    let shown = scores::frame_of(book, loaded.subject.word(), &asked).ok_or(Error::Denied)?;
    let rows = store::review::score_sheets(&mut conn, actor.root.0, review.0).await?;
    let mut sheets = Vec::new();
    for role in ScoreRole::ALL {
        let of_role: Vec<&ScoreSheetRow> = rows.iter().filter(|row| row.role == role.word()).collect();
        if let Some(last) = of_role.last() {
            sheets.push(sheet(&mut conn, book, &loaded, last, of_role.len() - 1).await?);
        }
    }
    if !open(&loaded)? || loaded.must_be_due().is_err() {
        roles.clear();
    }
    if after(loaded.state()?, ReviewAct::Submit).is_err() {
        roles.retain(|role| *role != ScoreRole::Own);
    }
    let frames = scores::frames(book, loaded.subject.word());
    Ok(ScoresPage {
        frames: frames.iter().map(|frame| (frame.id.clone(), Words::from(&frame.title))).collect(),
        frame: frame_view(book, shown),
        sheets,
        roles,
        head: head(&loaded, actor)?,
    })
}

/// The subject itself, and whoever may open the dossier with what was handed in: not everybody of the same cell.
pub(crate) fn reads(actor: &Actor, loaded: &Loaded) -> bool {
    let may = |act| allows(actor, act, &loaded.resource());
    loaded.is_own(actor) || may(Act::ViewReview) && may(Act::ViewSelfReview)
}

/// What a sheet that is being typed comes to, nothing saved.
///
/// # Errors
/// `SCORE-001`; [`Error::Denied`] for whoever may not score.
pub async fn reckon_typed(
    app: &App,
    actor: &Actor,
    review: ReviewId,
    fields: &BTreeMap<String, String>,
) -> Result<Reckoned> {
    let mut conn = app.read(actor.root).await?;
    let loaded = Loaded::load(&mut conn, actor, review).await?;
    let own = permit_scoring(&mut conn, actor, &loaded, ScoreRole::Own).await;
    if own.is_err() {
        permit_scoring(&mut conn, actor, &loaded, ScoreRole::Verifying).await?;
    }
    let book = judge::book_of(app, &loaded.campaign)?;
    reckoned(book, &loaded, fields)
}

fn reckoned(book: &Book, loaded: &Loaded, fields: &BTreeMap<String, String>) -> Result<Reckoned> {
    let frame = scores::frame_of(book, loaded.subject.word(), fields).ok_or(Error::Denied)?;
    let settings = judge::settings_of(book, &loaded.campaign.settings)?;
    let score = scores::reckon(book, frame, &settings, fields).map_err(Error::Refused)?;
    Ok(Reckoned::of(&score))
}

async fn sheet(
    conn: &mut store::Conn,
    book: &Book,
    loaded: &Loaded,
    row: &ScoreSheetRow,
    earlier: usize,
) -> Result<SheetView> {
    let fields: BTreeMap<String, String> = serde_json::from_str(&row.content)?;
    let by = store::org::person(conn, row.root_id, row.entered_by).await?;
    Ok(SheetView {
        id: ScoreSheetId(row.sheet_id),
        role: known(ScoreRole::from_word(&row.role), "role of a score sheet")?,
        reckoned: reckoned(book, loaded, &fields)?,
        fields,
        by: by.map_or_else(String::new, |person| person.full_name),
        at: row.entered_at,
        earlier,
    })
}

/// A sheet with its review, for whoever may read it; with its points.
pub(crate) async fn one_sheet(
    app: &App,
    actor: &Actor,
    conn: &mut store::Conn,
    id: ScoreSheetId,
) -> Result<(SheetView, Loaded)> {
    let row = store::review::score_sheet(conn, actor.root.0, id.0).await?.ok_or(Error::Denied)?;
    let loaded = Loaded::load(conn, actor, ReviewId(row.review_id)).await?;
    reads(actor, &loaded).then_some(()).ok_or(Error::Denied)?;
    let book = judge::book_of(app, &loaded.campaign)?;
    Ok((sheet(conn, book, &loaded, &row, 0).await?, loaded))
}

fn frame_view(book: &Book, frame: &PointFrame) -> FrameView {
    let plain = |number: rules::Rational| number.to_decimal(1).trim_end_matches('0').trim_end_matches('.').to_owned();
    let criteria = |group: &rules::book::points::PointGroup| {
        let one = |one: &rules::book::points::PointCriterion| Asked {
            field: format!("mark-{}", one.id),
            title: numbered(&one.number, &one.title),
            most: plain(one.points),
            grounds: frame.grounds_from.map_or_else(String::new, |_| format!("grounds-{}", one.id)),
        };
        (Words::from(&group.title), group.criteria.iter().map(one).collect::<Vec<_>>())
    };
    let asked = |field: String, title: &rules::Text, most: String| Asked {
        field,
        title: Words::from(title),
        most,
        grounds: String::new(),
    };
    let parts = match &frame.method {
        ResultsMethod::Parts(parts) => {
            parts.iter().map(|one| asked(format!("part-{}", one.id), &one.title, plain(one.points))).collect()
        }
        ResultsMethod::Shares(rules) => {
            let percent =
                |one: &rules::book::points::Share| asked(format!("share-{}", one.id), &one.title, "100".to_owned());
            rules.shares.iter().map(percent).collect()
        }
        ResultsMethod::Products(_) => Vec::new(),
    };
    let groups: Vec<(Words, Vec<Asked>)> = frame.groups.iter().map(criteria).collect();
    FrameView {
        id: frame.id.clone(),
        title: Words::from(&frame.title),
        general: plain(frame.general),
        results: plain(frame.results),
        groups: groups.into_iter().filter(|(_, criteria)| !criteria.is_empty()).collect(),
        parts,
        products: products_view(book, frame),
        citation: judge::cited(&frame.citation),
    }
}

fn numbered(number: &str, title: &rules::Text) -> Words {
    Words { vi: format!("{number}. {}", title.vi), en: format!("{number}. {}", title.en) }
}

/// Title of a set with its weights.
fn weighed(set: &rules::book::points::ComponentSet) -> Words {
    let weights: Vec<String> = set.components.iter().map(|one| one.weight.to_decimal(0)).collect();
    let weights = weights.join("/");
    Words { vi: format!("{} ({weights})", set.title.vi), en: format!("{} ({weights})", set.title.en) }
}

fn products_view(book: &Book, frame: &PointFrame) -> Option<ProductsView> {
    let ResultsMethod::Products(rules) = &frame.method else { return None };
    let sets = &book.points.component_sets;
    let components = sets.first().into_iter().flat_map(|set| &set.components);
    Some(ProductsView {
        sets: sets.iter().map(|set| (set.id.clone(), weighed(set))).collect(),
        moves: sets.iter().find_map(|set| set.adjust_by).map_or_else(String::new, |by| by.to_decimal(0)),
        components: components.map(|one| (one.id.clone(), Words::from(&one.title))).collect(),
        kinds: rules.kinds.iter().map(|kind| (kind.id.clone(), Words::from(&kind.title))).collect(),
        bounds: (rules.fewest, rules.most),
        rows: scores::MOST_PRODUCTS,
    })
}
