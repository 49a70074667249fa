//! Văn bản chỉ đạo: a document that goes down the tree and says who must do what by when; its acknowledgement by heads.

use std::collections::{BTreeMap, BTreeSet};

use crate::machine::step;
use crate::org::{Title, UnitKind};
use crate::word::words;
use crate::{Day, DirectiveId, Refusal};

words! {
    /// Trạng thái văn bản chỉ đạo.
    DirectiveState {
        /// Dự thảo.
        Draft = "draft",
        /// Đã ban hành.
        Issued = "issued",
        /// Đã thu hồi, bãi bỏ.
        Withdrawn = "withdrawn",
        /// Đã được thay thế.
        Replaced = "replaced",
    }
}

words! {
    /// Việc làm đối với văn bản chỉ đạo.
    DirectiveAct {
        /// Sửa dự thảo.
        Save = "save",
        /// Ban hành.
        Issue = "issue",
        /// Thu hồi, bãi bỏ; bỏ dự thảo.
        Withdraw = "withdraw",
        /// Thay thế bằng văn bản khác.
        Replace = "replace",
    }
}

/// The state machine as a table: from, act, to. Drawn into the documentation; nothing else decides about states.
pub const TRANSITIONS: &[(DirectiveState, DirectiveAct, DirectiveState)] = &[
    (DirectiveState::Draft, DirectiveAct::Save, DirectiveState::Draft),
    (DirectiveState::Draft, DirectiveAct::Issue, DirectiveState::Issued),
    (DirectiveState::Draft, DirectiveAct::Withdraw, DirectiveState::Withdrawn),
    (DirectiveState::Issued, DirectiveAct::Withdraw, DirectiveState::Withdrawn),
    (DirectiveState::Issued, DirectiveAct::Replace, DirectiveState::Replaced),
];

/// The state after `act`.
///
/// # Errors
/// `DIRECT-001` when it is not possible there: what was issued is not changed any more.
pub fn after(state: DirectiveState, act: DirectiveAct) -> Result<DirectiveState, Refusal> {
    step(TRANSITIONS, state, act).ok_or_else(|| Refusal::new("DIRECT-001").with("state", state))
}

words! {
    /// Độ mật, the lowest first.
    Secrecy {
        /// Không có dấu mật.
        None = "none",
        /// Mật.
        Confidential = "confidential",
        /// Tối mật.
        Secret = "secret",
        /// Tuyệt mật.
        TopSecret = "top_secret",
    }
}

words! {
    /// Dấu chỉ dẫn phạm vi lưu hành.
    Circulation {
        /// Không có dấu.
        Open = "open",
        /// Lưu hành nội bộ.
        Internal = "internal",
        /// Không phổ biến.
        NotSpread = "not_spread",
        /// Xem xong trả lại.
        Return = "return",
    }
}

impl Circulation {
    /// Whether only heads and offices of the recipients read it, not every member.
    #[must_use]
    pub const fn is_restricted(self) -> bool {
        matches!(self, Self::NotSpread | Self::Return)
    }
}

words! {
    /// Hình thức quán triệt.
    Manner {
        /// Cùng tập thể cấp uỷ, chi bộ, trong một buổi họp.
        Session = "session",
        /// Tự nghiên cứu.
        Alone = "alone",
    }
}

words! {
    /// Cách biết một yêu cầu đã được thực hiện.
    KnownBy {
        /// Người đứng đầu xác nhận đã quán triệt.
        Acknowledged = "acknowledged",
        /// Đợt kiểm điểm theo yêu cầu này đã mở.
        RoundOpened = "round_opened",
        /// Kết quả của đợt đó đã báo cáo.
        ResultsReported = "results_reported",
        /// Đơn vị tự báo.
        Stated = "stated",
    }
}

/// Điểm, mục of a directive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clause {
    /// Number as printed: `2`, `3a`.
    pub label: String,
    /// What it says, in short.
    pub text: String,
    /// Number of the superior's clause that it carries out, empty for none.
    pub carries: String,
}

/// Yêu cầu, nhiệm vụ: who must do what by when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Number of the clause that says so.
    pub clause: String,
    /// Kinds of body that must.
    pub kinds: Vec<UnitKind>,
    /// Holders of this post in them, when it is not the body as a whole.
    pub post: Option<Title>,
    /// What.
    pub what: String,
    /// Last day.
    pub due_on: Option<Day>,
    /// How it is known to be done.
    pub known_by: KnownBy,
}

/// Căn cứ: a document that it rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// Number and symbol.
    pub number: String,
    /// Day.
    pub dated_on: Option<Day>,
    /// Issuer.
    pub issuer: String,
    /// The directive here, when it is one.
    pub directive: Option<DirectiveId>,
}

/// What a directive says, as far as it can contradict itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Trích yếu.
    pub summary: String,
    /// Day of the document.
    pub dated_on: Option<Day>,
    /// Last day for studying it.
    pub study_by: Option<Day>,
    /// Kind of the issuer.
    pub issuer: Option<UnitKind>,
    /// Kinds of body that receive it.
    pub recipients: Vec<UnitKind>,
    /// Documents it rests on.
    pub bases: Vec<Basis>,
    /// Clauses.
    pub clauses: Vec<Clause>,
    /// Obligations.
    pub duties: Vec<Duty>,
    /// Numbers of the clauses of the superior's directive that it carries out, if it does.
    pub above: BTreeSet<String>,
}

