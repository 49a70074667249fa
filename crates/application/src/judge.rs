//! Đối chiếu với quy định: puts the facts of a case to the rule book of its campaign and words the answer for pages.

use std::collections::{BTreeMap, BTreeSet};

use domain::form::Content;
use domain::org::CivilKind;
use domain::review::{Assessor, Obligation};
use domain::{Day, Refusal};
use rules::book::Step;
use rules::verdict::{Finding, Outcome, Possibility};
use rules::{Book, Facts, Language, Settings, Text, Value, Verdict};
use serde::Serialize;
use store::Conn;
use store::campaign::CampaignRow;
use store::org::MemberRow;

use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::{Error, Result};
use crate::library::{MEMBER, Question};

/// Văn bản song ngữ, as pages show it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The text in the language `en`, or Vietnamese for anything else.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.vi }
    }
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Self {
        Self { vi: text.vi.clone(), en: text.en.clone() }
    }
}

/// Căn cứ của một kết luận: one rule's sentence with its figures and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Id of the rule in the book.
    pub rule: String,
    /// Code shown to people.
    pub code: String,
    /// What it says, with the figures.
    pub message: Words,
    /// Source: number and article.
    pub citation: Words,
    /// How surely the text is known: `text`, `summary`, `lower`, `practice`, `reading`.
    pub surety: String,
    /// Labels of facts that are missing, when it is unknown whether the rule applies.
    pub missing: Vec<Words>,
}

impl Reason {
    fn of(finding: &Finding) -> Self {
        let cite = |language: Language| {
            let article = finding.citation.article.get(language);
            if article.is_empty() {
                finding.citation.number.clone()
            } else {
                format!("{}, {article}", finding.citation.number)
            }
        };
        Self {
            rule: finding.rule.clone(),
            code: finding.code.clone(),
            message: Words::from(&finding.message),
            citation: Words { vi: cite(Language::Vietnamese), en: cite(Language::English) },
            surety: finding.citation.surety.word().to_owned(),
            missing: finding.missing.iter().map(|fact| Words::from(&fact.label)).collect(),
        }
    }

    /// The sentence and its source in one line, for refusals.
    #[must_use]
    pub fn cited(&self) -> String {
        format!("{} ({})", self.message.vi, self.citation.vi)
    }
}

/// Khả năng của một mức.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelView {
    /// Id of the level.
    pub level: String,
    /// Name as printed.
    pub title: Words,
    /// Short name for tables.
    pub short: Words,
    /// `permitted`, `unknown` or `refused`.
    pub possibility: String,
    /// What stands against it.
    pub against: Vec<Reason>,
    /// What may stand against it.
    pub unknown: Vec<Reason>,
}

/// Kết luận đối chiếu: what the rules permit for one person. No level is set here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// What the person owes.
    pub obligation: Obligation,
    /// Rule behind it, empty in the ordinary case.
    pub obligation_rule: String,
    /// Its sentence in Vietnamese.
    pub obligation_reason: String,
    /// Best level that is certainly permitted.
    pub highest: Option<String>,
    /// Best level nothing stands against so far.
    pub highest_possible: Option<String>,
    /// Every level, best first.
    pub levels: Vec<LevelView>,
    /// Rules that force a level.
    pub forced: Vec<Reason>,
    /// Set when the competent body must decide.
    pub needs_decision: Vec<Reason>,
    /// Remarks.
    pub advice: Vec<Reason>,
    /// Labels of the facts that would settle what is not known, each once.
    pub missing: Vec<Words>,
}

impl Judgement {
    /// The first reason why `level` is not permitted; none when it is, or when that is not known.
    #[must_use]
    pub fn against(&self, level: &str) -> Option<&Reason> {
        self.levels
            .iter()
            .find(|view| view.level == level && view.possibility == "refused")
            .and_then(|view| view.against.first())
    }
}

/// Hồ sơ đem đối chiếu: a case with its facts under its campaign's book and settings.
#[derive(Debug, Clone)]
pub(crate) struct Case<'a>(Question<'a>);

impl<'a> Case<'a> {
    /// A case of which nothing is known yet.
    pub(crate) fn empty(app: &'a App, campaign: &CampaignRow) -> Result<Self> {
        let book = book_of(app, campaign)?;
        Ok(Self(Question { book, facts: Facts::new(), settings: settings_of(book, &campaign.settings)? }))
    }

