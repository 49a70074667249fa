//! Bản dùng thử: a commune's party committee in Quảng Ngãi in December 2022 with sample people, made by calling the acts
//! as the right people on the right days, so that its journal is a real one.

mod cast;
mod chance;
pub mod country;
mod directives;
mod onward;
mod play;
pub mod province;
mod remedies;
pub(crate) mod sample;
mod superior;

use std::sync::Arc;

use domain::{Actor, CampaignId, Day, DirectiveId, PersonId, UnitId};

pub use cast::{Member, Stage};
pub use chance::{SeededChance, SetClock};
pub use play::Play;

use crate::accounts::{Founding, found, open_account};
use crate::acts::roster::{Importer, Upload, confirm_import, preview_import};
use crate::app::App;
use crate::error::{Error, Result, known, stored};
use cast::Cast;

/// The demonstration falls the same every time.
const SEED: u64 = 2022;
const FILE: &str = "danh-sach-mau.xlsx";

/// Tài khoản mẫu: who can sign in, and what there is to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoAccount {
    /// Name typed at sign-in.
    pub login: String,
    /// Passphrase: printed, for the demonstration hides nothing.
    pub passphrase: String,
    /// Who it is.
    pub name: String,
    /// Unit of the member.
    pub unit: String,
    /// Key of the text that says what he is.
    pub role: String,
    /// Key of the text that says what to try.
    pub attempt: String,
}

/// The accounts of the demonstration, the office clerk's first.
///
/// # Errors
/// [`crate::Error::Fault`] when demo.toml cannot be read.
pub fn accounts() -> Result<Vec<DemoAccount>> {
    let cast = Cast::read()?;
    let members = cast.members()?;
    let made = cast.accounts.iter().map(|account| {
        let member = known(members.iter().find(|member| account.is(member)), "account of demo.toml")?;
        Ok(DemoAccount {
            login: account.login.clone(),
            passphrase: passphrase(&account.login),
            name: member.name.clone(),
            unit: cast.cell(&member.cell)?.name.clone(),
            role: account.role.clone(),
            attempt: account.attempt.clone(),
        })
    });
    made.collect()
}

fn passphrase(login: &str) -> String {
    format!("mau-{login}-nam-2022")
}

/// The day on which the demonstration opens.
///
/// # Errors
/// [`crate::Error::Fault`] when demo.toml cannot be read.
pub fn first_day() -> Result<Day> {
    stored(Day::parse_stored(&Cast::read()?.opens_on), "first day of demo.toml")
}

/// Makes the demonstration in an empty database whose schema is up to date. `hash` hashes passphrases.
///
/// # Errors
/// Those of the acts; none is expected.
pub async fn build(app: &App, hash: &(dyn Fn(&str) -> String + Send + Sync)) -> Result<Play> {
    let clock = Arc::new(SetClock::default());
    let app = App { clock: clock.clone(), chance: Arc::new(SeededChance::new(SEED)), ..app.clone() };
    let mut play = begin(app, clock, hash).await?;
    let (account, _) = play.cast.clerk()?;
    let clerk = known(play.members.iter().find(|member| account.is(member)), "clerk of demo.toml")?.person;
    let directive = direct(&play, &play.actor(clerk).await?).await?;
    play.at("2022-11-01", 8)?;
    let clerk = play.actor(clerk).await?;
    play.open(&clerk, directive).await?;
    play.direct(&clerk).await?;
    let stages: Vec<(String, Stage)> = play.stages().map(|(cell, stage)| (cell.to_owned(), stage)).collect();
    for (cell, stage) in stages {
        bring(&play, &cell, stage).await?;
    }
    play.integrate().await?;
    Ok(play)
}

/// The committee issues its plan of the year; the cells that have begun have studied it.
async fn direct(play: &Play, clerk: &Actor) -> Result<DirectiveId> {
    let plan = directives::Directives::read()?.commune;
    play.at(&directives::day_of(&plan)?.to_string(), 9)?;
    let secretary = play.seated(0).await?;
    let id = directives::issue(&play.app, (clerk, &secretary), play.base, None, &plan).await?;
    play.at("2022-10-30", 9)?;
    for (cell, stage) in play.stages() {
        if stage != Stage::Untouched {
            directives::study(&play.app, &play.head(cell).await?, id, play.unit(cell)?).await?;
        }
    }
    Ok(id)
}

