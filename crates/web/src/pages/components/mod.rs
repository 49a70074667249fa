//! All components on one page, to look at: demonstration only.

use crate::prelude::*;

/// Routes of this area.
pub fn routes() -> Routes {
    Routes::new()
        .get("/kiem-tra-giao-dien", Audience::Public, look)
        .post("/kiem-tra-giao-dien", Audience::Public, send)
        .get("/kiem-tra-giao-dien/su-co", Audience::Public, fall)
}

#[derive(Template)]
#[template(path = "components/components.html", blocks = ["answer"])]
struct ComponentsPage {
    shell: Shell,
    form: FormState,
    choices: Vec<Choice>,
    rows: Vec<(String, i64, i64)>,
}

fn page(visit: &Visit, form: FormState) -> ComponentsPage {
    let shell = visit.shell("components-title").crumb("/", "start-menu");
    let words = |key: &str| visit.t.get(key);
    let choices = vec![
        Choice::new("a", words("components-choice-a")).hint(words("components-choice-a-hint")),
        Choice::new("b", words("components-choice-b")),
        Choice::new("c", words("components-choice-c")),
    ];
    let rows = (1..=6).map(|number| (visit.t.one("components-row", "n", number), number * 17_345, 92_070)).collect();
    ComponentsPage { shell, form, choices, rows }
}

async fn look(visit: Visit) -> Answer {
    visit.render(page(&visit, FormState::new().set("amount", "70.000").set("choice", "b")))
}

async fn send(visit: Visit, Typed(mut form): Typed) -> Answer {
    let (_, _) = (form.number("amount", visit.t), form.day("on", visit.t));
    if form.value("name").is_empty() {
        form.refuse(
            domain::Refusal::new("FORM-001").with("label", visit.t.get("components-name")).at("name").into(),
            visit.t,
        )?;
    }
    if visit.partial() {
        return visit.region(&page(&visit, form).as_answer());
    }
    if form.has_errors() {
        return visit.render_form(true, page(&visit, form));
    }
    visit.see_other("/kiem-tra-giao-dien", Flash::done("components-sent").with("name", form.value("name")))
}

/// A bug on purpose: what a person sees of one, and what not.
#[expect(clippy::panic, reason = "this page exists to fall down")]
async fn fall() -> Answer {
    panic!("the secret cause of a bug on purpose");
}
