//! Bảng quyền: who may do what, in one finite table. Default is no; a row permits; nothing else decides.

use crate::PersonId;
use crate::actor::Actor;
use crate::org::{Title, UnitKind};
use crate::word::words;

words! {
    /// Việc làm, việc xem: everything a route or an act can ask permission for.
    Act {
        /// Xem danh sách tổ chức, đảng viên.
        ViewRoster = "view_roster",
        /// Nhập danh sách từ tệp.
        ImportRoster = "import_roster",
        /// Thành lập, đổi tên, chuyển, sáp nhập, chia tách, giải thể tổ chức.
        ChangeOrganization = "change_organization",
        /// Ghi việc sinh hoạt tạm thời của đảng viên.
        RecordTemporaryActivity = "record_temporary_activity",
        /// Cho ý kiến của nơi sinh hoạt tạm thời.
        AnswerForTemporaryCell = "answer_for_temporary_cell",
        /// Mở đợt kiểm điểm.
        OpenCampaign = "open_campaign",
        /// Xem tiến độ đợt kiểm điểm.
        ViewCampaign = "view_campaign",
        /// Xem nội dung bản tự kiểm điểm đã nộp.
        ViewSelfReview = "view_self_review",
        /// Viết, nộp bản tự kiểm điểm của mình.
        WriteSelfReview = "write_self_review",
        /// Ghi giúp bản tự kiểm điểm của đảng viên khác.
        WriteOnBehalf = "write_on_behalf",
        /// Viết, nộp báo cáo kiểm điểm của tổ chức, tập thể.
        WriteCollectiveReview = "write_collective_review",
        /// Trả lại bản tự kiểm điểm.
        ReturnSelfReview = "return_self_review",
        /// Ghi dữ kiện của hồ sơ.
        StateFact = "state_fact",
        /// Ghi ý kiến của các chủ thể.
        StateOpinion = "state_opinion",
        /// Xem hồ sơ và căn cứ xếp loại.
        ViewReview = "view_review",
        /// Ghi hội nghị.
        RecordMeeting = "record_meeting",
        /// Xem hội nghị, biên bản.
        ViewMeeting = "view_meeting",
        /// Trả lời ý kiến phê bình về mình.
        AnswerCriticism = "answer_criticism",
        /// Khoá biên bản.
        SealMinutes = "seal_minutes",
        /// Lập phiếu bầu, cử tổ kiểm phiếu.
        DrawUpBallot = "draw_up_ballot",
        /// Cử người khác vào tổ kiểm phiếu.
        ReplaceTeller = "replace_teller",
        /// Nhập kết quả kiểm phiếu.
        EnterTally = "enter_tally",
        /// Xử lý khác biệt giữa hai lần nhập.
        ResolveTally = "resolve_tally",
        /// Xem kết quả kiểm phiếu.
        ViewTally = "view_tally",
        /// Lập, gửi đề xuất.
        Propose = "propose",
        /// Xem đề xuất.
        ViewProposal = "view_proposal",
        /// Trả lại đề xuất.
        ReturnProposal = "return_proposal",
        /// Thẩm định tổ chức, tập thể, cán bộ lãnh đạo do mình quyết định.
        VerifySubject = "verify_subject",
        /// Phân cấp thẩm quyền quyết định.
        Delegate = "delegate",
        /// Chuẩn bị quyết định.
        PrepareDecision = "prepare_decision",
        /// Ban hành quyết định.
        IssueDecision = "issue_decision",
        /// Xem quyết định.
        ViewDecision = "view_decision",
        /// Xem thông báo về mình.
        ViewNotice = "view_notice",
        /// Phản hồi thông báo.
        ReplyToNotice = "reply_to_notice",
        /// Lập, sửa việc khắc phục.
        PlanRemediation = "plan_remediation",
        /// Xem việc khắc phục.
        ViewRemediation = "view_remediation",
        /// Cử người theo dõi khác.
        ReplaceMonitor = "replace_monitor",
        /// Xác nhận đã khắc phục.
        CloseRemediation = "close_remediation",
        /// Xem bảng tổng hợp.
        ViewSummary = "view_summary",
        /// In giấy tờ của đơn vị.
        PrintPapers = "print_papers",
        /// Ghi số, ngày văn bản.
        NumberPapers = "number_papers",
        /// Kiểm tra bảng kết quả từ tệp.
        CheckTable = "check_table",
    }
}

