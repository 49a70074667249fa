//! The template, and the present roster in the same layout.

use application::acts::roster::Roster;
use application::reads::roster;

use crate::prelude::*;
use crate::press::roster::workbook;

pub(super) async fn template(visit: Visit) -> Answer {
    hand_out(&visit, "roster-file-template", Roster::default()).await
}

pub(super) async fn present(visit: Visit) -> Answer {
    let roster = roster::present(visit.app(), visit.actor()?).await?;
    hand_out(&visit, "roster-file-present", roster).await
}

async fn hand_out(visit: &Visit, title: &str, roster: Roster) -> Answer {
    let (title, today, t) = (visit.t.get(title), visit.today(), visit.t);
    let name = format!("{title}.xlsx");
    let bytes = tokio::task::spawn_blocking(move || workbook(title, today, &roster, t)).await??;
    visit.download(&name, Kind::Xlsx, bytes)
}
