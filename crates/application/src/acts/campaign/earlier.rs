//! Đợt cấp dưới đã tự mở: rounds of the same kind and period that bodies below opened before their superior did. They become
//! part of his round as they stand: what was reviewed and decided in them stays, under the settings it was opened with.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use store::Conn;
use store::campaign::CampaignRow;
use store::org::UnitRow;
use store::review::ReviewRow;
use uuid::Uuid;

use crate::error::Result;

/// The rounds below and whom they review.
pub(super) struct Earlier {
    /// Those that no superior opened, with nothing above them.
    pub(super) rounds: Vec<CampaignRow>,
    /// With the campaigns in them, by the unit that leads them.
    led: BTreeMap<Uuid, CampaignRow>,
    subjects: BTreeSet<(String, Uuid)>,
}

/// Whether two rounds are held for the same thing over the same period.
pub(super) fn alike(one: &CampaignRow, other: &CampaignRow) -> bool {
    one.kind == other.kind && one.period_from == other.period_from && one.period_to == other.period_to
}

impl Earlier {
    /// # Errors
    /// `CAMPAIGN-001` when they are part of a superior's round, `-014` when one of them goes by another rule book.
    pub(super) async fn load(conn: &mut Conn, top: &CampaignRow, units: &[UnitRow]) -> Result<Self> {
        let below: BTreeMap<Uuid, &UnitRow> =
            units.iter().filter(|unit| unit.unit_id != top.unit_id).map(|unit| (unit.unit_id, unit)).collect();
        let all = store::campaign::campaigns(conn, top.root_id).await?;
        let ours: Vec<CampaignRow> =
            all.into_iter().filter(|one| alike(one, top) && below.contains_key(&one.unit_id)).collect();
        if let Some(other) = ours.iter().find(|one| one.rule_book_seal != top.rule_book_seal) {
            let unit = below.get(&other.unit_id).map_or("", |unit| unit.name.as_str());
            let what = Refusal::new("CAMPAIGN-014").with("unit", unit).with("book", &other.rule_book_id);
            return Err(what.at("unit").into());
        }
        let ids: BTreeSet<Uuid> = ours.iter().map(|one| one.campaign_id).collect();
        if ours.iter().any(|one| one.parent_id.is_some_and(|superior| !ids.contains(&superior))) {
            return Err(Refusal::new("CAMPAIGN-001").with("year", top.period_year).at("year").into());
        }
        let mut subjects = BTreeSet::new();
        for campaign in &ours {
            subjects.extend(store::review::subjects_of_campaign(conn, top.root_id, campaign.campaign_id).await?);
        }
        let rounds = ours.iter().filter(|one| one.parent_id.is_none()).cloned().collect();
        Ok(Self { rounds, led: ours.into_iter().map(|one| (one.unit_id, one)).collect(), subjects })
    }

    /// The campaign that a unit leads already.
    pub(super) fn led_by(&self, unit: Uuid) -> Option<&CampaignRow> {
        self.led.get(&unit)
    }

    /// Whether the subject is reviewed already.
    pub(super) fn has(&self, review: &ReviewRow) -> bool {
        self.subjects.contains(&(review.subject.clone(), review.about_id))
    }
}
