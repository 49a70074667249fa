//! Phần đầu quyết định on a page, whoever the decision is about: what is stored, what was typed, where they differ.

use application::acts::decision::Paper as Typed;
use application::reads::decision::Paper;
use domain::Day;

use crate::pages::proposal::row::outdated;
use crate::prelude::{Choice, FormState};

/// Fills the fields with what is stored; the secretary signs today unless something else is.
pub(crate) fn prefill(paper: &Paper, form: &mut FormState, today: Day) {
    form.put("number", &paper.number);
    form.put("signed_on", paper.signed_on.unwrap_or(today).shown());
    let stored = paper.signer.as_ref().filter(|signer| paper.signers.contains(signer));
    if let Some((signer, _)) = stored.or_else(|| paper.signers.first()) {
        form.put("signer", signer);
    }
    form.put("in_favour", votes(paper));
    form.put("override_reason", &paper.cap_override_reason);
}

fn votes(paper: &Paper) -> String {
    if paper.in_favour > 0 { paper.in_favour.to_string() } else { String::new() }
}

/// The head as typed on the version `seen`.
pub(crate) fn typed(form: &FormState, seen: i64) -> Typed {
    let text = |name: &str| form.value(name).to_owned();
    Typed {
        number: text("number"),
        signed_on: text("signed_on"),
        signer: form.value("signer").parse().ok(),
        in_favour: text("in_favour"),
        cap_override_reason: text("override_reason"),
        seen: Some(seen),
    }
}

/// Those who may sign.
pub(crate) fn signers(paper: &Paper) -> Vec<Choice> {
    paper.signers.iter().map(|(person, name)| Choice::new(person.to_string(), name)).collect()
}

/// What is stored where an older page says something else: key of the label, value.
pub(crate) fn others(paper: &Paper, form: &FormState) -> Vec<(&'static str, String)> {
    if !outdated(form) {
        return Vec::new();
    }
    let signer = paper.signer.clone();
    let (signer, name) = signer.map_or_else(Default::default, |(person, name)| (person.to_string(), name));
    let signed_on = paper.signed_on.map(Day::shown).unwrap_or_default();
    let fields = [
        ("decision-in-favour", "in_favour", votes(paper), None),
        ("decision-number", "number", paper.number.clone(), None),
        ("decision-signed-on", "signed_on", signed_on, None),
        ("decision-signer", "signer", signer, Some(name)),
        ("decision-override-reason", "override_reason", paper.cap_override_reason.clone(), None),
    ];
    let differs = fields.into_iter().filter(|(_, field, stored, _)| form.value(field).trim() != stored);
    differs.map(|(label, _, stored, shown)| (label, shown.unwrap_or(stored))).collect()
}
