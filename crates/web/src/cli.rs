//! The command line. Each verb has its file; what it says comes by key from `locales`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use application::App;
use application::app::Parts;
use clap::{Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::answer::Failure;
use crate::config::{Config, ConfigError, terminal_locale};
use crate::locale::{Locale, Translator};
use crate::press::{PaperPress, library};
use crate::reality::{SystemChance, SystemClock};

pub mod backup;
pub mod check;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod intake;
pub mod migrate;
pub mod rulebook;
pub mod serve;
pub mod user;
pub mod verify;

/// Everything is in order.
pub const FINE: u8 = 0;
/// What was looked at breaks a rule, or what was asked for was refused.
pub const WRONG: u8 = 1;
/// It could not be looked at at all.
pub const UNREADABLE: u8 = 2;

#[derive(Parser)]
#[command(name = "guong", version, disable_help_subcommand = true)]
struct Line {
    #[command(flatten)]
    general: General,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Args, Clone)]
struct General {
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "vi|en")]
    lang: Option<String>,
}

#[derive(Subcommand)]
enum Verb {
    Demo(demo::Options),
    Serve(serve::Options),
    Migrate(migrate::Options),
    Doctor(doctor::Options),
    Import(import::Options),
    Check(check::Options),
    Rulebook(rulebook::Options),
    Verify(verify::Options),
    User(user::Options),
    Backup(backup::Options),
    #[command(hide = true)]
    Intake(intake::Options),
}

/// What every verb gets: words and configuration.
pub struct Desk {
    /// Words in the language of the terminal.
    pub t: Translator,
    /// Configuration in force.
    pub config: Config,
}

