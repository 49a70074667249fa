//! Bảng quyền: who may do what, in one finite table. Default is no; a row permits; nothing else decides.

use crate::actor::{Actor, HeldPost};
use crate::org::{Title, UnitKind};
use crate::word::words;
use crate::{PersonId, UnitId};

mod table;

pub use table::TABLE;

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
        /// Ghi việc công bố kết quả.
        Publish = "publish",
        /// Xem danh sách đã công bố.
        ViewPublished = "view_published",
        /// Xem việc chuẩn bị quyết định: sheets of verification, levels that are not issued yet.
        ViewPreparation = "view_preparation",
        /// Xem quyết định đã ban hành.
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
        /// Báo tiến độ khắc phục.
        ReportProgress = "report_progress",
        /// Ghi việc kiểm tra, đôn đốc khắc phục.
        CheckRemediation = "check_remediation",
        /// Gia hạn khắc phục.
        ExtendRemediation = "extend_remediation",
        /// Duyệt, trả lại kế hoạch khắc phục.
        ApproveRemediation = "approve_remediation",
        /// Kiến nghị về kết quả của mình.
        FilePetition = "file_petition",
        /// Xem kiến nghị.
        ViewPetition = "view_petition",
        /// Nhận kiến nghị, gia hạn trả lời.
        HandlePetition = "handle_petition",
        /// Trả lời kiến nghị.
        AnswerPetition = "answer_petition",
        /// Xem bảng tổng hợp.
        ViewSummary = "view_summary",
        /// In giấy tờ của đơn vị.
        PrintPapers = "print_papers",
        /// Ghi số, ngày văn bản.
        NumberPapers = "number_papers",
        /// Kiểm tra bảng kết quả từ tệp.
        CheckTable = "check_table",
        /// Xem văn bản chỉ đạo của đơn vị, đã nhận hay ban hành.
        ViewDirective = "view_directive",
        /// Xem văn bản chỉ đạo có dấu hạn chế lưu hành.
        ViewRestrictedDirective = "view_restricted_directive",
        /// Soạn văn bản chỉ đạo.
        DraftDirective = "draft_directive",
        /// Ban hành, thu hồi, thay thế văn bản chỉ đạo.
        IssueDirective = "issue_directive",
        /// Theo dõi việc quán triệt, thực hiện của các đơn vị.
        ViewAcknowledgements = "view_acknowledgements",
        /// Xác nhận đã quán triệt: of the posts that may be the head; who it is today the act asks.
        AcknowledgeDirective = "acknowledge_directive",
        /// Báo đã thực hiện yêu cầu của văn bản chỉ đạo.
        ReportDuty = "report_duty",
        /// Xem, cho chạy lại công việc nền.
        ManageJobs = "manage_jobs",
        /// Phân công uỷ viên theo dõi, chỉ đạo đơn vị, lĩnh vực.
        Assign = "assign",
        /// Xem danh sách phân công, ghi nhận của người được phân công.
        ViewAssignments = "view_assignments",
        /// Soạn gợi ý kiểm điểm, xem xét có gợi ý hay không.
        PrepareSuggestion = "prepare_suggestion",
        /// Gửi, thu hồi gợi ý kiểm điểm; kết luận về các vấn đề đã gợi ý.
        IssueSuggestion = "issue_suggestion",
        /// Xem gợi ý kiểm điểm đã gửi và phần giải trình.
        ViewSuggestion = "view_suggestion",
        /// Xem lịch sử hồ sơ: who did what and when, without what he wrote.
        ViewHistory = "view_history",
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
        /// Cán bộ uỷ ban kiểm tra.
        Inspector = "inspector",
    }
}

words! {
    /// Quan hệ giữa nơi giữ tư cách và nơi của đối tượng.
    Relation {
        /// Chính đơn vị đó.
        SameUnit = "same_unit",
        /// Cấp dưới thuộc thẩm quyền: below, with no other deciding body in between.
        InRemit = "in_remit",
        /// Cấp dưới xa hơn: below, and another body decides on it.
        FurtherBelow = "further_below",
    }
}

use Relation::{FurtherBelow, InRemit, SameUnit};

