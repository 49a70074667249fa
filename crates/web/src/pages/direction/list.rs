//! Văn bản chỉ đạo đã nhận, đã ban hành, đang soạn.

use application::reads::direction::{DirectiveLine, DirectiveList, directives};
use domain::UnitId;

use crate::prelude::*;

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "don-vi")]
    unit: Option<UnitId>,
}

#[derive(Template)]
#[template(path = "direction/list.html")]
struct ListPage {
    shell: Shell,
    view: DirectiveList,
}

impl ListPage {
    fn title(&self, line: &DirectiveLine) -> String {
        title(line, self.shell.t)
    }
}

/// `Công văn số 4628-CV/VPTW ngày 29/08/2022`.
pub(crate) fn title(line: &DirectiveLine, t: Translator) -> String {
    let kind = line.kind.get(t.locale().tag());
    match (line.number.as_str(), line.dated_on) {
        ("", _) | (_, None) => t.one("directive-draft-title", "kind", kind),
        (number, Some(day)) => {
            let said = [("kind", kind.to_owned()), ("number", number.to_owned()), ("day", day.shown())];
            t.with("directive-title", &said.map(|(name, value)| (name.to_owned(), value)))
        }
    }
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let view = directives(visit.app(), visit.actor()?, asked.unit).await?;
    visit.render(ListPage { shell: visit.shell("directive-menu").wide(), view })
}
