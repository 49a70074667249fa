//! Một bản giấy: which paper, for whom it may be made, and its data.

use domain::{
    Actor, CalibrationId, CampaignId, DecisionId, DirectiveId, ReportId, ReviewId, ScoreSheetId, SlipId, SuggestionId,
    UnitId,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Conn;

use super::assignment_list::ASSIGNMENT_LIST;
use super::number::{NOTICE, object};
use super::place::Place;
use super::published_list::PUBLISHED_LIST;
use super::session_agenda::SESSION_AGENDA;
use super::subject_register::SUBJECT_REGISTER;
use super::suggestion::SUGGESTION;
use super::words::words;
use super::{
    analysis_slip, assignment_list, attendance_list, ballot, calibration_minutes, collective_review, decision,
    directive, individual_review, meeting_minutes, notice, proposal_list, published_list, score_sheet, session_agenda,
    subject_register, suggestion, summary_table,
};
use crate::acts::decision::CALIBRATION_MINUTES;
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Error, Result};
use crate::library::{COLLECTIVE_REVIEW, INDIVIDUAL_REVIEW};
use crate::ports::Format;
use crate::reads::direction::Matter;

/// Giấy tờ của một đơn vị trong một đợt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UnitPaper {
    /// Danh sách dự hội nghị.
    AttendanceList,
    /// Phiếu.
    Ballot,
    /// Biên bản kiểm phiếu.
    CountingMinutes,
    /// Biên bản hội nghị.
    MeetingMinutes,
    /// Danh sách đề nghị.
    ProposalList,
    /// Quyết định.
    Decision,
    /// Biểu tổng hợp.
    SummaryTable,
}

impl UnitPaper {
    /// In the order in which they arise.
    pub const ALL: [Self; 7] = [
        Self::AttendanceList,
        Self::Ballot,
        Self::CountingMinutes,
        Self::MeetingMinutes,
        Self::ProposalList,
        Self::Decision,
        Self::SummaryTable,
    ];

    /// Meaning of its form.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::AttendanceList => "attendance-list",
            Self::Ballot => "ballot",
            Self::CountingMinutes => "counting-minutes",
            Self::MeetingMinutes => "meeting-minutes",
            Self::ProposalList => "proposal-list",
            Self::Decision => "decision",
            Self::SummaryTable => "summary-table",
        }
    }

    /// The paper of a meaning.
    #[must_use]
    pub fn from_meaning(meaning: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.meaning() == meaning)
    }

    /// Formats it can have: what is one table is also a workbook.
    #[must_use]
    pub const fn formats(self) -> &'static [Format] {
        match self {
            Self::MeetingMinutes | Self::Decision => &[Format::Pdf, Format::Docx],
            _ => &[Format::Pdf, Format::Docx, Format::Xlsx],
        }
    }
}

/// Bản giấy nào.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A paper of a unit in a campaign.
    OfUnit {
        /// Campaign.
        campaign: CampaignId,
        /// Unit.
        unit: UnitId,
        /// Which.
        paper: UnitPaper,
    },
    /// The register of the subjects of a unit and everything below it.
    SubjectRegister {
        /// Campaign.
        campaign: CampaignId,
        /// Unit.
        unit: UnitId,
    },
    /// The summary table of a unit in a round as it was reported.
    Reported {
        /// Round.
        campaign: CampaignId,
        /// Unit.
        unit: UnitId,
        /// Report.
        report: ReportId,
    },
    /// The agenda of the session in which a body decides.
    Agenda(CampaignId),
    /// The minutes of a calibration.
    Calibration(CalibrationId),
    /// The list of an issued decision as it is made known.
    Published(DecisionId),
    /// To whom a directive goes.
    Transmission(DirectiveId),
    /// Who at and below a unit has not studied a directive, or not met an obligation.
    Chase(DirectiveId, UnitId, Matter),
    /// A handed-in self-review.
    SelfReview(ReviewId),
    /// A self-review that is not handed in, for its writer.
    Draft(ReviewId),
    /// The notice to a person.
    Notice(ReviewId),
    /// An analysis slip to be filled in by hand.
    BlankSlip(ReviewId),
    /// An analysis slip as it was entered.
    Slip(SlipId),
    /// A scoring sheet.
    ScoreSheet(ScoreSheetId),
    /// Who follows which unit in a campaign.
    Assignments(CampaignId),
    /// A suggestion of the superior.
    Suggestion(SuggestionId),
}

impl What {
    /// Formats it can have.
    #[must_use]
    pub const fn formats(self) -> &'static [Format] {
        match self {
            Self::OfUnit { paper, .. } => paper.formats(),
            Self::SubjectRegister { .. }
            | Self::Reported { .. }
            | Self::Published(_)
            | Self::Assignments(_)
            | Self::Transmission(_)
            | Self::Chase(..) => &[Format::Pdf, Format::Docx, Format::Xlsx],
            _ => &[Format::Pdf, Format::Docx],
        }
    }
}

