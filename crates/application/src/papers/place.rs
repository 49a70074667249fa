//! Nơi lập giấy: a unit in a campaign with its rule book, its people and what stands at the head and foot of its papers.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use domain::meeting::MeetingState;
use domain::org::Title;
use domain::policy::{Act, Resource, allows};
use domain::{Actor, CampaignId, Day, PersonId, Refusal, UnitId};
use rules::Book;
use serde::Serialize;
use store::Conn;
use store::campaign::CampaignRow;
use store::meeting::MeetingRow;
use store::org::{self, UnitRow};
use uuid::Uuid;

use super::words::{BodyWords, Words, official_day, official_month, words};
use crate::app::{App, permit};
use crate::error::{Error, Result, known, stored};
use crate::judge;

/// Thể thức phần đầu: what every paper carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// Day of the paper, `YYYY-MM-DD`.
    pub made_on: String,
    /// Body above.
    pub superior: String,
    /// Body whose paper it is.
    pub issuer: String,
    /// Place and day.
    pub place_date: String,
}

/// Một mức (or a grade) as a column or box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelHead {
    /// Id in the rule book.
    pub id: String,
    /// Name as printed.
    pub label: String,
    /// Short name.
    pub short: String,
}

/// Người ký.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) authority: String,
    pub(super) post: String,
    pub(super) name: String,
}

/// What papers of one unit in one campaign are read with: one reading transaction.
pub(crate) struct Place<'a> {
    pub(super) app: &'a App,
    pub(super) conn: &'a mut Conn,
    pub(super) root: Uuid,
    pub(super) campaign: CampaignRow,
    pub(super) unit: UnitRow,
    pub(super) book: &'a Book,
    pub(super) words: &'static Words,
    /// Whether the reader sees the unit's proposal before it is sent.
    pub(super) proposes: bool,
    superior: String,
}

impl<'a> Place<'a> {
    /// Opens the place for whoever may print the papers of the unit.
    pub(super) async fn open(
        app: &'a App,
        actor: &Actor,
        conn: &'a mut Conn,
        campaign: CampaignId,
        unit: UnitId,
    ) -> Result<Self> {
        let mut place = Self::find(app, conn, actor.root.0, campaign.0, unit.0).await?;
        permit(actor, Act::PrintPapers, &place.resource())?;
        place.proposes = allows(actor, Act::Propose, &place.resource());
        Ok(place)
    }

    /// The place without asking who wants it: the caller asks.
    pub(crate) async fn find(app: &'a App, conn: &'a mut Conn, root: Uuid, campaign: Uuid, unit: Uuid) -> Result<Self> {
        let campaign = store::campaign::campaign(conn, root, campaign).await?.ok_or(Error::Denied)?;
        let base = org::unit(conn, root, campaign.unit_id).await?.ok_or(Error::Denied)?;
        let unit =
            org::unit(conn, root, unit).await?.filter(|unit| unit.path.starts_with(&base.path)).ok_or(Error::Denied)?;
        let superior = superior(conn, root, &unit).await?;
        let book = judge::book_of(app, &campaign)?;
        Ok(Self { app, conn, root, campaign, unit, book, words: words()?, proposes: true, superior })
    }

