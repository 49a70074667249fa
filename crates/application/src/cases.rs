//! Hồ sơ của cả đợt đem đối chiếu: what is stored about all reviews of a campaign, read in six statements instead of
//! several for each person.

use std::collections::BTreeMap;

use domain::form::Content;
use domain::review::Assessor;
use domain::subject::Subject;
use rules::{Book, Settings};
use store::Conn;
use store::campaign::CampaignRow;
use store::org::MemberRow;
use store::review::{self, FactRow, OpinionRow, ReviewListRow};
use uuid::Uuid;

use crate::app::App;
use crate::error::Result;
use crate::judge::{self, Case, Reason};

/// Everything stored that the rules of a campaign ask about, by person or review.
pub(crate) struct Cases<'a> {
    book: &'a Book,
    settings: Settings,
    campaign: &'a CampaignRow,
    members: BTreeMap<Uuid, MemberRow>,
    handed_in: BTreeMap<Uuid, Content>,
    opinions: BTreeMap<Uuid, Vec<OpinionRow>>,
    facts: BTreeMap<Uuid, Vec<FactRow>>,
    remedies: BTreeMap<Uuid, (i64, i64)>,
}

impl<'a> Cases<'a> {
    pub(crate) async fn load(app: &'a App, conn: &mut Conn, campaign: &'a CampaignRow) -> Result<Self> {
        let (root, id) = (campaign.root_id, campaign.campaign_id);
        // The best row about a person comes last and stays.
        let members = store::reviewed::members_reviewed(conn, root, id, &campaign.period_to).await?;
        let book = judge::book_of(app, campaign)?;
        let mut cases = Self {
            book,
            settings: judge::settings_of(book, &campaign.settings)?,
            campaign,
            members: members.into_iter().map(|member| (member.person_id, member)).collect(),
            handed_in: BTreeMap::new(),
            opinions: BTreeMap::new(),
            facts: BTreeMap::new(),
            remedies: store::outcome::remedy::earlier_of_campaign(conn, root, id).await?.into_iter().collect(),
        };
        // Oldest first within a review: the newest version stays.
        for version in review::submitted_of_campaign(conn, root, id).await? {
            cases.handed_in.insert(version.review_id, serde_json::from_str(&version.content)?);
        }
        for opinion in review::opinions_of_campaign(conn, root, id).await? {
            cases.opinions.entry(opinion.review_id).or_default().push(opinion);
        }
        for fact in review::facts_of_campaign(conn, root, id).await? {
            cases.facts.entry(fact.review_id).or_default().push(fact);
        }
        Ok(cases)
    }

    /// The opinions on a review, oldest first.
    pub(crate) fn opinions(&self, review: Uuid) -> &[OpinionRow] {
        self.opinions.get(&review).map_or(&[], Vec::as_slice)
    }

    /// The order of the book by which the head of agency says first how he rates a cadre, civil servant or public employee;
    /// none once he has spoken, be it that he gave no level.
    pub(crate) fn waits_for_agency(&self, review: Uuid, case: &Case<'_>) -> Option<Reason> {
        let spoke = |one: &OpinionRow| one.actor == Assessor::HeadOfAgency.word();
        case.waits_for_agency().filter(|_| !self.opinions(review).iter().any(spoke))
    }

    /// What the roster alone says of who is reviewed.
    pub(crate) fn on_roster(&self, review: &ReviewListRow) -> Case<'a> {
        let mut case = Case::under(self.book, self.settings.clone(), Subject::Member);
        if let Some(member) = self.members.get(&review.person_id) {
            case.add_roster(self.campaign, &member.standing, &member.admitted_on, &member.civil_kind, review.leader);
        }
        if let Some(remedies) = self.remedies.get(&review.review_id) {
            case.add_remedies(*remedies);
        }
        case
    }

    /// The case of one review: the same facts in the same order as [`Case::load`] takes them.
    pub(crate) fn of(&self, review: &ReviewListRow) -> Case<'a> {
        let mut case = self.on_roster(review);
        if let Some(content) = self.handed_in.get(&review.review_id) {
            case.add_content(content);
        }
        case.add_opinions(self.opinions(review.review_id));
        case.add_facts(self.facts.get(&review.review_id).map_or(&[], Vec::as_slice));
        case
    }
}