/// A paper ready for the press.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Form with version.
    pub(super) form: String,
    /// Name of the paper.
    pub(super) title: String,
    /// On what: kind and identifier, as in the journal.
    pub(super) object: String,
    /// Unit or person in the file's name.
    pub(super) subject: String,
    /// What fills the layout.
    pub(super) data: Value,
}

/// The data of a paper as JSON, for whoever may print it.
///
/// # Errors
/// `PAPER-001` … `-007` when what it shows does not exist yet; [`Error::Denied`].
pub async fn data(app: &App, actor: &Actor, what: What) -> Result<Value> {
    store::journal::integrate(&app.db, actor.root).await?;
    let mut reader = app.read(actor.root).await?;
    Ok(read(app, actor, &mut reader, what).await?.data)
}

pub(super) async fn read(app: &App, actor: &Actor, conn: &mut Conn, what: What) -> Result<Sheet> {
    match what {
        What::OfUnit { campaign, unit, paper } => {
            let mut place = Place::open(app, actor, conn, campaign, unit).await?;
            of_unit(&mut place, paper).await
        }
        What::SubjectRegister { campaign, unit } => {
            let mut place = Place::open(app, actor, conn, campaign, unit).await?;
            let paper = subject_register::read(&mut place).await?;
            of_place(&place, SUBJECT_REGISTER, object(SUBJECT_REGISTER, campaign.0, unit.0), &paper)
        }
        What::Reported { campaign, unit, report } => {
            let mut place = Place::open(app, actor, conn, campaign, unit).await?;
            let meaning = UnitPaper::SummaryTable.meaning();
            let paper = summary_table::round::read_reported(&mut place, report).await?;
            of_place(&place, meaning, format!("{meaning}/{report}"), &paper)
        }
        What::Agenda(campaign) => {
            let (paper, place) = session_agenda::read(app, actor, conn, campaign).await?;
            of_place(&place, SESSION_AGENDA, object(SESSION_AGENDA, campaign.0, place.unit.unit_id), &paper)
        }
        What::Calibration(id) => {
            let (paper, place) = calibration_minutes::read(app, actor, conn, id).await?;
            of_place(&place, CALIBRATION_MINUTES, format!("{CALIBRATION_MINUTES}/{id}"), &paper)
        }
        What::Published(decision) => {
            let row = crate::reads::publication::issued(conn, actor.root.0, decision).await?;
            let (campaign, unit) = (CampaignId(row.campaign_id), UnitId(row.unit_id));
            let mut place = Place::open(app, actor, conn, campaign, unit).await?;
            let paper = published_list::read(&mut place, &row).await?;
            of_place(&place, PUBLISHED_LIST, format!("{PUBLISHED_LIST}/{decision}"), &paper)
        }
        What::Transmission(id) => directive::transmission(app, actor, conn, id).await,
        What::Chase(id, unit, matter) => directive::chase_list(app, actor, conn, (id, unit, matter)).await,
        What::Assignments(campaign) => {
            let (paper, place) = assignment_list::read(app, actor, conn, campaign).await?;
            of_place(&place, ASSIGNMENT_LIST, format!("{ASSIGNMENT_LIST}/{campaign}"), &paper)
        }
        What::Suggestion(id) => {
            let (paper, place) = suggestion::read(app, actor, conn, id).await?;
            let sheet = of_place(&place, SUGGESTION, format!("{SUGGESTION}/{id}"), &paper)?;
            Ok(Sheet { subject: paper.name, ..sheet })
        }
        What::SelfReview(_)
        | What::Draft(_)
        | What::Notice(_)
        | What::BlankSlip(_)
        | What::ScoreSheet(_)
        | What::Slip(_) => on_a_review(app, actor, conn, what).await,
    }
}

