//! `guong demo`: a data folder with samples, served on this machine.

use std::net::SocketAddr;
use std::path::PathBuf;

use application::{App, accounts};

use super::serve::open_doors;
use super::{Desk, Done, Stop};
use crate::secret::Hasher;

const FOLDER: &str = "demo-data";
const LOGIN: &str = "vanthu";
const PASSPHRASE: &str = "mat khau dung thu";

/// What can be chosen.
#[derive(clap::Args)]
pub struct Options {
    #[arg(long, value_name = "FOLDER")]
    data_folder: Option<PathBuf>,
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
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
    let app = desk.open().await?;
    app.migrate().await?;
    if accounts::hierarchies(&app).await?.is_empty() {
        samples(&app, &desk).await?;
    }
    desk.say("cli-demo-who", &[("login", LOGIN.to_owned()), ("passphrase", PASSPHRASE.to_owned())]);
    open_doors(&desk, app).await
}

async fn samples(app: &App, desk: &Desk) -> Result<(), Stop> {
    let secret_hash = Hasher::default().hash(PASSPHRASE.to_owned(), app.chance.salt()).await?;
    let founding = accounts::Founding {
        name: desk.t.get("cli-demo-unit"),
        unit_code: "DU".to_owned(),
        superior_name: desk.t.get("cli-demo-superior"),
        place: desk.t.get("cli-demo-place"),
        full_name: desk.t.get("cli-demo-clerk"),
        person_code: "VT01".to_owned(),
        login: LOGIN.to_owned(),
        secret_hash,
        demo: true,
    };
    accounts::found(app, &founding).await?;
    Ok(())
}
