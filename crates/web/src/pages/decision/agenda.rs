//! Chương trình phiên họp: what the deciding body can take up, in order, and what still waits.

use application::papers::What;
use application::reads::agenda::{AgendaPage as View, Turn, agenda};
use domain::CampaignId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "decision/agenda.html")]
struct AgendaPage {
    shell: Shell,
    view: View,
}

impl AgendaPage {
    /// Name of a level in the reader's language.
    fn level(&self, id: &str) -> &str {
        let language = self.shell.t.locale().tag();
        self.view.levels.iter().find(|level| level.0 == id).map_or("", |level| level.1.get(language))
    }

    /// Where the subjects of a part are decided on.
    fn link(&self, turn: &Turn) -> String {
        match turn.subject {
            domain::subject::Subject::Member => format!("/quyet-dinh/{}", self.view.campaign),
            subject => format!("/xep-loai/{}/{subject}", self.view.campaign),
        }
    }

    fn title(&self, turn: &Turn) -> String {
        let key = if turn.heads { "agenda-heads".to_owned() } else { format!("subject-{}", turn.subject) };
        self.shell.t.get(&key)
    }
}

pub(super) async fn show(visit: Visit, Path(campaign): Path<CampaignId>) -> Answer {
    let view = agenda(visit.app(), visit.actor()?, campaign).await?;
    let shell = visit.shell("agenda-title").back(format!("/dot/{campaign}"), "campaign-progress-title").wide();
    visit.render(AgendaPage { shell, view })
}

pub(super) async fn print(visit: Visit, Path((campaign, format)): Path<(CampaignId, String)>) -> Answer {
    crate::pages::papers::hand_out(&visit, What::Agenda(campaign), &format).await
}
