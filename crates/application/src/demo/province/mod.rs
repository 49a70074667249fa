//! Tỉnh mẫu: a province in mid-season with sample people by the hundred thousand. The round is opened by the act; what
//! came after it is written in bulk, each part with an entry of the journal, as it would stand after the acts.

mod cast;
mod direction;
mod people;
mod season;

use std::sync::Arc;

use domain::{Actor, CampaignId, Day, PersonId, RootId, UnitId};
use store::journal::{JournalDraft, Record};
use store::place::UNKNOWN_BEGINNING;
use store::season::Season;
use store::{org, roster};

use self::cast::{Cast, Seat};
use super::DemoAccount;
use super::chance::{SeededChance, SetClock};
use crate::accounts::{Founding, found, open_account};
use crate::acts::campaign::{OpenCampaign, open_campaign};
use crate::acts::direction::Asked;
use crate::app::App;
use crate::error::{Error, Result, known, stored};

/// Members of the whole province.
pub const MEMBERS: u32 = 100_000;
/// Fewest members that make a province with every kind of unit.
pub const FEWEST: u32 = 400;
const SEED: u64 = 51;
const YEAR: i32 = 2022;
/// Units written with one entry of the journal.
const PART: usize = 500;

/// Tỉnh mẫu đã dựng.
#[derive(Debug, Clone)]
pub struct Province {
    /// Hierarchy.
    pub root: RootId,
    /// The province.
    pub unit: UnitId,
    /// The round of 2022.
    pub round: CampaignId,
    /// Who can sign in.
    pub accounts: Vec<DemoAccount>,
    /// Person behind each account, in the same order.
    pub people: Vec<PersonId>,
}

/// The accounts of a province of so many members, the province's clerk first.
///
/// # Errors
/// [`Error::Fault`] when the list of places cannot be read.
pub fn accounts(members: u32) -> Result<Vec<DemoAccount>> {
    let cast = Cast::of(members)?;
    Ok(cast.accounts().into_iter().map(|(account, _)| account).collect())
}

/// Makes the province in an empty database whose schema is up to date; reproducible. `hash` hashes passphrases.
///
/// # Errors
/// Those of the acts; none is expected.
pub async fn build(app: &App, members: u32, hash: &(dyn Fn(&str) -> String + Send + Sync)) -> Result<Province> {
    let clock = Arc::new(SetClock::default());
    let app = App { clock: clock.clone(), chance: Arc::new(SeededChance::new(SEED)), ..app.clone() };
    store::upkeep::expect_many(&app.db).await?;
    let mut cast = Cast::of(members)?;
    clock.put(day("2022-10-03")?, 8);
    let accounts = cast.accounts();
    let (first, seat) = known(accounts.first(), "first account")?;
    let order = founding(&cast, first, seat, hash);
    let root = found(&app, &order).await?;
    adopt_founded(&app, root, &mut cast, seat).await?;
    people::write(&app, root, &cast).await?;
    store::upkeep::analyse(&app.db).await?;
    let mut people = vec![PersonId(cast.person(seat)?)];
    for (account, seat) in accounts.iter().skip(1) {
        let person = PersonId(cast.person(seat)?);
        open_account(&app, root, person, &account.login, &hash(&account.passphrase)).await?;
        people.push(person);
    }
    let unit = UnitId(cast.top);
    let directive = direction::direct(&app, &clock, root, &cast).await?;
    clock.put(day("2022-11-01")?, 8);
    let clerk = crate::access::actor(&app, root, known(people.first().copied(), "clerk")?).await?;
    let order = OpenCampaign {
        unit: Some(unit),
        year: YEAR,
        basis: super::cast::basis()?,
        asked_by: Some(Asked { directive, clause: "2".to_owned() }),
        ..OpenCampaign::default()
    };
    let round = open_campaign(&app, &clerk, &order).await?;
    clock.put(day("2022-12-19")?, 8);
    play(&app, &clerk, round, &cast).await?;
    store::journal::integrate(&app.db, root).await?;
    store::upkeep::settle(&app.db).await?;
    let accounts = accounts.into_iter().map(|(account, _)| account).collect();
    Ok(Province { root, unit, round, accounts, people })
}

