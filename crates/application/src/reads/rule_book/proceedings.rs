//! Trần, thứ tự, quy trình, lịch, khắc phục, biểu mẫu, lựa chọn of a book, ready to be read.

use std::collections::BTreeMap;

use domain::Day;
use rules::book::{Precedence, Procedure, QuotaRule, RelativeDay, Remediation, Setting, Step};
use rules::{Book, Rational, Text};
use serde::Serialize;

use super::Cited;
use crate::judge::{self, Words};

/// Trần tỷ lệ.
#[derive(Debug, Clone, Serialize)]
pub struct QuotaView {
    /// Code, the anchor.
    pub code: String,
    /// The sentence.
    pub message: Words,
    /// Name of the limited level.
    pub level: Words,
    /// Name of the level whose number is the base.
    pub of: Words,
    /// The share, as `20 %`.
    pub rate: Words,
    /// A higher share that needs written grounds; empty when there is none.
    pub rate_with_grounds: Words,
    /// Group over which it is counted.
    pub scope: Words,
    /// Names of the settings that choose the reading: denominator, rounding.
    pub readings: Vec<String>,
    /// Where it stands.
    pub cited: Cited,
}

/// Thứ tự trước sau.
#[derive(Debug, Clone, Serialize)]
pub struct OrderView {
    /// Code, the anchor.
    pub code: String,
    /// The sentence.
    pub message: Words,
    /// Whether breaking it refuses, or only warns.
    pub strict: bool,
    /// Where it stands.
    pub cited: Cited,
}

/// Trình tự.
#[derive(Debug, Clone, Serialize)]
pub struct SequenceView {
    /// Place from 1.
    pub place: i64,
    /// Who or what.
    pub title: Words,
    /// Where it stands.
    pub cited: Cited,
}

/// Thẩm quyền, quy trình của một loại đối tượng.
#[derive(Debug, Clone, Serialize)]
pub struct ProcedureView {
    /// Kind of subject.
    pub subject: Words,
    /// Word of the part (`assesses`, `takes_part`, `verifies`, `proposes`, `decides`) and who plays it.
    pub parts: Vec<(String, Words)>,
    /// Boxes on the ballot: id, and name when it is a level.
    pub ballot: Vec<(String, Words)>,
    /// Name of the majority that carries.
    pub majority: Words,
    /// Whether the ballot is secret by the text.
    pub secret: bool,
    /// Where it stands.
    pub cited: Cited,
}

/// Đa số.
#[derive(Debug, Clone, Serialize)]
pub struct MajorityView {
    /// What it is for.
    pub title: Words,
    /// The share, as `1/2`.
    pub share: String,
    /// Whether more than the share is needed.
    pub more_than: bool,
    /// Of whom: `membership`, `present`, `valid_ballots`.
    pub of: String,
    /// Where it stands.
    pub cited: Cited,
}

/// Bước trong lịch.
#[derive(Debug, Clone, Serialize)]
pub struct RuleStepView {
    /// What it is.
    pub title: Words,
    /// Day and month, as `05/12`.
    pub day: String,
    /// Years after the year in which the period ends.
    pub year: i32,
    /// Whether the day comes from a text.
    pub fixed: bool,
    /// Where it stands.
    pub cited: Cited,
}

/// Hạn trả lời.
#[derive(Debug, Clone, Serialize)]
pub struct LimitView {
    /// Who answers.
    pub title: Words,
    /// In working days.
    pub working_days: u32,
    /// Where it stands.
    pub cited: Cited,
}

/// Khắc phục hạn chế.
#[derive(Debug, Clone, Serialize)]
pub struct RemedyView {
    /// The sentence.
    pub message: Words,
    /// Levels after which a plan is required.
    pub levels: Vec<Words>,
    /// Whether any shortcoming calls for a plan.
    pub on_shortcoming: bool,
    /// What each item must name: `measure`, `owner`, `monitor`, `deadline`.
    pub item_needs: Vec<String>,
    /// Day and month of the last day of a plan.
    pub day: String,
    /// Years after the year in which the period ends.
    pub year: i32,
    /// Where it stands.
    pub cited: Cited,
}

/// Biểu mẫu.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// Official number; empty when there is no official model.
    pub number: String,
    /// Name.
    pub title: Words,
    /// Where it stands.
    pub cited: Cited,
}

/// Lựa chọn.
#[derive(Debug, Clone, Serialize)]
pub struct SettingView {
    /// Name in the conditions.
    pub name: String,
    /// The question.
    pub title: Words,
    /// What can be chosen; one line with the value when it is not a choice.
    pub choices: Vec<ChoiceView>,
    /// Why there is a choice, and what speaks for the default.
    pub cited: Cited,
}

/// Một phương án của lựa chọn.
#[derive(Debug, Clone, Serialize)]
pub struct ChoiceView {
    /// Value.
    pub value: String,
    /// In words.
    pub label: Words,
    /// Whether it holds when nobody chose.
    pub default: bool,
    /// Whether the campaign has pinned it.
    pub pinned: bool,
}

pub(super) fn quotas(book: &Book) -> Vec<QuotaView> {
    let level = |place: usize| book.levels.get(place).map_or_else(Words::default, |level| Words::from(&level.title));
    let view = |quota: &QuotaRule| QuotaView {
        code: quota.code.clone(),
        message: Words::from(&quota.message),
        level: level(quota.level),
        of: level(quota.of),
        rate: percent(quota.rate),
        rate_with_grounds: quota.rate_with_grounds.map_or_else(Words::default, percent),
        scope: Words::from(&quota.scope_title),
        readings: vec![quota.denominator_setting.clone(), quota.rounding_setting.clone()],
        cited: Cited::from(&quota.citation),
    };
    book.quotas.iter().map(view).collect()
}

