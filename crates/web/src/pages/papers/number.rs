//! Numbers of papers, typed where the paper is made.

use application::acts::register::{NumberPaper, Numbering, number_notices, number_paper};
use application::papers::What;
use domain::{CampaignId, ReviewId, UnitId};

use super::file::paper_of;
use crate::prelude::*;

type Place = (CampaignId, UnitId);

/// Names of the two fields of a paper: number and day.
pub(super) fn fields(paper: &str) -> (String, String) {
    (format!("number-{paper}"), format!("dated-{paper}"))
}

fn order(form: &FormState, paper: &str) -> NumberPaper {
    let (number_field, day_field) = fields(paper);
    NumberPaper {
        number: form.value(&number_field).to_owned(),
        dated_on: form.value(&day_field).to_owned(),
        number_field,
        day_field,
    }
}

fn said(done: Numbering) -> Flash {
    Flash::done(match done {
        Numbering::Unchanged => "papers-number-unchanged",
        Numbering::Numbered => "papers-numbered",
        Numbering::Cleared => "papers-number-cleared",
    })
}

async fn done(
    visit: Visit,
    (campaign, unit): Place,
    mut form: FormState,
    result: application::Result<Flash>,
) -> Answer {
    match result {
        Ok(flash) => visit.see_other(&format!("/giay-to/{campaign}/{unit}"), flash),
        Err(error) => {
            form.refuse(error, visit.t)?;
            super::list::again(&visit, campaign, unit, form).await
        }
    }
}

pub(super) async fn of_unit(
    visit: Visit,
    Path((campaign, unit, paper)): Path<(CampaignId, UnitId, String)>,
    Typed(form): Typed,
) -> Answer {
    let what = What::OfUnit { campaign, unit, paper: paper_of(&paper).ok_or(Failure::Denied)? };
    let result = number_paper(visit.app(), visit.actor()?, what, &order(&form, &paper)).await;
    done(visit, (campaign, unit), form, result.map(said)).await
}

/// The notice to one person, on the page of his cell.
pub(super) async fn of_notice(
    visit: Visit,
    Path((campaign, unit, review)): Path<(CampaignId, UnitId, ReviewId)>,
    Typed(form): Typed,
) -> Answer {
    let order = order(&form, &review.to_string());
    let result = number_paper(visit.app(), visit.actor()?, What::Notice(review), &order).await;
    done(visit, (campaign, unit), form, result.map(said)).await
}

/// The report of the unit or of its collective.
pub(super) async fn of_report(
    visit: Visit,
    Path((campaign, unit, review)): Path<(CampaignId, UnitId, ReviewId)>,
    Typed(form): Typed,
) -> Answer {
    let order = order(&form, &review.to_string());
    let result = number_paper(visit.app(), visit.actor()?, What::SelfReview(review), &order).await;
    done(visit, (campaign, unit), form, result.map(said)).await
}

/// All notices of the round that have no number, one after the other.
pub(super) async fn of_notices(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    let (first, dated) = (form.value("first_number").to_owned(), form.value("notices_dated").to_owned());
    let result = number_notices(visit.app(), visit.actor()?, place.0, &first, &dated).await;
    done(visit, place, form, result.map(|_| Flash::done("papers-notices-numbered"))).await
}
