//! Trang hội nghị.

use application::acts::ballot::{DrawUpBallot, draw_up_ballot};
use application::acts::meeting::{
    AttendanceLine, RecordCriticism, RecordMeeting, TypedConclusion, answer_criticism, record_conclusions,
    record_criticism, record_meeting, seal_minutes,
};
use application::reads::meeting::{MeetingPage as View, Reviewed, of_unit};
use domain::meeting::{Circumstance, Presence};
use domain::org::Standing;
use domain::{CampaignId, CriticismId, MeetingId, PersonId, UnitId};

use crate::prelude::*;

type Place = (CampaignId, UnitId);

#[derive(Template)]
#[template(path = "meeting/meeting.html")]
struct MeetingPage {
    shell: Shell,
    form: FormState,
    view: View,
    people: Vec<Choice>,
    present: Vec<Choice>,
    presences: Vec<Choice>,
    circumstances: Vec<Choice>,
    reviews: Vec<Choice>,
}

impl MeetingPage {
    /// What was typed as the conclusion on somebody, or what is on record.
    fn conclusion<'a>(&'a self, one: &'a Reviewed, field: &str) -> &'a str {
        self.form.values(field).first().map_or(one.conclusion.as_str(), String::as_str)
    }
}

pub(super) async fn show(visit: Visit, Path(place): Path<Place>) -> Answer {
    page(&visit, place, FormState::new()).await
}

async fn page(visit: &Visit, (campaign, unit): Place, mut form: FormState) -> Answer {
    let view = of_unit(visit.app(), visit.actor()?, campaign, unit).await?;
    let failed = form.has_errors();
    if !failed {
        prefill(visit, &view, &mut form);
    }
    let key = if view.of_cell { "meeting-cell-title" } else { "meeting-committee-title" };
    let papers = visit.papers(campaign, unit).await?;
    let shell = visit.shell(key).papers(papers).back(format!("/dot/{campaign}"), "campaign-progress-title");
    let name = |person: &application::reads::meeting::Convened| Choice::new(person.person.to_string(), &person.name);
    let is_present = |person: &&application::reads::meeting::Convened| person.presence == Presence::Present.word();
    let mut people = vec![Choice::new("", "")];
    people.extend(view.convened.iter().map(name));
    let mut present = vec![Choice::new("", "")];
    present.extend(view.convened.iter().filter(is_present).map(name));
    let mut circumstances = vec![Circumstance::Normal, Circumstance::TemporaryElsewhere, Circumstance::Prosecuted];
    if !view.of_cell {
        circumstances.push(Circumstance::SuspendedFromCommittee);
    }
    let word = |prefix: &str, word: &str| Choice::new(word, visit.t.get(&format!("{prefix}-{word}")).as_str());
    let page = MeetingPage {
        people,
        present,
        presences: Presence::ALL.iter().map(|one| word("meeting-presence", one.word())).collect(),
        circumstances: circumstances.iter().map(|one| word("meeting-circumstance", one.word())).collect(),
        reviews: view.reviewed.iter().map(|one| Choice::new(one.review.to_string(), &one.name)).collect(),
        shell,
        form,
        view,
    };
    visit.render_form(failed, page)
}

fn prefill(visit: &Visit, view: &View, form: &mut FormState) {
    if let Some(meeting) = &view.meeting {
        form.put("held_on", meeting.held_on.shown());
        form.put("starts_at", &meeting.starts_at);
        form.put("ends_at", &meeting.ends_at);
        form.put("place", &meeting.place);
        form.put("chair", meeting.chair.to_string());
        form.put("chair_reason", &meeting.chair_reason);
        form.put("secretary", meeting.secretary.to_string());
        form.put("delegate", &meeting.delegate);
        form.put("discussion", &meeting.discussion);
        form.put("conclusion", &meeting.conclusion);
    } else {
        form.put("held_on", visit.today().shown());
        if let Some(head) = view.heads.first() {
            form.put("chair", head.to_string());
        }
    }
    for person in &view.convened {
        let away = person.presence.is_empty() && matches!(person.standing, Standing::Exempt | Standing::Suspended);
        let usual = if away { Presence::AbsentExcused } else { Presence::Present };
        let presence = if person.presence.is_empty() { usual.word() } else { &person.presence };
        form.put(&format!("presence-{}", person.person), presence);
        let circumstance =
            if person.circumstance.is_empty() { Circumstance::Normal.word() } else { &person.circumstance };
        form.put(&format!("circumstance-{}", person.person), circumstance);
        let standing = format!("roster-standing-{}", person.standing);
        let reason = if away { visit.t.get(&standing) } else { person.reason.clone() };
        form.put(&format!("reason-{}", person.person), reason);
    }
}

