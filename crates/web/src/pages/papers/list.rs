//! What a unit can print.

use application::papers::{Catalogue, Offer, OtherOffer, catalogue};
use application::ports::Format;
use domain::{CampaignId, UnitId};

use super::file::{address, word};
use super::number::fields;
use crate::prelude::*;

#[derive(Template)]
#[template(path = "papers/list.html")]
struct ListPage {
    shell: Shell,
    form: FormState,
    view: Catalogue,
    review_formats: [Format; 2],
}

impl ListPage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand on references")]
    fn address(&self, offer: &Offer, format: &Format) -> String {
        format!("{}/{}/{}", self.place(), word(offer.paper), format.ending())
    }

    fn other(one: &OtherOffer) -> String {
        address(one.what)
    }

    fn place(&self) -> String {
        format!("/giay-to/{}/{}", self.view.campaign, self.view.unit)
    }

    /// Names of the fields of a paper's number and day.
    fn fields(paper: &str) -> (String, String) {
        fields(paper)
    }

    fn paper(offer: &Offer) -> &'static str {
        word(offer.paper)
    }

    /// `PDF`, `DOCX`, `XLSX`.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand on references")]
    fn shown(format: &Format) -> String {
        format.ending().to_uppercase()
    }

    fn anything(&self) -> bool {
        self.view.papers.iter().any(|offer| offer.ready) || self.view.people.iter().any(|one| one.self_review)
    }
}

pub(super) async fn look(visit: Visit, Path((campaign, unit)): Path<(CampaignId, UnitId)>) -> Answer {
    let page = page(&visit, campaign, unit, FormState::new()).await?;
    visit.render(page)
}

/// The page again, with what was wrong.
pub(super) async fn again(visit: &Visit, campaign: CampaignId, unit: UnitId, form: FormState) -> Answer {
    let page = page(visit, campaign, unit, form).await?;
    visit.render_form(true, page)
}

async fn page(visit: &Visit, campaign: CampaignId, unit: UnitId, mut form: FormState) -> Result<ListPage, Failure> {
    let view = catalogue(visit.app(), visit.actor()?, campaign, unit).await?;
    let papers = view.papers.iter().filter_map(|offer| Some((word(offer.paper).to_owned(), offer.number.as_ref()?)));
    let notices = view.people.iter().filter_map(|one| Some((one.review.to_string(), one.notice_number.as_ref()?)));
    let reports = view.subjects.iter().filter_map(|one| Some((one.review.to_string(), one.number.as_ref()?)));
    for (paper, entered) in papers.chain(notices).chain(reports) {
        let (number, dated) = fields(&paper);
        if form.values(&number).is_empty() {
            form.put(&number, &entered.typed);
            form.put(&dated, entered.dated_on.shown());
        }
    }
    let heading = visit.t.one("papers-title", "unit", &view.unit_name);
    let shell = visit.shell_text(heading).back(format!("/dot/{campaign}"), "papers-back");
    Ok(ListPage { shell, form, view, review_formats: [Format::Pdf, Format::Docx] })
}
