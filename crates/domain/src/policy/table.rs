//! The rows of the access table.

use super::{Act, Capacity, Relation};

use Act as A;
use Capacity as C;
use Relation::{FurtherBelow, InRemit, SameUnit};

const SAME: &[Relation] = &[SameUnit];
const REMIT: &[Relation] = &[SameUnit, InRemit];
const ALL_BELOW: &[Relation] = &[SameUnit, InRemit, FurtherBelow];

/// The access table: capacity, relations, acts. Drafts are seen by their author (and whoever writes for him) only;
/// submitted texts, minutes and counts by the cell and the body that decides; whoever stands further above sees rosters,
/// progress, dossiers, decisions, notices and summaries, and does nothing there. Only the register of the tree itself
/// (roster, units) is also kept from further above: a merger of districts or a roster of a province is one act.
/// An inspector reads everything in his subtree but the counts, and does nothing.
pub const TABLE: &[(Capacity, &[Relation], &[Act])] = &[
    (
        C::Oneself,
        SAME,
        &[
            A::WriteSelfReview,
            A::ViewSelfReview,
            A::ViewReview,
            A::AnswerCriticism,
            A::ViewNotice,
            A::ReplyToNotice,
            A::ViewRemediation,
            A::ViewHistory,
        ],
    ),
    (C::Former, SAME, &[A::ViewSelfReview, A::ViewReview, A::ViewNotice, A::ViewRemediation, A::ViewHistory]),
    (C::Member, SAME, &[A::ViewCampaign, A::ViewMeeting, A::ViewSelfReview, A::CheckTable]),
    (
        C::CellSecretary,
        SAME,
        &[
            A::ViewRoster,
            A::RecordTemporaryActivity,
            A::AnswerForTemporaryCell,
            A::ViewCampaign,
            A::ViewSelfReview,
            A::WriteOnBehalf,
            A::WriteCollectiveReview,
            A::ReturnSelfReview,
            A::StateFact,
            A::StateOpinion,
            A::ViewReview,
            A::RecordMeeting,
            A::ViewMeeting,
            A::SealMinutes,
            A::DrawUpBallot,
            A::ReplaceTeller,
            A::ViewTally,
            A::Propose,
            A::ViewProposal,
            A::ViewDecision,
            A::ViewNotice,
            A::PlanRemediation,
            A::ReplaceMonitor,
            A::ViewRemediation,
            A::ViewSummary,
            A::PrintPapers,
            A::NumberPapers,
            A::CheckTable,
        ],
    ),
    (C::Teller, SAME, &[A::EnterTally, A::ViewMeeting]),
    (C::HeadTeller, SAME, &[A::ResolveTally, A::ViewTally, A::ViewMeeting]),
    (C::Monitor, SAME, &[A::CloseRemediation, A::ViewRemediation]),
    (C::CommitteeMember, ALL_BELOW, &[A::ViewRoster, A::ViewCampaign, A::ViewReview, A::ViewDecision, A::ViewSummary]),
    (
        C::CommitteeMember,
        REMIT,
        &[A::ViewSelfReview, A::ViewMeeting, A::ViewTally, A::ViewProposal, A::ViewRemediation, A::CheckTable],
    ),
    (C::CommitteeMember, SAME, &[A::ViewPreparation]),
    (
        C::CommitteeSecretary,
        ALL_BELOW,
        &[
            A::ViewRoster,
            A::ImportRoster,
            A::ChangeOrganization,
            A::ViewCampaign,
            A::ViewReview,
            A::ViewDecision,
            A::ViewNotice,
            A::ViewSummary,
        ],
    ),
    (
        C::CommitteeSecretary,
        REMIT,
        &[
            A::RecordTemporaryActivity,
            A::OpenCampaign,
            A::ViewSelfReview,
            A::ViewMeeting,
            A::ViewTally,
            A::ViewProposal,
            A::ReturnProposal,
            A::PlanRemediation,
            A::ReplaceMonitor,
            A::ViewRemediation,
            A::PrintPapers,
            A::NumberPapers,
            A::CheckTable,
            A::ViewHistory,
        ],
    ),
    // Who decides on whom is settled from above: the act asks for a post over the unit it speaks of.
    (C::CommitteeSecretary, ALL_BELOW, &[A::Delegate]),
    (
        C::CommitteeSecretary,
        SAME,
        &[
            A::WriteCollectiveReview,
            A::RecordMeeting,
            A::SealMinutes,
            A::DrawUpBallot,
            A::ReplaceTeller,
            A::VerifySubject,
            A::ViewPreparation,
            A::PrepareDecision,
            A::IssueDecision,
        ],
    ),
    (
        C::CommitteeClerk,
        ALL_BELOW,
        &[
            A::ViewRoster,
            A::ImportRoster,
            A::ChangeOrganization,
            A::ViewCampaign,
            A::ViewReview,
            A::ViewDecision,
            A::ViewNotice,
            A::ViewSummary,
        ],
    ),
    (
        C::CommitteeClerk,
        REMIT,
        &[
            A::RecordTemporaryActivity,
            A::OpenCampaign,
            A::ViewSelfReview,
            A::ViewMeeting,
            A::ViewTally,
            A::ViewProposal,
            A::ViewRemediation,
            A::PrintPapers,
            A::NumberPapers,
            A::CheckTable,
        ],
    ),
    (
        C::CommitteeClerk,
        SAME,
        &[
            A::WriteCollectiveReview,
            A::RecordMeeting,
            A::DrawUpBallot,
            A::VerifySubject,
            A::ViewPreparation,
            A::PrepareDecision,
        ],
    ),
    (
        C::Inspector,
        ALL_BELOW,
        &[
            A::ViewRoster,
            A::ViewCampaign,
            A::ViewSelfReview,
            A::ViewReview,
            A::ViewMeeting,
            A::ViewProposal,
            A::ViewDecision,
            A::ViewNotice,
            A::ViewRemediation,
            A::ViewSummary,
            A::ViewHistory,
        ],
    ),
];