/// Everything wrong with the content, each at its field; rows of a form are counted from nought.
#[must_use]
pub fn faults(content: &Content) -> Vec<Refusal> {
    let mut faults = Vec::new();
    if content.summary.trim().is_empty() {
        faults.push(Refusal::new("DIRECT-003").at("summary"));
    }
    if content.recipients.is_empty() {
        faults.push(Refusal::new("DIRECT-011").at("recipients"));
    }
    too_early(content.study_by, content.dated_on, "study_by", &mut faults);
    for (at, basis) in content.bases.iter().enumerate() {
        basis_faults(basis, at, content.dated_on, &mut faults);
    }
    let mut labels = BTreeSet::new();
    for (at, clause) in content.clauses.iter().enumerate() {
        let field = format!("clause-{at}-label");
        if clause.label.is_empty() || !labels.insert(clause.label.as_str()) {
            faults.push(Refusal::new("DIRECT-008").with("label", &clause.label).at(&field));
        }
        if !clause.carries.is_empty() && !content.above.contains(&clause.carries) {
            let field = format!("clause-{at}-carries");
            faults.push(Refusal::new("DIRECT-009").with("label", &clause.carries).at(&field));
        }
    }
    for (at, duty) in content.duties.iter().enumerate() {
        duty_faults(duty, at, (content, &labels), &mut faults);
    }
    faults
}

/// A last day before the document's own.
fn too_early(due_on: Option<Day>, dated_on: Option<Day>, field: &str, faults: &mut Vec<Refusal>) {
    if let (Some(due), Some(dated)) = (due_on, dated_on)
        && due < dated
    {
        faults.push(Refusal::new("DIRECT-004").with("due", due.shown()).with("dated", dated.shown()).at(field));
    }
}

fn basis_faults(basis: &Basis, at: usize, dated_on: Option<Day>, faults: &mut Vec<Refusal>) {
    if basis.number.is_empty() || basis.issuer.is_empty() || basis.dated_on.is_none() {
        faults.push(Refusal::new("DIRECT-007").at(&format!("basis-{at}-number")));
    }
    if let (Some(earlier), Some(dated)) = (basis.dated_on, dated_on)
        && earlier > dated
    {
        let fault = Refusal::new("DIRECT-022").with("basis", earlier.shown()).with("dated", dated.shown());
        faults.push(fault.at(&format!("basis-{at}-dated_on")));
    }
}

fn duty_faults(duty: &Duty, at: usize, (content, labels): (&Content, &BTreeSet<&str>), faults: &mut Vec<Refusal>) {
    let field = |name: &str| format!("duty-{at}-{name}");
    if duty.what.is_empty() || duty.kinds.is_empty() {
        faults.push(Refusal::new("DIRECT-023").at(&field(if duty.what.is_empty() { "what" } else { "kinds" })));
    }
    if !labels.contains(duty.clause.as_str()) {
        faults.push(Refusal::new("DIRECT-009").with("label", &duty.clause).at(&field("clause")));
    }
    let reached = |kind: &UnitKind| content.recipients.contains(kind) || content.issuer == Some(*kind);
    if !duty.kinds.iter().all(reached) {
        faults.push(Refusal::new("DIRECT-010").at(&field("kinds")));
    }
    too_early(duty.due_on, content.dated_on, &field("due_on"), faults);
}

/// Whether `from` would rest on itself if it rested on `to`; `rests_on` is what each document rests on already.
#[must_use]
pub fn goes_in_a_circle(
    rests_on: &BTreeMap<DirectiveId, BTreeSet<DirectiveId>>,
    from: DirectiveId,
    to: DirectiveId,
) -> bool {
    let (mut open, mut seen) = (vec![to], BTreeSet::new());
    while let Some(one) = open.pop() {
        if one == from {
            return true;
        }
        if seen.insert(one) {
            open.extend(rests_on.get(&one).into_iter().flatten());
        }
    }
    false
}

/// Whether a document with this mark may be kept here.
///
/// # Errors
/// `DIRECT-005` at `secrecy`.
pub fn may_be_kept(mark: Secrecy, at_most: Secrecy) -> Result<(), Refusal> {
    if mark <= at_most { Ok(()) } else { Err(Refusal::new("DIRECT-005").with("mark", mark).at("secrecy")) }
}

/// In which post somebody may acknowledge for a body: its head; the deputy only while there is no head. `held` is what he
/// holds in the body today, `has_head` whether anybody is its head today.
///
/// # Errors
/// `DIRECT-016` for a deputy beside a head and for everybody else.
pub fn acknowledges_as(held: &[Title], has_head: bool) -> Result<Title, Refusal> {
    let holds = |title: &Title| held.contains(title);
    match (holds(&Title::Secretary), holds(&Title::DeputySecretary) && !has_head) {
        (true, _) => Ok(Title::Secretary),
        (false, true) => Ok(Title::DeputySecretary),
        (false, false) => Err(Refusal::new("DIRECT-016")),
    }
}

/// Checks the day on which it was studied.
///
/// # Errors
/// `DIRECT-018` at `studied_on` before the document's own day or after today.
pub fn check_studied(studied_on: Day, dated_on: Day, today: Day) -> Result<(), Refusal> {
    if (dated_on..=today).contains(&studied_on) {
        return Ok(());
    }
    Err(Refusal::new("DIRECT-018").with("from", dated_on.shown()).with("to", today.shown()).at("studied_on"))
}

#[cfg(test)]
mod tests;
