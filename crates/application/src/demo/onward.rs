//! Đi tiếp đến hết: what visitors of the demonstration do themselves, done at once; for tests and measurements.

use domain::meeting::{Circumstance, Presence};
use domain::remediation::Source;
use domain::review::Obligation;
use domain::{Actor, ItemId, ReviewId};

use super::cast::Stage;
use super::play::Play;
use crate::acts::after::{CloseItem, PlanItem, close_remediation, plan_remediation, read_notice, reply_to_notice};
use crate::acts::decision::{DecidedLine, Paper, SaveDecision, issue_decision, save_decision};
use crate::acts::meeting::{AttendanceLine, RecordMeeting, record_meeting, seal_minutes};
use crate::error::{Error, Result, known};

impl Play {
    /// Every cell finishes: its minutes are sealed and its proposal is sent.
    ///
    /// # Errors
    /// Those of the acts; none is expected.
    pub async fn finish_cells(&self) -> Result<()> {
        let stages: Vec<(String, Stage)> = self.stages().map(|(cell, stage)| (cell.to_owned(), stage)).collect();
        for (cell, stage) in &stages {
            match stage {
                Stage::Proposed => {}
                Stage::Sealed => {
                    self.at("2022-12-21", 9)?;
                    self.propose(cell).await?;
                }
                Stage::Counting => self.finish_count(cell).await?,
                Stage::Writing | Stage::Untouched => self.whole_cell(cell).await?,
            }
        }
        self.integrate().await
    }

    async fn finish_count(&self, cell: &str) -> Result<()> {
        self.at("2022-12-21", 10)?;
        let unit = known(self.cells.get(cell).copied(), "cell of the play")?;
        let (meeting, ballot) = self.meeting(unit).await?;
        self.count(cell, known(ballot, "ballot of the play")?, 2).await?;
        self.seal(cell, "2022-12-19", meeting).await?;
        self.propose(cell).await.map(drop)
    }

    async fn whole_cell(&self, cell: &str) -> Result<()> {
        self.at("2022-12-22", 8)?;
        self.write(cell, usize::MAX - 1).await?;
        self.state(cell, "2022-12-22").await?;
        self.at("2022-12-23", 8)?;
        let (meeting, ballot) = self.meet(cell, "2022-12-23").await?;
        self.count(cell, ballot, 1).await?;
        self.count(cell, ballot, 2).await?;
        self.seal(cell, "2022-12-23", meeting).await?;
        self.propose(cell).await.map(drop)
    }

    /// The committee meets, votes for the proposed levels and issues its decision; each person gets his notice.
    ///
    /// # Errors
    /// Those of the acts; none is expected.
    pub async fn decide(&self) -> Result<()> {
        self.at("2022-12-29", 8)?;
        let secretary = self.seated(0).await?;
        let meeting =
            record_meeting(&self.app, &secretary, self.campaign, self.base, &self.committee_minutes()?).await?;
        seal_minutes(&self.app, &secretary, meeting).await?;
        let mut conn = self.app.read(self.root).await?;
        let proposed = store::outcome::proposed_of_campaign(&mut conn, self.root.0, self.campaign.0).await?;
        drop(conn);
        let lines = proposed.into_iter().map(|line| DecidedLine {
            review: ReviewId(line.review_id),
            level: line.level.clone(),
            reason: String::new(),
            seen: line.level,
            confirmed: false,
        });
        let paper = Paper {
            number: "45".to_owned(),
            signed_on: "30/12/2022".to_owned(),
            signer: Some(secretary.person),
            in_favour: "8".to_owned(),
            ..Paper::default()
        };
        let order = SaveDecision { paper, lines: lines.collect() };
        self.at("2022-12-30", 14)?;
        save_decision(&self.app, &secretary, self.campaign, &order).await?;
        issue_decision(&self.app, &secretary, self.campaign).await?;
        self.integrate().await
    }

    fn committee_minutes(&self) -> Result<RecordMeeting> {
        let seats: Vec<_> = self.members.iter().filter(|member| member.leader).collect();
        let present = |person| AttendanceLine {
            person,
            presence: Presence::Present.word().to_owned(),
            circumstance: Circumstance::Normal.word().to_owned(),
            reason: String::new(),
        };
        let chair = self.cast.seated(&self.members, 0)?;
        let writer = self.cast.seated(&self.members, 2)?;
        Ok(RecordMeeting {
            held_on: "29/12/2022".to_owned(),
            starts_at: "13:30".to_owned(),
            ends_at: "16:20".to_owned(),
            place: self.cast.base.name.clone(),
            chair: Some(chair.person),
            secretary: Some(writer.person),
            delegate: self.cast.delegate.clone(),
            discussion: self.cast.says("committee_discussion"),
            conclusion: self.cast.says("committee_conclusion"),
            attendance: seats.iter().map(|member| present(member.person)).collect(),
            ..RecordMeeting::default()
        })
    }

    /// The holder of a seat of the committee, in the order of demo.toml, ready to act.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seated(&self, place: usize) -> Result<Actor> {
        self.actor(self.cast.seated(&self.members, place)?.person).await
    }

    /// One member reads his notice and replies; a shortcoming is planned, watched and closed.
    ///
    /// # Errors
    /// Those of the acts; none is expected.
    pub async fn follow_up(&self, cell: &str, number: u32) -> Result<(ReviewId, ItemId)> {
        let member = self.member(cell, number)?;
        let row = self
            .reviews(cell)
            .await?
            .into_iter()
            .find(|(row, one)| one.number == number && row.obligation == Obligation::ReviewAndClassify.word());
        let review = ReviewId(known(row, "review of the play")?.0.review_id);
        let actor = self.actor(member.person).await?;
        self.at("2023-01-05", 19)?;
        read_notice(&self.app, &actor, review).await?;
        reply_to_notice(&self.app, &actor, review, &self.cast.says("reply")).await?;
        self.at("2023-01-10", 9)?;
        let head = self.head(cell).await?;
        let order = PlanItem {
            source: Source::Criticism.word().to_owned(),
            shortcoming: self.cast.says("shortcoming"),
            measure: self.cast.says("measure"),
            expected: self.cast.says("expected"),
            monitor: Some(head.person),
            due_on: "31/03/2023".to_owned(),
            ..PlanItem::default()
        };
        let item = plan_remediation(&self.app, &head, review, &order).await?;
        self.at("2023-04-03", 9)?;
        let seen = CloseItem { outcome: self.cast.says("outcome"), checked_on: "31/03/2023".to_owned() };
        close_remediation(&self.app, &head, item, &seen).await?;
        self.integrate().await?;
        Ok((review, item))
    }

    /// Numbers the journal entries that wait.
    ///
    /// # Errors
    /// [`Error::Fault`] when the database fails.
    pub async fn integrate(&self) -> Result<()> {
        store::journal::integrate(&self.app.db, self.root).await.map_err(Error::from)?;
        Ok(())
    }
}
