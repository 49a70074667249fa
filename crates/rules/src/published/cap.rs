//! The cap on one published row.

use std::collections::BTreeMap;

use super::examine::Examined;
use super::words::reading_name;
use super::{Law, Severity};
use crate::language::{Language, Text};
use crate::quota::{ReadingAnswer, assess, readings};

impl Examined<'_> {
    /// The cap under each reading, the chosen one first.
    pub(super) fn caps(&mut self, law: Option<Law<'_>>) -> Vec<ReadingAnswer> {
        let Some(law) = law else {
            self.note(
                "PUB-020",
                Severity::Note,
                "rated",
                Text {
                    vi: "Không có bộ quy tắc cho kỳ này nên không kiểm tra trần tỷ lệ".to_owned(),
                    en: "No rule book governs this period, so the cap is not checked".to_owned(),
                },
            );
            return Vec::new();
        };
        let Some(quota) = law.book.quota(law.subject) else { return Vec::new() };
        let per_level: BTreeMap<String, u64> =
            self.row.levels.iter().filter_map(|(level, cell)| Some((level.clone(), cell.count?))).collect();
        let needed = [quota.level, quota.of].into_iter();
        let enough =
            needed.filter_map(|place| law.book.levels.get(place)).all(|level| per_level.contains_key(&level.id));
        if !enough {
            self.note(
                "PUB-021",
                Severity::Note,
                "excellent",
                Text {
                    vi: "Bảng không cho đủ số lượng của hai mức cao nhất nên không tính được trần".to_owned(),
                    en: "The table does not give the counts of the two best levels, so the cap cannot be computed"
                        .to_owned(),
                },
            );
            return Vec::new();
        }
        let chosen = law.book.quota_reading(quota, law.settings, false);
        let mut counts = law.book.quota_counts(quota, &per_level);
        counts.rated = self.row.rated.unwrap_or(counts.rated);
        let mut answers = vec![assess(counts, chosen)];
        answers.extend(
            readings(quota.rate)
                .into_iter()
                .filter(|reading| *reading != chosen)
                .map(|reading| assess(counts, reading)),
        );
        self.over(&answers, law, quota);
        answers
    }

    fn over(&mut self, answers: &[ReadingAnswer], law: Law<'_>, quota: &crate::book::QuotaRule) {
        let over: Vec<&ReadingAnswer> = answers.iter().filter(|answer| answer.over > 0).collect();
        let (Some(chosen), false) = (answers.first(), over.is_empty()) else { return };
        let column = law.book.levels.get(quota.level).map(|level| level.id.clone()).unwrap_or_default();
        let (code, severity) = match (over.len() == answers.len(), chosen.over > 0) {
            (true, _) if self.row.single_group => ("PUB-022", Severity::Error),
            (true, _) => ("PUB-023", Severity::Warning),
            (false, true) => ("PUB-024", Severity::Warning),
            (false, false) if self.row.single_group => ("PUB-025", Severity::Warning),
            (false, false) => ("PUB-025", Severity::Note),
        };
        let arithmetic = |language: Language| {
            let lines = over.iter().map(|answer| {
                format!("{}: {}", reading_name(answer.reading, language), answer.arithmetic.get(language))
            });
            lines.collect::<Vec<_>>().join("; ")
        };
        let single = self.row.single_group;
        let message = Text::build(|language| {
            let figures = arithmetic(language);
            let scope = quota.scope_title.get(language);
            let (head, tail) = match (language, single) {
                (Language::Vietnamese, true) => ("Vượt trần", String::new()),
                (Language::English, true) => ("Over the cap", String::new()),
                (Language::Vietnamese, false) => {
                    ("Tổng vượt trần", format!(". Trần tính theo {scope}, nên riêng tổng chưa chứng minh được gì"))
                }
                (Language::English, false) => (
                    "The total is over the cap",
                    format!(". The cap counts per {scope}, so the total alone proves nothing"),
                ),
            };
            format!("{head} ({}/6): {figures}{tail}", over.len())
        });
        self.against(code, severity, column, message, quota);
    }
}