/// Why a verb stopped.
#[derive(Debug)]
pub enum Stop {
    /// Said already, or in words for the person at the terminal.
    Said(String),
    /// One of the kinds the pages know too.
    Failure(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<application::Error> for Stop {
    fn from(error: application::Error) -> Self {
        Self::Failure(error.into())
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Said(error.to_string())
    }
}

/// Result of a verb: the exit code.
pub type Done = Result<u8, Stop>;

impl Desk {
    /// Opens the application: data folder, database, rule books, forms, press.
    ///
    /// # Errors
    /// [`Stop`] with the file or the address at fault.
    pub async fn open(&self) -> Result<App, Stop> {
        if self.config.database.is_empty() {
            private_folder(&self.config.data_folder)?;
        }
        let press = PaperPress::new().map_err(|faults| Stop::Said(faults.join("\n")))?;
        let library =
            library().map_err(|faults| Stop::Said(faults.iter().map(|fault| format!("{fault}\n")).collect()))?;
        let parts = Parts {
            database: self.config.database_address(),
            clock: Arc::new(SystemClock),
            chance: Arc::new(SystemChance),
            library,
            press: Arc::new(press),
        };
        let app = App::open(parts).await?.holding(self.config.secrecy());
        Ok(app.with_mailer(crate::mail::mailer(&self.config)))
    }

    /// Says a sentence by key.
    pub fn say(&self, key: &str, args: &[(&str, String)]) {
        // Whoever closed the pipe does not want to hear it.
        let _ = writeln!(std::io::stdout(), "{}", self.words(key, args));
    }

    /// A sentence by key.
    #[must_use]
    pub fn words(&self, key: &str, args: &[(&str, String)]) -> String {
        let args: Vec<(String, String)> =
            args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.t.with(key, &args)
    }
}

/// Makes a folder that nobody else reads.
fn private_folder(path: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let t = Translator::new(asked_locale().unwrap_or_else(terminal_locale));
    let line = match Line::from_arg_matches(&translated(Line::command(), t).get_matches()) {
        Ok(line) => line,
        Err(error) => error.exit(),
    };
    // The reading process takes its limits before anything else is started in it.
    if let Verb::Intake(options) = line.verb {
        return ExitCode::from(intake::run(&options));
    }
    let config = match Config::load(line.general.config.as_deref()) {
        Ok(config) => config,
        Err(error) => return unusable(t, &error),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return stopped(t, Stop::from(error)),
    };
    let desk = Desk { t, config };
    match runtime.block_on(obey(desk, line.verb)) {
        Ok(code) => ExitCode::from(code),
        Err(stop) => stopped(t, stop),
    }
}

async fn obey(desk: Desk, verb: Verb) -> Done {
    match verb {
        Verb::Demo(options) => demo::run(desk, options).await,
        Verb::Serve(options) => serve::run(desk, options).await,
        Verb::Migrate(options) => migrate::run(desk, options).await,
        Verb::Doctor(options) => doctor::run(desk, options).await,
        Verb::Import(options) => import::run(desk, options).await,
        Verb::Check(options) => check::run(desk, options).await,
        Verb::Rulebook(options) => rulebook::run(&desk, &options),
        Verb::Verify(options) => verify::run(desk, options).await,
        Verb::User(options) => user::run(desk, options).await,
        Verb::Backup(options) => backup::run(desk, options).await,
        Verb::Intake(options) => Ok(intake::run(&options)),
    }
}

fn unusable(t: Translator, error: &ConfigError) -> ExitCode {
    eprintln!("{}", t.one("cli-config-unusable", "fault", error));
    ExitCode::from(UNREADABLE)
}

fn stopped(t: Translator, stop: Stop) -> ExitCode {
    match stop {
        Stop::Said(words) => eprintln!("{words}"),
        Stop::Failure(Failure::Refused(reasons)) => {
            for told in reasons.iter().map(|reason| t.refusal(reason)) {
                eprintln!("{} {} [{}]", told.what, told.remedy, told.code);
            }
            return ExitCode::from(WRONG);
        }
        Stop::Failure(failure) => eprintln!("{}", t.one("cli-failed", "cause", format!("{failure:?}"))),
    }
    ExitCode::from(UNREADABLE)
}

/// `--lang` is needed before the words of the help are known.
fn asked_locale() -> Option<Locale> {
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        if word == "--lang" {
            return Locale::from_tag(&words.next()?);
        }
        if let Some(tag) = word.strip_prefix("--lang=") {
            return Locale::from_tag(tag);
        }
    }
    None
}

/// Puts the words of the help in: `cli-<verb>` and `cli-<verb>-<argument>`, for verbs of verbs alike.
fn translated(mut command: Command, t: Translator) -> Command {
    for general in ["config", "lang"] {
        command = command.mut_arg(general, |arg| arg.help(t.get(&format!("cli-{general}"))));
    }
    verbs_translated(command.about(t.get("cli-about")), "cli", t)
}

fn verbs_translated(command: Command, named: &str, t: Translator) -> Command {
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    verbs.into_iter().fold(command, |command, verb| {
        command.mut_subcommand(&verb, |sub| {
            let named = format!("{named}-{verb}");
            let arguments: Vec<String> = sub.get_arguments().map(|arg| arg.get_id().to_string()).collect();
            let sub = arguments.into_iter().fold(sub.about(t.get(&named)).long_about(None), |sub, argument| {
                let key = format!("{named}-{}", argument.replace('_', "-"));
                sub.mut_arg(&argument, |arg| arg.help(t.get(&key)).long_help(None))
            });
            verbs_translated(sub, &named, t)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent_and_has_words_in_both_languages() {
        for locale in Locale::ALL {
            let mut command = translated(Line::command(), Translator::new(locale));
            command.clone().debug_assert();
            let help = helps(&mut command);
            assert!(!help.contains('⟦'), "{help}");
        }
    }

    /// The help of a verb and of all verbs below it.
    fn helps(command: &mut Command) -> String {
        let own = command.render_long_help().to_string();
        own + &command.get_subcommands_mut().map(helps).collect::<String>()
    }
}
