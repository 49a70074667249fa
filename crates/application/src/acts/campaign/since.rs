//! Từ cuối kỳ đến nay: what became of the members since the end of the period, in a round that is opened after it.

use std::collections::{BTreeMap, BTreeSet};

use domain::Day;
use domain::org::EndReason;
use domain::review::ReviewState;
use store::Conn;
use store::org::{self, MemberRow, UnitRow};
use store::review::ReviewRow;
use store::withdrawal::WithdrawalRow;
use uuid::Uuid;

use crate::acts::roster::{end_of, kept_of, without_duty};
use crate::app::App;
use crate::error::{Result, known, stored};

pub(super) struct Since {
    /// Cell of everybody who is a member today.
    cells: BTreeMap<Uuid, Uuid>,
    closed: BTreeSet<Uuid>,
    /// Why somebody owes nothing any more, in the words of the roster.
    left: BTreeMap<Uuid, String>,
}

impl Since {
    pub(super) async fn load(
        app: &App,
        conn: &mut Conn,
        unit: &UnitRow,
        units: &[UnitRow],
        members: &[MemberRow],
    ) -> Result<Self> {
        let (root, today) = (unit.root_id, app.clock.today().to_string());
        let now = org::members_below(conn, root, &unit.path, &today).await?;
        let cells: BTreeMap<Uuid, Uuid> = now.into_iter().map(|member| (member.person_id, member.unit_id)).collect();
        let mut left = BTreeMap::new();
        for member in members.iter().filter(|member| !cells.contains_key(&member.person_id)) {
            let Some(ended) = store::roster::ended_before(conn, root, member.person_id, &today).await? else {
                continue;
            };
            let reason = known(EndReason::from_word(&ended.end_reason), "reason of an end")?;
            if let Some(day) = ended.to_on.as_deref() {
                left.insert(member.person_id, end_of(reason, stored(Day::parse_stored(day), "to_on")?));
            }
        }
        let closed = units.iter().filter(|unit| unit.closed_on.is_some()).map(|unit| unit.unit_id);
        Ok(Self { cells, closed: closed.collect(), left })
    }

    /// The cell he was in, or where he went when it was closed.
    pub(super) fn cell_of(&self, member: &MemberRow) -> Uuid {
        let moved = self.cells.get(&member.person_id).filter(|_| self.closed.contains(&member.unit_id));
        moved.copied().unwrap_or(member.unit_id)
    }

    /// Takes those who left out of the round, and keeps how their reviews would have stood.
    pub(super) fn apply(&self, reviews: Vec<ReviewRow>) -> (Vec<ReviewRow>, Vec<WithdrawalRow>) {
        let mut withdrawn = Vec::new();
        let mut open = |review: ReviewRow| {
            let reason = review.person_id.and_then(|person| self.left.get(&person));
            let Some(reason) = reason else { return review };
            if review.state != ReviewState::NotDue.word() {
                withdrawn.push(kept_of(&review));
            }
            without_duty(&review, reason)
        };
        let reviews = reviews.into_iter().map(&mut open).collect();
        (reviews, withdrawn)
    }
}
