//! Giấy tờ của văn bản chỉ đạo: to whom it goes, and who has not done yet what it says.

use domain::{Actor, Day, DirectiveId, UnitId};
use serde::Serialize;
use store::Conn;
use store::org::UnitRow;

use super::place::{Letterhead, body_of, issuer_of, place_date_of, superior};
use super::sheet::Sheet;
use super::words::{Words as PaperWords, official_day, words};
use crate::app::App;
use crate::error::{Error, Result, known};
use crate::judge::Words;
use crate::reads::direction::{Body, DirectiveLine, Matter, Recipients, chase, recipients};

/// Meaning of the list of recipients.
const TRANSMISSION: &str = "directive-transmission";
/// Meaning of the chase list.
const CHASE: &str = "directive-chase";

/// Thể loại văn bản.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentKind {
    /// Key, as stored.
    pub key: String,
    /// Name.
    pub words: Words,
}

/// The kinds of document in the order in which they are offered.
///
/// # Errors
/// [`Error::Fault`] when forms/words.toml cannot be read.
pub fn document_kinds() -> Result<Vec<DocumentKind>> {
    let kind = |one: &super::words::DocumentWords| DocumentKind {
        key: one.key.clone(),
        words: Words { vi: one.vi.plain().to_owned(), en: one.en.plain().to_owned() },
    };
    Ok(words()?.document.iter().map(kind).collect())
}

/// What forbids marks of secrecy on a network.
pub(crate) fn secrecy_source() -> Result<&'static str> {
    Ok(words()?.directive.secrecy_source.plain())
}

/// `127` as `127-CV/TU`: symbol and body are added when only the figure was typed.
pub(crate) fn full_number(typed: &str, kind: &str, suffix: &str) -> Result<String> {
    let words = words()?;
    let symbol = words.document.iter().find(|one| one.key == kind).map_or("", |one| one.symbol.plain());
    if typed.is_empty() || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(typed.to_owned());
    }
    let said = if suffix.is_empty() { &words.number.without_suffix } else { &words.number.full };
    Ok(said.say(&[("number", typed), ("symbol", symbol), ("suffix", suffix)]))
}

/// Danh sách nơi nhận, danh sách đôn đốc.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectivePaper {
    /// Head of the paper.
    #[serde(flatten)]
    pub letterhead: Letterhead,
    /// Number, day and issuer of the document.
    pub document: String,
    /// Abstract.
    pub about: String,
    /// What is to be done; empty for studying it.
    pub duty: String,
    /// Last day, empty for none.
    pub due_on: String,
    /// How many did it, of how many.
    pub count: String,
    /// The bodies.
    pub rows: Vec<DirectivePaperRow>,
}

/// Một nơi nhận.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DirectivePaperRow {
    /// Body.
    pub name: String,
    /// Who heads it, on the chase list.
    pub head: String,
    /// When it was acknowledged, on the list of recipients.
    pub done: String,
    /// Days late, on the chase list.
    pub late: String,
}

/// The list of who receives a directive, with the acknowledgements so far.
pub(super) async fn transmission(app: &App, actor: &Actor, conn: &mut Conn, id: DirectiveId) -> Result<Sheet> {
    let issuer = store::directive::directive(conn, actor.root.0, id.0).await?.ok_or(Error::Denied)?;
    let unit = UnitId(issuer.directive.unit_id);
    let page = recipients(app, actor, id, unit, Matter::Study).await?;
    let document = crate::direction::Document::load(conn, actor, id).await?;
    let path = document.path.clone();
    let followed = crate::reads::direction::following(conn, &document, Matter::Study, &path, app.clock.today()).await?;
    let row = |body: &Body| DirectivePaperRow {
        name: body.name.clone(),
        head: String::new(),
        done: body.done.as_ref().map_or_else(String::new, |done| done.on.shown()),
        late: String::new(),
    };
    let rows = followed.bodies.iter().map(row).collect();
    sheet(conn, actor, &page, (TRANSMISSION, app.clock.today()), rows).await
}

/// The list of who has not studied it, or not met an obligation.
pub(super) async fn chase_list(
    app: &App,
    actor: &Actor,
    conn: &mut Conn,
    (id, unit, matter): (DirectiveId, UnitId, Matter),
) -> Result<Sheet> {
    let (page, open) = chase(app, actor, id, unit, matter).await?;
    let row = |(body, head): (Body, String)| DirectivePaperRow {
        name: body.name,
        head,
        done: String::new(),
        late: if body.late > 0 { body.late.to_string() } else { String::new() },
    };
    let rows = open.into_iter().map(row).collect();
    sheet(conn, actor, &page, (CHASE, app.clock.today()), rows).await
}

async fn sheet(
    conn: &mut Conn,
    actor: &Actor,
    page: &Recipients,
    (meaning, today): (&str, Day),
    rows: Vec<DirectivePaperRow>,
) -> Result<Sheet> {
    let words = words()?;
    let unit = store::org::unit(conn, actor.root.0, page.unit.0).await?.ok_or(Error::Denied)?;
    let own = known(words.paper.get(meaning), "paper")?;
    let (done, all, _) = page.count;
    let paper = DirectivePaper {
        letterhead: letterhead(words, conn, actor, &unit, today).await?,
        document: named(words, &page.directive),
        about: page.directive.summary.clone(),
        duty: page.duty.as_ref().map_or_else(String::new, |duty| duty.what.clone()),
        due_on: page.due_on.map_or_else(String::new, Day::shown),
        count: format!("{done}/{all}"),
        rows,
    };
    let matter = match page.matter {
        Matter::Study => "study".to_owned(),
        Matter::Duty(place) => place.to_string(),
    };
    Ok(Sheet {
        form: format!("{meaning}/{}", own.version.plain()),
        title: own.title.plain().to_owned(),
        object: format!("{meaning}/{}/{}/{matter}", page.directive.id, page.unit),
        subject: unit.name,
        data: serde_json::to_value(paper)?,
    })
}

async fn letterhead(
    words: &'static PaperWords,
    conn: &mut Conn,
    actor: &Actor,
    unit: &UnitRow,
    today: Day,
) -> Result<Letterhead> {
    Ok(Letterhead {
        made_on: today.to_string(),
        superior: superior(conn, actor.root.0, unit).await?,
        issuer: issuer_of(body_of(words, &unit.kind)?, &unit.name),
        place_date: place_date_of(words, &unit.place, today),
    })
}

/// `Công văn số 4628-CV/VPTW ngày 29 tháng 8 năm 2022 của …`
fn named(words: &PaperWords, line: &DirectiveLine) -> String {
    let day = line.dated_on.map_or_else(String::new, official_day);
    let values = [
        ("kind", line.kind.vi.as_str()),
        ("number", line.number.as_str()),
        ("day", day.as_str()),
        ("issuer", line.issuer.as_str()),
    ];
    words.directive.transmission.say(&values)
}
