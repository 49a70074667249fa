//! Khắc phục in the demonstration: what was criticised in a cell becomes an item at once, with a first note on it.

use domain::remediation::{NoteKind, Source};
use domain::{ItemId, ReviewId};

use super::play::Play;
use crate::acts::after::{NoteItem, PlanItem, note_remediation, plan_remediation};
use crate::error::{Result, known};

/// Members from this number on have no account of the demonstration.
const WITHOUT_ACCOUNT: u32 = 13;

impl Play {
    /// One member of a cell plans what he has to remedy, another watches him and has been there once.
    ///
    /// # Errors
    /// Those of the acts; none is expected.
    pub(super) async fn remedy(&self, cell: &str) -> Result<ItemId> {
        let mut rows = self.reviews(cell).await?;
        rows.retain(|(_, member)| member.number >= WITHOUT_ACCOUNT);
        rows.sort_by_key(|(_, member)| member.number);
        let mut rows = rows.into_iter();
        let (owner, monitor) = (rows.next(), rows.next());
        let ((review, owner), (_, monitor)) =
            (known(owner, "owner of the play")?, known(monitor, "monitor of the play")?);
        let (owner, monitor) = (self.actor(owner.person).await?, self.actor(monitor.person).await?);
        self.at("2022-12-01", 9)?;
        let order = PlanItem {
            source: Source::Criticism.word().to_owned(),
            shortcoming: self.cast.says("shortcoming"),
            measure: self.cast.says("measure"),
            expected: self.cast.says("expected"),
            monitor: Some(monitor.person),
            due_on: "31/03/2023".to_owned(),
            ..PlanItem::default()
        };
        let item = plan_remediation(&self.app, &owner, ReviewId(review.review_id), &order).await?;
        self.at("2022-12-12", 9)?;
        let seen = NoteItem {
            kind: NoteKind::Check.word().to_owned(),
            content: self.cast.says("checked"),
            ..NoteItem::default()
        };
        note_remediation(&self.app, &monitor, item, seen).await?;
        Ok(item)
    }
}
