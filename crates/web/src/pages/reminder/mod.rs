//! Nhắc việc: what one was reminded of and how one wants it; background work for whoever looks after it.

use application::acts::reminder::{choose_reminders, mark_seen, retry_job};
use application::reads::reminder::{Jobs, Reminders, jobs, reminders};
use domain::JobId;
use domain::reminder::Pace;

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .menu("/nhac-viec", "remind-title", Audience::SignedIn)
        .get("/nhac-viec", Audience::SignedIn, show)
        .post("/nhac-viec", Audience::SignedIn, choose)
        .post("/nhac-viec/da-xem", Audience::SignedIn, seen)
        .get("/viec-nen", Act::ManageJobs, work)
        .post("/viec-nen/{job}", Act::ManageJobs, again)
}

#[derive(Template)]
#[template(path = "reminder/reminders.html")]
struct RemindersPage {
    shell: Shell,
    form: FormState,
    view: Reminders,
    paces: Vec<Choice>,
}

async fn show(visit: Visit) -> Answer {
    page(&visit, FormState::new()).await
}

async fn page(visit: &Visit, form: FormState) -> Answer {
    let view = reminders(visit.app(), visit.actor()?).await?;
    let wrong = form.has_errors();
    let form = if wrong { form } else { form.set("address", &view.address).set("pace", view.pace) };
    let paces = Pace::ALL.iter().map(|pace| Choice::new(pace.word(), visit.t.get(&format!("remind-pace-{pace}"))));
    let paces = paces.collect();
    visit.render_form(wrong, RemindersPage { shell: visit.shell("remind-title"), form, view, paces })
}

async fn choose(visit: Visit, Typed(mut form): Typed) -> Answer {
    match choose_reminders(visit.app(), visit.actor()?, form.value("address"), form.value("pace")).await {
        Ok(()) => visit.see_other("/nhac-viec", Flash::done("remind-chosen")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, form).await
        }
    }
}

async fn seen(visit: Visit, Typed(_): Typed) -> Answer {
    mark_seen(visit.app(), visit.actor()?).await?;
    visit.see_other("/nhac-viec", Flash::done("remind-all-seen"))
}

#[derive(Template)]
#[template(path = "reminder/jobs.html")]
struct JobsPage {
    shell: Shell,
    form: FormState,
    view: Jobs,
}

async fn work(visit: Visit) -> Answer {
    jobs_page(&visit, FormState::new()).await
}

async fn jobs_page(visit: &Visit, form: FormState) -> Answer {
    let view = jobs(visit.app(), visit.actor()?).await?;
    let shell = visit.shell("jobs-title").crumb("/nhac-viec", "remind-title");
    visit.render_form(form.has_errors(), JobsPage { shell, form, view })
}

async fn again(visit: Visit, Path(job): Path<JobId>, Typed(mut form): Typed) -> Answer {
    match retry_job(visit.app(), visit.actor()?, job).await {
        Ok(()) => visit.see_other("/viec-nen", Flash::done("jobs-again-done")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            jobs_page(&visit, form).await
        }
    }
}
