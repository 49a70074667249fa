//! Hồ sơ đem đối chiếu: the facts of a case, gathered from what is stored, and facts as people type and read them.

use std::collections::BTreeMap;

use domain::form::Content;
use domain::org::{CivilKind, Title};
use domain::review::{Assessor, ReviewState};
use domain::subject::Subject;
use domain::{Day, Refusal};
use rules::book::{Drawn, FactDeclaration, Level, Precedence};
use rules::verdict::Possibility;
use rules::{Book, Facts, Kind, Language, Rational, Settings, Value};
use store::Conn;
use store::campaign::CampaignRow;
use store::org::{MemberRow, UnitRow};

use super::book::{book_of, settings_of};
use super::heads::{IS_HEAD, asks_who_is_head};
use super::results::Others;
use super::verdict::{Judgement, applying, word};
use super::words::{Reason, Words, yes_or_no};
use crate::acts::review::Loaded;
use crate::app::App;
use crate::error::Result;
use crate::library::Question;
use crate::reads::review::FactView;

/// Fact that the head of agency's opinion states, and what the order of a book calls it.
const CIVIL_SERVICE_LEVEL: &str = "civil_service_level";

/// Hồ sơ đem đối chiếu: a case with its facts under its campaign's book and settings.
#[derive(Debug, Clone)]
pub(crate) struct Case<'a> {
    question: Question<'a>,
    subject: Subject,
}

impl<'a> Case<'a> {
    /// A case of which nothing is known yet.
    pub(crate) fn empty(app: &'a App, campaign: &CampaignRow, subject: Subject) -> Result<Self> {
        let book = book_of(app, campaign)?;
        Ok(Self::under(book, settings_of(book, &campaign.settings)?, subject))
    }

    /// The same under a book and settings that are read already.
    pub(crate) const fn under(book: &'a Book, settings: Settings, subject: Subject) -> Self {
        Self { question: Question { book, facts: Facts::new(), settings }, subject }
    }

    /// What the roster alone says of a member: enough to tell what he owes.
    pub(crate) fn of_member(app: &'a App, campaign: &CampaignRow, member: &MemberRow) -> Result<Self> {
        let mut case = Self::empty(app, campaign, Subject::Member)?;
        case.add_roster(campaign, &member.standing, &member.admitted_on, &member.civil_kind, member.leader);
        Ok(case)
    }

    /// Everything stored about a review: roster, the handed-in form, the head of agency's level, stated facts.
    pub(crate) async fn load(app: &'a App, conn: &mut Conn, loaded: &Loaded) -> Result<Self> {
        let root = loaded.review.root_id;
        let mut case = Self::on_roster(app, conn, loaded).await?;
        if let Some(handed_in) = store::review::submitted(conn, root, loaded.review.review_id).await?.first() {
            case.add_content(&serde_json::from_str(&handed_in.content)?);
        }
        case.add_opinions(&store::review::opinions(conn, root, loaded.review.review_id).await?);
        case.add_facts(&store::review::facts(conn, root, loaded.review.review_id).await?);
        // What was decided stays decided on what was known then, which the decision kept.
        if loaded.subject != Subject::Member && loaded.review.state != ReviewState::Decided.word() {
            case.add_results(&Others::load(conn, &loaded.campaign, &loaded.unit).await?);
        }
        Ok(case)
    }

    /// What is known of an organisation or its collective before anybody states anything.
    pub(crate) fn of_unit(app: &'a App, campaign: &CampaignRow, subject: Subject, unit: &UnitRow) -> Result<Self> {
        let mut case = Self::empty(app, campaign, subject)?;
        case.add("cut_off_date", &campaign.cut_off_on);
        case.add("is_cell", truth(domain::org::has_members(&unit.kind)));
        if let Some(founded) = &unit.founded_on {
            case.add("founded_on", founded);
            case.add("founded_in_period", truth(*founded >= campaign.period_from));
        }
        Ok(case)
    }

    /// What the subject was to remedy from earlier periods, where the program followed it: how much, and how much of it is done.
    pub(crate) fn add_remedies(&mut self, (all, done): (i64, i64)) {
        let book = self.question.book;
        for fact in book.facts.iter().filter(|_| all > 0) {
            match fact.drawn {
                Some(Drawn::Remedies { done: true }) => self.add(&fact.name, &done.to_string()),
                Some(Drawn::Remedies { done: false }) => self.add(&fact.name, &all.to_string()),
                Some(Drawn::AnyRemedy) => self.add(&fact.name, truth(true)),
                _ => {}
            }
        }
    }

    /// The results of others go before what was stated about them by hand.
    pub(crate) fn add_results(&mut self, others: &Others) {
        for (name, value) in others.facts(self.question.book) {
            self.add(&name, &value);
        }
    }