    /// What the roster alone says of a member: enough to tell what he owes.
    pub(crate) fn of_member(app: &'a App, campaign: &CampaignRow, member: &MemberRow) -> Result<Self> {
        let mut case = Self::empty(app, campaign)?;
        case.add_roster(campaign, &member.standing, &member.admitted_on, &member.civil_kind, member.leader);
        Ok(case)
    }

    /// Everything stored about a review: roster, the handed-in form, the head of agency's level, stated facts.
    pub(crate) async fn load(app: &'a App, conn: &mut Conn, loaded: &Loaded) -> Result<Self> {
        let root = loaded.review.root_id;
        let campaign = &loaded.campaign;
        let mut case = Self::empty(app, campaign)?;
        let members = store::org::members_of_unit(conn, root, loaded.review.unit_id, &campaign.period_to).await?;
        if let Some(member) = members.iter().find(|member| member.person_id == loaded.person.person_id) {
            case.add_roster(campaign, &member.standing, &member.admitted_on, &member.civil_kind, loaded.review.leader);
        }
        if let Some(handed_in) = store::review::submitted(conn, root, loaded.review.review_id).await?.first() {
            case.add_content(&serde_json::from_str(&handed_in.content)?);
        }
        case.add_opinions(&store::review::opinions(conn, root, loaded.review.review_id).await?);
        case.add_facts(&store::review::facts(conn, root, loaded.review.review_id).await?);
        Ok(case)
    }

    /// The newest level by the head of agency is the fact that the party level waits for.
    pub(crate) fn add_opinions(&mut self, opinions: &[store::review::OpinionRow]) {
        for opinion in opinions.iter().filter(|opinion| opinion.actor == Assessor::HeadOfAgency.word()) {
            if let Some(level) = &opinion.level {
                self.add("civil_service_level", level);
            }
        }
    }

    /// Stated facts, oldest first: the newest of a name counts.
    pub(crate) fn add_facts(&mut self, facts: &[store::review::FactRow]) {
        for fact in facts {
            self.add(&fact.name, &fact.value);
        }
    }

    pub(crate) fn add_roster(
        &mut self,
        campaign: &CampaignRow,
        standing: &str,
        admitted_on: &str,
        civil_kind: &str,
        leader: bool,
    ) {
        let civil = CivilKind::from_word(civil_kind).is_some_and(CivilKind::is_civil);
        for (name, value) in [
            ("standing", standing),
            ("admitted_on", admitted_on),
            ("cut_off_date", &campaign.cut_off_on),
            ("is_state_employee", if civil { "true" } else { "false" }),
            ("has_leading_post", if leader { "true" } else { "false" }),
        ] {
            self.add(name, value);
        }
    }

    /// Grades of the form are the facts `grade.<criterion>`; fields carry the criterion's id with `_grade`.
    pub(crate) fn add_content(&mut self, content: &Content) {
        for (field, value) in content {
            if let Some(criterion) = field.strip_suffix("_grade") {
                self.add(&format!("grade.{criterion}"), value);
            }
        }
    }

    /// Adds a fact if the book knows it and the text is of its kind; otherwise it stays unknown.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        if let Some(value) = self.0.book.read_fact(name, value) {
            self.0.facts.insert(name.to_owned(), value);
        }
    }

    /// Puts the case to the rules.
    pub(crate) fn judge(&self) -> Judgement {
        let verdict = self.0.book.evaluate(MEMBER, &self.0.facts, &self.0.settings);
        word(self.0.book, &verdict)
    }
}

fn word(book: &Book, verdict: &Verdict) -> Judgement {
    // What is only not known yet must not read as if it were so.
    let applying = |findings: &[Finding]| {
        findings.iter().filter(|finding| finding.outcome == Outcome::Applies).map(Reason::of).collect::<Vec<_>>()
    };
    let obligation = match verdict.obligation {
        rules::Obligation::ReviewAndClassify | rules::Obligation::Unknown => Obligation::ReviewAndClassify,
        rules::Obligation::ReviewOnly => Obligation::ReviewOnly,
        rules::Obligation::Neither => Obligation::Neither,
    };
    let mut grounds = verdict.obligation_findings.iter().filter(|finding| finding.outcome == Outcome::Applies);
    let ground = grounds.next().filter(|_| obligation != Obligation::ReviewAndClassify);
    Judgement {
        obligation,
        obligation_rule: ground.map_or_else(String::new, |finding| finding.rule.clone()),
        obligation_reason: ground.map_or_else(String::new, |finding| Reason::of(finding).cited()),
        highest: verdict.highest.clone(),
        highest_possible: verdict.highest_possible.clone(),
        levels: verdict.levels.iter().filter_map(|answer| level_view(book, answer)).collect(),
        forced: applying(&verdict.forced),
        needs_decision: applying(&verdict.needs_decision),
        advice: applying(&verdict.advice),
        missing: verdict.missing.iter().map(|fact| Words::from(&fact.label)).collect(),
    }
}