/// Brings a cell to where it stands when the demonstration opens.
async fn bring(play: &Play, cell: &str, stage: Stage) -> Result<()> {
    let (written, met) = match stage {
        Stage::Untouched => return Ok(()),
        Stage::Writing => ("2022-12-12", ""),
        Stage::Counting => ("2022-12-05", "2022-12-19"),
        Stage::Sealed => ("2022-11-14", "2022-12-02"),
        Stage::Proposed => ("2022-11-07", "2022-11-25"),
    };
    play.at(written, 9)?;
    if stage == Stage::Writing {
        return play.write(cell, play.reviews(cell).await?.len() / 2).await;
    }
    play.write(cell, usize::MAX - 1).await?;
    play.at(written, 15)?;
    play.state(cell, written).await?;
    play.at(met, 8)?;
    let (meeting, ballot) = play.meet(cell, met).await?;
    play.count(cell, ballot, 1).await?;
    if stage == Stage::Counting {
        return Ok(());
    }
    play.count(cell, ballot, 2).await?;
    play.discuss(cell, met).await?;
    play.seal(cell, met, meeting).await?;
    if stage == Stage::Proposed {
        play.at("2022-11-28", 9)?;
        play.propose(cell).await?;
        play.remedy(cell).await?;
    }
    Ok(())
}

/// Founds the hierarchy, writes its roster and opens the accounts.
async fn begin(app: App, clock: Arc<SetClock>, hash: &(dyn Fn(&str) -> String + Send + Sync)) -> Result<Play> {
    let cast = Cast::read()?;
    clock.put(stored(Day::parse_stored("2022-10-03"), "day of founding")?, 8);
    let (account, code) = cast.clerk()?;
    let nobody = cast.members()?;
    let clerk = known(nobody.iter().find(|member| account.is(member)), "clerk of demo.toml")?;
    let order = Founding {
        name: cast.hierarchy.clone(),
        unit_code: cast.base.code.clone(),
        superior_name: cast.base.superior.clone(),
        place: cast.base.place.clone(),
        full_name: clerk.name.clone(),
        person_code: code,
        login: account.login.clone(),
        secret_hash: hash(&passphrase(&account.login)),
        demo: true,
    };
    let root = found(&app, &order).await?;
    let mut play = Play {
        app,
        clock,
        root,
        base: UnitId(uuid::Uuid::nil()),
        campaign: CampaignId(uuid::Uuid::nil()),
        cells: std::collections::BTreeMap::new(),
        members: Vec::new(),
        cast: cast.clone(),
    };
    let mut conn = play.app.read(root).await?;
    let founded = known(store::org::people(&mut conn, root.0).await?.into_iter().next(), "founded person")?;
    drop(conn);
    import_roster(&mut play, PersonId(founded.person_id)).await?;
    for account in cast.accounts.iter().skip(1) {
        let member = known(play.members.iter().find(|member| account.is(member)), "account of demo.toml")?;
        open_account(&play.app, root, member.person, &account.login, &hash(&passphrase(&account.login))).await?;
    }
    Ok(play)
}

/// The clerk imports the roster like any other; then everybody and every cell has an identifier.
async fn import_roster(play: &mut Play, clerk: PersonId) -> Result<()> {
    let actor = play.actor(clerk).await?;
    let importer = Importer::Official(&actor);
    let mut members = play.cast.members()?;
    let sheets = cast::sheets(&play.cast, &members)?;
    let upload = Upload { file_name: FILE.to_owned(), sha256: String::new(), sheets };
    let preview = preview_import(&play.app, importer, upload).await?;
    let intake = preview.intake.ok_or_else(|| Error::Fault(format!("demo.toml: {:?}", preview.errors)))?;
    confirm_import(&play.app, importer, intake, &preview.seen).await?;
    let mut conn = play.app.read(play.root).await?;
    let people = store::org::people(&mut conn, play.root.0).await?;
    for member in &mut members {
        let row = known(people.iter().find(|row| row.code == member.code), "imported member")?;
        member.person = PersonId(row.person_id);
    }
    let units = store::org::units(&mut conn, play.root.0).await?;
    let (base, cells): (Vec<_>, Vec<_>) = units.into_iter().partition(|unit| unit.code == play.cast.base.code);
    play.base = UnitId(known(base.first(), "base organisation")?.unit_id);
    play.cells = cells.into_iter().map(|unit| (unit.code, UnitId(unit.unit_id))).collect();
    play.members = members;
    Ok(())
}
