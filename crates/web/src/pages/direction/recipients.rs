//! Nơi nhận: who below a unit has studied a document or met an obligation, and the lists to urge by.

use application::papers::What;
use application::reads::direction::{Done, Matter, Recipients, recipients};
use domain::{DirectiveId, UnitId};

use super::document::done_in_words;
use super::list::title;
use crate::pages::papers::hand_out;
use crate::prelude::*;

/// Word of studying in addresses; obligations stand there by their place.
const STUDY: &str = "quan-triet";

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    viec: Option<i64>,
}

#[derive(Template)]
#[template(path = "direction/recipients.html")]
struct RecipientsPage {
    shell: Shell,
    view: Recipients,
    /// What is followed, as it stands in addresses.
    matter: String,
}

impl RecipientsPage {
    fn done(&self, done: &Done) -> String {
        done_in_words(done, self.shell.t)
    }

    /// Address of the chase list, without its format.
    fn chase(&self) -> String {
        format!("/giay-to/chi-dao/{}/don-doc/{}/{}", self.view.directive.id, self.view.unit, self.matter)
    }

    /// What follows the address of a unit, so that the same is looked at there.
    fn same(&self) -> String {
        match self.view.matter {
            Matter::Study => String::new(),
            Matter::Duty(place) => format!("?viec={place}"),
        }
    }
}

pub(super) async fn show(
    visit: Visit,
    Path((id, unit)): Path<(DirectiveId, UnitId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let matter = asked.viec.map_or(Matter::Study, Matter::Duty);
    let view = recipients(visit.app(), visit.actor()?, id, unit, matter).await?;
    let mut shell = visit.shell_text(view.unit_name.clone()).wide();
    shell = shell.crumb_text(format!("/chi-dao/{id}"), title(&view.directive, visit.t));
    let page = RecipientsPage { matter: word(matter), shell, view };
    let same = page.same();
    let mut shell = page.shell.clone();
    for (above, name) in &page.view.above {
        shell = shell.crumb_text(format!("/chi-dao/{id}/noi-nhan/{above}{same}"), name.clone());
    }
    visit.render(RecipientsPage { shell, ..page })
}

fn word(matter: Matter) -> String {
    match matter {
        Matter::Study => STUDY.to_owned(),
        Matter::Duty(place) => place.to_string(),
    }
}

pub(super) async fn transmission(visit: Visit, Path((id, format)): Path<(DirectiveId, String)>) -> Answer {
    hand_out(&visit, What::Transmission(id), &format).await
}

pub(super) async fn chase(
    visit: Visit,
    Path((id, unit, matter, format)): Path<(DirectiveId, UnitId, String, String)>,
) -> Answer {
    let matter = match matter.as_str() {
        STUDY => Matter::Study,
        place => Matter::Duty(place.parse().map_err(|_| Failure::Denied)?),
    };
    hand_out(&visit, What::Chase(id, unit, matter), &format).await
}