words! {
    /// Tư cách: in which capacity somebody acts.
    Capacity {
        /// Chính đối tượng.
        Oneself = "oneself",
        /// Chính đối tượng, không còn sinh hoạt ở đây.
        Former = "former",
        /// Đảng viên của chi bộ.
        Member = "member",
        /// Bí thư, phó bí thư chi bộ.
        CellSecretary = "cell_secretary",
        /// Người kiểm phiếu.
        Teller = "teller",
        /// Tổ trưởng tổ kiểm phiếu.
        HeadTeller = "head_teller",
        /// Người theo dõi việc khắc phục.
        Monitor = "monitor",
        /// Uỷ viên cấp uỷ cơ sở.
        CommitteeMember = "committee_member",
        /// Bí thư, phó bí thư cấp uỷ cơ sở.
        CommitteeSecretary = "committee_secretary",
        /// Cán bộ văn phòng cấp uỷ cơ sở.
        CommitteeClerk = "committee_clerk",
    }
}

words! {
    /// Quan hệ giữa nơi giữ tư cách và nơi của đối tượng.
    Relation {
        /// Chính đơn vị đó.
        SameUnit = "same_unit",
        /// Đơn vị cấp dưới của đơn vị đó.
        UnitBelow = "unit_below",
    }
}

use Act as A;
use Capacity as C;
use Relation::{SameUnit, UnitBelow};

const SAME: &[Relation] = &[SameUnit];
const DOWN: &[Relation] = &[SameUnit, UnitBelow];

/// The access table: capacity, relations, acts. Drafts are seen by their author (and whoever writes for him) only;
/// submitted texts by the cell and the managing line; counts by those whom the rules name.
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
        ],
    ),
    (C::Former, SAME, &[A::ViewSelfReview, A::ViewReview, A::ViewNotice, A::ViewRemediation]),
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
    (
        C::CommitteeMember,
        DOWN,
        &[
            A::ViewRoster,
            A::ViewCampaign,
            A::ViewReview,
            A::ViewSelfReview,
            A::ViewMeeting,
            A::ViewTally,
            A::ViewProposal,
            A::ViewDecision,
            A::ViewRemediation,
            A::ViewSummary,
            A::CheckTable,
        ],
    ),
    (
        C::CommitteeSecretary,
        DOWN,
        &[
            A::ViewRoster,
            A::ImportRoster,
            A::ChangeOrganization,
            A::RecordTemporaryActivity,
            A::OpenCampaign,
            A::ViewCampaign,
            A::ViewReview,
            A::ViewSelfReview,
            A::ViewMeeting,
            A::ViewTally,
            A::ViewProposal,
            A::ReturnProposal,
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
            A::Delegate,
            A::PrepareDecision,
            A::IssueDecision,
        ],
    ),
    (
        C::CommitteeClerk,
        DOWN,
        &[
            A::ViewRoster,
            A::ImportRoster,
            A::ChangeOrganization,
            A::RecordTemporaryActivity,
            A::OpenCampaign,
            A::ViewCampaign,
            A::ViewReview,
            A::ViewSelfReview,
            A::ViewMeeting,
            A::ViewTally,
            A::ViewProposal,
            A::ViewDecision,
            A::ViewNotice,
            A::ViewRemediation,
            A::ViewSummary,
            A::PrintPapers,
            A::NumberPapers,
            A::CheckTable,
        ],
    ),
    (
        C::CommitteeClerk,
        SAME,
        &[A::WriteCollectiveReview, A::RecordMeeting, A::DrawUpBallot, A::VerifySubject, A::PrepareDecision],
    ),
];

/// Đối tượng của việc làm: where it lies and who has a special tie to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// Materialised path of the unit it belongs to.
    pub unit_path: String,
    /// The person whom it is about, if it is about one.
    pub about: Option<PersonId>,
    /// Tellers of the ballot, if it is one.
    pub tellers: Vec<PersonId>,
    /// Head of counting, if it is a ballot.
    pub head_teller: Option<PersonId>,
    /// Monitor, if it is a remediation item.
    pub monitor: Option<PersonId>,
}

impl Resource {
    /// Something that belongs to a unit and is about nobody in particular.
    #[must_use]
    pub fn of_unit(unit_path: &str) -> Self {
        Self { unit_path: unit_path.to_owned(), ..Self::default() }
    }

    /// Something about one person of a unit.
    #[must_use]
    pub fn about(unit_path: &str, person: PersonId) -> Self {
        Self { unit_path: unit_path.to_owned(), about: Some(person), ..Self::default() }
    }
}