async fn done<T>(visit: Visit, place: Place, mut form: FormState, result: application::Result<T>, key: &str) -> Answer {
    match result {
        Ok(_) => visit.see_other(&format!("/hoi-nghi/{}/{}", place.0, place.1), Flash::done(key)),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page_with_typed(&visit, place, form).await
        }
    }
}

/// A small form failed: the large one is filled from the record, the small one keeps what was typed.
async fn page_with_typed(visit: &Visit, place: Place, mut form: FormState) -> Answer {
    if form.value("held_on").is_empty() {
        let view = of_unit(visit.app(), visit.actor()?, place.0, place.1).await?;
        prefill(visit, &view, &mut form);
    }
    page(visit, place, form).await
}

pub(super) async fn record(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    let text = |name: &str| form.value(name).to_owned();
    let person = |name: &str| form.value(name).parse::<PersonId>().ok();
    let line = |(id, presence): (&str, &str)| {
        Some(AttendanceLine {
            person: id.parse().ok()?,
            presence: presence.to_owned(),
            circumstance: text(&format!("circumstance-{id}")),
            reason: text(&format!("reason-{id}")),
        })
    };
    let order = RecordMeeting {
        held_on: text("held_on"),
        starts_at: text("starts_at"),
        ends_at: text("ends_at"),
        place: text("place"),
        chair: person("chair"),
        chair_reason: text("chair_reason"),
        secretary: person("secretary"),
        delegate: text("delegate"),
        discussion: text("discussion"),
        conclusion: text("conclusion"),
        attendance: form.with_prefix("presence-").filter_map(line).collect(),
    };
    let result = record_meeting(visit.app(), visit.actor()?, place.0, place.1, &order).await;
    done(visit, place, form, result, "meeting-recorded").await
}

/// The meeting of this place, which must have been recorded.
async fn meeting_of(visit: &Visit, place: Place) -> Result<MeetingId, Failure> {
    let view = of_unit(visit.app(), visit.actor()?, place.0, place.1).await?;
    let meeting = view.meeting.ok_or(application::Error::Denied)?;
    Ok(meeting.id)
}

pub(super) async fn criticise(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    let meeting = meeting_of(&visit, place).await?;
    let text = |name: &str| form.value(name).to_owned();
    let order = RecordCriticism {
        speaker: text("speaker"),
        content: text("content"),
        evidence: text("evidence"),
        answer: text("answer"),
    };
    let review = form.value("review").parse().map_err(|_| application::Error::Denied)?;
    let result = record_criticism(visit.app(), visit.actor()?, meeting, review, &order).await;
    done(visit, place, form, result, "meeting-criticism-recorded").await
}

pub(super) async fn answer(
    visit: Visit,
    Path((campaign, unit, criticism)): Path<(CampaignId, UnitId, CriticismId)>,
    Typed(form): Typed,
) -> Answer {
    let answer = form.value("answer").to_owned();
    let result = answer_criticism(visit.app(), visit.actor()?, criticism, &answer).await;
    done(visit, (campaign, unit), form, result, "meeting-answered").await
}

pub(super) async fn conclude(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    let meeting = meeting_of(&visit, place).await?;
    let one = |(id, content): (&str, &str)| {
        let seen = form.value(&format!("seen-{id}")).to_owned();
        Some(TypedConclusion { review: id.parse().ok()?, content: content.to_owned(), seen })
    };
    let typed: Vec<TypedConclusion> = form.with_prefix("conclusion-").filter_map(one).collect();
    let result = record_conclusions(visit.app(), visit.actor()?, meeting, &typed).await;
    done(visit, place, form, result, "meeting-concluded").await
}

pub(super) async fn draw_up(visit: Visit, Path(place): Path<Place>, Typed(mut form): Typed) -> Answer {
    let meeting = meeting_of(&visit, place).await?;
    let person = |name: &str| form.value(name).parse::<PersonId>().ok();
    let (Some(teller_a), Some(teller_b), Some(head)) = (person("teller_a"), person("teller_b"), person("head_teller"))
    else {
        form.refuse(domain::Refusal::new("BALLOT-015").at("teller_a").into(), visit.t)?;
        return page_with_typed(&visit, place, form).await;
    };
    match draw_up_ballot(visit.app(), visit.actor()?, meeting, DrawUpBallot { teller_a, teller_b, head }).await {
        Ok(ballot) => visit.see_other(&format!("/kiem-phieu/{ballot}"), Flash::done("ballot-drawn-up")),
        Err(error) => {
            form.refuse(error, visit.t)?;
            page_with_typed(&visit, place, form).await
        }
    }
}

pub(super) async fn seal(visit: Visit, Path(place): Path<Place>, Typed(form): Typed) -> Answer {
    let meeting = meeting_of(&visit, place).await?;
    let result = seal_minutes(visit.app(), visit.actor()?, meeting).await;
    done(visit, place, form, result, "meeting-sealed").await
}
