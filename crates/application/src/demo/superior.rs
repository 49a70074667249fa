//! Việc của cấp trên trong bản diễn: members of the committee follow cells, and one member is asked to explain something.

use domain::suggestion::{Answer, Issue};
use domain::{Actor, IssueId, ReviewId, SuggestionId};

use super::play::Play;
use crate::acts::assignment::{Assign, Observe, assign, observe};
use crate::acts::suggestion::{
    SaveSuggestion, TypedAnswer, answer_suggestion, draft_suggestion, record_discussion, send_suggestion,
};
use crate::error::{Result, known};
use crate::reads::assignment::mine;
use crate::reads::suggestion::suggestion;

/// The cell in which something is explained, and the member who explains it.
const ASKED: (&str, u32) = ("CB-T2", 9);
/// Whom the deputy secretary follows: a cell whose session he attended, and one whose session he has not confirmed.
const FOLLOWED: [&str; 2] = ["CB-T2", "CB-CQ"];

impl Play {
    /// The committee assigns its deputy secretary, and suggests something to one member, who explains it.
    ///
    /// # Errors
    /// Those of the acts; none is expected.
    pub(super) async fn direct(&self, clerk: &Actor) -> Result<()> {
        self.at("2022-11-02", 9)?;
        let (secretary, deputy) = (self.seated(0).await?, self.seated(1).await?);
        let units = FOLLOWED.iter().filter_map(|cell| self.cells.get(*cell).copied());
        let order = Assign {
            person: Some(deputy.person),
            units: units.collect(),
            sector: self.cast.says("sector"),
            basis: self.cast.says("assigned_by"),
            from_on: String::new(),
        };
        assign(&self.app, &secretary, self.campaign, &order).await?;
        self.at("2022-11-07", 14)?;
        let member = self.member(ASKED.0, ASKED.1)?;
        let row = self.reviews(ASKED.0).await?.into_iter().find(|(_, one)| one.number == ASKED.1);
        let review = ReviewId(known(row, "review of the play")?.0.review_id);
        let order = SaveSuggestion { due_on: "14/11/2022".to_owned(), issues: vec![self.issue()], seen: None };
        let id = draft_suggestion(&self.app, clerk, review, &order).await?;
        send_suggestion(&self.app, &secretary, id).await?;
        self.at("2022-11-12", 20)?;
        let answer = Answer {
            explanation: self.cast.says("explained"),
            cause: self.cast.says("explained_cause"),
            responsibility: self.cast.says("explained_responsibility"),
        };
        let me = self.actor(member.person).await?;
        let typed: Vec<TypedAnswer> = self.asked(&secretary, id).await?;
        let typed: Vec<TypedAnswer> =
            typed.into_iter().map(|one| TypedAnswer { answer: answer.clone(), ..one }).collect();
        answer_suggestion(&self.app, &me, id, &typed).await
    }

    fn issue(&self) -> Issue {
        Issue {
            ground: "public_outcry".to_owned(),
            facts: self.cast.says("asked_facts"),
            evidence: self.cast.says("asked_evidence"),
            question: self.cast.says("asked_question"),
            explained_by: self.cast.says("asked_whom"),
            ..Issue::default()
        }
    }

    /// The issues of a suggestion with empty answers.
    async fn asked(&self, of: &Actor, id: SuggestionId) -> Result<Vec<TypedAnswer>> {
        let page = suggestion(&self.app, of, id).await?;
        Ok(page.issues.into_iter().map(|one| TypedAnswer { issue: one.id, answer: Answer::default() }).collect())
    }

    /// The cell's meeting discusses what was suggested, and who follows the cell confirms that he was there.
    ///
    /// # Errors
    /// Those of the acts; none is expected.
    pub(super) async fn discuss(&self, cell: &str, day: &str) -> Result<()> {
        if cell != ASKED.0 {
            return Ok(());
        }
        let head = self.head(cell).await?;
        let shown = domain::Day::parse_stored(day).map(domain::Day::shown).unwrap_or_default();
        for line in crate::reads::suggestion::suggestions(&self.app, &head).await?.to_us {
            let issues = self.asked(&head, line.id).await?;
            let said: Vec<(IssueId, String)> =
                issues.into_iter().map(|one| (one.issue, self.cast.says("discussed"))).collect();
            record_discussion(&self.app, &head, line.id, &shown, &said).await?;
        }
        let (deputy, unit) = (self.seated(1).await?, self.cells.get(cell).copied());
        for one in mine(&self.app, &deputy).await?.into_iter().filter(|one| one.unit == unit) {
            let order =
                Observe { kind: "session".to_owned(), seen_on: shown.clone(), content: self.cast.says("attended") };
            observe(&self.app, &deputy, one.line.id, &order).await?;
        }
        Ok(())
    }
}
