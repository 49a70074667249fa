//! `guong rulebook eval`: one question to one book.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use application::judge::Words;
use application::rulebooks::{Answer, Carried, Ground, LevelAnswered, Named, Question, Read, Reckoned};
use domain::Refusal;
use serde::Serialize;

use super::{Format, asked, folder, period, put, put_json, unreadable, words};
use crate::cli::{Desk, Done, FINE, Stop, WRONG};
use crate::locale::{Locale, Translator};

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(value_name = "BOOK")]
    book: Option<String>,
    #[arg(long, value_name = "2022|2025-Q3|2022-12-31")]
    period: Option<String>,
    #[arg(long, default_value = "party")]
    matter: String,
    #[arg(long, value_name = "KIND")]
    subject: String,
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Asks: 0 answered, 1 answered but something in the question was not understood, 2 not answered.
///
/// # Errors
/// When there is no such book or kind of subject, or a file cannot be read.
pub(super) fn run(desk: &Desk, carried: &Carried, options: &Options) -> Done {
    let refuse = |refusal: Refusal| unreadable(desk.t, &refusal);
    let period = period(desk, options.period.as_deref())?;
    let volume = asked(desk, carried, options.book.as_deref(), period, &options.matter)?;
    volume.knows(&options.subject).map_err(refuse)?;
    let facts = text(desk, &options.facts)?;
    let settings = options.settings.as_deref().map(|path| text(desk, path)).transpose()?;
    let facts_name = name(desk, &options.facts);
    let settings_name = options.settings.as_deref().map(|path| name(desk, path)).unwrap_or_default();
    let facts = Read { name: &facts_name, text: &facts };
    let settings = settings.as_deref().map(|text| Read { name: &settings_name, text });
    let question = Question::read(&volume, &options.subject, facts, settings).map_err(refuse)?;
    let answer = volume.answer(&options.subject, question);
    match options.format {
        Format::Text => put(&in_words(&answer, desk.t)),
        Format::Json => put_json(&Shape::of(&answer))?,
    }
    let refused = answer.score.as_ref().is_some_and(Reckoned::is_refused);
    Ok(if answer.problems.is_empty() && !refused { FINE } else { WRONG })
}

/// How a file is named in messages.
fn name(desk: &Desk, path: &Path) -> String {
    if path == Path::new("-") { desk.t.get("rulebook-piped-in") } else { path.display().to_string() }
}

/// A file, or what is piped in for `-`.
fn text(desk: &Desk, path: &Path) -> Result<String, Stop> {
    let text = if path == Path::new("-") { folder::standard_input() } else { folder::text(path) };
    text.map_err(|refusal| unreadable(desk.t, &refusal))
}

/// The answer as programs read it; problems carry their words in both languages.
#[derive(Serialize)]
struct Shape<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    problems: Vec<Problem>,
}

/// What of the question was not understood.
#[derive(Serialize)]
struct Problem {
    code: String,
    name: Option<String>,
    line: Option<u64>,
    message: Words,
    remedy: Words,
}

impl<'a> Shape<'a> {
    fn of(answer: &'a Answer) -> Self {
        Self { answer, problems: answer.problems.iter().map(problem).collect() }
    }
}

fn problem(refusal: &Refusal) -> Problem {
    let told = |locale| Translator::new(locale).refusal(refusal);
    let (vi, en) = (told(Locale::Vi), told(Locale::En));
    let line = refusal.args.iter().find(|(name, _)| name == "line").and_then(|(_, line)| line.parse().ok());
    Problem {
        code: refusal.code.clone(),
        name: refusal.field.clone(),
        line,
        message: Words { vi: vi.what, en: en.what },
        remedy: Words { vi: vi.remedy, en: en.remedy },
    }
}

fn in_words(answer: &Answer, t: Translator) -> String {
    let title = |named: &Named| named.title.get(t.locale().tag()).to_owned();
    let level = |named: Option<&Named>| named.map_or_else(|| t.get("rulebook-eval-none"), title);
    let obligation = t.get(&format!("rulebook-eval-obligation-{}", answer.obligation.replace('_', "-")));
    let mut lines = Telling { t, text: String::new(), told: BTreeSet::new() };
    lines.line(&format!("{} [{}]", answer.rule_book.title.get(t.locale().tag()), answer.rule_book.id));
    lines.line(&t.one("rulebook-eval-subject", "subject", title(&answer.subject)));
    lines.line(&t.one("rulebook-eval-obligation", "obligation", obligation));
    lines.grounds(&answer.obligation_grounds);
    lines.line(&t.one("rulebook-eval-highest", "level", level(answer.highest.as_ref())));
    if answer.highest != answer.highest_possible {
        lines.line(&t.one("rulebook-eval-possible", "level", level(answer.highest_possible.as_ref())));
    }
    if let Some(forced) = &answer.forced {
        lines.line(&t.one("rulebook-eval-forced", "level", title(forced)));
        lines.grounds(&answer.forced_grounds);
    }
    lines.why_not_higher(answer);
    lines.section("rulebook-eval-needs-decision", &answer.needs_decision);
    // A remark that may not apply would read as if it did.
    let advice: Vec<Ground> = answer.advice.iter().filter(|ground| ground.outcome == APPLIES).cloned().collect();
    lines.section("rulebook-eval-advice", &advice);
    lines.text + &score(answer.score.as_ref(), t) + &missing(&answer.missing, t) + &problems(&answer.problems, t)
}

