//! Identifiers: newtypes over UUIDs, made by the application from an injected source, never by a database.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
    )+ };
}

ids! {
    /// One hierarchy: the managing committee at its top and everything below; first part of every stored key.
    RootId,
    /// Tổ chức đảng: a unit of the tree.
    UnitId,
    /// Người.
    PersonId,
    /// Đảng tịch: one person's membership of one unit over a time.
    MembershipId,
    /// Chức vụ: one person's post in one unit over a time.
    PostId,
    /// Đợt kiểm điểm.
    CampaignId,
    /// Hồ sơ kiểm điểm, xếp loại of one subject in one campaign.
    ReviewId,
    /// Dữ kiện of a review.
    FactId,
    /// Ý kiến of one assessor (chủ thể).
    OpinionId,
    /// Phiếu phân tích chất lượng.
    SlipId,
    /// Phiếu chấm điểm.
    ScoreSheetId,
    /// Hội nghị kiểm điểm.
    MeetingId,
    /// Ý kiến phê bình.
    CriticismId,
    /// Cuộc bỏ phiếu.
    BallotId,
    /// Đề xuất xếp loại.
    ProposalId,
    /// Quyết định xếp loại.
    DecisionId,
    /// Phiên cân chỉnh.
    CalibrationId,
    /// Lần công bố kết quả.
    PublicationId,
    /// Quyết định phân cấp thẩm quyền.
    DelegationId,
    /// Việc khắc phục.
    ItemId,
    /// Ghi chép về việc khắc phục.
    NoteId,
    /// Lần gia hạn.
    ExtensionId,
    /// Kiến nghị về kết quả xếp loại.
    PetitionId,
    /// Lần thay người.
    SubstitutionId,
    /// Tệp đính kèm.
    AttachmentId,
    /// Văn bản chỉ đạo.
    DirectiveId,
    /// Bản giấy đã kết xuất.
    PaperId,
    /// Lời nhắc việc.
    ReminderId,
    /// Công việc nền.
    JobId,
    /// Tệp đã đọc, chờ xác nhận.
    IntakeId,
    /// Tài khoản.
    AccountId,
    /// Mục sổ nhật ký.
    EntryId,
    /// Lần sắp xếp tổ chức.
    ChangeId,
    /// Đợt sinh hoạt tạm thời.
    ActivityId,
    /// Bảng tổng hợp đã báo cáo.
    ReportId,
    /// Văn bản gợi ý kiểm điểm.
    SuggestionId,
    /// Vấn đề được gợi ý.
    IssueId,
    /// Lần phân công theo dõi.
    AssignmentId,
    /// Ghi nhận của người được phân công.
    ObservationId,
}
