//! Đảng bộ mẫu của một kịch bản: a few people in a few cells, made for one story, and what they do in it.
#![cfg(test)]

use std::collections::BTreeMap;
use std::sync::Arc;

use application::accounts::{Founding, found};
use application::acts::ballot::{DrawUpBallot, TypedTally, draw_up_ballot, enter_tally};
use application::acts::campaign::{OpenCampaign, open_campaign};
use application::acts::classification::{ListLine, SaveList, Verify, issue_list, save_list, verify};
use application::acts::decision::{DecidedLine, Paper, SaveDecision, issue_decision, save_decision};
use application::acts::meeting::{AttendanceLine, RecordMeeting, record_meeting, seal_minutes};
use application::acts::proposal::{ProposedLine, SaveProposal, save_proposal, send_proposal};
use application::acts::review::{StateFact, Typed, state_fact, submit_self_review};
use application::acts::roster::{Importer, confirm_import, preview_import};
use application::demo::{SeededChance, SetClock};
use application::reads::review::self_review;
use application::{App, Error, Result, access, app::Parts};
use domain::form::FieldKind;
use domain::subject::Subject;
use domain::{Actor, BallotId, CampaignId, Day, MeetingId, PersonId, ReviewId, RootId, UnitId};
use store::review::ReviewRow;

use crate::it::roster::upload;
use crate::it::story::{NoPress, library};
use crate::it::testdb::TestDb;

/// The unit at the top and its office.
pub(crate) const TOP: &str = "DU";
/// Columns of the members' sheet that stories change.
pub(crate) const UNIT: usize = 4;
pub(crate) const STANDING: usize = 5;
pub(crate) const ADMITTED: usize = 6;
pub(crate) const OFFICIAL: usize = 7;
pub(crate) const CIVIL: usize = 8;
/// Column of the units' sheet.
pub(crate) const FOUNDED: usize = 7;

type Rows = Vec<Vec<String>>;

