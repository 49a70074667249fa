//! Soạn văn bản chỉ đạo: one form for a new draft and for one begun.

use application::acts::direction::{TypedDirective, save_directive};
use application::reads::direction::{DirectiveForm, form_of, new_form};
use domain::directive::{Circulation, KnownBy};
use domain::org::{Title, UnitKind};
use domain::{DirectiveId, UnitId};

use super::fields::{filled, offer_empty_duty, typed};
use super::list::title;
use crate::prelude::*;

/// Empty rows that are offered below those filled in.
const EMPTY: usize = 3;

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    theo: Option<DirectiveId>,
}

/// Whose draft it is, and where it is sent.
enum Target {
    New(UnitId, Option<DirectiveId>),
    Draft(DirectiveId),
}

impl Target {
    fn address(&self) -> String {
        match self {
            Self::New(unit, None) => format!("/chi-dao/moi/{unit}"),
            Self::New(unit, Some(under)) => format!("/chi-dao/moi/{unit}?theo={under}"),
            Self::Draft(id) => format!("/chi-dao/{id}/sua"),
        }
    }
}

/// What can be chosen.
struct Choices {
    kinds: Vec<Choice>,
    secrecy: Vec<Choice>,
    circulation: Vec<Choice>,
    recipients: Vec<Choice>,
    bodies: Vec<Choice>,
    posts: Vec<Choice>,
    known_by: Vec<Choice>,
    above: Vec<Choice>,
    bases: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "direction/draft.html")]
struct DraftPage {
    shell: Shell,
    form: FormState,
    offer: DirectiveForm,
    address: String,
    choices: Choices,
    /// How many rows there are of each kind.
    rows: [usize; 3],
}

impl DraftPage {
    /// The rows of a kind.
    fn each(&self, kind: usize) -> std::ops::Range<usize> {
        0..self.rows.get(kind).copied().unwrap_or_default()
    }

    /// Whether a row stands open: something is filled in, or wrong in it.
    fn open(&self, row: &str, field: &str) -> bool {
        let wrong =
            |error: &crate::form::FieldError| error.field.as_ref().is_some_and(|at| at.starts_with(&format!("{row}-")));
        !self.form.value(&format!("{row}-{field}")).is_empty() || self.form.errors().iter().any(wrong)
    }

    fn value(&self, row: &str, field: &str) -> &str {
        self.form.value(&format!("{row}-{field}"))
    }

    fn under(&self) -> Option<String> {
        self.offer.under.as_ref().map(|(line, _)| format!("{}, {}", title(line, self.shell.t), line.issuer))
    }
}

pub(super) async fn new(visit: Visit, Path(unit): Path<UnitId>, Query(asked): Query<Asked>) -> Answer {
    show(&visit, Target::New(unit, asked.theo), None).await
}

pub(super) async fn edit(visit: Visit, Path(id): Path<DirectiveId>) -> Answer {
    show(&visit, Target::Draft(id), None).await
}

pub(super) async fn create(
    visit: Visit,
    Path(unit): Path<UnitId>,
    Query(asked): Query<Asked>,
    Typed(form): Typed,
) -> Answer {
    send(&visit, Target::New(unit, asked.theo), &form).await
}

pub(super) async fn save(visit: Visit, Path(id): Path<DirectiveId>, Typed(form): Typed) -> Answer {
    send(&visit, Target::Draft(id), &form).await
}

async fn send(visit: &Visit, target: Target, form: &FormState) -> Answer {
    let order = typed(form);
    let (draft, order) = match &target {
        Target::New(unit, under) => (None, TypedDirective { unit: Some(*unit), under: *under, ..order }),
        Target::Draft(id) => (Some(*id), order),
    };
    match save_directive(visit.app(), visit.actor()?, draft, &order).await {
        Ok(id) if form.value("more").is_empty() => {
            visit.see_other(&format!("/chi-dao/{id}"), Flash::done("directive-said-saved"))
        }
        Ok(id) => visit.see_other(&format!("/chi-dao/{id}/sua"), Flash::done("directive-said-saved")),
        Err(error) => {
            let mut form = filled(&order);
            form.refuse(error, visit.t)?;
            show(visit, target, Some((order, form))).await
        }
    }
}

async fn show(visit: &Visit, target: Target, sent: Option<(TypedDirective, FormState)>) -> Answer {
    let offer = match &target {
        Target::New(unit, under) => new_form(visit.app(), visit.actor()?, *unit, *under).await,
        Target::Draft(id) => form_of(visit.app(), visit.actor()?, *id).await,
    }?;
    let (order, mut form) = sent.unwrap_or_else(|| (offer.filled.clone(), filled(&offer.filled)));
    let rows = [order.bases.len(), order.clauses.len(), order.duties.len()].map(|filled| filled + EMPTY);
    (order.duties.len()..rows[2]).for_each(|at| offer_empty_duty(&mut form, at));
    let shell = visit.shell_text(visit.t.one("directive-draft-heading", "unit", &offer.issuer));
    let shell = shell.back("/chi-dao", "directive-menu").wide();
    let (failed, choices) = (form.has_errors(), choices(&offer, visit.t));
    visit.render_form(failed, DraftPage { shell, form, address: target.address(), choices, rows, offer })
}

fn choices(offer: &DirectiveForm, t: Translator) -> Choices {
    let words = |key: &str, words: Vec<&str>| -> Vec<Choice> {
        words.into_iter().map(|word| Choice::new(word, t.get(&format!("{key}{word}")))).collect()
    };
    let kinds_of = |kinds: &[UnitKind]| words("roster-kind-", kinds.iter().map(|kind| kind.word()).collect());
    let mut posts = vec![Choice::new("", t.get("directive-whole-body"))];
    posts.extend(words("roster-post-", Title::ALL.iter().map(|title| title.word()).collect()));
    let mut above = vec![Choice::new("", t.get("directive-carries-none"))];
    let clauses = offer.under.iter().flat_map(|(_, clauses)| clauses);
    above.extend(clauses.map(|(label, text)| Choice::new(label, format!("{label}. {text}"))));
    let mut bases = vec![Choice::new("", t.get("directive-basis-outside"))];
    bases.extend(
        offer
            .bases
            .iter()
            .map(|line| Choice::new(line.id.to_string(), format!("{} – {}", title(line, t), line.issuer))),
    );
    let tag = t.locale().tag();
    Choices {
        kinds: offer.kinds.iter().map(|(key, words)| Choice::new(key, words.get(tag))).collect(),
        secrecy: words("directive-secrecy-", offer.secrecy.iter().map(|one| one.word()).collect()),
        circulation: words("directive-circulation-", Circulation::ALL.iter().map(|one| one.word()).collect()),
        recipients: kinds_of(&offer.recipients),
        bodies: kinds_of(&offer.bodies),
        posts,
        known_by: words("directive-known-", KnownBy::ALL.iter().map(|one| one.word()).collect()),
        above,
        bases,
    }
}
