//! Cấu hình: one TOML file, every key also an environment variable, nothing else.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::directive::Secrecy;
use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// Name of the file looked for when none is named.
pub const FILE: &str = "guong.toml";

/// Everything that can be set. The meaning of each key, in words for the operator, is `config-<key>` in `locales`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address and port served.
    pub listen: SocketAddr,
    /// Address people type, such as `https://guong.xa.internal`; empty = whatever host the request names.
    pub public_address: String,
    /// Folder of data.
    pub data_folder: PathBuf,
    /// `postgres://…`, or empty for a file in the data folder.
    pub database: String,
    /// Language shown first: `vi` or `en`.
    pub language: String,
    /// A session ends after so many minutes without a sign of life.
    pub idle_minutes: u32,
    /// A session ends after so many hours in any case.
    pub session_hours: u32,
    /// Requests worked on at once; more are told to come back.
    pub requests: u32,
    /// Longest time for one request, in seconds.
    pub request_seconds: u32,
    /// Memory of the process that reads a file from outside, in MB.
    pub intake_memory_mb: u32,
    /// Processor time of that process, in seconds.
    pub intake_cpu_seconds: u32,
    /// Time on the clock for that process, in seconds.
    pub intake_seconds: u32,
    /// Mail server that takes letters, such as `smtp://127.0.0.1:25` or `smtps://user:password@host:465`; empty = no letters.
    pub mail_server: String,
    /// Address the letters come from.
    pub mail_from: String,
    /// What is logged, such as `info` or `info,web=debug`.
    pub log: String,
    /// The highest mark of secrecy that this installation may hold: `none` on any network, more only on a local network of one
    /// building that leads nowhere.
    pub holds: String,
    /// Whether the page with all components is served and every page says that the data are samples.
    pub demo: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8132)),
            public_address: String::new(),
            data_folder: PathBuf::from("data"),
            database: String::new(),
            language: Locale::Vi.tag().to_owned(),
            idle_minutes: 30,
            session_hours: 12,
            requests: 128,
            request_seconds: 60,
            intake_memory_mb: 512,
            intake_cpu_seconds: 20,
            intake_seconds: 60,
            mail_server: String::new(),
            mail_from: String::new(),
            log: "info".to_owned(),
            holds: Secrecy::None.word().to_owned(),
            demo: false,
        }
    }
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The named file cannot be read.
    #[error("{path}: {cause}")]
    File {
        /// Path of the file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The text is no TOML, has an unknown key or a value of the wrong kind.
    #[error("{0}")]
    Text(Box<toml::de::Error>),
    /// A value is of the right kind and makes no sense.
    #[error("{key} = {value}")]
    Value {
        /// Key.
        key: &'static str,
        /// Value found.
        value: String,
    },
}

impl From<toml::de::Error> for ConfigError {
    fn from(error: toml::de::Error) -> Self {
        Self::Text(Box::new(error))
    }
}