fn level_view(book: &Book, answer: &rules::LevelAnswer) -> Option<LevelView> {
    let level = book.level(&answer.level)?;
    let possibility = match answer.possibility {
        Possibility::Permitted => "permitted",
        Possibility::Unknown => "unknown",
        Possibility::Refused => "refused",
    };
    Some(LevelView {
        level: level.id.clone(),
        title: Words::from(&level.title),
        short: Words::from(&level.short),
        possibility: possibility.to_owned(),
        against: answer.against.iter().map(Reason::of).collect(),
        unknown: answer.unknown.iter().map(Reason::of).collect(),
    })
}

/// The book a campaign was opened under; it judges the campaign for ever.
pub(crate) fn book_of<'a>(app: &'a App, campaign: &CampaignRow) -> Result<&'a Book> {
    let book = app
        .library
        .book(&campaign.rule_book_id)
        .ok_or_else(|| Error::Fault(format!("no rule book {}", campaign.rule_book_id)))?;
    if book.sealed && book.seal != campaign.rule_book_seal {
        return Err(Error::Fault(format!("rule book {} is not the one the campaign was opened under", book.id)));
    }
    Ok(book)
}

/// Ids of the levels of a book, best first.
pub(crate) fn levels(book: &Book) -> Vec<String> {
    book.levels.iter().map(|level| level.id.clone()).collect()
}

/// Ids of the grades of a book, best first.
pub(crate) fn grades(book: &Book) -> Vec<String> {
    book.grades.iter().map(|grade| grade.id.clone()).collect()
}

/// Boxes of the ballot on members.
pub(crate) fn ballot_choices(book: &Book) -> Vec<String> {
    book.procedure(MEMBER).map_or_else(|| levels(book), |procedure| procedure.ballot.clone())
}

/// Share of the membership that more than which must be in favour, as numerator and denominator.
pub(crate) fn majority(book: &Book) -> (u32, u32) {
    let share =
        book.procedure(MEMBER).and_then(|procedure| book.majority(&procedure.majority)).map(|majority| majority.share);
    let parts = share
        .and_then(|share| Some((u32::try_from(share.numerator()).ok()?, u32::try_from(share.denominator()).ok()?)));
    parts.unwrap_or((1, 2))
}

/// The choices of a campaign: what was asked for, and the book's default for the rest. Stored as text.
pub(crate) fn pin_settings(book: &Book, asked: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let mut pinned: BTreeMap<String, String> =
        book.default_settings().iter().map(|(name, value)| (name.clone(), value.write())).collect();
    for (name, text) in asked.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let wrong = || Refusal::new("CAMPAIGN-007").with("setting", name).at(&format!("setting-{name}"));
        let value = book.read_setting(name, text).ok_or_else(wrong)?;
        pinned.insert(name.clone(), value.write());
    }
    Ok(pinned)
}

/// The pinned choices as values.
pub(crate) fn settings_of(book: &Book, stored: &str) -> Result<Settings> {
    let pinned: BTreeMap<String, String> = serde_json::from_str(stored)?;
    Ok(pinned.iter().filter_map(|(name, text)| Some((name.clone(), book.read_setting(name, text)?))).collect())
}

/// Day on which months of membership are counted: the setting `cut_off_on` when it is a day, else the period's end.
pub(crate) fn cut_off(book: &Book, pinned: &BTreeMap<String, String>, period_to: Day) -> Day {
    let chosen = pinned.get("cut_off_on").and_then(|text| book.read_setting("cut_off_on", text));
    match chosen {
        Some(Value::Date(day)) => Day::from(day),
        _ => period_to,
    }
}

/// The book's calendar for a period: step and usual last day, in order of the days.
pub(crate) fn usual_calendar(book: &Book, period_to: Day) -> Vec<(String, Day)> {
    let day_of =
        |step: &Step| Day::of(period_to.parts().0 + step.due.year, step.due.month, step.due.day).unwrap_or(period_to);
    book.steps.iter().map(|step| (step.id.clone(), day_of(step))).collect()
}

/// Title of a step of the calendar.
pub(crate) fn step_title(book: &Book, step: &str) -> Words {
    book.step(step)
        .map_or_else(|| Words { vi: step.to_owned(), en: step.to_owned() }, |known| Words::from(&known.title))
}