fn row(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Danh sách của kịch bản: the sheets of a roster.
#[derive(Clone)]
pub(crate) struct Roster {
    units: Rows,
    members: Rows,
    posts: Rows,
}

impl Roster {
    /// A base organisation with its committee of three, all from cell A: secretary, deputy, member.
    pub(crate) fn commune(cells: &[(&str, usize)]) -> Self {
        let top = row(&[TOP, "Đảng bộ xã Mẫu", "Đảng bộ cơ sở", "", "Huyện uỷ Mẫu"]);
        let mut roster = Self { units: vec![top], members: Vec::new(), posts: Vec::new() };
        for (code, people) in cells {
            roster.cell(code, "Chi bộ", TOP, *people);
        }
        for (number, title) in (1..).zip(["Bí thư", "Phó bí thư", "Cấp uỷ viên"]) {
            roster.post(&format!("A-{number}"), TOP, title);
        }
        roster
    }

    /// A unit with people; the first is its secretary, the second the deputy.
    pub(crate) fn cell(&mut self, code: &str, kind: &str, superior: &str, people: usize) {
        self.units.push(row(&[code, &format!("{kind} {code}"), kind, superior, "", "", "", ""]));
        for number in 1..=people {
            let who = format!("{code}-{number}");
            let name = format!("Nguyễn Văn {who}");
            self.members.push(row(&[&who, &name, "", "", code, "Chính thức", "03/02/2000", "03/02/2001", "Không"]));
        }
        self.post(&format!("{code}-1"), code, "Bí thư");
        self.post(&format!("{code}-2"), code, "Phó bí thư");
    }

    pub(crate) fn unit(&mut self, code: &str, kind: &str, superior: &str) {
        self.units.push(row(&[code, &format!("{kind} {code}"), kind, superior, "", "", "", ""]));
    }

    pub(crate) fn post(&mut self, who: &str, unit: &str, title: &str) {
        self.posts.push(row(&[who, unit, title, "15/06/2015"]));
    }

    /// Somebody's post in a unit ends on a day, and he has another one from the next day.
    pub(crate) fn retitle(&mut self, (who, unit): (&str, &str), to: &str, (title, from): (&str, &str)) {
        let held = self.posts.iter_mut().find(|row| row[0] == who && row[1] == unit).unwrap();
        held.push(to.to_owned());
        self.posts.push(row(&[who, unit, title, from]));
    }

    /// Changes a column of a member.
    pub(crate) fn set(&mut self, who: &str, column: usize, text: &str) {
        self.members.iter_mut().find(|row| row[0] == who).unwrap()[column] = text.to_owned();
    }

    /// Changes a column of a unit.
    pub(crate) fn set_unit(&mut self, code: &str, column: usize, text: &str) {
        self.units.iter_mut().find(|row| row[0] == code).unwrap()[column] = text.to_owned();
    }
}

/// Nơi diễn ra kịch bản.
pub(crate) struct Commune {
    pub(crate) app: App,
    clock: Arc<SetClock>,
    pub(crate) root: RootId,
    /// The clerk of the top unit.
    pub(crate) office: PersonId,
    /// The round that the story is about.
    pub(crate) campaign: CampaignId,
}

impl Commune {
    /// Founded before any of the years under review; the roster comes in on a day.
    pub(crate) async fn found(t: &TestDb, day: &str, roster: &Roster) -> Self {
        let clock = Arc::new(SetClock::default());
        clock.put(Day::of(2015, 6, 1).unwrap(), 8);
        let parts = Parts {
            database: t.url(),
            clock: clock.clone(),
            chance: Arc::new(SeededChance::new(11)),
            library: library(),
            press: Arc::new(NoPress),
        };
        let app = App::open(parts).await.unwrap();
        let order = Founding {
            name: "Đảng bộ xã Mẫu".to_owned(),
            unit_code: TOP.to_owned(),
            superior_name: "Huyện uỷ Mẫu".to_owned(),
            place: "Xã Mẫu".to_owned(),
            full_name: "Lê Thị Mẫu".to_owned(),
            person_code: "VP1".to_owned(),
            login: "vanthu".to_owned(),
            secret_hash: "hash".to_owned(),
            demo: true,
        };
        let root = found(&app, &order).await.unwrap();
        let mut conn = t.db.read(root).await.unwrap();
        let office = PersonId(store::org::people(&mut conn, root.0).await.unwrap()[0].person_id);
        let commune = Self { app, clock, root, office, campaign: CampaignId(uuid::Uuid::nil()) };
        commune.on(day);
        commune.import(roster).await;
        commune
    }

    pub(crate) async fn import(&self, roster: &Roster) {
        let importer = Importer::Console(self.root);
        let sheets = [roster.units.clone(), roster.members.clone(), roster.posts.clone()];
        let preview = preview_import(&self.app, importer, upload(sheets)).await.unwrap();
        assert!(preview.errors.is_empty(), "{:?}", preview.errors.listed);
        confirm_import(&self.app, importer, preview.intake.unwrap(), &preview.seen).await.unwrap();
    }

    /// Puts the clock to the morning of a day, `dd/mm/yyyy`.
    pub(crate) fn on(&self, day: &str) {
        self.clock.put(Day::parse_typed(day).unwrap(), 8);
    }

    pub(crate) async fn office(&self) -> Actor {
        access::actor(&self.app, self.root, self.office).await.unwrap()
    }

    pub(crate) async fn person(&self, t: &TestDb, who: &str) -> PersonId {
        let mut conn = t.db.read(self.root).await.unwrap();
        let people = store::org::people(&mut conn, self.root.0).await.unwrap();
        PersonId(people.iter().find(|row| row.code == who).unwrap().person_id)
    }

    pub(crate) async fn actor(&self, t: &TestDb, who: &str) -> Actor {
        access::actor(&self.app, self.root, self.person(t, who).await).await.unwrap()
    }

    pub(crate) async fn unit(&self, t: &TestDb, code: &str) -> UnitId {
        let mut conn = t.db.read(self.root).await.unwrap();
        UnitId(store::org::unit_of_code(&mut conn, self.root.0, code).await.unwrap().unwrap().unit_id)
    }

    /// Opens the round of a year at the top unit on a day.
    pub(crate) async fn open(&mut self, t: &TestDb, day: &str, order: OpenCampaign) -> CampaignId {
        self.on(day);
        let order = OpenCampaign { unit: Some(self.unit(t, TOP).await), ..order };
        self.campaign = open_campaign(&self.app, &self.office().await, &order).await.unwrap();
        self.campaign
    }

    /// Everything that is reviewed in the round, units and people.
    pub(crate) async fn all(&self, t: &TestDb) -> Vec<ReviewRow> {
        let mut conn = t.db.read(self.root).await.unwrap();
        store::season::reviews(&mut conn, self.root.0, self.campaign.0).await.unwrap()
    }

    /// The review of a member.
    pub(crate) async fn row(&self, t: &TestDb, who: &str) -> ReviewRow {
        let person = self.person(t, who).await.0;
        let ours = |row: &ReviewRow| row.subject == "member" && row.about_id == person;
        self.all(t).await.into_iter().find(ours).unwrap()
    }

    pub(crate) async fn review(&self, t: &TestDb, who: &str) -> ReviewId {
        ReviewId(self.row(t, who).await.review_id)
    }

    /// Hands in the best self-review that the form allows.
    pub(crate) async fn hand_in(&self, actor: &Actor, review: ReviewId) -> Result<()> {
        let typed = best(&self.app, actor, review).await;
        submit_self_review(&self.app, actor, review, &typed, "").await
    }

    /// Everybody of a cell who owes a self-review hands it in.
    pub(crate) async fn write(&self, t: &TestDb, cell: &str) {
        let unit = self.unit(t, cell).await.0;
        let waiting =
            |row: &ReviewRow| row.unit_id == unit && row.subject == "member" && row.state == "awaiting_self_review";
        for row in self.all(t).await.into_iter().filter(waiting) {
            let actor = access::actor(&self.app, self.root, PersonId(row.about_id)).await.unwrap();
            self.hand_in(&actor, ReviewId(row.review_id)).await.unwrap();
        }
    }

    /// The secretary of the cell where a member is reviewed.
    pub(crate) async fn head_of(&self, t: &TestDb, who: &str) -> Actor {
        let unit = self.row(t, who).await.unit_id;
        let mut conn = t.db.read(self.root).await.unwrap();
        let code = store::org::unit(&mut conn, self.root.0, unit).await.unwrap().unwrap().code;
        drop(conn);
        self.actor(t, &format!("{code}-1")).await
    }

    /// He states what he knows from papers.
    pub(crate) async fn state(&self, t: &TestDb, who: &str, name: &str, value: &str) -> Result<()> {
        let order =
            StateFact {
                name: name.to_owned(), value: value.to_owned(), evidence: "Giấy tờ mẫu số 1".to_owned()
            };
        state_fact(&self.app, &self.head_of(t, who).await, self.review(t, who).await, &order).await
    }

    /// The meeting of a unit under its secretary; who is not among `absent` is there.
    pub(crate) async fn meet(
        &self,
        t: &TestDb,
        (unit, chair, writer): (&str, &str, &str),
        present: &[&str],
    ) -> MeetingId {
        let mut attendance = Vec::new();
        for who in present {
            attendance.push(attends(self.person(t, who).await, "present"));
        }
        let order = RecordMeeting {
            held_on: self.app.clock.today().shown(),
            starts_at: "07:30".to_owned(),
            ends_at: "11:00".to_owned(),
            place: "Hội trường mẫu".to_owned(),
            chair: Some(self.person(t, chair).await),
            secretary: Some(self.person(t, writer).await),
            conclusion: "Kết luận mẫu.".to_owned(),
            attendance,
            ..RecordMeeting::default()
        };
        let actor = self.actor(t, chair).await;
        record_meeting(&self.app, &actor, self.campaign, self.unit(t, unit).await, &order).await.unwrap()
    }

    /// A cell writes, meets and seals its minutes, everybody present.
    pub(crate) async fn hold(&self, t: &TestDb, cell: &str) {
        self.write(t, cell).await;
        let unit = self.unit(t, cell).await.0;
        let mut conn = t.db.read(self.root).await.unwrap();
        let today = self.app.clock.today().to_string();
        let members = store::org::members_of_unit(&mut conn, self.root.0, unit, &today).await.unwrap();
        let people = store::org::people(&mut conn, self.root.0).await.unwrap();
        drop(conn);
        let code = |id| people.iter().find(|person| person.person_id == id).unwrap().code.as_str();
        let present: Vec<&str> = members.iter().map(|member| code(member.person_id)).collect();
        let (chair, writer) = (format!("{cell}-1"), format!("{cell}-2"));
        let meeting = self.meet(t, (cell, &chair, &writer), &present).await;
        seal_minutes(&self.app, &self.actor(t, &chair).await, meeting).await.unwrap();
    }

    /// Draws up the ballot of a cell with the third, fourth and fifth as its counting team.
    pub(crate) async fn ballot(&self, t: &TestDb, cell: &str, meeting: MeetingId) -> BallotId {
        let mut team = Vec::new();
        for number in 3..=5 {
            team.push(self.person(t, &format!("{cell}-{number}")).await);
        }
        let team = DrawUpBallot { teller_a: team[0], teller_b: team[1], head: team[2] };
        draw_up_ballot(&self.app, &self.actor(t, &format!("{cell}-1")).await, meeting, team).await.unwrap()
    }

    /// One of the two tellers enters figures.
    pub(crate) async fn count(
        &self,
        t: &TestDb,
        teller: &str,
        ballot: BallotId,
        figures: &[(String, u32)],
    ) -> Result<()> {
        let figures = figures.iter().map(|(field, number)| (field.clone(), number.to_string())).collect();
        let typed = TypedTally { figures, note: String::new() };
        enter_tally(&self.app, &self.actor(t, teller).await, ballot, &typed).await.map(drop)
    }

    /// Saves the list of a cell with these levels, each with a reason.
    pub(crate) async fn list(&self, t: &TestDb, cell: &str, levels: &[(&str, &str)]) -> Result<domain::ProposalId> {
        let head = self.actor(t, &format!("{cell}-1")).await;
        let mut lines = Vec::new();
        for (who, level) in levels {
            let review = self.review(t, who).await;
            lines.push(ProposedLine {
                review,
                level: (*level).to_owned(),
                reason: "Theo kết luận hội nghị.".to_owned(),
            });
        }
        let order = SaveProposal { lines, ..SaveProposal::default() };
        save_proposal(&self.app, &head, self.campaign, self.unit(t, cell).await, &order).await
    }

    /// Saves the list of a cell and sends it.
    pub(crate) async fn propose(&self, t: &TestDb, cell: &str, levels: &[(&str, &str)]) -> Result<()> {
        let list = self.list(t, cell, levels).await?;
        send_proposal(&self.app, &self.actor(t, &format!("{cell}-1")).await, list).await
    }

    /// The committee meets with all its members and seals its minutes.
    pub(crate) async fn session(&self, t: &TestDb, present: &[&str]) {
        let meeting = self.meet(t, (TOP, present[0], present[1]), present).await;
        seal_minutes(&self.app, &self.actor(t, present[0]).await, meeting).await.unwrap();
    }

    /// The committee issues its decision with these levels, all for one reason; its secretary is the first of cell A.
    pub(crate) async fn decide_for(
        &self,
        t: &TestDb,
        levels: &[(&str, &str)],
        paper: Paper,
        reason: &str,
    ) -> Result<()> {
        let mut lines = Vec::new();
        for (who, level) in levels {
            lines.push(DecidedLine {
                review: self.review(t, who).await,
                level: (*level).to_owned(),
                reason: reason.to_owned(),
                seen: (*level).to_owned(),
                confirmed: true,
            });
        }
        let (head, order) = (self.actor(t, "A-1").await, SaveDecision { paper, lines });
        save_decision(&self.app, &head, self.campaign, &order).await?;
        issue_decision(&self.app, &head, self.campaign).await
    }

    /// The same with a reason for each.
    pub(crate) async fn decide(&self, t: &TestDb, levels: &[(&str, &str)], paper: Paper) -> Result<()> {
        self.decide_for(t, levels, paper, "Cấp uỷ xem xét.").await
    }

    /// The review of a unit or of a leader.
    pub(crate) async fn about(&self, t: &TestDb, subject: Subject, about: uuid::Uuid) -> ReviewId {
        let ours = |row: &ReviewRow| row.subject == subject.word() && row.about_id == about;
        ReviewId(self.all(t).await.into_iter().find(ours).unwrap().review_id)
    }

    /// The office of the deciding body proposes a level for a unit or a leader.
    pub(crate) async fn verify(&self, by: &Actor, review: ReviewId, level: &str) -> Result<()> {
        let sheet = Verify {
            level: level.to_owned(),
            opinion: "Nhận xét mẫu.".to_owned(),
            grounds: "Căn cứ mẫu.".to_owned(),
            seen: None,
        };
        verify(&self.app, by, review, &sheet).await
    }

    /// The deciding body issues the list of one kind of subject with these levels, all verified at the same.
    pub(crate) async fn issue(
        &self,
        by: &Actor,
        (subject, verified): (Subject, &str),
        levels: &[(ReviewId, &str)],
    ) -> Result<()> {
        let line = |(review, level): &(ReviewId, &str)| ListLine {
            review: *review,
            level: (*level).to_owned(),
            reason: "Cấp uỷ xem xét.".to_owned(),
            seen: verified.to_owned(),
        };
        let place = Subject::ALL.iter().position(|one| *one == subject).unwrap();
        let paper = Paper { number: (60 + place).to_string(), ..self.paper(2) };
        let order = SaveList { paper, lines: levels.iter().map(line).collect() };
        save_list(&self.app, by, self.campaign, subject, &order).await?;
        issue_list(&self.app, by, self.campaign, subject).await
    }

    /// The paper of a decision signed today, with so many votes in favour.
    pub(crate) fn paper(&self, in_favour: u32) -> Paper {
        Paper {
            number: "45".to_owned(),
            signed_on: self.app.clock.today().shown(),
            in_favour: in_favour.to_string(),
            ..Paper::default()
        }
    }
}

pub(crate) fn attends(person: PersonId, presence: &str) -> AttendanceLine {
    AttendanceLine { person, presence: presence.to_owned(), circumstance: "normal".to_owned(), reason: String::new() }
}

/// The best that a form allows to say.
pub(crate) async fn best(app: &App, actor: &Actor, review: ReviewId) -> Typed {
    let page = self_review(app, actor, review).await.unwrap();
    let fields = page.form.fields(page.filler).map(|field| {
        let value = match field.kind {
            FieldKind::Grade => page.grades[0].0.clone(),
            FieldKind::Level => page.levels[0].0.clone(),
            FieldKind::Points if !field.sum_of.is_empty() => field.sum_of.len().to_string(),
            FieldKind::Points => "1".to_owned(),
            FieldKind::LongText | FieldKind::Text => "Nội dung mẫu.".to_owned(),
        };
        (field.id.clone(), value)
    });
    fields.collect::<BTreeMap<_, _>>()
}

/// The codes with which something was refused, or `denied`.
pub(crate) fn codes<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    match result {
        Err(Error::Refused(reasons)) => reasons.into_iter().map(|one| one.code).collect(),
        Err(Error::Denied) => vec!["denied".to_owned()],
        other => panic!("not refused: {other:?}"),
    }
}
