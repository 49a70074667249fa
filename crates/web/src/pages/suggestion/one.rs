//! Một văn bản gợi ý: the draft, or what was sent with explanations, discussions and verdicts.

use application::acts::suggestion::{
    SaveSuggestion, TypedAnswer, TypedVerdict, answer_suggestion, judge_suggestion, record_discussion, save_suggestion,
    send_suggestion, withdraw_suggestion,
};
use application::papers::What;
use application::reads::suggestion::{SuggestionPage as View, grounds as of_book, suggestion};
use domain::suggestion::{Answer as Explained, Verdict};
use domain::{IssueId, SuggestionId};

use super::{grounds, places, put, typed};
use crate::prelude::*;

#[derive(Template)]
#[template(path = "suggestion/suggestion.html")]
struct SuggestionPage {
    shell: Shell,
    form: FormState,
    view: View,
    grounds: Vec<Choice>,
    verdicts: Vec<Choice>,
    action: String,
    places: usize,
    may_send: bool,
}

pub(super) async fn show(visit: Visit, Path(id): Path<SuggestionId>) -> Answer {
    page(&visit, id, FormState::new()).await
}

pub(super) async fn page(visit: &Visit, id: SuggestionId, mut form: FormState) -> Answer {
    let view = suggestion(visit.app(), visit.actor()?, id).await?;
    let failed = form.has_errors();
    if !failed {
        prefill(visit, &view, &mut form);
    }
    form.put("version", view.version);
    let of_book = of_book(visit.app(), visit.actor()?, id).await?;
    let verdicts = Verdict::ALL
        .iter()
        .map(|one| Choice::new(one.word(), visit.t.get(&format!("suggestion-verdict-{one}")).as_str()));
    let page = SuggestionPage {
        shell: visit.shell("suggestion-one").back("/goi-y", "suggestion-title"),
        grounds: grounds(visit, &of_book),
        verdicts: verdicts.collect(),
        action: format!("/goi-y/{id}"),
        places: places(&form),
        may_send: view.may.send,
        form,
        view,
    };
    visit.render_form(failed, page)
}

fn prefill(visit: &Visit, view: &View, form: &mut FormState) {
    if view.may.edit {
        form.put("due_on", view.due_on.map(domain::Day::shown).unwrap_or_default());
        for (place, issue) in view.issues.iter().enumerate() {
            put(form, place, &issue.typed);
        }
    }
    form.put("held_on", view.meeting_on.unwrap_or_else(|| visit.today()).shown());
    for issue in &view.issues {
        let id = issue.id;
        form.put(&format!("explanation-{id}"), &issue.answer.explanation);
        form.put(&format!("cause-{id}"), &issue.answer.cause);
        form.put(&format!("responsibility-{id}"), &issue.answer.responsibility);
        form.put(&format!("discussion-{id}"), &issue.discussed);
    }
}

async fn done(
    visit: Visit,
    id: SuggestionId,
    mut form: FormState,
    result: application::Result<()>,
    key: &str,
) -> Answer {
    match result {
        Ok(()) => visit.see_other(&format!("/goi-y/{id}"), Flash::done(key)),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, id, form).await
        }
    }
}

pub(super) async fn save(visit: Visit, Path(id): Path<SuggestionId>, Typed(form): Typed) -> Answer {
    let order = SaveSuggestion {
        due_on: form.value("due_on").to_owned(),
        issues: typed(&form),
        seen: form.value("version").parse().ok(),
    };
    let (app, actor) = (visit.app(), visit.actor()?);
    let saved = save_suggestion(app, actor, id, &order).await;
    let send = form.value("do") == "send";
    let result = match saved {
        Ok(()) if send => send_suggestion(app, actor, id).await,
        other => other,
    };
    let key = if send { "suggestion-sent" } else { "suggestion-saved" };
    done(visit, id, form, result, key).await
}

/// Ids of the issues for which a field of this name was sent.
fn issues<'a>(form: &'a FormState, name: &'a str) -> impl Iterator<Item = (IssueId, String)> + 'a {
    form.with_prefix(name).filter_map(|(id, text)| Some((id.parse().ok()?, text.to_owned())))
}

pub(super) async fn answer(visit: Visit, Path(id): Path<SuggestionId>, Typed(form): Typed) -> Answer {
    let text = |name: &str, issue: IssueId| form.value(&format!("{name}-{issue}")).to_owned();
    let one = |(issue, explanation): (IssueId, String)| {
        let answer =
            Explained { explanation, cause: text("cause", issue), responsibility: text("responsibility", issue) };
        TypedAnswer { issue, answer }
    };
    let answers: Vec<TypedAnswer> = issues(&form, "explanation-").map(one).collect();
    let result = answer_suggestion(visit.app(), visit.actor()?, id, &answers).await;
    done(visit, id, form, result, "suggestion-answered").await
}

pub(super) async fn discuss(visit: Visit, Path(id): Path<SuggestionId>, Typed(form): Typed) -> Answer {
    let said: Vec<_> = issues(&form, "discussion-").collect();
    let result = record_discussion(visit.app(), visit.actor()?, id, form.value("held_on"), &said).await;
    done(visit, id, form, result, "suggestion-discussed").await
}

pub(super) async fn judge(visit: Visit, Path(id): Path<SuggestionId>, Typed(form): Typed) -> Answer {
    let one = |(issue, reason): (IssueId, String)| {
        (issue, TypedVerdict { verdict: form.value(&format!("verdict-{issue}")).to_owned(), reason })
    };
    let verdicts: Vec<_> = issues(&form, "reason-").map(one).collect();
    let result = judge_suggestion(visit.app(), visit.actor()?, id, &verdicts, form.value("due_on")).await;
    done(visit, id, form, result, "suggestion-judged").await
}

pub(super) async fn withdraw(visit: Visit, Path(id): Path<SuggestionId>, Typed(form): Typed) -> Answer {
    let result = withdraw_suggestion(visit.app(), visit.actor()?, id, form.value("withdrawn_reason")).await;
    done(visit, id, form, result, "suggestion-withdrawn").await
}

pub(super) async fn print(visit: Visit, Path((id, format)): Path<(SuggestionId, String)>) -> Answer {
    crate::pages::papers::hand_out(&visit, What::Suggestion(id), &format).await
}