/// Last day on which a base organisation answers a reply that arrives on `from`.
pub(crate) fn reply_due(book: &Book, from: Day) -> Day {
    const BASE: &str = "base_organization";
    book.reply_limit(BASE).map_or(from, |limit| from.plus_working_days(limit.working_days, &BTreeSet::new()))
}

/// A fact as it will be stored.
pub(crate) struct Stated {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) needs_evidence: bool,
}

/// Reads a fact typed by a person: `có`/`không`, a day as dd/mm/yyyy, a number with comma.
pub(crate) fn read_fact(book: &Book, name: &str, typed: &str) -> std::result::Result<Stated, Refusal> {
    let field = format!("value-{name}");
    let unknown = || Refusal::new("REVIEW-007").with("fact", name).at(&field);
    let fact = book.fact(name).filter(|fact| fact.derived.is_none()).ok_or_else(unknown)?;
    let label = fact.label.vi.clone();
    let text = written(&fact.kind, typed.trim());
    let wrong = || Refusal::new("REVIEW-006").with("fact", &label).with("expected", expected(&fact.kind)).at(&field);
    let value = book.read_fact(name, &text).ok_or_else(wrong)?;
    Ok(Stated { value: value.write(), needs_evidence: !fact.evidence.vi.is_empty(), label })
}

fn written(kind: &rules::Kind, typed: &str) -> String {
    match (kind, typed.to_lowercase().as_str()) {
        (rules::Kind::Boolean, "có" | "co" | "yes" | "true") => "true".to_owned(),
        (rules::Kind::Boolean, "không" | "khong" | "no" | "false") => "false".to_owned(),
        (rules::Kind::Date, _) => Day::parse_typed(typed).map_or_else(|_| typed.to_owned(), |day| day.to_string()),
        (rules::Kind::Fraction, _) => typed.replace(',', "."),
        _ => typed.to_owned(),
    }
}

const fn expected(kind: &rules::Kind) -> &'static str {
    match kind {
        rules::Kind::Boolean => "Có / Không",
        rules::Kind::Integer => "12",
        rules::Kind::Fraction => "92,5 · 1/2",
        rules::Kind::Date => "31/12/2022",
        rules::Kind::Level | rules::Kind::Grade | rules::Kind::Choice(_) => "…",
    }
}

/// The pinned choices in words: question and answer.
pub(crate) fn settings_shown(book: &Book, pinned: &BTreeMap<String, String>) -> Vec<(Words, String)> {
    let answer = |name: &str, value: &str| {
        let offers = settings_offered(book);
        let known = offers.iter().find(|offer| offer.name == name);
        let label = known.and_then(|offer| offer.choices.iter().find(|(choice, _)| choice == value));
        label.map_or_else(|| value.to_owned(), |(_, words)| words.vi.clone())
    };
    let titled = |name: &str| book.setting(name).map(|setting| Words::from(&setting.title));
    pinned.iter().filter_map(|(name, value)| Some((titled(name)?, answer(name, value)))).collect()
}

/// The choices a book leaves.
pub(crate) fn settings_offered(book: &Book) -> Vec<crate::reads::campaign::SettingOffer> {
    let choices = |setting: &rules::book::Setting| match &setting.kind {
        rules::Kind::Choice(ids) => ids.iter().cloned().zip(setting.choices.iter().map(Words::from)).collect(),
        rules::Kind::Boolean => vec![("true".to_owned(), yes_or_no(true)), ("false".to_owned(), yes_or_no(false))],
        _ => Vec::new(),
    };
    book.settings
        .iter()
        .map(|setting| crate::reads::campaign::SettingOffer {
            name: setting.name.clone(),
            title: Words::from(&setting.title),
            choices: choices(setting),
            default: setting.default.write(),
            citation: Words { vi: setting.citation.number.clone(), en: setting.citation.number.clone() },
        })
        .collect()
}

/// The facts that people state about a member: not those the roster, the form or the head of agency's opinion give.
pub(crate) fn facts_offered(book: &Book) -> Vec<crate::reads::review::FactView> {
    const GIVEN: [&str; 6] =
        ["standing", "admitted_on", "cut_off_date", "is_state_employee", "has_leading_post", "civil_service_level"];
    book.facts
        .iter()
        .filter(|fact| fact.derived.is_none() && !GIVEN.contains(&fact.name.as_str()))
        .filter(|fact| fact.subjects.is_empty() || fact.subjects.iter().any(|subject| subject == MEMBER))
        .filter(|fact| {
            !fact.name.starts_with("grade.")
                || book.criteria_of(MEMBER).iter().any(|one| format!("grade.{}", one.id) == fact.name)
        })
        .map(|fact| crate::reads::review::FactView {
            name: fact.name.clone(),
            label: Words::from(&fact.label),
            kind: kind_word(&fact.kind).to_owned(),
            choices: choices(book, fact),
            evidence_needed: Words::from(&fact.evidence),
            value: String::new(),
            stored: String::new(),
            usual: fact.usual.as_ref().map_or_else(String::new, Value::write),
            evidence: String::new(),
            stated_by: String::new(),
            earlier: 0,
        })
        .collect()
}

