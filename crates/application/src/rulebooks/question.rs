//! Câu hỏi cho một bộ: facts and settings out of JSON texts, each value read exactly as it is written.

use std::fmt;

use domain::Refusal;
use rules::book::{Derivation, FactDeclaration};
use rules::score::Score;
use rules::{Facts, Rational, Settings, Value, value::Kind};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::{Volume, near, sheet};

/// Tệp đã đọc: its name, for messages, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    /// As the person named it.
    pub name: &'a str,
    /// What stands in it.
    pub text: &'a str,
}

/// Câu hỏi: what was understood, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    pub(super) facts: Facts,
    pub(super) settings: Settings,
    /// Points of a sheet, when one was given.
    pub(super) score: Option<Score>,
    /// What could not be understood; it is treated as not stated.
    pub problems: Vec<Refusal>,
}

impl Question {
    /// Reads the facts about one subject, and the settings when there are any.
    ///
    /// # Errors
    /// `QUESTION-001`, `-002` when a text is no JSON object (a sheet that cannot be read is a problem, not an error); `SHELF-013` when the book knows no such kind of subject.
    pub fn read(volume: &Volume, subject: &str, facts: Read<'_>, settings: Option<Read<'_>>) -> Result<Self, Refusal> {
        volume.knows(subject)?;
        let mut question = Self::default();
        let (sheets, facts): (Vec<_>, Vec<_>) = pairs(facts)?.into_iter().partition(|pair| pair.name == sheet::NAME);
        for pair in facts {
            question.add_fact(volume, subject, &pair);
        }
        for pair in settings.map(pairs).transpose()?.unwrap_or_default() {
            question.add_setting(volume, &pair);
        }
        // Points are reckoned under the settings, so the sheet comes last.
        for pair in sheets {
            question.add_sheet(volume, subject, &pair);
        }
        Ok(question)
    }

    /// Points of a sheet, and the facts that the book takes from it. A fact that is stated too and says something else is told;
    /// the reckoned one counts.
    fn add_sheet(&mut self, volume: &Volume, subject: &str, pair: &Pair<'_>) {
        if self.score.is_some() {
            self.problem(pair, Refusal::new("QUESTION-011"));
        }
        let sheet = match sheet::read(volume, subject, pair.raw) {
            Ok(sheet) => sheet,
            Err(refusal) => return self.problem(pair, refusal),
        };
        let score = volume.book.score(&sheet, &self.settings);
        for (name, value) in &score.facts {
            let stated = self.facts.insert(name.clone(), value.clone());
            if let Some(stated) = stated.filter(|stated| stated != value) {
                let refusal = Refusal::new("QUESTION-015").with("fact", name);
                self.problem(pair, refusal.with("stated", stated.write()).with("reckoned", value.write()));
            }
        }
        self.score = Some(score);
    }

    fn add_fact(&mut self, volume: &Volume, subject: &str, pair: &Pair<'_>) {
        let book = &volume.book;
        let names = || book.facts.iter().map(|fact| fact.name.as_str());
        let Some(fact) = book.fact(&pair.name) else {
            self.problem(pair, Refusal::new("QUESTION-003").with("near", near(&pair.name, names())));
            return;
        };
        if let Some(of) = counted_from(volume, fact) {
            self.problem(pair, Refusal::new("QUESTION-009").with("of", of));
            return;
        }
        if !fact.subjects.is_empty() && !fact.subjects.iter().any(|about| about == subject) {
            let about = fact.subjects.join(", ");
            self.problem(pair, Refusal::new("QUESTION-010").with("subject", subject).with("about", about));
        }
        match pair.value(&fact.kind, |text| book.read_fact(&pair.name, text)) {
            Given::Nothing => {}
            Given::Value(value) => {
                if self.facts.insert(pair.name.clone(), value).is_some() {
                    self.problem(pair, Refusal::new("QUESTION-011"));
                }
            }
            Given::Other => self.problem(pair, wrong_kind(volume, &fact.kind, pair)),
        }
    }

    fn add_setting(&mut self, volume: &Volume, pair: &Pair<'_>) {
        let book = &volume.book;
        let names = || book.settings.iter().map(|setting| setting.name.as_str());
        let Some(setting) = book.setting(&pair.name) else {
            self.problem(pair, Refusal::new("QUESTION-012").with("near", near(&pair.name, names())));
            return;
        };
        match pair.value(&setting.kind, |text| book.read_setting(&pair.name, text)) {
            Given::Nothing => {}
            Given::Value(value) => {
                if self.settings.insert(pair.name.clone(), value).is_some() {
                    self.problem(pair, Refusal::new("QUESTION-011"));
                }
            }
            Given::Other => self.problem(pair, wrong_kind(volume, &setting.kind, pair)),
        }
    }

