//! A change of the organisation: a form, what would happen, and the button that writes it.

use application::acts::organisation::{
    Ground, MergeUnits, NewUnit, Outcome, RenameUnit, SplitPart, SplitUnit, Step, close_unit, merge_units, move_unit,
    open_unit, rename_unit, split_unit,
};
use application::reads::organisation::{UnitPage as View, unit};
use domain::UnitId;
use domain::org::UnitKind;

use crate::prelude::*;

/// Việc thay đổi tổ chức có trên màn hình.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Open,
    Rename,
    Move,
    Merge,
    Split,
    Close,
}

impl Change {
    pub(super) const ALL: [Self; 6] = [Self::Open, Self::Rename, Self::Move, Self::Merge, Self::Split, Self::Close];

    /// Last part of the address.
    pub(super) const fn address(self) -> &'static str {
        match self {
            Self::Open => "thanh-lap",
            Self::Rename => "doi-ten",
            Self::Move => "chuyen",
            Self::Merge => "sap-nhap",
            Self::Split => "tach",
            Self::Close => "giai-the",
        }
    }

    /// Key of its words.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Open => "org-open",
            Self::Rename => "org-rename",
            Self::Move => "org-move",
            Self::Merge => "org-merge",
            Self::Split => "org-split",
            Self::Close => "org-close",
        }
    }

    fn of(address: &str) -> Result<Self, Failure> {
        Self::ALL.into_iter().find(|change| change.address() == address).ok_or(Failure::Denied)
    }

    /// Whether it can be done to a unit of this kind at all.
    pub(super) fn fits(self, view: &View) -> bool {
        let top = view.above.is_empty();
        match self {
            Self::Open => !view.kind.has_members(),
            Self::Rename => true,
            Self::Move | Self::Merge | Self::Split | Self::Close => !top,
        }
    }
}

#[derive(Template)]
#[template(path = "organisation/change.html")]
struct ChangePage {
    shell: Shell,
    form: FormState,
    view: View,
    address: &'static str,
    hint: String,
    kinds: Vec<Choice>,
    siblings: Vec<Choice>,
    going: Vec<Choice>,
    targets: Vec<Choice>,
    ends: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "organisation/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    view: View,
    address: &'static str,
    outcome: Outcome,
    day: String,
    basis: String,
    hidden: Vec<(String, String)>,
}

pub(super) async fn form(visit: Visit, Path((id, change)): Path<(UnitId, String)>) -> Answer {
    let change = Change::of(&change)?;
    let view = unit(visit.app(), visit.actor()?, id).await?;
    let mut form = FormState::new().set("effective_on", visit.today().shown()).set("into_new", "here");
    if change == Change::Rename {
        form = form.set("name", &view.name).set("kind", view.kind);
    }
    page(&visit, view, change, form)
}

fn page(visit: &Visit, view: View, change: Change, form: FormState) -> Answer {
    if !view.may_change || !change.fits(&view) {
        return Err(Failure::Denied);
    }
    let t = visit.t;
    let shell = visit.shell(change.key()).crumb("/to-chuc", "org-title");
    let shell = shell.crumb_text(format!("/to-chuc/{}", view.id), view.name.clone());
    let fits = |kind: &&UnitKind| change != Change::Open || kind.may_stand_under(view.kind);
    let kinds =
        UnitKind::ALL.iter().filter(fits).map(|kind| Choice::new(kind.word(), t.get(&format!("roster-kind-{kind}"))));
    let siblings = view.siblings.iter().map(|(code, name)| Choice::new(code, format!("{name} ({code})")));
    let members = view.members.iter().map(|one| Choice::new(one.id.to_string(), &one.name));
    let below = view.below.iter().map(|(id, code, name, _)| Choice::new(id.to_string(), format!("{name} ({code})")));
    let going = if view.kind.has_members() { members.collect() } else { below.collect() };
    let targets = [("here", "org-into-here"), ("new", "org-into-new")];
    let targets = targets.map(|(value, key)| Choice::new(value, t.one(key, "name", &view.name))).into();
    let ends = vec![Choice::new("1", t.one("org-split-ends", "name", &view.name))];
    let hint = t.one(&format!("{}-hint", change.key()), "name", &view.name);
    let (kinds, siblings) = (kinds.collect(), siblings.collect());
    let address = change.address();
    let wrong = form.has_errors();
    visit.render_form(wrong, ChangePage { shell, form, view, address, hint, kinds, siblings, going, targets, ends })
}

