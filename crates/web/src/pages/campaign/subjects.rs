//! Danh sách đối tượng của đợt: counts by kind, each of which opens the list it counts, and the list with the reasons.

use application::reads::subjects::{Listed, SubjectCounts, SubjectsPage as View, subjects};
use domain::review::Obligation;
use domain::subject::Subject;
use domain::{CampaignId, UnitId};
use serde::Deserialize;

use crate::prelude::*;

/// What the address asks for: `loai` a kind of subject, `dien` an obligation, `trang` a page.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    loai: String,
    #[serde(default)]
    dien: String,
    #[serde(default)]
    trang: i64,
}

#[derive(Template)]
#[template(path = "campaign/subjects.html")]
struct SubjectsPage {
    shell: Shell,
    view: View,
}

impl SubjectsPage {
    fn place(&self) -> String {
        format!("/dot/{}/{}/doi-tuong", self.view.campaign, self.view.unit)
    }

    fn address(&self, subject: Option<Subject>, obligation: Option<Obligation>, page: i64) -> String {
        let parts = [
            subject.map(|kind| format!("loai={kind}")),
            obligation.map(|owed| format!("dien={owed}")),
            (page > 1).then(|| format!("trang={page}")),
        ];
        let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&amp;");
        if query.is_empty() { self.place() } else { format!("{}?{query}", self.place()) }
    }

    /// The numbers of a row, each with the address of the list it counts.
    fn cells(&self, row: &SubjectCounts) -> Vec<(i64, String)> {
        let owed = [None].into_iter().chain(Obligation::ALL.iter().copied().map(Some));
        owed.map(|owed| (row.owing(owed), self.address(row.subject, owed, 1))).collect()
    }

    fn kind(&self, subject: Option<Subject>) -> String {
        subject
            .map_or_else(|| self.shell.t.get("subjects-all"), |kind| self.shell.t.get(&format!("subjects-kind-{kind}")))
    }

    /// What is listed, in words.
    fn listed(&self) -> String {
        let owed = self.view.obligation.map(|owed| self.shell.t.get(&format!("review-obligation-{owed}")));
        let kind = self.kind(self.view.subject);
        owed.map_or_else(|| kind.clone(), |owed| format!("{kind} – {owed}"))
    }
}

pub(super) async fn show(visit: Visit, Path(place): Path<(CampaignId, UnitId)>, Query(asked): Query<Asked>) -> Answer {
    let listed = Listed {
        subject: Subject::from_word(&asked.loai),
        obligation: Obligation::from_word(&asked.dien),
        page: asked.trang,
    };
    let view = subjects(visit.app(), visit.actor()?, place, listed).await?;
    let shell = visit.shell("subjects-title").back(format!("/dot/{}", view.campaign), "campaign-progress-title").wide();
    visit.render(SubjectsPage { shell, view })
}
