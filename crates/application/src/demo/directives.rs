//! Văn bản chỉ đạo mẫu: drafted, issued and acknowledged by calling the acts.

use domain::directive::Manner;
use domain::{Actor, Day, DirectiveId, UnitId};
use serde::Deserialize;

use crate::acts::direction::{Acknowledge, TypedDirective, acknowledge, issue_directive, save_directive};
use crate::app::App;
use crate::error::{Error, Result, stored};

/// The documents of the demonstration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Directives {
    pub(super) province: TypedDirective,
    pub(super) district: TypedDirective,
    pub(super) commune: TypedDirective,
}

impl Directives {
    pub(super) fn read() -> Result<Self> {
        toml::from_str(include_str!("directives.toml"))
            .map_err(|fault| Error::Fault(format!("directives.toml: {fault}")))
    }
}

/// Day of a sample document, on which it is drafted and issued.
pub(super) fn day_of(order: &TypedDirective) -> Result<Day> {
    stored(Day::parse_typed(&order.dated_on), "day of a sample directive")
}

/// The office drafts, the secretary issues.
pub(super) async fn issue(
    app: &App,
    (clerk, secretary): (&Actor, &Actor),
    unit: UnitId,
    under: Option<DirectiveId>,
    order: &TypedDirective,
) -> Result<DirectiveId> {
    let order = TypedDirective { unit: Some(unit), under, ..order.clone() };
    let id = save_directive(app, clerk, None, &order).await?;
    issue_directive(app, secretary, id).await?;
    Ok(id)
}

/// A head acknowledges on the day of the clock.
pub(super) async fn study(app: &App, head: &Actor, id: DirectiveId, unit: UnitId) -> Result<()> {
    let order = Acknowledge {
        manner: Manner::Session.word().to_owned(),
        studied_on: app.clock.today().shown(),
        note: String::new(),
    };
    acknowledge(app, head, id, unit, &order).await
}
