//! Examines one row.

use std::collections::BTreeMap;

use super::percent::{Match, Printed, Way};
use super::words::{candidates, column_name, share};
use super::{Cell, Law, Remark, Report, Row, Severity};
use crate::book::QuotaRule;
use crate::language::{Language, Text};
use crate::rational::Rational;

/// Everything that can be said about one published row. Without a law the cap is left out and told so.
pub fn examine(row: &Row, law: Option<Law<'_>>) -> Report {
    let mut examined = Examined { row, remarks: Vec::new() };
    let sum = examined.sums();
    examined.percentages(sum);
    let caps = examined.caps(law);
    let mut remarks = examined.remarks;
    remarks.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| (a.code, &a.column).cmp(&(b.code, &b.column))));
    Report { id: row.id.clone(), sum, remarks, caps }
}

pub(super) struct Examined<'a> {
    pub(super) row: &'a Row,
    remarks: Vec<Remark>,
}

impl Examined<'_> {
    pub(super) fn note(&mut self, code: &'static str, severity: Severity, column: &str, message: Text) {
        let (column, rule) = (column.to_owned(), String::new());
        self.remarks.push(Remark { code, severity, column, message, citation: None, rule });
    }

    /// What breaks a limit of the book.
    pub(super) fn against(
        &mut self,
        code: &'static str,
        severity: Severity,
        column: String,
        message: Text,
        quota: &QuotaRule,
    ) {
        let citation = Some(quota.citation.clone());
        self.remarks.push(Remark { code, severity, column, message, citation, rule: quota.code.clone() });
    }

    /// Counts that must add up, and must not exceed one another.
    fn sums(&mut self) -> Option<u64> {
        let counts: Option<Vec<u64>> = self.row.levels.iter().map(|(_, cell)| cell.count).collect();
        let sum =
            counts.filter(|counts| !counts.is_empty()).map(|counts| counts.into_iter().fold(0, u64::saturating_add));
        if let (Some(sum), Some(rated)) = (sum, self.row.rated)
            && sum != rated
        {
            self.note(
                "PUB-001",
                Severity::Error,
                "rated",
                Text {
                    vi: format!("Cộng các mức được {sum}, nhưng số được xếp loại ghi {rated}"),
                    en: format!("The levels add up to {sum}, but the number rated is given as {rated}"),
                },
            );
        }
        let known: u64 = self.row.levels.iter().filter_map(|(_, cell)| cell.count).fold(0, u64::saturating_add);
        if let Some(rated) = self.row.rated.filter(|rated| sum.is_none() && known > *rated) {
            self.note(
                "PUB-002",
                Severity::Error,
                "rated",
                Text {
                    vi: format!("Riêng các mức đã nêu đã là {known}, nhiều hơn số được xếp loại {rated}"),
                    en: format!("The levels given alone are {known}, more than the number rated, {rated}"),
                },
            );
        }
        self.parts_of_the_whole();
        self.good_or_better();
        sum
    }

    fn parts_of_the_whole(&mut self) {
        let row = self.row;
        let pairs = [
            ("reviewed", row.reviewed.count, "existing", row.existing),
            ("rated", row.rated, "existing", row.existing),
            ("rated", row.rated, "reviewed", row.reviewed.count),
            ("not_rated", row.not_rated.count, "existing", row.existing),
        ];
        for (part_name, part, whole_name, whole) in pairs {
            if let (Some(part), Some(whole)) = (part, whole)
                && part > whole
            {
                self.note(
                    "PUB-003",
                    Severity::Error,
                    part_name,
                    Text {
                        vi: format!(
                            "{} {part} nhiều hơn {} {whole}",
                            column_name(part_name, Language::Vietnamese),
                            column_name(whole_name, Language::Vietnamese)
                        ),
                        en: format!(
                            "{} {part} is more than {} {whole}",
                            column_name(part_name, Language::English),
                            column_name(whole_name, Language::English)
                        ),
                    },
                );
            }
        }
        let classified = row.rated.or(row.reviewed.count);
        if let (Some(existing), Some(classified), Some(not_rated)) = (row.existing, classified, row.not_rated.count)
            && classified.checked_add(not_rated) != Some(existing)
        {
            let difference = i128::from(existing) - i128::from(classified) - i128::from(not_rated);
            self.note("PUB-004", Severity::Warning, "not_rated", Text {
                vi: format!("Đã xếp loại {classified} cộng chưa xếp loại {not_rated} lệch tổng số hiện có {existing}: còn {difference} chưa rõ"),
                en: format!("Rated {classified} and not rated {not_rated} do not make up the existing {existing}: {difference} unaccounted for"),
            });
        }
    }

    fn good_or_better(&mut self) {
        let best: Option<Vec<u64>> = self.row.levels.iter().take(2).map(|(_, cell)| cell.count).collect();
        let best = best.map(|counts| counts.into_iter().fold(0, u64::saturating_add));
        if let (Some(best), Some(printed)) = (best, self.row.good_or_better.count)
            && best != printed
        {
            self.note(
                "PUB-005",
                Severity::Error,
                "good_or_better",
                Text {
                    vi: format!("Hai mức cao nhất cộng được {best}, nhưng “tốt trở lên” ghi {printed}"),
                    en: format!("The two best levels add up to {best}, but “good or better” is given as {printed}"),
                },
            );
        }
    }

    /// Denominators a percentage may have been taken of, the expected one first: those reviewed or not rated are parts
    /// of the existing, levels are parts of the rated.
    fn bases(&self, sum: Option<u64>, cell: &str) -> Vec<(&'static str, u64)> {
        let row = self.row;
        let whole = row.existing.filter(|_| cell == "reviewed" || cell == "not_rated");
        let named = [
            ("existing", whole),
            ("rated", row.rated),
            ("sum", sum),
            ("reviewed", row.reviewed.count),
            ("existing", row.existing),
            ("good_or_better", row.good_or_better.count),
        ];
        let mut bases: Vec<(&'static str, u64)> = Vec::new();
        for (name, base) in named {
            if let Some(base) = base.filter(|base| *base > 0 && bases.iter().all(|(_, known)| known != base)) {
                bases.push((name, base));
            }
        }
        bases
    }

    fn percentages(&mut self, sum: Option<u64>) {
        let row = self.row;
        let mut cells: Vec<(String, &Cell)> = row.levels.iter().map(|(level, cell)| (level.clone(), cell)).collect();
        for (name, cell) in
            [("reviewed", &row.reviewed), ("good_or_better", &row.good_or_better), ("not_rated", &row.not_rated)]
        {
            cells.push((name.to_owned(), cell));
        }
        let mut total = Some(Rational::ZERO);
        let mut used = BTreeMap::new();
        let mut same_count: BTreeMap<u64, (String, String)> = BTreeMap::new();
        for (name, cell) in &cells {
            let Some(text) = &cell.percent else { continue };
            let column = format!("{name}_pct_printed");
            let bases = self.bases(sum, name);
            let Some(printed) = Printed::read(text) else {
                self.note(
                    "PUB-010",
                    Severity::Error,
                    &column,
                    Text {
                        vi: format!("“{text}” không phải tỷ lệ phần trăm"),
                        en: format!("“{text}” is not a percentage"),
                    },
                );
                continue;
            };
            if row.levels.iter().any(|(level, _)| level == name) {
                total = total.and_then(|total| total.checked_add(printed.value()));
            }
            match cell.count {
                Some(count) => {
                    used.extend(self.with_count(&column, text, printed, count, &bases));
                    let earlier = same_count.entry(count).or_insert_with(|| (column.clone(), text.clone()));
                    if earlier.1 != *text {
                        let first = earlier.1.clone();
                        self.note(
                            "PUB-014",
                            Severity::Warning,
                            &column,
                            Text {
                                vi: format!("Cùng số {count} nhưng in hai tỷ lệ khác nhau: {first} % và {text} %"),
                                en: format!(
                                    "The same count {count} is printed with two percentages: {first} % and {text} %"
                                ),
                            },
                        );
                    }
                }
                None => self.without_count(&column, text, printed, &bases),
            }
        }
        self.mixed(&used);
        let complete = !row.levels.is_empty() && row.levels.iter().all(|(_, cell)| cell.percent.is_some());
        if let Some(total) = total.filter(|_| complete) {
            self.total_of_percentages(total);
        }
    }

    fn with_count(
        &mut self,
        column: &str,
        text: &str,
        printed: Printed,
        count: u64,
        bases: &[(&'static str, u64)],
    ) -> Option<(u64, &'static str)> {
        let (expected_name, expected) = bases.first().copied()?;
        let right = |language: Language| share(count, expected, printed.decimals(), language);
        let matching = bases.iter().find_map(|(name, base)| Some((*name, *base, printed.way(count, *base)?)));
        match matching {
            Some((_, base, Way::Rounded)) if base == expected => {}
            Some((_, base, Way::CutOff)) if base == expected => {
                self.note(
                    "PUB-011",
                    Severity::Note,
                    column,
                    Text::build(|language| match language {
                        Language::Vietnamese => {
                            format!("{text} % là cắt bỏ phần lẻ; làm tròn đúng là {}", right(language))
                        }
                        Language::English => format!("{text} % is cut off; rounded it is {}", right(language)),
                    }),
                );
            }
            Some((name, base, _)) => {
                self.note("PUB-012", Severity::Warning, column, Text::build(|language| {
                    let (name, expected_name) = (column_name(name, language), column_name(expected_name, language));
                    match language {
                        Language::Vietnamese => format!("{text} % tính trên {name} ({count}/{base}), không phải {expected_name}; trên {expected_name} là {}", right(language)),
                        Language::English => format!("{text} % is taken of {name} ({count}/{base}), not of {expected_name}; of that it is {}", right(language)),
                    }
                }));
            }
            None => {
                let others: Vec<Match> = bases.iter().flat_map(|(name, base)| printed.counts(*base, name)).collect();
                self.note(
                    "PUB-013",
                    Severity::Error,
                    column,
                    Text::build(|language| {
                        let would = candidates(&others, language);
                        match language {
                            Language::Vietnamese => format!(
                                "{text} % không khớp {count} trên mẫu số nào; đúng ra là {}{would}",
                                right(language)
                            ),
                            Language::English => format!(
                                "{text} % matches {count} over no denominator; it should be {}{would}",
                                right(language)
                            ),
                        }
                    }),
                );
            }
        }
        matching.map(|(name, base, _)| (base, name))
    }

    /// One row, several denominators: nothing wrong, but the percentages cannot be compared with one another.
    fn mixed(&mut self, used: &BTreeMap<u64, &'static str>) {
        if used.len() < 2 {
            return;
        }
        self.note(
            "PUB-018",
            Severity::Note,
            "percentages",
            Text::build(|language| {
                let bases = used.iter().map(|(base, name)| format!("{} {base}", column_name(name, language)));
                let bases = bases.collect::<Vec<_>>().join(", ");
                match language {
                    Language::Vietnamese => format!("Trong cùng dòng, tỷ lệ tính trên các mẫu số khác nhau: {bases}"),
                    Language::English => {
                        format!("In this row percentages are taken of different denominators: {bases}")
                    }
                }
            }),
        );
    }

    fn without_count(&mut self, column: &str, text: &str, printed: Printed, bases: &[(&'static str, u64)]) {
        let matches: Vec<Match> = bases.iter().flat_map(|(name, base)| printed.counts(*base, name)).collect();
        let expected = bases.first().map(|(name, _)| *name);
        let rounded = |one: &&Match| one.way == Way::Rounded && Some(one.column.as_str()) == expected;
        if expected.is_none() || matches.iter().any(|one| rounded(&one)) {
            if let Some(one) = matches.iter().find(rounded) {
                self.note(
                    "PUB-015",
                    Severity::Note,
                    column,
                    Text {
                        vi: format!("{text} % ứng với {}/{}", one.count, one.base),
                        en: format!("{text} % corresponds to {}/{}", one.count, one.base),
                    },
                );
            }
            return;
        }
        let severity = if matches.is_empty() { Severity::Error } else { Severity::Warning };
        self.note(
            "PUB-016",
            severity,
            column,
            Text::build(|language| {
                let base = bases.first().map_or(0, |(_, base)| *base);
                let name = expected.map(|name| column_name(name, language)).unwrap_or_default();
                let would = candidates(&matches, language);
                match language {
                    Language::Vietnamese => {
                        format!("Không có số nguyên nào trên {name} {base} làm tròn thành {text} %{would}")
                    }
                    Language::English => format!("No whole number of {name} {base} rounds to {text} %{would}"),
                }
            }),
        );
    }

    fn total_of_percentages(&mut self, total: Rational) {
        let hundred = Rational::whole(100);
        let difference = total.checked_sub(hundred).unwrap_or(Rational::ZERO);
        let tolerated = Rational::new(2, 100).unwrap_or(Rational::ZERO);
        let negative = tolerated.checked_neg().unwrap_or(Rational::ZERO);
        if difference == Rational::ZERO {
            return;
        }
        let severity =
            if difference <= tolerated && difference >= negative { Severity::Note } else { Severity::Warning };
        self.note(
            "PUB-017",
            severity,
            "percentages",
            Text::build(|language| {
                let total = language.decimal(total, 2);
                match language {
                    Language::Vietnamese => format!("Các tỷ lệ in ra cộng được {total} %, không phải 100 %"),
                    Language::English => format!("The printed percentages add up to {total} %, not 100 %"),
                }
            }),
        );
    }
}
