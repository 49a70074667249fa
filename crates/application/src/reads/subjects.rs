//! Danh sách đối tượng kiểm điểm, đánh giá, xếp loại of a campaign: who is classified, who is reviewed only, who neither, why.

use domain::policy::{Act, Resource, allows};
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{Actor, CampaignId, PersonId, ReviewId, UnitId};
use serde::Serialize;
use store::review::{Part, SubjectCountRow, SubjectRow};

use crate::app::{App, permit};
use crate::error::{Error, Result, known};
use crate::judge;

/// Trang danh sách đối tượng.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectsPage {
    /// Campaign.
    pub campaign: CampaignId,
    /// Its title.
    pub campaign_title: String,
    /// The unit whose subjects and those below are listed.
    pub unit: UnitId,
    /// Its name.
    pub unit_name: String,
    /// Counts of each kind that there is.
    pub counts: Vec<SubjectCounts>,
    /// Counts of all kinds.
    pub total: SubjectCounts,
    /// Kind that is listed; none for all.
    pub subject: Option<Subject>,
    /// Obligation that is listed; none for all.
    pub obligation: Option<Obligation>,
    /// How many are listed on all pages.
    pub found: i64,
    /// This page, from 1.
    pub page: i64,
    /// How many pages.
    pub pages: i64,
    /// The subjects of this page.
    pub lines: Vec<SubjectLine>,
    /// Whether the reader may print it.
    pub may_print: bool,
}

/// Số lượng của một loại đối tượng.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SubjectCounts {
    /// Kind; none for the total.
    pub subject: Option<Subject>,
    /// All.
    pub total: i64,
    /// Reviewed and classified.
    pub classified: i64,
    /// Reviewed, not classified.
    pub reviewed_only: i64,
    /// Neither.
    pub neither: i64,
}

/// Một đối tượng.
#[derive(Debug, Clone, Serialize)]
pub struct SubjectLine {
    /// Number in the list.
    pub number: i64,
    /// Review.
    pub review: ReviewId,
    /// Kind.
    pub subject: Subject,
    /// Name.
    pub name: String,
    /// Unit where the person is, or which a leader leads; empty for organisations and collectives.
    pub place: String,
    /// What it owes.
    pub obligation: Obligation,
    /// Why not the ordinary obligation, with the source.
    pub reason: String,
    /// Code of the rule behind it, empty in the ordinary case.
    pub code: String,
    /// Whether the reader may open the case.
    pub may_open: bool,
}

/// What is to be listed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Listed {
    /// Kind; none for all.
    pub subject: Option<Subject>,
    /// Obligation; none for all.
    pub obligation: Option<Obligation>,
    /// Page, from 1.
    pub page: i64,
}

/// Lines on one page.
const PAGE: i64 = 100;

/// The register of a unit and everything below it.
///
/// # Errors
/// [`Error::Denied`] outside the remit.
pub async fn subjects(
    app: &App,
    actor: &Actor,
    (campaign, unit): (CampaignId, UnitId),
    listed: Listed,
) -> Result<SubjectsPage> {
    let mut conn = app.read(actor.root).await?;
    let root = actor.root.0;
    let campaign = store::campaign::campaign(&mut conn, root, campaign.0).await?.ok_or(Error::Denied)?;
    let unit = store::org::unit(&mut conn, root, unit.0).await?.ok_or(Error::Denied)?;
    permit(actor, Act::ViewRoster, &Resource::of_unit(&unit.path))?;
    let body = UnitId(campaign.unit_id);
    let resource = Resource::of_unit(&unit.path).in_campaign_of(body);
    let rows = store::review::subject_counts(&mut conn, root, campaign.campaign_id, &unit.path).await?;
    let counts = counted(&rows)?;
    let found = counts.iter().filter(|one| listed.subject.is_none_or(|kind| one.subject == Some(kind)));
    let found = found.map(|one| one.owing(listed.obligation)).sum::<i64>();
    let pages = (found + PAGE - 1) / PAGE;
    let page = listed.page.clamp(1, pages.max(1));
    let part = Part {
        path: &unit.path,
        subject: listed.subject.map_or("", |kind| kind.word()),
        obligation: listed.obligation.map_or("", |owed| owed.word()),
        most: PAGE,
        after: (page - 1) * PAGE,
    };
    let rows = store::review::subjects(&mut conn, root, campaign.campaign_id, part).await?;
    let book = judge::book_of(app, &campaign)?;
    let lines = (part.after + 1..)
        .zip(rows)
        .map(|(number, row)| line((book, body), actor, number, row))
        .collect::<Result<Vec<_>>>()?;
    Ok(SubjectsPage {
        campaign: CampaignId(campaign.campaign_id),
        campaign_title: campaign.title,
        unit: UnitId(unit.unit_id),
        unit_name: unit.name,
        total: total(&counts),
        counts,
        subject: listed.subject,
        obligation: listed.obligation,
        found,
        page,
        pages,
        lines,
        may_print: allows(actor, Act::PrintPapers, &resource.in_campaign_of(UnitId(campaign.unit_id))),
    })
}