/// Word of a ground that certainly applies.
const APPLIES: &str = "applies";

/// The answer line by line; a rule that was told is only named again.
struct Telling {
    t: Translator,
    text: String,
    told: BTreeSet<String>,
}

impl Telling {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn section(&mut self, key: &str, grounds: &[Ground]) {
        if !grounds.is_empty() {
            self.line(&format!("\n{}", self.t.get(key)));
            self.grounds(grounds);
        }
    }

    /// Every level above the highest permitted one, with what stands or may stand against it.
    fn why_not_higher(&mut self, answer: &Answer) {
        let above = |level: &&LevelAnswered| answer.highest.as_ref().is_none_or(|highest| highest.id != level.id);
        let levels: Vec<&LevelAnswered> = answer.levels.iter().take_while(above).collect();
        if levels.is_empty() {
            return;
        }
        self.line(&format!("\n{}", self.t.get("rulebook-eval-why-not")));
        for level in levels {
            let possibility = self.t.get(&format!("rulebook-eval-{}", level.possibility));
            self.line(&format!("  {} – {possibility}", level.title.get(self.t.locale().tag())));
            self.grounds(&level.against);
            self.grounds(&level.unknown);
        }
    }

    fn grounds(&mut self, grounds: &[Ground]) {
        for ground in grounds {
            let perhaps = if ground.outcome == APPLIES { String::new() } else { self.t.get("rulebook-eval-perhaps") };
            let mark = if ground.outcome == APPLIES { "•" } else { "?" };
            let head = format!("    {mark} {} {}{perhaps}", ground.code, ground.rule);
            if self.told.insert(ground.rule.clone()) {
                self.line(&format!("{head}: {}", ground.message.get(self.t.locale().tag())));
                self.details(ground);
            } else {
                self.line(&format!("{head}: {}", self.t.get("rulebook-eval-as-above")));
            }
        }
    }

    fn details(&mut self, ground: &Ground) {
        let language = self.t.locale().tag();
        let figures: Vec<&str> = ground.figures.iter().map(|figure| figure.get(language)).collect();
        if !figures.is_empty() {
            self.line(&format!("      {}", self.t.one("rulebook-eval-figures", "figures", figures.join("; "))));
        }
        if !ground.missing.is_empty() {
            let facts = ground.missing.join(", ");
            self.line(&format!("      {}", self.t.one("rulebook-eval-depends", "facts", facts)));
        }
        for fault in &ground.faults {
            self.line(&format!("      {}", fault.get(language)));
        }
        let article = ground.source.article.get(language);
        let number = &ground.source.number;
        let source = if number.is_empty() { ground.source.title.get(language) } else { number.as_str() };
        let cite = if article.is_empty() { source.to_owned() } else { format!("{source}, {article}") };
        let surety = self.t.get(&format!("rulebook-said-surety-{}", ground.source.surety));
        self.line(&format!("      {}", self.t.two("rulebook-eval-source", "cite", cite, "surety", surety)));
    }
}

fn problems(problems: &[Refusal], t: Translator) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let lines: String = problems.iter().map(|one| format!("  ✗ {}\n", words::refusal(one, t))).collect();
    format!("\n{}\n{lines}", t.get("rulebook-eval-problems"))
}

fn score(score: Option<&Reckoned>, t: Translator) -> String {
    let Some(score) = score else { return String::new() };
    let language = t.locale().tag();
    let mut text = format!("\n{}\n", t.get("rulebook-eval-score"));
    for line in &score.lines {
        text.push_str(&format!("  {}: {}\n", line.title.get(language), line.arithmetic.get(language)));
    }
    if score.total.is_some() {
        text.push_str(&format!("  {}\n", t.one("rulebook-eval-total", "arithmetic", score.arithmetic.get(language))));
    }
    for finding in &score.findings {
        let mark = if finding.gravity == "refused" { "✗" } else { "•" };
        let (message, mend) = (finding.message.get(language), finding.mend.get(language));
        text.push_str(&format!("  {mark} {} {message} {mend}\n", finding.code));
    }
    text
}

fn missing(missing: &[Named], t: Translator) -> String {
    if missing.is_empty() {
        return String::new();
    }
    let line = |fact: &Named| format!("  {} – {}\n", fact.id, fact.title.get(t.locale().tag()));
    format!("\n{}\n{}", t.get("rulebook-eval-missing"), missing.iter().map(line).collect::<String>())
}