fn founding(cast: &Cast, first: &DemoAccount, seat: &Seat, hash: &(dyn Fn(&str) -> String + Send + Sync)) -> Founding {
    Founding {
        name: cast.name(),
        unit_code: cast::TOP_CODE.to_owned(),
        superior_name: String::new(),
        place: cast.place(),
        full_name: first.name.clone(),
        person_code: cast::code_of(seat.member),
        login: first.login.clone(),
        secret_hash: hash(&first.passphrase),
        demo: true,
    }
}

/// The unit and the person with which the hierarchy was founded are those of the cast.
async fn adopt_founded(app: &App, root: RootId, cast: &mut Cast, seat: &Seat) -> Result<()> {
    let mut conn = app.read(root).await?;
    let unit = org::units(&mut conn, root.0).await?.into_iter().next();
    let person = org::people(&mut conn, root.0).await?.into_iter().next();
    let (unit, person) = (known(unit, "founded unit")?, known(person, "founded person")?);
    cast.identify(unit.unit_id, &mut || app.chance.id(app.clock.now()));
    cast.put_person(seat, person.person_id);
    Ok(())
}

/// Brings every unit to where it stands in mid-season, part by part.
async fn play(app: &App, clerk: &Actor, round: CampaignId, cast: &Cast) -> Result<()> {
    let root = clerk.root.0;
    let mut reader = app.read(clerk.root).await?;
    let reviews = store::season::reviews(&mut reader, root, round.0).await?;
    let units = store::season::units(&mut reader, root, round.0).await?;
    let campaign = store::campaign::campaign(&mut reader, root, round.0).await?.ok_or(Error::Denied)?;
    let steps = store::campaign::steps(&mut reader, root, round.0).await?;
    drop(reader);
    let director = season::Director::new(app, &campaign, &steps, cast)?;
    let mut played = director.begin(reviews)?;
    for part in units.chunks(PART) {
        let season = director.part(part, &mut played)?;
        let mut tx = app.db.begin(clerk.root).await?;
        store::season::insert(&mut tx, &season).await?;
        tx.part_of_many().commit(Record::of(entry(app, clerk, round, &season)?)).await?;
    }
    store::upkeep::analyse(&app.db).await?;
    let season = director.end(&units, played)?;
    let mut tx = app.db.begin(clerk.root).await?;
    store::season::insert(&mut tx, &season).await?;
    store::season::count(&mut tx, root, round.0).await?;
    Ok(tx.commit(Record::of(entry(app, clerk, round, &season)?)).await?)
}

/// What the journal says of a part: how many of each, no text.
fn entry(app: &App, clerk: &Actor, round: CampaignId, season: &Season) -> Result<JournalDraft> {
    let at = app.clock.now();
    let said = serde_json::json!({
        "units": season.units.len(),
        "reviews": season.reviews.len(),
        "meetings": season.meetings.len(),
        "decisions": season.decisions.len(),
    });
    let (id, object) = (domain::EntryId(app.chance.id(at)), format!("campaign/{round}"));
    let draft = JournalDraft::new(id, app.chance.salt(), at, "sample.season_written", object);
    Ok(draft.by(clerk.person, clerk.post_id()).after(&said)?)
}

pub(super) fn day(written: &str) -> Result<Day> {
    stored(Day::parse_stored(written), written)
}

/// Writes units, people, memberships and posts with one entry of the journal.
async fn write_roster(app: &App, root: RootId, rows: &people::Rows) -> Result<()> {
    let mut tx = app.db.begin(root).await?;
    if !rows.units.is_empty() {
        roster::save_units(&mut tx, &rows.units).await?;
        // The top was founded as a base organisation; it has always been a province.
        store::place::settle(&mut tx, root.0, day(UNKNOWN_BEGINNING)?).await?;
    }
    roster::save_people(&mut tx, &rows.people).await?;
    roster::save_memberships(&mut tx, &rows.memberships).await?;
    roster::save_posts(&mut tx, &rows.posts).await?;
    let at = app.clock.now();
    let said = serde_json::json!({ "units": rows.units.len(), "people": rows.people.len(), "posts": rows.posts.len() });
    let id = domain::EntryId(app.chance.id(at));
    let draft = JournalDraft::new(id, app.chance.salt(), at, "roster.imported", format!("root/{root}"));
    Ok(tx.part_of_many().commit(Record::of(draft.after(&said)?)).await?)
}

#[cfg(test)]
mod tests;