    /// The body that opened the campaign and decides, in the same transaction.
    pub(super) async fn of_deciding_body(&mut self) -> Result<Place<'_>> {
        let unit = org::unit(self.conn, self.root, self.campaign.unit_id).await?.ok_or(Error::Denied)?;
        let superior = superior(self.conn, self.root, &unit).await?;
        Ok(Place {
            app: self.app,
            conn: self.conn,
            root: self.root,
            campaign: self.campaign.clone(),
            unit,
            book: self.book,
            words: self.words,
            proposes: self.proposes,
            superior,
        })
    }

    pub(crate) fn resource(&self) -> Resource {
        Resource::of_unit(&self.unit.path).in_campaign_of(UnitId(self.campaign.unit_id))
    }

    pub(super) fn is_cell(&self) -> bool {
        domain::org::has_members(&self.unit.kind)
    }

    pub(super) fn body(&self) -> Result<&'static BodyWords> {
        body_of(self.words, &self.unit.kind)
    }

    /// Name of the body as it issues papers: the cell, or the committee of the organisation.
    pub(super) fn issuer(&self) -> Result<String> {
        Ok(issuer_of(self.body()?, &self.unit.name))
    }

    pub(super) fn superior(&self) -> &str {
        &self.superior
    }

    pub(super) fn year(&self) -> String {
        self.campaign.period_year.to_string()
    }

    pub(super) fn letterhead(&self, day: Day) -> Result<Letterhead> {
        Ok(Letterhead {
            made_on: day.to_string(),
            superior: self.superior.clone(),
            issuer: self.issuer()?,
            place_date: self.place_date(day),
        })
    }

    pub(super) fn place_date(&self, day: Day) -> String {
        place_date_of(self.words, &self.unit.place, day)
    }

    /// The levels of the rule book, best first.
    pub(super) fn levels(&self) -> Vec<LevelHead> {
        self.book.levels.iter().map(head).collect()
    }

    /// The grades of the rule book, best first.
    pub(super) fn grades(&self) -> Vec<LevelHead> {
        self.book.grades.iter().map(head).collect()
    }

    /// A choice of a ballot as a column: a level, or "not rated".
    pub(super) fn choice(&self, id: &str) -> LevelHead {
        self.book.level(id).map_or_else(
            || LevelHead {
                id: id.to_owned(),
                label: self.words.not_rated.label.plain().to_owned(),
                short: self.words.not_rated.short.plain().to_owned(),
            },
            head,
        )
    }

    /// Name of a level as printed; empty for none.
    pub(super) fn level_label(&self, id: &str) -> String {
        if id.is_empty() { String::new() } else { self.choice(id).label }
    }

    /// Short name of a level; empty for none.
    pub(super) fn level_short(&self, id: Option<&str>) -> String {
        id.filter(|id| !id.is_empty()).map_or_else(String::new, |id| self.choice(id).short)
    }

    /// `HTXSNV: Hoàn thành xuất sắc nhiệm vụ; …`
    pub(super) fn legend(&self, levels: &[LevelHead]) -> String {
        let one = |level: &LevelHead| self.words.legend.say(&[("short", &level.short), ("label", &level.label)]);
        let mut legend = levels.iter().map(one).collect::<Vec<_>>().join("; ");
        legend.push('.');
        legend
    }

    /// The first meeting of the unit in the campaign.
    ///
    /// `PAPER-001` when none was recorded.
    pub(super) async fn meeting(&mut self) -> Result<MeetingRow> {
        let meetings =
            store::meeting::of_unit(self.conn, self.root, self.campaign.campaign_id, self.unit.unit_id).await?;
        meetings.into_iter().next().ok_or_else(|| Refusal::new("PAPER-001").into())
    }

    /// Line at the foot of papers of a meeting: the journal's head at sealing, or that the minutes are not sealed.
    pub(super) async fn meeting_line(&mut self, meeting: &MeetingRow) -> Result<String> {
        if meeting.state == MeetingState::Sealed.word() {
            self.checkpoint(meeting.sealed_at).await
        } else {
            Ok(self.unsealed(self.words.minutes.not_sealed.plain()))
        }
    }

    pub(super) fn unsealed(&self, what: &str) -> String {
        self.words.unsealed.say(&[("what", what)])
    }

    /// Size and root of the journal as it stood when something was done: whoever holds the paper can ask for proof.
    pub(super) async fn checkpoint(&mut self, moment: Option<DateTime<Utc>>) -> Result<String> {
        let Some(moment) = moment else { return Ok(String::new()) };
        let root = domain::RootId(self.root);
        let Some(head) = store::journal::head_as_of(self.conn, root, moment).await? else { return Ok(String::new()) };
        let hash = data_encoding::BASE64.encode(&head.root_hash);
        let size = head.size.to_string();
        Ok(self.words.checkpoint.say(&[("size", &size), ("hash", &hash), ("moment", &local(moment))]))
    }

    /// Name of a person, whoever he is.
    pub(super) async fn name(&mut self, person: Uuid) -> Result<String> {
        Ok(org::person(self.conn, self.root, person).await?.map_or_else(String::new, |person| person.full_name))
    }

    /// Who signs for the unit on `day`: its secretary, or the deputy when there is none.
    pub(super) async fn signature(&mut self, day: Day) -> Result<Signature> {
        let holders = org::holders(self.conn, self.root, self.unit.unit_id, &day.to_string()).await?;
        let has_committee = holders.iter().any(|holder| holder.title == Title::CommitteeMember.word());
        let body = self.body()?;
        let authority = if has_committee { &body.authority } else { &body.authority_without_committee };
        let find = |title: Title| holders.iter().find(|holder| holder.title == title.word());
        let holder = find(Title::Secretary).or_else(|| find(Title::DeputySecretary));
        let Some(holder) = holder else {
            return Ok(Signature { authority: authority.plain().to_owned(), ..Signature::default() });
        };
        let post = self.words.signer.get(&holder.title).map_or("", |post| post.plain()).to_owned();
        Ok(Signature { authority: authority.plain().to_owned(), post, name: self.name(holder.person_id).await? })
    }

    /// The post under which `person` signs for the unit.
    pub(super) async fn signing_post(&mut self, person: PersonId, day: Day) -> Result<String> {
        let holders = org::holders(self.conn, self.root, self.unit.unit_id, &day.to_string()).await?;
        let title = holders
            .iter()
            .filter(|holder| holder.person_id == person.0)
            .filter_map(|holder| Title::from_word(&holder.title))
            .min();
        Ok(title.and_then(|title| self.words.signer.get(title.word())).map_or("", |post| post.plain()).to_owned())
    }

    /// Everybody of the unit and below with the posts held on `day`.
    pub(super) async fn roll(&mut self, day: Day) -> Result<Roll> {
        let on = day.to_string();
        let mut units = org::units_below(self.conn, self.root, &self.unit.path).await?;
        let mut above = self.unit.parent_id;
        while let Some(parent) = above {
            let Some(unit) = org::unit(self.conn, self.root, parent).await? else { break };
            above = unit.parent_id;
            units.push(unit);
        }
        let mut party: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
        units.sort_by_key(|unit| unit.path.len());
        for unit in &units {
            let mut holders = org::holders(self.conn, self.root, unit.unit_id, &on).await?;
            holders.sort_by_key(|holder| Title::from_word(&holder.title));
            for holder in holders {
                let post = party_post(self.words, &unit.kind, &holder.title)?;
                if !post.is_empty() {
                    party.entry(holder.person_id).or_default().push(post);
                }
            }
        }
        let members = org::members_below(self.conn, self.root, &self.unit.path, &on).await?;
        let mut roll = Roll {
            no_post: self.words.no_post.plain(),
            posts: party.into_iter().map(|(person, posts)| (person, posts.join(", "))).collect(),
            state: BTreeMap::new(),
        };
        for member in members {
            let posts = [member.government_post, member.mass_post].into_iter().filter(|post| !post.is_empty());
            roll.state.insert(member.person_id, posts.collect::<Vec<_>>().join(", "));
        }
        Ok(roll)
    }
}

