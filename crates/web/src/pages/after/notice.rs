//! Thông báo kết quả: level, comment, the right to reply within the limit.

use application::acts::after::{read_notice, reply_to_notice};
use application::reads::after::{NoticePage as View, notice};
use domain::ReviewId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "after/notice.html")]
struct NoticePage {
    shell: Shell,
    form: FormState,
    view: View,
}

pub(super) async fn show(visit: Visit, Path(review): Path<ReviewId>) -> Answer {
    page(&visit, review, FormState::new()).await
}

async fn page(visit: &Visit, review: ReviewId, form: FormState) -> Answer {
    let actor = visit.actor()?;
    let view = notice(visit.app(), actor, review).await?;
    if view.head.own && view.read_at.is_none() {
        read_notice(visit.app(), actor, review).await?;
    }
    let shell = visit.shell("after-notice-title");
    let shell = if view.head.own {
        shell.back("/", "after-back")
    } else {
        shell.back(format!("/ho-so/{review}"), "review-case-title")
    };
    let failed = form.has_errors();
    visit.render_form(failed, NoticePage { shell, form, view })
}

pub(super) async fn reply(visit: Visit, Path(review): Path<ReviewId>, Typed(mut form): Typed) -> Answer {
    match reply_to_notice(visit.app(), visit.actor()?, review, form.value("reply")).await {
        Ok(()) => visit.see_other(&format!("/ho-so/{review}/thong-bao"), Flash::done("after-replied")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, review, form).await
        }
    }
}