/// Whether the table permits this act in this capacity and relation.
#[must_use]
pub fn permits(act: Act, capacity: Capacity, relation: Relation) -> bool {
    TABLE
        .iter()
        .any(|(holder, relations, acts)| *holder == capacity && relations.contains(&relation) && acts.contains(&act))
}

/// The capacities and relations in which `actor` stands to `resource` today. Whoever left keeps the sight of his own
/// reviews and nothing else, whatever he was named for before.
#[must_use]
pub fn ties(actor: &Actor, resource: &Resource) -> Vec<(Capacity, Relation)> {
    let me = actor.person;
    if actor.is_former() {
        let own = (resource.about == Some(me)).then_some((Capacity::Former, SameUnit));
        return own.into_iter().collect();
    }
    let personal = [
        (resource.about == Some(me)).then_some(Capacity::Oneself),
        resource.tellers.contains(&me).then_some(Capacity::Teller),
        (resource.head_teller == Some(me)).then_some(Capacity::HeadTeller),
        (resource.monitor == Some(me)).then_some(Capacity::Monitor),
        actor.member_of.iter().any(|(_, path)| *path == resource.unit_path).then_some(Capacity::Member),
    ];
    let by_post = actor.posts.iter().flat_map(|post| {
        let relation = relate(&post.path, &resource.unit_path);
        relation
            .into_iter()
            .flat_map(|relation| capacities_of(post.title, post.kind).iter().map(move |capacity| (*capacity, relation)))
    });
    personal.into_iter().flatten().map(|capacity| (capacity, SameUnit)).chain(by_post).collect()
}

/// In which capacities a post lets one act. A base cell (chi bộ cơ sở) is a cell and decides on its members itself.
const fn capacities_of(title: Title, kind: UnitKind) -> &'static [Capacity] {
    use Capacity::{CellSecretary, CommitteeClerk, CommitteeMember, CommitteeSecretary};
    match (title, kind) {
        (Title::Secretary | Title::DeputySecretary, UnitKind::Cell) => &[CellSecretary],
        (Title::Secretary | Title::DeputySecretary, UnitKind::BaseCell) => &[CellSecretary, CommitteeSecretary],
        (Title::Secretary | Title::DeputySecretary, _) => &[CommitteeSecretary],
        (Title::StandingMember | Title::CommitteeMember | Title::Clerk, UnitKind::Cell) => &[],
        (Title::StandingMember | Title::CommitteeMember, _) => &[CommitteeMember],
        (Title::Clerk, _) => &[CommitteeClerk],
    }
}

/// How a unit stands to another, by their paths (`/a/b/`): the same, below, or neither.
#[must_use]
pub fn relate(holder: &str, resource: &str) -> Option<Relation> {
    if holder == resource {
        Some(SameUnit)
    } else if !holder.is_empty() && resource.starts_with(holder) {
        Some(UnitBelow)
    } else {
        None
    }
}

/// Whether `actor` may do `act` to `resource` today. Nobody decides on or states facts about himself by a post alone;
/// that is asked separately by [`touches_oneself`].
#[must_use]
pub fn allows(actor: &Actor, act: Act, resource: &Resource) -> bool {
    ties(actor, resource).into_iter().any(|(capacity, relation)| permits(act, capacity, relation))
}

/// Acts nobody does where he is himself the subject, whatever post he holds.
#[must_use]
pub fn touches_oneself(actor: &Actor, act: Act, resource: &Resource) -> bool {
    resource.about == Some(actor.person)
        && matches!(
            act,
            Act::CloseRemediation
                | Act::ReplaceMonitor
                | Act::WriteOnBehalf
                | Act::ReturnSelfReview
                | Act::AnswerForTemporaryCell
        )
}

/// The access table as Markdown: one row per act, one column per capacity; `●` same unit, `▼` also units below.
#[must_use]
pub fn matrix() -> String {
    let mut text = String::from("| act |");
    for capacity in Capacity::ALL {
        text.push_str(&format!(" {capacity} |"));
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(Capacity::ALL.len()));
    text.push('\n');
    for act in Act::ALL {
        text.push_str(&format!("| {act} |"));
        for capacity in Capacity::ALL {
            let mark = match (permits(*act, *capacity, SameUnit), permits(*act, *capacity, UnitBelow)) {
                (_, true) => "▼",
                (true, false) => "●",
                (false, false) => " ",
            };
            text.push_str(&format!(" {mark} |"));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests;