/// A paper on one review.
async fn on_a_review(app: &App, actor: &Actor, conn: &mut Conn, what: What) -> Result<Sheet> {
    let form = |loaded: &Loaded, meaning| form_of(crate::judge::book_of(app, &loaded.campaign)?, meaning);
    match what {
        What::SelfReview(review) => {
            let loaded = Loaded::load(conn, actor, review).await?;
            if loaded.subject.is_person() {
                let written = individual_review::read(app, actor, conn, &loaded).await?;
                reviewed(app, &loaded, INDIVIDUAL_REVIEW, written.form, &written.paper)
            } else {
                let written = collective_review::read(app, actor, conn, &loaded).await?;
                reviewed(app, &loaded, COLLECTIVE_REVIEW, written.form, &written.paper)
            }
        }
        What::Draft(review) => {
            let loaded = Loaded::load(conn, actor, review).await?;
            if loaded.subject.is_person() {
                let written = individual_review::read_draft(app, actor, conn, &loaded).await?;
                reviewed(app, &loaded, INDIVIDUAL_REVIEW, written.form, &written.paper)
            } else {
                let written = collective_review::read_draft(app, actor, conn, &loaded).await?;
                reviewed(app, &loaded, COLLECTIVE_REVIEW, written.form, &written.paper)
            }
        }
        What::Notice(review) => {
            let loaded = Loaded::load(conn, actor, review).await?;
            let paper = notice::read(app, actor, conn, &loaded).await?;
            of_review(&loaded, NOTICE, form(&loaded, NOTICE)?, &paper)
        }
        What::BlankSlip(review) => {
            let loaded = Loaded::load(conn, actor, review).await?;
            let paper = analysis_slip::read_blank(app, actor, conn, &loaded).await?;
            let meaning = analysis_slip::meaning(loaded.subject);
            of_review(&loaded, meaning, form(&loaded, meaning)?, &paper)
        }
        What::ScoreSheet(id) => {
            let (scored, loaded) = score_sheet::load(app, actor, conn, id).await?;
            let paper = score_sheet::read(app, conn, (scored, &loaded)).await?;
            let meaning = score_sheet::meaning(loaded.subject);
            let sheet = of_review(&loaded, meaning, form(&loaded, meaning)?, &paper)?;
            Ok(Sheet { object: format!("{meaning}/{id}"), ..sheet })
        }
        What::Slip(slip) => {
            let (row, loaded) = analysis_slip::load(conn, actor, slip).await?;
            let paper = analysis_slip::read(app, actor, conn, (&row, &loaded)).await?;
            let meaning = analysis_slip::meaning(loaded.subject);
            let sheet = of_review(&loaded, meaning, form(&loaded, meaning)?, &paper)?;
            let subject = format!("{} {}", sheet.subject, row.body);
            Ok(Sheet { object: format!("{meaning}/{slip}"), subject, ..sheet })
        }
        _ => Err(Error::Denied),
    }
}

fn of_place(place: &Place<'_>, meaning: &str, object: String, paper: &impl Serialize) -> Result<Sheet> {
    let (form, title) = form_of(place.book, meaning)?;
    Ok(Sheet { form, title, object, subject: place.unit.name.clone(), data: serde_json::to_value(paper)? })
}

pub(super) async fn of_unit(place: &mut Place<'_>, paper: UnitPaper) -> Result<Sheet> {
    let data = match paper {
        UnitPaper::AttendanceList => serde_json::to_value(attendance_list::read(place).await?)?,
        UnitPaper::Ballot => serde_json::to_value(ballot::read_ballot(place).await?)?,
        UnitPaper::CountingMinutes => serde_json::to_value(ballot::read_counting(place).await?)?,
        UnitPaper::MeetingMinutes => serde_json::to_value(meeting_minutes::read(place).await?)?,
        UnitPaper::ProposalList => serde_json::to_value(proposal_list::read(place).await?)?,
        UnitPaper::Decision => serde_json::to_value(decision::read(place).await?)?,
        UnitPaper::SummaryTable => serde_json::to_value(summary_table::read(place).await?)?,
    };
    let object = object(paper.meaning(), place.campaign.campaign_id, place.unit.unit_id);
    of_place(place, paper.meaning(), object, &data)
}

/// What a subject wrote on the form it was handed in on; the paper is named as the book names that form.
fn reviewed(app: &App, loaded: &Loaded, meaning: &str, form: String, paper: &impl Serialize) -> Result<Sheet> {
    let book = crate::judge::book_of(app, &loaded.campaign)?;
    let named = book.forms.iter().find(|one| format!("{}/{}", one.meaning, one.version) == form);
    let title = match named {
        Some(named) => named.title.vi.clone(),
        None => form_of(book, meaning)?.1,
    };
    of_review(loaded, meaning, (form, title), paper)
}

fn of_review(loaded: &Loaded, meaning: &str, (form, title): (String, String), paper: &impl Serialize) -> Result<Sheet> {
    Ok(Sheet {
        form,
        title,
        object: format!("{meaning}/{}", loaded.review.review_id),
        subject: loaded.name()?,
        data: serde_json::to_value(paper)?,
    })
}

/// Key and name of the form for a meaning: the one the rule book names, else our own.
pub(super) fn form_of(book: &rules::Book, meaning: &str) -> Result<(String, String)> {
    if let Some(form) = book.form(meaning) {
        return Ok((format!("{meaning}/{}", form.version), form.title.vi.clone()));
    }
    let own = words()?.paper.get(meaning);
    let own = own
        .ok_or_else(|| Error::Fault(format!("neither {} nor forms/words.toml names a form for {meaning}", book.id)))?;
    Ok((format!("{meaning}/{}", own.version.plain()), own.title.plain().to_owned()))
}
