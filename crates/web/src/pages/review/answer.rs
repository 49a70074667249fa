//! Vì sao không cao hơn: the answer of the rules alone, as lists fetch it for one person.

use application::judge::Judgement;
use application::reads::review::{Head, verdict};
use domain::ReviewId;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "review/answer.html", blocks = ["answer"])]
struct AnswerPage {
    shell: Shell,
    head: Head,
    judgement: Judgement,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ReviewId>) -> Answer {
    let (head, judgement) = verdict(visit.app(), visit.actor()?, id).await?;
    let shell = visit.shell("why-not-higher").back(format!("/ho-so/{id}"), "review-case-title");
    let page = AnswerPage { shell, head, judgement };
    if visit.partial() { visit.region(&page.as_answer()) } else { visit.render(page) }
}
