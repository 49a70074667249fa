//! Diễn lại một đợt kiểm điểm: every step by calling the act as the person who may do it, on the day it happened.

use domain::subject::Subject;
use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ballot::{BLANK, BallotState};
use domain::form::{Content, FieldKind, Filler};
use domain::meeting::Presence;
use domain::org::Standing;
use domain::review::{Assessor, Obligation, ReviewState};
use domain::{
    Actor, BallotId, CampaignId, Day, DirectiveId, MeetingId, PersonId, ProposalId, ReviewId, RootId, UnitId,
};
use rules::Book;
use store::review::ReviewListRow;

use super::cast::{Cast, Member, Stage};
use super::chance::SetClock;
use crate::acts::ballot::{DrawUpBallot, TypedTally, draw_up_ballot, enter_tally};
use crate::acts::campaign::{OpenCampaign, open_campaign};
use crate::acts::direction::Asked;
use crate::acts::meeting::{
    AttendanceLine, RecordCriticism, RecordMeeting, TypedConclusion, record_conclusions, record_criticism,
    record_meeting, seal_minutes,
};
use crate::acts::proposal::{ProposedLine, SaveProposal, save_proposal, send_proposal};
use crate::acts::review::{StateFact, StateOpinion, save_self_review, state_fact, state_opinion, submit_self_review};
use crate::app::App;
use crate::error::{Result, known, stored};
use crate::judge;

/// Buổi diễn: the sample committee with its people, and the clock that says when it is.
pub struct Play {
    /// The application, under the clock of the play.
    pub app: App,
    pub(super) clock: Arc<SetClock>,
    /// Hierarchy.
    pub root: RootId,
    /// The base organisation.
    pub base: UnitId,
    /// The round of 2022.
    pub campaign: CampaignId,
    /// Code of each cell → unit.
    pub cells: BTreeMap<String, UnitId>,
    /// Everybody, cell by cell.
    pub members: Vec<Member>,
    pub(super) cast: Cast,
}

/// Which of the book's levels a member is headed for, counted from the best.
const TOP: usize = 0;
const USUAL: usize = 1;
const MODEST: usize = 2;
const LOWEST: usize = 3;

impl Play {
    /// Puts the clock to an hour of a day, `yyyy-mm-dd`.
    ///
    /// # Errors
    /// [`crate::Error::Fault`] when there is no such day.
    pub fn at(&self, day: &str, hour: i64) -> Result<()> {
        self.clock.put(stored(Day::parse_stored(day), day)?, hour);
        Ok(())
    }

    /// The member with this number in this cell.
    ///
    /// # Errors
    /// [`crate::Error::Fault`] when there is none.
    pub fn member(&self, cell: &str, number: u32) -> Result<&Member> {
        known(self.members.iter().find(|member| member.cell == cell && member.number == number), "member of the play")
    }

