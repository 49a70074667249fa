//! Reads the parts that say who does what, when and with which majority.

use std::collections::BTreeMap;

use super::law::citation;
use super::parts::{Source, Subject};
use super::process::{
    Authority, Form, Majority, OrderStep, Precedence, Procedure, QuarterDay, QuarterStep, QuotaRule, RelativeDay,
    Remediation, ReplyLimit, Step, Tier,
};
use super::reader::{Table, unique};
use crate::expression::Scope;
use crate::value::Kind;

/// Names declared in other files.
pub(super) struct Known<'a> {
    pub subjects: &'a [Subject],
    pub sources: &'a BTreeMap<String, Source>,
    pub scope: &'a Scope<'a>,
}

impl Known<'_> {
    pub(super) fn level(&self, table: &Table<'_>, key: &str) -> usize {
        let name = table.string(key);
        table.position(key, &name, self.scope.levels.iter().map(|level| level.id.as_str())).unwrap_or(0)
    }

    fn levels(&self, table: &Table<'_>, key: &str) -> Vec<usize> {
        let names = table.strings(key);
        let position =
            |name: &String| table.position(key, name, self.scope.levels.iter().map(|level| level.id.as_str()));
        names.iter().filter_map(position).collect()
    }

    pub(super) fn subject(&self, table: &Table<'_>, key: &str) -> String {
        let name = table.string(key);
        table.position(key, &name, self.subjects.iter().map(|subject| subject.id.as_str()));
        name
    }

    /// A setting that offers exactly words the program knows.
    pub(super) fn reading_setting(&self, table: &Table<'_>, key: &str, words: &[&str]) -> String {
        let name = table.string(key);
        let settings = self.scope.settings;
        if let Some(place) = table.position(key, &name, settings.iter().map(|setting| setting.name.as_str())) {
            let fits =
                matches!(&settings[place].kind, Kind::Choice(ids) if ids.iter().all(|id| words.contains(&id.as_str())));
            if !fits {
                let mend = format!("các lựa chọn chỉ gồm: {}", words.join(", "));
                table.flaw(key, "BOOK-031", format!("lựa chọn “{name}” không dùng được ở đây"), mend);
            }
        }
        name
    }
}

impl Known<'_> {
    /// A setting of yes or no.
    pub(super) fn boolean_setting(&self, table: &Table<'_>, key: &str) -> String {
        let name = table.string(key);
        let settings = self.scope.settings;
        let place = table.position(key, &name, settings.iter().map(|setting| setting.name.as_str()));
        if place.is_some_and(|place| settings[place].kind != Kind::Boolean) {
            let what = format!("lựa chọn “{name}” không dùng được ở đây");
            table.flaw(key, "BOOK-031", what, "dùng lựa chọn kiểu boolean");
        }
        name
    }
}

/// Reads every table of a list, notes ids that stand twice, and closes the tables.
pub(super) fn list<T>(
    table: &Table<'_>,
    key: &str,
    what: &str,
    read: impl Fn(&Table<'_>) -> T,
    id: impl Fn(&T) -> &str,
) -> Vec<T> {
    let tables = table.tables(key);
    let items: Vec<T> = tables.iter().map(read).collect();
    let names = items.iter().zip(&tables).map(|(item, table)| (id(item), table.at("id")));
    unique(table.page, names, what);
    tables.into_iter().for_each(Table::close);
    items
}

pub(super) fn quotas(table: &Table<'_>, known: &Known<'_>) -> Vec<QuotaRule> {
    let read = |table: &Table<'_>| QuotaRule {
        id: table.string("id"),
        code: table.string("code"),
        subject: known.subject(table, "subject"),
        level: known.level(table, "level"),
        of: known.level(table, "of"),
        rate: table.fraction("rate"),
        rate_with_grounds: table.has("rate_with_grounds").then(|| table.fraction("rate_with_grounds")),
        scope: table.string("scope"),
        scope_title: table.text("scope_title"),
        denominator_setting: known.reading_setting(table, "denominator_setting", &["literal", "pool", "all"]),
        rounding_setting: known.reading_setting(table, "rounding_setting", &["floor", "half_up"]),
        head_setting: table.has("head_setting").then(|| known.boolean_setting(table, "head_setting")),
        message: table.text("message"),
        citation: citation(table, known.sources),
    };
    list(table, "quotas", "trần", read, |quota| &quota.id)
}

