//! Danh sách đôn đốc: who is late with what, as a workbook to call people by.

use application::reads::campaign::chase;
use domain::CampaignId;

use crate::prelude::*;
use crate::press::chase::workbook;

pub(super) async fn file(visit: Visit, Path(campaign): Path<CampaignId>) -> Answer {
    let (progress, lines) = chase(visit.app(), visit.actor()?, campaign).await?;
    let (t, today) = (visit.t, visit.today());
    let name = format!("{}.xlsx", t.get("campaign-chase"));
    let bytes = tokio::task::spawn_blocking(move || workbook(&progress, &lines, t, today)).await??;
    visit.download(&name, Kind::Xlsx, bytes)
}