    /// Him as he acts today.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn actor(&self, person: PersonId) -> Result<Actor> {
        crate::access::actor(&self.app, self.root, person).await
    }

    /// How far each cell has come when the demonstration opens.
    pub fn stages(&self) -> impl Iterator<Item = (&str, Stage)> {
        self.cast.cells.iter().map(|cell| (cell.code.as_str(), cell.stage))
    }

    fn of_cell(&self, cell: &str) -> Vec<&Member> {
        self.members.iter().filter(|member| member.cell == cell).collect()
    }

    pub(super) fn unit(&self, cell: &str) -> Result<UnitId> {
        known(self.cells.get(cell).copied(), "cell of the play")
    }

    /// The cell's secretary, ready to act.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn head(&self, cell: &str) -> Result<Actor> {
        let number = self.cast.cell(cell)?.head;
        self.actor(self.member(cell, number)?.person).await
    }

    fn officer(&self, cell: &str, after_head: u32) -> Result<PersonId> {
        let number = self.cast.cell(cell)?.head + after_head;
        Ok(self.member(cell, number)?.person)
    }

    pub(super) fn book(&self) -> Result<&Book> {
        let to = known(Day::of(self.cast.year, 12, 31), "year of the play")?;
        known(self.app.library.book_on(to), "rule book of the play")
    }

    /// Id of the level so many places below the best.
    ///
    /// # Errors
    /// [`crate::Error::Fault`] when the book has fewer levels.
    pub fn level(&self, place: usize) -> Result<String> {
        known(judge::levels(self.book()?).get(place).cloned(), "level of the play")
    }

    fn aim(member: &Member) -> usize {
        match (member.special.as_str(), member.number % 7, member.number % 9) {
            ("disciplined", _, _) => LOWEST,
            ("long_sick", _, _) => MODEST,
            (_, 2, _) => TOP,
            (_, _, 8) => MODEST,
            _ => USUAL,
        }
    }

    pub(super) async fn open(&mut self, clerk: &Actor, directive: DirectiveId) -> Result<()> {
        let order = OpenCampaign {
            asked_by: Some(Asked { directive, clause: "2".to_owned() }),
            unit: Some(self.base),
            year: self.cast.year,
            basis: self.cast.basis.clone(),
            ..OpenCampaign::default()
        };
        self.campaign = open_campaign(&self.app, clerk, &order).await?;
        Ok(())
    }

    /// The reviews of a cell that somebody owes, with their members.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reviews(&self, cell: &str) -> Result<Vec<(ReviewListRow, &Member)>> {
        let unit = self.unit(cell)?;
        let mut conn = self.app.read(self.root).await?;
        let rows = store::review::list_of_unit(&mut conn, self.root.0, self.campaign.0, unit.0).await?;
        let due = rows.into_iter().filter(|row| row.obligation != Obligation::Neither.word());
        due.map(|row| {
            let member = self.members.iter().find(|member| member.person.0 == row.person_id);
            Ok((row, known(member, "member of the play")?))
        })
        .collect()
    }

    /// Self-reviews of a cell: the first `count` who owe one and have not handed it in do so, one of the rest begins a draft.
    ///
    /// # Errors
    /// Those of the acts.
    pub async fn write(&self, cell: &str, count: usize) -> Result<()> {
        let mut waiting: Vec<_> = self.reviews(cell).await?;
        waiting.retain(|(row, _)| row.state == ReviewState::AwaitingSelfReview.word());
        waiting.sort_by_key(|(_, member)| member.number);
        for (place, (row, member)) in waiting.iter().enumerate().take(count + 1) {
            let mut content = self.content(row, member)?;
            let review = ReviewId(row.review_id);
            if place == count {
                content.retain(|field, _| field.len() % 2 == 0);
                save_self_review(&self.app, &self.actor(member.person).await?, review, &content, None).await?;
            } else if member.number == 15 {
                let reason = self.cast.says("on_behalf");
                submit_self_review(&self.app, &self.head(cell).await?, review, &content, &reason).await?;
            } else {
                submit_self_review(&self.app, &self.actor(member.person).await?, review, &content, "").await?;
            }
        }
        Ok(())
    }

    fn content(&self, row: &ReviewListRow, member: &Member) -> Result<Content> {
        let book = self.book()?;
        let (grades, levels) = (judge::grades(book), judge::levels(book));
        let aim = Self::aim(member).min(MODEST);
        let filler = Filler { leader: row.leader, civil: member.civil.is_civil() };
        let form = self.app.library.review_form(book, Subject::Member, filler)?;
        let fields = form.fields(filler).filter(|field| field.required || self.cast.texts.contains_key(&field.id));
        let filled = fields.map(|field| {
            let value = match field.kind {
                FieldKind::Grade => grades.get(aim).cloned(),
                FieldKind::Level => levels.get(aim).cloned(),
                FieldKind::LongText | FieldKind::Text | FieldKind::Points => {
                    self.cast.texts.get(&field.id).or_else(|| self.cast.texts.get("other")).cloned()
                }
            };
            (field.id.clone(), value.unwrap_or_default())
        });
        Ok(filled.collect())
    }

    /// What the secretary knows from papers: facts of the special cases, the other bodies' words.
    ///
    /// # Errors
    /// Those of the acts.
    pub async fn state(&self, cell: &str, day: &str) -> Result<()> {
        let head = self.head(cell).await?;
        let stated_on = stored(Day::parse_stored(day), day)?.shown();
        for (row, member) in self.reviews(cell).await? {
            let review = ReviewId(row.review_id);
            for fact in self.cast.facts.iter().filter(|fact| fact.special == member.special) {
                let order =
                    StateFact { name: fact.name.clone(), value: fact.value.clone(), evidence: fact.evidence.clone() };
                state_fact(&self.app, &head, review, &order).await?;
            }
            if row.obligation != Obligation::ReviewAndClassify.word() {
                continue;
            }
            let level = self.level(Self::aim(member))?;
            let comment = self.cast.says("comment");
            let cell_says = StateOpinion {
                assessor: Assessor::CellCommittee.word().to_owned(),
                level: level.clone(),
                comment: comment.clone(),
                signer: head.name.clone(),
                stated_on: stated_on.clone(),
            };
            state_opinion(&self.app, &head, review, &cell_says).await?;
            if member.civil.is_civil() {
                let assessor = Assessor::HeadOfAgency.word().to_owned();
                let agency_says = StateOpinion { assessor, signer: self.cast.says("agency_signer"), ..cell_says };
                state_opinion(&self.app, &head, review, &agency_says).await?;
            }
        }
        Ok(())
    }

    fn attendance(&self, cell: &str) -> Vec<AttendanceLine> {
        let members = self.of_cell(cell);
        let large = members.len() >= 12;
        let line = |member: &&Member| {
            let (presence, reason) = match (member.standing, member.number) {
                (Standing::Exempt, _) => (Presence::AbsentExcused, self.cast.says("exempt")),
                (Standing::Suspended, _) => (Presence::AbsentUnexcused, String::new()),
                (_, 10) if large => (Presence::AbsentExcused, self.cast.says("excused")),
                (_, 11) if large => (Presence::AbsentUnexcused, String::new()),
                _ => (Presence::Present, String::new()),
            };
            AttendanceLine {
                person: member.person,
                presence: presence.word().to_owned(),
                circumstance: domain::meeting::Circumstance::Normal.word().to_owned(),
                reason,
            }
        };
        members.iter().map(line).collect()
    }

    fn minutes(&self, cell: &str, day: &str, ended: bool) -> Result<RecordMeeting> {
        Ok(RecordMeeting {
            held_on: stored(Day::parse_stored(day), day)?.shown(),
            starts_at: "07:30".to_owned(),
            ends_at: if ended { "10:45".to_owned() } else { String::new() },
            place: self.cast.cell(cell)?.name.replacen("Chi bộ", "Nhà sinh hoạt", 1),
            chair: Some(self.officer(cell, 0)?),
            secretary: Some(self.officer(cell, 1)?),
            delegate: self.cast.delegate.clone(),
            discussion: self.cast.says("discussion"),
            conclusion: if ended { self.cast.says("conclusion") } else { String::new() },
            attendance: self.attendance(cell),
            ..RecordMeeting::default()
        })
    }

    /// The cell meets: attendance, a criticism with its answer, the ballot drawn up.
    ///
    /// # Errors
    /// Those of the acts.
    pub async fn meet(&self, cell: &str, day: &str) -> Result<(MeetingId, BallotId)> {
        let head = self.head(cell).await?;
        let meeting =
            record_meeting(&self.app, &head, self.campaign, self.unit(cell)?, &self.minutes(cell, day, false)?).await?;
        let about = self
            .reviews(cell)
            .await?
            .into_iter()
            .find(|(_, member)| member.number == self.cast.cell(cell).map_or(1, |c| c.head) + 5);
        if let Some((row, _)) = about {
            let order = RecordCriticism {
                speaker: String::new(),
                content: self.cast.says("criticism"),
                evidence: self.cast.says("evidence"),
                answer: self.cast.says("answer"),
            };
            let review = ReviewId(row.review_id);
            record_criticism(&self.app, &head, meeting, review, &order).await?;
            let content = self.cast.says("conclusion_on_person");
            let typed = TypedConclusion { review, content, seen: String::new() };
            record_conclusions(&self.app, &head, meeting, &[typed]).await?;
        }
        let team = DrawUpBallot {
            teller_a: self.officer(cell, 2)?,
            teller_b: self.officer(cell, 3)?,
            head: self.officer(cell, 4)?,
        };
        let ballot = draw_up_ballot(&self.app, &head, meeting, team).await?;
        Ok((meeting, ballot))
    }

    /// A teller enters what both counted.
    ///
    /// # Errors
    /// Those of the act.
    pub async fn count(&self, cell: &str, ballot: BallotId, teller: u32) -> Result<BallotState> {
        let actor = self.actor(self.officer(cell, 1 + teller)?).await?;
        enter_tally(&self.app, &actor, ballot, &self.tally(cell, ballot).await?).await
    }

    async fn tally(&self, cell: &str, ballot: BallotId) -> Result<TypedTally> {
        let voters = self.attendance(cell).into_iter().filter(|line| line.presence == Presence::Present.word());
        let official = |person: PersonId| {
            self.members.iter().any(|member| member.person == person && member.standing == Standing::Official)
        };
        let given = voters.filter(|line| official(line.person)).count();
        let mut conn = self.app.read(self.root).await?;
        let lines = store::ballot::lines(&mut conn, self.root.0, ballot.0).await?;
        let mut figures = BTreeMap::new();
        for (field, number) in
            [("printed", given + 2), ("given", given), ("left_over", 2), ("returned", given), ("valid", given)]
        {
            figures.insert(field.to_owned(), number.to_string());
        }
        for line in lines {
            let member =
                known(self.members.iter().find(|member| member.person.0 == line.person_id), "member of the play")?;
            let aim = Self::aim(member);
            let others = if given > 10 { usize::try_from(line.line_no % 3).unwrap_or(0) } else { 0 };
            let beside = if aim == USUAL { MODEST } else { USUAL };
            let blank = usize::from(line.line_no % 5 == 0);
            let mut set = |choice: &str, votes: usize| {
                figures.insert(format!("line-{}-{choice}", line.line_no), votes.to_string())
            };
            set(&self.level(aim)?, given - others - blank);
            set(&self.level(beside)?, others);
            set(BLANK, blank);
        }
        Ok(TypedTally { figures, note: String::new() })
    }

    /// The meeting ends: minutes completed and sealed.
    ///
    /// # Errors
    /// Those of the acts.
    pub async fn seal(&self, cell: &str, day: &str, meeting: MeetingId) -> Result<()> {
        let head = self.head(cell).await?;
        record_meeting(&self.app, &head, self.campaign, self.unit(cell)?, &self.minutes(cell, day, true)?).await?;
        seal_minutes(&self.app, &head, meeting).await
    }

    /// The cell proposes what it voted for and sends it up.
    ///
    /// # Errors
    /// Those of the acts.
    pub async fn propose(&self, cell: &str) -> Result<ProposalId> {
        let head = self.head(cell).await?;
        let mut lines = Vec::new();
        for (row, member) in self.reviews(cell).await? {
            if row.obligation == Obligation::ReviewAndClassify.word() {
                let level = self.level(Self::aim(member))?;
                lines.push(ProposedLine { review: ReviewId(row.review_id), level, reason: String::new() });
            }
        }
        let order = SaveProposal { lines, ..SaveProposal::default() };
        let proposal = save_proposal(&self.app, &head, self.campaign, self.unit(cell)?, &order).await?;
        send_proposal(&self.app, &head, proposal).await?;
        Ok(proposal)
    }

    /// The open meeting of a cell with its ballot.
    ///
    /// # Errors
    /// [`crate::Error::Fault`] when it has none.
    pub async fn meeting(&self, unit: UnitId) -> Result<(MeetingId, Option<BallotId>)> {
        let mut conn = self.app.read(self.root).await?;
        let meetings = store::meeting::of_unit(&mut conn, self.root.0, self.campaign.0, unit.0).await?;
        let meeting = known(meetings.first(), "meeting of the play")?.meeting_id;
        let ballot = store::ballot::of_meeting(&mut conn, self.root.0, meeting).await?;
        Ok((MeetingId(meeting), ballot.map(|ballot| BallotId(ballot.ballot_id))))
    }
}