pub(super) fn order(table: &Table<'_>, known: &Known<'_>) -> (Vec<Precedence>, Vec<OrderStep>) {
    let precedence = |table: &Table<'_>| Precedence {
        id: table.string("id"),
        code: table.string("code"),
        first: table.string("first"),
        then: table.string("then"),
        strict: table.boolean("strict"),
        message: table.text("message"),
        citation: citation(table, known.sources),
    };
    let order = list(table, "order", "thứ tự", precedence, |precedence| &precedence.id);
    let tables = table.tables("sequence");
    let sequence = tables.iter().map(|table| OrderStep {
        sequence: table.string("sequence"),
        place: table.integer("place"),
        title: table.text("title"),
        citation: citation(table, known.sources),
    });
    let sequence = sequence.collect();
    tables.into_iter().for_each(Table::close);
    (order, sequence)
}

pub(super) fn authority(table: &Table<'_>, known: &Known<'_>) -> Vec<Authority> {
    let read = |table: &Table<'_>| Authority {
        id: table.string("id"),
        subject: known.subject(table, "subject"),
        of: table.strings("of"),
        decides: table.word("decides", &[("base", Tier::Base), ("superior", Tier::Superior)]).unwrap_or(Tier::Superior),
        citation: citation(table, known.sources),
    };
    list(table, "authority", "thẩm quyền", read, |authority| &authority.id)
}

pub(super) fn procedure(table: &Table<'_>, known: &Known<'_>) -> (Vec<Majority>, Vec<Procedure>) {
    let majority = |table: &Table<'_>| {
        let of = [("membership", "membership"), ("present", "present"), ("valid_ballots", "valid_ballots")];
        Majority {
            id: table.string("id"),
            title: table.text("title"),
            share: table.fraction("share"),
            more_than: table.boolean("more_than"),
            of: table.word("of", &of).unwrap_or_default().to_owned(),
            citation: citation(table, known.sources),
        }
    };
    let majorities = list(table, "majorities", "đa số", majority, |majority| &majority.id);
    let procedure = |table: &Table<'_>| {
        let majority = table.string("majority");
        table.position("majority", &majority, majorities.iter().map(|majority| majority.id.as_str()));
        let ballot = table.strings("ballot");
        let boxes: Vec<&str> = known.scope.levels.iter().map(|level| level.id.as_str()).chain(["not_rated"]).collect();
        for name in &ballot {
            table.position("ballot", name, boxes.iter().copied());
        }
        Procedure {
            subject: known.subject(table, "subject"),
            assesses: table.text("assesses"),
            takes_part: table.text("takes_part"),
            verifies: table.text("verifies"),
            proposes: table.text("proposes"),
            decides: table.text("decides"),
            ballot,
            majority,
            secret: table.boolean("secret"),
            citation: citation(table, known.sources),
        }
    };
    let procedures = list(table, "procedures", "quy trình", procedure, |procedure| &procedure.subject);
    (majorities, procedures)
}

/// `due = { year = 0, month = 12, day = 31 }`.
fn relative_day(table: &Table<'_>) -> RelativeDay {
    let blank = RelativeDay { year: 0, month: 12, day: 31 };
    let Some(due) = table.table("due") else {
        table.flaw(
            "due",
            "BOOK-032",
            "thiếu ngày",
            "thêm due = { year = 0, month = 12, day = 31 }; year = 1 là năm sau kỳ kiểm điểm",
        );
        return blank;
    };
    let number = |key: &str| due.integer(key);
    let (year, month, day) = (number("year"), number("month"), number("day"));
    // 2024 is a leap year, so that 29/2 may be written.
    let real = u32::try_from(month).ok().zip(u32::try_from(day).ok()).zip(i32::try_from(year).ok());
    let real = real.filter(|((month, day), year)| {
        year.abs() <= 10 && chrono::NaiveDate::from_ymd_opt(2024, *month, *day).is_some()
    });
    if real.is_none() {
        due.flaw(
            "day",
            "BOOK-033",
            "ngày không có thật",
            "sửa month và day; year từ -10 đến 10 so với năm của kỳ kiểm điểm",
        );
    }
    due.close();
    real.map_or(blank, |((month, day), year)| RelativeDay { year, month, day })
}

