//! `guong demo`: a data folder with samples, served on this machine under a clock that began in December 2022.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use application::ports::Clock;
use application::{App, accounts, demo};
use chrono::{DateTime, TimeDelta, Utc};

use super::serve::open_doors;
use super::{Desk, Done, Stop};
use crate::reality::SystemClock;
use crate::secret::Hasher;

/// Below the folder that the repository does not keep.
const FOLDER: &str = "data/demo";
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
    desk.config.demo = true;
    desk.config.database = String::new();
    desk.config.data_folder = options.data_folder.unwrap_or_else(|| PathBuf::from(FOLDER));
    if let Some(listen) = options.listen {
        desk.config.listen = listen;
    }
    if let Some(port) = options.port {
        desk.config.listen.set_port(port);
    }
    let mut app = desk.open().await?;
    app.migrate().await?;
    app.clock = Arc::new(prepared(&desk, &app).await?);
    greet(&desk, &app)?;
    open_doors(&desk, app).await
}

/// The samples are there; the clock to serve them under.
async fn prepared(desk: &Desk, app: &App) -> Result<DaysBack, Stop> {
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
    samples(app).await?;
    let back = SystemClock.today().date() - demo::first_day()?.date();
    std::fs::write(&marker, format!("{}\n", back.num_days()))?;
    desk.say("demo-built", &[]);
    Ok(DaysBack(back))
}

/// Makes the samples, with passphrases hashed as everywhere.
///
/// # Errors
/// When the database fails.
pub async fn samples(app: &App) -> Result<(), Stop> {
    let hasher = Hasher::default();
    let mut hashes = BTreeMap::new();
    for account in demo::accounts()? {
        let hash = hasher.hash(account.passphrase.clone(), app.chance.salt()).await?;
        hashes.insert(account.passphrase, hash);
    }
    demo::build(app, &|passphrase| hashes.get(passphrase).cloned().unwrap_or_default()).await?;
    Ok(())
}

fn greet(desk: &Desk, app: &App) -> Result<(), Stop> {
    desk.say("demo-opened", &[("day", demo::first_day()?.shown())]);
    desk.say("demo-today", &[("day", app.clock.today().shown())]);
    desk.say("demo-accounts", &[]);
    for account in demo::accounts()? {
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