impl Config {
    /// Reads the file (the named one must exist, the usual one may be missing), then the environment over it.
    ///
    /// # Errors
    /// [`ConfigError`] naming file, key or line.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let path = named.unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) if named.is_none() && cause.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(cause) => return Err(ConfigError::File { path: path.to_owned(), cause }),
        };
        Self::read(&text, environment)
    }

    /// Reads a text, and over it whatever `environment` has for `GUONG_<KEY>`.
    ///
    /// # Errors
    /// [`ConfigError`] naming key or line.
    pub fn read(text: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut table: toml::Table = text.parse()?;
        for (key, kind) in Self::keys() {
            if let Some(value) = environment(&variable(&key)) {
                table.insert(key, typed(&kind, value));
            }
        }
        let config: Self = table.try_into()?;
        config.check()?;
        Ok(config)
    }

    /// The highest mark of secrecy that may be kept.
    #[must_use]
    pub fn secrecy(&self) -> Secrecy {
        Secrecy::from_word(&self.holds).unwrap_or(Secrecy::None)
    }

    fn check(&self) -> Result<(), ConfigError> {
        if Locale::from_tag(&self.language).is_none() {
            return Err(ConfigError::Value { key: "language", value: self.language.clone() });
        }
        if Secrecy::from_word(&self.holds).is_none() {
            return Err(ConfigError::Value { key: "holds", value: self.holds.clone() });
        }
        let address = self.public_address.as_str();
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        if !address.is_empty() && host.is_none_or(|host| host.is_empty() || host.contains('/')) {
            return Err(ConfigError::Value { key: "public_address", value: self.public_address.clone() });
        }
        if let Err(key) = crate::mail::check(self) {
            let shown = self.shown().into_iter().find(|(name, _)| name == key);
            return Err(ConfigError::Value { key, value: shown.map(|(_, value)| value).unwrap_or_default() });
        }
        let amounts = [
            ("idle_minutes", self.idle_minutes),
            ("session_hours", self.session_hours),
            ("requests", self.requests),
            ("request_seconds", self.request_seconds),
            ("intake_memory_mb", self.intake_memory_mb),
            ("intake_cpu_seconds", self.intake_cpu_seconds),
            ("intake_seconds", self.intake_seconds),
        ];
        match amounts.into_iter().find(|(_, amount)| *amount == 0) {
            Some((key, amount)) => Err(ConfigError::Value { key, value: amount.to_string() }),
            None => Ok(()),
        }
    }

    /// Every key with its default value.
    #[must_use]
    pub fn keys() -> Vec<(String, toml::Value)> {
        toml::Table::try_from(Self::default()).map(|table| table.into_iter().collect()).unwrap_or_default()
    }

    /// Every key with its value in force; passwords in addresses are covered.
    #[must_use]
    pub fn shown(&self) -> Vec<(String, String)> {
        let table = toml::Table::try_from(self).unwrap_or_default();
        table.into_iter().map(|(key, value)| (key, covered(&value.to_string()))).collect()
    }

    /// Address of the database: the one set, or the file in the data folder.
    #[must_use]
    pub fn database_address(&self) -> String {
        if self.database.is_empty() {
            format!("sqlite://{}", self.data_folder.join("guong.sqlite").display())
        } else {
            self.database.clone()
        }
    }

    /// Whether people come over TLS, so that cookies may be bound to it.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.public_address.starts_with("https://")
    }

    /// Language shown first.
    #[must_use]
    pub fn locale(&self) -> Locale {
        Locale::from_tag(&self.language).unwrap_or_default()
    }
}

/// `idle_minutes` → `GUONG_IDLE_MINUTES`.
#[must_use]
pub fn variable(key: &str) -> String {
    format!("GUONG_{}", key.to_uppercase())
}

#[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The language of the terminal, from the usual variables.
#[must_use]
pub fn terminal_locale() -> Locale {
    let language =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| environment(name).filter(|tag| !tag.is_empty()));
    if language.is_some_and(|tag| tag.starts_with("en")) { Locale::En } else { Locale::Vi }
}

fn typed(kind: &toml::Value, value: String) -> toml::Value {
    match kind {
        toml::Value::Integer(_) => {
            value.parse().map_or_else(|_| toml::Value::String(value.clone()), toml::Value::Integer)
        }
        toml::Value::Boolean(_) => {
            value.parse().map_or_else(|_| toml::Value::String(value.clone()), toml::Value::Boolean)
        }
        _ => toml::Value::String(value),
    }
}

/// `postgres://user:secret@host` → `postgres://user:***@host`.
fn covered(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let Some((login, host)) = rest.rsplit_once('@') else { return text.to_owned() };
    let user = login.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:***@{host}")
}

/// The table of all keys for the operator's handbook.
#[must_use]
pub fn handbook(t: crate::locale::Translator) -> String {
    let mut text = String::new();
    for (key, value) in Config::keys() {
        text.push_str(&format!(
            "| `{key}` | `{}` | `{value}` | {} |\n",
            variable(&key),
            t.get(&format!("config-{key}"))
        ));
    }
    text
}

#[cfg(test)]
mod tests;
