//! `guong demo`: a data folder with samples, served on this machine under a clock that began in December 2022; or the facts
//! of a country as files, for measuring.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use application::demo::{DemoAccount, country, province};
use application::ports::Clock;
use application::{App, accounts, demo};
use chrono::{DateTime, TimeDelta, Utc};

use super::serve::open_doors;
use super::{Desk, Done, FINE, Stop};
use crate::reality::SystemClock;
use crate::secret::Hasher;
use crate::show;

/// Below the folder that the repository does not keep.
const FOLDER: &str = "data/demo";
const PROVINCE_FOLDER: &str = "data/demo-province";
const COUNTRY_FOLDER: &str = "data/demo-country";
/// More members than any province has.
const MOST_OF_A_PROVINCE: u32 = 1_000_000;
/// Days between the real calendar and that of the demonstration; written when the samples are complete.
const DAYS_BACK: &str = "days-back";

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(long, value_name = "FOLDER", visible_alias = "dir")]
    data_folder: Option<PathBuf>,
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    #[arg(long, value_name = "PORT", conflicts_with = "listen")]
    port: Option<u16>,
    #[arg(long, value_name = "SCALE", value_parser = ["commune", "province", "country"], default_value = "commune")]
    scale: String,
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(i64::from(province::FEWEST)..=10_000_000))]
    members: Option<u32>,
    #[arg(long, value_name = "ADDRESS")]
    database: Option<String>,
}

/// Which samples.
#[derive(Debug, Clone, Copy)]
enum Scale {
    /// One commune's party committee.
    Commune,
    /// A province of so many members.
    Province(u32),
}

impl Scale {
    fn accounts(self) -> application::Result<Vec<DemoAccount>> {
        match self {
            Self::Commune => demo::accounts(),
            Self::Province(members) => province::accounts(members),
        }
    }

    async fn build(self, app: &App, hash: &(dyn Fn(&str) -> String + Send + Sync)) -> application::Result<()> {
        match self {
            Self::Commune => demo::build(app, hash).await.map(drop),
            Self::Province(members) => province::build(app, members, hash).await.map(drop),
        }
    }
}

/// The clock of this machine, so many days back.
#[derive(Debug, Clone, Copy)]
struct DaysBack(TimeDelta);

impl Clock for DaysBack {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now().checked_sub_signed(self.0).unwrap_or_default()
    }
}

/// Makes the samples when the folder has none, then serves.
///
/// # Errors
/// When the folder cannot be written or the address is taken.
pub async fn run(mut desk: Desk, options: Options) -> Done {
    if options.scale == "country" {
        return write_country(&desk, &options);
    }
    desk.config.demo = true;
    desk.config.database = options.database.unwrap_or_default();
    let members = options.members.unwrap_or(province::MEMBERS);
    if members > MOST_OF_A_PROVINCE {
        return Err(Stop::Said(desk.words("demo-too-many", &[("most", show::number(MOST_OF_A_PROVINCE))])));
    }
    let scale = if options.scale == "province" { Scale::Province(members) } else { Scale::Commune };
    let folder = if matches!(scale, Scale::Commune) { FOLDER } else { PROVINCE_FOLDER };
    desk.config.data_folder = options.data_folder.unwrap_or_else(|| PathBuf::from(folder));
    if let Some(listen) = options.listen {
        desk.config.listen = listen;
    }
    if let Some(port) = options.port {
        desk.config.listen.set_port(port);
    }
    let mut app = desk.open().await?;
    app.migrate().await?;
    app.clock = Arc::new(prepared(&desk, &app, scale).await?);
    greet(&desk, &app, scale)?;
    open_doors(&desk, app).await
}

/// Columns of facts for measuring the rules over a country; nothing is served.
fn write_country(desk: &Desk, options: &Options) -> Done {
    let folder = options.data_folder.clone().unwrap_or_else(|| PathBuf::from(COUNTRY_FOLDER));
    let members = options.members.unwrap_or(country::MEMBERS);
    let place = ("folder", folder.display().to_string());
    desk.say("demo-building", std::slice::from_ref(&place));
    let organisations = country::write(&folder, members)?;
    let said = [place, ("members", show::number(members)), ("organisations", show::number(organisations))];
    desk.say("demo-country", &said);
    Ok(FINE)
}

/// The samples are there; the clock to serve them under.
async fn prepared(desk: &Desk, app: &App, scale: Scale) -> Result<DaysBack, Stop> {
    let marker = desk.config.data_folder.join(DAYS_BACK);
    let folder = [("folder", desk.config.data_folder.display().to_string())];
    let stored = std::fs::read_to_string(&marker).ok().and_then(|text| text.trim().parse().ok());
    if let Some(days) = stored.and_then(TimeDelta::try_days) {
        return Ok(DaysBack(days));
    }
    if !accounts::hierarchies(app).await?.is_empty() {
        return Err(Stop::Said(desk.words("demo-unfinished", &folder)));
    }
    desk.say("demo-building", &folder);
    write_samples(app, scale).await?;
    let back = SystemClock.today().date() - demo::first_day()?.date();
    // With a database elsewhere nothing has made the folder yet.
    std::fs::create_dir_all(&desk.config.data_folder)?;
    std::fs::write(&marker, format!("{}\n", back.num_days()))?;
    desk.say("demo-built", &[]);
    Ok(DaysBack(back))
}

/// Makes the samples, with passphrases hashed as everywhere.
///
/// # Errors
/// When the database fails.
pub async fn samples(app: &App) -> Result<(), Stop> {
    write_samples(app, Scale::Commune).await
}

async fn write_samples(app: &App, scale: Scale) -> Result<(), Stop> {
    let hasher = Hasher::default();
    let mut hashes = BTreeMap::new();
    for account in scale.accounts()? {
        let hash = hasher.hash(account.passphrase.clone(), app.chance.salt()).await?;
        hashes.insert(account.passphrase, hash);
    }
    scale.build(app, &|passphrase| hashes.get(passphrase).cloned().unwrap_or_default()).await?;
    Ok(())
}

fn greet(desk: &Desk, app: &App, scale: Scale) -> Result<(), Stop> {
    let opened = if matches!(scale, Scale::Commune) { "demo-opened" } else { "demo-opened-province" };
    desk.say(opened, &[("day", demo::first_day()?.shown())]);
    desk.say("demo-today", &[("day", app.clock.today().shown())]);
    desk.say("demo-accounts", &[]);
    for account in scale.accounts()? {
        let role = format!("{}, {}", desk.t.get(&account.role), account.unit);
        let attempt = desk.t.get(&account.attempt);
        let args = [
            ("login", account.login),
            ("passphrase", account.passphrase),
            ("name", account.name),
            ("role", role),
            ("attempt", attempt),
        ];
        println!("  {}", desk.words("demo-account", &args));
    }
    Ok(())
}