pub(super) fn deadlines(table: &Table<'_>, known: &Known<'_>) -> (Vec<Step>, Vec<ReplyLimit>) {
    let step = |table: &Table<'_>| Step {
        id: table.string("id"),
        title: table.text("title"),
        due: relative_day(table),
        fixed: table.boolean("fixed"),
        sector: table.maybe_string("sector").unwrap_or_default(),
        citation: citation(table, known.sources),
    };
    let limit = |table: &Table<'_>| {
        let days = table.integer("working_days");
        let working_days = u32::try_from(days).ok().filter(|days| (1..=1000).contains(days));
        if working_days.is_none() {
            table.flaw("working_days", "BOOK-034", "số ngày làm việc không hợp lý", "viết số từ 1 đến 1000");
        }
        ReplyLimit {
            id: table.string("id"),
            title: table.text("title"),
            working_days: working_days.unwrap_or(1),
            citation: citation(table, known.sources),
        }
    };
    let steps = list(table, "steps", "bước", step, |step| &step.id);
    (steps, list(table, "reply_limits", "hạn trả lời", limit, |limit| &limit.id))
}

pub(super) fn quarter_steps(table: &Table<'_>, known: &Known<'_>) -> Vec<QuarterStep> {
    let read = |table: &Table<'_>| QuarterStep {
        id: table.string("id"),
        title: table.text("title"),
        due: quarter_day(table),
        citation: citation(table, known.sources),
    };
    list(table, "quarter_steps", "bước trong quý", read, |step| &step.id)
}

/// `day_of_last_month = 12`, or `working_days_from_start = 5`.
fn quarter_day(table: &Table<'_>) -> QuarterDay {
    let counts = table.has("working_days_from_start");
    // Every last month of a quarter has thirty days; a quarter has more than sixty working days.
    let (key, most) = if counts { ("working_days_from_start", 60) } else { ("day_of_last_month", 30) };
    let number = table.integer(key);
    let day = u32::try_from(number).ok().filter(|day| (1..=most).contains(day)).unwrap_or_else(|| {
        if table.has(key) {
            let what = format!("“{key}” phải từ 1 đến {most}");
            table.flaw(key, "BOOK-033", what, format!("viết số nguyên từ 1 đến {most}"));
        }
        1
    });
    if counts { QuarterDay::WorkingDaysFromStart(day) } else { QuarterDay::DayOfLastMonth(day) }
}

/// `milestones = [30, 60, 90]`: days after the decision, in order.
fn milestones(table: &Table<'_>) -> Vec<u32> {
    if !table.has("milestones") {
        return Vec::new();
    }
    let days: Option<Vec<u32>> =
        table.integers("milestones").into_iter().map(|days| u32::try_from(days).ok()).collect();
    let ordered = days.filter(|days| {
        days.first().is_some_and(|first| *first > 0)
            && days.windows(2).all(|pair| pair[0] < pair[1])
            && days.iter().all(|days| *days <= 366)
    });
    ordered.unwrap_or_else(|| {
        table.flaw("milestones", "BOOK-034", "mốc ngày không hợp lý", "viết số ngày tăng dần, từ 1 đến 366");
        Vec::new()
    })
}

pub(super) fn remediation(table: &Table<'_>, known: &Known<'_>) -> Vec<Remediation> {
    let read = |table: &Table<'_>| Remediation {
        id: table.string("id"),
        levels: known.levels(table, "levels"),
        on_shortcoming: table.boolean("on_shortcoming"),
        item_needs: table.strings("item_needs"),
        due: relative_day(table),
        milestones: milestones(table),
        message: table.text("message"),
        citation: citation(table, known.sources),
    };
    list(table, "remediation", "mục khắc phục", read, |item| &item.id)
}

pub(super) fn forms(table: &Table<'_>, known: &Known<'_>) -> Vec<Form> {
    let read = |table: &Table<'_>| Form {
        meaning: table.string("meaning"),
        version: table.string("version"),
        number: table.string("number"),
        title: table.text("title"),
        subject: if table.has("subject") { known.subject(table, "subject") } else { String::new() },
        signed_by: table.maybe_text("signed_by").unwrap_or_default(),
        access: table.maybe_text("access").unwrap_or_default(),
        kept_years: table.has("kept_years").then(|| table.integer("kept_years")),
        citation: citation(table, known.sources),
    };
    list(table, "forms", "biểu mẫu", read, |form| &form.meaning)
}
