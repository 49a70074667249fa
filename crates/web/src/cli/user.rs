//! `guong user`: accounts from the console. Nobody but the person himself should see the passphrase for long.

use std::io::Write;

use application::accounts::{Listed, accounts_of, person_of_code};
use application::{App, accounts};
use clap::Subcommand;

use super::{Desk, Done, FINE, Stop, UNREADABLE};
use crate::secret::Hasher;

const LETTERS: &[u8; 32] = b"23456789abcdefghijkmnpqrstuvwxyz";

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
    /// Account for a person of the roster, named by the code there.
    Add {
        #[arg(long)]
        person: String,
        #[arg(long)]
        login: String,
    },
    /// All accounts.
    List,
    /// New passphrase; ends the sessions and the pause of the account.
    Reset {
        #[arg(long)]
        login: String,
    },
}

/// Does it. A new passphrase is drawn and printed once.
///
/// # Errors
/// When the database cannot be reached, the login is taken, the passphrase too short.
pub async fn run(desk: Desk, options: Options) -> Done {
    let app = desk.open().await?;
    app.migrate().await?;
    if matches!(options.what, What::List) {
        return list(&desk, &app).await;
    }
    let passphrase = drawn(&app);
    let hash = Hasher::default().hash(passphrase.clone(), app.chance.salt()).await?;
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
            let found = person_of_code(&app, root, &person).await?;
            let nobody = || Stop::Said(desk.words("user-unknown-person", &[("person", person.clone())]));
            accounts::open_account(&app, root, found.ok_or_else(nobody)?, &login, &hash).await?;
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
        What::List => return Ok(FINE),
    };
    desk.say(done, &[("login", login)]);
    desk.say("user-passphrase", &[("passphrase", passphrase)]);
    app.close().await;
    Ok(FINE)
}

async fn list(desk: &Desk, app: &App) -> Done {
    let mut lines = vec![desk.t.get("user-list-head")];
    for hierarchy in accounts::hierarchies(app).await? {
        lines.push(hierarchy.name);
        let accounts = accounts_of(app, hierarchy.root).await?.into_iter();
        lines.extend(accounts.map(|account| line(desk, &account)));
    }
    app.close().await;
    writeln!(std::io::stdout(), "{}", lines.join("\n"))?;
    Ok(FINE)
}

fn line(desk: &Desk, account: &Listed) -> String {
    let line = format!("  {} · {} · {}", account.login, account.name, account.state);
    match account.left_on {
        Some(day) => format!("{line} · {}", desk.words("user-left", &[("day", day.shown())])),
        None => line,
    }
}

/// Five groups of four letters and digits that are not mistaken for each other: 100 bits.
fn drawn(app: &App) -> String {
    let salt = app.chance.salt();
    let letters: Vec<char> = salt.iter().take(20).map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_are_not_drawn() {
        assert_eq!(LETTERS.len(), 32);
        assert!(!LETTERS.iter().any(|letter| b"01lo".contains(letter)));
    }
}
