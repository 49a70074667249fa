//! Trang hồ sơ: what the rules permit and why not higher, facts with their evidence, opinions, criticisms, the form.

use application::acts::review::{StateFact, StateOpinion, return_self_review, state_facts, state_opinion};
use application::judge::Judgement;
use application::reads::review::{ReviewPage as View, review};
use domain::ReviewId;
use domain::review::Assessor;

use crate::prelude::*;

#[derive(Template)]
#[template(path = "review/case.html")]
struct CasePage {
    shell: Shell,
    form: FormState,
    view: View,
    judgement: Judgement,
    levels: Vec<Choice>,
    assessors: Vec<Choice>,
    yes_no: Vec<Choice>,
    facts_open: bool,
}

pub(super) async fn show(visit: Visit, Path(id): Path<ReviewId>) -> Answer {
    let mut form = FormState::new();
    form.put("stated_on", visit.today().shown());
    page(&visit, id, form).await
}

async fn page(visit: &Visit, id: ReviewId, mut form: FormState) -> Answer {
    let view = review(visit.app(), visit.actor()?, id).await?;
    let language = visit.locale().tag();
    let mut levels = vec![Choice::new("", visit.t.get("review-no-level").as_str())];
    levels.extend(view.levels.iter().map(|(id, name)| Choice::new(id, name.get(language))));
    let member = view.head.subject == domain::subject::Subject::Member;
    let others = Assessor::ALL.iter().filter(|one| !one.is_subject() && Assessor::ON_MEMBERS.contains(one) == member);
    let assessors =
        others.map(|one| Choice::new(one.word(), visit.t.get(&format!("review-assessor-{one}")).as_str())).collect();
    let yes_no = [("true", "review-yes"), ("false", "review-no")]
        .map(|(value, key)| Choice::new(value, visit.t.get(key).as_str()));
    let back = format!("/dot/{}/{}", view.head.campaign, view.head.unit);
    let shell = visit.shell("review-case-title").heading(&view.head.name);
    let shell =
        if view.head.own { shell.back("/", "review-back") } else { shell.back(&back, "campaign-register-title") };
    let failed = form.has_errors();
    if !failed {
        for fact in &view.facts {
            let value = if fact.stored.is_empty() { &fact.usual } else { &fact.stored };
            form.put(&format!("value-{}", fact.name), value);
            form.put(&format!("evidence-{}", fact.name), &fact.evidence);
        }
    }
    let facts_open = failed && form.with_prefix("value-").next().is_some();
    let judgement = view.judgement.clone();
    visit.render_form(
        failed,
        CasePage { shell, form, view, judgement, levels, assessors, yes_no: yes_no.into(), facts_open },
    )
}

async fn done(visit: Visit, id: ReviewId, mut form: FormState, result: application::Result<()>, key: &str) -> Answer {
    match result {
        Ok(()) => visit.see_other(&format!("/ho-so/{id}"), Flash::done(key)),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}

pub(super) async fn state(visit: Visit, Path(id): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let order = |(name, value): (&str, &str)| StateFact {
        name: name.to_owned(),
        value: value.to_owned(),
        evidence: form.value(&format!("evidence-{name}")).to_owned(),
    };
    let filled = form.with_prefix("value-").filter(|(_, value)| !value.trim().is_empty());
    let orders: Vec<StateFact> = filled.map(order).collect();
    let result = state_facts(visit.app(), visit.actor()?, id, &orders).await;
    done(visit, id, form, result, "review-fact-stated").await
}

pub(super) async fn opine(visit: Visit, Path(id): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let order = StateOpinion {
        assessor: text("assessor"),
        level: text("level"),
        comment: text("comment"),
        signer: text("signer"),
        stated_on: text("stated_on"),
    };
    let result = state_opinion(visit.app(), visit.actor()?, id, &order).await;
    done(visit, id, form, result, "review-opinion-stated").await
}

pub(super) async fn give_back(visit: Visit, Path(id): Path<ReviewId>, Typed(form): Typed) -> Answer {
    let reason = form.value("reason").to_owned();
    let result = return_self_review(visit.app(), visit.actor()?, id, &reason).await;
    done(visit, id, form, result, "review-returned").await
}