fn percent(share: Rational) -> Words {
    Words::from(&Text::build(|language| language.limit(share)))
}

pub(super) fn order(book: &Book) -> Vec<OrderView> {
    let view = |order: &Precedence| OrderView {
        code: order.code.clone(),
        message: Words::from(&order.message),
        strict: order.strict,
        cited: Cited::from(&order.citation),
    };
    book.order.iter().map(view).collect()
}

pub(super) fn sequence(book: &Book) -> Vec<SequenceView> {
    let mut steps: Vec<_> = book.sequence.iter().collect();
    steps.sort_by_key(|step| (&step.sequence, step.place));
    steps
        .into_iter()
        .map(|step| SequenceView {
            place: step.place,
            title: Words::from(&step.title),
            cited: Cited::from(&step.citation),
        })
        .collect()
}

pub(super) fn procedures(book: &Book) -> Vec<ProcedureView> {
    let title = |subject: &str| book.subject(subject).map_or_else(Words::default, |known| Words::from(&known.title));
    let boxed =
        |id: &String| (id.clone(), book.level(id).map_or_else(Words::default, |level| Words::from(&level.title)));
    let view = |procedure: &Procedure| ProcedureView {
        subject: title(&procedure.subject),
        parts: parts(procedure),
        ballot: procedure.ballot.iter().map(boxed).collect(),
        majority: book.majority(&procedure.majority).map_or_else(Words::default, |known| Words::from(&known.title)),
        secret: procedure.secret,
        cited: Cited::from(&procedure.citation),
    };
    book.procedures.iter().map(view).collect()
}

fn parts(procedure: &Procedure) -> Vec<(String, Words)> {
    let parts = [
        ("assesses", &procedure.assesses),
        ("takes_part", &procedure.takes_part),
        ("verifies", &procedure.verifies),
        ("proposes", &procedure.proposes),
        ("decides", &procedure.decides),
    ];
    parts.into_iter().map(|(part, who)| (part.to_owned(), Words::from(who))).collect()
}

pub(super) fn majorities(book: &Book) -> Vec<MajorityView> {
    book.majorities
        .iter()
        .map(|majority| MajorityView {
            title: Words::from(&majority.title),
            share: majority.share.to_string(),
            more_than: majority.more_than,
            of: majority.of.clone(),
            cited: Cited::from(&majority.citation),
        })
        .collect()
}

pub(super) fn steps(book: &Book) -> Vec<RuleStepView> {
    let mut steps: Vec<&Step> = book.steps.iter().collect();
    steps.sort_by_key(|step| (step.due.year, step.due.month, step.due.day));
    steps
        .into_iter()
        .map(|step| RuleStepView {
            title: Words::from(&step.title),
            day: day(step.due),
            year: step.due.year,
            fixed: step.fixed,
            cited: Cited::from(&step.citation),
        })
        .collect()
}

fn day(due: RelativeDay) -> String {
    format!("{:02}/{:02}", due.day, due.month)
}

pub(super) fn limits(book: &Book) -> Vec<LimitView> {
    book.reply_limits
        .iter()
        .map(|limit| LimitView {
            title: Words::from(&limit.title),
            working_days: limit.working_days,
            cited: Cited::from(&limit.citation),
        })
        .collect()
}

pub(super) fn remediation(book: &Book) -> Vec<RemedyView> {
    let levels = |remedy: &Remediation| {
        let known = remedy.levels.iter().filter_map(|place| book.levels.get(*place));
        known.map(|level| Words::from(&level.title)).collect()
    };
    let view = |remedy: &Remediation| RemedyView {
        message: Words::from(&remedy.message),
        levels: levels(remedy),
        on_shortcoming: remedy.on_shortcoming,
        item_needs: remedy.item_needs.clone(),
        day: day(remedy.due),
        year: remedy.due.year,
        cited: Cited::from(&remedy.citation),
    };
    book.remediation.iter().map(view).collect()
}

pub(super) fn forms(book: &Book) -> Vec<FormView> {
    book.forms
        .iter()
        .map(|form| FormView {
            number: form.number.clone(),
            title: Words::from(&form.title),
            cited: Cited::from(&form.citation),
        })
        .collect()
}

/// The choices with the default, and with what a campaign has pinned.
pub(super) fn settings(book: &Book, pinned: Option<&BTreeMap<String, String>>) -> Vec<SettingView> {
    let offers = judge::settings_offered(book);
    let view = |(setting, offer): (&Setting, super::super::campaign::SettingOffer)| {
        let chosen = pinned.and_then(|pinned| pinned.get(&setting.name));
        let mut values = offer.choices;
        if values.is_empty() {
            values = free(&offer.default, chosen);
        }
        let choices = values.into_iter().map(|(value, label)| ChoiceView {
            default: value == offer.default,
            pinned: chosen == Some(&value),
            value,
            label,
        });
        SettingView {
            name: setting.name.clone(),
            title: Words::from(&setting.title),
            choices: choices.collect(),
            cited: Cited::from(&setting.citation),
        }
    };
    book.settings.iter().zip(offers).map(view).collect()
}

/// A setting that is no choice: its default, and what was pinned instead.
fn free(default: &str, chosen: Option<&String>) -> Vec<(String, Words)> {
    let shown = |value: &str| {
        let text = Day::parse_stored(value).map_or_else(|_| value.to_owned(), Day::shown);
        (value.to_owned(), Words { vi: text.clone(), en: text })
    };
    let other = chosen.filter(|chosen| chosen.as_str() != default);
    [Some(shown(default)), other.map(|chosen| shown(chosen))].into_iter().flatten().collect()
}