fn head(level: &rules::book::Level) -> LevelHead {
    LevelHead { id: level.id.clone(), label: level.title.vi.clone(), short: level.short.vi.clone() }
}

/// Name of a body as it issues papers: the cell, or the committee of the organisation.
pub(super) fn issuer_of(body: &BodyWords, name: &str) -> String {
    if name.starts_with(body.organization.plain()) { body.issuer.say(&[("unit", name)]) } else { name.to_owned() }
}

/// Place and day at the head of a paper.
pub(super) fn place_date_of(words: &Words, place: &str, day: Day) -> String {
    let (year, _, date) = day.parts();
    let (date, month, year) = (format!("{date:02}"), official_month(day), year.to_string());
    let parts = [("day", date.as_str()), ("month", &month), ("year", &year)];
    if place.is_empty() {
        words.place_date_without_place.say(&parts)
    } else {
        words.place_date.say(&[("place", place), ("day", &words.day.say(&parts))])
    }
}

pub(super) async fn superior(conn: &mut Conn, root: Uuid, unit: &UnitRow) -> Result<String> {
    match unit.parent_id {
        _ if !unit.superior_name.is_empty() => Ok(unit.superior_name.clone()),
        Some(parent) => Ok(org::unit(conn, root, parent).await?.map_or_else(String::new, |parent| parent.name)),
        None => Ok(String::new()),
    }
}

