//! The file with the levels of units: chosen once the table of people is understood, read as that one was, confirmed column by
//! column.

use std::sync::Arc;

use application::checks::desk::{KeptReading, keep_units, kept_reading, kept_units, order_check, order_with_units};
use domain::{IntakeId, Refusal};

use super::super::page::digest;
use super::mapping::{Desk, confirmed, page as mapping_page};
use crate::prelude::*;

#[derive(Template)]
#[template(path = "checks/table/units.html")]
struct UnitsPage {
    shell: Shell,
    form: FormState,
    reading: IntakeId,
    /// Name of the file with the people.
    people: String,
    /// Name of the file that cannot be used.
    refused: String,
}

fn page(visit: &Visit, reading: IntakeId, people: String, refused: String, form: FormState) -> Answer {
    let shell = visit.shell("rolls-units-title").crumb("/", "start-menu").crumb("/kiem-tra-bang", "checks-title");
    visit.render_form(form.has_errors(), UnitsPage { shell, form, reading, people, refused })
}

pub(in super::super) async fn choose(visit: Visit, Path(reading): Path<IntakeId>) -> Answer {
    let first = kept_reading(visit.app(), visit.actor()?, reading).await?;
    page(&visit, reading, first.file_name, String::new(), FormState::new())
}

pub(in super::super) async fn take(
    visit: Visit,
    Path(reading): Path<IntakeId>,
    Upload { mut form, file }: Upload,
) -> Answer {
    let actor = visit.actor()?;
    let KeptReading { table, file_name: people, mapping } = kept_reading(visit.app(), actor, reading).await?;
    if form.value("tiep") == "khong" {
        let job = order_check(visit.app(), actor, table, mapping).await?;
        return visit.go(&format!("/kiem-tra-bang/ket-qua/{job}"));
    }
    let Some(file) = file else {
        form.refuse(Refusal::new("CHECK-006").at("file").into(), visit.t)?;
        return page(&visit, reading, people, String::new(), form);
    };
    let named = (file.name.clone(), digest(&file.bytes));
    let kept = match visit.server().intake.grid(file.bytes).await {
        Ok(grid) => keep_units(visit.app(), actor, reading, named, grid).await.map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match kept {
        Ok(units) => visit.go(&format!("/kiem-tra-bang/don-vi/{reading}/{units}")),
        Err(failure) => {
            form.take(at_file(failure), visit.t)?;
            page(&visit, reading, people, file.name, form)
        }
    }
}

/// What is wrong with the file is told where it was chosen.
fn at_file(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(reasons) => Failure::Refused(reasons.into_iter().map(|reason| reason.at("file")).collect()),
        other => other,
    }
}

/// The second file is of the period of the first, and about units.
fn settled(first: KeptReading, (reading, units): (IntakeId, IntakeId), form: &mut FormState) -> Desk {
    form.put("ky", first.mapping.period);
    form.put("loai", "unit");
    Desk { action: format!("/kiem-tra-bang/don-vi/{reading}/{units}"), beside: Some(first.file_name) }
}

pub(in super::super) async fn show(
    visit: Visit,
    Path((reading, units)): Path<(IntakeId, IntakeId)>,
    Query(query): Query<Vec<(String, String)>>,
) -> Answer {
    let actor = visit.actor()?;
    let first = kept_reading(visit.app(), actor, reading).await?;
    let kept = Arc::new(kept_units(visit.app(), actor, units).await?);
    let mut form = FormState::of_pairs(query);
    let desk = settled(first, (reading, units), &mut form);
    mapping_page(&visit, desk, &kept, form).await
}

pub(in super::super) async fn confirm(
    visit: Visit,
    Path((reading, units)): Path<(IntakeId, IntakeId)>,
    Typed(mut form): Typed,
) -> Answer {
    let actor = visit.actor()?;
    let first = kept_reading(visit.app(), actor, reading).await?;
    let kept = Arc::new(kept_units(visit.app(), actor, units).await?);
    let desk = settled(first, (reading, units), &mut form);
    let Some(mapping) = confirmed(&visit, &kept, &mut form).await? else {
        return mapping_page(&visit, desk, &kept, form).await;
    };
    match order_with_units(visit.app(), actor, reading, units, mapping).await {
        Ok(job) => visit.go(&format!("/kiem-tra-bang/ket-qua/{job}")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            mapping_page(&visit, desk, &kept, form).await
        }
    }
}
