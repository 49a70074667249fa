//! One paper as a file.

use application::papers::{Printed, UnitPaper, What, print_paper};
use application::ports::Format;
use domain::{CampaignId, DecisionId, ReviewId, ScoreSheetId, SlipId, UnitId};

use crate::prelude::*;

/// Papers of a unit as they stand in addresses.
const OF_UNIT: [(&str, UnitPaper); 7] = [
    ("danh-sach-du-hoi-nghi", UnitPaper::AttendanceList),
    ("phieu", UnitPaper::Ballot),
    ("bien-ban-kiem-phieu", UnitPaper::CountingMinutes),
    ("bien-ban-hoi-nghi", UnitPaper::MeetingMinutes),
    ("danh-sach-de-nghi", UnitPaper::ProposalList),
    ("quyet-dinh", UnitPaper::Decision),
    ("bieu-tong-hop", UnitPaper::SummaryTable),
];

/// How a paper of a unit stands in addresses.
pub(super) fn word(paper: UnitPaper) -> &'static str {
    OF_UNIT.iter().find(|(_, known)| *known == paper).map_or("", |(word, _)| word)
}

/// The paper of a word in an address.
pub(super) fn paper_of(word: &str) -> Option<UnitPaper> {
    OF_UNIT.iter().find(|(known, _)| *known == word).map(|(_, paper)| *paper)
}

/// Where a paper that is none of a unit's own is handed out, without the format.
pub(super) fn address(what: What) -> String {
    match what {
        What::SubjectRegister { campaign, unit } => format!("/giay-to/{campaign}/{unit}/danh-sach-doi-tuong"),
        What::Agenda(campaign) => format!("/giay-to/chuong-trinh/{campaign}"),
        What::Calibration(session) => format!("/giay-to/can-chinh/{session}"),
        What::Published(decision) => format!("/giay-to/cong-bo/{decision}"),
        What::ScoreSheet(sheet) => format!("/giay-to/cham-diem/{sheet}"),
        _ => String::new(),
    }
}

fn format_of(ending: &str) -> Result<Format, Failure> {
    [Format::Pdf, Format::Docx, Format::Xlsx]
        .into_iter()
        .find(|format| format.ending() == ending)
        .ok_or(Failure::Denied)
}

const fn kind(format: Format) -> Kind {
    match format {
        Format::Pdf => Kind::Pdf,
        Format::Docx => Kind::Docx,
        Format::Xlsx => Kind::Xlsx,
    }
}

pub(crate) async fn hand_out(visit: &Visit, what: What, format: &str) -> Answer {
    let format = format_of(format)?;
    let Printed { file_name, bytes } = print_paper(visit.app(), visit.actor()?, what, format).await?;
    visit.download(&file_name, kind(format), bytes)
}

pub(super) async fn of_unit(
    visit: Visit,
    Path((campaign, unit, paper, format)): Path<(CampaignId, UnitId, String, String)>,
) -> Answer {
    let what = match paper.as_str() {
        "danh-sach-doi-tuong" => What::SubjectRegister { campaign, unit },
        other => What::OfUnit { campaign, unit, paper: paper_of(other).ok_or(Failure::Denied)? },
    };
    hand_out(&visit, what, &format).await
}

pub(super) async fn of_person(visit: Visit, Path((review, paper, format)): Path<(ReviewId, String, String)>) -> Answer {
    let what = match paper.as_str() {
        "ban-kiem-diem" => What::SelfReview(review),
        "ban-nhap" => What::Draft(review),
        "thong-bao" => What::Notice(review),
        "phieu-phan-tich" => What::BlankSlip(review),
        _ => return Err(Failure::Denied),
    };
    hand_out(&visit, what, &format).await
}

pub(super) async fn of_slip(visit: Visit, Path((slip, format)): Path<(SlipId, String)>) -> Answer {
    hand_out(&visit, What::Slip(slip), &format).await
}

pub(super) async fn published(visit: Visit, Path((decision, format)): Path<(DecisionId, String)>) -> Answer {
    hand_out(&visit, What::Published(decision), &format).await
}

pub(super) async fn of_scores(visit: Visit, Path((sheet, format)): Path<(ScoreSheetId, String)>) -> Answer {
    hand_out(&visit, What::ScoreSheet(sheet), &format).await
}
