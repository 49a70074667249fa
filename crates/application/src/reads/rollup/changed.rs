//! Ai đã khác từ khi báo cáo: the subjects that are not counted as they were in a reported table, each with the act behind it.

use chrono::{DateTime, Utc};
use domain::policy::{Act, Resource, allows};
use domain::{Actor, PersonId, ReviewId};
use serde::Serialize;
use store::rollup::{self, ChangedRow, ReportRow};
use store::{Conn, journal};

use super::{Place, list};
use crate::error::Result;
use crate::judge::Words;

/// Acts that take a subject into a table, out of it, or to another unit, obligation or level.
const BEHIND: [&str; 6] =
    ["review.opened", "review.moved", "review.withdrawn", "review.restored", "review.left_out", "review.decided"];

/// Một trang các trường hợp đã khác.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangedSubjects {
    /// Subjects.
    pub subjects: Vec<ChangedSubject>,
    /// Page, from 1.
    pub page: u32,
    /// Number of the first line.
    pub first: u32,
    /// Whether there is a next page.
    pub more: bool,
}

/// Một trường hợp đã khác.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedSubject {
    /// Review, for whoever may open it.
    pub link: Option<ReviewId>,
    /// Word of `Subject`.
    pub subject: String,
    /// Name of the person or unit.
    pub name: String,
    /// As it was reported, and as it is now.
    pub counted: [Counted; 2],
    /// The last act that can have changed it, as in the journal, and when. Who did it is a matter of the history.
    pub act: Option<(String, DateTime<Utc>)>,
}

/// Một trường hợp được tính vào bảng như thế nào.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Name of the unit; empty when it is not counted here.
    pub unit: String,
    /// Word of `Obligation`.
    pub obligation: String,
    /// Level, empty before one is decided.
    pub level: Words,
}

/// One page of the subjects that are not counted as they were reported.
pub(super) async fn subjects(
    conn: &mut Conn,
    actor: &Actor,
    (place, book): (&Place, &rules::Book),
    report: &ReportRow,
    page: u32,
) -> Result<ChangedSubjects> {
    let page = page.max(1);
    let first = (page - 1).saturating_mul(list::PAGE);
    let rows = rollup::changed_since(conn, report, &place.within.path, (list::PAGE + 1, first)).await?;
    let mut subjects = Vec::new();
    for row in rows.iter().take(list::PAGE as usize) {
        let act = behind(conn, row, report).await?;
        subjects.push(ChangedSubject { act, ..subject(actor, book, row) });
    }
    Ok(ChangedSubjects { subjects, page, first: first + 1, more: rows.len() > list::PAGE as usize })
}

fn resource(row: &ChangedRow) -> Resource {
    match row.person_id {
        Some(person) => Resource::about(&row.place, PersonId(person)),
        None => Resource::of_unit(&row.place),
    }
}

fn subject(actor: &Actor, book: &rules::Book, row: &ChangedRow) -> ChangedSubject {
    let level = |id: &str| book.level(id).map(|level| Words::from(&level.title)).unwrap_or_default();
    let counted = |unit: &str, obligation: &str, id: &str| Counted {
        unit: unit.to_owned(),
        obligation: obligation.to_owned(),
        level: level(id),
    };
    ChangedSubject {
        link: allows(actor, Act::ViewReview, &resource(row)).then_some(ReviewId(row.review_id)),
        subject: row.subject.clone(),
        name: row.name.clone(),
        counted: [
            counted(&row.unit_before, &row.obligation_before, &row.level_before),
            counted(&row.unit_now, &row.obligation_now, &row.level_now),
        ],
        act: None,
    }
}

async fn behind(conn: &mut Conn, row: &ChangedRow, report: &ReportRow) -> Result<Option<(String, DateTime<Utc>)>> {
    let happened = journal::of_review(conn, report.root_id, row.review_id).await?;
    let mut since = happened.into_iter().filter(|one| one.at >= report.reported_at);
    Ok(since.rfind(|one| BEHIND.contains(&one.act.as_str())).map(|one| (one.act, one.at)))
}
