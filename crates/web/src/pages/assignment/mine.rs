//! Đơn vị tôi theo dõi, and the address of my calendar.

use application::acts::assignment::{Observe, observe, renew_calendar};
use application::reads::assignment::{Followed, has_calendar, mine};
use domain::AssignmentId;
use domain::assignment::ObservationKind;

use super::feed::{address, fresh};
use crate::prelude::*;

#[derive(Template)]
#[template(path = "assignment/mine.html")]
struct MinePage {
    shell: Shell,
    form: FormState,
    followed: Vec<Followed>,
    kinds: Vec<Choice>,
    /// The assignment whose form was refused.
    refused: Option<AssignmentId>,
    calendar: Option<chrono::DateTime<chrono::Utc>>,
    /// The address, shown once when it was made.
    address: String,
}

impl MinePage {
    fn is_refused(&self, id: &AssignmentId) -> bool {
        self.refused.as_ref() == Some(id)
    }

    /// What was typed about this assignment, or an empty form with today.
    fn form_of(&self, id: &AssignmentId) -> FormState {
        if self.is_refused(id) {
            return self.form.clone();
        }
        FormState::new().set("kind", ObservationKind::Preparation.word()).set("seen_on", self.shell.today.shown())
    }
}

pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, FormState::new(), None, String::new()).await
}

async fn page(visit: &Visit, form: FormState, refused: Option<AssignmentId>, address: String) -> Answer {
    let actor = visit.actor()?;
    let followed = mine(visit.app(), actor).await?;
    let kinds = ObservationKind::ALL
        .iter()
        .map(|one| Choice::new(one.word(), visit.t.get(&format!("assignment-kind-{one}")).as_str()));
    let failed = form.has_errors();
    let page = MinePage {
        shell: visit.shell("assignment-mine").back("/", "review-back"),
        calendar: has_calendar(visit.app(), actor).await?,
        kinds: kinds.collect(),
        form,
        followed,
        refused,
        address,
    };
    visit.render_form(failed, page)
}

pub(super) async fn record(visit: Visit, Path(id): Path<AssignmentId>, Typed(mut form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = Observe { kind: text("kind"), seen_on: text("seen_on"), content: text("content") };
    match observe(visit.app(), visit.actor()?, id, &order).await {
        Ok(()) => visit.see_other("/phan-cong", Flash::done("assignment-observed")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, form, Some(id), String::new()).await
        }
    }
}

/// Makes a new address and shows it this once; only its digest is kept.
pub(super) async fn renew(visit: Visit) -> Answer {
    let (secret, digest) = fresh(visit.app());
    renew_calendar(visit.app(), visit.actor()?, &digest).await?;
    let address = address(visit.actor()?.root, &secret);
    page(&visit, FormState::new(), None, address).await
}
