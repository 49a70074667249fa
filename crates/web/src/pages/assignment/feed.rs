//! Lịch cá nhân (iCalendar, RFC 5545): served to whoever knows its address, and holding nothing that is not for every eye.

use application::App;
use application::reads::assignment::{CalendarEntry, calendar};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use domain::{Day, RootId};

use crate::locale::Translator;
use crate::prelude::*;
use crate::secret::digest;
use crate::server::Server;

const ENDING: &str = ".ics";

/// A new secret and what is kept of it.
pub(super) fn fresh(app: &App) -> (String, String) {
    let secret = data_encoding::HEXLOWER.encode(&app.chance.salt());
    let kept = digest(&format!("calendar:{secret}"));
    (secret, kept)
}

/// The path of a calendar.
pub(super) fn address(root: RootId, secret: &str) -> String {
    format!("/lich/{root}/{secret}{ENDING}")
}

pub(super) async fn serve(
    State(server): State<Server>,
    visit: Visit,
    Path((root, file)): Path<(RootId, String)>,
) -> Answer {
    let secret = file.strip_suffix(ENDING).ok_or(Failure::Denied)?;
    let kept = digest(&format!("calendar:{secret}"));
    let entries = calendar(&server.app, root, &kept).await?.ok_or(Failure::Denied)?;
    let text = written(&entries, visit.t, server.app.clock.now());
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}

/// The calendar as text: lines end with CRLF and are folded after 75 bytes.
fn written(entries: &[CalendarEntry], t: Translator, now: DateTime<Utc>) -> String {
    let stamp = now.format("%Y%m%dT%H%M%SZ");
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Guong//Lich//VI".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(&t.get("assignment-calendar-name"))),
    ];
    for entry in entries {
        let (id, begins, summary) = match entry {
            CalendarEntry::Session(id, unit, day, clock) => {
                (id.clone(), begins(*day, clock), t.one("assignment-calendar-session", "unit", unit.as_str()))
            }
            CalendarEntry::Due(day, number) => {
                (format!("due-{day}"), whole_day(*day), t.one("assignment-calendar-due", "n", *number))
            }
        };
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{id}@guong"),
            format!("DTSTAMP:{stamp}"),
            format!("DTSTART{begins}"),
            format!("SUMMARY:{}", escaped(&summary)),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn whole_day(day: Day) -> String {
    format!(";VALUE=DATE:{}", day.to_string().replace('-', ""))
}

/// A moment as it stands on clocks in Vietnam; the whole day when the time is not known.
fn begins(day: Day, clock: &str) -> String {
    match clock.split_once(':') {
        Some((hour, minute)) => format!(":{}T{hour}{minute}00", day.to_string().replace('-', "")),
        None => whole_day(day),
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line in pieces of at most 75 bytes, none of which cuts a letter.
fn folded(line: &str) -> String {
    let mut text = String::new();
    let mut room = 75;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            text.push_str("\r\n ");
            room = 74;
        }
        text.push(letter);
        room -= letter.len_utf8();
    }
    text + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn a_calendar_has_sessions_with_their_time_and_days_on_which_something_falls_due() {
        let day = Day::of(2022, 12, 5).unwrap();
        let unit = "Chi bộ Thôn 1; khu vực, phía Đông của xã và các xóm lân cận".to_owned();
        let entries =
            [CalendarEntry::Session("a".to_owned(), unit, day, "07:30".to_owned()), CalendarEntry::Due(day, 2)];
        let text = written(&entries, Translator::new(Locale::Vi), DateTime::UNIX_EPOCH);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        for line in ["DTSTART:20221205T073000\r\n", "DTSTART;VALUE=DATE:20221205\r\n", "DTSTAMP:19700101T000000Z\r\n"] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert!(text.replace("\r\n ", "").contains("Thôn 1\\; khu vực\\, phía Đông"), "{text}");
    }

    #[test]
    fn no_text_can_begin_a_line_of_its_own() {
        let entries = [CalendarEntry::Session(
            "a".to_owned(),
            "X\nEND:VCALENDAR".to_owned(),
            Day::of(2022, 12, 5).unwrap(),
            String::new(),
        )];
        let text = written(&entries, Translator::new(Locale::Vi), DateTime::UNIX_EPOCH);
        assert_eq!(text.matches("\r\nEND:VCALENDAR").count(), 1, "{text}");
    }
}
