//! `guong user`: accounts from the console. Nobody but the person himself should see the passphrase for long.

use std::io::BufRead;

use application::{App, accounts};
use clap::Subcommand;
use domain::PersonId;

use super::{Desk, Done, FINE, Stop, UNREADABLE};
use crate::secret::Hasher;

/// What to do with accounts.
#[derive(clap::Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// First hierarchy with the official who does its office work.
    First {
        #[arg(long)]
        unit: String,
        #[arg(long)]
        unit_code: String,
        #[arg(long, default_value = "")]
        superior: String,
        #[arg(long, default_value = "")]
        place: String,
        #[arg(long)]
        name: String,
        #[arg(long, default_value = "VP01")]
        code: String,
        #[arg(long)]
        login: String,
    },
    /// Account for a person of the roster.
    Add {
        #[arg(long)]
        person: PersonId,
        #[arg(long)]
        login: String,
    },
    /// New passphrase; ends the sessions and the pause of the account.
    Reset {
        #[arg(long)]
        login: String,
    },
}

/// Does it. The passphrase is read from standard input, one line.
///
/// # Errors
/// When the database cannot be reached, the login is taken, the passphrase too short.
pub async fn run(desk: Desk, options: Options) -> Done {
    let app = desk.open().await?;
    app.migrate().await?;
    let hash = asked_hash(&desk, &app).await?;
    let (login, done) = match options.what {
        What::First { unit, unit_code, superior, place, name, code, login } => {
            let founding = accounts::Founding {
                name: unit,
                unit_code,
                superior_name: superior,
                place,
                full_name: name,
                person_code: code,
                login: login.clone(),
                secret_hash: hash,
                demo: false,
            };
            accounts::found(&app, &founding).await?;
            (login, "cli-user-made")
        }
        What::Add { person, login } => {
            let hierarchies = accounts::hierarchies(&app).await?;
            let root = hierarchies.first().ok_or_else(|| Stop::Said(desk.t.get("cli-user-no-hierarchy")))?.root;
            accounts::open_account(&app, root, person, &login, &hash).await?;
            (login, "cli-user-made")
        }
        What::Reset { login } => {
            let Some(found) = accounts::candidate(&app, &login).await? else {
                desk.say("cli-user-unknown", &[("login", login)]);
                return Ok(UNREADABLE);
            };
            accounts::set_secret(&app, &found, &hash).await?;
            (login, "cli-user-reset-done")
        }
    };
    desk.say(done, &[("login", login)]);
    app.close().await;
    Ok(FINE)
}

async fn asked_hash(desk: &Desk, app: &App) -> Result<String, Stop> {
    eprintln!("{}", desk.t.get("cli-user-passphrase"));
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    Ok(Hasher::default().hash(typed.trim_end_matches(['\r', '\n']).to_owned(), app.chance.salt()).await?)
}
