//! Giấy tờ: what papers say, read from the records; printing one, and all of a unit as one bundle.
//!
//! Every paper is read in one reading transaction, by a function that returns a typed struct; its JSON fills the layout
//! of the same meaning in `forms/`. Names of levels come from the rule book of the campaign, words from `forms/words.toml`.

mod analysis_slip;
mod assignment_list;
mod attendance_list;
mod ballot;
mod bundle;
mod calibration_minutes;
pub(crate) mod catalogue;
mod collective_review;
mod decision;
mod directive;
mod explanations;
mod file_name;
mod individual_review;
mod meeting_minutes;
mod notice;
pub(crate) mod number;
mod others;
mod percent;
pub(crate) mod place;
mod print_paper;
mod proposal_list;
mod published_list;
mod remedies;
mod score_sheet;
mod session_agenda;
mod sheet;
mod subject_register;
mod suggestion;
mod summary_table;
mod words;

pub use analysis_slip::{AnalysisSlip, Graded};
pub use assignment_list::{AssignedOnPaper, AssignmentList};
pub use attendance_list::{AttendanceList, Convened};
pub use ballot::{BallotLine, BallotPaper, CountedLine, CountingMinutes, Named, Papers, Teller};
pub use bundle::{Bundle, BundleState, bundle, bundle_file, order_bundle};
pub use calibration_minutes::{CalibrationMinutes, MovedLine};
pub use catalogue::{Catalogue, Numbered, Offer, PersonOffer, catalogue, may_print};
pub use collective_review::CollectiveReview;
pub use decision::{Classified, DecisionPaper, Line};
pub use directive::{DirectivePaper, DirectivePaperRow, DocumentKind, document_kinds};
pub use individual_review::{Comment, GradeBox, IndividualReview, Particulars, Verdict};
pub use meeting_minutes::{Absent, Attending, Base, BaseLine, Discussed, MeetingMinutes, Said};
pub use notice::{Addressee, NoticePaper, Shortcoming};
pub use others::OtherOffer;
pub use place::{Letterhead, LevelHead};
pub use print_paper::{Printed, print_paper};
pub use proposal_list::{ProposalList, Proposed};
pub use published_list::{Published, PublishedList};
pub use score_sheet::{ScoreSheetPaper, Scored};
pub use session_agenda::{AgendaLine, SessionAgenda};
pub use sheet::{UnitPaper, What, data};
pub use subject_register::{Listed, SubjectRegister};
pub use suggestion::{IssueOnPaper, SuggestionPaper};
pub use summary_table::{SummaryRow, SummaryTable};

pub(crate) use analysis_slip::slip_as_evidence;
pub(crate) use bundle::{KIND as BUNDLE_KIND, run as run_bundle};
pub(crate) use directive::{full_number, secrecy_source};
pub(crate) use explanations::{explain, returned_for_suggestion, subject_of};
pub(crate) use remedies::result_of_remedies;
pub(crate) use score_sheet::score_sheet_as_evidence;
pub(crate) use words::subject_name;