fn choices(book: &Book, fact: &rules::book::FactDeclaration) -> Vec<(String, Words)> {
    let scale = |levels: &[rules::book::Level]| {
        levels.iter().map(|level| (level.id.clone(), Words::from(&level.title))).collect()
    };
    match &fact.kind {
        rules::Kind::Level => scale(&book.levels),
        rules::Kind::Grade => scale(&book.grades),
        rules::Kind::Choice(ids) => ids.iter().cloned().zip(fact.choices.iter().map(Words::from)).collect(),
        _ => Vec::new(),
    }
}

const fn kind_word(kind: &rules::Kind) -> &'static str {
    match kind {
        rules::Kind::Boolean => "boolean",
        rules::Kind::Integer => "integer",
        rules::Kind::Fraction => "fraction",
        rules::Kind::Date => "date",
        rules::Kind::Level => "level",
        rules::Kind::Grade => "grade",
        rules::Kind::Choice(_) => "choice",
    }
}

/// A stored value of a fact as people read it.
pub(crate) fn shown(book: &Book, name: &str, value: &str) -> String {
    let Some(fact) = book.fact(name) else { return value.to_owned() };
    match &fact.kind {
        rules::Kind::Boolean => yes_or_no(value == "true").vi,
        rules::Kind::Date => Day::parse_stored(value).map_or_else(|_| value.to_owned(), Day::shown),
        _ => choices(book, fact)
            .into_iter()
            .find(|(id, _)| id == value)
            .map_or_else(|| value.to_owned(), |(_, words)| words.vi),
    }
}

/// Source of the majority's rule.
pub(crate) fn majority_citation(book: &Book) -> String {
    let majority = book.procedure(MEMBER).and_then(|procedure| book.majority(&procedure.majority));
    majority.map_or_else(String::new, |majority| cite(&majority.citation))
}

/// Trần mức cao nhất: how many may be at the limited level, how many are, and how else the text could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cap {
    /// Id of the limited level; empty when the book limits none.
    pub level: String,
    /// Most who may have it.
    pub limit: u32,
    /// How many have it.
    pub used: u32,
    /// Places left.
    pub left: u32,
    /// How many too many.
    pub over: u32,
    /// The arithmetic in words.
    pub arithmetic: Words,
    /// The sentence of the book.
    pub message: Words,
    /// Source.
    pub citation: String,
    /// The other readings: arithmetic, and how many too many.
    pub others: Vec<(Words, u32)>,
}

/// The cap over a group whose members have these levels.
pub(crate) fn cap(book: &Book, settings: &str, levels: &[&str]) -> Result<Cap> {
    let Some(quota) = book.quota(MEMBER) else { return Ok(Cap::default()) };
    let mut per_level: BTreeMap<String, u64> = BTreeMap::new();
    for level in levels {
        *per_level.entry((*level).to_owned()).or_default() += 1;
    }
    let answer = book.assess_quota(quota, &per_level, &settings_of(book, settings)?, false);
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Cap {
        level: book.levels.get(quota.level).map_or_else(String::new, |level| level.id.clone()),
        limit: small(answer.chosen.limit),
        used: small(answer.chosen.used),
        left: small(answer.chosen.left),
        over: small(answer.chosen.over),
        arithmetic: Words::from(&answer.chosen.arithmetic),
        message: Words::from(&answer.message),
        citation: cite(&answer.citation),
        others: answer.others.iter().map(|other| (Words::from(&other.arithmetic), small(other.over))).collect(),
    })
}

fn cite(citation: &rules::verdict::Citation) -> String {
    if citation.article.vi.is_empty() {
        citation.number.clone()
    } else {
        format!("{}, {}", citation.number, citation.article.vi)
    }
}

fn yes_or_no(yes: bool) -> Words {
    let (vi, en) = if yes { ("Có", "Yes") } else { ("Không", "No") };
    Words { vi: vi.to_owned(), en: en.to_owned() }
}