impl SubjectCounts {
    /// How many owe this, or all.
    #[must_use]
    pub const fn owing(&self, obligation: Option<Obligation>) -> i64 {
        match obligation {
            None => self.total,
            Some(Obligation::ReviewAndClassify) => self.classified,
            Some(Obligation::ReviewOnly) => self.reviewed_only,
            Some(Obligation::Neither) => self.neither,
        }
    }

    const fn add(&mut self, obligation: Obligation, number: i64) {
        self.total += number;
        match obligation {
            Obligation::ReviewAndClassify => self.classified += number,
            Obligation::ReviewOnly => self.reviewed_only += number,
            Obligation::Neither => self.neither += number,
        }
    }
}

/// Kinds in the order of the register.
pub(crate) const KINDS: [Subject; 4] = [Subject::Organization, Subject::Collective, Subject::Leader, Subject::Member];

/// Counts of the kinds that there are, in the order of the register.
pub(crate) fn counted(rows: &[SubjectCountRow]) -> Result<Vec<SubjectCounts>> {
    let mut counts = Vec::new();
    for kind in KINDS {
        let mut one = SubjectCounts { subject: Some(kind), ..SubjectCounts::default() };
        for row in rows.iter().filter(|row| row.subject == kind.word()) {
            one.add(known(Obligation::from_word(&row.obligation), "obligation")?, row.number);
        }
        if one.total > 0 {
            counts.push(one);
        }
    }
    Ok(counts)
}

/// The sum of all kinds.
pub(crate) fn total(counts: &[SubjectCounts]) -> SubjectCounts {
    let sum = |of: fn(&SubjectCounts) -> i64| counts.iter().map(of).sum();
    SubjectCounts {
        subject: None,
        total: sum(|one| one.total),
        classified: sum(|one| one.classified),
        reviewed_only: sum(|one| one.reviewed_only),
        neither: sum(|one| one.neither),
    }
}

fn line((book, body): (&rules::Book, UnitId), actor: &Actor, number: i64, row: SubjectRow) -> Result<SubjectLine> {
    let subject = known(Subject::from_word(&row.subject), "subject")?;
    let resource = match row.person_id {
        Some(person) => Resource::about(&row.unit_path, PersonId(person)),
        None => Resource::of_unit(&row.unit_path),
    };
    Ok(SubjectLine {
        number,
        review: ReviewId(row.review_id),
        name: named(subject, &row)?,
        place: if subject.is_person() { row.unit_name } else { String::new() },
        subject,
        obligation: known(Obligation::from_word(&row.obligation), "obligation")?,
        reason: row.obligation_reason,
        code: book.rule(&row.obligation_rule).map_or_else(String::new, |rule| rule.code.clone()),
        may_open: allows(actor, Act::ViewReview, &resource.decided_by(body)),
    })
}

/// Name of a subject as the register shows it.
pub(crate) fn named(subject: Subject, row: &SubjectRow) -> Result<String> {
    if subject.is_person() {
        return Ok(row.name.clone());
    }
    crate::papers::subject_name(subject, &row.unit_kind, &row.unit_name)
}
