//! Ghi hội nghị thảo luận vấn đề được gợi ý: what was said about each issue, on which day; it stands in the minutes.

use domain::policy::Act;
use domain::suggestion::SuggestionState;
use domain::{Actor, Day, IssueId, Refusal, SuggestionId};
use store::suggestion::DiscussionRow;

use super::{Suggested, must_be_undecided};
use crate::acts::{typed_day, typed_text};
use crate::app::{App, Work, permit};
use crate::error::{Error, Result};
use crate::papers::place::day_of;

/// Records what the meeting said about issues, in place of what was recorded before; blank ones are passed over.
///
/// # Errors
/// `SUGGEST-012` the issues are not explained yet, `SUGGEST-015` nothing typed, `SUGGEST-017` no such day between the
/// sending and today, `SUGGEST-010`, `FORM-002`, `FORM-004`; [`Error::Denied`] for others than who records the meeting.
pub async fn record_discussion(
    app: &App,
    actor: &Actor,
    id: SuggestionId,
    held_on: &str,
    typed: &[(IssueId, String)],
) -> Result<()> {
    let mut work = Work::begin(app, actor).await?;
    let asked = Suggested::load(&mut work.tx, actor, id).await?;
    permit(actor, Act::RecordMeeting, &asked.review.resource())?;
    must_be_undecided(&asked.review)?;
    if asked.state()? != SuggestionState::Answered {
        return Err(Refusal::new("SUGGEST-012").into());
    }
    let held_on = day_between(&asked, work.today(), held_on)?;
    let mut rows = Vec::new();
    for issue in asked.open() {
        let Some((issue, content)) = typed.iter().find(|(one, _)| one.0 == issue.row.issue_id) else { continue };
        let content = typed_text(content, &format!("discussion-{issue}"), 4000)?;
        if !content.is_empty() {
            rows.push(DiscussionRow {
                root_id: work.root(),
                issue_id: issue.0,
                round: asked.row.round,
                held_on: held_on.to_string(),
                content,
                recorded_by: actor.person.0,
                recorded_at: work.at,
            });
        }
    }
    if rows.is_empty() {
        return Err(Refusal::new("SUGGEST-015").into());
    }
    store::suggestion::save_discussions(&mut work.tx, &rows).await?;
    work.note("review.suggestion_discussed", asked.review.object(), None, Some(&rows))?;
    work.commit().await
}

fn day_between(asked: &Suggested, today: Day, typed: &str) -> Result<Day> {
    let day = typed_day(typed, "held_on")?;
    let sent = asked.row.sent_at.map(day_of).ok_or(Error::Denied)?;
    if day < sent || day > today {
        return Err(Refusal::new("SUGGEST-017").with("sent", sent.shown()).at("held_on").into());
    }
    Ok(day)
}
