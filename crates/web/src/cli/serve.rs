//! `guong serve`: serves until it is asked to end.

use std::net::SocketAddr;

use application::App;
use chrono::TimeDelta;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::{Desk, Done, FINE, Stop};
use crate::background;
use crate::intake::Intake;
use crate::server::{Server, asked_to_end};

/// What can be chosen for one run.
#[derive(clap::Args)]
pub struct Options {
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
}

/// Serves. The schema must be up to date (`guong migrate`).
///
/// # Errors
/// When the address is taken or the database cannot be reached.
pub async fn run(mut desk: Desk, options: Options) -> Done {
    if let Some(listen) = options.listen {
        desk.config.listen = listen;
    }
    let app = desk.open().await?;
    open_doors(&desk, app).await
}

/// Listens, says where, serves, closes the database at the end.
///
/// # Errors
/// When the address is taken.
pub async fn open_doors(desk: &Desk, app: App) -> Done {
    let filter = EnvFilter::try_new(&desk.config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    // A second attempt to log in one process (tests) changes nothing.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    let listener = TcpListener::bind(desk.config.listen).await.map_err(|error| {
        let listen = desk.config.listen.to_string();
        Stop::Said(desk.words("cli-address-taken", &[("listen", listen), ("cause", error.to_string())]))
    })?;
    let address = format!("http://{}", listener.local_addr()?);
    desk.say("cli-serving", &[("address", address), ("engine", app.engine().to_owned())]);
    let intake = Intake::new(std::env::current_exe()?, &desk.config);
    let server = Server::new(app.clone(), desk.config.clone(), intake);
    let idle = TimeDelta::minutes(i64::from(desk.config.idle_minutes));
    let work = tokio::spawn(background::work(app.clone(), idle));
    server.serve(listener, asked_to_end()).await?;
    // The database is closed under nobody's hands: it ends when the task has let go of it.
    work.abort();
    let _ = work.await;
    app.close().await;
    desk.say("cli-ended", &[]);
    Ok(FINE)
}