pub(super) async fn post(visit: Visit, Path((id, change)): Path<(UnitId, String)>, Typed(mut form): Typed) -> Answer {
    let change = Change::of(&change)?;
    let view = unit(visit.app(), visit.actor()?, id).await?;
    if form.value("sua") == "1" {
        return page(&visit, view, change, form);
    }
    let step = if form.value("xac-nhan") == "1" { Step::Write } else { Step::Look };
    match run(&visit, change, &view, &form, step).await {
        Ok(outcome) if step == Step::Write => {
            let shown = outcome.unit.unwrap_or(id);
            visit.see_other(&format!("/to-chuc/{shown}"), Flash::done("org-written"))
        }
        Ok(outcome) => confirm(&visit, view, change, &form, outcome),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page(&visit, view, change, form)
        }
    }
}

fn confirm(visit: &Visit, view: View, change: Change, form: &FormState, outcome: Outcome) -> Answer {
    let shell = visit.shell(change.key()).crumb("/to-chuc", "org-title");
    let shell = shell.crumb_text(format!("/to-chuc/{}", view.id), view.name.clone());
    let typed = form.names().filter(|name| !["xac-nhan", "sua"].contains(name));
    let hidden = typed.flat_map(|name| form.values(name).iter().map(move |value| (name.to_owned(), value.clone())));
    let basis = ["basis_number", "basis_on", "basis_issuer"].map(|name| form.value(name).trim()).join(", ");
    let (day, hidden) = (form.value("effective_on").trim().to_owned(), hidden.collect());
    visit.render(ConfirmPage { shell, view, address: change.address(), outcome, day, basis, hidden })
}

async fn run(visit: &Visit, change: Change, view: &View, form: &FormState, step: Step) -> application::Result<Outcome> {
    let text = |name: &str| form.value(name).to_owned();
    let ground = Ground {
        effective_on: text("effective_on"),
        basis_number: text("basis_number"),
        basis_on: text("basis_on"),
        basis_issuer: text("basis_issuer"),
    };
    let new = NewUnit {
        code: text("code"),
        name: text("name"),
        kind: text("kind"),
        place: text("place"),
        suffix: text("suffix"),
    };
    let (app, unit) = (visit.app(), view.id);
    let actor = visit.actor().map_err(|_| application::Error::Denied)?;
    match change {
        Change::Open => open_unit(app, actor, unit, &new, &ground, step).await,
        Change::Rename => {
            let order = RenameUnit { name: new.name, kind: new.kind };
            rename_unit(app, actor, unit, &order, &ground, step).await
        }
        Change::Move => move_unit(app, actor, unit, form.value("superior"), &ground, step).await,
        Change::Merge => {
            let more = form.value("more").split([',', ';', ' ']).map(str::to_owned);
            let codes = form.values("codes").iter().cloned().chain(more).collect();
            let into_new = form.value("into_new") == "new";
            let order = MergeUnits { codes, into_new, target: new, superior: text("superior") };
            merge_units(app, actor, unit, &order, &ground, step).await
        }
        Change::Split => split_unit(app, actor, unit, &split(view, form, new), &ground, step).await,
        Change::Close => close_unit(app, actor, unit, &ground, step).await,
    }
}

/// Who was ticked goes to one other unit, which is there already or new.
fn split(view: &View, form: &FormState, new: NewUnit) -> SplitUnit {
    let ticked = form.values("members");
    let of_people = view.kind.has_members();
    let people = ticked.iter().filter(|_| of_people).filter_map(|id| id.parse().ok());
    let below = ticked.iter().filter(|_| !of_people).filter_map(|id| id.parse().ok());
    let (members, below) = (people.collect(), below.collect());
    let part = SplitPart { code: form.value("into").to_owned(), new, members, below };
    SplitUnit { parts: vec![part], ends: form.checked("ends", "1") }
}