pub(super) fn body_of(words: &'static Words, kind: &str) -> Result<&'static BodyWords> {
    known(words.body.get(kind), "kind of unit")
}

fn party_post(words: &'static Words, kind: &str, title: &str) -> Result<String> {
    let body = body_of(words, kind)?;
    let post = match known(Title::from_word(title), "title")? {
        Title::Secretary => &body.secretary,
        Title::DeputySecretary => &body.deputy_secretary,
        Title::StandingMember => &body.standing_member,
        Title::CommitteeMember => &body.committee_member,
        Title::Clerk => &body.clerk,
        Title::Inspector => &body.inspector,
    };
    Ok(post.plain().to_owned())
}

/// Chức vụ của từng người.
pub(super) struct Roll {
    no_post: &'static str,
    posts: BTreeMap<Uuid, String>,
    state: BTreeMap<Uuid, String>,
}

impl Roll {
    /// Party posts only.
    pub(super) fn party(&self, person: Uuid) -> String {
        self.posts.get(&person).cloned().unwrap_or_default()
    }

    /// Party posts, then posts in government and mass organisations; "member" for who holds none.
    pub(super) fn post(&self, person: Uuid) -> String {
        let posts = self.held(person);
        if posts.is_empty() { self.no_post.to_owned() } else { posts }
    }

    /// As [`Roll::post`], empty for who holds none.
    pub(super) fn held(&self, person: Uuid) -> String {
        let parts = [self.posts.get(&person), self.state.get(&person)];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// A stored day.
pub(super) fn day(text: &str) -> Result<Day> {
    stored(Day::parse_stored(text), "day")
}

/// A stored day as papers write it; empty for none.
pub(super) fn shown(text: Option<&str>) -> Result<String> {
    text.map_or_else(|| Ok(String::new()), |text| Ok(official_day(day(text)?)))
}

/// `14:05` in the words of a paper; the blank for none.
pub(super) fn clock(words: &Words, time: Option<&str>) -> String {
    match time.and_then(|time| time.split_once(':')) {
        Some((hour, minute)) => words.clock.say(&[("hour", hour), ("minute", minute)]),
        None => words.blank.plain().to_owned(),
    }
}

const VIETNAM_SECONDS_EAST: i32 = 7 * 3600;

/// `05/12/2022 21:15`, Vietnamese time.
pub(crate) fn local(moment: DateTime<Utc>) -> String {
    let zone = FixedOffset::east_opt(VIETNAM_SECONDS_EAST);
    zone.map_or_else(|| moment.to_string(), |zone| moment.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string())
}

/// The Vietnamese day of a moment.
pub(crate) fn day_of(moment: DateTime<Utc>) -> Day {
    let zone = FixedOffset::east_opt(VIETNAM_SECONDS_EAST);
    zone.map_or_else(|| moment.date_naive(), |zone| moment.with_timezone(&zone).date_naive()).into()
}
