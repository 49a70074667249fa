//! Danh sách gợi ý, and what is to be considered.

use application::acts::suggestion::pass_over;
use application::reads::suggestion::{SuggestionList, ToConsider, suggestions, to_consider};
use domain::{FactId, ReviewId};

use crate::prelude::*;

#[derive(Template)]
#[template(path = "suggestion/list.html")]
struct ListPage {
    shell: Shell,
    form: FormState,
    view: SuggestionList,
    consider: Vec<ToConsider>,
}

pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, FormState::new()).await
}

async fn page(visit: &Visit, form: FormState) -> Answer {
    let view = suggestions(visit.app(), visit.actor()?).await?;
    let consider = to_consider(visit.app(), visit.actor()?).await?;
    let shell = visit.shell("suggestion-title").wide();
    let failed = form.has_errors();
    visit.render_form(failed, ListPage { shell, form, view, consider })
}

pub(super) async fn pass(
    visit: Visit,
    Path((review, fact)): Path<(ReviewId, FactId)>,
    Typed(mut form): Typed,
) -> Answer {
    let reason = form.value(&format!("pass-{fact}")).to_owned();
    match pass_over(visit.app(), visit.actor()?, review, fact, &reason).await {
        Ok(()) => visit.see_other("/goi-y", Flash::done("suggestion-passed")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, form).await
        }
    }
}
