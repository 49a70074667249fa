//! The sentences about a sheet of points: what is so, and what to do.

use super::words::{Fault, plain};
use crate::language::Language;
use crate::rational::Rational;

fn added(values: &[Rational], total: Rational, language: Language) -> String {
    super::words::equation(values, total, language)
}

/// One of the two texts.
fn say(language: Language, vi: String, en: String) -> String {
    match language {
        Language::Vietnamese => vi,
        Language::English => en,
    }
}

impl Fault<'_> {
    /// What is so, with the figures.
    pub(super) fn message(&self, language: Language) -> String {
        match self {
            Self::WeightsOff { .. }
            | Self::TooFewProducts { .. }
            | Self::TooManyProducts { .. }
            | Self::ManyComposite { .. }
            | Self::NoWeight(_)
            | Self::UnusualWeight { .. }
            | Self::UnusualSum { .. } => self.about_products(language),
            Self::NoSuchSet(_) | Self::ComponentsOff { .. } | Self::MovedTooFar { .. } => {
                self.about_components(language)
            }
            Self::MonthsOff { .. } | Self::MonthMissing(_) | Self::MonthOutOfRange { .. } | Self::AllOnLeave => {
                self.about_months(language)
            }
            _ => self.about_marks(language),
        }
    }

    fn about_products(&self, language: Language) -> String {
        let number = |value: Rational| plain(value, language);
        match self {
            Self::WeightsOff { weights, total, wanted } => {
                let (sum, wanted) = (added(weights, *total, language), number(*wanted));
                say(
                    language,
                    format!("Tổng điểm các sản phẩm là {sum}, phải bằng {wanted}."),
                    format!("The points of the products add up to {sum}; they must be {wanted}."),
                )
            }
            Self::TooFewProducts { count, fewest } => say(
                language,
                format!("Mới có {count} sản phẩm, ít nhất phải có {fewest} (trừ khi có sản phẩm tổng hợp)."),
                format!("There are {count} products; at least {fewest} are needed unless one is composite."),
            ),
            Self::TooManyProducts { count, most } => say(
                language,
                format!("Có {count} sản phẩm, nhiều hơn {most} mà chưa được phê duyệt."),
                format!("There are {count} products, more than {most}, without approval."),
            ),
            Self::ManyComposite { count, most } => say(
                language,
                format!("Có {count} sản phẩm tổng hợp, thường không quá {most}."),
                format!("There are {count} composite products, usually at most {most}."),
            ),
            Self::NoWeight(name) => say(
                language,
                format!("Sản phẩm “{name}” chưa có điểm tối đa."),
                format!("The product “{name}” has no points."),
            ),
            Self::UnusualWeight { name, kind, weight, from, to } => {
                let (weight, from, to, kind) = (number(*weight), number(*from), number(*to), kind.get(language));
                say(
                    language,
                    format!("Sản phẩm “{name}” có {weight} điểm; {kind} thường từ {from} đến {to} điểm."),
                    format!("The product “{name}” has {weight} points; {kind}: usually {from} to {to}."),
                )
            }
            Self::UnusualSum { kind, total, from, to } => {
                let (total, from, to, kind) = (number(*total), number(*from), number(*to), kind.get(language));
                say(
                    language,
                    format!("{kind} cộng lại {total} điểm; thường từ {from} đến {to} điểm."),
                    format!("{kind} add up to {total} points; usually {from} to {to}."),
                )
            }
            _ => String::new(),
        }
    }

    fn about_components(&self, language: Language) -> String {
        let number = |value: Rational| plain(value, language);
        match self {
            Self::NoSuchSet(name) => say(
                language,
                format!("Không có bộ thành phần “{name}” trong quy định."),
                format!("The rule book has no set of components “{name}”."),
            ),
            Self::ComponentsOff { weights, total } => {
                let sum = added(weights, *total, language);
                say(
                    language,
                    format!("Trọng số các thành phần cộng lại là {sum} %, phải bằng 100 %."),
                    format!("The weights of the components add up to {sum} %; they must be 100 %."),
                )
            }
            Self::MovedTooFar { name, from, to, by, most } => {
                let (from, to, by, most) = (number(*from), number(*to), number(*by), number(*most));
                let name = name.get(language);
                say(
                    language,
                    format!(
                        "Trọng số “{name}” đổi từ {from} thành {to}: {by} điểm phần trăm, quá mức cho phép {most}."
                    ),
                    format!("The weight of “{name}” was moved from {from} to {to}: {by} points, more than {most}."),
                )
            }
            _ => String::new(),
        }
    }

    fn about_marks(&self, language: Language) -> String {
        let number = |value: Rational| plain(value, language);
        match self {
            Self::NoSuchLine(name) => {
                say(language, format!("“{name}” không có trong khung điểm."), format!("“{name}” is not in the frame."))
            }
            Self::Missing(name) => say(
                language,
                format!("Chưa chấm: {}.", name.get(language)),
                format!("Not marked yet: {}.", name.get(language)),
            ),
            Self::NotAPercent { name, stated } => {
                let (name, stated) = (name.get(language), number(*stated));
                say(
                    language,
                    format!("{name}: {stated} % không nằm trong khoảng từ 0 đến 100."),
                    format!("{name}: {stated} % does not lie between 0 and 100."),
                )
            }
            Self::NotAllowed { name, stated, allowed } => {
                let list = allowed.iter().map(|one| format!("{} %", number(*one))).collect::<Vec<_>>().join("; ");
                let (name, stated) = (name.get(language), number(*stated));
                say(
                    language,
                    format!("{name}: {stated} %; chỉ được chấm {list}."),
                    format!("{name}: {stated} %; only {list} may be given."),
                )
            }
            Self::FaultsOff { name, tasks, at_fault } => {
                let name = name.get(language);
                say(
                    language,
                    format!("{name}: có {tasks} nhiệm vụ mà {at_fault} nhiệm vụ có lỗi, không tính được."),
                    format!("{name}: {at_fault} tasks at fault of {tasks}; this cannot be reckoned."),
                )
            }
            _ => self.about_limits(language),
        }
    }

    fn about_limits(&self, language: Language) -> String {
        let number = |value: Rational| plain(value, language);
        match self {
            Self::Capped { reckoned, limit } => {
                let (reckoned, limit) = (number(*reckoned), number(*limit));
                say(
                    language,
                    format!("Tính ra {reckoned} điểm, chỉ lấy {limit} điểm là mức tối đa."),
                    format!("Reckoned {reckoned} points; only {limit}, the most, are kept."),
                )
            }
            Self::NoSuchFrame(name) => say(
                language,
                format!("Quy định không có khung điểm hoặc cách tính bình quân “{name}”."),
                format!("The rule book has no frame or mean “{name}”."),
            ),
            Self::OtherMethod => say(
                language,
                "Phiếu chấm kết quả theo cách khác với khung điểm.".to_owned(),
                "The sheet marks results in another way than the frame.".to_owned(),
            ),
            Self::NegativeBonus(stated) => say(
                language,
                format!("Điểm cộng {} nhỏ hơn 0.", number(*stated)),
                format!("Added points {} are below 0.", number(*stated)),
            ),
            Self::OutOfRange { name, stated, most } => {
                let (stated, most) = (number(*stated), number(*most));
                let name = name.get(language);
                say(
                    language,
                    format!("{name}: {stated} điểm không nằm trong khoảng từ 0 đến {most}."),
                    format!("{name}: {stated} points do not lie between 0 and {most}."),
                )
            }
            Self::NotWhole { name, stated, most } => {
                let (name, stated, most) = (name.get(language), number(*stated), number(*most));
                say(
                    language,
                    format!("{name}: chấm {stated}; đợt này chỉ chấm {most} (đảm bảo) hoặc 0 (không đảm bảo)."),
                    format!("{name}: {stated}; in this round only {most} (met) or 0 (not met) may be given."),
                )
            }
            Self::CutWithoutGrounds { name, cut, from } => {
                let (name, cut, from) = (name.get(language), number(*cut), number(*from));
                say(
                    language,
                    format!("{name}: trừ {cut} điểm mà chưa nêu căn cứ (từ {from} điểm phải có căn cứ)."),
                    format!("{name}: {cut} points cut without grounds (needed from {from})."),
                )
            }
            Self::OnlySum => say(
                language,
                "Quy định đã thấy chưa có danh mục tiêu chí chung của khung này.".to_owned(),
                "The texts seen do not list the general criteria of this frame.".to_owned(),
            ),
            _ => say(language, "Số quá lớn, không tính được.".to_owned(), "Too large to reckon with.".to_owned()),
        }
    }

    fn about_months(&self, language: Language) -> String {
        match self {
            Self::MonthsOff { stated, wanted } => say(
                language,
                format!("Có {stated} tháng, phải có đủ {wanted} tháng."),
                format!("There are {stated} months; {wanted} are needed."),
            ),
            Self::MonthMissing(month) => say(
                language,
                format!("Tháng thứ {month} của kỳ chưa có điểm."),
                format!("Month {month} of the period has no score."),
            ),
            Self::MonthOutOfRange { month, stated, most } => {
                let (stated, most) = (plain(*stated, language), plain(*most, language));
                say(
                    language,
                    format!("Tháng thứ {month} của kỳ: {stated} điểm không nằm trong khoảng từ 0 đến {most}."),
                    format!("Month {month} of the period: {stated} points do not lie between 0 and {most}."),
                )
            }
            _ => say(
                language,
                "Cả kỳ đều nghỉ nên không có điểm bình quân.".to_owned(),
                "The whole period was on leave, so there is no mean.".to_owned(),
            ),
        }
    }

    /// What to do.
    pub(super) fn mend(&self, language: Language) -> String {
        let (vi, en) = match self {
            Self::WeightsOff { .. }
            | Self::TooFewProducts { .. }
            | Self::TooManyProducts { .. }
            | Self::ManyComposite { .. }
            | Self::ComponentsOff { .. }
            | Self::MovedTooFar { .. }
            | Self::NoWeight(_)
            | Self::UnusualWeight { .. }
            | Self::UnusualSum { .. } => self.mend_weights(),
            _ => self.mend_marks(),
        };
        say(language, vi.to_owned(), en.to_owned())
    }

    fn mend_weights(&self) -> (&'static str, &'static str) {
        match self {
            Self::WeightsOff { .. } => {
                ("Sửa điểm của từng sản phẩm để tổng đúng.", "Change the products' points until the sum is right.")
            }
            Self::TooFewProducts { .. } => (
                "Thêm sản phẩm, hoặc đánh dấu sản phẩm tổng hợp cho việc thường xuyên.",
                "Add products, or mark one as composite for continuous work.",
            ),
            Self::TooManyProducts { .. } => (
                "Gộp bớt sản phẩm, hoặc ghi việc phê duyệt của cấp có thẩm quyền.",
                "Join products, or record the approval of the competent body.",
            ),
            Self::ComponentsOff { .. } => {
                ("Sửa trọng số các thành phần để tổng bằng 100 %.", "Change the weights until they add up to 100 %.")
            }
            Self::MovedTooFar { .. } => (
                "Đưa trọng số về trong phạm vi được điều chỉnh và công bố từ đầu kỳ.",
                "Bring the weight back within the limit and announce it at the start.",
            ),
            Self::NoWeight(_) => ("Ghi điểm tối đa của sản phẩm.", "State the product's points."),
            _ => (
                "Người phê duyệt xem lại; nếu giữ thì nêu lý do.",
                "The approver looks again; if it stays, the reason is stated.",
            ),
        }
    }

    fn mend_marks(&self) -> (&'static str, &'static str) {
        match self {
            Self::NoSuchSet(_) | Self::NoSuchFrame(_) | Self::NoSuchLine(_) => {
                ("Chọn lại một mục có trong quy định của đợt.", "Choose one that the round's rule book has.")
            }
            Self::Missing(_) => ("Chấm mục này.", "Mark it."),
            Self::NotAllowed { .. } | Self::NotWhole { .. } => {
                ("Chọn một trong các giá trị được chấm.", "Choose one of the values that may be given.")
            }
            Self::FaultsOff { .. } => {
                ("Sửa số nhiệm vụ hoặc số nhiệm vụ có lỗi.", "Correct the number of tasks or of tasks at fault.")
            }
            Self::Capped { .. } => (
                "Không phải làm gì; phần vượt chỉ ghi nhận là vượt chuẩn.",
                "Nothing; what is above is noted as above standard only.",
            ),
            Self::OtherMethod => (
                "Chấm lại phần kết quả theo đúng khung điểm của đối tượng.",
                "Mark the results the way the frame of the subject says.",
            ),
            Self::TooLarge => ("Xem lại các số đã ghi.", "Look again at the numbers stated."),
            Self::NegativeBonus(_) => (
                "Ghi điểm cộng từ 0 trở lên; trừ điểm thì trừ ở từng mục.",
                "State 0 or more; cuts are made line by line.",
            ),
            Self::CutWithoutGrounds { .. } => (
                "Ghi căn cứ của việc trừ điểm; một việc chỉ trừ một lần.",
                "State the grounds of the cut; one event counts once.",
            ),
            Self::MonthsOff { .. } | Self::MonthMissing(_) => (
                "Ghi điểm của tháng còn thiếu, hoặc đánh dấu tháng nghỉ.",
                "State the missing month's score, or mark the month as leave.",
            ),
            Self::OnlySum => ("Ghi tổng điểm chung bằng một số.", "State the sum of the general points as one number."),
            Self::AllOnLeave => (
                "Không tính bình quân; xét có được xếp loại hay không.",
                "No mean; see whether the person is rated at all.",
            ),
            _ => ("Sửa lại số điểm hoặc tỷ lệ.", "Correct the points or the percentage."),
        }
    }
}