    /// The newest level by the head of agency is the fact that the party level waits for.
    pub(crate) fn add_opinions(&mut self, opinions: &[store::review::OpinionRow]) {
        for opinion in opinions.iter().filter(|opinion| opinion.actor == Assessor::HeadOfAgency.word()) {
            if let Some(level) = &opinion.level {
                self.add(CIVIL_SERVICE_LEVEL, level);
            }
        }
    }

    /// Stated facts, oldest first: the newest of a name counts.
    pub(crate) fn add_facts(&mut self, facts: &[store::review::FactRow]) {
        for fact in facts {
            self.add(&fact.name, &fact.value);
        }
    }

    /// What the roster says of the person at this moment.
    pub(crate) async fn on_roster(app: &'a App, conn: &mut Conn, loaded: &Loaded) -> Result<Self> {
        let (root, campaign) = (loaded.review.root_id, &loaded.campaign);
        let remedies = store::outcome::remedy::earlier(conn, root, loaded.review.review_id).await?;
        if !loaded.subject.is_person() {
            let mut case = Self::of_unit(app, campaign, loaded.subject, &loaded.unit)?;
            case.add_remedies(remedies);
            return Ok(case);
        }
        let mut case = Self::empty(app, campaign, loaded.subject)?;
        case.add_remedies(remedies);
        let member = store::reviewed::member_reviewed(conn, root, loaded.review.review_id, &campaign.period_to).await?;
        if let Some(member) = member {
            case.add_roster(campaign, &member.standing, &member.admitted_on, &member.civil_kind, loaded.review.leader);
        }
        if loaded.subject == Subject::Leader {
            let posts = store::org::holders(conn, root, loaded.unit.unit_id, &campaign.cut_off_on).await?;
            let heads = |post: &store::org::PostRow| post.title == Title::Secretary.word();
            let head = posts.iter().any(|post| heads(post) && Some(post.person_id) == loaded.review.person_id);
            case.add(IS_HEAD, truth(head));
        }
        Ok(case)
    }

    /// Names of the facts that are known.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.question.facts.keys().map(String::as_str)
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
            ("is_state_employee", truth(civil)),
            ("has_leading_post", truth(leader)),
        ] {
            self.add(name, value);
        }
    }

    /// Grades of the form are the facts `grade.<criterion>`, points are facts of their own; fields carry the criterion's id
    /// with `_grade`, or the fact's name with `_points`.
    pub(crate) fn add_content(&mut self, content: &Content) {
        for (field, value) in content {
            if let Some(criterion) = field.strip_suffix("_grade") {
                self.add(&format!("grade.{criterion}"), value);
            } else if let Some(fact) = field.strip_suffix("_points") {
                self.add(fact, &value.replace(',', "."));
            }
        }
    }

    /// Adds a fact if the book knows it and the text is of its kind; otherwise it stays unknown.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        if let Some(value) = self.question.book.read_fact(name, value) {
            self.question.facts.insert(name.to_owned(), value);
        }
    }

    /// A fact as it would be stored; nothing when it is not known.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.question.facts.get(name).map(Value::write)
    }

    /// Whether it is about somebody who heads a unit.
    pub(crate) fn heads(&self) -> bool {
        self.value(IS_HEAD).as_deref() == Some("true")
    }

    /// Leaves a fact unknown.
    pub(crate) fn forget(&mut self, name: &str) {
        self.question.facts.remove(name);
    }

    /// Facts counted from others, by name, as they would be stored; what cannot be counted yet is absent.
    pub(crate) fn counted(&self) -> BTreeMap<String, String> {
        self.question
            .book
            .counted(&self.question.facts)
            .into_iter()
            .map(|(name, value)| (name, value.write()))
            .collect()
    }

    /// The levels that the rules refuse, without the sentences that say why, and the rules that leave the level to the
    /// competent body: enough for lists of many people.
    pub(crate) fn brief(&self) -> (Vec<String>, Vec<Reason>) {
        let Question { book, facts, settings } = &self.question;
        let verdict = book.evaluate(self.subject.word(), facts, settings);
        let left_open = applying(book, &verdict.needs_decision);
        let refused = verdict.levels.into_iter().filter(|answer| answer.possibility == Possibility::Refused);
        (refused.map(|answer| answer.level).collect(), left_open)
    }

    /// The order of the book by which the level that the agency gives comes first, while nobody knows it.
    pub(crate) fn waits_for_agency(&self) -> Option<Reason> {
        let civil = self.value("is_state_employee").as_deref() == Some("true");
        let open = civil && self.value(CIVIL_SERVICE_LEVEL).is_none();
        let first = |order: &&Precedence| order.first == CIVIL_SERVICE_LEVEL && order.then == "member_decision";
        let order = self.question.book.order.iter().find(first).filter(|order| open && order.strict)?;
        Some(Reason::of_order(self.question.book, order))
    }

    /// Puts the case to the rules.
    pub(crate) fn judge(&self) -> Judgement {
        let verdict = self.question.book.evaluate(self.subject.word(), &self.question.facts, &self.question.settings);
        word(self.question.book, &verdict)
    }
}

