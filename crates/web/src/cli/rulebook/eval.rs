//! `guong rulebook eval`: one question to one book.

use std::path::{Path, PathBuf};

use application::rulebooks::{Answer, Carried, Ground, LevelAnswered, Named, Question, Read};
use domain::Refusal;
use serde_json::{Value, json};

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
    let (facts_name, settings_name) = (options.facts.display().to_string(), settings_name(options));
    let facts = Read { name: &facts_name, text: &facts };
    let settings = settings.as_deref().map(|text| Read { name: &settings_name, text });
    let question = Question::read(&volume, &options.subject, facts, settings).map_err(refuse)?;
    let answer = volume.answer(&options.subject, question);
    match options.format {
        Format::Text => put(&in_words(&answer, desk.t)),
        Format::Json => put_json(&shape(&answer).map_err(std::io::Error::from)?)?,
    }
    Ok(if answer.problems.is_empty() { FINE } else { WRONG })
}

fn settings_name(options: &Options) -> String {
    options.settings.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
}

/// A file, or what is piped in for `-`.
fn text(desk: &Desk, path: &Path) -> Result<String, Stop> {
    let text = if path == Path::new("-") { folder::standard_input() } else { folder::text(path) };
    text.map_err(|refusal| unreadable(desk.t, &refusal))
}

/// The answer as programs read it; problems carry their words in both languages.
fn shape(answer: &Answer) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(answer)?;
    if let Some(object) = value.as_object_mut() {
        object.insert("problems".to_owned(), answer.problems.iter().map(problem).collect());
    }
    Ok(value)
}

fn problem(refusal: &Refusal) -> Value {
    let told = Locale::ALL.map(|locale| Translator::new(locale).refusal(refusal));
    let line = refusal.args.iter().find(|(name, _)| name == "line").and_then(|(_, line)| line.parse::<u64>().ok());
    json!({
        "code": refusal.code,
        "name": refusal.field,
        "line": line,
        "message": { "vi": told[0].what, "en": told[1].what },
        "remedy": { "vi": told[0].remedy, "en": told[1].remedy },
    })
}

fn in_words(answer: &Answer, t: Translator) -> String {
    let language = t.locale().tag();
    let title = |named: &Named| named.title.get(language).to_owned();
    let level = |named: Option<&Named>| named.map_or_else(|| t.get("rulebook-eval-none"), title);
    let mut text = format!("{} [{}]\n", answer.rule_book.title.get(language), answer.rule_book.id);
    text.push_str(&format!("{}\n", t.one("rulebook-eval-subject", "subject", title(&answer.subject))));
    let obligation = t.get(&format!("rulebook-eval-obligation-{}", answer.obligation.replace('_', "-")));
    text.push_str(&format!("{}\n", t.one("rulebook-eval-obligation", "obligation", obligation)));
    text.push_str(&grounds(&answer.obligation_grounds, t));
    text.push_str(&format!("{}\n", t.one("rulebook-eval-highest", "level", level(answer.highest.as_ref()))));
    if answer.highest != answer.highest_possible {
        let possible = level(answer.highest_possible.as_ref());
        text.push_str(&format!("{}\n", t.one("rulebook-eval-possible", "level", possible)));
    }
    if let Some(forced) = &answer.forced {
        text.push_str(&format!("{}\n", t.one("rulebook-eval-forced", "level", title(forced))));
        text.push_str(&grounds(&answer.forced_grounds, t));
    }
    text.push_str(&higher(answer, t));
    for (key, found) in [("rulebook-eval-needs-decision", &answer.needs_decision), ("rulebook-eval-advice", &answer.advice)] {
        if !found.is_empty() {
            text.push_str(&format!("\n{}\n{}", t.get(key), grounds(found, t)));
        }
    }
    text.push_str(&missing(&answer.missing, t));
    if !answer.problems.is_empty() {
        let lines: String = answer.problems.iter().map(|one| format!("  ✗ {}\n", words::refusal(one, t))).collect();
        text.push_str(&format!("\n{}\n{lines}", t.get("rulebook-eval-problems")));
    }
    text
}

/// Why not higher: every level above the highest permitted one, with what stands or may stand against it.
fn higher(answer: &Answer, t: Translator) -> String {
    let above = |level: &&LevelAnswered| answer.highest.as_ref().is_none_or(|highest| highest.id != level.id);
    let levels: Vec<&LevelAnswered> = answer.levels.iter().take_while(above).collect();
    if levels.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", t.get("rulebook-eval-why-not"));
    for level in levels {
        let possibility = t.get(&format!("rulebook-eval-{}", level.possibility));
        text.push_str(&format!("  {} – {possibility}\n", level.title.get(t.locale().tag())));
        text.push_str(&grounds(&level.against, t));
        text.push_str(&grounds(&level.unknown, t));
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

fn grounds(grounds: &[Ground], t: Translator) -> String {
    grounds.iter().map(|ground| of_ground(ground, t)).collect()
}

fn of_ground(ground: &Ground, t: Translator) -> String {
    let language = t.locale().tag();
    let mark = if ground.outcome == "applies" { "•" } else { "?" };
    let mut text = format!("    {mark} {} {}: {}\n", ground.code, ground.rule, ground.message.get(language));
    let figures: Vec<&str> = ground.figures.iter().map(|figure| figure.get(language)).collect();
    if !figures.is_empty() {
        text.push_str(&format!("      {}\n", t.one("rulebook-eval-figures", "figures", figures.join("; "))));
    }
    if !ground.missing.is_empty() {
        text.push_str(&format!("      {}\n", t.one("rulebook-eval-depends", "facts", ground.missing.join(", "))));
    }
    text.extend(ground.faults.iter().map(|fault| format!("      {}\n", fault.get(language))));
    let article = ground.source.article.get(language);
    let cite = if article.is_empty() { ground.source.number.clone() } else { format!("{}, {article}", ground.source.number) };
    let surety = t.get(&format!("rulebook-said-surety-{}", ground.source.surety));
    text.push_str(&format!("      {}\n", t.two("rulebook-eval-source", "cite", cite, "surety", surety)));
    text
}