/// Đối tượng của việc làm: where it lies and who has a special tie to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// Materialised path of the unit it belongs to.
    pub unit_path: String,
    /// Path of the body that decides on it, where that is known otherwise than from the tree: it is the unit itself for the
    /// members of a base cell and for what a committee deliberates on its own.
    pub decider_path: Option<String>,
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

    /// The same for what `body` deals with in its own campaign: it narrows the remit to the unit where that is the body
    /// itself, and else leaves it to the tree. For addresses that name a campaign and a unit, which need not belong together.
    #[must_use]
    pub fn in_campaign_of(self, body: UnitId) -> Self {
        if self.unit_path.ends_with(&format!("/{body}/")) { self.decided_by(body) } else { self }
    }

    /// The same with the body that decides on it. One that does not stand above the unit (any more) changes nothing.
    #[must_use]
    pub fn decided_by(mut self, body: UnitId) -> Self {
        let segment = format!("/{body}/");
        self.decider_path = self.unit_path.find(&segment).map(|at| self.unit_path[..at + segment.len()].to_owned());
        self
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
        let relation = relate(post, resource);
        relation
            .into_iter()
            .flat_map(|relation| capacities_of(post.title, post.kind).iter().map(move |capacity| (*capacity, relation)))
    });
    personal.into_iter().flatten().map(|capacity| (capacity, SameUnit)).chain(by_post).collect()
}

/// In which capacities a post lets one act. A base cell (chi bộ cơ sở) is a cell and decides on its members itself.
const fn capacities_of(title: Title, kind: UnitKind) -> &'static [Capacity] {
    use Capacity::{CellSecretary, CommitteeClerk, CommitteeMember, CommitteeSecretary, Inspector};
    match (title, kind) {
        (Title::Secretary | Title::DeputySecretary, UnitKind::Cell) => &[CellSecretary],
        (Title::Secretary | Title::DeputySecretary, UnitKind::BaseCell) => &[CellSecretary, CommitteeSecretary],
        (Title::Secretary | Title::DeputySecretary, _) => &[CommitteeSecretary],
        (Title::StandingMember | Title::CommitteeMember | Title::Clerk, UnitKind::Cell) => &[],
        (Title::StandingMember | Title::CommitteeMember, _) => &[CommitteeMember],
        (Title::Clerk, _) => &[CommitteeClerk],
        // Chi bộ and chi bộ cơ sở have no inspection committee.
        (Title::Inspector, UnitKind::Cell | UnitKind::BaseCell) => &[],
        (Title::Inspector, _) => &[Inspector],
    }
}

/// How the unit of a post stands to something: the same unit, above it as the one that decides, further above, or neither.
///
/// Where the deciding body is not known, the tree tells it: below a base organisation nobody else decides, and every unit
/// directly under a higher body decides on what is below it.
#[must_use]
pub fn relate(post: &HeldPost, resource: &Resource) -> Option<Relation> {
    if post.path == resource.unit_path {
        return Some(SameUnit);
    }
    let between = resource.unit_path.strip_prefix(post.path.as_str()).filter(|_| !post.path.is_empty())?;
    let decides = match &resource.decider_path {
        Some(decider) => post.path.starts_with(decider.as_str()),
        None => !post.kind.decides_through_bodies() || !between.trim_end_matches('/').contains('/'),
    };
    Some(if decides { InRemit } else { FurtherBelow })
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
                | Act::CheckRemediation
                | Act::ExtendRemediation
                | Act::ApproveRemediation
                | Act::HandlePetition
                | Act::AnswerPetition
                | Act::WriteOnBehalf
                | Act::ReturnSelfReview
                | Act::AnswerForTemporaryCell
        )
}

/// The access table as Markdown: one row per act, one column per capacity; `●` same unit, `▽` also below as far as it
/// decides, `▼` everything below.
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
            let widest = Relation::ALL.iter().rev().find(|relation| permits(*act, *capacity, **relation));
            let mark = match widest {
                Some(FurtherBelow) => "▼",
                Some(InRemit) => "▽",
                Some(SameUnit) => "●",
                None => " ",
            };
            text.push_str(&format!(" {mark} |"));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests;