const fn truth(so: bool) -> &'static str {
    if so { "true" } else { "false" }
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

fn written(kind: &Kind, typed: &str) -> String {
    match (kind, typed.to_lowercase().as_str()) {
        (Kind::Boolean, "có" | "co" | "yes" | "true") => "true".to_owned(),
        (Kind::Boolean, "không" | "khong" | "no" | "false") => "false".to_owned(),
        (Kind::Date, _) => Day::parse_typed(typed).map_or_else(|_| typed.to_owned(), |day| day.to_string()),
        (Kind::Fraction, _) => typed.replace(',', "."),
        _ => typed.to_owned(),
    }
}

const fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::Boolean => "Có / Không",
        Kind::Integer => "12",
        Kind::Fraction => "92,5 · 1/2",
        Kind::Date => "31/12/2022",
        Kind::Level | Kind::Grade | Kind::Choice(_) => "…",
    }
}

/// The facts that the book asks about subjects of a kind, counted ones too, in the order of the book.
pub(crate) fn facts_about(book: &Book, subject: Subject) -> impl Iterator<Item = &FactDeclaration> {
    let criteria = book.criteria_of(subject.word());
    book.facts
        .iter()
        .filter(move |fact| fact.subjects.is_empty() || fact.subjects.iter().any(|one| one == subject.word()))
        .filter(move |fact| {
            let criterion = fact.name.strip_prefix("grade.");
            criterion.is_none_or(|id| criteria.iter().any(|one| one.id == id))
        })
}

/// The facts that people state about a subject: not those the roster, the form, the head of agency's opinion or the
/// results of others give.
pub(crate) fn facts_offered(book: &Book, subject: Subject) -> Vec<FactView> {
    const GIVEN: [&str; 6] =
        ["standing", "admitted_on", "cut_off_date", "is_state_employee", "has_leading_post", CIVIL_SERVICE_LEVEL];
    let asked = |fact: &&FactDeclaration| facts_about(book, subject).any(|known| known.name == fact.name);
    let head = book.fact(IS_HEAD).filter(|_| subject == Subject::Member && asks_who_is_head(book));
    let head = head.filter(|fact| !asked(fact));
    facts_about(book, subject)
        .chain(head)
        .filter(|fact| fact.derived.is_none() && !GIVEN.contains(&fact.name.as_str()))
        .map(|fact| FactView {
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
            place: String::new(),
            earlier: 0,
        })
        .collect()
}

/// What can be chosen for a fact, id and name; empty when it is typed.
pub(crate) fn choices(book: &Book, fact: &FactDeclaration) -> Vec<(String, Words)> {
    let scale = |levels: &[Level]| levels.iter().map(|level| (level.id.clone(), Words::from(&level.title))).collect();
    match &fact.kind {
        Kind::Level => scale(&book.levels),
        Kind::Grade => scale(&book.grades),
        Kind::Choice(ids) => ids.iter().cloned().zip(fact.choices.iter().map(Words::from)).collect(),
        _ => Vec::new(),
    }
}

/// Word of a kind of fact for pages.
pub(crate) const fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Fraction => "fraction",
        Kind::Date => "date",
        Kind::Level => "level",
        Kind::Grade => "grade",
        Kind::Choice(_) => "choice",
    }
}

/// A stored value of a fact as people read it.
pub(crate) fn shown(book: &Book, name: &str, value: &str) -> String {
    shown_words(book, name, value).vi
}

/// A stored value of a fact as people read it, in both languages.
pub(crate) fn shown_words(book: &Book, name: &str, value: &str) -> Words {
    let same = |text: String| Words { vi: text.clone(), en: text };
    let Some(fact) = book.fact(name) else { return same(value.to_owned()) };
    match &fact.kind {
        Kind::Boolean => yes_or_no(value == "true"),
        Kind::Date => same(Day::parse_stored(value).map_or_else(|_| value.to_owned(), Day::shown)),
        Kind::Fraction => value.parse::<Rational>().map_or_else(|_| same(value.to_owned()), decimal),
        _ => {
            let known = choices(book, fact).into_iter().find(|(id, _)| id == value);
            known.map_or_else(|| same(value.to_owned()), |(_, words)| words)
        }
    }
}

/// `92,5` where that says it all, `1/3` otherwise.
fn decimal(number: Rational) -> Words {
    const DECIMALS: u32 = 6;
    if number.is_whole() || 1_000_000 % number.denominator() != 0 {
        let text = number.to_string();
        return Words { vi: text.clone(), en: text };
    }
    let told = |language: Language| language.decimal(number, DECIMALS).trim_end_matches('0').to_owned();
    Words { vi: told(Language::Vietnamese), en: told(Language::English) }
}

#[cfg(test)]
mod tests;