    fn problem(&mut self, pair: &Pair<'_>, refusal: Refusal) {
        self.problems
            .push(refusal.with("name", &pair.name).with("file", pair.file).with("line", pair.line).at(&pair.name));
    }
}

impl Volume {
    /// Whether the book speaks of such subjects.
    ///
    /// # Errors
    /// `SHELF-013` when it does not.
    pub fn knows(&self, subject: &str) -> Result<(), Refusal> {
        if self.book.subject(subject).is_some() {
            return Ok(());
        }
        let ids: Vec<&str> = self.book.subjects.iter().map(|subject| subject.id.as_str()).collect();
        Err(Refusal::new("SHELF-013")
            .with("subject", subject)
            .with("near", near(subject, ids.iter().copied()))
            .with("known", ids.join(", ")))
    }
}

/// The facts a fact is counted from, when it is.
fn counted_from(volume: &Volume, fact: &FactDeclaration) -> Option<String> {
    let (Derivation::FullMonths { from, until } | Derivation::Days { from, until }) = fact.derived.as_ref()?;
    let names = [from, until].into_iter().filter_map(|slot| volume.book.facts.get(*slot));
    Some(names.map(|fact| fact.name.as_str()).collect::<Vec<_>>().join(", "))
}

fn wrong_kind(volume: &Volume, kind: &Kind, pair: &Pair<'_>) -> Refusal {
    let ids = |scale: &[rules::book::Level]| scale.iter().map(|level| level.id.clone()).collect::<Vec<_>>().join(", ");
    let refusal = match kind {
        Kind::Boolean => Refusal::new("QUESTION-004"),
        Kind::Integer => Refusal::new("QUESTION-005"),
        Kind::Fraction => Refusal::new("QUESTION-006"),
        Kind::Date => Refusal::new("QUESTION-007"),
        Kind::Level => Refusal::new("QUESTION-008").with("known", ids(&volume.book.levels)),
        Kind::Grade => Refusal::new("QUESTION-008").with("known", ids(&volume.book.grades)),
        Kind::Choice(choices) => Refusal::new("QUESTION-008").with("known", choices.join(", ")),
    };
    let given: String = pair.raw.chars().take(60).collect();
    refusal.with("given", given)
}

/// One name with its value as written.
struct Pair<'a> {
    file: &'a str,
    line: usize,
    name: String,
    raw: &'a str,
}

enum Given {
    Nothing,
    Value(Value),
    Other,
}

impl Pair<'_> {
    /// Numbers are read from their digits and never pass through a binary fraction.
    fn value(&self, kind: &Kind, read: impl Fn(&str) -> Option<Value>) -> Given {
        let value = match self.raw.as_bytes().first() {
            Some(b'n') => return Given::Nothing,
            Some(b'"') => serde_json::from_str::<String>(self.raw).ok().and_then(|text| read(&text)),
            Some(b't' | b'f') if *kind == Kind::Boolean => read(self.raw),
            Some(b'-' | b'0'..=b'9') => match kind {
                Kind::Integer => read(self.raw).or_else(|| whole(self.raw).map(Value::Integer)),
                Kind::Fraction => read(self.raw),
                _ => None,
            },
            _ => None,
        };
        value.map_or(Given::Other, Given::Value)
    }
}

/// `12.0` is a whole number too.
fn whole(text: &str) -> Option<i64> {
    let number = Rational::parse_decimal(text).filter(|number| number.is_whole())?;
    i64::try_from(number.numerator()).ok()
}

fn pairs(read: Read<'_>) -> Result<Vec<Pair<'_>>, Refusal> {
    // Windows editors put a mark before the first character.
    let text = read.text.trim_start_matches('\u{feff}');
    let Members(members) = serde_json::from_str(text).map_err(|error| {
        let code = if error.classify() == Category::Data { "QUESTION-002" } else { "QUESTION-001" };
        Refusal::new(code).with("file", read.name).with("line", error.line()).with("column", error.column())
    })?;
    let line = |raw: &str| {
        let at = raw.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
    };
    let pairs = members.into_iter().map(|(name, raw)| (name, raw.get()));
    Ok(pairs.map(|(name, raw)| Pair { file: read.name, line: line(raw), name, raw }).collect())
}

/// Members of a JSON object in order, each with its text; a name may stand twice, and is then told.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, &'de RawValue>()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}
