//! The frames of points of a book: how many points for what, and how they are reckoned. The sums are the book's.

use crate::language::Text;
use crate::rational::Rational;
use crate::verdict::Citation;

/// Thang điểm: everything a book says about points. Empty where levels are given by grades alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Points {
    /// Ways of rounding that settings choose among.
    pub roundings: Vec<PointRounding>,
    /// Sets of components of a product, with their weights.
    pub component_sets: Vec<ComponentSet>,
    /// Frames, one or several per kind of subject.
    pub frames: Vec<PointFrame>,
    /// Means over months.
    pub means: Vec<Mean>,
    /// Setting that says whether the exact or the rounded total is compared with the bounds of the levels.
    pub cut_setting: Option<String>,
    /// From how many points on a verified total that differs from the subject's own needs written grounds; none where the
    /// texts do not say so.
    pub grounds_difference: Option<Rational>,
    /// Facts that a reckoned score states.
    pub feeds: Vec<(Feed, String)>,
}

impl Points {
    /// A frame by id.
    pub fn frame(&self, id: &str) -> Option<&PointFrame> {
        self.frames.iter().find(|frame| frame.id == id)
    }

    /// The frames of one kind of subject.
    pub fn frames_of(&self, subject: &str) -> Vec<&PointFrame> {
        self.frames.iter().filter(|frame| frame.subject == subject).collect()
    }

    /// A set of components by id.
    pub fn component_set(&self, id: &str) -> Option<&ComponentSet> {
        self.component_sets.iter().find(|set| set.id == id)
    }

    /// A mean by id.
    pub fn mean(&self, id: &str) -> Option<&Mean> {
        self.means.iter().find(|mean| mean.id == id)
    }
}

/// Cách làm tròn điểm: to which step, and whether each line or only the sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointRounding {
    /// Id; a choice of the settings that choose a rounding.
    pub id: String,
    /// Half-up to a multiple of this; not at all when absent.
    pub step: Option<Rational>,
    /// Whether each line is rounded before adding, or the sum alone.
    pub each: bool,
}

/// Bộ thành phần của sản phẩm: the components that make up a product's percentage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentSet {
    /// Id, e.g. `operations`.
    pub id: String,
    /// What work it is for.
    pub title: Text,
    /// Components in order.
    pub components: Vec<Component>,
    /// By how many percentage points one weight may be moved, when it may.
    pub adjust_by: Option<Rational>,
    /// Where it stands.
    pub citation: Citation,
}

/// Thành phần: one component with its weight in percent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Id, e.g. `a`.
    pub id: String,
    /// What it measures.
    pub title: Text,
    /// Weight in percent; the weights of a set add up to the whole.
    pub weight: Rational,
}

/// Khung điểm: the points of one kind of subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointFrame {
    /// Id, e.g. `leader`.
    pub id: String,
    /// Kind of subject.
    pub subject: String,
    /// What it is.
    pub title: Text,
    /// Most points in all.
    pub total: Rational,
    /// Most points of the general criteria.
    pub general: Rational,
    /// Most points of the results.
    pub results: Rational,
    /// General criteria by groups; empty when the texts seen give only their sum.
    pub groups: Vec<PointGroup>,
    /// Setting that says whether a criterion may be cut in part; whole or nothing when absent. Its choices are
    /// `all_or_nothing`, `graded`.
    pub deduction_setting: Option<String>,
    /// A cut of so many points or more in one criterion needs written grounds.
    pub grounds_from: Option<Rational>,
    /// How the results are reckoned.
    pub method: ResultsMethod,
    /// Setting that chooses the rounding among [`Points::roundings`].
    pub rounding_setting: String,
    /// Where it stands.
    pub citation: Citation,
}

/// Nhóm tiêu chí chung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointGroup {
    /// Heading.
    pub title: Text,
    /// Points of the group; its criteria add up to them.
    pub points: Rational,
    /// Criteria; empty when the texts seen give only the points of the group.
    pub criteria: Vec<PointCriterion>,
}

/// Tiêu chí chấm điểm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointCriterion {
    /// Id within the frame.
    pub id: String,
    /// Number as printed.
    pub number: String,
    /// What it asks.
    pub title: Text,
    /// Most points.
    pub points: Rational,
}

/// Cách tính điểm kết quả.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultsMethod {
    /// Products with weights that add up to the points of the results.
    Products(ProductRules),
    /// The mean of percentages, times the points of the results.
    Shares(ShareRules),
    /// Parts with points of their own.
    Parts(Vec<ResultPart>),
}

/// Quy định về sản phẩm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRules {
    /// Fewest products, unless one gathers continuous work.
    pub fewest: u64,
    /// Most products without approval.
    pub most: u64,
    /// Most products that gather continuous work, when said; more is worth a warning.
    pub most_composite: Option<u64>,
    /// Setting that says how components make up a product's percentage; its choices are `mean`, `weighted`.
    pub components_setting: String,
    /// Kinds of product with the usual bounds of their weights.
    pub kinds: Vec<ProductKind>,
    /// Where it stands.
    pub citation: Citation,
}

/// Loại sản phẩm: bounds whose breach is worth a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductKind {
    /// Id, e.g. `main_axis`.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Weight of one product, from and to.
    pub each: Option<(Rational, Rational)>,
    /// Weight of all of the kind, from and to.
    pub all: Option<(Rational, Rational)>,
}

/// Quy định về tỷ lệ phần trăm của kết quả.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareRules {
    /// Percentages in order.
    pub shares: Vec<Share>,
    /// Setting that says of what a fault takes its percent; its choices are `per_task`, `whole`.
    pub fault_setting: Option<String>,
}

/// Tỷ lệ thành phần của kết quả.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Id, e.g. `a`.
    pub id: String,
    /// What it measures.
    pub title: Text,
    /// Percentages that may be stated; any from nought to the whole when empty.
    pub allowed: Vec<Rational>,
    /// Percent taken off for each fault, when faults are counted.
    pub per_fault: Option<Rational>,
}

/// Phần của điểm kết quả.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultPart {
    /// Id within the frame.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Most points.
    pub points: Rational,
}

/// Bình quân nhiều tháng.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mean {
    /// Id, e.g. `quarter`.
    pub id: String,
    /// What it is.
    pub title: Text,
    /// Of how many months.
    pub months: u64,
    /// Highest score of a month.
    pub total: Rational,
    /// Whether months on leave are left out.
    pub leave_left_out: bool,
    /// Printed half-up to a multiple of this.
    pub printed_step: Rational,
    /// Where it stands.
    pub citation: Citation,
}

/// Dữ kiện được nêu từ phiếu điểm: what of a score a fact holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feed {
    /// The total, exact or rounded as the cut setting says.
    Score,
    /// Number of products.
    Products,
    /// Number done.
    ProductsDone,
    /// Number done on time and with quality.
    ProductsOnTime,
    /// Number above standard.
    ProductsAboveStandard,
    /// Worst quality among key products, the largest number being the worst.
    WorstKeyQuality,
}
